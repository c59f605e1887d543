"""Which changes of a damaged database can be taken in, and as what: by every copy that there is of them.

What was sent is proved by its batch. What was not stands in the log, in the fields as they were shown and in the
search, and so it does in backups; no single fault spoils two of the three alike, but a backup is copied from one that
was spoilt before. What two of them have is what was written. Where no two agree the change is taken as the log has it,
and that is a doubt, which is told.

A write is taken in whole or not at all: a part of it under its number would keep the whole one from ever coming. What
there was of it the index knows, also where the rows are lost.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from sqlite3 import Connection

from app.base.job import Job, Step
from app.base.words import _
from app.domain.batch import is_sound
from app.domain.change import Change
from app.domain.values import canonical
from app.storage.backup import opened_to_read
from app.storage.batches import changes_in
from app.storage.cells import heads_in
from app.storage.salvage import AT_ONCE, CellKey, Doubt, Key, Salvaged, Write, key_of

Reading = tuple[CellKey, str]
"""What a copy of a change says: (cell, value)."""


class _Copy:
    """A backup, asked for single writes. One that cannot be read says nothing."""

    def __init__(self, name: str, tables: Connection) -> None:
        self.name, self._tables = name, tables

    def write(self, write: Write) -> dict[Key, Change]:
        """The changes of a write, where it is whole."""
        with suppress(sqlite3.Error, ValueError, TypeError, AttributeError):
            found = changes_in(self._tables, "scope = ? and device = ? and seq = ?", write)
            if _is_row(found) and all(map(is_sound, found)):
                return {key_of(each): each for each in found}
        return {}

    def shown(self, change: Change) -> Iterator[Reading]:
        """How the change reads in the fields, where it was shown then."""
        cell = cell_of(change)
        query = "select value, stamp, heads from cell where record = ? and scope = ? and field = ? and kind = ?"
        with suppress(sqlite3.Error, ValueError, TypeError):
            for row in self._tables.execute(query, cell).fetchall():
                yield from ((cell, head.value) for head in heads_in(*row) if head.stamp == change.stamp)


def cell_of(change: Change) -> CellKey:
    """The field that a change sets."""
    return change.record, change.scope, change.field, change.kind


def _reading(change: Change) -> Reading:
    return cell_of(change), change.value


def _is_row(changes: Iterable[Change]) -> bool:
    """Whether the numbers within a write have no gap."""
    numbers = {each.n for each in changes}
    return numbers == set(range(len(numbers)))


def is_value(text: str) -> bool:
    """Whether a text may be a value as the log writes it."""
    with suppress(ValueError, RecursionError):
        return canonical(json.loads(text)) == text
    return False


def weigh(found: Salvaged, backups: Sequence[Path]) -> Job[None]:
    """Leave of the changes those that can be taken in, as they were written as far as that is proved, and note in
    `found` what could not be read, mended or proved. `backups`: the latest first. They are only read."""
    with ExitStack() as stack:
        copies = []
        for file in backups:
            with suppress(sqlite3.Error, OSError):
                copies.append(_Copy(file.name, stack.enter_context(opened_to_read(file))))
        _put_in_place(found)
        writes, lacking = _loose(found), _lacking(found)
        every = sorted({*writes, *lacking})
        for done, write in enumerate(every):
            if done % AT_ONCE == 0:
                yield Step(_("Jämför med säkerhetskopiorna"), done, len(every))
            held = writes.get(write, {})
            others = [(copy, copy.write(write)) for copy in copies]
            if write in lacking or not _is_row(held.values()):
                held = _made_whole(found, write, held, lacking.get(write, set()), [each for _copy, each in others])
            for change in held.values():
                _settle(
                    found, change, [(copy, each[key_of(change)]) for copy, each in others if key_of(change) in each]
                )
    for change in found.in_batches.values():
        _doubt_what_was_sent(found, change)


def _put_in_place(found: Salvaged) -> None:
    """Rows whose number in the index says that they stand elsewhere: one of the two is spoilt."""
    held = {key[:4] for arrival, key in found.arrivals.items() if found.keys.get(arrival) == key}
    for arrival, key in found.arrivals.items():
        said = found.keys.get(arrival, key)
        if said == key or key not in found.changes:
            continue
        if said in found.in_batches:
            del found.changes[key]
        elif (
            said[4] in found.shown and key[4] not in found.shown
            if said[:4] == key[:4]
            else key[:4] in held and said[:4] not in held
        ):
            change = found.changes.pop(key)
            found.changes[said] = replace(change, scope=said[0], device=said[1], seq=said[2], n=said[3], stamp=said[4])
            found.mended.append(found.changes[said])


def _loose(found: Salvaged) -> dict[Write, dict[Key, Change]]:
    """The changes that are in no batch, by write."""
    writes: dict[Write, dict[Key, Change]] = {}
    for key, change in found.changes.items():
        if key not in found.in_batches:
            writes.setdefault(key[:3], {})[key] = change
    return writes


def _lacking(found: Salvaged) -> dict[Write, set[int]]:
    """The numbers within each write of what there was and cannot be read."""
    held = {key[:4] for key in (*found.changes, *found.in_batches)}
    lacking: dict[Write, set[int]] = {}
    for place in {*(key[:4] for key in found.keys.values()), *found.senseless} - held:
        lacking.setdefault(place[:3], set()).add(place[3])
    return lacking


def _made_whole(
    found: Salvaged, write: Write, held: dict[Key, Change], lacking: set[int], others: Sequence[dict[Key, Change]]
) -> dict[Key, Change]:
    """A write of which a part cannot be read, from a backup that has all of it; else it is left out."""
    for other in others:
        if held.keys() <= other.keys() and lacking <= {key[3] for key in other}:
            found.refound.append(write)
            whole = {**other, **held}
            found.changes.update(whole)
            return whole
    for key in held:
        del found.changes[key]
    if write not in {key[:3] for key in found.in_batches}:
        found.partial[write] = sorted(held.values(), key=lambda each: each.n)
    return {}


def _settle(found: Salvaged, change: Change, copies: Sequence[tuple[_Copy, Change]]) -> None:
    """Take a change as it was written, where its copies prove that."""
    log = [("", _reading(change)), *((copy.name, _reading(other)) for copy, other in copies)]
    shown = [("", each) for each in _shown(found, change)]
    if len({reading for _where, reading in (*log, *shown)}) == 1:
        return
    shown += [(copy.name, each) for copy, other in copies for each in copy.shown(other)]
    logged, seen = {each for _where, each in log}, {each for _where, each in shown}
    proved = [
        each
        for each in logged | seen
        if (each in logged) + (each in seen) + (each[1] in found.words.get(each[0], ())) >= 2
    ]
    if len(proved) != 1:
        others = {value: where for where, (_cell, value) in reversed((*log, *shown)) if value != change.value}
        found.doubts.append(Doubt(change, tuple(sorted((where, value) for value, where in others.items()))))
    elif proved[0] != _reading(change):
        (record, scope, field, kind), value = proved[0]
        mended = replace(change, record=record, scope=scope, field=field, kind=kind, value=value)
        found.changes[key_of(change)] = mended
        found.mended.append(mended)


def _shown(found: Salvaged, change: Change) -> list[Reading]:
    """How the fields show a change, where that is anything that may once have been written."""
    said = found.shown.get(change.stamp)
    return [said] if said and is_value(said[1]) else []


def _doubt_what_was_sent(found: Salvaged, change: Change) -> None:
    """A change that was spoilt before it was frozen is so for ever; fields and search still have what was written."""
    for cell, value in _shown(found, change):
        words = found.words.get(cell, ())
        # A batch that stands against the log is another matter.
        as_sent = found.changes.get(key_of(change)) == change and cell == cell_of(change)
        if as_sent and value in words and change.value not in words:
            found.doubts.append(Doubt(change, (("", value),)))
