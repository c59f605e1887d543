"""Shortcuts that hold everywhere. Their numbers stay the same also for pages that are not built yet."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from app.base.words import _
from app.session import Session
from app.settings import Settings
from ui.shell.dimming import Dimming
from ui.shell.navigation import DESTINATIONS, place_of
from ui.widgets.desk import Place
from ui.widgets.dim import darker, dim_of, dim_word
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice
from ui.widgets.page import Screen


class Frame(Protocol):
    """What the shortcuts ask of the window."""

    @property
    def place(self) -> Place:
        """Where one is."""

    @property
    def shown(self) -> Screen:
        """The screen that is shown."""

    def parts(self) -> list[QWidget]:
        """The parts of the window, in order."""

    def go(self, place: Place) -> None:
        """Open a place."""

    def back(self) -> None:
        """The place before."""

    def undo(self) -> None:
        """Take back."""

    def redo(self) -> None:
        """Put back."""

    def say(self, notice: Notice) -> None:
        """Show a notice."""

    def scale_text(self, step: int) -> None:
        """Larger or smaller text."""

    def next_theme(self) -> None:
        """The next theme."""

    @property
    def session(self) -> Session:
        """The home."""

    def set_settings(self, settings: Settings) -> None:
        """Keep settings and show everything as they say."""


class Keys:
    """The shortcuts of a window."""

    def __init__(self, frame: Frame, window: QWidget) -> None:
        self._window = frame
        self.dimming = Dimming(window, lambda: frame.session.settings, lambda: frame.place.page)
        for key, act in self._acts().items():
            shortcut = QShortcut(QKeySequence(key), window)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(act)
        for each in DESTINATIONS:
            if each.key:
                shortcut = QShortcut(QKeySequence(f"Ctrl+{each.key}"), window)
                shortcut.activated.connect(lambda each=each: self._open(each.page))

    def _acts(self) -> dict[str, Callable[[], None]]:
        window = self._window
        return {
            "F1": lambda: window.go(Place("keys", window.place.walk)),
            "F6": lambda: self._next_part(1),
            "Shift+F6": lambda: self._next_part(-1),
            "Esc": self._step_back,
            "Ctrl+Z": window.undo,
            "Ctrl+Shift+Z": window.redo,
            "Ctrl+S": lambda: window.say(Notice(_("Allt är redan sparat här."))),
            "Ctrl++": lambda: window.scale_text(1),
            "Ctrl+=": lambda: window.scale_text(1),
            "Ctrl+-": lambda: window.scale_text(-1),
            "Ctrl+Alt+T": window.next_theme,
            "Ctrl+Alt+M": self._dim,
            "Ctrl+,": lambda: self._open("settings"),
            "Ctrl+F": self._search,
        }

    def _open(self, page: str) -> None:
        walk = self._window.place.walk
        for each in DESTINATIONS:
            if each.page == page and (walk or not each.needs_walk):
                self._window.go(place_of(each, walk))

    def _dim(self) -> None:
        """A page that says how dark it is shows it."""
        window = self._window
        window.set_settings(darker(window.session.settings))
        window.shown.refresh({})
        step = dim_word(dim_of(window.session.settings))
        window.say(Notice(_("Dämpa skärmen: {step}.").format(step=step), icon_named("action", "dim")))

    def _step_back(self) -> None:
        self._window.shown.step_back()

    def _search(self) -> None:
        self._window.shown.search()

    def _next_part(self, step: int) -> None:
        """The focus goes to the next part of the window: rail, bar, page, tabs."""
        parts = self._window.parts()
        focus = QApplication.focusWidget()
        inside = (
            k for k, part in enumerate(parts) if focus is not None and (focus is part or part.isAncestorOf(focus))
        )
        here = next(inside, 0)
        for k in range(1, len(parts) + 1):
            target = _first_in(parts[(here + step * k) % len(parts)])
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return


def _first_in(part: QWidget) -> QWidget | None:
    """The first thing in a part that takes the focus by the tabulator."""
    for each in [part, *part.findChildren(QWidget)]:
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible() and each.isEnabled():
            return each
    return None
