"""The program itself, started over a home: a backup is chosen and read back, and what the window shows after that is
told. `home`, and `look` to only say that it is open and wait, `tell` to only tell, or `build
anew` for a home that cannot be opened."""

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from app.domain.records import Observation
from tests.gui.hands import buttons, press, until
from ui.__main__ import main
from ui.shell.window import Window
from ui.widgets.desk import Place


def read_back_of_one(window: Window) -> None:
    """Press the one button that reads a backup back, once it is there."""
    name = "Läs tillbaka: "
    until(lambda: any(each.accessibleName().startswith(name) for each in buttons(window)), name, 5000)
    press(window, name)


def _windows() -> list[Window]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, Window) and each.isVisible()]


def _choose() -> None:
    (window,) = _windows()
    window.go(Place("backups"))
    read_back_of_one(window)
    press(window, "Läs tillbaka den")
    until(lambda: not window.isVisible(), "that the window closes")


def _tell() -> None:
    (window,) = _windows()
    texts = sorted(each.text for each in window.session.read(Observation))
    print("shown", ",".join(texts), flush=True)
    print("said", window.tray.notice.text if window.tray.notice else "", flush=True)
    window.close()


def _wait() -> None:
    print("open", flush=True)
    sys.stdin.readline()
    (window,) = _windows()
    window.close()


ACTS = {"look": [_wait], "read back": [_choose, _tell], "build anew": [_tell], "tell": [_tell]}
"""What is done by hand in the first window that opens, and in the next."""
BOXES = {"build anew": ["Bygg om databasen", "Bygg om databasen", "Stäng"]}
"""What is pressed in the boxes that come before there is a window."""


def _by_hand(acts: list[Callable[[], None]]) -> Callable[[Window], None]:
    """Windows open as ever, and in each the next thing is done. Where that fails, the program ends."""
    real = Window.open

    def do() -> None:
        try:
            acts.pop(0)()
        finally:
            if sys.exc_info()[0] is not None:
                traceback.print_exc()
                os._exit(1)

    def opened(window: Window) -> None:
        real(window)
        QTimer.singleShot(300, do)

    return opened


def _pressed(names: list[str]) -> Callable[[QMessageBox], int]:
    """Boxes come as ever, and in each the next button is pressed."""
    real = QMessageBox.exec

    def shown(box: QMessageBox) -> int:
        name = names.pop(0)
        (button,) = (each for each in box.buttons() if each.text() == name)
        QTimer.singleShot(50, button.click)
        return real(box)

    return shown


if __name__ == "__main__":
    home, what = Path(sys.argv[1]), sys.argv[2]
    boxes = patch.object(QMessageBox, "exec", _pressed(BOXES.get(what, [])))
    with boxes, patch.object(Window, "open", _by_hand(ACTS[what])):
        sys.exit(main([str(home)]))
