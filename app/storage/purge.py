"""Taking a whole walk out of a database file: what *gallra* and *töm* do. Everything else in the log is for ever."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import Connection, Error, OperationalError, connect
from typing import Any

from app.domain.ports import Announced
from app.storage import batches, hidden
from app.storage.migrations import FORBIDDING

KEPT_BY_WALK = ("change", "batch", "cell", "hidden", "target", "head", "said", "emptied")
"""Tables whose rows belong to a walk, by the column `scope`."""

FOUND_BY_WALK = ("change", "batch", "target", "head", "said")
"""Those of them in which a walk's first row is found at once; where these have none, the others have none."""

Mark = tuple[str, bytes]
"""The name and the bytes of the mark that a purge leaves on targets."""

State = tuple[object, ...]
"""What is another when something was written in a walk, taken in or sent."""


def remove(tables: Connection, scope: str) -> None:
    """Take every row of a walk out, within the caller's transaction."""
    there = _tables_of(tables)
    for trigger in ("change_keeps", "change_stays"):
        tables.execute(f"drop trigger if exists {trigger}")
    if "loose" in there:
        tables.execute("delete from loose where arrival in (select arrival from change where scope = ?)", [scope])
    for table in KEPT_BY_WALK:
        if table in there:
            tables.execute(f"delete from {table} where scope = ?", [scope])
    if "searched" in there:
        tables.execute("delete from searched where scope = ?", [scope])
        tables.execute("insert into search(search) values('rebuild')")
    for trigger in FORBIDDING:
        tables.execute(trigger)


def _tables_of(tables: Connection) -> set[str]:
    return {name for (name,) in tables.execute("select name from sqlite_master where type = 'table'")}


def holds(tables: Connection, scope: str) -> bool:
    """Whether a database has any row of a walk."""
    there = _tables_of(tables)
    wanted = [each for each in FOUND_BY_WALK if each in there]
    return any(tables.execute(f"select 1 from {each} where scope = ? limit 1", [scope]).fetchone() for each in wanted)


def state_of(tables: Connection, scope: str) -> State:
    """What a walk is now, to be compared."""
    query = """select (select max(arrival) from change where scope = :scope),
               (select count(*) from change where scope = :scope),
               (select count(*) from batch where scope = :scope)"""
    found: State = tables.execute(query, {"scope": scope}).fetchone()
    return found


def note(tables: Connection, scope: str, mark: Mark | None) -> None:
    """Note what is to be done once a walk has been taken out, within the same transaction: the files to delete, and of
    a purge, which leaves this mark, the targets where the walk may still lie."""
    here = batches.blobs_named(tables, scope) | batches.blobs_erased(tables, scope)
    for (names,) in tables.execute("select blobs from leaving where scope = ?", [scope]).fetchall():
        here |= set(json.loads(names))
    blobs = json.dumps(sorted(here))
    tables.execute("insert or replace into leaving values(?, ?)", (scope, blobs))
    if mark is not None:
        left = json.dumps(dict(tables.execute("select marker, label from target where scope = ?", [scope])))
        # Another process may have purged it a moment ago, and knows more.
        tables.execute("insert or ignore into purged values(?, ?, ?, ?, ?)", (scope, *mark, left, blobs))


NOTHING: list[Any] = [0, ""]
"""The entry in a vector of a device that has written nothing."""


def taken(tables: Connection, scope: str, device: str) -> list[Any]:
    """How far a device has written in a walk, as in a vector: what it was emptied of before counts, as long as it has
    not gone on since. Where its row is broken, no other is like it."""
    if before := emptied(tables, scope, device):
        return before
    last = tables.execute("select max(seq) from change where scope = ? and device = ?", (scope, device)).fetchone()[0]
    entry: list[Any] = hidden.vector(tables, scope).get(device, NOTHING)
    return entry if entry[0] == (last or 0) else [last, ""]


def note_emptied(tables: Connection, scope: str, device: str, entry: list[Any], words: Iterable[Announced]) -> None:
    """Note, when a walk has been taken out of this home alone, how far its device had written: `entry` as in a vector.
    `words` are what it says of that from now on."""
    tables.execute("insert or replace into emptied values(?, ?, ?)", (scope, device, json.dumps(entry)))
    rows = [(scope, each.device, each.no, each.name, each.content, None, None) for each in words]
    tables.executemany("insert into head values(?, ?, ?, ?, ?, ?, ?)", rows)


