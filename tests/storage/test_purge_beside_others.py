"""A walk is purged while another process writes in another walk: what that names stays."""

import pytest

from app.base.errors import GatljusError
from app.base.job import finish
from app.commands import walks
from app.commands.drafts import new_record
from app.domain.records import Photo
from app.jobs import purge as jobs
from app.session import Session
from app.storage import disposal
from app.storage.blobs import BlobStore
from tests.storage.test_purge import begin


def picture_of(session: Session, walk: str) -> str:
    """The original of the one photo of a walk."""
    (photo,) = session.read(Photo, {"scope": walk})
    return str(photo.original)


@pytest.mark.parametrize("at_once", [1, 100])
def test_while_files_are_deleted_nobody_comes_to_name_them(
    session: Session, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(disposal, "AT_ONCE", at_once)
    one, two, other = begin(session), walks.new_walk(session, {"title": "Tvåan"}), Session(session.home)
    other.log.database.tables.execute("pragma busy_timeout=50")
    last = max(session.log.blobs_named(one.id))
    delete, outcome = BlobStore.delete, list[str]()

    def meanwhile(store: BlobStore, name: str) -> None:
        """Another process names a file that is about to go, unless this one lets nobody write."""
        try:
            other.write(two, new_record(other, Photo, other.new_id(), {"original": last}))
            outcome.append("written")
        except GatljusError as error:
            outcome.append(error.code)
        delete(store, name)

    monkeypatch.setattr(BlobStore, "delete", meanwhile)
    finish(jobs.purge(session, one))
    assert set(outcome) == {"home-busy"}


def test_a_photo_named_between_two_looks_stays(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two, other = begin(session), walks.new_walk(session, {"title": "Tvåan"}), Session(session.home)
    name = picture_of(session, one.id)
    real = session.log.blobs_leaving

    def then_named() -> set[str]:
        found = real()
        if name in found:
            other.write(two, new_record(other, Photo, other.new_id(), {"original": name}))
        return found

    monkeypatch.setattr(session.log, "blobs_leaving", then_named)
    finish(jobs.purge(session, one))
    assert set(session.blobs.names()) >= {name} and picture_of(session, two) == name


def test_files_that_nobody_may_delete_while_another_writes_for_long_go_later(session: Session) -> None:
    walk, other = begin(session), Session(session.home)
    session.log.database.tables.execute("pragma busy_timeout=50")
    finish(jobs.empty(other, walk, anyway=True))
    session.log.database.tables.execute("insert into leaving values(?, ?)", [walk.id, f'["{"0" * 64}"]'])
    with other.log.database.writing():
        assert session.disposal.go_on().files == (str(session.blobs.path("0" * 64)),)
    assert session.disposal.go_on().files == () and not session.log.leaving()
