"""Rolling backups of the database, by SQLite's own backup. Blobs are files that never change and need none; personal
blobs are never copied."""

import sqlite3
from datetime import datetime
from pathlib import Path

from app.base.clock import Clock
from app.base.errors import GatljusError
from app.base.files import sync_folder
from app.base.words import _
from app.storage.database import Database

KEPT = 10
"""How many backups are kept."""


def name_of(moment: datetime) -> str:
    """The file name of a backup made at `moment` (UTC)."""
    return f"gatljus-{moment:%Y%m%dT%H%M%S%f}.db"


def back_up(database: Database, folder: Path, clock: Clock) -> Path:
    """Copy the database into `folder` and keep the last ten copies. Returns the new one. Raises GatljusError."""
    final = folder / name_of(clock())
    beside = final.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        copy = sqlite3.connect(beside)
        try:
            database.tables.conn.backup(copy)
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
    for old in sorted(folder.glob("gatljus-*.db"))[:-KEPT]:
        old.unlink()
    return final


def damage_in(database: Database) -> str | None:
    """What SQLite's quick check finds wrong with the file, or None."""
    with database.reading() as tables:
        found: str = tables.execute("pragma quick_check(1)").fetchone()[0]
    return None if found == "ok" else found
