"""The bell, for a screen: told at once, and after that no oftener than leaves room for hands."""

from collections.abc import Callable, Mapping
from time import monotonic

from PySide6.QtCore import QObject, QTimer

from app.domain.change import News
from ui.bridge.events import Bell, merged

RESTS = 4
"""After a refresh the window rests so many times as long as it took."""


class Hearing(QObject):
    """Gathers what the bell tells. `due(news)` is called when it is to be shown; it takes as long as it takes, and the
    next call comes `RESTS` times later at the soonest."""

    def __init__(self, due: Callable[[Mapping[str, News]], None], bell: Bell) -> None:
        super().__init__(bell)
        bell.settled.connect(self.hurry)
        self._due = due
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

    def hurry(self) -> None:
        """Show at once what waits: the next press is about what was written by the last one, and must see it."""
        self._soon.stop()
        self._tell()

    def _tell(self) -> None:
        news, self._news = self._news, None
        if news is None:
            return
        started = monotonic()
        try:
            self._due(news)
        finally:
            self._rests_until = monotonic() + RESTS * (monotonic() - started)
