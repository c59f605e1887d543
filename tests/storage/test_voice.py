"""Voice notes: how they are kept, to what they belong, and what becomes of one that was not ended."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.base.errors import GatljusError
from app.base.job import finish
from app.commands import voice
from app.commands.observations import observe
from app.commands.records import delete, undo
from app.commands.stops import add_stop
from app.commands.voice import Spoken, begin_note, keep_note, keep_unended
from app.commands.walks import new_walk
from app.domain.adts import whole_frames
from app.domain.records import Observation, SafetyWalk, VoiceNote
from app.domain.values import Position
from app.jobs.purge import empty
from app.session import Session
from app.settings import drop_spoken, forget_walk, load_spoken
from tests.sounds import frames

HERE = Position(60.1752, 24.9452)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = Session(tmp_path / "home")
    yield opened
    opened.close()


@pytest.fixture
def walk(session: Session) -> str:
    return new_walk(session, {"title": "Parken", "area": "Kajsaniemi", "zone": "Europe/Helsinki"})


def said(note: Spoken, data: bytes) -> str:
    """What was recorded so far."""
    note.path.write_bytes(data)
    return note.id


def test_frames_are_taken_up_to_the_last_whole_one() -> None:
    data = frames(10)
    assert whole_frames(data).data == data and whole_frames(data).seconds == pytest.approx(10 * 1024 / 48_000)
    for cut in (1, 50, 99):
        assert whole_frames(data[:-cut]).data == data[:900]
    assert whole_frames(data[:500] + b"\0" * 300).data == data[:500]
    assert whole_frames(b"") == whole_frames(b"RIFF....WAVE") == whole_frames(data[:6]) == (b"", 0.0)


def test_a_note_is_kept_whole_as_one_action(session: Session, walk: str) -> None:
    seen = observe(session, walk, {"item": "A1"})
    note = begin_note(session, walk, observation=seen, position=HERE)
    assert not session.read(VoiceNote)
    assert keep_note(session, said(note, frames(100))) == note.id
    (kept,) = session.read(VoiceNote, {"scope": walk})
    assert (kept.observation, kept.stop, kept.position) == (seen, None, HERE)
    assert (kept.duration_s, session.blobs.read(str(kept.audio))) == (2.133, frames(100))
    assert not load_spoken(session.home) and not note.path.exists()
    assert len({each["action"] for each in session.history(VoiceNote.KIND, note.id)}) == 1
    undo(session, walk)
    assert not session.read(VoiceNote) and session.read(Observation, {"id": seen})


def test_a_note_at_a_stop_is_where_the_stop_is(session: Session, walk: str) -> None:
    stop = add_stop(session, walk, {"name": "Grinden", "position": HERE})
    keep_note(session, said(begin_note(session, walk, stop=stop), frames(100)))
    (kept,) = session.read(VoiceNote)
    assert (kept.stop, kept.position) == (stop, HERE)


def test_what_is_gone_meanwhile_is_not_named(session: Session, walk: str) -> None:
    seen = observe(session, walk, {"item": "A1"})
    note = begin_note(session, walk, observation=seen)
    delete(session, session.read(Observation, {"id": seen})[0])
    keep_note(session, said(note, frames(100)))
    (kept,) = session.read(VoiceNote)
    assert kept.observation is None and not session.read(Observation, {"id": seen})


def test_a_slip_of_the_finger_is_no_note(session: Session, walk: str) -> None:
    assert keep_note(session, said(begin_note(session, walk), frames(5))) is None
    assert keep_note(session, begin_note(session, walk).id) is None
    assert not session.read(VoiceNote) and not load_spoken(session.home)


def test_what_was_not_ended_is_taken_in_once_when_the_home_is_opened_again(session: Session, walk: str) -> None:
    note = begin_note(session, walk)
    said(note, frames(100) + frames(1)[:40])
    again = Session(session.home)
    kept, waits = keep_unended(again)
    assert ([each.id for each in kept], waits) == ([note.id], [])
    assert again.blobs.read(str(kept[0].audio)) == frames(100)
    assert keep_unended(again) == ([], [])
    again.close()


def test_a_note_killed_between_its_write_and_the_removal_of_its_file_is_kept_once(
    session: Session, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = begin_note(session, walk)
    said(note, frames(100))
    with monkeypatch.context() as patch:
        patch.setattr(voice, "drop_spoken", lambda *_said: None)
        keep_note(session, note.id)
    undo(session, walk)
    assert keep_unended(session) == ([], [])
    assert not session.read(VoiceNote) and not load_spoken(session.home)


def test_where_the_disk_is_full_it_waits_in_the_home(
    session: Session, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = begin_note(session, walk)
    said(note, frames(100))

    def full(_data: bytes) -> str:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(session.blobs, "put", full)
        with pytest.raises(GatljusError, match="Disken är full"):
            keep_note(session, note.id)
        kept, waits = keep_unended(session)
        assert not kept and len(waits) == 1
    assert [each.id for each in keep_unended(session)[0]] == [note.id]


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"at": "i går", "stop": [1], "observation": {"a": 1}},
        {"at": 5, "position": [1]},
        {"at": None, "position": ["norr", "öster"]},
        {"position": 7},
    ],
)  # fmt: skip
def test_what_cannot_be_read_of_where_a_note_belongs_costs_nothing_of_its_sound(
    session: Session, walk: str, more: dict[str, object]
) -> None:
    note = begin_note(session, walk)
    said(note, frames(100))
    note.path.with_suffix(".json").write_text(json.dumps({"walk": walk, **more}))
    kept, waits = keep_unended(session)
    assert not waits and [session.blobs.read(str(each.audio)) for each in kept] == [frames(100)]
    assert (kept[0].recorded_at, kept[0].position, kept[0].stop) == (None, None, None)


@pytest.mark.parametrize("text", ['{"walk": ', "[]", "{}", '{"walk": 1}', '{"walk": "0123"}', '{"a":' * 100_000])
def test_a_note_of_which_nobody_knows_the_walk_waits_and_is_told_each_time(
    session: Session, walk: str, text: str
) -> None:
    note = begin_note(session, walk)
    said(note, frames(100))
    note.path.with_suffix(".json").write_text(text)
    for _time in range(2):
        kept, (told,) = keep_unended(session)
        assert not kept and told.code == "spoken" and str(note.path) in told.advice
    assert note.path.read_bytes() == frames(100)
    note.path.with_suffix(".json").unlink()
    assert len(keep_unended(session)[1]) == 1


def test_a_file_that_is_no_note_becomes_none(session: Session, walk: str) -> None:
    stranger = begin_note(session, walk).path.with_name("sång.aac")
    stranger.write_bytes(frames(100))
    stranger.with_suffix(".json").write_text(json.dumps({"walk": walk}))
    assert keep_unended(session)[0] == [] and not session.read(VoiceNote) and stranger.exists()


def test_a_device_is_not_emptied_of_a_walk_while_a_note_waits(session: Session, walk: str) -> None:
    said(begin_note(session, walk), frames(100))
    (found,) = session.read(SafetyWalk, {"id": walk})
    with pytest.raises(GatljusError, match="röstanteckning"):
        finish(empty(session, found))
    assert len(keep_unended(session)[0]) == 1


def test_a_walk_that_is_forgotten_takes_what_was_not_ended_along(session: Session, walk: str) -> None:
    other = new_walk(session, {"title": "Torget"})
    gone, stays = begin_note(session, walk), begin_note(session, other)
    said(gone, frames(100))
    forget_walk(session.home, walk)
    assert list(load_spoken(session.home)) == [stays.id] and not gone.path.exists()
    drop_spoken(session.home, stays.id)
