"""*Ny vandring*: one page, kept from the first letter."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from app.domain.records import SafetyWalk
from app.domain.values import Light
from app.session import Session
from tests.gui.hands import button, buttons, named, press, says, type_text, until
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.text import Label


def _walk(session: Session) -> SafetyWalk:
    (found,) = session.read(SafetyWalk)
    return found


def _at_new_walk(window: Callable[..., Window]) -> Window:
    shown = window()
    shown.go(Place("new_walk"))
    return shown


def test_a_walk_with_what_it_needs_is_made_from_one_page_by_keyboard(
    window: Callable[..., Window], session: Session
) -> None:
    session.settings = replace(session.settings, organisation="Hagnäs byalag")
    shown = _at_new_walk(window)
    assert shown.focusWidget() is named(shown, "Namn", QLineEdit)
    type_text(named(shown, "Namn"), "Hagnäs i mörker")
    type_text(named(shown, "Var"), "Hagnäs torg och Broholmsgatan")
    type_text(named(shown, "Syfte", QPlainTextEdit), "Se hur ljuset är på gångvägen.")
    press(shown, "Ljus: Mörker")
    press(shown, "Klar, planera")
    walk = _walk(session)
    assert (walk.title, walk.area) == ("Hagnäs i mörker", "Hagnäs torg och Broholmsgatan")
    assert (walk.purpose, walk.light) == ("Se hur ljuset är på gångvägen.", Light.DARK)
    assert walk.organiser == "Hagnäs byalag"
    assert walk.starts is not None
    assert shown.place == Place("plan", walk.id, part="rutt")


def test_what_is_typed_is_in_the_log_within_a_second_without_any_button(
    window: Callable[..., Window], session: Session
) -> None:
    shown = _at_new_walk(window)
    type_text(named(shown, "Var"), "Ängsö")
    until(lambda: bool(session.read(SafetyWalk)), "the walk", 1000)
    assert _walk(session).area == "Ängsö"
    assert shown.place == Place("new_walk", _walk(session).id)
    type_text(named(shown, "Namn"), "x")
    until(lambda: "x" in str(_walk(session).title), "the name", 1000)


def test_another_language_on_the_way_loses_nothing_of_the_walk_that_is_begun(
    window: Callable[..., Window], session: Session
) -> None:
    shown = _at_new_walk(window)
    type_text(named(shown, "Namn"), "Åkervägen")
    shown.build()
    assert isinstance(field := named(shown, "Namn"), QLineEdit)
    assert field.text() == "Åkervägen"
    assert len(session.read(SafetyWalk)) == 1


def test_without_a_name_the_page_says_what_is_missing_and_goes_nowhere(
    window: Callable[..., Window], session: Session
) -> None:
    shown = _at_new_walk(window)
    press(shown, "Klar, planera")
    assert shown.place == Place("new_walk")
    assert not session.read(SafetyWalk)
    assert shown.focusWidget() is named(shown, "Namn", QLineEdit)


def test_this_evening_at_six_is_one_press(window: Callable[..., Window], session: Session) -> None:
    session.clock = lambda: datetime(2026, 11, 12, 9, 0, tzinfo=UTC)
    shown = _at_new_walk(window)
    type_text(named(shown, "Namn"), "Kvällsvandring")
    press(shown, "När: i kväll 18.00")
    until(lambda: bool(session.read(SafetyWalk)), "the walk")
    assert _walk(session).starts == datetime(2026, 11, 12, 17, 0, tzinfo=UTC)


def test_after_six_it_is_tomorrow_evening_that_is_offered(window: Callable[..., Window], session: Session) -> None:
    session.clock = lambda: datetime(2026, 11, 12, 22, 18, tzinfo=UTC)
    shown = _at_new_walk(window)
    type_text(named(shown, "Namn"), "Kvällsvandring")
    press(shown, "När: i morgon 18.00")
    until(lambda: bool(session.read(SafetyWalk)), "the walk")
    assert _walk(session).starts == datetime(2026, 11, 13, 17, 0, tzinfo=UTC)


def test_a_time_that_cannot_be_read_is_quoted_as_it_was_typed_and_the_field_says_its_own_format(
    window: Callable[..., Window],
) -> None:
    shown = _at_new_walk(window)
    when = named(shown, "När", QLineEdit)
    assert isinstance(when, QLineEdit)
    when.selectAll()
    type_text(when, "någon kväll kl 18")
    QTest.keyClick(when, Qt.Key.Key_Return)
    (told,) = [each.text() for each in shown.shown.findChildren(Label) if "går inte att läsa" in each.text()]
    assert told == (
        "”någon kväll kl 18” går inte att läsa som en tid. "
        "Skriv dag och klockslag, till exempel 25/11 18.05 eller 2026-11-25 18.05."
    )


def test_what_the_moment_is_in_words_is_said_of_what_stands_in_the_field_alone(
    window: Callable[..., Window], session: Session
) -> None:
    session.clock = lambda: datetime(2026, 11, 12, 9, 0, tzinfo=UTC)
    shown = _at_new_walk(window)
    when = named(shown, "När", QLineEdit)
    assert isinstance(when, QLineEdit)
    assert says(shown, "i dag 10.00")
    when.selectAll()
    type_text(when, "32/13 klockan 7")
    QTest.keyClick(when, Qt.Key.Key_Return)
    shown.shown.refresh({})
    assert says(shown, "går inte att läsa") and not says(shown, "i dag 10.00")
    when.selectAll()
    type_text(when, "i går kl 18")
    QTest.keyClick(when, Qt.Key.Key_Return)
    assert says(shown, "i går 18.00") and not says(shown, "går inte att läsa")
    type_text(named(shown, "Namn"), "Hagnäs")
    until(lambda: bool(session.read(SafetyWalk)), "the walk")
    assert _walk(session).starts == datetime(2026, 11, 11, 17, 0, tzinfo=UTC)


def test_a_walk_that_was_not_meant_is_taken_away_and_comes_back_by_undo(
    window: Callable[..., Window], session: Session
) -> None:
    shown = _at_new_walk(window)
    assert "Ta bort igen" not in [each.accessibleName() for each in buttons(shown)]
    type_text(named(shown, "Namn"), "Fel")
    QTest.keyClick(named(shown, "Namn"), Qt.Key.Key_Return)
    press(shown, "Ta bort igen")
    assert shown.place == Place()
    assert not session.read(SafetyWalk)
    press(shown.tray, "Ångra")
    assert _walk(session).title == "Fel"


def test_whoever_goes_at_once_hears_the_information_first(window: Callable[..., Window], session: Session) -> None:
    shown = _at_new_walk(window)
    type_text(named(shown, "Namn"), "Nu")
    press(shown, "Börja gå nu")
    assert shown.place == Place("information", _walk(session).id)
    assert button(shown, "Alla har fått höra det").isEnabled()


def test_a_time_zone_that_does_not_exist_is_refused_beside_its_field(
    window: Callable[..., Window], session: Session
) -> None:
    shown = _at_new_walk(window)
    type_text(named(shown, "Namn"), "Zon")
    press(shown, "Mer: tidszon")
    zone = named(shown, "Tidszon", QLineEdit)
    assert isinstance(zone, QLineEdit)
    zone.selectAll()
    type_text(zone, "Europa")
    QTest.keyClick(zone, Qt.Key.Key_Return)
    until(lambda: bool(session.read(SafetyWalk)), "the walk")
    assert _walk(session).zone == "Europe/Stockholm"
    zone.selectAll()
    type_text(zone, "Europe/Helsinki")
    QTest.keyClick(zone, Qt.Key.Key_Return)
    assert _walk(session).zone == "Europe/Helsinki"
