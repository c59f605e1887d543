"""How serious it is: five buttons with shape, sign, word and what the word means."""

from PySide6.QtCore import Signal

from app.base.words import _
from app.domain.checklist import Checklist
from app.domain.values import Severity
from ui.widgets.flow import FlowGrid
from ui.widgets.group import KeyGroup
from ui.widgets.look import Look
from ui.widgets.tile import Tile

LEAST = 112


class SeverityChooser(FlowGrid):
    """The five, beside each other, or under each other where words are large. `chosen(severity)` is emitted by a press.
    What only an item suggested is marked so, in a word."""

    chosen = Signal(object)

    def __init__(self, look: Look, checklist: Checklist) -> None:
        self.buttons: dict[Severity, Tile] = {}
        self._hints = {each.code: str(each.hint) for each in checklist.severities}
        for each in checklist.severities:
            name = _("Allvar {n}, {word}: {hint}").format(n=each.code.value, word=each.word, hint=each.hint)
            button = Tile(look, str(each.word), severity=each.code, icon_size=40, least=LEAST if look.field else 72, name=name,
                          detail=str(each.hint))  # fmt: skip
            button.setCheckable(True)
            button.clicked.connect(lambda _on, said=each.code: self.chosen.emit(said))
            self.buttons[each.code] = button
        super().__init__(look, list(self.buttons.values()), least=104 if look.field else 92, most=5, spacing=8)
        self._group = KeyGroup(list(self.buttons.values()), self)

    def columns_at(self, width: int) -> int:
        """All five or one: a scale is read in one direction."""
        beside = super().columns_at(width) == len(self.buttons)
        for button in self.buttons.values():
            button.over, button.left = beside, not beside
        return len(self.buttons) if beside else 1

    def show_severity(self, severity: Severity | None, *, suggested: bool) -> None:
        """Show which one holds."""
        for each, button in self.buttons.items():
            marked = suggested and each == severity
            button.setChecked(each == severity)
            button.detail = f"{self._hints[each]}\n{_('föreslaget')}" if marked else self._hints[each]
            button.setAccessibleDescription(_("föreslaget") if marked else "")
            button.updateGeometry()
            button.update()
