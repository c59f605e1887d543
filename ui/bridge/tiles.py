"""Map tiles, read and recoloured in a thread of their own, newest wish first."""

import math
from collections import OrderedDict, deque
from collections.abc import Mapping, Sequence
from threading import Condition

from PySide6.QtCore import QByteArray, QObject, QThread, Signal
from PySide6.QtGui import QImage, QPixmap

from app.domain.values import Position
from app.jobs.maps import MapFile, OpenMaps

Key = tuple[int, int, int]
"""Zoom, x, y; y counted from the north."""

MOST_TILES = 200
"""Tiles held ready: 512 × 512 pixels are 1 MB."""


class _Reader(QThread):
    read = Signal(object, QImage)

    def __init__(self, files: Sequence[MapFile], colors: Mapping[str, str] | None, parent: QObject) -> None:
        super().__init__(parent)
        self._files, self._colors = files, colors
        self._wishes: deque[Key] = deque()
        self._more = Condition()
        self._over = False

    def ask(self, key: Key) -> Key | None:
        """Wish for a tile. Returns the oldest wish where it had to give way."""
        with self._more:
            self._wishes.append(key)
            self._more.notify()
            return self._wishes.popleft() if len(self._wishes) > MOST_TILES // 2 else None

    def hurry(self, key: Key) -> None:
        """A wish is the newest again, where it still waits: what is looked at now comes before what one passed."""
        with self._more:
            if key in self._wishes and self._wishes[-1] != key:
                self._wishes.remove(key)
                self._wishes.append(key)

    def stop(self) -> None:
        with self._more:
            self._over = True
            self._more.notify()
        self.wait()

    def _next(self) -> Key | None:
        with self._more:
            while not self._wishes and not self._over:
                self._more.wait()
            return None if self._over else self._wishes.pop()

    def run(self) -> None:
        """Called by Qt in the new thread."""
        maps = OpenMaps(self._files, self._colors)
        while (key := self._next()) is not None:
            image = QImage()
            data = maps.tile(*key)
            if data:
                image.loadFromData(QByteArray(data))
            self.read.emit(key, image)
        maps.close()


class Tiles(QObject):
    """The tiles of these map files in one theme. `arrived` is emitted when one that was asked for is there.

    Stopped with `stop`; the thread is started by the first wish.
    """

    arrived = Signal()

    def __init__(
        self, files: Sequence[MapFile], colors: Mapping[str, str] | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.files = list(files)
        self._held: OrderedDict[Key, QPixmap | None] = OrderedDict()
        self._asked: set[Key] = set()
        self._stopped = False
        self._reader = _Reader(self.files, colors, self)
        self._reader.read.connect(self._keep)

    @property
    def deepest(self) -> int:
        """The closest zoom that any map has."""
        return max((each.info.max_zoom for each in self.files), default=18)

    @property
    def attribution(self) -> str:
        """What must be visible wherever the map is."""
        return " · ".join(dict.fromkeys(each.info.attribution for each in self.files if each.info.attribution))

    @property
    def start(self) -> Position:
        """The middle of the first map, so that the first picture is not the sea."""
        if not self.files:
            return Position(62.0, 16.0)
        bounds = self.files[0].info.bounds
        return Position((bounds.south + bounds.north) / 2, (bounds.west + bounds.east) / 2)

    def get(self, zoom: int, x: int, y: int) -> QPixmap | None:
        """The tile, or None while it is on its way or where no map has it (`lacks`)."""
        key = (zoom, x, y)
        if key in self._held:
            self._held.move_to_end(key)
            return self._held[key]
        if key in self._asked:
            self._reader.hurry(key)
        elif self._touches(key):
            self._asked.add(key)
            if not self._reader.isRunning() and not self._stopped:
                self._reader.start()
            gave_way = self._reader.ask(key)
            if gave_way is not None:
                self._asked.discard(gave_way)
        return None

    def lacks(self, zoom: int, x: int, y: int) -> bool:
        """Whether it was found that no map has this tile, though one says that it shows what is there."""
        return (key := (zoom, x, y)) in self._held and self._held[key] is None

    def _touches(self, key: Key) -> bool:
        """Whether any map may have a tile; elsewhere nothing needs to be asked."""
        zoom, x, y = key
        side = 1 << zoom
        west, east = x / side * 360 - 180, (x + 1) / side * 360 - 180
        north, south = (math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * k / side)))) for k in (y, y + 1))
        return any(
            each.info.min_zoom <= zoom <= each.info.max_zoom
            and each.info.bounds.west < east
            and west < each.info.bounds.east
            and each.info.bounds.south < north
            and south < each.info.bounds.north
            for each in self.files
        )

    def parent_of(self, zoom: int, x: int, y: int) -> tuple[QPixmap, int] | None:
        """The nearest coarser tile that is held and shows this one, and how many zooms coarser it is."""
        for up in range(1, 6):
            found = self._held.get((zoom - up, x >> up, y >> up))
            if found is not None:
                return found, up
        return None

    def waits(self) -> bool:
        """Whether tiles are on their way."""
        return bool(self._asked)

    def _keep(self, key: Key, image: QImage) -> None:
        self._asked.discard(key)
        self._held[key] = None if image.isNull() else QPixmap.fromImage(image)
        while len(self._held) > MOST_TILES:
            self._held.popitem(last=False)
        self.arrived.emit()

    def stop(self) -> None:
        """End the thread; a late repaint starts none."""
        self._stopped = True
        if self._reader.isRunning():
            self._reader.stop()
