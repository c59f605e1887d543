"""Rolling backups of the database, by SQLite's own backup.

Blobs are files that never change: on the same disk a second copy of them would help nobody. Where the folder for
backups lies on another disk they are copied too, as `blobs/<first two hex>/<name>`, each once; personal ones never, and
erased ones are removed there.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from sqlite3 import Connection

from app.base.clock import Clock
from app.base.errors import GatljusError, reason_of
from app.base.files import UNFINISHED, hold, is_abandoned, make_folder, sync_folder
from app.base.words import _
from app.storage.database import Database

FOLDER = "backups"
"""Where backups lie in a home, unless another folder is chosen."""

KEPT = 10
"""How many backups are kept."""


HELD = ".lock"
"""How the name of the file ends that is held while a backup is written."""

NAMED = "gatljus-%Y%m%dT%H%M%S%f.db"
"""What a backup is called, by when it was made (UTC)."""

State = tuple[object, ...]
"""What is another when people's data is another."""

_STATE = """select (select max(arrival) from change), (select count(*) from change),
            (select stamp from change order by arrival desc limit 1), (select max(rowid) from batch),
            (select count(*) from batch), (select group_concat(scope || keeps || coalesce(done, ''), ' ') from said)"""


def _moment_of(path: Path) -> datetime | None:
    try:
        return datetime.strptime(path.name, NAMED).replace(tzinfo=UTC)
    except ValueError:
        return None


def backups_in(folder: Path) -> dict[datetime, Path]:
    """The backups in a folder by when they were made, the oldest first. Raises OSError."""
    found = {_moment_of(path): path for path in folder.glob("gatljus-*.db")}
    return {moment: found[moment] for moment in sorted(each for each in found if each)}


def count_in(folder: Path) -> int:
    """How many backups lie in a folder; 0 where it cannot be read, which the next backup says."""
    with suppress(OSError):
        return len(backups_in(folder))
    return 0


@contextmanager
def opened_to_read(path: Path) -> Iterator[Connection]:
    """A database file that nobody writes, to read. Raises sqlite3.DatabaseError where it is none."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)) as tables:
        yield tables


def _state(tables: Connection) -> State | None:
    found: State | None = tables.execute(_STATE).fetchone()
    return found


def is_backed_up(database: Database, folder: Path) -> bool:
    """Whether the latest backup in the folder holds everything that is written here; where nothing is, none is
    needed."""
    latest = list[Path]()
    # The backup that is then made says why it cannot be.
    with suppress(OSError):
        latest += list(backups_in(folder).values())[-1:]
    with database.reading() as tables:
        now = _state(tables)
    if now is None or now[0] is None:
        return True
    for path in latest:
        # One that cannot be read is none.
        with suppress(OSError, sqlite3.Error, ValueError), opened_to_read(path) as copy:
            return _state(copy) == now
    return False


def back_up(database: Database, folder: Path, clock: Clock) -> Path:
    """Copy the database into `folder` and keep the last ten copies. Returns the new one. Raises GatljusError."""
    try:
        # The last ten made are the last ten by name, also after a clock that went fast.
        moment = max([clock(), *(each + timedelta(microseconds=1) for each in backups_in(folder))])
        final = folder / f"{moment:{NAMED}}"
        make_folder(folder)
        _copy(database.tables, final)
    except (OSError, sqlite3.Error) as error:
        reason = reason_of(error) if isinstance(error, OSError) else error
        raise GatljusError(
            "backup",
            _("Säkerhetskopian kunde inte skrivas till {folder}: {error}.").format(folder=folder, error=reason),
            _("Välj en annan mapp i inställningarna eller frigör utrymme."),
        ) from error
    for old in list(backups_in(folder).values())[:-KEPT]:
        # The new copy is there all the same; the old one goes after a later one.
        with suppress(OSError):
            old.unlink()
    return final


def sweep(folder: Path) -> None:
    """Remove backups that were left unfinished. Raises OSError."""
    for path in folder.glob(f"gatljus-*{UNFINISHED}"):
        held = path.with_suffix(HELD)
        if not held.exists() or is_abandoned(held):
            path.unlink(missing_ok=True)
            held.unlink(missing_ok=True)


def _copy(tables: Connection, final: Path) -> None:
    beside = final.with_suffix(UNFINISHED)
    try:
        with open(final.with_suffix(HELD), "ab") as held:
            hold(held)
            with closing(sqlite3.connect(beside, isolation_level=None)) as copy:
                copy.execute("pragma synchronous=full")
                tables.backup(copy)
                # A copy that needs no second file beside it.
                copy.execute("pragma journal_mode=delete")
            beside.replace(final)
    except (OSError, sqlite3.Error):
        # What cannot be removed either must not hide what went wrong.
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    finally:
        with suppress(OSError):
            final.with_suffix(HELD).unlink(missing_ok=True)
    sync_folder(final.parent)


def on_another_disk(folder: Path, home: Path) -> bool:
    """Whether a folder, or the nearest above it that is there, lies on another disk than the home. Raises OSError."""
    nearest = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.is_dir())
    return nearest.stat().st_dev != home.stat().st_dev


def damage_in(database: Database, thorough: bool) -> str | None:
    """What SQLite's quick check finds wrong with the file, or None; a `thorough` one also finds what the indexes have
    otherwise than the tables."""
    with database.reading() as tables:
        found: str = tables.execute(f"pragma {'integrity' if thorough else 'quick'}_check(1)").fetchone()[0]
    return None if found == "ok" else found
