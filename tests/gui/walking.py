"""A window at the walk, with a receiver that says what it is told to."""

from collections.abc import Callable

from app.domain.geo import Plane
from app.domain.records import Stop
from app.domain.values import Position, known
from app.session import Session
from tests.gui.hands import wait
from tests.gui.twins import Told
from ui.screens.walk import WalkScreen
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.text import Label

Walking = tuple[Window, WalkScreen, Told]


def with_receiver(window: Callable[..., Window], walk: str) -> Callable[..., Walking]:
    """Opens the walk with a receiver; whoever walks has said that they want no track."""

    def open_walk(width: int = 1280, height: int = 800) -> Walking:
        shown = window(width, height)
        shown.go(Place("walk", walk, part="map"))
        shown.guide.untracked.add(walk)
        receiver = Told(shown.guide)
        shown.guide.listen(receiver)
        wait(20)
        screen = shown.shown
        assert isinstance(screen, WalkScreen)
        return shown, screen, receiver

    return open_walk


def at_the_first(
    window: Callable[..., Window], session: Session, walk: str
) -> tuple[Window, WalkScreen, Told, list[Stop]]:
    """The walk, with a receiver, and its first three stops; a person has said the first."""
    shown, screen, receiver = with_receiver(window, walk)()
    stops = [stop(session, walk, place) for place in range(3)]
    screen.be_at(stops[0].id)
    shown.tray.clear()
    return shown, screen, receiver, stops


def stop(session: Session, walk: str, place: int) -> Stop:
    """The stop at a place of the row, from 0."""
    return session.read(Stop, {"scope": walk}, ("order",))[place]


def at(found: Stop, east: float = 0.0, north: float = 0.0) -> Position:
    """So many metres from a stop."""
    middle = known(found.position, Position)
    assert middle is not None
    return Plane(middle).position(east, north)


def plate(screen: WalkScreen) -> tuple[str, str]:
    """At which stop one is, and what it is called."""
    return screen.bar.findChildren(Label)[0].text(), screen.bar.name.text()
