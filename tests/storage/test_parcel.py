"""A parcel: what is put into it is there afterwards, whole or not at all, and nothing counts on it."""

import errno
import os
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.base.errors import GatljusError
from app.base.job import finish
from app.jobs.situations import situations
from app.jobs.sync import Synced
from app.sync.targets.parcel import Changed, ParcelTarget
from tests.homes import NOTE, STOP, WALK, Home, Make
from tests.storage.exchanging import UNDER, photo
from tests.storage.parcels import entries, sync, write
from tests.whole.program import ROOT


@pytest.fixture
def parcel(tmp_path: Path) -> Path:
    """Where the parcel lies."""
    (tmp_path / "post").mkdir()
    return tmp_path / "post" / "vandringen.zip"


def _filled(home: Make, parcel: Path) -> tuple[Home, dict[str, str]]:
    a = home("A")
    a.new("stop", STOP, name="Torget")
    names = photo(a)
    sync(a, parcel)
    return a, names


def test_a_parcel_holds_the_same_tree_as_a_folder_stored_and_without_times(home: Make, parcel: Path) -> None:
    _a, names = _filled(home, parcel)
    with zipfile.ZipFile(parcel) as read:
        assert read.testzip() is None
        infos = read.infolist()
    assert {name.partition(UNDER)[2].partition("/")[0] for name in entries(parcel) if UNDER in name} >= {
        "changes", "blobs", "heads",
    }  # fmt: skip
    assert {f"{UNDER}blobs/{name}" for name in names.values()} <= set(entries(parcel))
    assert {info.compress_type for info in infos} == {zipfile.ZIP_STORED}
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}


def test_a_parcel_there_and_back_brings_both_everything_and_word_of_it(home: Make, parcel: Path) -> None:
    a, names = _filled(home, parcel)
    b = home("B")
    report, written = sync(b, parcel)
    assert report.got.changes == 6 and report.got.blobs == 3 and written.written
    assert set(b.blobs.names()) == set(names.values())
    b.new("stop", NOTE, name="Bron")
    sync(b, parcel)
    sync(a, parcel)
    assert a.everything() == b.everything()
    assert "Mottaget av B" in a.receipts().state


def test_a_parcel_is_never_a_place_where_anything_was_copied_to(home: Make, parcel: Path) -> None:
    a, _names = _filled(home, parcel)
    assert a.places.copied(WALK) == [] and a.places.seen_at(WALK) == []
    assert not a.places.met(str(parcel))
    assert a.receipts().state == ("Sparat här",)
    assert a.table("target") == []


def test_nothing_is_asked_of_a_parcel_that_is_new_old_or_anothers(home: Make, parcel: Path) -> None:
    a, _names = _filled(home, parcel)
    first = parcel.read_bytes()
    for number in range(9):
        a.new("stop", f"{number:032x}")
        sync(a, parcel)
    parcel.write_bytes(first)
    assert sync(a, parcel)[0].asks is None
    assert sum("/changes/" in name for name in entries(parcel)) == 10
    parcel.unlink()
    assert sync(a, parcel)[0].asks is None
    other = home("C")
    other.new("stop", NOTE)
    parcel.unlink()
    sync(other, parcel)
    assert sync(a, parcel)[0].asks is None


