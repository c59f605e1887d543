"""A parcel: what is put into it is there afterwards, whole or not at all, and nothing counts on it."""

import errno
import os
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.base.errors import GatljusError
from app.base.job import finish
from app.jobs.situations import situations
from app.jobs.sync import Synced
from app.sync.targets.parcel import ParcelTarget
from tests.homes import NOTE, WALK, Make
from tests.storage.exchanging import UNDER
from tests.storage.parcels import entries, filled, sync, write


def test_a_parcel_holds_the_same_tree_as_a_folder_stored_and_without_times(home: Make, parcel: Path) -> None:
    _a, names = filled(home, parcel)
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
    a, names = filled(home, parcel)
    b = home("B")
    report, written = sync(b, parcel)
    assert report.got.changes == 2 and report.got.blobs == 3 and written.written
    assert set(b.blobs.names()) == set(names.values())
    b.new("stop", NOTE, name="Bron")
    sync(b, parcel)
    sync(a, parcel)
    assert a.everything() == b.everything()
    assert "Mottaget av B" in a.receipts().state


def test_a_parcel_is_never_a_place_where_anything_was_copied_to(home: Make, parcel: Path) -> None:
    a, _names = filled(home, parcel)
    assert a.places.copied(WALK) == [] and a.places.seen_at(WALK) == []
    assert not a.places.met(str(parcel))
    assert a.receipts().state == ("Sparat här",)
    assert a.table("target") == []


def test_nothing_is_asked_of_a_parcel_that_is_new_old_or_anothers(home: Make, parcel: Path) -> None:
    a, _names = filled(home, parcel)
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
    a, _names = filled(home, parcel)
    before = parcel.stat()
    _report, written = sync(a, parcel)
    assert not written.written and written.size == before.st_size
    assert (parcel.stat().st_mtime_ns, parcel.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_parcel_that_is_taken_away_while_there_is_nothing_to_put_is_no_fault(home: Make, parcel: Path) -> None:
    a, _names = filled(home, parcel)
    with closing(ParcelTarget(parcel)) as target:
        a.sync(target, remembered=False)
        parcel.unlink()
        assert not finish(target.write()).written
    assert not parcel.exists()


def test_what_another_walk_or_version_laid_into_a_parcel_stays_in_it(home: Make, parcel: Path) -> None:
    a, _names = filled(home, parcel)
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


def test_a_write_protected_parcel_is_taken_in_and_says_that_nothing_was_put(home: Make, parcel: Path) -> None:
    filled(home, parcel)
    parcel.chmod(0o444)
    before, b = parcel.read_bytes(), home("B")
    b.new("stop", NOTE)
    with closing(ParcelTarget(parcel)) as target:
        report = b.sync(target, remembered=False)
    assert report.got.changes == 2 and report.got.blobs == 3
    assert report.refused is not None and "Inget kunde läggas i paketet" in report.refused.text
    assert "tagits emot" in report.refused.advice
    assert parcel.read_bytes() == before


def test_a_zip_with_a_letter_in_it_is_taken_in_and_left_alone(home: Make, parcel: Path) -> None:
    filled(home, parcel)
    write(parcel, {**entries(parcel), "brev.txt": b"Hej"})
    before, b = parcel.read_bytes(), home("B")
    with closing(ParcelTarget(parcel)) as target:
        report = b.sync(target, remembered=False)
    assert report.got.changes == 2
    assert report.refused is not None and "brev.txt" in report.refused.text
    assert parcel.read_bytes() == before


def test_what_is_damaged_in_a_parcel_is_named_and_the_rest_comes_and_who_has_it_puts_it_again(
    home: Make, parcel: Path
) -> None:
    a, names = filled(home, parcel)
    data = bytearray(parcel.read_bytes())
    blob = a.blobs.read(names["report"])
    data[data.index(blob) + 5] ^= 1
    parcel.write_bytes(data)
    b = home("B")
    report, _written = sync(b, parcel)
    assert report.got.changes == 2 and report.got.blobs == 2
    assert any(names["report"] in each.name and "skadad" in each.reason for each in report.problems)
    sync(a, parcel)
    sync(b, parcel)
    assert set(b.blobs.names()) == set(names.values())


OTHERS = {"gatljus1/fedc/changes/aa": b"en annans", "gatljus1/fedc/changes/bb": b"vandring"}
"""What lies in a parcel of a walk that is not here."""


def test_a_parcel_of_which_something_cannot_be_read_this_time_is_not_written(
    home: Make, parcel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, _names = filled(home, parcel)
    write(parcel, {**entries(parcel), **OTHERS})
    before, opened = parcel.read_bytes(), zipfile.ZipFile.open
    a.new("stop", NOTE)

    def failing(zipped: zipfile.ZipFile, name: Any, mode: Any = "r") -> Any:
        if mode == "r" and getattr(name, "filename", name) in OTHERS:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
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
    a, _names = filled(home, parcel)
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
