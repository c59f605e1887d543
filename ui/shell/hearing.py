"""The bell, for a screen: told at once, and after that no oftener than leaves room for hands."""

from collections.abc import Mapping
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.change import News
from ui.bridge.events import merged

RESTS = 4
"""After a refresh the window rests so many times as long as it took."""


class Hearing(QObject):
    """Gathers what the bell tells. `due(news)` is emitted when it is to be shown; what is connected to it takes as long
    as it takes, and the next comes `RESTS` times later at the soonest."""

    due = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._news: Mapping[str, News] | None = None
        self._rests_until = 0.0
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._tell)

    def hear(self, news: Mapping[str, News]) -> None:
        """The bell rang; an empty mapping says that anything may differ."""
        everything = not news or self._news == {}
        self._news = {} if everything else merged(self._news or {}, news)
        wait = self._rests_until - monotonic()
        if wait <= 0:
            self._tell()
        elif not self._soon.isActive():
            self._soon.start(round(1000 * wait) + 1)

    def _tell(self) -> None:
        news, self._news = self._news, None
        if news is None:
            return
        started = monotonic()
        self.due.emit(news)
        self._rests_until = monotonic() + RESTS * (monotonic() - started)
