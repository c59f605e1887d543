"""The window itself: places, looks, notices."""

from collections.abc import Callable

import pytest

from tests.gui.hands import button, press
from ui.shell.window import Window
from ui.widgets.desk import Place


def test_the_first_page_shows_the_walk_and_its_next_step(window: Callable[..., Window], walk: str) -> None:
    shown = window()
    assert button(shown, "Fortsätt vandringen: Kajsaniemi i mörker").isEnabled()
    assert shown.place == Place()
    assert walk


@pytest.mark.parametrize("theme", ["light", "dark", "red", "contrast"])
def test_a_theme_is_shown_at_once_and_kept(window: Callable[..., Window], theme: str) -> None:
    shown = window()
    shown.go(Place("settings"))
    words = {"light": "Ljust", "dark": "Mörkt", "red": "Nattrött", "contrast": "Hög kontrast"}
    press(shown, f"Tema: {words[theme]}")
    shown.build()
    assert shown.look.theme == shown.session.settings.theme == theme
    assert shown.place == Place("settings")
