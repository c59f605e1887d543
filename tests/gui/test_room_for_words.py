"""Words that had no room at one size of text, or with gloves on."""

from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from app.domain.values import Severity
from tests.gui.opening import Opener
from tests.gui.room import cut
from ui.screens.rating import RatingScreen
from ui.widgets.page import Scroll
from ui.widgets.search_field import SearchField
from ui.widgets.severity_chooser import SeverityChooser

W = TypeVar("W", bound=QWidget)


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
