"""What every kind of target must do. A new kind joins by a line in `KINDS`."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from app.base.errors import GatljusError, NotFound
from app.domain.batch import sha16_of
from app.domain.ports import Target
from app.sync.targets.folder import FolderTarget
from tests.contract.kinds import KINDS, Kind, let_go, settled
from tests.contract.memory import Failing, MemoryTarget, counted
from tests.homes import NOTE, STOP, Home
from tests.homes import WALK as SCOPE
from tests.storage.exchanging import Recording, photo

WALK = "gatljus1/0123456789abcdef0123456789abcdef/"
DATA = b"en rad\n"
NAME = f"{WALK}changes/ab12.0000000001-0000000001.{sha16_of(DATA)}.jsonl.gz"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the target lies."""
    made = tmp_path / "målet"
    made.mkdir()
    return made


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    """Each kind of target."""
    return KINDS[request.param]


Lay = Callable[[Target, str, bytes], Target]


@pytest.fixture
def target(place: Path, kind: Kind) -> Iterator[Target]:
    """A target of each kind."""
    made = kind.make(place)
    yield made
    let_go(made)


@pytest.fixture
def lay(place: Path, kind: Kind) -> Iterator[Lay]:
    """Puts bytes on a target past it, as another program does, and returns the target as it is met then."""
    with ExitStack() as met:

        def laid(target: Target, name: str, data: bytes) -> Target:
            found = kind.lay(target, place, name, data)
            met.callback(let_go, found)
            return found

        yield laid


def test_what_was_put_is_listed_with_its_size_and_read_back(target: Target) -> None:
    target.put_new(NAME, DATA)
    assert target.list("gatljus1/") == {NAME: len(DATA)}
    assert target.get(NAME) == DATA
    settled(target)
    assert target.list("gatljus1/") == {NAME: len(DATA)}
    assert target.get(NAME) == DATA


def test_listing_tells_only_names_that_begin_so(target: Target) -> None:
    names = ["gatljus1/target-ab12", WALK + "blobs/" + "a" * 64, NAME, "gatljus1/fedc/changes/x"]
    for name in names:
        target.put_new(name, DATA)
    assert set(target.list("gatljus1/")) == set(names)
    assert set(target.list("gatljus1/target-")) == {names[0]}
    assert set(target.list(WALK)) == {names[1], names[2]}
    assert set(target.list(WALK + "changes/")) == {NAME}
    assert target.list("gatljus1/none/") == {}


def test_a_name_that_exists_is_not_put_again(target: Target) -> None:
    target.put_new(NAME, DATA)
    with pytest.raises(FileExistsError):
        target.put_new(NAME, b"annat")
    assert target.get(NAME) == DATA


def test_an_object_that_is_whole_is_not_replaced_by_repair(target: Target) -> None:
    target.put_new(NAME, DATA)
    target.repair(NAME, b"annat")
    assert target.get(NAME) == DATA


def test_a_short_object_is_replaced_by_repair(target: Target, lay: Lay) -> None:
    target.put_new(NAME, DATA)
    met = lay(target, NAME, DATA[:3])
    assert met.get(NAME) == DATA[:3]
    met.repair(NAME, DATA)
    settled(met)
    assert met.get(NAME) == DATA
    assert list(met.list("gatljus1/")) == [NAME]


def test_what_is_deleted_is_gone_and_deleting_it_again_is_quiet(target: Target) -> None:
    target.put_new("gatljus1/target-ab12", b"")
    target.put_new(NAME, DATA)
    for _what in ("what was put just now", "what lay there"):
        target.delete(NAME)
        target.delete(NAME)
        settled(target)
        assert target.list("gatljus1/") == {"gatljus1/target-ab12": 0}
        with pytest.raises(NotFound):
            target.get(NAME)
        target.put_new(NAME, DATA)
        settled(target)


def test_an_empty_object_can_be_put(target: Target) -> None:
    target.put_new("gatljus1/target-ab12", b"")
    settled(target)
    assert target.list("gatljus1/target-") == {"gatljus1/target-ab12": 0}


@pytest.mark.parametrize(
    "name", ["gatljus1/../ute", "../ute", "/ute", "gatljus1/./x", "gatljus1//x", "gatljus1/a\\b", "ute", "gatljus1/.."]
)
def test_a_name_that_leads_out_is_refused(target: Target, place: Path, name: str) -> None:
    (place.parent / "ute").write_bytes(b"hemligt")
    with pytest.raises((NotFound, ValueError)):
        target.get(name)
    with pytest.raises((NotFound, ValueError)):
        target.put_new(name, DATA)
    with pytest.raises((NotFound, ValueError)):
        target.delete(name)
    assert (place.parent / "ute").read_bytes() == b"hemligt"


