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
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from itertools import chain
from operator import itemgetter
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


ODD = (sqlite3.Error, ValueError, TypeError, AttributeError)
"""What comes of asking a file that the disk has spoilt."""


class _Copy:
    """A backup, asked for single writes. One that cannot be read says nothing."""

    def __init__(self, name: str, tables: Connection) -> None:
        self.name, self._tables = name, tables

    def writes(self, wanted: Sequence[Write], log: Mapping[Key, Change]) -> dict[Write, dict[Key, Change]]:
        """The changes of those writes that are whole. One question for all; of a spoilt file, one for each. What the
        `log` has makes sense."""
        found: dict[Write, dict[Key, Change]] = {}
        with suppress(*ODD):
            for each in self._changes(wanted):
                found.setdefault((each.scope, each.device, each.seq), {})[key_of(each)] = each
            return {write: each for write, each in found.items() if _is_whole(each, log)}
        apart = (self.writes([write], log) for write in wanted if len(wanted) > 1)
        return {write: each for some in apart for write, each in some.items()}

    def _changes(self, wanted: Sequence[Write]) -> list[Change]:
        marks = ", ".join(["(?, ?, ?)"] * len(wanted))
        where = f"(scope, device, seq) in (values {marks})"
        return changes_in(self._tables, where, [part for write in wanted for part in write])

    def shown(self, change: Change) -> Iterator[Reading]:
        """How the change reads in the fields, where it was shown then."""
        cell = cell_of(change)
        query = "select value, stamp, heads from cell where record = ? and scope = ? and field = ? and kind = ?"
        with suppress(*ODD):
            for row in self._tables.execute(query, cell).fetchall():
                heads = (head for head in heads_in(*row) if head.stamp == change.stamp)
                yield from ((cell, head.value) for head in heads if is_value(head.value))


def cell_of(change: Change) -> CellKey:
    """The field that a change sets."""
    return change.record, change.scope, change.field, change.kind


def _reading(change: Change) -> Reading:
    return cell_of(change), change.value


def _is_row(changes: Iterable[Change]) -> bool:
    """Whether the numbers within a write have no gap."""
    numbers = {each.n for each in changes}
    return numbers == set(range(len(numbers)))


def _is_whole(changes: Mapping[Key, Change], log: Mapping[Key, Change]) -> bool:
    return _is_row(changes.values()) and all(log.get(key) == each or is_sound(each) for key, each in changes.items())


def is_value(text: str) -> bool:
    """Whether a text may be a value as the log writes it."""
    with suppress(ValueError, TypeError, RecursionError):
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
        _mend_replaces(found)
        writes, lacking = _loose(found), _lacking(found)
        every = sorted({*writes, *lacking})
        for done in range(0, len(every), AT_ONCE):
            yield Step(_("Jämför med säkerhetskopiorna"), done, len(every))
            some = every[done : done + AT_ONCE]
            kept = [(copy, copy.writes(some, found.changes)) for copy in copies]
            for write in some:
                held, others = writes.get(write, {}), [(copy, each.get(write, {})) for copy, each in kept]
                if write in lacking or not _is_row(held.values()):
                    held = _made_whole(found, write, held, lacking.get(write, set()), [each for _copy, each in others])
                _agree_on_action(found, held)
                for key, change in held.items():
                    _settle(found, change, [(copy, each[key]) for copy, each in others if key in each])
    # Of what is left out is told that it is.
    found.doubts = [each for each in found.doubts if key_of(each.change) in found.changes]
    for change in found.in_batches.values():
        _doubt_what_was_sent(found, change)


