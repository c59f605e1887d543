"""*Ny vandring*: one page, six questions, ready after the first.

The walk is made at the first letter that is typed anywhere on the page and is edited from then on, like everything
else in the program: nothing waits for a button, so nothing can be lost, and the buttons only say where to go next.
Until it has a name of its own it is called *Ny vandring*. Who did not mean it takes it away again, which can be undone.
"""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.base.errors import GatljusError
from app.base.words import _
from app.commands import records
from app.commands.walks import begin_walk, new_walk
from app.domain.change import News
from app.domain.entry import DEFAULT_ZONE
from app.domain.records import SafetyWalk
from app.domain.values import Light, label_of
from ui.widgets.button import Button, lit
from ui.widgets.card import Card, Cards, at_top
from ui.widgets.desk import Desk, Place
from ui.widgets.fields import PLACE_NOT_PEOPLE, Field, SegmentField, TextField, forget_unkept
from ui.widgets.flow import FlowGrid
from ui.widgets.fold import Fold
from ui.widgets.form import RecordForm
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice
from ui.widgets.page import Foot, Head, Screen
from ui.widgets.when import WhenField

LIGHT_ICONS = ("white-balance-sunny", "weather-sunset", "weather-night")


class NewWalkScreen(Screen):
    """The page for a walk that is begun. Its place names the walk once there is one."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        look = self.look
        self._said: dict[str, Any] = {}
        self._take_away = Button(look, _("Ta bort igen"), icon_named("action", "delete"), kind="quiet")
        self._take_away.clicked.connect(self._delete)
        self._take_away.setVisible(False)
        about = _("Namnet räcker för att börja. Resten kan vänta.")
        head = Head(desk, _("Ny vandring"), about, back=_("Tillbaka"), actions=(self._take_away,))
        self._form = RecordForm(desk, SafetyWalk, list(self._editors()), editors=self._fields, lay_out=False)
        for name, field in self._fields.items():
            field.changed.connect(lambda value, name=name: self._begin(name, value))
        self._form.wrote.connect(self._zone_set)
        go_now = Button(look, _("Börja gå nu"), icon_named("nav", "walk"), least=60)
        go_now.clicked.connect(self._go_now)
        plan = lit(look, _("Klar, planera"), icon_named("nav", "plan"), least=60)
        plan.clicked.connect(lambda: self._on(Place("plan", self.place.walk, part="rutt")))
        self.box.addWidget(head)
        self.box.addWidget(self._page(), 1)
        self.box.addWidget(Foot(look, go_now, plan))
        self._form.setParent(self)
        self._form.hide()
        self.heading = self._fields["title"].editor

    def _editors(self) -> Mapping[str, Field]:
        look, settings = self.look, self.desk.session.settings
        name_hint = _("Står under området på protokollets första sida, till exempel Kajsaniemi i mörker.")
        who_hint = _("Nämnden, föreningen eller fastighetsägaren. Den ansvarar också för uppgifterna.")
        self._when = WhenField(look, _("När"), DEFAULT_ZONE, self.desk.session.clock)
        self._fields: dict[str, Field] = {
            "title": TextField(look, _("Namn"), name_hint),
            "area": TextField(look, _("Var"), _("Området eller gatorna ni går. Blir protokollets rubrik.")),
            "starts": self._when,
            "organiser": TextField(look, _("Vem ordnar"), who_hint),
            "purpose": TextField(look, _("Syfte"), _(PLACE_NOT_PEOPLE), lines=3),
            "light": SegmentField(
                look, _("Ljus"), [(each, label_of(each)) for each in Light], icons=LIGHT_ICONS, least=118, none=True
            ),
            "zone": TextField(look, _("Tidszon"), _("Klockan där ni går, till exempel Europe/Helsinki.")),
        }
        self._when.show_value(self.desk.session.clock())
        self._fields["organiser"].show_value(settings.organisation)
        self._fields["zone"].show_value(DEFAULT_ZONE)
        return self._fields

    def _page(self) -> QWidget:
        look, fields = self.look, self._fields
        shown = [at_top(fields[name]) for name in ("title", "area", "starts", "organiser", "light", "purpose")]
        grid = FlowGrid(look, shown, least=380, most=2, spacing=18, wide=shown[-2:])
        zone = Fold(look, _("Mer: tidszon"), fields["zone"])
        return Cards(look, Card(look, "", grid, zone), widest=1100)

    # The walk

    def _walk(self) -> SafetyWalk | None:
        return self.desk.shelf.walk(self.place.walk) if self.place.walk else None

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Show the walk, once there is one."""
        walk = self._walk()
        self._take_away.setVisible(walk is not None)
        if walk is not None:
            self._when.set_zone(walk.zone)
            self._form.show_record(walk)

    def _begin(self, name: str, value: Any) -> None:
        """Make the walk at the first thing that is said of it."""
        if self.place.walk or value is None or not str(value).strip():
            return
        self._said[name] = value
        if len(self._said) > 1:
            return
        # What is still being typed in other fields is told of now, and is part of it.
        self._form.flush()
        session = self.desk.session
        said = {"title": _("Ny vandring"), "starts": session.clock(), "organiser": session.settings.organisation}
        try:
            walk = new_walk(session, {**said, **self._said})
        except GatljusError as error:
            self._fields[name].refuse(str(error))
            self._said.clear()
            return
        self.place = Place("new_walk", walk)
        self.desk.stay(self.place)
        self.refresh({})

    def _zone_set(self, name: str) -> None:
        walk = self._walk()
        if name == "zone" and walk is not None:
            self._when.set_zone(walk.zone)

    def _on(self, where: Place) -> None:
        """Go on with the walk; without one, say what is needed."""
        self.flush()
        if self.place.walk:
            self.desk.swap(Place(where.page, self.place.walk, part=where.part))
            return
        self._fields["title"].refuse(_("Skriv ett namn först, till exempel platsens."))
        self._fields["title"].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _now(self) -> SafetyWalk | None:
        """The walk with what was just typed."""
        self.flush()
        return self.desk.shelf.now(SafetyWalk, self.place.walk, self.place.walk)

    def _go_now(self) -> None:
        walk = self._now()
        if walk is not None:
            begin_walk(self.desk.session, walk)
        self._on(Place("information"))

    def _delete(self) -> None:
        session, walk = self.desk.session, self._now()
        if walk is None:
            return
        records.delete(session, walk)
        forget_unkept(self)
        self.desk.go(Place())
        back = (_("Ångra"), lambda: _undo(self.desk, walk.id))
        self.desk.say(Notice(_("Vandringen togs bort."), icon_named("action", "delete"), action=back))

    def flush(self) -> None:
        """Write what is still being typed."""
        self._form.flush()


def _undo(desk: Desk, walk: str) -> None:
    records.undo(desk.session, walk)
