"""What the tests of noting share: the window at a step, keys, and what stands in the home."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.records import Observation, Photo, Stop
from app.session import Session
from tests.gui import hands
from tests.gui.hands import buttons
from ui.shell.window import Window
from ui.widgets.desk import Place

LAMP = "Lampa släckt eller trasig"
PHOTOS = Path(__file__).resolve().parents[1] / "data" / "photos"

Opens = Callable[..., Window]


class Kept:
    """What stands in the home for whoever opens it now, as after the window's process was killed."""

    def __init__(self, home: Path, walk: str) -> None:
        session = Session(home)
        found = session.read(Observation, {"scope": walk})
        self.observations = {each.id: each for each in found}
        self.photos = session.read(Photo, {"scope": walk})
        session.close()

    def new(self, before: "Kept") -> Observation:
        """The one observation that was not there before."""
        (found,) = [each for key, each in self.observations.items() if key not in before.observations]
        return found


def stop_named(session: Session, walk: str, name: str) -> Stop:
    """The stop whose name begins so."""
    (found,) = [each for each in session.read(Stop, {"scope": walk}) if str(each.name).startswith(name)]
    return found


def at_new(opens: Opens, walk: str, where: str = "", size: tuple[int, int] = (800, 1280)) -> Window:
    """The window at the first step, as *Ny iakttagelse* opens it."""
    window = opens(*size)
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    window.go(Place("observe", walk, "", where))
    return window


def step(window: Window) -> str:
    """The step of noting that the window is at."""
    return window.place.part.split()[0]


def strike(window: Window, key: Qt.Key) -> None:
    """One key, wherever the focus is."""
    QTest.keyClick(QApplication.focusWidget() or window, key)


def says(root: QWidget, text: str) -> bool:
    """Whether a label or a button that can be seen holds these words."""
    return hands.says(root, text) or any(text in each.accessibleName() for each in buttons(root))
