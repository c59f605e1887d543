"""*Planera*: the walk before it is walked, in parts that are tabs. `part` of the place says which is shown."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from app.base.words import N_, _
from app.domain.change import News
from app.domain.records import (
    CameraClock,
    Group,
    Participant,
    Party,
    Photo,
    Protocol,
    Route,
    SafetyWalk,
    Stop,
    Track,
    TrackChunk,
)
from ui.widgets.desk import Desk, Place
from ui.widgets.look import icon_named
from ui.widgets.page import Screen
from ui.widgets.plan import about, parties, people, route
from ui.widgets.plan.about import AboutPart
from ui.widgets.plan.checklist import ChecklistPart
from ui.widgets.plan.part import Part
from ui.widgets.plan.parties import PartiesPart
from ui.widgets.plan.people import PeoplePart
from ui.widgets.plan.route import RoutePart
from ui.widgets.tabs import Tab, Tabs
from ui.widgets.words import moment_words

PARTS: tuple[tuple[type[Part], str, str], ...] = (
    (AboutPart, N_("Om vandringen"), "text-box-outline"),
    (RoutePart, N_("Rutt och stopp"), icon_named("nav", "plan")),
    (ChecklistPart, N_("Checklista"), "format-list-checks"),
    (PeoplePart, N_("Deltagare och grupper"), "account-group-outline"),
    (PartiesPart, N_("Ansvariga"), "domain"),
)


class PlanScreen(Screen):
    """Tabs, and the part that is shown."""

    kinds = (SafetyWalk, Stop, Route, Track, TrackChunk, Participant, Group, Party, Protocol, Photo, CameraClock)

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        known = {each.NAME: each for each, _word, _icon in PARTS}
        shown = known.get(place.part, RoutePart)
        self._tabs = Tabs(self.look, self._now(), shown.NAME, self._open)
        self._part = shown(desk, place.walk, place.item)
        self._part.fills.connect(lambda on: self._tabs.setVisible(not on))
        self.heading = self._part.heading
        self.box.addWidget(self._tabs)
        self.box.addWidget(self._part, 1)

    def _now(self) -> list[Tab]:
        done = self._done()
        return [Tab(each.NAME, _(word), icon, done.get(each.NAME, False)) for each, word, icon in PARTS]

    def _done(self) -> Mapping[str, bool]:
        shelf, scope = self.desk.shelf, self.place.walk
        walk = shelf.walk(scope)
        if walk is None:
            return {}
        return {
            AboutPart.NAME: about.is_done(walk),
            RoutePart.NAME: route.is_done(shelf.stops(scope)),
            ChecklistPart.NAME: bool(walk.checklist),
            PeoplePart.NAME: people.is_done(shelf.all_of(Participant, scope)),
            PartiesPart.NAME: parties.is_done(shelf.all_of(Party, scope)),
        }

    def _open(self, part: str) -> None:
        self.desk.swap(Place("plan", self.place.walk, part=part))

    def subtitle(self) -> str:
        """When, and who arranges it."""
        walk = self.desk.shelf.walk(self.place.walk)
        if walk is None:
            return ""
        when = moment_words(walk.starts, walk.zone, self.desk.session.clock())
        return ", ".join(each for each in (when, str(walk.organiser or "")) if each)

    def notices_over(self) -> QWidget:
        """Where the part says, else under it."""
        return self._part.notices_over() or super().notices_over()

    def make_room(self, height: int) -> None:
        """Over the part, or under it."""
        over = height if self._part.notices_over() is not None else 0
        self._part.lift(over)
        super().make_room(height - over)

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Show what is so now."""
        self._tabs.show_tabs(self._now())
        self._part.refresh()

    def step_back(self) -> None:
        """Out of what is open in the part, then out of the plan."""
        if not self._part.step_back():
            super().step_back()

    def flush(self) -> None:
        """Write what is still being typed."""
        self._part.flush()
