"""The rail between the wide window and the narrow one: the word stands under its icon, and no word is cut."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest

from app.base.words import _
from tests.gui.hands import press
from tests.gui.opening import Opener, settle
from tests.gui.painted import painted
from ui.shell.navigation import NARROW_RAIL, RAIL, Rail, reachable
from ui.shell.order import in_order
from ui.shell.window import Window
from ui.widgets.button import Button
from ui.widgets.further import Further
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


@pytest.mark.parametrize(
    ("page", "word"),
    [("more_desk", "Mer"), ("devices", "Mer"), ("voices", "Mer"), ("review", "Granska"), ("measure", "Åtgärder")],
)
def test_of_the_tabs_at_the_bottom_the_one_that_leads_to_where_one_is_is_marked(
    at: Opener, page: str, word: str
) -> None:
    (tabs,) = at(page, (MIDDLE - 1, 800)).findChildren(TabsBar)
    assert [each.text() for each in tabs.buttons.values() if each.isChecked()] == [word]


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


def _entries(window: Window) -> list[tuple[NavButton, bool]]:
    """The destinations of the rail, and whether all of each is seen."""
    (rail,) = window.findChildren(Rail)
    found = rail.findChildren(NavButton)
    seen = QRect(QPoint(), rail.findChildren(Further)[0].size())
    places = [QRect(each.mapTo(rail.findChildren(Further)[0], QPoint()), each.size()) for each in found]
    return [(each, seen.contains(place) and each.visibleRegion().boundingRect() == each.rect())
            for each, place in zip(found, places, strict=True)]  # fmt: skip


def _more(window: Window) -> Button:
    (rail,) = window.findChildren(Rail)
    return rail.findChildren(Further)[0].button


@pytest.mark.parametrize(("size", "text"), [((1024, 600), 100), ((1280, 800), 150)], ids=str)
def test_without_gloves_all_destinations_are_seen_where_there_is_little_height(
    at: Opener, size: tuple[int, int], text: int
) -> None:
    window = at("observations", size, text=text)
    assert all(seen for _each, seen in _entries(window)) and not _more(window).isVisible()


@pytest.mark.parametrize(("size", "text"), [((1024, 600), 100), ((1280, 800), 150)], ids=str)
@pytest.mark.parametrize("by_key", [False, True])
def test_destinations_that_have_no_room_are_told_of_and_a_press_leads_to_them(
    at: Opener, size: tuple[int, int], text: int, *, by_key: bool
) -> None:
    window = at("observations", size, text=text, gloves=True)
    more, (rail,) = _more(window), window.findChildren(Rail)
    assert more.isVisible() and more in in_order(rail)
    assert more.accessibleName() == "Visa fler sidor"
    assert _entries(window)[0][1] and not _entries(window)[-1][1]
    for _turn in range(3):
        if _entries(window)[-1][1]:
            break
        QTest.keyClick(more, Qt.Key.Key_Return) if by_key else press(window, "Visa fler sidor")
    assert _entries(window)[-1][1] and not _entries(window)[0][1]
    QTest.keyClick(more, Qt.Key.Key_Return) if by_key else press(window, "Visa de första sidorna")
    assert _entries(window)[0][1] and more.accessibleName() == "Visa fler sidor"


def test_the_destination_where_one_is_and_the_one_that_a_key_comes_to_are_seen(at: Opener) -> None:
    window = at("settings", (1024, 600), gloves=True)
    entries = _entries(window)
    assert entries[-1][0].isChecked() and entries[-1][1] and not entries[0][1]
    entries[0][0].setFocus(Qt.FocusReason.TabFocusReason)
    assert _entries(window)[0][1]
