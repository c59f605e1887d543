"""A camera's folder that is watched: what comes is handed on once it is whole, and once."""

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


def test_a_card_that_comes_back_under_another_name_is_told_from_others_and_gone_on_with(
    card: Card, tmp_path: Path
) -> None:
    card.folder /= "DCIM"
    card.folder.mkdir()
    for number in range(4):
        card.photo(f"IMG_000{number}.JPG", 60 + number)
    watch = card.begin()
    shutil.copytree(tmp_path / "kort", tmp_path / "kort 0, ett annat")
    for number in range(4):
        card.photo(f"../../kort 0, ett annat/DCIM/IMG_000{number}.JPG", 10 + number)
    (tmp_path / "kort").rename(tmp_path / "i kameran")
    (tmp_path / "i kameran" / "DCIM").rename(tmp_path / "DCIM i kameran")
    assert watch.look().gone, "the other card is not taken for it"
    (tmp_path / "kort 1").mkdir()
    (tmp_path / "DCIM i kameran").rename(tmp_path / "kort 1" / "DCIM")
    (tmp_path / "kort 1" / "DCIM" / "IMG_0003.JPG").unlink()
    card.folder = tmp_path / "kort 1" / "DCIM"
    assert watch.look().gone == ""
    card.photo("IMG_0009.JPG", 30)
    assert card.looked(watch) == ["IMG_0009.JPG"]
    assert watch.folder == card.kept().folder == card.folder
    assert load_watched(card.session.home)["folder"] == str(card.folder)


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
    assert load_watched(card.session.home)["walk"] == card.walk
    if by == "hand":
        watch.end()
    else:
        forget_walk(card.session.home, card.walk)
    assert FolderWatch.kept(card.session) is None
