"""One picture of base map out of tiles, toned so that what is drawn over it stands out."""

import io
from collections.abc import Mapping
from dataclasses import dataclass

from PIL import Image, ImageEnhance, UnidentifiedImageError

from app.domain.geo import from_mercator, mercator
from app.domain.values import Position
from app.report.document import Raster
from app.report.index import BaseMap

SATURATION = 0.55
WHITE = 0.28
QUALITY = 70
OUTSIDE = "#ECEBE8"
"""Where the map has no data."""

Tiles = Mapping[tuple[int, int], bytes]


@dataclass(frozen=True)
class Cut:
    """What a picture must show (WGS 84 degrees), from tiles of `zoom` whose pictures have sides of `tile_px`."""

    west: float
    south: float
    east: float
    north: float
    zoom: int
    tile_px: int


def _pixels(cut: Cut, position: Position) -> tuple[float, float]:
    x, y = mercator(position, cut.zoom)
    return x * cut.tile_px, y * cut.tile_px


def _picture(data: bytes, side: int) -> Image.Image | None:
    try:
        with Image.open(io.BytesIO(data)) as tile:
            return tile.convert("RGB").resize((side, side)) if tile.size != (side, side) else tile.convert("RGB")
    except (UnidentifiedImageError, OSError):
        return None


def _pasted(cut: Cut, tiles: Tiles, box: tuple[int, int, int, int]) -> Image.Image:
    sheet = Image.new("RGB", (box[2] - box[0], box[3] - box[1]), OUTSIDE)
    for (x, y), data in sorted(tiles.items()):
        tile = _picture(data, cut.tile_px)
        if tile is not None:
            sheet.paste(tile, (x * cut.tile_px - box[0], y * cut.tile_px - box[1]))
    return sheet


def merged(cut: Cut, tiles: Tiles) -> BaseMap:
    """The base map for a cut, from the tiles (x, y from the north → picture bytes) there are. A tile that cannot be
    read is left out. Equal tiles give equal bytes."""
    left, top = _pixels(cut, Position(cut.north, cut.west))
    right, bottom = _pixels(cut, Position(cut.south, cut.east))
    box = (int(left), int(top), int(right) + 1, int(bottom) + 1)
    sheet = ImageEnhance.Color(_pasted(cut, tiles, box)).enhance(SATURATION)
    toned = Image.blend(sheet, Image.new("RGB", sheet.size, "white"), WHITE)
    out = io.BytesIO()
    toned.save(out, "JPEG", quality=QUALITY)
    corner = from_mercator(box[0] / cut.tile_px, box[1] / cut.tile_px, cut.zoom)
    other = from_mercator(box[2] / cut.tile_px, box[3] / cut.tile_px, cut.zoom)
    return BaseMap(
        raster=Raster(data=out.getvalue()), west=corner.lon, south=other.lat, east=other.lon, north=corner.lat
    )
