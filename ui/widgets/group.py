"""Arrow keys within a group of tiles, rows or segments: one stop for the tabulator, arrows inside."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QScrollArea, QWidget

ARROWS = {
    Qt.Key.Key_Left: QPoint(-1, 0),
    Qt.Key.Key_Right: QPoint(1, 0),
    Qt.Key.Key_Up: QPoint(0, -1),
    Qt.Key.Key_Down: QPoint(0, 1),
}


class KeyGroup(QObject):
    """Widgets that are one stop for the tabulator. An arrow goes to the nearest one in its direction. `one_of`: of the
    buttons one holds at most, and a screen reader calls them so; who made them sees to it."""

    def __init__(self, widgets: Sequence[QWidget], parent: QWidget, *, one_of: bool = False) -> None:
        super().__init__(parent)
        self._widgets = list(widgets)
        if one_of:
            self._tell_one_of()
        for each in self._widgets:
            each.installEventFilter(self)
            if isinstance(each, QAbstractButton):
                each.toggled.connect(partial(self._turned, each))
        self._let_in(next((each for each in self._widgets if self._is_on(each)), self._widgets[0] if widgets else None))

    def _tell_one_of(self) -> None:
        """To Qt a radio button is one that excludes its siblings. In a group of its own, which excludes nobody, it is
        called so, and a press on the one that holds may still take it back."""
        apart = QButtonGroup(self)
        apart.setExclusive(False)
        for each in self._widgets:
            if isinstance(each, QAbstractButton):
                apart.addButton(each)
                each.setAutoExclusive(True)

    @staticmethod
    def _is_on(widget: QWidget) -> bool:
        return bool(getattr(widget, "isChecked", lambda: False)())

    def _turned(self, widget: QWidget, on: bool) -> None:
        """Who comes by the tabulator comes to what holds, so that Enter changes nothing."""
        if on:
            self._let_in(widget)

    def _let_in(self, chosen: QWidget | None) -> None:
        for each in self._widgets:
            each.setFocusPolicy(Qt.FocusPolicy.StrongFocus if each is chosen else Qt.FocusPolicy.ClickFocus)

    def _pass_on(self, widget: QWidget) -> None:
        """The tabulator comes to no widget that is not enabled: then it comes to what holds, else to the first that is.
        Where none is, all is as it was."""
        able = [each for each in self._widgets if each.isEnabled()]
        if widget in able and self._is_on(widget):
            self._let_in(widget)
        elif able and not any(each.focusPolicy() == Qt.FocusPolicy.StrongFocus for each in able):
            self._let_in(next(filter(self._is_on, able), able[0]))

    def enter(self) -> bool:
        """Go to the one that the tabulator comes to. Returns whether it can be seen."""
        entry = next((each for each in self._widgets if each.focusPolicy() == Qt.FocusPolicy.StrongFocus), None)
        if entry is None or not entry.isVisible():
            return False
        entry.setFocus(Qt.FocusReason.TabFocusReason)
        _bring_into_view(entry)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Called by Qt."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._let_in(watched)
        if event.type() == QEvent.Type.EnabledChange and isinstance(watched, QWidget):
            self._pass_on(watched)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QWidget):
            way = ARROWS.get(Qt.Key(event.key()))
            target = (
                self._beyond(watched, way) if way and not event.modifiers() & Qt.KeyboardModifier.AltModifier else None
            )
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                _bring_into_view(target)
                return True
        return super().eventFilter(watched, event)

    def _beyond(self, start: QWidget, way: QPoint) -> QWidget | None:
        here = start.mapToGlobal(start.rect().center())
        best: tuple[int, QWidget] | None = None
        for each in self._widgets:
            if each is start or not each.isVisible() or not each.isEnabled():
                continue
            box = QRect(each.mapToGlobal(QPoint(0, 0)), each.size())
            step = box.center() - here
            along = step.x() * way.x() + step.y() * way.y()
            # What lies straight ahead is not aside, however wide it is.
            aside = (
                _outside(here.x(), box.left(), box.right()) if way.y() else _outside(here.y(), box.top(), box.bottom())
            )
            if along > 4 and (best is None or along + 3 * aside < best[0]):
                best = (along + 3 * aside, each)
        return best[1] if best else None


def _outside(value: int, first: int, last: int) -> int:
    """How far a value is from a range; 0 within."""
    return max(first - value, value - last, 0)


def _bring_into_view(widget: QWidget) -> None:
    """Scroll to a widget, as the tabulator does."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    if isinstance(parent, QScrollArea):
        parent.ensureWidgetVisible(widget)
