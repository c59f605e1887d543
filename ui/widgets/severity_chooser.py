"""The five severities, always in the same place: shape, sign, word."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import _
from app.domain.values import Severity, label_of
from ui.widgets.button import Button
from ui.widgets.flow import FlowGrid
from ui.widgets.group import KeyGroup
from ui.widgets.look import Look
from ui.widgets.text import Label
from ui.widgets.things import severity_words

FIELD_HEIGHT = 112


class SeverityChooser(QWidget):
    """`chosen(Severity)` is emitted when a person presses one, also the one that was only suggested: by the press it
    becomes that person's word. `hints`: a line under each word."""

    chosen = Signal(Severity)

    def __init__(self, look: Look, hints: Mapping[Severity, str] | None = None) -> None:
        super().__init__()
        self.look, self._suggested = look, False
        self._shown: Severity | None = None
        self.buttons: dict[Severity, Button] = {}
        for severity in Severity:
            button = Button(
                look, f"{severity.value} {label_of(severity)}", over=True, severity=severity, rank="strong",
                least=FIELD_HEIGHT if look.field else 0, icon_size=36 if look.field else 30,
                detail=(hints or {}).get(severity, ""),
            )  # fmt: skip
            button.setCheckable(True)
            button.clicked.connect(lambda _on, severity=severity: self._pressed(severity))
            self.buttons[severity] = button
        widgets = list(self.buttons.values())
        self._said = Label(look, "", "meta", "text2")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(FlowGrid(look, widgets, least=92, most=5, spacing=look.gap))
        box.addWidget(self._said)
        self._group = KeyGroup(widgets, self)
        self.show_severity(None)

    def show_severity(self, severity: Severity | None, *, suggested: bool = False) -> None:
        """Show what is chosen; `suggested`: nobody has said it yet."""
        self._shown, self._suggested = severity, suggested
        for each, button in self.buttons.items():
            on = each == severity
            button.setChecked(on)
            button.setAccessibleName(severity_words(each, suggested=on and suggested))
            button.setAccessibleDescription(_("föreslaget") if on and suggested else "")
        said = _("Föreslaget: {n} {word}. Tryck för att ändra.")
        text = said.format(n=severity.value, word=label_of(severity)) if suggested and severity is not None else ""
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def _pressed(self, severity: Severity) -> None:
        news = severity != self._shown or self._suggested
        self.show_severity(severity)
        if news:
            self.chosen.emit(severity)
