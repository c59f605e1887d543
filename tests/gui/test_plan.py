"""*Planera*: about the walk, route and stops, participants, who answers, checklist."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from app.commands.records import add, set_fields
from app.commands.walks import new_walk
from app.domain.geo import distance_m
from app.domain.records import Participant, Party, Route, SafetyWalk, Stop, Track
from app.domain.values import PlaceType, Position
from app.queries.people import names_of
from app.session import Session
from tests.gui.hands import Answers, awaited, button, buttons, named, press, type_text, until
from ui.shell.window import Window
from ui.widgets.combo import Combo
from ui.widgets.desk import Place
from ui.widgets.map_view import MapView
from ui.widgets.rows import RowList
from ui.widgets.text import Label

GPX = """<?xml version="1.0"?><gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1">
<wpt lat="60.1752" lon="24.9452"><name>1. Grinden</name></wpt>
<wpt lat="60.1755" lon="24.9495"><name>2. Tunneln</name></wpt>
<rte><name>Rundan</name><rtept lat="60.1752" lon="24.9452"/><rtept lat="60.1755" lon="24.9495"/></rte></gpx>"""

NMEA = """$GPRMC,150000,A,6010.512,N,02456.712,E,002.0,090.0,231026,,,A*7B
$GPRMC,150010,A,6010.515,N,02456.730,E,002.0,090.0,231026,,,A*00
"""


def _texts(window: Window) -> str:
    return "\n".join(each.text() for each in window.shown.findChildren(Label) if each.isVisible())


def _stops(session: Session, walk: str) -> list[Stop]:
    return session.read(Stop, {"scope": walk}, order=("order",))


def _names(session: Session, walk: str) -> list[str]:
    return [str(each.name) for each in _stops(session, walk)]


def _at(window: Callable[..., Window], walk: str, part: str, size: tuple[int, int] = (1280, 800)) -> Window:
    shown = window(*size)
    shown.go(Place("plan", walk, part=part))
    QTest.qWait(30)
    return shown


def _list(window: Window, name: str) -> RowList:
    found = named(window, name, RowList)
    assert isinstance(found, RowList)
    return found


def _map(window: Window) -> MapView:
    (found,) = [each for each in window.findChildren(MapView) if each.isVisible()]
    return found


def _tap(view: MapView, position: Position) -> None:
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.point_of(position).toPoint())


# Om vandringen


def test_each_field_of_the_walk_is_written_where_it_is_typed(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    shown = _at(window, walk, "om")
    type_text(named(shown, "Felanmälan till", QLineEdit), "gata@exempel.example")
    type_text(named(shown, "Bakgrund", QPlainTextEdit), "Mörkt sedan i höstas.")
    press(shown, "Rutt och stopp, klart")
    found = session.read(SafetyWalk)[0]
    assert found.fault_report_to == "gata@exempel.example"
    assert found.background == "Mörkt sedan i höstas."


def test_a_tab_is_ticked_when_its_part_is_done(window: Callable[..., Window], session: Session) -> None:
    walk = new_walk(session, {"title": "Tom"})
    shown = _at(window, walk, "rutt")
    assert button(shown, "Om vandringen").isVisible()
    press(shown, "Lägg till stopp")
    assert button(shown, "Rutt och stopp").isVisible()
    set_fields(session, _stops(session, walk)[0], {"position": Position(60.17, 24.94)})
    until(lambda: "Rutt och stopp, klart" in [each.accessibleName() for each in buttons(shown)], "the tick")


# Rutt och stopp


def test_without_stops_the_page_says_how_to_begin_and_a_press_on_the_map_is_one(
    window: Callable[..., Window], session: Session
) -> None:
    walk = new_walk(session, {"title": "Tom"})
    shown = _at(window, walk, "rutt")
    assert "Inga stopp än." in _texts(shown)
    view = _map(shown)
    point = QPoint(view.width() // 3, view.height() // 2)
    wanted = view.position_at(QPointF(point))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=point)
    QTest.qWait(30)
    (stop,) = _stops(session, walk)
    assert isinstance(stop.position, Position)
    assert distance_m(stop.position, wanted) < 1
    type_text(shown.focusWidget(), "Torget")
    press(shown, "Stäng stoppet")
    assert _names(session, walk) == ["Torget"]
    press(shown.tray, "Ångra")


def test_a_stop_without_a_place_gets_it_by_a_press_on_the_map(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    shown = _at(window, walk, "rutt")
    press(shown, "Lägg till stopp")
    QTest.qWait(30)
    assert len(_stops(session, walk)) == 4
    _tap(_map(shown), Position(60.1741, 24.9440))
    stops = _stops(session, walk)
    assert len(stops) == 4
    assert isinstance(stops[3].position, Position)


def test_a_stop_is_moved_in_the_row_by_button_and_by_keyboard(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    before = _names(session, walk)
    shown = _at(window, walk, "rutt")
    rows = _list(shown, "Stopp i ordning")
    rows.choose(_stops(session, walk)[2].id, tell=False)
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert _names(session, walk) == [before[0], before[2], before[1]]
    QTest.qWait(30)
    QTest.keyClick(rows, Qt.Key.Key_F2)
    press(shown, "Flytta upp")
    assert _names(session, walk) == [before[2], before[0], before[1]]
    QTest.qWait(30)
    press(shown, "Flytta upp")
    assert _names(session, walk) == [before[2], before[0], before[1]]
    press(shown, "Flytta ned")
    assert _names(session, walk) == [before[0], before[2], before[1]]


def test_a_stop_is_renamed_typed_and_its_kind_chosen(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    shown = _at(window, walk, "rutt")
    rows = _list(shown, "Stopp i ordning")
    rows.choose(_stops(session, walk)[1].id, tell=False)
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_F2)
    type_text(shown.focusWidget(), "Tunneln under bron")
    place = named(shown, "Läge", QLineEdit)
    assert isinstance(place, QLineEdit)
    place.selectAll()
    type_text(place, "60,17")
    press(shown, "Stäng stoppet")
    assert _names(session, walk)[1] == "Tunneln under bron"
    assert _stops(session, walk)[1].place_type == PlaceType.UNDERPASS


def test_a_stop_is_taken_away_by_a_key_and_comes_back(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    before = _names(session, walk)
    shown = _at(window, walk, "rutt")
    rows = _list(shown, "Stopp i ordning")
    rows.choose(_stops(session, walk)[0].id, tell=False)
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Delete)
    # What happened there stands against the delete no more than an ordinary record does.
    assert len(_names(session, walk)) == 2
    press(shown.tray, "Ångra")
    assert _names(session, walk) == before


def test_arrows_on_the_map_move_the_chosen_stop_by_metres_and_one_undo_takes_them_back(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    shown = _at(window, walk, "rutt")
    stop = _stops(session, walk)[0]
    view = _map(shown)
    _tap(view, stop.position)  # type: ignore[arg-type]
    assert shown.place.item == stop.id
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    moved = _stops(session, walk)[0].position
    assert isinstance(moved, Position)
    assert isinstance(stop.position, Position)
    assert distance_m(stop.position, moved) == pytest.approx(101**0.5, abs=0.2)
    shown.undo()
    assert _stops(session, walk)[0].position == stop.position


def test_a_chosen_stop_is_carried_to_its_right_place(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    shown = _at(window, walk, "rutt")
    stop = _stops(session, walk)[0]
    view = _map(shown)
    _tap(view, stop.position)  # type: ignore[arg-type]
    QTest.qWait(30)
    start = view.point_of(stop.position).toPoint()  # type: ignore[arg-type]
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 7):
        QTest.mouseMove(view, start + QPoint(10 * step, 5 * step))
    wanted = view.position_at(QPointF(start + QPoint(60, 30)))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 30))
    moved = _stops(session, walk)[0].position
    assert isinstance(moved, Position)
    assert distance_m(moved, wanted) < 2


def test_a_route_becomes_stops_and_a_line_and_says_so(
    window: Callable[..., Window], session: Session, answers: Answers, tmp_path: Path
) -> None:
    walk = new_walk(session, {"title": "Tom"})
    path = tmp_path / "rundan.gpx"
    path.write_text(GPX, "utf-8")
    answers.opened = [[path]]
    shown = _at(window, walk, "rutt")
    press(shown, "Hämta rutt")
    until(lambda: "Rutten i rundan.gpx är hämtad: 2 punkter, 2 nya stopp." in _texts(shown), "the sentence")
    assert _names(session, walk) == ["Grinden", "Tunneln"]
    assert len(session.read(Route, {"scope": walk})) == 1
    until(lambda: "cirka" in _texts(shown), "how long it takes")


def test_a_route_that_is_read_when_the_page_was_left_is_told_where_one_is(
    window: Callable[..., Window], session: Session, answers: Answers, tmp_path: Path
) -> None:
    walk = new_walk(session, {"title": "Tom"})
    path = tmp_path / "rundan.gpx"
    path.write_text(GPX, "utf-8")
    answers.opened = [[path]]
    shown = _at(window, walk, "rutt")
    press(shown, "Hämta rutt")
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
    shown = _at(window, walk, "rutt")
    press(shown, "Hämta spår")
    until(lambda: "Spåret i kväll.nmea är hämtat: 1 punkt." in _texts(shown), "the sentence")
    assert "1 rad var skadad och togs inte med." in _texts(shown)
    assert len(session.read(Track, {"scope": walk})) == 1
    press(shown, "Stäng: vad som hämtades")
    assert "skadad" not in _texts(shown)


def test_the_stop_one_was_at_is_open_again_after_a_restart(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    shown = _at(window, walk, "rutt")
    stop = _stops(session, walk)[1]
    _tap(_map(shown), stop.position)  # type: ignore[arg-type]
    shown.close()
    assert window().place == Place("plan", walk, item=stop.id, part="rutt")


# Deltagare


def test_participants_are_counted_by_role_and_a_role_is_one_press(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    shown = _at(window, walk, "deltagare")
    assert "Inga deltagare än." in _texts(shown)
    press(shown, "Lägg till deltagare")
    QTest.qWait(30)
    press(shown, "Roll: Boende")
    count = named(shown, "Antal", QLineEdit)
    assert isinstance(count, QLineEdit)
    count.selectAll()
    type_text(count, "7")
    QTest.keyClick(count, Qt.Key.Key_Return)
    (person,) = session.read(Participant, {"scope": walk})
    assert (person.role, person.count, person.name_blob) == ("Boende", 7, None)
    until(lambda: "7 deltagare" in _texts(shown), "the count")


def test_a_name_stays_out_of_the_log_and_is_erased_for_ever_after_a_question(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    record = add(session, Participant.KIND, walk, {"role": "Ledare"})
    shown = window()
    shown.go(Place("plan", walk, item=record, part="deltagare"))
    press(shown, "Lägg till namn (valfritt)")
    assert "deltagarlista" in _texts(shown)
    name = named(shown, "Namn", QLineEdit)
    type_text(name, "Åsa Öberg")
    QTest.keyClick(name, Qt.Key.Key_Return)
    people = session.read(Participant, {"scope": walk})
    assert names_of(session, walk, people) == {record: "Åsa Öberg"}
    assert "Åsa" not in str(session.history(Participant.KIND, record))
    until(lambda: "Radera namnet för alltid" in [each.accessibleName() for each in buttons(shown)], "the way out")
    press(shown, "Radera namnet för alltid")
    assert names_of(session, walk, people)
    press(shown, "Behåll namnet")
    press(shown, "Radera namnet för alltid")
    press(shown, "Ja, radera för alltid")
    assert not names_of(session, walk, session.read(Participant, {"scope": walk}))
    assert not [each for each in (session.home / "blobs").rglob("*") if each.is_file() and b"berg" in each.read_bytes()]


def test_a_row_of_participants_is_taken_away_and_comes_back(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    record = add(session, Participant.KIND, walk, {"role": "Polis", "count": 2})
    shown = window()
    shown.go(Place("plan", walk, item=record, part="deltagare"))
    press(shown, "Ta bort raden")
    assert not session.read(Participant, {"scope": walk})
    press(shown.tray, "Ångra")
    assert session.read(Participant, {"scope": walk})[0].count == 2


# Ansvariga och checklista


def test_whom_to_ask_is_written_beside_the_party_and_own_ones_are_added(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    shown = _at(window, walk, "ansvariga")
    (street,) = session.read(Party, {"scope": walk, "code": "GATA"})
    rows = _list(shown, "Ansvariga")
    rows.choose(street.id)
    type_text(named(shown, "Kontakt", QLineEdit), "gata@exempel.example")
    press(shown, "Lägg till ansvarig")
    QTest.qWait(30)
    type_text(shown.focusWidget(), "Kajsaniemi koloniförening")
    press(shown, "Checklista, klart")
    assert session.read(Party, {"scope": walk, "code": "GATA"})[0].contact == "gata@exempel.example"
    assert session.read(Party, {"scope": walk, "code": "X1"})[0].name == "Kajsaniemi koloniförening"


def test_the_checklist_shows_all_items_and_those_of_a_kind_of_place(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    shown = _at(window, walk, "checklista")
    rows = _list(shown, "Punkter i checklistan")
    assert len([each for each in rows.rows.things if not each.heading]) == len(session.checklist.items)
    press(shown, "Sorts plats: Gångtunnel")
    tunnel = [each.id for each in session.checklist.items_of(PlaceType.UNDERPASS)]
    assert [each.key for each in rows.rows.things] == tunnel


# På liten skärm


def test_on_a_small_window_escape_leads_from_the_stop_to_the_list_and_then_out(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    shown = _at(window, walk, "rutt", (1024, 600))
    rows = _list(shown, "Stopp i ordning")
    rows.opened.emit(_stops(session, walk)[0].id)
    assert not rows.isVisible()
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert rows.isVisible()
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert shown.place == Place()


# Seen and not seen


def test_a_stop_that_was_changed_unseen_is_not_deleted_without_asking(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    shown = _at(window, walk, "rutt")
    stop = _stops(session, walk)[0]
    shown.go(Place("plan", walk, item=stop.id, part="rutt"))
    QTest.qWait(30)
    # Another process of this home: the window looks for it once a second.
    shown.bell.stop()
    beside = Session(session.home)
    set_fields(beside, _stops(beside, walk)[0], {"description": "Här fattas en ramp."})
    beside.close()
    press(shown, "Ta bort stoppet")
    assert stop.id in [each.id for each in _stops(session, walk)]
    assert [each.field for each in session.conflicts(walk)] == ["deleted"]


def test_a_stop_that_is_being_typed_in_is_deleted(window: Callable[..., Window], session: Session, walk: str) -> None:
    stop = _stops(session, walk)[0]
    shown = _at(window, walk, "rutt")
    shown.go(Place("plan", walk, item=stop.id, part="rutt"))
    QTest.qWait(30)
    field = named(shown, "Beskrivning", QPlainTextEdit)
    field.setFocus()
    type_text(field, "Just skrivet.")
    press(shown, "Ta bort stoppet")
    assert stop.id not in [each.id for each in _stops(session, walk)]
    assert not session.conflicts(walk)


@pytest.mark.parametrize("part", ["deltagare", "ansvariga"])
def test_back_to_the_list_leads_to_the_list_and_stays_there(
    window: Callable[..., Window], session: Session, walk: str, part: str
) -> None:
    shown = _at(window, walk, part, (600, 900))
    press(shown, "Lägg till deltagare" if part == "deltagare" else "Lägg till ansvarig")
    until(lambda: any(each.text() == "Till listan" for each in buttons(shown)), "the detail")
    field = named(shown, "Organisation" if part == "deltagare" else "Kortnamn", QLineEdit)
    field.setFocus()
    type_text(field, "Föreningen")
    press(shown, "Till listan")
    QTest.qWait(60)
    assert named(shown, "Deltagare" if part == "deltagare" else "Ansvariga", RowList).isVisible()
    assert not any(each.text() == "Till listan" for each in buttons(shown))
    set_fields(session, _stops(session, walk)[0], {"name": "Grinden"})
    QTest.qWait(60)
    assert not any(each.text() == "Till listan" for each in buttons(shown))


def test_a_name_is_written_when_its_field_is_left_and_never_in_pieces(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    person = add(session, Participant.KIND, walk, {"role": "Boende", "count": 1})
    shown = _at(window, walk, "deltagare")
    shown.shown.findChildren(RowList)[0].opened.emit(person)
    press(shown, "Lägg till namn (valfritt)")
    field = awaited(shown, "Namn", QLineEdit)
    before = len(session.blobs.names())
    field.setFocus()
    for piece in ("Åsa", " Öberg"):
        type_text(field, piece)
        QTest.qWait(600)
    assert len(session.blobs.names()) == before
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert len(session.blobs.names()) == before + 1
    assert list(names_of(session, walk, session.read(Participant, {"id": person})).values()) == ["Åsa Öberg"]


def test_a_list_that_opens_stays_within_the_window(window: Callable[..., Window], session: Session, walk: str) -> None:
    (stop, *_others) = _stops(session, walk)
    shown = _at(window, walk, "rutt")
    set_fields(session, stop, {"place_type": PlaceType.OTHER})
    shown.shown.findChildren(RowList)[0].opened.emit(stop.id)
    kinds = next(each for each in shown.findChildren(Combo) if each.isVisible())
    under = kinds.mapToGlobal(QPoint(0, kinds.height())).y()
    for high in (100, 500, 2000):
        place = kinds.place_of(QRect(kinds.x(), -40, 300, high))
        assert shown.geometry().top() < place.top() and place.bottom() < shown.geometry().bottom()
        assert place.top() == under or high > 100
