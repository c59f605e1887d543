"""A camera's folder that is watched: what comes is handed on once it is whole, and once."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from app.base.errors import BadInput
from app.commands.walks import new_walk
from app.jobs.watching import FolderWatch
from app.session import Session
from app.settings import forget_walk, load_watched


class Hand:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Card:
    """A home, a walk and a card, and a hand on the clock."""

    def __init__(self, folder: Path) -> None:
        self.session, self.clock = Session(folder / "home"), Hand()
        self.walk = new_walk(self.session, {"title": "T", "area": "A"})
        self.folder = folder / "kort"
        self.folder.mkdir()

    def photo(self, name: str, shade: int = 90) -> Path:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        Image.new("RGB", (20 + shade, 20), (shade, 60, 90)).save(path, "JPEG")
        return path

    def begin(self) -> FolderWatch:
        return FolderWatch.begin(self.session, self.walk, self.folder, self.clock)

    def kept(self) -> FolderWatch:
        found = FolderWatch.kept(self.session, self.clock)
        assert found is not None
        return found

    def looked(self, watch: FolderWatch) -> list[str]:
        """What is handed on when all has stood still for a while."""
        names = [path.name for path in watch.look().files]
        self.clock.now += 3.0
        return names + [path.name for path in watch.look().files]


@pytest.fixture
def card(tmp_path: Path) -> Iterator[Card]:
    made = Card(tmp_path)
    yield made
    made.session.close()


def test_what_lay_there_before_is_left_alone_and_what_comes_is_handed_on_once(card: Card) -> None:
    card.photo("IMG_0001.JPG")
    watch = card.begin()
    assert card.looked(watch) == []
    card.photo("DCIM/IMG_0002.JPG")
    assert card.looked(watch) == ["IMG_0002.JPG"]
    assert card.looked(watch) == []


def test_what_is_half_written_waits(card: Card) -> None:
    watch = card.begin()
    whole = card.photo("IMG_0002.JPG").read_bytes()
    for share in (3, 2):
        (card.folder / "IMG_0002.JPG").write_bytes(whole[: len(whole) // share])
        assert watch.look().files == ()
        card.clock.now += 1.0
    (card.folder / "IMG_0002.JPG").write_bytes(whole)
    assert card.looked(watch) == ["IMG_0002.JPG"]


def test_what_was_not_read_in_before_the_program_ended_is_found_again_and_nothing_else(card: Card) -> None:
    watch = card.begin()
    watch.keep()
    first = card.photo("IMG_0001.JPG")
    assert card.looked(watch) == ["IMG_0001.JPG"]
    watch.took([first], 1)
    card.photo("IMG_0002.JPG", 70)
    assert card.looked(watch) == ["IMG_0002.JPG"], "and now the program is killed"
    card.photo("IMG_0003.JPG", 50)
    again = card.kept()
    assert (again.walk, again.folder, again.taken) == (card.walk, card.folder, 1)
    assert card.looked(again) == ["IMG_0002.JPG", "IMG_0003.JPG"]


def test_a_card_that_is_pulled_is_told_and_gone_on_with_when_it_is_back(card: Card, tmp_path: Path) -> None:
    card.photo("IMG_0001.JPG")
    watch = card.begin()
    shutil.move(card.folder, tmp_path / "home" / "i kameran")
    assert watch.look().gone
    shutil.move(tmp_path / "home" / "i kameran", card.folder)
    assert watch.look().gone == ""
    card.photo("IMG_0002.JPG", 70)
    assert card.looked(watch) == ["IMG_0002.JPG"], "what lay there before is still known"


@pytest.fixture
def mounted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders called `kort …` are cards; nothing can be mounted here."""
    monkeypatch.setattr(os.path, "ismount", lambda path: Path(path).name.startswith("kort"))


