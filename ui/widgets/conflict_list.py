"""Everything in a walk that devices changed unaware of each other, of any kind, to be settled one by one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import _, ngettext
from app.domain.record import Record
from app.domain.records import KIND_OF, Measure, Observation, Photo, SafetyWalk, Stop
from app.domain.walk import Conflict
from app.queries.history import clash_of
from ui.widgets.button import Button
from ui.widgets.compare import About, Compare, joined_texts
from ui.widgets.desk import Desk, Place
from ui.widgets.look import icon_named
from ui.widgets.notice import empty_state
from ui.widgets.page import Head, Scroll
from ui.widgets.text import Label
from ui.widgets.things import Things, stop_title

MOST = 40
"""So many are shown at once; the next come as these are settled."""

PAGES = {Observation.KIND: "observation", Measure.KIND: "measure", Photo.KIND: "photo"}


class _Card(QWidget):
    def __init__(self, desk: Desk, compare: Compare, label: str, place: Place | None) -> None:
        super().__init__()
        self.compare = compare
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.compare)
        if place is not None:
            name = _("Öppna {name}").format(name=compare.where)
            button = Button(desk.look, name, icon_named("action", "forward"), kind="quiet")
            button.setAccessibleName(f"{name}, {label}")
            button.clicked.connect(lambda: desk.go(place))
            box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


class ConflictList(QWidget):
    """One card per field that has several values."""

    def __init__(self, desk: Desk, scope: str) -> None:
        super().__init__()
        self.desk, self.scope, self.look = desk, scope, desk.look
        self._cards: dict[About, _Card] = {}
        self.head = Head(desk, _("Olika versioner"), back=_("Tillbaka"))
        self.heading = self.head.heading
        content = QWidget()
        column = QVBoxLayout(content)
        side = 24 if self.look.scale < 1.5 else 14
        column.setContentsMargins(side, 16, side, 24)
        column.setSpacing(16)
        self._list = QVBoxLayout()
        self._list.setSpacing(18)
        column.addLayout(self._list)
        self._rest = Label(self.look, "", "body", "text2")
        column.addWidget(self._rest)
        self._empty = empty_state(
            self.look, icon_named("state", "done"), _("Det finns inget att välja."),
            _("När två plattor har skrivit olika i samma ruta står det här."),
        )  # fmt: skip
        column.addWidget(self._empty)
        column.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.head)
        box.addWidget(Scroll(self.look, content), 1)

    def refresh(self) -> None:
        """Show those there are now. What is being put together stays."""
        self.flush()
        found = self.desk.shelf.conflicts(self.scope)
        things = Things(self.desk.shelf, self.scope)
        shown = {(each.kind, each.id, each.field): each for each in found[:MOST]}
        joined = [key for key in joined_texts(self.desk, self.scope) if key not in shown]
        settled = {key: record for key in joined if (record := self._record(key)) is not None}
        for key in self._cards.keys() - shown.keys() - settled.keys():
            gone = self._cards.pop(key)
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for key, conflict in shown.items():
            self._show(key, conflict, things)
        for key, record in settled.items():
            self._card(key, record, self._where(record, key[1], things), things).compare.show_settled(record)
        count, rest = len(found), len(found) - len(shown)
        said = ngettext("{n} sak att välja.", "{n} saker att välja.", count).format(n=count) if count else ""
        self.head.say(_("Olika versioner"), said)
        self._empty.setVisible(not self._cards)
        self._rest.setVisible(rest > 0)
        self._rest.setText(
            ngettext("{n} till kommer efter de här.", "{n} till kommer efter de här.", rest).format(n=rest)
        )

    def _record(self, key: About) -> Record | None:
        cls = KIND_OF.get(key[0])
        return self.desk.shelf.one(cls, self.scope, key[1]) if cls is not None else None

    def _show(self, key: About, conflict: Conflict, things: Things) -> None:
        clash, record = clash_of(self.desk.session, self.scope, conflict), self._record(key)
        where = self._where(record, key[1], things) or clash.record[:1].upper() + clash.record[1:]
        self._card(key, record, where, things, clash.label).compare.show_clash(clash, record)

    def _card(self, key: About, record: Record | None, where: str, things: Things, label: str = "") -> _Card:
        if key not in self._cards:
            page = PAGES.get(key[0])
            place = Place(page, self.scope, key[1]) if page and record is not None else None
            compare = Compare(self.desk, things.zone, self.scope, key, where)
            self._cards[key] = _Card(self.desk, compare, label or key[2], place)
            self._list.addWidget(self._cards[key])
        return self._cards[key]

    def _where(self, record: Record | None, key: str, things: Things) -> str:
        """Which record it is, in words; "" where only the conflict itself can say."""
        number = things.numbers.get(key, "")
        match record:
            case Observation():
                name = things.called(record, at_desk=True)
            case Stop():
                name = stop_title(number, record)
            case Photo():
                name = _("Foto {number}").format(number=number)
            case Measure():
                name = _("Åtgärd {number}").format(number=number)
            case SafetyWalk():
                name = _("Vandringen")
            case _:
                name = ""
        return name

    def flush(self) -> None:
        """Keep what is being put together."""
        for card in list(self._cards.values()):
            card.compare.flush()
