"""Granska: one thing after the other is finished, from the gravest on, until the protocol can be made."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from app.base.job import finish
from app.commands.measures import add_measure
from app.commands.observations import observe
from app.commands.records import add, delete, resolve, set_fields
from app.commands.walks import new_walk
from app.domain.records import Device, Group, Measure, Observation, Photo, Remark, SafetyWalk, Stop
from app.domain.values import Alarm, Severity
from app.jobs.photos import import_photos
from app.queries.history import signature
from app.queries.review import Gap, Item
from app.queries.review import Group as Part
from app.session import Session
from tests.gui.hands import awaited, button, buttons, press, says, type_text, until
from tests.gui.torn import Opener, Other, both_write, cards, lamp, opened
from ui.screens.review import ReviewScreen
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.progress import Bar
from ui.widgets.rows import RowList


def rows(window: Window) -> RowList:
    """The list."""
    (found,) = window.shown.findChildren(RowList)
    return found


def titles(window: Window) -> list[str]:
    """What stands in the list, headings too."""
    return [each.title for each in rows(window).rows.things]


def keys(window: Window) -> list[str]:
    """What the rows stand for."""
    return [each.key for each in rows(window).rows.things if not each.heading]


def versions(record: str, field: str, kind: str = Observation.KIND) -> str:
    """The key of a conflict."""
    return Item(Part.VERSIONS, kind, record, field).key


def key_pressed(window: Window, key: Qt.Key) -> None:
    """Press a key wherever the focus is."""
    QTest.keyClick(QApplication.focusWidget() or window, key)


def finish_gaps(session: Session) -> None:
    """Say how grave everything is."""
    for each in session.read(Observation):
        if each.severity is None and each.severity_suggested is not None:
            set_fields(session, each, {"severity": each.severity_suggested})


def test_the_gravest_stands_first_and_only_what_there_is_has_a_heading(
    window: Opener, other: Other, session: Session
) -> None:
    danger = observe(session, other.walk, {"item": "A8", "severity": Severity.DANGER, "text": "Öppen lucka."})
    other.meet()
    both_write(other, Observation, lamp(session).id, {"text": "Två."}, {"text": "Tre."})
    shown = opened(window, Place("review", other.walk))
    heads = [each for each in titles(shown) if each.endswith(")")]
    assert [each.split(" (")[0] for each in heads] == ["Fara nu utan larm", "Olika versioner", "Foton och luckor"]
    assert keys(shown)[:2] == [Item(Part.DANGER, Observation.KIND, danger).key, versions(lamp(session).id, "text")]
    finish_gaps(session)
    until(lambda: len(keys(shown)) == 3, "what was finished to go")


def test_who_was_called_is_said_with_one_press_and_the_next_thing_comes(
    window: Opener, other: Other, session: Session
) -> None:
    danger = observe(session, other.walk, {"item": "A8", "severity": Severity.DANGER, "text": "Öppen lucka."})
    shown = opened(window, Place("review", other.walk))
    press(shown, "Vi har ringt jouren: ")
    until(lambda: not says(shown, "Ingen har bekräftat"), "the next card")
    (seen,) = session.read(Observation, {"id": danger})
    assert (seen.alarm, bool(seen.alarm_at)) == (Alarm.ONCALL, True)
    key_pressed(shown, Qt.Key.Key_U)
    until(lambda: len([each for each in keys(shown) if each.startswith("danger")]) == 1, "the danger again")


def test_during_a_rehearsal_nobody_is_noted_here_either_to_have_been_called(
    window: Opener, other: Other, session: Session
) -> None:
    danger = observe(session, other.walk, {"item": "A8", "severity": Severity.DANGER, "text": "Öppen lucka."})
    shown = opened(window, Place("review", other.walk))
    shown.guide.rehearse(other.walk)
    press(shown, "Vi har ringt jouren: ")
    assert shown.tray.notice is not None and "övning" in shown.tray.notice.text
    assert session.read(Observation, {"id": danger})[0].alarm is None


def test_finishing_one_moves_to_the_next_and_at_the_end_the_protocol_is_lit(
    window: Opener, other: Other, session: Session
) -> None:
    measure = add_measure(session, other.walk, [lamp(session)], {})
    finish_gaps(session)
    other.meet()
    stop = session.read(Stop, order=("order",))[0].id
    both_write(other, Stop, stop, {"name": "Grinden"}, {"name": "Porten"})
    both_write(other, Measure, measure, {"text": "Byt lampan."}, {"text": "Byt båda lamporna."})
    both_write(other, Observation, lamp(session).id, {"severity": Severity.LARGE}, {"severity": Severity.SMALL})
    shown = opened(window, Place("observations", other.walk))
    assert says(shown, "3 saker har olika versioner")
    press(shown, "Granska olika versioner")
    assert shown.place.page == "review"
    for left in (3, 2, 1):
        until(lambda left=left: says(shown, f"{left} kvar") and len(cards(shown)) == 1, "the next card")  # type: ignore[misc]
        (bar,) = shown.shown.findChildren(Bar)
        assert bar.accessibleName() == f"{3 - left} av 3 granskade"
        press(cards(shown)[0], "Använd den här: A")
    until(lambda: says(shown, "Allt är granskat."), "the end")
    assert says(shown, "Protokollet kan göras klart.")
    assert not session.conflicts(other.walk)
    press(shown, "Till protokollet")
    assert shown.place.page == "protocol"


def test_a_walk_with_nothing_in_it_is_not_said_to_be_reviewed(window: Opener, session: Session) -> None:
    shown = opened(window, Place("review", new_walk(session, {"title": "T", "area": "A"})))
    assert says(shown, "Inget att granska än")
    assert not says(shown, "Allt är granskat.")


def test_what_is_taken_later_is_last_and_stays_so_when_one_comes_back(window: Opener, other: Other) -> None:
    shown = opened(window, Place("review", other.walk))
    first, second, *_rest = keys(shown)
    press(shown, "Ta det sen")
    assert keys(shown)[-1] == first
    assert titles(shown)[-2] == "Till sist (1)"
    assert rows(shown).current_key() == second
    shown.go(Place("measures", other.walk))
    shown.back()
    assert keys(shown)[-1] == first
    assert rows(shown).current_key() == second


def test_keeping_both_makes_a_remark_signed_with_the_other_letter_and_one_undo_takes_both_back(
    window: Opener, other: Other, session: Session
) -> None:
    record = lamp(session).id
    both_write(other, Observation, record, {"text": "Två släckta."}, {"text": "Tre släckta."})
    shown = opened(window, Place("review", other.walk, versions(record, "text")))
    press(shown, "Behåll båda, den ena som anmärkning: ")
    press(shown, "Den här ska gälla: A")
    until(lambda: not cards(shown), "the next card")
    assert says(shown, "Den andra är kvar som anmärkning.")
    (remark,) = session.read(Remark)
    assert (lamp(session).text, remark.text, remark.target) == ("Två släckta.", "Tre släckta.", record)
    assert signature(session, remark).startswith("B (")
    other.meet()
    assert not other.session.conflicts(other.walk)
    assert signature(other.session, other.session.read(Remark)[0]).startswith("B (")
    shown.undo()
    until(lambda: versions(record, "text") in keys(shown), "the conflict again")
    assert not session.read(Remark)


def test_values_that_are_no_texts_cannot_be_kept_both(window: Opener, other: Other, session: Session) -> None:
    record = lamp(session).id
    both_write(other, Observation, record, {"severity": Severity.LARGE}, {"severity": Severity.SMALL})
    shown = opened(window, Place("review", other.walk, versions(record, "severity")))
    assert len([each for each in buttons(cards(shown)[0]) if each.text() == "Använd den här"]) == 2
    assert not [each for each in buttons(shown) if each.text().startswith(("Behåll", "Skriv ihop"))]


def test_the_keys_step_choose_and_undo(window: Opener, other: Other, session: Session) -> None:
    record = lamp(session).id
    both_write(other, Observation, record, {"text": "Två släckta."}, {"text": "Tre släckta."})
    shown = opened(window, Place("review", other.walk))
    first, second = keys(shown)[:2]
    assert first == versions(record, "text")
    key_pressed(shown, Qt.Key.Key_J)
    assert rows(shown).current_key() == second
    key_pressed(shown, Qt.Key.Key_K)
    assert rows(shown).current_key() == first
    until(lambda: len(cards(shown)) == 1, "its card")
    side = cards(shown)[0].acts()[1].accessibleName()
    key_pressed(shown, Qt.Key.Key_2)
    until(lambda: not session.conflicts(other.walk), "the choice")
    assert lamp(session).text == ("Tre släckta." if ": B" in side else "Två släckta.")
    key_pressed(shown, Qt.Key.Key_U)
    until(lambda: bool(session.conflicts(other.walk)), "the conflict again")


def test_keys_write_letters_where_one_types_and_do_nothing_where_they_are_switched_off(
    window: Opener, other: Other, session: Session
) -> None:
    record = lamp(session).id
    both_write(other, Observation, record, {"text": "Två släckta."}, {"text": "Tre släckta."})
    place = Place("review", other.walk, versions(record, "text"))
    shown = opened(window, place)
    press(shown, "Skriv ihop dem")
    field = awaited(shown, "Iakttagelse, ihopskriven", QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    field.setFocus()
    field.clear()
    for key in (Qt.Key.Key_J, Qt.Key.Key_1, Qt.Key.Key_U, Qt.Key.Key_2, Qt.Key.Key_V, Qt.Key.Key_K):
        QTest.keyClick(field, key)
    assert field.toPlainText() == "j1u2vk"
    assert session.conflicts(other.walk)
    assert shown.place.item == place.item
    type_text(field, ", åäö")
    assert field.toPlainText() == "j1u2vk, åäö"


@pytest.mark.parametrize("key", [Qt.Key.Key_J, Qt.Key.Key_1])
def test_switched_off_the_keys_do_nothing(window: Opener, other: Other, session: Session, key: Qt.Key) -> None:
    session.settings = replace(session.settings, letters=False)
    both_write(other, Observation, lamp(session).id, {"text": "Två släckta."}, {"text": "Tre släckta."})
    shown = opened(window, Place("review", other.walk))
    first = rows(shown).current_key()
    key_pressed(shown, key)
    assert rows(shown).current_key() == first
    assert session.conflicts(other.walk)


def test_where_it_is_is_shown_on_the_map(window: Opener, other: Other, session: Session) -> None:
    stop = session.read(Stop, order=("order",))[0].id
    both_write(other, Stop, stop, {"name": "Grinden"}, {"name": "Porten"})
    shown = opened(window, Place("review", other.walk, versions(stop, "name", Stop.KIND)))
    key_pressed(shown, Qt.Key.Key_V)
    assert shown.place.page == "walk"
    assert "60.1752" in shown.place.part
    shown.back()
    assert shown.place.item == versions(stop, "name", Stop.KIND)


def test_a_row_says_group_thing_writers_and_which_of_how_many(window: Opener, other: Other, session: Session) -> None:
    for home, name in ((session, "Norr"), (other.session, "Söder")):
        group = add(home, Group.KIND, other.walk, {"name": name})
        (device,) = home.read(Device, {"id": home.identity.device})
        set_fields(home, device, {"group": group})
    finish_gaps(session)
    other.meet()
    both_write(other, Observation, lamp(session).id, {"text": "Två släckta."}, {"text": "Tre släckta."})
    shown = opened(window, Place("review", other.walk))
    (row,) = [each for each in rows(shown).rows.things if not each.heading]
    assert row.name().startswith("Olika versioner, Iakttagelse, 1.1 Lampa släckt")
    assert row.name().endswith("Grupp Norr och Grupp Söder, 1 av 1")
    press(shown, "Använd den här: Grupp Söder, B (")
    until(lambda: says(shown, "Valt: Grupp Söder. Den andra finns i historiken."), "what was chosen")


def test_a_delete_names_both_and_what_was_changed_and_added(window: Opener, other: Other, session: Session) -> None:
    stop = session.read(Stop, order=("order",))[2]
    other.writes(Stop, stop.id, name="Lekplatsen vid grinden")
    observe(other.session, other.walk, {"item": "B1", "stop": stop.id, "text": "Busken växer över."})
    delete(session, stop)
    other.meet()
    shown = opened(window, Place("review", other.walk, versions(stop.id, "deleted", Stop.KIND)))
    assert says(shown, " tog bort utan att ha sett vad B (")
    assert says(shown, "Namn: Lekplatsen vid grinden")
    assert says(shown, "Tillagt: iakttagelsen ")
    press(shown, "Ta bort ändå: ")
    until(lambda: not cards(shown), "the next card")
    assert stop.id not in {each.id for each in session.read(Stop)}
    shown.undo()
    until(lambda: versions(stop.id, "deleted", Stop.KIND) in keys(shown), "the question again")
    rows(shown).choose(versions(stop.id, "deleted", Stop.KIND))
    until(lambda: len(cards(shown)) == 1, "its card")
    press(shown, "Behåll: ")
    until(lambda: not session.conflicts(other.walk), "the answer")
    assert stop.id in {each.id for each in session.read(Stop)}


def test_what_only_was_added_to_a_deleted_stop_is_said_so(window: Opener, other: Other, session: Session) -> None:
    stop = session.read(Stop, order=("order",))[2]
    observe(other.session, other.walk, {"item": "B1", "stop": stop.id, "text": "Busken växer över."})
    delete(session, stop)
    other.meet()
    shown = opened(window, Place("review", other.walk, versions(stop.id, "deleted", Stop.KIND)))
    assert says(shown, "lade till.")


def test_what_was_settled_elsewhere_goes_from_the_list(window: Opener, other: Other, session: Session) -> None:
    record = lamp(session).id
    both_write(other, Observation, record, {"text": "Två släckta."}, {"text": "Tre släckta."})
    shown = opened(window, Place("review", other.walk))
    assert versions(record, "text") in keys(shown)
    (conflict,) = other.session.conflicts(other.walk)
    resolve(other.session, conflict, other.walk, conflict.choices[0].choice)
    other.meet()
    until(lambda: versions(record, "text") not in keys(shown), "the row to go")
    assert not cards(shown)


def narrow(window: Opener, other: Other, session: Session) -> Window:
    """A narrow window at the list, with two versions of a text in it."""
    both_write(other, Observation, lamp(session).id, {"text": "Två släckta."}, {"text": "Tre släckta."})
    shown = window(800, 1280)
    shown.activateWindow()
    QTest.qWaitForWindowActive(shown)
    shown.go(Place("review", other.walk))
    return shown


def test_in_a_narrow_window_the_first_step_marks_the_first_row_and_enter_opens_it(
    window: Opener, other: Other, session: Session
) -> None:
    shown = narrow(window, other, session)
    first, second = keys(shown)[:2]
    for key in (first, second, first):
        QTest.keyClick(shown, Qt.Key.Key_K if key == first and rows(shown).current_key() else Qt.Key.Key_J)
        assert rows(shown).current_key() == key and rows(shown).hasFocus()
    QTest.keyClick(rows(shown), Qt.Key.Key_Return)
    until(lambda: shown.place.item == first, "its card")


def test_in_a_narrow_window_the_card_is_a_page_and_the_next_one_follows(
    window: Opener, other: Other, session: Session
) -> None:
    shown = narrow(window, other, session)
    assert not cards(shown)
    first, second = keys(shown)[:2]
    rows(shown).opened.emit(first)
    until(lambda: len(cards(shown)) == 1, "its card")
    assert shown.place.item == first
    assert not rows(shown).isVisible()
    press(shown, "Nästa")
    assert (shown.place.item, cards(shown)) == (second, [])
    press(shown, "Ta det sen")
    press(shown, "Tillbaka")
    assert (shown.place.page, shown.place.item) == ("review", "")
    assert rows(shown).isVisible()
    assert keys(shown)[-1] == second


def test_how_much_is_left_stands_at_the_destination(window: Opener, other: Other, session: Session) -> None:
    both_write(other, Observation, lamp(session).id, {"text": "Två släckta."}, {"text": "Tre släckta."})
    shown = opened(window, Place("measures", other.walk))
    until(lambda: any(each.accessibleName() == "Granska, 3 kvar" for each in buttons(shown)), "the count")
    finish_gaps(session)
    until(lambda: any(each.accessibleName() == "Granska, 1 kvar" for each in buttons(shown)), "the count to follow")
    QTest.keyClick(shown, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(shown.shown, ReviewScreen)


def test_gravity_that_only_was_suggested_is_said_in_place(window: Opener, walk: str, session: Session) -> None:
    seen = lamp(session)
    shown = opened(window, Place("review", walk, Item(Part.GAPS, Observation.KIND, seen.id, Gap.LACKS).key))
    button(shown, f"Märkbar stämmer: 1.1 {shown_title(shown)}").click()
    until(lambda: lamp(session).severity == Severity.NOTICEABLE, "the severity")


def test_photos_without_a_place_or_a_picture_lead_to_where_that_is_mended(
    window: Opener, walk: str, session: Session, tmp_path: Path
) -> None:
    finish_gaps(session)
    for number in range(2):
        Image.new("RGB", (64, 48), (number, 9, 9)).save(tmp_path / f"{number}.jpg")
    files = [tmp_path / f"{number}.jpg" for number in range(2)]
    finish(import_photos(session, session.read(SafetyWalk)[0], files))
    first = session.read(Photo)[0]
    session.blobs.delete(str(first.report))
    shown = opened(window, Place("review", walk))
    assert {"2 foton utan plats", "1 foto har inte kommit hit"} <= set(titles(shown))
    # What the list counts, the destination counts, and the card.
    assert says(shown, "2 kvar") and "Foton och luckor (2)" in _headings(shown) and says(shown, "1 av 2")
    assert button(shown, "Granska, 2 kvar").isVisible()
    press(shown, "Placera foton")
    assert (shown.place.page, shown.place.part) == ("photos", "place")
    assert first.id in shown.place.item
    shown.back()
    rows(shown).opened.emit(Item(Part.GAPS, Photo.KIND, first.id, Gap.UNSHOWN).key)
    until(lambda: says(shown, "Protokollet visar dem"), "the other card")
    press(shown, "Hämta från andra plattor")
    assert shown.place.page == "devices"


def _headings(shown: Window) -> list[str]:
    return [each.title for each in rows(shown).rows.things if each.heading]


def shown_title(shown: Window) -> str:
    """What the row that is current is called, without its number."""
    key = rows(shown).current_key()
    return next(each.title for each in rows(shown).rows.things if each.key == key).split(" ", 1)[1]
