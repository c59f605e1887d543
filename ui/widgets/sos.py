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
        self._hint = Label(look, _("Plattan kan inte ringa. Ring från en telefon."), "meta", "text2")
        self._words = column(self._asked, 1, spacing=4)
        self._head = row(held(self._words), self._number, spacing=16)
        self._head.setStretch(0, 1)
        self._top = held(self._head)
        self.box = column(margin=16, spacing=10)
        self.setLayout(self.box)
        self.later = Surface.card(look)
        """What can be read later, where the card itself has no room for it."""
        self._later = column(Label(look, _("När ni ringer 112"), "strong"), margin=16, spacing=4)
        self.later.setLayout(self._later)
        self.later.hide()
        self.set_low(low=False, tight=False, alone=False)

    def set_low(self, *, low: bool, tight: bool, alone: bool) -> None:
        """Where there is little height the number stands first, then what it is for and that one has called; what can
        be read later comes last, where it is `tight` apart from the rest, and what it is for beside the number; that
        one has called, too, where the card is `alone` in its line."""
        large = self._look.scale >= LARGE
        font = self._look.font("number112", tabular=True)
        font.setPixelSize(round(font.pixelSize() * (SMALLER if low and large else LARGER)))
        self._number.setFont(font)
        self._asked.setFont(self._look.font("strong" if low and large else "h2"))
        if not low:
            self._words.insertWidget(1, self._when)
        first, then = (self._top, self._done), (self._when, self._hint)
        for each in (*first, *then) if low else (self._top, self._hint, self._done):
            (self._later if tight and each in then else self.box).addWidget(each)
        if alone:
            self._words.addWidget(self._done)
        self.later.setVisible(tight)
        way = QBoxLayout.Direction
        self._head.setDirection(way.RightToLeft if tight else way.BottomToTop if low else way.LeftToRight)
        self._head.setSpacing(0 if low and not tight else 16)
        side = Qt.AlignmentFlag.AlignLeft if low else Qt.AlignmentFlag.AlignRight
        self._number.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)


def police_card(look: Look, number: Label) -> Surface:
    """When one calls the police, and their number."""
    card = Surface.card(look)
    card.setLayout(column(
        Label(look, _("Inte bråttom, men polisen bör veta"), "meta", "text2"),
        Label(look, _("Polisen"), "strong"), number, 1, margin=16, spacing=6,
    ))  # fmt: skip
    return card
