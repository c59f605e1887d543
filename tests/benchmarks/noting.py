"""`noting.py FOLDER`: prints how many presses an observation with a photo takes, then for each of some observations the
seconds from the first press until it is stored with its photo.

Run as a process of its own by `bench_field.py`. The presses are a mouse's, in the window as it is on a tablet with a
camera (its software twin). Before each press goes as long as a person takes to look and to move the hand.
"""

import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.commands.stops import add_stop  # noqa: E402
from app.commands.walks import new_walk  # noqa: E402
from app.domain.records import Photo  # noqa: E402
from app.domain.values import Position  # noqa: E402
from app.session import Session  # noqa: E402
from tests.gui.hands import Answers, button, until, wait  # noqa: E402
from tests.gui.twins import Told, Twins  # noqa: E402
from ui.bridge.garbage import Collector  # noqa: E402
from ui.shell.window import Window  # noqa: E402
from ui.widgets.desk import Place  # noqa: E402
from ui.widgets.live_view import LiveView  # noqa: E402
from ui.widgets.look import load_fonts  # noqa: E402

LOOKS_MS = 1500
"""A person looks, and moves the hand, for so long before each press."""
ROUNDS = 5
HERE = Position(60.1752, 24.9452)
PRESSES = ("Ny iakttagelse", "Belysning, kategori A", "Lampa släckt eller trasig", "Ta foto")


class User:
    """Presses, and counts it."""

    def __init__(self, window: Window) -> None:
        self.window, self.taps = window, 0

    def press(self, name: str) -> None:
        """Look for a button, and press it where it is seen in the window."""
        wait(LOOKS_MS)
        found, window = button(self.window, name), self.window
        self.taps += 1
        where = found.mapTo(window, found.rect().center())
        QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=where)


def _seen(window: Window) -> bool:
    return any(not each.eye.picture().isNull() for each in window.findChildren(LiveView))


def main(folder: Path) -> None:
    """Note, and print."""
    app = QApplication([])
    Collector(app)
    load_fonts()
    session = Session(folder)
    walk = new_walk(session, {"title": "Iakttagelser", "info_shown_at": session.clock()})
    add_stop(session, walk, {"name": "Växthusgrinden", "position": HERE})
    window = Window(session, app, Answers())
    Twins(window.runner, sees=True)
    window.resize(800, 1280)
    window.show()
    receiver = Told(window.guide)
    window.guide.listen(receiver)
    receiver.say(HERE)
    user, rounds = User(window), list[float]()
    for number in range(1, ROUNDS + 1):
        window.go(Place("walk", walk, part="map"))
        wait(500)
        started = time.perf_counter()
        for name in PRESSES[:-1]:
            user.press(name)
        until(lambda: _seen(window), "a picture")
        user.press(PRESSES[-1])
        until(lambda number=number: len(_kept(session, walk)) == number, "the photo")  # type: ignore[misc]
        rounds.append(time.perf_counter() - started)
        until(lambda: not window.runner.busy, "the end")
    print(user.taps / ROUNDS, *rounds)
    window.close()
    session.close()


def _kept(session: Session, walk: str) -> list[Photo]:
    return [each for each in session.read(Photo, {"scope": walk}) if each.observation is not None]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
