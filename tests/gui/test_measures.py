"""Measures: one press from an observation, the chain of lamps, priority by key and by button, two owners."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.commands.measures import add_measure
from app.commands.records import set_fields
from app.domain.records import Measure, MeasureFor, Observation
from app.domain.values import Priority
from app.session import Session
from tests.gui.hands import button, buttons, named, press, type_text, until, wait
from ui.shell.window import Window
from ui.widgets.button import Button
from ui.widgets.chain import Chain
from ui.widgets.desk import Place
from ui.widgets.measure_chain import MechanismField
from ui.widgets.measure_table import MeasureList
from ui.widgets.rows import RowList


def measures(session: Session) -> list[Measure]:
    """The measures as they are."""
    return session.read(Measure)


def seen(session: Session, text: str) -> Observation:
    """The observation that says this."""
    return next(each for each in session.read(Observation) if text in each.text)


@pytest.fixture
def measure(session: Session, walk: str) -> str:
    """A measure for the lamps at the gate."""
    return add_measure(session, walk, [seen(session, "Två lampor")], {})


def pressed_row(shown: Window, kind: type[RowList], key: str) -> None:
    """Press a row of the one list of a kind, as a finger does: twice moves and opens."""
    (view,) = [each for each in shown.findChildren(kind) if each.isVisible()]
    place = next(k for k, row in enumerate(view.rows.things) if row.key == key)
    index = view.rows.index(place)
    view.setCurrentIndex(index)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())


def test_one_press_on_an_observation_makes_a_measure_with_what_usually_helps(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    shown = window()
    shown.go(Place("measures", walk))
    press(shown, "Ny åtgärd från iakttagelse")
    one = seen(session, "Två lampor")
    pressed_row(shown, RowList, one.id)
    (made,) = measures(session)
    item = session.checklist.items["A1"]
    assert (made.text, made.responsible, made.mechanism[0]) == (
        str(item.measure),
        item.responsible[0],
        item.mechanisms[0],
    )
    assert made.problem == one.text
    assert [each.observation for each in session.read(MeasureFor)] == [one.id]
    assert shown.place == Place("measures", walk, made.id)


def test_an_observation_without_a_usual_measure_gives_one_to_be_looked_into(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    shown = window(800, 1280)
    shown.go(Place("measure_from", walk))
    pressed_row(shown, RowList, seen(session, "Lösa plattor").id)
    (made,) = measures(session)
    assert made.text == "Utred vad som kan göras." and made.responsible == "UTR"
    assert shown.place == Place("measure", walk, made.id)


def test_typing_lights_the_next_lamp_and_is_kept_without_a_save_button(
    window: Callable[..., Window], session: Session, walk: str, measure: str
) -> None:
    shown = window()
    shown.go(Place("measures", walk, measure))
    (chain,) = shown.findChildren(Chain)
    before = chain.lit
    field = named(shown, "Orsak på platsen")
    field.setFocus()
    type_text(field, "Säkringen är trasig, på båda stolparna.")
    until(lambda: measures(session)[0].cause == "Säkringen är trasig, på båda stolparna.", "the cause in the log")
    until(lambda: chain.lit == before + 1, "the lamp of the cause")
    assert not [each for each in buttons(shown) if "Spara" in each.text()]


def test_the_conflict_that_the_mechanism_usually_has_is_a_proposal_until_it_is_used(
    window: Callable[..., Window], session: Session, walk: str, measure: str
) -> None:
    shown = window()
    shown.go(Place("measures", walk, measure))
    assert not measures(session)[0].goal_conflict
    press(shown, "Använd förslaget: Målkonflikt")
    usual = str(session.checklist.mechanism(measures(session)[0].mechanism[0]).conflict)
    assert measures(session)[0].goal_conflict.startswith(usual.rstrip("."))
    until(lambda: not [each for each in buttons(shown) if each.accessibleName() == "Ingen målkonflikt"], "used up")


def test_a_letter_sets_the_priority_of_the_row_and_undo_takes_it_back(
    window: Callable[..., Window], session: Session, walk: str, measure: str
) -> None:
    shown = window()
    shown.go(Place("measures", walk, measure))
    (view,) = shown.findChildren(MeasureList)
    view.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(view, Qt.Key.Key_B)
    assert measures(session)[0].priority == Priority.B
    shown.undo()
    assert measures(session)[0].priority is None


def test_d_without_a_reason_is_refused_in_place_and_holds_nothing_else_up(
    window: Callable[..., Window], session: Session, walk: str, measure: str
) -> None:
    shown = window()
    shown.go(Place("measures", walk, measure))
    press(shown, "Prioritet: D Genomförs inte")
    assert measures(session)[0].priority is None
    assert not button(shown, "Prioritet: D Genomförs inte").isChecked()
    reason = named(shown, "Motivering")
    assert reason.hasFocus()
    type_text(reason, "Vägen ska rivas.")
    until(lambda: measures(session)[0].decision_reason == "Vägen ska rivas.", "the reason in the log")
    wait(50)
    press(shown, "Prioritet: D Genomförs inte")
    assert measures(session)[0].priority == Priority.D


def test_two_owners_are_two_measures(window: Callable[..., Window], session: Session, walk: str, measure: str) -> None:
    shown = window()
    shown.go(Place("measures", walk, measure))
    other = named(shown, "Den andra ansvariga")
    texts = [other.itemText(k) for k in range(other.count())]  # type: ignore[attr-defined]
    place = texts.index("Trafikverket")
    other.setCurrentIndex(place)  # type: ignore[attr-defined]
    other.activated.emit(place)  # type: ignore[attr-defined]
    assert {each.responsible for each in measures(session)} == {session.checklist.items["A1"].responsible[0], "TRV"}
    until(lambda: named(shown, "Åtgärder i vandringen", MeasureList).rows.rowCount() == 2, "two rows")  # type: ignore[attr-defined]
    shown.undo()
    assert len(measures(session)) == 1


def test_an_observation_is_added_to_what_a_measure_answers_and_taken_away_again(
    window: Callable[..., Window], session: Session, walk: str, measure: str
) -> None:
    shown = window()
    shown.go(Place("measures", walk, measure))
    press(shown, "Lägg till en iakttagelse")
    assert shown.place == Place("measure_from", walk, measure)
    more = seen(session, "Häcken")
    pressed_row(shown, RowList, more.id)
    assert more.id in {each.observation for each in session.read(MeasureFor)}
    assert shown.place.page == "measures"
    away = f"Ta bort kopplingen till {shown.shelf.numbers(walk).of[more.id]} "
    until(lambda: any(each.accessibleName().startswith(away) for each in buttons(shown)), "the link in the pane")
    press(shown, away)
    assert {each.observation for each in session.read(MeasureFor)} == {seen(session, "Två lampor").id}


def test_a_deleted_measure_comes_back_with_undo(
    window: Callable[..., Window], session: Session, walk: str, measure: str
) -> None:
    shown = window(800, 1280)
    shown.go(Place("measures", walk))
    pressed_row(shown, MeasureList, measure)
    assert shown.place == Place("measure", walk, measure)
    press(shown, "Ta bort åtgärden")
    assert measures(session) == [] and shown.place.page == "measures"
    shown.undo()
    assert [each.id for each in measures(session)] == [measure]


def test_what_another_device_wrote_meanwhile_is_a_conflict_and_not_a_silent_win(
    window: Callable[..., Window], session: Session, walk: str, measure: str
) -> None:
    shown = window()
    shown.go(Place("measures", walk, measure))
    (old,) = measures(session)
    field = named(shown, "Väntad effekt")
    field.setFocus()
    # As the other device would have it: written over what stood before the field was opened.
    set_fields(session, old, {"expected_effect": "Man ser vem som möter."})
    type_text(field, "Ljust hela vägen.")
    until(lambda: bool(session.conflicts(walk)), "both values stand")
    (conflict,) = session.conflicts(walk)
    assert conflict.field == "expected_effect"


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (800, 1280), (1024, 600)])
def test_the_columns_stand_where_there_is_room_and_nothing_is_shown_twice(
    window: Callable[..., Window], walk: str, measure: str, width: int, height: int
) -> None:
    assert measure
    shown = window(width, height)
    shown.go(Place("measures", walk))
    names = [each.accessibleName() for each in buttons(shown)]
    assert len(names) == len(set(names)) and all(names)
    (view,) = shown.findChildren(MeasureList)
    columns = view.columns(view.viewport().width())
    assert all(box.width() > 0 for box in columns)
    panes = [each for each in shown.findChildren(QWidget) if each.accessibleName() == "Orsak på platsen"]
    assert bool(panes) == (width > 1000)


def test_the_open_list_of_mechanisms_stays_as_it_is_while_others_write(
    window: Callable[..., Window], session: Session, walk: str, measure: str
) -> None:
    shown = window()
    shown.go(Place("measures", walk, measure))
    (field,) = shown.findChildren(MechanismField)
    filled, taken = list[int](), [each for each in field.findChildren(Button) if each.text()]
    field.combo.model().rowsInserted.connect(lambda *_rows: filled.append(1))
    set_fields(session, measures(session)[0], {"cause": "Ljuskällan är trasig."})
    cause = named(shown, "Orsak på platsen", QPlainTextEdit)
    assert isinstance(cause, QPlainTextEdit)
    until(lambda: "Ljuskällan" in cause.toPlainText(), "the cause")
    assert not filled
    assert taken and [each for each in field.findChildren(Button) if each.text()] == taken
