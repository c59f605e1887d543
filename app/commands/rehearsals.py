"""What was noted while a walk was only rehearsed: as real as anything that is noted, until a person takes it away."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

from app.commands.drafts import deletes_of
from app.commands.recording import rehearsal_under_way
from app.domain.change import Before, Span
from app.domain.record import Record
from app.domain.records import (
    CameraClock,
    Observation,
    Photo,
    Remark,
    SafetyRating,
    Stop,
    Support,
    Track,
    TrackChunk,
    VoiceNote,
)
from app.session import Session

KINDS = (Track, Stop, Observation, Photo, VoiceNote, SafetyRating, Support, Remark)
"""What is made while one walks."""

SAID = (*KINDS, CameraClock)
"""What is said of these in a rehearsal is put back. What the walk itself says is planned, also by those who let a
rehearsal go on meanwhile: it stays."""


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
    as it is shown now and nobody has gone on with it since."""
    with session.one_view():
        made, before = _left(session, walk)
    return Left(made, frozenset(before.records))


def made_in_rehearsals(session: Session, walk: str) -> frozenset[str]:
    """The ids of what any device has made of a walk in rehearsals."""
    with session.one_view():
        return frozenset(_made(session, walk, _spans(session, walk)))


def only_practised(session: Session, walk: str) -> frozenset[str]:
    """The ids of what any device has made of a walk in rehearsals and nobody has gone on with since. What is used for
    real is real: who notes something at a stop that was tried out, or corrects what was noted there."""
    with session.one_view():
        spans = _spans(session, walk)
        made = _made(session, walk, spans)
        return frozenset(made - session.log.used(walk, spans, made))


def left_elsewhere(session: Session, walk: str) -> int:
    """How many things that are shown now other devices have made of a walk in rehearsals, and nobody has gone on with
    since."""
    with session.one_view():
        spans = _spans(session, walk)
        theirs = {device: within for device, within in spans.items() if device != session.identity.device}
        made = {each.id for each in _shown(session, walk, _made(session, walk, theirs))}
        return len(made - session.log.used(walk, spans, made))


def _left(session: Session, walk: str) -> tuple[list[Record], Before]:
    spans, device = _spans(session, walk), session.identity.device
    if device not in spans:
        return [], Before()
    mine = _made(session, walk, {device: spans[device]})
    free = mine - session.log.used(walk, spans, mine)
    return _shown(session, walk, free), session.log.before(walk, device, spans, [cls.KIND for cls in SAID], mine)


def _shown(session: Session, walk: str, ids: set[str]) -> list[Record]:
    """Those of these that are shown now, in the order of their kinds."""
    return [each for cls in KINDS for each in session.read(cls, {"scope": walk, "id": ids})]


def _made(session: Session, walk: str, spans: Mapping[str, Sequence[Span]]) -> set[str]:
    return session.log.made_within(walk, [cls.KIND for cls in KINDS], spans)


def _spans(session: Session, walk: str) -> dict[str, list[Span]]:
    """Per device the first and the last write of each of its rehearsals, also of those whose track is deleted. A device
    that became another in the middle ended its rehearsal there: writes are counted anew."""
    log = session.log
    begun = {track: (device, seq) for track, device, seq in reversed(log.said(walk, Track.KIND, "rehearsed"))}
    if not begun:
        return {}
    # Of one whose end nobody wrote is known that it went on as long as its track did.
    over: dict[str, float] = {track: seq for track, (_device, seq) in begun.items()}
    last = {device: log.last_writes(walk, [TrackChunk.KIND], device) for device, _seq in begun.values()}
    for each in session.read(TrackChunk, {"scope": walk}):
        if (track := str(each.track)) in over:
            over[track] = max(over[track], last[begun[track][0]].get(each.id, 0))
    going = rehearsal_under_way(session)
    if going is not None and begun.get(going[1], ("",))[0] == session.identity.device:
        over[going[1]] = inf
    ended = reversed(log.said(walk, Track.KIND, "over"))
    over |= {track: seq for track, device, seq in ended if device == begun.get(track, ("",))[0]}
    found = defaultdict[str, list[Span]](list)
    for track, (device, seq) in begun.items():
        found[device].append((seq, over[track]))
    return dict(found)


def take_away(session: Session, walk: str) -> int:
    """Delete what was made and put back what was changed, by one action; what somebody has gone on with since, or said
    since of what was changed, is left. Returns how many things that were. Raises GatljusError, then nothing is."""
    with session.writing(walk) as here:
        made, before = _left(session, walk)
        action: int | None = None
        for drafts in [deletes_of(session, made), *before.writes]:
            if drafts:
                action = here.write(drafts, action).action
        for deletes in before.deletes:
            device = session.identity.device
            now = {device: session.log.vector(walk)[device]}
            action = here.write([replace(each, value={**each.value, **now}) for each in deletes], action).action
    return len(made) + len(before.records)
