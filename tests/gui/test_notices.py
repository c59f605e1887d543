"""Notices lie where nothing is pressed and nothing must be read."""

import ast
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from app.base.job import Job, Step
from app.commands.observations import observe
from app.domain.values import Position
from app.session import Session
from tests.gui.covered import LONG, covered, seen_of
from tests.gui.hands import button, buttons, press, until, wait
from tests.gui.opening import Opener, settle
from tests.gui.room import cut
from tests.gui.twins import Told
from ui.screens.walk import WalkScreen
from ui.shell.window import Window
from ui.widgets.button import Button
from ui.widgets.chip import MAY_BREAK
from ui.widgets.desk import Place
from ui.widgets.map_view import MapView
from ui.widgets.notice import MOMENT, Notice, Snackbar
from ui.widgets.shield import Shield
from ui.widgets.tabs_bar import NavButton
from ui.widgets.walk_round import be_at

UI = Path(__file__).resolve().parents[2] / "ui"
CROSS = "close"

Opens = Callable[..., Window]


def nothing() -> Job[None]:
    """A job that is over at once."""
    yield Step("")


def _said(window: Window) -> str:
    return window.tray.notice.text if window.tray.notice else ""


def test_what_nobody_pressed_for_waits_until_what_can_be_undone_is_over(window: Opens, walk: str) -> None:
    shown = window()
    shown.go(Place("walk", walk, part="map"))
    done = Notice("Foto sparat.", undo=True)
    shown.say(done)
    shown.say(Notice("Ni är framme vid stopp 2.", action=("Vi är här", lambda: None), waits=True))
    assert shown.tray.notice == done
    shown.tray.clear()
    assert _said(shown) == "Ni är framme vid stopp 2."
    shown.tray.clear()
    assert _said(shown) == ""


def test_what_waits_comes_a_moment_after_the_time_of_another_is_up_and_not_under_the_finger(
    window: Opens, walk: str
) -> None:
    shown = window()
    shown.go(Place("walk", walk, part="map"))
    shown.say(Notice("Foto sparat.", undo=True))
    shown.say(Notice("Ni är framme vid stopp 2.", action=("Vi är här", lambda: None), waits=True))
    (bar,) = shown.tray.findChildren(Snackbar)
    bar._time_is_up()
    assert _said(shown) == "" and not shown.tray.isVisible()
    until(lambda: _said(shown) == "Ni är framme vid stopp 2.", "what waited")


def test_nothing_comes_under_the_finger_where_the_time_of_another_has_just_been_up(window: Opens, walk: str) -> None:
    shown = window()
    shown.go(Place("walk", walk, part="map"))
    shown.say(Notice("Foto sparat.", undo=True))
    (bar,) = shown.tray.findChildren(Snackbar)
    bar._time_is_up()
    shown.say(Notice("Ni är framme vid stopp 2.", action=("Vi är här", lambda: None), waits=True))
    assert _said(shown) == "" and not shown.tray.isVisible()
    until(lambda: _said(shown) == "Ni är framme vid stopp 2.", "what waited")


@pytest.mark.parametrize("held", [False, True], ids=["pressed", "held"])
def test_a_press_that_was_meant_for_a_notice_whose_time_is_just_up_hits_nothing_under_it(
    window: Opens, walk: str, held: bool
) -> None:
    shown = window()
    shown.go(Place("walk", walk, part="map"))
    screen, left, handle = shown.shown, Qt.MouseButton.LeftButton, shown.windowHandle()
    assert isinstance(screen, WalkScreen)
    shown.say(Notice("Foto sparat.", undo=True))
    settle(shown)
    where = shown.tray.mapTo(shown, shown.tray.rect().center())
    assert screen.view.rect().contains(screen.view.mapFrom(shown, where))
    (bar,) = shown.tray.findChildren(Snackbar)
    bar._time_is_up()
    if held:
        QTest.mousePress(handle, left, pos=where)
        until(lambda: not shown.findChildren(Shield), "nothing that lies over it")
        QTest.mouseRelease(handle, left, pos=where)
    else:
        QTest.mouseClick(handle, left, pos=where)
    wait(20)
    assert not screen.card.is_open
    until(lambda: not shown.findChildren(Shield), "nothing that lies over it")
    QTest.mouseClick(handle, left, pos=where)
    assert screen.card.is_open


def test_what_lies_under_a_notice_that_was_pressed_away_hears_the_next_press(window: Opens, walk: str) -> None:
    shown = window()
    shown.go(Place("walk", walk, part="map"))
    shown.say(Notice("Foto sparat.", undo=True))
    settle(shown)
    where = shown.tray.mapTo(shown, shown.tray.rect().center())
    press(shown, "Stäng meddelandet")
    QTest.mouseClick(shown.windowHandle(), Qt.MouseButton.LeftButton, pos=where)
    screen = shown.shown
    assert isinstance(screen, WalkScreen) and screen.card.is_open


