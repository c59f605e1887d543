"""What was noted while a walk was only rehearsed: as real as anything that is noted, until a person takes it away."""

from app.commands.records import delete_all
from app.domain.record import Record
from app.domain.records import Observation, Photo, Remark, SafetyRating, Stop, Support, Track, VoiceNote
from app.session import Session

KINDS = (Track, Stop, Observation, Photo, VoiceNote, SafetyRating, Support, Remark)
"""What is made while one walks."""


def noted_in(session: Session, walk: str, track: str) -> list[Record]:
    """What this device has made of a walk since it began the rehearsal whose track that is, as it is shown now, the
    track itself first; nothing where this device began no such track."""
    with session.one_view():
        made = session.log.made(walk, [cls.KIND for cls in KINDS])
        device, begun = made.get(track, ("", 0))
        if device != session.identity.device:
            return []
        mine = {record for record, (maker, seq) in made.items() if maker == device and seq >= begun}
        return [each for cls in KINDS for each in session.read(cls, {"scope": walk}) if each.id in mine]


def take_away(session: Session, walk: str, track: str) -> int:
    """Delete all of that, by one action. Returns how many things that were."""
    found = noted_in(session, walk, track)
    delete_all(session, found)
    return len(found)
