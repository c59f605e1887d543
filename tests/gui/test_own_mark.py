"""Where one is on the map of the walk: how old that may be, in words, in what is kept, and in the pixels that are
seen."""

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPointF, Qt

from app.domain.records import Observation, Stop
from app.domain.values import Position, PositionSource
from app.session import Session
from tests.gui.hands import press, wait
from tests.gui.maps import still
from tests.gui.read_back import image, near, share
from tests.gui.twins import Told
from ui.screens.walk import WalkScreen
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.look import THEMES
from ui.widgets.map_model import MarkKind
from ui.widgets.map_own import DISC, EDGE, WEDGE
from ui.widgets.map_sprites import HALO, size_of
from ui.widgets.map_view import MapView

HERE = Position(60.1738, 24.9430)
"""Away from every stop and observation."""
ROUND = range(0, 360, 45)
SOON, LATE = (9.0, 10.0), (10.1, 60.0)
"""Seconds after which a position is not yet old, and after which it is."""


class Walking:
    """The walk in a window, with a receiver; `age` is how many seconds ago it said something."""

    def __init__(self, window: Window, walk: str, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
        self.window, self.age, began = window, 0.0, datetime.now(UTC)
        monkeypatch.setattr(session, "clock", lambda: began + timedelta(seconds=self.age))
        window.go(Place("walk", walk, part="map"))
        self.receiver = Told(window.guide)
        window.guide.listen(self.receiver)
        wait(20)
        assert isinstance(window.shown, WalkScreen)
        self.screen = window.shown
        self.view.go_to(HERE, 17)

    @property
    def view(self) -> MapView:
        """The map."""
        return self.screen.view

    def say(self, course: float | None = None) -> None:
        """The receiver says where one is, so well that the circle one may be in is no larger than the mark."""
        self.age = 0.0
        self.receiver.say(HERE, hdop=0.5, course=course)

    def grow(self, seconds: float) -> None:
        """So long nothing has come."""
        self.age = seconds
        self.window.guide.turned.emit()

    def disc(self, role: str) -> float:
        """Which share of the mark's disc is seen in the colour of a role."""
        still(self.view)
        at, reach = self.view.point_of(HERE), DISC * self.view._own_mark._size - 3
        inside = [at + QPointF(x, y) for x in range(-9, 10) for y in range(-9, 10) if math.hypot(x, y) < reach]
        return share(image(self.view), inside, self.view.look.color(role))

    def pointed_to(self) -> list[int]:
        """The directions on the screen (degrees from up) in which the mark's own colour is seen beside its disc."""
        still(self.view)
        seen, at = image(self.view), self.view.point_of(HERE)
        middle = (DISC + WEDGE / 2) * self.view._own_mark._size

        def beside(turn: float) -> QPointF:
            return at + QPointF(middle * math.sin(math.radians(turn)), -middle * math.cos(math.radians(turn)))

        return [each for each in ROUND if near(seen, beside(each), self.view.look.color("own"), 1)]


@pytest.fixture
def walking(
    window: Callable[..., Window], walk: str, session: Session, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Walking]:
    """Opens the walk in a theme."""

    def open_walk(theme: str = "light") -> Walking:
        session.settings = replace(session.settings, theme=theme)
        return Walking(window(), walk, session, monkeypatch)

    return open_walk


def test_a_position_is_good_in_words_for_ten_seconds_and_old_after_them(walking: Callable[..., Walking]) -> None:
    it = walking()
    words = it.screen.strip.position.words
    it.say()
    for seconds in SOON:
        it.grow(seconds)
        assert words.text() == "±4\N{NO-BREAK SPACE}m", seconds
    for seconds in LATE:
        it.grow(seconds)
        assert words.text().startswith("Gammalt läge sedan "), seconds
    it.say()
    assert words.text() == "±4\N{NO-BREAK SPACE}m"
    # By itself it is said then, and not half a second before, as a coarse timer may.
    itself = it.window.guide._old
    assert (itself.interval(), itself.timerType()) == (10_000, Qt.TimerType.PreciseTimer)


@pytest.mark.parametrize(("seconds", "stale"), [*((each, False) for each in SOON), *((each, True) for each in LATE)])
def test_what_is_noted_within_ten_seconds_is_kept_as_of_here_and_after_them_as_of_an_old_position(
    walking: Callable[..., Walking], session: Session, walk: str, seconds: float, *, stale: bool
) -> None:
    it = walking()
    it.say()
    before = {each.id for each in session.read(Observation, {"scope": walk})}
    it.grow(seconds)
    press(it.window, "Ny iakttagelse")
    wait(10)
    press(it.window, "Belysning")
    (made,) = [each for each in session.read(Observation, {"scope": walk}) if each.id not in before]
    assert (made.position, made.position_source, made.stale) == (HERE, PositionSource.DEVICE, stale)


@pytest.mark.parametrize("theme", THEMES)
def test_the_own_mark_is_lit_while_the_position_is_good_and_grey_when_it_is_old(
    walking: Callable[..., Walking], theme: str
) -> None:
    it = walking(theme)
    assert it.disc("own") < 0.05 and it.disc("text2") < 0.5, "nothing before anything is said"
    it.say()
    for seconds in SOON:
        it.grow(seconds)
        assert it.disc("own") > 0.95 and it.disc("text2") < 0.05, seconds
    it.grow(LATE[0])
    assert it.disc("text2") > 0.95 and it.disc("own") < 0.05
    it.say()
    assert it.disc("own") > 0.95


@pytest.mark.parametrize("theme", THEMES)
def test_a_wedge_points_where_one_goes_and_nowhere_while_that_is_not_known_or_old(
    walking: Callable[..., Walking], theme: str
) -> None:
    it = walking(theme)
    it.say()
    assert it.pointed_to() == [], "no course is known"
    for course in (0, 90, 225):
        it.say(course)
        assert it.pointed_to() == [course]
    it.grow(SOON[0])
    assert it.pointed_to() == [225]
    it.grow(LATE[0])
    assert it.pointed_to() == []


def test_on_a_map_that_is_turned_to_where_one_goes_the_wedge_points_up(walking: Callable[..., Walking]) -> None:
    it = walking()
    it.say(90)
    assert it.pointed_to() == [90]
    press(it.window, "Kartan: norr upp")
    assert it.view.frame.turn == 90 and it.pointed_to() == [0]


@pytest.mark.parametrize("theme", THEMES)
def test_the_number_of_a_stop_where_one_stands_is_read_and_the_own_mark_is_seen_round_it(
    walking: Callable[..., Walking], session: Session, walk: str, theme: str
) -> None:
    it = walking(theme)
    place = session.read(Stop, {"scope": walk}, ("order",))[2].position
    assert isinstance(place, Position)
    it.view.go_to(place, 17)
    still(it.view)
    at, without = it.view.point_of(place), image(it.view)
    disc = size_of(it.view.look, MarkKind.STOP) / 2
    for off in (0.0, 6.0):
        there = it.view.position_at(at + QPointF(off, 0))
        it.receiver.say(there, hdop=0.5)
        still(it.view)
        seen = image(it.view)
        number = [(at + QPointF(x, y)).toPoint() for x in range(-11, 12) for y in range(-11, 12)]
        assert all(seen.pixelColor(each) == without.pixelColor(each) for each in number)
        beyond = disc + HALO + EDGE / 2
        turns = ROUND if not off else (90,)
        spots = [
            at + QPointF(beyond * math.sin(math.radians(each)), -beyond * math.cos(math.radians(each)))
            for each in turns
        ]
        assert all(near(seen, each, it.view.look.color("own"), 2) for each in spots)
