"""What is looked up aside: nothing waits for it, and only the newest answer is told."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from app.base.job import finish
from app.jobs.sync import sync
from app.queries import whereabouts
from app.session import Session
from tests.gui.hands import until
from ui.bridge.lookup import Lookup
from ui.bridge.runner import Failure, Runner
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.text import Label

Open = Callable[..., Window]


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[Runner]:
    """What starts threads."""
    made = Runner(lambda: None, qapp)
    yield made
    made.stop_all()


class Asked:
    """A question that waits until it may be answered."""

    def __init__(self, answer: object) -> None:
        self.began, self.may, self._answer = Event(), Event(), answer

    def __call__(self) -> object:
        self.began.set()
        assert self.may.wait(20)
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


def _lookup(runner: Runner, parent: QObject) -> tuple[Lookup, list[Any]]:
    heard: list[Any] = []
    lookup = Lookup(runner, parent)
    lookup.told.connect(heard.append)
    lookup.failed.connect(heard.append)
    return lookup, heard


def test_of_several_questions_the_last_one_alone_is_answered(runner: Runner) -> None:
    parent = QObject()
    lookup, heard = _lookup(runner, parent)
    first, second, third = Asked(1), Asked(2), Asked(3)
    lookup.ask(first)
    until(first.began.is_set, "the first question")
    lookup.ask(second)
    lookup.ask(third)
    for each in (first, second, third):
        each.may.set()
    until(lambda: bool(heard), "an answer")
    QTest.qWait(100)
    assert heard == [3] and not second.began.is_set()


def test_a_question_that_fails_says_so_and_the_next_one_is_answered(runner: Runner) -> None:
    parent = QObject()
    lookup, heard = _lookup(runner, parent)
    bad, good = Asked(OSError(5, "silent")), Asked("there")
    for each in (bad, good):
        each.may.set()
    lookup.ask(bad)
    until(lambda: len(heard) == 1, "the refusal")
    lookup.ask(good)
    until(lambda: len(heard) == 2, "the answer")
    assert isinstance(heard[0], Failure) and heard[1] == "there"


def test_nothing_is_told_to_a_page_that_has_gone_nor_asked_once_all_is_stopped(runner: Runner) -> None:
    parent = QObject()
    lookup, heard = _lookup(runner, parent)
    asked, late = Asked(1), Asked(2)
    lookup.ask(asked)
    until(asked.began.is_set, "the question")
    delete(parent)
    asked.may.set()
    until(lambda: not runner.busy, "the end")
    runner.stop_all()
    parent = QObject()
    lookup, _heard = _lookup(runner, parent)
    lookup.ask(late)
    until(lambda: not runner.busy, "the end")
    assert heard == [] and not late.began.is_set()


@pytest.mark.parametrize("page", ["devices", "finish"])
def test_a_server_that_is_silent_holds_nobody(
    window: Callable[..., Window],
    session: Session,
    walk: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    page: str,
) -> None:
    target = tmp_path / "GATLJUS-1"
    target.mkdir()
    finish(sync(session, str(target), walk=walk))
    silent = Asked(frozenset({str(target)}))
    monkeypatch.setattr(f"ui.screens.{page}.reachable", lambda _labels: silent())
    shown = window()
    shown.go(Place(page, walk))
    until(silent.began.is_set, "the question to the server")
    said = [each.text() for each in shown.shown.findChildren(Label) if each.isVisible()]
    assert any("Enheter" in each or "Avsluta vandringen" in each for each in said)
    shown.go(Place("observations", walk))
    assert shown.place.page == "observations"
    silent.may.set()
    until(lambda: not shown.runner.busy, "the end")
    assert whereabouts.reachable([str(target), str(tmp_path / "gone")]) == {str(target)}
