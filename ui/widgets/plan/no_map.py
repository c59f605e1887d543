"""Told in the plan where there is no map."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from app.base.words import _, ngettext
from app.domain.records import Stop
from app.domain.values import Position
from ui.widgets.button import Button
from ui.widgets.desk import Desk, Place
from ui.widgets.look import icon_named
from ui.widgets.text import Icon, Label, Surface, held, row


class NoMap(Surface):
    """How many stops lie outside every map that is here, and the way to where maps are added."""

    def __init__(self, desk: Desk, scope: str) -> None:
        look = desk.look
        super().__init__(look, "warnBg", line="warn", radius=10)
        self._tiles = desk.tiles
        self._words = Label(look, "")
        told = row(Icon(look, icon_named("state", "warn"), "warn"), self._words, spacing=10)
        told.setStretch(1, 1)
        add = Button(look, _("Lägg till en karta"), "map-plus")
        add.clicked.connect(lambda: desk.go(Place("settings", scope)))
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 12, 12, 12)
        box.addWidget(held(told))
        box.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_stops(self, stops: Sequence[Stop]) -> None:
        """Look these up on the maps."""
        places = [each.position for each in stops if isinstance(each.position, Position)]
        bare = [each for each in places if not any(file.info.bounds.holds(each) for file in self._tiles.files)]
        text = ngettext(
            "{n} stopp ligger utanför kartorna som finns här.", "{n} stopp ligger utanför kartorna som finns här.",
            len(bare),
        )  # fmt: skip
        self._words.setText(text.format(n=len(bare)))
        self.setVisible(bool(bare))
