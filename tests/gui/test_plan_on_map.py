"""*Planera* on a small tablet with large words: stops are drawn on a map that has all the height there is."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.commands.walks import new_walk
from app.domain.geo import distance_m
from app.domain.values import Position
from app.session import Session
from tests.gui.hands import button, buttons, press, until
from tests.gui.opening import Opener, settle
from tests.gui.planning import map_of, plan_at, stops_of
from tests.gui.room import cut, scrolls_within
from ui.shell.window import Window
from ui.widgets.map_view import MapPane
from ui.widgets.tabs import Tabs

SMALL = (1024, 600)


def _pane(window: Window) -> MapPane:
    (found,) = (each for each in window.shown.findChildren(MapPane) if each.isVisible())
    return found


def _tabs(window: Window) -> Tabs:
    (found,) = window.shown.findChildren(Tabs)
    return found


@pytest.mark.parametrize("gloves", [False, True], ids=["hands", "gloves"])
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_map_has_the_height_of_the_tabs_and_its_buttons(at: Opener, lang: str, gloves: bool) -> None:
    window = at("plan.map", SMALL, text=200, lang=lang, gloves=gloves)
    pane = _pane(window)
    assert not _tabs(window).isVisible() and pane.height() >= window.height() // 2
    for each in (pane.closer, pane.further):
        assert each.isVisible() and each.visibleRegion().boundingRect() == each.rect() and cut(each) == ""
    assert [*scrolls_within(window)] == []
    press(window, "Lista" if lang == "sv" else "List")
    settle(window)
    assert _tabs(window).isVisible() and not pane.isVisible()


def _empty(window: Callable[..., Window], session: Session) -> tuple[Window, str]:
    """The map of the plan of a new walk, where there is little height, and that walk."""
    session.settings = replace(session.settings, text=200, gloves=True)
    walk = new_walk(session, {"title": "Tom"})
    shown = plan_at(window, walk, "rutt", SMALL)
    press(shown, "Karta")
    settle(shown)
    return shown, walk


@pytest.mark.parametrize(
    ("size", "text"), [((800, 1280), 200), ((1280, 800), 200), (SMALL, 150), (SMALL, 100)], ids=str
)
def test_where_there_is_height_or_width_the_tabs_stay(at: Opener, size: tuple[int, int], text: int) -> None:
    window = at("plan.map", size, text=text, gloves=True)
    assert _tabs(window).isVisible() and _pane(window).closer.isVisible()


def test_stops_are_drawn_one_after_the_other_and_nothing_moves_under_the_finger(
    window: Callable[..., Window], session: Session
) -> None:
    shown, walk = _empty(window, session)
    view, pane = map_of(shown), _pane(shown)
    points = [QPoint(view.width() * n // 5, 60 + 30 * n) for n in (1, 2, 3)]
    wanted: list[Position] = []
    before = view.size(), pane.closer.geometry(), pane.further.geometry()
    for n, point in enumerate(points, 1):
        wanted.append(view.position_at(QPointF(point)))
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=point)
        until(lambda n=n: len(stops_of(session, walk)) == n, "the stop")  # type: ignore[misc]
        settle(shown)
        assert shown.tray.isVisible() and (view.size(), pane.closer.geometry(), pane.further.geometry()) == before
        assert pane.closer.isVisible() and pane.further.isVisible()
    placed = [each.position for each in stops_of(session, walk)]
    assert all(isinstance(each, Position) for each in placed)
    assert max(distance_m(each, there) for each, there in zip(placed, wanted, strict=True)) < 1  # type: ignore[arg-type]


def test_the_map_lies_still_when_a_stop_is_drawn_where_one_presses(
    window: Callable[..., Window], session: Session
) -> None:
    shown, _walk = _empty(window, session)
    view = map_of(shown)
    width, height = view.width(), view.height()
    points = [QPoint(width // 2, height - 20), QPoint(width // 4, 60), QPoint(width // 2, height // 2), QPoint(9, 120)]
    for n, point in enumerate(points, 1):
        shown.tray.clear()
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=point)
        until(lambda n=n: len(view.marks) == n, "the stop")  # type: ignore[misc]
        settle(shown)
        lie = [view.point_of(each.position).toPoint() for each in view.marks]
        assert all((one - other).manhattanLength() <= 1 for one, other in zip(lie, points, strict=False)), lie


def test_a_notice_that_lay_over_the_map_lies_under_the_list_when_one_turns_to_that(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    session.settings = replace(session.settings, text=200)
    shown = plan_at(window, walk, "rutt", SMALL)
    press(shown, "Karta")
    settle(shown)
    QTest.mouseClick(map_of(shown), Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    settle(shown)
    assert shown.tray.isVisible()
    high = _pane(shown).height()
    press(shown, "Lista")
    settle(shown)
    over = shown.tray.mapTo(shown, QPoint()).y()
    for each in (button(shown, "Lista"), button(shown, "Karta")):
        assert each.mapTo(shown, QPoint(0, each.height())).y() <= over
    assert [each.accessibleName() for each in buttons(shown.shown) if _under(shown, each, over)] == []
    press(shown, "Karta")
    settle(shown)
    assert _pane(shown).height() == high


def _under(window: Window, widget: QWidget, top: int) -> bool:
    """Whether any of what is seen of a widget lies under the notice."""
    seen = widget.visibleRegion().boundingRect()
    return not seen.isEmpty() and widget.mapTo(window, seen.bottomLeft()).y() > top
