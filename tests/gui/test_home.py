"""The first page: the walks, what is opened from it, and how it looks where there is little room."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest

from app.base.job import Job, Step, finish
from app.commands.observations import observe
from app.commands.records import set_fields
from app.commands.walks import new_walk
from app.domain.records import SafetyWalk
from app.jobs.sync import sync
from app.session import Session
from tests.gui.hands import button, buttons, press, until, wait
from ui.shell.window import Window
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.desk import Place
from ui.widgets.night import Night
from ui.widgets.text import Label

Open = Callable[..., Window]
LEFT = Qt.MouseButton.LeftButton


def _names(window: Window) -> list[str]:
    return [each.text() for each in buttons(window.shown)]


def _offers(window: Window, name: str) -> bool:
    return name in [each.accessibleName() for each in buttons(window.shown)]


@pytest.fixture
def sample(monkeypatch: pytest.MonkeyPatch, session: Session) -> Callable[[], int]:
    """A small walk in place of the sample, which takes a while to build. Returns how often it was asked for."""
    asked = []

    def build(home: Path) -> Job[str]:
        asked.append(home)
        yield Step("")
        known = session.read(SafetyWalk)
        return known[0].id if known else new_walk(session, {"title": "Exempel"})

    monkeypatch.setattr("app.jobs.demo.build_sample", build)
    return lambda: len(asked)


def test_the_sample_is_opened_when_it_is_built_and_at_once_when_it_is_there(
    window: Open, session: Session, sample: Callable[[], int]
) -> None:
    shown = window()
    press(shown, "Prova exemplet")
    until(lambda: shown.place.page == "plan", "the sample")
    (walk,) = session.read(SafetyWalk)
    shown.go(Place())
    press(shown, "Öppna exempel")
    until(lambda: shown.place == Place("plan", walk.id), "the sample")
    assert sample() == 2


def test_who_went_elsewhere_meanwhile_is_told_and_stays(window: Open, sample: Callable[[], int]) -> None:
    shown = window()
    press(shown, "Prova exemplet")
    shown.go(Place("settings"))
    until(lambda: shown.tray.notice is not None, "the notice")
    assert shown.place == Place("settings")
    press(shown.tray, "Öppna")
    assert shown.place.page == "plan"
    assert sample() == 1


def test_every_walk_is_opened_where_it_is(window: Open, session: Session, walk: str) -> None:
    planned = new_walk(session, {"title": "Planerad"})
    over = new_walk(session, {"title": "Över", "starts": datetime(2026, 1, 2, tzinfo=UTC)})
    (ended,) = session.read(SafetyWalk, {"id": over})
    set_fields(session, ended, {"ends": datetime(2026, 1, 2, 2, tzinfo=UTC)})
    new_walk(session, {"title": "Först", "starts": datetime(2036, 1, 2, tzinfo=UTC)})
    shown = window()
    for name, place in (
        ("Öppna: Planerad", Place("plan", planned)),
        ("Öppna: Kajsaniemi i mörker", Place("walk", walk)),
        ("Öppna: Över", Place("observations", over)),
    ):
        until(partial(_offers, shown, name), name)
        press(shown, name)
        assert shown.place == place
        shown.go(Place())


@pytest.mark.usefixtures("walk")
def test_a_walk_under_way_is_not_called_the_next_one(window: Open, session: Session) -> None:
    def said() -> list[str]:
        night = window().shown.findChildren(Night)[0]
        return [each.text() for each in night.findChildren(Label) if each.text().startswith(("Nästa", "Pågår nu"))]

    assert said()[0].startswith("Pågår nu")
    new_walk(session, {"title": "Först", "starts": datetime(2036, 1, 2, tzinfo=UTC)})
    assert said()[0].startswith("Nästa vandring, ")


def test_an_empty_list_says_so_and_a_new_walk_is_offered_once(window: Open) -> None:
    shown = window()
    words = [each.text() for each in shown.shown.findChildren(Label) if each.isVisible()]
    assert "Inga vandringar än. De du planerar eller hämtar står här." in words
    assert _names(shown).count("Ny vandring") == 1


def test_where_there_is_no_room_for_the_picture_a_new_walk_is_offered_beside_the_list(window: Open) -> None:
    shown = window(1024, 560)
    until(lambda: _names(shown).count("Ny vandring") == 1, "the button")
    assert "Öppna exempel" in _names(shown)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (800, 1280), (1024, 600)])
def test_no_window_is_lit_behind_words_and_buttons_keep_away_from_them(window: Open, width: int, height: int) -> None:
    shown = window(width, height)
    (night,) = shown.shown.findChildren(Night)
    words = max(each.geometry().bottom() for each in night.findChildren(Label))
    before = [QRectF(each.geometry()) for each in night.findChildren(Button)]
    assert min(each.top() for each in before) - words >= 16
    for house, windows in night.houses():
        assert house.top() > words
        assert not any(each.intersects(other) for each in windows for other in before)


def test_what_others_write_leaves_the_focus_and_a_press_under_way_alone(
    window: Open, session: Session, walk: str
) -> None:
    new_walk(session, {"title": "Först", "starts": datetime(2036, 1, 2, tzinfo=UTC)})
    shown = window()
    (picture,) = shown.shown.findChildren(Night)
    step = button(shown, "Fortsätt vandringen: Kajsaniemi i mörker")
    step.setFocus()
    QTest.mousePress(step, LEFT, pos=QPoint(30, 20))
    observe(session, walk, {"item": "A1", "text": "En till."})
    until(lambda: any("5 iakttagelser" in each.text() for each in shown.shown.findChildren(Label)), "the new count")
    assert shown.focusWidget() is step and shown.shown.findChildren(Night) == [picture]
    QTest.mouseRelease(step, LEFT, pos=QPoint(30, 20))
    assert shown.place == Place("walk", walk)


def test_a_list_that_is_made_anew_has_the_focus_where_it_was(window: Open, session: Session, walk: str) -> None:
    new_walk(session, {"title": "Först", "starts": datetime(2036, 1, 2, tzinfo=UTC)})
    shown = window()
    button(shown, "Öppna: Kajsaniemi i mörker").setFocus()
    new_walk(session, {"title": "Ny"})
    until(lambda: "Öppna: Ny" in [each.accessibleName() for each in buttons(shown)], "the new walk")
    assert shown.focusWidget() is button(shown, "Öppna: Kajsaniemi i mörker")
    assert walk


def _states(window: Window) -> list[str]:
    return [each.text for each in window.shown.findChildren(Chip) if each.isVisible()]


def test_a_walk_says_how_far_it_has_come_and_what_of_it_nobody_else_has(
    window: Open, session: Session, tmp_path: Path
) -> None:
    walk = new_walk(session, {"title": "Nästa"})
    other = new_walk(session, {"title": "En annan", "starts": datetime(2026, 1, 1, tzinfo=UTC)})
    shown = window()
    assert _states(shown) == ["Planerad", "Finns bara här"] * 2
    for each in (walk, other):
        finish(sync(session, str(tmp_path), walk=each))
    shown.swap(Place())
    assert _states(shown) == ["Planerad"] * 2
    observe(session, walk, {"item": "A1"})
    unsent = session.log.unsent(walk)
    assert unsent > 1
    until(lambda: f"{unsent} ändringar finns bara här" in _states(shown), "what was written since")
    assert "Pågår" in _states(shown)


@pytest.mark.parametrize("height", [560, 800])
def test_the_first_start_says_what_this_is_however_low_the_window_is(window: Open, height: int) -> None:
    shown = window(1024, height)
    said = " ".join(each.text() for each in shown.findChildren(Label) if each.isVisible())
    assert said.count("Gå en runda, skriv och fotografera det ni ser. Allt sparas på den här enheten direkt.") == 1
    assert "Efteråt blir det ett protokoll med åtgärder som någon ansvarar för." in said
    assert _offers(shown, "Prova exemplet") or _offers(shown, "Öppna exempel")
    shown.resize(1024, 1360 - height)
    wait(50)
    assert bool(shown.shown.findChildren(Night)) == (1360 - height >= 600)
