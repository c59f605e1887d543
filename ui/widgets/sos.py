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
LARGE, SMALLER = 1.5, 0.8
"""From this text size on there is no room for that where there is little height: it is smaller there, and still the
largest of all."""


class SosCard(Surface):
    """`done` is the button that says that it was called."""

    def __init__(self, look: Look, done: Button) -> None:
        super().__init__(look, "surface", line="danger", radius=CARD_RADIUS)
        self._look, self._done = look, done
        self._number = Label(look, "112", "number112")
        self._number.setWordWrap(False)
        self._asked = Label(look, _("Är någon i fara just nu?"), "h2")
        self._when = Label(look, _("Brand, pågående brott, skadad person, ström som går att röra vid"), "meta", "text2")
        self._words = column(self._asked, 1, spacing=4)
        self._head = row(held(self._words), self._number, spacing=16)
        self._head.setStretch(0, 1)
        hint = Label(look, _("Plattan kan inte ringa. Ring från en telefon."), "meta", "text2")
        self._box = column(held(self._head), hint, margin=16, spacing=10)
        self.setLayout(self._box)
        self.set_low(low=False)

    def set_low(self, *, low: bool) -> None:
        """Where there is little height the number stands first, then what it is for and that one has called; what can
        be read later comes last."""
        large = self._look.scale >= LARGE
        font = self._look.font("number112", tabular=True)
        font.setPixelSize(round(font.pixelSize() * (SMALLER if low and large else LARGER)))
        self._number.setFont(font)
        self._asked.setFont(self._look.font("strong" if low and large else "h2"))
        (self._box if low else self._words).insertWidget(1, self._when)
        self._box.insertWidget(1 if low else 2, self._done)
        self._head.setDirection(QBoxLayout.Direction.BottomToTop if low else QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(0 if low else 16)
        side = Qt.AlignmentFlag.AlignLeft if low else Qt.AlignmentFlag.AlignRight
        self._number.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
