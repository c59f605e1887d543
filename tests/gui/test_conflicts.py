"""What two devices wrote unaware of each other: shown in place, settled with one press, nothing that is typed lost."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from app.commands.records import delete, resolve
from app.domain.records import Observation
from app.domain.values import Position, PositionSource, Severity
from app.queries.review import Group, Item
from app.session import Session
from app.settings import load_joined
from tests.gui.hands import awaited, buttons, named, press, says, type_text, until, wait
from tests.gui.torn import Opener, Other, both_write, cards, lamp, opened
from ui.widgets.desk import Place
from ui.widgets.marked_text import MarkedText, differing, together

TOGETHER = "Iakttagelse, ihopskriven"


def test_two_texts_stand_beside_each_other_under_their_field_and_one_press_settles(
    window: Opener, other: Other, session: Session
) -> None:
    record = lamp(session).id
    both_write(other, Observation, record, {"text": "Två lampor är släckta."}, {"text": "Två lampor blinkar svagt."})
    shown = opened(window, Place("observation", other.walk, record))
    (card,) = cards(shown)
    assert says(card, "Två versioner av samma text")
    assert {each.accessibleName() for each in card.findChildren(MarkedText)} == {
        "Två lampor är släckta.",
        "Två lampor blinkar svagt.",
    }
    press(card, "Använd den här: B")
    until(lambda: not cards(shown), "the card to go")
    assert lamp(session).text == "Två lampor blinkar svagt."
    assert not session.conflicts(other.walk)
    shown.undo()
    until(lambda: len(cards(shown)) == 1, "the conflict again")


def test_texts_can_be_written_together(window: Opener, other: Other, session: Session) -> None:
    record = lamp(session).id
    both_write(other, Observation, record, {"text": "Två släckta."}, {"text": "Buskar framför."})
    shown = opened(window, Place("observation", other.walk, record))
    press(shown, "Skriv ihop dem")
    field = awaited(shown, TOGETHER, QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    assert set(field.toPlainText().splitlines()) == {"Två släckta.", "Buskar framför."}
    field.selectAll()
    type_text(field, "Två släckta, och buskar framför.")
    press(shown, "Använd den ihopskrivna")
    until(lambda: not cards(shown), "the card to go")
    assert lamp(session).text == "Två släckta, och buskar framför."


def test_what_is_being_put_together_is_kept_and_settles_nothing_until_a_person_says_so(
    window: Opener, other: Other, session: Session
) -> None:
    record = lamp(session).id
    both_write(other, Observation, record, {"text": "Två släckta."}, {"text": "Buskar framför."})
    shown = opened(window, Place("observation", other.walk, record))
    press(shown, "Skriv ihop dem")
    type_text(awaited(shown, TOGETHER, QPlainTextEdit), "Först: ")
    # A tablet whose battery is taken out a second later still has it.
    until(lambda: any("Först: " in text for text in load_joined(session.home).values()), "the text on disk", 1000)
    shown.go(Place("home"))
    assert session.conflicts(other.walk)
    shown.go(Place("observation", other.walk, record))
    field = awaited(shown, TOGETHER, QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    assert field.toPlainText().startswith("Först: ")
    press(shown, "Använd den ihopskrivna")
    until(lambda: not cards(shown), "the card to go")
    assert lamp(session).text.startswith("Först: ")
    assert not load_joined(session.home)


def test_a_text_put_together_for_one_observation_is_never_that_of_another(
    window: Opener, other: Other, session: Session
) -> None:
    first = lamp(session).id
    second = session.read(Observation, {"item": "B1"})[0].id
    both_write(other, Observation, first, {"text": "Två släckta."}, {"text": "En blinkar."})
    both_write(other, Observation, second, {"text": "Häcken skymmer."}, {"text": "Häcken är hög."})
    shown = opened(window, Place("observations", other.walk))
    body: Any = shown.shown.body  # type: ignore[attr-defined]
    body.rows.choose(first)
    body._open(first)
    press(shown, "Skriv ihop dem")
    type_text(awaited(shown, TOGETHER, QPlainTextEdit), "Om lampan: ")
    body.rows.choose(second)
    body._open(second)
    until(lambda: any(each.text() == "Skriv ihop dem" for each in buttons(shown)), "the card of the other")
    press(shown, "Skriv ihop dem")
    field = awaited(shown, TOGETHER, QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    assert set(field.toPlainText().splitlines()) == {"Häcken skymmer.", "Häcken är hög."}
    body.rows.choose(first)
    body._open(first)
    field = awaited(shown, TOGETHER, QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    assert field.toPlainText().startswith("Om lampan: ")


@pytest.mark.parametrize("page", ["observation", "review"])
def test_a_text_put_together_stays_when_the_conflict_is_settled_elsewhere(
    window: Opener, other: Other, session: Session, page: str
) -> None:
    record = lamp(session).id
    both_write(other, Observation, record, {"text": "Två släckta."}, {"text": "Buskar framför."})
    key = Item(Group.VERSIONS, Observation.KIND, record, "text").key
    place = Place(page, other.walk, key if page == "review" else record)
    shown = opened(window, place)
    press(shown, "Skriv ihop dem")
    field = awaited(shown, TOGETHER, QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    field.selectAll()
    type_text(field, "Noga formulerat.")
    (conflict,) = other.session.conflicts(other.walk)
    resolve(other.session, conflict, other.walk, conflict.choices[0].choice)
    other.meet()
    until(lambda: says(shown, "redan vald på en annan platta"), "the card says what happened")
    assert named(shown, TOGETHER, QPlainTextEdit) is field
    assert field.toPlainText() == "Noga formulerat."
    shown.go(Place("home"))
    shown.go(place)
    awaited(shown, TOGETHER, QPlainTextEdit)
    press(shown, "Använd den ihopskrivna")
    until(lambda: not cards(shown), "the card to go")
    assert lamp(session).text == "Noga formulerat."
    assert not session.conflicts(other.walk)


def test_a_text_put_together_can_be_thrown_away(window: Opener, other: Other, session: Session) -> None:
    record = lamp(session).id
    both_write(other, Observation, record, {"text": "Två släckta."}, {"text": "Buskar framför."})
    shown = opened(window, Place("observation", other.walk, record))
    press(shown, "Skriv ihop dem")
    type_text(awaited(shown, TOGETHER, QPlainTextEdit), "Hm. ")
    press(shown, "Kasta den ihopskrivna")
    assert not load_joined(session.home)
    press(shown, "Skriv ihop dem")
    field = awaited(shown, TOGETHER, QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    assert not field.toPlainText().startswith("Hm. ")


def test_a_value_that_arrives_while_one_types_becomes_a_conflict_and_what_was_typed_stays(
    window: Opener, other: Other, session: Session
) -> None:
    record = lamp(session).id
    shown = opened(window, Place("observation", other.walk, record))
    field = named(shown, "Iakttagelse", QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    field.setFocus()
    field.selectAll()
    type_text(field, "Jag skriver")
    until(lambda: lamp(session).text == "Jag skriver", "the first words in the log")
    other.writes(Observation, record, text="De skrev detta.")
    other.meet()
    until(lambda: len(cards(shown)) == 1, "the conflict under the field")
    assert field.hasFocus()
    assert field.toPlainText() == "Jag skriver"
    type_text(field, " vidare.")
    assert field.toPlainText() == "Jag skriver vidare."
    shown.shown.flush()
    (conflict,) = session.conflicts(other.walk)
    assert {each.value for each in conflict.choices} == {"Jag skriver vidare.", "De skrev detta."}


def test_what_arrived_while_one_only_looked_into_a_field_is_shown_when_it_is_left(
    window: Opener, other: Other, session: Session
) -> None:
    record = lamp(session).id
    shown = opened(window, Place("observation", other.walk, record))
    field = named(shown, "Iakttagelse", QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    field.setFocus()
    other.writes(Observation, record, text="De skrev detta.")
    other.meet()
    wait(50)
    assert field.toPlainText() != "De skrev detta."
    named(shown, "Stolpnummer").setFocus()
    until(lambda: field.toPlainText() == "De skrev detta.", "what arrived")
    assert not session.conflicts(other.walk)


def test_what_arrives_while_one_types_on_the_pad_becomes_a_conflict(
    window: Opener, other: Other, session: Session
) -> None:
    record = lamp(session).id
    shown = opened(window, Place("lamp", other.walk, record))
    line = named(shown, "Stolpnummer", QLineEdit)
    assert isinstance(line, QLineEdit)
    other.writes(Observation, record, asset_tag="9999")
    press(shown, "Siffra 4")
    press(shown, "Siffra 4")
    other.meet()
    wait(50)
    press(shown, "Siffra 1")
    wait(700)
    press(shown, "Siffra 7")
    assert line.text() == "4417"
    shown.shown.flush()
    (conflict,) = session.conflicts(other.walk)
    assert {each.value for each in conflict.choices} == {"4417", "9999"}


def test_a_value_on_the_pad_is_one_step_and_the_next_after_leaving_it_another(
    window: Opener, other: Other, session: Session
) -> None:
    record = lamp(session).id
    shown = opened(window, Place("lamp", other.walk, record))
    press(shown, "Siffra 4")
    press(shown, "Vad är fel? Släckt")
    wait(50)
    press(shown, "Siffra 7")
    shown.shown.flush()
    assert lamp(session).asset_tag == "47"
    shown.undo()
    assert lamp(session).asset_tag == "4"


def test_what_follows_from_a_field_is_no_conflict_with_oneself(window: Opener, other: Other, session: Session) -> None:
    record = lamp(session).id
    shown = opened(window, Place("observation", other.walk, record))
    field = named(shown, "Läge", QLineEdit)
    assert isinstance(field, QLineEdit)
    shown.bell.blockSignals(True)
    field.setFocus()
    for text in ("60.17, 24.94", "60.18, 24.95"):
        field.selectAll()
        type_text(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
    heads = [each for each in session.history(Observation.KIND, record) if each["field"] == "position_source"]
    shown.undo()
    assert lamp(session).position_source == PositionSource.STOP, heads
    assert not session.conflicts(other.walk)


def test_half_a_position_is_never_written(window: Opener, other: Other, session: Session) -> None:
    record = lamp(session).id
    before = lamp(session).position
    shown = opened(window, Place("observation", other.walk, record))
    field = named(shown, "Läge", QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.selectAll()
    type_text(field, "60.17, 2")
    wait(700)
    assert lamp(session).position == before
    type_text(field, "4.94")
    named(shown, "Stolpnummer").setFocus()
    assert lamp(session).position == Position(60.17, 24.94)


def test_a_delete_against_a_change_asks_whether_it_stays(window: Opener, other: Other, session: Session) -> None:
    record = lamp(session).id
    other.writes(Observation, record, severity=Severity.LARGE)
    delete(session, lamp(session))
    other.meet()
    shown = opened(window, Place("observation", other.walk, record))
    assert says(shown, "A (") and says(shown, " tog bort utan att ha sett vad B (") and says(shown, "ändrade.")
    press(shown, "Behåll: ")
    until(lambda: not cards(shown), "the card to go")
    assert lamp(session).severity == Severity.LARGE
    assert not session.conflicts(other.walk)


def test_differences_are_whole_words_and_nothing_is_lost() -> None:
    pieces = differing("Måla väggarna ljusa nu.", "Måla väggarna mörka nu.")
    assert [text for text, differs in pieces if differs] == ["ljusa"]
    assert "".join(text for text, _differs in pieces) == "Måla väggarna ljusa nu."


def test_words_that_differ_beside_each_other_are_one_piece() -> None:
    pieces = differing("Måla ljusa väggar nu.", "Måla mörka tak nu.")
    assert [text for text, differs in pieces if differs] == ["ljusa väggar"]


def test_texts_together_hold_each_once() -> None:
    assert together(["Två släckta.", "Två släckta. Igen."]) == "Två släckta. Igen."
    assert together(["Lika.", "Lika."]) == "Lika."
    assert together(["Ett.", "", "Två."]) == "Ett.\nTvå."
