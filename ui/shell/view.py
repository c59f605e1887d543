"""Where one had scrolled to and what had the focus, so that a change of looks does not throw one to the top."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLineEdit, QPlainTextEdit, QWidget

from ui.widgets.page import SETTLED_MS

TRIES = 10
"""Where the machine is busy a new screen takes a few times longer until its parts have their heights."""


@dataclass(frozen=True)
class Seen:
    """How far a part was scrolled, the name of what was looked at there, and how far down in view that was. Where words
    have another size the same scroll shows something else."""

    scrolled: int
    name: str
    down: int


@dataclass(frozen=True)
class View:
    """What was seen of each part that scrolls, the name of what had the focus, and where in its text one was typing."""

    parts: Sequence[Seen] = ()
    focus: str = ""
    cursor: int = 0

    @staticmethod
    def of(screen: QWidget | None) -> "View":
        """What is seen of a screen now."""
        if screen is None:
            return View()
        focus = QApplication.focusWidget()
        name = focus.accessibleName() if focus is not None and screen.isAncestorOf(focus) else ""
        return View([_seen(each, focus) for each in _areas(screen)], name, _cursor(focus))

    def put_back(self, screen: QWidget) -> None:
        """See the same of a screen that was made anew."""
        found = _named(screen, self.focus)
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)
            _put_cursor(found, self.cursor)
        if any(each.scrolled or each.name for each in self.parts):
            _Scrolling(screen, self.parts)


class _Scrolling(QTimer):
    """Scrolls a screen to what was seen before, until that stays where it was put or a person has scrolled."""

    def __init__(self, screen: QWidget, parts: Sequence[Seen]) -> None:
        super().__init__(screen, interval=SETTLED_MS)
        self._screen, self._parts, self._tries = screen, parts, TRIES
        self._put: list[int] = []
        self.timeout.connect(self._turn)
        self.start()

    def _turn(self) -> None:
        areas = _areas(self._screen)
        bars = [each.verticalScrollBar() for each in areas]
        there = [each.value() for each in bars]
        # What became lower meanwhile has moved its bar itself, to its end.
        by_hand = self._put and any(
            bar.value() not in (put, bar.maximum()) for bar, put in zip(bars, self._put, strict=False)
        )
        self._tries -= 1
        if len(areas) != len(self._parts) or by_hand or not self._tries:
            self.stop()
            return
        for area, bar, seen in zip(areas, bars, self._parts, strict=True):
            found = _named(area.viewport(), seen.name)
            bar.setValue(seen.scrolled if found is None else bar.value() + _down(area, found) - seen.down)
        if self._put and [each.value() for each in bars] == there:
            self.stop()
        self._put = [each.value() for each in bars]


def _areas(screen: QWidget) -> list[QAbstractScrollArea]:
    return screen.findChildren(QAbstractScrollArea)


def _cursor(focus: QWidget | None) -> int:
    if isinstance(focus, QPlainTextEdit):
        return focus.textCursor().position()
    return focus.cursorPosition() if isinstance(focus, QLineEdit) else 0


def _put_cursor(focus: QWidget, place: int) -> None:
    if isinstance(focus, QPlainTextEdit):
        cursor = focus.textCursor()
        cursor.setPosition(min(place, len(focus.toPlainText())))
        focus.setTextCursor(cursor)
    elif isinstance(focus, QLineEdit):
        focus.setCursorPosition(place)


def _named(root: QWidget, name: str) -> QWidget | None:
    return next((each for each in root.findChildren(QWidget) if name and each.accessibleName() == name), None)


def _down(area: QAbstractScrollArea, widget: QWidget) -> int:
    """How far the middle of a widget lies below the upper edge of what is seen."""
    return widget.mapTo(area.viewport(), widget.rect().center()).y()


def _seen(area: QAbstractScrollArea, focus: QWidget | None) -> Seen:
    """What is looked at is what has the focus, where that is seen; else, below the top, what is nearest to the
    middle."""
    scrolled, middle = area.verticalScrollBar().value(), area.viewport().height() // 2
    inside = [each for each in area.viewport().findChildren(QWidget) if not each.visibleRegion().isEmpty()]
    looked_at = focus if focus in inside else None
    if looked_at is None and scrolled:
        named = (each for each in inside if each.accessibleName())
        looked_at = min(named, key=lambda each: abs(_down(area, each) - middle), default=None)
    if looked_at is None:
        return Seen(scrolled, "", 0)
    return Seen(scrolled, looked_at.accessibleName(), _down(area, looked_at))
