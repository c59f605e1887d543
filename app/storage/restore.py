"""Another database in place of a home's own: all of the way or none of it, whenever the power goes.

    home/.restoring.<random>.part/    being made ready
    home/restoring/                   ready: from now on whoever opens the home first goes through with it
    home/restoring/gatljus.db         the database to come
    home/restoring/device.json        the home's new identity: what comes back is another device
    home/restoring/kept               the name of the folder in which the present database is kept
    home/replaced/<when>/gatljus.db*  the databases that were there before; none is ever deleted here
    home/replaced/<when>-unreadable/  a `restoring` that could not be read when its turn came
    home/in-use                       locked by who has the home open

Until `restoring` has its name nothing has changed. After that every step may be cut short and is taken again.
"""

import os
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection

from app.base.clock import Clock
from app.base.errors import BadInput, GatljusError, unwritten
from app.base.files import UNFINISHED, hold, is_abandoned, make_folder, sync_folder, write_atomically
from app.base.holding import Holding
from app.base.job import Job, Step
from app.base.words import _
from app.domain.ports import Taken
from app.domain.stamp import Chance
from app.storage import batches, identity, purge
from app.storage.backup import opened_to_read
from app.storage.database import Database, world_fault
from app.storage.log import ChangeLog
from app.storage.migrations import by_marker
from app.storage.salvage import Salvaged
from app.storage.soundness import forget
from app.storage.views import make_views
from app.storage.waiting import RESTORING, is_ready, refuse_while_restoring

DATABASE = "gatljus.db"
IN_USE, REPLACED, UNREADABLE = "in-use", "replaced", "-unreadable"
WHEN = "%Y%m%dT%H%M%S%f"
HELD = ".lock"
"""How the name of the file ends that is held while a restore is made ready, beside its folder."""
KEPT = "kept"
"""The file that says where the present database goes."""

MEMORY = ("target", "head", "said")
"""The tables that follow from nothing else, and without which a home does well."""

FULL, BUSY = "disk-full", "home-busy"
"""The faults that pass."""

UNREADABLE_FILE = (sqlite3.Error, ValueError)
"""What reading a spoilt database raises; what SQLite says of one may itself be no text."""

Row = tuple[object, ...]

BESIDE = ("-wal", "-shm", "")
"""What a database consists of, by the endings of its files; the file itself last."""


def in_use(home: Path) -> GatljusError:
    """Another program has the home open."""
    return GatljusError(
        "home-in-use",
        _("Mappen {home} är öppen i ett annat fönster eller program.").format(home=home),
        _("Stäng det först och försök igen. Inget har ändrats."),
    )


def unreadable(aside: Path) -> GatljusError:
    """A restore was ready that could not be gone through with; it has been put aside."""
    return GatljusError(
        "restore-unreadable",
        _("Säkerhetskopian som skulle läsas tillbaka går inte att läsa. Den ligger kvar i {folder}.").format(
            folder=aside
        ),
        _("Allt är som det var före den. Läs tillbaka en annan säkerhetskopia, om det behövs."),
    )


def open_home(home: Path) -> tuple[Holding, GatljusError | None]:
    """Have a home open from now on, beside others; a restore that is ready is gone through with first. Returns also
    what is to be said of one that had to be put aside. Raises GatljusError where another program would lose its
    database by that, or has the home alone; OSError."""
    holding = Holding(home / IN_USE)
    try:
        return holding, _opened(home, holding)
    except BaseException:
        holding.close()
        raise


def _opened(home: Path, holding: Holding) -> GatljusError | None:
    aside, tried = None, False
    while holding.share():
        if not is_ready(home):
            return unreadable(aside) if aside else None
        if tried:
            break
        tried = True
        # Another that opens the home at the same time may have gone through with it first.
        if holding.alone() and is_ready(home):
            aside = finish(home)
    raise in_use(home)


def check(file: Path) -> None:
    """Raises BadInput where a file is no whole database of ours. Nothing is written."""
    with _read(file) as tables:
        tables.execute("select 1 from change, batch limit 1")
        damage = tables.execute("pragma quick_check(1)").fetchone()[0]
    if damage != "ok":
        raise _no_backup(_("Säkerhetskopian {file} är skadad.").format(file=file))


def _no_backup(text: str) -> BadInput:
    return BadInput("no-backup", text, _("Välj en annan säkerhetskopia."))


@contextmanager
def _read(file: Path) -> Iterator[Connection]:
    """A backup, to read. Raises BadInput where it is none."""
    if not file.is_file():
        raise _no_backup(_("{file} finns inte.").format(file=file))
    try:
        with opened_to_read(file) as tables:
            yield tables
    except (*UNREADABLE_FILE, OSError) as error:
        raise _no_backup(_("{file} är ingen säkerhetskopia från Gatljus.").format(file=file)) from error


Make = Callable[[Path], Job[None]]
"""Writes a database under the path it is given. Raises OSError, sqlite3.Error, GatljusError."""


