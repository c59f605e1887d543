"""*Avsluta vandringen*: what is incomplete, how many were along, copy, end, and then the draft for the coffee table.

Ending locks nothing: who goes on writing simply is not done yet, and the others are told so.
"""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.errors import GatljusError
from app.base.words import _, ngettext
from app.commands.walks import end_walk, stay_done
from app.domain.change import News
from app.domain.records import Device, SafetyWalk
from app.domain.rules import is_unalarmed
from app.jobs.sync import Synced, sync
from app.jobs.targets import meeting_place
from app.queries.devices import devices_of
from app.queries.whereabouts import Whereabouts, whereabouts
from ui.bridge.lookup import Lookup
from ui.bridge.reach import Reach
from ui.bridge.runner import Failure
from ui.widgets.asks import ask_panel
from ui.widgets.button import Button, lit
from ui.widgets.card import Card, Cards
from ui.widgets.desk import Desk, Place
from ui.widgets.device_card import target_name
from ui.widgets.flow import Flow
from ui.widgets.form import RecordForm
from ui.widgets.look import icon_named
from ui.widgets.notice import ErrorPanel, Notice
from ui.widgets.outcome import tell_outcome
from ui.widgets.page import Foot, Head, Screen
from ui.widgets.rehearsed import RehearsedCard, end_rehearsal, practises_here
from ui.widgets.stepper import Stepper
from ui.widgets.sync_words import failure_in, tell_sync
from ui.widgets.text import Icon, Label, Surface, column, emptied, held, row
from ui.widgets.things import Things
from ui.widgets.walk_over import OverCard, ended


