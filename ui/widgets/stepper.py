"""A whole number that goes up and down by one: − 3 +."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.base.words import _
from ui.widgets.button import only_icon
from ui.widgets.look import Look
from ui.widgets.text import Label, row


class Stepper(QWidget):
    """A number between `least` and `most`, with a button on either side. `changed` tells what a person set."""

    changed = Signal(int)

    def __init__(self, look: Look, name: str, *, least: int, most: int) -> None:
        super().__init__()
        self._name, self._least, self._most, self.value = name, least, most, least
        self._fewer = only_icon(look, _("{what}, en färre").format(what=name), "minus")
        self._more = only_icon(look, _("{what}, en till").format(what=name), "plus")
        self._shown = Label(look, "", "h2")
        self._shown.setWordWrap(False)
        self._shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shown.setMinimumWidth(round(56 * look.scale))
        self._fewer.clicked.connect(lambda: self._step(-1))
        self._more.clicked.connect(lambda: self._step(1))
        self.setLayout(row(self._fewer, self._shown, self._more, 1, spacing=12))
        self.show_value(least)

    def _step(self, by: int) -> None:
        value = min(self._most, max(self._least, self.value + by))
        if value != self.value:
            self.show_value(value)
            self.changed.emit(value)

    def show_value(self, value: int) -> None:
        """Show a number."""
        self.value = value
        self._shown.setText(str(value))
        self._shown.setAccessibleName(f"{self._name}: {value}")
