"""Deletes: which records are hidden, and the vectors that say what a deleter had been shown.

A record is hidden only while all heads of its `deleted` are vectors and every change of it, and of records pointing to
it, directly or through others, is covered by one of them. What is part of a hidden record is hidden with it.
`hidden.root` is 1 where the record's own delete hides it, 0 where it is only part of something hidden.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from sqlite3 import Connection
from typing import Any

from app.domain.change import Head, Vector
from app.domain.record import CREATED, DELETED, is_id
from app.domain.records import KIND_OF
from app.storage.cells import CellKey, heads_at, heads_in, is_machine

Rows = dict[str, "DeviceRow"]


class DeviceRow:
    """The row of one device in one scope: its stamps by seq, and the sha16 up to any seq."""

    def __init__(self) -> None:
        self._stamps: list[tuple[int, str]] = []
        self._sha: dict[int, str] = {}
        self.unbroken = 0

    def add(self, seq: int, stamp: str) -> None:
        """The next stamp in the order (seq, n, stamp)."""
        self._stamps.append((seq, stamp))
        if seq == self.unbroken + 1:
            self.unbroken = seq

    def sha16(self, last: int) -> str:
        """First 16 hex of the SHA-256 over the stamps with seq ≤ `last`, each followed by a line feed."""
        if last not in self._sha:
            text = "".join(f"{stamp}\n" for seq, stamp in self._stamps if seq <= last)
            self._sha[last] = hashlib.sha256(text.encode()).hexdigest()[:16]
        return self._sha[last]


def device_rows(tables: Connection, scope: str, at: int | None = None) -> Rows:
    """Every device's row in a scope, now or as the log stood at arrival number `at`."""
    limit = "" if at is None else " and arrival <= ?"
    found: Rows = {}
    query = f"select device, seq, stamp from change where scope = ?{limit} order by device, seq, n, stamp"
    for device, seq, stamp in tables.execute(query, (scope,) if at is None else (scope, at)):
        found.setdefault(device, DeviceRow()).add(seq, stamp)
    return found


def alone(tables: Connection, scope: str, device: str, last: int) -> set[str]:
    """The sha16 of a device's row up to a seq as it would be with the earliest write alone of each seq, or the latest:
    what an id that was in two places had written in the one or in the other."""
    query = """select seq, n, stamp from change where scope = ? and device = ? and seq <= ? order by seq, stamp"""
    writes: dict[int, list[list[str]]] = {}
    for seq, n, stamp in tables.execute(query, (scope, device, last)):
        if n == 0 or seq not in writes:
            writes.setdefault(seq, []).append([])
        writes[seq][-1].append(stamp)
    found = set()
    for which in (0, -1):
        row = DeviceRow()
        for seq, each in writes.items():
            for stamp in each[which]:
                row.add(seq, stamp)
        found.add(row.sha16(last))
    return found


def vector(tables: Connection, scope: str, at: int | None = None) -> Vector:
    """{device: [last seq of its unbroken row, sha16]}, now or as the log stood at `at`."""
    rows = device_rows(tables, scope, at)
    return {device: [row.unbroken, row.sha16(row.unbroken)] for device, row in sorted(rows.items()) if row.unbroken}


def is_vector(value: Any) -> bool:
    """Whether the value of a `deleted` is a vector; None among the heads shows the record."""
    return isinstance(value, dict) and all(
        isinstance(entry, list) and len(entry) == 2 and isinstance(entry[0], int) for entry in value.values()
    )


def _pointing_to(tables: Connection, scope: str, record: str) -> Iterator[str]:
    """Records with a head that names this record."""
    query = """select distinct record, field, kind from change
               where value = ? and length(value) = 34 and scope = ? and record <> ?"""
    value = json.dumps(record)
    for source, field, kind in tables.execute(query, (value, scope, record)).fetchall():
        if any(head.value == value for head in heads_at(tables, (source, scope, field, kind))):
            yield source


def _with_all_pointing(tables: Connection, scope: str, record: str) -> set[str]:
    found, todo = {record}, [record]
    while todo:
        for source in _pointing_to(tables, scope, todo.pop()):
            if source not in found:
                found.add(source)
                todo.append(source)
    return found


def _needs_cover(kind: str, field: str, value: str, own: bool) -> bool:
    if field == DELETED:
        return not own and not is_vector(json.loads(value))
    return field == CREATED or not is_machine(kind, field)


def _uncovered(tables: Connection, scope: str, record: str, vectors: list[Vector], rows: Rows) -> Iterator[Head]:
    """The changes of a record, and of what points to it, that no vector covers."""
    for each in _with_all_pointing(tables, scope, record):
        query = "select device, seq, kind, field, value, stamp from change where record = ? and scope = ?"
        for device, seq, kind, field, value, stamp in tables.execute(query, (each, scope)).fetchall():
            entries = [vector[device] for vector in vectors if device in vector]
            covered = device in rows and any(seq <= last and rows[device].sha16(last) == sha for last, sha in entries)
            if not covered and _needs_cover(kind, field, value, own=each == record):
                yield Head(stamp, value)


