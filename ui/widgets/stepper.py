"""A whole number that goes up and down by one: − 3 +."""

from typing import Any

from PySide6.QtCore import Qt

from app.base.words import _
from ui.widgets.button import only_icon
from ui.widgets.fields import Field
from ui.widgets.look import Look
from ui.widgets.text import Label, held, row


class Stepper(Field):
    """A number between `least` and `most`, with a button on either side. `usual` is shown where nobody has said."""

    def __init__(self, look: Look, name: str, hint: str = "", *, least: int, most: int) -> None:
        super().__init__(look, "", hint)
        self.label = name
        self._least, self._most, self.value, self.usual = least, most, least, least
        fewer = only_icon(look, _("{what}, en färre").format(what=name), "minus")
        more = only_icon(look, _("{what}, en till").format(what=name), "plus")
        self._shown = Label(look, "", "h2")
        self._shown.setWordWrap(False)
        self._shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shown.setMinimumWidth(round(56 * look.scale))
        fewer.clicked.connect(lambda: self._step(-1))
        more.clicked.connect(lambda: self._step(1))
        self._hold(held(row(fewer, self._shown, more, 1, spacing=12)))
        self.show_value(None)

    def _step(self, by: int) -> None:
        value = min(self._most, max(self._least, self.value + by))
        if value != self.value:
            self.refuse("")
            self.show_value(value)
            self.changed.emit(value)

    def show_value(self, value: Any) -> None:
        """Show a number."""
        self.value = value if isinstance(value, int) else self.usual
        self._shown.setText(str(self.value))
        self._shown.setAccessibleName(f"{self.label}: {self.value}")