def copied_from(file: Path) -> Make:
    """Makes a database like the one in `file`."""

    def make(path: Path) -> Job[None]:
        yield Step(_("Läser tillbaka"))
        with opened_to_read(file) as source, closing(sqlite3.connect(path, isolation_level=None)) as copy:
            source.backup(copy)

    return make


def made_of(found: Salvaged, before: Path, clock: Clock, chance: Chance, refused: set[str]) -> Make:
    """Makes a database of everything that was salvaged, by taking it in as if it came from elsewhere; with what the one
    before remembered of places, as far as that can be read. The names of batches that were not taken in are added to
    `refused`."""

    def make(path: Path) -> Job[None]:
        log = ChangeLog(path, chance(16), clock, chance)
        for scope in found.scopes:
            travelling = found.travelling(scope)
            for done, name in enumerate(travelling):
                yield Step(_("Gör om loggen"), done, len(travelling))
                if log.append(scope, name, travelling[name]) is Taken.DAMAGED:
                    refused.add(name)
        for table in MEMORY:
            names, rows = _columns_of(before, table), _rows_of(before, table)
            with log.database.writing() as tables:
                known = {row[1] for row in tables.execute(f"pragma table_info({table})")}
                # Where the disk has spoilt them, the names are others, and a row lacks what none may lack.
                for row in rows if names and {*names} <= known else ():
                    marks = ", ".join("?" * len(row))
                    tables.execute(f"insert or ignore into {table}({', '.join(names)}) values({marks})", row)
        log.close()

    return make


def _columns_of(file: Path, table: str) -> list[str]:
    """The columns of a table; an older version's has fewer."""
    with suppress(*UNREADABLE_FILE), opened_to_read(file) as tables:
        return [row[1] for row in tables.execute(f"pragma table_info({table})")]
    return []


def _rows_of(file: Path, table: str) -> list[Row]:
    with suppress(*UNREADABLE_FILE), opened_to_read(file) as tables:
        return tables.execute(f"select * from {table}").fetchall()
    return []


def abandoned_in(home: Path) -> list[Path]:
    """The folders in which a restore was being made ready and that nobody goes on with. Raises OSError."""
    folders = {folder: folder.with_suffix(HELD) for folder in home.glob(f".{RESTORING}.*{UNFINISHED}")}
    return [folder for folder, held in folders.items() if not held.exists() or is_abandoned(held)]


def sweep(home: Path) -> None:
    """Remove what restores left unfinished, as far as that can be. Raises OSError where nobody can look for it."""
    for folder in abandoned_in(home):
        with suppress(OSError):
            # First: where it is held after all, this fails on Windows.
            folder.with_suffix(HELD).unlink(missing_ok=True)
            shutil.rmtree(folder)


def prepare(home: Path, make: Make, clock: Clock, chance: Chance) -> Job[None]:
    """Make a restore ready: `make` makes the database to come; it is brought up to date.

    Raises GatljusError, then nothing has changed. When this returns the home is as it was, until it is opened anew.
    """
    folder = home / f".{RESTORING}.{secrets.token_hex(4)}{UNFINISHED}"
    try:
        make_folder(home)
        with open(folder.with_suffix(HELD), "ab") as held:
            hold(held)
            make_folder(folder)
            yield from make(folder / DATABASE)
            _bring_up_to_date(folder / DATABASE, _rows_of(home / DATABASE, "purged"))
            write_atomically(folder / KEPT, f"{clock():{WHEN}}".encode())
            identity.renew(home, identity.last_device(home), chance, folder)
            with _nobody_writing(home):
                refuse_while_restoring(home)
                os.replace(folder, home / RESTORING)
    except (OSError, sqlite3.Error) as error:
        raise (_fault(error, home) or error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):
            folder.with_suffix(HELD).unlink(missing_ok=True)
    sync_folder(home)


@contextmanager
def _nobody_writing(home: Path) -> Iterator[None]:
    """Within the block nobody writes to the present database: what is written sees whether a restore is ready. Raises
    sqlite3.Error where somebody has been writing for too long."""
    with ExitStack() as stack:
        try:
            tables = stack.enter_context(closing(_opened_to_write(home / DATABASE)))
            tables.execute("begin immediate")
        except sqlite3.Error as error:
            fault = world_fault(error, home)
            # To what cannot be opened nobody writes.
            if fault and fault.code == BUSY:
                raise
        yield


