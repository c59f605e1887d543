"""Cards under each other in a column that is never wider than one reads with ease."""

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.look import Look
from ui.widgets.page import Scroll
from ui.widgets.text import Heading, Surface, column, held

READABLE = 820
"""How wide a column of text and fields becomes at the most, at 100 %."""


class Card(Surface):
    """A card with a heading and what belongs under it."""

    def __init__(self, look: Look, title: str, *parts: QWidget) -> None:
        super().__init__(look, "surface", line="hair", radius=12)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(18, 14, 18, 18)
        self.body.setSpacing(14)
        if title:
            self.heading = Heading(look, title, "h3")
            self.body.addWidget(self.heading)
        for each in parts:
            self.body.addWidget(each)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)


class Cards(Scroll):
    """A page of cards that scrolls, in a column `widest` pixels wide at 100 % at the most. `centred`: in the middle,
    for a page that has nothing beside it."""

    def __init__(self, look: Look, *cards: QWidget, widest: int = READABLE, centred: bool = False) -> None:
        inner = QWidget()
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(14)
        for each in cards:
            self.column.addWidget(each)
        self.column.addStretch(1)
        inner.setMaximumWidth(round(widest * look.scale))
        content = QWidget()
        box = QHBoxLayout(content)
        side = 24 if look.scale < 1.5 else 16
        box.setContentsMargins(side, 16, side, 24)
        if centred:
            box.addStretch(1)
        box.addWidget(inner, 1000)
        box.addStretch(1)
        super().__init__(look, content)


def at_top(widget: QWidget) -> QWidget:
    """The widget at the top of whatever height it is given."""
    return held(column(widget, 1, spacing=0))
