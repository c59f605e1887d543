"""Copying that is paused, goes on, is stopped or left while it rests; and what is noted meanwhile."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from app.base.job import Job, Step, finish
from app.commands.observations import observe
from app.domain.records import Observation, SafetyWalk
from app.jobs.photos import import_photos
from app.jobs.sync import sync
from app.session import Session
from app.sync.targets.folder import FolderTarget
from tests.gui.hands import button, press, press_when_there, says, until, wait
from tests.gui.pages import PHOTOS
from ui.bridge.runner import Runner
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.progress import Progress
from ui.widgets.text import Label

Open = Callable[..., Window]
WHAT = "Kopierar till GATLJUS-1"
FILES = 9
"""Of three photos."""


class Slow:
    """A folder that waits with its `at`th file of a photo until it may go on. `put` are the files that went."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
        self.waits, self.may = threading.Event(), threading.Event()
        self.put: list[str] = []
        whole = FolderTarget.put_new

        def put_new(target: FolderTarget, name: str, data: bytes) -> None:
            if "/blobs/" in name:
                self.put.append(name)
                if len(self.put) == at:
                    self.waits.set()
                    assert self.may.wait(60)
            whole(target, name, data)

        monkeypatch.setattr(FolderTarget, "put_new", put_new)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder to copy to, which has the walk's first changes and its list of questions."""
    made = tmp_path / "GATLJUS-1"
    made.mkdir()
    return made


@pytest.fixture
def photographed(session: Session, walk: str, folder: Path) -> str:
    """The walk, which was copied once, with three photos since."""
    finish(sync(session, str(folder), walk=walk))
    files = [PHOTOS / name for name in ("fold_1.jpg", "latin1.jpg", "orientation_6.jpg")]
    finish(import_photos(session, session.read(SafetyWalk, {"id": walk})[0], files))
    return walk


def lying(folder: Path, walk: str) -> set[str]:
    """The files of photos in the folder."""
    return {path.name for path in (folder / "gatljus1" / walk / "blobs").iterdir()}


def begun(window: Open, walk: str, slow: Slow) -> Window:
    """The window, in which copying has come to the file that waits; it has been paused there."""
    shown = window(800, 1280)
    shown.go(Place("devices", walk))
    press_when_there(shown, "Synka med GATLJUS-1")
    until(slow.waits.is_set, "the file that waits")
    press_when_there(shown, f"Pausa: {WHAT}")
    slow.may.set()
    until(lambda: len(slow.put) > 3, "the file that was under way")
    return shown


def test_a_pause_takes_hold_after_the_file_under_way_and_everything_can_be_noted_meanwhile(
    window: Open, session: Session, photographed: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(monkeypatch, 4)
    before = lying(folder, photographed)
    shown = begun(window, photographed, slow)
    until(lambda: len(lying(folder, photographed) - before) == 4, "the file under way has gone whole")
    wait(300)
    assert len(slow.put) == 4 and shown.runner.busy
    assert says(shown, "Pausat. Det som är gjort ligger kvar.")
    observe(session, photographed, {"item": "A3", "text": "Skrivet i pausen"})
    with session.log.database.reading() as tables:
        assert tables.execute("pragma wal_checkpoint(truncate)").fetchone()[0] == 0, "nobody holds the database"
    assert any(each.text == "Skrivet i pausen" for each in session.read(Observation))
    press(shown, f"Fortsätt: {WHAT}")
    until(lambda: bool(shown.tray.notice and shown.tray.notice.text.startswith("Klart")), "the end")
    assert len(slow.put) == len(set(slow.put)) == FILES


def test_a_pause_can_be_stopped_and_the_next_copying_takes_exactly_the_rest(
    window: Open, photographed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(monkeypatch, 4)
    shown = begun(window, photographed, slow)
    press(shown, f"Avbryt: {WHAT}")
    until(lambda: not shown.findChildren(Progress), "stopped")
    press_when_there(shown, "Synka med GATLJUS-1")
    until(lambda: bool(shown.tray.notice and shown.tray.notice.text.startswith("Klart")), "the end")
    assert len(slow.put) == len(set(slow.put)) == FILES


def test_a_window_that_is_closed_while_copying_rests_ends_at_once_and_leaves_a_true_state(
    window: Open, session: Session, photographed: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(monkeypatch, 4)
    shown = begun(window, photographed, slow)
    until(lambda: shown.runner.busy and len(slow.put) == 4, "the rest")
    shown.close()
    until(lambda: not shown.runner.busy, "the end")
    assert shown.runner.ended
    report = finish(sync(session, str(folder), walk=photographed)).reports[photographed]
    assert report.sent.blobs == FILES - 4 and report.copied


def test_how_far_it_has_come_is_said_in_bytes(window: Open, photographed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow(monkeypatch, 9)
    shown = window(800, 1280)
    shown.go(Place("devices", photographed))
    press_when_there(shown, "Synka med GATLJUS-1")
    until(slow.waits.is_set, "the last file")
    until(lambda: says(shown, f"{WHAT}: Fil 9 av 9"), "what is being done")
    (card,) = [each for each in shown.findChildren(Progress) if each.isVisible()]
    told = [each.text() for each in card.findChildren(Label)]
    assert any(each.endswith("\N{NO-BREAK SPACE}kB. Du kan fortsätta arbeta.") for each in told), told
    slow.may.set()
    until(lambda: bool(shown.tray.notice and shown.tray.notice.text.startswith("Klart")), "the end")


def test_a_job_that_rests_before_its_first_step_does_nothing(parent: QObject) -> None:
    runner, begun_at = Runner(lambda: None, parent), list[int]()

    def job() -> Job[str]:
        begun_at.append(1)
        yield Step("ett")
        begun_at.append(2)
        return "klart"

    run, ended, told = runner.start(job), list[str](), list[bool]()
    run.done.connect(ended.append)
    run.rested.connect(told.append)
    run.rest()
    run.rest()
    until(run.isRunning, "the thread")
    wait(100)
    assert not begun_at and run.rests and told == [True]
    run.rest(False)
    until(lambda: ended == ["klart"], "the end")
    assert begun_at == [1, 2] and told == [True, False]


def test_one_that_was_stopped_does_not_rest(parent: QObject) -> None:
    runner, told = Runner(lambda: None, parent), list[str]()

    def job() -> Job[None]:
        yield Step("ett")

    run = runner.start(job)
    run.cancelled.connect(lambda: told.append("stopped"))
    run.cancel()
    run.rest()
    until(lambda: told == ["stopped"], "the end")
    assert not run.rests


def test_the_button_says_what_it_does(window: Open) -> None:
    shown, may = window(), threading.Event()

    def job() -> Job[None]:
        for number in range(1000):
            may.wait(0.01)
            yield Step("sak", number, 1000)

    run = shown.work("Räknar", job)
    press_when_there(shown, "Pausa: Räknar")
    assert button(shown, "Fortsätt: Räknar").text() == "Fortsätt"
    press(shown, "Fortsätt: Räknar")
    assert button(shown, "Pausa: Räknar").text() == "Pausa"
    run.cancel()
    until(lambda: not shown.findChildren(Progress), "the end")
