"""Batches in the database: frozen here or received, kept verbatim."""

import contextlib
from collections.abc import Iterable, Sequence
from itertools import groupby
from sqlite3 import Connection
from typing import Any

from app.base.errors import NotFound
from app.base.words import _
from app.domain.batch import BatchName, Misplaced, TooNew, Unreadable, pack, parse_name, sha16_of, split, unpack
from app.domain.change import Change
from app.domain.ports import Taken
from app.domain.record import BLOB, is_hash
from app.domain.records import KIND_OF

COLUMNS = "scope, device, seq, n, stamp, action, kind, record, field, value, replaces"


def changes_of(rows: Iterable[Sequence[Any]]) -> list[Change]:
    """The changes that rows with these columns are."""
    return [
        Change(scope, device, seq, n, stamp, action, kind, record, field, value, tuple(replaces.split()))
        for scope, device, seq, n, stamp, action, kind, record, field, value, replaces in rows
    ]


def changes_in(tables: Connection, where: str, values: Sequence[object]) -> list[Change]:
    """The changes that a clause finds."""
    return changes_of(tables.execute(f"select {COLUMNS} from change where {where}", list(values)).fetchall())


def freeze(tables: Connection, scope: str, now: str) -> list[str]:
    """Make batches of every change in `scope` that is in none, under the device ids they carry."""
    query = f"""select {COLUMNS} from change where arrival in (select arrival from loose) and scope = ?
                order by device, seq, n, stamp"""
    names = []
    for device, found in groupby(
        changes_of(tables.execute(query, [scope]).fetchall()), key=lambda change: change.device
    ):
        for part in split(list(found)):
            before = tables.execute(
                """select name from batch where scope = ? and device = ? and last < ?
                   order by last desc, name desc limit 1""",
                (scope, device, part[0].seq),
            ).fetchone()
            name, data = pack(part, before[0] if before else None)
            keep(tables, scope, name, data, Taken.APPLIED, now)
            names.append(name)
    tables.execute("delete from loose where arrival in (select arrival from change where scope = ?)", [scope])
    return names


def keep(tables: Connection, scope: str, name: str, data: bytes, taken: Taken, now: str) -> None:
    """Keep a batch's bytes, which fit its name; they replace bytes that the disk has spoilt. `now`: ISO UTC."""
    said = parse_name(name)
    assert said is not None
    tables.execute(
        """insert into batch values(?, ?, ?, ?, ?, ?, ?, ?)
           on conflict(name) do update set taken = excluded.taken, bytes = excluded.bytes""",
        (name, scope, said.device, said.first, said.last, taken.value, now, data),
    )


def read(tables: Connection, name: str) -> bytes:
    """The bytes of a batch. Raises NotFound."""
    row = tables.execute("select bytes from batch where name = ?", [name]).fetchone()
    if row is None:
        raise NotFound("batch", _("Filen med ändringar {name} finns inte här.").format(name=name))
    return bytes(row[0])


def _held(tables: Connection, change: Change) -> Change | None:
    row = tables.execute(
        f"select {COLUMNS} from change where scope = ? and device = ? and seq = ? and n = ? and stamp = ?",
        (change.scope, change.device, change.seq, change.n, change.stamp),
    ).fetchone()
    return changes_of([row])[0] if row else None


def take(tables: Connection, scope: str, name: str, data: bytes) -> tuple[Taken, list[Change]]:
    """What to do with a batch, and which of its changes are new here. Changes that waited to be sent and came back in
    this batch wait no more."""
    said = parse_name(name)
    if said is None or sha16_of(data) != said.sha16:
        return Taken.DAMAGED, []
    held = tables.execute("select bytes from batch where name = ?", [name]).fetchone()
    if held and sha16_of(bytes(held[0])) == said.sha16:
        return Taken.KNOWN, []
    return _new_in(tables, scope, said, data)


def newer(tables: Connection) -> list[tuple[str, str]]:
    """(scope, name) of the batches kept because a newer version wrote them."""
    found = tables.execute("select scope, name, taken from batch where taken <> 'applied' order by scope, name")
    return [(scope, name) for scope, name, taken in found if taken == Taken.NEWER]


def take_again(tables: Connection, scope: str, name: str) -> list[Change]:
    """The new changes in a batch that was too new, where this version can read it."""
    said = parse_name(name)
    assert said is not None
    taken, changes = _new_in(tables, scope, said, read(tables, name))
    if taken is not Taken.NEWER:
        tables.execute("update batch set taken = ? where name = ?", (taken.value, name))
    return changes


def _new_in(tables: Connection, scope: str, said: BatchName, data: bytes) -> tuple[Taken, list[Change]]:
    try:
        changes = unpack(scope, said, data)
    except TooNew:
        return Taken.NEWER, []
    except Misplaced:
        return Taken.DAMAGED, []
    except Unreadable:
        return Taken.BROKEN, []
    new: dict[tuple[int, int, str], Change] = {}
    for change in changes:
        held = _held(tables, change) or new.get((change.seq, change.n, change.stamp))
        if held is None:
            new[(change.seq, change.n, change.stamp)] = change
        elif held != change:
            return Taken.CLASH, []
    _wait_no_more(tables, changes)
    return Taken.APPLIED, list(new.values())


