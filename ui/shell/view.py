"""Where one had scrolled to and what had the focus, so that a change of looks does not throw one to the top."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLineEdit, QPlainTextEdit, QWidget

SETTLED_MS = 80
"""So long a new screen takes until its parts have their heights."""


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
            timer = QTimer(screen, singleShot=True, interval=SETTLED_MS)
            timer.timeout.connect(lambda: self._scroll(screen))
            timer.start()

    def _scroll(self, screen: QWidget) -> None:
        areas = _areas(screen)
        if len(areas) != len(self.parts):
            return
        for area, seen in zip(areas, self.parts, strict=True):
            bar, found = area.verticalScrollBar(), _named(area.viewport(), seen.name)
            bar.setValue(seen.scrolled if found is None else bar.value() + _down(area, found) - seen.down)


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
