"""The observations that a measure answers: each can be taken away, more can be added."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import _
from app.commands.records import delete
from app.domain.numbers import number_key
from app.domain.records import MeasureFor, Observation
from ui.widgets.button import Button, only_icon
from ui.widgets.desk import Desk, Place
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice
from ui.widgets.text import Label, emptied, held, row
from ui.widgets.things import Things


class MeasureAnswers(QWidget):
    """`asked`: one more observation shall be added."""

    asked = Signal()

    def __init__(self, desk: Desk, scope: str) -> None:
        super().__init__()
        self.desk, self.scope = desk, scope
        self._shown: list[tuple[str, str]] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(desk.look.gap)
        self._add = Button(desk.look, _("Lägg till en iakttagelse"), icon_named("action", "new"))
        self._add.clicked.connect(self.asked)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addLayout(self._list)
        box.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)

    def show_links(self, things: Things, links: Sequence[MeasureFor]) -> None:
        """Show what a measure answers."""
        seen = {each.id: each for each in things.observations}
        answered = [(each, seen[str(each.observation)]) for each in links if each.observation in seen]
        answered.sort(key=lambda pair: (number_key(things.numbers.get(pair[1].id, "")), pair[0].id))
        shown = [(link.id, things.called(one, at_desk=True)) for link, one in answered]
        if shown == self._shown:
            return
        self._shown = shown
        emptied(self._list)
        if not answered:
            none = _("Ingen iakttagelse än. Då står åtgärden utan nummer och plats i protokollet.")
            self._list.addWidget(Label(self.desk.look, none, "body", "warn"))
        for link, one in answered:
            line = self._line(things, link, one)
            self._list.addWidget(line)
            line.show()

    def _line(self, things: Things, link: MeasureFor, one: Observation) -> QWidget:
        called = things.called(one, at_desk=True)
        look = self.desk.look
        show = Button(look, called, icon_named("nav", "observations"), detail=things.where(one), left=True)
        show.clicked.connect(lambda: self.desk.go(Place("observation", self.scope, one.id)))
        away = only_icon(look, _("Ta bort kopplingen till {name}").format(name=called), "link-variant-off")
        away.clicked.connect(lambda: self._remove(link, called))
        box = row(show, away, spacing=look.gap)
        box.setStretch(0, 1)
        return held(box)

    def _remove(self, link: MeasureFor, called: str) -> None:
        delete(self.desk.session, link)
        text = _("Åtgärden svarar inte längre på {name}.").format(name=called)
        self.desk.say(Notice(text, "link-variant-off", undo=True))
