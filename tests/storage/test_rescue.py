"""What can still be read of a damaged home goes into a ZIP that any other home takes in; the home is only read."""

import os
import random
import shutil
import signal
import sqlite3
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.base.errors import BadInput, GatljusError
from app.base.job import finish
from app.commands.voice import begin_note
from app.domain.records import Observation
from app.jobs.rescue import Rescued, rescue
from app.jobs.sync import sync
from app.session import Session
from app.storage.salvage import salvage
from app.sync.names import READ_ME, UNNAMED
from tests.sounds import frames
from tests.storage.damaging import LOOSE, PAGE, SENT, flip, furnish, overwrite, row_with, settle, text_of
from tests.storage.test_restore import draft, start


def rescued(home: Path, folder: Path) -> tuple[Rescued, set[str], Session]:
    """Rescue a home, let another one take in what was saved. Returns what was done, the texts there, and that home."""
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    done = finish(rescue(home, folder / "räddat.zip"))
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before
    with zipfile.ZipFile(done.file) as packed:
        assert packed.testzip() is None
        packed.extractall(folder / "uppackat")
    other = Session(folder / "other")
    finish(sync(other, str(folder / "uppackat"), everything=True))
    return done, {each.text for each in other.read(Observation)}, other


def everything() -> set[str]:
    """The texts of all observations."""
    return {text_of(number) for number in range(SENT + LOOSE)}


def test_a_voice_note_that_was_not_taken_in_yet_is_saved_as_it_lies(tmp_path: Path) -> None:
    session, walk = furnish(tmp_path)
    note = begin_note(session, walk)
    note.path.write_bytes(frames(90))
    done, _texts, other = rescued(session.home, tmp_path)
    assert done.spoken == 1 and not list(other.home.glob("voice/*"))
    with zipfile.ZipFile(done.file) as packed:
        assert packed.read(f"{UNNAMED}{note.id}.aac") == frames(90)
        assert walk in packed.read(f"{UNNAMED}{note.id}.json").decode()
        assert "Röstanteckningar som inte hann" in packed.read(READ_ME).decode("utf-8-sig")


def test_a_whole_home_that_is_open_is_saved_wholly_without_names(tmp_path: Path) -> None:
    session, walk = furnish(tmp_path)
    done, texts, other = rescued(session.home, tmp_path)
    assert texts == everything()
    assert done.is_whole and done.blobs == len(other.blobs.names())
    personal = session.log.blobs_personal(walk)
    assert len(personal) == 1 and personal <= set(session.blobs.names())
    assert set(other.blobs.names()) == set(session.blobs.names()) - personal
    # Batches are verbatim, and what waited to be sent goes under the id it carries.
    assert set(session.log.batches(walk)) < set(other.log.batches(walk))
    assert other.log.have(walk)[session.identity.device] == session.log.have(walk)[session.identity.device]
    said = zipfile.ZipFile(done.file).read(READ_ME).decode("utf-8-sig")
    assert "Kvällsvandring" in said and "Inget saknas" in said and "Nothing is missing" in said


def test_what_is_read_page_by_page_is_what_sqlite_reads(tmp_path: Path) -> None:
    session, walk = furnish(tmp_path)
    session.write(walk, [draft("remark", "text", "x" * 60_000)])
    for checkpointed in (False, True):
        if checkpointed:
            session.leave()
            settle(session.home)
        found = finish(salvage(session.home / "gatljus.db"))
        with closing(sqlite3.connect(session.home / "gatljus.db")) as tables:
            keys = tables.execute("select scope, device, seq, n, stamp from change").fetchall()
            batches = tables.execute("select name, bytes from batch").fetchall()
        assert set(found.changes) == set(keys)
        assert {name: data for name, (_scope, data) in found.batches.items()} == dict(batches)
        assert (found.spoilt, found.unread, found.broken) == (0, 0, set())


Damage = Callable[[Path], None]


