"""The letters of groups on what they walked: a disc on each track, where the discs lie well apart."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from ui.widgets.look import Look
from ui.widgets.map_frame import MapFrame, flat
from ui.widgets.map_model import MapLine
from ui.widgets.map_sprites import paint_letter

PARTS = 6
"""Groups part and meet again: a disc lies at one of so many parts of the way, never at its ends."""
SIDE = 26


def lettered(lines: Sequence[MapLine]) -> list[tuple[QPointF, str]]:
    """Where in the world's square the letter of each way lies that has one: as far from those before as it can."""
    found: list[tuple[QPointF, str]] = []
    for line in lines:
        points = [each for piece in line.pieces for each in piece]
        if not line.letter or not points:
            continue
        spots = [QPointF(*flat(points[len(points) * k // PARTS])) for k in (3, 2, 4, 1, 5)]
        found.append((max(spots, key=lambda spot: _away(spot, found)), line.letter))
    return found


def _away(spot: QPointF, others: Sequence[tuple[QPointF, str]]) -> float:
    return min(((spot - other).manhattanLength() for other, _letter in others), default=0.0)


def paint_letters(
    painter: QPainter, look: Look, frame: MapFrame, letters: Sequence[tuple[QPointF, str]], part: QRectF
) -> None:
    """Draw the discs that reach into a part of the picture."""
    side = look.icon_px(SIDE)
    for spot, letter in letters:
        box = QRectF(0, 0, side, side)
        box.moveCenter(frame.point(spot.x(), spot.y()))
        if box.adjusted(-2, -2, 2, 2).intersects(part):
            paint_letter(painter, look, box, letter)
