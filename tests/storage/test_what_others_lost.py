"""What users of other programs lost while they synchronised, done here the same way. Each test names the thread that
tells of it."""

import errno
import sqlite3
from pathlib import Path

import pytest

from app.base.errors import GatljusError
from app.domain.records import Observation, Photo
from app.sync.targets.folder import FolderTarget
from tests.homes import NOTE, STOP, WALK, Home, Make
from tests.storage.exchanging import UNDER, Recording, photo
from tests.storage.meeting import assert_alike


def lying(place: Path) -> dict[str, bytes]:
    """Every change and blob that lies in the folder, and its bytes."""
    found = [path for part in ("changes", "blobs") for path in (place / UNDER / part).glob("*")]
    return {path.name: path.read_bytes() for path in found}


def with_photos(home: Home, count: int) -> list[str]:
    """An observation with so many photos. Returns the names of their blobs."""
    home.new("observation", NOTE, text="Släckt")
    names: list[str] = []
    for number in range(1, count + 1):
        record = f"{number:032x}"
        names += photo(home, record).values()
        home.set("photo", record, observation=NOTE)
    return names


def test_photos_that_did_not_arrive_are_sent_by_the_retry_and_kept_until_somebody_has_them(
    home: Make, place: Path
) -> None:
    """kobotoolbox/enketo-express#776: of a record with large photos the first arrived and the rest did not; the retry
    was answered as if all were there already, and the phone deleted its own copies."""
    a, b = home("A"), home("B")
    names = with_photos(a, 4)
    late = sorted(names)[5:]
    broken = Recording(FolderTarget(place), {f"put {UNDER}blobs/{name}": OSError(errno.EPIPE, "cut") for name in late})
    a.sync(broken)
    assert not set(late) & set(lying(place))
    b.sync(FolderTarget(place))
    a.sync(broken)
    assert not any("Mottaget av" in each for each in a.receipts().sentences)
    assert all(a.blobs.has(name) for name in names)
    retry = Recording(FolderTarget(place))
    a.sync(retry)
    assert {name.rpartition("/")[2] for name in retry.of("put") if "/blobs/" in name} == set(late)
    b.sync(FolderTarget(place))
    a.sync(FolderTarget(place))
    assert all(b.blobs.has(name) for name in names)
    assert "Mottaget av B" in a.receipts().sentences
    assert all(a.blobs.has(name) for name in names)


def test_a_new_device_that_had_deleted_what_it_began_with_takes_nothing_from_the_others(
    home: Make, place: Path
) -> None:
    """laurent22/joplin#1358: somebody deleted the notes that a new installation came with, then connected it to the
    place where all other notes lay, and those went everywhere."""
    a = home("A")
    with_photos(a, 2)
    a.sync(FolderTarget(place))
    before = lying(place)
    fresh = home("B")
    fresh.new("observation", STOP, text="Välkommen")
    fresh.delete("observation", STOP)
    fresh.sync(FolderTarget(place))
    a.sync(FolderTarget(place))
    assert {name: data for name, data in lying(place).items() if name in before} == before
    assert set(a.shown(Observation)) == set(fresh.shown(Observation)) == {NOTE}
    assert len(fresh.shown(Photo)) == 2
    assert a.conflicts() == []
    assert_alike(a, fresh)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_files_that_could_not_be_written_here_empty_nothing_there(
    home: Make, place: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """MerginMaps/mobile#2382: what was fetched could not be written and stayed empty, the sync went on, put the empty
    files in place of the good ones and sent them to the server."""
    a, b = home("A"), home("B")
    names = with_photos(a, 3)
    a.sync(FolderTarget(place))
    before = lying(place)
    b.new("stop", STOP, name="Bara på B")

    def full(_data: bytes) -> str:
        raise OSError(number, "refused")

    with monkeypatch.context() as patched:
        patched.setattr(b.blobs, "put", full)
        with pytest.raises(GatljusError) as refused:
            b.sync(FolderTarget(place))
    assert refused.value.code == "home-not-writable"
    assert not any(b.blobs.has(name) for name in names)
    b.sync(FolderTarget(place))
    a.sync(FolderTarget(place))
    assert {name: data for name, data in lying(place).items() if name in before} == before
    assert all(b.blobs.read(name) == a.blobs.read(name) for name in names)
    assert_alike(a, b)


class Empties(Recording):
    """A target whose objects come empty, as from a disk without room."""

    def get(self, name: str) -> bytes:
        return b"" if "/changes/" in name or "/blobs/" in name else super().get(name)


def test_empty_files_that_came_for_whole_ones_are_taken_for_nothing(home: Make, place: Path) -> None:
    """MerginMaps/mobile#2382, from the other side: what comes empty is neither kept nor passed on."""
    a, b = home("A"), home("B")
    names = with_photos(a, 2)
    a.sync(FolderTarget(place))
    before = lying(place)
    b.new("stop", STOP, name="Bara på B")
    report = b.sync(Empties(FolderTarget(place)))
    assert report.damaged
    assert not any(b.blobs.has(name) for name in names)
    assert {name: data for name, data in lying(place).items() if name in before} == before
    b.sync(FolderTarget(place))
    a.sync(FolderTarget(place))
    assert_alike(a, b)
    assert all(b.blobs.has(name) for name in names)


def test_a_database_that_is_locked_while_one_fetches_is_fetched_into_when_it_is_free(home: Make, place: Path) -> None:
    """Mergin's client parks what it fetched in a folder "unfinished pull" when another program holds the database, and
    its users had to know of that folder. Here nothing is half taken in, and the next pass takes all of it."""
    a, b = home("A"), home("B")
    with_photos(a, 2)
    a.sync(FolderTarget(place))
    before = lying(place)
    held = sqlite3.connect(b.folder / "gatljus.db", isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    with pytest.raises(GatljusError) as refused:
        b.sync(FolderTarget(place))
    assert refused.value.code == "home-busy"
    assert b.table("change") == []
    assert lying(place) == before
    held.execute("ROLLBACK")
    held.close()
    b.sync(FolderTarget(place))
    assert_alike(a, b)
    assert lying(place) == before


def test_what_is_noted_on_a_walk_fetched_anew_is_sent_whatever_was_changed_meanwhile(home: Make, place: Path) -> None:
    """opengisch/QField#7479: a project was removed and fetched again, observations were made, and the file of what was
    to be sent stayed empty; after the next sync they were gone. Here the log is both what is shown and what is sent."""
    a, b = home("A"), home("B")
    with_photos(a, 1)
    a.sync(FolderTarget(place))
    b.sync(FolderTarget(place))
    b.log.close()
    anew = home("C")
    anew.sync(FolderTarget(place))
    anew.new("observation", STOP, text="Efter hämtningen")
    assert anew.log.unsent(WALK) == 2
    a.set("observation", NOTE, text="Ändrad under tiden")
    a.sync(FolderTarget(place))
    # It is closed and opened again before it sends anything.
    anew.log.close()
    anew = home("C", seed="senare")
    assert anew.log.unsent(WALK) == 2
    anew.sync(FolderTarget(place))
    a.sync(FolderTarget(place))
    assert a.shown(Observation)[STOP].text == "Efter hämtningen"
    assert anew.log.unsent(WALK) == 0
    assert_alike(a, anew)