def test_a_pass_without_news_leaves_every_byte_and_time_of_a_parcel(home: Make, parcel: Path) -> None:
    a, _names = _filled(home, parcel)
    before = parcel.stat()
    _report, written = sync(a, parcel)
    assert not written.written and written.size == before.st_size
    assert (parcel.stat().st_mtime_ns, parcel.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_parcel_that_is_taken_away_while_there_is_nothing_to_put_is_no_fault(home: Make, parcel: Path) -> None:
    a, _names = _filled(home, parcel)
    with closing(ParcelTarget(parcel)) as target:
        a.sync(target, remembered=False)
        parcel.unlink()
        assert not finish(target.write()).written
    assert not parcel.exists()


def test_what_another_walk_or_version_laid_into_a_parcel_stays_in_it(home: Make, parcel: Path) -> None:
    a, _names = _filled(home, parcel)
    more = {
        "gatljus1/fedc/changes/later.bin": b"1",
        f"{UNDER}packs/new.tar": b"2",
        f"{UNDER}changes/x (conflicted copy).gz": b"3",
    }
    write(parcel, {**entries(parcel), **more})
    a.new("stop", NOTE)
    assert sync(a, parcel)[1].written
    assert more.items() <= entries(parcel).items()


def test_erased_objects_are_not_left_in_the_bytes_of_a_parcel(parcel: Path) -> None:
    secret, other = b"Anna Andersson" * 40, b"annat" * 40
    target = ParcelTarget(parcel)
    target.put_new("gatljus1/target-ab", b"")
    for name, data in (("gatljus1/w/blobs/aa", secret), ("gatljus1/w/blobs/bb", other)):
        target.put_new(name, data)
    target.delete("gatljus1/w/blobs/aa")
    finish(target.write())
    assert secret not in parcel.read_bytes() and other in parcel.read_bytes()
    target.put_new("gatljus1/w/blobs/aa", secret)
    finish(target.write())
    assert secret in parcel.read_bytes()
    target.delete("gatljus1/w/blobs/aa")
    finish(target.write())
    target.close()
    assert secret not in parcel.read_bytes() and other in parcel.read_bytes()


def test_a_parcel_that_somebody_else_changed_meanwhile_is_not_replaced(home: Make, parcel: Path) -> None:
    a, _names = _filled(home, parcel)
    a.new("stop", NOTE)
    target = ParcelTarget(parcel)
    a.sync(target, remembered=False)
    changed = write(parcel, {**entries(parcel), "gatljus1/fedc/changes/x": b"1"}).read_bytes()
    with pytest.raises(Changed):
        finish(target.write())
    target.close()
    assert parcel.read_bytes() == changed
    assert list(parcel.parent.iterdir()) == [parcel]


def test_a_change_of_one_byte_that_keeps_size_and_time_is_seen(home: Make, parcel: Path) -> None:
    a, names = _filled(home, parcel)
    a.new("stop", NOTE)
    target = ParcelTarget(parcel)
    a.sync(target, remembered=False)
    time = parcel.stat()
    blob = f"{UNDER}blobs/{names['thumb']}"
    content = entries(parcel)
    write(parcel, {**content, blob: bytes([content[blob][0] ^ 1]) + content[blob][1:]})
    os.utime(parcel, ns=(time.st_atime_ns, time.st_mtime_ns))
    with pytest.raises(Changed):
        finish(target.write())
    target.close()


def test_a_parcel_that_came_into_being_meanwhile_is_not_replaced(home: Make, parcel: Path) -> None:
    a = home("A")
    a.new("stop", STOP)
    target = ParcelTarget(parcel)
    a.sync(target, remembered=False)
    write(parcel, {"gatljus1/target-ab": b""})
    with pytest.raises(Changed):
        finish(target.write())
    target.close()
    assert set(entries(parcel)) == {"gatljus1/target-ab"}


def _stopping_after(steps: int, target: ParcelTarget) -> bool:
    """Cancel the writing after so many steps; whether it had not ended by then."""
    job = target.write()
    try:
        for _step in range(steps):
            next(job)
    except StopIteration:
        return False
    job.close()
    return True


def test_writing_that_is_stopped_anywhere_leaves_the_old_parcel_and_nothing_beside(home: Make, parcel: Path) -> None:
    a, _names = _filled(home, parcel)
    a.new("stop", NOTE)
    before, steps, stopped = parcel.read_bytes(), 0, True
    while stopped:
        target = ParcelTarget(parcel)
        a.sync(target, remembered=False)
        stopped = _stopping_after(steps, target)
        target.close()
        assert list(parcel.parent.iterdir()) == [parcel]
        assert not stopped or parcel.read_bytes() == before
        steps += 1
    assert steps > 5
    assert parcel.read_bytes() != before


def _failing(number: int) -> Callable[..., Any]:
    def fail(*_args: Any) -> None:
        raise OSError(number, os.strerror(number))

    return fail


FAULTS = pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "target-full"), (errno.EROFS, "target-not-writable"), (errno.EIO, "parcel-unwritten"),
     (errno.ENODEV, "target-gone"), (errno.EFBIG, "target-too-large")],
)  # fmt: skip