def test_what_only_waits_does_not_take_away_the_undo_that_it_waits_for(
    window: Opens, session: Session, walk: str
) -> None:
    shown = window()
    shown.go(Place("walk", walk, part="map"))
    observe(session, walk, {"item": "A1"})
    shown.bell.settle()
    shown.say(Notice("Foto sparat.", undo=True))
    shown.say(Notice("Ni är framme.", action=("Vi är här", lambda: None), waits=True))
    shown.guide.record(walk)
    receiver = Told(shown.guide)
    shown.guide.listen(receiver)
    receiver.say(Position(60.1, 24.9))
    shown.guide.write()
    shown.bell.settle()
    assert _said(shown) == "Foto sparat.", "a track takes none away"
    observe(session, walk, {"item": "A1"})
    shown.bell.settle()
    assert _said(shown) == "Ni är framme.", "the undo would take back something else now"
    shown.guide.end()


def test_what_is_said_of_what_was_pressed_comes_before_what_waits(window: Opens, walk: str) -> None:
    shown = window()
    shown.go(Place("walk", walk, part="map"))
    shown.say(Notice("Ni är framme.", action=("Ja", lambda: shown.say(Notice("Nu är ni där."))), waits=True))
    shown.say(Notice("Läget är tillbaka.", waits=True))
    press(shown, "Ja")
    wait(20)
    assert _said(shown) == "Nu är ni där."
    shown.tray.clear()
    assert _said(shown) == "Läget är tillbaka."
    shown.say(Notice("Ni är framme.", action=("Nej", lambda: None), waits=True))
    shown.tray.clear()
    press(shown, "Nej")
    assert _said(shown) == ""


def test_a_problem_is_over_when_one_goes_on_after_it_was_seen(window: Opens, session: Session, walk: str) -> None:
    shown = window()
    shown.go(Place("observations", walk))
    shown.say(LONG)
    observe(session, walk, {"item": "A1"})
    shown.bell.settle()
    assert shown.tray.notice == LONG, "nobody can have seen it yet"
    wait(round(1000 * MOMENT) + 50)
    observe(session, walk, {"item": "A1"})
    shown.bell.settle()
    assert shown.tray.notice is None
    shown.say(LONG)
    wait(round(1000 * MOMENT) + 50)
    finish_ = shown.work("Prövas", nothing)
    assert shown.tray.notice is None
    until(finish_.isFinished, "the end")


@pytest.mark.parametrize("page", ["photos.result", "review", "voices.none"])
def test_a_long_notice_is_whole_above_the_tabs_where_the_whole_page_scrolls(at: Opener, page: str) -> None:
    window = at(page, (1024, 600), text=200, gloves=True)
    window.say(LONG)
    settle(window)
    tray = QRect(window.tray.mapTo(window, QPoint(0, 0)), window.tray.size())
    tabs = [each for each in buttons(window) if isinstance(each, NavButton)]
    assert tabs and window.rect().contains(tray)
    assert not any(seen_of(each, window).intersects(tray) for each in tabs)


def test_a_long_name_in_a_notice_breaks_and_what_leads_back_to_the_walk_is_not_half_under_it(at: Opener) -> None:
    window = at("walk.away", (1024, 600), text=200, gloves=True)
    assert button(window, "Visa hela vandringen").isVisible()
    window.say(LONG)
    settle(window)
    (words,) = (
        each for each in window.tray.findChildren(QLabel) if "Kajsaniemiparken" in each.text().replace(MAY_BREAK, "")
    )
    assert not cut(words)
    assert not covered(window)
    window.tray.clear()
    settle(window)
    assert button(window, "Visa hela vandringen").isVisible()


def _pressed(window: Window) -> dict[object, QPoint]:
    """Where what can be pressed lies: buttons, and marks on the map; those of a notice are left out."""
    (view,) = window.shown.findChildren(MapView)
    lie = {each: each.mapTo(window, QPoint(0, 0)) for each in buttons(window) if not window.tray.isAncestorOf(each)}
    return lie | {each.key: view.point_of(each.position).toPoint() for each in view.marks}