@pytest.mark.parametrize(
    "name", ["gatljus1/Versal", "gatljus1/å", "gatljus1/a b", "gatljus1/a:b", "gatljus1/" + "a" * 100]
)
def test_a_name_that_some_file_system_cannot_hold_is_never_written(target: Target, name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        target.put_new(name, DATA)


def test_a_name_put_there_by_a_cloud_program_is_listed_and_read(target: Target, lay: Lay) -> None:
    target.put_new(NAME, DATA)
    beside = NAME.replace(".jsonl.gz", " (Anna's conflicted copy 2026-10-23).jsonl.gz")
    met = lay(target, beside, DATA)
    met.put_new("gatljus1/target-ab12", b"")
    settled(met)
    assert met.list(WALK)[beside] == len(DATA)
    assert met.get(beside) == DATA


def test_a_sync_without_change_costs_two_listings_and_nothing_else(target: Target, kind: Kind, tmp_path: Path) -> None:
    home = Home(tmp_path / "A", "A")
    home.new("stop", STOP, name="Torget")
    photo(home)
    assert home.sync(target, remembered=kind.place).copied
    settled(target)
    recording = Recording(target)
    report = home.sync(recording, remembered=kind.place)
    assert report.copied
    assert counted(recording.asked) == {"list": 2}
    assert bool(home.places.copied(SCOPE)) is kind.place


def test_two_homes_that_meet_at_a_target_show_the_same(target: Target, kind: Kind, tmp_path: Path) -> None:
    a, b = Home(tmp_path / "A", "A"), Home(tmp_path / "B", "B")
    a.new("stop", STOP, name="Torget")
    names = photo(a)
    for each in (a, b, a):
        each.sync(target, remembered=kind.place)
        settled(target)
    assert a.everything() == b.everything()
    assert set(b.blobs.names()) == set(names.values())
    assert "Mottaget av B" in a.receipts().state


def test_a_target_that_fails_at_any_request_loses_nothing_and_the_next_sync_completes(tmp_path: Path) -> None:
    at, hit = 0, True
    while hit:
        a, b, target = Home(tmp_path / f"A{at}", "A"), Home(tmp_path / f"B{at}", "B"), MemoryTarget()
        b.new("stop", STOP, name="Torget")
        photo(b)
        b.sync(target)
        a.new("stop", NOTE, name="Bron")
        failing = Failing(target, at, OSError(errno.EIO, "fel"), once=True, cut=at % 2 == 0)
        with suppress(OSError):
            a.sync(failing)
        for each in (a, b, a, b):
            each.sync(target)
        assert a.everything() == b.everything()
        assert a.receipts().missing_changes == 0 and a.blobs.names() == b.blobs.names()
        at, hit = at + 1, failing.asked > at
    assert at > 10


def test_a_file_that_is_still_being_written_is_not_listed(place: Path) -> None:
    folder = place / WALK / "changes"
    folder.mkdir(parents=True)
    (folder / ".ab12.jsonl.gz.0a1b2c3d.part").write_bytes(b"halv")
    assert FolderTarget(place).list("gatljus1/") == {}


def test_a_link_that_leads_out_of_the_folder_is_neither_listed_nor_followed(place: Path, tmp_path: Path) -> None:
    outside = tmp_path / "utanför"
    outside.mkdir()
    (outside / "hemlig").write_bytes(b"hemligt")
    (place / "gatljus1").mkdir()
    (place / "gatljus1" / "länk").symlink_to(outside)
    (place / "gatljus1" / "fil").symlink_to(outside / "hemlig")
    target = FolderTarget(place)
    assert target.list("gatljus1/") == {}
    for name in ("gatljus1/länk/hemlig", "gatljus1/fil"):
        with pytest.raises(NotFound):
            target.get(name)


def test_other_files_in_the_folder_are_left_alone(place: Path) -> None:
    (place / "brev.txt").write_bytes(b"brev")
    (place / "gatljus2").mkdir()
    target = FolderTarget(place)
    target.put_new(NAME, DATA)
    target.delete(NAME)
    assert (place / "brev.txt").read_bytes() == b"brev"
    assert target.list("gatljus1/") == {}


def test_a_folder_that_does_not_exist_is_made_at_the_first_write_and_not_before(tmp_path: Path) -> None:
    target = FolderTarget(tmp_path / "ny")
    assert target.list("gatljus1/") == {}
    assert not (tmp_path / "ny").exists()
    target.put_new(NAME, DATA)
    assert target.get(NAME) == DATA


def test_a_stick_that_is_pulled_out_is_not_made_anew_on_the_disk(place: Path) -> None:
    target = FolderTarget(place)
    place.rmdir()
    for ask in (lambda: target.put_new(NAME, DATA), lambda: target.list("gatljus1/"), lambda: target.get(NAME)):
        with pytest.raises(GatljusError) as told:
            ask()
        assert told.value.code == "target-gone"
        assert str(place) in told.value.text and "Sätt i minnet" in told.value.advice
    assert not place.exists()


@pytest.mark.parametrize("missing", ["finns/inte", "fil"])
def test_a_place_that_cannot_be_a_folder_is_refused_with_advice(tmp_path: Path, missing: str) -> None:
    (tmp_path / "fil").write_bytes(b"")
    with pytest.raises(GatljusError) as told:
        FolderTarget(tmp_path / missing)
    assert told.value.code == "target-missing"
    assert told.value.advice


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("EROFS", "target-not-writable"),
        ("ENOSPC", "target-full"),
        ("EACCES", "target-not-writable"),
        ("EFBIG", "target-too-large"),
        ("EIO", "target-failing"),
        ("ENODEV", "target-gone"),
        ("ENXIO", "target-gone"),
    ],
)
def test_a_disk_that_refuses_is_told_in_words(
    place: Path, monkeypatch: pytest.MonkeyPatch, number: str, code: str
) -> None:
    def refuse(*_args: object) -> None:
        raise OSError(getattr(errno, number), number)

    monkeypatch.setattr("app.sync.targets.folder.write_atomically", refuse)
    with pytest.raises(GatljusError) as told:
        FolderTarget(place).put_new(NAME, DATA)
    assert told.value.code == code
    assert str(place) in told.value.text
    assert told.value.advice