@FAULTS
@pytest.mark.parametrize("where", ["fsync", "replace"])
def test_a_disk_that_fails_while_a_parcel_is_written_leaves_the_old_one(
    home: Make, parcel: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str, where: str
) -> None:
    a, _names = _filled(home, parcel)
    a.new("stop", NOTE)
    before = parcel.read_bytes()
    with closing(ParcelTarget(parcel)) as target:
        a.sync(target, remembered=False)
        monkeypatch.setattr(os, where, _failing(number))
        with pytest.raises(GatljusError) as told:
            finish(target.write())
    assert told.value.code == code and told.value.advice
    assert str(parcel.parent) in told.value.text
    assert parcel.read_bytes() == before
    assert list(parcel.parent.iterdir()) == [parcel]
    monkeypatch.undo()
    assert sync(a, parcel)[1].written


@FAULTS
def test_where_no_parcel_can_be_begun_what_lies_in_the_old_one_comes_nevertheless(
    home: Make, parcel: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    _filled(home, parcel)
    before, b = parcel.read_bytes(), home("B")
    b.new("stop", NOTE)
    monkeypatch.setattr(Path, "open", _failing(number))
    with closing(ParcelTarget(parcel)) as target:
        report = b.sync(target, remembered=False)
        with pytest.raises(GatljusError):
            finish(target.write())
    monkeypatch.undo()
    assert report.got.changes == 6 and report.got.blobs == 3
    assert report.refused is not None and report.refused.code == code
    assert parcel.read_bytes() == before


def test_a_disk_that_is_full_in_the_middle_of_a_photo_leaves_the_old_parcel(
    home: Make, parcel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, _names = _filled(home, parcel)
    photo(a, "9" * 32)
    before, written = parcel.read_bytes(), zipfile.ZipFile.open

    def small(zipped: zipfile.ZipFile, name: Any, mode: Any = "r") -> Any:
        found = written(zipped, name, mode)
        if mode == "w" and "/blobs/" in name.filename:
            monkeypatch.setattr(found, "write", _failing(errno.ENOSPC))
        return found

    monkeypatch.setattr(zipfile.ZipFile, "open", small)
    with closing(ParcelTarget(parcel)) as target:
        report = a.sync(target, remembered=False)
        with pytest.raises(GatljusError, match="fullt"):
            finish(target.write())
    assert report.refused is not None and report.refused.code == "target-full"
    assert parcel.read_bytes() == before
    assert list(parcel.parent.iterdir()) == [parcel]


def test_a_write_protected_parcel_is_taken_in_and_says_that_nothing_was_put(home: Make, parcel: Path) -> None:
    _filled(home, parcel)
    parcel.chmod(0o444)
    before, b = parcel.read_bytes(), home("B")
    b.new("stop", NOTE)
    with closing(ParcelTarget(parcel)) as target:
        report = b.sync(target, remembered=False)
    assert report.got.changes == 6 and report.got.blobs == 3
    assert report.refused is not None and "Inget kunde läggas i paketet" in report.refused.text
    assert "tagits emot" in report.refused.advice
    assert parcel.read_bytes() == before


def test_a_zip_with_a_letter_in_it_is_taken_in_and_left_alone(home: Make, parcel: Path) -> None:
    _filled(home, parcel)
    write(parcel, {**entries(parcel), "brev.txt": b"Hej"})
    before, b = parcel.read_bytes(), home("B")
    with closing(ParcelTarget(parcel)) as target:
        report = b.sync(target, remembered=False)
    assert report.got.changes == 6
    assert report.refused is not None and "brev.txt" in report.refused.text
    assert parcel.read_bytes() == before


def test_what_is_damaged_in_a_parcel_is_named_and_the_rest_comes_and_who_has_it_puts_it_again(
    home: Make, parcel: Path
) -> None:
    a, names = _filled(home, parcel)
    data = bytearray(parcel.read_bytes())
    blob = a.blobs.read(names["report"])
    data[data.index(blob) + 5] ^= 1
    parcel.write_bytes(data)
    b = home("B")
    report, _written = sync(b, parcel)
    assert report.got.changes == 6 and report.got.blobs == 2
    assert any(names["report"] in each.name and "skadad" in each.reason for each in report.problems)
    sync(a, parcel)
    sync(b, parcel)
    assert set(b.blobs.names()) == set(names.values())


OTHERS = {"gatljus1/fedc/changes/aa": b"en annans", "gatljus1/fedc/changes/bb": b"vandring"}
"""What lies in a parcel of a walk that is not here."""


def test_a_parcel_of_which_something_cannot_be_read_this_time_is_not_written(
    home: Make, parcel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, _names = _filled(home, parcel)
    write(parcel, {**entries(parcel), **OTHERS})
    before, opened = parcel.read_bytes(), zipfile.ZipFile.open
    a.new("stop", NOTE)

    def failing(zipped: zipfile.ZipFile, name: Any, mode: Any = "r") -> Any:
        if mode == "r" and getattr(name, "filename", name) in OTHERS:
            _failing(errno.EIO)()
        return opened(zipped, name, mode)

    with monkeypatch.context() as passing:
        passing.setattr(zipfile.ZipFile, "open", failing)
        with pytest.raises(GatljusError) as told:
            sync(a, parcel)
    assert told.value.code == "parcel-unreadable" and told.value.advice
    assert parcel.read_bytes() == before and list(parcel.parent.iterdir()) == [parcel]
    assert sync(a, parcel)[1].written
    assert OTHERS.items() <= entries(parcel).items()


def test_what_is_damaged_of_another_walk_is_left_out_and_named(home: Make, parcel: Path) -> None:
    a, _names = _filled(home, parcel)
    write(parcel, {**entries(parcel), **OTHERS})
    parcel.write_bytes(parcel.read_bytes().replace(b"en annans", b"en ahnans"))
    a.new("stop", NOTE)
    _report, written = sync(a, parcel)
    (lost,) = written.left_out
    assert lost.name == "gatljus1/fedc/changes/aa" and "skadad" in lost.reason
    assert "gatljus1/fedc/changes/aa" not in entries(parcel) and "gatljus1/fedc/changes/bb" in entries(parcel)
    done = Synced(parcel=written)
    assert done.as_data()["problems"] == [{"name": lost.name, "reason": lost.reason}]
    assert situations(done, str(parcel))[0].startswith("1 fil var skadad i paketet")


def test_a_parcel_where_there_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GatljusError) as told:
        ParcelTarget(tmp_path / "ingen" / "x.zip")
    assert told.value.code == "target-missing" and told.value.advice


def test_a_disk_that_keeps_other_bytes_than_it_was_given_leaves_the_old_parcel(
    home: Make, parcel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, names = _filled(home, parcel)
    before, photo_bytes = parcel.read_bytes(), a.blobs.read(names["original"])
    a.new("stop", NOTE)
    fsync = os.fsync

    def spoil(handle: int) -> None:
        fsync(handle)
        for beside in parcel.parent.glob(".*.part"):
            data = beside.read_bytes()
            beside.write_bytes(data.replace(photo_bytes[:100], bytes(100)))

    with closing(ParcelTarget(parcel)) as target:
        a.sync(target, remembered=False)
        monkeypatch.setattr(os, "fsync", spoil)
        with pytest.raises(GatljusError):
            finish(target.write())
    assert parcel.read_bytes() == before
    assert list(parcel.parent.iterdir()) == [parcel]


def test_what_a_killed_process_left_beside_is_removed_and_what_another_is_writing_is_not(
    home: Make, parcel: Path
) -> None:
    a, _names = _filled(home, parcel)
    a.new("stop", NOTE)
    left = parcel.with_name(f".{parcel.name}.0a1b2c3d.part")
    left.write_bytes(b"halv")
    with closing(ParcelTarget(parcel)) as target:
        target.put_new("gatljus1/w/blobs/aa", b"1")
        assert not left.exists()
        (beside,) = [each for each in parcel.parent.iterdir() if each != parcel]
        with subprocess.Popen([sys.executable, "-c", SWEEP, str(parcel)], cwd=ROOT) as other:
            assert other.wait() == 0
        assert beside.exists()
        finish(target.write())
    assert list(parcel.parent.iterdir()) == [parcel]


SWEEP = """
import pathlib, sys
from app.sync.targets.parcel import ParcelTarget
target = ParcelTarget(pathlib.Path(sys.argv[1]))
target.put_new("gatljus1/w/blobs/bb", b"2")
target.close()
"""
"""Another process that begins to write the same parcel and gives up."""


def test_a_large_parcel_is_put_and_read_piece_by_piece(parcel: Path) -> None:
    size, count = 4 << 20, 40
    tracemalloc.start()
    for first in (0, count):
        with closing(ParcelTarget(parcel)) as target:
            for number in range(first, first + count):
                target.put_new(f"gatljus1/w/blobs/{number:064x}", bytes([number]) * size)
            finish(target.write())
            assert target.get(f"gatljus1/w/blobs/{first:064x}") == bytes([first]) * size
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert parcel.stat().st_size > 2 * count * size
    assert peak < 8 * size
