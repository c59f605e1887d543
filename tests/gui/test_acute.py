"""Danger now: two presses away, and whatever is pressed there is kept."""

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.commands.records import set_fields
from app.domain.records import Observation, SafetyWalk
from app.domain.rules import severity_of
from app.domain.values import Alarm, ObservationKind, Severity
from app.session import Session
from app.settings import Settings
from tests.gui.hands import Answers, button, buttons, hold, named, press, type_text, until, wait
from tests.gui.noting import LAMP, PHOTOS, Kept, Opens, at_new, says, stop_named, strike
from tests.gui.opening import settle
from tests.gui.room import cut
from tests.gui.twins import Told
from ui.shell.window import Window
from ui.widgets.button import Button
from ui.widgets.desk import Place
from ui.widgets.practise_strip import PractiseStrip
from ui.widgets.text import Label


def _danger(opens: Opens, walk: str, session: Session) -> tuple[Window, Kept]:
    """The sheet, two presses from the walk."""
    before = Kept(session.home, walk)
    shown = at_new(opens, walk, f"stop:{stop_named(session, walk, 'Växthus').id}")
    press(shown, "Fara nu")
    return shown, before


def _the_walk(session: Session, walk: str) -> SafetyWalk:
    (found,) = session.read(SafetyWalk, {"id": walk})
    return found


def test_112_is_on_the_screen_after_two_presses_and_the_observation_is_kept(
    window: Opens, walk: str, session: Session
) -> None:
    shown, before = _danger(window, walk, session)
    made = Kept(session.home, walk).new(before)
    assert (made.severity, made.category, made.stop) == (
        Severity.DANGER, None, stop_named(session, walk, "Växthus").id,
    )  # fmt: skip
    assert shown.place == Place("acute", walk, made.id)
    assert says(shown, "112") and says(shown, f"{made.tag} är sparad. Larma först, skriv sen.")
    assert says(shown, "Kommunens jour") and says(shown, "08-465 004 12") and says(shown, "114 14")
    assert says(shown, "Vi står vid Växthusgrinden. Området är Kajsaniemi.")


@pytest.mark.parametrize("presses", [["Hitta rätt"], ["Belysning", LAMP], ["Något bra här", "Vackert eller omtyckt"]])
def test_whoever_went_back_to_the_tiles_has_chosen_none_of_them_and_danger_is_of_nothing_yet(
    window: Opens, walk: str, session: Session, presses: list[str]
) -> None:
    before = Kept(session.home, walk)
    shown = at_new(window, walk)
    for each in presses:
        press(shown, each)
    chosen = Kept(session.home, walk).new(before)
    for _each in presses:
        press(shown, "Tillbaka")
    press(shown, "Fara nu")
    made = Kept(session.home, walk).new(before)
    assert (made.category, made.item, made.severity, made.kind) == (
        None, None, Severity.DANGER, ObservationKind.DEFICIENCY,
    )  # fmt: skip
    assert shown.place == Place("acute", walk, made.id)
    press(shown.shown, "Ångra")
    until(lambda: shown.place.page == "observe", "the observation as it was before")
    again = Kept(session.home, walk).new(before)
    assert (again.category, again.item, again.kind) == (chosen.category, chosen.item, chosen.kind)


def test_a_key_that_is_held_does_not_say_that_112_was_called(window: Opens, walk: str, session: Session) -> None:
    shown, before = _danger(window, walk, session)
    hold(QApplication.focusWidget() or shown, Qt.Key.Key_1, "1")
    assert Kept(session.home, walk).new(before).alarm is None
    strike(shown, Qt.Key.Key_1)
    assert Kept(session.home, walk).new(before).alarm == Alarm.SOS


