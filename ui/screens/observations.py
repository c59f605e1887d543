"""The observations of a walk: a list and a map of the same selection, one of them in full."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedLayout, QStackedWidget, QVBoxLayout, QWidget

from app.base.words import _, ngettext
from app.commands.measures import add_measure
from app.domain.change import News
from app.domain.records import Measure, MeasureFor, Observation, Remark
from app.domain.values import Position
from ui.widgets.area import move
from ui.widgets.button import Button
from ui.widgets.clash_banner import ClashBanner
from ui.widgets.desk import Desk, Place
from ui.widgets.fields import SegmentField, forget_unkept
from ui.widgets.filter_bar import FilterBar
from ui.widgets.list_scroll import ListScroll, PageList
from ui.widgets.look import icon_named
from ui.widgets.map_model import MarkKind
from ui.widgets.map_view import MapPane
from ui.widgets.notice import empty_state
from ui.widgets.observation_pane import ObservationPane
from ui.widgets.page import MIDDLE, SETTLED_MS, Head, Screen
from ui.widgets.rows import Row, may_move
from ui.widgets.selection import Selection, Selector
from ui.widgets.text import Label, Surface, column, held, row
from ui.widgets.things import Things, stop_title
from ui.widgets.walk_marks import MADE_OF, lines_of, marks_of, seen_at_first

PANES = 860
"""From this width on (÷ text scale) list and map stand beside each other."""

LOW, LEAST = 660, 96
"""Below this height (÷ text scale) the filters are folded away. So much of it is left to what is over the foot."""


class ObservationList(QWidget):
    """The list, the map beside it or in its place, and the chosen observation in full where there is room."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__()
        self.desk, self.look, self.place, self.scope = desk, desk.look, place, place.walk
        self.things = Things(desk.shelf, self.scope)
        self.selection = Selection.of(place.part)
        self._shown: list[Observation] = []
        self._beside = False
        self._pane: ObservationPane | None = None
        self._map: MapPane | None = None
        self._fitted: Selection | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._add_head()
        self._add_body()
        self._soon = QTimer(self, singleShot=True, interval=150)
        self._soon.timeout.connect(self._follow)
        for key, act in (("M", self._toggle_map), ("Ctrl+E", self._measure)):
            if len(key) > 1 or desk.session.settings.letters:
                shortcut = QShortcut(QKeySequence(key), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(act)

    # Building

    def _add_head(self) -> None:
        look = self.look
        new = Button(look, _("Ny iakttagelse"), icon_named("action", "new"))
        new.clicked.connect(lambda: self.desk.go(Place("observe", self.scope)))
        self.head = Head(self.desk, _("Iakttagelser"), actions=(new,))
        self.heading = self.head.heading
        self._banner = ClashBanner(self.desk, self.scope)
        self._filter_place = QVBoxLayout()
        self.filters: FilterBar | None = None
        self._switch = SegmentField(look, "", [("list", _("Lista")), ("map", _("Karta"))], least=100)
        self._switch.show_value("list")
        self._switch.changed.connect(lambda _value: self._arrange())
        self._switch.setContentsMargins(16, 0, 16, 8)
        box = column(self.head, self._banner, spacing=0)
        box.addLayout(self._filter_place)
        box.addWidget(self._switch)
        self._top = held(box)

    def _add_body(self) -> None:
        look = self.look
        self.rows = PageList(look, _("Iakttagelser i ordning"), self.desk.pictures, marks_current=True)
        self.rows.opened.connect(self._open)
        self.rows.moved.connect(self._moved)
        clear = Button(look, _("Rensa sökningen"), "close")
        clear.clicked.connect(lambda: self.filters.clear_all() if self.filters else None)
        self._nothing_words = Label(look, "", "h3")
        nothing = QVBoxLayout()
        nothing.setContentsMargins(16, 24, 16, 16)
        nothing.addWidget(self._nothing_words)
        nothing.addWidget(clear, 0, Qt.AlignmentFlag.AlignLeft)
        nothing.addStretch(1)
        self._nothing = held(nothing)
        self._none = empty_state(
            look, icon_named("nav", "observations"), _("Inga iakttagelser än"),
            _("Det ni noterar på vandringen står här, stopp för stopp."),
        )  # fmt: skip
        self._left = QStackedWidget()
        for each in (self.rows, self._nothing, self._none):
            self._left.addWidget(each)
        self._right, self._right_box = QWidget(), QStackedLayout()
        self._right.setLayout(self._right_box)
        self._within = column(self._top, self._left, spacing=0)
        self._within.setStretch(1, 1)
        page = ListScroll(look, held(self._within), [self.rows], self._left)
        page.scroll_alone(round(LEAST * look.scale))
        self._across = row(page, self._right, spacing=0)
        self._across.setStretch(0, 11)
        self._across.setStretch(1, 9)
        self._box.addLayout(self._across, 1)
        self._box.addWidget(self._foot())

    def _foot(self) -> QWidget:
        look = self.look
        self._chosen = Label(look, "", "strong", "onSelected")
        self._act = Button(look, _("Gör en åtgärd"), icon_named("nav", "measures"))
        self._act.clicked.connect(self._measure)
        self._bar = Surface(look, "selected", edge="top")
        box = row(self._chosen, self._act, spacing=12)
        box.setContentsMargins(16, 8, 16, 8)
        box.setStretch(0, 1)
        self._bar.setLayout(box)
        self._bar.hide()
        return self._bar

    def _make_filters(self) -> None:
        """In full, or folded away where there is little room; what is being typed stays."""
        window = self.window()
        low = window.height() / self.look.scale < LOW or window.width() / self.look.scale < MIDDLE
        if self.filters is not None and (self.filters.folded, self.filters.groups) == (low, self.things.groups):
            return
        if self.filters is not None:
            self.filters.hide()
            self.filters.deleteLater()
        self.filters = FilterBar(self.desk, self.things, self.selection, folded=low)
        self.filters.changed.connect(self._select)
        self._filter_place.addWidget(self.filters)

    # Arranging

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may have room for two panes, or for one."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self._make_filters()
        beside = self.width() / self.look.scale >= PANES
        on_map = any(value == "map" and button.isChecked() for value, button in self._switch.buttons)
        self._beside = beside
        self._switch.setVisible(not beside)
        self._settle_parts()
        self._left.setVisible(beside or not on_map)
        self._right.setVisible(beside or on_map)
        if beside or on_map:
            self._show_map()
        if not beside and self._map is not None:
            self._right_box.setCurrentWidget(self._map)

    def _settle_parts(self) -> None:
        """Over both where they stand beside each other; else all of it scrolls as one where there is little height."""
        above, last = (self._box, self._across) if self._beside else (self._within, self._within)
        if above.indexOf(self._top) < 0:
            above.insertWidget(0, self._top)
        if last.indexOf(self._right) < 0:
            last.addWidget(self._right, 9 if self._beside else 1)

    # What is so

    def refresh(self) -> None:
        """Show what is so now."""
        self.things = Things(self.desk.shelf, self.scope)
        self._make_filters()
        self.show_clashes()
        self._show_rows()
        self._arrange()
        self._fill_map()
        if self._pane is not None and not self._pane.refresh():
            self._pane.flush()
            forget_unkept(self._pane)
            self._close_pane()
        if self.place.item and not self.rows.current_key():
            self.rows.choose(self.place.item, tell=False)
            # Where the page scrolls instead of the list.
            QTimer.singleShot(SETTLED_MS, self.rows, self._see_current)
        self._tell_chosen()

    def _see_current(self) -> None:
        self.rows.scrollTo(self.rows.currentIndex())

    def show_clashes(self) -> None:
        """Say how many things of the walk are to be chosen between."""
        self._banner.say(len(self.desk.shelf.conflicts(self.scope)))

    def _show_rows(self) -> None:
        things = self.things
        self._shown = Selector(self.desk, things).pick(self.selection)
        rows: list[Row] = []
        last: str | None = None
        for each in self._shown:
            stop = things.stop_of(each)
            here = stop.id if stop else ""
            if here != last:
                title = stop_title(things.numbers.get(here, ""), stop) if stop else _("Längs vägen")
                rows.append(Row(f"at {here}", title, heading=True))
                last = here
            rows.append(things.row(each, at_desk=True))
        self.rows.show_rows(rows)
        every = len(things.observations)
        if not every:
            self._left.setCurrentWidget(self._none)
        elif self._shown:
            self._left.setCurrentWidget(self.rows)
        else:
            words = self.selection.words
            text = _("Inget hittat för ”{text}”.").format(text=words) if words else _("Inget hittat med de filtren.")
            self._nothing_words.setText(text)
            self._left.setCurrentWidget(self._nothing)
        self.head.say(_("Iakttagelser"), self._count(every))

    def _count(self, every: int) -> str:
        if len(self._shown) == every:
            return ngettext("{n} iakttagelse.", "{n} iakttagelser.", every).format(n=every)
        said = ngettext("{n} av {total} iakttagelse visas.", "{n} av {total} iakttagelser visas.", every)
        counted = said.format(n=len(self._shown), total=every)
        return f"{counted} {_('Samma urval i listan och på kartan.')}"

    def _select(self, selection: Selection) -> None:
        self.selection = selection
        self._keep()
        self._show_rows()
        self._fill_map()
        self._tell_chosen()

    def _keep(self) -> None:
        """Whoever comes back finds the same selection and the same row."""
        self.place = replace(self.place, item=self.rows.current_key(), part=self.selection.as_part())
        self.desk.stay(self.place)

    # The map

    def _show_map(self) -> None:
        if self._map is None:
            self._map = MapPane(self.look, self.desk.tiles, _("Karta, samma innehåll finns i listan"))
            self._map.view.mark_pressed.connect(self._mark_pressed)
            self._map.view.mark_moved.connect(self._mark_moved)
            self._right_box.addWidget(self._map)
            self._fill_map()
        if self._pane is None:
            self._right_box.setCurrentWidget(self._map)

    def _fill_map(self) -> None:
        if self._map is None:
            return
        shown = {each.id for each in self._shown}
        every = len(shown) == len(self.things.observations)
        marks = [
            each
            for each in marks_of(self.desk, self.scope, at_desk=True)
            if each.kind == MarkKind.STOP or each.key in shown or (every and each.kind == MarkKind.PHOTO)
        ]
        self._map.view.show_marks(marks)
        self._map.view.show_lines(lines_of(self.desk, self.scope))
        if self._fitted != self.selection:
            self._fitted = self.selection
            self._map.view.fit(seen_at_first(marks, self._map.view.lines, only=shown))
        self._map.view.choose(self.rows.current_key())

    def _mark_pressed(self, key: str) -> None:
        if self.rows.choose(key):
            self._tell_chosen()

    def _mark_moved(self, key: str, position: Position) -> None:
        seen = next((each for each in self._shown if each.id == key), None)
        if seen is not None:
            move(self.desk, seen, position)

    def _toggle_map(self) -> None:
        if self._beside:
            self._close_pane()
            if self._map is not None and self._pane is None:
                self._map.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        on_map = self._left.isHidden()
        self._switch.show_value("list" if on_map else "map")
        self._arrange()

    # One of them

    def _moved(self, _key: str) -> None:
        self._soon.start()

    def _follow(self) -> None:
        """The map and the pane follow the row that is current."""
        key = self.rows.current_key()
        if key and not self._may_show(key):
            return
        self._tell_chosen()
        if self._map is not None:
            self._map.view.choose(key)
        if self._pane is not None and key:
            self._pane.show_observation(key)
        self._keep()

    def _may_show(self, key: str) -> bool:
        seen = self._pane.observation if self._pane else None
        return self._pane is None or seen is None or may_move(self.desk, self.rows, self._pane, seen.id, key)

    def _tell_chosen(self) -> None:
        seen = self._current()
        self._bar.setVisible(seen is not None and self._pane is None)
        if seen is not None:
            name = self.things.called(seen, at_desk=True)
            self._chosen.setText(name)
            self._act.setAccessibleName(_("Gör en åtgärd av {name}").format(name=name))

    def _current(self) -> Observation | None:
        key = self.rows.current_key()
        return next((each for each in self._shown if each.id == key), None)

    def _open(self, key: str) -> None:
        self._soon.stop()
        if not self._may_show(key):
            return
        self._keep()
        if not self._beside:
            self.desk.go(Place("observation", self.scope, key))
            return
        if self._pane is None:
            self._pane = ObservationPane(self.desk, self.scope, back=_("Till kartan"))
            self._pane.closed.connect(self._close_pane)
            self._right_box.addWidget(self._pane)
        self._pane.show_observation(key)
        self._right_box.setCurrentWidget(self._pane)
        self._tell_chosen()

    def _close_pane(self) -> None:
        pane = self._pane
        if pane is None or not self.desk.may_leave(pane):
            return
        self._pane = None
        self._right_box.removeWidget(pane)
        pane.hide()
        pane.deleteLater()
        self._arrange()
        self._tell_chosen()
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _measure(self) -> None:
        if self._pane is not None:
            self._pane.propose()
            return
        seen = self._current()
        if seen is not None:
            made = add_measure(self.desk.session, self.scope, [seen], {})
            self._keep()
            self.desk.go(Place("measure", self.scope, made))

    def search(self) -> None:
        """Go to the search field."""
        if self.filters is not None:
            self.filters.search()

    def flush(self) -> None:
        """Write what is still being typed."""
        if self._pane is not None:
            self._pane.flush()


class ObservationsScreen(Screen):
    """The observations of a walk."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.body = ObservationList(desk, place)
        self.heading = self.body.heading
        self.box.addWidget(self.body, 1)

    def refresh(self, news: Mapping[str, News]) -> None:
        """Show what is so now. Whatever was written may be to choose between; the list is made of some kinds only."""
        told, kinds = news.get(self.place.walk), (*MADE_OF, Remark, Measure, MeasureFor)
        if told is None or told.concerns(kinds):
            self.body.refresh()
        else:
            self.body.show_clashes()

    def search(self) -> None:
        """Go to the search field."""
        self.body.search()

    def flush(self) -> None:
        """Write what is still being typed."""
        self.body.flush()
