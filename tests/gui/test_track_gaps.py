"""What lies between two segments of the own track, on the map while one walks: dashed at once, and never twice."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, QRect

from app.domain.geo import Plane
from app.domain.values import Position
from tests.gui.hands import press, wait
from tests.gui.maps import still
from tests.gui.read_back import along, image, share
from tests.gui.twins import Told
from tests.gui.walking import Walking, with_receiver
from ui.screens.walk import WalkScreen
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.map_view import MapView

BEGINS = Position(60.1738, 24.9430)
"""Away from every stop and observation."""
LEAVES, COMES_BACK, ENDS = 40, 100, 140
"""Metres east: where the track is paused, where it goes on, and where one is then."""
SOLID, DASHED = 0.97, (0.35, 0.9)


class Painted(QObject):
    """Keeps what was painted of a map."""

    def __init__(self, watched: MapView) -> None:
        super().__init__(watched)
        self.boxes = list[QRect]()
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.boxes.append(event.region().boundingRect())  # type: ignore[attr-defined]
        return False


def east(metres: float) -> Position:
    return Plane(BEGINS).position(metres, 0)


def walks(receiver: Told, first: int, last: int, north: float = 0.0) -> None:
    for metres in range(first, last + 1, 4):
        receiver.say(Plane(BEGINS).position(metres, north), hdop=0.5)
        wait(1)


def seen(view: MapView, first: int, last: int) -> float:
    """Which share of the way between there and there is painted as a track."""
    still(view)
    points = along([view.point_of(east(first)), view.point_of(east(last))])
    return share(image(view), points, view.look.color("track"))


def is_dashed(view: MapView) -> bool:
    # Where the line that was shown before ends is a little short of where it was left.
    least, most = DASHED
    return least < seen(view, LEAVES + 5, COMES_BACK - 5) < most


@pytest.fixture
def walking(window: Callable[..., Window], walk: str) -> Walking:
    """At the walk, with a track that has begun and is kept."""
    shown, screen, receiver = with_receiver(window, walk)()
    screen.view.go_to(east(70), 18)
    press(shown, "Starta spåret")
    walks(receiver, 0, LEAVES)
    shown.guide.write()
    wait(20)
    return shown, screen, receiver


def comes_back(shown: Window, receiver: Told) -> None:
    """One pauses, goes somewhere else for longer than a fix may be missed, and goes on with the track."""
    press(shown, "Pausa spåret")
    walks(receiver, LEAVES, COMES_BACK - 1, north=-60)
    receiver._second += 60
    wait(600)
    press(shown, "Fortsätt spåret")
    wait(20)


def at_walk(shown: Window) -> WalkScreen:
    assert isinstance(shown.shown, WalkScreen)
    return shown.shown


def test_after_a_pause_the_gap_is_dashed_as_soon_as_the_first_fix_is_shown(walking: Walking) -> None:
    shown, screen, receiver = walking
    comes_back(shown, receiver)
    still(screen.view)
    assert seen(screen.view, LEAVES + 5, COMES_BACK - 5) < 0.1, "nobody knows yet where one goes on"
    painted = Painted(screen.view)
    receiver.say(east(COMES_BACK), hdop=0.5)
    wait(50)
    ends = [screen.view.point_of(east(each)).toPoint() for each in (LEAVES + 1, COMES_BACK)]
    assert any(all(box.contains(each) for each in ends) for box in painted.boxes)
    walks(receiver, COMES_BACK + 4, ENDS)
    assert is_dashed(screen.view)
    assert seen(screen.view, 4, LEAVES - 4) > SOLID and seen(screen.view, COMES_BACK + 4, ENDS - 28) > SOLID


def test_a_gap_is_dashed_once_however_one_comes_to_the_map_and_after_the_track_has_ended(
    walking: Walking, walk: str
) -> None:
    shown, _screen, receiver = walking
    comes_back(shown, receiver)
    for kept in (False, True):
        walks(receiver, COMES_BACK, ENDS)
        if kept:
            shown.guide.write()
        shown.go(Place("more", walk))
        shown.back()
        wait(20)
        assert is_dashed(at_walk(shown).view), f"{kept=}"
    shown.guide.end()
    wait(50)
    assert is_dashed(at_walk(shown).view)


def test_where_the_program_was_opened_anew_the_gap_is_dashed_from_where_the_track_was_kept(
    walking: Walking, window: Callable[..., Window], walk: str
) -> None:
    first, _screen, _receiver = walking
    first.close()
    shown = window(1280, 800)
    shown.go(Place("walk", walk, part="map"))
    assert shown.guide.take_up()
    receiver = Told(shown.guide)
    receiver._second = 600
    shown.guide.listen(receiver)
    view = at_walk(shown).view
    view.go_to(east(70), 18)
    assert seen(view, LEAVES + 5, COMES_BACK - 5) < 0.1
    walks(receiver, COMES_BACK, ENDS)
    assert is_dashed(view)
    shown.go(Place("more", walk))
    shown.back()
    wait(20)
    assert is_dashed(at_walk(shown).view), "also where it is not kept yet"
    shown.guide.write()
    wait(50)
    assert is_dashed(at_walk(shown).view)


def test_a_track_that_is_paused_before_any_of_it_was_kept_has_no_gap(window: Callable[..., Window], walk: str) -> None:
    shown, screen, receiver = with_receiver(window, walk)()
    screen.view.go_to(east(70), 18)
    press(shown, "Starta spåret")
    walks(receiver, 0, COMES_BACK, north=-60)
    for north in range(-56, 1, 4):
        receiver.say(Plane(BEGINS).position(COMES_BACK, north), hdop=0.5)
    press(shown, "Pausa spåret")
    wait(50)
    view = screen.view
    still(view)
    # Between its ends, away from the way itself and from what is drawn where one is.
    across = [view.point_of(Plane(BEGINS).position(each, -60 + 0.6 * each)) for each in (15, 70)]
    assert share(image(view), along(across), view.look.color("track")) < 0.1