def test_where_the_stop_is_chosen_a_key_says_nothing(window: Opens, walk: str, session: Session) -> None:
    shown, before = _danger(window, walk, session)
    press(shown, "Ändra platsen")
    assert says(shown, "Var är ni?")
    for key in (Qt.Key.Key_1, Qt.Key.Key_J):
        strike(shown, key)
    assert says(shown, "Var är ni?") and Kept(session.home, walk).new(before).alarm is None


def test_a_digit_of_the_number_to_the_on_call_service_does_not_say_that_112_was_called(
    window: Opens, walk: str, session: Session
) -> None:
    set_fields(session, _the_walk(session, walk), {"oncall_phone": None})
    shown, before = _danger(window, walk, session)
    strike(shown, Qt.Key.Key_1)
    assert Kept(session.home, walk).new(before).alarm is None
    set_fields(session, _the_walk(session, walk), {"oncall_phone": "08-465 004 12"})
    shown.bell.settle()
    for _key in range(2):
        strike(shown, Qt.Key.Key_1)
    assert Kept(session.home, walk).new(before).alarm == Alarm.SOS
    press(shown.tray, "Ångra")
    assert Kept(session.home, walk).new(before).alarm is None, "the key said it once"


def test_an_item_that_suggests_it_and_a_severity_that_says_it_open_the_sheet(
    window: Opens, walk: str, session: Session
) -> None:
    before = Kept(session.home, walk)
    shown = at_new(window, walk)
    press(shown, "Belysning")
    press(shown, "Öppen stolplucka eller lutande stolpe")
    assert shown.place.page == "acute"
    assert severity_of(Kept(session.home, walk).new(before)) == Severity.DANGER
    press(shown, "Fortsätt vandringen")
    middle = Kept(session.home, walk)
    shown.go(Place("observe", walk))
    strike(shown, Qt.Key.Key_C)
    strike(shown, Qt.Key.Key_1)
    strike(shown, Qt.Key.Key_4)
    assert shown.place.page == "acute"
    assert Kept(session.home, walk).new(middle).severity == Severity.DANGER


@pytest.mark.parametrize(
    ("word", "alarm"),
    [("Vi har ringt 112", Alarm.SOS), ("Vi har ringt jouren", Alarm.ONCALL), ("Felanmäld", Alarm.REPORTED)],
)
def test_who_was_called_is_written_with_its_time(
    window: Opens, walk: str, session: Session, word: str, alarm: Alarm
) -> None:
    shown, before = _danger(window, walk, session)
    press(shown, word)
    made = Kept(session.home, walk).new(before)
    assert made.alarm == alarm and isinstance(made.alarm_at, datetime)
    assert button(shown, word).isChecked() and "kl " in button(shown, word).accessibleName()
    shown.undo()
    until(lambda: not button(shown, word).isChecked(), "the call taken back")
    assert Kept(session.home, walk).new(before).alarm is None


def test_two_calls_are_both_seen(window: Opens, walk: str, session: Session) -> None:
    shown, _before = _danger(window, walk, session)
    strike(shown, Qt.Key.Key_1)
    strike(shown, Qt.Key.Key_J)
    until(lambda: button(shown, "Vi har ringt jouren").isChecked(), "the second call")
    assert button(shown, "Vi har ringt 112").isChecked()
    assert not button(shown, "Felanmäld").isChecked()


def test_a_missing_number_is_written_where_it_is_missed(window: Opens, walk: str, session: Session) -> None:
    set_fields(session, _the_walk(session, walk), {"oncall_phone": ""})
    shown, _before = _danger(window, walk, session)
    assert says(shown, "Numret till jouren saknas i planen.")
    field = named(shown, "Jourens telefon", QLineEdit)
    field.setFocus()
    type_text(field, "08-465 004 12")
    wait(1000)
    assert _the_walk(session, walk).oncall_phone == "08-465 004 12"
    assert field.isVisible() and field.hasFocus()
    strike(shown, Qt.Key.Key_Tab)
    until(lambda: "Vi har ringt jouren" in [each.accessibleName() for each in buttons(shown)], "that it can be called")


