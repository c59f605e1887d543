"""How far tracks go, and which were taken away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.domain.record import CREATED, DELETED, Seen
from app.domain.records import SafetyWalk, Track, TrackChunk
from app.domain.track import measure
from app.domain.walk import Line
from app.queries.whole import lines
from app.session import Session

RECOVERABLE = timedelta(days=30)
"""How long a track that was taken away is offered."""


@dataclass(frozen=True)
class Walked:
    """A track: when it began and ended (UTC; None where it says no times), how many metres, net of gaps, how many gaps,
    and the kinds of receivers that told it."""

    track: Track
    begins: datetime | None
    ends: datetime | None
    length_m: float
    gaps: int
    told_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Discarded:
    """A track that `by`, a device, took away `at` a moment of its clock. `seen`: the log in which it stood so."""

    id: str
    name: str
    at: datetime
    by: str
    seen: Seen


def walked_m(session: Session, walk: str, track: str) -> float:
    """How many metres a track goes, net of gaps; 0 where there is none."""
    found = lines(
        session.read(Track, {"scope": walk, "id": track}), session.read(TrackChunk, {"scope": walk, "track": track})
    )
    return sum(measure(line.segments).length_m for line in found)


def walked_here_m(session: Session, walk: str) -> float:
    """How many metres this device has walked in a walk, net of gaps: what was only rehearsed is not walked."""
    mine = session.read(Track, {"scope": walk, "device": session.identity.device})
    return sum(walked_m(session, walk, each.id) for each in mine if not each.rehearsed)


def walked(tracks: Sequence[Track], chunks: Sequence[TrackChunk]) -> list[Walked]:
    """What tracks tell, the one that began first first."""
    found = [_walked(line) for line in lines(tracks, chunks)]
    return sorted(found, key=lambda each: (each.begins is None, each.begins or 0, each.track.id))


def _walked(line: Line) -> Walked:
    assert isinstance(line.record, Track)
    times = [fix.time for part in line.segments for fix in part if fix.time is not None]
    measured = measure(line.segments)
    begins, ends = min(times, default=None), max(times, default=None)
    return Walked(line.record, begins, ends, measured.length_m, len(measured.gaps), line.told_by)


def discarded(session: Session, walk: str, now: datetime) -> list[Discarded]:
    """The tracks of a walk that any device took away and that are still to be had, the latest first. What was taken
    back together with its making is none: it is put back by redo, or read in again."""
    with session.one_view():
        found = session.read(SafetyWalk, {"id": walk})
        gone = [each for _kind, each, scope in session.ids("", Track.KIND, deleted=True) if scope == walk]
        told = [_told(each, session.history(Track.KIND, each), found[0].seen) for each in gone] if found else []
    kept = [each for each in told if each is not None and now - each.at <= RECOVERABLE]
    return sorted(kept, key=lambda each: (each.at, each.id), reverse=True)


def _told(track: str, history: Sequence[dict[str, Any]], seen: Seen) -> Discarded | None:
    """What a hidden track's history, newest first, says of how it went."""
    deletes = [each for each in history if each["field"] == DELETED and each["shown"] and each["at"]]
    unmade = {-each["action"] for each in history if each["field"] == CREATED}
    if not deletes or (deletes[0]["action"] and deletes[0]["action"] in unmade):
        return None
    names = [each["new"] for each in history if each["field"] == "name" and each["shown"]]
    name = names[0] if names and isinstance(names[0], str) else ""
    return Discarded(track, name, datetime.fromisoformat(deletes[0]["at"]), deletes[0]["device"], seen)
