"""Any number of several, as tiles with icons."""

from collections.abc import Sequence
from typing import Any

from ui.widgets.fields import Field
from ui.widgets.flow import FlowGrid
from ui.widgets.group import KeyGroup
from ui.widgets.look import Look
from ui.widgets.tile import Tile

WIDE, NARROW = 140, 100
"""Pixels that a tile is wide at the least, and where there is little height."""


class TilesField(Field):
    """`choices`: (value, word, icon). Values that are not among them are kept."""

    def __init__(self, look: Look, label: str, choices: Sequence[tuple[str, str, str]]) -> None:
        super().__init__(look, label)
        self.tiles: dict[str, Tile] = {}
        self._rest: tuple[str, ...] = ()
        for value, word, icon in choices:
            tile = Tile(look, word, icon, icon_size=40, smallest_icon=32, least=96, name=f"{label} {word}")
            tile.setCheckable(True)
            tile.clicked.connect(self._pressed)
            self.tiles[value] = tile
        self._grid = FlowGrid(look, list(self.tiles.values()), least=WIDE, most=4, spacing=10)
        self._hold(self._grid)
        self._group = KeyGroup(list(self.tiles.values()), self)

    def set_low(self, *, low: bool) -> None:
        """Where there is little height more of them stand in a row."""
        self._grid.set_columns(least=NARROW if low else WIDE, most=4)

    def _pressed(self) -> None:
        self.changed.emit((*(value for value, tile in self.tiles.items() if tile.isChecked()), *self._rest))

    def show_value(self, value: Any) -> None:
        """Show what is chosen."""
        held = tuple(value) if isinstance(value, tuple | list) else ()
        self._rest = tuple(each for each in held if each not in self.tiles)
        for each, tile in self.tiles.items():
            tile.setChecked(each in held)
