"""English words where they are seen: what is in order is OK, what is chosen is selected."""

import pytest
from PySide6.QtWidgets import QLabel

from tests.gui.hands import press
from tests.gui.opening import Opener, settle
from ui.shell.window import Window

SIZE = (1280, 800)


def _said(window: Window) -> set[str]:
    return {each.text() for each in window.shown.findChildren(QLabel) if each.isVisible()}


@pytest.mark.parametrize("page", ["ready", "protocol"])
def test_what_is_in_order_is_ok_and_what_is_not_is_a_warning(at: Opener, page: str) -> None:
    said = _said(at(page, SIZE, lang="en"))
    assert {"OK", "Warning"} <= said and not said & {"Done", "Check"}


def test_photos_that_were_selected_are_said_to_be_selected(at: Opener) -> None:
    window = at("photos", SIZE, lang="en")
    press(window, "Select")
    press(window, "Select all")
    settle(window)
    assert any(each.endswith(" selected") for each in _said(window))
