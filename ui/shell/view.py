"""Where one had scrolled to and what had the focus, so that a change of looks does not throw one to the top."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

SETTLED_MS = 80
"""So long a new screen takes until its parts have their heights."""


@dataclass(frozen=True)
class View:
    """How far each part was scrolled, and the name of what had the focus."""

    scrolled: Sequence[int] = ()
    focus: str = ""

    @staticmethod
    def of(screen: QWidget | None) -> "View":
        """What is seen of a screen now."""
        if screen is None:
            return View()
        focus = QApplication.focusWidget()
        name = focus.accessibleName() if focus is not None and screen.isAncestorOf(focus) else ""
        return View([each.verticalScrollBar().value() for each in _areas(screen)], name)

    def put_back(self, screen: QWidget) -> None:
        """See the same of a screen that was made anew."""
        same = (each for each in screen.findChildren(QWidget) if self.focus and each.accessibleName() == self.focus)
        found = next(same, None)
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)
        if any(self.scrolled):
            timer = QTimer(screen, singleShot=True, interval=SETTLED_MS)
            timer.timeout.connect(lambda: self._scroll(screen))
            timer.start()

    def _scroll(self, screen: QWidget) -> None:
        areas = _areas(screen)
        if len(areas) == len(self.scrolled):
            for area, value in zip(areas, self.scrolled, strict=True):
                area.verticalScrollBar().setValue(value)


def _areas(screen: QWidget) -> list[QAbstractScrollArea]:
    return screen.findChildren(QAbstractScrollArea)
