"""The map under hands and keys. A list beside it always has the same content in words.

Draw it along, throw it, pinch it; arrows move it, plus and minus zoom, Tab goes from mark to mark, Enter opens one.
"""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import _
from ui.bridge.tiles import Tiles
from ui.widgets.button import BARE, Button
from ui.widgets.look import Look, icon_named
from ui.widgets.map_hand import Hand
from ui.widgets.map_home import WayHome
from ui.widgets.map_picture import MapPicture
from ui.widgets.map_spoken import told
from ui.widgets.map_spots import Spot

ARROW_STEP = 80
MOST_BESIDE = 2
"""So many columns of buttons leave the map to be seen."""
ARROWS = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
CLOSER = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)


class MapView(MapPicture):
    """`pressed(Position)`: the empty map was pressed; `pressed_twice`: again at once, which zooms. `mark_pressed(key)`:
    a mark was. `mark_moved(key, Position)`: a movable mark, chosen by a press before, was carried to its right place;
    `may_carry(key)` is asked first. `drawn_along`: somebody looks elsewhere.
    """

    pressed = Signal(object)
    pressed_twice = Signal()
    mark_pressed = Signal(str)
    mark_moved = Signal(str, object)
    drawn_along = Signal()

    def __init__(self, look: Look, tiles: Tiles, name: str) -> None:
        super().__init__(look, tiles, name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self._hand = Hand(look, self, self)
        self.may_carry: Callable[[str], bool] = lambda _key: True
        self._tour: list[str] | None = None
        self._toured = False

    def zoom_by(self, steps: float) -> None:
        """Closer or further, round the middle."""
        self.zoom_at(steps, QPointF(self.width() / 2, self.height() / 2))

    def hideEvent(self, event: QHideEvent) -> None:
        """Lie still when nobody looks."""
        self._hand.rest()
        super().hideEvent(event)

    # The grip of a hand

    def _leave_tour(self) -> None:
        self._fit, self._tour = (), None

    def pan_by(self, right: float, down: float) -> None:
        """Draw the ground along by so many pixels."""
        self._leave_tour()
        self._show(self.frame.moved(right, down))
        self.drawn_along.emit()

    def zoom_at(self, steps: float, still: QPointF) -> None:
        """Zoom; what is seen at `still` stays there."""
        self._leave_tour()
        self._show(self.frame.zoomed(self._allowed(self.frame.zoom + steps), still))

    def tap(self, point: QPointF) -> None:
        """Press here: a mark, many that a closer look tells apart, or the empty map. A press on the plate is none on
        what that hides, which is drawn out from under it."""
        if self._is_hidden(point):
            return
        spot = self._spot_at(point)
        # Whoever presses has seen where things are.
        self._is_put = False
        if spot is None:
            self._fit = ()
            self.pressed.emit(self.position_at(point))
        else:
            self._open(spot)

    def tap_again(self, point: QPointF) -> None:
        """Twice on the empty map is closer."""
        if self._is_hidden(point):
            return
        if self._spot_at(point) is not None:
            self.tap(point)
            return
        self.pressed_twice.emit()
        self.zoom_at(1, point)

    def _is_hidden(self, point: QPointF) -> bool:
        return self._plate.box.contains(point.toPoint())

    def _open(self, spot: Spot) -> None:
        if spot.apart and self.frame.zoom < self._closest:
            fitting = self._fitting([each.position for each in spot.marks], self._closest)
            self._leave_tour()
            self._show(replace(fitting, zoom=self._allowed(max(fitting.zoom, self.frame.zoom + 1))))
            return
        self.choose(spot.top.key)
        self.mark_pressed.emit(spot.top.key)

    def take(self, point: QPointF) -> bool:
        """Take the chosen mark, if it is seen here, alone or among others, and may be carried."""
        spot = None if self._is_hidden(point) else self._spot_at(point)
        chosen = next((each for each in spot.marks if each.key == self._current), None) if spot is not None else None
        if chosen is None or not chosen.movable or not self.may_carry(chosen.key):
            return False
        self._carried = (chosen, point)
        self.update()
        return True

    def carry(self, point: QPointF) -> None:
        """Hold it here."""
        if self._carried:
            self._carried = (self._carried[0], point)
            self.update()

    def put_down(self, point: QPointF | None) -> None:
        """Put it down here; None: where it was."""
        carried, self._carried = self._carried, None
        self.update()
        if carried and point is not None:
            self.mark_moved.emit(carried[0].key, self.position_at(point))

    # Hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.shows_focus = False
            self._hand.down([event.position()])
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._hand.move([event.position()])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Called by Qt."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._hand.up(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The hand counts the presses itself, those of fingers and those of a pointer."""
        self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel zooms where the pointer is."""
        self.zoom_at(event.angleDelta().y() / 240, event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Fingers; and Escape, while it leaves the marks and not the page."""
        if isinstance(event, QTouchEvent):
            return self._touched(event)
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self._tour is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def _touched(self, event: QTouchEvent) -> bool:
        points = [each.position() for each in event.points()]
        if event.type() == QEvent.Type.TouchCancel:
            self._hand.cancel()
        elif event.type() == QEvent.Type.TouchEnd:
            self._hand.up(points[0])
        elif event.type() == QEvent.Type.TouchBegin:
            self.shows_focus = False
            self._hand.down(points)
        elif len(points) > 1 and any(each.state() == each.State.Pressed for each in event.points()):
            self._hand.down(points)
        else:
            self._hand.move(points)
        event.accept()
        return True

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, plus and minus zoom, Enter opens the mark one is at, Escape leaves the marks."""
        self.shows_focus = True
        self.update()
        key = Qt.Key(event.key())
        if key in ARROWS and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            right, down = ARROWS[key]
            self.pan_by(right * ARROW_STEP, down * ARROW_STEP)
            self._toured = False
        elif key in CLOSER:
            self.zoom_by(1)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(-1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._tour is not None:
            spot = self._all_spots().of(self._current)
            if spot is not None:
                self._open(spot)
        elif key == Qt.Key.Key_Escape and self._tour is not None:
            self._tour, self._toured = None, True
            self.choose("")
        else:
            super().keyPressEvent(event)

    def choose(self, key: str, *, still: bool = False) -> None:
        """Mark a mark as the one one is at, and say so; "" is none."""
        if key != self.current:
            super().choose(key, still=still)
            self.setAccessibleDescription(told(self))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """By the tabulator, the whole map first."""
        super().focusInEvent(event)
        self._tour, self._toured = None, False
        by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.shows_focus = self.shows_focus or by_key
        # Before it is said that the focus is here: with that it is read.
        self.setAccessibleDescription(told(self))
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No ring without focus."""
        super().focusOutEvent(event)
        self.update()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """The tabulator goes from mark to mark, the nearest to the middle first, and then on."""
        self.shows_focus = True
        if self._tour is None and forward and not self._toured:
            self._tour, here = self._by_distance(), -1
        elif self._tour and self._current in self._tour:
            here = self._tour.index(self._current)
        else:
            return bool(super().focusNextPrevChild(forward))
        there = here + (1 if forward else -1)
        if 0 <= there < len(self._tour):
            self.choose(self._tour[there])
            return True
        self._tour = None
        return bool(super().focusNextPrevChild(forward))

    def _by_distance(self) -> list[str]:
        middle, area = QPointF(self.width() / 2, self.height() / 2), QRectF(self.rect())
        seen = [spot for spot in self._seen_spots() if area.contains(spot.point(self.frame))]
        return [spot.top.key for spot in sorted(seen, key=lambda each: self._away(each, middle))]


class MapPane(QWidget):
    """A map with buttons for closer and further on the hand's side. `view` is the map; of its bottom the buttons keep
    `kept_free` pixels free, and the plate."""

    def __init__(self, look: Look, tiles: Tiles, name: str, *, kept_free: int = 0) -> None:
        super().__init__()
        self.look, self._kept_free = look, kept_free
        self.view = MapView(look, tiles, name)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.view)
        self.closer = self._button(_("Närmare"), icon_named("action", "zoom_in"), 1)
        self.further = self._button(_("Längre ut"), icon_named("action", "zoom_out"), -1)
        self.home = WayHome(look, self.view)
        self._others: dict[Button, bool] = {}
        """Added buttons, and whether there is anything for them to do."""
        self._placed: tuple[Button, ...] = ()
        """Those that there is room for."""
        # Elsewhere the attribution may be longer or shorter. Were the map fitted in anew for that, it might be
        # elsewhere again, without end.
        self.view.settled.connect(lambda: self.place(fits=False))

    def _button(self, word: str, icon: str, step: int) -> Button:
        bare = self.look.scale >= BARE
        text = "" if bare else word
        button = Button(self.look, text, icon, over=not bare, rank="meta", name=word, padding=3)
        button.setParent(self)
        button.clicked.connect(lambda: self.view.zoom_by(step))
        return button

    def add(self, button: Button) -> None:
        """One more button under those; it is there where the map is high enough. With large text it has no words."""
        self.name(button, button.text())
        button.over = self.look.scale < BARE
        button.setParent(self)
        self._others[button] = True
        self.place()

    def name(self, button: Button, word: str) -> None:
        """The word on an added button; with large text there is no room for one."""
        button.setText(word if self.look.scale < BARE else "")

    def set_shown(self, button: Button, on: bool) -> None:
        """Whether there is anything for an added button to do."""
        if self._others.get(button) is not on:
            self._others[button] = on
            self.place()

    def lift(self, height: int) -> None:
        """So much of the bottom is covered for a while: the plate lies above it; nothing that is pressed moves, and
        what would lie half under it comes back when that is over."""
        self.view.lift(height)
        self.home.lifted = height
        self._show_those_in_sight()
        self.home.show_now()

    def _show_those_in_sight(self) -> None:
        for each in (self.closer, self.further, *self._others):
            each.setVisible(each in self._placed and self.home.in_sight.contains(each.geometry()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons keep to their corner."""
        super().resizeEvent(event)
        self.place()

    def showEvent(self, event: QShowEvent) -> None:
        """Only now is the map as large as it is seen, and with it the plate."""
        super().showEvent(event)
        self.place()

    def place(self, *, fits: bool = True) -> None:
        """Put the buttons where they belong, from the top down, as large as their words ask; beside each other where
        the map is low."""
        wide, high = (80, 72) if self.look.gloves else (76, 64)
        every = (self.closer, self.further, *(each for each, on in self._others.items() if on))
        wide = max(wide, *(each.fontMetrics().horizontalAdvance(each.text()) + 10 for each in every))
        high = max(high, *(each.heightForWidth(wide) for each in every))
        # The top: what lies over the bottom, for a while or always, neither covers nor moves them there.
        room = self.height() - 12 - max(self.view.foot, self._kept_free)
        one_above_another = max(1, room // (high + 12))
        if one_above_another * (1 if self.look.scale >= BARE else MOST_BESIDE) < len(every):
            # So many would lie over what the map is there for.
            every = every[:2]
        if room < high:
            # Where the map is as low as that, it is brought closer by the fingers, the wheel or a key.
            every = ()
        self._placed = every
        beside = -(-len(every) // one_above_another)
        # Four that have no room one above another stand two by two, not three and one.
        one_above_another = -(-len(every) // max(1, beside))
        for place, button in enumerate(every):
            across, down = divmod(place, one_above_another)
            inward = 12 + across * (wide + 12)
            x = inward if self.look.left_handed else self.width() - wide - inward
            button.setGeometry(x, 12 + down * (high + 12), wide, high)
            button.raise_()
        self._show_those_in_sight()
        taken = beside * (wide + 12)
        self.view.keep_clear(*((taken, 0) if self.look.left_handed else (0, taken)), fits=fits)
        self.home.taken = [each.geometry() for each in every]
        self.home.show_now()
