"""Yes or no."""

from typing import Any

from ui.widgets.button import Button
from ui.widgets.fields import Field
from ui.widgets.look import Look


class FlagField(Field):
    """Yes or no, as one button that is pressed in."""

    def __init__(self, look: Look, label: str, hint: str = "") -> None:
        super().__init__(look, "", hint)
        self.label = label
        self.button = Button(look, label, detail=hint, left=True)
        self.button.setCheckable(True)
        self.button.clicked.connect(lambda on: self.changed.emit(bool(on)))
        self.button.ticks = False
        self.button.toggled.connect(self._tick)
        self._tick(False)
        self._hint.hide()
        self._hold(self.button)

    def _tick(self, on: bool) -> None:
        """A box before the words that is ticked or empty: one sees that it can be."""
        self.button.icon_name = "checkbox-marked" if on else "checkbox-blank-outline"
        self.button.update()

    def show_value(self, value: Any) -> None:
        """Show it."""
        self.button.setChecked(value is True)
