"""A frame of the map while it is drawn along: track and marks on the tiles, against the tiles alone.

The screen has two device pixels per pixel, as tablets have. Every second frame is drawn by the other of two maps that
move in step, so that whatever else the machine does hits both.
"""

import math
import os
import random
import tempfile
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.values import Position, Severity
from app.jobs.maps import map_files
from app.session import Session
from tests.benchmarks.protocol import Benchmark, Outcome, compare
from ui.bridge.tiles import Tiles
from ui.widgets.look import Look, load_fonts
from ui.widgets.map_model import MapLine, Mark, MarkKind
from ui.widgets.map_view import MapView

WIDE, HIGH, RATIO = 1280, 800, 2.0
MIDDLE = Position(60.1717, 24.9443)
FIXES, MARKS = 3600, 10_000
SEED = 7
FRAMES = 20


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
        self._step = 0
        for each in (self.bare, self.full):
            each.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            each.resize(WIDE, HIGH)
            each.show()

    def show(self, zoom: float) -> None:
        """Go to a zoom and wait until the tiles round the middle are there."""
        for each in (self.bare, self.full):
            each.go_to(MIDDLE, zoom)
            each.pan_by(80, 60)
            each.render(self._sheet)
            each.pan_by(-160, -120)
            each.render(self._sheet)
            each.pan_by(80, 60)
            each.render(self._sheet)
        while self.tiles.waits():
            QTest.qWait(5)

    def pan(self, which: MapView) -> None:
        """Frames of a movement to and fro."""
        for k in range(FRAMES):
            step = 4 if k < FRAMES // 2 else -4
            which.pan_by(step, step)
            which.render(self._sheet)

    def end(self) -> None:
        """Let go of the maps."""
        self.tiles.stop()
        for each in (self.bare, self.full):
            each.close()
            each.deleteLater()


def _panned(two: Two, zoom: float) -> Outcome:
    two.show(zoom)
    return compare(lambda: two.pan(two.full), lambda: two.pan(two.bare))


def benchmarks() -> Iterator[Benchmark]:
    """Drawing along, at three zooms."""
    with tempfile.TemporaryDirectory(prefix="gatljus-") as folder:
        two = Two(Path(folder))
        for zoom in (14.0, 15.4, 17.0):
            name = f"map panned at zoom {zoom:g}: {FIXES} fixes and {MARKS} marks / tiles alone"
            yield Benchmark(name, "ratio", 2.5, partial(_panned, two, zoom))
        two.end()