def _cut_in_half(home: Path) -> None:
    file = home / "gatljus.db"
    os.truncate(file, file.stat().st_size // 2)


def _first_page(home: Path) -> None:
    overwrite(home / "gatljus.db", 0, b"\0" * 4096)


def _leaf_of_the_log(home: Path) -> None:
    overwrite(home / "gatljus.db", row_with(home, text_of(SENT + 3)) // PAGE * PAGE, b"\xff" * PAGE)


def _inner_page(home: Path) -> None:
    """Every page of the trees above the rows."""
    data = (home / "gatljus.db").read_bytes()
    for at in range(4096, len(data), 4096):
        if data[at] in (0x05, 0x02):
            overwrite(home / "gatljus.db", at, b"\0" * 4096)


def _bit_in_a_batch(home: Path) -> None:
    with closing(sqlite3.connect(home / "gatljus.db")) as tables:
        (data,) = tables.execute("select bytes from batch").fetchone()
    at = (home / "gatljus.db").read_bytes().find(data[200:232])
    flip(home / "gatljus.db", at)


def _no_identity(home: Path) -> None:
    (home / "device.json").unlink()


DAMAGES: dict[str, tuple[Damage, int]] = {
    "the first page": (_first_page, SENT + LOOSE),
    "a leaf of the log": (_leaf_of_the_log, SENT + LOOSE - 9),
    "all pages above the leaves": (_inner_page, SENT + LOOSE),
    "a bit in a batch": (_bit_in_a_batch, SENT + LOOSE),
    "cut in half": (_cut_in_half, 1),
    "no identity": (_no_identity, SENT + LOOSE),
}
"""What is done to a home, and how many of its observations can be read all the same, at the least."""


@pytest.mark.parametrize("name", DAMAGES)
def test_of_a_damaged_home_is_saved_what_can_be_read(tmp_path: Path, name: str) -> None:
    session, _walk = furnish(tmp_path)
    session.leave()
    settle(session.home)
    damage, least = DAMAGES[name]
    damage(session.home)
    done, texts, _other = rescued(session.home, tmp_path)
    # Of one it is only known that it was made.
    assert texts - {""} <= everything()
    assert len(texts) >= least
    if least < SENT + LOOSE:
        assert done.unread or done.gaps
    if name == "a bit in a batch":
        assert len(done.broken) == 1


def test_of_a_home_without_a_database_photos_are_saved_but_nothing_that_may_be_a_name(tmp_path: Path) -> None:
    session, walk = furnish(tmp_path)
    session.leave()
    whole, personal = set(session.blobs.names()), session.log.blobs_personal(walk)
    session.leave()
    spoilt, *others = sorted(name for name in whole - personal if not session.blobs.read(name).startswith(b"{"))
    overwrite(session.blobs.path(spoilt), 3, b"x")
    for path in session.home.glob("gatljus.db*"):
        overwrite(path, 0, b"\0" * path.stat().st_size)
    done = finish(rescue(session.home, tmp_path / "räddat.zip"))
    with zipfile.ZipFile(done.file) as packed:
        names = {name.removeprefix(UNNAMED) for name in packed.namelist() if name.startswith(UNNAMED)}
    assert names == set(others)
    assert done.damaged == [spoilt]


def test_a_damaged_and_a_missing_photo_are_named_and_the_rest_is_saved(tmp_path: Path) -> None:
    session, walk = furnish(tmp_path)
    first, second, *_rest = sorted(session.log.blobs_named(walk) - session.log.blobs_personal(walk))
    overwrite(session.blobs.path(first), 2, b"x")
    session.blobs.delete(second)
    done, texts, _other = rescued(session.home, tmp_path)
    assert (done.damaged, done.missing) == ([first], [second])
    assert texts == everything()
    said = zipfile.ZipFile(done.file).read(READ_ME).decode("utf-8-sig")
    assert first in said and second in said


def test_a_rescue_goes_not_into_the_home_and_a_full_disk_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, _walk = furnish(tmp_path)
    with pytest.raises(BadInput):
        finish(rescue(session.home, session.home / "räddat.zip"))

    def full(*_words: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(GatljusError) as refused:
        finish(rescue(session.home, tmp_path / "räddat.zip"))
    assert "disken är full" in refused.value.text
    assert not list(tmp_path.glob("*.zip*")) and not list(tmp_path.glob(".räddat*"))


RESCUES = """
import sys
from pathlib import Path
from app.base.job import finish
from app.jobs.rescue import rescue
print("ready", flush=True)
finish(rescue(Path(sys.argv[1]), Path(sys.argv[2])))
"""


def test_a_rescue_killed_at_any_moment_leaves_a_whole_file_or_none(tmp_path: Path) -> None:
    session, _walk = furnish(tmp_path)
    session.leave()
    seed = random.randrange(10**6)
    print("seed", seed)
    dice = random.Random(seed)
    for number in range(8):
        file = tmp_path / f"{number}.zip"
        with start(RESCUES, session.home, file) as process:
            assert process.stdout and process.stdout.readline() == "ready\n"
            time.sleep(dice.random() * 0.15)
            process.send_signal(signal.SIGKILL)
        if file.exists():
            with zipfile.ZipFile(file) as packed:
                assert packed.testzip() is None and READ_ME in packed.namelist()
    shutil.rmtree(session.home / "backups")
    assert {each.text for each in Session(session.home).read(Observation)} == everything()
