"""What fingers and pointers do to a map: press, draw along, throw, pinch, carry a mark."""

import math
from collections import deque
from collections.abc import Sequence
from time import monotonic
from typing import Protocol

from PySide6.QtCore import QObject, QPointF, QTimer

from ui.widgets.look import Look

STILL_PX, GLOVE_STILL_PX = 8, 16
"""So far a press may slip and is still a press."""
FRAME_MS = 16
SLOWS = 0.92
"""What is left of the speed after each frame of a throw."""
STOPS_AT = 0.5
LOOK_BACK_S = 0.12
TWICE_S, TWICE_PX = 0.35, 24
"""Two presses so soon and so near are one of two."""


class Grip(Protocol):
    """What a hand asks of the map."""

    def pan_by(self, right: float, down: float) -> None:
        """Draw the ground along."""

    def zoom_at(self, steps: float, still: QPointF) -> None:
        """Zoom; what is seen at `still` stays there."""

    def tap(self, point: QPointF) -> None:
        """Press here."""

    def tap_again(self, point: QPointF) -> None:
        """Press a second time at once, at the same place."""

    def take(self, point: QPointF) -> bool:
        """Take the mark that lies here, if it may be carried."""

    def carry(self, point: QPointF) -> None:
        """Hold the taken mark here."""

    def put_down(self, point: QPointF | None) -> None:
        """Put it down here; None: where it was."""


class Hand(QObject):
    """One or two fingers, or a pointer. Points are those of the map."""

    def __init__(self, look: Look, grip: Grip, parent: QObject) -> None:
        super().__init__(parent)
        self._grip, self._calm = grip, look.calm
        self._still = GLOVE_STILL_PX if look.gloves else STILL_PX
        self._from: QPointF | None = None
        self._last: list[QPointF] = []
        self._drawn = self._carries = False
        self._speed = QPointF()
        self._tapped: tuple[float, QPointF] | None = None
        self._trail: deque[tuple[float, QPointF]] = deque(maxlen=12)
        self._throw = QTimer(self, interval=FRAME_MS)
        self._throw.timeout.connect(self._fly)

    def down(self, points: Sequence[QPointF]) -> None:
        """The first finger touches, or another one."""
        self._throw.stop()
        if self._from is None:
            self._from = points[0]
            self._drawn = False
            self._trail.clear()
        if len(points) > 1:
            self._drawn = True
            self._trail.clear()
            if self._carries:
                self._carries = False
                self._grip.put_down(None)
        self._last = list(points)

    def move(self, points: Sequence[QPointF]) -> None:
        """The fingers move."""
        if self._from is None or not points:
            return
        if len(points) != len(self._last):
            self._last = list(points)
            return
        if not self._drawn:
            slip = points[0] - self._from
            if math.hypot(slip.x(), slip.y()) < self._still:
                return
            self._drawn = True
            self._carries = self._grip.take(self._from)
        if self._carries:
            self._grip.carry(points[0])
        elif len(points) > 1:
            self._pinch(points)
        else:
            step = points[0] - self._last[0]
            self._grip.pan_by(step.x(), step.y())
            self._trail.append((monotonic(), points[0]))
        self._last = list(points)

    def _pinch(self, points: Sequence[QPointF]) -> None:
        def middle(two: Sequence[QPointF]) -> QPointF:
            return (two[0] + two[1]) / 2

        def span(two: Sequence[QPointF]) -> float:
            apart = two[0] - two[1]
            return max(1.0, math.hypot(apart.x(), apart.y()))

        step = middle(points) - middle(self._last)
        self._grip.pan_by(step.x(), step.y())
        self._grip.zoom_at(math.log2(span(points) / span(self._last)), middle(points))

    def up(self, point: QPointF) -> None:
        """The last finger leaves."""
        began, self._from = self._from, None
        if began is None:
            return
        if self._carries:
            self._carries = False
            self._grip.put_down(point)
        elif not self._drawn:
            self._tap(began)
        elif not self._calm:
            self._let_fly()

    def _tap(self, point: QPointF) -> None:
        before, now = self._tapped, monotonic()
        if before and now - before[0] < TWICE_S and (point - before[1]).manhattanLength() < TWICE_PX:
            self._tapped = None
            self._grip.tap_again(point)
            return
        self._tapped = (now, point)
        self._grip.tap(point)

    def cancel(self) -> None:
        """The touch was taken away."""
        self._from = None
        if self._carries:
            self._carries = False
            self._grip.put_down(None)

    def rest(self) -> None:
        """Let the map lie still, and the next press be a first one."""
        self._throw.stop()
        self._tapped = None

    def _let_fly(self) -> None:
        now = monotonic()
        recent = [(when, where) for when, where in self._trail if now - when < LOOK_BACK_S]
        if len(recent) < 2 or recent[-1][0] - recent[0][0] < 0.005:
            return
        way, took = recent[-1][1] - recent[0][1], recent[-1][0] - recent[0][0]
        self._speed = way * (FRAME_MS / 1000 / took)
        self._throw.start()

    def _fly(self) -> None:
        self._grip.pan_by(self._speed.x(), self._speed.y())
        self._speed *= SLOWS
        if math.hypot(self._speed.x(), self._speed.y()) < STOPS_AT:
            self._throw.stop()
