"""Voice notes: spoken in the field, kept as they were spoken.

Where a note belongs is kept before its first word, and its sound lies in the home while it grows (`domain/adts.py`). So
it is taken in the same way whether a person ended it or the program did.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from app.base.clock import iso
from app.base.errors import GatljusError, unwritten
from app.base.words import _
from app.commands.drafts import new_record
from app.domain.adts import whole_frames
from app.domain.record import is_id
from app.domain.records import Observation, Stop, VoiceNote
from app.domain.values import Position, known, load
from app.session import Session
from app.settings import drop_spoken, load_spoken, save_spoken, spoken_file

R = TypeVar("R", Observation, Stop)

LONGEST_S = 300.0
"""A note is no record of a meeting: it ends by itself after so many seconds."""

SHORTEST_S = 0.5
"""What is shorter was a slip of the finger."""


@dataclass(frozen=True)
class Spoken:
    """A voice note under way: its id, its walk, the file that its sound is written to."""

    id: str
    walk: str
    path: Path


def begin_note(
    session: Session,
    walk: str,
    *,
    observation: str | None = None,
    stop: str | None = None,
    position: Position | None = None,
) -> Spoken:
    """Begin a voice note on an observation, at a stop, or loose. Nothing is in the walk before it is kept. Raises
    GatljusError."""
    note, at = session.new_id(), iso(session.clock())
    place = [position.lat, position.lon] if position else None
    said = {"walk": walk, "observation": observation, "stop": stop, "position": place, "at": at}
    try:
        save_spoken(session.home, note, said)
    except OSError as error:
        raise unwritten(error, session.home) from error
    return Spoken(note, walk, spoken_file(session.home, note))


def keep_note(session: Session, note: str) -> str | None:
    """Take in what was spoken: its file first, durable, then the note, in one write. Returns its id; None where there
    is nothing to hear. Raises GatljusError where it cannot be written, or nobody knows to which walk it belongs: then
    it waits in the home."""
    said = load_spoken(session.home).get(note, {})
    try:
        path = spoken_file(session.home, note)
        sound = whole_frames(path.read_bytes() if path.exists() else b"")
        # Killed between the write and the removal of its file, a note is known already.
        wanted = sound.seconds >= SHORTEST_S and not _is_known(session, note)
        if wanted:
            walk = _walk_of(session, note, said)
            values = {**_belongs(session, walk, said), **_heard(said), "duration_s": round(sound.seconds, 3)}
            values["audio"] = session.blobs.put(sound.data)
            session.write(walk, new_record(session, VoiceNote, note, values))
        drop_spoken(session.home, note)
    except OSError as error:
        raise unwritten(error, session.home) from error
    return note if wanted else None


def keep_unended(session: Session) -> tuple[list[VoiceNote], list[GatljusError]]:
    """Take in the voice notes that were under way when the program ended. Returns them, and why others wait still."""
    kept, waits = list[str](), list[GatljusError]()
    for note in load_spoken(session.home):
        try:
            kept += [each for each in [keep_note(session, note)] if each]
        except GatljusError as error:
            waits.append(error)
    return [found for each in kept for found in session.read(VoiceNote, {"id": each})], waits


def _is_known(session: Session, note: str) -> bool:
    return bool(session.history(VoiceNote.KIND, note))


def _walk_of(session: Session, note: str, said: dict[str, Any]) -> str:
    """The walk that a note belongs to. Who takes a walk out of the home takes its notes along, so where it is not here
    something is damaged, and a note is not thrown away for that."""
    walk = said.get("walk")
    if isinstance(walk, str) and is_id(note) and session.log.has(walk):
        return walk
    text = _("En röstanteckning kan inte tas in: det går inte att läsa vilken vandring den hör till.")
    path = spoken_file(session.home, note)
    raise GatljusError("spoken", text, _("Ljudet ligger kvar i {path}. Flytta filen därifrån.").format(path=path))


def _heard(said: dict[str, Any]) -> dict[str, Any]:
    at = known(load(datetime, said.get("at")), datetime)
    return {"recorded_at": at, "name": f"{at:%Y%m%d_%H%M%S}.aac"} if at else {}


def _belongs(session: Session, walk: str, said: dict[str, Any]) -> dict[str, Any]:
    """Where it belongs, as far as that is still shown; without a place of its own it has that of its stop."""
    match said.get("position"):
        case [lat, lon]:
            place = known(load(Position, {"lat": lat, "lon": lon}), Position)
        case _:
            place = None
    seen = _shown(session, Observation, walk, said.get("observation"))
    stop = _shown(session, Stop, walk, said.get("stop"))
    if place is None and seen is None and stop is not None:
        place = known(stop.position, Position)
    found = {"observation": seen.id if seen else None, "stop": stop.id if stop else None, "position": place}
    return {name: value for name, value in found.items() if value is not None}


def _shown(session: Session, cls: type[R], walk: str, record: object) -> R | None:
    return next(iter(session.read(cls, {"scope": walk, "id": record})), None) if is_id(record) else None
