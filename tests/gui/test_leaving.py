"""Leaving a page, or the program: nothing that was typed goes without a word, and nothing holds anybody."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.base.job import Job, Step
from app.commands.measures import add_measure
from app.commands.records import add, set_fields
from app.domain.records import Measure, Observation, Participant, SafetyWalk, Stop
from app.queries.people import names_of
from app.session import Session
from tests.gui.full_disk import FULL, full_disk
from tests.gui.hands import awaited, named, press, type_text, until, wait
from ui.bridge.runner import Failure
from ui.screens.measures import MeasuresScreen
from ui.shell.failure import FailurePage
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.notice import Notice
from ui.widgets.progress import Progress

Open = Callable[..., Window]


def purpose(shown: Window) -> QPlainTextEdit:
    """The field in which the purpose of a walk is written."""
    field = named(shown, "Syfte", QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    return field


def at_purpose(window: Open, walk: str) -> Window:
    """The page about a walk, with the hand on its purpose."""
    shown = window()
    shown.go(Place("plan", walk, part="om"))
    purpose(shown).setFocus()
    return shown


def told(shown: Window) -> str:
    """What the notice says."""
    return shown.tray.notice.text if shown.tray.notice else ""


def test_text_that_cannot_be_written_stays_where_it_is_until_one_goes_again(
    window: Open, session: Session, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = at_purpose(window, walk)
    with full_disk(monkeypatch):
        type_text(purpose(shown), "Se vägen till skolan.")
        shown.go(Place())
        assert shown.place.page == "plan" and purpose(shown).toPlainText() == "Se vägen till skolan."
        assert told(shown) == f"Det som skrevs sist är inte sparat. Det står kvar här. {FULL}"
        shown.resize(600, 900)
        shown.next_theme()
        wait(50)
        assert purpose(shown).toPlainText() == "Se vägen till skolan."
    type_text(purpose(shown), " Och hem.")
    shown.go(Place())
    assert shown.place.page == "home"
    assert session.read(SafetyWalk)[0].purpose == "Se vägen till skolan. Och hem."


def test_who_goes_again_leaves_what_cannot_be_written(window: Open, walk: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = at_purpose(window, walk)
    with full_disk(monkeypatch):
        type_text(purpose(shown), "Se vägen till skolan.")
        shown.go(Place())
        shown.go(Place())
    assert shown.place.page == "home"


def test_the_window_says_once_before_it_closes_that_something_is_not_kept(
    window: Open, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = at_purpose(window, walk)
    with full_disk(monkeypatch):
        type_text(purpose(shown), "Se vägen till skolan.")
        assert not shown.close() and shown.isVisible()
        assert FULL in told(shown)
        assert shown.close()


def at_count(window: Open, session: Session, walk: str) -> tuple[Window, QLineEdit]:
    """The page of participants, with the hand on the whole of how many they are."""
    who = add(session, Participant.KIND, walk, {"count": 1, "role": "Boende"})
    shown = window()
    shown.go(Place("plan", walk, who, part="deltagare"))
    return shown, retyped(shown, "Antal", "tre")


def retyped(shown: Window, name: str, text: str) -> QLineEdit:
    """The line called `name`, with another text typed over what was there."""
    field = named(shown, name, QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.selectAll()
    type_text(field, text)
    return field


def test_a_name_that_cannot_be_written_is_said_before_one_leaves(
    window: Open, session: Session, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, _count = at_count(window, session, walk)
    retyped(shown, "Antal", "1")
    press(shown, "Lägg till namn (valfritt)")
    with full_disk(monkeypatch):
        name = retyped(shown, "Namn", "Anna")
        shown.go(Place())
        assert shown.place.page == "plan" and name.text() == "Anna" and FULL in told(shown)
    type_text(name, " Andersson")
    shown.go(Place())
    assert shown.place.page == "home"
    assert list(names_of(session, walk, session.read(Participant)).values()) == ["Anna Andersson"]


def test_who_mends_a_field_and_errs_again_is_told_again(window: Open, session: Session, walk: str) -> None:
    shown, count = at_count(window, session, walk)
    shown.go(Place())
    assert "'tre' är inget heltal." in told(shown)
    retyped(shown, "Antal", "3")
    shown.shown.flush()
    assert session.read(Participant)[0].count == 3
    shown.tray.clear()
    retyped(shown, "Antal", "tre")
    shown.go(Place())
    assert shown.place.page == "plan" and count.text() == "tre" and "'tre' är inget heltal." in told(shown)


def test_who_errs_in_another_field_too_is_told_again(window: Open, session: Session, walk: str) -> None:
    measure = add_measure(session, walk, (), {"text": "Byt lampan"})
    shown = window()
    shown.go(Place("measure", walk, measure))
    retyped(shown, "Klart senast", "snart")
    shown.go(Place())
    shown.tray.clear()
    retyped(shown, "Följs upp den", "sen")
    shown.go(Place())
    assert shown.place.item == measure and told(shown)
    shown.go(Place())
    assert shown.place.page == "home"


def test_the_same_sentence_on_another_page_is_told_there(window: Open, session: Session, walk: str) -> None:
    measures = [add_measure(session, walk, (), {"text": text}) for text in ("Byt lampan", "Klipp häcken")]
    shown = window()
    for measure in measures:
        shown.go(Place("measure", walk, measure))
        retyped(shown, "Klart senast", "snart")
        shown.go(Place("plan", walk))
        assert shown.place.item == measure and "'snart' är inget datum." in told(shown)
        if measure == measures[0]:
            shown.go(Place("plan", walk))


def test_what_breaks_while_it_is_written_is_not_left_without_a_word(
    window: Open, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = at_purpose(window, walk)
    monkeypatch.setattr("ui.widgets.form.set_fields", _fails)
    type_text(purpose(shown), "Se vägen till skolan.")
    shown.go(Place())
    (page,) = shown.findChildren(FailurePage)
    assert "ZeroDivisionError" in page.report
    assert shown.place.page == "plan" and purpose(shown).toPlainText() == "Se vägen till skolan."
    assert told(shown) == "Det som skrevs sist är inte sparat. Det står kvar här."
    shown.go(Place())
    assert shown.place.page == "home"


def test_a_page_that_always_breaks_when_it_is_left_holds_nobody_for_long(
    window: Open, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = at_purpose(window, walk)
    monkeypatch.setattr(type(shown.shown), "flush", _fails)
    shown.go(Place())
    shown.go(Place())
    assert shown.place.page == "home"


def test_a_problem_that_was_just_said_goes_along_to_the_next_page_until_it_is_read(
    window: Open, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = window()
    shown.fail(Failure("Kopian blev inte till."))
    shown.go(Place("plan", walk))
    assert told(shown) == "Kopian blev inte till."
    monkeypatch.setattr("ui.widgets.notice.MOMENT", 0)
    shown.fail(Failure("Kopian blev inte till."))
    shown.go(Place())
    assert told(shown) == ""
    shown.say(Notice("Borttaget."))
    shown.go(Place("plan", walk))
    assert told(shown) == ""


def test_the_window_is_laid_out_for_its_size_as_soon_as_the_field_is_mended(
    window: Open, session: Session, walk: str
) -> None:
    shown, _count = at_count(window, session, walk)
    shown.resize(600, 900)
    wait(300)
    assert shown.frame.how.room == "wide"
    assert named(shown, "Antal", QLineEdit) is _count and _count.text() == "tre"
    retyped(shown, "Antal", "3")
    until(lambda: shown.frame.how.room == "narrow", "the other arrangement", 2000)
    count = named(shown, "Antal", QLineEdit)
    assert isinstance(count, QLineEdit) and count.hasFocus()
    type_text(count, "0")
    shown.shown.flush()
    assert session.read(Participant)[0].count == 30


def test_what_is_being_mended_is_not_written_at_each_pixel_of_a_size(window: Open, session: Session, walk: str) -> None:
    shown, _count = at_count(window, session, walk)
    for width in range(700, 600, -5):
        shown.resize(width, 900)
        if width == 650:
            retyped(shown, "Antal", "4")
    assert session.read(Participant)[0].count == 1
    until(lambda: shown.frame.how.room == "narrow", "the other arrangement", 2000)
    assert session.read(Participant)[0].count == 4


def test_a_measure_with_a_refused_field_is_deleted_and_left(window: Open, session: Session, walk: str) -> None:
    measure = add_measure(session, walk, (), {"text": "Byt lampan"})
    shown = window()
    shown.go(Place("measures", walk))
    shown.go(Place("measure", walk, measure))
    retyped(shown, "Klart senast", "snart")
    press(shown, "Ta bort åtgärden")
    assert session.read(Measure) == []
    assert shown.place.page == "measures" and "borttagen" in told(shown)


def test_a_participant_a_stop_and_an_observation_with_a_refused_field_are_deleted_and_left(
    window: Open, session: Session, walk: str
) -> None:
    shown, _count = at_count(window, session, walk)
    press(shown, "Ta bort raden")
    stop = session.read(Stop, {"scope": walk})[0]
    seen = next(each for each in session.read(Observation, {"scope": walk}) if each.stop is None)
    shown.go(Place("plan", walk, stop.id, part="rutt"))
    assert shown.place.item == stop.id
    retyped(shown, "Läge", "norrut")
    press(shown, "Ta bort stoppet")
    shown.go(Place("observation", walk, seen.id))
    assert shown.place.item == seen.id
    retyped(shown, "Läge", "norrut")
    press(shown, "Ta bort iakttagelsen")
    until(lambda: shown.place.page == "plan", "the page before")
    assert session.read(Participant) == []
    assert not session.read(Stop, {"id": stop.id}) and not session.read(Observation, {"id": seen.id})


def test_a_value_that_was_refused_stays_in_its_field_when_another_one_is_written(
    window: Open, session: Session, walk: str
) -> None:
    shown = window()
    shown.go(Place("plan", walk, part="deltagare"))
    press(shown, "Lägg till deltagare")
    until(lambda: bool(session.read(Participant)), "the participant")
    count = awaited(shown, "Antal", QLineEdit)
    assert isinstance(count, QLineEdit)
    count.setFocus()
    count.selectAll()
    type_text(count, "tre")
    role = named(shown, "Roll", QLineEdit)
    role.setFocus()
    type_text(role, "Boende")
    until(lambda: session.read(Participant)[0].role == "Boende", "the role")
    wait(50)
    assert count.text() == "tre"
    count.setFocus()
    count.selectAll()
    type_text(count, "3")
    role.setFocus()
    assert session.read(Participant)[0].count == 3


def test_what_is_deleted_right_after_it_was_typed_in_is_deleted(window: Open, session: Session, walk: str) -> None:
    measure = add_measure(session, walk, (), {"text": "Byt lampan"})
    shown = window()
    shown.go(Place("measure", walk, measure))
    text = named(shown, "Åtgärd", QPlainTextEdit)
    text.setFocus()
    type_text(text, "Nu.")
    press(shown, "Ta bort")
    assert session.read(Measure) == [] and session.conflicts(walk) == []


def test_a_walk_is_deleted_right_after_its_name_was_typed(window: Open, session: Session) -> None:
    shown = window()
    shown.go(Place("new_walk"))
    title = named(shown, "Namn", QLineEdit)
    type_text(title, "Fel")
    until(lambda: bool(session.read(SafetyWalk)), "the walk")
    until(lambda: shown.place.walk != "", "its place")
    type_text(named(shown, "Namn", QLineEdit), " namn")
    press(shown, "Ta bort")
    assert session.read(SafetyWalk) == []


def test_a_page_that_cannot_be_shown_leaves_one_where_one_was(
    window: Open, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = window()
    shown.go(Place("plan", walk))
    for broken in ("__init__", "refresh"):
        with monkeypatch.context() as patched:
            patched.setattr(MeasuresScreen, broken, _fails)
            with pytest.raises(ZeroDivisionError):
                shown.go(Place("measures", walk))
        assert shown.place == Place("plan", walk, part=shown.place.part)
        assert shown.shown.isVisible() and shown.shown.place.page == "plan"
    shown.go(Place("measures", walk))
    assert isinstance(shown.shown, MeasuresScreen)


def test_a_window_whose_last_page_cannot_be_shown_opens_at_home_and_reports(
    window: Open, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = window()
    shown.go(Place("measures", walk))
    shown.close()
    monkeypatch.setattr(MeasuresScreen, "refresh", _fails)
    again = window()
    assert again.place == Place()
    (page,) = again.findChildren(FailurePage)
    assert "ZeroDivisionError" in page.report


def _fails(*_anything: object, **_more: object) -> None:
    raise ZeroDivisionError("broken on purpose")


def test_the_report_of_a_failure_stays_over_the_page_that_comes(window: Open, walk: str) -> None:
    shown = window()
    for _time in range(2):
        shown.fail(Failure("Fel", trace="Traceback"))
    shown.go(Place("plan", walk))
    (page,) = shown.findChildren(FailurePage)
    top = shown.childAt(QPoint(shown.width() // 2, 60))
    assert (isinstance(top, QWidget) and page.isAncestorOf(top)) or top is page
    press(page, "Fortsätt")
    shown.fail(Failure("Fel", trace="Traceback"))
    assert [each.isVisible() for each in shown.findChildren(FailurePage) if each is not page] == [True]


def test_work_that_ends_while_its_card_is_made_leaves_no_card(window: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = window()
    going = [True]

    def job() -> Job[None]:
        while going:
            yield Step("Räknar")

    def slowly(self: Progress, *anything: object) -> None:
        going.clear()
        made(self, *anything)  # type: ignore[arg-type]
        assert run.wait(5000)

    made = Progress.__init__
    monkeypatch.setattr(Progress, "__init__", slowly)
    run = shown.work("Räknar", job)
    until(lambda: not going, "the card")
    wait(50)
    assert not [each for each in shown.works.findChildren(Progress) if each.isVisible()]


def test_what_is_shared_right_after_it_was_typed_is_shared_as_typed(window: Open, session: Session, walk: str) -> None:
    measure = add_measure(session, walk, (), {"text": "Gammal text"})
    (read,) = session.read(Measure)
    set_fields(session, read, {"text": "Ny text"})
    shown = window()
    shown.go(Place("measure", walk, measure))
    text = named(shown, "Åtgärd", QPlainTextEdit)
    assert isinstance(text, QPlainTextEdit)
    text.setFocus()
    text.selectAll()
    type_text(text, "Nyast text")
    pane = next(each for each in shown.findChildren(QWidget) if hasattr(each, "_share"))
    pane._share("GATA")
    assert {each.text for each in session.read(Measure)} == {"Nyast text"}
