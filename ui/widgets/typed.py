"""When what a person types in a field is told of, so that it is kept."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

WRITE_AFTER_MS = 500
"""Typing is told of at the latest so long after its first letter, so that it is kept within a second."""

REST_MS = 750
"""What is told of when it is whole is told of when the hand has rested so long: within a second too."""


class Typing(QObject):
    """Tells of typing soon after its first letter, and when the field is left. With `whole` it tells when the hand
    rests, if what was typed is whole then."""

    told = Signal()

    def __init__(self, parent: QObject, whole: Callable[[], bool] | None) -> None:
        super().__init__(parent)
        self.pending, self._whole = False, whole
        self._soon = QTimer(self, singleShot=True, interval=REST_MS if whole else WRITE_AFTER_MS)
        self._soon.timeout.connect(self._in_time)

    def typed(self) -> None:
        """A letter was typed."""
        self.pending = True
        if self._whole or not self._soon.isActive():
            self._soon.start()

    def _in_time(self) -> None:
        if self._whole is None or self._whole():
            self.flush()

    def drop(self) -> None:
        """Never tell of what was typed."""
        self._soon.stop()
        self.pending = False

    def flush(self) -> None:
        """Tell now."""
        self._soon.stop()
        if self.pending:
            self.pending = False
            self.told.emit()
