"""The map of the walk is turned to where one goes, and follows."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.domain.geo import Plane
from app.session import Session
from tests.gui.hands import button, press, until
from tests.gui.walking import Walking, at, stop, with_receiver
from ui.screens.walk import WalkScreen
from ui.shell.window import Window

Open = Callable[..., Window]


@pytest.fixture
def walking(window: Open, walk: str) -> Callable[..., Walking]:
    return with_receiver(window, walk)


def test_the_map_follows_until_somebody_looks_elsewhere(
    walking: Callable[..., Walking], session: Session, walk: str
) -> None:
    shown, screen, receiver = walking()
    begins = at(stop(session, walk, 0))
    receiver.say(begins)
    press(shown, "Följ mig")
    for step in range(1, 60):
        receiver.say(Plane(begins).position(10.0 * step, 0))
        inside = screen.view.rect().adjusted(50, 50, -50, -50)
        assert inside.contains(screen.view.point_of(Plane(begins).position(10.0 * step, 0)).toPoint())
    QTest.mousePress(screen.view, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    for right in (330, 360, 400):
        QTest.mouseMove(screen.view, QPoint(right, 300))
    QTest.mouseRelease(screen.view, Qt.MouseButton.LeftButton, pos=QPoint(400, 300))
    assert not button(shown, "Följ mig").isChecked()


def test_the_map_is_turned_to_where_one_goes_and_the_arrow_with_it(
    walking: Callable[..., Walking], session: Session, walk: str
) -> None:
    shown, screen, receiver = walking()
    screen.be_at(stop(session, walk, 0).id)
    receiver.say(at(stop(session, walk, 1), east=-120), course=90)
    press(shown, "Kartan: norr upp")
    assert screen.view.frame.turn == 90 and button(shown, "Kartan: färdriktning upp").isChecked()
    assert screen.bar.onward._arrow._degrees == 0, "the next stop lies ahead"
    receiver.say(at(stop(session, walk, 1), east=-118), course=99)
    assert screen.view.frame.turn == 90, "not with every step"
    press(shown, "Kartan: färdriktning upp")
    assert screen.view.frame.turn == 0 and screen.bar.onward._arrow._degrees == 90


def test_where_a_receiver_says_no_course_the_way_of_the_last_metres_is_it(
    walking: Callable[..., Walking], session: Session, walk: str
) -> None:
    shown, _screen, receiver = walking()
    begins = at(stop(session, walk, 0))
    for step in range(6):
        receiver.say(Plane(begins).position(2.0 * step, 0))
    assert shown.guide.course_deg == pytest.approx(90, abs=2)


def test_a_tablet_that_is_turned_shows_the_map_turned_as_before(
    walking: Callable[..., Walking], session: Session, walk: str
) -> None:
    shown, screen, receiver = walking(1280, 800)
    receiver.say(at(stop(session, walk, 1), east=-120), course=90)
    press(shown, "Kartan: norr upp")
    assert screen.view.frame.turn == 90
    shown.resize(800, 1280)
    until(lambda: shown.shown is not screen, "the page anew")
    assert isinstance(shown.shown, WalkScreen)
    assert button(shown, "Kartan: färdriktning upp").isChecked() and shown.shown.view.frame.turn == 90
