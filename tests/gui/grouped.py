"""A walk that is split in groups, each with what it noted and where it walked."""

from app.commands.drafts import new_record
from app.commands.groups import split, walk_with
from app.commands.observations import observe
from app.commands.recording import begin_recording
from app.commands.records import add, set_fields
from app.domain.records import Group, Participant, TrackChunk
from app.domain.values import Position
from app.session import Session

LONG_NAME = "Norr om järnvägen"


def split_up(session: Session, walk: str, stop: str) -> dict[str, str]:
    """Split a walk in three groups; this device has walked with the first, and walks with the second. Returns ids by
    word."""
    add(session, Participant.KIND, walk, {"role": "boende", "count": 23})
    south, north, _water = split(session, walk, 3)
    set_fields(session, session.read(Group, {"id": north})[0], {"name": LONG_NAME, "letter": "N"})
    for east, group, text in ((-5e-5, south, "Häcken skymmer."), (5e-5, north, "Lampan vid kiosken är släckt.")):
        walk_with(session, walk, group)
        track_of(session, walk, east)
        seen = observe(session, walk, {"item": "A1", "stop": stop, "text": text})
    apart = observe(session, walk, {"item": "B1", "position": Position(60.1801, 24.9530), "group": south})
    return {"grouped": seen, "grouped_apart": apart, "south": south, "north": north}


def track_of(session: Session, walk: str, east: float = 5e-5) -> str:
    """Record a track of this device, in one piece. Returns its id."""
    recording = begin_recording(session, walk)
    recording.end()
    points = tuple([None, 60.1800 + step * 4e-5, 24.9495 + step * east, None, 1.0, None] for step in range(60))
    piece = {"track": recording.track, "points": points}
    session.write(walk, new_record(session, TrackChunk, session.new_id(), piece), action=0)
    return recording.track
