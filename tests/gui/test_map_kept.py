"""What a map shows it still shows when one comes back to it, and when it has another size."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF

from app.domain.values import Position
from app.session import Session
from tests.gui.hands import press, until, wait
from tests.gui.maps import still
from tests.gui.opening import settle
from ui.screens.walk import WalkScreen
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.map_view import MapView

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