def test_what_is_no_number_is_refused_where_it_was_written(window: Opens, walk: str, session: Session) -> None:
    set_fields(session, _the_walk(session, walk), {"oncall_phone": ""})
    shown, _before = _danger(window, walk, session)
    field = named(shown, "Jourens telefon", QLineEdit)
    field.setFocus()
    type_text(field, "abc")
    strike(shown, Qt.Key.Key_Tab)
    assert says(shown, "'abc' är inget telefonnummer.")
    assert _the_walk(session, walk).oncall_phone == ""
    assert field.isVisible() and "Vi har ringt jouren" not in [each.text() for each in buttons(shown)]
    assert isinstance(field, QLineEdit)
    field.clear()
    field.setFocus()
    type_text(field, "08-465 004 12")
    strike(shown, Qt.Key.Key_Tab)
    assert _the_walk(session, walk).oncall_phone == "08-465 004 12"
    until(lambda: not field.isVisible(), "the number in place of the field")


def test_the_first_digits_of_a_number_are_neither_kept_nor_refused(window: Opens, walk: str, session: Session) -> None:
    set_fields(session, _the_walk(session, walk), {"oncall_phone": ""})
    shown, _before = _danger(window, walk, session)
    field = named(shown, "Jourens telefon", QLineEdit)
    field.setFocus()
    type_text(field, "08")
    wait(1000)
    assert _the_walk(session, walk).oncall_phone == ""
    assert not says(shown, "är inget telefonnummer.")


def test_a_number_that_is_wrong_is_mended_on_the_sheet(window: Opens, walk: str, session: Session) -> None:
    shown, _before = _danger(window, walk, session)
    assert not says(shown, "Jourens telefon")
    press(shown, "Ändra numret")
    field = named(shown, "Jourens telefon", QLineEdit)
    assert field.hasFocus() and isinstance(field, QLineEdit)
    field.selectAll()
    type_text(field, "08-465 004 13")
    strike(shown, Qt.Key.Key_Tab)
    assert _the_walk(session, walk).oncall_phone == "08-465 004 13"
    until(lambda: says(shown, "08-465 004 13") and not field.isVisible(), "the other number on the sheet")
    assert button(shown, "Ändra numret").isVisible()


def test_digits_in_the_field_are_no_shortcuts(window: Opens, walk: str, session: Session) -> None:
    set_fields(session, _the_walk(session, walk), {"oncall_phone": ""})
    shown, before = _danger(window, walk, session)
    field = named(shown, "Jourens telefon", QLineEdit)
    field.setFocus()
    type_text(field, "1")
    assert Kept(session.home, walk).new(before).alarm is None


def test_the_fault_report_is_copied_as_text(window: Opens, walk: str, session: Session) -> None:
    before = Kept(session.home, walk)
    shown = at_new(window, walk, f"stop:{stop_named(session, walk, 'Växthus').id}")
    press(shown, "Belysning")
    press(shown, "Öppen stolplucka")
    set_fields(session, Kept(session.home, walk).new(before), {"asset_tag": "4417"})
    until(lambda: says(shown, "Belysningsstolpe 4417."), "the number in the sentence")
    press(shown, "Kopiera texten")
    copied = QGuiApplication.clipboard().text()
    for line in ("Plats: Växthusgrinden, Kajsaniemi", "Stolpnummer: 4417", "Läge: 60.17520, 24.94520"):
        assert line in copied
    assert says(shown, "Texten är kopierad.")


def test_a_photo_from_a_distance_belongs_to_it(window: Opens, walk: str, session: Session, answers: Answers) -> None:
    shown, before = _danger(window, walk, session)
    answers.opened = [[PHOTOS / "fold_1.jpg"]]
    press(shown, "Foto på avstånd")
    until(lambda: len(Kept(session.home, walk).photos) == 1, "the photo")
    until(lambda: not shown.runner.busy, "the end of the import")
    kept = Kept(session.home, walk)
    assert kept.photos[0].observation == kept.new(before).id


