"""Everything of one observation on its page."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from app.commands.measures import add_measure
from app.commands.observations import observe, remark, support
from app.commands.records import set_fields
from app.commands.stops import add_stop
from app.domain.change import Draft
from app.domain.records import Observation, Photo, SafetyWalk, Support
from app.domain.values import Alarm, ObservationKind, Position, PositionSource, Severity
from app.session import Session
from tests.gui.hands import (
    Answers,
    awaited,
    button,
    buttons,
    choose,
    named,
    press,
    press_when_there,
    says,
    type_text,
    until,
    wait,
)
from tests.gui.observing import Opens, now, opened, pane
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.map_view import MapView

PHOTOS = Path(__file__).resolve().parents[1] / "data" / "photos"


@pytest.fixture
def at(window: Opens, walk: str, session: Session) -> Opens:
    """Opens the observation with this item."""
    return partial(opened, window, session, walk)


def test_every_field_that_a_person_may_write_has_an_editor(at: Opens) -> None:
    shown = pane(at())
    names = {each.name for each in Observation.FIELDS if not each.machine}
    assert set(shown.form.fields) == names
    for name in names:
        assert shown.isAncestorOf(shown.form.fields[name]), name


def test_fields_without_a_place_of_their_own_are_unfolded_with_one_press(at: Opens) -> None:
    shown = at()
    press(shown, "Fler uppgifter")
    assert named(shown, "Svar", QPlainTextEdit).isVisible()
    assert named(shown, "Källa", QLineEdit).isVisible()


def test_what_is_typed_is_kept_without_a_save_button_and_undo_names_it(at: Opens, session: Session) -> None:
    shown = at()
    field = named(shown, "Iakttagelse", QPlainTextEdit)
    field.setFocus()
    assert isinstance(field, QPlainTextEdit)
    field.selectAll()
    type_text(field, "Tre lampor är släckta på översta vägen.")
    until(lambda: now(session).text == "Tre lampor är släckta på översta vägen.", "the text in the log", 1000)
    press(shown, "Ångra")
    assert now(session).text == "Två lampor är släckta vid grinden."
    until(lambda: field.toPlainText() == "Två lampor är släckta vid grinden.", "the old text")


def test_the_key_of_undo_takes_back_what_was_typed_in_the_field_one_is_in_and_that_is_written(
    at: Opens, session: Session
) -> None:
    shown = at()
    field = named(shown, "Iakttagelse", QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    field.setFocus()
    field.selectAll()
    type_text(field, "Tre lampor.")
    until(lambda: now(session).text == "Tre lampor.", "the text in the log", 3000)
    for _press in range(20):
        QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.toPlainText() == "Två lampor är släckta vid grinden."
    until(lambda: now(session).text == "Två lampor är släckta vid grinden.", "the old text in the log", 3000)
    assert not session.conflicts(now(session).scope)


def test_an_alarm_is_not_noted_while_one_practises_and_what_was_noted_then_says_so(
    at: Opens, session: Session, walk: str
) -> None:
    shown = at()
    seen = now(session)
    set_fields(session, seen, {"severity": Severity.DANGER})
    wait(50)
    alarm = pane(shown).slots["alarm"]
    assert alarm.isVisible() and alarm.isEnabled() and "från en övning" not in _words(shown)
    shown.guide.rehearse(walk)
    practised = observe(session, walk, {"text": "På prov.", "severity": Severity.DANGER})
    assert not pane(shown).slots["alarm"].isEnabled()
    assert "inget om larm noteras" in _words(shown) and "från en övning" not in _words(shown)
    shown.go(Place("observation", walk, practised))
    wait(20)
    assert "från en övning" in _words(shown)
    shown.guide.end()
    assert pane(shown).slots["alarm"].isEnabled() and "inget om larm noteras" not in _words(shown)


def test_anything_that_is_broken_can_be_reported_at_once(at: Opens, session: Session, walk: str) -> None:
    (about,) = session.read(SafetyWalk)
    set_fields(session, about, {"fault_report_to": "felanmalan@exempel.se"})
    shown = at()
    wait(20)
    report = pane(shown).report
    assert "Till felanmalan@exempel.se." in _words(shown)
    press(report, "Kopiera texten")
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Felanmälan\n") and "Två lampor är släckta vid grinden." in copied
    press(report, "Felanmäld")
    assert now(session).alarm == Alarm.REPORTED
    until(lambda: "Felanmäld" not in [each.text() for each in buttons(report)], "that it was")
    shown.undo()
    assert now(session).alarm is None
    shown.guide.rehearse(walk)
    press_when_there(report, "Felanmäld")
    assert now(session).alarm is None and says(shown, "inget om larm noteras")
    press(report, "Kopiera texten")
    assert QGuiApplication.clipboard().text().startswith("Övning. Felanmälan")


def test_what_is_good_is_no_fault(at: Opens) -> None:
    assert not pane(at(item="M1")).report.isVisible()


def _words(shown: Window) -> str:
    return "\n".join(each.text() for each in pane(shown).findChildren(QLabel) if each.isVisible())


def test_a_suggested_severity_becomes_a_persons_word_when_it_is_pressed(at: Opens, session: Session) -> None:
    shown = at()
    assert now(session).severity is None
    assert named(shown, "Allvar 2, Märkbar: otryggt för några").accessibleDescription() == "föreslaget"
    press(shown, "Allvar 2, Märkbar")
    assert now(session).severity == Severity.NOTICEABLE
    until(
        lambda: named(shown, "Allvar 2, Märkbar: otryggt för några").accessibleDescription() == "",
        "that it is no longer only suggested",
    )


def test_good_and_bad_are_one_fact_with_the_kind(at: Opens, session: Session) -> None:
    shown = at()
    record = now(session).id
    press(shown, "Allvar 0, Bra")
    (seen,) = session.read(Observation, {"id": record})
    assert (seen.kind, seen.item, seen.category) == (ObservationKind.POSITIVE, None, "lighting")
    wait(20)
    press(shown, "Allvar 3, Stor")
    (seen,) = session.read(Observation, {"id": record})
    assert (seen.kind, seen.severity) == (ObservationKind.DEFICIENCY, Severity.LARGE)


def test_each_press_is_a_step_of_its_own_to_undo(at: Opens, session: Session) -> None:
    shown = at("B1")
    record = now(session, "B1").id
    press(shown, "Allvar 2, Märkbar")
    choose(shown, "Ämne", "Skötsel och skräp")
    press(shown, "Allvar 1, Liten")
    (seen,) = session.read(Observation, {"id": record})
    assert seen.severity == Severity.SMALL
    shown.undo()
    (seen,) = session.read(Observation, {"id": record})
    assert (seen.severity, seen.category) == (Severity.NOTICEABLE, "maintenance")
    shown.undo()
    (seen,) = session.read(Observation, {"id": record})
    assert (seen.severity, seen.item) == (Severity.NOTICEABLE, "B1")
    shown.undo()
    (seen,) = session.read(Observation, {"id": record})
    assert seen.severity == Severity.LARGE


def test_how_serious_it_is_does_not_say_again_what_it_is(at: Opens, session: Session) -> None:
    shown = at("B1")
    record = now(session, "B1").id
    before = [each for each in session.history(Observation.KIND, record) if each["field"] in ("kind", "category")]
    press(shown, "Allvar 2, Märkbar")
    choose(shown, "Punkt", str(session.checklist.item("B2").statement))
    assert now(session, "B2").severity == Severity.NOTICEABLE
    after = [each for each in session.history(Observation.KIND, record) if each["field"] in ("kind", "category")]
    assert len(after) == len(before)


def test_another_topic_lets_the_item_go_and_offers_its_own(at: Opens, session: Session, walk: str) -> None:
    shown = at()
    record = now(session).id
    choose(shown, "Ämne", "Skötsel och skräp")
    (seen,) = session.read(Observation, {"id": record})
    assert (seen.category, seen.item) == ("maintenance", None)
    wait(20)
    combo = named(shown, "Punkt", QComboBox)
    assert isinstance(combo, QComboBox)
    offered = {str(each.statement) for each in session.checklist.category("maintenance").items}
    assert {combo.itemText(k) for k in range(1, combo.count())} == offered
    assert walk


def test_the_lamps_fields_stand_with_lighting_alone(at: Opens, session: Session) -> None:
    shown = at()
    type_text(named(shown, "Stolpnummer", QLineEdit), "4417")
    press(shown, "Fel på lampan: Blinkar")
    press(shown, "Kan vara medvetet släckt")
    shown.shown.flush()
    seen = now(session)
    assert (seen.asset_tag, seen.lamp_faults, seen.deliberate_off) == ("4417", ("flickering",), True)


def test_a_fault_that_a_newer_version_knows_locks_no_other_and_stays(at: Opens, session: Session) -> None:
    shown = at()
    seen = now(session)
    draft = Draft(kind=seen.KIND, record=seen.id, field="lamp_faults", value=["pole_leans_new"], seen=seen.seen)
    session.write(seen.scope, [draft])
    shown.bell.settle()
    wait(50)
    press(shown, "Fel på lampan: Blinkar")
    assert now(session).lamp_faults == ("flickering", "pole_leans_new")


def test_no_lamp_where_there_is_none(at: Opens) -> None:
    shown = at("B1")
    assert not [
        each for each in shown.findChildren(QLineEdit) if each.accessibleName() == "Stolpnummer" and each.isVisible()
    ]


def test_who_was_called_stands_with_danger(at: Opens, session: Session) -> None:
    shown = at("B1")
    press(shown, "Allvar 4, Fara nu")
    until(lambda: says(shown, "Larmat"), "the fields of the alarm")
    press(shown, "Larm: Jour larmad")
    assert now(session, "B1").alarm is not None


def test_more_people_said_so_with_one_press_and_their_role_after(at: Opens, session: Session) -> None:
    shown = at()
    press(shown, "Fler tyckte så, en till")
    until(lambda: says(shown, "Noterad av 2."), "the count")
    type_text(awaited(shown, "Roll för dem som tyckte så, rad 1", QLineEdit), "boende")
    shown.shown.flush()
    (made,) = session.read(Support)
    assert (made.count, made.role) == (1, "boende")


def test_lines_are_numbered_as_they_stand(at: Opens, session: Session) -> None:
    for _k in range(2):
        support(session, now(session))
    shown = at()
    press(shown, "Ta bort dem som tyckte så, rad 1")
    until(lambda: says(shown, "Noterad av 2."), "that it is gone")
    button(shown, "Ta bort dem som tyckte så, rad 1")
    support(session, now(session))
    until(lambda: says(shown, "Noterad av 3."), "the new one")
    awaited(shown, "Roll för dem som tyckte så, rad 2", QLineEdit)
    for number in (1, 2):
        button(shown, f"Ta bort dem som tyckte så, rad {number}")
        named(shown, f"Antal som tyckte så, rad {number}", QLineEdit)


def test_a_stop_that_comes_later_is_shown_by_its_name(at: Opens, session: Session, walk: str) -> None:
    shown = at()
    made = add_stop(session, walk, {"name": "Bryggan", "position": Position(60.17, 24.94)})
    set_fields(session, now(session), {"stop": made})
    combo = named(shown, "Plats", QComboBox)
    assert isinstance(combo, QComboBox)
    until(lambda: combo.currentText() == "Stopp 4, Bryggan", "its name")


def test_photos_that_are_cut_short_belong_to_the_observation_and_it_is_said(
    at: Opens, session: Session, answers: Answers, tmp_path: Path
) -> None:
    paths = []
    for k in range(3):
        paths.append(tmp_path / f"{k}.jpg")
        Image.new("RGB", (60, 40), (80 * k, 80, 9)).save(paths[-1])
    shown = at()
    answers.opened.append(paths)
    runs = []

    def work(what: str, begin: Any) -> Any:
        run = Window.work(shown, what, begin)
        # As whoever presses Avbryt while the second is read.
        run.stepped.connect(lambda step: run.cancel() if step.done == 1 else None, Qt.ConnectionType.DirectConnection)
        runs.append(run)
        return run

    pane(shown).desk = replace(pane(shown).desk, work=work)
    press(shown, "Lägg till foton")
    until(lambda: shown.tray.notice is not None, "what came of it")
    assert shown.tray.notice is not None
    assert shown.tray.notice.text == "Avbrutet. 1 av 3 foton är inlästa."
    (photo,) = session.read(Photo)
    assert photo.observation == now(session).id
    assert not shown.tray.notice.undo, "by then something else may be what was done last"
    shown.undo()
    assert not session.read(Photo)


def test_why_something_was_refused_is_not_said_of_another_observation(
    window: Opens, session: Session, walk: str
) -> None:
    shown = window()
    shown.go(Place("observations", walk))
    wait(10)
    body: Any = shown.shown.body  # type: ignore[attr-defined]
    body.rows.choose(now(session).id)
    body._open(now(session).id)
    field = pane(shown).form.fields["observed_at"]
    field.editor.setFocus()
    field.editor.selectAll()  # type: ignore[attr-defined]
    type_text(field.editor, "igår kväll")
    field.flush()
    assert field.refusal
    # It is said once before it is left.
    for there in ("A1", "B1"):
        body.rows.choose(now(session, "B1").id)
        body._open(now(session, "B1").id)
        assert pane(shown).observation == now(session, there)
    assert pane(shown).observation == now(session, "B1")
    assert not field.refusal


def test_deleted_is_left_with_a_way_back(at: Opens, session: Session, walk: str) -> None:
    record = now(session).id
    shown = at(before=Place("observations", walk))
    field = named(shown, "Iakttagelse", QPlainTextEdit)
    field.setFocus()
    type_text(field, "Just skrivet. ")
    press(shown, "Ta bort iakttagelsen")
    until(lambda: not session.read(Observation, {"id": record}), "that it is gone")
    assert not session.conflicts(walk)
    assert shown.place.page == "observations"
    press(shown.tray, "Ångra")
    assert session.read(Observation, {"id": record})


def test_a_press_on_the_map_says_where_it_is(at: Opens, session: Session) -> None:
    shown = at()
    press(shown, "Ändra på kartan")
    view = shown.findChild(MapView)
    assert isinstance(view, MapView)
    point = QPoint(view.width() // 2 + 90, view.height() // 2 + 60)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=point)
    until(lambda: now(session).position_source == PositionSource.HAND, "the new place")
    press(shown, "Klar")
    assert says(shown, "Läge satt för hand.")


def test_a_control_is_called_differently_from_every_other(at: Opens) -> None:
    shown = at()
    press(shown, "Fler uppgifter")
    press(shown, "Historik")
    names = [
        each.accessibleName()
        for each in shown.findChildren(QWidget)
        if each.isVisible() and each.focusPolicy() != Qt.FocusPolicy.NoFocus and not isinstance(each, QLabel)
    ]
    names = [each for each in names if each]
    assert len(names) == len(set(names)), sorted(each for each in names if names.count(each) > 1)
    assert button(shown, "Historik").accessibleDescription() == "öppen"


def test_the_button_of_a_measure_stays_while_others_write(at: Opens, session: Session, walk: str) -> None:
    add_measure(session, walk, [now(session)], {})
    shown = at()
    opens = button(shown, "Öppna åtgärd")
    remark(session, walk, now(session).id, "Så är det.")
    until(lambda: says(shown, "Så är det."), "the remark")
    assert button(shown, "Öppna åtgärd") is opens
