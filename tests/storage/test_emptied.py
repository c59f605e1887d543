"""A device that was emptied of a walk goes on under its own numbers where all of them come back, else as another."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from app.base.errors import GatljusError
from app.base.job import finish
from app.commands import observations
from app.commands.records import undo
from app.jobs import purge as jobs
from app.queries.devices import devices_of
from app.session import Session
from tests.storage.test_purge import begin, meet, only


def test_after_emptying_no_process_writes_on_under_numbers_that_are_taken(session: Session, stick: Path) -> None:
    walk, other = begin(session), Session(session.home)
    meet(session, stick, walk=walk.id)
    finish(jobs.empty(session, walk, anyway=True))
    for each in (session, other, Session(session.home)):
        with pytest.raises(GatljusError) as told:
            observations.observe(each, walk.id, {"text": "Sent"})
        assert told.value.code == "emptied" and not session.log.scopes()
    meet(session, stick, everything=True)
    observations.observe(other, walk.id, {"text": "Åter"})
    meet(other, stick)
    assert only(other, walk.id).title == "Kajsaniemi" and not other.log.gaps(walk.id)
    device = session.identity.device
    assert session.log.last_seqs(walk.id) == {device: 5} and session.log.emptied(walk.id, device) is None


def _note(session: Session, walk: str) -> object:
    return observations.observe(session, walk, {"text": "Åter"})


@pytest.mark.parametrize("deed", [_note, undo])
def test_where_what_was_emptied_comes_back_in_part_whoever_goes_on_does_so_as_another_device(
    session: Session, stick: Path, deed: Callable[[Session, str], object]
) -> None:
    walk, other = begin(session), Session(session.home)
    meet(session, stick, walk=walk.id)
    old = session.identity.device
    observations.observe(session, walk.id, {"text": "Bara här"})
    finish(jobs.empty(session, walk, anyway=True))
    meet(session, stick, everything=True)
    assert session.identity.device == old
    deed(other, walk.id)
    assert old not in (session.identity.device, other.identity.device) and session.log.last_seqs(walk.id)[old] == 4
    observations.observe(session, walk.id, {"text": "Mer"})
    meet(session, stick)
    assert not session.log.gaps(walk.id) and "Mottaget" not in str(devices_of(session, walk).found.sentences)


def test_a_device_that_is_emptied_twice_remembers_all_that_it_has_written(
    session: Session, stick: Path, tmp_path: Path
) -> None:
    walk, drawer = begin(session), tmp_path / "låda"
    meet(session, stick, walk=walk.id)
    old = session.identity.device
    observations.observe(session, walk.id, {"text": "Bara i lådan"})
    meet(session, drawer, walk=walk.id)
    for _again in range(2):
        finish(jobs.empty(session, only(session, walk.id), anyway=True))
        meet(session, stick, everything=True)
        assert session.log.emptied(walk.id, old) == 5 and session.log.last_seqs(walk.id)[old] == 4
    observations.observe(session, walk.id, {"text": "Efter andra gången"})
    assert session.identity.device != old
    meet(session, drawer)
    assert session.log.last_seqs(walk.id)[old] == 5 and not session.log.gaps(walk.id)


def test_a_full_disk_as_another_id_is_taken_is_said_in_words(
    session: Session, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = begin(session)
    meet(session, stick, walk=walk.id)
    observations.observe(session, walk.id, {"text": "Bara här"})
    finish(jobs.empty(session, walk, anyway=True))
    meet(session, stick, everything=True)

    def full(*_said: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("app.storage.identity.write_atomically", full)
    before = session.log.last_seqs(walk.id)
    with pytest.raises(GatljusError) as told:
        observations.observe(session, walk.id, {"text": "Mer"})
    assert told.value.code == "disk-full" and session.log.last_seqs(walk.id) == before


def test_an_own_word_that_this_disk_has_spoilt_stops_nothing(session: Session, stick: Path) -> None:
    walk = begin(session)
    meet(session, stick, walk=walk.id)
    with session.log.database.writing() as tables:
        tables.execute("update head set content = x'78'")
    assert devices_of(session, walk).lines()
    meet(session, stick)
    finish(jobs.empty(session, walk, anyway=True))
    meet(session, stick)
