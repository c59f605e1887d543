"""Whether what follows from what still agrees in a database: batches and changes, changes and the log's index.

All of it only reads, but for the question to FTS5, which is put as a write."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from sqlite3 import Connection
from typing import Any

from app.domain.batch import Misplaced, TooNew, Unreadable, is_sound, parse_name, sha16_of, unpack
from app.domain.change import Change
from app.domain.ports import Taken
from app.domain.values import canonical
from app.storage import hidden, search
from app.storage.batches import COLUMNS, changes_of
from app.storage.database import Database
from app.storage.salvage import Doubt, key_of
from app.storage.weighing import cell_of, is_value


@dataclass
class Batched:
    """What was found at batches so far: those whose bytes are `spoilt`; how many changes of a batch the log has
    `otherwise` or not at all (`absent`); and the arrival numbers `within` batches."""

    spoilt: list[str] = field(default_factory=list)
    otherwise: dict[str, int] = field(default_factory=dict)
    absent: dict[str, int] = field(default_factory=dict)
    within: set[int] = field(default_factory=set)


def check_batch(database: Database, scope: str, name: str, found: Batched) -> None:
    """Compare a batch with its name and with the changes that were made of it."""
    said = parse_name(name)
    with database.reading() as tables:
        # The index of names may tell of a row that is no more.
        taken, data = tables.execute("select taken, bytes from batch where name = ?", [name]).fetchone() or ("", None)
        if said is None or not isinstance(data, bytes) or sha16_of(data) != said.sha16:
            found.spoilt.append(name)
            return
        if taken != Taken.APPLIED:
            return
        try:
            changes = unpack(scope, said, data)
        except (TooNew, Misplaced, Unreadable):
            found.spoilt.append(name)
            return
        query = f"""select arrival, {COLUMNS} from change
                    where scope = ? and device = ? and seq = ? and n = ? and stamp = ?"""
        for change in changes:
            key = (change.scope, change.device, change.seq, change.n, change.stamp)
            row = tables.execute(query, key).fetchone()
            if row is None:
                found.absent[name] = found.absent.get(name, 0) + 1
                continue
            found.within.add(row[0])
            if _read(row[1:]) != change:
                found.otherwise[name] = found.otherwise.get(name, 0) + 1


@dataclass
class Unbatched:
    """Of the changes that are in no batch: how many do not wait to be sent (`forgotten`), how many make no sense
    (`spoilt`) or are known to the log's index alone, and which stand in that index otherwise, or are shown otherwise
    than they are in the log (`otherwise`), where the search does not prove the log; `sent`: how many wait though they
    are in one."""

    forgotten: int
    sent: int
    spoilt: int
    otherwise: list[Doubt]


def check_unbatched(database: Database, within: set[int]) -> Unbatched:
    """Compare what waits to be sent with what is in no batch. `within`: the arrival numbers in batches."""
    with database.reading() as tables:
        waiting = {row[0] for row in tables.execute("select arrival from loose")}
        every = {row[0] for row in tables.execute("select arrival from change not indexed")}
        apart = every - within
        sound = dict(_sound(tables, apart))
        said = {each[-1]: each[:-1] for each in tables.execute(_KEYS) if each[-1] not in within}
        otherwise = {each: Doubt(change, ()) for each, change in sound.items() if said.get(each) != key_of(change)}
        otherwise.update((each, doubt) for each, doubt in _otherwise(tables) if each in apart)
    stands = {key_of(change) for change in sound.values()}
    gone = sum(key not in stands for arrival, key in said.items() if arrival not in every)
    return Unbatched(
        len(apart - waiting), len(waiting - apart), len(apart) - len(sound) + gone, list(otherwise.values())
    )


def sent_otherwise(database: Database, within: set[int]) -> list[Doubt]:
    """The changes in batches that read otherwise where they are shown, and in the search as they are shown: they were
    spoilt before they were sent."""
    with database.reading() as tables:
        found = [each for arrival, each in _otherwise(tables) if arrival in within]
        return [each for each in found if each.readings[0][1] in _words(tables, each.change)]


def _otherwise(tables: Connection) -> Iterator[tuple[int, Doubt]]:
    """Changes that are shown with another value or elsewhere, which the search does not contradict, by arrival."""
    yield from _shown_elsewhere(tables)
    query = f"""select arrival, cell.value, {", ".join(f"change.{name}" for name in COLUMNS.split(", "))}
                from cell cross join change on change.stamp = cell.stamp and change.record = cell.record
                and change.scope = cell.scope and change.field = cell.field and change.kind = cell.kind
                where change.value <> cell.value"""
    for arrival, shown, *row in tables.execute(query).fetchall():
        change = _read(row)
        if change and is_value(shown) and is_sound(change) and change.value not in _words(tables, change):
            yield arrival, Doubt(change, (("", shown),))


def _shown_elsewhere(tables: Connection) -> Iterator[tuple[int, Doubt]]:
    """Changes that are not shown where they say, but as what another field, record or kind says: each has a stamp of
    its own."""
    query = """select stamp, value from cell where not exists (
                   select 1 from change where change.record = cell.record and change.scope = cell.scope
                   and change.field = cell.field and change.kind = cell.kind and change.stamp = cell.stamp)"""
    shown = dict(tables.execute(query).fetchall())
    if not shown:
        return
    for arrival, *row in tables.execute(f"select arrival, {COLUMNS} from change not indexed"):
        change = _read(row)
        if change and change.stamp in shown and is_sound(change) and not _is_shown(tables, change):
            yield arrival, Doubt(change, (("", shown[change.stamp]),))


def _is_shown(tables: Connection, change: Change) -> bool:
    """Whether there is a field, or a word in the search, where a change says."""
    query = "select 1 from cell where record = ? and scope = ? and field = ? and kind = ?"
    return tables.execute(query, cell_of(change)).fetchone() is not None or change.value in _words(tables, change)


def _words(tables: Connection, change: Change) -> set[str]:
    """How the search reads a field."""
    query = "select text from searched where record = ? and scope = ? and field = ? and kind = ?"
    return {canonical(text) for (text,) in tables.execute(query, cell_of(change))}


_KEYS = "select scope, device, seq, n, stamp, arrival from change indexed by change_key"
"""Read from the index alone: whether it says the same as the rows, SQLite's quick check does not ask."""


