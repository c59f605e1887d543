"""`heartbeat.py HOME`: prints the worst gap (ms) of a 20 ms heartbeat of the window, idle and at work.

Run as a process of its own by `bench_window.py`: the window at the photos of a walk, then 300 photos imported and the
walk synced to a folder, both as a person would, in jobs of the window.
"""

import sys
import time
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.commands.walks import new_walk  # noqa: E402
from app.domain.records import SafetyWalk  # noqa: E402
from app.jobs.photos import import_photos  # noqa: E402
from app.jobs.sync import sync  # noqa: E402
from app.session import Session  # noqa: E402
from tests.gui.hands import wait  # noqa: E402
from ui.bridge.garbage import Collector  # noqa: E402
from ui.shell.window import Window  # noqa: E402
from ui.widgets.desk import Place  # noqa: E402
from ui.widgets.look import load_fonts  # noqa: E402

PHOTOS, BEAT_MS, IDLE_MS = 300, 20, 4000


class Heart:
    """Beats each 20 ms and remembers the worst gap."""

    def __init__(self, app: QApplication) -> None:
        self._timer = QTimer(app)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self.begin()
        self._timer.start(BEAT_MS)

    def begin(self) -> None:
        """Forget what was."""
        self._last, self.worst = time.perf_counter(), 0.0

    def _beat(self) -> None:
        now = time.perf_counter()
        self.worst, self._last = max(self.worst, 1000 * (now - self._last)), now


def _photos(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for number in range(PHOTOS):
        image = Image.effect_noise((1200, 900), 40 + number % 50).convert("RGB")
        image.save(folder / f"IMG_{number:04}.jpg", quality=85)
    return folder


def main(home: Path) -> None:
    """Measure and print."""
    card, meeting = _photos(home.with_name(f"{home.name} card")), home.with_name(f"{home.name} meeting")
    meeting.mkdir()
    app = QApplication([])
    Collector(app)
    load_fonts()
    session = Session(home)
    scope = new_walk(session, {"title": "Många foton"})
    (walk,) = session.read(SafetyWalk, {"id": scope})
    window = Window(session, app)
    window.show()
    window.go(Place("photos", scope))
    wait(1000)
    heart = Heart(app)
    wait(IDLE_MS)
    idle = heart.worst
    heart.begin()
    for what, begin in (
        ("import", lambda: import_photos(session, walk, [card])),
        ("sync", lambda: sync(session, str(meeting), walk=scope)),
    ):
        run = window.work(what, begin)
        while not run.isFinished():
            wait(20)
    wait(200)
    print(idle, heart.worst)
    window.close()
    session.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
