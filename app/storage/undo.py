"""Undo and redo of what this device did, as a plan of ordinary changes.

Undo takes my highest standing action k, redo the one undone last, until a new action. Per cell it puts back what the
action's first change there replaced, and only where what is shown is still the action's own last change, or an undo of
mine that put it back. What has been changed since is left and named. An action with nothing to write is passed over.
A change of an undo of action k carries −k, of its redo +k again.

An erasure cannot be taken back, and whoever presses undo after it means it and nothing older: there undo stops, writes
nothing and says so, until it is asked to go past it. Once something older than an erasure has been taken back after it,
the person knows, and it stops nobody any more; the log itself tells that, so that a window, a command and the next
start agree, and a press that only said so leaves no trace that other devices would have to take for a change.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from sqlite3 import Connection
from types import MappingProxyType
from typing import Any

from app.domain.change import Change, Draft, Head, Left
from app.domain.record import CREATED, DELETED, ERASED
from app.storage import cells, hidden
from app.storage.batches import changes_in


@dataclass
class Plan:
    """The writes of an undo (`action` −k) or redo (+k), and the cells left alone. `deletes` are written last, by
    `covering`. `stopped`: the erasure that an undo did not go past, 0 where there was none."""

    action: int = 0
    writes: list[list[Draft]] = field(default_factory=list)
    deletes: list[list[Draft]] = field(default_factory=list)
    left: tuple[Left, ...] = ()
    stopped: int = 0

    @property
    def drafts(self) -> list[Draft]:
        """All that would be written, in its order."""
        return [each for drafts in (*self.writes, *self.deletes) for each in drafts]

    @property
    def told(self) -> list[tuple[str, str, str, Any]]:
        """(kind, record, field, value) of all that would be written, or of the erasure at which it stopped."""
        if self.stopped:
            return [(self.left[-1].kind, self.left[-1].record, ERASED, True)]
        return [(each.kind, each.record, each.field, each.value) for each in self.drafts]


def covering(tables: Connection, scope: str, device: str, deletes: Sequence[Draft]) -> list[Draft]:
    """Deletes whose vectors have this device's entry raised to now. What else an undo writes must lie before, or it
    would itself stand against the delete."""
    own = hidden.device_rows(tables, scope)[device]
    entry = [own.unbroken, own.sha16(own.unbroken)]
    return [replace(each, value={**each.value, device: entry}) for each in deletes]


def plan_undo(tables: Connection, scope: str, device: str, *, past_erasure: bool = False) -> Plan:
    """What undo would write now; nothing where what was done last cannot be undone, unless it goes `past_erasure`."""
    mine = _Mine(tables, scope, device)
    stops = {} if past_erasure else mine.erasures()
    return mine.plan([k for k, undone in mine.actions() if not undone], -1, mine.undo_of, stops)


def plan_redo(tables: Connection, scope: str, device: str) -> Plan:
    """What redo would write now."""
    mine = _Mine(tables, scope, device)
    return mine.plan(mine.redoable(), +1, mine.redo_of)


def was_undone(tables: Connection, scope: str, device: str, action: int) -> bool:
    """Whether an action of a device has ever been taken back, also where it was put back again."""
    # `action < 0` says that the index of the few changes that took something back is enough.
    query = "select 1 from change where scope = ? and device = ? and action = ? and action < 0 limit 1"
    return tables.execute(query, (scope, device, -action)).fetchone() is not None


def stands(tables: Connection, scope: str, device: str, action: int) -> bool:
    """Whether an action of a device holds: it was never taken back, or put back again since."""
    query = "select max(seq) from change where scope = ? and device = ? and action = ? and action < 0"
    (undone,) = tables.execute(query, (scope, device, -action)).fetchone()
    query = "select 1 from change where scope = ? and device = ? and seq > ? and action = ? limit 1"
    return undone is None or tables.execute(query, (scope, device, undone, action)).fetchone() is not None


def latest_scope(tables: Connection, device: str, plan: Callable[[Connection, str, str], Plan]) -> str | None:
    """The walk in which lies what undo, or redo, would take of all that a device has done, by `plan`, or would stop
    at."""
    found = []
    for (scope,) in tables.execute("select distinct scope from change where device = ?", [device]).fetchall():
        # What is taken back next is what was done last; what is put back next is what was taken back last.
        planned = plan(tables, scope, device)
        action = -planned.action or planned.stopped
        query = "select max(arrival) from change where scope = ? and device = ? and action = ?"
        if action:
            found.append((tables.execute(query, (scope, device, action)).fetchone()[0], scope))
    return max(found)[1] if found else None


class _Action:
    """The changes of one action in one cell: first, and last before any undo of it. A cell that version 0.1 wrote to
    only after the undo counts as it is."""

    def __init__(self, changes: Sequence[Change], first_undo: int | None) -> None:
        original = [change for change in changes if first_undo is None or change.seq < first_undo] or changes
        self.first, self.last = original[0], original[-1]
        self.key = (self.first.record, self.first.scope, self.first.field, self.first.kind)


def _created(actions: Iterable[_Action]) -> set[str]:
    return {action.first.record for action in actions if action.first.field == CREATED}


class _Mine:
    """My actions in one walk."""

    def __init__(self, tables: Connection, scope: str, device: str) -> None:
        self._tables, self._scope, self._device = tables, scope, device
        self._known: dict[int, list[_Action]] = {}

    def _query(self, where: str, values: Sequence[object]) -> list[Change]:
        return changes_in(
            self._tables,
            f"scope = ? and device = ? and {where} order by seq, n, stamp",
            (self._scope, self._device, *values),
        )

    def actions(self) -> list[tuple[int, bool]]:
        """(k, whether it is undone), highest first."""
        latest = self._tables.execute(
            """select k, action < 0 from (select abs(action) as k, action, seq,
                   row_number() over (partition by abs(action) order by seq desc, n desc) as place
                   from change where scope = ? and device = ? and action <> 0)
               where place = 1 order by k desc""",
            (self._scope, self._device),
        )
        return [(k, bool(undone)) for k, undone in latest]

    def redoable(self) -> list[int]:
        """Undone actions, the one undone last first, as long as nothing new was done since."""
        undone = {k for k, was_undone in self.actions() if was_undone}
        newest = self._tables.execute(
            "select coalesce(max(seq), 0) from change where scope = ? and device = ? and action = seq",
            (self._scope, self._device),
        ).fetchone()[0]
        last = self._tables.execute(
            """select -action, max(seq) from change where scope = ? and device = ? and action < 0
               group by action order by 2 desc""",
            (self._scope, self._device),
        )
        return [k for k, seq in last if k in undone and seq > newest]

    def erasures(self) -> dict[int, Left]:
        """Actions that erased something, and of which record, as long as nothing older was undone since."""
        erased = self._query(
            """field = ? and action > 0 and not exists (select 1 from change as later
               where later.scope = change.scope and later.device = change.device
               and later.action < 0 and -later.action < change.action and later.seq > change.seq)""",
            [ERASED],
        )
        return {each.action: Left(each.kind, each.record, ERASED, "erased", passed=True) for each in erased}

    def plan(
        self,
        candidates: Iterable[int],
        sign: int,
        of: Callable[[list[_Action]], Plan],
        stops: Mapping[int, Left] = MappingProxyType({}),
    ) -> Plan:
        """The plan of the first action that has something to write, or nothing where one of `stops` comes first; what
        was left on the way is told too."""
        left: tuple[Left, ...] = ()
        for k in candidates:
            if k in stops:
                return Plan(stopped=k, left=(*left, stops[k]))
            found = of(self._cells(k))
            if found.drafts:
                return Plan(sign * k, found.writes, found.deletes, left + found.left)
            left += tuple(replace(each, passed=True) for each in found.left)
        return Plan(left=left)

    def _cells(self, k: int) -> list[_Action]:
        if k not in self._known:
            self._known[k] = self._found(k)
        return self._known[k]

    def _found(self, k: int) -> list[_Action]:
        undos = self._query("action = ?", [-k])
        first_undo = undos[0].seq if undos else None
        changes = sorted(
            self._query("action = ? and field <> ?", [k, ERASED]), key=lambda c: (c.record, c.field, c.kind, c.seq, c.n)
        )
        return [
            _Action(list(found), first_undo) for _, found in groupby(changes, key=lambda c: (c.record, c.field, c.kind))
        ]

    def _change(self, stamp: str) -> Change | None:
        found = changes_in(self._tables, "stamp = ?", [stamp])
        return found[0] if found else None

    def _first_of(self, k: int, key: cells.CellKey) -> _Action | None:
        found = [each for each in self._cells(k) if each.key == key]
        return found[0] if found else None

    def _origin(self, head: Head, key: cells.CellKey) -> str | None:
        """The stamp of the change whose value a head gives: itself, or what an undo or redo of mine put back."""
        stamp: str | None = head.stamp
        while stamp is not None:
            change = self._change(stamp)
            if change is None or change.device != self._device or change.action == 0:
                return stamp
            action = self._first_of(abs(change.action), key)
            if action is None:
                return stamp
            if change.action > 0:
                return action.last.stamp if change.seq > action.last.seq else stamp
            replaced = [each for each in map(self._change, action.first.replaces) if each]
            put_back = self._without_own_entry(change.value, key)
            stamp = next(
                (each.stamp for each in replaced if self._without_own_entry(each.value, key) == put_back), None
            )
        return None

    def _without_own_entry(self, text: str, key: cells.CellKey) -> Any:
        """A value without what an undo raises in it."""
        value = json.loads(text)
        is_delete = key[2] == DELETED and hidden.is_vector(value)
        return {each: entry for each, entry in value.items() if each != self._device} if is_delete else value

    def _origins(self, stamps: Iterable[str], key: cells.CellKey) -> set[str | None]:
        return {self._origin(Head(stamp, ""), key) for stamp in stamps} or {None}

    def _to_write(self, actions: list[_Action]) -> Iterator[tuple[_Action, cells.CellKey, list[Head]]]:
        """Each cell of an action, the cell that takes it back or puts it back, and the heads there: a record that the
        action made goes and comes whole, by its `deleted`."""
        created = _created(actions)
        for action in actions:
            record, scope, name, kind = action.key
            if record not in created:
                yield action, action.key, cells.heads_at(self._tables, action.key)
            elif name == CREATED:
                yield action, (key := (record, scope, DELETED, kind)), cells.heads_at(self._tables, key)

    def undo_of(self, actions: list[_Action]) -> Plan:
        """What takes back these cells of one action. A record that it made goes by a delete that covers my changes
        alone."""
        plan = Plan()
        shared = self._shared(actions)
        for action, key, heads in self._to_write(actions):
            record, _scope, name, kind = action.key
            stamps = tuple(head.stamp for head in heads)
            if name == CREATED:
                if record in shared:
                    plan.left += (Left(kind, record, name, "shared"),)
                elif not (heads and all(hidden.is_vector(json.loads(head.value)) for head in heads)):
                    self._put(plan, key, ["{}"], stamps)
            elif len(heads) != 1 or self._origin(heads[0], key) != action.last.stamp:
                plan.left += (Left(kind, record, name, "changed"),)
            else:
                replaced = [each for each in map(self._change, action.first.replaces) if each]
                self._put(plan, key, [each.value for each in replaced] or ["null"], stamps)
        return plan

    def _shared(self, actions: list[_Action]) -> set[str]:
        """Of the records that an action made those that another device has changed or points to, and with them those
        that hang on them: by what they say, or on the walk itself by being in it."""
        created = _created(actions)
        shared = {record for record in created if self._is_shared(record)}
        if self._scope in shared:
            return created
        todo = list(shared)
        while todo:
            value = json.dumps(todo.pop())
            hanging = {each.first.record for each in actions if value in (each.first.value, each.last.value)}
            todo += sorted(hanging & created - shared)
            shared |= hanging & created
        return shared

    def _is_shared(self, record: str) -> bool:
        others = "select 1 from change where scope = ? and device <> ?"
        mine = (self._scope, self._device)
        if record == self._scope:
            # Everything in a walk hangs on the walk itself, by its scope.
            found = self._tables.execute(f"{others} limit 1", mine)
        else:
            # With `or` in place of the union every change of the walk is looked at.
            query = f"{others} and record = ? union all {others} and value = ? and length(value) = 34 limit 1"
            found = self._tables.execute(query, (*mine, record, *mine, json.dumps(record)))
        return found.fetchone() is not None

    def redo_of(self, actions: list[_Action]) -> Plan:
        """What puts back these cells of one action."""
        plan = Plan()
        for action, key, heads in self._to_write(actions):
            record, _scope, name, kind = action.key
            stamps = tuple(head.stamp for head in heads)
            if name == CREATED:
                undone = len(heads) == 1 and getattr(self._change(stamps[0]), "action", 0) == -action.first.action
            else:
                undone = self._origins(stamps, key) == self._origins(action.first.replaces, key)
            if undone:
                self._put(plan, key, ["null" if name == CREATED else action.last.value], stamps)
            else:
                plan.left += (Left(kind, record, name, "changed"),)
        return plan

    def _put(self, plan: Plan, key: cells.CellKey, values: list[str], replaces: tuple[str, ...]) -> None:
        """Write the values to a cell: one write each where there are several, so that the conflict returns."""
        record, _scope, name, kind = key
        for place, text in enumerate(values):
            value = json.loads(text)
            into = plan.deletes if name == DELETED and hidden.is_vector(value) else plan.writes
            while len(into) <= place:
                into.append([])
            into[place].append(Draft(kind=kind, record=record, field=name, value=value, replaces=replaces))
