"""*Planera* as a test opens it, and what it looks for there."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.records import Stop
from app.domain.values import Position
from app.session import Session
from tests.gui.hands import named, wait
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.map_view import MapView
from ui.widgets.rows import RowList
from ui.widgets.text import Label


def texts_on(window: Window) -> str:
    return "\n".join(each.text() for each in window.shown.findChildren(Label) if each.isVisible())


def stops_of(session: Session, walk: str) -> list[Stop]:
    return session.read(Stop, {"scope": walk}, order=("order",))


def names_of_stops(session: Session, walk: str) -> list[str]:
    return [str(each.name) for each in stops_of(session, walk)]


def plan_at(window: Callable[..., Window], walk: str, part: str, size: tuple[int, int] = (1280, 800)) -> Window:
    shown = window(*size)
    shown.go(Place("plan", walk, part=part))
    wait(30)
    return shown


def list_named(window: Window, name: str) -> RowList:
    found = named(window, name, RowList)
    assert isinstance(found, RowList)
    return found


def map_of(window: Window) -> MapView:
    (found,) = [each for each in window.findChildren(MapView) if each.isVisible()]
    return found


def tap(view: MapView, position: Position) -> None:
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.point_of(position).toPoint())
