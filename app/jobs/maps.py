"""Map files for the screen: which there are, and their tiles in the colours of a theme."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import resources
from app.base.errors import GatljusError
from app.places.mbtiles import MapInfo, TileMap
from app.places.recolour import recoloured
from app.session import Session

SAMPLE_MAP = "map/helsingfors.mbtiles"


@dataclass(frozen=True)
class MapFile:
    """A map file and what it says about itself."""

    path: Path
    info: MapInfo


def map_paths(session: Session) -> list[Path]:
    """The map files there are: those in the home's folder `maps`, then the one that comes with the program."""
    own = sorted((session.home / "maps").glob("*.mbtiles"))
    return [*own, resources.path(SAMPLE_MAP)]


def map_files(session: Session) -> list[MapFile]:
    """The map files that can be read, best first."""
    found = []
    for path in map_paths(session):
        with suppress(GatljusError), TileMap(path) as tiles:
            found.append(MapFile(path, tiles.info))
    return found


class OpenMaps:
    """Map files, open for one thread. `colors`: what `recoloured` asks for, or None for tiles as they lie."""

    def __init__(self, files: Sequence[MapFile], colors: Mapping[str, str] | None) -> None:
        self._colors = colors
        self._maps: list[TileMap] = []
        for each in files:
            with suppress(GatljusError):
                self._maps.append(TileMap(each.path))

    def tile(self, zoom: int, x: int, y: int) -> bytes | None:
        """The picture of a tile, from the first map that has it; None where none has. A damaged one is passed over."""
        for each in self._maps:
            if not each.info.min_zoom <= zoom <= each.info.max_zoom:
                continue
            with suppress(GatljusError):
                data = each.tile(zoom, x, y)
                if data:
                    return recoloured(data, self._colors) if self._colors else data
        return None

    def close(self) -> None:
        """Let go of the files."""
        for each in self._maps:
            each.close()
