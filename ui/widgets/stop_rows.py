"""Which stop it is: one row per stop, and one for along the way."""

from PySide6.QtCore import Signal

from app.base.words import _
from app.domain.records import Stop
from app.domain.values import PlaceType, known, label_of
from ui.widgets.flow import FlowGrid
from ui.widgets.group import KeyGroup
from ui.widgets.look import Look, icon_named
from ui.widgets.things import Things, stop_title
from ui.widgets.tile import MarkedRow

HIGHEST = 120


class StopRows(FlowGrid):
    """The rows. `chosen(stop)` is emitted by a press, with "" for along the way."""

    chosen = Signal(str)

    def __init__(self, look: Look, things: Things, now: Stop | None) -> None:
        rows = []
        for stop in (*things.stops, None):
            kind = known(stop.place_type, PlaceType) if stop else None
            text = stop_title(things.numbers.get(stop.id, ""), stop) if stop else _("Längs vägen, inget stopp")
            detail = label_of(kind) if kind and kind != PlaceType.OTHER else ""
            icon = icon_named("place_type", (kind or PlaceType.OTHER).value) if stop else "map-marker-path"
            row = MarkedRow(look, text, icon, detail=detail, least=72)
            here = stop is not None and now is not None and stop.id == now.id
            row.setCheckable(here)
            row.setChecked(here)
            row.clicked.connect(lambda _on, key=stop.id if stop else "": self.chosen.emit(key))
            rows.append(row)
        highest = round(HIGHEST * (1 + 0.4 * (look.scale - 1)))
        super().__init__(look, rows, least=420, most=2, spacing=12, fill=True, highest=highest)
        self._group = KeyGroup(rows, self, one_of=True)
