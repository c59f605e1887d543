"""Rolling backups of the database, by SQLite's own backup. Blobs are files that never change and need none; personal
blobs are never copied."""

import sqlite3
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.base.clock import Clock
from app.base.errors import GatljusError
from app.base.files import UNFINISHED, make_folder, sync_folder
from app.base.words import _
from app.storage.database import Database
from app.storage.purge import remove_from_copy

KEPT = 10
"""How many backups are kept."""


NAMED = "gatljus-%Y%m%dT%H%M%S%f.db"
"""What a backup is called, by when it was made (UTC)."""


def _moment_of(path: Path) -> datetime | None:
    try:
        return datetime.strptime(path.name, NAMED).replace(tzinfo=UTC)
    except ValueError:
        return None


def _backups(folder: Path) -> dict[datetime, Path]:
    """The backups in a folder, the oldest first."""
    found = {_moment_of(path): path for path in folder.glob("gatljus-*.db")}
    return {moment: found[moment] for moment in sorted(each for each in found if each)}


def count_in(folder: Path) -> int:
    """How many backups lie in a folder."""
    return len(_backups(folder))


def back_up(database: Database, folder: Path, clock: Clock) -> Path:
    """Copy the database into `folder` and keep the last ten copies. Returns the new one. Raises GatljusError."""
    # The last ten made are the last ten by name, also after a clock that went fast.
    moment = max([clock(), *(each + timedelta(microseconds=1) for each in _backups(folder))])
    final = folder / f"{moment:{NAMED}}"
    beside = final.with_suffix(UNFINISHED)
    try:
        make_folder(folder)
        copy = sqlite3.connect(beside)
        try:
            database.tables.backup(copy)
            # A copy that needs no second file beside it.
            copy.execute("pragma journal_mode=delete")
        finally:
            copy.close()
        beside.replace(final)
        sync_folder(folder)
    except (OSError, sqlite3.Error) as error:
        beside.unlink(missing_ok=True)
        raise GatljusError(
            "backup",
            _("Säkerhetskopian kunde inte skrivas till {folder}: {error}.").format(folder=folder, error=error),
            _("Välj en annan mapp i inställningarna eller frigör utrymme."),
        ) from error
    for old in list(_backups(folder).values())[:-KEPT]:
        # The new copy is there all the same; the old one goes after a later one.
        with suppress(OSError):
            old.unlink()
    return final


def purge_copies(folder: Path, scope: str) -> list[str]:
    """Take a walk out of every backup in a folder. Returns the paths of those that could not be changed."""
    stuck = []
    for copy in _backups(folder).values():
        try:
            remove_from_copy(copy, scope)
        except (OSError, sqlite3.Error):
            stuck.append(str(copy))
    return stuck


def damage_in(database: Database) -> str | None:
    """What SQLite's quick check finds wrong with the file, or None."""
    with database.reading() as tables:
        found: str = tables.execute("pragma quick_check(1)").fetchone()[0]
    return None if found == "ok" else found
