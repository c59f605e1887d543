"""What people said before a part of what they wrote, a rehearsal: as a plan of ordinary changes."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from sqlite3 import Connection

from app.domain.change import Before, Change, Draft, Span
from app.domain.record import CREATED, DELETED, ERASED
from app.storage import cells, hidden
from app.storage.batches import changes_in

Spans = Mapping[str, Sequence[Span]]
"""Per device the writes that belong to rehearsals."""


def before(
    tables: Connection, scope: str, device: str, spans: Spans, kinds: Collection[str], made: Collection[str]
) -> Before:
    """What puts back what people at a device said in rehearsals of records of these kinds but those `made` then. Only
    where what is shown is still what was said in a rehearsal, on whichever device: what anybody has said since is left.
    A record that was deleted before and has been used since it was shown again stays."""
    found, meanwhile = Before(), _Meanwhile(tables, scope, spans)
    for key in meanwhile.cells(device, kinds):
        if key[0] in made:
            continue
        heads = cells.heads_at(tables, key)
        stamps = tuple(head.stamp for head in heads)
        roots = meanwhile.before(stamps)
        values = [each.value for each in roots] or ["null"]
        if {each.stamp for each in roots} & set(stamps) or values == [each.value for each in heads]:
            continue
        if key[2] == DELETED and values != ["null"] and meanwhile.is_used(key[0]):
            continue
        _put(found, key, values, stamps)
    return found


def used(tables: Connection, scope: str, spans: Spans, records: Iterable[str]) -> set[str]:
    """Of records those that somebody has changed, or pointed to, otherwise than in a rehearsal."""
    meanwhile = _Meanwhile(tables, scope, spans)
    return {each for each in records if meanwhile.is_used(each)}


def _put(found: Before, key: cells.CellKey, values: Sequence[str], replaces: tuple[str, ...]) -> None:
    record, _scope, name, kind = key
    for place, text in enumerate(values):
        value = json.loads(text)
        into = found.deletes if name == DELETED and hidden.is_vector(value) else found.writes
        while len(into) <= place:
            into.append([])
        into[place].append(Draft(kind=kind, record=record, field=name, value=value, replaces=replaces))


class _Meanwhile:
    """What people wrote in a walk while they rehearsed it."""

    def __init__(self, tables: Connection, scope: str, spans: Spans) -> None:
        self._tables, self._scope, self._spans = tables, scope, spans

    def cells(self, device: str, kinds: Collection[str]) -> list[cells.CellKey]:
        """The cells that people at a device wrote to, but what makes and erases a record."""
        spans = self._spans[device]
        within = " or ".join("seq between ? and ?" for _span in spans)
        query = f"""select distinct record, scope, field, kind from change where scope = ? and device = ?
                    and action <> 0 and field not in (?, ?) and kind in ({",".join("?" * len(kinds))}) and ({within})"""
        ends = [end for span in spans for end in span]
        values = [self._scope, device, CREATED, ERASED, *sorted(kinds), *ends]
        return [(record, scope, name, kind) for record, scope, name, kind in self._tables.execute(query, values)]

    def before(self, stamps: Sequence[str]) -> list[Change]:
        """What stood before these changes: of those of rehearsals what they replaced, and so on; the others
        themselves. What another of them has replaced is left out."""
        roots: dict[str, Change] = {}
        todo, seen = list(stamps), set[str]()
        while todo:
            stamp = todo.pop()
            change = self._change(stamp) if stamp not in seen else None
            seen.add(stamp)
            if change is None:
                continue
            if (onward := self._onward(change)) is not None:
                todo += onward
            else:
                roots[stamp] = change
        old = self._replaced_by(roots.values()) if len(roots) > 1 else set()
        return [roots[stamp] for stamp in sorted(roots) if stamp not in old]

    def is_used(self, record: str) -> bool:
        """Whether somebody has changed a record, or pointed to it, otherwise than in a rehearsal and after it was first
        written to in one. That it was deleted or shown again says nothing."""
        mine = "record = ? and scope = ? and field not in (?, ?) and action <> 0"
        changes = changes_in(self._tables, f"{mine} order by arrival", [record, self._scope, CREATED, DELETED])
        pointing = "scope = ? and value = ? and length(value) = 34 and action <> 0"
        changes += changes_in(self._tables, pointing, [self._scope, json.dumps(record)])
        (since,) = self._tables.execute(
            f"""select min(arrival) from change where record = ? and scope = ? and action <> 0 and {self._within}""",
            [record, self._scope, *self._ends],
        ).fetchone()
        later = self._later(since, [each.stamp for each in changes if not self._is_practice(each)])
        return bool(later)

    @property
    def _within(self) -> str:
        """The clause that finds what was written in rehearsals, for `_ends`."""
        each = "device = ? and seq between ? and ?"
        return "(" + " or ".join(each for spans in self._spans.values() for _span in spans) + ")"

    @property
    def _ends(self) -> list[object]:
        return [each for device, spans in self._spans.items() for span in spans for each in (device, *span)]

    def _later(self, since: int | None, stamps: Sequence[str]) -> list[str]:
        found = []
        for stamp in stamps:
            (arrival,) = self._tables.execute("select arrival from change where stamp = ?", [stamp]).fetchone()
            found += [stamp] if arrival > (since or 0) else []
        return found

    def _change(self, stamp: str) -> Change | None:
        found = changes_in(self._tables, "stamp = ?", [stamp])
        return found[0] if found else None

    def _is_practice(self, change: Change) -> bool:
        """An undo or redo belongs to where the action belongs that it takes back or brings again."""
        spans, numbers = self._spans.get(change.device, ()), (change.seq, abs(change.action))
        return change.action != 0 and any(first <= each <= last for first, last in spans for each in numbers)

    def _onward(self, change: Change) -> tuple[str, ...] | None:
        """The stamps of what stood before a change of a rehearsal; None for another one. Who undoes that it was taken
        away has what was practised again, and not something new."""
        if self._is_practice(change):
            return change.replaces
        if change.action < 0 and (first := self._first_of(change)) is not None:
            back = [each for each in map(self._change, first.replaces) if each is not None]
            if any(self._onward(each) is not None for each in back):
                return first.replaces
        return None

    def _first_of(self, undo: Change) -> Change | None:
        """The first change of the action that an undo took back, in its cell."""
        where = (
            "record = ? and scope = ? and field = ? and kind = ? and device = ? and action = ? order by seq, n limit 1"
        )
        cell = [undo.record, undo.scope, undo.field, undo.kind]
        found = changes_in(self._tables, where, [*cell, undo.device, -undo.action])
        return found[0] if found else None

    def _replaced_by(self, changes: Iterable[Change]) -> set[str]:
        """All that these changes have replaced, and what that had."""
        todo, found = [stamp for each in changes for stamp in each.replaces], set[str]()
        while todo:
            stamp = todo.pop()
            if stamp not in found and (change := self._change(stamp)) is not None:
                todo += change.replaces
            found.add(stamp)
        return found
