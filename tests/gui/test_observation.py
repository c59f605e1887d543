"""Everything of one observation on its page."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from app.commands.measures import add_measure
from app.commands.observations import remark, support
from app.commands.records import delete, set_fields
from app.commands.stops import add_stop
from app.domain.records import Observation, Photo, Remark, Stop, Support
from app.domain.values import ObservationKind, Position, PositionSource, Severity
from app.session import Session
from tests.gui.hands import Answers, awaited, button, choose, named, press, says, type_text, until
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.map_view import MapView
from ui.widgets.observation_pane import ObservationPane

PHOTOS = Path(__file__).resolve().parents[1] / "data" / "photos"
Opener = Callable[..., Window]


@pytest.fixture
def at(window: Opener, walk: str, session: Session) -> Opener:
    """Opens the observation with this item."""

    def opened(item: str = "A1", before: Place | None = None) -> Window:
        shown = window()
        shown.activateWindow()
        QTest.qWaitForWindowActive(shown)
        (seen,) = session.read(Observation, {"scope": walk, "item": item})
        if before is not None:
            shown.go(before)
        shown.go(Place("observation", walk, seen.id))
        QTest.qWait(10)
        return shown

    return opened


def now(session: Session, item: str = "A1") -> Observation:
    """The observation as it is stored."""
    (seen,) = session.read(Observation, {"item": item})
    return seen


def pane(window: Window) -> ObservationPane:
    """The pane."""
    (found,) = window.findChildren(ObservationPane)
    return found


def test_every_field_that_a_person_may_write_has_an_editor(at: Opener) -> None:
    shown = pane(at())
    names = {each.name for each in Observation.FIELDS if not each.machine}
    assert set(shown.form.fields) == names
    for name in names:
        assert shown.isAncestorOf(shown.form.fields[name]), name


def test_fields_without_a_place_of_their_own_are_unfolded_with_one_press(at: Opener) -> None:
    shown = at()
    press(shown, "Fler uppgifter")
    assert named(shown, "Svar", QPlainTextEdit).isVisible()
    assert named(shown, "Källa", QLineEdit).isVisible()


def test_what_is_typed_is_kept_without_a_save_button_and_undo_names_it(at: Opener, session: Session) -> None:
    shown = at()
    field = named(shown, "Iakttagelse", QPlainTextEdit)
    field.setFocus()
    assert isinstance(field, QPlainTextEdit)
    field.selectAll()
    type_text(field, "Tre lampor är släckta på översta vägen.")
    until(lambda: now(session).text == "Tre lampor är släckta på översta vägen.", "the text in the log", 1000)
    shown.undo()
    assert now(session).text == "Två lampor är släckta vid grinden."
    until(lambda: field.toPlainText() == "Två lampor är släckta vid grinden." or field.hasFocus(), "the old text")


def test_a_suggested_severity_becomes_a_persons_word_when_it_is_pressed(at: Opener, session: Session) -> None:
    shown = at()
    assert now(session).severity is None
    assert named(shown, "Allvar 2, Märkbar: otryggt för några").accessibleDescription() == "föreslaget"
    press(shown, "Allvar 2, Märkbar")
    assert now(session).severity == Severity.NOTICEABLE
    until(
        lambda: named(shown, "Allvar 2, Märkbar: otryggt för några").accessibleDescription() == "",
        "that it is no longer only suggested",
    )


def test_good_and_bad_are_one_fact_with_the_kind(at: Opener, session: Session) -> None:
    shown = at()
    record = now(session).id
    press(shown, "Allvar 0, Bra")
    (seen,) = session.read(Observation, {"id": record})
    assert (seen.kind, seen.item, seen.category) == (ObservationKind.POSITIVE, None, "lighting")
    QTest.qWait(20)
    press(shown, "Allvar 3, Stor")
    (seen,) = session.read(Observation, {"id": record})
    assert (seen.kind, seen.severity) == (ObservationKind.DEFICIENCY, Severity.LARGE)


def test_each_press_is_a_step_of_its_own_to_undo(at: Opener, session: Session) -> None:
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


def test_how_serious_it_is_does_not_say_again_what_it_is(at: Opener, session: Session) -> None:
    shown = at("B1")
    record = now(session, "B1").id
    before = [each for each in session.history(Observation.KIND, record) if each["field"] in ("kind", "category")]
    press(shown, "Allvar 2, Märkbar")
    choose(shown, "Punkt", str(session.checklist.item("B2").statement))
    assert now(session, "B2").severity == Severity.NOTICEABLE
    after = [each for each in session.history(Observation.KIND, record) if each["field"] in ("kind", "category")]
    assert len(after) == len(before)


def test_another_topic_lets_the_item_go_and_offers_its_own(at: Opener, session: Session, walk: str) -> None:
    shown = at()
    record = now(session).id
    choose(shown, "Ämne", "Skötsel och skräp")
    (seen,) = session.read(Observation, {"id": record})
    assert (seen.category, seen.item) == ("maintenance", None)
    QTest.qWait(20)
    combo = named(shown, "Punkt", QComboBox)
    assert isinstance(combo, QComboBox)
    offered = {str(each.statement) for each in session.checklist.category("maintenance").items}
    assert {combo.itemText(k) for k in range(1, combo.count())} == offered
    assert walk


def test_the_lamps_fields_stand_with_lighting_alone(at: Opener, session: Session) -> None:
    shown = at()
    type_text(named(shown, "Stolpnummer", QLineEdit), "4417")
    press(shown, "Fel på lampan: Blinkar")
    press(shown, "Kan vara medvetet släckt")
    shown.shown.flush()
    seen = now(session)
    assert (seen.asset_tag, seen.lamp_faults, seen.deliberate_off) == ("4417", ("flickering",), True)


def test_no_lamp_where_there_is_none(at: Opener) -> None:
    shown = at("B1")
    assert not [
        each for each in shown.findChildren(QLineEdit) if each.accessibleName() == "Stolpnummer" and each.isVisible()
    ]


def test_who_was_called_stands_with_danger(at: Opener, session: Session) -> None:
    shown = at("B1")
    press(shown, "Allvar 4, Fara nu")
    until(lambda: says(shown, "Larmat"), "the fields of the alarm")
    press(shown, "Larm: Jour larmad")
    assert now(session, "B1").alarm is not None


def test_more_people_said_so_with_one_press_and_their_role_after(at: Opener, session: Session) -> None:
    shown = at()
    press(shown, "Fler tyckte så, en till")
    until(lambda: says(shown, "Noterad av 2."), "the count")
    type_text(awaited(shown, "Roll för dem som tyckte så, rad 1", QLineEdit), "boende")
    shown.shown.flush()
    (made,) = session.read(Support)
    assert (made.count, made.role) == (1, "boende")


def test_lines_are_numbered_as_they_stand(at: Opener, session: Session) -> None:
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


def test_a_stop_that_comes_later_is_shown_by_its_name(at: Opener, session: Session, walk: str) -> None:
    shown = at()
    made = add_stop(session, walk, {"name": "Bryggan", "position": Position(60.17, 24.94)})
    set_fields(session, now(session), {"stop": made})
    combo = named(shown, "Plats", QComboBox)
    assert isinstance(combo, QComboBox)
    until(lambda: combo.currentText() == "Stopp 4, Bryggan", "its name")


def test_photos_that_are_cut_short_belong_to_the_observation_and_it_is_said(
    at: Opener, session: Session, answers: Answers, tmp_path: Path
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
    press(shown.tray, "Ångra")
    assert not session.read(Photo)


def test_a_remark_is_kept_while_it_is_typed_and_signed_with_role_and_letter(at: Opener, session: Session) -> None:
    shown = at()
    field = named(shown, "Ny anmärkning", QPlainTextEdit)
    field.setFocus()
    type_text(field, "Anmäld")
    until(lambda: len(session.read(Remark)) == 1, "the first letters in the log", 1000)
    type_text(field, " redan i våras.")
    press(shown, "Lägg till anmärkningen")
    assert [each.text for each in session.read(Remark)] == ["Anmäld redan i våras."]
    until(lambda: says(shown, "Anmäld redan i våras."), "the remark in the list")
    assert says(shown, "A (")
    assert field.toPlainText() == ""  # type: ignore[attr-defined]


def test_a_remark_that_is_emptied_again_is_gone(at: Opener, session: Session, walk: str) -> None:
    shown = at()
    field = named(shown, "Ny anmärkning", QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    field.setFocus()
    type_text(field, "Kalle på fyra")
    until(lambda: len(session.read(Remark)) == 1, "the first letters in the log", 1000)
    type_text(field, " trappor säljer.")
    until(lambda: session.read(Remark)[0].text.endswith("säljer."), "the rest in the log", 1000)
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    until(lambda: not session.read(Remark), "that it is gone", 1000)
    type_text(field, "Mörkt.")
    press(shown, "Lägg till anmärkningen")
    assert [each.text for each in session.read(Remark)] == ["Mörkt."]
    assert not session.conflicts(walk)


def test_a_remark_is_one_step_to_undo(at: Opener, session: Session) -> None:
    shown = at()
    field = named(shown, "Ny anmärkning", QPlainTextEdit)
    field.setFocus()
    type_text(field, "Lampan har")
    until(lambda: len(session.read(Remark)) == 1, "the first letters in the log", 1000)
    type_text(field, " varit sönder länge.")
    press(shown, "Lägg till anmärkningen")
    shown.undo()
    assert not session.read(Remark)


def test_a_remark_can_be_taken_away_and_back(at: Opener, session: Session, walk: str) -> None:
    remark(session, walk, now(session).id, "Syns inte.", "fastighetsvärd")
    shown = at()
    press(shown, "Ta bort anmärkningen: Syns inte.")
    assert not session.read(Remark)
    shown.undo()
    assert len(session.read(Remark)) == 1


def test_photos_are_added_by_files_and_can_be_loosened(at: Opener, session: Session, answers: Answers) -> None:
    shown = at()
    answers.opened.append([PHOTOS / "fold_1.jpg"])
    press(shown, "Lägg till foton")
    until(lambda: bool(session.read(Photo, {"observation": now(session).id})), "the photo")
    until(lambda: bool(pane(shown).strip.thumbs), "its thumbnail")
    press(shown, "Lossa Foto 1.1")
    assert not session.read(Photo, {"observation": now(session).id})
    assert len(session.read(Photo)) == 1


def test_history_gives_a_value_back_also_after_a_restart(
    at: Opener, window: Opener, session: Session, walk: str
) -> None:
    shown = at()
    field = named(shown, "Iakttagelse", QPlainTextEdit)
    field.setFocus()
    assert isinstance(field, QPlainTextEdit)
    field.selectAll()
    type_text(field, "Annat.")
    shown.close()
    assert now(session).text == "Annat."
    again = window()
    again.go(Place("observation", walk, now(session).id))
    press(again, "Historik")
    choose(again, "Visa historiken för", "Iakttagelse")
    until(lambda: says(again, "Iakttagelse: Annat."), "the line")
    assert says(again, "Tidigare: Två lampor är släckta vid grinden.")
    press(again, "Ta tillbaka det här värdet: Iakttagelse Två lampor är släckta vid grinden.")
    assert now(session).text == "Två lampor är släckta vid grinden."
    until(lambda: says(again, "Tidigare: Annat."), "the new line")


def test_a_value_that_cannot_come_back_is_said_so_in_words_for_a_window(
    at: Opener, session: Session, walk: str
) -> None:
    before = now(session)
    (gone,) = session.read(Stop, {"id": before.stop})
    other = next(each for each in session.read(Stop, {"scope": walk}) if each.id != gone.id)
    set_fields(session, before, {"stop": other.id})
    delete(session, gone)
    shown = at()
    pane(shown)._restore("stop", gone.id)
    assert now(session).stop == other.id
    notice = shown.tray.notice
    assert notice is not None
    assert notice.problem
    assert not notice.undo
    assert "Plats" in notice.text
    assert "borttaget" in notice.text
    assert "kommando" not in notice.text


def test_why_something_was_refused_is_not_said_of_another_observation(
    window: Opener, session: Session, walk: str
) -> None:
    shown = window()
    shown.go(Place("observations", walk))
    QTest.qWait(10)
    body: Any = shown.shown.body  # type: ignore[attr-defined]
    body.rows.choose(now(session).id)
    body._open(now(session).id)
    field = pane(shown).form.fields["observed_at"]
    field.editor.setFocus()
    field.editor.selectAll()  # type: ignore[attr-defined]
    type_text(field.editor, "igår kväll")
    field.flush()
    assert field.refusal
    body.rows.choose(now(session, "B1").id)
    body._open(now(session, "B1").id)
    assert pane(shown).observation == now(session, "B1")
    assert not field.refusal


def test_deleted_is_left_with_a_way_back(at: Opener, session: Session, walk: str) -> None:
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


def test_a_press_on_the_map_says_where_it_is(at: Opener, session: Session) -> None:
    shown = at()
    press(shown, "Ändra på kartan")
    view = shown.findChild(MapView)
    assert isinstance(view, MapView)
    point = QPoint(view.width() // 2 + 90, view.height() // 2 + 60)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=point)
    until(lambda: now(session).position_source == PositionSource.HAND, "the new place")
    press(shown, "Klar")
    assert says(shown, "Läge satt för hand.")


def test_a_control_is_called_differently_from_every_other(at: Opener) -> None:
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


def test_the_button_of_a_measure_stays_while_others_write(at: Opener, session: Session, walk: str) -> None:
    add_measure(session, walk, [now(session)], {})
    shown = at()
    opens = button(shown, "Öppna åtgärd")
    remark(session, walk, now(session).id, "Så är det.")
    until(lambda: says(shown, "Så är det."), "the remark")
    assert button(shown, "Öppna åtgärd") is opens
