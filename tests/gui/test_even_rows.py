"""Buttons that have no room in one line stand evenly: none is left alone."""

from collections import Counter

import pytest

from tests.gui.hands import buttons
from tests.gui.opening import Opener
from ui.screens.walk import WalkScreen


def _walk(at: Opener, size: tuple[int, int], *, lang: str, gloves: bool) -> WalkScreen:
    screen = at("walk.stop", size, lang=lang, gloves=gloves).shown
    assert isinstance(screen, WalkScreen)
    return screen


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("size", [(1280, 800), (800, 1280), (1024, 600)], ids=str)
def test_what_can_be_done_at_a_stop_stands_in_rows_of_like_length(at: Opener, size: tuple[int, int], lang: str) -> None:
    card = _walk(at, size, lang=lang, gloves=True).card
    acts = [each for each in buttons(card) if each.text()]
    rows = Counter(each.y() for each in acts)
    assert len(acts) == 5 and max(rows.values()) - min(rows.values()) < 2, rows


@pytest.mark.parametrize("gloves", [False, True])
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_buttons_of_a_low_map_stand_in_two_columns_of_like_height_and_hide_no_more_of_it(
    at: Opener, lang: str, gloves: bool
) -> None:
    pane = _walk(at, (1024, 600), lang=lang, gloves=gloves).pane
    columns = Counter(each.x() for each in buttons(pane))
    assert len(columns) < 3 and len(set(columns.values())) < 2, columns
