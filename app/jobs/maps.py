"""Map files: which there are, a new one taken in, and their tiles in the colours of a theme."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import resources
from app.base.errors import BadInput, GatljusError, reason_of
from app.base.files import make_folder, pieces_of, written_whole
from app.base.job import Job, Step
from app.base.words import _
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
    own = sorted(own_maps(session).glob("*.mbtiles"))
    return [*own, resources.path(SAMPLE_MAP)]


def map_files(session: Session) -> list[MapFile]:
    """The map files that can be read, best first."""
    found = []
    for path in map_paths(session):
        with suppress(GatljusError), TileMap(path) as tiles:
            found.append(MapFile(path, tiles.info))
    return found


def own_maps(session: Session) -> Path:
    """The folder of the maps that a person has added."""
    return session.home / "maps"


def add_map(session: Session, source: Path) -> Job[MapFile]:
    """Take a map file into the home, whole or not at all; one of the same name is replaced. Raises BadInput where it is
    no map that can be drawn, or cannot be read or kept."""
    with TileMap(source) as tiles:
        info = tiles.info
    text = _("Kopierar kartan {name}").format(name=info.name)
    path = own_maps(session) / f"{source.stem}.mbtiles"
    try:
        if path.exists() and path.samefile(source):
            return MapFile(path, info)
        make_folder(path.parent)
        done, total = 0, source.stat().st_size
        with written_whole(path) as out:
            for piece in pieces_of(source):
                out.write(piece)
                done += len(piece)
                yield Step(text, done, total)
    except OSError as error:
        raise BadInput(
            "map-not-kept",
            _("Kartan {name} kunde inte kopieras: {why}.").format(name=source.name, why=reason_of(error)),
            _("Försök igen när det är rättat."),
        ) from error
    return MapFile(path, info)


def remove_map(session: Session, file: MapFile) -> None:
    """Remove a map that a person has added. Raises BadInput for any other, or where it cannot be removed."""
    if file.path.parent != own_maps(session):
        raise BadInput("map-of-program", _("Den kartan följer med programmet."), _("Ta bort en som du har lagt till."))
    try:
        file.path.unlink(missing_ok=True)
    except OSError as error:
        text = _("Kartan {name} kunde inte tas bort: {why}.").format(name=file.info.name, why=reason_of(error))
        raise BadInput("map-not-removed", text, _("Försök igen när det är rättat.")) from error


class OpenMaps:
    """Map files, open for one thread. `colors`: what `recoloured` asks for, or None for tiles as they lie."""

    def __init__(self, files: Sequence[MapFile], colors: Mapping[str, str] | None) -> None:
        self._colors = colors
        self._maps: list[TileMap] = []
        for each in files:
            with suppress(GatljusError):
                self._maps.append(TileMap(each.path))

    @property
    def infos(self) -> list[MapInfo]:
        """What each of them says of itself."""
        return [each.info for each in self._maps]

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
