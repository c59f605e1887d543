"""From one row of a list to another: what was typed of the first and could not be written is neither lost without a
word nor written of the second."""

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from app.commands import records
from app.commands.measures import add_measure
from app.domain.records import Measure, Observation, Participant, Photo, Remark, Stop
from app.queries.people import names_of
from app.session import Session
from tests.gui.full_disk import FULL, full_disk
from tests.gui.hands import named, press, type_text, until
from tests.gui.photo_walk import keep
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.rows import RowList

Open = Callable[..., Window]
KEPT_HERE = f"Det som skrevs sist är inte sparat. Det står kvar här. {FULL}"


def told(shown: Window) -> str:
    """What the notice says."""
    return shown.tray.notice.text if shown.tray.notice else ""


def press_row(shown: Window, name: str, key: str) -> None:
    """Press a row of a list in its middle."""
    rows = named(shown, name, RowList)
    assert isinstance(rows, RowList)
    place = next(n for n, each in enumerate(rows.rows.things) if each.key == key)
    rows.scrollTo(rows.rows.index(place))
    where = rows.visualRect(rows.rows.index(place)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=where)


def current(shown: Window, name: str) -> str:
    """The row of a list that is marked."""
    rows = named(shown, name, RowList)
    assert isinstance(rows, RowList)
    return rows.current_key()


