"""Another size of words, theme or gloves: what one was looking at stays in view."""

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea

from tests.gui.hands import named, press, until, wait
from ui.shell.window import Window
from ui.widgets.desk import Place

Open = Callable[..., Window]


def _has_scale(shown: Window, scale: float) -> bool:
    return shown.look.scale == scale


def _body(shown: Window) -> QAbstractScrollArea:
    """What scrolls of the page."""
    return next(each for each in shown.shown.findChildren(QAbstractScrollArea) if each.verticalScrollBar().maximum())


def _bring_into_view(shown: Window, name: str, share: float = 0.5) -> None:
    """Scroll until what is called so is in the middle, or higher."""
    wait(100)
    area = _body(shown)
    seen = named(shown, name)
    below = seen.mapTo(area.viewport(), seen.rect().center()).y() - round(area.viewport().height() * share)
    area.verticalScrollBar().setValue(area.verticalScrollBar().value() + below)
    assert area.verticalScrollBar().value() > 0
    assert _in_view(shown, name)


def _in_view(shown: Window, name: str) -> bool:
    """Whether all of what is called so can be seen."""
    seen = named(shown, name)
    return seen.visibleRegion().boundingRect() == seen.rect()


@pytest.mark.parametrize("size", [125, 150, 200])
def test_the_text_size_that_was_pressed_stays_under_the_hand(window: Open, size: int) -> None:
    shown = window(1280, 600)
    shown.go(Place("settings"))
    name = f"Textstorlek: {size}\N{NO-BREAK SPACE}%"
    _bring_into_view(shown, name, 0.2)
    press(shown, name)
    until(partial(_has_scale, shown, size / 100), "the size")
    wait(200)
    assert named(shown, name).hasFocus() and _in_view(shown, name)


@pytest.mark.parametrize("name", ["Enhetens namn", "Organisation", "Kontrollera att allt är helt"])
def test_larger_and_smaller_text_by_keys_keeps_what_one_was_looking_at(window: Open, name: str) -> None:
    shown = window(1280, 600)
    shown.go(Place("settings"))
    _bring_into_view(shown, name)
    for key, scale in (
        (Qt.Key.Key_Plus, 1.25),
        (Qt.Key.Key_Plus, 1.5),
        (Qt.Key.Key_Minus, 1.25),
        (Qt.Key.Key_Minus, 1),
    ):
        QTest.keyClick(shown, key, Qt.KeyboardModifier.ControlModifier)
        until(partial(_has_scale, shown, scale), f"text of {scale}")
        wait(200)
        until(partial(_in_view, shown, name), f"what one was looking at, in text of {scale}")


def test_gloves_and_theme_keep_what_one_was_looking_at(window: Open) -> None:
    shown = window(1280, 600)
    shown.go(Place("settings"))
    _bring_into_view(shown, "Handskar")
    press(shown, "Handskar")
    until(lambda: shown.look.gloves, "gloves")
    wait(200)
    assert _in_view(shown, "Handskar")
    shown.next_theme()
    until(lambda: shown.look.theme == "dark", "the theme")
    wait(200)
    assert _in_view(shown, "Handskar")