def _opened_to_write(file: Path) -> Connection:
    """A database file that is there. Raises sqlite3.Error."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)


def _fault(error: OSError | sqlite3.Error, home: Path) -> GatljusError | None:
    return unwritten(error, home) if isinstance(error, OSError) else world_fault(error, home)


def _bring_up_to_date(path: Path, purged: Iterable[Row]) -> None:
    """Take the steps that are pending, and leave the database in one file that has reached the disk. Walks that have
    been purged since do not come back."""
    with closing(Database(path, make_views)) as database:
        for row in purged:
            with purge.overwriting(database.tables), database.writing() as tables:
                if purge.holds(tables, str(row[0])):
                    purge.remove(tables, str(row[0]))
                left = by_marker(tables, str(row[3]))
                tables.execute("insert or replace into purged values(?, ?, ?, ?, ?)", (*row[:3], left, row[4]))
                # Photos may have come back with the backup.
                tables.execute("insert or replace into leaving values(?, ?)", (row[0], row[-1]))
        purge.leave_no_trace(database.tables)
        database.tables.execute("pragma wal_checkpoint(truncate)")
    path.with_name("lock").unlink(missing_ok=True)
    with open(path, "r+b") as file:
        os.fsync(file.fileno())
    sync_folder(path.parent)


def finish(home: Path) -> Path | None:
    """Go through with a restore that is ready. Only where nobody else has the home open. Returns where it was put
    aside if its database cannot be read: then the present one stays. Raises OSError, and GatljusError where the disk is
    full."""
    folder = home / RESTORING
    if (folder / DATABASE).is_file():
        kept = home / REPLACED / (folder / KEPT).read_text()
        if not _can_come(home, folder / DATABASE):
            return _put_aside(home, kept)
        make_folder(kept)
        for ending in BESIDE:
            _move(home / f"{DATABASE}{ending}", kept)
        _move(folder / "device.json", home)
        forget(home)
        # Last: while it has not moved, all of this is done again.
        _move(folder / DATABASE, home)
    with suppress(FileNotFoundError):
        (folder / KEPT).unlink()
    folder.rmdir()
    sync_folder(home)
    return None


def _can_come(home: Path, path: Path) -> bool:
    """Whether a database that waits can be read, also after what was purged since it was made ready has been taken out.
    Raises GatljusError where that is to be tried again."""
    try:
        with closing(_opened_to_write(path)) as tables:
            tables.execute("select 1 from change, batch limit 1")
        if purged := _rows_of(home / DATABASE, "purged"):
            _bring_up_to_date(path, purged)
    except (OSError, sqlite3.Error) as error:
        fault = _fault(error, home)
    except GatljusError as error:
        fault = error
    else:
        return True
    if fault and fault.code in (FULL, BUSY):
        raise fault
    return False


def _put_aside(home: Path, kept: Path) -> Path:
    """Put a restore aside that cannot be gone through with; what of the present database had been moved comes back."""
    for ending in reversed(BESIDE) if kept.is_dir() else ():
        if not (home / f"{DATABASE}{ending}").exists():
            _move(kept / f"{DATABASE}{ending}", home)
    aside = kept.with_name(kept.name + UNREADABLE)
    make_folder(aside.parent)
    # Last: while it has not moved, all of this is done again.
    os.replace(home / RESTORING, aside)
    sync_folder(aside.parent)
    sync_folder(home)
    return aside


def _move(file: Path, folder: Path) -> None:
    """Durably, and quietly where it has moved already."""
    with suppress(FileNotFoundError):
        os.replace(file, folder / file.name)
    sync_folder(folder)
    sync_folder(file.parent)


def blobs_named_in(file: Path) -> set[str]:
    """The blobs that a backup names and that may be kept: neither personal nor erased ones. Raises BadInput."""
    with _read(file) as tables:
        scopes = [row[0] for row in tables.execute("select distinct scope from change")]
        named = {name for scope in scopes for name in batches.blobs_named(tables, scope)}
        personal = {name for scope in scopes for name in batches.blobs_personal(tables, scope)}
        return named - personal - batches.blobs_to_delete(tables)


def replaced_in(home: Path) -> dict[datetime, Path]:
    """The databases that were put aside by when that was, the oldest first."""
    found = {}
    for path in put_aside_in(home):
        with suppress(ValueError):
            found[datetime.strptime(path.parent.name, WHEN).replace(tzinfo=UTC)] = path
    return found


def put_aside_in(home: Path) -> list[Path]:
    """Every database that was put aside, also one that could not be read."""
    return sorted((home / REPLACED).glob(f"*/{DATABASE}"))


def unreadable_in(home: Path) -> list[Path]:
    """The restores that were put aside because they could not be read."""
    return sorted((home / REPLACED).glob(f"*{UNREADABLE}"))


def counted(tables: Connection) -> dict[str, int]:
    """How many changes and walks a database holds."""
    row = tables.execute("select count(*), count(distinct scope) from change").fetchone()
    return {"changes": row[0], "walks": row[1]}


def is_sound(file: Path) -> bool:
    """Whether SQLite finds nothing wrong with how a database is laid out."""
    try:
        with opened_to_read(file) as tables:
            return bool(tables.execute("pragma quick_check(1)").fetchone()[0] == "ok")
    except (*UNREADABLE_FILE, OSError):
        return False


def held_in(file: Path) -> dict[str, int] | None:
    """How many changes and walks a backup holds; None where it cannot be read."""
    try:
        with opened_to_read(file) as tables:
            return counted(tables)
    except (*UNREADABLE_FILE, OSError):
        return None
