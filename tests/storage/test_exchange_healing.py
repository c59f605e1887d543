"""What one pass over a folder puts right: short, spoilt and unfinished objects."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from app.sync.targets.folder import FolderTarget
from tests.homes import PICTURE, STOP, WALK, Home, Make
from tests.storage.exchanging import LONG, UNDER, files, photo


@pytest.mark.parametrize("part", ["changes", "blobs"])
def test_a_short_object_is_put_right_by_someone_who_did_not_write_it(home: Make, place: Path, part: str) -> None:
    a, b, c = home("A"), home("B"), home("C")
    photo(a)
    a.sync(FolderTarget(place))
    b.sync(FolderTarget(place))
    cut = files(place, part)[0]
    whole = cut.read_bytes()
    cut.write_bytes(whole[:10])
    assert [each.name for each in c.sync(FolderTarget(place)).damaged] == [cut.name] * 1
    assert b.sync(FolderTarget(place)).repaired == 1
    assert cut.read_bytes() == whole
    c.sync(FolderTarget(place))
    assert c.everything() == a.everything()


@pytest.mark.parametrize("part", ["changes", "blobs"])
def test_a_turned_bit_is_put_right_when_a_reader_says_so(home: Make, place: Path, part: str) -> None:
    a, b, c = home("A"), home("B"), home("C")
    photo(a)
    a.sync(FolderTarget(place))
    b.sync(FolderTarget(place))
    turned = files(place, part)[0]
    whole = turned.read_bytes()
    turned.write_bytes(whole[:12] + bytes([whole[12] ^ 8]) + whole[13:])
    assert b.sync(FolderTarget(place)).repaired == 0
    assert {each.name for each in c.sync(FolderTarget(place)).damaged} == {turned.name}
    assert b.sync(FolderTarget(place)).repaired == 1
    assert turned.read_bytes() == whole
    report = c.sync(FolderTarget(place))
    assert (report.damaged, report.missing) == ([], [])
    assert c.everything() == a.everything()


def test_a_batch_that_this_homes_own_disk_has_spoilt_is_fetched_again_and_never_sent(home: Make, place: Path) -> None:
    a = home("A")
    a.new("stop", STOP, name="Torget")
    a.sync(FolderTarget(place))
    (name,) = a.log.batches(WALK)
    whole = a.log.batch(name)
    with a.log.database.writing() as tables:
        tables.execute("update batch set bytes = ? where name = ?", (whole[:40], name))
    a.sync(FolderTarget(place))
    assert a.log.batch(name) == whole
    assert (place / UNDER / "changes" / name).read_bytes() == whole
    assert len(a.table("change")) == 2


def test_a_photo_that_this_homes_own_disk_has_cut_is_fetched_again(home: Make, place: Path) -> None:
    a = home("A")
    names = photo(a)
    a.sync(FolderTarget(place))
    path = a.blobs.path(names["original"])
    whole = path.read_bytes()
    path.write_bytes(whole[:9])
    report = a.sync(FolderTarget(place))
    assert [each.name for each in report.problems] == [names["original"]]
    assert path.read_bytes() == whole
    assert (place / UNDER / "blobs" / names["original"]).read_bytes() == whole
    assert a.sync(FolderTarget(place)).copied


def lacking(place: Path, home: Home) -> object:
    """What a home's latest announcement says that it lacks."""
    latest = max(path for path in files(place, "heads") if path.name.startswith(home.device))
    return json.loads(latest.read_text())["lacking"]


def test_a_photo_found_spoilt_while_it_is_put_is_told_and_announced_as_lacking(home: Make, place: Path) -> None:
    a = home("A")
    name = photo(a)["original"]
    a.blobs.path(name).write_bytes(b"rot")
    for _again in range(2):
        report = a.sync(FolderTarget(place))
        assert (report.missing, report.copied, lacking(place, a)) == ([name], False, [name])


def test_a_photo_found_spoilt_while_it_would_repair_another_copy_is_announced_as_lacking(
    home: Make, place: Path
) -> None:
    a, b = home("A"), home("B")
    name = photo(a)["original"]
    a.sync(FolderTarget(place))
    for path in (a.blobs.path(name), place / UNDER / "blobs" / name):
        path.write_bytes(path.read_bytes()[::-1])
    assert name in {each.name for each in b.sync(FolderTarget(place)).damaged}
    report = a.sync(FolderTarget(place))
    assert (report.missing, report.copied, lacking(place, a)) == ([name], False, [name])


def test_a_blob_whose_bytes_are_wrong_is_not_kept(home: Make, place: Path) -> None:
    a, b = home("A"), home("B")
    a.new("photo", PICTURE, thumb="ab" * 32)
    a.sync(FolderTarget(place))
    (place / UNDER / "blobs").mkdir()
    (place / UNDER / "blobs" / ("ab" * 32)).write_bytes(b"something else")
    report = b.sync(FolderTarget(place))
    assert report.missing == ["ab" * 32]
    assert b.blobs.names() == {}


@pytest.mark.parametrize("part", ["changes", "blobs"])
@pytest.mark.parametrize("ending", ["", ".nextcloud", ".icloud"])
def test_a_placeholder_of_a_cloud_folder_is_named_and_neither_put_again_nor_fetched(
    home: Make, place: Path, part: str, ending: str
) -> None:
    a, b = home("A"), home("B")
    names = photo(a)
    a.sync(FolderTarget(place))
    lying = next(path for path in files(place, part) if path.name not in (names["report"], names["thumb"]))
    whole, name = lying.read_bytes(), lying.name
    lying.unlink()
    hollow = lying.with_name(f".{name}{ending}" if ending == ".icloud" else name + ending)
    hollow.write_bytes(b"pointer" if ending == ".nextcloud" else b"")
    for each in (a, b):
        report = each.sync(FolderTarget(place))
        assert report.waiting == [name]
        assert report.copied == (each is b)
        assert (report.repaired, report.put_again, report.asks) == (0, 0, None)
    assert not lying.exists() or lying.read_bytes() == b""
    a.clock.now += LONG
    a.sync(FolderTarget(place))
    if ending:
        assert not lying.exists()
    else:
        assert lying.read_bytes() == whole


def test_an_empty_file_that_has_just_come_is_not_replaced_when_the_clock_goes_back(home: Make, place: Path) -> None:
    a = home("A")
    a.new("stop", STOP)
    a.sync(FolderTarget(place))
    files(place, "changes")[0].write_bytes(b"")
    a.sync(FolderTarget(place))
    a.clock.now -= timedelta(days=400)
    assert a.sync(FolderTarget(place)).repaired == 0
    a.clock.now += timedelta(minutes=9)
    assert a.sync(FolderTarget(place)).repaired == 0
    a.clock.now += timedelta(minutes=2)
    assert a.sync(FolderTarget(place)).repaired == 1


def test_a_copy_that_a_cloud_program_made_is_read_when_the_original_is_gone(home: Make, place: Path) -> None:
    a, b = home("A"), home("B")
    names = photo(a)
    a.sync(FolderTarget(place))
    for part in ("changes", "blobs"):
        for path in files(place, part):
            beside = path.name.replace(".jsonl.gz", "") + " (Annas konflikterade kopia 2026-10-23)"
            path.rename(path.with_name(beside + (".jsonl.gz" if part == "changes" else "")))
    (place / UNDER / "changes" / "Thumbs.db").write_bytes(b"junk")
    report = b.sync(FolderTarget(place))
    assert report.problems == []
    assert b.everything() == a.everything()
    assert set(b.blobs.names()) == set(names.values())
