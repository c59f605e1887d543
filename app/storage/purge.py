"""Taking a whole walk out of a database file: what *gallra* and *töm* do. Everything else in the log is for ever."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import Connection, OperationalError, connect

from app.storage.migrations import FORBIDDING

KEPT_BY_WALK = ("change", "batch", "cell", "hidden", "target", "head", "said")
"""Tables whose rows belong to a walk, by the column `scope`."""


def remove(tables: Connection, scope: str) -> None:
    """Take every row of a walk out, within the caller's transaction."""
    there = {name for (name,) in tables.execute("select name from sqlite_master where type = 'table'")}
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


def is_purged(tables: Connection, scope: str) -> bool:
    """Whether a walk was purged here."""
    return tables.execute("select 1 from purged where scope = ?", [scope]).fetchone() is not None


def blobs_left(tables: Connection) -> set[str]:
    """The blobs of purged walks that no walk names any more."""
    gone = {name for (names,) in tables.execute("select blobs from purged") for name in json.loads(names)}
    named = "select 1 from change where value = ? and length(value) = 66 limit 1"
    return {name for name in gone if not tables.execute(named, [json.dumps(name)]).fetchone()}


def leave_no_trace(tables: Connection) -> None:
    """Give back the room of what was removed, outside a transaction. Where another process is reading, the pages stay
    until the next time; their bytes are overwritten already."""
    for statement in ("vacuum", "pragma wal_checkpoint(truncate)"):
        try:
            tables.execute(statement)
        except OperationalError:
            return


@contextmanager
def overwriting(tables: Connection) -> Iterator[None]:
    """Within the block what is deleted is overwritten."""
    tables.execute("pragma secure_delete=on")
    try:
        yield
    finally:
        tables.execute("pragma secure_delete=off")


def remove_from_copy(copy: Path, scope: str) -> None:
    """Take a walk out of a backup. Raises sqlite3.Error, OSError."""
    with closing(connect(copy, isolation_level=None)) as tables:
        if not tables.execute("select 1 from change where scope = ? limit 1", [scope]).fetchone():
            return
        with overwriting(tables):
            in_one(tables, lambda: remove(tables, scope))
            leave_no_trace(tables)


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
