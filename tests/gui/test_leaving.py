"""Leaving a page, or the program: nothing that was typed goes without a word, and nothing holds anybody."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.base.errors import GatljusError
from app.base.job import Job, Step
from app.commands.measures import add_measure
from app.commands.records import set_fields
from app.domain.records import Measure, Participant, SafetyWalk
from app.session import Session
from tests.gui.hands import awaited, named, press, type_text, until
from ui.bridge.runner import Failure
from ui.screens.measures import MeasuresScreen
from ui.shell.failure import FailurePage
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.notice import Progress

Open = Callable[..., Window]
FULL = "Disken är full."


@contextmanager
def full_disk(session: Session, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing can be written meanwhile."""

    @contextmanager
    def writing(_scope: str) -> Iterator[None]:
        raise GatljusError("home-full", FULL)
        yield

    with monkeypatch.context() as patched:
        patched.setattr(session.log, "writing", writing)
        yield


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
    with full_disk(session, monkeypatch):
        type_text(purpose(shown), "Se vägen till skolan.")
        shown.go(Place())
        assert shown.place.page == "plan" and purpose(shown).toPlainText() == "Se vägen till skolan."
        assert told(shown) == f"Det som skrevs sist är inte sparat. Det står kvar här. {FULL}"
        shown.resize(600, 900)
        shown.next_theme()
        QTest.qWait(50)
        assert purpose(shown).toPlainText() == "Se vägen till skolan."
    type_text(purpose(shown), " Och hem.")
    shown.go(Place())
    assert shown.place.page == "home"
    assert session.read(SafetyWalk)[0].purpose == "Se vägen till skolan. Och hem."


def test_who_goes_again_leaves_what_cannot_be_written(
    window: Open, session: Session, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = at_purpose(window, walk)
    with full_disk(session, monkeypatch):
        type_text(purpose(shown), "Se vägen till skolan.")
        shown.go(Place())
        shown.go(Place())
    assert shown.place.page == "home"


def test_the_window_says_once_before_it_closes_that_something_is_not_kept(
    window: Open, session: Session, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = at_purpose(window, walk)
    with full_disk(session, monkeypatch):
        type_text(purpose(shown), "Se vägen till skolan.")
        assert not shown.close() and shown.isVisible()
        assert FULL in told(shown)
        assert shown.close()


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
    QTest.qWait(50)
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


def _fails(*_anything: object) -> None:
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
    QTest.qWait(50)
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
