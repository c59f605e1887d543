"""The fault report of what is dangerous now: a text to paste, and that it was reported."""

from app.base.words import _
from ui.widgets.button import Button
from ui.widgets.look import Look, icon_named
from ui.widgets.paint import CARD_RADIUS
from ui.widgets.split import Split
from ui.widgets.text import Icon, Label, Surface, column, held, row

PAIR = 310
"""From this effective width on the two buttons stand beside each other."""


class FaultCard(Surface):
    """`copy` copies the text, `done` says that it was reported."""

    def __init__(self, look: Look, copy: Button, done: Button) -> None:
        super().__init__(look, "surface", line="hair", radius=CARD_RADIUS)
        self._to = Label(look, "", "meta", "text2")
        words = held(column(Label(look, _("Felanmälan"), "strong"), self._to, spacing=2))
        head = row(Icon(look, icon_named("action", "report"), "lampInk", 28), words, spacing=14)
        head.setStretch(1, 1)
        both = Split(look, copy, done, beside_from=PAIR, spacing=look.gap, mirrored=False)
        self.setLayout(column(held(head), both, margin=16, spacing=12))

    def say(self, to: str) -> None:
        """Whom it is reported to; "" where nobody said."""
        ready = _("Färdig text att klistra in: plats, stolpnummer, läge, vad och när.")
        self._to.setText(f"{ready} {_('Till {to}.').format(to=to)}" if to else ready)
