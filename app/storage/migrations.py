"""The tables, as named steps. A step is recorded in the transaction that makes it; a step that has been released is
never edited.

`change` is people's data. `batch` keeps what travels, verbatim. All others can be dropped: `cell`, `hidden`, `searched`
and `search` are the log's index, `loose` (arrival numbers of changes that are in no batch) follows from `change` and
`batch`, `target` and `head` are memory of places and of announcements, `said` is what a person said of a walk on this
device, `purged` remembers walks that were purged here, so that nothing brings them back, `leaving` what is
still to be done of those that have left. None of them travels.
"""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from sqlite3 import Connection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

SET, RECORDED = "gatljus", "_sqlite_migrations"
"""The name of the steps taken together, and the table in which sqlite-utils records them."""

FORBIDDING = (
    "create trigger change_keeps before update on change begin select raise(abort, 'a change is for ever'); end",
    "create trigger change_stays before delete on change begin select raise(abort, 'a change is for ever'); end",
)
"""Made with the log; only the purge of a scope drops and remakes them, in its own transaction."""

INDEX_TABLES = (
    # No rowid: the fields of a record lie side by side, and reading one is a single look-up.
    """create table cell(
        record text not null, field text not null, kind text not null, scope text not null,
        value text not null, stamp text not null, heads text,
        primary key(record, scope, field, kind)) without rowid""",
    "create index cell_created on cell(kind, scope, record) where field = 'created'",
    "create index cell_deleted on cell(scope, record) where field = 'deleted'",
    "create index cell_several on cell(scope) where heads is not null",
    # By length first: A10 comes after A9.
    "create index cell_tag on cell(scope, length(value), value) where field = 'tag'",
    """create table hidden(record text not null, scope text not null, root integer not null,
        primary key(record, scope)) without rowid""",
    """create table searched(id integer primary key, scope text not null, kind text not null, record text not null,
        field text not null, text text not null, unique(record, scope, field, kind))""",
    # No sizes of texts: only rank needs them.
    """create virtual table search using fts5(
        text, content='searched', content_rowid='id', columnsize=0, tokenize='trigram')""",
    "create table loose(arrival integer primary key)",
)


def make_the_log(db: Connection) -> None:
    """People's data, and the batches it travels in."""
    db.execute(
        """create table change(
            arrival integer primary key,
            scope text not null, device text not null, seq integer not null, n integer not null, stamp text not null,
            action integer not null, kind text not null, record text not null, field text not null,
            value text not null, replaces text not null)"""
    )
    db.execute("create unique index change_key on change(scope, device, seq, n, stamp)")
    db.execute("create index change_cell on change(record, scope, field, kind)")
    db.execute("create index change_stamp on change(stamp)")
    # 64 hex names a blob, 32 hex points to a record; both with their JSON quotes.
    db.execute("create index change_blob on change(scope, value) where length(value) = 66")
    db.execute("create index change_pointer on change(value) where length(value) = 34")
    for trigger in FORBIDDING:
        db.execute(trigger)
    db.execute(
        """create table batch(
            name text primary key, scope text not null, device text not null, first integer not null,
            last integer not null, taken text not null, arrived text not null, bytes blob not null)"""
    )
    db.execute("create index batch_scope on batch(scope, device, last)")
    db.execute("create index batch_waiting on batch(scope) where taken <> 'applied'")


def make_the_index(db: Connection) -> None:
    """What follows from the log."""
    for statement in INDEX_TABLES:
        db.execute(statement)


def make_the_memory_of_places(db: Connection) -> None:
    """What is remembered of targets and of other devices."""
    db.execute(
        """create table target(
            marker text not null, scope text not null, label text not null, here integer not null,
            batches text not null, waiting text not null, copied text not null, primary key(marker, scope))"""
    )
    db.execute(
        """create table head(
            scope text not null, device text not null, no integer not null, name text not null, content blob not null,
            primary key(scope, device))"""
    )
    db.execute("create table said(scope text primary key, keeps integer not null, done text)")


def make_look_ups_lighter(db: Connection) -> None:
    """A write finds the changes of its record, and the highest tag of its letter, at once.

    Every insert keeps the index on changes, so it is narrow; that on tags began with their length and so was read for
    every letter.
    """
    db.execute("drop index change_cell")
    db.execute("create index change_record on change(record)")
    db.execute("drop index cell_tag")
    db.execute(
        """create index cell_tag on cell(scope, rtrim(value, '"0123456789'), length(value), value)
           where field = 'tag'"""
    )


def make_erased_records_found(db: Connection) -> None:
    """What was erased is asked for at every opening and at every pass, and mostly there is none."""
    db.execute("create index change_erased on change(scope, record) where field = 'erased' and value = 'true'")


