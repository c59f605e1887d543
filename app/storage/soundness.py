"""Damage of a home's database, remembered once it was met: what works on beside it must not hide it.

home/damaged    what was met, in SQLite's words; until a check finds nothing, or another database comes in its place
"""

import sqlite3
from contextlib import suppress
from pathlib import Path

from app.base.files import write_atomically

NOTED = "damaged"

LOOKED_THROUGH = 8_000_000
"""Bytes of a database that is checked whenever it is opened, at a millisecond for each million."""

DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
"""The faults that lie in the file, not in the way to it."""


def noted(home: Path) -> str | None:
    """What was met last; None where nothing was."""
    with suppress(OSError):
        return (home / NOTED).read_text("utf-8", "replace")
    return None


def note(home: Path, damage: str) -> None:
    """Remember damage. Where that cannot be written it is met again."""
    with suppress(OSError):
        if noted(home) != damage:
            write_atomically(home / NOTED, damage.encode())


def forget(home: Path) -> None:
    """The database of a home is sound, or another one."""
    with suppress(OSError):
        (home / NOTED).unlink(missing_ok=True)


def is_soon_checked(file: Path) -> bool:
    """Whether a database is small enough to be checked whenever it is opened."""
    return file.stat().st_size <= LOOKED_THROUGH