def line(shown: Window, name: str) -> QLineEdit:
    """The line called `name`, with the hand on it."""
    field = named(shown, name, QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setFocus()
    return field


def lines(shown: Window, name: str) -> QPlainTextEdit:
    """The text called `name`, with the hand on it."""
    field = named(shown, name, QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    field.setFocus()
    return field


def two_participants(window: Open, session: Session, walk: str) -> tuple[Window, str, str]:
    """The page of participants, the first of two chosen."""
    a, b = (records.add(session, "participant", walk, {"count": 1, "role": role}) for role in ("Boende", "Polis"))
    shown = window()
    shown.go(Place("plan", walk, a, part="deltagare"))
    return shown, a, b


def names(session: Session, walk: str) -> dict[str, str]:
    """The names of participants by role."""
    people = session.read(Participant)
    found = names_of(session, walk, people)
    return {str(each.role): found[each.id] for each in people if each.id in found}


def test_a_name_that_was_refused_for_one_participant_is_never_written_for_another(
    window: Open, session: Session, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, a, b = two_participants(window, session, walk)
    press(shown, "Lägg till namn (valfritt)")
    with full_disk(monkeypatch):
        type_text(line(shown, "Namn"), "Anna Andersson")
        press_row(shown, "Deltagare", b)
        assert current(shown, "Deltagare") == a and line(shown, "Namn").text() == "Anna Andersson"
        assert told(shown) == KEPT_HERE
        press_row(shown, "Deltagare", b)
    assert current(shown, "Deltagare") == b and told(shown) == ""
    press(shown, "Lägg till namn (valfritt)")
    assert line(shown, "Namn").text() == ""
    type_text(line(shown, "Namn"), "Bo")
    shown.shown.flush()
    assert names(session, walk) == {"Polis": "Bo"}


def test_a_name_that_was_refused_goes_with_the_name_that_is_erased(
    window: Open, session: Session, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = records.add(session, "participant", walk, {"count": 1, "role": "Boende", "name": "Anna"})
    shown = window()
    shown.go(Place("plan", walk, who, part="deltagare"))
    with full_disk(monkeypatch):
        type_text(line(shown, "Namn"), " Andersson")
        shown.shown.flush()
    press(shown, "Radera namnet för alltid")
    press(shown, "Ja, radera för alltid")
    assert names(session, walk) == {}
    assert [each.text() for each in shown.findChildren(QLineEdit) if each.accessibleName() == "Namn"] == [""]
    shown.go(Place())
    assert shown.place.page == "home"


def test_another_row_is_shown_only_once_it_was_said_what_could_not_be_written(
    window: Open, session: Session, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, a, b = two_participants(window, session, walk)
    with full_disk(monkeypatch):
        type_text(line(shown, "Organisation"), "Hyresgästföreningen")
        press_row(shown, "Deltagare", b)
        assert (current(shown, "Deltagare"), told(shown)) == (a, KEPT_HERE)
        assert line(shown, "Organisation").text() == "Hyresgästföreningen"
        press(shown, "Lägg till deltagare")
        assert len(session.read(Participant)) == 2
    type_text(line(shown, "Organisation"), " i parken")
    press_row(shown, "Deltagare", b)
    assert current(shown, "Deltagare") == b and line(shown, "Organisation").text() == ""
    assert {each.role: each.organisation for each in session.read(Participant)} == {
        "Boende": "Hyresgästföreningen i parken",
        "Polis": "",
    }


def test_the_way_back_to_the_list_says_what_could_not_be_written(
    window: Open, session: Session, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = records.add(session, "participant", walk, {"count": 1, "role": "Boende"})
    shown = window(600, 900)
    shown.go(Place("plan", walk, who, part="deltagare"))
    with full_disk(monkeypatch):
        type_text(line(shown, "Organisation"), "Hyresgästföreningen")
        press(shown, "Till listan")
        assert line(shown, "Organisation").text() == "Hyresgästföreningen" and told(shown) == KEPT_HERE
        press(shown, "Till listan")
        assert named(shown, "Deltagare", RowList).isVisible() and told(shown) == ""
        # What was left is not held against anybody later.
        shown.go(Place())
    assert shown.place.page == "home"


def test_the_observation_beside_the_list_stays_with_what_could_not_be_written(
    window: Open, session: Session, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "Iakttagelser i ordning"
    shown = window(1600, 900)
    shown.go(Place("observations", walk))
    a, b = (each.id for each in session.read(Observation, {"scope": walk})[:2])
    press_row(shown, rows, a)
    before = lines(shown, "Iakttagelse").toPlainText()
    with full_disk(monkeypatch):
        type_text(lines(shown, "Iakttagelse"), "Mörkt. ")
        for leave in (partial(press_row, shown, rows, b), partial(press, shown, "Till kartan")):
            shown.tray.clear()
            type_text(lines(shown, "Iakttagelse"), "Kallt. ")
            leave()
            assert (current(shown, rows), told(shown)) == (a, KEPT_HERE)
        press(shown, "Till kartan")
        assert told(shown) == "" and not [each for each in shown.findChildren(QPlainTextEdit) if each.isVisible()]
    press_row(shown, rows, a)
    assert lines(shown, "Iakttagelse").toPlainText() == before


def test_arrow_keys_in_the_list_of_observations_leave_nothing_without_a_word(
    window: Open, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "Iakttagelser i ordning"
    shown = window(1600, 900)
    shown.go(Place("observations", walk))
    listed = named(shown, rows, RowList)
    assert isinstance(listed, RowList)
    a = next(each.key for each in listed.rows.things if not each.heading)
    press_row(shown, rows, a)
    with full_disk(monkeypatch):
        type_text(lines(shown, "Iakttagelse"), "Mörkt. ")
        listed.setFocus()
        QTest.keyClick(listed, Qt.Key.Key_Down)
        until(lambda: told(shown) == KEPT_HERE, "the notice")
        assert current(shown, rows) == a
        QTest.keyClick(listed, Qt.Key.Key_Down)
        until(lambda: told(shown) == "", "the other one")
        assert current(shown, rows) != a
        assert not lines(shown, "Iakttagelse").toPlainText().startswith("Mörkt")


def test_whoever_goes_to_a_measure_sees_that_one_beside_the_list_wherever_it_stands(
    window: Open, session: Session, walk: str
) -> None:
    shown = window(1600, 900)
    for text in ("Byt lampan", "Klipp häcken", "Laga plattorna"):
        add_measure(session, walk, (), {"text": text})
    for each in session.read(Measure):
        shown.go(Place())
        shown.go(Place("measures", walk, each.id))
        assert lines(shown, "Åtgärd").toPlainText() == each.text


def test_the_measure_beside_the_list_stays_with_what_could_not_be_written(
    window: Open, session: Session, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = (add_measure(session, walk, (), {"text": text}) for text in ("Byt lampan", "Klipp häcken"))
    shown = window(1600, 900)
    shown.go(Place("measures", walk, a))
    rows = next(each for each in shown.findChildren(RowList) if each.isVisible()).accessibleName()
    with full_disk(monkeypatch):
        type_text(lines(shown, "Åtgärd"), "Nu: ")
        press_row(shown, rows, b)
        assert (current(shown, rows), told(shown)) == (a, KEPT_HERE)
        assert lines(shown, "Åtgärd").toPlainText() == "Nu: Byt lampan"
        press_row(shown, rows, b)
    assert current(shown, rows) == b and lines(shown, "Åtgärd").toPlainText() == "Klipp häcken"
    assert {each.text for each in session.read(Measure)} == {"Byt lampan", "Klipp häcken"}


def test_the_stop_beside_the_list_stays_with_what_could_not_be_written(
    window: Open, session: Session, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = window(1600, 900)
    a, b = (each.id for each in session.read(Stop, {"scope": walk}, ("order",))[:2])
    shown.go(Place("plan", walk, a))
    rows = next(each for each in shown.findChildren(RowList) if each.isVisible()).accessibleName()
    with full_disk(monkeypatch):
        type_text(line(shown, "Namn"), "Nya ")
        press_row(shown, rows, b)
        assert (current(shown, rows), told(shown)) == (a, KEPT_HERE)
        assert line(shown, "Namn").text().startswith("Nya ")
        press_row(shown, rows, b)
    assert current(shown, rows) == b and not line(shown, "Namn").text().startswith("Nya ")


def test_a_remark_that_could_not_be_written_on_stays_until_it_can(
    window: Open, session: Session, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = window()
    seen = session.read(Observation, {"scope": walk})[0]
    shown.go(Place("observation", walk, seen.id))
    type_text(lines(shown, "Ny anmärkning"), "Samma")
    shown.shown.flush()
    with full_disk(monkeypatch):
        type_text(lines(shown, "Ny anmärkning"), " sak")
        press(shown, "Lägg till anmärkningen")
        assert lines(shown, "Ny anmärkning").toPlainText() == "Samma sak"
    type_text(lines(shown, "Ny anmärkning"), " här")
    press(shown, "Lägg till anmärkningen")
    assert [each.text for each in session.read(Remark)] == ["Samma sak här"]


def test_the_next_photo_comes_once_it_was_said_what_could_not_be_written(
    window: Open, session: Session, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (keep(session, walk, number) for number in (1, 2))
    shown = window()
    shown.go(Place("photo", walk, first))
    with full_disk(monkeypatch):
        type_text(lines(shown, "Bildtext"), "Mörk gång")
        press(shown, "Nästa foto")
        assert (shown.place.item, told(shown)) == (first, KEPT_HERE)
        assert lines(shown, "Bildtext").toPlainText() == "Mörk gång"
        press(shown, "Nästa foto")
    assert shown.place.item == second and lines(shown, "Bildtext").toPlainText() == ""


def test_a_photo_whose_words_could_not_be_written_is_deleted_and_left(
    window: Open, session: Session, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (keep(session, walk, number) for number in (1, 2))
    shown = window()
    shown.go(Place("photo", walk, first))
    with full_disk(monkeypatch):
        type_text(lines(shown, "Bildtext"), "Mörk gång")
        shown.shown.flush()
    press(shown, "Ta bort fotot")
    assert shown.place.item == second and [each.id for each in session.read(Photo)] == [second]
    assert "borttaget" in told(shown)
