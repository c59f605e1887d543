"""A window whose walk has gone leads home, whatever one was doing there."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from app.base.job import Job
from app.commands.walks import new_walk
from app.domain.records import Observation, SafetyWalk
from app.jobs import purge as jobs
from app.jobs.purge import Gone
from app.session import Session
from app.storage.log import Write
from tests.gui.hands import named, press, says, type_text, until, wait
from tests.gui.removing import GONE, Open, elsewhere, emptied
from tests.whole.program import Gatljus
from ui.screens.remove import part_of
from ui.shell.failure import FailurePage
from ui.shell.window import Window
from ui.widgets.desk import Place


def typing(shown: Window) -> None:
    """Begin to type in the first line or text of the page."""
    page = shown.shown
    fields: list[QPlainTextEdit | QLineEdit] = [*page.findChildren(QPlainTextEdit), *page.findChildren(QLineEdit)]
    field = next(each for each in fields if each.isVisible() and not each.isReadOnly())
    field.setFocus()
    type_text(field, "Halvskrivet")


PLACES = {
    "walk": (Place("walk"), False),
    "observe": (Place("observe", part="text"), True),
    "observation": (Place("observation"), True),
    "observations": (Place("observations"), False),
    "photos": (Place("photos"), False),
    "plan": (Place("plan", part="om"), True),
    "devices": (Place("devices"), False),
    "finish": (Place("finish"), False),
    "remove": (Place("remove"), False),
}


@pytest.mark.parametrize("deed", [jobs.purge, emptied], ids=["purged", "emptied"])
@pytest.mark.parametrize("where", PLACES)
def test_a_page_whose_walk_has_gone_leads_home_and_what_was_being_typed_is_written_nowhere(
    window: Open, session: Session, walk: str, where: str, deed: Callable[[Session, SafetyWalk], Job[object]]
) -> None:
    place, types = PLACES[where]
    shown = window()
    item = session.read(Observation, {"scope": walk})[0].id if where in ("observe", "observation") else ""
    shown.go(replace(place, walk=walk, item=item))
    assert shown.place.page == where
    if types:
        typing(shown)
    elsewhere(session.home, deed, walk)
    until(lambda: shown.place == Place(), "home")
    wait(700)
    assert shown.tray.notice is not None
    assert shown.tray.notice.text == (GONE if deed is jobs.purge else "Vandringen finns inte här längre.")
    assert not shown.findChildren(FailurePage)
    assert not session.log.scopes()
    shown.back()
    assert shown.place == Place()


def test_what_is_typed_before_the_window_knows_is_refused_and_harms_nothing(
    window: Open, session: Session, walk: str
) -> None:
    shown = window()
    shown.go(Place("plan", walk, part="om"))
    shown.bell.stop()
    elsewhere(session.home, jobs.purge, walk)
    field = named(shown, "Namn", QLineEdit)
    field.setFocus()
    type_text(field, "Ny")
    wait(700)
    assert not session.log.scopes() and not shown.findChildren(FailurePage)
    shown.go(Place("walk", walk))
    shown.go(Place("walk", walk))
    assert shown.place == Place() and not shown.findChildren(FailurePage)
    assert shown.tray.notice is not None and shown.tray.notice.text == GONE


@pytest.mark.parametrize("deed", [jobs.purge, emptied], ids=["purged", "emptied"])
def test_what_is_half_typed_when_the_window_hears_of_it_is_not_tried_to_be_written(
    window: Open,
    session: Session,
    walk: str,
    deed: Callable[[Session, SafetyWalk], Job[object]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = window()
    shown.activateWindow()
    QTest.qWaitForWindowActive(shown)
    shown.go(Place("plan", walk, part="om"))
    tried: list[str] = []
    elsewhere(session.home, deed, walk)
    typing(shown)
    writing = session.log.writing

    def watched(scope: str) -> AbstractContextManager[Write]:
        tried.append(scope)
        return writing(scope)

    monkeypatch.setattr(session.log, "writing", watched)
    shown.bell.rang.emit({})
    wait(700)
    assert shown.place == Place() and not tried and not session.log.scopes()


def test_the_way_back_does_not_lead_to_a_walk_that_has_gone(window: Open, session: Session, walk: str) -> None:
    shown = window()
    for place in (Place("walk", walk), Place("observations", walk), Place("fetch")):
        shown.go(place)
    elsewhere(session.home, jobs.purge, walk)
    shown.back()
    assert shown.place == Place()
    assert shown.tray.notice is not None and shown.tray.notice.text == GONE


def test_the_program_is_not_reopened_at_a_walk_that_has_gone(window: Open, session: Session, walk: str) -> None:
    shown = window()
    shown.go(Place("observations", walk))
    shown.go(Place("remove", walk))
    press(shown, "Gallra …")
    press(shown, "Gallra för alltid")
    until(lambda: says(shown, "Vandringen är gallrad här."), "the outcome")
    kept = (session.home / "window.json").read_text("utf-8")
    assert walk not in kept and "remove" not in kept
    shown.back()
    assert shown.place == Place() and shown.tray.notice is None
    shown.go(Place("remove", part=part_of(Gone())))
    shown.close()
    assert window().place == Place()


def test_a_purge_by_the_command_line_reaches_the_window_that_is_open(window: Open, session: Session, walk: str) -> None:
    shown = window()
    shown.go(Place("observations", walk))
    said = Gatljus(session.home, environment=dict(os.environ)).run("walk", "purge", walk, "--yes")
    assert said.code == 0, said.sentence
    until(lambda: shown.place == Place(), "home")
    assert shown.tray.notice is not None and shown.tray.notice.text == GONE


def test_another_walk_is_not_left(window: Open, session: Session, walk: str) -> None:
    other = new_walk(session, {"title": "Berghäll"})
    shown = window()
    shown.go(Place("observations", walk))
    page = shown.shown
    elsewhere(session.home, jobs.purge, other)
    wait(1300)
    assert shown.shown is page
    assert shown.place == Place("observations", walk) and shown.tray.notice is None
