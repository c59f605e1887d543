"""Reading GeoJSON (RFC 7946): lines become segments, points become waypoints.

Tolerant: a bare geometry, a feature or a collection; names under `name` or `title`, descriptions under `description`
or `desc`, kinds under `kind` or `type`; times under `coordTimes` or `coordinateProperties.times`. A feature with a
position that is none is left out and named by its number; nothing else of the file is lost by it.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from app.base.errors import BadInput
from app.base.words import _
from app.domain.track import EPOCH, Fix
from app.domain.values import Position
from app.places.gpx import moment
from app.places.placefile import (
    Damages,
    PlaceFile,
    Waypoint,
    check_size,
    credited,
    plain_name,
    readable,
    why_no_place,
    without_empty,
)


class _Wrong(Exception):
    """This feature cannot be read; the message says why."""


def parse(data: bytes) -> dict[str, Any]:
    """The JSON object of a GeoJSON file. Raises BadInput."""
    advice = _("Exportera filen på nytt som GeoJSON.")
    try:
        # Not json.loads(data): it guesses the encoding and would read almost anything as UTF-16 or UTF-32.
        root = json.loads(data.decode("utf-8-sig", errors="replace"))
    except json.JSONDecodeError as broken:
        text = _("Filen är inte hel JSON: den går sönder på rad {line}.").format(line=broken.lineno)
        raise BadInput("not-geojson", text, advice) from broken
    except (RecursionError, ValueError) as broken:
        raise BadInput("not-geojson", _("Filen är inte JSON som går att läsa."), advice) from broken
    if not isinstance(root, dict) or not isinstance(root.get("type"), str):
        raise BadInput("not-geojson", _("Filen är JSON men inte GeoJSON."), advice)
    return root


def features(root: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any], dict[str, Any] | None]]:
    """The features of a GeoJSON object: number from 1, properties, and geometry or None."""
    if root["type"] == "FeatureCollection":
        listed = root.get("features")
        each = listed if isinstance(listed, list) else []
    else:
        each = [root] if root["type"] == "Feature" else [{"geometry": root}]
    for count, feature in enumerate(each, 1):
        about = feature if isinstance(feature, dict) else {}
        properties, geometry = about.get("properties"), about.get("geometry")
        yield (
            count,
            properties if isinstance(properties, dict) else {},
            geometry if isinstance(geometry, dict) else None,
        )


def text_of(properties: dict[str, Any], *names: str) -> str:
    """The first of these properties that is a text, without signs that cannot be kept; else an empty one."""
    return next((readable(properties[name]) for name in names if isinstance(properties.get(name), str)), "")


def place(raw: Any) -> tuple[float, float, float | None]:
    """Latitude, longitude and height of a GeoJSON position. Raises ValueError with a sentence."""
    if not isinstance(raw, list) or len(raw) < 2:
        raise ValueError(why_no_place(None, None))
    lon, lat, height = (_number(part) for part in (*raw, None)[:3])
    why = why_no_place(lat, lon)
    if why or lat is None or lon is None:
        raise ValueError(why)
    return lat, lon, height


def _number(raw: Any) -> float | None:
    fits = isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) < 1e300
    return float(raw) if fits else None


def _time(raw: Any) -> Any:
    if isinstance(raw, str):
        return moment(raw)
    ms = _number(raw)
    return EPOCH + timedelta(milliseconds=ms) if ms is not None and abs(ms) < 1e14 else None


def _line(coordinates: Any, times: Any) -> list[Fix]:
    if not isinstance(coordinates, list):
        raise _Wrong(why_no_place(None, None))
    timed = times if isinstance(times, list) and len(times) == len(coordinates) else [None] * len(coordinates)
    fixes = []
    for raw, time in zip(coordinates, timed, strict=True):
        lat, lon, height = place(raw)
        fixes.append(Fix(_time(time), lat, lon, height))
    return fixes


def _lines(geometry: dict[str, Any], properties: dict[str, Any]) -> list[list[Fix]]:
    held = properties.get("coordinateProperties")
    times = properties.get("coordTimes", held.get("times") if isinstance(held, dict) else None)
    coordinates = geometry.get("coordinates")
    if geometry["type"] == "LineString":
        return [_line(coordinates, times)]
    if not isinstance(coordinates, list):
        raise _Wrong(why_no_place(None, None))
    each = times if isinstance(times, list) and len(times) == len(coordinates) else [None] * len(coordinates)
    return [_line(part, moments) for part, moments in zip(coordinates, each, strict=True)]


def _points(geometry: dict[str, Any], properties: dict[str, Any]) -> list[Waypoint]:
    coordinates = geometry.get("coordinates")
    many = coordinates if geometry["type"] == "MultiPoint" and isinstance(coordinates, list) else [coordinates]
    name, description = text_of(properties, "name", "title"), text_of(properties, "description", "desc")
    kind = text_of(properties, "kind", "type")
    return [Waypoint(plain_name(name), description, Position(*place(raw)[:2]), kind) for raw in many]


class _Reader:
    def __init__(self) -> None:
        self.damages = Damages()
        self.segments: list[list[Fix]] = []
        self.waypoints: list[Waypoint] = []
        self._points = 0

    def take(self, geometry: dict[str, Any] | None, properties: dict[str, Any]) -> None:
        """Take in one feature. Raises _Wrong or ValueError with a sentence; then nothing of it is taken."""
        kind = geometry.get("type") if geometry else None
        if geometry is None or kind is None:
            raise _Wrong(_("Objektet har inget läge."))
        if kind in {"LineString", "MultiLineString"}:
            lines = _lines(geometry, properties)
            self._count(sum(map(len, lines)))
            self.segments += lines
        elif kind in {"Point", "MultiPoint"}:
            points = _points(geometry, properties)
            self._count(len(points))
            self.waypoints += points
        elif kind == "GeometryCollection" and isinstance(geometry.get("geometries"), list):
            for part in geometry["geometries"]:
                inner = part if isinstance(part, dict) and part.get("type") != kind else None
                self.take(inner, properties)
        else:
            raise _Wrong(_("Objektet är varken en linje eller en punkt."))

    def _count(self, points: int) -> None:
        self._points += points
        check_size(self._points)


def read_geojson(data: bytes) -> PlaceFile:
    """The lines and points of a GeoJSON file. Raises BadInput for what is no GeoJSON."""
    root = parse(data)
    reader = _Reader()
    says: list[dict[str, Any]] = [root]
    route_name = ""
    for count, properties, geometry in features(root):
        try:
            reader.take(geometry, properties)
        except (_Wrong, ValueError) as wrong:
            reader.damages.add(count, str(wrong))
            continue
        says.append(properties)
        if geometry and str(geometry.get("type")).endswith("LineString"):
            route_name = route_name or text_of(properties, "name", "title")
    return PlaceFile(
        kind="geojson",
        name=text_of(root, "name", "title") or route_name,
        attribution=credited(next((who for who in (text_of(p, "attribution") for p in says) if who), "")),
        licence=next((what for what in (text_of(p, "licence", "license") for p in says) if what), ""),
        segments=without_empty(reader.segments),
        waypoints=tuple(reader.waypoints),
        damaged=reader.damages.all(),
    )
