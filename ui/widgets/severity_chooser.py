"""How serious it is: five buttons with shape, sign, word and what the word means."""

from PySide6.QtCore import Signal

from app.base.words import _
from app.domain.checklist import Checklist
from app.domain.values import Severity
from ui.widgets.flow import FlowGrid
from ui.widgets.group import KeyGroup
from ui.widgets.look import Look
from ui.widgets.tile import Tile

LEAST, DESK_TILE, MARK = 112, 92, 40


class SeverityChooser(FlowGrid):
    """The five, beside each other, or under each other where words are large. `chosen(severity)` is emitted by a press.
    What only an item suggested is marked so, in a word. At the desk they are lower, and what the words mean is not
    repeated under them."""

    chosen = Signal(object)

    def __init__(self, look: Look, checklist: Checklist) -> None:
        self.buttons: dict[Severity, Tile] = {}
        self._hints = {each.code: str(each.hint) if look.field else "" for each in checklist.severities}
        tall, wide = (LEAST, 104) if look.field else (look.target + 8, 92)
        for each in checklist.severities:
            name = _("Allvar {n}, {word}: {hint}").format(n=each.code.value, word=each.word, hint=each.hint)
            button = Tile(look, str(each.word), severity=each.code, icon_size=MARK, smallest_icon=MARK, least=tall,
                          name=name, detail=self._hints[each.code])  # fmt: skip
            button.setCheckable(True)
            button.clicked.connect(lambda _on, said=each.code: self.chosen.emit(said))
            self.buttons[each.code] = button
        super().__init__(look, list(self.buttons.values()), least=wide, most=5, spacing=8)
        self._group = KeyGroup(list(self.buttons.values()), self, one_of=True)

    def columns_at(self, width: int) -> int:
        """All five or one: a scale is read in one direction."""
        for button in self.buttons.values():
            button.turn(over=True)
        beside = super().columns_at(width) == len(self.buttons)
        for button in self.buttons.values():
            button.turn(over=beside)
            if beside and not self.look.field:
                button.setMinimumHeight(DESK_TILE)
        return len(self.buttons) if beside else 1

    def show_severity(self, severity: Severity | None, *, suggested: bool) -> None:
        """Show which one holds."""
        for each, button in self.buttons.items():
            marked = suggested and each == severity
            button.setChecked(each == severity)
            detail = "\n".join(filter(None, (self._hints[each], _("föreslaget") if marked else "")))
            if detail != button.detail:
                button.detail = detail
                button.updateGeometry()
            button.setAccessibleDescription(_("föreslaget") if marked else "")
            button.update()