def emptied(tables: Connection, scope: str, device: str) -> list[Any] | None:
    """How far a device had written when this home was emptied of a walk; None where it was not."""
    row = tables.execute("select entry from emptied where scope = ? and device = ?", (scope, device)).fetchone()
    found: list[Any] | None = json.loads(row[0]) if row else None
    return found


def come_back(tables: Connection, scope: str) -> None:
    """A walk that this home was emptied of is written in again."""
    tables.execute("delete from emptied where scope = ?", [scope])


def emptied_walks(tables: Connection) -> set[str]:
    """The walks that this home was emptied of and that have not come back."""
    query = "select scope from emptied where not exists (select 1 from change where change.scope = emptied.scope)"
    return {scope for (scope,) in tables.execute(query)}


def is_purged(tables: Connection, scope: str) -> bool:
    """Whether a walk was purged here."""
    return tables.execute("select 1 from purged where scope = ?", [scope]).fetchone() is not None


def purged_walks(tables: Connection) -> set[str]:
    """The walks that were purged here."""
    return {scope for (scope,) in tables.execute("select scope from purged")}


def leaving(tables: Connection) -> set[str]:
    """The walks that have left, and of which files or bytes may still lie here."""
    return {scope for (scope,) in tables.execute("select scope from leaving")}


def blobs_left(tables: Connection, *, purged: bool = False) -> set[str]:
    """The blobs that no walk names any more of walks that are leaving; or of all that were ever `purged`."""
    kept = tables.execute(f"select blobs from {'purged' if purged else 'leaving'}")
    return unnamed(tables, {name for (names,) in kept for name in json.loads(names)})


def unnamed(tables: Connection, blobs: Iterable[str]) -> set[str]:
    """Those of these that no walk names."""
    named = "select 1 from change where value = ? and length(value) = 66 limit 1"
    return {name for name in blobs if not tables.execute(named, [json.dumps(name)]).fetchone()}


def leave_no_trace(tables: Connection) -> bool:
    """Write the file anew without what was removed, and let go of the log beside it, outside a transaction. False where
    that could not be done, as while another process reads: then the bytes may still lie there, and it must be done
    again."""
    done = []
    for statement in ("vacuum", "pragma wal_checkpoint(truncate)"):
        try:
            row = tables.execute(statement).fetchone()
            # Of a checkpoint: whether somebody was in its way.
            done.append(row is None or row[0] == 0)
        except Error:
            done.append(False)
    return all(done)


@contextmanager
def overwriting(tables: Connection) -> Iterator[None]:
    """Within the block what is deleted is overwritten."""
    tables.execute("pragma secure_delete=on")
    try:
        yield
    finally:
        tables.execute("pragma secure_delete=off")


def remove_from_copy(copy: Path, scopes: Iterable[str]) -> None:
    """Take walks out of a backup. Raises sqlite3.Error, OSError."""
    with closing(connect(copy, isolation_level=None)) as tables:
        there = [scope for scope in sorted(scopes) if holds(tables, scope)]
        if there:
            with overwriting(tables):
                in_one(tables, lambda: _take_out(tables, there))
        # It may have been cut short here the last time.
        if tables.execute("pragma user_version").fetchone()[0] == _TRACES:
            if not leave_no_trace(tables):
                raise OperationalError("it is in use")
            tables.execute("pragma user_version=0")


_TRACES = 1
"""The user_version of a copy from which walks were taken, and in whose file they may still lie."""


def _take_out(copy: Connection, scopes: Iterable[str]) -> None:
    for scope in scopes:
        remove(copy, scope)
    copy.execute(f"pragma user_version={_TRACES}")


def in_one(tables: Connection, deed: Callable[[], None]) -> None:
    """Do it in one transaction."""
    tables.execute("begin immediate")
    try:
        deed()
        tables.execute("commit")
    except BaseException:
        if tables.in_transaction:
            tables.execute("rollback")
        raise
