"""One furnished home, and the window opened at any of its pages: for tests that only look."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from app.session import Session
from tests.gui.desk_faces import LONG_FOLDER
from tests.gui.hands import Answers, wait
from tests.gui.pages import EVERY, FACES, copy, end, furnish, scatter, spread
from ui.shell.failure import FailurePage
from ui.shell.window import Window
from ui.widgets.map_view import MapView
from ui.widgets.photo_view import PhotoView

DEEPEST = 40
"""So many levels of widgets lie within each other at the most."""

CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView, MapView, PhotoView)
"""What a person presses, writes in, chooses from or moves."""


def settle(window: QWidget) -> None:
    """Wait until everything has found its place: words that wrap ask for other heights, turn by turn."""
    before: list[QRect] = []
    for _turn in range(100):
        wait(20)
        _lay_out()
        now = _places(window)
        if now == before:
            return
        before = now


def _lay_out() -> None:
    """What asks for another height is heard by what it lies in, which asks in its turn: one level each time. On a busy
    machine a wait may be over when only the first of them have been heard."""
    for _level in range(DEEPEST):
        QCoreApplication.sendPostedEvents()


def _levels(widget: QWidget) -> int:
    return max((1 + _levels(each) for each in widget.children() if isinstance(each, QWidget)), default=0)


def _places(window: QWidget) -> list[QRect]:
    return [each.geometry() for each in window.findChildren(QWidget)]


def on_top(window: Window) -> QWidget:
    """What a person has to do with: the window, or the page that lies over it because something went wrong."""
    return next((each for each in window.findChildren(FailurePage) if each.isVisible()), window)


def controls(root: QWidget) -> list[QWidget]:
    """The controls that can be seen. What a list that opens is made of belongs to the list."""
    found = [each for kind in CONTROLS for each in root.findChildren(kind) if each.isVisible()]
    return [each for each in found if not isinstance(each.parentWidget(), QComboBox)]


def called(widget: QWidget) -> str:
    """What a widget is, and what it is called."""
    return f"{type(widget).__name__} {widget.accessibleName()!r}"


class Furnished:
    """A home with something of everything, in a folder. `first` is where one may lie that has nothing yet, `meeting`
    where it met another device."""

    def __init__(self, folder: Path) -> None:
        self.session, self.first = Session(folder), folder.with_name("first")
        self.ids = furnish(self.session)
        self.meeting = folder.with_name("meeting")
        self.meeting.mkdir()
        other = Session(folder.with_name("other"))
        other.settings = replace(other.settings, label="Bibliotekets platta")
        self.ids |= end(self.session, other, self.meeting)
        self.ids |= scatter(self.session, other, self.meeting)
        third = Session(folder.with_name("third"))
        self.spread = folder.with_name("spread")
        self.spread.mkdir()
        self.ids |= spread(self.session, (other, third), self.spread)
        third.close()
        other.close()
        self.copied = folder.with_name(LONG_FOLDER)
        self.copied.mkdir()
        self.ids |= copy(self.session, self.copied)


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
    """Opens the window at a page. As long as nothing but the page differs it is the same window."""

    def __init__(self, furnished: Furnished, app: QApplication) -> None:
        self._furnished, self._app = furnished, app
        self.strays = Strays(app)
        self._settings = furnished.session.settings
        self._how: object = None
        self._first: Session | None = None
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
        face = FACES[page]
        how = (face.first, size, text, gloves, lang, theme)
        if self.window is None or how != self._how:
            self._leave()
            session = self._session(first=face.first)
            session.settings = replace(self._settings, text=text, gloves=gloves, language=lang, theme=theme)
            self.window, self._how = self._opened(session, size), how
        window = self.window
        for each in window.findChildren(FailurePage):
            each.go_on.click()
        place = face.place(self._furnished.ids)
        if place == window.place:
            window.build()
        else:
            window.go(place)
        assert window.place.page == place.page, f"{page} is not shown"
        settle(window)
        self.act(page)
        assert _levels(window) < DEEPEST, f"{page} is deeper than is waited for"
        return window

    def act(self, page: str) -> None:
        """Do what shows this face of a page; the window is at the page."""
        act, window = FACES[page].act, self.window
        if act is not None and window is not None:
            act(window)
            settle(window)

    def every(self, size: tuple[int, int], **how: object) -> Iterator[tuple[str, Window]]:
        """Every face of every page, one after the other."""
        for page in sorted(EVERY, key=lambda each: FACES[each].first):
            yield page, self(page, size, **how)  # type: ignore[arg-type]

    def _session(self, *, first: bool) -> Session:
        if not first:
            return self._furnished.session
        self._first = self._first or Session(self._furnished.first)
        return self._first

    def _opened(self, session: Session, size: tuple[int, int]) -> Window:
        window = Window(session, self._app, Answers())
        window.resize(*size)
        window.show()
        window.activateWindow()
        QTest.qWaitForWindowActive(window)
        return window

    def _leave(self) -> None:
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            wait(0)
            self.window = None

    def close(self) -> None:
        """Close the window."""
        self._app.removeEventFilter(self.strays)
        self._leave()
        self._furnished.session.settings = self._settings
        if self._first is not None:
            self._first.close()
