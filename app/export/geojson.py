"""GeoJSON (RFC 7946) of a walk: one feature per stop, observation, photo, route and track; WGS 84, 7 decimals.

The properties are the fields that may be published, by their own names. `kind` says what the feature is, so an
observation's own kind is called `sort`; `severity` is the one in force.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from app.domain.record import Record
from app.domain.rules import is_only_suggested, severity_of
from app.domain.track import Fix
from app.domain.values import Json, Position, plain
from app.domain.walk import Line, WholeWalk

Feature = dict[str, Any]

ELSEWHERE = frozenset({"created", "position", "redacted"})
"""Fields that are the geometry, or that mean nothing outside the program."""


def _point(position: object, id: str, properties: dict[str, Json]) -> Iterator[Feature]:
    if isinstance(position, Position):
        geometry = {"type": "Point", "coordinates": [round(position.lon, 7), round(position.lat, 7)]}
        yield {"type": "Feature", "id": id, "geometry": geometry, "properties": properties}


def _coordinates(fixes: Sequence[Fix]) -> list[list[float]]:
    return [[round(fix.lon, 7), round(fix.lat, 7)] for fix in fixes]


def _line(line: Line, kind: str) -> Iterator[Feature]:
    pieces = [segment for segment in line.segments if len(segment) > 1]
    if not pieces:
        return
    single = len(pieces) == 1
    coordinates: Any = _coordinates(pieces[0]) if single else [_coordinates(piece) for piece in pieces]
    times: Any = [[plain(fix.time) for fix in piece] for piece in pieces]
    properties: dict[str, Any] = {"kind": kind, "name": plain(line.record.name)}
    if any(fix.time for piece in pieces for fix in piece):
        properties["coordTimes"] = times[0] if single else times
    attribution = getattr(line.record, "attribution", "")
    if attribution:
        properties["attribution"] = plain(attribution)
    geometry = {"type": "LineString" if single else "MultiLineString", "coordinates": coordinates}
    yield {"type": "Feature", "id": line.record.id, "geometry": geometry, "properties": properties}


def _told(record: Record, **more: Json) -> dict[str, Json]:
    """What may be published of a record, by the names of its fields. `more` comes first and wins."""
    names = [each.name for each in record.FIELDS if each.publish and not each.personal and each.name not in ELSEWHERE]
    return {**more, **{name: plain(getattr(record, name)) for name in names if name not in more}}


def _features(whole: WholeWalk) -> Iterator[Feature]:
    of = whole.numbers.of
    for route in whole.routes:
        yield from _line(route, "route")
    for track in whole.walked:
        yield from _line(track, "track")
    for stop in whole.stops:
        said = _told(stop, kind="stop", number=of[stop.id])
        yield from _point(stop.position, stop.id, said)
    for seen in whole.observations:
        severity = plain(severity_of(seen))
        severities = {"severity": severity, "severity_suggested": severity if is_only_suggested(seen) else None}
        said = _told(seen, kind="observation", number=of[seen.id], sort=plain(seen.kind), **severities)
        yield from _point(seen.position, seen.id, said)
    for photo in whole.photos:
        yield from _point(photo.position, photo.id, _told(photo, kind="photo", number=of[photo.id]))


def geojson(whole: WholeWalk) -> bytes:
    """The walk as a FeatureCollection, UTF-8. What has no position is left out."""
    collection = {"type": "FeatureCollection", "name": plain(whole.walk.title), "features": list(_features(whole))}
    return (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode()
