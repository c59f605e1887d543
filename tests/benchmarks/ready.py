"""`ready.py FOLDER`: prints pairs of seconds, one per line: from a chosen photo of 12 megapixels until the window takes
the next press, and the least that keeping the file costs: read, hash, write, fsync.

Run as a process of its own by `bench_window.py`. Both sides are measured in turn, photo by photo; the photo's copies
are made meanwhile in the job, which is waited for between two photos and not counted.
"""

import hashlib
import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.commands.observations import observe  # noqa: E402
from app.commands.walks import new_walk  # noqa: E402
from app.session import Session  # noqa: E402
from tests.gui.hands import Answers, press  # noqa: E402
from ui.bridge.garbage import Collector  # noqa: E402
from ui.shell.window import Window  # noqa: E402
from ui.widgets.desk import Place  # noqa: E402
from ui.widgets.look import load_fonts  # noqa: E402

PHOTO = ROOT / "tests" / "data" / "photos" / "IMG_0412.jpg"
PHOTOS = 20


def _files(folder: Path) -> list[Path]:
    """Photos that differ: what follows a JPEG's end is not looked at."""
    folder.mkdir(parents=True)
    data = PHOTO.read_bytes()
    made = [folder / f"IMG_{number:04}.jpg" for number in range(PHOTOS)]
    for path in made:
        path.write_bytes(data + path.name.encode())
    return made


def _least(source: Path, target: Path) -> float:
    started = time.perf_counter()
    data = source.read_bytes()
    hashlib.sha256(data).hexdigest()
    with open(target, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    return time.perf_counter() - started


def _ready(window: Window, name: str) -> float:
    """Seconds from the press that chooses a file until the event loop has nothing more to do."""
    started = time.perf_counter()
    press(window, name)
    loop = QEventLoop()
    QTimer.singleShot(0, loop.quit)
    loop.exec()
    return time.perf_counter() - started


def main(folder: Path) -> None:
    """Measure and print."""
    app = QApplication([])
    Collector(app)
    load_fonts()
    answers = Answers()
    session = Session(folder / "home")
    walk = new_walk(session, {"title": "Foton"})
    seen = observe(session, walk, {"item": "A1"})
    window = Window(session, app, answers)
    window.resize(800, 1280)
    window.show()
    window.go(Place("observe", walk, seen, "severity"))
    QTest.qWait(300)
    for number, path in enumerate(_files(folder / "card")):
        answers.opened.append([path])
        name = "Välj foton" if number == 0 else "Ett foto till"
        ours = _ready(window, name)
        while window.runner.busy:
            QTest.qWait(20)
        QTest.qWait(100)
        print(ours, _least(path, folder / f"bare{number}"), flush=True)
    window.close()
    session.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
