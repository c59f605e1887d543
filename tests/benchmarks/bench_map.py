"""A frame of the map while it is drawn along and while it is zoomed: track and marks on the tiles, against the tiles
alone.

The screen has two device pixels per pixel, as tablets have. Every second frame is drawn by the other of two maps that
move in step, so that whatever else the machine does hits both.
"""

import math
import os
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.geo import Plane
from app.domain.live import Trail
from app.domain.track import Fix
from app.domain.values import Position, Severity
from app.jobs.maps import map_files
from app.session import Session
from tests.benchmarks.protocol import Benchmark, Outcome, compare
from ui.bridge.tiles import Tiles
from ui.widgets.look import Look, load_fonts
from ui.widgets.map_model import MapLine, Mark, MarkKind
from ui.widgets.map_own import Own
from ui.widgets.map_picture import SETTLES_MS
from ui.widgets.map_view import MapView

WIDE, HIGH, RATIO = 1280, 800, 2.0
MIDDLE = Position(60.1717, 24.9443)
FIXES, MARKS = 3600, 10_000
SEED = 7
BEGINS = datetime(2026, 10, 23, 16, 5, tzinfo=UTC)
FRAMES = 20
PINCHED = QPointF(500, 350)
Move = Callable[[MapView], None]


def _track() -> MapLine:
    """An hour's walk in loops, a fix a second, as shaky as a receiver's."""
    shaky = random.Random(SEED)
    fixes = [
        Position(
            MIDDLE.lat + 0.005 * math.sin(k / 190) + shaky.gauss(0, 0.00001),
            MIDDLE.lon + 0.007 * math.sin(k / 270) + shaky.gauss(0, 0.00002),
        )
        for k in range(FIXES)
    ]
    return MapLine((tuple(fixes[:2000]), tuple(fixes[2050:])))


def _marks() -> list[Mark]:
    shaky = random.Random(SEED)
    return [
        Mark(
            f"{k:05}",
            MarkKind.OBSERVATION,
            Position(MIDDLE.lat + shaky.uniform(-0.007, 0.007), MIDDLE.lon + shaky.uniform(-0.009, 0.009)),
            f"A{k}",
            severity=shaky.choice(list(Severity)),
        )
        for k in range(MARKS)
    ]


class _Screen(MapView):
    """A map on a screen of two device pixels per pixel."""

    def devicePixelRatioF(self) -> float:  # noqa: N802, Qt's name
        """Two."""
        return RATIO


class Two:
    """Two maps of the same place: tiles alone, and with track and marks."""

    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        self.app = QApplication.instance() or QApplication(["bench"])
        load_fonts()
        with closing(Session(folder / "home")) as session:
            self.tiles = Tiles(map_files(session), None)
        look = Look(field=True)
        self.bare, self.full = (_Screen(look, self.tiles, name) for name in ("bare", "full"))
        self.full.show_lines([_track()])
        self.full.show_marks(_marks())
        self._sheet = QPixmap(round(WIDE * RATIO), round(HIGH * RATIO))
        self._sheet.setDevicePixelRatio(RATIO)
        self._trail, self._fixes = Trail(), 0
        for each in (self.bare, self.full):
            each.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            each.resize(WIDE, HIGH)
            each.show()

    def show(self, zoom: float, move: Move) -> None:
        """Go to a zoom, wait until all tiles of a movement from there are there, and come to rest."""
        for each in (self.bare, self.full):
            each.go_to(MIDDLE, zoom)
        move(self.bare)
        while self.tiles.waits():
            QTest.qWait(5)
            if not self.tiles.waits():
                move(self.bare)
        # What is drawn of many marks is worked out at rest, and kept while the map moves.
        QTest.qWait(2 * SETTLES_MS)
        for each in (self.bare, self.full):
            each.render(self._sheet)

    def live(self, move: Move, which: MapView) -> None:
        """A movement during which a fix comes: one is somewhere else, and the way walked is longer. On the map of tiles
        alone nobody is."""
        if which is self.full:
            self._fixes += 1
            here = Plane(MIDDLE).position(1.3 * self._fixes, 60 * math.sin(self._fixes / 40))
            moment = BEGINS + timedelta(seconds=self._fixes)
            self._trail.take(Fix(moment, here.lat, here.lon, hdop=1.0))
            which.show_own(Own(here, 6.0, self._fixes * 7 % 360))
            which.show_trail(self._trail)
        move(which)

    def pan(self, which: MapView) -> None:
        """Frames of a movement to and fro."""
        for k in range(FRAMES):
            step = 4 if k < FRAMES // 2 else -4
            which.pan_by(step, step)
            which.render(self._sheet)

    def zoom(self, way: float, which: MapView) -> None:
        """Frames of a movement one zoom closer (`way` 1) or further (-1) and back, round a place beside the middle."""
        for k in range(FRAMES):
            which.zoom_at(way * 2 / FRAMES * (1 if k < FRAMES // 2 else -1), PINCHED)
            which.render(self._sheet)

    def end(self) -> None:
        """Let go of the maps."""
        self.tiles.stop()
        for each in (self.bare, self.full):
            each.close()
            each.deleteLater()


def _moved(two: Two, zoom: float, move: Move) -> Outcome:
    two.show(zoom, move)
    return compare(lambda: move(two.full), lambda: move(two.bare))


def benchmarks() -> Iterator[Benchmark]:
    """Drawing along at three zooms, and zooming from each of them, closer and further; both while one walks."""
    with tempfile.TemporaryDirectory(prefix="gatljus-") as folder:
        two = Two(Path(folder))
        for zoom in (14.0, 15.4, 17.0):
            moves: dict[str, Move] = {
                "panned": two.pan,
                "zoomed closer and back": partial(two.zoom, 1),
                "zoomed further and back": partial(two.zoom, -1),
            }
            for words, move in moves.items():
                name = f"map {words} at zoom {zoom:g}: {FIXES} fixes and {MARKS} marks / tiles alone"
                yield Benchmark(name, "ratio", 2.5, partial(_moved, two, zoom, move))
        move = partial(two.live, two.pan)
        name = f"map panned at zoom 17 while one walks, a fix each {FRAMES} frames / tiles alone"
        yield Benchmark(name, "ratio", 2.5, partial(_moved, two, 17.0, move))
        move = partial(two.live, partial(two.zoom, 1))
        name = f"map zoomed from zoom 15.4 while one walks, a fix each {FRAMES} frames / tiles alone"
        yield Benchmark(name, "ratio", 2.5, partial(_moved, two, 15.4, move))
        two.end()