@pytest.mark.usefixtures("mounted")
@pytest.mark.parametrize("left", ["nothing", "an empty folder"])
def test_a_card_that_comes_back_under_another_name_is_told_from_others_and_gone_on_with(
    card: Card, tmp_path: Path, left: str
) -> None:
    card.folder /= "DCIM"
    card.folder.mkdir()
    for number in range(120):
        card.photo(f"IMG_{number:04}.JPG", 60 + number)
    watch = card.begin()
    watch.keep()
    for name, count in (("kort 0, ett annat", 120), ("säkerhetskopia", 0), ("kort 3, till hälften", 60)):
        shutil.copytree(tmp_path / "kort", tmp_path / name)
        for number in range(count):
            card.photo(f"../../{name}/DCIM/IMG_{number:04}.JPG", 10)
    (tmp_path / "home" / "i kameran").mkdir()
    (tmp_path / "kort" / "DCIM").rename(tmp_path / "home" / "i kameran" / "DCIM")
    if left == "nothing":
        (tmp_path / "kort").rmdir()
    for _again in range(2):
        found = watch.look()
        assert (bool(found.gone) or left != "nothing") and not found.moved, "no other card is taken for it, and no copy"
    (tmp_path / "kort 1").mkdir()
    (tmp_path / "home" / "i kameran" / "DCIM").rename(tmp_path / "kort 1" / "DCIM")
    for number in range(55):
        (tmp_path / "kort 1" / "DCIM" / f"IMG_{number:04}.JPG").unlink()
    found = watch.look()
    assert (found.gone, found.moved) == ("", True)
    card.folder = tmp_path / "kort 1" / "DCIM"
    card.photo("IMG_0900.JPG", 30)
    assert card.looked(watch) == ["IMG_0900.JPG"]
    watch.keep()
    assert watch.folder == card.kept().folder == card.folder


@pytest.mark.usefixtures("mounted")
def test_where_a_card_was_at_first_is_looked_before_any_other_place(card: Card, tmp_path: Path) -> None:
    card.photo("IMG_0001.JPG")
    watch = card.begin()
    shutil.copytree(card.folder, tmp_path / "kort med kopior")
    card.folder.rename(tmp_path / "home" / "i kameran")
    assert watch.look().moved, "it may be it"
    (tmp_path / "home" / "i kameran").rename(card.folder)
    card.photo("IMG_0002.JPG", 70)
    assert watch.look().moved
    assert card.looked(watch) == ["IMG_0002.JPG"] and watch.folder == card.folder


def test_another_card_under_the_same_name_is_told_and_nothing_of_it_is_handed_on(card: Card, tmp_path: Path) -> None:
    card.photo("IMG_0001.JPG")
    watch = card.begin()
    watch.keep()
    for look in (watch, None):
        card.folder.rename(tmp_path / "home" / "i kameran")
        watch = look or card.kept()
        assert watch.look().gone and not watch.look().other
        card.folder.mkdir()
        card.photo("PRIV_0001.JPG", 20)
        assert card.looked(watch) == [] and watch.look().other
        shutil.rmtree(card.folder)
        (tmp_path / "home" / "i kameran").rename(card.folder)
        assert watch.look().gone == ""
    card.photo("IMG_0002.JPG", 70)
    assert card.looked(watch) == ["IMG_0002.JPG"]


def test_what_went_away_while_it_was_read_in_is_handed_on_when_it_is_back(card: Card, tmp_path: Path) -> None:
    watch = card.begin()
    files = [card.photo(f"IMG_000{number}.JPG", 40 + number) for number in range(3)]
    assert len(card.looked(watch)) == 3
    files[2].rename(tmp_path / "borta")
    watch.took(files, 2)
    assert card.looked(watch) == []
    (tmp_path / "borta").rename(files[2])
    assert card.looked(watch) == ["IMG_0002.JPG"]
    files[2].rename(tmp_path / "borta")
    watch.missed(files[2:])
    (tmp_path / "borta").rename(files[2])
    assert card.looked(watch) == ["IMG_0002.JPG"]


def test_an_empty_card_that_is_pulled_is_taken_for_no_other(card: Card, tmp_path: Path) -> None:
    watch = card.begin()
    card.folder.rename(tmp_path / "ett annat")
    assert watch.look().gone


def test_another_photo_under_a_known_name_is_new(card: Card) -> None:
    card.photo("IMG_0001.JPG")
    watch = card.begin()
    card.photo("IMG_0001.JPG", 40)
    assert card.looked(watch) == ["IMG_0001.JPG"]


def test_a_folder_that_is_not_there_cannot_be_watched(card: Card) -> None:
    with pytest.raises(BadInput):
        FolderWatch.begin(card.session, card.walk, card.folder / "ingen", card.clock)
    assert FolderWatch.kept(card.session) is None


@pytest.mark.parametrize("by", ["hand", "the walk that leaves this device"])
def test_a_watch_ends(card: Card, by: str) -> None:
    watch = card.begin()
    watch.keep()
    assert load_watched(card.session.home)["walk"] == card.walk
    if by == "hand":
        watch.end()
    else:
        forget_walk(card.session.home, card.walk)
    assert FolderWatch.kept(card.session) is None
