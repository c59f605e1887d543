"""One furnished home, and the window opened at any of its pages: for tests that only look."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.session import Session
from tests.gui.hands import Answers
from tests.gui.pages import furnish, place_at
from ui.shell.window import Window


def settle(window: Window) -> None:
    """Wait until everything has found its place: words that wrap ask for other heights, turn by turn."""
    before: list[QRect] = []
    for _turn in range(100):
        QTest.qWait(20)
        now = [each.geometry() for each in window.findChildren(QWidget)]
        if now == before:
            return
        before = now


class Furnished:
    """A home with something of everything."""

    def __init__(self, folder: Path) -> None:
        self.session = Session(folder)
        self.ids = furnish(self.session)


class Strays(QObject):
    """Notices every widget that is shown as a window of its own: one that was shown before it had a parent."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.found: list[str] = []
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Called by Qt."""
        shows = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if shows and not isinstance(watched, Window):
            self.found.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


class Opener:
    """Opens the window at a page."""

    def __init__(self, furnished: Furnished, app: QApplication) -> None:
        self._furnished, self._app = furnished, app
        self.strays = Strays(app)
        self._settings = furnished.session.settings
        self.window: Window | None = None

    def __call__(
        self,
        page: str,
        size: tuple[int, int],
        *,
        text: int = 100,
        gloves: bool = False,
        lang: str = "sv",
        theme: str = "light",
    ) -> Window:
        session = self._furnished.session
        session.settings = replace(self._settings, text=text, gloves=gloves, language=lang, theme=theme)
        self.window = Window(session, self._app, Answers())
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        place = place_at(page, self._furnished.ids)
        if place != self.window.place:
            self.window.go(place)
        settle(self.window)
        return self.window

    def close(self) -> None:
        """Close the window."""
        self._app.removeEventFilter(self.strays)
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            QTest.qWait(0)
        self._furnished.session.settings = self._settings