@pytest.mark.parametrize("size", [(1280, 800), (800, 1280), (1024, 600)], ids=str)
@pytest.mark.parametrize(("page", "text"), [("walk.live", 100), ("walk.live", 200), ("walk.passed", 100)])
def test_nothing_that_is_pressed_on_the_walk_moves_when_a_notice_comes_and_goes(
    at: Opener, page: str, text: int, size: tuple[int, int]
) -> None:
    window = at(page, size, text=text)
    before = _pressed(window)
    assert len(before) > 10
    for notice in (Notice("Foto sparat.", undo=True), LONG):
        window.say(notice)
        settle(window)
        now = _pressed(window)
        assert window.tray.isVisible() and now.items() <= before.items(), notice.text
        tray = QRect(window.tray.mapTo(window, QPoint(0, 0)), window.tray.size())
        gone = [QRect(before[each], each.size()) for each in before.keys() - now.keys() if isinstance(each, QWidget)]
        assert len(gone) == len(before) - len(now) and all(each.intersects(tray) for each in gone)
        assert text == 200 or not gone, "only what would lie half under large words is gone meanwhile"
        assert not covered(window)
        window.tray.clear()
        settle(window)
        assert _pressed(window) == before


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("size", [(1280, 800), (800, 1280), (1024, 600)], ids=str)
def test_having_come_to_a_stop_is_offered_in_a_strip_that_leaves_more_than_half_of_the_map_in_sight(
    at: Opener, size: tuple[int, int], lang: str
) -> None:
    shown = at("walk.live", size, text=200, gloves=True, lang=lang)
    screen = shown.shown
    assert isinstance(screen, WalkScreen)
    stop = screen.way.stops[1]
    be_at(shown.session, shown.place.walk, screen.way.stops[0].id)
    screen.refresh({})
    receiver = Told(shown.guide)
    shown.guide.listen(receiver)
    assert isinstance(stop.position, Position)
    receiver.say(stop.position)
    # That the position is back is said first.
    while shown.tray.notice is not None and shown.tray.notice.action is None:
        shown.tray.clear()
    settle(shown)
    notice = shown.tray.notice
    assert notice is not None and notice.action is not None and stop.name in notice.text
    high = shown.tray.height()
    assert high <= screen.pane.height() * (0.2 if size[1] >= 800 else 0.45), (high, screen.pane.height())
    words, act, close = _parts(shown.tray)
    assert not any(a.intersects(b) for a, b in combinations((words, act, close), 2))
    assert abs(act.center().y() - words.center().y()) <= 2, "beside each other"
    (bar,) = shown.tray.findChildren(Snackbar)
    assert bar.accessibleName() == notice.text, "a screen reader says all of it"
    assert not [found for each in shown.tray.findChildren(QWidget) if each.isVisible() and (found := cut(each))]


def _parts(tray: QWidget) -> tuple[QRect, QRect, QRect]:
    """Where the words of a notice are, what can be done, and what puts it away."""
    (words,) = (each for each in tray.findChildren(QLabel) if each.isVisible())
    act, close = sorted((each for each in buttons(tray)), key=lambda each: each.mapTo(tray, QPoint()).x())
    one, other, last = (QRect(each.mapTo(tray, QPoint()), each.size()) for each in (words, act, close))
    return one, other, last


@pytest.mark.parametrize("gloves", [False, True])
@pytest.mark.parametrize("text", [100, 200])
def test_the_way_to_close_a_notice_is_as_high_as_the_undo_beside_it_and_on_its_line(
    at: Opener, text: int, gloves: bool
) -> None:
    window = at("settings", (1280, 800), text=text, gloves=gloves)
    for words in (
        "Iakttagelsen noterad",
        "12.3, en stolpe till. 12.2 är sparad, och allt som är sagt om den ligger där.",
    ):
        window.say(Notice(words, undo=True, action=("Till 12.2", lambda: None)))
        settle(window)
        (shown,) = (each for each in window.findChildren(Snackbar) if each.isVisible())
        spans = {(seen_of(each, window).top(), each.height()) for each in buttons(shown)}
        assert len(spans) == 1, spans
    window.tray.clear()


def test_the_icon_of_what_was_ended_is_not_taken_for_what_closes_the_notice(window: Opens, walk: str) -> None:
    shown = window()
    shown.guide.rehearse(walk)
    shown.go(Place("position", walk))
    press(shown, "Avsluta övningen")
    (said,) = (each for each in shown.tray.findChildren(Snackbar) if each.isVisible())
    assert said.notice.text.startswith("Övningen är slut")
    close = button(said, "Stäng meddelandet")
    assert isinstance(close, Button) and said.notice.icon != close.icon_name


def test_no_notice_begins_with_the_cross_that_closes_it() -> None:
    trees = (ast.parse(each.read_text("utf-8"), str(each)) for each in sorted(UI.rglob("*.py")))
    calls = [each for tree in trees for each in ast.walk(tree) if isinstance(each, ast.Call)]
    notices = [each for each in calls if isinstance(each.func, ast.Name) and each.func.id == "Notice"]
    icons = [each.args[1] for each in notices if len(each.args) > 1]
    assert icons and not [ast.unparse(each) for each in icons if isinstance(each, ast.Constant) and each.value == CROSS]