def _is_root(tables: Connection, scope: str, record: str, rows: Rows) -> bool:
    """Whether the record's own delete hides it: all heads vectors, and everything covered."""
    vectors = [json.loads(head.value) for head in heads_of_deleted(tables, scope, record)]
    if not vectors or not all(is_vector(value) for value in vectors):
        return False
    return next(_uncovered(tables, scope, record, vectors, rows), None) is None


def uncovered(tables: Connection, scope: str, record: str) -> list[Head]:
    """The changes that the deletes of a record do not cover, in stamp order."""
    heads = [json.loads(head.value) for head in heads_of_deleted(tables, scope, record)]
    vectors = [value for value in heads if is_vector(value)]
    found = _uncovered(tables, scope, record, vectors, device_rows(tables, scope))
    return sorted(found, key=lambda head: head.stamp)


def _part_fields() -> dict[tuple[str, str], str]:
    """(kind, field) → the field that it gives way to while that is set, or ""."""
    return {(kind, each.name): each.unless for kind, cls in KIND_OF.items() for each in cls.FIELDS if each.part}


PART_FIELDS = _part_fields()


def _parts_of(tables: Connection, scope: str, record: str) -> set[str]:
    """Records whose shown value in a part-field is this record."""
    value = json.dumps(record)
    query = """select distinct c.record, c.kind, c.field from change c
               join cell on cell.record = c.record and cell.scope = c.scope
               and cell.field = c.field and cell.kind = c.kind
               where c.value = ? and length(c.value) = 34 and c.scope = ? and cell.value = ?"""
    return {
        source
        for source, kind, field in tables.execute(query, (value, scope, value)).fetchall()
        if (kind, field) in PART_FIELDS and not _is_set(tables, (source, scope, PART_FIELDS[kind, field], kind))
    }


def _is_set(tables: Connection, key: CellKey) -> bool:
    query = "select 1 from cell where record = ? and scope = ? and field = ? and kind = ? and value <> 'null'"
    return tables.execute(query, key).fetchone() is not None


def computed(tables: Connection, scope: str) -> list[tuple[str, str, int]]:
    """(record, scope, whether by its own delete) of a scope's hidden records, as the log says."""
    deleted = [
        row[0] for row in tables.execute("select record from cell where scope = ? and field = 'deleted'", [scope])
    ]
    if not deleted:
        return []
    rows = device_rows(tables, scope)
    roots = {record for record in deleted if _is_root(tables, scope, record, rows)}
    hidden, todo = set(roots), list(roots)
    while todo:
        for part in _parts_of(tables, scope, todo.pop()):
            if part not in hidden:
                hidden.add(part)
                todo.append(part)
    return [(record, scope, int(record in roots)) for record in sorted(hidden)]


def rebuild(tables: Connection, scope: str) -> None:
    """Make a scope's hidden records anew."""
    found = computed(tables, scope)
    tables.execute("delete from hidden where scope = ?", [scope])
    tables.executemany("insert into hidden(record, scope, root) values(?, ?, ?)", found)


def _touching(tables: Connection, scope: str, records: Iterable[str]) -> set[str]:
    """The records, and all that any of their changes ever named, directly or through others."""
    found, todo = set(records), list(records)
    while todo:
        query = "select distinct value from change where record = ? and scope = ? and length(value) = 34"
        for (value,) in tables.execute(query, (todo.pop(), scope)).fetchall():
            target = json.loads(value)
            if is_id(target) and target not in found:
                found.add(target)
                todo.append(target)
    return found


def follow(tables: Connection, scope: str, records: set[str], *, rows_changed: bool) -> bool:
    """Bring the hidden records up to date after changes of `records`. Returns whether other ones may be hidden now.

    `rows_changed`: another device's row got longer or whole, so any vector may fit now; else only deletes that these
    records take part in can change, and mostly there are none.
    """
    deletes = tables.execute("select count(*) from cell where scope = ? and field = 'deleted'", [scope]).fetchone()[0]
    if not deletes:
        return False
    if not rows_changed:
        touched = _touching(tables, scope, records)
        marks = ",".join("?" * len(touched))
        near = tables.execute(
            f"select 1 from cell where scope = ? and field = 'deleted' and record in ({marks}) limit 1",
            [scope, *sorted(touched)],
        ).fetchone()
        if near is None:
            return False
    rebuild(tables, scope)
    return True


def heads_of_deleted(tables: Connection, scope: str, record: str, at: int | None = None) -> list[Head]:
    """The heads of a record's `deleted`, none where it was never deleted; now or as the log stood at `at`."""
    cell = tables.execute(
        "select kind, value, stamp, heads from cell where record = ? and scope = ? and field = 'deleted'",
        (record, scope),
    ).fetchone()
    if cell is None:
        return []
    return heads_in(*cell[1:]) if at is None else heads_at(tables, (record, scope, DELETED, cell[0]), at)
