"""Cells: what the log shows of each field, kept by the same insert that keeps the log.

A cell is recomputed from all changes of that field, so it does not matter in which order they arrive. `heads` is JSON
[[stamp, value text], …] and only there while there are several.
"""

import json
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter
from sqlite3 import Connection

from app.domain.change import Head, heads_of
from app.domain.record import CREATED, DELETED, ERASED
from app.domain.records import KIND_OF

CellKey = tuple[str, str, str, str]
"""record, scope, field, kind: a device's record has one id in every walk, and no walk may write in another."""

AT_ONCE = 10_000
"""Cells whose changes are held in memory while all are made anew."""

CellRow = tuple[str, str, str, str, str, str, str | None]


MACHINE = frozenset((kind, each.name) for kind, cls in KIND_OF.items() for each in cls.FIELDS if each.machine)


SETTLING = frozenset((kind, each.name) for kind, cls in KIND_OF.items() for each in cls.FIELDS if each.settles)


HAPPENING = frozenset((kind, each.name) for kind, cls in KIND_OF.items() for each in cls.FIELDS if each.happens)


def is_machine(kind: str, field: str) -> bool:
    """Whether the program writes this field, so that it settles without conflict."""
    return field == CREATED or (field not in (DELETED, ERASED) and (kind, field) in MACHINE)


def settles(kind: str, field: str) -> bool:
    """Whether the latest value of this field holds without a question."""
    return is_machine(kind, field) or (kind, field) in SETTLING


class CellChanges:
    """All changes of some cells: those that the log held when this was made, and what has been added.

    A write asks three things of them: which heads it replaces, which of them had been seen, and what is shown after.
    """

    def __init__(self, tables: Connection, keys: Iterable[CellKey]) -> None:
        """One query a record: a write mostly sets several fields of one."""
        self._changes: dict[CellKey, list[tuple[int, str, str, tuple[str, ...]]]] = {key: [] for key in keys}
        query = "select field, kind, arrival, stamp, value, replaces from change where record = ? and scope = ?"
        for record, scope in {key[:2] for key in self._changes}:
            for field, kind, arrival, stamp, value, replaces in tables.execute(query, (record, scope)):
                if (record, scope, field, kind) in self._changes:
                    self.add((record, scope, field, kind), arrival, stamp, value, tuple(replaces.split()))

    def add(self, key: CellKey, arrival: int, stamp: str, value: str, replaces: tuple[str, ...]) -> None:
        """One more change of a cell."""
        self._changes[key].append((arrival, stamp, value, replaces))

    def heads(self, key: CellKey, at: int | None = None) -> list[Head]:
        """The heads of a cell, or as the log stood at arrival number `at`."""
        return heads_of([change[1:] for change in self._changes[key] if at is None or change[0] <= at])

    def cells(self) -> list[CellKey]:
        """The cells, in order."""
        return sorted(self._changes)


def heads_at(tables: Connection, key: CellKey, at: int | None = None) -> list[Head]:
    """The heads of a cell now, or as the log stood at arrival number `at`."""
    return CellChanges(tables, [key]).heads(key, at)


def _row(key: CellKey, heads: list[Head]) -> CellRow:
    several = json.dumps([[head.stamp, head.value] for head in heads], ensure_ascii=False) if len(heads) > 1 else None
    return (*key, heads[-1].value, heads[-1].stamp, several)


def _keep(tables: Connection, rows: Iterable[CellRow]) -> None:
    tables.executemany(
        "insert or replace into cell(record, scope, field, kind, value, stamp, heads) values(?, ?, ?, ?, ?, ?, ?)", rows
    )


def recompute(tables: Connection, held: CellChanges) -> None:
    """Bring these cells up to date."""
    rows = []
    for key in held.cells():
        heads = held.heads(key)
        # Heads can only be missing where foreign changes replace each other in a ring; then nothing is shown.
        if heads:
            rows.append(_row(key, heads))
        else:
            tables.execute("delete from cell where record = ? and scope = ? and field = ? and kind = ?", key)
    _keep(tables, rows)


def _recomputed(tables: Connection) -> Iterator[CellRow]:
    rows = tables.execute(
        "select record, scope, field, kind, stamp, value, replaces from change order by record, scope, field, kind"
    )
    for key, found in groupby(rows, key=lambda row: row[:4]):
        heads = heads_of([(row[4], row[5], tuple(row[6].split())) for row in found])
        if heads:
            yield _row(key, heads)


def rebuild(tables: Connection) -> None:
    """Make all cells anew from the log.

    Most fields were written once, and then that change is the head: those SQLite does alone, in half the time of
    sorting a million changes out in Python. The others are marked meanwhile, as having several heads, and put right.
    """
    tables.execute("delete from cell")
    tables.execute(
        """insert into cell(record, scope, field, kind, value, stamp, heads)
           select record, scope, field, kind, value, stamp, case when instr(replaces, stamp) then '' end from change
           where true order by record, scope, field, kind
           on conflict(record, scope, field, kind) do update set heads = ''"""
    )
    marked = tables.execute("select record, scope, field, kind from cell where heads is not null").fetchall()
    for start in range(0, len(marked), AT_ONCE):
        recompute(tables, CellChanges(tables, marked[start : start + AT_ONCE]))


def count_of_wrong(tables: Connection) -> int:
    """How many cells differ from what the log says, missing and surplus ones included."""
    query = "select record, scope, field, kind, value, stamp, heads from cell order by record, scope, field, kind"
    both = merge(tables.execute(query), _recomputed(tables), key=itemgetter(0, 1, 2, 3))
    pairs = (tuple(rows) for _key, rows in groupby(both, key=itemgetter(0, 1, 2, 3)))
    return sum(len(pair) != 2 or pair[0] != pair[1] for pair in pairs)


def heads_in(value: str, stamp: str, heads: str | None) -> list[Head]:
    """The heads that a cell's row tells of."""
    return [Head(*pair) for pair in json.loads(heads)] if heads else [Head(stamp, value)]
