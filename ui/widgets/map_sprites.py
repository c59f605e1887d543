"""Marks as small pictures, each drawn once."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from app.domain.values import Severity
from ui.widgets.look import Look, icon_named
from ui.widgets.map_model import Mark, MarkKind
from ui.widgets.map_spots import Spot
from ui.widgets.paint import paint_box, paint_icon, paint_number, paint_severity

MARGIN = 14
"""Room round a mark for its halo, tick, badge and ring."""
HALO = 2.5
"""So far the halo of a mark reaches."""


class Sprite(NamedTuple):
    """All that decides how a spot looks. `many`: so many marks; `gathered`: at several places."""

    kind: MarkKind
    severity: Severity | None
    number: str
    here: bool
    done: bool
    many: int
    gathered: bool
    current: bool
    letter: str


SIZES = {MarkKind.PHOTO: 26, MarkKind.OBSERVATION: 30}
LARGE = 34


def size_of(look: Look, kind: MarkKind) -> int:
    """How wide a mark is: it grows less than text."""
    grown = 1 + 0.4 * (look.scale - 1)
    return round(SIZES.get(kind, LARGE) * grown * (4 / 3 if look.gloves else 1))


def sprite_of(spot: Spot, current: str) -> Sprite:
    """How a spot looks; `current` is the key of the mark one is at."""
    mark, count = spot.top, len(spot.marks)
    is_current = bool(current) and any(each.key == current for each in spot.marks)
    letters = {each.letter for each in spot.marks}
    letter = mark.letter if len(letters) == 1 else ""
    return Sprite(mark.kind, mark.severity, mark.number, mark.here, mark.done, count, spot.apart, is_current, letter)


class Sprites:
    """The small pictures of a look, for a screen of `ratio` device pixels per pixel."""

    def __init__(self, look: Look, ratio: float) -> None:
        self.look, self.ratio = look, ratio
        self._held: dict[Sprite, QPixmap] = {}

    def of(self, sprite: Sprite) -> QPixmap:
        """The picture; its middle is where the mark lies."""
        found = self._held.get(sprite)
        if found is None:
            found = self._held[sprite] = self._drawn(sprite)
        return found

    def of_mark(self, mark: Mark) -> QPixmap:
        """The picture of a mark that is held by a finger."""
        return self.of(sprite_of(Spot([mark], 0, 0), mark.key))

    def halved(self, picture: QPixmap) -> tuple[QPixmap, QPointF]:
        """A picture, and where its middle lies in it."""
        half = picture.width() / self.ratio / 2
        return picture, QPointF(half, half)

    def _drawn(self, sprite: Sprite) -> QPixmap:
        side = size_of(self.look, sprite.kind)
        if sprite.here or (sprite.gathered and sprite.many > 1):
            side = round(side * 1.22)
        whole = side + 2 * MARGIN
        picture = QPixmap(round(whole * self.ratio), round(whole * self.ratio))
        picture.setDevicePixelRatio(self.ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(MARGIN, MARGIN, side, side)
        if sprite.current:
            painter.setPen(QPen(self.look.color("halo"), 7))
            painter.drawEllipse(box.adjusted(-6, -6, 6, 6))
            painter.setPen(QPen(self.look.color("focus"), 4))
            painter.drawEllipse(box.adjusted(-6, -6, 6, 6))
        if sprite.gathered and sprite.many > 1:
            self._gathering(painter, box, sprite)
        else:
            self._mark(painter, box, sprite)
        painter.end()
        return picture

    def _halo(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.color("halo"))
        painter.drawEllipse(box.adjusted(-HALO, -HALO, HALO, HALO))

    def _mark(self, painter: QPainter, box: QRectF, sprite: Sprite) -> None:
        look = self.look
        if sprite.kind == MarkKind.STOP:
            self._halo(painter, box)
            paint_number(painter, look, box, sprite.number, filled=sprite.here, done=sprite.done)
        elif sprite.kind == MarkKind.PRESSED:
            for width, role in ((8, "halo"), (4, "focus")):
                painter.setPen(QPen(look.color(role), width))
                painter.drawLine(QPointF(box.center().x(), box.top()), QPointF(box.center().x(), box.bottom()))
                painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()))
        elif sprite.kind == MarkKind.OBSERVATION and sprite.severity is not None:
            paint_severity(painter, look, box, sprite.severity, halo=True)
        else:
            photo = sprite.kind == MarkKind.PHOTO
            icon = icon_named("action", "photo" if photo else "help")
            self._halo(painter, box)
            painter.setPen(QPen(look.color("text2"), 2))
            painter.setBrush(look.color("surface"))
            painter.drawEllipse(box.adjusted(1, 1, -1, -1))
            inner = box.width() * 0.2
            paint_icon(painter, look, box.adjusted(inner, inner, -inner, -inner), icon, look.color("text"))
        if sprite.many > 1:
            self._badge(painter, box, str(sprite.many))
        if sprite.letter:
            middle = box.bottomLeft() + QPointF(2, -2)
            paint_letter(painter, look, QRectF(middle.x() - 10, middle.y() - 10, 20, 20), sprite.letter)

    def _badge(self, painter: QPainter, box: QRectF, text: str) -> None:
        """How many lie here, at the mark's shoulder."""
        font = self.look.font("meta", weight=700)
        font.setPixelSize(13)
        painter.setFont(font)
        wide = max(18.0, painter.fontMetrics().horizontalAdvance(text) + 9.0)
        plate = QRectF(min(box.right() - 7, box.right() + MARGIN - wide), box.top() - 9, wide, 18)
        paint_box(painter, plate, self.look.color("text"), self.look.color("halo"), radius=9, width=1.5)
        painter.setPen(self.look.color("bg"))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)

    def _gathering(self, painter: QPainter, box: QRectF, sprite: Sprite) -> None:
        """A disc with how many, said so that it is no stop's number, and at its shoulder the worst of them."""
        look = self.look
        self._halo(painter, box)
        painter.setPen(QPen(look.color("bg"), 2))
        painter.setBrush(look.color("text2"))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        text = f"×{sprite.many}"
        font = look.font("body", weight=700)
        font.setPixelSize(round(box.height() * (0.46 if len(text) < 3 else 0.4 if len(text) < 4 else 0.3)))
        painter.setFont(font)
        painter.setPen(look.color("bg"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        if sprite.severity is not None:
            small = QRectF(0, 0, 20, 20)
            small.moveCenter(box.topRight() + QPointF(-3, 3))
            paint_severity(painter, look, small, sprite.severity, halo=True)


def paint_letter(painter: QPainter, look: Look, box: QRectF, letter: str) -> None:
    """The disc of a group or of another device, with its letter: its ring is the colour of what was walked."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("halo"))
    painter.drawEllipse(box.adjusted(-1.5, -1.5, 1.5, 1.5))
    painter.setPen(QPen(look.color("track"), 2))
    painter.setBrush(look.color("surface"))
    painter.drawEllipse(box.adjusted(1, 1, -1, -1))
    font = look.font("strong", weight=700)
    font.setPixelSize(round(box.height() * (0.62 if len(letter) < 2 else 0.46)))
    painter.setFont(font)
    painter.setPen(look.color("text"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)
