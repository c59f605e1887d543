"""*Redo att gå?*: whether all is there that a walk needs, and what can be done where it is not, before one leaves.

What takes time is looked up aside; what the receiver tells is shown as it comes.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib.util import find_spec

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.errors import GatljusError
from app.base.job import finish
from app.base.words import _
from app.domain.change import News
from app.domain.records import Device, Group, SafetyWalk
from app.jobs.readiness import look_over
from app.queries.coverage import Hole
from app.queries.readiness import (
    Act,
    Finding,
    Receiving,
    Row,
    Status,
    camera_finding,
    clock_finding,
    group_finding,
    has_fault,
    in_order,
    microphone_finding,
    oncall_finding,
    position_finding,
)
from ui.bridge.guide import Guide
from ui.bridge.lookup import Lookup
from ui.bridge.media import media_of
from ui.bridge.receiver import State
from ui.bridge.runner import Failure
from ui.widgets.button import Button
from ui.widgets.card import Cards
from ui.widgets.desk import Desk, Place
from ui.widgets.look import icon_named
from ui.widgets.map_files import add_maps
from ui.widgets.map_holes import HolesMap
from ui.widgets.notice import Notice
from ui.widgets.page import Foot, Head, Screen
from ui.widgets.ready_row import ReadyRow
from ui.widgets.text import Label, column, held, row
from ui.widgets.walk_over import over_here
from ui.widgets.words import moment_words

CAN_CONNECT = find_spec("ui.screens.position") is not None
"""Whether there is a page on which a receiver is chosen."""
ASIDE = (Row.MAP, Row.CAMERA, Row.MICROPHONE, Row.BATTERY, Row.ROOM, Row.UNCOPIED, Row.ONCALL)
"""What is looked up aside. The group stays as it was until then: most walks have none."""


def receiving_of(guide: Guide) -> Receiving | None:
    """What the receiver tells; None where there is none."""
    receiver = guide.receiver
    if receiver is None:
        return None
    return Receiving(
        name=receiver.name,
        is_sought=receiver.state == State.SEEKING,
        why=receiver.why,
        heard=guide.heard,
        is_stale=guide.is_stale,
        ahead_s=guide.clock.ahead_s,
        is_played=guide.rehearses,
    )


class ReadyScreen(Screen):
    """A column of rows, what is wrong first; at the foot the walk begins. `is_checked`: all has been looked up."""

    chromeless = True
    kinds = (SafetyWalk, Group, Device)

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk.in_field(), place)
        look = self.look
        self._asked = self.is_checked = False
        self._sought: Row | None = None
        self._holes: tuple[Hole, ...] = ()
        self._lookup = Lookup(desk.runner, self._failed, self)
        self._lookup.told.connect(self._told)
        self._media = media_of(desk.runner)
        self._media.changed.connect(self._show_plugged)
        self._head = Head(self.desk, _("Redo att gå?"), back=_("Tillbaka"))
        self.heading = self._head.heading
        narrow = desk.room == "narrow"
        self.rows = {each: ReadyRow(look, each, self._act, narrow=narrow) for each in Row}
        self.rows[Row.GROUP].hide()
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.gap)
        for each in self.rows.values():
            self._column.addWidget(each)
        self.box.addWidget(self._head)
        self.box.addWidget(Cards(look, held(self._column), centred=True), 1)
        self.box.addWidget(self._foot())
        again = QShortcut(QKeySequence(Qt.Key.Key_F5), self, context=Qt.ShortcutContext.WindowShortcut)
        again.activated.connect(self.check)
        desk.guide.moved.connect(self._show_live)
        desk.guide.turned.connect(self._show_live)

    def _foot(self) -> QWidget:
        look = self.look
        self._note = Label(look, "", "meta", "text2")
        self._note.hide()
        again = Button(look, _("Kolla igen"), icon_named("action", "sync"), least=72)
        again.clicked.connect(lambda _on: self.check())
        self.start = Button(look, _("Börja vandringen"), icon_named("nav", "walk"), least=72)
        self.start.clicked.connect(lambda _on: self.begin())
        buttons = row(again, self.start, spacing=look.gap)
        for place in (0, 1):
            buttons.setStretch(place, 1)
        return Foot(look, held(column(self._note, held(buttons), spacing=10)))

    # What is so

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Say which walk it is; look everything up the first time."""
        walk = self.desk.shelf.walk(self.place.walk)
        if walk is None:
            return
        when = moment_words(walk.starts, walk.zone, self.desk.session.clock())
        self._head.say(_("Redo att gå?"), ", ".join(each for each in (str(walk.title), when) if each))
        if not self._asked:
            self.check()
        elif self.is_checked:
            # It may have been taken back, or the groups made meanwhile.
            group = group_finding(self.desk.session, walk) or Finding(row=Row.GROUP, status=Status.CHECKING)
            self._show([group, oncall_finding(walk)])

    def check(self) -> None:
        """Look everything up, once more."""
        walk = self.desk.shelf.walk(self.place.walk)
        if walk is None:
            return
        self._asked, self.is_checked = True, False
        self._show([Finding(row=each, status=Status.CHECKING) for each in ASIDE])
        session = self.desk.session
        self._lookup.ask(lambda: finish(look_over(session, walk)))

    def _told(self, looked: tuple[Finding, ...]) -> None:
        self.is_checked = True
        self._show([*looked, *self._recorders()])
        self._put_in_order()
        self._tell_sought()

    def _recorders(self) -> Sequence[Finding]:
        return camera_finding(self._media.cameras), microphone_finding(self._media.microphones)

    def _show_plugged(self) -> None:
        """A camera or a microphone was plugged in or out."""
        if self.is_checked:
            self._show(self._recorders())

    def _failed(self, failure: Failure) -> None:
        """What could not be looked up is said to be unknown."""
        self.is_checked = True
        unknown = _("Kunde inte kollas. {why}").format(why=failure.text)
        self._show([Finding(row=each, status=Status.WARN, text=unknown) for each in ASIDE])
        self._put_in_order()
        self.desk.fail(failure)

    def _show_live(self) -> None:
        self._show([])

    def _show(self, findings: Sequence[Finding]) -> None:
        """Show these findings, and what the receiver tells; the rows stay where they are."""
        heard = receiving_of(self.desk.guide)
        now = {each.row: each for each in (*findings, position_finding(heard), clock_finding(heard))}
        found = {kind: now.get(kind, shown.finding) for kind, shown in self.rows.items()}
        wrong = [each for each in self._in_column() if found[each].status == Status.FAULT and self._can(found[each])]
        for kind, shown in self.rows.items():
            finding = found[kind]
            shown.show_finding(finding, lit=kind in wrong[:1], acts=self._can(finding))
        self.rows[Row.GROUP].setVisible(found[Row.GROUP].status != Status.CHECKING)
        self._show_holes(found[Row.MAP])
        self._show_foot()

    def _show_holes(self, finding: Finding) -> None:
        """The holes in the map are drawn under what is said of them; they stay while they are looked up once more."""
        if finding.status == Status.CHECKING or finding.holes == self._holes:
            return
        self._holes = finding.holes
        self.rows[Row.MAP].hang(HolesMap(self.desk, self.place.walk, finding) if finding.holes else None)

    def _in_column(self) -> list[Row]:
        """The rows from the top down."""
        return sorted(self.rows, key=lambda kind: self._column.indexOf(self.rows[kind]))

    def _put_in_order(self) -> None:
        """What is wrong comes first. Only when everything was looked up: nothing moves away under a finger."""
        for place, finding in enumerate(in_order([each.finding for each in self.rows.values()])):
            self._column.removeWidget(self.rows[finding.row])
            self._column.insertWidget(place, self.rows[finding.row])
        self._show([])

    def _show_foot(self) -> None:
        found = [each.finding for each in self.rows.values()]
        wrong = has_fault(found)
        text = _("Börja ändå") if wrong else _("Börja vandringen")
        text = _("Till vandringen") if self.desk.guide.records == self.place.walk or self._is_over else text
        kind = "primary" if self.is_checked and not wrong else "plain"
        if (text, kind) != (self.start.text(), self.start.kind):
            self.start.kind = kind
            self.start.setText(text)
            self.start.setAccessibleName(text)
            self.start.update()
        no_map = self.rows[Row.MAP].finding.status == Status.FAULT
        told = _("Du kan gå ändå. Där kartan saknas visas rutnät, skala och din position.")
        self._note.setText(told if no_map else _("Du kan gå ändå."))
        self._note.setVisible(wrong)

    @property
    def _is_over(self) -> bool:
        return over_here(self.desk, self.place.walk) is not None

    # What can be done

    def _can(self, finding: Finding) -> bool:
        return finding.act is not None and (finding.act not in (Act.CONNECT, Act.PRACTISE) or CAN_CONNECT)

    def _act(self, finding: Finding) -> None:
        walk = self.place.walk
        acts: dict[Act, Callable[[], None]] = {
            Act.ADD_MAP: partial(add_maps, self.desk, self),
            Act.PLAN: partial(self.desk.go, Place("plan", walk)),
            Act.CONNECT: partial(self.desk.go, Place("position", walk)),
            Act.GROUP: partial(self.desk.go, Place("group", walk)),
            Act.COPY: partial(self.desk.go, Place("devices", finding.walk)),
            Act.ONCALL: partial(self.desk.go, Place("plan", walk, "oncall_phone", "om")),
            Act.CLOCK: partial(self.desk.go, Place("clock", walk)),
            Act.PRACTISE: partial(self.desk.go, Place("position", walk)),
            Act.FETCH_PHOTOS: partial(self.desk.go, Place("photos", walk, part="import")),
            Act.AGAIN: partial(self._seek, finding.row),
            Act.DIM: partial(self.desk.go, Place("settings")),
            Act.EMPTY: partial(self.desk.go, Place("remove", finding.walk)),
        }
        if finding.act is not None:
            acts[finding.act]()

    def _seek(self, row: Row) -> None:
        """Look for what was not found: the row may say the same afterwards, and who pressed hears that it was done."""
        self._sought = row
        self.check()

    def _tell_sought(self) -> None:
        sought, self._sought = self._sought, None
        if sought is not None and self.rows[sought].finding.status != Status.OK:
            text = _("Inget nytt. {found}").format(found=self.rows[sought].finding.text)
            self.desk.say(Notice(text, icon_named("state", "missing")))

    def begin(self) -> None:
        """Go. The track begins with it where a receiver is there; not that of a walk that is ended."""
        guide, walk = self.desk.guide, self.place.walk
        if guide.receiver is not None and not guide.records and not self._is_over:
            try:
                guide.record(walk)
            except (GatljusError, OSError) as error:
                # It is told, and one may walk without a track.
                self.desk.fail(Failure.of(error))
        self.desk.go(Place("walk", walk))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter begins, where nothing else takes it; not the one, still held, that led here."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.begin()
            return
        super().keyPressEvent(event)
