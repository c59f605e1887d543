"""A fault at every single call by which a sync, an import, a backup and an export touch the disk.

Whatever the fault, what was there before is there after, nothing half lies under a final name, the fault is told as
the world's, and the same once more completes.
"""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Self

import pytest

from app.base.errors import GatljusError
from app.base.job import finish
from app.commands.drafts import new_record
from app.commands.photos import photo_id
from app.domain.record import new_id
from app.domain.records import Photo, SafetyWalk, Stop
from app.jobs.export import export
from app.jobs.photos import import_photos
from app.jobs.sync import meet
from app.photos.pool import Failed, Pool, Prepared
from app.session import Session
from app.sync.targets.folder import FolderTarget
from tests.conftest import ROOT
from tests.faults.calls import Calls, Fault, Killed, counted
from tests.fuzz.places import blobs_in, is_whole, stamps_in

WALK = "0123456789abcdef" * 2
PHOTOS = [ROOT / "tests/data/photos" / name for name in ("IMG_0412.jpg", "IMG20261023183205.jpg")]
LEAST_POINTS = 500
TIDIES = " remove "
"""In the name of a point at which something is removed that is not needed any more."""

Deed = Callable[[Session, Path], object]
"""What is done in a home; the folder holds the place where devices meet, and what is exported."""


def sync(session: Session, folder: Path) -> object:
    """A pass that sends and fetches changes and photos, and reads them back."""
    report = finish(meet(session, FolderTarget(folder / "stick", session.home), WALK))
    for each in (*report.problems, *report.damaged):
        raise OSError(each.reason)
    assert report.copied and not report.missing
    return report


def take_photos(session: Session, _folder: Path) -> object:
    """Photos are imported from a folder."""
    (walk,) = session.read(SafetyWalk, {"id": WALK})
    items = finish(import_photos(session, walk, PHOTOS))
    assert {each["result"] for each in items} <= {"imported", "duplicate"}, items
    return items


def back_up(session: Session, _folder: Path) -> object:
    """The database is copied."""
    return session.back_up()


def write_out(session: Session, folder: Path) -> object:
    """The walk is exported over a file that is there."""
    (walk,) = session.read(SafetyWalk, {"id": WALK})
    finish(export(session, walk, folder / "walk.geojson"))
    return finish(export(session, walk, folder / "walk.gpx"))


DEEDS: tuple[Deed, ...] = (sync, take_photos, back_up, write_out)


class Prepareds:
    """Instead of the worker processes: what they made of the photos, made once."""

    def __init__(self, found: list[Prepared | Failed]) -> None:
        self._found = found

    def __call__(self, *_words: object, **_said: object) -> "Prepareds":
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        pass

    def run(self, paths: Any) -> Any:
        wanted = set(paths)
        return iter([each for each in self._found if each.path in wanted])


@pytest.fixture(scope="module")
def prepared() -> Prepareds:
    """The photos, decoded by real workers."""
    with Pool() as pool:
        return Prepareds(list(pool.run(PHOTOS)))


def _photo(session: Session, number: int) -> None:
    names = {
        each: session.blobs.put(f"{each} {number} {session.home.name}".encode() * 20) for each in ("original", "thumb")
    }
    session.write(WALK, new_record(session, Photo, photo_id(WALK, names["original"]), names))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two homes have met at a stick; both have gone on, and one of them has been there again."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "work" / "stick").mkdir(parents=True)
    homes = [Session(folder / name) for name in ("work/home", "other")]
    homes[0].write(
        WALK, new_record(homes[0], SafetyWalk, WALK, {"title": "Kajsaniemi", "zone": "Europe/Helsinki"}), begins=True
    )
    for number, home in enumerate((homes[0], homes[1], homes[0], homes[1])):
        finish(meet(home, FolderTarget(folder / "work" / "stick", home.home), WALK))
        _photo(home, number)
        home.write(WALK, new_record(home, Stop, new_id(), {"name": f"Stopp {number}"}))
    finish(meet(homes[1], FolderTarget(folder / "work" / "stick", homes[1].home), WALK))
    homes[0].back_up()
    for name in ("walk.geojson", "walk.gpx"):
        (folder / "work" / name).write_text("det som var")
    for home in homes:
        home.close()
    return folder / "work"


