"""What it is about: fourteen tiles that never move, whatever the place."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from app.base.words import _
from app.domain.checklist import Category
from app.domain.rules import POSITIVE_CATEGORY
from ui.widgets.flow import FlowGrid
from ui.widgets.group import KeyGroup
from ui.widgets.look import Look, icon_named
from ui.widgets.tile import Tile

LYING, STANDING = 5, 3
"""Tiles in a row: on a tablet that lies, and on one that stands."""

LYING_FROM = 900


class CategoryGrid(FlowGrid):
    """The tiles. `chosen(category)` is emitted by a press."""

    chosen = Signal(str)

    def __init__(self, look: Look, categories: Sequence[Category], now: str = "") -> None:
        self.tiles: dict[str, Tile] = {}
        wide = []
        for place, each in enumerate(categories, 1):
            good = each.id == POSITIVE_CATEGORY
            name = _("{word}, kategori {letter}, {n} av {total}")
            tile = Tile(
                look, str(each.tile), icon_named("category", each.letter), over=not good,
                kind="good" if good else "plain", icon_size=64 if good else 52, smallest_icon=40,
                name=name.format(word=each.tile, letter=each.letter, n=place, total=len(categories)),
            )  # fmt: skip
            tile.setFont(look.font("h3"))
            tile.setCheckable(each.id == now)
            tile.setChecked(each.id == now)
            tile.clicked.connect(lambda _on, chosen=each.id: self.chosen.emit(chosen))
            self.tiles[each.id] = tile
            wide += [tile] if good else []
        super().__init__(look, list(self.tiles.values()), least=170, most=LYING, spacing=12, wide=wide, fill=True)
        self._group = KeyGroup(list(self.tiles.values()), self, one_of=True)

    def columns_at(self, width: int) -> int:
        """Five tiles in a row where a tablet lies, three where it stands, fewer where words are large."""
        most = LYING if width / self.look.scale >= LYING_FROM else STANDING
        return min(most, super().columns_at(width))
