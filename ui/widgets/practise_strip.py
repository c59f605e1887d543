"""That one practises, said over every page: whichever is open, nobody takes a practised note for a real one."""

from app.base.words import _
from ui.widgets.button import Button
from ui.widgets.desk import Desk, Place
from ui.widgets.look import icon_named
from ui.widgets.text import Icon, Label, Surface, row


class PractiseStrip(Surface):
    """One line. Nothing is seen of it while nobody practises."""

    def __init__(self, desk: Desk, walk: str) -> None:
        look = desk.look
        super().__init__(look, "warnBg", edge="bottom")
        self._guide, self._walk = desk.guide, walk
        self._words = Label(look, "", "meta")
        line = row(Icon(look, icon_named("action", "rehearse"), "warn", 18), self._words, spacing=8)
        line.setStretch(1, 1)
        # Only when all has been played: until then it is one line, and one walks.
        self._there = Button(look, _("Avsluta övningen …"), icon_named("action", "stop"))
        self._there.clicked.connect(lambda _on: desk.go(Place("position", self._guide.records or walk)))
        line.addWidget(self._there)
        line.setContentsMargins(16, 2, 16, 2)
        self.setLayout(line)
        self._guide.turned.connect(self.show_now)
        self.hide()

    def show_now(self) -> None:
        """Show what is so."""
        elsewhere = self._walk and self._guide.records not in ("", self._walk)
        here = _("Uppspelningen är slut, men övningen pågår") if self._guide.has_played else _("Övning pågår")
        self._words.setText(_("Övning pågår i en annan vandring") if elsewhere else here)
        self._there.setVisible(self._guide.has_played)
        self.setVisible(self._guide.practises)