class FinishScreen(Screen):
    """What remains, as cards, and the end of the walk in two steps."""

    chromeless = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk.in_field(), place)
        look = self.look
        self._wanted, self._known, self._danger = False, "", ""
        self._targets: list[str] = []
        self._lookup = Lookup(desk.runner, desk.fail, self)
        self._reach = Reach(desk.runner, desk.fail, self)
        self._reach.changed.connect(self._offer_known)
        self._lookup.told.connect(self._show_receipts)
        self._head = head = Head(self.desk, _("Avsluta vandringen"), back=_("Fortsätt gå"))
        self.heading = head.heading
        self._end_card = OverCard(self.desk, place.walk)
        self._wrong = QVBoxLayout()
        self._wrong.setContentsMargins(0, 0, 0, 0)
        self._trouble = QWidget()
        self._trouble.setLayout(self._wrong)
        self._trouble.setVisible(False)
        self._rehearsed = RehearsedCard(self.desk, place.walk)
        remains = (self._alarming(), self._rehearsed, self._incomplete(), self._devices(), self._copying())
        parts = (self._end_card, self._trouble, *remains)
        cards = Cards(look, *parts, centred=True)
        self.box.addWidget(head)
        self.box.addWidget(cards, 1)
        self.box.addWidget(self._foot())

    # The parts

    def _alarming(self) -> Surface:
        look = self.look
        self._unalarmed = Label(look, "", "h3")
        self._alarm = Button(look, _("Till larmet"), "alert-octagon", kind="danger", least=60)
        self._alarm.clicked.connect(lambda: self.desk.go(Place("acute", self.place.walk, self._danger)))
        box = row(Icon(look, icon_named("state", "blocks"), "danger", 32), held(column(self._unalarmed)))
        box.setStretch(1, 1)
        self._alarm_card = Surface(look, "dangerBg", line="danger", radius=12)
        self._alarm_card.setLayout(column(held(box), held(row(self._alarm, 1)), margin=16, spacing=14))
        return self._alarm_card

    def _incomplete(self) -> Card:
        look = self.look
        self._drafts = Label(look, "")
        self._complete = Button(look, _("Komplettera"), icon_named("action", "complete"))
        self._complete.clicked.connect(lambda: self.desk.go(Place("complete", self.place.walk)))
        self._place = Button(look, _("Placera foton"), icon_named("state", "unplaced"))
        self._place.clicked.connect(lambda: self.desk.go(Place("photos", self.place.walk)))
        flow = Flow(look.gap)
        for each in (self._complete, self._place):
            flow.addWidget(each)
        return Card(look, _("Det som kan kompletteras"), self._drafts, held(flow))

    def _devices(self) -> Card:
        look = self.look
        told = _("Räkna dem som antecknade. Då går det att se när allt har kommit in.")
        self._count = Stepper(look, _("Antal enheter"), told, most=1000, usual=1)
        self._form = RecordForm(self.desk, SafetyWalk, ("devices_expected",), editors={"devices_expected": self._count})
        self._form.wrote.connect(self._say_done_again)
        return Card(look, _("Hur många enheter var med?"), self._form)

    def _copying(self) -> Card:
        look = self.look
        self._lines = Label(look, "")
        self._lines.setVisible(False)
        copy = Button(look, _("Kopiera till mapp eller minne"), icon_named("action", "stick"), least=60)
        copy.clicked.connect(self._ask_folder)
        self._again = Button(look, "", icon_named("action", "sync"), least=60)
        self._again.clicked.connect(lambda: self._copy(self._known))
        self._again.hide()
        flow = Flow(look.gap)
        for each in (self._again, copy):
            flow.addWidget(each)
        return Card(look, _("Kopiera nu"), self._lines, held(flow))

    def _foot(self) -> QWidget:
        look = self.look
        self._end = lit(look, _("Avsluta vandringen"), "flag-checkered", least=72)
        self._end.clicked.connect(self._press_end)
        self._question = Label(look, _("Är alla tillbaka och har skrivit klart?"), "h3")
        self._not_yet = Button(look, _("Inte än"), least=72)
        self._not_yet.clicked.connect(lambda: self._want(False))
        self._yes = lit(look, _("Ja, avsluta vandringen"), "flag-checkered", least=72)
        self._yes.clicked.connect(self._finish)
        self._draft = lit(look, _("Utkast till protokoll för fikat"), icon_named("nav", "protocol"), least=72)
        self._draft.clicked.connect(lambda: self.desk.swap(Place("protocol", self.place.walk)))
        for each in (self._question, self._not_yet, self._yes, self._draft):
            each.setVisible(False)
        buttons = held(row(self._not_yet, self._end, self._yes, self._draft, spacing=look.gap))
        return Foot(look, held(column(self._question, buttons, spacing=10)))

    # What is so

    def _walk(self) -> SafetyWalk | None:
        return self.desk.shelf.walk(self.place.walk)

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Show what remains."""
        walk = self._walk()
        if walk is None:
            return
        things = Things(self.desk.shelf, self.place.walk)
        self._show_danger(things)
        self._rehearsed.show_now()
        open_ = len(things.incomplete)
        many = _("{n} iakttagelser saknar något. Allt är redan sparat, det går att göra sen.")
        few = _("{n} iakttagelse saknar något. Allt är redan sparat, det går att göra sen.")
        told = (few if open_ == 1 else many).format(n=open_) if open_ else _("Inget att komplettera.")
        lost = things.unplaced
        if lost:
            words = ngettext("{n} foto är oplacerat.", "{n} foton är oplacerade.", lost).format(n=lost)
            told = f"{told} {words}"
        self._drafts.setText(told)
        self._complete.setVisible(bool(open_))
        self._place.setVisible(bool(lost))
        self._count.usual = max(1, len(self.desk.shelf.all_of(Device, walk.id)))
        self._form.show_record(walk)
        self._show_over()

    def _show_over(self) -> None:
        """The end, where it is behind, and whether one goes back to walking or only back."""
        is_over = ended(self.desk, self.place.walk) is not None
        self._end_card.show_now()
        title, told = _("Avsluta vandringen"), _("Ingenting låses. Det går att fortsätta skriva efteråt.")
        if is_over:
            title, told = (
                _("Efter vandringen"),
                _("Ingenting är låst. Det som noteras senare märks som noterat efteråt."),
            )
        self._head.say(title, told)
        self._head.back.setText(_("Tillbaka") if is_over else _("Fortsätt gå"))
        self._head.back.setAccessibleName(self._head.back.text())
        self._head.back.updateGeometry()
        self._show_foot(ended=is_over)

    def _show_danger(self, things: Things) -> None:
        """What nobody has raised the alarm about comes first, and is said in so many words."""
        # What was only practised is told below, and nobody is to call about it.
        found = [each for each in things.observations if is_unalarmed(each) and each.id not in things.practised]
        self._alarm_card.setVisible(bool(found))
        if found:
            self._danger = found[0].id
            text = ngettext(
                "Fara nu: {what}. Ingen har sagt att någon har ringt.",
                "{n} faror nu, den första: {what}. Ingen har sagt att någon har ringt.",
                len(found),
            )
            self._unalarmed.setText(text.format(n=len(found), what=things.called(found[0]).rstrip(".")))

    def _show_foot(self, *, ended: bool) -> None:
        practises = practises_here(self.desk, self.place.walk)
        self._end.setText(_("Avsluta övningen") if practises else _("Avsluta vandringen"))
        self._end.setAccessibleName(self._end.text())
        self._draft.setVisible(ended and not practises)
        self._end.setVisible(practises or not (ended or self._wanted))
        for each in (self._question, self._not_yet, self._yes):
            each.setVisible(not (ended or practises) and self._wanted)

    def show_state(self) -> None:
        """The receipts, which are read a while after a change."""
        walk = self._walk()
        if walk is not None:
            session = self.desk.session
            self._lookup.ask(lambda: (devices_of(session, walk).lines(), whereabouts(session, walk)))

    def _show_receipts(self, told: tuple[list[str], Whereabouts]) -> None:
        lines, where = told
        self._lines.setText("\n".join(lines))
        self._lines.setVisible(True)
        self._targets = [each.label for each in where.meetings]
        self._end_card.show_where(where)
        self._reach.ask(self._targets)
        self._offer_known()

    def _offer_known(self) -> None:
        """The folder or stick of last time, where it is within reach."""
        self._known = next((each for each in self._targets if self._reach.of(each)), "")
        self._again.setText(_("Synka igen med {target}").format(target=target_name(self._known)))
        self._again.setAccessibleName(self._again.text())
        self._again.updateGeometry()
        self._again.setVisible(bool(self._known))

    # What can be done

    def _press_end(self) -> None:
        """A walk is not ended by those who only practise it."""
        if not practises_here(self.desk, self.place.walk):
            self._want(True)
        elif end_rehearsal(self.desk):
            self.refresh({})

    def _want(self, wanted: bool) -> None:
        self._wanted = wanted
        self.refresh({})
        (self._yes if wanted else self._end).setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_done_again(self) -> None:
        """A write withdraws that this device is done, and nobody here meant that; nor that it is, where nobody has said
        so."""
        session, walk = self.desk.session, self.place.walk
        stay_done(session, walk, session.log.last_seqs(walk)[session.identity.device])

    def _finish(self) -> None:
        walk = self._walk()
        if walk is None:
            return
        self._refuse(None)
        try:
            if self.desk.guide.records == walk.id:
                # First: what is written afterwards would say that one goes on.
                self.desk.guide.end()
            end_walk(self.desk.session, walk, None if walk.devices_expected else self._count.value)
        except (GatljusError, OSError) as error:
            self._refuse(ErrorPanel(self.look, Failure.of(error), (_("Öppna planen"), self._plan)))
            return
        self._wanted = False
        self._draft.setVisible(True)
        self.desk.say(Notice(_("Vandringen är avslutad."), "flag-checkered", undo=True))
        self._draft.setFocus(Qt.FocusReason.OtherFocusReason)

    def _plan(self) -> None:
        self.desk.go(Place("plan", self.place.walk, part="om"))

    def _refuse(self, panel: QWidget | None) -> None:
        """Say in place what went wrong; None takes it away."""
        emptied(self._wrong)
        self._trouble.setVisible(panel is not None)
        if panel is not None:
            self._wrong.addWidget(panel)

    def _ask_folder(self) -> None:
        folder: Path | None = self.desk.choose_folder(self, _("Mapp eller minne att kopiera till"))
        if folder is not None:
            self._copy(str(meeting_place(folder)))

    def _copy(self, folder: str, *, again: bool = False) -> None:
        self._refuse(None)
        session, walk = self.desk.session, self.place.walk
        run = self.desk.work(_("Kopierar"), lambda: sync(session, folder, walk=walk, again=again))
        tell_outcome(run, self, partial(self._copied, folder), partial(tell_sync, self.desk, walk, folder))

    def _copied(self, folder: str, done: Synced) -> None:
        self.show_state()
        if done.asks:
            remove = partial(self.desk.go, Place("remove", self.place.walk))
            again, day = partial(self._copy, folder, again=True), done.purged.get(self.place.walk)
            self._refuse(ask_panel(self.look, done.asks, again, remove=remove, purged=day))
            return
        failure = failure_in(done)
        if failure is not None:
            self._refuse(ErrorPanel(self.look, failure, (_("Försök igen"), lambda: self._copy(folder))))
            return
        tell_sync(self.desk, self.place.walk, folder, done)
