"""Raster maps in MBTiles (version 1.3): SQLite files of map tiles, read only and never changed.

Tiles are asked for as on the web, (z, x, y) counted from the north-west; in the file rows count from the south (TMS).
The file is opened read-only and immutable, so it may lie on a write-protected stick. One thread, one `TileMap`.
"""

import math
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from app.base.errors import BadInput, NotFound
from app.base.words import _
from app.domain.geo import from_mercator, mercator
from app.domain.values import Position

HIGHEST_ZOOM = 22
TILE_PX = 256
"""The side of a tile in the grid; the picture may have more pixels (`tile_px`)."""


@dataclass(frozen=True)
class Bounds:
    """A stretch of map between two parallels and two meridians, degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, position: Position) -> bool:
        """Whether a position lies within it."""
        return self.south <= position.lat <= self.north and self.west <= position.lon <= self.east


WORLD = Bounds(-180.0, -85.0511, 180.0, 85.0511)


@dataclass(frozen=True)
class MapInfo:
    """What a map says about itself. `format` png, jpg or webp; `tile_px` pixels of a tile's side; `attribution` must be
    visible wherever the map is; `data_date` as the file writes it, or empty."""

    name: str
    attribution: str
    licence: str
    description: str
    format: str
    bounds: Bounds
    center: Position
    min_zoom: int
    max_zoom: int
    tile_px: int
    data_date: str


def _number(text: str | None, default: float) -> float:
    try:
        value = float(text) if text else default
    except ValueError:
        return default
    return value if math.isfinite(value) else default


def _bounds(text: str | None, otherwise: Bounds) -> Bounds:
    parts = [_number(part, math.nan) for part in (text or "").split(",")]
    if len(parts) != 4 or any(map(math.isnan, parts)):
        return otherwise
    west, south, east, north = parts
    sound = -180 <= west < east <= 180 and -90 <= south < north <= 90
    return Bounds(west, south, east, north) if sound else otherwise


class TileMap:
    """An open map. Close it, or use it in a `with` block."""

    def __init__(self, path: Path) -> None:
        """Raises NotFound where there is no file, BadInput where it is no raster MBTiles."""
        if not path.is_file():
            raise NotFound("map", _("Kartan {name} finns inte.").format(name=path.name), _("Välj en annan karta."))
        self._path = path
        self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            self._db.execute("PRAGMA trusted_schema=OFF")
            self._db.execute("PRAGMA query_only=ON")
            said = {str(key): str(value) for key, value in self._db.execute("SELECT name, value FROM metadata")}
            span = self._db.execute("SELECT min(zoom_level), max(zoom_level) FROM tiles").fetchone()
            self.info = self._described(said, span)
        except sqlite3.Error as broken:
            self._db.close()
            raise self._no_map() from broken
        except BadInput:
            self._db.close()
            raise

    def _no_map(self) -> BadInput:
        return BadInput(
            "not-mbtiles",
            _("Filen {name} är inte en karta i formatet MBTiles.").format(name=self._path.name),
            _("Välj en MBTiles-fil med bilder (png, jpg eller webp)."),
        )

    def _described(self, said: dict[str, str], span: tuple[object, object]) -> MapInfo:
        low, high = span
        if not isinstance(low, int) or not isinstance(high, int) or not 0 <= low <= high <= HIGHEST_ZOOM:
            raise self._no_map()
        kind = said.get("format", "").lower() or self._seen_format(high)
        if kind == "pbf":
            raise BadInput(
                "vector-map",
                _("Kartan {name} är en vektorkarta, som Gatljus inte kan rita.").format(name=self._path.name),
                _("Exportera den som MBTiles med bilder, till exempel från QGIS."),
            )
        bounds = _bounds(said.get("bounds"), WORLD)
        if bounds == WORLD:
            bounds = self._covered(high)
        middle = Position((bounds.south + bounds.north) / 2, (bounds.west + bounds.east) / 2)
        pixels = _number(said.get("tile_size"), TILE_PX * _number(said.get("scale"), 1.0))
        return MapInfo(
            name=said.get("name", "") or self._path.stem,
            attribution=said.get("attribution", ""),
            licence=said.get("license", "") or said.get("licence", ""),
            description=said.get("description", ""),
            format="jpg" if kind == "jpeg" else kind,
            bounds=bounds,
            center=middle,
            min_zoom=low,
            max_zoom=high,
            tile_px=int(pixels) if 64 <= pixels <= 4096 else TILE_PX,
            data_date=said.get("data_date", ""),
        )

    def _seen_format(self, zoom: int) -> str:
        row = self._db.execute("SELECT tile_data FROM tiles WHERE zoom_level = ? LIMIT 1", (zoom,)).fetchone()
        head = bytes(row[0][:12]) if row and isinstance(row[0], bytes) else b""
        if head[:4] == b"RIFF":
            return "webp"
        return "jpg" if head[:2] == b"\xff\xd8" else "png" if head[:4] == b"\x89PNG" else "pbf"

    def _covered(self, zoom: int) -> Bounds:
        """The bounds of the tiles of one zoom level, for maps that do not say theirs."""
        query = (
            "SELECT min(tile_column), max(tile_column), min(tile_row), max(tile_row) FROM tiles WHERE zoom_level = ?"
        )
        left, right, low, high = self._db.execute(query, (zoom,)).fetchone()
        side = 1 << zoom
        top, bottom = from_mercator(left, side - 1 - high, zoom), from_mercator(right + 1, side - low, zoom)
        return Bounds(top.lon, bottom.lat, bottom.lon, top.lat)

    def tile(self, zoom: int, x: int, y: int) -> bytes | None:
        """The picture of a tile as it lies in the file, `y` counted from the north; None where the map has none.

        Raises BadInput when the file is damaged there.
        """
        if not 0 <= zoom <= HIGHEST_ZOOM or not (0 <= x < 1 << zoom and 0 <= y < 1 << zoom):
            return None
        query = "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?"
        try:
            row = self._db.execute(query, (zoom, x, (1 << zoom) - 1 - y)).fetchone()
        except sqlite3.DatabaseError as broken:
            text = _("Kartan {name} är skadad.").format(name=self._path.name)
            raise BadInput("map-damaged", text, _("Hämta kartfilen på nytt.")) from broken
        return row[0] if row and isinstance(row[0], bytes) else None

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def tiles_over(bounds: Bounds, zoom: int) -> Iterator[tuple[int, int]]:
    """The tiles (x, y) of a zoom level that touch a stretch of map, row by row from the north-west."""
    side = 1 << zoom
    left, top = mercator(Position(bounds.north, bounds.west), zoom)
    right, bottom = mercator(Position(bounds.south, bounds.east), zoom)
    for y in range(max(0, math.floor(top)), min(side, max(math.ceil(bottom), math.floor(top) + 1))):
        for x in range(max(0, math.floor(left)), min(side, max(math.ceil(right), math.floor(left) + 1))):
            yield x, y


def zoom_for(bounds: Bounds, width: int, height: int, lowest: int = 0, highest: int = HIGHEST_ZOOM) -> int:
    """The closest zoom at which a stretch of map fits in width × height logical pixels, kept within two zooms."""
    left, top = mercator(Position(bounds.north, bounds.west), 0)
    right, bottom = mercator(Position(bounds.south, bounds.east), 0)
    share = max((right - left) * TILE_PX / max(1, width), (bottom - top) * TILE_PX / max(1, height), 1e-12)
    return max(lowest, min(highest, math.floor(-math.log2(share))))
