"""How far tracks go."""

from app.domain.records import Track, TrackChunk
from app.domain.track import measure
from app.queries.whole import lines
from app.session import Session


def walked_m(session: Session, walk: str, track: str) -> float:
    """How many metres a track goes, net of gaps; 0 where there is none."""
    found = lines(
        session.read(Track, {"scope": walk, "id": track}), session.read(TrackChunk, {"scope": walk, "track": track})
    )
    return sum(measure(line.segments).length_m for line in found)
