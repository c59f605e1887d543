"""Composed tables as blocks, with their elements: Table > Caption, TR > TH and TD > P."""

from collections.abc import Sequence

from app.report.document import Cell, Column, Look, Row, Run, Table, Text, plain
from app.report.pdf_blocks import Stack, TextBlock, Typesetter
from app.report.pdf_table import TableBlock, TableHead, TableRow
from app.report.style import CELL_RIGHT_MM, DENSE, MM, SIDE, TABLE, Type
from app.report.tagging import Element


def table_block(setter: Typesetter, table: Table, left: float, width: float, parent: Element) -> TableBlock:
    """A table in `width` points at most: columns that are wider together become narrower alike."""
    return _Maker(setter, table, width, parent.add("Table")).block(left)


class _Maker:
    def __init__(self, setter: Typesetter, table: Table, width: float, element: Element) -> None:
        self._setter, self._table, self._element = setter, table, element
        asked = sum(column.width for column in table.columns) * MM
        scale = min(1.0, width / asked)
        self._widths = [column.width * MM * scale for column in table.columns]
        self._lefts = [sum(self._widths[:index]) for index in range(len(self._widths))]
        self._type = DENSE if table.dense else TABLE

    def block(self, left: float) -> TableBlock:
        width = sum(self._widths)
        first = self._head(self._element)
        rows = [self._row(row) for row in self._table.rows]
        return TableBlock(width, first, self._head(None), rows, self._table.keep, left)

    def _head(self, table: Element | None) -> TableHead:
        """The head as it stands first, or without elements as it is repeated."""
        caption = self._caption(table)
        row = table.add("TR") if table else None
        cells = []
        for index, column in enumerate(self._table.columns):
            cell = row.add("TH", scope="Column") if row else None
            type = self._type.but(strong=True, hyphens=False)
            cells.append((self._lefts[index], self._cell(Cell((plain(column.head),)), index, cell, type)))
        return TableHead(caption, TableRow(tuple(cells)))

    def _caption(self, table: Element | None) -> TextBlock | None:
        """What stands over the heads; a table's caption is not repeated, its band is."""
        caption: Text = (Run(self._table.caption, Look.STRONG),) if self._table.caption and table else ()
        gap: Text = (Run("\n"),) if caption and self._table.band else ()
        words = (*caption, *gap, *self._table.band)
        if not words:
            return None
        element = table.add("Caption") if table else None
        return self._setter.text(words, SIDE, sum(self._widths), element)

    def _row(self, row: Row) -> TableRow:
        element = self._element.add("TR", record=row.record)
        cells: list[tuple[float, Stack]] = []
        for index, (column, cell) in enumerate(zip(self._table.columns, row.cells, strict=True)):
            own = element.add("TH", scope="Row") if column.row_head else element.add("TD")
            cells.append((self._lefts[index], self._cell(cell, index, own, self._type)))
        return TableRow(tuple(cells), row.record)

    def _cell(self, cell: Cell, index: int, element: Element | None, type: Type) -> Stack:
        column = self._table.columns[index]
        type = type.but(right=column.numeric, hyphens=type.hyphens and not column.whole)
        padding = 0.0 if _is_last(self._table.columns, column) else CELL_RIGHT_MM * MM
        width = self._widths[index] - padding
        lines = [self._setter.text(line, type, width, element.add("P") if element else None) for line in cell.lines]
        return Stack(lines)


def _is_last(columns: Sequence[Column], column: Column) -> bool:
    return columns[-1] is column
