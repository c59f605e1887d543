"""From an observation to a measure in one press: what usually helps, who usually answers for it and why it should work
are filled in. With a measure as `item` of the place the observation is added to what that one answers."""

from collections.abc import Mapping
from dataclasses import replace

from app.base.words import _
from app.commands.measures import add_measure, suggestion
from app.commands.records import add
from app.domain.change import News
from app.domain.checklist import seamless
from app.domain.numbers import number_key
from app.domain.records import Measure, MeasureFor, Observation
from app.domain.values import ObservationKind
from app.queries.protocol_check import unanswered
from ui.widgets.desk import Desk, Place
from ui.widgets.fields import SegmentField
from ui.widgets.list_scroll import ListScroll, PageList
from ui.widgets.look import icon_named
from ui.widgets.measure_pane import TWO_PANES, party_word
from ui.widgets.notice import Notice, empty_state
from ui.widgets.page import Head, Screen
from ui.widgets.rows import Row
from ui.widgets.text import Surface, column, held
from ui.widgets.things import Things


class MeasureFromScreen(Screen):
    """The observations to choose from: those without a measure, or all."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self._things = Things(desk.shelf, place.walk)
        head = Head(desk, *self._words(), back=_("Tillbaka"))
        self.heading = head.heading
        choices = [("", _("Utan åtgärd")), ("all", _("Alla"))]
        self._which = SegmentField(self.look, "", choices, least=140)
        self._which.show_value(place.part)
        self._which.changed.connect(lambda part: desk.swap(replace(place, part=str(part))))
        self._list = PageList(self.look, _("Iakttagelser att välja bland"))
        self._list.opened.connect(self._press)
        self._none = empty_state(
            self.look, icon_named("state", "done"), _("Allt har en åtgärd"), _("Välj Alla för att se dem ändå.")
        )
        bar = Surface(self.look, "bg", edge="bottom")
        bar.setLayout(column(self._which, margin=12))
        down = column(head, bar, self._list, self._none, spacing=0)
        for widget in (self._list, self._none):
            down.setStretchFactor(widget, 1)
        self.box.addWidget(ListScroll(self.look, held(down), [self._list]), 1)

    def _words(self) -> tuple[str, str]:
        if not self.place.item:
            return _("Ny åtgärd från iakttagelse"), _(
                "En tryckning lägger till det som brukar hjälpa. Allt går att ändra."
            )
        number = self._things.numbers.get(self.place.item, "")
        return _("Vad svarar åtgärd {number} på?").format(number=number), _("Välj en iakttagelse till.")

    # What is so

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Show the observations."""
        shelf, walk = self.desk.shelf, self.place.walk
        self._things = Things(shelf, walk)
        shown = {each.id for each in shelf.all_of(Measure, walk)}
        links = [each for each in shelf.all_of(MeasureFor, walk) if each.measure in shown]
        mine = {each.observation for each in links if each.measure == self.place.item}
        found = list(self._things.observations)
        if self.place.part != "all":
            found = unanswered(found, links)
        found = [each for each in found if each.id not in mine]
        found.sort(
            key=lambda each: (each.kind == ObservationKind.POSITIVE, number_key(self._things.numbers.get(each.id, "")))
        )
        self._list.show_rows([self._row(each) for each in found])
        self._list.setVisible(bool(found))
        self._none.setVisible(not found)

    def _row(self, observation: Observation) -> Row:
        made = self._things.row(observation, at_desk=True)
        usual = suggestion(self.desk.session, observation)
        if self.place.item or not usual.get("text"):
            return made
        who = party_word(self.desk, self.place.walk, usual["responsible"])
        proposal = _("{what} – {who}").format(what=seamless(usual["text"]), who=who)
        return replace(made, detail=proposal, spoken=f"{made.spoken}, {_('förslag')}: {proposal}")

    # What is done

    def _press(self, key: str) -> None:
        observation = self.desk.shelf.one(Observation, self.place.walk, key)
        if observation is None:
            return
        if self.place.item:
            self._link(observation)
        else:
            self._add(observation)

    def _link(self, observation: Observation) -> None:
        add(
            self.desk.session,
            MeasureFor.KIND,
            self.place.walk,
            {"measure": self.place.item, "observation": observation.id},
        )
        text = _("Åtgärden svarar nu också på {name}.").format(name=self._things.called(observation, at_desk=True))
        self.desk.back()
        self.desk.say(Notice(text, "link-variant-plus", undo=True))

    def _add(self, observation: Observation) -> None:
        usual = suggestion(self.desk.session, observation).get("text")
        values = {} if usual else {"text": _("Utred vad som kan göras.")}
        made = add_measure(self.desk.session, self.place.walk, [observation], values)
        called = self._things.called(observation, at_desk=True)
        self.desk.swap(Place("measures" if self._is_wide() else "measure", self.place.walk, made))
        self.desk.say(Notice(_("Åtgärd föreslagen för {name}.").format(name=called), undo=True))

    def _is_wide(self) -> bool:
        return self.effective_width() >= TWO_PANES
