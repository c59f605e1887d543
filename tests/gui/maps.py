"""Maps for tests: what lies on them, the tiles of the program's own map, a window with nothing but a map."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.values import Position, Severity
from app.jobs.maps import MapFile
from app.places.mbtiles import Bounds, MapInfo
from tests.gui.hands import until
from ui.bridge.tiles import Tiles
from ui.widgets.look import Look
from ui.widgets.map_model import Mark, MarkKind
from ui.widgets.map_view import MapPane, MapView

MIDDLE = Position(60.1717, 24.9443)
AWAY = Position(59.3293, 18.0686)
"""Where the program's map has long ended."""
CREDIT = "© OpenStreetMap contributors"


def observation(key: str, lat: float, lon: float, severity: Severity | None = Severity.NOTICEABLE) -> Mark:
    """A mark that may be moved."""
    return Mark(key, MarkKind.OBSERVATION, Position(lat, lon), key, severity=severity, movable=True)


def stop(key: str, lat: float, lon: float) -> Mark:
    """A stop."""
    return Mark(key, MarkKind.STOP, Position(lat, lon), key, number=key[-1])


def photo(key: str, lat: float, lon: float) -> Mark:
    """A photo that shows no observation."""
    return Mark(key, MarkKind.PHOTO, Position(lat, lon), key)


class Maps:
    """Opens windows with nothing but a map, and closes them all. `files`: the maps of this device."""

    def __init__(self, app: QApplication, files: Sequence[MapFile]) -> None:
        self._app, self._files = app, files
        self._windows: list[QWidget] = []
        self._tiles: list[Tiles] = []

    def __call__(self, look: Look | None = None, zoom: float = 16.0, files: Sequence[MapFile] = ()) -> MapView:
        """A map of the middle of Helsinki, 800 × 600."""
        made = MapView(look or Look(calm=True), self._tiles_of(files), "Karta")
        self._open(made, 800, 600)
        made.go_to(MIDDLE, zoom)
        return made

    def framed(self, look: Look, files: Sequence[MapFile]) -> MapPane:
        """A map with its buttons, 400 × 600."""
        window, pane = QWidget(), MapPane(look, self._tiles_of(files), "Karta")
        pane.setParent(window)
        pane.resize(400, 600)
        self._open(window, 400, 600)
        return pane

    def _tiles_of(self, files: Sequence[MapFile]) -> Tiles:
        self._tiles.append(Tiles(files or self._files, None))
        return self._tiles[-1]

    def _open(self, window: QWidget, width: int, height: int) -> None:
        self._windows.append(window)
        window.resize(width, height)
        window.show()
        QTest.qWaitForWindowExposed(window)

    def close(self) -> None:
        """Close the windows; then nobody asks for tiles any more."""
        for each in self._windows:
            each.close()
            each.deleteLater()
        self._app.processEvents()
        for tiles in self._tiles:
            tiles.stop()


def still(map_: MapView) -> None:
    """Wait until the map lies still and all its tiles are there."""
    until(lambda: not map_._settle.isActive(), "the map at rest")
    map_.grab()
    until(lambda: not map_.tiles.waits(), "the tiles")


def said_to_be(name: str, attribution: str, bounds: Bounds, zooms: tuple[int, int] = (12, 18)) -> MapFile:
    """A map file that is known by what it says of itself alone."""
    middle = Position((bounds.south + bounds.north) / 2, (bounds.west + bounds.east) / 2)
    info = MapInfo(
        name=name, attribution=attribution, licence="", description="", format="png", bounds=bounds, center=middle,
        min_zoom=zooms[0], max_zoom=zooms[1], tile_px=256, data_date="",
    )  # fmt: skip
    return MapFile(Path(f"{name}.mbtiles"), info)
