"""Make the protocol: ask, compose, hand in pictures and maps, render, write."""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from app import __version__
from app.base.errors import GatljusError
from app.base.job import Job, Step
from app.base.words import _
from app.domain.record import is_hash
from app.domain.records import SafetyWalk
from app.domain.values import Position
from app.domain.walk import WholeWalk
from app.jobs.export import asked_for
from app.jobs.maps import map_paths
from app.photos.apart import printable
from app.photos.scale import is_copy
from app.places.mbtiles import Bounds, TileMap, tiles_over
from app.places.projections import project
from app.queries.people import names_of
from app.queries.proposals import right_moments
from app.queries.whole import whole_walk
from app.report.basemap import Cut, merged
from app.report.compose import Handed, compose
from app.report.compose_map import needed
from app.report.index import BaseMap
from app.report.mapview import MapNeed
from app.report.wording import NBSP
from app.session import Session

MOST_TILES = 120
"""Tiles in one base map; with more, a lower zoom is as sharp as the paper takes."""


@dataclass(frozen=True)
class Made:
    """A protocol that was written: the file, its pages, and how many photos could not be shown."""

    path: Path
    pages: int
    unshown: int


def _positions(whole: WholeWalk) -> dict[str, Position]:
    stops = [(each.id, each.position) for each in whole.stops]
    seen = [(each.id, each.position) for each in whole.observations]
    return {id: position for id, position in (*stops, *seen) if isinstance(position, Position)}


def _map_over(session: Session, positions: Iterable[Position]) -> TileMap | None:
    """The first map that shows any of these places."""
    places = list(positions)
    for path in map_paths(session):
        try:
            found = TileMap(path)
        except GatljusError:
            continue
        if any(found.info.bounds.holds(place) for place in places):
            return found
        found.close()
    return None


def _base_map(tiles: TileMap, need: MapNeed) -> BaseMap:
    bounds = Bounds(*need.bounds)
    zoom = max(min(need.zoom, tiles.info.max_zoom), tiles.info.min_zoom)
    while zoom > tiles.info.min_zoom and len(list(tiles_over(bounds, zoom))) > MOST_TILES:
        zoom -= 1
    found = {(x, y): tiles.tile(zoom, x, y) for x, y in tiles_over(bounds, zoom)}
    cut = Cut(bounds.west, bounds.south, bounds.east, bounds.north, zoom, tiles.info.tile_px)
    return merged(cut, {place: data for place, data in found.items() if data})


def _projected(whole: WholeWalk) -> tuple[dict[str, str], str]:
    """Stops and observations in SWEREF 99 TM as printed, and why there are none where there are none."""
    texts, reason = {}, ""
    for id, position in _positions(whole).items():
        found = project(position)
        reason = reason or found.reason
        if found.national:
            texts[id] = f"N{NBSP}{found.national.north:.0f}, E{NBSP}{found.national.east:.0f}"
    return texts, "" if texts else reason


def _unshown(session: Session, whole: WholeWalk) -> frozenset[str]:
    """Photos whose picture, and organisations whose logotype, is not here, or is none: another program may have
    written the walk."""
    path = session.blobs.path
    photos = (each.id for each in whole.photos if not (is_hash(each.report) and is_copy(path(each.report))))
    logos = {each.id: path(each.logo) for each in whole.organisations if is_hash(each.logo)}
    shown = printable(logos.values())
    return frozenset({*photos, *(each.id for each in whole.organisations if logos.get(each.id) not in shown)})


def handed_to(session: Session, whole: WholeWalk) -> Handed:
    """What the protocol needs and the walk does not hold: names, coordinates, maps."""
    projected, reason = _projected(whole)
    said = Handed(
        projected=projected,
        projected_reason=reason,
        unshown=_unshown(session, whole),
        names=names_of(session, whole.walk.id, whole.participants),
        moments=right_moments(session, whole.walk.id, whole.photos),
        program=f"Gatljus {__version__}",
    )
    tiles = _map_over(session, _positions(whole).values())
    if tiles is None:
        return said
    with tiles:
        bounds = tiles.info.bounds
        said = replace(
            said,
            attribution=tiles.info.attribution,
            map_date=tiles.info.data_date,
            map_bounds=(bounds.west, bounds.south, bounds.east, bounds.north),
        )
        return replace(said, maps={need.key: _base_map(tiles, need) for need in needed(whole, said)})


def make_protocol(session: Session, walk: SafetyWalk, path: Path) -> Job[Made]:
    """Write the internal protocol of a walk to `path`, whole or not at all. Raises GatljusError."""
    # It brings reportlab along: 0.3 s, which no other command should pay for.
    from app.report.pdf import render

    yield Step(_("Sammanställer vandringen"))
    whole = whole_walk(session, walk)
    handed = handed_to(session, whole)
    with asked_for(path) as out:
        pages = yield from render(compose(whole, handed), session.blobs.read, out)
    return Made(path, pages, sum(each.id in handed.unshown for each in whole.photos))


def drawn_protocol(session: Session, walk: SafetyWalk) -> Job[bytes]:
    """The same as the bytes of the file, to be looked at. No file stays: it would outlive a name that is erased.
    Raises GatljusError."""
    with tempfile.TemporaryDirectory(prefix="gatljus-") as folder:
        made = yield from make_protocol(session, walk, Path(folder) / "protocol.pdf")
        return made.path.read_bytes()
