"""Who comes back to a page is where they left it: on what led away."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from tests.gui.hands import button
from ui.shell.window import Window
from ui.widgets.desk import Place


def test_back_from_a_page_the_focus_is_on_what_led_there(
    window: Callable[..., Window], walk: str, qtbot: QtBot
) -> None:
    shown = window()
    shown.go(Place("walk", walk, part="map"))
    qtbot.waitUntil(lambda: button(shown, "Ny iakttagelse").isVisible())
    button(shown, "Ny iakttagelse").setFocus()
    button(shown, "Ny iakttagelse").click()
    heading = shown.shown.heading
    assert shown.place.page == "observe" and heading is not None and heading.hasFocus()
    shown.back()
    qtbot.waitUntil(lambda: button(shown, "Ny iakttagelse").hasFocus())
    shown.go(Place("more", walk))
    assert shown.shown.heading is not None and shown.shown.heading.hasFocus()
