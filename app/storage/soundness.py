"""Damage of a home's database, remembered once it was met: what works on beside it must not hide it.

home/damaged    what was met, in SQLite's words; until a check finds nothing, or another database comes in its place
"""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from app.base.errors import GatljusError
from app.base.files import write_atomically

NOTED = "damaged"

LOOKED_THROUGH = 8_000_000
"""Bytes of a database that is checked whenever it is opened, at a millisecond for each million, or some more where the
file is not in memory (6.6 MB: 6 to 35 ms). Not only after an unclean end: what a disk spoils it spoils afterwards, the
log file that would tell of such an end is there as long as a window is open, and a command has no thread that looks
later."""

DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
"""The faults that lie in the file, not in the way to it."""


class Spoilt(Exception):
    """What SQLite reads without a fault nobody has written so: the file is damaged there."""


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error says that the file is spoilt. That a text is no UTF-8 has no code of its own."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF
    return code in DAMAGED or str(error).startswith("Could not decode")


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


class Soundness:
    """What is known of the database `file` of a home: what was met before, else, of a small one, what a quick `check`
    finds, which may also be thorough. `damage`: what is wrong with it, or None."""

    def __init__(self, file: Path, check: Callable[[bool], str | None]) -> None:
        self._home, self._check = file.parent, check
        self.damage = noted(self._home)
        if self.damage is None and file.stat().st_size <= LOOKED_THROUGH:
            self.look(thorough=False)

    def look(self, *, thorough: bool = True) -> str | None:
        """Check the file. What is found is remembered until it is mended."""
        try:
            self.damage = self._check(thorough)
        except GatljusError as error:
            if error.code != "database":
                raise
            self.damage = error.text
        if self.damage:
            note(self._home, self.damage)
        else:
            forget(self._home)
        return self.damage
