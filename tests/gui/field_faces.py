"""What is done at a page of the walk to show another face of it."""

from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

from app.domain.arrival import CLEAR
from app.domain.records import Stop
from app.domain.values import Position
from tests.gui.hands import until
from tests.gui.twins import Told, Twins
from ui.bridge.media import Media
from ui.screens import position
from ui.shell.window import Window
from ui.widgets.map_model import MarkKind
from ui.widgets.map_view import MapPane, MapView
from ui.widgets.page import Screen
from ui.widgets.receiver_choice import PHONE
from ui.widgets.walk_round import be_at


def hear(window: Window) -> None:
    """A microphone and a camera are plugged in."""
    if not window.runner.findChildren(Twins):
        for each in window.runner.findChildren(Media):
            each.setParent(None)
        Twins(window.runner, seconds=3600.0, fast=1.0, sees=True)
        window.build()


def walk_along(window: Window) -> None:
    """A receiver tells where one is, and which way one goes; nobody wants a track."""
    window.guide.untracked.add(window.place.walk)
    told = Told(window.guide)
    window.guide.listen(told)
    for step in range(10):
        told.say(Position(60.1740 + step * 0.00006, 24.9452 + step * 0.00009), hdop=0.75, course=40)


def lose_the_sky(window: Window) -> None:
    """It has told nothing new for a while."""
    walk_along(window)
    heard = window.guide.heard
    assert heard is not None
    window.guide.heard = replace(heard, at=heard.at - timedelta(minutes=1))
    window.guide.turned.emit()


def look_away(window: Window) -> None:
    """The map has been moved to where nothing of the walk is."""
    (pane,) = window.shown.findChildren(MapPane)
    pane.view.go_to(Position(60.1650, 24.9370), 17)
    until(pane.home.isVisible, "the way back")


def go_on_to_the_next(window: Window) -> None:
    """One stands at a stop with a long name, and another follows; there is a microphone, too."""
    stops = window.session.read(Stop, {"scope": window.place.walk}, ("order",))
    be_at(window.session, window.place.walk, stops[1].id)
    hear(window)
    walk_along(window)
    assert isinstance(window.shown, Screen)
    window.shown.refresh({})


def set_out(window: Window) -> None:
    """One has gone on to the last stop, and is still on the way."""
    stops = window.session.read(Stop, {"scope": window.place.walk}, ("order",))
    walk_along(window)
    be_at(window.session, window.place.walk, stops[2].id)
    window.guide.set_out(window.place.walk, stops, stops[2].id)
    assert isinstance(window.shown, Screen)
    window.shown.refresh({})


def pass_on(window: Window) -> None:
    """One clearly is at the last stop, and has said nothing since the one before."""
    stops = window.session.read(Stop, {"scope": window.place.walk}, ("order",))
    be_at(window.session, window.place.walk, stops[1].id)
    assert isinstance(window.shown, Screen)
    window.shown.refresh({})
    window.guide.untracked.add(window.place.walk)
    told, there = Told(window.guide), stops[2].position
    window.guide.listen(told)
    assert isinstance(there, Position)
    for _fix in range(CLEAR + 1):
        told.say(there, hdop=0.75)
    while window.tray.notice is not None:
        window.tray.clear()


def choose_phone(window: Window) -> None:
    """A phone tells where one is, and this machine has an address for it."""
    settings = window.session.settings
    window.session.settings = replace(settings, receiver=PHONE)
    with patch.object(position, "own_addresses", lambda: ["192.168.43.7", "10.0.0.2"]):
        window.build()
    window.session.settings = settings


def press_stop(window: Window) -> None:
    """Press the mark of the first stop on the map."""
    (view,) = window.shown.findChildren(MapView)
    view.mark_pressed.emit(next(each.key for each in view.marks if each.kind == MarkKind.STOP))
