"""Digits for cold fingers: a pad of one's own."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.base.words import _
from ui.widgets.button import Button
from ui.widgets.fields import TextField
from ui.widgets.flow import FlowGrid
from ui.widgets.group import KeyGroup
from ui.widgets.look import Look, icon_named

LEAST, LOW_LEAST = 76, 64


class NumberPad(FlowGrid):
    """Types into the line of a field. *ABC* asks the system for its own keyboard, which stays away until then."""

    def __init__(self, look: Look, field: TextField) -> None:
        line = field.editor
        assert isinstance(line, QLineEdit)
        self._line = line
        line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        keys: list[QWidget] = [self._digit(look, digit) for digit in "123456789"]
        letters = Button(look, _("ABC"), name=_("ABC, skriv bokstäver"), least=LEAST)
        letters.clicked.connect(lambda _on: self._letters())
        back = Button(look, "", icon_named("action", "backspace"), name=_("Ta bort sista tecknet"), least=LEAST,
                      icon_size=32)  # fmt: skip
        back.clicked.connect(lambda _on: self._erase())
        keys += [letters, nought := self._digit(look, "0"), back]
        self._in_four = [*keys[:3], back, *keys[3:6], letters, *keys[6:9], nought]
        self._in_three = keys
        super().__init__(look, keys, least=64, most=3, spacing=10)
        self._group = KeyGroup(keys, self)
        self._field = field
        field.keys = self
        for each in keys:
            each.installEventFilter(self)

    def set_low(self, *, low: bool) -> None:
        """Where there is little height the keys are lower, and there are four in a row where they have room so."""
        for key in self._in_three:
            if isinstance(key, Button):
                key.set_least(LOW_LEAST if low else LEAST)
        self.set_columns(least=64, most=4 if low else 3)

    def _arrange(self, columns: int) -> None:
        """One to nine stay in rows of three."""
        self.widgets = self._in_four if columns == 4 else self._in_three
        super()._arrange(columns)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Who leaves the keys leaves the field, unless for its own line."""
        if event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self._leave)
        return super().eventFilter(watched, event)

    def _leave(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not self._line and (focus is None or not self.isAncestorOf(focus)):
            self._field.flush()
            self._field.left.emit()

    def _digit(self, look: Look, digit: str) -> Button:
        made = Button(look, digit, name=_("Siffra {n}").format(n=digit), least=LEAST, rank="h1")
        made.clicked.connect(lambda _on: self._type(digit))
        return made

    def _type(self, text: str) -> None:
        self._line.insert(text)
        self._line.textEdited.emit(self._line.text())

    def _erase(self) -> None:
        self._line.backspace()
        self._line.textEdited.emit(self._line.text())

    def _letters(self) -> None:
        self._line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)
        self._line.setFocus()
        QGuiApplication.inputMethod().show()
