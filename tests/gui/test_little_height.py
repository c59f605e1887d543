"""What is urgent on the screens of the field is seen without scrolling where there is little height."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLabel, QWidget

from tests.gui.hands import buttons
from tests.gui.opening import Opener
from ui.shell.window import Window
from ui.widgets.number_pad import NumberPad
from ui.widgets.page import Scroll
from ui.widgets.text import Label


def _hidden(window: Window, parts: list[QWidget]) -> list[str]:
    """Those of some parts of which not all is seen."""
    (scroll,) = (each for each in window.findChildren(Scroll) if each.isVisible() and each.isAncestorOf(parts[0]))
    seen = scroll.viewport().rect()
    return [
        each.text() if isinstance(each, QLabel) else each.accessibleName()
        for each in parts
        if not seen.contains(QRect(each.mapTo(scroll.viewport(), QPoint()), each.size()))
    ]


def _keys(window: Window) -> list[QWidget]:
    (pad,) = window.findChildren(NumberPad)
    return list(pad.widgets)


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(("text", "size"), [(100, (1024, 600)), (150, (1024, 600)), (200, (1280, 800))], ids=str)
def test_all_keys_of_the_lamp_are_seen_at_once_with_gloves(
    at: Opener, size: tuple[int, int], text: int, lang: str
) -> None:
    window = at("lamp", size, text=text, gloves=True, lang=lang)
    keys = _keys(window)
    assert len(keys) == 12 and _hidden(window, keys) == []
    digits = [each.text() for each in sorted(buttons(window), key=_as_one_reads) if each.text().isdigit()]
    assert digits == [*"1234567890"], "as on a telephone"


def _as_one_reads(widget: QWidget) -> tuple[int, int]:
    place = widget.mapTo(widget.window(), QPoint())
    return place.y(), place.x()


def test_the_whole_of_the_lamp_is_seen_at_once_with_gloves_on_a_small_tablet(at: Opener) -> None:
    window = at("lamp", (1024, 600), gloves=True)
    (scroll,) = (each for each in window.shown.findChildren(Scroll) if each.isVisible())
    assert scroll.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(
    ("text", "size"), [(100, (1024, 600)), (150, (1024, 600)), (150, (1280, 800)), (200, (1280, 800))], ids=str
)
def test_the_numbers_to_call_are_seen_at_once_with_gloves(
    at: Opener, size: tuple[int, int], text: int, lang: str
) -> None:
    window = at("acute", size, text=text, gloves=True, lang=lang)
    numbers: list[QWidget] = [
        each for each in window.findChildren(Label) if each.isVisible() and each.text() in ("112", "08-465 004 12")
    ]
    assert len(numbers) == 2 and _hidden(window, numbers) == []


def test_that_somebody_was_called_is_pressed_without_scrolling_on_a_small_tablet(at: Opener) -> None:
    window = at("acute", (1024, 600), gloves=True)
    called: list[QWidget] = [each for each in buttons(window) if each.accessibleName().startswith("Vi har ringt")]
    assert len(called) == 2 and _hidden(window, called) == []
