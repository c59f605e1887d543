"""Little height: what is urgent in the field is seen without scrolling; of a page and its list one alone scrolls."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.records import Stop
from tests.gui.hands import button, buttons, press, until
from tests.gui.opening import Opener, settle
from tests.gui.room import cut, scrolls_within
from ui.screens.placement import PlacementScreen
from ui.screens.rating import RatingScreen
from ui.screens.walk import WalkScreen
from ui.shell.window import Window
from ui.widgets.category_grid import CategoryGrid
from ui.widgets.chip import Chip
from ui.widgets.field_screen import LIST
from ui.widgets.list_scroll import ListScroll, PageList
from ui.widgets.next_bar import NextBar
from ui.widgets.number_pad import NumberPad
from ui.widgets.page import Scroll
from ui.widgets.photo_area import PhotoArea
from ui.widgets.photo_cell import GAP
from ui.widgets.photo_grid import PhotoGrid
from ui.widgets.severity_chooser import SeverityChooser
from ui.widgets.steps import StepHead
from ui.widgets.text import Label
from ui.widgets.walk_round import be_at


def _hidden(window: Window, parts: list[QWidget]) -> list[str]:
    """Those of some parts of which not all is seen."""
    (scroll,) = (each for each in window.findChildren(Scroll) if each.isVisible() and each.isAncestorOf(parts[0]))
    seen = scroll.viewport().rect()
    return [
        each.text() if isinstance(each, QLabel) else each.accessibleName()
        for each in parts
        if not seen.contains(QRect(each.mapTo(scroll.viewport(), QPoint()), each.size()))
    ]


def _keys(window: Window) -> list[QWidget]:
    (pad,) = window.findChildren(NumberPad)
    return list(pad.widgets)


@pytest.mark.parametrize("gloves", [False, True])
@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(
    ("text", "size"), [(100, (1024, 600)), (150, (1024, 600)), (200, (1024, 600)), (200, (1280, 800))], ids=str
)
def test_all_keys_of_the_lamp_are_seen_at_once(
    at: Opener, size: tuple[int, int], text: int, lang: str, gloves: bool
) -> None:
    window = at("lamp", size, text=text, gloves=gloves, lang=lang)
    keys = _keys(window)
    assert len(keys) == 12 and _hidden(window, keys) == []
    digits = [each.text() for each in sorted(buttons(window), key=_as_one_reads) if each.text().isdigit()]
    assert digits == [*"1234567890"], "as on a telephone"


def _as_one_reads(widget: QWidget) -> tuple[int, int]:
    place = widget.mapTo(widget.window(), QPoint())
    return place.y(), place.x()


def test_the_whole_of_the_lamp_is_seen_at_once_with_gloves_on_a_small_tablet(at: Opener) -> None:
    window = at("lamp", (1024, 600), gloves=True)
    (scroll,) = (each for each in window.shown.findChildren(Scroll) if each.isVisible())
    assert scroll.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(
    ("text", "size"), [(100, (1024, 600)), (150, (1024, 600)), (150, (1280, 800)), (200, (1280, 800))], ids=str
)
def test_the_numbers_to_call_are_seen_at_once_with_gloves(
    at: Opener, size: tuple[int, int], text: int, lang: str
) -> None:
    window = at("acute", size, text=text, gloves=True, lang=lang)
    numbers: list[QWidget] = [
        each for each in window.findChildren(Label) if each.isVisible() and each.text() in ("112", "08-465 004 12")
    ]
    assert len(numbers) == 2 and _hidden(window, numbers) == []


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_no_half_of_a_number_to_call_is_seen_on_a_small_tablet_with_large_text_and_gloves(
    at: Opener, lang: str
) -> None:
    window = at("acute", (1024, 600), text=200, gloves=True, lang=lang)
    (number,) = (each for each in window.findChildren(Label) if each.text() == "08-465 004 12")
    assert number.height() < 2 * number.fontMetrics().height() and _hidden(window, [number]) == []


@pytest.mark.parametrize("gloves", [False, True], ids=["hands", "gloves"])
@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(("text", "size"), [(100, (1024, 600)), (200, (1024, 600)), (200, (1280, 800))], ids=str)
def test_that_somebody_was_called_is_pressed_without_scrolling(
    at: Opener, size: tuple[int, int], text: int, lang: str, gloves: bool
) -> None:
    window = at("acute", size, text=text, gloves=gloves, lang=lang)
    begins = "Vi har ringt" if lang == "sv" else "We have called"
    called: list[QWidget] = [each for each in buttons(window) if each.accessibleName().startswith(begins)]
    assert len(called) == 2 and _hidden(window, called) == []


def _list_in_page(window: Window, name: str) -> tuple[PageList, ListScroll]:
    (found,) = (each for each in window.findChildren(PageList) if each.isVisible() and each.accessibleName() == name)
    (page,) = (each for each in window.findChildren(ListScroll) if each.isVisible() and each.isAncestorOf(found))
    return found, page


def _shows(page: ListScroll, rows: PageList, place: int) -> bool:
    """Whether all of a row is seen."""
    box = rows.visualRect(rows.rows.index(place))
    corner = rows.viewport().mapTo(page.viewport(), box.topLeft())
    return page.viewport().rect().contains(QRect(corner, box.size()))


def test_a_list_that_the_page_leaves_no_room_is_whole_and_the_page_scrolls(at: Opener) -> None:
    window = at("plan.checklist", (1024, 600), gloves=True)
    rows, page = _list_in_page(window, "Punkter i checklistan")
    last = len(rows.rows.things) - 1
    assert rows.verticalScrollBar().maximum() == 0 and page.verticalScrollBar().maximum() > 0
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(rows, Qt.Key.Key_End)
    assert rows.currentIndex().row() == last and _shows(page, rows, last)
    QTest.keyClick(rows, Qt.Key.Key_Home)
    assert _shows(page, rows, rows.currentIndex().row()) and not _shows(page, rows, last)
    before = page.verticalScrollBar().value()
    over = QRect(page.mapTo(window, QPoint()), page.size()).center()
    assert rows.viewport().rect().contains(rows.viewport().mapFrom(window, over))
    QTest.wheelEvent(window.windowHandle(), QPointF(over), QPoint(0, -120))
    assert page.verticalScrollBar().value() > before, "the wheel over the list is the page's"


def test_a_list_that_has_room_scrolls_alone(at: Opener) -> None:
    window = at("plan.checklist", (1280, 800))
    rows, page = _list_in_page(window, "Punkter i checklistan")
    assert rows.verticalScrollBar().maximum() > 0 and page.verticalScrollBar().maximum() == 0
    # And the other way round when the window becomes lower.
    window.resize(1280, 490)
    settle(window)
    rows, page = _list_in_page(window, "Punkter i checklistan")
    assert rows.verticalScrollBar().maximum() == 0 and page.verticalScrollBar().maximum() > 0


def test_of_two_lists_in_one_place_each_is_as_high_as_its_own_rows(at: Opener) -> None:
    window = at("photos.place", (1024, 600), gloves=True)
    stops, page = _list_in_page(window, "Stoppen")
    short = page.verticalScrollBar().maximum()
    press(window, "Iakttagelse")
    settle(window)
    seen, page = _list_in_page(window, "Iakttagelserna")
    assert len(seen.rows.things) > len(stops.rows.things)
    assert page.verticalScrollBar().maximum() > short and seen.verticalScrollBar().maximum() == 0
    press(window, "Stopp")
    settle(window)
    assert page.verticalScrollBar().maximum() == short


@pytest.mark.parametrize("gloves", [False, True])
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_no_word_of_a_walk_is_cut_on_a_small_tablet_with_large_text(at: Opener, lang: str, gloves: bool) -> None:
    wrong = []
    for page in ("walk", "walk.live", "walk.next", "walk.old", "walk.list", "walk.voice"):
        window = at(page, (1024, 600), text=200, lang=lang, gloves=gloves)
        seen = (each for each in window.shown.findChildren(QWidget) if each.isVisible())
        wrong += [f"{page}: {found}" for each in seen if (found := cut(each))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("size", "gloves"), [((1024, 600), False), ((1280, 800), True)], ids=str)
def test_a_tab_leads_to_the_list_where_only_the_map_has_room(at: Opener, size: tuple[int, int], gloves: bool) -> None:
    window = at("walk.live", size, text=200, gloves=gloves)
    screen = window.shown
    assert isinstance(screen, WalkScreen) and screen.pane.isVisible() and not screen.list.isVisible()
    press(window, "Lista")
    until(screen.list.isVisible, "the list")
    assert not screen.pane.isVisible() and button(window, "Lista").isChecked(), "it has the room of the map"
    screen.step_back()
    assert screen.pane.isVisible() and not screen.list.isVisible() and button(window, "Karta").isChecked()


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(("page", "gloves"), [("walk.list", False), ("walk.list", True), ("walk.passed", False)])
def test_two_rows_of_the_list_of_the_walk_are_seen_whole_on_a_small_tablet_with_large_text(
    at: Opener, page: str, lang: str, gloves: bool
) -> None:
    window = at(page, (1024, 600), text=200, lang=lang, gloves=gloves)
    screen = window.shown
    assert isinstance(screen, WalkScreen)
    screen.opens(LIST)
    settle(window)
    seen, rows = screen.list.viewport().rect(), screen.list
    whole = [seen.contains(rows.visualRect(rows.rows.index(place))) for place in range(3)]
    assert whole[:2] == [True, True], f"{seen.height()} pixels"


def test_a_card_that_is_opened_from_that_list_has_the_map_beside_it(at: Opener) -> None:
    window = at("walk.list", (1024, 600), text=200)
    screen = window.shown
    assert isinstance(screen, WalkScreen)
    stop = screen.way.stops[0].id
    screen.list.opened.emit(stop)
    settle(window)
    assert screen.card.isVisible() and not screen.list.isVisible() and screen.pane.isVisible()
    assert screen.view.current == stop and screen.pane.width() > window.width() / 3
    screen.step_back()
    settle(window)
    assert screen.list.isVisible() and not screen.pane.isVisible()


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("gloves", [False, True])
def test_what_a_step_is_called_stands_beside_the_way_back_on_a_small_tablet_with_large_text(
    at: Opener, lang: str, gloves: bool
) -> None:
    for page in ("observe", "observe.severity", "lamp", "rating", "camera.live"):
        window = at(page, (1024, 600), text=200, lang=lang, gloves=gloves)
        (head,) = (each for each in window.shown.findChildren(StepHead) if each.isVisible())
        assert head.heading.mapTo(head, QPoint()).x() > head.back.geometry().right(), page
        assert head.heading.height() < 2 * head.heading.fontMetrics().height(), page


def test_the_number_to_call_is_not_broken_over_lines_with_large_words_and_gloves_on_a_small_tablet(at: Opener) -> None:
    window = at("acute", (1024, 600), text=200, gloves=True)
    (number,) = (each for each in window.findChildren(Label) if each.isVisible() and each.text() == "08-465 004 12")
    assert number.fontMetrics().horizontalAdvance(number.text()) <= number.width()
    assert _hidden(window, [number]) == []


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_all_that_it_may_be_about_is_seen_at_once_with_gloves_on_a_small_tablet(at: Opener, lang: str) -> None:
    window = at("observe", (1024, 600), gloves=True, lang=lang)
    (grid,) = window.findChildren(CategoryGrid)
    assert len(grid.tiles) == 14 and _hidden(window, list(grid.tiles.values())) == []


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_name_of_the_stop_is_whole_with_large_words_and_gloves_on_a_small_tablet(at: Opener, lang: str) -> None:
    window = at("walk", (1024, 600), text=200, gloves=True, lang=lang)
    walk = window.place.walk
    for each in window.session.read(Stop, {"scope": walk}, ("order",)):
        be_at(window.session, walk, each.id)
        at("walk", (1024, 600), text=200, gloves=True, lang=lang)
        (bar,) = window.shown.findChildren(NextBar)
        assert bar.isVisible() and bar.name.text() == each.name and cut(bar.name) == ""


@pytest.mark.parametrize("gloves", [False, True])
@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("size", [(1024, 600), (1280, 800)], ids=str)
def test_the_way_to_the_clock_of_the_camera_is_whole_with_large_words_and_one_bar_alone_scrolls(
    at: Opener, size: tuple[int, int], lang: str, gloves: bool
) -> None:
    window = at("placement.proposed", size, text=200, lang=lang, gloves=gloves)
    screen = window.shown
    assert isinstance(screen, PlacementScreen)
    (way,) = (each for each in buttons(screen) if each.accessibleName().startswith(("Ändra hur", "Change how")))
    assert cut(way) == "" and way.visibleRegion().boundingRect() == way.rect()
    assert [*scrolls_within(window)] == []


def _seen_whole(grid: PhotoGrid, place: int) -> bool:
    cell = grid.visualRect(grid.cells.index(place)).adjusted(GAP, GAP, -GAP, -GAP)
    return grid.viewport().visibleRegion().boundingRect().contains(cell)


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("size", [(1024, 600), (1280, 800)], ids=str)
def test_a_proposal_and_what_can_be_done_with_it_are_seen_at_once_with_large_words(
    at: Opener, size: tuple[int, int], lang: str
) -> None:
    window = at("placement.proposed", size, text=200, lang=lang)
    screen = window.shown
    assert isinstance(screen, PlacementScreen) and _seen_whole(screen.grid, 0)
    assert screen.use.visibleRegion().boundingRect() == screen.use.rect()


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_first_proposal_is_seen_whole_with_large_words_and_gloves_on_a_small_tablet(at: Opener, lang: str) -> None:
    screen = at("placement.proposed", (1024, 600), text=200, gloves=True, lang=lang).shown
    assert isinstance(screen, PlacementScreen) and _seen_whole(screen.grid, 0)


@pytest.mark.parametrize("size", [(1024, 600), (1280, 800)], ids=str)
def test_photos_that_what_stands_round_them_leaves_no_room_are_whole_and_the_page_scrolls(
    at: Opener, size: tuple[int, int]
) -> None:
    window = at("placement.proposed", size, text=200)
    screen = window.shown
    assert isinstance(screen, PlacementScreen) and screen.grid.verticalScrollBar().maximum() > 0
    press(window, "Ändra hur kamerans klocka går")
    settle(window)
    (page,) = (each for each in screen.findChildren(ListScroll) if each.isVisible())
    assert screen.grid.verticalScrollBar().maximum() == 0 and page.verticalScrollBar().maximum() > 0
    assert [*scrolls_within(window)] == []
    screen.grid.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(screen.grid, Qt.Key.Key_End)
    last = len(screen.grid.cells.things) - 1
    assert screen.grid.currentIndex().row() == last and _seen_whole(screen.grid, last)
    button(window, "Ändra hur kamerans klocka går").click()
    settle(window)
    assert screen.grid.verticalScrollBar().maximum() > 0 and page.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize("gloves", [False, True])
def test_of_the_page_of_photos_and_the_photos_one_alone_scrolls_with_large_words(at: Opener, gloves: bool) -> None:
    window = at("photos", (1024, 600), text=200, gloves=gloves)
    (grid,) = window.shown.findChildren(PhotoGrid)
    assert grid.isVisible() and [*scrolls_within(window)] == []
    press(window, "Markera")
    settle(window)
    press(window, "Markera alla")
    settle(window)
    assert [*scrolls_within(window)] == []


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_what_is_said_of_a_photo_is_seen_at_once_with_large_words(at: Opener, lang: str) -> None:
    window = at("photos", (1280, 800), text=200, lang=lang)
    (grid,) = window.shown.findChildren(PhotoGrid)
    assert _seen_whole(grid, 0)


def test_what_was_left_out_beside_a_low_map_is_said_again_when_the_tablet_is_turned(at: Opener) -> None:
    window = at("walk.next", (1280, 800), text=200, gloves=True)
    screen = window.shown
    assert isinstance(screen, WalkScreen)
    screen.opens(LIST)
    settle(window)
    over = screen.bar.findChildren(Label)[0]
    assert not over.isVisible(), "there is no room for it"
    window.resize(800, 1280)
    settle(window)
    assert window.shown is screen and over.isVisible() and screen.bar.onward.isVisible()


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_how_far_it_is_to_the_next_stop_is_seen_with_large_words_on_a_small_tablet(at: Opener, lang: str) -> None:
    screen = at("walk.next", (1024, 600), text=200, lang=lang).shown
    assert isinstance(screen, WalkScreen)
    onward = screen.bar.onward
    assert "190\xa0m" in onward.accessibleName() and onward.visibleRegion().boundingRect() == onward.rect()
    assert screen.bar.visibleRegion().boundingRect() == screen.bar.rect()


@pytest.mark.parametrize("gloves", [False, True], ids=["hands", "gloves"])
@pytest.mark.parametrize(("text", "size"), [(100, (1024, 600)), (200, (1024, 600)), (200, (1280, 800))], ids=str)
def test_safe_and_unsafe_answers_are_seen_alike(at: Opener, size: tuple[int, int], text: int, gloves: bool) -> None:
    for page in ("rating", "rating.last"):
        window = at(page, size, text=text, gloves=gloves)
        screen = window.shown
        assert isinstance(screen, RatingScreen)
        assert _hidden(window, [*screen.feels.values()]) == [], page


@pytest.mark.parametrize("gloves", [False, True], ids=["hands", "gloves"])
@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(("text", "size"), [(150, (1024, 600)), (200, (1024, 600)), (200, (1280, 800))], ids=str)
def test_how_serious_it_is_is_asked_and_answered_without_scrolling_before_the_first_photo(
    at: Opener, size: tuple[int, int], text: int, lang: str, gloves: bool
) -> None:
    window = at("observe.severity", size, text=text, gloves=gloves, lang=lang)
    (chooser,) = window.shown.findChildren(SeverityChooser)
    (area,) = window.shown.findChildren(PhotoArea)
    asked = next(each for each in _labels(window) if each.text() in ("Hur allvarligt?", "How serious?"))
    first = chooser.widgets[: chooser.columns_at(chooser.width())]
    assert _hidden(window, [asked, *first, *area.findChildren(Chip)]) == []
    assert [each.accessibleName() for each in area.findChildren(Chip) if cut(each)] == []


def test_where_to_get_a_photo_is_said_where_there_is_room_for_it(at: Opener) -> None:
    words = "Ta bilden med kameraappen och välj den här."
    window = at("observe.severity", (1024, 600), text=200)
    assert words not in [each.text() for each in _labels(window)]
    for size in ((1024, 1000), (1024, 600), (800, 1280)):
        window.resize(*size)
        settle(window)
        assert (words in [each.text() for each in _labels(window)]) == (size[1] > 600), size


def _labels(window: Window) -> list[Label]:
    return [each for each in window.shown.findChildren(Label) if each.isVisible()]