class Ground:
    """A copy of what was made, for one fault."""

    def __init__(self, made: Path, folder: Path) -> None:
        self.folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(made, folder)
        self.home = folder / "home"
        self.held = self._stamps()
        self.lying = stamps_in(self._lying(), WALK)
        self.backups = {each.name: each.read_bytes() for each in (self.home / "backups").glob("*.db")}

    def _lying(self) -> dict[str, bytes]:
        return {
            str(each.relative_to(self.folder / "stick")): each.read_bytes()
            for each in (self.folder / "stick").rglob("*")
            if each.is_file() and not each.name.endswith(".part")
        }

    def _stamps(self) -> set[str]:
        with closing(sqlite3.connect(self.home / "gatljus.db")) as file:
            return {row[0] for row in file.execute("select stamp from change")}

    def do(self, deed: Deed, calls: Calls) -> BaseException | None:
        """Do it in an opened home, with the calls counted. Returns what it raised."""
        session = Session(self.home)
        try:
            with counted(calls):
                deed(session, self.folder)
        except (Exception, Killed) as error:  # noqa: BLE001, looked at by the caller
            return error
        finally:
            session.close()
        return None

    def outcome(self) -> object:
        """What a deed brought, as far as it is the same each time."""
        session = Session(self.home)
        try:
            held, lying = session.log.have(WALK), self._lying()
            photos = sorted(each.id for each in session.read(Photo, {"scope": WALK}))
            of_others = {device: each for device, each in held.items() if device != session.identity.device}
            return photos, of_others, sorted(session.blobs.names()), blobs_in(lying)
        finally:
            session.close()

    def check_nothing_lost(self) -> None:
        """What was there is there, and nothing half lies under a final name."""
        assert self.held <= self._stamps()
        lying = self._lying()
        assert self.lying <= stamps_in(lying, WALK)
        assert all(is_whole(name, data) for name, data in lying.items() if "/target-" not in name)
        for name, data in self.backups.items():
            assert (self.home / "backups" / name).read_bytes() == data
        for each in (self.home / "backups").glob("*.db"):
            with closing(sqlite3.connect(each)) as file:
                assert file.execute("pragma integrity_check").fetchone() == ("ok",)
        for name in ("walk.geojson", "walk.gpx"):
            text = (self.folder / name).read_text()
            assert text == "det som var" or text.rstrip().endswith(("}", "</gpx>"))
        session = Session(self.home)
        assert not session.log.wrong_cells()
        assert session.log.blobs_named(WALK) - set(session.blobs.names()) <= self._never_here(session)
        session.close()

    def _never_here(self, session: Session) -> set[str]:
        """Photos whose files another device has, and that have not come yet."""
        mine = {each.original for each in session.read(Photo, {"scope": WALK}) if session.blobs.has(str(each.original))}
        return {name for name in session.log.blobs_named(WALK) if name not in mine and name in blobs_in(self._lying())}


@pytest.mark.parametrize("fault", Fault)
@pytest.mark.parametrize("deed", DEEDS, ids=lambda each: each.__name__)
def test_a_fault_at_any_call_loses_nothing_and_the_next_try_completes(
    deed: Deed, fault: Fault, made: Path, tmp_path: Path, prepared: Prepareds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.jobs.photos.Pool", prepared)
    every, wanted = points(deed, made, tmp_path)
    for at, point in enumerate(every):
        ground = Ground(made, tmp_path / "work")
        calls = Calls(ground.folder, ground.folder / "stick", at, fault)
        error = ground.do(deed, calls)
        assert calls.hit, f"never hit: {point}"
        assert error is None or isinstance(error, GatljusError | OSError | Killed), f"{point}: {error!r}"
        # What is only tidied away is tidied away the next time.
        assert error is not None or not calls.refused or TIDIES in point, f"nobody is told: {point}"
        ground.check_nothing_lost()
        again = ground.do(deed, Calls(ground.folder, ground.folder / "stick"))
        assert again is None, f"{point}: {again!r}"
        assert ground.outcome() == wanted, point


def points(deed: Deed, made: Path, folder: Path) -> tuple[list[str], object]:
    """Every call that a deed makes where nothing fails, and what is there then."""
    ground = Ground(made, folder / "work")
    calls = Calls(ground.folder, ground.folder / "stick")
    assert ground.do(deed, calls) is None
    return calls.made, ground.outcome()


def test_there_are_at_least_five_hundred_points(
    made: Path, tmp_path: Path, prepared: Prepareds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.jobs.photos.Pool", prepared)
    counts = {deed.__name__: len(points(deed, made, tmp_path)[0]) for deed in DEEDS}
    print(counts)
    assert len(Fault) * sum(counts.values()) >= LEAST_POINTS
