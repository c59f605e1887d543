"""Routes and tracks that were read from a file."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from app.commands.checks import check_new
from app.commands.drafts import new_record
from app.commands.stops import stop_drafts
from app.domain.records import Route, Track, TrackChunk
from app.places.placefile import PlaceFile, Waypoint
from app.session import Session

CHUNK = 500
"""Points in one imported chunk at the most."""


def add_line(
    session: Session, walk: str, cls: type[Route] | type[Track], name: str, source: str, found: PlaceFile
) -> tuple[str, list[str]]:
    """Keep a route or track with its raw points, and a stop for every waypoint of a route: one action, all of it or
    nothing. Returns its id and the stops'. Raises BadInput."""
    line = session.new_id()
    said: dict[str, Any] = {"name": name, "source": source}
    said |= {"attribution": found.attribution} if cls is Route else {"device": session.identity.device}
    check_new(session, walk, cls, said)
    drafts = new_record(session, cls, line, said)
    places = [_stop_at(point, number) for number, point in enumerate(found.waypoints, 1)] if cls is Route else []
    stops, more = stop_drafts(session, walk, places)
    with session.writing(walk) as here:
        action = here.write(drafts + more, None).action
        for piece in _pieces(line, found):
            here.write(new_record(session, TrackChunk, session.new_id(), piece), action)
    return line, stops


def _stop_at(point: Waypoint, number: int) -> dict[str, Any]:
    return {"name": point.name or str(number), "description": point.description, "position": point.position}


def _pieces(line: str, found: PlaceFile) -> Iterator[dict[str, Any]]:
    number = count()
    for segment, fixes in enumerate(found.segments):
        for start in range(0, len(fixes), CHUNK):
            rows = tuple(fix.row() for fix in fixes[start : start + CHUNK])
            yield {"track": line, "number": next(number), "segment": segment, "points": rows}
