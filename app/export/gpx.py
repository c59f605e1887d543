"""GPX 1.1 of a walk: stops as waypoints, planned routes, tracks with a new segment after each gap."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable

from app.domain.track import Fix
from app.domain.values import Position, plain
from app.domain.walk import WholeWalk

NAMESPACE = "http://www.topografix.com/GPX/1/1"

Element = ET.Element


def _child(parent: Element, name: str, text: object = None, **attributes: str) -> Element:
    child = ET.SubElement(parent, name, attributes)
    if text not in (None, ""):
        child.text = _clean(text)
    return child


def _clean(text: object) -> str:
    """The text without the signs that XML 1.0 does not allow."""
    return "".join(sign for sign in str(text) if sign in "\t\n" or (sign >= " " and sign not in "\ufffe\uffff"))


def _point(parent: Element, name: str, position: Position) -> Element:
    return _child(parent, name, lat=f"{position.lat:.7f}", lon=f"{position.lon:.7f}")


def _fixes(parent: Element, name: str, fixes: Iterable[Fix]) -> None:
    for fix in fixes:
        point = _point(parent, name, fix.position)
        if fix.altitude_m is not None:
            _child(point, "ele", f"{fix.altitude_m:.2f}")
        if fix.time is not None:
            _child(point, "time", plain(fix.time))
        if fix.hdop is not None:
            _child(point, "hdop", f"{fix.hdop:g}")


def gpx(whole: WholeWalk) -> bytes:
    """The walk as GPX, UTF-8."""
    root = Element("gpx", {"version": "1.1", "creator": "Gatljus", "xmlns": NAMESPACE})
    metadata = _child(root, "metadata")
    _child(metadata, "name", whole.walk.title)
    credits = sorted({str(getattr(line.record, "attribution", "")) for line in whole.routes} - {""})
    if credits:
        _child(metadata, "copyright", author=_clean(", ".join(credits).removeprefix("© ")))
    for stop in whole.stops:
        if isinstance(stop.position, Position):
            point = _point(root, "wpt", stop.position)
            _child(point, "name", f"{whole.numbers.of[stop.id]}. {stop.name}")
            _child(point, "desc", stop.description)
    for route in whole.routes:
        way = _child(root, "rte")
        _child(way, "name", route.record.name)
        for segment in route.segments:
            _fixes(way, "rtept", segment)
    for track in whole.walked:
        way = _child(root, "trk")
        _child(way, "name", track.record.name)
        for segment in track.segments:
            _fixes(_child(way, "trkseg"), "trkpt", segment)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
