"""*Om vandringen*: everything that is said of the walk itself."""

from collections.abc import Mapping

from PySide6.QtCore import QTimer

from app.base.words import N_, _
from app.domain.entry import zone_or_default
from app.domain.records import SafetyWalk
from ui.widgets.button import Button
from ui.widgets.card import Card, Cards, at_top
from ui.widgets.desk import Desk, Place
from ui.widgets.fields import Field, TextField
from ui.widgets.flow import FlowGrid
from ui.widgets.form import RecordForm
from ui.widgets.look import icon_named
from ui.widgets.page import SETTLED_MS
from ui.widgets.phone import ONCALL, oncall_field
from ui.widgets.plan.part import Part
from ui.widgets.text import held, row
from ui.widgets.when import WhenField

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("Vandringen"), ("title", "type", "area", "purpose", "background")),
    (N_("När och hur det är ute"), ("starts", "ends", "zone", "light", "weather", "ground")),
    (N_("Vem ordnar"), ("organiser", "data_controller", "leader_function")),
    (N_("Om något händer"), ("oncall_name", "oncall_phone", "fault_report_to")),
    (N_("Efteråt"), ("devices_expected", "retention_until")),
)

HINTS: Mapping[str, str] = {
    "title": N_("Står under området på protokollets första sida."),
    "area": N_("Området eller gatorna ni går. Blir protokollets rubrik."),
    "zone": N_("Klockan där ni går, till exempel Europe/Stockholm."),
    "weather": N_("Till exempel lätt regn, 6 grader."),
    "ground": N_("Till exempel barmark, snö, löv."),
    "organiser": N_("Nämnden, föreningen eller fastighetsägaren."),
    "data_controller": N_("Tomt betyder den som ordnar."),
    "leader_function": N_("En funktion, inget namn. Till exempel trygghetssamordnare."),
    "oncall_name": N_("Visas när något är akut, till exempel kommunens jour."),
    "oncall_phone": N_("Numret som visas på sidan Fara nu."),
    "fault_report_to": N_("Adress eller telefon för felanmälan."),
    "devices_expected": N_("Räkna dem som antecknade. Då går det att se när allt har kommit in."),
    "retention_until": N_("Den dag uppgifterna gallras. Läses upp innan ni går."),
}

NEEDED = ("title", "area", "purpose", "organiser", "starts", "light", "oncall_phone")
"""What a plan should say before one goes; a tick is shown when all of it stands there."""


def is_done(walk: SafetyWalk) -> bool:
    """Whether the plan says what it should of the walk."""
    return all(getattr(walk, name) not in (None, "") for name in NEEDED)


class AboutPart(Part):
    """A form in groups. `item` is the field that one is to fill in, where one was sent here for that."""

    NAME = "om"

    def __init__(self, desk: Desk, scope: str, item: str = "") -> None:
        super().__init__(desk, scope, item)
        walk = self.walk()
        zone = zone_or_default(walk.zone) if walk else ""
        self._when = WhenField(self.look, _("Börjar"), zone, desk.session.clock)
        own: dict[str, Field] = {"starts": self._when, ONCALL: oncall_field(self.look)}
        names = [name for _title, group in GROUPS for name in group]
        starts = walk.starts if walk else None
        self._form = RecordForm(desk, SafetyWalk, names, editors=own, zone=zone, starts=starts, lay_out=False)
        self._form.setParent(self)
        self._form.hide()
        for name, hint in HINTS.items():
            self._form.fields[name].hint(_(hint))
        cards = [self._card(_(title), group) for title, group in GROUPS]
        remove = Button(self.look, _("Töm eller gallra …"), icon_named("action", "delete"), kind="quiet")
        remove.clicked.connect(lambda: desk.go(Place("remove", scope)))
        cards[-1].body.addWidget(held(row(remove, 1)))
        grid = FlowGrid(self.look, [at_top(card) for card in cards], least=400, most=2, spacing=14)
        self.heading = cards[0].heading
        self._cards = Cards(self.look, grid, widest=1200)
        self.box.addWidget(self._cards)
        self._asked = self._form.fields.get(item)
        if isinstance(self._asked, TextField):
            # Whoever was sent here to write something writes it.
            self.heading = self._asked.editor
            QTimer.singleShot(SETTLED_MS, self, self._show_asked)

    def _show_asked(self) -> None:
        if self._asked is not None:
            self._cards.ensureWidgetVisible(self._asked)

    def _card(self, title: str, names: tuple[str, ...]) -> Card:
        return Card(self.look, title, *(self._form.fields[name] for name in names))

    def refresh(self) -> None:
        """Show the walk."""
        walk = self.walk()
        if walk is not None:
            self._when.set_zone(walk.zone)
            self._form.show_record(walk)

    def flush(self) -> None:
        """Write what is still being typed."""
        self._form.flush()
