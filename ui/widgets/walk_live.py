"""The walk while one walks it: own position and way on the map, the way to the next stop, the track recorded."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QRectF

from app.base.errors import GatljusError
from app.base.words import _
from app.domain.geo import distance_m
from app.domain.placing import RADIUS_M, nearest_stop, positions_of
from app.domain.records import SafetyWalk, Stop
from app.domain.values import Position, known
from ui.bridge.runner import Failure
from ui.widgets.button import Button
from ui.widgets.desk import Desk
from ui.widgets.look import icon_named
from ui.widgets.map_own import Own
from ui.widgets.map_view import MapPane
from ui.widgets.next_bar import NextBar
from ui.widgets.notice import Notice
from ui.widgets.noting import NO_STOP
from ui.widgets.things import Things
from ui.widgets.track_ask import TrackAsk
from ui.widgets.walk_over import over_here
from ui.widgets.walk_round import Round

CLEARLY_DEG = 20
"""So far another direction is worth turning the map for."""
INNER = 0.25
"""While the map follows, one is kept so far (a share of its size) from its edges."""


def own_of(desk: Desk) -> Own | None:
    """Where this device is, as a map shows it."""
    guide = desk.guide
    if guide.heard is None:
        return None
    fix = guide.heard.fix
    return Own(fix.position, fix.radius_m, guide.course_deg, guide.is_stale)


class Shown(Protocol):
    """What is asked of the screen."""

    new: Button
    """The button that is lit, unless the track waits to be gone on with, or the walk is ended."""
    onward: Button
    """The button that is lit once the walk is ended."""

    @property
    def way(self) -> Round:
        """The stop one is at, and the next."""

    def be_at(self, stop: str) -> None:
        """Say that one is at a stop."""

    def number_of(self, stop: Stop) -> str:
        """The number of a stop."""

    def show_plate(self) -> None:
        """Show at which stop one is, and what comes after."""


class LiveWalk(QObject):
    """Keeps the screen at what the guide tells. `track` is the button that begins, pauses and goes on; `over` the walk,
    where it was ended when that was last seen."""

    def __init__(self, desk: Desk, walk: str, pane: MapPane, bar: NextBar, shown: Shown, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._walk, self._pane, self._bar, self._shown = desk, walk, pane, bar, shown
        look = desk.look
        # One answer for all of the page: a planned end may pass at any moment.
        self.over = over_here(desk, walk)
        # The place that the position said last, and whether one was on the way.
        self._told: tuple[int | None, bool] = (None, False)
        # The stop that was offered last, and the one that a notice offers just now.
        self._offered = self._asked_of = ""
        self._ask_no_more: Callable[[], None] = lambda: None
        self.follow = Button(look, _("Följ mig"), icon_named("action", "follow_me"), over=True, rank="meta", padding=3)
        self.follow.setCheckable(True)
        self.follow.ticks = False
        self.up = Button(look, _("Norr upp"), icon_named("action", "north_up"), over=True, rank="meta", padding=3,
                         name=_("Kartan: norr upp"))  # fmt: skip
        self.up.setCheckable(True)
        self.up.ticks = False
        self.track = Button(look, "", icon_named("action", "pause"), over=True)
        self.track.twice = False
        # It is shown before it has its place: without a parent that would be a window of its own.
        self.track.setParent(pane)
        pane.add(self.up)
        pane.add(self.follow)
        self.follow.setChecked(desk.guide.follows)
        self.up.setChecked(desk.guide.heads_up)
        self.up.toggled.connect(lambda _on: self._asked())
        self.follow.toggled.connect(lambda _on: self._asked())
        pane.view.drawn_along.connect(lambda: self.follow.setChecked(False))
        self.track.clicked.connect(lambda _on: self.press())
        bar.confirm.clicked.connect(lambda _on: self._confirm())
        desk.guide.moved.connect(self._moved)
        # The position may be too old to say anything.
        desk.guide.turned.connect(shown.show_plate)
        desk.guide.turned.connect(self.show_now)
        # After what is offered where one has come to: that is over sooner.
        TrackAsk(desk, walk, self._begin_track, self)
        self.show_now()

    # What is so

    def show_now(self) -> None:
        """Show all of it."""
        guide, way = self._desk.guide, self._shown.way
        if way.here is not None:
            guide.walks(self._walk, way.stops, way.here.id)
        for button in (self.follow, self.up):
            self._pane.set_shown(button, guide.receiver is not None)
        mine, paused = guide.records == self._walk, guide.is_paused
        # Whoever ended the walk by mistake first goes on with it.
        there = mine or (guide.receiver is not None and self.over is None)
        # Shown before it has a parent it would be a window of its own.
        if self.track.parentWidget() is not None or not there:
            self.track.setVisible(there)
        word = _("Fortsätt") if mine and paused else _("Pausa") if mine else _("Starta spår")
        # A triangle alone would play something, and what is recorded sounds like a voice.
        icon = icon_named("action", "resume" if paused else "pause") if mine else icon_named("source", "track")
        name = _("Fortsätt spåret") if mine and paused else _("Pausa spåret") if mine else _("Starta spåret")
        self.track.setText(word)
        self.track.setAccessibleName(name)
        self.track.icon_name = icon
        shown = self._shown
        lit = self.track if mine and paused else shown.onward if self.over is not None else shown.new
        for button in (self.track, shown.new, shown.onward):
            button.kind = "primary" if button is lit else "plain"
            button.update()
        self._moved()

    def see_end(self) -> SafetyWalk | None:
        """See whether the walk is ended by now, and go by that until it is seen anew. Returns it where it is."""
        before, self.over = self.over, over_here(self._desk, self._walk)
        if (before is None) != (self.over is None):
            self.show_now()
        return self.over

    def _moved(self) -> None:
        guide, view = self._desk.guide, self._pane.view
        own = own_of(self._desk)
        view.show_own(own)
        if guide.records == self._walk:
            view.show_trail(guide.trail, self.growing)
        if self.up.isChecked():
            self._turn()
        if self.follow.isChecked():
            self._follow()
        near = own.position if own and not own.stale else None
        plate = self.plate
        told = plate.place if plate.by_position else None, plate.bound
        if told != self._told:
            self._told = told
            self._shown.show_plate()
            self._take_back_question()
        after = None if self.over is not None else plate.towards
        self._bar.show_way(near, known(after.position, Position) if after else None, view.frame.turn)
        if near is not None:
            self._offer(near)

    def _asked(self) -> None:
        """The map is asked to follow or to turn, or not to any longer."""
        self._desk.guide.follows, self._desk.guide.heads_up = self.follow.isChecked(), self.up.isChecked()
        self._turn()
        self._moved()

    def _follow(self) -> None:
        """Keep one in sight: the map moves on when one comes near its edge, not with every step."""
        own, view = own_of(self._desk), self._pane.view
        if own is None:
            return
        right, down = view.width() * INNER, view.height() * INNER
        if not QRectF(view.rect()).adjusted(right, down, -right, -down).contains(view.point_of(own.position)):
            view.go_to(own.position)

    def _turn(self) -> None:
        """North up, or where one goes: then the map is turned when that is clearly another direction, not with every
        step."""
        on, view = self.up.isChecked(), self._pane.view
        self._pane.name(self.up, _("Färdriktning upp") if on else _("Norr upp"))
        self.up.setAccessibleName(_("Kartan: färdriktning upp") if on else _("Kartan: norr upp"))
        self.up.icon_name = icon_named("action", "heading_up" if on else "north_up")
        self._pane.place()
        own = own_of(self._desk)
        course = own.course_deg if own is not None and not own.stale else None
        if not on:
            view.turn_to(0)
        elif course is not None and abs((course - view.frame.turn + 180) % 360 - 180) > CLEARLY_DEG:
            view.turn_to(course)

    def hold(self, stop: str, *, sets_out: bool = False) -> None:
        """A person says at which stop one is, or goes on to it."""
        guide, stops = self._desk.guide, self._shown.way.stops
        if sets_out:
            guide.set_out(self._walk, stops, stop)
        else:
            guide.walks(self._walk, stops, stop)
            guide.arrival.hold(stop)

    @property
    def by_position(self) -> str:
        """The later stop at which one last was by position, though a person has said another; "" where there is none,
        or where the position is too old."""
        guide, here = self._desk.guide, self._shown.way.here
        fits = guide.arrival.walk == self._walk and here is not None and guide.arrival.said == here.id
        return guide.arrival.at if fits and self.over is None and not guide.is_stale else ""

    @property
    def plate(self) -> Round:
        """Where one is: by position where that is clear, else as a person has said; or where one is going. Nowhere once
        the walk is ended."""
        way = self._shown.way.at(self.by_position)
        return replace(way, over=True) if self.over is not None else way.heard(self._desk.guide)

    def is_to_be_said(self, stop: str, *, beside: bool) -> bool:
        """Whether the card of a stop offers to say that one is there: not where that has been said, or where the plate
        asks for it `beside` the card, and not once the walk is ended."""
        plate = self.plate
        if plate.over:
            return False
        return plate.bound or not (self._shown.way.is_here(stop) or (beside and plate.is_here(stop)))

    def _confirm(self) -> None:
        """A person says what the position says."""
        if self.by_position:
            self._shown.be_at(self.by_position)

    def _offer(self, near: Position) -> None:
        """One has come to the next stop, or to one further on: that is offered once, and never done by itself."""
        heard, way = self._desk.guide.heard, self._shown.way
        # Who walks home after the end comes to no stop.
        if heard is None or heard.is_doubtful or self.over is not None:
            return
        ahead = {each.id: each for each in way.stops[way.place + 1 :]}
        found = nearest_stop(near, positions_of(ahead.values()))
        if found is not None and found not in (self._offered, self._desk.guide.arrival.offered):
            stop, self._offered = ahead[found], found
            number = self._shown.number_of(stop)
            text = _("Ni är framme vid stopp {n}, {name}.").format(n=number, name=stop.name)
            here = (_("Vi är här"), lambda: self._shown.be_at(stop.id))
            brief = _("Framme vid {n}.").format(n=number)
            shown, gone = partial(self._asks_now, found), partial(self._asked_enough, found)
            self._desk.say(Notice(text, icon_named("action", "next_stop"), action=here, waits=True, brief=brief,
                                  shown=shown, gone=gone))  # fmt: skip

    def _asks_now(self, stop: str, take_away: Callable[[], None]) -> None:
        self._asked_of, self._ask_no_more = stop, take_away
        self._shown.show_plate()
        self._take_back_question()

    def _take_back_question(self) -> None:
        """Whoever clearly is at yet another stop is asked of the one that they have left no more."""
        if self._asked_of and self.by_position not in ("", self._asked_of):
            self._ask_no_more()

    def _asked_enough(self, stop: str) -> None:
        if self._asked_of == stop:
            self._asked_of, self._desk.guide.arrival.offered = "", stop
            self._shown.show_plate()

    @property
    def is_asked(self) -> bool:
        """Whether a notice asks just now whether one is where the position says."""
        return bool(self._asked_of) and self._asked_of == self.by_position

    def spot(self, things: Things) -> str:
        """Where what is noted now belongs, as the part of a place: the stop that this device is at by its position,
        none where it is far from the one that a person has said, or on the way there, else that one."""
        here, own, plate = self._shown.way.here, own_of(self._desk), self.plate
        heard = self._desk.guide.heard
        if own is not None and heard is not None and not own.stale and heard.is_doubtful:
            here = plate.here
        elif own is not None and not own.stale:
            near = things.stop_near(own.position)
            if near is not None:
                return f"stop:{near.id}"
            place = known(here.position, Position) if here else None
            if place is not None and distance_m(own.position, place) > 2 * RADIUS_M:
                return f"stop:{NO_STOP}"
        if plate.bound:
            return f"stop:{NO_STOP}"
        return f"stop:{here.id}" if here is not None else ""

    # The track

    @property
    def growing(self) -> str:
        """The id of the track that is recorded of this walk; "" where none is."""
        recording = self._desk.guide.recording
        return recording.track if recording is not None and recording.walk == self._walk else ""

    def press(self) -> None:
        """Begin, pause or go on; nothing where that is not offered."""
        guide = self._desk.guide
        if self.track.isHidden():
            return
        if guide.records != self._walk:
            self._begin_track()
        elif guide.is_paused:
            self._do(lambda: guide.pause(False), _("Spåret fortsätter."), "walk")
        else:
            told = _("Spåret är pausat. Iakttagelser sparas som vanligt.")
            self._do(guide.pause, told, icon_named("action", "pause"))

    def _begin_track(self) -> None:
        self._do(lambda: self._desk.guide.record(self._walk), _("Spåret spelas in."), "walk")

    def _do(self, deed: Callable[[], None], told: str, icon: str) -> None:
        try:
            deed()
        except (GatljusError, OSError) as error:
            self._desk.fail(Failure.of(error))
            return
        self._desk.say(Notice(told, icon))
