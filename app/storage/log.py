"""The log: the one place people's data is written to, with one door and two handles.

`write` numbers what was done here, `append` takes what was done elsewhere; both end in `_insert` and ring the bell.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from sqlite3 import Connection

from app.base.clock import Clock, iso
from app.base.errors import GatljusError
from app.base.words import _
from app.domain.change import Change, Draft, News, Undone, Written, stamps_shown
from app.domain.ports import Announced, Taken
from app.domain.record import DELETED, ERASED, is_hash
from app.domain.records import KIND_OF
from app.domain.rules import stored
from app.domain.stamp import Chance, Stamper, limit
from app.storage import batches, cells, hidden, purge, search, views
from app.storage.database import Database
from app.storage.reading import LogReading
from app.storage.undo import Plan, covering, plan_redo, plan_undo, stands, was_undone
from app.storage.waiting import refuse_while_restoring

Write = Callable[[Sequence[Draft], int | None], Written]
"""Writes drafts under an action, as `ChangeLog.write` does."""


def _held(tables: Connection, changes: Iterable[Change]) -> cells.CellChanges:
    return cells.CellChanges(tables, [(each.record, each.scope, each.field, each.kind) for each in changes])


class ChangeLog(LogReading):
    """The change log in the database file `path`; new changes carry `device`. See `app.domain.ports.ChangeLog`."""

    def __init__(self, path: Path, device: str, clock: Clock, chance: Chance) -> None:
        self.database = Database(path, views.make_views)
        self.become(device)
        self._clock = clock
        self._chance = chance
        self._bells: list[Callable[[News], None]] = []
        self.ask(lambda _name: True)
        self.apply_newer()

    @property
    def device(self) -> str:
        """The device id that new changes carry."""
        return self._device_now()

    def become(self, device: str) -> None:
        """From now on new changes carry another device id; the old id's changes are another device's."""
        self.follow(lambda: device)

    def follow(self, device_now: Callable[[], str], renew: Callable[[], None] = lambda: None) -> None:
        """From now on new changes carry the device id that is told within each write; `renew` takes another one, which
        is told from then on."""
        self._device_now, self._renew = device_now, renew

    def ask(self, lies_here: Callable[[str], bool]) -> None:
        """From now on what is written may name a blob that its walk has not named before only where it lies here. It
        was put before it is named; meanwhile a walk that named it too may have been purged by another process."""
        self._lies_here = lies_here

    def on_commit(self, bell: Callable[[News], None]) -> None:
        """Call `bell` after every commit, in the thread that wrote."""
        self._bells.append(bell)

    @contextmanager
    def _open(self) -> Iterator[Connection]:
        """A write transaction of people's data, which nothing waits to put aside."""
        with self.database.writing() as tables:
            refuse_while_restoring(self.database.path.parent)
            yield tables

    def _number_on(self, tables: Connection, scope: str) -> None:
        """Of a walk that this home was emptied of and that came back without all that this device had written in it:
        those numbers are taken where the rest lies, so that whoever goes on takes another id."""
        entry = purge.emptied(tables, scope, self.device)
        if entry is not None and self.has(scope):
            if hidden.vector(tables, scope).get(self.device, purge.NOTHING) != entry:
                self._renew()
            purge.come_back(tables, scope)

    def write(self, scope: str, drafts: Sequence[Draft], *, action: int | None = None) -> Written:
        """Write what a person meant, in one transaction: all of it or nothing.

        `action` continues an intention begun by an earlier write (a form from focus to focus, an import); 0 is for what
        the program writes by itself. Raises GatljusError, then nothing was written.
        """
        with self.writing(scope) as write:
            return write(drafts, action)

    @contextmanager
    def writing(self, scope: str) -> Iterator[Write]:
        """One transaction of one or several writes: what is read within the block is what stands when they are made.
        Nothing of it lasts where the block raises."""
        news = News(scope, frozenset())
        with self._open() as tables:
            if purge.is_purged(tables, scope):
                raise GatljusError(
                    "purged", _("Vandringen är gallrad."), _("Börja en ny vandring; den här kommer inte tillbaka.")
                )
            self._number_on(tables, scope)

            def write(drafts: Sequence[Draft], action: int | None) -> Written:
                nonlocal news
                self._refuse_absent(tables, scope, drafts)
                # What goes on after it was undone is something new: a redo puts back what was there before the undo.
                over = action and was_undone(tables, scope, self.device, action)
                written, told = self._write(tables, scope, drafts, None if over else action)
                news = news.and_(told)
                return written

            yield write
        self._ring(news)

    def _refuse_absent(self, tables: Connection, scope: str, drafts: Iterable[Draft]) -> None:
        for each in drafts:
            named = (each.kind, each.field) in batches.NAMING and is_hash(each.value)
            if named and not self._lies_here(each.value) and not batches.names_in(tables, scope, each.value):
                raise GatljusError(
                    "blob-gone", _("En fil som hör till det här togs bort just nu."), _("Gör om det senaste.")
                )

    def _write(
        self, tables: Connection, scope: str, drafts: Sequence[Draft], action: int | None
    ) -> tuple[Written, News]:
        device = self.device
        now = self._clock()
        query = """select (select max(seq) from change where scope = ? and device = ?),
                   (select max(stamp) from change where stamp < ?)"""
        last_seq, last_stamp = tables.execute(query, (scope, device, limit(now))).fetchone()
        seq = 1 + (last_seq or 0)
        stamp = Stamper(device, last_stamp or "", now, self._chance)
        held = cells.CellChanges(tables, [(each.record, scope, each.field, each.kind) for each in drafts])
        made = [
            Change(
                scope,
                device,
                seq,
                n,
                stamp(),
                seq if action is None else action,
                draft.kind,
                draft.record,
                draft.field,
                stored(draft.field, draft.value),
                self._replaced(scope, draft, held),
            )
            for n, draft in enumerate(drafts)
        ]
        if len({(change.kind, change.record, change.field) for change in made}) < len(made):
            raise ValueError("a cell at most once per write")
        news = self._insert(tables, scope, made, held, own=True)
        stamps: dict[tuple[str, str], tuple[str, ...]] = {(each.record, each.field): (each.stamp,) for each in made}
        return Written(seq, made[0].action if made else seq, stamps), news

    def _replaced(self, scope: str, draft: Draft, held: cells.CellChanges) -> tuple[str, ...]:
        """The stamps a draft replaces: what the screen offered, else what the person was shown; of a field that
        settles, the heads there are."""
        key = (draft.record, scope, draft.field, draft.kind)
        if draft.replaces is not None:
            return tuple(sorted(draft.replaces))
        if cells.settles(draft.kind, draft.field):
            return tuple(head.stamp for head in held.heads(key))
        if draft.field in draft.seen.own:
            return draft.seen.own[draft.field]
        if draft.seen.at == 0:
            return ()
        heads = held.heads(key, draft.seen.at)
        if draft.field in (DELETED, ERASED):
            return tuple(head.stamp for head in heads)
        return stamps_shown(heads) if heads else ()

    def _insert(
        self, tables: Connection, scope: str, changes: Sequence[Change], held: cells.CellChanges, *, own: bool
    ) -> News:
        """The one insert: the log, its cells, hidden records, search and what waits to be sent. `held` are the changes
        of these cells before. Returns what the bell is to say."""
        last = tables.execute("select coalesce(max(arrival), 0) from change").fetchone()[0]
        tables.executemany(
            "insert into change values(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    last + place,
                    c.scope,
                    c.device,
                    c.seq,
                    c.n,
                    c.stamp,
                    c.action,
                    c.kind,
                    c.record,
                    c.field,
                    c.value,
                    " ".join(c.replaces),
                )
                for place, c in enumerate(changes, 1)
            ],
        )
        if own:
            tables.execute("insert into loose select arrival from change where arrival > ?", [last])
        for place, c in enumerate(changes, 1):
            held.add((c.record, c.scope, c.field, c.kind), last + place, c.stamp, c.value, c.replaces)
        cells.recompute(tables, held)
        keys = held.cells()
        hides = hidden.follow(tables, scope, {key[0] for key in keys}, rows_changed=not own)
        search.follow(tables, keys)
        return News(scope, frozenset(change.kind for change in changes), hides)

    def _ring(self, news: News) -> None:
        for bell in self._bells if news.kinds else ():
            bell(news)

    def append(self, scope: str, name: str, data: bytes) -> Taken:
        """Take in a batch in one transaction. Foreign data never raises; what became of it is returned. Of a walk that
        was purged here nothing is taken in. Raises GatljusError where a restore waits, which would put it aside."""
        news = News(scope, frozenset())
        with self._open() as tables:
            if purge.is_purged(tables, scope):
                return Taken.DAMAGED
            taken, changes = batches.take(tables, scope, name, data)
            if taken is Taken.APPLIED:
                news = self._insert(tables, scope, changes, _held(tables, changes), own=False)
            if taken not in (Taken.DAMAGED, Taken.KNOWN):
                batches.keep(tables, scope, name, data, taken, iso(self._clock()))
        self._ring(news)
        return taken

    def apply_newer(self) -> None:
        """Apply the batches that an older version of the program could only keep; those still too new stay."""
        with self.database.reading() as tables:
            waiting = batches.newer(tables)
        for scope, name in waiting:
            with self.database.writing() as tables:
                changes = batches.take_again(tables, scope, name)
                if changes:
                    self._insert(tables, scope, changes, _held(tables, changes), own=False)

    def undo(self, scope: str, *, past_erasure: bool = False) -> Undone:
        """Take back my highest standing action of a walk: what of it can be, in one transaction. Nothing where that
        erased something, unless it goes on `past_erasure`."""
        return self._take_back(scope, partial(plan_undo, past_erasure=past_erasure))

    def redo(self, scope: str) -> Undone:
        """Put back the action I undid last, unless I have done something new since."""
        return self._take_back(scope, plan_redo)

    def stands(self, scope: str, device: str, action: int) -> bool:
        """Whether an action of a device holds: it was never taken back, or put back again since."""
        with self.database.reading() as tables:
            return stands(tables, scope, device, action)

    def _take_back(self, scope: str, plan: Callable[[Connection, str, str], Plan]) -> Undone:
        news = News(scope, frozenset())
        with self._open() as tables:
            self._number_on(tables, scope)
            found = plan(tables, scope, self.device)
            for drafts in found.writes:
                news = news.and_(self._write(tables, scope, drafts, found.action)[1])
            for deletes in found.deletes:
                drafts = covering(tables, scope, self.device, deletes)
                news = news.and_(self._write(tables, scope, drafts, found.action)[1])
        self._ring(news)
        return Undone(abs(found.action) or None, news.kinds, found.left)

    def written(self, scope: str, kind: str) -> dict[str, dict[str, int]]:
        """Of each record of a kind, per device that has written to it, the last of these writes."""
        query = "select record, device, max(seq) from change where scope = ? and kind = ? group by record, device"
        found: dict[str, dict[str, int]] = {}
        with self.database.reading() as tables:
            for record, device, seq in tables.execute(query, [scope, kind]):
                found.setdefault(record, {})[device] = seq
        return found

    def freeze(self, scope: str) -> list[str]:
        """Make batches of every change that is in none, under the device ids they carry. Returns their names."""
        with self.database.writing() as tables:
            return batches.freeze(tables, scope, iso(self._clock()))

    def remove(
        self,
        scope: str,
        *,
        mark: purge.Mark | None = None,
        proved: purge.State | None = None,
        words: Callable[[], Sequence[Announced]] = list,
    ) -> None:
        """Take a whole walk out of this home's database; with `mark` it is remembered, so that nothing brings it back,
        else how far this device had written, and `words`, asked in the same transaction, which say that it was emptied.
        The one way by which anything ever leaves the log. What follows is noted: see `app.storage.disposal`. Raises
        GatljusError where the walk is not in the state `proved`, and what `words` raises."""
        with purge.overwriting(self.database.tables), self.database.writing() as tables:
            if proved is not None and purge.state_of(tables, scope) != proved:
                raise GatljusError(
                    "written-meanwhile",
                    _("Något skrevs i vandringen just nu. Den är kvar."),
                    _("Se under Enheter vad som fattas, och synka först."),
                )
            said, entry = words(), purge.taken(tables, scope, self.device)
            purge.note(tables, scope, mark)
            purge.remove(tables, scope)
            if mark is None:
                purge.note_emptied(tables, scope, self.device, entry, said)
        self._ring(News(scope, frozenset(KIND_OF), hides=True))

    def leave_no_trace(self) -> bool:
        """Let go of the bytes of walks that have left. False where they may still lie in the file."""
        return purge.leave_no_trace(self.database.tables)

    def have_left(self, scopes: Iterable[str]) -> None:
        """Nothing of these walks lies here any more."""
        with self.database.writing() as tables:
            tables.executemany("delete from leaving where scope = ?", [(each,) for each in scopes])

    def rebuild(self) -> None:
        """Make everything that follows from the log anew: cells, hidden records, search, what waits to be sent."""
        with self.database.writing() as tables:
            cells.rebuild(tables)
            for (scope,) in tables.execute("select distinct scope from cell").fetchall():
                hidden.rebuild(tables, scope)
            search.rebuild(tables)
            batches.rebuild_loose(tables)

    def close(self) -> None:
        """Close this thread's connection."""
        self.database.close()
