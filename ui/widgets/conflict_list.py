"""Everything in a walk that devices changed unaware of each other, of any kind, to be settled one by one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import _, ngettext
from app.domain.record import Record
from app.domain.records import KIND_OF, Measure, Observation, Photo, SafetyWalk, Stop
from app.domain.walk import Conflict
from app.queries.history import Clash, clash_of
from ui.widgets.button import Button
from ui.widgets.compare import Compare
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
    def __init__(self, desk: Desk, zone: object, where: str, label: str, place: Place | None) -> None:
        super().__init__()
        self.compare = Compare(desk, zone, where)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.compare)
        if place is not None:
            name = _("Öppna {name}").format(name=where)
            button = Button(desk.look, name, icon_named("action", "forward"), kind="quiet")
            button.setAccessibleName(f"{name}, {label}")
            button.clicked.connect(lambda: desk.go(place))
            box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


class ConflictList(QWidget):
    """One card per field that has several values."""

    def __init__(self, desk: Desk, scope: str) -> None:
        super().__init__()
        self.desk, self.scope, self.look = desk, scope, desk.look
        self._cards: dict[tuple[str, str, str], _Card] = {}
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
        """Show those there are now. What is being written together stays."""
        found = self.desk.shelf.conflicts(self.scope)
        things = Things(self.desk.shelf, self.scope)
        shown = {(each.kind, each.id, each.field): each for each in found[:MOST]}
        for key in [key for key in self._cards if key not in shown]:
            gone = self._cards.pop(key)
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for key, conflict in shown.items():
            self._show(key, conflict, things)
        count, rest = len(found), len(found) - len(shown)
        said = ngettext("{n} sak att välja.", "{n} saker att välja.", count).format(n=count) if count else ""
        self.head.say(_("Olika versioner"), said)
        self._empty.setVisible(not found)
        self._rest.setVisible(rest > 0)
        self._rest.setText(
            ngettext("{n} till kommer efter de här.", "{n} till kommer efter de här.", rest).format(n=rest)
        )

    def _show(self, key: tuple[str, str, str], conflict: Conflict, things: Things) -> None:
        clash = clash_of(self.desk.session, self.scope, conflict)
        cls = KIND_OF.get(conflict.kind)
        record = self.desk.shelf.one(cls, self.scope, conflict.id) if cls is not None else None
        if key not in self._cards:
            page = PAGES.get(conflict.kind)
            place = Place(page, self.scope, conflict.id) if page and record is not None else None
            card = _Card(self.desk, things.zone, self._where(clash, record, things), clash.label, place)
            self._cards[key] = card
            self._list.addWidget(card)
        self._cards[key].compare.show_clash(clash, record, self.scope)

    def _where(self, clash: Clash, record: Record | None, things: Things) -> str:
        number = things.numbers.get(clash.conflict.id, "")
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
                name = clash.record[:1].upper() + clash.record[1:]
        return name

    def flush(self) -> None:
        """Use what was written together."""
        for card in list(self._cards.values()):
            card.compare.flush()
