"""The tabs of the walk: a tab is at the same place on every page that has them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect

from app.session import Session
from app.settings import Settings
from tests.gui.opening import settle
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.field_screen import FieldTabs
from ui.widgets.map_view import MapPane

SIZES = ((1280, 800), (1024, 600), (1100, 700), (800, 1280), (1920, 1080))


def tabs_of(window: Window) -> dict[str, QRect]:
    """Where in the window each of them is."""
    (tabs,) = window.findChildren(FieldTabs)
    shown = {key: each for key, each in tabs.buttons.items() if each.isVisible()}
    return {key: QRect(each.mapTo(window, QPoint()), each.size()) for key, each in shown.items()}


@pytest.mark.parametrize(
    ("text", "gloves", "left_handed"),
    [(100, False, False), (100, True, True), (150, False, True), (200, True, False)],
)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_tab_of_the_walk_is_at_the_same_place_on_every_page_that_has_it(
    window: Callable[..., Window], session: Session, walk: str, size: tuple[int, int], text: int, *, gloves: bool,
    left_handed: bool,
) -> None:  # fmt: skip
    session.settings = Settings(text=text, gloves=gloves, left_handed=left_handed)
    shown = window(*size)
    found = []
    for page in ("walk", "complete", "more", "walk"):
        shown.go(Place(page, walk, part="map" if page == "walk" else ""))
        settle(shown)
        found.append(tabs_of(shown))
    assert all(each == found[0] for each in found)
    # Another size while one is there.
    shown.go(Place("more", walk))
    for wide, high in ((1366, 768), (700, 900), size):
        shown.resize(wide, high)
        settle(shown)
    assert tabs_of(shown) == found[0]


def test_where_they_lie_beside_the_map_they_take_none_of_its_height(window: Callable[..., Window], walk: str) -> None:
    shown = window(1280, 800)
    shown.go(Place("walk", walk, part="map"))
    settle(shown)
    (pane,) = shown.findChildren(MapPane)
    assert pane.mapTo(shown, QPoint(0, pane.height())).y() == shown.height()
