"""Files that no walk names hold back the word that a tablet may be emptied, until a person has moved them out."""

import os
from pathlib import Path

import pytest

from app.base.errors import GatljusError
from app.base.job import finish
from app.commands.drafts import new_record
from app.domain.records import Photo
from app.jobs import purge as jobs
from app.jobs.unnamed import HOUR_S, MovedOut, move_out
from app.queries.whereabouts import unnamed_here
from app.session import Session
from app.storage.blobs import BlobStore
from tests.storage.test_purge import begin

JPEG = b"\xff\xd8\xff\xe0 en bild som ingen minns"


def put(session: Session, data: bytes, age_s: int = HOUR_S + 60) -> str:
    """A file in the home that was put there so many seconds ago."""
    name = session.blobs.put(data)
    at = session.blobs.path(name).stat().st_mtime - age_s
    os.utime(session.blobs.path(name), (at, at))
    return name


def test_files_that_no_walk_names_are_moved_to_a_folder_and_all_others_stay(session: Session, tmp_path: Path) -> None:
    walk, folder = begin(session), tmp_path / "ut"
    named = session.blobs.names()
    picture, other = put(session, JPEG), put(session, b"annat")
    assert unnamed_here(session) == {picture, other}
    done = finish(move_out(session, folder))
    assert done == MovedOut(str(folder), moved=2) and done.lines == [f"2 filer är flyttade till {folder}."]
    assert (folder / f"{picture}.jpg").read_bytes() == JPEG
    assert (folder / other).read_bytes() == b"annat"
    assert session.blobs.names() == named and session.log.blobs_named(walk.id) == set(named)


def test_what_was_put_just_now_or_is_damaged_stays_and_is_told(session: Session, tmp_path: Path) -> None:
    young, spoilt = put(session, b"nyss", age_s=0), put(session, b"helt")
    session.blobs.path(spoilt).write_bytes(b"helf")
    os.utime(session.blobs.path(spoilt), (0, 0))
    done = finish(move_out(session, tmp_path / "ut"))
    assert (done.moved, done.young, done.damaged) == (0, 1, 1) and len(done.lines) == 3
    assert set(session.blobs.names()) == {young} and session.blobs.damaged() == {spoilt}


def test_a_file_that_a_walk_names_meanwhile_stays(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk, name = begin(session), put(session, JPEG)

    def then_named(_session: Session) -> set[str]:
        session.write(walk.id, new_record(session, Photo, session.new_id(), {"original": name}))
        return {name}

    monkeypatch.setattr("app.jobs.unnamed.unnamed_here", then_named)
    assert finish(move_out(session, tmp_path / "ut")).moved == 0
    assert session.blobs.has(name)


def test_what_is_left_of_a_purged_walk_is_not_carried_out(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = begin(session)
    names = session.blobs.names()

    def refuse(_self: BlobStore, name: str) -> None:
        raise PermissionError(name)

    with monkeypatch.context() as patch:
        patch.setattr(BlobStore, "delete", refuse)
        finish(jobs.purge(session, walk))
    for name in names:
        os.utime(session.blobs.path(name), (0, 0))
    assert session.blobs.names() == names
    assert finish(move_out(session, tmp_path / "ut")).moved == 0


def test_what_is_dated_far_ahead_is_moved_as_well(session: Session, tmp_path: Path) -> None:
    put(session, JPEG, age_s=-10 * 365 * 24 * 3600)
    assert finish(move_out(session, tmp_path / "ut")).moved == 1


def test_nothing_leaves_the_home_where_the_folder_cannot_be_written_or_is_the_homes_own(
    session: Session, tmp_path: Path
) -> None:
    name = put(session, JPEG)
    (tmp_path / "fil").write_bytes(b"")
    for folder in (tmp_path / "fil", session.home / "blobs"):
        with pytest.raises(GatljusError):
            finish(move_out(session, folder))
        assert session.blobs.read(name) == JPEG
