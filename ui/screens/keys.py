"""All shortcuts, under headings."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.base.words import _
from ui.widgets.card import Card
from ui.widgets.desk import Desk, Place
from ui.widgets.flow import FlowGrid
from ui.widgets.look import Look
from ui.widgets.page import Head, Screen, Scroll
from ui.widgets.shortcuts import ALL
from ui.widgets.text import Label, Surface, column, held, row


class KeysScreen(Screen):
    """What the keys do."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        told = _("Enkla tangenter gäller bara när du inte skriver text. De kan stängas av i Inställningar.")
        head = Head(desk, _("Alla kortkommandon"), told, back="")
        self.heading = head.heading
        self.box.addWidget(head)
        cards: list[QWidget] = [self._card(_(title), keys) for title, keys in ALL]
        grid = FlowGrid(self.look, cards, least=400, most=3, spacing=14)
        content = column(grid, 1)
        content.setContentsMargins(20, 16, 20, 24)
        self.box.addWidget(Scroll(self.look, held(content)), 1)

    def _card(self, title: str, keys: Sequence[tuple[str, str]]) -> QWidget:
        card = Card(self.look, title)
        lines = QWidget()
        grid = QGridLayout(lines)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for line, (key, does) in enumerate(keys):
            grid.addWidget(_Key(self.look, _(key)), line, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(Label(self.look, _(does)), line, 1)
        card.body.addWidget(lines)
        card.body.addStretch(1)
        return card


class _Key(Surface):
    """A key as it looks."""

    def __init__(self, look: Look, text: str) -> None:
        super().__init__(look, "sunken", line="line", radius=6)
        label = Label(look, text, "strong")
        label.setWordWrap(False)
        box = row(label)
        box.setContentsMargins(10, 4, 10, 4)
        self.setLayout(box)
