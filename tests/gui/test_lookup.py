"""What is looked up aside: nothing waits for it, and only the newest answer is told."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from app.base.job import finish
from app.commands.observations import observe
from app.jobs.sync import sync
from app.session import Session
from app.settings import save_window
from tests.gui.hands import buttons, until, wait
from ui.bridge.lookup import Lookup
from ui.bridge.runner import Failure, Runner
from ui.shell.failure import FailurePage
from ui.shell.window import Window
from ui.widgets.bars import SavedChip
from ui.widgets.desk import Place
from ui.widgets.text import Label

Open = Callable[..., Window]
ROOT = Path(__file__).resolve().parents[2]


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
    lookup = Lookup(runner, heard.append, parent)
    lookup.told.connect(heard.append)
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
    wait(100)
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


def test_an_answer_that_has_lost_its_interest_is_not_told_and_the_next_one_is(runner: Runner) -> None:
    parent = QObject()
    lookup, heard = _lookup(runner, parent)
    old, new = Asked("old"), Asked("new")
    lookup.ask(old)
    until(old.began.is_set, "the question")
    lookup.drop()
    old.may.set()
    until(lambda: not runner.busy, "the end")
    assert heard == []
    new.may.set()
    lookup.ask(new)
    until(lambda: bool(heard), "the answer")
    assert heard == ["new"]


def test_threads_are_let_go_of_once_they_have_answered(runner: Runner) -> None:
    parent = QObject()
    lookup, heard = _lookup(runner, parent)
    for count in range(5):
        lookup.ask(partial(pow, count, 1))
        until(lambda: heard == [*range(count + 1)], "the answer")  # noqa: B023, it is over before the next
    until(lambda: not runner.children(), "their end")


def test_what_cannot_be_looked_up_is_reported(window: Open, walk: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_how: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("ui.widgets.bars.newest_state", fails)
    shown = window()
    shown.go(Place("observations", walk))
    until(lambda: bool(shown.findChildren(FailurePage)), "the report")


def test_what_is_written_is_said_to_be_saved_here_at_once(
    window: Open, session: Session, walk: str, tmp_path: Path
) -> None:
    shown = window()
    shown.go(Place("observations", walk))
    finish(sync(session, str(tmp_path), walk=walk))
    (chip,) = shown.findChildren(SavedChip)
    until(lambda: chip.text.startswith("Kopierat till"), "the copy")
    observe(session, walk, {"item": "A1"})
    shown.bell.settle()
    assert chip.text == "Sparat här"


class Silent:
    """A server that does not answer, beside folders that do."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
        self.began, self.may = Event(), Event()
        ask = Path.is_dir

        def is_dir(each: Path) -> bool:
            if each == path:
                self.began.set()
                self.may.wait(30)
            return ask(each)

        monkeypatch.setattr(Path, "is_dir", is_dir)


@pytest.mark.parametrize("page", ["devices", "finish"])
def test_a_server_that_is_silent_holds_neither_the_page_nor_the_stick_beside_it(
    window: Open, session: Session, walk: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    targets = [tmp_path / "SERVER", tmp_path / "GATLJUS-1"]
    for each in targets:
        each.mkdir()
        finish(sync(session, str(each), walk=walk))
    silent = Silent(monkeypatch, targets[0])
    shown = window()
    shown.go(Place(page, walk))
    until(silent.began.is_set, "the question to the server")
    until(lambda: any("GATLJUS-1" in each.text() for each in buttons(shown.shown)), "the stick")
    said = [each.text() for each in shown.shown.findChildren(Label) if each.isVisible()]
    assert not any("Går inte att nå" in each for each in said), "nobody knows that yet"
    assert any("mottagna" in each or "den här enheten" in each.casefold() for each in said), "the receipts"
    shown.go(Place("observations", walk))
    assert shown.place.page == "observations"
    silent.may.set()
    until(lambda: not shown.runner.busy, "the end")


CLOSED = """
import sys
from pathlib import Path
from threading import Event
from PySide6.QtCore import QTimer
import ui.__main__ as start
began = Event()
ask = Path.is_dir
def is_dir(path):
    if path.name == "SERVER":
        began.set()
        Event().wait()
    return ask(path)
Path.is_dir = is_dir
class Closing(start.Window):
    def watch(self):
        if began.is_set():
            print("closes", flush=True)
            self.close()
            print("closed", flush=True)
        else:
            QTimer.singleShot(20, self.watch)
    def open(self):
        super().open()
        self.watch()
start.Window = Closing
sys.exit(start.main([sys.argv[1]]))
"""


def test_a_window_closes_though_a_server_never_answers(session: Session, walk: str, tmp_path: Path) -> None:
    target = tmp_path / "SERVER"
    target.mkdir()
    finish(sync(session, str(target), walk=walk))
    save_window(session.home, {"places": [Place().as_data(), Place("devices", walk).as_data()]})
    session.close()
    done = subprocess.run(
        [sys.executable, "-c", CLOSED, str(session.home)], cwd=ROOT, capture_output=True, text=True, timeout=120,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, ["closes", "closed"], "")
    with closing(Session(session.home)) as again:
        assert again.soundness.look() is None