def _wait_no_more(tables: Connection, changes: Iterable[Change]) -> None:
    tables.executemany(
        """delete from loose where arrival =
           (select arrival from change where scope = ? and device = ? and seq = ? and n = ? and stamp = ?)""",
        [(change.scope, change.device, change.seq, change.n, change.stamp) for change in changes],
    )


def holds_all(tables: Connection, scope: str, name: str, data: bytes) -> bool:
    """Whether every change of this batch is in the log with equal value."""
    said = parse_name(name)
    if said is None or sha16_of(data) != said.sha16:
        return False
    try:
        return all(_held(tables, change) == change for change in unpack(scope, said, data))
    except (TooNew, Misplaced, Unreadable):
        return False


def rebuild_loose(tables: Connection) -> None:
    """Find anew which changes are in no batch, by reading every batch."""
    tables.execute("delete from loose")
    tables.execute("insert into loose select arrival from change")
    for scope, name, data in tables.execute("select scope, name, bytes from batch where taken = 'applied'").fetchall():
        said = parse_name(name)
        assert said is not None
        # The changes of a batch that the disk has spoilt go into a new one.
        with contextlib.suppress(TooNew, Misplaced, Unreadable):
            _wait_no_more(tables, unpack(scope, said, bytes(data)))


_NAMING = "length(value) = 66 and value like '\"%'"
_ERASED = "select distinct scope, record from change where field = 'erased' and value = 'true'"


def _blobs(rows: Iterable[Sequence[str]]) -> set[tuple[str, str]]:
    """(scope, blob) of every (scope, value) that is exactly 64 hex. A value that the disk has spoilt names none."""
    return {(scope, value[1:-1]) for scope, value in rows if value.endswith('"') and is_hash(value[1:-1])}


def blobs_named(tables: Connection, scope: str) -> set[str]:
    """Every value of exactly 64 hex, also in fields and kinds this version does not know."""
    query = f"select distinct scope, value from change where scope = ? and {_NAMING}"
    return {name for _scope, name in _blobs(tables.execute(query, [scope]))}


def naming(tables: Connection, scope: str, names: Iterable[str]) -> dict[str, list[tuple[str, str, str, int]]]:
    """Of each of these blobs (kind, record, device, first seq) of the changes that name it."""
    query = f"""select value, kind, record, device, min(seq) from change where scope = ? and {_NAMING}
                group by value, kind, record, device"""
    found: dict[str, list[tuple[str, str, str, int]]] = {name: [] for name in names}
    if not found:
        return found
    for value, kind, record, device, seq in tables.execute(query, [scope]):
        # Without its quotes: a value that is a blob has no other character.
        if value[1:-1] in found:
            found[value[1:-1]].append((kind, record, device, seq))
    return found


def _erased(tables: Connection) -> set[tuple[str, str]]:
    """(scope, blob) of every blob that any change of an erased record names. One `erased: true` counts for ever."""
    return _blobs(
        tables.execute(
            f"select distinct scope, value from ({_ERASED}) cross join change using (scope, record) where {_NAMING}"
        )
    )


def blobs_erased(tables: Connection, scope: str) -> set[str]:
    """Every blob that any change of an erased record of a walk names."""
    return {name for where, name in _erased(tables) if where == scope}


def blobs_to_delete(tables: Connection) -> set[str]:
    """The erased blobs of every walk, without those that another walk names in a record that is not erased."""
    erased = _erased(tables)
    if not erased:
        return set()
    named = _blobs(tables.execute(f"select distinct scope, value from change where {_NAMING}"))
    return {name for _scope, name in erased} - {name for _scope, name in named - erased}


PERSONAL = tuple(
    (kind, each.name) for kind, cls in KIND_OF.items() for each in cls.FIELDS if each.personal and each.names == BLOB
)


def blobs_personal(tables: Connection, scope: str) -> set[str]:
    """Every blob that a personal field names, of whatever time."""
    marks = ", ".join("(?, ?)" for _ in PERSONAL)
    query = f"""select distinct scope, value from change
                where scope = ? and {_NAMING} and (kind, field) in (values {marks})"""
    found = tables.execute(query, [scope, *(part for pair in PERSONAL for part in pair)])
    return {name for _scope, name in _blobs(found)}


def by_urgency(tables: Connection, scope: str, names: Iterable[str]) -> list[str]:
    """Thumbnails first, then report size, then the rest; each in order of name."""
    query = "select value, field from change where scope = ? and length(value) = 66 and field in ('thumb', 'report')"
    urgent: dict[str, int] = {}
    for value, field in tables.execute(query, [scope]):
        rank, name = 0 if field == "thumb" else 1, value[1:-1]
        urgent[name] = min(rank, urgent.get(name, 2))
    return sorted(names, key=lambda name: (urgent.get(name, 2), name))
