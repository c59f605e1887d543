"""Folders that OneDrive, Nextcloud, Dropbox, iCloud and Syncthing keep: copies with names of their own, files that are
not here yet, listings that come late and in part."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.domain.ports import NotArrived
from app.jobs.situations import situations
from app.jobs.sync import Synced
from app.sync.names import BATCH, BLOB, HEAD, look_in
from app.sync.report import Report
from app.sync.targets.folder import FolderTarget
from app.sync.targets.parcel import Parcel
from tests.homes import STOP, Home, Make
from tests.storage.exchanging import LONG, UNDER, files, photo

COPIES: dict[str, Callable[[Path], str]] = {
    "Dropbox": lambda path: f"{path.stem} (Anna's conflicted copy 2026-10-23){path.suffix}",
    "Dropbox, in Swedish": lambda path: f"{path.stem} (Anna Åbergs kopia i konflikt 2026-10-23){path.suffix}",
    "Nextcloud": lambda path: f"{path.stem} (conflicted copy 2026-10-23 180500){path.suffix}",
    "OneDrive": lambda path: f"{path.stem}-DESKTOP-AB12{path.suffix}",
    "iCloud": lambda path: f"{path.stem} 2{path.suffix}",
    "Syncthing": lambda path: f"{path.stem}.sync-conflict-20261023-180500-ABCDEFG{path.suffix}",
    "Google Drive": lambda path: f"{path.stem} (1){path.suffix}",
}


def _laid(home: Make, place: Path) -> tuple[Home, dict[str, str]]:
    a = home("A")
    a.new("stop", STOP, name="Torget")
    names = photo(a)
    a.sync(FolderTarget(place))
    return a, names


def _synced(report: Report) -> Synced:
    return Synced({"w": report})


@pytest.mark.parametrize("program", COPIES)
def test_what_lies_only_in_a_programs_copy_is_read_and_the_copy_is_left_and_told(
    home: Make, place: Path, program: str
) -> None:
    a, _names = _laid(home, place)
    lying = [path for part in ("changes", "blobs", "heads") for path in files(place, part)]
    renamed = [path.rename(path.with_name(COPIES[program](path))) for path in lying]
    b = home("B")
    report = b.sync(FolderTarget(place))
    assert b.everything() == a.everything() and b.blobs.names() == a.blobs.names()
    assert report.copies == len(renamed) == 5
    assert b.sync(FolderTarget(place)).copied, "put under their own names as well"
    assert all(path.exists() for path in renamed)
    (told,) = situations(_synced(report), str(place))
    assert told == "Där ligger 5 kopior som ett molnprogram har gjort. De är lästa och gör ingen skada."


@pytest.mark.parametrize("program", COPIES)
def test_a_copy_with_other_bytes_beside_the_right_one_does_no_harm(home: Make, place: Path, program: str) -> None:
    a, _names = _laid(home, place)
    for part in ("changes", "blobs", "heads"):
        for path in files(place, part):
            path.with_name(COPIES[program](path)).write_bytes(b"annat")
    b = home("B")
    report = b.sync(FolderTarget(place))
    assert b.everything() == a.everything() and b.blobs.names() == a.blobs.names()
    assert report.damaged == [] and report.problems == [] and report.copied


PLACEHOLDERS: dict[str, Callable[[Path], Path]] = {
    "iCloud": lambda path: path.with_name(f".{path.name}.icloud"),
    "Nextcloud": lambda path: path.with_name(f"{path.name}.nextcloud"),
    "Nextcloud, being fetched": lambda path: path.with_name(f".{path.name}.~1a2b3c4d"),
    "empty": lambda path: path,
}


@pytest.mark.parametrize("how", PLACEHOLDERS)
def test_what_is_not_here_yet_is_counted_never_put_again_and_comes_later(home: Make, place: Path, how: str) -> None:
    a, names = _laid(home, place)
    paths = {path: path.read_bytes() for part in ("changes", "blobs") for path in files(place, part)}
    for path in paths:
        path.unlink()
        PLACEHOLDERS[how](path).write_bytes(b"" if how == "empty" else b"bplist00")
    b = home("B")
    for each in (a, b):
        report = each.sync(FolderTarget(place))
        assert len(set(report.waiting)) == (4 if each is a else 1) and not report.sent.names
        assert report.damaged == []
    for path, data in paths.items():
        PLACEHOLDERS[how](path).unlink()
        path.write_bytes(data)
    assert b.sync(FolderTarget(place)).copied
    assert b.everything() == a.everything() and set(b.blobs.names()) == set(names.values())


def test_what_stays_empty_on_a_stick_is_put_again_after_ten_minutes(home: Make, place: Path) -> None:
    a, _names = _laid(home, place)
    (batch,) = files(place, "changes")
    batch.write_bytes(b"")
    assert a.sync(FolderTarget(place)).repaired == 0
    later = a.clock.now + LONG
    assert a.sync(FolderTarget(place), clock=lambda: later).repaired == 1
    assert batch.read_bytes()


def _dehydrated(monkeypatch: pytest.MonkeyPatch, names: set[str], how: str) -> None:
    """Files that are there with their whole size, whose bytes a cloud program does not bring."""
    real, stat = Path.read_bytes, os.stat

    def read(path: Path) -> bytes:
        if path.name not in names:
            return real(path)
        number = {"by number": errno.EINVAL, "by attributes": errno.EINVAL, "on macOS": errno.EDEADLK}[how]
        error = OSError(number, os.strerror(number), str(path))
        if how == "by number":
            vars(error)["winerror"] = 362
        raise error

    def looked_up(path: Any, **more: Any) -> Any:
        found = stat(path, **more)
        away = how == "by attributes" and isinstance(path, Path) and path.name in names
        facts = {each: getattr(found, each) for each in dir(found) if each.startswith("st_")}
        return SimpleNamespace(**facts, st_file_attributes=0x400000) if away else found

    monkeypatch.setattr(Path, "read_bytes", read)
    monkeypatch.setattr("app.sync.targets.folder.os.stat", looked_up)


@pytest.mark.parametrize("how", ["by number", "by attributes", "on macOS"])
def test_a_file_whose_bytes_a_program_keeps_elsewhere_is_not_damaged_but_late(
    home: Make, place: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    a, names = _laid(home, place)
    b = home("B")
    with monkeypatch.context() as patched:
        _dehydrated(patched, {names["original"], names["report"]}, how)
        with pytest.raises(NotArrived, match="i molnet"):
            FolderTarget(place).get(f"{UNDER}blobs/{names['original']}")
        report = b.sync(FolderTarget(place))
        assert set(report.waiting) == {names["original"], names["report"]}
        assert (report.damaged, report.problems, report.got.blobs) == ([], [], 1)
    assert b.sync(FolderTarget(place)).copied
    assert b.blobs.names() == a.blobs.names()


def test_a_read_that_fails_for_another_reason_is_a_problem(
    home: Make, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _a, names = _laid(home, place)
    with monkeypatch.context() as patched:
        real = Path.read_bytes

        def read(path: Path) -> bytes:
            if path.name == names["original"]:
                raise OSError(errno.EINVAL, "fel")
            return real(path)

        patched.setattr(Path, "read_bytes", read)
        report = home("B").sync(FolderTarget(place))
    assert report.waiting == [] and [each.name for each in report.problems] == [names["original"]]


def test_a_listing_that_comes_in_part_is_made_good_and_told(home: Make, place: Path) -> None:
    a, _names = _laid(home, place)
    (batch,) = files(place, "changes")
    away = batch.rename(place / "senare")
    assert a.sync(FolderTarget(place)).put_again == 1
    assert batch.exists()
    away.unlink()


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("/data/anna/OneDrive - Kommunen/Trygghet", "OneDrive men inte på den här datorn än. Högerklicka"),
        ("/data/anna/Nextcloud/Trygghet", "”Gör alltid tillgänglig lokalt”"),
        ("/data/anna/Dropbox (Kommunen)/Trygghet", "”Gör tillgänglig offline”"),
        ("/Users/anna/Library/Mobile Documents/com~apple~CloudDocs", "iCloud men inte på den här datorn än."),
        ("/media/anna/GATLJUS", "inte framme än. Sköter ett molnprogram mappen"),
    ],
)
def test_what_is_late_is_said_with_what_that_program_calls_bringing_it(where: str, words: str) -> None:
    (told,) = situations(_synced(Report(waiting=["a", "b", "b"])), where)
    assert told.startswith("2 filer ") and words in told and "ynka" in told
    (one,) = situations(_synced(Report(waiting=["a"])), where)
    assert one.startswith("1 fil ")


@pytest.mark.parametrize(
    ("size", "words"), [(19_000_000, None), (21_000_000, "20 MB"), (499_000_000, "20 MB"), (501_000_000, "vägrar")]
)
def test_a_large_parcel_says_what_mail_thinks_of_it(size: int, words: str | None) -> None:
    done = _synced(Report())
    done.parcel = Parcel("x.zip", size, written=True)
    told = situations(done, "x.zip")
    assert len(told) == (1 if words is None else 2)
    assert words is None or (words in told[0] and f"{size // 10**6} MB" in told[0] and "minne" in told[0])


def test_other_peoples_files_are_not_taken_for_ours() -> None:
    names = dict.fromkeys(
        [
            f"{UNDER}changes/desktop.ini",
            f"{UNDER}blobs/{'a' * 65}",
            f"{UNDER}blobs/Thumbs.db",
            f"{UNDER}heads/.owncloudsync",
        ],
        1,
    )
    for part, pattern in (("changes", BATCH), ("blobs", BLOB), ("heads", HEAD)):
        found = look_in(names, f"{UNDER}{part}/", pattern)
        assert not found.whole and not found.beside and not found.waiting
