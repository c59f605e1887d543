"""Back on the walk's page, and what a page for noting says of where one is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.commands.observations import observe
from app.domain.values import Position
from app.session import Session
from tests.gui.hands import button, press, wait
from tests.gui.opening import settle
from tests.gui.twins import Told
from ui.screens.walk import WalkScreen
from ui.shell.window import Window
from ui.widgets.chip import Chip
from ui.widgets.desk import Place

Open = Callable[..., Window]


@pytest.fixture
def told(window: Open, walk: str) -> tuple[Window, Told]:
    """A walk with a receiver that says where one is and which way one goes."""
    shown = window(800, 1280)
    shown.go(Place("walk", walk, part="map"))
    receiver = Told(shown.guide)
    shown.guide.listen(receiver)
    wait(20)
    receiver.say(Position(60.1752, 24.9452), course=90)
    return shown, receiver


def test_who_lets_the_map_follow_and_turn_finds_it_so_after_an_observation(
    told: tuple[Window, Told], walk: str
) -> None:
    shown, receiver = told
    press(shown, "Följ mig")
    press(shown, "Kartan: norr upp")
    press(shown, "Ny iakttagelse")
    wait(20)
    shown.go(Place("walk", walk, part="map"))
    wait(20)
    assert button(shown, "Följ mig").isChecked() and button(shown, "Kartan: färdriktning upp").isChecked()
    receiver.say(Position(60.1752, 24.9460), course=90)
    assert shown.shown.view.frame.turn == 90  # type: ignore[attr-defined]
    press(shown, "Kartan: färdriktning upp")
    press(shown, "Följ mig")
    press(shown, "Ny iakttagelse")
    wait(20)
    shown.go(Place("walk", walk, part="map"))
    wait(20)
    assert not button(shown, "Följ mig").isChecked() and not button(shown, "Kartan: norr upp").isChecked()


@pytest.mark.parametrize("is_old", [True, False])
def test_an_old_position_is_told_where_one_notes(told: tuple[Window, Told], is_old: bool) -> None:
    shown, _receiver = told
    heard = shown.guide.heard
    assert heard is not None
    if is_old:
        shown.guide.heard = replace(heard, at=heard.at - timedelta(minutes=1))
    press(shown, "Ny iakttagelse")
    wait(20)
    press(shown, "Belysning")
    wait(20)
    shown.shown._exactly("A1")  # type: ignore[attr-defined]
    wait(20)
    said = {each.text: each.kind for each in shown.shown.findChildren(Chip) if each.isVisible()}
    assert any(text.startswith("Gammalt läge") and kind == "warn" for text, kind in said.items()) == is_old
    assert any(text.startswith("Plattans läge ±") for text in said) != is_old
    # A phone may have sent it, or the computer has worked it out.
    assert not any("gps" in text.lower() for text in said)


def test_back_puts_the_card_of_several_marks_away_before_it_leaves_the_walk(
    window: Open, session: Session, walk: str
) -> None:
    here = Position(60.1752, 24.9452)
    for _each in range(2):
        observe(session, walk, {"item": "A1", "position": here})
    shown = window(1280, 800)
    shown.go(Place("walk", walk, part="map"))
    settle(shown)
    screen = shown.shown
    assert isinstance(screen, WalkScreen)
    key = next(each.key for each in screen.view.marks if len(screen.view.together(each.key)) > 1)
    screen._choose(key)
    assert screen.card.is_open
    QTest.keyClick(screen, Qt.Key.Key_Escape)
    assert shown.place.page == "walk" and not screen.card.is_open
    QTest.keyClick(screen, Qt.Key.Key_Escape)
    assert shown.place.page != "walk"
