"""What the tests of an observation's page share: the window at it, and what stands in the home."""

from collections.abc import Callable

from PySide6.QtTest import QTest

from app.domain.records import Observation
from app.session import Session
from tests.gui.hands import wait
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.observation_pane import ObservationPane

Opens = Callable[..., Window]


def opened(opens: Opens, session: Session, walk: str, item: str = "A1", before: Place | None = None) -> Window:
    """The window at the observation with this item, where it was at `before`."""
    shown = opens()
    shown.activateWindow()
    QTest.qWaitForWindowActive(shown)
    (seen,) = session.read(Observation, {"scope": walk, "item": item})
    if before is not None:
        shown.go(before)
    shown.go(Place("observation", walk, seen.id))
    wait(10)
    return shown


def now(session: Session, item: str = "A1") -> Observation:
    """The observation as it is stored."""
    (seen,) = session.read(Observation, {"item": item})
    return seen


def pane(window: Window) -> ObservationPane:
    """The pane."""
    (found,) = window.findChildren(ObservationPane)
    return found
