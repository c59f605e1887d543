"""The window: how soon it is there, and whether it answers while work goes on."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from app.commands.walks import new_walk
from app.session import Session
from tests.benchmarks.protocol import Benchmark, Outcome, Pairs, compare, timed

BARE = """
import os
from PySide6.QtWidgets import QApplication, QWidget
from PySide6.QtCore import QTimer
class Bare(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, lambda: os._exit(0))
app = QApplication([])
window = Bare()
window.resize(1280, 800)
window.show()
app.exec()
"""
"""Both end, without closing anything, when the first picture has been handed to the screen."""

OURS = """
import os
import sys
from PySide6.QtCore import QTimer
import ui.__main__ as start
class Timed(start.Window):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: os._exit(0))
start.Window = Timed
start.main([sys.argv[1]])
"""

WALKS = 20


def _run(code: str, compiled: Path, *words: str) -> None:
    """Run code as on a person's machine: what was compiled at the first start lies ready."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONUTF8": "1",
        "PYTHONPYCACHEPREFIX": str(compiled),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run([sys.executable, "-c", code, *words], check=True, env=environment, cwd=Path.cwd())


class Homes:
    """A home with twenty walks."""

    def __init__(self, folder: Path) -> None:
        self.path, self._compiled = folder / "home", folder / "compiled"
        session = Session(self.path)
        for number in range(WALKS):
            new_walk(session, {"title": f"Vandring {number}", "area": "Centrum"})
        session.close()
        self.ours()
        self.bare()

    def ours(self) -> None:
        """From the start of the process to the first painted window."""
        _run(OURS, self._compiled, str(self.path))

    def bare(self) -> None:
        """The same for an empty window."""
        _run(BARE, self._compiled)


def heartbeat(folder: Path) -> Outcome:
    """The worst gap of a 20 ms heartbeat while 300 photos are imported and a walk is synced, less that of an idle
    window."""
    code = Path(__file__).with_name("heartbeat.py")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    gaps = []
    for number in range(3):
        home = folder / f"beat{number}"
        done = subprocess.run(
            [sys.executable, str(code), str(home)], check=True, env=environment, capture_output=True, text=True
        )
        idle, busy = (float(part) for part in done.stdout.split()[-2:])
        gaps.append((busy - idle, idle, busy))
    gaps.sort()
    value, idle, busy = gaps[1]
    return Outcome(value, gaps[0][0], gaps[2][0], f"{idle:.0f} ms idle, {busy:.0f} ms at work")


def ready(folder: Path) -> Outcome:
    """From a chosen photo until the window takes the next press, against read, hash, write and fsync of the file."""
    code = Path(__file__).with_name("ready.py")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    command = [sys.executable, str(code), str(folder / "ready")]
    done = subprocess.run(command, check=True, env=environment, capture_output=True, text=True)
    pairs = [tuple(float(part) for part in line.split()) for line in done.stdout.splitlines()]
    return Pairs(tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)).ratio()


def benchmarks() -> Iterator[Benchmark]:
    """Opening, answering."""
    with tempfile.TemporaryDirectory(prefix="gatljus-") as folder:
        homes = Homes(Path(folder))
        name = "first window, home with 20 walks"
        yield Benchmark(f"{name} / bare window", "ratio", 4, lambda: compare(homes.ours, homes.bare, pairs=10))
        yield Benchmark(name, "limit", 1.0, lambda: timed(homes.ours, 10), "s")
        yield Benchmark(
            "worst gap of a heartbeat while importing and syncing, less the idle one",
            "limit",
            100,
            lambda: heartbeat(Path(folder)),
            "ms",
        )
        name = "photo of 12 megapixels chosen, until the next press is taken / read, hashed, written, fsynced"
        yield Benchmark(name, "ratio", 2.5, lambda: ready(Path(folder)))