def make_undone_actions_found(db: Connection) -> None:
    """Every write that goes on with an action asks whether it was ever undone."""
    db.execute("create index change_undone on change(scope, device, action) where action < 0")


def make_the_memory_of_purges(db: Connection) -> None:
    """Walks that were purged: the mark that is left on targets, the targets (by marker their label) where the walk may
    still lie, and its files. Walks that have left, purged or not, until their files and bytes are gone."""
    db.execute(
        """create table purged(
            scope text primary key, name text not null, mark blob not null, left text not null, blobs text not null)"""
    )
    db.execute("create table leaving(scope text primary key, blobs text not null)")


def remember_when_devices_were_seen_and_what_targets_hold(db: Connection) -> None:
    """When a new announcement was read (ISO UTC), and of each target what of a walk was read back there, also where
    that was not all. Of what was remembered before, neither is known."""
    db.execute("alter table head add column seen text")
    db.execute("alter table target add column there text")


def remember_where_devices_were_heard(db: Connection) -> None:
    """At which target, by its label, an announcement was read or put. Of those that were before, that is not known."""
    db.execute("alter table head add column place text")


def by_marker(db: Connection, left: str) -> str:
    """Where a purged walk may still lie, by marker; older homes knew the labels alone. One whose markers nobody knows
    is its own."""
    labels = json.loads(left)
    if isinstance(labels, dict):
        return left
    known = "select distinct marker from target where label = ?"
    markers = {each: [marker for (marker,) in db.execute(known, [each])] for each in labels}
    return json.dumps({marker: label for label, found in markers.items() for marker in found or [label]})


def make_what_purges_left_as_it_is_now(db: Connection) -> None:
    """Homes made before there was a table of walks that have left get it, and purges remember targets by marker."""
    db.execute("create table if not exists leaving(scope text primary key, blobs text not null)")
    for scope, left, blobs in db.execute("select scope, left, blobs from purged").fetchall():
        now = by_marker(db, left)
        if now != left:
            db.execute("update purged set left = ? where scope = ?", [now, scope])
            # What could not be deleted then was noted nowhere.
            db.execute("insert or ignore into leaving values(?, ?)", [scope, blobs])


def remember_how_far_was_written_where_it_was_emptied(db: Connection) -> None:
    """Of each walk that this home was emptied of, how far its device had written: the numbers up to there are taken."""
    db.execute("create table emptied(scope text primary key, device text not null, entry text not null)")


def remember_which_keeper_was_along(db: Connection) -> None:
    """Whether a device that keeps a walk was along on it. Nobody has said so of those that there were."""
    db.execute("alter table said add column along integer not null default 0")


STEPS: tuple[Callable[[Connection], None], ...] = (
    make_the_log,
    make_the_index,
    make_the_memory_of_places,
    make_look_ups_lighter,
    make_erased_records_found,
    make_undone_actions_found,
    make_the_memory_of_purges,
    remember_when_devices_were_seen_and_what_targets_hold,
    remember_where_devices_were_heard,
    make_what_purges_left_as_it_is_now,
    remember_how_far_was_written_where_it_was_emptied,
    remember_which_keeper_was_along,
)
"""All, in the order they were released."""


def pending(tables: Connection) -> bool:
    """Whether a step has not been taken in this file. Nothing is written."""
    if not tables.execute("select 1 from sqlite_master where name = ?", (RECORDED,)).fetchone():
        return True
    taken = {name for (name,) in tables.execute(f"select name from {RECORDED} where migration_set = ?", (SET,))}
    return any(step.__name__ not in taken for step in STEPS)


def _taking(step: Callable[[Connection], None]) -> Callable[["Database"], None]:
    def take(file: "Database") -> None:
        step(file.conn)

    return take


def migrate(tables: Connection) -> None:
    """Take the steps that have not been taken, each with its record in a transaction of its own."""
    from sqlite_utils import Database, Migrations

    steps = Migrations(SET)
    for step in STEPS:
        steps(name=step.__name__)(_taking(step))
    steps.apply(Database(tables, execute_plugins=False))


def is_as_made(tables: Connection) -> bool:
    """Whether tables and indices, and the record of the steps, are as the steps leave them."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        migrate(fresh)
        return _made(tables) == _made(fresh)


def _made(tables: Connection) -> set[tuple[object, ...]]:
    query = f"""select name, sql from sqlite_master where type in ('table', 'index')
                union all select name, migration_set from {RECORDED}"""
    with suppress(sqlite3.Error, ValueError):
        return {*tables.execute(query)}
    return set()
