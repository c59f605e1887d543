"""How a photo looks in a grid: its thumbnail over its words, or beside them where there is little height."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPixmap

from app.base.words import _
from ui.bridge.pictures import Pictures
from ui.widgets.chip import GROUNDS
from ui.widgets.look import Look
from ui.widgets.paint import CARD_RADIUS, CHIP_RADIUS, paint_box, paint_icon

LEAST_CELL = 196
PAD, GAP = 10, 6
HIGH = 192
"""No thumbnail over its words is higher, times the scale of the text."""


@dataclass(frozen=True)
class Cell:
    """One photo. `source`: icon and words; `chip`: words, icon and kind; `state`: words and icon of what is wrong;
    `thumb`: a blob, "" where it is not here; `now`: where it lies, said instead of its file's name; `spoken`: all of it
    for a screen reader."""

    key: str
    title: str
    name: str
    time: str
    source: tuple[str, str]
    chip: tuple[str, str, str]
    thumb: str = ""
    state: tuple[str, str] = ("", "")
    now: str = ""
    spoken: str = ""


def fit_into(size: QSize, box: QRect) -> QRect:
    """The middle of a picture of this size that has the proportions of a box: what fills the box without distortion."""
    wide = min(size.width(), round(size.height() * box.width() / max(1, box.height())))
    high = min(size.height(), round(size.width() * box.height() / max(1, box.width())))
    return QRect((size.width() - wide) // 2, (size.height() - high) // 2, wide, high)


def paint_thumb(
    painter: QPainter, look: Look, box: QRect, picture: QPixmap | None, state: tuple[str, str] = ("", "")
) -> None:
    """A small picture that fills its box; a well while it is on its way; what is wrong in words and icon."""
    paint_box(painter, box, look.color("sunken"), radius=6)
    if picture is not None and not picture.isNull():
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(box, picture, fit_into(picture.size(), box))
    if not state[0]:
        return
    font = look.font("meta", weight=600)
    metrics, side = QFontMetrics(font), look.icon_px(20)
    room = box.width() - side - 20
    words = metrics.boundingRect(0, 0, room, 1000, Qt.TextFlag.TextWordWrap, state[0])
    high = max(words.height(), side) + 10
    plate = QRect(box.left(), box.bottom() - high + 1, box.width(), high)
    ground, ink = (look.color(role) for role in GROUNDS["warn"])
    paint_box(painter, plate, ground, radius=6)
    paint_icon(painter, look, QRect(plate.left() + 6, plate.center().y() - side // 2, side, side), state[1], ink)
    painter.setFont(font)
    painter.setPen(ink)
    flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
    painter.drawText(QRect(plate.left() + side + 12, plate.top(), room + 8, high), flags, state[0])


class CellFace:
    """Measures and paints cells. `low`: the thumbnail stands beside the words, as it does where it would be high."""

    def __init__(self, look: Look, pictures: Pictures) -> None:
        self.look, self.pictures, self.low = look, pictures, False
        self._title, self._meta, self._chip = look.font("strong"), look.font("meta"), look.font("meta", weight=600)
        self._side = look.icon_px(20)
        self._words_wide = self._beside_wide = LEAST_CELL

    def least(self, cells: Sequence[Cell]) -> int:
        """How wide a cell must be so that nothing of these photos is cut, file names apart."""
        title, meta, chip = (QFontMetrics(font) for font in (self._title, self._meta, self._chip))
        beside = self._side + 16
        heads = {(len(each.title), each.time) for each in cells}
        digits = title.horizontalAdvance("0")
        self._words_wide = max(
            [0]
            + [title.horizontalAdvance(_("Foto {number}").format(number="")) + (n - 4) * digits
               + meta.horizontalAdvance(time) + 12 for n, time in heads]
            + [meta.horizontalAdvance(words) for words in {each.now for each in cells}]
            + [meta.horizontalAdvance(words) + beside for words in {each.source[1] for each in cells}]
            + [chip.horizontalAdvance(words) + beside + 8 for words in {each.chip[0] for each in cells}]
        )  # fmt: skip
        over = self._words_wide + 2 * (PAD + GAP)
        self._beside_wide = over + self._least_thumb(cells) + PAD
        return max(LEAST_CELL, self._beside_wide if self.low else over)

    def _least_thumb(self, cells: Sequence[Cell]) -> int:
        """How wide a thumbnail beside the words must be for what is said on it."""
        state = QFontMetrics(self._chip)
        said = {word for each in cells for word in each.state[0].split()}
        plate = max((state.horizontalAdvance(word) + self._side + 20 for word in said), default=0)
        return max(2 * self._lines() // 3, plate)

    def height(self, width: int) -> int:
        """How high a cell of a width is."""
        inner = width - 2 * (PAD + GAP)
        over = 0 if self._is_beside(inner) else self._thumb_height(inner) + 4
        return over + self._lines() + 2 * (PAD + GAP)

    def _is_beside(self, inner: int) -> bool:
        """Whether the thumbnail stands beside the words, where a cell is so wide within."""
        is_wide = inner + 2 * (PAD + GAP) >= self._beside_wide
        return self.low or (is_wide and inner * 0.75 > HIGH * self.look.scale)

    def _lines(self) -> int:
        """How high the words are."""
        meta = QFontMetrics(self._meta).height()
        return QFontMetrics(self._title).height() + 2 + meta + 4 + 2 * max(meta, self._side) + 4 + 8

    def _thumb_height(self, width: int) -> int:
        return round(min(width * 0.75, HIGH * self.look.scale))

    def _parts(self, inner: QRect) -> tuple[QRect, QRect]:
        """Where the thumbnail is, and the words."""
        if not self._is_beside(inner.width()):
            thumb = QRect(inner.left(), inner.top(), inner.width(), self._thumb_height(inner.width()))
            return thumb, inner.adjusted(0, thumb.height() + 4, 0, 0)
        wide = min(round(inner.height() / 0.75), inner.width() - self._words_wide - PAD)
        return QRect(inner.topLeft(), QSize(wide, inner.height())), inner.adjusted(wide + PAD, 0, 0, 0)

    def paint(self, painter: QPainter, cell: Cell, box: QRect, *, marked: bool, held: bool) -> None:
        """Draw a cell; `held`: it is looked at."""
        chosen = marked or held
        ground, line = self.look.color("selected" if chosen else "raised"), "primary" if chosen else "line"
        paint_box(painter, box, ground, self.look.color(line), radius=CARD_RADIUS, width=4.0 if chosen else 2.0)
        thumb, words = self._parts(box.adjusted(PAD, PAD, -PAD, -PAD))
        picture = self.pictures.get(cell.thumb, 2 * LEAST_CELL) if cell.thumb else None
        paint_thumb(painter, self.look, thumb, picture, cell.state)
        self._words(painter, cell, words, chosen)
        if marked:
            self._tick(painter, thumb)

    def _tick(self, painter: QPainter, thumb: QRect) -> None:
        side = self.look.icon_px(32)
        disc = QRect(thumb.right() - side - 4, thumb.top() + 6, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.color("primary"))
        painter.drawEllipse(disc)
        paint_icon(painter, self.look, disc.adjusted(5, 5, -5, -5), "check", self.look.color("onPrimary"))

    def _words(self, painter: QPainter, cell: Cell, box: QRect, chosen: bool) -> None:
        text, soft = self.look.color("onSelected" if chosen else "text"), self.look.color("text2")
        line, middle = box.top(), Qt.AlignmentFlag.AlignVCenter
        title, meta = QFontMetrics(self._title).height(), QFontMetrics(self._meta)
        row = QRect(box.left(), line, box.width(), title)
        painter.setFont(self._title)
        painter.setPen(text)
        painter.drawText(row, middle, cell.title)
        painter.setFont(self._meta)
        painter.setPen(soft)
        painter.drawText(row, middle | Qt.AlignmentFlag.AlignRight, cell.time)
        line += title + 2
        name = meta.elidedText(cell.now or cell.name, Qt.TextElideMode.ElideMiddle, box.width())
        painter.drawText(QRect(box.left(), line, box.width(), meta.height()), middle, name)
        line += meta.height() + 4
        high = max(meta.height(), self._side)
        paint_icon(painter, self.look, QRect(box.left(), line, self._side, high), cell.source[0], soft)
        painter.setFont(self._meta)
        words = QRect(box.left() + self._side + 8, line, box.width() - self._side - 8, high)
        painter.drawText(words, middle, cell.source[1])
        self._belongs(painter, cell, QRect(box.left(), line + high + 4, box.width(), high + 8))

    def _belongs(self, painter: QPainter, cell: Cell, box: QRect) -> None:
        words, icon, kind = cell.chip
        ground, ink = (self.look.color(role) for role in GROUNDS[kind])
        line = ink if self.look.theme in ("contrast", "red") else None
        paint_box(painter, box, ground, line, radius=CHIP_RADIUS, width=1.5)
        side = self.look.icon_px(18)
        paint_icon(painter, self.look, QRect(box.left() + 8, box.center().y() - side // 2, side, side), icon, ink)
        painter.setFont(self._chip)
        painter.setPen(ink)
        painter.drawText(box.adjusted(side + 16, 0, -4, 0), Qt.AlignmentFlag.AlignVCenter, words)
