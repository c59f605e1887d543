"""GeoJSON (RFC 7946) of a walk: one feature per stop, observation, photo, route and track; WGS 84, 7 decimals."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from app.domain.rules import severity_of
from app.domain.track import Fix
from app.domain.values import Json, Position, label_of, plain
from app.domain.walk import Line, WholeWalk

Feature = dict[str, Any]


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
    properties: dict[str, Any] = {"kind": kind, "name": line.record.name}
    if any(fix.time for piece in pieces for fix in piece):
        properties["coordTimes"] = times[0] if single else times
    attribution = getattr(line.record, "attribution", "")
    if attribution:
        properties["attribution"] = attribution
    geometry = {"type": "LineString" if single else "MultiLineString", "coordinates": coordinates}
    yield {"type": "Feature", "id": line.record.id, "geometry": geometry, "properties": properties}


def _features(whole: WholeWalk) -> Iterator[Feature]:
    of = whole.numbers.of
    for route in whole.routes:
        yield from _line(route, "route")
    for track in whole.tracks:
        yield from _line(track, "track")
    for stop in whole.stops:
        said = {"kind": "stop", "number": of[stop.id], "name": stop.name, "desc": stop.description}
        yield from _point(stop.position, stop.id, {**said, "place_type": plain(stop.place_type)})
    for seen in whole.observations:
        yield from _point(
            seen.position,
            seen.id,
            {
                "kind": "observation",
                "number": of[seen.id],
                "sort": plain(seen.kind),
                "category": seen.category,
                "item": seen.item,
                "text": seen.text,
                "severity": plain(severity_of(seen)),
                "observed_at": plain(seen.observed_at),
                "position_source": plain(seen.position_source),
            },
        )
    for photo in whole.photos:
        said = {
            "kind": "photo",
            "number": of[photo.id],
            "caption": photo.caption,
            "observation": photo.observation or "",
        }
        source = label_of(photo.position_source)
        yield from _point(photo.position, photo.id, {**said, "taken_at": plain(photo.taken_at), "position": source})


def geojson(whole: WholeWalk) -> bytes:
    """The walk as a FeatureCollection, UTF-8. What has no position is left out."""
    collection = {"type": "FeatureCollection", "name": whole.walk.title, "features": list(_features(whole))}
    return (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode()
