"""Words that had no room at one size of text, or with gloves on."""

from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.domain.values import Severity
from tests.gui.opening import Opener, settle
from tests.gui.painted import painted
from tests.gui.room import cut
from ui.screens.rating import RatingScreen
from ui.widgets.button import Button
from ui.widgets.flow import FlowGrid
from ui.widgets.look import GLOVE_TARGET, TARGET, Look
from ui.widgets.page import Scroll
from ui.widgets.search_field import SearchField
from ui.widgets.severity_chooser import SeverityChooser
from ui.widgets.steps import Link, StepHead

W = TypeVar("W", bound=QWidget)
AWAY = 10
"""Pixels between large words and a frame."""


def _one(root: QWidget, kind: type[W]) -> W:
    (found,) = (each for each in root.findChildren(kind) if each.isVisible())
    return found


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("text", [100, 200])
@pytest.mark.parametrize("size", [(1280, 800), (800, 1280), (1024, 600)], ids=str)
def test_a_search_field_is_as_wide_as_its_hint_with_gloves_on(
    at: Opener, size: tuple[int, int], text: int, lang: str
) -> None:
    for page in ("home", "observations"):
        window = at(page, size, text=text, gloves=True, lang=lang)
        assert cut(_one(window, SearchField)) == "", page


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("size", [(1280, 800), (800, 1280)], ids=str)
def test_how_serious_it_is_is_seen_at_once_however_large_the_words(
    at: Opener, size: tuple[int, int], lang: str
) -> None:
    window = at("observe.severity", size, text=200, lang=lang)
    buttons = _one(window, SeverityChooser).buttons
    assert buttons.keys() == set(Severity)
    scroll = next(each for each in window.findChildren(Scroll) if each.isAncestorOf(buttons[Severity.GOOD]))
    seen = scroll.viewport().rect()
    for each in buttons.values():
        place = QRect(each.mapTo(scroll.viewport(), QPoint(0, 0)), each.size())
        assert seen.contains(place), (each.accessibleName(), place, seen)


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("size", [(1280, 800), (800, 1280), (1024, 600)], ids=str)
def test_large_words_of_how_serious_it_is_keep_away_from_their_frames(
    at: Opener, size: tuple[int, int], lang: str
) -> None:
    window = at("observe.severity", size, text=200, lang=lang)
    for tile in _one(window, SeverityChooser).buttons.values():
        for each in painted(tile):
            room = tile.rect().adjusted(AWAY, AWAY, -AWAY, -AWAY)
            assert not each.is_words or room.contains(each.place), (each.text, each.place, tile.size())


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(("size", "text"), [((1280, 800), 100), ((1024, 600), 200)], ids=str)
def test_whose_answer_it_is_takes_the_width_of_what_is_answered(
    at: Opener, size: tuple[int, int], text: int, lang: str
) -> None:
    screen = at("rating", size, text=text, gloves=True, lang=lang).shown
    assert isinstance(screen, RatingScreen)
    whose = [each for _value, each in screen._whose.buttons]
    answers = [*screen.feels.values(), *screen.alone.values()]
    ends = [max(each.mapTo(screen, each.rect().topRight()).x() for each in some) for some in (whose, answers)]
    assert ends[0] == ends[1] and whose[0].y() == whose[1].y()
    assert all(each.height() < 2 * each.fontMetrics().height() + 24 for each in whose)


@pytest.mark.parametrize("text", [100, 200])
def test_undo_is_no_higher_in_a_head_than_its_words_and_a_finger_need(at: Opener, text: int) -> None:
    head = _one(at("rating", (1280, 800), text=text), StepHead)
    (undo,) = (each for each in head.findChildren(Button) if each is not head.back)
    assert undo.height() == undo.heightForWidth(undo.width())
    assert abs(undo.geometry().center().y() - head.back.geometry().center().y()) <= 1


@pytest.mark.parametrize("gloves", [False, True])
def test_a_heading_and_the_place_under_it_stand_beside_the_way_back_and_are_pressed_as_one(
    at: Opener, gloves: bool
) -> None:
    window = at("observe", (1280, 800), gloves=gloves)
    head = _one(window, StepHead)
    link = head.detail
    assert isinstance(link, Link) and link.height() >= (GLOVE_TARGET if gloves else TARGET)
    assert abs(link.geometry().center().y() - head.back.geometry().center().y()) <= 1
    QTest.mouseClick(link, Qt.MouseButton.LeftButton, pos=head.heading.geometry().center())
    settle(window)
    assert _one(window, StepHead).heading.text() == "Vilket stopp?"


@pytest.mark.usefixtures("qapp")
def test_where_a_grid_is_even_no_row_is_left_with_a_few() -> None:
    look = Look("light")
    grid = FlowGrid(look, [Button(look, str(n)) for n in range(5)], least=150, most=5, spacing=8, even=True)
    assert [grid.columns_at(width) for width in (800, 700, 480, 330, 200)] == [5, 3, 3, 2, 1]
