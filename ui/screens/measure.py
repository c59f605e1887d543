"""One measure as a page, where there is no room for it beside the list."""

from collections.abc import Mapping
from dataclasses import replace

from app.base.words import _
from app.domain.change import News
from app.domain.records import Measure
from ui.widgets.desk import Desk, Place
from ui.widgets.measure_pane import MeasurePane, measures_by, steps, up_and_down
from ui.widgets.page import Head, Screen
from ui.widgets.things import Things


class MeasureScreen(Screen):
    """The measure `item`; `part` is the order that the measures before and after it follow."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        up, down = up_and_down(self.look, self._step)
        self._head = Head(desk, _("Åtgärd"), _("Varför hjälper det?"), back=_("Tillbaka"), actions=(up, down))
        self.heading = self._head.heading
        self._pane = MeasurePane(desk, place.walk)
        self._pane.gone.connect(desk.back)
        self._pane.opened.connect(lambda key: desk.swap(replace(place, item=key)))
        self._pane.asked.connect(lambda: desk.go(Place("measure_from", place.walk, place.item)))
        self.box.addWidget(self._head)
        self.box.addWidget(self._pane, 1)
        steps(self, {"Ctrl+Up": lambda: self._step(-1), "Ctrl+Down": lambda: self._step(1)})

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Show the measure as it is."""
        measure = self.desk.shelf.one(Measure, self.place.walk, self.place.item)
        if measure is None:
            self._head.say(_("Åtgärden är borttagen"), _("Den kan tas tillbaka med Ångra."))
            self._pane.hide()
            return
        things = Things(self.desk.shelf, self.place.walk)
        self._pane.show()
        self._head.say(_("Åtgärd {number}").format(number=things.numbers.get(measure.id, "")), _("Varför hjälper det?"))
        self._pane.show_measure(things, measure)

    def _step(self, by: int) -> None:
        order = [each.id for each in measures_by(self.desk, Things(self.desk.shelf, self.place.walk), self.place.part)]
        if self.place.item in order:
            place = order.index(self.place.item) + by
            if 0 <= place < len(order):
                self.desk.swap(replace(self.place, item=order[place]))

    def flush(self) -> None:
        """Write what is still being typed."""
        self._pane.flush()