def _sound(tables: Connection, arrivals: set[int]) -> Iterator[tuple[int, Change]]:
    """The changes that make sense, by arrival."""
    for arrival in sorted(arrivals):
        row = tables.execute(f"select {COLUMNS} from change where arrival = ?", [arrival]).fetchone()
        change = _read(row)
        if change and is_sound(change):
            yield arrival, change


def _read(row: Sequence[Any] | None) -> Change | None:
    """A change as its row says; None where there is none, or it lacks what none may lack."""
    with suppress(TypeError, AttributeError):
        return changes_of([row])[0] if row else None
    return None


def wrong_hidden(database: Database) -> int:
    """How many records are hidden or shown otherwise than the log says."""
    with database.reading() as tables:
        kept = {*tables.execute("select record, scope, root from hidden")}
        scopes = {row[0] for row in tables.execute("select distinct scope from cell where field = 'deleted'")}
        due = {row for scope in scopes for row in hidden.computed(tables, scope)}
    return len({row[:2] for row in kept ^ due})


def wrong_words(database: Database) -> int:
    """How many texts the search has otherwise than the fields; where only its index of words is wrong, 1."""
    with database.reading() as tables:
        wrong = search.count_of_wrong(tables)
    if wrong:
        return wrong
    with database.writing() as tables:
        try:
            tables.execute("insert into search(search, rank) values('integrity-check', 1)")
        except sqlite3.DatabaseError:
            return 1
    return 0
