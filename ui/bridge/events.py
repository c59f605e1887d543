"""The bell as a signal: a screen hears what may look different now, whoever wrote it."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.change import News
from app.session import Session

LOOK_EACH_MS = 1000
"""How often another process of this home, the command line, is looked for."""


def merged(before: Mapping[str, News], more: Mapping[str, News]) -> dict[str, News]:
    """What both tell, by walk."""
    found = dict(before)
    for scope, news in more.items():
        found[scope] = found[scope].and_(news) if scope in found else news
    return found


class Bell(QObject):
    """Rings in the thread of the window, at most once for all that was written within one turn of its loop.

    `rang(scope → News)`; an empty dictionary means that another process wrote: anything may be different. `settled`:
    what it rang for is to be shown at once.
    """

    rang = Signal(object)
    settled = Signal()
    _struck = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._news: dict[str, News] = {}
        self._struck.connect(self._gather)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ring)
        session.on_commit(self._struck.emit)
        self._version = session.version()
        self._look = QTimer(self, interval=LOOK_EACH_MS)
        self._look.timeout.connect(self._look_around)
        self._look.start()

    def _gather(self, news: News) -> None:
        before = self._news.get(news.scope)
        self._news[news.scope] = before.and_(news) if before else news
        if not self._soon.isActive():
            self._soon.start()

    def _ring(self) -> None:
        news, self._news = self._news, {}
        self._version = self._session.version()
        self.rang.emit(news)

    def _look_around(self) -> None:
        version = self._session.version()
        if version != self._version and not self._soon.isActive():
            self._version = version
            self.rang.emit({})

    @property
    def heard_all(self) -> bool:
        """Whether it has rung for all that was written, by whatever process."""
        return not self._news and self._session.version() == self._version

    def settle(self) -> None:
        """Ring at once for what has been written: who writes and then opens a page shows it there."""
        if self._soon.isActive():
            self._soon.stop()
            self._ring()
        self.settled.emit()

    def stop(self) -> None:
        """No longer look for other processes."""
        self._look.stop()
