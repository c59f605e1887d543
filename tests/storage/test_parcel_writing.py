"""A parcel while it is written: changed meanwhile, stopped, on a disk that fails; the old one stays."""

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
from app.sync.targets.parcel import Changed, ParcelTarget
from tests.homes import NOTE, STOP, Make
from tests.storage.exchanging import UNDER, photo
from tests.storage.parcels import entries, filled, sync, write
from tests.whole.program import ROOT


def test_a_parcel_that_somebody_else_changed_meanwhile_is_not_replaced(home: Make, parcel: Path) -> None:
    a, _names = filled(home, parcel)
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
    a, names = filled(home, parcel)
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
    a, _names = filled(home, parcel)
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
    a, _names = filled(home, parcel)
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
    filled(home, parcel)
    before, b = parcel.read_bytes(), home("B")
    b.new("stop", NOTE)
    monkeypatch.setattr(Path, "open", _failing(number))
    with closing(ParcelTarget(parcel)) as target:
        report = b.sync(target, remembered=False)
        with pytest.raises(GatljusError):
            finish(target.write())
    monkeypatch.undo()
    assert report.got.changes == 2 and report.got.blobs == 3
    assert report.refused is not None and report.refused.code == code
    assert parcel.read_bytes() == before


def test_a_disk_that_is_full_in_the_middle_of_a_photo_leaves_the_old_parcel(
    home: Make, parcel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, _names = filled(home, parcel)
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


def test_a_disk_that_keeps_other_bytes_than_it_was_given_leaves_the_old_parcel(
    home: Make, parcel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, names = filled(home, parcel)
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
    a, _names = filled(home, parcel)
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
