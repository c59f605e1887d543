"""The rail between the wide window and the narrow one: the word stands under its icon, and no word is cut."""

from itertools import pairwise

import pytest

from app.base.words import _
from tests.gui.opening import Opener, settle
from tests.gui.painted import painted
from ui.shell.navigation import NARROW_RAIL, RAIL, Rail, reachable
from ui.widgets.page import MIDDLE, WIDE
from ui.widgets.tabs_bar import AIR, NavButton, TabsBar


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("text", [100, 125, 150])
@pytest.mark.parametrize("effective", [MIDDLE, WIDE - 1])
def test_a_rail_of_the_middle_keeps_every_destination_in_words(
    at: Opener, effective: int, text: int, lang: str
) -> None:
    window = at("observations", (-(-effective * text // 100), 1280), text=text, lang=lang)
    (rail,) = window.findChildren(Rail)
    assert NARROW_RAIL * text // 100 <= rail.width() < RAIL * text // 100
    words = [_(each.word) for each in reachable(window.place.walk)]
    buttons = [each for each in rail.findChildren(NavButton) if each.isVisible()]
    assert [each.accessibleName().split(",")[0] for each in buttons] == words
    drawn = [each for each in painted(rail) if each.is_words]
    assert [each.text for each in drawn] == words
    for each in drawn:
        assert not each.cut(), each.text
        assert each.on in buttons
    for button in buttons:
        (icon, word) = [each for each in painted(button) if each.on is button and each.text != button.badge]
        assert icon.place.bottom() <= word.place.top() + 2, "the word stands under its icon"
        assert abs(word.place.center().x() - button.rect().center().x()) <= 2
    assert all(upper.geometry().bottom() < lower.geometry().top() for upper, lower in pairwise(buttons))


@pytest.mark.parametrize(("width", "word"), [(WIDE, "wide"), (WIDE - 1, "middle"), (MIDDLE, "middle")])
def test_the_rail_is_narrow_from_the_middle_on(at: Opener, width: int, word: str) -> None:
    window = at("observations", (width, 800))
    (rail,) = window.findChildren(Rail)
    assert window.width_class() == word
    assert rail.width() >= (RAIL if word == "wide" else NARROW_RAIL)
    assert (rail.width() >= RAIL) == (word == "wide")


def test_below_the_middle_tabs_stand_at_the_bottom(at: Opener) -> None:
    assert not at("observations", (MIDDLE - 1, 800)).findChildren(Rail)


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("gloves", [False, True])
@pytest.mark.parametrize("text", [150, 200])
def test_the_words_of_tabs_stand_apart(at: Opener, text: int, gloves: bool, lang: str) -> None:
    window = at("observations", (800, 1280), text=text, gloves=gloves, lang=lang)
    (bar,) = window.findChildren(TabsBar)
    buttons = list(bar.buttons.values())
    drawn = [
        next(each for each in painted(bar) if each.on is button and each.text == button.text()) for button in buttons
    ]
    assert not [each.text for each in drawn if each.cut()]
    ends = [
        (button.x() + each.place.left(), button.x() + each.place.right())
        for button, each in zip(buttons, drawn, strict=True)
    ]
    assert all(right[0] - left[1] >= 2 * AIR - 2 for left, right in pairwise(ends)), ends


def test_a_window_with_tabs_can_be_made_narrower(at: Opener) -> None:
    window = at("observations", (800, 1280), text=150)
    window.resize(700, 1280)
    settle(window)
    (bar,) = window.findChildren(TabsBar)
    assert (window.width(), bar.width()) == (700, 700)
