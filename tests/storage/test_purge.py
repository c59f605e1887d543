"""A walk that is purged goes from everywhere it can be reached, and nothing brings it back; emptying is local."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.base.errors import GatljusError
from app.base.job import finish
from app.commands import observations, walks
from app.commands.drafts import new_record
from app.domain.ports import Taken
from app.domain.records import Photo, SafetyWalk
from app.jobs import purge as jobs
from app.jobs.sync import Synced, sync
from app.session import Session
from app.storage.disposal import Disposal

SECRET = "Elskåpet vid rampen"


def begin(session: Session, title: str = "Kajsaniemi") -> SafetyWalk:
    """A walk with an observation and a photo."""
    walk = walks.new_walk(session, {"title": title})
    observations.observe(session, walk, {"text": SECRET})
    names = {each: session.blobs.put(f"{each} {title}".encode() * 50) for each in ("original", "thumb")}
    session.write(walk, new_record(session, Photo, session.new_id(), names))
    return only(session, walk)


def only(session: Session, walk: str) -> SafetyWalk:
    (found,) = session.read(SafetyWalk, {"id": walk})
    return found


def meet(session: Session, place: Path, **said: object) -> Synced:
    return finish(sync(session, str(place), **said))  # type: ignore[arg-type]


def lying(place: Path, walk: str) -> list[str]:
    return sorted(each.name for each in (place / "gatljus1" / walk).rglob("*") if each.is_file())


def test_nothing_of_a_purged_walk_is_left_in_the_home(session: Session) -> None:
    walk, other = begin(session), begin(session, "Sörnäs")
    session.back_up()
    finish(jobs.purge(session, walk))
    assert session.log.scopes() == [other.id]
    assert session.find(SECRET) and all(each[0] == other.id for each in session.find(SECRET))
    named = session.log.blobs_named(other.id)
    assert set(session.blobs.names()) == named
    assert session.log.wrong_cells() == 0
    session.close()
    for file in (session.home / "gatljus.db", *session.backups.glob("*.db")):
        with closing(sqlite3.connect(file)) as tables:
            assert not tables.execute("select 1 from change where scope = ?", [walk.id]).fetchone()
            assert tables.execute("pragma integrity_check").fetchone() == ("ok",)
            with pytest.raises(sqlite3.IntegrityError, match="for ever"):
                tables.execute("delete from change")
        assert walk.title.encode() not in file.read_bytes()


def test_a_purge_reaches_the_targets_it_can_and_says_which_it_cannot(
    session: Session, stick: Path, tmp_path: Path
) -> None:
    walk, away = begin(session), tmp_path / "annat"
    away.mkdir()
    for place in (stick, away):
        meet(session, place, walk=walk.id)
    hidden = away.rename(tmp_path / "inte här")
    gone = finish(jobs.purge(session, walk))
    assert (gone.cleared, gone.left) == ((str(stick),), (str(away),))
    assert [name.partition(".")[0] for name in lying(stick, walk.id)] == ["purged"]
    hidden.rename(away)
    meet(session, away)
    assert [name.partition(".")[0] for name in lying(away, walk.id)] == ["purged"]
    purged = session.places.purged(walk.id)
    assert purged is not None and not purged.left


def test_another_device_is_asked_and_neither_puts_it_back_nor_loses_its_own(
    session: Session, stick: Path, tmp_path: Path
) -> None:
    walk, other = begin(session), Session(tmp_path / "B")
    meet(session, stick, walk=walk.id)
    meet(other, stick, everything=True)
    finish(jobs.purge(session, walk))
    observations.observe(other, walk.id, {"text": "Senare"})
    for again in (False, True):
        done = meet(other, stick, again=again)
        assert done.asks == "purged"
        assert [name.partition(".")[0] for name in lying(stick, walk.id)] == ["purged"]
    assert only(other, walk.id).title == "Kajsaniemi"
    finish(jobs.purge(other, only(other, walk.id)))
    assert not other.log.scopes()


def test_nothing_brings_a_purged_walk_back(session: Session, stick: Path, tmp_path: Path) -> None:
    walk, other = begin(session), Session(tmp_path / "B")
    meet(session, stick, walk=walk.id)
    meet(other, stick, everything=True)
    names = other.log.batches(walk.id)
    finish(jobs.purge(session, walk))
    # Somebody who has not met the mark puts the walk on a third place.
    third = tmp_path / "tredje"
    third.mkdir()
    meet(other, third, walk=walk.id)
    for said in ({}, {"everything": True}, {"walk": walk.id}):
        meet(session, third, **said)
        assert walk.id not in session.log.scopes()
    assert [name.partition(".")[0] for name in lying(third, walk.id)] == ["purged"]
    assert all(session.log.append(walk.id, name, other.log.batch(name)) is Taken.DAMAGED for name in names)
    with pytest.raises(GatljusError) as told:
        observations.observe(session, walk.id, {"text": "Sent"})
    assert told.value.code == "purged"


def test_a_new_device_cannot_fetch_a_purged_walk(session: Session, stick: Path, tmp_path: Path) -> None:
    walk, new = begin(session), Session(tmp_path / "ny")
    meet(session, stick, walk=walk.id)
    finish(jobs.purge(session, walk))
    assert not meet(new, stick, everything=True).reports
    with pytest.raises(GatljusError) as told:
        meet(new, stick, walk=walk.id)
    assert told.value.code == "purged" and not new.log.scopes()


def test_a_purge_that_is_cut_short_is_finished_at_the_next_opening(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = begin(session)
    files = set(session.blobs.names())
    monkeypatch.setattr(session.blobs, "delete", lambda _name: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        finish(jobs.purge(session, walk))
    assert set(session.blobs.names()) == files
    session.close()
    assert not Session(session.home).blobs.names()


def test_a_photo_that_another_walk_names_stays(session: Session) -> None:
    one, two = begin(session), walks.new_walk(session, {"title": "Tvåan"})
    (photo,) = session.read(Photo, {"scope": one.id})
    session.write(two, new_record(session, Photo, session.new_id(), {"original": photo.original}))
    finish(jobs.purge(session, one))
    assert session.blobs.has(str(photo.original)) and not session.blobs.has(str(photo.thumb))


def test_emptying_is_refused_until_it_is_safe_and_leaves_every_target_as_it_is(session: Session, stick: Path) -> None:
    walk = begin(session)
    meet(session, stick, walk=walk.id)
    before = lying(stick, walk.id)
    with pytest.raises(GatljusError) as told:
        finish(jobs.empty(session, walk))
    assert told.value.code == "not-safe" and session.log.scopes() == [walk.id]
    old = session.identity.device
    finish(jobs.empty(session, walk, anyway=True))
    assert not session.log.scopes() and not session.blobs.names()
    meet(session, stick)
    assert lying(stick, walk.id) == before
    # It can be fetched again, by a device with a new id: the old one's numbers are taken.
    meet(session, stick, everything=True)
    assert only(session, walk.id).title == "Kajsaniemi" and session.identity.device != old
    observations.observe(session, walk.id, {"text": "Åter"})
    meet(session, stick)
    assert not session.log.gaps(walk.id)


def test_a_process_that_does_not_know_yet_that_a_walk_was_emptied_writes_nothing_to_it(session: Session) -> None:
    walk = begin(session)
    other = Session(session.home)
    finish(jobs.empty(other, walk, anyway=True))
    with pytest.raises(GatljusError) as told:
        observations.observe(session, walk.id, {"text": "Sent"})
    assert told.value.code == "emptied" and not session.log.scopes()


def test_whoever_has_said_to_keep_a_walk_is_not_emptied_because_another_walk_was(session: Session, stick: Path) -> None:
    walk, other = begin(session), begin(session, "Sörnäs")
    walks.keep_here(session, walk, True)
    for each in (walk, other):
        meet(session, stick, walk=each.id)
    walks.keep_here(session, walk, False)
    finish(jobs.empty(session, other, anyway=True))
    with pytest.raises(GatljusError, match="De andra tror ännu"):
        finish(jobs.empty(session, only(session, walk.id), anyway=True))
    observations.observe(session, walk.id, {"text": "mer"})
    meet(session, stick)
    finish(jobs.empty(session, only(session, walk.id), anyway=True))
    assert session.log.scopes() == []


def test_what_is_said_to_be_kept_while_it_is_being_emptied_stays(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk, real = begin(session), Disposal.empty

    def late(disposal: Disposal, *said: Any) -> None:
        walks.keep_here(session, walk, True)
        real(disposal, *said)

    monkeypatch.setattr(Disposal, "empty", late)
    with pytest.raises(GatljusError, match="Vandringen sparas här"):
        finish(jobs.empty(session, walk, anyway=True))
    assert session.log.has(walk.id)


def test_a_mark_that_no_program_of_ours_wrote_is_a_mark_whose_day_is_not_known(
    session: Session, stick: Path, tmp_path: Path
) -> None:
    walk = begin(session)
    meet(session, stick, walk=walk.id)
    (stick / "gatljus1" / walk.id / "purged.0123456789abcdef.json").write_text("[" * 100_000)
    assert meet(session, stick).asks == "purged"
    done = meet(Session(tmp_path / "B"), stick, everything=True)
    assert done.purged == {walk.id: None}
