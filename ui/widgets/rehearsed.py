"""What a rehearsal leaves in a walk, and what is not noted while one practises."""

from app.base.words import _, ngettext
from app.commands.rehearsals import KINDS, left_of_rehearsals
from app.domain.record import Record
from ui.widgets.button import Button
from ui.widgets.desk import Desk, Place
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice
from ui.widgets.text import Icon, Label, Surface, column, held, row


def rehearsed(desk: Desk, walk: str) -> list[Record]:
    """What is left in a walk of what this device noted in rehearsals."""
    return desk.shelf.worked_out("rehearsed", walk, KINDS, lambda: left_of_rehearsals(desk.session, walk))


def left_words(n: int) -> str:
    """How many things of a rehearsal are in the walk."""
    return ngettext(
        "{n} sak från en övning finns kvar i vandringen", "{n} saker från en övning finns kvar i vandringen", n
    ).format(n=n)


def only_practised(desk: Desk) -> bool:
    """Whether one practises: then it is said that nothing is noted of what was pressed."""
    if desk.guide.practises:
        text = _("Det här är en övning, så inget om larm noteras.")
        desk.say(Notice(text, icon_named("action", "rehearse")))
    return desk.guide.practises


class RehearsedCard(Surface):
    """That things of a rehearsal are still in the walk, and the way to where they are taken away."""

    def __init__(self, desk: Desk, walk: str) -> None:
        super().__init__(desk.look, "warnBg", line="warn", radius=12)
        self._desk, self._walk = desk, walk
        self._words = Label(desk.look, "", "h3")
        there = Button(desk.look, _("Läge och övning"), icon_named("action", "rehearse"), least=60)
        there.clicked.connect(lambda _on: desk.go(Place("position", walk)))
        told = row(Icon(desk.look, icon_named("state", "warn"), "warn", 32), held(column(self._words)))
        told.setStretch(1, 1)
        self.setLayout(column(held(told), held(row(there, 1)), margin=16, spacing=14))

    def show_now(self) -> None:
        """Show what is so; nothing where nothing is left and nobody practises."""
        left, practises = len(rehearsed(self._desk, self._walk)), self._desk.guide.practises
        self.setVisible(practises or bool(left))
        words = _("En övning pågår. Avsluta den innan ni avslutar vandringen.")
        self._words.setText(words if practises else f"{left_words(left)}.")
