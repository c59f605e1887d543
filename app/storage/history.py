"""What happened to a record, and what devices changed unaware of each other."""

import hashlib
import json
from sqlite3 import Connection
from typing import Any

from app.base.clock import iso
from app.domain.change import Head, Past
from app.domain.record import DELETED, Seen
from app.domain.stamp import time_of
from app.domain.walk import Choice, Conflict, Later
from app.storage import hidden
from app.storage.batches import PERSONAL, blobs_erased
from app.storage.cells import HAPPENING, CellKey, heads_in, settles
from app.storage.views import seen_now


def choice_of(stamp: str) -> str:
    """The stable short name of a value that stands against another: first 8 hex of the SHA-256 of its stamp."""
    return hashlib.sha256(stamp.encode()).hexdigest()[:8]


def made_at(stamp: str) -> str | None:
    """When a stamp was made, by its maker's clock (ISO UTC), or None where it cannot be read."""
    try:
        return iso(time_of(stamp))
    except (ValueError, OverflowError):
        return None


def taken_back(tables: Connection, scope: str, device: str, action: int) -> list[tuple[str, str, str, Any]]:
    """(kind, record, field, value) that the latest undo of an action of a device wrote, as written."""
    query = """select kind, record, field, value from change where scope = ? and device = ? and action = ?
               and seq > (select max(seq) from change where scope = ? and device = ? and action = ?) order by seq, n"""
    rows = tables.execute(query, (scope, device, -action, scope, device, action))
    return [(kind, record, field, json.loads(value)) for kind, record, field, value in rows]


def last_change(tables: Connection, scope: str) -> str | None:
    """When the latest change of a walk was made (ISO UTC), by its maker's clock; None where there is none."""
    stamps = tables.execute("select max(stamp) from change where scope = ?", [scope]).fetchone()[0]
    return made_at(stamps) if stamps else None


def latest_scope(tables: Connection, device: str) -> str | None:
    """The walk that a device wrote in last, as changes arrived here."""
    row = tables.execute("select scope from change where device = ? order by arrival desc limit 1", [device]).fetchone()
    return row[0] if row else None


def _labels(tables: Connection, scope: str) -> dict[str, str]:
    query = "select record, value from cell where scope = ? and kind = 'device' and field = 'label'"
    return {device: json.loads(value) for device, value in tables.execute(query, [scope]) if value.startswith('"')}


def _choice(tables: Connection, scope: str, head: Head, value: Any) -> Choice:
    stamp = _first_written(tables, head.stamp)
    row = tables.execute("select device from change where stamp = ?", [stamp]).fetchone()
    device = row[0] if row else ""
    label = _labels(tables, scope).get(device, "")
    return Choice(choice_of(head.stamp), head.stamp, value, device, label, made_at(stamp) or "")


def _first_written(tables: Connection, stamp: str) -> str:
    """The stamp of the change that a change put back where it is an undo's, else its own. An undo writes again what the
    first change of the undone action replaced there."""
    query = """select old.stamp from change as new
               join change as undone on undone.record = new.record and undone.scope = new.scope
                   and undone.field = new.field and undone.kind = new.kind
                   and undone.device = new.device and undone.action = -new.action
               join change as old on old.record = new.record and old.scope = new.scope
                   and old.field = new.field and old.kind = new.kind
                   and instr(undone.replaces, old.stamp) and old.value = new.value and old.stamp < new.stamp
               where new.stamp = ? and new.action < 0
               order by undone.seq, undone.n, old.stamp desc limit 1"""
    while row := tables.execute(query, [stamp]).fetchone():
        (stamp,) = row
    return stamp


def _base(tables: Connection, key: CellKey, heads: list[Head]) -> Any:
    """The value that all the heads replaced, or None where they replaced different ones."""
    query = "select stamp, value, replaces from change where record = ? and scope = ? and field = ? and kind = ?"
    changes = {stamp: (value, set(replaces.split())) for stamp, value, replaces in tables.execute(query, key)}
    common = set.intersection(*(changes[head.stamp][1] for head in heads))
    values = {changes[stamp][0] for stamp in common if stamp in changes}
    return json.loads(values.pop()) if len(values) == 1 else None


def _later(tables: Connection, scope: str, head: Head) -> Later:
    query = "select kind, record, field, device from change where stamp = ?"
    kind, record, field, device = tables.execute(query, [head.stamp]).fetchone()
    return Later(kind, record, field, json.loads(head.value), device, _labels(tables, scope).get(device, ""))


