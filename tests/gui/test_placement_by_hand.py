"""Photos for which nothing can be proposed: a person says where they were taken."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.base.job import finish
from app.commands.photos import note_camera_clock
from app.domain.records import Photo, SafetyWalk
from app.jobs.photos import import_photos
from app.session import Session
from app.settings import Settings
from tests.cameras import Camera, evening
from tests.gui.hands import button, buttons, press, says, until
from tests.gui.opening import settle
from ui.screens.placement import PlacementScreen
from ui.shell.window import Window
from ui.widgets.desk import Place

Open = Callable[..., Window]
BEFORE = -5000
"""Seconds from the beginning of the walk: then no track was kept yet."""


@pytest.fixture
def walked(session: Session, tmp_path: Path) -> str:
    """A walk with four stops and its track; of the camera that was along it is known that its clock goes right."""
    walk = evening(session, tmp_path)
    note_camera_clock(session, walk, Camera.model, 0.0)
    return walk


def _at(shown: Window, session: Session, walk: str, card: Path, *seconds: float) -> tuple[PlacementScreen, list[str]]:
    """The page with what is proposed for photos taken then, and the photos by their names."""
    camera = Camera(card)
    for each in seconds:
        camera.shoot(each)
    finish(import_photos(session, session.read(SafetyWalk, {"id": walk})[0], [camera.card]))
    shown.go(Place("placement", walk))
    page = shown.shown
    assert isinstance(page, PlacementScreen)
    until(lambda: page.found is not None, "the proposal")
    settle(shown)
    return page, [each.id for each in session.read(Photo, {"scope": walk}, order=("name",))]


def _lit(page: PlacementScreen) -> list[str]:
    return [each.text() for each in buttons(page) if getattr(each, "kind", "") == "primary"]


def test_where_nothing_is_proposed_the_lit_button_leads_to_placing_all_of_them_by_hand(
    window: Open, walked: str, session: Session, tmp_path: Path
) -> None:
    shown = window()
    page, photos = _at(shown, session, walked, tmp_path / "kort", BEFORE, BEFORE + 60)
    assert says(page, "Inget spår säger var. Placera för hand.") and not says(page, "lämnas som de är")
    assert _lit(page) == ["Placera 2 för hand"] and not page.use.isVisible()
    press(shown, "Placera 2 för hand")
    assert (shown.place.page, shown.place.part) == ("photos", "place")
    assert sorted(shown.place.item.split(",")) == sorted(photos)


@pytest.mark.parametrize("by_key", [False, True])
def test_what_is_marked_of_them_is_placed_by_hand_alone(
    window: Open, walked: str, session: Session, tmp_path: Path, by_key: bool
) -> None:
    shown = window()
    page, photos = _at(shown, session, walked, tmp_path / "kort", BEFORE, BEFORE + 60)
    page.grid.mark(photos[1:])
    assert _lit(page) == ["Placera markerade för hand"]
    if by_key:
        page.grid.setFocus()
        QTest.keyClick(page.grid, Qt.Key.Key_Return)
    else:
        press(shown, "Placera markerade för hand")
    assert shown.place == Place("photos", walked, photos[1], "place")


def test_where_something_is_proposed_that_is_lit_and_what_is_not_is_placed_by_hand_once_it_is_marked(
    window: Open, walked: str, session: Session, tmp_path: Path
) -> None:
    shown = window()
    page, photos = _at(shown, session, walked, tmp_path / "kort", 60, BEFORE)
    assert _lit(page) == ["Använd 1 säkert"] and not page.hand.isVisible()
    page.grid.mark(photos[1:])
    assert _lit(page) == ["Använd 1 säkert"] and page.hand.isVisible()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("size", [(1024, 600), (1280, 800), (800, 1280)], ids=str)
def test_the_way_to_placing_by_hand_is_seen_at_once_with_large_words_and_gloves(
    window: Open, walked: str, session: Session, tmp_path: Path, size: tuple[int, int], count: int
) -> None:
    session.settings = Settings(text=200, gloves=True)
    shown = window(*size)
    _at(shown, session, walked, tmp_path / "kort", *range(BEFORE, BEFORE + count))
    way = button(shown, f"Placera {count} för hand")
    assert way.visibleRegion().boundingRect() == way.rect()
