"""The page on which a walk is emptied or purged, in tests, and the same from elsewhere."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.base.job import Job, finish
from app.domain.records import SafetyWalk
from app.jobs import purge as jobs
from app.session import Session
from tests.gui.hands import buttons
from ui.shell.window import Window
from ui.widgets.desk import Place

Open = Callable[..., Window]
GONE = "Vandringen är gallrad."


def lying(place: Path, walk: str) -> set[str]:
    """The sorts of files that lie of a walk on a target."""
    return {each.name.partition(".")[0] for each in (place / "gatljus1" / walk).rglob("*") if each.is_file()}


def record(session: Session, walk: str) -> SafetyWalk:
    (found,) = session.read(SafetyWalk, {"id": walk})
    return found


def at_remove(window: Open, walk: str, size: tuple[int, int] = (1280, 800)) -> Window:
    shown = window(*size)
    shown.activateWindow()
    QTest.qWaitForWindowActive(shown)
    shown.go(Place("remove", walk))
    return shown


def offered(shown: Window) -> list[str]:
    return [each.text() for each in buttons(shown.shown)]


def focused() -> str:
    focus = QApplication.focusWidget()
    return focus.accessibleName() if focus is not None else ""


def strike(key: Qt.Key) -> None:
    """One key, wherever the focus is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)


def elsewhere(home: Path, deed: Callable[[Session, SafetyWalk], Job[object]], walk: str) -> None:
    """Another opening of the home does something with a walk."""
    other = Session(home)
    finish(deed(other, record(other, walk)))
    other.close()


def emptied(session: Session, walk: SafetyWalk) -> Job[None]:
    return jobs.empty(session, walk, anyway=True)
