"""Walking: the next stop, the map and the list, what a press on them does."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.commands.observations import observe
from app.commands.records import set_fields
from app.domain.records import Observation, SafetyWalk, Stop, Support
from app.domain.values import Position, PositionSource, Severity
from app.session import Session
from tests.gui.hands import button, buttons, named, press, until, wait
from tests.gui.maps import CREDIT, still
from tests.gui.read_back import image, reads, written
from ui.screens.walk import WalkScreen
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.text import Label
from ui.widgets.walk_card import Said

Open = Callable[..., Window]
LEFT = Qt.MouseButton.LeftButton
GATE = Position(60.1752, 24.9452)
"""The first stop."""


@pytest.fixture
def walking(window: Open, walk: str) -> Callable[..., tuple[Window, WalkScreen]]:
    """Opens the walk in a window of a size."""

    def open_walk(width: int = 1280, height: int = 800, part: str = "") -> tuple[Window, WalkScreen]:
        shown = window(width, height)
        shown.go(Place("walk", walk, part=part))
        wait(20)
        screen = shown.shown
        assert isinstance(screen, WalkScreen)
        return shown, screen

    return open_walk


Walking = Callable[..., tuple[Window, WalkScreen]]


def words(root: QWidget) -> str:
    """All words that can be seen."""
    return " | ".join(each.text() for each in root.findChildren(Label) if each.isVisible())


def tap(screen: WalkScreen, position: Position) -> None:
    """Press the map where a position is seen."""
    QTest.mouseClick(screen.view, LEFT, pos=screen.view.point_of(position).toPoint())


def observation(session: Session, walk: str, text: str) -> Observation:
    """The observation with this text."""
    return next(each for each in session.read(Observation, {"scope": walk}) if text in str(each.text))


def test_without_a_choice_one_is_at_the_last_stop_at_which_anything_was_seen(walking: Walking) -> None:
    _shown, screen = walking()
    assert screen.bar.name.text() == "Gångtunneln under Långa bron"
    assert "Vid stopp 2 av 3" in words(screen) and "Nästa: Stopp 3, Lekplatsen." in words(screen)


def test_one_stays_at_a_stop_until_one_goes_on(walking: Walking, session: Session, walk: str) -> None:
    shown, screen = walking()
    stops = session.read(Stop, {"scope": walk}, ("order",))
    screen.be_at(stops[0].id)
    for _k in range(3):
        press(shown, "Ny iakttagelse")
        assert shown.place.part == f"stop:{stops[0].id}"
        press(shown, "Belysning")
        shown.back()
        wait(20)
    assert len(session.read(Observation, {"scope": walk, "stop": stops[0].id})) == 5
    press(shown, "Ny iakttagelse")
    press(shown, "Fara nu")
    (danger,) = session.read(Observation, {"scope": walk, "severity": Severity.DANGER})
    assert danger.stop == stops[0].id


def test_one_goes_on_from_stop_to_stop_and_it_is_remembered(walking: Walking, session: Session, walk: str) -> None:
    session.save(replace(session.settings, ask_rating=False))
    shown, screen = walking()
    stops = session.read(Stop, {"scope": walk}, ("order",))
    screen.be_at(stops[0].id)
    press(shown, "Gå vidare till nästa stopp")
    assert screen.bar.name.text() == "Gångtunneln under Långa bron"
    press(shown, "Tillbaka till 1")
    assert screen.bar.name.text() == "Växthusgrinden"
    press(shown, "Gå vidare till nästa stopp")
    press(shown, "Gå vidare till nästa stopp")
    assert "Vid stopp 3 av 3" in words(screen) and "Det här är sista stoppet." in words(screen)
    assert [mark.done for mark in screen.view.marks if mark.number] == [True, True, False]
    shown.go(Place())
    shown.go(Place("walk", walk))
    wait(20)
    again = shown.shown
    assert isinstance(again, WalkScreen) and again.bar.name.text() == "Lekplatsen"
    press(shown, "Nästa steg, komplettera det som saknas")
    assert shown.place.page == "complete"


def test_what_another_device_notes_further_on_moves_nobody(walking: Walking, session: Session, walk: str) -> None:
    shown, _screen = walking()
    stops = session.read(Stop, {"scope": walk}, ("order",))
    press(shown, "Ny iakttagelse")
    shown.back()
    wait(20)
    observe(session, walk, {"item": "A1", "stop": stops[2].id})
    screen = shown.shown
    assert isinstance(screen, WalkScreen)
    until(lambda: any(each.title.startswith("A5 ") for each in screen.list.rows.things), "the new one")
    assert screen.bar.name.text() == "Gångtunneln under Långa bron"


def test_another_stop_is_chosen_where_one_is(walking: Walking, session: Session, walk: str) -> None:
    _shown, screen = walking()
    first = session.read(Stop, {"scope": walk}, ("order",))[0]
    screen._open_row(first.id)
    press(screen.card, "Vi är här")
    assert screen.bar.name.text() == "Växthusgrinden" and not screen.card.isVisible()
    row = next(each for each in screen.list.rows.things if each.key == first.id)
    assert row.chip is not None and row.chip[0] == "Vi är här"
    screen._open_row(first.id)
    assert "Vi är här" not in [each.text() for each in buttons(screen.card)]


def test_the_list_has_the_same_content_as_the_map(walking: Walking) -> None:
    _shown, screen = walking()
    rows = [each for each in screen.list.rows.things if not each.heading]
    assert {each.key for each in rows} == {each.key for each in screen.view.marks}
    titles = [each.title for each in screen.list.rows.things]
    assert titles[0] == "Växthusgrinden" and titles[-2] == "Längs vägen"
    assert titles[1].startswith("A1 ") and titles[2].startswith("A2 ")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1024, 600)])
def test_map_and_list_lie_beside_each_other_where_there_is_room_and_one_tab_leads_to_both(
    walking: Walking, width: int, height: int
) -> None:
    shown, screen = walking(width, height)
    assert screen.pane.isVisible() and screen.list.isVisible()
    assert "Lista" not in [each.text() for each in buttons(shown)] and button(shown, "Karta").isChecked()


def test_one_looks_at_the_map_or_at_the_list_where_there_is_no_room_for_both(walking: Walking) -> None:
    shown, screen = walking(800, 1280)
    assert screen.pane.isVisible() and not screen.list.isVisible()
    press(shown, "Lista")
    assert screen.list.isVisible() and not screen.pane.isVisible()
    assert shown.place.part.startswith("list") and button(shown, "Lista").isChecked()
    # A window of another width makes its page anew.
    shown.resize(1280, 800)
    until(lambda: here(shown).pane.isVisible() is True, "the map of a tablet that was turned")
    assert here(shown).list.isVisible() and button(shown, "Karta").isChecked()
    shown.resize(800, 1280)
    until(lambda: not here(shown).pane.isVisible(), "the list alone")
    assert here(shown).list.isVisible() and button(shown, "Lista").isChecked()
    press(shown, "Karta")
    assert here(shown).pane.isVisible()


def here(shown: Window) -> WalkScreen:
    """The page that is shown."""
    assert isinstance(shown.shown, WalkScreen)
    return shown.shown


def test_the_panel_is_on_the_side_of_the_hand(walking: Walking, session: Session) -> None:
    session.save(replace(session.settings, left_handed=True))
    _shown, screen = walking()
    assert screen.new.mapTo(screen, QPoint(0, 0)).x() < screen.view.mapTo(screen, QPoint(0, 0)).x()


def test_a_press_on_a_stop_offers_to_note_something_there(walking: Walking, session: Session, walk: str) -> None:
    shown, screen = walking()
    stop = session.read(Stop, {"scope": walk}, ("order",))[2]
    assert isinstance(stop.position, Position)
    tap(screen, stop.position)
    assert screen.card.isVisible() and "Stopp 3, Lekplatsen" in words(screen.card)
    press(screen.card, "Ny iakttagelse här")
    assert shown.place == Place("observe", walk, part=f"stop:{stop.id}")


def test_a_press_on_the_empty_map_offers_to_note_something_there(walking: Walking, walk: str) -> None:
    shown, screen = walking()
    at = screen.view.position_at(QPointF(30, 30))
    tap(screen, at)
    press(screen.card, "Ny iakttagelse här")
    assert shown.place.page == "observe"
    lat, lon = (float(each) for each in shown.place.part.removeprefix("at:").split(","))
    assert abs(lat - at.lat) < 1e-4 and abs(lon - at.lon) < 1e-4
    assert shown.place.walk == walk


def test_what_is_pressed_on_the_card_is_done_where_one_pressed_last(walking: Walking) -> None:
    shown, screen = walking()
    first, last = (screen.view.position_at(QPointF(*each)) for each in ((30, 30), (200, 60)))
    tap(screen, first)
    offered = button(screen.card, "Ny iakttagelse här")
    tap(screen, last)
    assert button(screen.card, "Ny iakttagelse här") is offered
    press(screen.card, "Ny iakttagelse här")
    lat, lon = (float(each) for each in shown.place.part.removeprefix("at:").split(","))
    assert abs(lat - last.lat) < 1e-5 and abs(lon - last.lon) < 1e-5


def test_a_card_that_looks_the_same_opens_what_it_shows(walking: Walking) -> None:
    card, opened = walking()[1].card, list[str]()
    for photo in ("first", "last"):
        act = ("Öppna", "chevron-right", "Öppna Foto, 18.42", lambda photo=photo: opened.append(photo))
        card.show_said(Said("Foto, 18.42", photo, icon="camera", acts=[act]))
    press(card, "Öppna")
    assert opened == ["last"] and card.accessibleName() == "Foto, 18.42, last"


def test_a_stop_is_added_where_the_map_was_pressed(walking: Walking, session: Session, walk: str) -> None:
    shown, screen = walking()
    tap(screen, screen.view.position_at(QPointF(30, 30)))
    press(screen.card, "Lägg till stopp här")
    assert [each.name for each in session.read(Stop, {"scope": walk}, ("order",))][-1] == "Nytt stopp"
    until(lambda: len(screen.list.rows.things) == 9, "the new stop in the list")
    assert not screen.card.isVisible()
    press(shown.tray, "Ångra")
    assert len(session.read(Stop, {"scope": walk})) == 3


def test_more_people_said_so_is_counted_from_the_card(walking: Walking, session: Session, walk: str) -> None:
    _shown, screen = walking()
    seen = observation(session, walk, "Lösa plattor")
    screen._open_row(seen.id)
    more = button(screen.card, "Fler tyckte så")
    QTest.mouseClick(more, LEFT)
    until(lambda: "noterad av 2" in words(screen.card), "the count on the card")
    assert button(screen.card, "Fler tyckte så") is more, "the button stays, and with it the focus"
    assert [each.observation for each in session.read(Support, {"scope": walk})] == [seen.id]


def test_an_observation_is_carried_to_its_right_place_and_back(walking: Walking, session: Session, walk: str) -> None:
    shown, screen = walking()
    seen = observation(session, walk, "Lösa plattor")
    assert isinstance(seen.position, Position)
    start = screen.view.point_of(seen.position).toPoint()
    QTest.mouseClick(screen.view, LEFT, pos=start)
    wait(30)
    start = screen.view.point_of(seen.position).toPoint()
    QTest.mousePress(screen.view, LEFT, pos=start)
    for k in range(1, 6):
        QTest.mouseMove(screen.view, start + QPoint(12 * k, 0))
    wanted = screen.view.position_at(QPointF(start + QPoint(60, 0)))
    QTest.mouseRelease(screen.view, LEFT, pos=start + QPoint(60, 0))
    moved = observation(session, walk, "Lösa plattor")
    assert isinstance(moved.position, Position) and moved.position_source == PositionSource.HAND
    assert abs(moved.position.lon - wanted.lon) < 1e-5 and moved.position.lon > seen.position.lon
    press(shown.tray, "Ångra")
    assert observation(session, walk, "Lösa plattor").position == seen.position


def test_several_marks_at_one_place_are_chosen_from_a_list(walking: Walking, session: Session, walk: str) -> None:
    _shown, screen = walking()
    first, second = (observation(session, walk, text) for text in ("släckta", "Häcken"))
    assert set(screen.view.together(first.id)) == {first.id, second.id}
    screen._choose(first.id)
    several = named(screen.card, "2 märken här")
    assert several.isVisible()
    screen.card.chosen.emit(second.id)
    until(lambda: "A2 " in words(screen.card), "the one that was chosen")


def test_one_of_several_marks_is_carried_away_from_the_others(walking: Walking, session: Session, walk: str) -> None:
    _shown, screen = walking()
    first, second = (observation(session, walk, text) for text in ("släckta", "Häcken"))
    screen._choose(first.id)
    assert not any(screen.view.may_carry(each.id) for each in (first, second)), "nobody has said which"
    screen.card.chosen.emit(second.id)
    until(lambda: "Dra märket till rätt plats." in words(screen.card), "how it is moved")
    spot = next(each for each in screen.view._seen_spots() if any(mark.key == second.id for mark in each.marks))
    start = spot.point(screen.view.frame).toPoint()
    QTest.mousePress(screen.view, LEFT, pos=start)
    for k in range(1, 6):
        QTest.mouseMove(screen.view, start + QPoint(14 * k, 0))
    QTest.mouseRelease(screen.view, LEFT, pos=start + QPoint(70, 0))
    moved, stayed = (observation(session, walk, text) for text in ("Häcken", "släckta"))
    assert moved.position != second.position and moved.position_source == PositionSource.HAND
    assert stayed.position == first.position
    until(lambda: screen.view.together(second.id) == [second.id], "it lies by itself")


def test_single_letters_walk_too_unless_they_are_switched_off(walking: Walking, session: Session, walk: str) -> None:
    session.save(replace(session.settings, ask_rating=False))
    shown, screen = walking(800, 1280)
    QTest.keyClick(shown, Qt.Key.Key_L)
    assert screen.list.isVisible()
    QTest.keyClick(shown, Qt.Key.Key_K)
    assert screen.pane.isVisible() and not screen.list.isVisible()
    QTest.keyClick(shown, Qt.Key.Key_S)
    assert "Vid stopp 3 av 3" in words(screen)
    QTest.keyClick(shown, Qt.Key.Key_N)
    assert shown.place.page == "observe"
    session.save(replace(session.settings, letters=False))
    shown.go(Place("walk", walk))
    QTest.keyClick(shown, Qt.Key.Key_N)
    assert shown.place.page == "walk"


def test_escape_closes_the_card_then_the_list_then_the_page(walking: Walking, session: Session, walk: str) -> None:
    shown, screen = walking(800, 1280)
    press(shown, "Lista")
    screen._show_card(observation(session, walk, "Lösa plattor").id)
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert not screen.card.isVisible() and screen.list.isVisible()
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert screen.pane.isVisible()
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert shown.place.page == "home"


def test_where_the_map_was_is_where_it_is_when_one_comes_back(walking: Walking) -> None:
    shown, screen = walking()
    screen.view.go_to(Position(60.1740, 24.9460), 17.5)
    screen.view.pan_by(3, 0)
    until(lambda: "map:" in shown.place.part, "the place of the map is kept")
    middle = screen.view.frame.middle
    shown.go(Place("settings"))
    shown.back()
    again = shown.shown
    assert isinstance(again, WalkScreen)
    assert again.view.frame.zoom == 17.5
    assert abs(again.view.frame.middle.lat - middle.lat) < 1e-5


@pytest.mark.parametrize(
    ("at", "zoom"),
    [(GATE, 16), (GATE, 19), (GATE, 8), (Position(60.1642, 24.9352), 16), (Position(59.3293, 18.0686), 16)],
)
def test_scale_and_attribution_are_never_covered(walking: Walking, session: Session, at: Position, zoom: float) -> None:
    session.save(replace(session.settings, ask_rating=False))
    shown, screen = walking(800, 1280)
    press(shown, "Gå vidare till nästa stopp")
    wait(30)
    assert shown.tray.isVisible()
    screen.view.go_to(at, zoom)
    still(screen.view)
    plate = screen.view.mapTo(shown, QPoint(0, screen.view.height() - screen.view.plate_height))
    tray = shown.tray.mapTo(shown, QPoint(0, 0))
    assert plate.y() < tray.y() - 30
    assert tray.y() + shown.tray.height() <= screen.new.mapTo(shown, QPoint(0, 0)).y()
    whole, corner = image(shown), screen.view.mapTo(shown, QPoint(0, 0))
    lines = [each.moved(corner) for each in written(screen.view)]
    (credit,) = (each for each in lines if each.text == CREDIT)
    (scale,) = (each for each in lines if re.fullmatch("[0-9,]+\N{NO-BREAK SPACE}k?m", each.text))
    for each in (credit, scale):
        assert plate.y() < each.box.top() and each.box.bottom() < tray.y()
        assert reads(whole, each), f"{each.text} can be read in the window as a whole"


@pytest.mark.parametrize(("width", "height", "text"), [(1280, 800, 100), (1024, 600, 150), (800, 1280, 200)])
def test_what_a_notice_offers_is_read_whole(
    walking: Walking, session: Session, walk: str, width: int, height: int, text: int
) -> None:
    session.save(replace(session.settings, text=text))
    shown, _screen = walking(width, height)
    seen = observation(session, walk, "Häcken")
    shown.go(Place("observe", walk, seen.id, "severity"))
    wait(20)
    press(shown, "Klar utan foto")
    wait(60)
    assert shown.tray.geometry().width() >= min(700, width // 2 - 60)
    for each in buttons(shown.tray):
        assert each.width() >= each.minimumSizeHint().width() and each.height() < 2 * shown.look.target
    told = next(each for each in shown.tray.findChildren(Label) if "sparat här" in each.text())
    assert told.height() >= told.heightForWidth(told.width())
    assert told.width() >= min(260, told.fontMetrics().horizontalAdvance(told.text()))


def test_before_the_first_step_everybody_is_told_what_is_written(window: Open, session: Session, walk: str) -> None:
    (record,) = session.read(SafetyWalk, {"id": walk})
    set_fields(session, record, {"info_shown_at": None})
    shown = window()
    shown.go(Place("walk", walk))
    until(lambda: shown.place.page == "information", "the information")
    assert shown.place == Place("information", walk)


def test_what_another_device_wrote_appears_without_a_press(walking: Walking, session: Session, walk: str) -> None:
    _shown, screen = walking()
    wait(200)
    before, frame = len(screen.view.marks), screen.view.frame
    seen = observation(session, walk, "Lösa plattor")
    set_fields(session, seen, {"text": "Lösa plattor vid bänken."})
    until(lambda: any("bänken" in each.title for each in screen.list.rows.things), "the new text")
    assert len(screen.view.marks) == before and screen.view.frame == frame