@pytest.mark.parametrize("theme", ["light", "red", "contrast"])
def test_the_walk_always_goes_on(window: Opens, walk: str, session: Session, theme: str) -> None:
    session.save(Settings(theme=theme))
    shown, before = _danger(window, walk, session)
    made = Kept(session.home, walk).new(before)
    strike(shown, Qt.Key.Key_Escape)
    assert shown.place.page == "home"
    assert says(shown, f"{made.tag} Fara nu, sparat här. Allvar 4.")
    assert Kept(session.home, walk).observations.keys() - before.observations.keys() == {made.id}


def test_undone_it_leaves_the_sheet(window: Opens, walk: str, session: Session) -> None:
    shown, before = _danger(window, walk, session)
    shown.undo()
    until(lambda: shown.place.page == "home", "the way back")
    assert Kept(session.home, walk).observations.keys() == before.observations.keys()
    assert session.read(Observation, {"scope": walk, "severity": Severity.DANGER}) == []


def test_a_mistaken_press_is_taken_back_on_the_sheet(window: Opens, walk: str, session: Session) -> None:
    shown, before = _danger(window, walk, session)
    made = Kept(session.home, walk).new(before)
    press(shown.shown, "Ångra")
    until(lambda: shown.place.page == "home", "the way back")
    assert Kept(session.home, walk).observations.keys() == before.observations.keys()
    assert says(shown, f"{made.tag} är borttagen.")


def test_a_severity_taken_back_leads_to_the_severities(window: Opens, walk: str) -> None:
    shown = at_new(window, walk)
    press(shown, "Belysning")
    press(shown, "Lampa släckt")
    press(shown, "Allvar 4")
    assert shown.place.page == "acute"
    press(shown.shown, "Ångra")
    until(lambda: shown.place.page == "observe", "the step of severity")
    assert shown.place.part == "severity" and says(shown, "är inte längre fara nu.")


def test_a_call_by_mistake_is_taken_back_and_the_sheet_stays(window: Opens, walk: str, session: Session) -> None:
    shown, before = _danger(window, walk, session)
    press(shown, "Vi har ringt 112")
    press(shown.shown, "Ångra")
    until(lambda: Kept(session.home, walk).new(before).alarm is None, "the call taken back")
    assert shown.place.page == "acute"


def test_the_place_is_put_right_on_the_sheet(window: Opens, walk: str, session: Session) -> None:
    shown, before = _danger(window, walk, session)
    press(shown, "Ändra platsen")
    assert says(shown, "Var är ni?")
    press(shown, "Stopp 2, Gångtunneln")
    made = Kept(session.home, walk).new(before)
    assert made.stop == stop_named(session, walk, "Gångtunneln").id
    assert shown.place == Place("acute", walk, made.id)
    assert says(shown, "Vi står vid Gångtunneln under Långa bron.") and says(shown, "60,17550")
    press(shown, "Ändra platsen")
    strike(shown, Qt.Key.Key_Escape)
    assert shown.place == Place("acute", walk, made.id)


@pytest.mark.parametrize("size", [(1280, 800), (800, 1280), (1024, 600)])
def test_a_notice_covers_nothing_that_is_pressed(
    window: Opens, walk: str, session: Session, size: tuple[int, int]
) -> None:
    shown = at_new(window, walk, f"stop:{stop_named(session, walk, 'Växthus').id}", size)
    press(shown, "Fara nu")
    press(shown, "Vi har ringt jouren")
    wait(60)
    assert shown.tray.isVisible()
    over = QRect(shown.tray.mapTo(shown, QPoint(0, 0)), shown.tray.size())
    for each in buttons(shown.shown):
        box = QRect(each.mapTo(shown, QPoint(0, 0)), each.size())
        scrolled = each.visibleRegion().boundingRect().translated(box.topLeft())
        assert not scrolled.intersects(over), each.accessibleName()


