"""A list that opens."""

from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QListView, QSizePolicy, QStyle, QStyleOptionComboBox, QStylePainter

from ui.widgets.look import Look
from ui.widgets.paint import paint_icon

PADDING = 14
MARGIN = 8
BESIDE = 26
"""What the edges of the list and its scroll bar take of its width."""
WRAP = int(Qt.TextFlag.TextWordWrap)


class Combo(QComboBox):
    """A list that opens, with a sign that it does."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.setFont(look.font("body"))
        self.setMinimumHeight(look.target)
        self.setView(QListView())
        # Gloves ask for high rows, not for words so large that an entry is wider than a tablet.
        self.view().setFont(replace(look, gloves=False).font("body"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.currentIndexChanged.connect(lambda _place: self.updateGeometry())

    def showPopup(self) -> None:  # noqa: N802, Qt's name
        """Open the list under the choice, or where there is room for it: never off the window."""
        super().showPopup()
        popup = self.view().window()
        popup.setGeometry(self.place_of(popup.geometry()))

    def place_of(self, box: QRect) -> QRect:
        """Where a list of this size opens, on the screen; wider where something in it is longer."""
        room = self.window().geometry().intersected(self.screen().availableGeometry()).adjusted(0, MARGIN, 0, -MARGIN)
        high = min(box.height(), room.height())
        wide = min(max(box.width(), self.view().sizeHintForColumn(0) + BESIDE), room.width())
        under = self.mapToGlobal(QPoint(0, self.height())).y()
        left = max(room.left(), min(box.x(), room.right() + 1 - wide))
        return QRect(left, max(room.top(), min(under, room.bottom() + 1 - high)), wide, high)

    # A choice may be longer than the list is wide: it wraps, and the list grows.

    def _room(self, width: int) -> QRect:
        arrow = self.look.icon_px(24) + 12
        return QRect(PADDING, 0, max(1, width - PADDING - arrow - 4), self.height())

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """High enough for the choice."""
        words = self.fontMetrics().boundingRect(self._room(width), WRAP, self.currentText())
        return max(self.look.target, words.height() + 20)

    def sizeHint(self) -> QSize:
        """As high as the choice asks."""
        hint = super().sizeHint()
        return QSize(hint.width(), self.heightForWidth(self.width() if self.isVisible() else hint.width()))

    def minimumSizeHint(self) -> QSize:
        """The longest word of the choice must fit."""
        longest = max((self.fontMetrics().horizontalAdvance(word) for word in self.currentText().split()), default=0)
        return QSize(max(longest + self.look.icon_px(24) + 2 * PADDING + 8, 2 * self.look.target), self.look.target)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.setPen(self.look.color("text" if self.isEnabled() else "disabledText"))
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(self._room(self.width()), flags, self.currentText())
        side = self.look.icon_px(24)
        box = QRect(self.width() - side - 12, (self.height() - side) // 2, side, side)
        paint_icon(painter, self.look, box, "chevron-down", self.look.color("text"))
