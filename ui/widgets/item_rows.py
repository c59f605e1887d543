"""What exactly was seen: one row per item of the checklist, as a short statement."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from app.base.words import _
from app.domain.checklist import Checklist, Item
from ui.widgets.flow import FlowGrid
from ui.widgets.group import KeyGroup
from ui.widgets.look import Look
from ui.widgets.things import category_icon, severity_words
from ui.widgets.tile import MarkedRow

LEAST, MOST = 86, 120


class ItemRows(FlowGrid):
    """The rows, in one column or two; they grow before a gap appears. `chosen(item)` is emitted by a press. With a
    `checklist` each row shows the icon of its category."""

    chosen = Signal(str)

    def __init__(
        self, look: Look, items: Sequence[Item], now: object = None, checklist: Checklist | None = None
    ) -> None:
        self.rows: dict[str, MarkedRow] = {}
        grown = 1 + 0.4 * (look.scale - 1)
        for each in items:
            words = severity_words(each.severity, suggested=True)
            icon = category_icon(checklist, each.category) if checklist else ""
            name = f"{each.statement}, {words}" if words else str(each.statement)
            row = MarkedRow(look, str(each.statement), icon, mark=each.severity, name=name, least=round(LEAST * grown))
            row.setFont(look.font("h3"))
            row.setCheckable(each.id == now)
            row.setChecked(each.id == now)
            row.clicked.connect(lambda _on, chosen=each.id: self.chosen.emit(chosen))
            self.rows[each.id] = row
        super().__init__(look, list(self.rows.values()), least=400, most=2, spacing=12, fill=True,
                         highest=round(MOST * grown))  # fmt: skip
        self._group = KeyGroup(list(self.rows.values()), self, one_of=True)


def place_words(place: str, count: int, *, usual: bool) -> str:
    """The line over the rows. `place`: the sort of place, "" where nobody has said."""
    if usual and place:
        text = _("{n} saker som är vanliga här: {place}. Märket till höger är föreslaget allvar.")
    elif usual:
        text = _("{n} saker som är vanliga. Märket till höger är föreslaget allvar.")
    elif place:
        text = _("{n} saker, det som är vanligt här först: {place}. Märket till höger är föreslaget allvar.")
    else:
        text = _("{n} saker. Märket till höger är föreslaget allvar.")
    return text.format(n=count, place=place)
