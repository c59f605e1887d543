"""Danger now, where there is little height and words are large: the number, and under it what is to be said."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from tests.gui.hands import button
from tests.gui.opening import Opener, settle
from ui.shell.window import Window
from ui.widgets.text import Label

SMALL, TALL = (1024, 600), (800, 1280)


def _label(window: Window, *texts: str) -> Label:
    (found,) = (each for each in window.shown.findChildren(Label) if each.isVisible() and each.text() in texts)
    return found


def _seen(part: QWidget) -> float:
    """How much of its height is seen, from 0 to 1."""
    return part.visibleRegion().boundingRect().height() / part.height()


def _down(window: Window, part: QWidget) -> int:
    return part.mapTo(window, QPoint()).y()


@pytest.mark.parametrize("gloves", [False, True], ids=["hands", "gloves"])
@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(("text", "size"), [(150, SMALL), (200, SMALL), (200, (1280, 800))], ids=str)
def test_one_sees_that_it_is_said_below_what_is_to_be_said(
    at: Opener, size: tuple[int, int], text: int, lang: str, gloves: bool
) -> None:
    window = at("acute", size, text=text, gloves=gloves, lang=lang)
    says = _label(window, "Säg så här", "Say this")
    assert _seen(_label(window, "112")) == 1
    # A long word for the on-call service leaves half a line of it.
    longest = (lang, text, size, gloves) == ("en", 200, SMALL, True)
    assert _seen(says) > 0.2 if longest else _seen(says) == 1


def test_what_is_not_called_first_comes_last_there_and_before_it_where_there_is_height(at: Opener) -> None:
    window = at("acute", SMALL, text=200, gloves=True)
    says, mend = _label(window, "Säg så här"), button(window, "Ändra jourens nummer")
    assert _down(window, says) < _down(window, _label(window, "När ni ringer 112"))
    assert _down(window, says) < _down(window, _label(window, "114 14")) < _down(window, mend)
    window.resize(*TALL)
    settle(window)
    order = (button(window, "Vi har ringt 112"), button(window, "Ändra numret"), _label(window, "114 14"))
    places = [_down(window, each) for each in order]
    assert places == sorted(places) and places[-1] < _down(window, _label(window, "Säg så här"))
    later = [each for each in window.shown.findChildren(Label) if each.text() == "När ni ringer 112"]
    assert not any(each.isVisible() for each in later), "it stands with the number"
