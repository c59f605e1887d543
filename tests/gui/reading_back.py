"""The program itself, started over a home: a backup is chosen and read back, and what the window shows after that is
told. `home`, and `look` to only say that it is open and wait."""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.domain.records import Observation
from tests.gui.hands import press, press_when_there, until
from ui.__main__ import main
from ui.shell.window import Window
from ui.widgets.desk import Place


def _window() -> Window:
    (found,) = (each for each in QApplication.topLevelWidgets() if isinstance(each, Window) and each.isVisible())
    return found


def _read_back() -> None:
    window = _window()
    window.go(Place("backups"))
    press_when_there(window, "Läs tillbaka: ")
    press(window, "Läs tillbaka den")
    QTimer.singleShot(0, _after)


def _after() -> None:
    def anew() -> bool:
        return any(
            isinstance(each, Window) and each.isVisible() and each.place.page != "backups"
            for each in QApplication.topLevelWidgets()
        )

    until(lambda: bool(QApplication.topLevelWidgets()), "a window")
    if not anew():
        QTimer.singleShot(50, _after)
        return
    window = _window()
    texts = sorted(each.text for each in window.session.read(Observation))
    print("shown", ",".join(texts), flush=True)
    print("said", window.tray.notice.text if window.tray.notice else "", flush=True)
    window.close()


def _wait() -> None:
    print("open", flush=True)
    sys.stdin.readline()
    _window().close()


if __name__ == "__main__":
    home, what = Path(sys.argv[1]), sys.argv[2]
    QTimer.singleShot(500, _wait if what == "look" else _read_back)
    sys.exit(main([str(home)]))
