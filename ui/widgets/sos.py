"""When one calls 112, and the number, large enough to be read by whoever holds the telephone."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout

from app.base.words import _
from ui.widgets.button import Button
from ui.widgets.look import Look
from ui.widgets.paint import CARD_RADIUS
from ui.widgets.text import Label, Surface, column, held, row

LARGER = 1.25
"""A device that cannot call shows the number larger."""


class SosCard(Surface):
    """`done` is the button that says that it was called."""

    def __init__(self, look: Look, done: Button) -> None:
        super().__init__(look, "surface", line="danger", radius=CARD_RADIUS)
        self._number = Label(look, "112", "number112")
        font = look.font("number112", tabular=True)
        font.setPixelSize(round(font.pixelSize() * LARGER))
        self._number.setFont(font)
        self._number.setWordWrap(False)
        asked = column(
            Label(look, _("Är någon i fara just nu?"), "h2"),
            Label(look, _("Brand, pågående brott, skadad person, ström som går att röra vid"), "meta", "text2"),
            1, spacing=4,
        )  # fmt: skip
        self._head = row(held(asked), self._number, spacing=16)
        self._head.setStretch(0, 1)
        hint = Label(look, _("Plattan kan inte ringa. Ring från en telefon."), "meta", "text2")
        self.setLayout(column(held(self._head), hint, done, margin=16, spacing=10))

    def set_low(self, *, low: bool) -> None:
        """Where there is little height the number stands first, over what it is for."""
        self._head.setDirection(QBoxLayout.Direction.BottomToTop if low else QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(0 if low else 16)
        side = Qt.AlignmentFlag.AlignLeft if low else Qt.AlignmentFlag.AlignRight
        self._number.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
