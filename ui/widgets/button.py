"""Everything that is pressed. A button says in words what it does, wraps and grows rather than being cut, and is never
smaller than a finger or a glove needs."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.domain.values import Severity
from ui.widgets.look import Look
from ui.widgets.paint import RADIUS, paint_box, paint_cap, paint_icon, paint_severity

PADDING, AROUND = 14, 10
EDGE = 4
WRAP = Qt.TextFlag.TextWordWrap
WIDEST = 16777215
BARE = 1.5
"""From this text size on a button at a picture has an icon alone, or its words would lie over what is to be seen."""


@dataclass(frozen=True)
class Inks:
    """What a button is painted with; `fill` None is no ground, `line` None no outline."""

    fill: QColor | None
    line: QColor | None
    text: QColor
    icon: QColor


def inks(look: Look, kind: str, *, down: bool, chosen: bool, hover: bool) -> Inks:
    """The colours of a kind of button: primary (the one lit thing), plain, quiet, danger, good, blocked; lamp and night
    for the same two on the picture of a street at night."""
    color = look.color
    if kind == "primary":
        fill = color("primaryPressed" if down else "primary")
        return Inks(fill, None, color("onPrimary"), color("lamp") if look.theme == "light" else color("onPrimary"))
    if kind == "lamp":
        return Inks(color("lamp"), color("own") if down else None, color("ownLine"), color("ownLine"))
    if kind == "night":
        light = color("halo" if look.theme == "light" else "text")
        return Inks(color("primaryPressed") if down and look.theme == "light" else None, light, light, light)
    pressed = color("selected") if down or chosen else None
    ground = pressed or color("raised")
    if kind == "quiet":
        return Inks(pressed or (color("raised") if hover else None), None, color("link"), color("link"))
    if kind == "danger":
        return Inks(ground, color("danger"), color("danger"), color("danger"))
    if kind == "good":
        line = color("sev0") if look.theme != "red" else color("sev0i")
        return Inks(ground, line, color("text"), line)
    if kind == "blocked":
        return Inks(color("sunken"), color("line"), color("disabledText"), color("disabledText"))
    text = color("onSelected") if chosen else color("text")
    return Inks(ground, color("primary") if chosen else color("line"), text, text)


class Button(QAbstractButton):
    """A button with words and, if it has one, an icon beside or over them.

    `kind` as in `inks`; `over`: the icon stands over the words; `lamp`: the icon has the colour of lamp light;
    `least` is the least height. A `severity` is drawn as its mark instead of an icon. A checked button has an edge and
    a tick, never only a tint; without `ticks` its icon is the tick. `text` "" with a `name` shows the icon alone.
    """

    def __init__(
        self,
        look: Look,
        text: str,
        icon: str = "",
        *,
        kind: str = "plain",
        over: bool = False,
        lamp: bool = False,
        least: int = 0,
        name: str = "",
        detail: str = "",
        severity: Severity | None = None,
        rank: str = "strong",
        icon_size: int = 24,
        left: bool = False,
        padding: int = PADDING,
    ) -> None:
        super().__init__()
        self.look, self.kind, self.icon_name, self.over, self.lamp = look, kind, icon, over, lamp
        self.detail, self.severity, self.rank, self.left = detail, severity, rank, left
        self._icon, self._padding, self._around = look.icon_px(icon_size), padding, AROUND
        self._least = max(least, look.target)
        self.badge = self.cap = ""
        self.ticks = self.twice = True
        """`twice`: a double press is two presses, as it is where something is counted."""
        self._felt = False
        self.setText(text)
        self.setAccessibleName(name or (f"{text}, {detail}" if detail else text))
        self.setFont(look.font(rank))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumSize(look.target, self._least)

    def set_least(self, height: int) -> None:
        """Another least height; never less than a finger needs."""
        self._least = max(height, self.look.target)
        self.setMinimumHeight(self._least)
        self.updateGeometry()

    def set_padding(self, padding: int, around: int = AROUND) -> None:
        """Other room at the sides of the words, and over and under them."""
        self._padding, self._around = padding, around
        self.updateGeometry()

    def set_badge(self, text: str) -> None:
        """A number that stands at the icon's corner; its meaning belongs into the accessible name."""
        self.badge = text
        self.update()

    def set_cap(self, key: str) -> None:
        """The key that presses it, drawn as a key in place of the icon."""
        self.cap = key
        self.updateGeometry()
        self.update()

    # Size

    def _has_icon(self) -> bool:
        return bool(self.icon_name) or bool(self.cap) or self.severity is not None

    def _beside(self) -> int:
        """Width that is not for words."""
        tick = self._icon + 8 if self.isCheckable() and not self.over else 0
        icon = self._icon + 10 if self._has_icon() and not self.over else 0
        return 2 * self._padding + icon + tick

    def _text_height(self, width: int) -> int:
        room = max(1, width - self._beside())
        total = 0
        if self.text():
            total += self.fontMetrics().boundingRect(0, 0, room, WIDEST, WRAP, self.text()).height()
        if self.detail:
            small = self._detail_metrics().boundingRect(0, 0, room, WIDEST, WRAP, self.detail).height()
            total += small + 2
        return total

    def _detail_metrics(self) -> QFontMetrics:
        return QFontMetrics(self.look.font("meta"))

    def _longest_word(self) -> int:
        words = self.text().split() + self.detail.split()
        return max((self.fontMetrics().horizontalAdvance(word) for word in words), default=0)

    def sizeHint(self) -> QSize:
        """As wide as its words in one line."""
        width = self.fontMetrics().horizontalAdvance(self.text()) + self._beside() + 2
        if self.detail:
            width = max(width, self._detail_metrics().horizontalAdvance(self.detail) + self._beside() + 2)
        return QSize(max(width, self.look.target), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """As wide as its longest word."""
        if not self.text():
            return QSize(max(self.look.target, self._icon + 16), self._least)
        width = max(self.look.target, self._longest_word() + self._beside() + 2)
        return QSize(width, self._least)

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """High enough for the words at a width."""
        height = self._text_height(width)
        if self.over and self._has_icon():
            height += self._icon + 6
        return max(self._least, height + 2 * self._around)

    # Painting

    def _inks(self) -> Inks:
        return inks(self.look, self._seen_as, down=self.isDown(), chosen=self.isChecked(), hover=self.underMouse())

    @property
    def _seen_as(self) -> str:
        """What cannot be pressed looks so, whatever it is."""
        return self.kind if self.isEnabled() else "blocked"

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        ink = self._inks()
        paint_box(painter, self.rect(), ink.fill, ink.line, dashed=self._seen_as == "blocked")
        if self.isCheckable() and self.isChecked():
            painter.fillRect(QRect(0, RADIUS, EDGE, self.height() - 2 * RADIUS), self.look.color("primary"))
        icon_ink = self.look.color("lampInk") if self.lamp and self.kind != "primary" else ink.icon
        if self.over:
            self._paint_over(painter, ink, icon_ink)
        else:
            self._paint_beside(painter, ink, icon_ink)

    def _draw_icon(self, painter: QPainter, box: QRect, color: QColor) -> None:
        if self.severity is not None:
            paint_severity(painter, self.look, box, self.severity)
        elif self.cap:
            paint_cap(painter, self.look, box, self.cap, color)
        elif self.icon_name:
            paint_icon(painter, self.look, box, self.icon_name, color)
        if self.badge:
            self._draw_badge(painter, box)

    def _draw_badge(self, painter: QPainter, box: QRect) -> None:
        font = self.look.font("meta", weight=700)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(self.badge) + 14
        height = painter.fontMetrics().height() + 2
        plate = QRect(box.right() - 2, max(5, box.top() - height // 2 + 2), max(width, height), height)
        paint_box(painter, plate, self.look.color("primary"), radius=8)
        painter.setPen(self.look.color("onPrimary"))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, self.badge)

    def _draw_words(self, painter: QPainter, box: QRect, align: Qt.AlignmentFlag, ink: Inks) -> None:
        flags = int(align | Qt.AlignmentFlag.AlignVCenter) | int(WRAP)
        detail = self._detail_metrics().boundingRect(0, 0, box.width(), WIDEST, WRAP, self.detail).height()
        over = box.adjusted(0, 0, 0, -detail - 2) if self.detail else box
        painter.setFont(self.font())
        painter.setPen(ink.text)
        painter.drawText(over, flags, self.text())
        if self.detail:
            painter.setFont(self.look.font("meta"))
            painter.setPen(ink.text if self.kind == "primary" else self.look.color("text2"))
            words = self.fontMetrics().boundingRect(0, 0, box.width(), WIDEST, WRAP, self.text()).height()
            top = over.center().y() + words // 2 + 2
            painter.drawText(QRect(box.left(), top, box.width(), detail + 2), int(align) | int(WRAP), self.detail)

    def _paint_over(self, painter: QPainter, ink: Inks, icon_ink: QColor) -> None:
        words = self._text_height(self.width())
        top = (self.height() - words - (self._icon + 6 if self._has_icon() else 0)) // 2
        if self._has_icon():
            self._draw_icon(painter, QRect((self.width() - self._icon) // 2, top, self._icon, self._icon), icon_ink)
            top += self._icon + 6
        box = QRect(self._padding, top, self.width() - 2 * self._padding, words)
        self._draw_words(painter, box, Qt.AlignmentFlag.AlignHCenter, ink)

    def _paint_beside(self, painter: QPainter, ink: Inks, icon_ink: QColor) -> None:
        inner = self.rect().adjusted(self._padding, 0, -self._padding, 0)
        if self.isCheckable() and self.isChecked() and self.ticks:
            tick = QRect(inner.right() - self._icon, (self.height() - self._icon) // 2, self._icon, self._icon)
            paint_icon(painter, self.look, tick, "check", ink.text)
        if self.isCheckable():
            inner.setRight(inner.right() - self._icon - 8)
        room = inner.width() - (self._icon + 10 if self._has_icon() else 0)
        words = self.fontMetrics().boundingRect(0, 0, max(1, room), WIDEST, WRAP, self.text()).width()
        if self.detail:
            small = self._detail_metrics().boundingRect(0, 0, max(1, room), WIDEST, WRAP, self.detail).width()
            words = max(words, small)
        if self.left:
            start = inner.left()
        else:
            # Words that stand in the middle of the button stay there whether or not the tick is shown.
            middle = (self.width() - words - (self._icon + 10 if self._has_icon() else 0)) // 2
            start = max(inner.left(), min(middle, inner.left() + room - words))
        if self._has_icon():
            lone = not self.text()
            x = (self.width() - self._icon) // 2 if lone else start
            self._draw_icon(painter, QRect(x, (self.height() - self._icon) // 2, self._icon, self._icon), icon_ink)
            start += self._icon + 10
        right = inner.left() + inner.width()
        align = Qt.AlignmentFlag.AlignLeft
        self._draw_words(painter, QRect(start, 0, right - start, self.height()), align, ink)

    # Hands

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer is here."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer has left."""
        self.update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press, or the first half of a double one."""
        self._felt = True
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second half of a double press that began on the page before presses nothing."""
        if self._felt and self.twice:
            super().mouseDoubleClickEvent(event)
        else:
            event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses as well as space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)


def lit(look: Look, text: str, icon: str = "", **said: object) -> Button:
    """The one lit button of a screen: its next step."""
    return Button(look, text, icon, kind="primary", **said)  # type: ignore[arg-type]


def only_icon(look: Look, name: str, icon: str, parent: QWidget | None = None) -> Button:
    """A square button with an icon; `name` says what it does, to a screen reader and under the pointer."""
    made = Button(look, "", icon, name=name)
    made.setParent(parent)
    made.setToolTip(name)
    made.setFixedWidth(made.minimumSizeHint().width())
    return made
