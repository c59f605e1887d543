"""One observation on a page of its own; and the map on which it is put in its right place."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import _
from app.domain.change import News
from app.domain.records import Observation
from app.domain.values import Position
from ui.widgets.area import move
from ui.widgets.button import Button
from ui.widgets.desk import Desk, Place
from ui.widgets.look import icon_named
from ui.widgets.map_view import MapPane
from ui.widgets.notice import empty_state
from ui.widgets.observation_fields import known_how
from ui.widgets.observation_pane import ObservationPane
from ui.widgets.page import Head, Screen
from ui.widgets.text import Label
from ui.widgets.things import Things
from ui.widgets.walk_marks import lines_of, marks_of, seen_at_first

ON_THE_MAP = "place"
CLOSE = 17.0
"""The zoom at which one can tell the sides of a path apart."""


class PlaceOnMap(QWidget):
    """The map with one observation on it; a press says where it is."""

    def __init__(self, desk: Desk, scope: str, record: str) -> None:
        super().__init__()
        self.desk, self.scope, self.record = desk, scope, record
        look = desk.look
        done = Button(look, _("Klar"), icon_named("action", "keep"))
        done.clicked.connect(desk.back)
        self.head = Head(desk, _("Var är det?"), actions=(done,))
        self.heading = self.head.heading
        self._how = Label(look, "", "body", "text2")
        self._how.setContentsMargins(16, 8, 16, 8)
        self.map = MapPane(look, desk.tiles, _("Karta, tryck där iakttagelsen är"))
        self.map.view.pressed.connect(self._put)
        self.map.view.mark_moved.connect(lambda key, position: self._put(position) if key == record else None)
        self._shown = False
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for each in (self.head, self._how):
            box.addWidget(each)
        box.addWidget(self.map, 1)

    def refresh(self) -> bool:
        """Show where it is now. Returns whether it is still there."""
        seen = self.desk.shelf.one(Observation, self.scope, self.record)
        if seen is None:
            return False
        self._seen = seen
        things = Things(self.desk.shelf, self.scope)
        self.head.say(_("Var är det?"), things.called(seen, at_desk=True))
        self._how.setText(f"{_('Tryck på kartan där det är, eller dra märket dit.')} {known_how(seen)}")
        every = marks_of(self.desk, self.scope, at_desk=True)
        marks = [replace(each, movable=each.key == self.record) for each in every]
        self.map.view.show_marks(marks)
        ways = lines_of(self.desk, self.scope)
        self.map.view.show_lines(ways)
        if not self._shown:
            self._shown = True
            self.map.view.fit(seen_at_first(marks, ways))
            if isinstance(seen.position, Position):
                self.map.view.go_to(seen.position, CLOSE)
        self.map.view.choose(self.record)
        return True

    def _put(self, position: Position) -> None:
        move(self.desk, self._seen, position)


class ObservationScreen(Screen):
    """Everything of one observation."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self._gone: QWidget | None = None
        self.body: ObservationPane | PlaceOnMap
        if place.part == ON_THE_MAP:
            self.body = PlaceOnMap(desk, place.walk, place.item)
        else:
            self.body = ObservationPane(desk, place.walk, back=_("Tillbaka"))
            self.body.closed.connect(desk.back)
            shortcut = QShortcut(QKeySequence("Ctrl+E"), self)
            shortcut.activated.connect(self.body.propose)
        self.heading = self.body.heading
        self.box.addWidget(self.body, 1)

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Show what is so now."""
        body = self.body
        there = body.show_observation(self.place.item) if isinstance(body, ObservationPane) else body.refresh()
        if there == (self._gone is None):
            return
        if self._gone is not None:
            self.box.removeWidget(self._gone)
            self._gone.hide()
            self._gone.deleteLater()
            self._gone = None
        else:
            back = Button(self.look, _("Till iakttagelserna"), icon_named("action", "back"))
            back.clicked.connect(lambda: self.desk.swap(Place("observations", self.place.walk)))
            self._gone = empty_state(
                self.look, icon_named("action", "delete"), _("Iakttagelsen är borttagen"),
                _("Den finns kvar i historiken. Ångra i övre listen tar tillbaka den om den togs bort här."), back,
            )  # fmt: skip
            self.box.addWidget(self._gone, 1)
        body.setVisible(self._gone is None)

    def flush(self) -> None:
        """Write what is still being typed."""
        if isinstance(self.body, ObservationPane):
            self.body.flush()
