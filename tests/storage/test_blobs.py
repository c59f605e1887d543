"""Blobs on a disk that spoils them, and what is left of a power cut."""

import os
import time
from pathlib import Path

import pytest

from app.base import files
from app.base.errors import GatljusError, NotFound
from app.base.job import finish
from app.domain.change import Draft
from app.jobs.verify import Finding, verify
from app.session import Session
from app.storage import blobs as storage
from app.storage.blobs import BlobStore

DATA = b"Gatubelysningen vid tunneln"
SPOILT = [b"", DATA[:9], b"g" + DATA[1:]]
WALK = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def blobs(tmp_path: Path) -> BlobStore:
    """An empty store."""
    return BlobStore(tmp_path / "home" / "blobs")


@pytest.mark.parametrize("spoilt", SPOILT, ids=["empty", "cut", "one bit"])
def test_a_blob_that_is_found_damaged_when_read_is_lacking_from_then_on(blobs: BlobStore, spoilt: bytes) -> None:
    name = blobs.put(DATA)
    blobs.path(name).write_bytes(spoilt)
    with pytest.raises(GatljusError, match="skadad"):
        blobs.read(name)
    assert (blobs.has(name), blobs.names(), blobs.damaged()) == (False, {}, {name})
    with pytest.raises(NotFound):
        blobs.read(name)


@pytest.mark.parametrize("spoilt", SPOILT, ids=["empty", "cut", "one bit"])
def test_a_damaged_blob_is_whole_again_when_its_bytes_are_put(blobs: BlobStore, tmp_path: Path, spoilt: bytes) -> None:
    name = blobs.put(DATA)
    blobs.path(name).write_bytes(spoilt)
    assert blobs.put(DATA) == name
    assert (blobs.read(name), blobs.damaged()) == (DATA, set())
    blobs.path(name).write_bytes(spoilt)
    assert not blobs.is_whole(name)
    (tmp_path / "card").write_bytes(DATA)
    blobs.put_file(tmp_path / "card", name)
    assert (blobs.read(name), blobs.damaged()) == (DATA, set())


def test_a_blob_that_may_not_be_kept_goes_with_what_was_set_aside_of_it(blobs: BlobStore) -> None:
    name = blobs.put(DATA)
    blobs.path(name).write_bytes(DATA[:9])
    assert not blobs.is_whole(name)
    blobs.delete(name)
    assert list(blobs.path(name).parent.iterdir()) == []


def test_every_folder_that_is_made_for_a_blob_is_durable_in_the_one_it_lies_in(
    blobs: BlobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced, sync = list[Path](), files.sync_folder

    def noted(folder: Path) -> None:
        sync(folder)
        synced.append(folder)

    monkeypatch.setattr(files, "sync_folder", noted)
    name = blobs.put(DATA)
    home = tmp_path / "home"
    assert synced[:3] == [tmp_path, home, home / "blobs"]
    assert blobs.read(name) == DATA


def test_a_blob_that_another_process_has_just_put_is_durable_before_it_is_said_to_be_kept(
    blobs: BlobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = BlobStore(tmp_path / "home" / "blobs").put(DATA)
    (tmp_path / "card").write_bytes(DATA)
    synced = list[Path]()
    monkeypatch.setattr(storage, "sync_folder", synced.append)
    both = [blobs.path(name).parent, tmp_path / "home" / "blobs"]
    assert (blobs.put(DATA), synced) == (name, both)
    assert (blobs.put_file(tmp_path / "card", name), synced) == (name, 2 * both)


def found_in(session: Session) -> list[tuple[str, str]]:
    """What verify says, code and name."""
    said: list[Finding] = finish(verify(session))
    return [(each["code"], each["name"]) for each in said]


def test_verify_sets_a_damaged_blob_aside_and_says_so_until_it_is_back(tmp_path: Path) -> None:
    session = Session(tmp_path / "home")
    name = session.blobs.put(DATA)
    session.log.write(WALK, [Draft(kind="photo", record="a" * 32, field="original", value=name)])
    assert found_in(session) == []
    session.blobs.path(name).write_bytes(DATA[:9])
    assert found_in(session) == found_in(session) == [("blob", name)]
    assert not session.blobs.has(name)
    session.blobs.put(DATA)
    assert found_in(session) == []


def test_verify_names_what_was_never_finished_and_removes_it_after_a_week(tmp_path: Path) -> None:
    session = Session(tmp_path / "home")
    session.blobs.put(DATA)
    new, old = session.home / "blobs" / ".ab12.part", session.home / "backups" / "gatljus-1.part"
    old.parent.mkdir()
    for each, age_days in ((new, 6), (old, 8)):
        each.write_bytes(b"halv")
        os.utime(each, (time.time() - age_days * 86400,) * 2)
    unfinished = [each for each in found_in(session) if each[0] == "unfinished"]
    assert unfinished == [("unfinished", str(each.relative_to(session.home))) for each in (old, new)]
    assert (new.exists(), old.exists()) == (True, False)