def _put_in_place(found: Salvaged) -> None:
    """Rows of which the index says that they stand elsewhere, or under another stamp: one of the two is spoilt. Others
    settle it: the fields, and the changes that replace it, name its stamp; those before and after it its place."""
    apart = {arrival: said for arrival, said in found.keys.items() if found.arrivals.get(arrival, said) != said}
    if not apart:
        return
    row = _Row(found)
    for arrival, said in apart.items():
        key = found.arrivals[arrival]
        # An entry may name the arrival of another change.
        if key not in found.changes or key in found.in_batches or said in found.changes:
            continue
        if said in found.in_batches:
            del found.changes[key]
        elif (as_said := row.proof(said, key)) > (as_stood := row.proof(key, key)):
            change = found.changes.pop(key)
            found.changes[said] = replace(change, scope=said[0], device=said[1], seq=said[2], n=said[3], stamp=said[4])
            found.mended.append(found.changes[said])
        elif as_said == as_stood:
            found.doubts.append(Doubt(found.changes[key], ()))


class _Row:
    """The changes of each device in the order of their stamps, which is the one in which it numbered them, and the
    stamps that are named elsewhere."""

    def __init__(self, found: Salvaged) -> None:
        every = {**found.in_batches, **found.changes}
        self._named = {*found.shown, *(stamp for each in every.values() for stamp in each.replaces)}
        self._keys: dict[tuple[str, str], list[Key]] = {}
        for key in sorted(every, key=itemgetter(4)):
            self._keys.setdefault(key[:2], []).append(key)

    def proof(self, key: Key, without: Key) -> tuple[bool, int]:
        """What speaks for a change having stood there: whether its stamp is named, and to how many of its neighbours
        it fits. The row is read `without` the change as it stood."""
        keys = self._keys.get(key[:2], [])
        at = bisect_left(keys, key[4], key=itemgetter(4))
        before = next((each for each in reversed(keys[:at]) if each != without), None)
        after = next((each for each in keys[at:] if each != without), None)
        fits = _follows((before[2], before[3]) if before else (0, 0), (key[2], key[3]))
        return key[4] in self._named, fits + (after is not None and _follows((key[2], key[3]), (after[2], after[3])))


def _follows(first: tuple[int, int], then: tuple[int, int]) -> bool:
    """Whether a number, (seq, n), can be the next after another."""
    return then in ((first[0], first[1] + 1), (first[0] + 1, 0))


def _mend_replaces(found: Salvaged) -> None:
    """Of what a change replaced a stamp may be spoilt: then it stands nowhere, but for one letter in the same field."""
    stands = {key[4] for key in chain(found.in_batches, found.changes)}
    spoilt = {key for key, each in found.changes.items() if key not in found.in_batches and {*each.replaces} - stands}
    cells: dict[CellKey, list[str]] = {cell_of(found.changes[key]): [] for key in spoilt}
    for key, each in chain(found.in_batches.items(), found.changes.items()) if spoilt else ():
        if (cell := cell_of(each)) in cells:
            cells[cell].append(key[4])
    for key in spoilt:
        change = found.changes[key]
        nearest = {
            each: [stamp for stamp in cells[cell_of(change)] if _differ(stamp, each) == 1]
            for each in change.replaces
            if each not in stands
        }
        right = {each: stamps[0] for each, stamps in nearest.items() if len(stamps) == 1}
        if right:
            mended = replace(change, replaces=tuple(sorted({right.get(each, each) for each in change.replaces})))
            found.changes[key] = mended
            found.mended.append(mended)


def _differ(one: str, other: str) -> int:
    """In how many letters two texts differ."""
    return sum(a != b for a, b in zip(one, other, strict=False)) + abs(len(one) - len(other))


def _agree_on_action(found: Salvaged, held: dict[Key, Change]) -> None:
    """All changes of a write are of one action: what more than half of them say."""
    said = Counter(each.action for each in held.values()).most_common(1)
    for key, each in held.items():
        action, count = said[0]
        if each.action != action and 2 * count > len(held):
            held[key] = found.changes[key] = replace(each, action=action)
            found.mended.append(held[key])
        elif each.action != action:
            found.doubts.append(Doubt(each, ()))


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
    # Of what can be read the row itself says where it stands.
    unread = (key[:4] for arrival, key in found.keys.items() if arrival not in found.arrivals)
    lacking: dict[Write, set[int]] = {}
    for place in {*unread, *found.senseless.values()} - held:
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
