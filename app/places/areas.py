"""Areas of responsibility: polygons that say who looks after a place, read from GeoJSON.

A feature needs the property `owner_code`; `owner_name`, `name`, `id`, `source` and `date` are read where they are.
Areas may overlap (a garden in a park, a shop's zone on a street): the smallest that holds a place comes first.
"""

from dataclasses import dataclass
from typing import Any

from app.base.errors import BadInput
from app.base.words import _
from app.domain.geo import XY, Plane
from app.domain.values import Position
from app.places.geojson import features, parse, place, text_of
from app.places.placefile import Damaged, Damages, credited
from app.places.projections import inside

Ring = tuple[XY, ...]
"""Corners as (longitude, latitude)."""


@dataclass(frozen=True)
class Area:
    """Who looks after a piece of ground. `polygons`: each an outer ring and its holes. `size_m2` without the holes."""

    id: str
    owner_code: str
    owner_name: str
    name: str
    source: str
    date: str
    polygons: tuple[tuple[Ring, ...], ...]
    box: tuple[float, float, float, float]
    size_m2: float

    def holds(self, position: Position) -> bool:
        """Whether a place lies in it and in none of its holes."""
        west, south, east, north = self.box
        point = (position.lon, position.lat)
        if not (west <= point[0] <= east and south <= point[1] <= north):
            return False
        return any(inside(point, outer) and not any(inside(point, hole) for hole in holes)
                   for outer, *holes in self.polygons)  # fmt: skip


@dataclass(frozen=True)
class Areas:
    """All areas of a file, whose data they are, and the features that could not be read."""

    areas: tuple[Area, ...]
    attribution: str = ""
    damaged: tuple[Damaged, ...] = ()

    def at(self, position: Position) -> tuple[Area, ...]:
        """The areas that hold a place, the smallest first."""
        return tuple(sorted((a for a in self.areas if a.holds(position)), key=lambda a: (a.size_m2, a.id)))

    def owner_codes(self, position: Position) -> tuple[str, ...]:
        """Who may look after a place, the owner of the smallest area first, each once."""
        return tuple(dict.fromkeys(area.owner_code for area in self.at(position)))


def _ring(raw: Any) -> Ring:
    if not isinstance(raw, list) or len(raw) < 4:
        raise ValueError(_("Ytan har färre än fyra hörn."))
    return tuple((lon, lat) for lat, lon, _height in map(place, raw))


def _polygons(geometry: dict[str, Any] | None) -> tuple[tuple[Ring, ...], ...]:
    kind, coordinates = (geometry or {}).get("type"), (geometry or {}).get("coordinates")
    many = [coordinates] if kind == "Polygon" else coordinates if kind == "MultiPolygon" else None
    if not isinstance(many, list) or not many or not all(isinstance(rings, list) and rings for rings in many):
        raise ValueError(_("Objektet är ingen yta."))
    return tuple(tuple(map(_ring, rings)) for rings in many)


def _size_m2(ring: Ring) -> float:
    plane = Plane(Position(ring[0][1], ring[0][0]))
    flat = [plane.xy(lat, lon) for lon, lat in ring]
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(flat, [*flat[1:], flat[0]], strict=True))) / 2


def _area(count: int, properties: dict[str, Any], geometry: dict[str, Any] | None) -> Area:
    owner = text_of(properties, "owner_code").strip()
    if not owner:
        raise ValueError(_("Ytan saknar owner_code, koden för den som ansvarar."))
    polygons = _polygons(geometry)
    corners = [corner for rings in polygons for corner in rings[0]]
    east, north = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return Area(
        id=text_of(properties, "id") or str(count),
        owner_code=owner,
        owner_name=text_of(properties, "owner_name"),
        name=text_of(properties, "name"),
        source=text_of(properties, "source"),
        date=text_of(properties, "date"),
        polygons=polygons,
        box=(min(east), min(north), max(east), max(north)),
        size_m2=sum(_size_m2(rings[0]) - sum(map(_size_m2, rings[1:])) for rings in polygons),
    )


def read_areas(data: bytes) -> Areas:
    """The areas of responsibility of a GeoJSON file. Raises BadInput for another kind of file or one without areas."""
    root = parse(data)
    found, damages = [], Damages()
    for count, properties, geometry in features(root):
        try:
            found.append(_area(count, properties, geometry))
        except ValueError as wrong:
            damages.add(count, str(wrong))
    if not found:
        raise BadInput(
            "no-areas",
            _("Filen innehåller inga ansvarsytor."),
            _("Välj en GeoJSON-fil med ytor som har egenskapen owner_code."),
        )
    return Areas(tuple(found), credited(text_of(root, "attribution")), damages.all())
