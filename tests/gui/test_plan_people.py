"""*Planera*: participants, who answers, checklist."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from app.commands.records import add, erase, set_fields
from app.domain.records import Participant, Party
from app.domain.values import PlaceType
from app.queries.people import names_of
from app.session import Session
from tests.gui.hands import awaited, buttons, named, press, says, type_text, until, wait
from tests.gui.planning import list_named, plan_at, stops_of, texts_on
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.rows import RowList
from ui.widgets.typed import REST_MS


def names(shown: Window) -> list[str]:
    """What the buttons that can be seen are called."""
    return [each.accessibleName() for each in buttons(shown)]


# Deltagare


def test_participants_are_counted_by_role_and_a_role_is_one_press(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    shown = plan_at(window, walk, "deltagare")
    assert "Inga deltagare än." in texts_on(shown)
    press(shown, "Lägg till deltagare")
    wait(30)
    press(shown, "Roll: Boende")
    count = named(shown, "Antal", QLineEdit)
    assert isinstance(count, QLineEdit)
    count.selectAll()
    type_text(count, "7")
    QTest.keyClick(count, Qt.Key.Key_Return)
    (person,) = session.read(Participant, {"scope": walk})
    assert (person.role, person.count, person.name_blob) == ("Boende", 7, None)
    until(lambda: "7 deltagare" in texts_on(shown), "the count")


def test_a_name_stays_out_of_the_log_and_is_erased_for_ever_after_a_question(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    record = add(session, Participant.KIND, walk, {"role": "Ledare"})
    shown = window()
    shown.go(Place("plan", walk, item=record, part="deltagare"))
    press(shown, "Lägg till namn (valfritt)")
    assert "deltagarlista" in texts_on(shown)
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


def test_undo_after_an_erasure_says_so_and_takes_what_came_before_only_when_asked(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    record = add(session, Participant.KIND, walk, {"role": "Ledare", "name": "Åsa Öberg"})
    shown = window()
    shown.go(Place("plan", walk, item=record, part="deltagare"))
    (person,) = session.read(Participant, {"id": record})
    erase(session, person)
    before = session.log.last_seqs(walk)
    for _press in range(2):
        QTest.keyClick(shown, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        until(lambda: says(shown, "Ett namn är raderat för alltid. Det går inte att ångra."), "the sentence")
    assert session.log.last_seqs(walk) == before, "nothing older is taken back"
    until(lambda: "Ångra: ett namn raderat, som inte går att få tillbaka" in names(shown), "the button says so too")
    press(shown, "Ångra det före")
    until(lambda: says(shown, "Ångrat: deltagare tillagda."), "what was taken back is said")
    assert session.read(Participant, {"id": record}) == []


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
    shown = plan_at(window, walk, "ansvariga")
    (street,) = session.read(Party, {"scope": walk, "code": "GATA"})
    rows = list_named(shown, "Ansvariga")
    rows.choose(street.id)
    type_text(named(shown, "Kontakt", QLineEdit), "gata@exempel.example")
    press(shown, "Lägg till ansvarig")
    wait(30)
    type_text(shown.focusWidget(), "Kajsaniemi koloniförening")
    press(shown, "Checklista, klart")
    assert session.read(Party, {"scope": walk, "code": "GATA"})[0].contact == "gata@exempel.example"
    assert session.read(Party, {"scope": walk, "code": "X1"})[0].name == "Kajsaniemi koloniförening"


def test_the_checklist_shows_all_items_and_those_of_a_kind_of_place(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    shown = plan_at(window, walk, "checklista")
    rows = list_named(shown, "Punkter i checklistan")
    assert len([each for each in rows.rows.things if not each.heading]) == len(session.checklist.items)
    press(shown, "Sorts plats: Gångtunnel")
    tunnel = [each.id for each in session.checklist.items_of(PlaceType.UNDERPASS)]
    assert [each.key for each in rows.rows.things] == tunnel


@pytest.mark.parametrize("part", ["deltagare", "ansvariga"])
def test_back_to_the_list_leads_to_the_list_and_stays_there(
    window: Callable[..., Window], session: Session, walk: str, part: str
) -> None:
    shown = plan_at(window, walk, part, (600, 900))
    press(shown, "Lägg till deltagare" if part == "deltagare" else "Lägg till ansvarig")
    until(lambda: any(each.text() == "Till listan" for each in buttons(shown)), "the detail")
    field = named(shown, "Organisation" if part == "deltagare" else "Kortnamn", QLineEdit)
    field.setFocus()
    type_text(field, "Föreningen")
    press(shown, "Till listan")
    wait(60)
    assert named(shown, "Deltagare" if part == "deltagare" else "Ansvariga", RowList).isVisible()
    assert not any(each.text() == "Till listan" for each in buttons(shown))
    set_fields(session, stops_of(session, walk)[0], {"name": "Grinden"})
    wait(60)
    assert not any(each.text() == "Till listan" for each in buttons(shown))


def test_a_name_is_written_when_its_field_is_left_and_never_in_pieces(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    person = add(session, Participant.KIND, walk, {"role": "Boende", "count": 1})
    shown = plan_at(window, walk, "deltagare")
    shown.shown.findChildren(RowList)[0].opened.emit(person)
    press(shown, "Lägg till namn (valfritt)")
    field = awaited(shown, "Namn", QLineEdit)
    before = len(session.blobs.names())
    field.setFocus()
    holder = field.parentWidget()
    assert holder is not None
    (rest,) = [each for each in holder.findChildren(QTimer) if each.interval() == REST_MS]
    # So that a machine that stands still for a moment is not taken for a hand that rests.
    rest.setTimerType(Qt.TimerType.PreciseTimer)
    rest.setInterval(60_000)
    left = []
    for piece in ("Åsa", " Öberg"):
        type_text(field, piece)
        left.append(rest.remainingTime())
        wait(600)
        left.append(rest.remainingTime())
    assert left[0] > left[1] < left[2] > left[3] > 0, "each letter begins the rest anew"
    assert len(session.blobs.names()) == before
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert len(session.blobs.names()) == before + 1
    assert list(names_of(session, walk, session.read(Participant, {"id": person})).values()) == ["Åsa Öberg"]
