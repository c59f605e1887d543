"""What a map shows it still shows when one comes back to it, and when it has another size."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from app.domain.values import Position
from app.session import Session
from tests.gui.hands import press, until, wait
from tests.gui.maps import Maps, still
from tests.gui.opening import settle
from tests.gui.room import outside
from ui.screens.walk import WalkScreen
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.look import Look
from ui.widgets.map_frame import MapFrame
from ui.widgets.map_home import shows_nothing
from ui.widgets.map_model import MapLine, Mark, MarkKind
from ui.widgets.map_paint import Plate
from ui.widgets.map_view import MapPane, MapView

Open = Callable[..., Window]
GATE = Position(60.1752, 24.9452)
"""The first stop."""
SIZES = ((1280, 800), (1024, 600), (800, 1280))


def _at_walk(shown: Window) -> WalkScreen:
    screen = shown.shown
    assert isinstance(screen, WalkScreen)
    return screen


def _off(view: MapView, position: Position) -> float:
    """How far a position is from the middle, in pixels."""
    away = view.point_of(position) - QPointF(view.width() / 2, view.height() / 2)
    return away.manhattanLength()


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("gloves", [False, True])
def test_what_was_in_the_middle_still_is_however_often_one_looks_at_the_list_and_leaves(
    window: Open, walk: str, session: Session, size: tuple[int, int], *, gloves: bool
) -> None:
    session.settings = replace(session.settings, text=200, gloves=gloves)
    shown = window(*size)
    shown.go(Place("walk", walk, part="map"))
    settle(shown)
    _at_walk(shown).view.go_to(GATE, 17)
    until(lambda: "map:" in shown.place.part, "the place of the map is kept")
    for _time in range(3):
        _at_walk(shown).opens("list")
        shown.go(Place("more", walk, part=shown.place.part))
        settle(shown)
        shown.back()
        settle(shown)
        _at_walk(shown).opens("walk")
        settle(shown)
        still(_at_walk(shown).view)
        assert _off(_at_walk(shown).view, GATE) < 3


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_after_a_rehearsal_the_map_is_where_it_was_though_it_has_more_room(
    window: Open, walk: str, session: Session, size: tuple[int, int]
) -> None:
    session.settings = replace(session.settings, text=200)
    shown = window(*size)
    shown.go(Place("position", walk))
    press(shown, "Öva längs rutten")
    settle(shown)
    _at_walk(shown).view.go_to(GATE, 17)
    until(lambda: "map:" in shown.place.part, "the place of the map is kept")
    press(shown, "Avsluta övningen …")
    wait(200)
    press(shown, "Avsluta övningen")
    settle(shown)
    shown.back()
    settle(shown)
    assert _off(_at_walk(shown).view, GATE) < 3


def test_a_map_that_was_looked_at_keeps_its_corner_so_that_no_mark_moves_away_from_under_a_finger(
    window: Open, walk: str
) -> None:
    shown = window(1280, 800)
    shown.go(Place("walk", walk, part="map"))
    settle(shown)
    view = _at_walk(shown).view
    view.go_to(GATE, 17)
    still(view)
    before = view.point_of(GATE)
    for size in ((1200, 800), (1200, 760)):
        shown.resize(*size)
        settle(shown)
        assert view.point_of(GATE) == before


FAR = Position(60.1655, 24.9370)
"""In a corner of the map where nothing of the walk lies."""
HOME = "Visa hela vandringen"


def _in_sight(view: MapView) -> list[bool]:
    return [view.rect().contains(view.point_of(each.position).toPoint()) for each in view.marks]


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize(("text", "gloves"), [(100, False), (200, True)])
def test_where_nothing_of_the_walk_is_in_sight_a_button_leads_back_to_all_of_it(
    window: Open, walk: str, session: Session, size: tuple[int, int], text: int, *, gloves: bool
) -> None:
    session.settings = replace(session.settings, text=text, gloves=gloves)
    shown = window(*size)
    shown.go(Place("walk", walk, part="map"))
    settle(shown)
    pane = _at_walk(shown).pane
    assert not pane.home.isVisible()
    pane.view.go_to(FAR, 18)
    until(pane.home.isVisible, "the way home")
    assert pane.rect().contains(pane.home.geometry()) and pane.home.height() >= pane.look.target
    assert not outside(pane.home)
    others = [pane.closer, pane.further, *pane._others]
    assert not any(each.isVisible() and each.geometry().intersects(pane.home.geometry()) for each in others)
    press(shown, HOME)
    until(lambda: not pane.home.isVisible(), "the walk in sight")
    assert all(_in_sight(pane.view)) and pane.view.hasFocus()
    still(pane.view)
    shown.go(Place("more", walk))
    shown.back()
    settle(shown)
    assert all(_in_sight(_at_walk(shown).view)), "also when one comes back"


def test_the_way_home_does_not_come_up_for_a_moment_where_the_walk_is_about_to_be_fitted_in(
    window: Open, walk: str
) -> None:
    shown = window(1280, 800)
    shown.go(Place("walk", walk, part="map"))
    settle(shown)
    pane = _at_walk(shown).pane
    still(pane.view)
    elsewhere = [replace(each, position=FAR) for each in pane.view.marks]
    pane.view.show_lines([])
    pane.view.go_to(GATE, 18)
    pane.view.show_marks(elsewhere)
    assert shows_nothing(pane.view) and not pane.home.isVisible()
    pane.view.fit([FAR])
    wait(400)
    assert not pane.home.isVisible()
    pane.view.go_to(GATE, 18)
    until(pane.home.isVisible, "the way home")
    pane.view.fit([FAR])
    assert not pane.home.isVisible(), "at once"


def test_with_many_marks_out_of_sight_what_covers_the_map_is_worked_out_no_oftener_than_with_one(
    window: Open, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = window(1280, 800)
    shown.go(Place("walk", walk, part="map"))
    settle(shown)
    view = _at_walk(shown).view
    view.show_lines([])
    view.go_to(FAR, 18)
    made, really = list[Plate](), Plate.of

    def of(look: Look, frame: MapFrame, attribution: str, lifted: int = 0) -> Plate:
        made.append(really(look, frame, attribution, lifted))
        return made[-1]

    monkeypatch.setattr(Plate, "of", of)
    asked = []
    for count in (1, 300):
        view.show_marks([Mark(f"stop:{k}", MarkKind.STOP, GATE, "Stopp", number="1") for k in range(count)])
        made.clear()
        assert shows_nothing(view)
        asked.append(len(made))
    assert asked[0] == asked[1] > 0


@pytest.mark.parametrize("size", [(160, 120), (200, 200), (300, 150), (400, 180), (400, 400)], ids=str)
def test_on_the_smallest_maps_the_way_home_covers_no_button_and_is_seen_whole_or_not_at_all(
    window: Open, walk: str, size: tuple[int, int]
) -> None:
    shown = window(1280, 800)
    shown.go(Place("walk", walk, part="map"))
    settle(shown)
    found = _at_walk(shown).pane
    pane = MapPane(found.look, found.view.tiles, "Karta")
    pane.setParent(shown)
    pane.resize(*size)
    pane.show()
    pane.view.show_marks(found.view.marks)
    pane.view.go_to(FAR, 18)
    wait(300)
    assert pane.home.isVisible() == (size == (400, 400))
    if pane.home.isVisible():
        assert pane.rect().contains(pane.home.geometry())
        assert not any(each.geometry().intersects(pane.home.geometry()) for each in (pane.closer, pane.further))
    pane.deleteLater()


def test_by_the_keyboard_one_comes_home_too(window: Open, walk: str) -> None:
    shown = window(1280, 800)
    shown.go(Place("walk", walk, part="map"))
    settle(shown)
    pane = _at_walk(shown).pane
    pane.view.go_to(FAR, 18)
    until(pane.home.isVisible, "the way home")
    pane.view.setFocus()
    for _step in range(5):
        if pane.home.hasFocus():
            break
        QTest.keyClick(shown.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(pane.home, Qt.Key.Key_Return)
    assert all(_in_sight(pane.view))


def test_a_route_that_passes_through_the_picture_is_something_of_the_walk(view: Maps) -> None:
    shown = view(zoom=18)
    around = (Position(60.1702, 24.9443), Position(60.1717, 24.9540), Position(60.1732, 24.9443))
    shown.show_lines([MapLine((around,), planned=True)])
    still(shown)
    assert shows_nothing(shown), "what it goes round is not what it passes through"
    through = (Position(60.1702, 24.9433), Position(60.1732, 24.9453))
    shown.show_lines([MapLine((through,), planned=True)])
    assert not shows_nothing(shown)
    shown.show_lines([])
    assert not shows_nothing(shown), "there is nowhere to go to"
