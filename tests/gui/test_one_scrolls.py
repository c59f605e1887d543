"""Very little height: of a page and what scrolls in it one alone scrolls; what matters most is seen at once."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget

from tests.gui.covered import covered
from tests.gui.hands import buttons, until, wait
from tests.gui.opening import Opener, settle
from tests.gui.room import scrolls_within
from ui.screens.clock import ClockScreen
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.list_scroll import PageList
from ui.widgets.notice import Notice
from ui.widgets.page import SETTLED_MS, PageScroll, Scroll
from ui.widgets.photo_view import PhotoView
from ui.widgets.rows import Row

SMALL = (1024, 600)
MANY_WORDS = Notice(
    "Mappen på minnet kan inte skrivas: den är full, eller så är den borta. Sätt i det igen och försök.", problem=True
)
PAGES = (
    "backups", "clock", "devices", "devices.scattered", "keys", "measure", "measure_from", "measures", "new_walk",
    "observation", "observations", "observations.chosen", "observations.groups", "photo",
    "photo.underway", "photos", "photos.import", "photos.place", "photos.result", "photos.several",
    "photos.turned_away", "placement.change", "placement.proposed", "plan", "plan.about", "plan.checklist",
    "plan.parties", "plan.people", "plan.tracks", "protocol", "remove.asked", "review.versions", "settings",
)  # fmt: skip


def _scrolling(window: Window) -> list[QScrollArea]:
    areas = (each for each in window.findChildren(QScrollArea) if each.isVisible())
    return [each for each in areas if each.verticalScrollBar().maximum() > 0]


def _is_seen(part: QWidget) -> bool:
    """Whether all of a part is seen."""
    return part.isVisible() and part.visibleRegion().boundingRect() == part.rect()


def _drag(window: Window, start: QPoint, far: int) -> None:
    """A finger drawn up or down."""
    screen = QTest.createTouchDevice()
    QTest.touchEvent(window, screen).press(0, start, window).commit()
    for step in range(1, 9):
        wait(20)
        QTest.touchEvent(window, screen).move(0, start + QPoint(0, far * step // 8), window).commit()
    QTest.touchEvent(window, screen).release(0, start + QPoint(0, far), window).commit()


@pytest.mark.parametrize("gloves", [False, True])
def test_of_a_page_and_what_scrolls_in_it_one_alone_scrolls(at: Opener, gloves: bool) -> None:
    wrong = {page: [*scrolls_within(at(page, SMALL, text=200, gloves=gloves))] for page in PAGES}
    assert not {page: found for page, found in wrong.items() if found}


@pytest.mark.parametrize("gloves", [False, True])
def test_while_a_notice_is_shown_and_when_it_has_gone_one_alone_scrolls(at: Opener, gloves: bool) -> None:
    wrong = []
    for page in PAGES:
        window = at(page, SMALL, text=200, gloves=gloves)
        window.say(Notice("4 foton placerade: 1. Stationstorget, utgången mot Kajsaniemi.", undo=True))
        settle(window)
        wrong += [f"{page}: {each}" for each in scrolls_within(window)]
        window.tray.clear()
        settle(window)
        wrong += [f"{page}, when it has gone: {each}" for each in scrolls_within(window)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("gloves", [False, True])
@pytest.mark.parametrize(
    "page", ["photo", "photos.result", "photos.turned_away", "placement.proposed", "plan", "plan.people", "voices.none"]
)
def test_a_notice_of_many_words_is_seen_whole_and_covers_nothing(at: Opener, page: str, gloves: bool) -> None:
    window = at(page, SMALL, text=200, gloves=gloves)
    window.say(MANY_WORDS)
    settle(window)
    (scroll,) = (each for each in window.findChildren(PageScroll) if each.isVisible())
    tray, seen = window.tray, QRect(scroll.mapTo(window, QPoint()), scroll.size())
    assert _is_seen(tray) and seen.contains(QRect(tray.mapTo(window, QPoint()), tray.size()))
    assert covered(window) == [] and [*scrolls_within(window)] == []
    window.tray.clear()
    settle(window)
    assert [*scrolls_within(window)] == []


def test_a_notice_does_not_move_what_is_read_where_the_page_scrolls(at: Opener) -> None:
    window = at("plan", SMALL, text=200, gloves=True)
    (page,) = _scrolling(window)
    page.verticalScrollBar().setValue(200)
    window.say(MANY_WORDS)
    _settle_all(window)
    assert page.verticalScrollBar().value() == 200 and _scrolling(window) == [page]
    window.tray.clear()
    _settle_all(window)
    assert page.verticalScrollBar().value() == 200 and _scrolling(window) == [page]


def _settle_all(window: Window) -> None:
    settle(window)
    wait(2 * SETTLED_MS)


def test_of_a_list_that_a_notice_would_leave_hardly_anything_of_all_is_read_and_its_place_is_kept(at: Opener) -> None:
    window = at("photos.turned_away", SMALL, text=200, gloves=True)
    (page,) = (each for each in window.findChildren(PageScroll) if each.isVisible())
    (part,) = _scrolling(window)
    part.verticalScrollBar().setValue(70)
    window.say(MANY_WORDS)
    settle(window)
    bar = page.verticalScrollBar()
    until(lambda: bar.value() == 70, "what was read")
    assert _scrolling(window) == [page]
    bar.setValue(bar.maximum())
    settle(window)
    last = next(each for each in buttons(window) if each.accessibleName() == "Till fotona")
    assert _is_seen(last) and covered(window) == []
    bar.setValue(90)
    window.tray.clear()
    until(lambda: part.verticalScrollBar().value() == 90, "what was read")
    assert _scrolling(window) == [part]


@pytest.mark.parametrize("gloves", [False, True])
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_time_and_its_code_are_photographed_whole(at: Opener, lang: str, gloves: bool) -> None:
    screen = at("clock", SMALL, text=200, gloves=gloves, lang=lang).shown
    assert isinstance(screen, ClockScreen)
    assert _is_seen(screen.code) and _is_seen(screen.time)


@pytest.mark.parametrize("gloves", [False, True])
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_lit_step_of_the_devices_is_seen_at_once(at: Opener, lang: str, gloves: bool) -> None:
    for page in ("devices", "devices.scattered"):
        window = at(page, SMALL, text=200, gloves=gloves, lang=lang)
        (lit,) = (each for each in buttons(window.shown) if getattr(each, "kind", "") == "primary")
        assert _is_seen(lit), page


def test_where_a_part_has_too_little_room_it_is_whole_and_a_key_or_a_finger_moves_the_page(at: Opener) -> None:
    window = at("plan", SMALL, text=200)
    (page,) = (each for each in window.findChildren(PageScroll) if each.isVisible())
    (rows,) = (each for each in window.findChildren(PageList) if each.isVisible())
    (part,) = (each for each in page.findChildren(Scroll) if each.isAncestorOf(rows))
    assert part.is_whole and rows.is_whole
    _drag(window, page.mapTo(window, page.rect().center()), -120)
    until(lambda: page.verticalScrollBar().value() > 0, "the page has moved with the finger")
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(rows, Qt.Key.Key_End)
    last = rows.visualRect(rows.currentIndex())
    corner = rows.viewport().mapTo(page.viewport(), last.topLeft())
    assert page.viewport().rect().contains(QRect(corner, last.size()))


def test_a_page_that_scrolls_becomes_lower_with_its_part_and_lies_still_when_other_rows_come(at: Opener) -> None:
    window = at("plan", SMALL, text=200)
    (page,) = (each for each in window.findChildren(PageScroll) if each.isVisible())
    (rows,) = (each for each in window.findChildren(PageList) if each.isVisible())
    bar, before = page.verticalScrollBar(), list(rows.rows.things)
    assert len(before) > 2
    rows.choose(before[0].key)
    bar.setValue(bar.maximum())
    least, seen = bar.maximum(), bar.value()
    rows.show_rows([*before, replace(before[-1], key="one-more")])
    until(lambda: bar.maximum() > least, "room for one more")
    assert bar.value() == seen, "the row that was chosen is further up"
    rows.show_rows(before[:1])
    until(lambda: bar.maximum() < least, "no room is kept for what has gone")


def test_a_notice_does_not_move_what_is_read(at: Opener) -> None:
    window = at("settings", SMALL, text=200, gloves=True)
    (part,) = _scrolling(window)
    part.verticalScrollBar().setValue(400)
    window.say(Notice("Iakttagelsen noterad", undo=True))
    settle(window)
    assert part.verticalScrollBar().value() == 400 and _scrolling(window) == [part]
    window.tray.clear()


def test_the_picture_is_seen_at_the_top_of_a_page_that_scrolls(at: Opener) -> None:
    window = at("photo", (1024, 520), text=200, gloves=True)
    (page,) = (each for each in window.findChildren(PageScroll) if each.isVisible())
    (view,) = (each for each in window.findChildren(PhotoView) if each.isVisible())
    (part,) = (each for each in page.findChildren(Scroll) if each.isVisible())
    assert page.verticalScrollBar().maximum() > 0
    assert view.mapTo(page.content, QPoint()).y() < page.height() and view.height() <= page.height()
    _drag(window, part.mapTo(window, QPoint(part.width() // 2, 20)), -80)
    until(lambda: page.verticalScrollBar().value() > 0, "the page has moved with the finger")


@pytest.mark.parametrize("gloves", [False, True])
def test_the_observation_one_comes_back_to_is_seen_where_the_page_scrolls(at: Opener, gloves: bool) -> None:
    window = at("observations", SMALL, text=200, gloves=gloves)
    walk, rows = window.place.walk, _rows_of(window)
    assert rows.is_whole
    last = rows.rows.things[-1].key
    window.go(Place("observation", walk, last))
    window.go(Place("observations", walk, last))
    until(lambda: _sees_current(_rows_of(window)), "the row")


def _rows_of(window: Window) -> PageList:
    (found,) = (each for each in window.shown.findChildren(PageList) if each.isVisible())
    return found


def _sees_current(rows: PageList) -> bool:
    """Whether all of the current row is seen."""
    box = rows.visualRect(rows.currentIndex())
    return box.isValid() and rows.viewport().visibleRegion().boundingRect().contains(box)


def test_of_a_thousand_rows_each_is_measured_once_where_the_page_scrolls(
    at: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = _rows_of(at("observations", SMALL, text=200))
    measured: list[Row] = []
    room = rows._painter.room

    def counted(row: Row, width: int) -> object:
        measured.append(row)
        return room(row, width)

    monkeypatch.setattr(rows._painter, "room", counted)
    width, rows_shown = rows.viewport().width(), [Row(str(n), f"Iakttagelse {n}") for n in range(1000)]
    rows.show_rows(rows_shown)
    heights = {rows.height_of_all(width) for _turn in range(20)}
    assert len(heights) == 1 and measured == rows_shown
    rows.show_rows([*rows_shown, Row("more", "En till")])
    assert rows.height_of_all(width) > heights.pop() and len(measured) == 1001
