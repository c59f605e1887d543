"""Tables: rows between hairlines, heads that are repeated, never a row over two pages unless it is higher than one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from app.report.pdf_blocks import Block, Stack, TextBlock
from app.report.pdf_canvas import Canvas
from app.report.style import CELL_PAD_MM, MM, RULE_HEAD, RULE_ROW

_FEW_ROWS = 2
_PAD = CELL_PAD_MM * MM


@dataclass(frozen=True)
class TableRow:
    """Cells with their left edges. `anchor`: the target of links to the row."""

    cells: tuple[tuple[float, Stack], ...]
    anchor: str = ""

    @cached_property
    def height(self) -> float:
        """That of the highest cell, with padding."""
        return max(cell.height() for _x, cell in self.cells) + 2 * _PAD

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Cell by cell."""
        for left, cell in self.cells:
            cell.draw(canvas, x + left, top - _PAD)

    def split(self, room: float) -> "tuple[TableRow, TableRow] | None":
        """A row that is higher than a page in two."""
        heads: list[tuple[float, Stack]] = []
        tails: list[tuple[float, Stack]] = []
        for left, cell in self.cells:
            halves = cell.split(room - 2 * _PAD, forced=True) if cell.height() > room - 2 * _PAD else (cell, Stack(()))
            if not halves:
                return None
            head, tail = halves
            assert isinstance(head, Stack) and isinstance(tail, Stack)
            heads.append((left, head))
            tails.append((left, tail))
        return TableRow(tuple(heads), self.anchor), TableRow(tuple(tails))


@dataclass(frozen=True)
class TableHead:
    """The row over the heads (the table's Caption) and the heads, both repeated; without elements artifacts."""

    band: TextBlock | None
    heads: TableRow

    @property
    def height(self) -> float:
        """Both rows."""
        return self.heads.height + (self.band.height() + _PAD / 2 if self.band else 0)

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """What stands over the heads, then the heads."""
        if self.band:
            self.band.draw(canvas, x, top)
            top -= self.band.height() + _PAD / 2
        self.heads.draw(canvas, x, top)


class TableBlock(Block):
    """A table. `first` heads it, `again` what of it goes on to another page (the same, untagged)."""

    def __init__(
        self,
        width: float,
        first: TableHead,
        again: TableHead,
        rows: Sequence[TableRow],
        keep_whole: bool,
        left: float = 0,
    ) -> None:
        super().__init__()
        self._width, self._first, self._again = width, first, again
        self._rows = list(rows)
        self._whole = keep_whole
        self._left = left
        self._repeated = False

    def height(self) -> float:
        """Heads and rows."""
        return self._first.height + sum(row.height for row in self._rows)

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Heads, rows, and the rules as an artifact."""
        x += self._left
        if self._repeated:
            with canvas.artifact():
                self._first.draw(canvas, x, top)
        else:
            self._first.draw(canvas, x, top)
        top -= self._first.height
        rules = [(top, RULE_HEAD, "ink")]
        for row in self._rows:
            row.draw(canvas, x, top)
            top -= row.height
            rules.append((top, RULE_ROW, "hairline"))
        with canvas.artifact():
            for y, width, colour in rules:
                canvas.rule(x, y, self._width, width, colour)

    def tops(self) -> list[tuple[float, str]]:
        """Its own and those of its rows."""
        tops = super().tops()
        y = self._first.height
        for row in self._rows:
            if row.anchor:
                tops.append((y, row.anchor))
            y += row.height
        return tops

    def split(self, room: float, forced: bool = False) -> tuple[Block, Block] | None:
        """Between two rows, at least two on either side; heads are repeated."""
        if self._whole and not forced:
            return None
        used, fit = self._first.height, 0
        while fit < len(self._rows) and used + self._rows[fit].height <= room + 0.01:
            used += self._rows[fit].height
            fit += 1
        if fit == 0 and forced:
            return self._split_row(room)
        few = 1 if forced else min(_FEW_ROWS, len(self._rows))
        fit = min(fit, len(self._rows) - few)
        if fit < few:
            return None
        return self._part(self._rows[:fit], first=True), self._part(self._rows[fit:], first=False)

    def _split_row(self, room: float) -> tuple[Block, Block] | None:
        halves = self._rows[0].split(room - self._first.height)
        if not halves:
            return None
        return self._part([halves[0]], first=True), self._part([halves[1], *self._rows[1:]], first=False)

    def _part(self, rows: Sequence[TableRow], first: bool) -> "TableBlock":
        part = TableBlock(self._width, self._first if first else self._again, self._again, rows, False, self._left)
        part._repeated = self._repeated or not first
        part.spaced(self.before if first else 0, 0 if first else self.after, self.keep and not first)
        part.anchors = self.anchors if first else ()
        return part
