"""*Rutt och stopp*: the stops in order beside the map, and the one that is chosen.

A press on the empty map gives the chosen stop its place, where it has none yet, and is a new stop otherwise. Where
there is room for three panes the chosen stop has the third; else it takes the list's place.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.job import Job
from app.base.words import _, ngettext
from app.commands import records, stops
from app.domain.geo import Plane, path_m
from app.domain.records import Stop
from app.domain.rules import expected_minutes
from app.domain.values import Position, known, label_of
from app.jobs.places import import_route
from ui.widgets.button import Button
from ui.widgets.desk import Desk, Place
from ui.widgets.fields import forget_unkept
from ui.widgets.flow import FlowGrid
from ui.widgets.list_scroll import ListScroll, PageList
from ui.widgets.look import icon_named
from ui.widgets.map_home import shows
from ui.widgets.map_model import Mark, MarkKind
from ui.widgets.map_view import MapPane
from ui.widgets.notice import Notice, empty_state
from ui.widgets.outcome import tell_outcome
from ui.widgets.plan.no_map import NoMap
from ui.widgets.plan.part import Part
from ui.widgets.plan.read import ReadPanel, words_of
from ui.widgets.plan.room import Room
from ui.widgets.plan.stop import FIRST, LAST, StopPane
from ui.widgets.plan.tracks import TracksPanel
from ui.widgets.rows import Row, may_move
from ui.widgets.text import Heading, Label, column, held
from ui.widgets.track_offer import TrackOffer
from ui.widgets.walk_marks import lines_of, marks_of, seen_at_first
from ui.widgets.words import metres

Taken = tuple[str, str, dict[str, Any]]
"""The name of a file, what it was read as, what came of it."""

FILES = "(*.gpx *.geojson *.json *.nmea *.txt *.log)"
NUDGE_M, FAR_NUDGE_M = 1.0, 10.0
WAYS_OF_KEYS: Mapping[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


def is_done(stops: tuple[Stop, ...]) -> bool:
    """Whether there are stops, all of them with a place."""
    return bool(stops) and all(isinstance(each.position, Position) for each in stops)


class RoutePart(Part):
    """List, map, chosen stop."""

    NAME = "rutt"

    def __init__(self, desk: Desk, scope: str, item: str = "") -> None:
        super().__init__(desk, scope, item)
        self._stops: tuple[Stop, ...] = ()
        # A map that was looked at while nothing lay on it stays as it was, unless what comes lies elsewhere.
        self._fitted = self._looked_at = False
        self._nudging: tuple[str, int] | None = None
        self._unnamed = ""
        self._pane = StopPane(desk)
        self._pane.closed.connect(lambda: self._choose(""))
        self._pane.moves.connect(self._move)
        self._pane.removed.connect(self._remove)
        self._pane.stands.connect(lambda: desk.go(Place("stand", scope, self.item)))
        self._map = MapPane(self.look, desk.tiles, _("Karta, samma stopp finns i listan"))
        view = self._map.view
        view.pressed.connect(self._press)
        view.mark_pressed.connect(self._choose)
        view.mark_moved.connect(self._carry)
        view.installEventFilter(self)
        self._room = Room(self.look, self._listing(), self._map, self._pane)
        self._room.fills.connect(self.fills)
        self.box.addWidget(self._room)
        self._shortcuts()

    def _listing(self) -> QWidget:
        look = self.look
        self.heading = self._title = Heading(look, "", "h3")
        self._facts = Label(look, "", "meta", "text2")
        self._list = PageList(look, _("Stopp i ordning"), marks_current=True)
        self._list.opened.connect(self._choose)
        self._read, self._no_map = ReadPanel(look), NoMap(self.desk, self.scope)
        self._offer = TrackOffer(self.desk, self.scope)
        self._offer.told.connect(self.desk.say)
        self._tracks = TracksPanel(self.desk, self.scope)
        self._empty = empty_state(
            look, "map-marker-plus", _("Inga stopp än."), _("Tryck på kartan där ni vill stanna.")
        )
        add = Button(look, _("Lägg till stopp"), icon_named("action", "add_stop"))
        add.clicked.connect(self._add)
        route = Button(look, _("Hämta rutt"), icon_named("action", "import_"))
        route.clicked.connect(lambda: self._import("planned"))
        track = Button(look, _("Hämta spår"), icon_named("nav", "walk"))
        track.clicked.connect(lambda: self._import("walked"))
        top = held(column(self._title, self._facts, margin=16, spacing=2))
        tools = FlowGrid(look, [add, route, track], least=140, most=2, wide=[add])
        foot = QWidget()
        box = QVBoxLayout(foot)
        box.setContentsMargins(16, 10, 16, 14)
        box.addWidget(self._no_map)
        box.addWidget(self._read)
        box.addWidget(self._offer)
        box.addWidget(tools)
        box.addWidget(self._tracks)
        return ListScroll(look, held(column(top, self._empty, self._list, foot, spacing=0)), [self._list])

    def _shortcuts(self) -> None:
        acts = {
            "Insert": self._add,
            "Del": self._remove,
            "F2": self._rename,
            "Alt+Up": lambda: self._move(-1),
            "Alt+Down": lambda: self._move(1),
        }
        for key, act in acts.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # What is so

    def refresh(self) -> None:
        """Show the stops, the ways and what is chosen."""
        self._stops = self.desk.shelf.stops(self.scope)
        count = len(self._stops)
        self._title.setText(ngettext("{n} stopp", "{n} stopp", count).format(n=count))
        self._empty.setVisible(not count)
        self._list.setVisible(bool(count))
        self._list.show_rows([self._row(each) for each in self._stops])
        self._no_map.show_stops(self._stops)
        self._offer.refresh()
        self._tracks.refresh()
        self._show_map()
        self._show_chosen()

    def _number(self, stop: Stop) -> str:
        return str(self.desk.shelf.numbers(self.scope).of.get(stop.id, ""))

    def _row(self, stop: Stop) -> Row:
        missing = (_("Läge saknas"), icon_named("state", "unplaced"), "warn")
        chip = None if isinstance(stop.position, Position) else missing
        kind = label_of(stop.place_type)
        spoken = ", ".join(
            each
            for each in (_("Stopp {number}, {name}").format(number=self._number(stop), name=stop.name), kind)
            if each
        )
        return Row(stop.id, str(stop.name), kind, number=self._number(stop), chip=chip, spoken=spoken)

    def _show_map(self) -> None:
        view, ways = self._map.view, lines_of(self.desk, self.scope)
        marks = [self._mark(each) for each in marks_of(self.desk, self.scope) if each.kind == MarkKind.STOP]
        view.show_lines(ways)
        view.show_marks(marks)
        planned = [way for way in ways if way.planned]
        if not self._fitted and (marks or ways):
            self._fitted = True
            wanted = seen_at_first(marks, planned or ways)
            if not (self._looked_at and (self._unnamed or shows(view, wanted))):
                view.fit(wanted)
        self._looked_at = True
        length = sum(path_m(piece) for way in planned for piece in way.pieces)
        length = length or path_m([each.position for each in marks])
        self._facts.setText(_plan_words(length, len(self._stops)))
        self._facts.setVisible(bool(self._facts.text()))

    def _mark(self, mark: Mark) -> Mark:
        return replace(mark, movable=True, here=mark.key == self.item)

    def _chosen(self) -> tuple[int, Stop] | None:
        return next(((place, each) for place, each in enumerate(self._stops) if each.id == self.item), None)

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        self._room.open_third(chosen is not None)
        # Where one presses is in sight, and those that were drawn before stay there.
        self._map.view.choose(self.item if chosen else "", still=self._unnamed == self.item)
        if chosen is not None:
            place, stop = chosen
            self._list.choose(stop.id, tell=False)
            self._pane.show_stop(stop, self._number(stop), place, len(self._stops))
            if self._unnamed == stop.id:
                self._unnamed = ""
                self._pane.name_it()

    def _choose(self, key: str) -> None:
        """Open a stop; "" closes it."""
        if may_move(self.desk, self._list, self._pane, self.item, key):
            self._show(key)

    def _show(self, key: str) -> None:
        if key != self.item:
            self._pane.flush()
            self.item, self._nudging = key, None
            self.desk.stay(Place("plan", self.scope, item=key, part=self.NAME))
        self.refresh()
        if not key:
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    # What can be done

    def _add(self, position: Position | None = None) -> None:
        if not self.desk.may_leave(self._pane):
            return
        name = _("Stopp {n}").format(n=len(self._stops) + 1)
        said: dict[str, Any] = {"name": name} | ({"position": position} if position else {})
        # It is shown, and its name is asked for, when the bell has told of it.
        self._unnamed = stops.add_stop(self.desk.session, self.scope, said)
        self._show(self._unnamed)
        self.desk.say(Notice(_("{name} lades till.").format(name=name), icon_named("action", "add_stop"), undo=True))

    def _press(self, position: Position) -> None:
        chosen = self._chosen()
        if chosen is not None and chosen[1].position is None:
            self._carry(chosen[1].id, position)
        else:
            self._add(position)

    def _carry(self, key: str, position: Position) -> None:
        stop = next((each for each in self._stops if each.id == key), None)
        if stop is not None:
            self._pane.flush()
            self._place(stop, position)
            text = _("{name} har fått ett nytt läge.").format(name=stop.name)
            self.desk.say(Notice(text, "map-marker-check-outline", undo=True))

    def _place(self, stop: Stop, position: Position, action: int | None = None) -> int:
        """Write where a stop is. What is written is seen at once: the next press may come before the bell."""
        written = records.set_fields(self.desk.session, stop, {"position": position}, action=action)
        seen = stop.seen.after("position", written.stamps.get((stop.id, "position"), ()))
        placed = replace(stop, position=position, seen=seen)
        self._stops = tuple(placed if each.id == stop.id else each for each in self._stops)
        return written.action

    def _current(self) -> tuple[int, Stop] | None:
        """The stop that keys are meant for: the chosen one, or the current row."""
        key = self.item or self._list.current_key()
        return next(((place, each) for place, each in enumerate(self._stops) if each.id == key), None)

    def _move(self, by: int) -> None:
        found = self._current()
        if found is None:
            return
        place, stop = found
        if not 0 <= place + by < len(self._stops):
            # Under a pointer alone nobody with a finger would learn it.
            why_not = FIRST if by < 0 else LAST
            self.desk.say(Notice(_(why_not), "swap-vertical"))
            return
        beyond = place + by + (1 if by > 0 else 0)
        before = self._stops[beyond] if beyond < len(self._stops) else None
        self._pane.flush()
        stops.move_stop(self.desk.session, stop, before)
        self.desk.say(Notice(_("{name} flyttades.").format(name=stop.name), "swap-vertical", undo=True))

    def _remove(self) -> None:
        # What was just typed has been seen; nothing else is taken along than what is shown.
        self._pane.flush()
        self.desk.bell.settle()
        found = self._current()
        if found is None:
            return
        stop = found[1]
        records.delete(self.desk.session, self.desk.shelf.as_shown(stop))
        if self.item:
            forget_unkept(self._pane)
            self._show("")
        text = _("{name} togs bort.").format(name=stop.name)
        self.desk.say(Notice(text, icon_named("action", "delete"), undo=True))

    def _rename(self) -> None:
        found = self._current()
        if found is not None:
            self._choose(found[1].id)
            self._pane.name_it()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows on the map move the chosen stop by a metre, with Shift by ten."""
        way = WAYS_OF_KEYS.get(event.key()) if isinstance(event, QKeyEvent) else None
        chosen = self._chosen()
        if way is None or chosen is None or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        assert isinstance(event, QKeyEvent)
        if event.modifiers() & Qt.KeyboardModifier.AltModifier or not isinstance(chosen[1].position, Position):
            return super().eventFilter(watched, event)
        far = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self._nudge(chosen[1], way, FAR_NUDGE_M if far else NUDGE_M)
        return True

    def _nudge(self, stop: Stop, way: tuple[int, int], by: float) -> None:
        """Presses in a row are one intention, so one undo takes them back."""
        position = known(stop.position, Position)
        if position is None:
            return
        action = self._nudging[1] if self._nudging and self._nudging[0] == stop.id else None
        there = Plane(position).position(way[0] * by, way[1] * by)
        self._nudging = stop.id, self._place(stop, there, action)

    # Files

    def _import(self, said: str) -> None:
        title = _("Hämta rutt") if said == "planned" else _("Hämta spår")
        walk = self.walk()
        for path in self.desk.choose_files(self, title, f"{_('Rutter och spår')} {FILES}") if walk else []:
            self._take_in(path, said)

    def _take_in(self, path: Path, said: str) -> None:
        walk, session = self.walk(), self.desk.session
        if walk is None:
            return

        def begin() -> Job[Taken]:
            result = yield from import_route(session, walk, path, said)
            return path.name, said, result

        run = self.desk.work(_("Hämtar {name}").format(name=path.name), begin)
        tell_outcome(run, self, self._taken, partial(_tell_taken, self.desk, self.scope))

    def _taken(self, taken: Taken) -> None:
        name, said, result = taken
        self._fitted = self._looked_at = False
        self._read.tell(name, result, route=said == "planned")
        self.refresh()

    def notices_over(self) -> QWidget | None:
        """The map that has all the room: nothing of it moves under the finger while it is told what was drawn."""
        return self._map if self._room.is_filled else None

    def lift(self, height: int) -> None:
        """Scale and attribution stay in sight."""
        self._map.lift(height)

    def step_back(self) -> bool:
        """Close the stop."""
        if not self.item:
            return False
        self._choose("")
        return True

    def flush(self) -> None:
        """Write what is still being typed."""
        self._pane.flush()


def _tell_taken(desk: Desk, scope: str, taken: Taken) -> None:
    """Say in a line what came of a file, wherever one is."""
    name, said, result = taken
    told, damaged = words_of(name, result, route=said == "planned")
    see = (_("Öppna planen"), lambda: desk.go(Place("plan", scope, part=RoutePart.NAME)))
    desk.say(Notice(" ".join((told, *damaged)), icon_named("action", "import_"), problem=bool(damaged), action=see))


def _plan_words(length: float, count: int) -> str:
    """1,9 km, cirka 1 h 45 min."""
    if not length or not count:
        return ""
    hours, minutes = divmod(expected_minutes(length, count), 60)
    time = _("{h} h {min} min").format(h=hours, min=minutes) if hours else _("{min} min").format(min=minutes)
    return _("{length}, cirka {time}").format(length=metres(length), time=time)