def _contradicted_delete(tables: Connection, scope: str, record: str, seen: Seen) -> Conflict | None:
    """The conflict "borttagen av A, ändrad av B": a delete that does not cover all there is."""
    row = tables.execute(
        "select kind, value, stamp, heads from cell where record = ? and scope = ? and field = 'deleted'",
        (record, scope),
    ).fetchone()
    heads = heads_in(*row[1:])
    if not any(hidden.is_vector(json.loads(head.value)) for head in heads):
        return None
    deletes = [_choice(tables, scope, head, hidden.is_vector(json.loads(head.value)) or None) for head in heads]
    uncovered = hidden.uncovered(tables, scope, record)
    if all(hidden.is_vector(json.loads(head.value)) for head in heads):
        if not uncovered:
            return None
        deletes.append(_choice(tables, scope, uncovered[-1], None))
    later = tuple(_later(tables, scope, head) for head in uncovered)
    return Conflict(row[0], record, DELETED, None, None, tuple(deletes), later, seen)


def _all_happened(kind: str, field: str, heads: list[Head]) -> bool:
    """Whether every head tells a moment that had come when it was written, by its maker's clock."""
    moments = [(each.value.strip('"'), made_at(each.stamp)) for each in heads]
    # To the second, and as text: what cannot be read as a moment has not come.
    return (kind, field) in HAPPENING and all(stamp and value[:19] <= stamp[:19] for value, stamp in moments)


def _any_in(heads: list[Head], blobs: set[str]) -> bool:
    return any(head.value.strip('"') in blobs for head in heads)


def conflicts(tables: Connection, scope: str) -> list[Conflict]:
    """Every field of a walk that devices changed unaware of each other, by kind, record and field."""
    found, seen = [], seen_now(tables)
    query = """select record, field, kind, value, stamp, heads from cell
               where scope = ? and heads is not null and field <> 'deleted'"""
    gone = {row[0] for row in tables.execute("select record from hidden where scope = ?", [scope])}
    for record, field, kind, value, stamp, several in tables.execute(query, [scope]).fetchall():
        heads = heads_in(value, stamp, several)
        if settles(kind, field) or record in gone or len({head.value for head in heads}) == 1:
            continue
        if _all_happened(kind, field, heads):
            # Every device tells by itself when the walk began; the latest holds.
            continue
        if (kind, field) in PERSONAL and _any_in(heads, blobs_erased(tables, scope)):
            # Nobody can tell names apart that are erased, and whichever stands is erased for ever.
            continue
        choices = tuple(_choice(tables, scope, head, json.loads(head.value)) for head in heads)
        base = _base(tables, (record, scope, field, kind), heads)
        found.append(Conflict(kind, record, field, json.loads(value), base, choices, seen=seen))
    for (record,) in tables.execute(
        "select record from cell where scope = ? and field = 'deleted'", [scope]
    ).fetchall():
        conflict = None if record in gone else _contradicted_delete(tables, scope, record, seen)
        if conflict:
            found.append(conflict)
    return sorted(found, key=lambda each: (each.kind, each.id, each.field))


def past(tables: Connection, scope: str, kind: str, record: str, field: str) -> dict[str, Past]:
    """Every change of a field of a record, by stamp."""
    query = """select stamp, value, device, seq, action, replaces from change
               where record = ? and scope = ? and field = ? and kind = ?"""
    return {
        stamp: Past(json.loads(value), made_at(stamp), device, seq, action, tuple(replaces.split()))
        for stamp, value, device, seq, action, replaces in tables.execute(query, (record, scope, field, kind))
    }


def history(tables: Connection, kind: str, record: str) -> list[dict[str, Any]]:
    """Every change of a record, newest first: {at, device, label, field, old, new, action, shown}. `old` is what it
    replaced (a list where that was several values)."""
    query = """select scope, device, stamp, field, value, replaces, action from change
               where record = ? and kind = ? order by stamp desc"""
    rows = tables.execute(query, (record, kind)).fetchall()
    values = {row[2]: json.loads(row[4]) for row in rows}
    shown = {
        head.stamp
        for row in tables.execute("select value, stamp, heads from cell where record = ? and kind = ?", (record, kind))
        for head in heads_in(*row)
        if head.value == row[0]
    }
    items = []
    for scope, device, stamp, field, _value, replaces, action in rows:
        old = [values[each] for each in replaces.split() if each in values]
        items.append(
            {
                "at": made_at(stamp),
                "device": device,
                "label": _labels(tables, scope).get(device, ""),
                "field": field,
                "old": None if not old else old[0] if len(old) == 1 else old,
                "new": values[stamp],
                "action": action,
                "shown": stamp in shown,
            }
        )
    return items
