"""Measures: the list of what is proposed, and beside it, where there is room, why each one helps."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.errors import GatljusError
from app.base.words import _, ngettext
from app.commands.records import set_fields
from app.domain.change import News
from app.domain.checklist import UNDECIDED
from app.domain.reasoning import gaps_of, stands_as_reported
from app.domain.records import Measure, MeasureFor, Observation, Party, Protocol, Remark, SafetyWalk, Stop
from app.domain.values import MeasureStatus, Priority, label_of
from app.queries.protocol_check import unanswered
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.desk import Desk, Place
from ui.widgets.flow import Flow
from ui.widgets.list_scroll import ListScroll
from ui.widgets.look import icon_named
from ui.widgets.measure_pane import BY_OWNER, TWO_PANES, MeasurePane, measures_by, party_word, steps, up_and_down
from ui.widgets.measure_table import MeasureHeads, MeasureList, MeasureRow, PriorityMark
from ui.widgets.notice import Notice, empty_state
from ui.widgets.page import Screen
from ui.widgets.rows import Row, may_move
from ui.widgets.text import Heading, Label, Surface, column, held, row
from ui.widgets.things import Things

LOW, LEAST = 330, 96
"""Below this effective height of the page there is no room for what the marks mean. So much of it the list has."""


class MeasuresScreen(Screen):
    """The list, its order, what is missing; `item` of its place is the measure shown beside it, `part` the order."""

    kinds = (Measure, MeasureFor, Observation, Stop, Party, Remark, Protocol, SafetyWalk)

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self._chosen, self._things = place.item, Things(desk.shelf, place.walk)
        self._order: list[str] = []
        self._pane: MeasurePane | None = None
        self._right = Surface(self.look, "surface", edge="left")
        self._aside = QVBoxLayout(self._right)
        self._aside.setContentsMargins(1, 0, 0, 0)
        self._aside.setSpacing(0)
        self._right.hide()
        panes = row(self._listing(), self._right, spacing=0)
        panes.setStretch(0, 58)
        panes.setStretch(1, 42)
        self.box.addLayout(panes, 1)
        steps(self, {"Ctrl+Up": lambda: self._step(-1), "Ctrl+Down": lambda: self._step(1)})

    # The list

    def _listing(self) -> QWidget:
        look, settings = self.look, self.desk.session.settings
        self._list = MeasureList(look, marks_current=True, letters=settings.letters)
        self._list.opened.connect(self._open)
        self._list.moved.connect(self._moved)
        self._list.ranked.connect(self._rank)
        self._heads = MeasureHeads(look, self._list)
        self._none = empty_state(
            look,
            icon_named("nav", "measures"),
            _("Inga åtgärder än"),
            _("Välj en iakttagelse, så föreslås det som brukar hjälpa. Allt går att ändra."),
        )
        down = column(self._head(), self._heads, self._list, self._none, self._foot(), spacing=0)
        for widget in (self._list, self._none):
            down.setStretchFactor(widget, 1)
        page = ListScroll(look, held(down), [self._list])
        page.scroll_alone(round(LEAST * look.scale))
        return page

    def _head(self) -> QWidget:
        look = self.look
        self.heading = self._count = Heading(look, _("Åtgärder"))
        by_owner = self.place.part == BY_OWNER
        word, icon = (
            (_("Efter nummer"), "sort-numeric-ascending")
            if by_owner
            else (_("Efter ansvarig"), icon_named("action", "sort"))
        )
        sort = Button(look, word, icon)
        sort.clicked.connect(lambda: self._go_by("" if by_owner else BY_OWNER))
        new = Button(look, _("Ny åtgärd från iakttagelse"), icon_named("action", "new"))
        new.clicked.connect(self._new)
        flow = Flow(look.gap)
        for each in (sort, new):
            flow.addWidget(each)
        head = Surface(look, "bg", edge="bottom")
        head.setLayout(column(self._count, held(flow), margin=14, spacing=10))
        return head

    def _foot(self) -> QWidget:
        look = self.look
        self._legend = [
            held(row(PriorityMark(look, each), Label(look, label_of(each), "meta"), spacing=6)) for each in Priority
        ]
        self._gaps = Chip(look, "")
        self._unanswered = Button(look, "", icon_named("action", "new"), kind="quiet")
        self._unanswered.clicked.connect(self._new)
        flow = Flow(12)
        for each in (*self._legend, self._gaps, self._unanswered):
            flow.addWidget(each)
        foot = Surface(look, "surface", edge="top")
        foot.setLayout(column(held(flow), margin=10))
        return foot

    # What is so

    def subtitle(self) -> str:
        """How many there are of how many observations."""
        measures, seen = len(self._order), len(self._things.observations)
        text = ngettext("{n} åtgärd ur {seen} iakttagelser", "{n} åtgärder ur {seen} iakttagelser", measures)
        return text.format(n=measures, seen=seen)

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Show the measures as they are."""
        self._arrange()
        self._things = Things(self.desk.shelf, self.place.walk)
        shown = measures_by(self.desk, self._things, self.place.part)
        self._order = [each.id for each in shown]
        self._count.setText(ngettext("{n} åtgärd", "{n} åtgärder", len(shown)).format(n=len(shown)))
        rows: list[Row] = [self._row(each) for each in shown]
        self._list.show_rows(rows)
        self._heads.settle()
        for widget in (self._list, self._gaps):
            widget.setVisible(bool(rows))
        self._show_legend()
        self._none.setVisible(not rows)
        self._say_gaps(shown)
        self._show_chosen()

    def _row(self, measure: Measure) -> Row:
        who = party_word(self.desk, self.place.walk, measure.responsible)
        number = self._things.numbers.get(measure.id, "")
        reported = stands_as_reported(measure)
        status = _("Felanmäld") if reported else label_of(measure.status)
        code = "reported" if reported else str(measure.status)
        icons = {each.value for each in MeasureStatus} | {"reported"}
        ranked = measure.priority if isinstance(measure.priority, Priority) else None
        said = (
            _("prioritet {letter}, {word}").format(letter=ranked.value, word=label_of(ranked))
            if ranked
            else _("utan prioritet")
        )
        text = str(measure.text or _("Ingen åtgärd är skriven."))
        return MeasureRow(
            measure.id,
            text,
            priority=ranked,
            shows_priority=True,
            right=status,
            spoken=f"{number}, {text}, {who}, {said}, {status}",
            nr=number,
            who=who,
            undecided=(measure.responsible or UNDECIDED) == UNDECIDED,
            status_icon=icon_named("measure_status", code if code in icons else "new"),
        )

    def _say_gaps(self, measures: list[Measure]) -> None:
        gaps = sum(len(gaps_of(each)) for each in measures)
        text = ngettext("{n} lucka kvar", "{n} luckor kvar", gaps).format(n=gaps)
        if gaps:
            self._gaps.say(text, icon_named("state", "missing"), "warn")
        else:
            self._gaps.say(_("Inga luckor kvar"), icon_named("state", "done"), "ok")
        known = {each.id for each in measures}
        links = [each for each in self.desk.shelf.all_of(MeasureFor, self.place.walk) if each.measure in known]
        rest = len(unanswered(self._things.observations, links))
        text = ngettext("{n} iakttagelse har ingen åtgärd än", "{n} iakttagelser har ingen åtgärd än", rest)
        self._unanswered.setText(text.format(n=rest))
        self._unanswered.setAccessibleName(_("{what}, välj").format(what=text.format(n=rest)))
        self._unanswered.updateGeometry()
        self._unanswered.setVisible(bool(rest))

    # The pane

    def _two_panes(self) -> bool:
        return self.effective_width() >= TWO_PANES

    def _arrange(self) -> None:
        """Make the pane once there is room for it."""
        if self._two_panes() and self._pane is None:
            look = self.look
            self._pane = MeasurePane(self.desk, self.place.walk)
            self._pane.opened.connect(self._choose)
            self._pane.gone.connect(self._gone)
            self._pane.asked.connect(lambda: self.desk.go(Place("measure_from", self.place.walk, self._chosen)))
            self._which = Label(look, "", "meta", "text2")
            up, down = up_and_down(look, self._step)
            words = column(self._which, Heading(look, _("Varför hjälper det?")), spacing=2)
            head = Surface(look, "surface", edge="bottom")
            box = row(held(words), up, down, margin=12, spacing=look.gap)
            box.setStretch(0, 1)
            head.setLayout(box)
            self._aside.addWidget(head)
            self._aside.addWidget(self._pane, 1)

    def _show_chosen(self) -> None:
        two = self._two_panes()
        if two and self._order and self._chosen not in self._order:
            self._chosen = self._order[0]
        measure = self.desk.shelf.one(Measure, self.place.walk, self._chosen) if self._chosen else None
        self._right.setVisible(two and measure is not None)
        if self._chosen:
            self._list.choose(self._chosen, tell=False)
        if two and measure is not None and self._pane is not None:
            self._pane.show_measure(self._things, measure)
            number, place = self._things.numbers.get(measure.id, ""), self._place_of(measure)
            which = _("Åtgärd {number}, {place}") if place else _("Åtgärd {number}")
            self._which.setText(which.format(number=number, place=place))

    def _place_of(self, measure: Measure) -> str:
        links = self.desk.shelf.all_of(MeasureFor, self.place.walk)
        answered = {each.observation for each in links if each.measure == measure.id}
        stops = [self._things.stop_of(each) for each in self._things.observations if each.id in answered]
        return ", ".join(dict.fromkeys(str(each.name) for each in stops if each))

    def _show_legend(self) -> None:
        """What the marks mean; where there is hardly any height the rows say it alone."""
        for widget in self._legend:
            widget.setVisible(bool(self._order) and self.height() / self.look.scale >= LOW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Room for the pane, or no longer."""
        super().resizeEvent(event)
        self._show_legend()
        if self._right.isHidden() == self._two_panes():
            self._arrange()
            self._show_chosen()

    # What is done

    def _go_by(self, part: str) -> None:
        self.desk.swap(replace(self.place, item=self._chosen, part=part))

    def _new(self) -> None:
        self.desk.go(Place("measure_from", self.place.walk))

    def _open(self, key: str) -> None:
        if not self._two_panes():
            self.desk.go(Place("measure", self.place.walk, key, self.place.part))
            return
        if self._choose(key) and self._pane is not None:
            self._pane.begin()

    def _moved(self, key: str) -> None:
        if self._two_panes():
            self._choose(key)

    def _choose(self, key: str) -> bool:
        """Show a measure beside the list. Returns whether it may be shown: what could not be written of the one before
        is said once."""
        if self._pane is not None and not may_move(self.desk, self._list, self._pane, self._chosen, key):
            return False
        self._chosen = key
        self.place = replace(self.place, item=key)
        self.desk.stay(self.place)
        self._show_chosen()
        return True

    def _gone(self) -> None:
        place = self._order.index(self._chosen) if self._chosen in self._order else 0
        rest = [each for each in self._order if each != self._chosen]
        self._choose(rest[min(place, len(rest) - 1)] if rest else "")

    def _step(self, by: int) -> None:
        if self._chosen in self._order:
            place = self._order.index(self._chosen) + by
            if 0 <= place < len(self._order):
                self._choose(self._order[place])

    def _rank(self, key: str, priority: Priority) -> None:
        measure = self.desk.shelf.one(Measure, self.place.walk, key)
        if measure is None:
            return
        self.flush()
        try:
            set_fields(self.desk.session, measure, {"priority": priority})
        except GatljusError:
            self._needs_reason(key)
            return
        text = _("Åtgärd {number}: prioritet {letter}, {word}.")
        number = self._things.numbers.get(key, "")
        words = text.format(number=number, letter=priority.value, word=label_of(priority))
        self.desk.say(Notice(words, icon_named("priority", priority.value), undo=True))

    def _needs_reason(self, key: str) -> None:
        """D without a reason: say so where the reason is written."""
        if self._two_panes() and self._pane is not None:
            if self._choose(key):
                self._pane.focus_reason()
            return
        text = _("Prioritet D behöver en motivering. Öppna åtgärden och skriv den först.")
        self.desk.say(Notice(text, icon_named("state", "warn"), problem=True))

    def flush(self) -> None:
        """Write what is still being typed."""
        if self._pane is not None:
            self._pane.flush()
