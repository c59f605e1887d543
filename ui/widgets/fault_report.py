"""*Felanmäl nu*: of anything that is broken, a text to paste where the municipality takes fault reports, and that it
was reported."""

from PySide6.QtGui import QGuiApplication

from app.base.words import _
from app.commands.noting import alarm
from app.domain.records import Observation
from app.domain.values import Alarm, ObservationKind, known, label_of
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.desk import Desk
from ui.widgets.flow import Flow
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice
from ui.widgets.rehearsed import only_practised, told_of
from ui.widgets.text import Label, held


class FaultReport(Card):
    """For the observation that is shown; not seen for one that is good."""

    def __init__(self, desk: Desk) -> None:
        look = desk.look
        self._desk = desk
        self._seen: Observation | None = None
        self._to = Label(look, "")
        copy = Button(look, _("Kopiera texten"), icon_named("action", "copy"))
        copy.clicked.connect(lambda _on: self._copy())
        self._done = Button(look, _("Felanmäld"), icon_named("action", "report"))
        self._done.clicked.connect(lambda _on: self._report())
        flow = Flow(look.gap)
        for each in (copy, self._done):
            flow.addWidget(each)
        super().__init__(look, _("Felanmäl nu"), self._to, held(flow))

    def show_of(self, seen: Observation) -> None:
        """Show it of this observation."""
        self._seen = seen
        walk = self._desk.shelf.walk(seen.scope)
        to = known(walk.fault_report_to, str) if walk is not None else ""
        ready = _("Färdig text att klistra in: plats, stolpnummer, läge, vad och när.")
        self._to.setText(f"{ready} {_('Till {to}.').format(to=to)}" if to else ready)
        self._done.setVisible(seen.alarm is None)
        self.setVisible(seen.kind != ObservationKind.POSITIVE)

    def _copy(self) -> None:
        if self._seen is None:
            return
        QGuiApplication.clipboard().setText(told_of(self._desk, self._seen).report)
        self._desk.say(Notice(_("Texten är kopierad."), icon_named("action", "copy")))

    def _report(self) -> None:
        if self._seen is None or only_practised(self._desk):
            return
        alarm(self._desk.session, self._seen, Alarm.REPORTED)
        told = _("{what}, sparat här.").format(what=label_of(Alarm.REPORTED))
        self._desk.say(Notice(told, icon_named("state", "done"), undo=True))
