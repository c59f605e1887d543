"""What is done at a page of the desk to show another face of it."""

import os
from datetime import date
from pathlib import Path

from app.sync.purging import mark_of
from tests.gui.hands import buttons, press, until
from ui.bridge.runner import Failure
from ui.screens.photos import PhotosScreen
from ui.screens.placement import PlacementScreen
from ui.screens.ready import ReadyScreen
from ui.shell.failure import FailurePage
from ui.shell.window import Window
from ui.widgets.bars import SavedChip
from ui.widgets.desk import Place
from ui.widgets.fold import Fold
from ui.widgets.notice import ErrorPanel
from ui.widgets.page import Screen
from ui.widgets.photo_delivery import PhotoDelivery
from ui.widgets.text import Label
from ui.widgets.words import day_words

LONG_FOLDER = "Trygghetsvandringar i Kajsaniemi och Hagnäs hösten 2026"
BROKEN = "GATLJUS-0"


def fail(window: Window) -> None:
    for each in window.findChildren(FailurePage):
        each.go_on.click()
    window.fail(Failure.of(RuntimeError("…")))


def await_receipt(window: Window) -> None:
    """What was copied where is looked up aside."""
    until(lambda: any(LONG_FOLDER in each.text for each in window.findChildren(SavedChip)), "the receipt")


def await_delivery(window: Window) -> None:
    """How far a photo has come is looked up aside."""
    until(lambda: any(each.isVisible() for each in window.findChildren(PhotoDelivery)), "how far it has come")


def await_checked(window: Window) -> None:
    """What takes time is looked up aside."""
    screen = window.shown
    assert isinstance(screen, ReadyScreen)
    until(lambda: screen.is_checked, "what was looked up")


def await_proposed(window: Window) -> None:
    """What is proposed is worked out aside."""
    screen = window.shown
    assert isinstance(screen, PlacementScreen)
    until(lambda: screen.found is not None, "what is proposed")


def turn_to_the_map(window: Window) -> None:
    """Where the map does not stand beside the list one turns to it."""
    word = "Karta" if window.session.settings.language == "sv" else "Map"
    if any(each.accessibleName() == word for each in buttons(window.shown)):
        press(window.shown, word)


def change_clock(window: Window) -> None:
    await_proposed(window)
    press(window.shown, "Ändra hur" if window.session.settings.language == "sv" else "Change how")


def open_folds(window: Window) -> None:
    for each in window.shown.findChildren(Fold):
        each.open_up()


def sync_with_what_is_broken(window: Window) -> None:
    (again,) = [each for each in buttons(window.shown) if each.accessibleName().endswith(f"{os.sep}{BROKEN}")]
    again.click()
    until(lambda: bool(window.shown.findChildren(ErrorPanel)), "the failure")


def ask_to_purge(window: Window) -> None:
    press(window.shown, "Gallra …" if window.session.settings.language == "sv" else "Dispose of it …")


def find_a_file_that_no_walk_names(window: Window) -> None:
    """One that has gone when the next page is looked at."""
    name = window.session.blobs.put(b"ingens")
    assert isinstance(window.shown, Screen)
    window.shown.refresh({})
    window.session.blobs.delete(name)


def look_where_one_was_purged(window: Window) -> None:
    """Look into a folder in which nothing but the mark of a purge lies."""
    walk = "f" * 32
    name, data = mark_of(walk, date(2026, 11, 12))
    folder = window.session.home.parent / "gallrat" / LONG_FOLDER
    mark = folder / "gatljus1" / walk / name
    if not mark.exists():
        # Written anew it would be empty for a moment, just when a page that shows it already reads it.
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.write_bytes(data)
    window.go(Place("fetch", part=str(folder)))
    day = day_words(date(2026, 11, 12))
    until(lambda: any(day in each.text() for each in window.shown.findChildren(Label)), "the day", 5000)


NO_PHOTOS = tuple(sorted(Path(__file__).parent.glob("test_photo*.py")))


def fetch_what_is_no_photo(window: Window) -> None:
    """Fetch files of which none is a photo, so that nothing comes into the walk."""
    _photos(window)._begin_files(list(NO_PHOTOS))
    until(lambda: not window.runner.busy, "the end of the fetching")
    until(lambda: not _photos(window)._importing and not _photos(window)._soon.isActive(), "what came of it")
    window.tray.clear()


def _photos(window: Window) -> PhotosScreen:
    screen = window.shown
    assert isinstance(screen, PhotosScreen)
    return screen