def test_what_is_done_has_one_tick(window: Opens, walk: str, session: Session) -> None:
    shown, _before = _danger(window, walk, session)
    press(shown, "Vi har ringt 112")
    done = button(shown, "Vi har ringt 112")
    assert isinstance(done, Button) and done.isChecked() and done.icon_name == ""
    other = button(shown, "Vi har ringt jouren")
    assert isinstance(other, Button) and other.icon_name == "check"


@pytest.mark.parametrize("text", [100, 200])
@pytest.mark.parametrize("size", [(1280, 800), (800, 1280)])
def test_during_a_rehearsal_no_played_place_is_told_as_if_one_stood_there(
    window: Opens, walk: str, session: Session, size: tuple[int, int], text: int
) -> None:
    session.settings = replace(session.settings, text=text)
    practice = "Övning, men 112 är på riktigt. Läget spelas upp: säg var ni är."
    before = Kept(session.home, walk)
    shown = at_new(window, walk, f"stop:{stop_named(session, walk, 'Växthus').id}", size)
    press(shown, "Fara nu")
    made = Kept(session.home, walk).new(before)
    assert not says(shown, practice) and says(shown, "60,17") and not says(shown, "Övning")
    played = Told(shown.guide)
    played.is_played = True
    shown.guide.listen(played)
    assert says(shown, practice) and says(shown, "Övning. Vi står vid Växthusgrinden.") and not says(shown, "60,17")
    settle(shown)
    (line,) = [each for each in shown.findChildren(Label) if each.text() == practice]
    assert not line.visibleRegion().isEmpty()
    assert not [each.accessibleName() for each in shown.shown.findChildren(QWidget) if each.isVisible() and cut(each)]
    press(shown, "Kopiera texten")
    assert QGuiApplication.clipboard().text().startswith("Övning. Felanmälan: fara nu")
    shown.guide.listen(None)
    until(lambda: says(shown, "60,17"), "the place")
    assert not says(shown, practice) and not says(shown, "Övning") and shown.place.item == made.id


@pytest.mark.parametrize("size", [(1024, 600), (1280, 800), (800, 1280)], ids=str)
def test_during_a_rehearsal_one_line_says_that_112_is_real_and_the_number_is_whole(
    window: Opens, walk: str, session: Session, size: tuple[int, int]
) -> None:
    session.settings = replace(session.settings, text=200, gloves=True)
    shown = at_new(window, walk, f"stop:{stop_named(session, walk, 'Växthus').id}", size)
    press(shown, "Fara nu")
    shown.guide.rehearse(walk)
    played = Told(shown.guide)
    played.is_played = True
    shown.guide.listen(played)
    settle(shown)
    (number,) = (each for each in shown.findChildren(Label) if each.text() == "112")
    assert number.visibleRegion().boundingRect() == number.rect()
    (strip,) = shown.findChildren(PractiseStrip)
    assert strip.isVisible() and says(strip, "112 är på riktigt") and not buttons(strip)
    assert not [each for each in shown.shown.findChildren(Label) if each.isVisible() and "spelas upp" in each.text()]
    shown.guide.end()


def test_during_a_rehearsal_nobody_is_noted_to_have_been_called(window: Opens, walk: str, session: Session) -> None:
    shown, before = _danger(window, walk, session)
    played = Told(shown.guide)
    played.is_played = True
    shown.guide.listen(played)
    for called in ("Vi har ringt 112", "Vi har ringt jouren", "Felanmäld"):
        press(shown, called)
        assert shown.tray.notice is not None and "övning" in shown.tray.notice.text
    strike(shown, Qt.Key.Key_1)
    made = Kept(session.home, walk).new(before)
    assert (made.alarm, made.alarm_at) == (None, None)
    shown.guide.listen(None)
    press(shown, "Vi har ringt 112")
    assert Kept(session.home, walk).new(before).alarm == Alarm.SOS
