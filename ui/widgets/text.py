"""Text and ground: labels that wrap, surfaces that carry them."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.look import Look
from ui.widgets.paint import CARD_RADIUS, paint_box, paint_icon


class Label(QLabel):
    """Plain text that wraps, in a rank of type and a role of colour. What people wrote is never read as markup."""

    def __init__(self, look: Look, text: str = "", rank: str = "body", role: str = "text") -> None:
        super().__init__(text)
        self.look = look
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setFont(look.font(rank))
        self.set_role(role)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def set_role(self, role: str) -> None:
        """Another colour."""
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, self.look.color(role))
        self.setPalette(palette)


class Heading(Label):
    """A heading: a page puts the focus here when it opens, so that a screen reader begins at its top."""

    def __init__(self, look: Look, text: str = "", rank: str = "h2") -> None:
        super().__init__(look, text, rank)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)


class Icon(QWidget):
    """An icon. It is decoration: what it means is said in words beside it."""

    def __init__(self, look: Look, name: str, role: str = "lampInk", size: int = 24) -> None:
        super().__init__()
        self.look, self.name, self.role = look, name, role
        self._side = look.icon_px(size)
        self.setFixedSize(self._side, self._side)

    def show_as(self, name: str, role: str) -> None:
        """Another icon, or another colour."""
        if (name, role) != (self.name, self.role):
            self.name, self.role = name, role
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        paint_icon(
            QPainter(self), self.look, QRect(0, 0, self._side, self._side), self.name, self.look.color(self.role)
        )


class Surface(QFrame):
    """A ground of one role, a card with an outline, or a bar with a line at one side."""

    def __init__(
        self, look: Look, role: str = "surface", *, line: str = "", radius: float = 0.0, edge: str = ""
    ) -> None:
        super().__init__()
        self.look, self.role, self.line, self.radius, self.edge = look, role, line, radius, edge

    @staticmethod
    def card(look: Look, role: str = "surface") -> "Surface":
        """A card."""
        return Surface(look, role, line="hair", radius=CARD_RADIUS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground."""
        painter = QPainter(self)
        fill = self.look.color(self.role)
        if self.radius:
            line = self.look.color(self.line) if self.line else None
            paint_box(painter, self.rect(), fill, line, radius=self.radius, width=1.5)
            return
        painter.fillRect(self.rect(), fill)
        hair = self.look.color("hair")
        width, height = self.width(), self.height()
        edges = {"bottom": (0, height - 1, width, 1), "top": (0, 0, width, 1), "right": (width - 1, 0, 1, height),
                 "left": (0, 0, 1, height)}  # fmt: skip
        if self.edge:
            painter.fillRect(QRect(*edges[self.edge]), hair)


class Gap(QWidget):
    """Room that grows."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """None by itself."""
        return QSize(0, 0)


def column(*parts: QWidget | int, margin: int = 0, spacing: int = 8) -> QVBoxLayout:
    """A column; a number is a stretch."""
    box = QVBoxLayout()
    _fill(box, parts, margin, spacing)
    return box


def row(*parts: QWidget | int, margin: int = 0, spacing: int = 8) -> QHBoxLayout:
    """A row; a number is a stretch."""
    box = QHBoxLayout()
    _fill(box, parts, margin, spacing)
    return box


def _fill(box: QBoxLayout, parts: Sequence[QWidget | int], margin: int, spacing: int) -> None:
    box.setContentsMargins(margin, margin, margin, margin)
    box.setSpacing(spacing)
    for part in parts:
        if isinstance(part, int):
            box.addStretch(part)
        else:
            box.addWidget(part)


def held(box: QLayout) -> QWidget:
    """A widget that holds a layout and nothing else."""
    holder = QWidget()
    holder.setLayout(box)
    return holder


def emptied(box: QLayout) -> None:
    """Take every widget out of a layout; each goes away when the event loop comes to it."""
    while (item := box.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
