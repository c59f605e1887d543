"""What is painted: every piece of text that a widget draws itself, with the room it was given.

Labels and fields are Qt's to draw and can be asked. Buttons, rows of lists, tiles, chips and cells draw their words
themselves, and only what they did tells whether the words had room.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from ui.widgets.map_picture import MapPicture

ENDLESS = 16777215
ACROSS = int(Qt.AlignmentFlag.AlignHorizontal_Mask | Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)
NEAR = 2
"""Pixels by which letters may lie over each other: lines are higher than what stands in them."""


@dataclass(frozen=True)
class Painted:
    """Words, the room they were given, the room they need, and where they came to lie, in pixels of what was painted
    on."""

    text: str
    room: QRect
    needed: QRect
    place: QRect
    on: QWidget | None

    @property
    def is_words(self) -> bool:
        """Whether it is more than a sign, an icon or a number on a mark."""
        return sum(sign.isalpha() and sign.isprintable() for sign in self.text) > 1

    def cut(self) -> str:
        """What is wrong with its room; "" where nothing is."""
        wide, high = self.needed.width(), self.needed.height()
        if wide > self.room.width() + 1 or high > self.room.height() + 1:
            return f"needs {wide} × {high}, has {self.room.width()} × {self.room.height()}"
        if self.on is None:
            return ""
        whole = self.on.rect()
        if self.place.left() < whole.left() - 1 or self.place.right() > whole.right() + 1:
            return f"reaches from {self.place.left()} to {self.place.right()} of {whole.width()}"
        scrolls = isinstance(self.on.parentWidget(), QAbstractScrollArea)
        if not scrolls and (self.place.top() < whole.top() - 1 or self.place.bottom() > whole.bottom() + 1):
            return f"reaches from {self.place.top()} to {self.place.bottom()} of {whole.height()} down"
        return ""


def painted(root: QWidget) -> list[Painted]:
    """All that is painted anew of a widget and what it holds."""
    found: list[Painted] = []
    draw = QPainter.drawText

    def drawn(painter: QPainter, *said: Any) -> Any:
        found.append(_told(painter, said))
        return draw(painter, *said)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QPainter, "drawText", drawn)
        root.grab()
    return found


def _told(painter: QPainter, said: Sequence[Any]) -> Painted:
    text, metrics = str(said[-1]), painter.fontMetrics()
    device = painter.device()
    on = device if isinstance(device, QWidget) else None
    if len(said) == 2:
        place = metrics.boundingRect(text).translated(_point(said[0]))
        room = needed = place
    else:
        room, flags = _rect(said[0]), int(said[1])
        needed = metrics.boundingRect(QRect(0, 0, room.width(), ENDLESS), flags & ACROSS, text)
        place = metrics.boundingRect(room, flags, text)
    return Painted(text, room, needed, painter.worldTransform().mapRect(place), on)


def _rect(room: QRect | QRectF) -> QRect:
    return room.toRect() if isinstance(room, QRectF) else room


def _point(at: QPoint | QPointF) -> QPoint:
    return at.toPoint() if isinstance(at, QPointF) else at


def words_over_words(drawn: Sequence[Painted]) -> Iterator[str]:
    """Words that lie over other words or icons of the same widget. What lies on a map moves over everything else."""
    among: dict[QWidget, list[Painted]] = {}
    for each in drawn:
        if each.on is not None and not isinstance(each.on, MapPicture):
            among.setdefault(each.on, []).append(each)
    for several in among.values():
        for k, one in enumerate(several):
            for other in several[k + 1 :]:
                common = one.place & other.place
                meets = common.width() > NEAR and common.height() > NEAR
                if meets and (one.is_words or other.is_words) and one != other:
                    yield f"{one.text!r} and {other.text!r} overlap by {common.width()} × {common.height()}"
