"""Whoever has come to a stop is asked once whether they are there, whichever pages they open meanwhile."""

from collections.abc import Callable

import pytest

from app.domain.records import Stop
from app.session import Session
from tests.gui.hands import press, wait
from tests.gui.opening import settle
from tests.gui.twins import Told
from tests.gui.walking import at, at_the_first
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.notice import Notice

Asking = tuple[Window, Told, list[Stop]]


@pytest.fixture
def asking(window: Callable[..., Window], session: Session, walk: str) -> Asking:
    """The walk, with a receiver; a person has said the first stop."""
    shown, _screen, receiver, stops = at_the_first(window, session, walk)
    return shown, receiver, stops


def _said(shown: Window) -> str:
    return shown.tray.notice.text if shown.tray.notice else ""


def test_whoever_has_closed_the_question_is_not_asked_again_on_coming_back_to_the_walk(
    asking: Asking, walk: str
) -> None:
    shown, receiver, stops = asking
    receiver.say(at(stops[1]))
    press(shown.tray, "Stäng meddelandet")
    _come_back(shown, walk)
    receiver.say(at(stops[1]))
    assert shown.tray.notice is None
    receiver.say(at(stops[2]))
    assert _said(shown).startswith("Ni är framme vid stopp 3")


def test_a_question_that_nobody_has_seen_is_asked_on_coming_back_to_the_walk(asking: Asking, walk: str) -> None:
    shown, receiver, stops = asking
    shown.say(Notice("Sparat."))
    receiver.say(at(stops[1]))
    assert _said(shown) == "Sparat."
    _come_back(shown, walk)
    assert _said(shown).startswith("Ni är framme vid stopp 2")


def _come_back(shown: Window, walk: str) -> None:
    """Another page, and the walk's anew."""
    for place in (Place("more", walk), Place("walk", walk, part="map")):
        shown.go(place)
        settle(shown)
        wait(20)