def test_the_folder_beside_the_home_is_on_this_computer(tmp_path: Path) -> None:
    (tmp_path / "hem").mkdir()
    assert FolderTarget(tmp_path / "mål", tmp_path / "hem").here
    assert not FolderTarget(tmp_path / "mål").here


def test_a_file_that_goes_while_the_folder_is_listed_is_passed_over(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = FolderTarget(place)
    gone = NAME.replace("changes/", "heads/")
    target.put_new(NAME, DATA)
    target.put_new(gone, DATA)
    listed = os.scandir

    @contextmanager
    def slowly(path: Path) -> Iterator[list[os.DirEntry[str]]]:
        with listed(path) as entries:
            found = list(entries)
        if path.name == "heads":
            (place / gone).unlink()
        yield found

    monkeypatch.setattr("app.sync.targets.folder.os.scandir", slowly)
    assert target.list("gatljus1/") == {NAME: len(DATA)}


class Busy:
    """Another program has a file open so many times that it is to be replaced or removed, as Windows tells of it."""

    def __init__(self, times: int) -> None:
        self.left = times

    def replace(self, source: Path, path: Path) -> None:
        self._refuse(source, path)
        os.rename(source, path)

    def unlink(self, path: Path, missing_ok: bool = False) -> None:
        assert missing_ok
        self._refuse(path)
        os.remove(path)

    def _refuse(self, path: Path, other: Path | None = None) -> None:
        self.left -= 1
        if self.left >= 0:
            raise PermissionError(errno.EACCES, "in use", str(path), None, str(other) if other else None)


@pytest.fixture
def busy(place: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Makes files busy for a while, once one lies there cut short."""

    def make(times: int) -> None:
        FolderTarget(place).put_new(NAME, DATA)
        (place / NAME).write_bytes(DATA[:3])
        others = Busy(times)
        monkeypatch.setattr("app.base.files.os.replace", others.replace)
        monkeypatch.setattr(Path, "unlink", lambda path, missing_ok=False: others.unlink(path, missing_ok))
        monkeypatch.setattr("app.sync.targets.folder.BUSY_S", 0)

    return make


def test_a_file_that_another_program_has_open_is_tried_once_more(place: Path, busy: Callable[[int], None]) -> None:
    busy(1)
    FolderTarget(place).repair(NAME, DATA)
    assert (place / NAME).read_bytes() == DATA


def test_a_file_that_stays_open_elsewhere_is_its_own_fault_and_not_that_of_the_folder(
    place: Path, busy: Callable[[int], None]
) -> None:
    busy(100)
    target = FolderTarget(place)
    with pytest.raises(PermissionError, match="in use"):
        target.repair(NAME, DATA)
    with pytest.raises(PermissionError, match="in use"):
        target.delete(NAME)
    with pytest.raises(PermissionError, match="in use"):
        target.put_new(NAME.replace("ab12", "cd34"), DATA)
