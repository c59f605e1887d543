"""The database file: one connection per thread, one way to write."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection

from app.base.errors import GatljusError, disk_full, not_writable
from app.base.files import locked
from app.base.room import is_full
from app.base.words import _
from app.storage import soundness
from app.storage.migrations import is_as_made, migrate, pending

Rows = list[tuple[object, ...]]

PRAGMAS = (
    # First, so that all that follows waits for others.
    "pragma busy_timeout=5000",
    # NORMAL lost 200 of 200 acknowledged commits in a power-cut replay.
    "pragma synchronous=full",
    # macOS acknowledges an ordinary fsync before the disk has the bytes; elsewhere these two do nothing.
    "pragma fullfsync=on",
    "pragma checkpoint_fullfsync=on",
    "pragma foreign_keys=on",
    "pragma recursive_triggers=on",
    "pragma trusted_schema=off",
)


NEEDED = ("ENABLE_FTS5", "ENABLE_RTREE")
"""What SQLite must have been built with."""


def check_sqlite() -> str:
    """SQLite's version. Raises GatljusError where it was built without what is needed."""
    probe = sqlite3.connect(":memory:")
    try:
        options = {row[0] for row in probe.execute("pragma compile_options")}
    finally:
        probe.close()
    lacks = [name for name in NEEDED if name not in options]
    if lacks:
        raise GatljusError(
            "sqlite",
            _("SQLite {version} saknar {parts}.").format(version=sqlite3.sqlite_version, parts=", ".join(lacks)),
            _("Installera en Python från python.org eller systemets paket."),
        )
    return sqlite3.sqlite_version


def world_fault(error: sqlite3.Error, path: Path) -> GatljusError | None:
    """What an SQLite error means for the person at the screen; None for one that is our own fault."""
    # The rest of the code only says more of the same.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return disk_full()
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
        return not_writable(path)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return GatljusError(
            "home-busy", _("Databasen är upptagen."), _("Vänta en stund och försök igen; inget är förlorat.")
        )
    if code == sqlite3.SQLITE_IOERR and is_full(path.parent):
        # Also what only reads needs a few pages beside the file.
        return disk_full()
    if code == sqlite3.SQLITE_IOERR or soundness.is_damage(error):
        return _unreadable(path)
    return None


def _unreadable(path: Path) -> GatljusError:
    return GatljusError(
        "database",
        _("Databasen {path} kan inte läsas: den är skadad, eller så går disken inte att läsa.").format(path=path),
        _("Rädda allt till en ZIP först. Bygg sedan om databasen, eller läs tillbaka en säkerhetskopia."),
    )


def _is_ready(tables: Connection) -> bool:
    """Whether the file has all tables and is in WAL mode, which it stays in; a backup that was put back is not."""
    mode = tables.execute("pragma journal_mode").fetchone()[0]
    return mode == "wal" and not pending(tables)


class Database:
    """The file `path`, made and brought up to date when opened. `prepare` is called for every new connection.

    Raises GatljusError where the folder cannot be written or SQLite lacks what is needed.
    """

    def __init__(self, path: Path, prepare: Callable[[Connection], None]) -> None:
        self.path = path
        self._prepare = prepare
        self._mine = threading.local()
        check_sqlite()
        try:
            with self._faults():
                tables = self._connect()
                if not _is_ready(tables):
                    # Neither step waits for another process that is at the same one.
                    with locked(path.with_name("lock")):
                        tables.execute("pragma journal_mode=wal")
                        migrate(tables)
                self._prepare(tables)
        except BaseException:
            # Closed later it would take along the log that lies then beside the file that lies there then.
            self.close()
            raise

    @property
    def tables(self) -> Connection:
        """This thread's connection."""
        found: Connection | None = getattr(self._mine, "tables", None)
        if found is None:
            found = self._connect()
            self._prepare(found)
        return found

    def _connect(self) -> Connection:
        tables = sqlite3.connect(self.path, isolation_level=None, cached_statements=512)
        self._mine.tables = tables
        for pragma in PRAGMAS:
            tables.execute(pragma)
        return tables

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            fault = world_fault(error, self.path)
            if fault is None and self._is_as_made():
                raise
            if fault is None or soundness.is_damage(error):
                soundness.note(self.path.parent, str(error))
            raise fault or _unreadable(self.path) from error
        except (UnicodeDecodeError, soundness.Spoilt) as error:
            # What SQLite says of a spoilt file may name a spoilt table.
            soundness.note(self.path.parent, str(error))
            raise _unreadable(self.path) from error

    def _is_as_made(self) -> bool:
        """Whether a query that failed found the tables it is meant for: then the query is wrong."""
        tables: Connection | None = getattr(self._mine, "tables", None)
        return tables is None or is_as_made(tables)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A write transaction of this thread. Everything in it lasts when the block ends, nothing where it raises."""
        with self._faults():
            tables = self.tables
            tables.execute("begin immediate")
            try:
                yield tables
                tables.execute("commit")
            except BaseException:
                # A full disk may have rolled back by itself.
                if tables.in_transaction:
                    tables.execute("rollback")
                raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A view of the database that does not move while it is read. Inside a write it is that transaction's."""
        with self._faults():
            tables = self.tables
            if tables.in_transaction:
                yield tables
                return
            tables.execute("begin")
            try:
                yield tables
            finally:
                if tables.in_transaction:
                    tables.execute("rollback")

    def version(self) -> int:
        """Changes when another connection has written (PRAGMA data_version)."""
        found: int = self.tables.execute("pragma data_version").fetchone()[0]
        return found

    def close(self) -> None:
        """Close this thread's connection."""
        tables: Connection | None = getattr(self._mine, "tables", None)
        if tables is not None:
            tables.close()
            del self._mine.tables
