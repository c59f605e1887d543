"""The window as a program: what becomes of it when it is killed, started twice, or refused its home."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.session import Session
from app.settings import Settings, save_settings
from ui.shell.window import Window
from ui.widgets.desk import Place

ROOT = Path(__file__).resolve().parents[2]
Open = Callable[..., Window]


KILLED = """
import sys
from PySide6.QtCore import QTimer
import ui.__main__ as start
from ui.widgets.desk import Place
from ui.widgets.focus import FocusRing
class There(start.Window):
    def showEvent(self, event):
        super().showEvent(event)
        QTimer.singleShot(0, self.arrive)
    def arrive(self):
        self.go(Place("information", sys.argv[2]))
        print("there", flush=True)
start.Window = There
start.main([sys.argv[1]])
"""


@contextmanager
def _started(code: str, *words: str) -> Iterator[subprocess.Popen[str]]:
    """A program of its own, which ends with the block."""
    command, said = [sys.executable, "-c", code, *words], os.environ.copy()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", env=said) as process:
        try:
            yield process
        finally:
            process.kill()


def test_a_killed_window_reopens_where_it_was(window: Open, session: Session, walk: str) -> None:
    with _started(KILLED, str(session.home), walk) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "there\n"
        killed.send_signal(signal.SIGKILL)
    assert window().place == Place("information", walk)


SECOND = """
import sys
import ui.__main__ as start
from ui.shell.recovery import Recovery
Recovery.tell = lambda _self, text: print(text.splitlines()[0], flush=True)
sys.exit(start.main([sys.argv[1]]))
"""


def test_a_home_has_one_window(session: Session, walk: str) -> None:
    with _started(KILLED, str(session.home), walk) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "there\n"
        with _started(SECOND, str(session.home)) as second:
            assert second.stdout is not None
            assert second.stdout.readline() == "Gatljus är redan öppet för den här mappen.\n"
            assert second.wait() == 1
        first.kill()


REFUSED = """
import sys
from PySide6.QtWidgets import QMessageBox
import ui.__main__ as start
def told(box):
    print(box.text().splitlines()[0], [each.text() for each in box.buttons() if not each.isHidden()], flush=True)
QMessageBox.exec = told
sys.exit(start.main([sys.argv[1]]))
"""


def test_what_keeps_a_home_from_opening_is_said_in_the_language_of_the_home(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    save_settings(home, Settings(language="en"))
    (home / "gatljus.db").mkdir()
    with _started(REFUSED, str(home)) as refused:
        assert refused.stdout is not None
        said = refused.stdout.readline()
        assert refused.wait() == 1
    assert said.startswith("It is not possible to write in") and said.endswith(
        " ['Close', 'Rescue everything to a ZIP']\n"
    )
