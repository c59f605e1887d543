"""A whole number that goes up and down by one: − 3 +."""

from typing import Any

from PySide6.QtCore import Qt

from app.base.words import _
from app.domain.values import known
from ui.widgets.button import Button
from ui.widgets.fields import Field
from ui.widgets.look import Look
from ui.widgets.text import Label, held, row

EMPTY = "–"


class Stepper(Field):
    """A number between `least` and `most`, with a button on either side. Where nobody has said, `usual` is shown; where
    that is None there is no number until somebody counts. `large`: for the field, after its question."""

    def __init__(
        self, look: Look, name: str, hint: str = "", *, least: int = 1, most: int = 99, usual: int | None = None,
        large: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(look, "", hint)
        self.label, self.usual = name, usual
        self.value: int | None = usual
        self._least, self._most = least, most
        fewer = self._button(_("En färre: {what}").format(what=name), "minus", large)
        more = self._button(_("En till: {what}").format(what=name), "plus", large)
        fewer.clicked.connect(lambda: self._step(-1))
        more.clicked.connect(lambda: self._step(1))
        self._shown = Label(look, EMPTY, "h1" if large else "h2")
        self._shown.setWordWrap(False)
        self._shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shown.setMinimumWidth(round(64 * look.scale))
        if large:
            box = row(Label(look, name, "h3"), fewer, self._shown, more, spacing=look.gap)
            box.setStretch(0, 1)
        else:
            box = row(fewer, self._shown, more, 1, spacing=12)
        self._hold(held(box))
        self.show_value(None)

    def _button(self, name: str, icon: str, large: bool) -> Button:
        least, side = (64, 28) if large else (0, 24)
        made = Button(self.look, "", icon, name=name, least=least, icon_size=side)
        made.setToolTip(name)
        made.setFixedWidth(max(80 if large else 0, made.minimumSizeHint().width()))
        return made

    def _step(self, by: int) -> None:
        if self.value is None and by < 0:
            return
        before = self._least - 1 if self.value is None else self.value
        value = min(self._most, max(self._least, before + by))
        if value != self.value:
            self.refuse("")
            self.show_value(value)
            self.changed.emit(value)

    def show_value(self, value: Any) -> None:
        """Show a number."""
        said = known(value, int)
        self.value = self.usual if said is None else said
        self._shown.setText(EMPTY if self.value is None else str(self.value))
        self._shown.setAccessibleName(f"{self.label}: {self._shown.text()}")
