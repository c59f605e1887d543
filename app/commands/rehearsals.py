"""What was noted while a walk was only rehearsed: as real as anything that is noted, until a person takes it away."""

from math import inf

from app.commands.recording import rehearsal_under_way
from app.commands.records import delete_all
from app.domain.record import Record
from app.domain.records import Observation, Photo, Remark, SafetyRating, Stop, Support, Track, TrackChunk, VoiceNote
from app.session import Session

KINDS = (Track, Stop, Observation, Photo, VoiceNote, SafetyRating, Support, Remark)
"""What is made while one walks."""


def left_of_rehearsals(session: Session, walk: str) -> list[Record]:
    """What this device has made of a walk while it rehearsed it, from the beginning of each rehearsal to its end, as it
    is shown now; the tracks first."""
    with session.one_view():
        spans = _spans(session, walk)
        if not spans:
            return []
        made = session.log.made(walk, [cls.KIND for cls in KINDS])
        mine = {
            record
            for record, (maker, seq) in made.items()
            if maker == session.identity.device and any(begun <= seq <= over for begun, over in spans)
        }
        return [each for cls in KINDS for each in session.read(cls, {"scope": walk}) if each.id in mine]


def _spans(session: Session, walk: str) -> list[tuple[int, float]]:
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
    """Delete all of that, by one action. Returns how many things that were."""
    found = left_of_rehearsals(session, walk)
    delete_all(session, found)
    return len(found)
