"""Routes and tracks that were read from a file."""

from app.commands.drafts import new_record
from app.commands.stops import add_stop
from app.domain.records import Route, Track, TrackChunk
from app.places.placefile import PlaceFile
from app.session import Session

CHUNK = 500
"""Points in one imported chunk at the most."""


def add_line(
    session: Session, walk: str, cls: type[Route] | type[Track], name: str, source: str, found: PlaceFile
) -> tuple[str, int]:
    """Keep a route or track with its raw points, as one action. Returns its id and the action."""
    line = session.new_id()
    said = {"name": name, "source": source}
    if cls is Route:
        said["attribution"] = found.attribution
    written = session.write(walk, new_record(session, cls, line, said))
    number = 0
    for segment, fixes in enumerate(found.segments):
        for start in range(0, len(fixes), CHUNK):
            rows = tuple(fix.row() for fix in fixes[start : start + CHUNK])
            piece = {"track": line, "number": number, "segment": segment, "points": rows}
            session.write(walk, new_record(session, TrackChunk, session.new_id(), piece), action=written.action)
            number += 1
    return line, written.action


def add_waypoints(session: Session, walk: str, found: PlaceFile, action: int) -> list[str]:
    """Make a stop of every waypoint, in order, within the action that brought the route. Returns their ids."""
    return [
        add_stop(
            session,
            walk,
            {"name": point.name or str(place), "description": point.description, "position": point.position},
            action,
        )
        for place, point in enumerate(found.waypoints, 1)
    ]
