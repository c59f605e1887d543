"""What was noted while a walk was only rehearsed: as real as anything that is noted, until a person takes it away."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

from app.commands.recording import rehearsal_under_way
from app.commands.records import deletes_of
from app.domain.change import Before, Span
from app.domain.record import Record
from app.domain.records import (
    Observation,
    Photo,
    Remark,
    SafetyRating,
    SafetyWalk,
    Stop,
    Support,
    Track,
    TrackChunk,
    VoiceNote,
)
from app.session import Session

KINDS = (Track, Stop, Observation, Photo, VoiceNote, SafetyRating, Support, Remark)
"""What is made while one walks."""

WALKED = ("starts", "ends", "info_shown_at", "devices_expected", "light", "weather", "ground")
"""What one says of the walk itself while one walks; the rest of it is planned."""

FIELDS = {**{cls.KIND: () for cls in KINDS}, SafetyWalk.KIND: WALKED}


@dataclass(frozen=True)
class Left:
    """What rehearsals have left in a walk: what was made, the tracks first, and what was there before and says
    something else since."""

    made: Sequence[Record] = ()
    changed: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self.made) + len(self.changed)


def left_of_rehearsals(session: Session, walk: str) -> Left:
    """What this device has made and changed of a walk from the beginning of each of its rehearsals to its end, as far
    as it is shown now."""
    with session.one_view():
        made, before = _left(session, walk)
    return Left(made, frozenset(before.records))


def _left(session: Session, walk: str) -> tuple[list[Record], Before]:
    spans, device = _spans(session, walk), session.identity.device
    if not spans:
        return [], Before()
    by_whom = session.log.made(walk, [cls.KIND for cls in KINDS])
    mine = {
        record
        for record, (maker, seq) in by_whom.items()
        if maker == device and any(begun <= seq <= over for begun, over in spans)
    }
    made = [each for cls in KINDS for each in session.read(cls, {"scope": walk}) if each.id in mine]
    return made, session.log.before(walk, device, spans, FIELDS, mine)


def _spans(session: Session, walk: str) -> list[Span]:
    """The first and the last write of each of this device's rehearsals, also of those whose track is deleted."""
    device, log = session.identity.device, session.log
    made = log.made(walk, [Track.KIND], "rehearsed")
    begun = {track: seq for track, (maker, seq) in made.items() if maker == device}
    if not begun:
        return []
    # Of one whose end nobody wrote is known that it went on as long as its track did.
    over: dict[str, float] = dict(begun)
    last = log.last_writes(walk, [TrackChunk.KIND], device)
    for each in session.read(TrackChunk, {"scope": walk}):
        if each.track in over:
            over[each.track] = max(over[each.track], last.get(each.id, 0))
    if (going := rehearsal_under_way(session)) is not None and going[1] in over:
        over[going[1]] = inf
    over |= {track: seq for track, (_maker, seq) in log.made(walk, [Track.KIND], "over").items()}
    return [(seq, over[track]) for track, seq in begun.items()]


def take_away(session: Session, walk: str) -> int:
    """Delete what was made and put back what was changed, by one action; what somebody has said since of what was
    changed is left. Returns how many things that were. Raises GatljusError, then nothing is."""
    with session.writing(walk) as here:
        made, before = _left(session, walk)
        action: int | None = None
        for drafts in [deletes_of(session, made), *before.writes]:
            if drafts:
                action = here.write(drafts, action).action
        if before.deletes:
            device = session.identity.device
            now = {device: session.log.vector(walk)[device]}
            here.write([replace(each, value={**each.value, **now}) for each in before.deletes], action)
    return len(made) + len(before.records)
