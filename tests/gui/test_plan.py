"""*Planera*: about the walk, route and stops."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from app.commands.observations import observe
from app.commands.records import set_fields
from app.commands.stops import add_stop
from app.commands.walks import new_walk
from app.domain.geo import distance_m
from app.domain.records import Route, SafetyWalk, Track
from app.domain.values import PlaceType, Position
from app.session import Session
from tests.gui.hands import Answers, button, buttons, named, press, says, type_text, until, wait
from tests.gui.planning import list_named, map_of, names_of_stops, plan_at, stops_of, tap, texts_on
from ui.shell.window import Window
from ui.widgets.combo import Combo
from ui.widgets.desk import Place
from ui.widgets.map_home import shows
from ui.widgets.rows import RowList

GPX = """<?xml version="1.0"?><gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1">
<wpt lat="60.1752" lon="24.9452"><name>1. Grinden</name></wpt>
<wpt lat="60.1755" lon="24.9495"><name>2. Tunneln</name></wpt>
<rte><name>Rundan</name><rtept lat="60.1752" lon="24.9452"/><rtept lat="60.1755" lon="24.9495"/></rte></gpx>"""

NMEA = """$GPRMC,150000,A,6010.512,N,02456.712,E,002.0,090.0,231026,,,A*7B
$GPRMC,150010,A,6010.515,N,02456.730,E,002.0,090.0,231026,,,A*00
"""


# Om vandringen


def test_each_field_of_the_walk_is_written_where_it_is_typed(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    shown = plan_at(window, walk, "om")
    type_text(named(shown, "Felanmälan till", QLineEdit), "gata@exempel.example")
    type_text(named(shown, "Bakgrund", QPlainTextEdit), "Mörkt sedan i höstas.")
    press(shown, "Rutt och stopp, klart")
    found = session.read(SafetyWalk)[0]
    assert found.fault_report_to == "gata@exempel.example"
    assert found.background == "Mörkt sedan i höstas."


def test_a_tab_is_ticked_when_its_part_is_done(window: Callable[..., Window], session: Session) -> None:
    walk = new_walk(session, {"title": "Tom"})
    shown = plan_at(window, walk, "rutt")
    assert button(shown, "Om vandringen").isVisible()
    press(shown, "Lägg till stopp")
    assert button(shown, "Rutt och stopp").isVisible()
    set_fields(session, stops_of(session, walk)[0], {"position": Position(60.17, 24.94)})
    until(lambda: "Rutt och stopp, klart" in [each.accessibleName() for each in buttons(shown)], "the tick")


# Rutt och stopp


def test_without_stops_the_page_says_how_to_begin_and_a_press_on_the_map_is_one(
    window: Callable[..., Window], session: Session
) -> None:
    walk = new_walk(session, {"title": "Tom"})
    shown = plan_at(window, walk, "rutt")
    assert "Inga stopp än." in texts_on(shown)
    view = map_of(shown)
    point = QPoint(view.width() // 3, view.height() // 2)
    wanted = view.position_at(QPointF(point))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=point)
    wait(30)
    (stop,) = stops_of(session, walk)
    assert isinstance(stop.position, Position)
    assert distance_m(stop.position, wanted) < 1
    type_text(shown.focusWidget(), "Torget")
    press(shown, "Stäng stoppet")
    assert names_of_stops(session, walk) == ["Torget"]
    press(shown.tray, "Ångra")


def test_the_first_stop_on_the_map_leaves_its_scale_as_it_was(window: Callable[..., Window], session: Session) -> None:
    walk = new_walk(session, {"title": "Tom"})
    shown = plan_at(window, walk, "rutt")
    view = map_of(shown)
    zoom = view.frame.zoom
    point = QPoint(view.width() // 4, view.height() // 2)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=point)
    wait(300)
    (stop,) = stops_of(session, walk)
    assert view.frame.zoom == zoom and isinstance(stop.position, Position)
    off = view.point_of(stop.position) - QPointF(point)
    assert off.manhattanLength() < 2, "it is where it was pressed"


def test_a_first_stop_that_comes_from_elsewhere_is_led_to(window: Callable[..., Window], session: Session) -> None:
    walk = new_walk(session, {"title": "Tom"})
    shown = plan_at(window, walk, "rutt")
    there = Position(59.3293, 18.0686)
    add_stop(session, walk, {"name": "Torget", "position": there})
    until(lambda: shows(map_of(shown), [there]), "the stop in sight")


def test_a_stop_without_a_place_gets_it_by_a_press_on_the_map(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    shown = plan_at(window, walk, "rutt")
    press(shown, "Lägg till stopp")
    wait(30)
    assert len(stops_of(session, walk)) == 4
    tap(map_of(shown), Position(60.1741, 24.9440))
    stops = stops_of(session, walk)
    assert len(stops) == 4
    assert isinstance(stops[3].position, Position)


def test_a_stop_is_moved_in_the_row_by_button_and_by_keyboard(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    before = names_of_stops(session, walk)
    shown = plan_at(window, walk, "rutt")
    rows = list_named(shown, "Stopp i ordning")
    rows.choose(stops_of(session, walk)[2].id, tell=False)
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert names_of_stops(session, walk) == [before[0], before[2], before[1]]
    wait(30)
    QTest.keyClick(rows, Qt.Key.Key_F2)
    press(shown, "Flytta upp")
    assert names_of_stops(session, walk) == [before[2], before[0], before[1]]
    wait(30)
    press(shown, "Flytta upp")
    assert names_of_stops(session, walk) == [before[2], before[0], before[1]]
    assert says(shown, "Stoppet är redan först.")
    press(shown, "Flytta ned")
    assert names_of_stops(session, walk) == [before[0], before[2], before[1]]


def test_a_stop_is_renamed_typed_and_its_kind_chosen(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    shown = plan_at(window, walk, "rutt")
    rows = list_named(shown, "Stopp i ordning")
    rows.choose(stops_of(session, walk)[1].id, tell=False)
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_F2)
    type_text(shown.focusWidget(), "Tunneln under bron")
    place = named(shown, "Läge", QLineEdit)
    assert isinstance(place, QLineEdit)
    place.selectAll()
    type_text(place, "60,17")
    press(shown, "Stäng stoppet")
    assert names_of_stops(session, walk)[1] == "Tunneln under bron"
    assert stops_of(session, walk)[1].place_type == PlaceType.UNDERPASS


def test_a_stop_is_taken_away_by_a_key_and_comes_back(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    before = names_of_stops(session, walk)
    shown = plan_at(window, walk, "rutt")
    rows = list_named(shown, "Stopp i ordning")
    rows.choose(stops_of(session, walk)[0].id, tell=False)
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Delete)
    # What happened there stands against the delete no more than an ordinary record does.
    assert len(names_of_stops(session, walk)) == 2
    press(shown.tray, "Ångra")
    assert names_of_stops(session, walk) == before


def test_arrows_on_the_map_move_the_chosen_stop_by_metres_and_one_undo_takes_them_back(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    shown = plan_at(window, walk, "rutt")
    stop = stops_of(session, walk)[0]
    view = map_of(shown)
    tap(view, stop.position)  # type: ignore[arg-type]
    assert shown.place.item == stop.id
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    moved = stops_of(session, walk)[0].position
    assert isinstance(moved, Position)
    assert isinstance(stop.position, Position)
    assert distance_m(stop.position, moved) == pytest.approx(101**0.5, abs=0.2)
    shown.undo()
    assert stops_of(session, walk)[0].position == stop.position


def test_a_chosen_stop_is_carried_to_its_right_place(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    shown = plan_at(window, walk, "rutt")
    stop = stops_of(session, walk)[0]
    view = map_of(shown)
    tap(view, stop.position)  # type: ignore[arg-type]
    wait(30)
    start = view.point_of(stop.position).toPoint()  # type: ignore[arg-type]
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 7):
        QTest.mouseMove(view, start + QPoint(10 * step, 5 * step))
    wanted = view.position_at(QPointF(start + QPoint(60, 30)))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 30))
    moved = stops_of(session, walk)[0].position
    assert isinstance(moved, Position)
    assert distance_m(moved, wanted) < 2


def _fetching_a_route(window: Callable[..., Window], walk: str, answers: Answers, tmp_path: Path) -> Window:
    path = tmp_path / "rundan.gpx"
    path.write_text(GPX, "utf-8")
    answers.opened = [[path]]
    shown = plan_at(window, walk, "rutt")
    press(shown, "Hämta rutt")
    return shown


def test_a_route_becomes_stops_and_a_line_and_says_so(
    window: Callable[..., Window], session: Session, answers: Answers, tmp_path: Path
) -> None:
    walk = new_walk(session, {"title": "Tom"})
    shown = _fetching_a_route(window, walk, answers, tmp_path)
    until(lambda: "Rutten i rundan.gpx är hämtad: 2 punkter, 2 nya stopp." in texts_on(shown), "the sentence")
    assert names_of_stops(session, walk) == ["Grinden", "Tunneln"]
    assert len(session.read(Route, {"scope": walk})) == 1
    until(lambda: "cirka" in texts_on(shown), "how long it takes")


def test_a_route_that_is_read_when_the_page_was_left_is_told_where_one_is(
    window: Callable[..., Window], session: Session, answers: Answers, tmp_path: Path
) -> None:
    walk = new_walk(session, {"title": "Tom"})
    shown = _fetching_a_route(window, walk, answers, tmp_path)
    shown.go(Place("settings"))
    until(lambda: bool(shown.tray.notice and "Rutten i rundan.gpx är hämtad" in shown.tray.notice.text), "the sentence")
    press(shown.tray, "Öppna planen")
    assert shown.place == Place("plan", walk, part="rutt")


def test_damaged_lines_of_a_track_are_told(
    window: Callable[..., Window], session: Session, walk: str, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "kväll.nmea"
    path.write_text(NMEA, "ascii")
    answers.opened = [[path]]
    shown = plan_at(window, walk, "rutt")
    press(shown, "Hämta spår")
    until(lambda: "Spåret i kväll.nmea är hämtat: 1 punkt." in texts_on(shown), "the sentence")
    assert "1 rad var skadad och togs inte med." in texts_on(shown)
    assert len(session.read(Track, {"scope": walk})) == 1
    press(shown, "Stäng: vad som hämtades")
    assert "skadad" not in texts_on(shown)


def test_the_stop_one_was_at_is_open_again_after_a_restart(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    shown = plan_at(window, walk, "rutt")
    stop = stops_of(session, walk)[1]
    tap(map_of(shown), stop.position)  # type: ignore[arg-type]
    shown.close()
    assert window().place == Place("plan", walk, item=stop.id, part="rutt")


# På liten skärm


def test_on_a_small_window_escape_leads_from_the_stop_to_the_list_and_then_out(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    shown = plan_at(window, walk, "rutt", (1024, 600))
    rows = list_named(shown, "Stopp i ordning")
    rows.opened.emit(stops_of(session, walk)[0].id)
    assert not rows.isVisible()
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert rows.isVisible()
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert shown.place == Place()


# Seen and not seen


def test_a_stop_that_was_changed_unseen_is_not_deleted_without_asking(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    shown = plan_at(window, walk, "rutt")
    stop = stops_of(session, walk)[0]
    shown.go(Place("plan", walk, item=stop.id, part="rutt"))
    wait(30)
    # Another process of this home: the window looks for it once a second.
    shown.bell.stop()
    beside = Session(session.home)
    set_fields(beside, stops_of(beside, walk)[0], {"description": "Här fattas en ramp."})
    beside.close()
    press(shown, "Ta bort stoppet")
    assert stop.id in [each.id for each in stops_of(session, walk)]
    assert [each.field for each in session.conflicts(walk)] == ["deleted"]


def test_a_stop_at_which_something_was_noted_since_it_was_read_is_deleted_with_it(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    stop = stops_of(session, walk)[0]
    shown = plan_at(window, walk, "rutt")
    shown.go(Place("plan", walk, item=stop.id, part="rutt"))
    wait(30)
    observe(session, walk, {"text": "Lampan är släckt.", "stop": stop.id})
    press(shown, "Ta bort stoppet")
    assert stop.id not in [each.id for each in stops_of(session, walk)]
    assert not session.conflicts(walk)


def test_a_stop_that_is_being_typed_in_is_deleted(window: Callable[..., Window], session: Session, walk: str) -> None:
    stop = stops_of(session, walk)[0]
    shown = plan_at(window, walk, "rutt")
    shown.go(Place("plan", walk, item=stop.id, part="rutt"))
    wait(30)
    field = named(shown, "Beskrivning", QPlainTextEdit)
    field.setFocus()
    type_text(field, "Just skrivet.")
    press(shown, "Ta bort stoppet")
    assert stop.id not in [each.id for each in stops_of(session, walk)]
    assert not session.conflicts(walk)


def test_a_list_that_opens_stays_within_the_window(window: Callable[..., Window], session: Session, walk: str) -> None:
    (stop, *_others) = stops_of(session, walk)
    shown = plan_at(window, walk, "rutt")
    set_fields(session, stop, {"place_type": PlaceType.OTHER})
    shown.shown.findChildren(RowList)[0].opened.emit(stop.id)
    kinds = next(each for each in shown.findChildren(Combo) if each.isVisible())
    under = kinds.mapToGlobal(QPoint(0, kinds.height())).y()
    for high in (100, 500, 2000):
        place = kinds.place_of(QRect(kinds.x(), -40, 300, high))
        assert shown.geometry().top() < place.top() and place.bottom() < shown.geometry().bottom()
        assert place.top() == under or high > 100
