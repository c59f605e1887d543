"""What every receiver of positions has in common."""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.track import Fix

AGAIN_MS = 3000
"""A receiver that cannot be reached is tried again so often."""


class State(StrEnum):
    """How it is with a receiver."""

    SEEKING = "seeking"
    SILENT = "silent"
    SPEAKING = "speaking"
    OVER = "over"


class Receiver(QObject):
    """Tells of fixes from `start` to `stop`. `came(Fix)`; `turned()`: its `state`, or `why` it is so, is another.

    One that cannot be reached, or is lost, is looked for again by itself.
    """

    came = Signal(object)
    turned = Signal()
    kind = ""
    """What is kept with the positions that it tells."""
    is_played = False
    """Whether a walk is only played."""

    def __init__(self, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self.name = name
        self.state, self.why = State.SEEKING, ""
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self._seek)

    def start(self) -> None:
        """Begin to listen."""
        self._seek()

    def stop(self) -> None:
        """Listen no more."""
        self._again.stop()
        self._let_go()

    def _seek(self) -> None:
        """Try to reach it."""
        raise NotImplementedError

    def _let_go(self) -> None:
        """Let go of what it is reached by."""
        raise NotImplementedError

    def _turn(self, state: State, why: str = "") -> None:
        if (state, why) != (self.state, self.why):
            self.state, self.why = state, why
            self.turned.emit()

    def _lose(self, why: str) -> None:
        """It cannot be reached, or is no longer there; it is looked for again."""
        self._let_go()
        self._again.start()
        self._turn(State.SEEKING, why)

    def _tell(self, fixes: Sequence[Fix]) -> None:
        for fix in fixes:
            self._turn(State.SPEAKING)
            self.came.emit(fix)
