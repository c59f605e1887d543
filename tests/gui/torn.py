"""Two tablets that write the same walk unaware of each other, and the window of one of them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.base.job import finish
from app.commands.records import set_fields
from app.domain.record import Record
from app.domain.records import Observation
from app.jobs.sync import sync
from app.session import Session
from tests.gui.hands import wait
from ui.shell.window import Window
from ui.widgets.compare import Compare
from ui.widgets.desk import Place

Opener = Callable[..., Window]


@dataclass
class Other:
    """Another tablet with a home of its own; both meet in a folder."""

    mine: Session
    session: Session
    folder: Path
    walk: str

    def meet(self) -> None:
        """Both exchange what they have."""
        for each in (self.mine, self.session, self.mine):
            finish(sync(each, str(self.folder), walk=self.walk))

    def writes(self, cls: type[Record], record: str, **values: Any) -> None:
        """Set fields of a record, as it is shown there."""
        (seen,) = self.session.read(cls, {"id": record})
        set_fields(self.session, seen, values)


def lamp(session: Session) -> Observation:
    """The observation of the lamps."""
    (seen,) = session.read(Observation, {"item": "A1"})
    return seen


def opened(window: Opener, place: Place) -> Window:
    """A window at a place."""
    shown = window()
    shown.activateWindow()
    QTest.qWaitForWindowActive(shown)
    shown.go(place)
    wait(10)
    return shown


def cards(window: QWidget) -> list[Compare]:
    """The conflicts that can be seen."""
    return [each for each in window.findChildren(Compare) if each.isVisible()]


def both_write(other: Other, cls: type[Record], record: str, mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    """Both set fields unaware of each other, and meet."""
    (seen,) = other.mine.read(cls, {"id": record})
    set_fields(other.mine, seen, mine)
    other.writes(cls, record, **theirs)
    other.meet()
