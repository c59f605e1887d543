"""The log: the one place people's data is written to, with one door and two handles.

`write` numbers what was done here, `append` takes what was done elsewhere; both end in `_insert` and ring the bell.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection

from app.base.clock import Clock, iso
from app.domain.change import Change, Draft, News, Undone, Vector, Written, stamps_shown
from app.domain.ports import Taken
from app.domain.record import DELETED, ERASED, Seen
from app.domain.rules import stored
from app.domain.stamp import Chance, Stamper, limit
from app.storage import batches, cells, hidden, search, views
from app.storage.database import Database
from app.storage.undo import Plan, covering, plan_redo, plan_undo, was_undone

Write = Callable[[Sequence[Draft], int | None], Written]
"""Writes drafts under an action, as `ChangeLog.write` does."""


def _held(tables: Connection, changes: Iterable[Change]) -> cells.CellChanges:
    return cells.CellChanges(tables, [(each.record, each.scope, each.field, each.kind) for each in changes])


class ChangeLog:
    """The change log in the database file `path`; new changes carry `device`. See `app.domain.ports.ChangeLog`."""

    def __init__(self, path: Path, device: str, clock: Clock, chance: Chance) -> None:
        self.database = Database(path, views.make_views)
        self.become(device)
        self._clock = clock
        self._chance = chance
        self._bells: list[Callable[[News], None]] = []
        self.apply_newer()

    @property
    def device(self) -> str:
        """The device id that new changes carry."""
        return self._device_now()

    def become(self, device: str) -> None:
        """From now on new changes carry another device id; the old id's changes are another device's."""
        self.follow(lambda: device)

    def follow(self, device_now: Callable[[], str]) -> None:
        """From now on new changes carry the device id that is told within each write."""
        self._device_now = device_now

    def on_commit(self, bell: Callable[[News], None]) -> None:
        """Call `bell` after every commit, in the thread that wrote."""
        self._bells.append(bell)

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
        with self.database.writing() as tables:

            def write(drafts: Sequence[Draft], action: int | None) -> Written:
                nonlocal news
                # What goes on after it was undone is something new: a redo puts back what was there before the undo.
                over = action and was_undone(tables, scope, self.device, action)
                written, told = self._write(tables, scope, drafts, None if over else action)
                news = news.and_(told)
                return written

            yield write
        self._ring(news)

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
        """The stamps a draft replaces: what the screen offered, else what the person was shown; of a field that the
        program writes, the heads there are."""
        key = (draft.record, scope, draft.field, draft.kind)
        if draft.replaces is not None:
            return tuple(sorted(draft.replaces))
        if cells.is_machine(draft.kind, draft.field):
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
        """Take in a batch in one transaction. Foreign data never raises; what became of it is returned."""
        news = News(scope, frozenset())
        with self.database.writing() as tables:
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

    def undo(self, scope: str) -> Undone:
        """Take back my highest standing action of a walk: what of it can be, in one transaction."""
        return self._take_back(scope, plan_undo)

    def redo(self, scope: str) -> Undone:
        """Put back the action I undid last, unless I have done something new since."""
        return self._take_back(scope, plan_redo)

    def _take_back(self, scope: str, plan: Callable[[Connection, str, str], Plan]) -> Undone:
        news = News(scope, frozenset())
        with self.database.writing() as tables:
            found = plan(tables, scope, self.device)
            for drafts in found.writes:
                news = news.and_(self._write(tables, scope, drafts, found.action)[1])
            for deletes in found.deletes:
                drafts = covering(tables, scope, self.device, deletes)
                news = news.and_(self._write(tables, scope, drafts, found.action)[1])
        self._ring(news)
        return Undone(abs(found.action) or None, news.kinds, found.left)

    def vector(self, scope: str, seen: Seen | None = None) -> Vector:
        """What a person had been shown: per device the last seq of its unbroken row, and the sha16 of its stamps."""
        with self.database.reading() as tables:
            return hidden.vector(tables, scope, seen.at if seen else None)

    def heads_of_deleted(self, scope: str, record: str, seen: Seen | None = None) -> tuple[str, ...]:
        """The stamps of the heads of a record's `deleted`, those there are or those a person had been shown."""
        with self.database.reading() as tables:
            heads = hidden.heads_of_deleted(tables, scope, record, seen.at if seen else None)
        return tuple(head.stamp for head in heads)

    def have(self, scope: str) -> Vector:
        """The same for the log as it stands now."""
        return self.vector(scope)

    def last_seqs(self, scope: str) -> dict[str, int]:
        """Per device the highest seq held at all."""
        with self.database.reading() as tables:
            return dict(
                tables.execute(
                    "select device, max(seq) from change where scope = ? group by device", [scope]
                ).fetchall()
            )

    def agreed(self, scope: str, vectors: Sequence[Vector]) -> list[dict[str, int]]:
        """Of each vector the entries that this log proves: device → last seq, where its row here is unbroken as far as
        that and has the same sha16."""
        with self.database.reading() as tables:
            rows = hidden.device_rows(tables, scope) if vectors else {}
        return [
            {
                device: last
                for device, (last, sha16) in vector.items()
                if device in rows and last <= rows[device].unbroken and rows[device].sha16(last) == sha16
            }
            for vector in vectors
        ]

    def gaps(self, scope: str) -> dict[str, list[tuple[int, int]]]:
        """Per device the seqs (first, last) missing below the highest one held; devices without gaps left out."""
        query = """select device, before + 1, seq - 1 from
                   (select device, seq, coalesce(lag(seq) over (partition by device order by seq), 0) as before from
                   (select distinct device, seq from change where scope = ?))
                   where seq > before + 1 order by device, seq"""
        found: dict[str, list[tuple[int, int]]] = {}
        with self.database.reading() as tables:
            for device, first, last in tables.execute(query, [scope]):
                found.setdefault(device, []).append((first, last))
        return found

    def unsent(self, scope: str) -> int:
        """How many changes are in no batch."""
        query = "select count(*) from change where arrival in (select arrival from loose) and scope = ?"
        with self.database.reading() as tables:
            found: int = tables.execute(query, [scope]).fetchone()[0]
        return found

    def authors(self, scope: str, kinds: Iterable[str]) -> set[str]:
        """Devices that have made records of these kinds."""
        wanted = sorted(kinds)
        query = f"""select distinct device from change where scope = ? and field = 'created'
                    and kind in ({",".join("?" * len(wanted))})"""
        with self.database.reading() as tables:
            return {row[0] for row in tables.execute(query, [scope, *wanted])}

    def made(self, scope: str, kinds: Iterable[str]) -> dict[str, tuple[str, int]]:
        """Which device made a record of these kinds, and with which of its writes; the first to arrive of several."""
        wanted = sorted(kinds)
        query = f"""select record, device, seq from change where scope = ? and field = 'created'
                    and kind in ({",".join("?" * len(wanted))}) order by arrival desc"""
        with self.database.reading() as tables:
            return {record: (device, seq) for record, device, seq in tables.execute(query, [scope, *wanted])}

    def written(self, scope: str, kind: str) -> dict[str, dict[str, int]]:
        """Of each record of a kind, per device that has written to it, the last of these writes."""
        query = "select record, device, max(seq) from change where scope = ? and kind = ? group by record, device"
        found: dict[str, dict[str, int]] = {}
        with self.database.reading() as tables:
            for record, device, seq in tables.execute(query, [scope, kind]):
                found.setdefault(record, {})[device] = seq
        return found

    def last_writes(self, scope: str, kinds: Iterable[str], device: str) -> dict[str, int]:
        """The last of a device's writes to each record of these kinds that it has written to."""
        wanted = sorted(kinds)
        query = f"""select record, max(seq) from change where scope = ? and device = ?
                    and kind in ({",".join("?" * len(wanted))}) group by record"""
        with self.database.reading() as tables:
            return dict(tables.execute(query, [scope, device, *wanted]).fetchall())

    def freeze(self, scope: str) -> list[str]:
        """Make batches of every change that is in none, under the device ids they carry. Returns their names."""
        with self.database.writing() as tables:
            return batches.freeze(tables, scope, iso(self._clock()))

    def batches(self, scope: str) -> dict[str, int]:
        """Name and size of every batch held, applied or not."""
        with self.database.reading() as tables:
            return dict(tables.execute("select name, length(bytes) from batch where scope = ?", [scope]).fetchall())

    def batch(self, name: str) -> bytes:
        """The bytes of a batch. Raises NotFound."""
        with self.database.reading() as tables:
            return batches.read(tables, name)

    def batches_not_applied(self, scope: str) -> dict[str, Taken]:
        """Batches that are kept and passed on but not applied, and why."""
        with self.database.reading() as tables:
            query = "select name, taken from batch where scope = ? and taken <> 'applied'"
            return {name: Taken(taken) for name, taken in tables.execute(query, [scope])}

    def holds_all_of(self, scope: str, name: str, data: bytes) -> bool:
        """Whether every change of this batch is in the log with equal value."""
        with self.database.reading() as tables:
            return batches.holds_all(tables, scope, name, data)

    def blobs_named(self, scope: str) -> set[str]:
        """Every blob that any change names, erased ones left out."""
        with self.database.reading() as tables:
            return batches.blobs_named(tables, scope) - batches.blobs_erased(tables, scope)

    def naming(self, scope: str, names: Iterable[str]) -> dict[str, list[tuple[str, str, str, int]]]:
        """Of each of these blobs (kind, record, device, first seq) of the changes that name it."""
        with self.database.reading() as tables:
            return batches.naming(tables, scope, names)

    def blobs_erased(self, scope: str) -> set[str]:
        """Every blob that any change of an erased record names."""
        with self.database.reading() as tables:
            return batches.blobs_erased(tables, scope)

    def blobs_to_delete(self) -> set[str]:
        """The erased blobs of every walk that may not lie here: those that no other walk's standing records name."""
        with self.database.reading() as tables:
            return batches.blobs_to_delete(tables)

    def blobs_by_urgency(self, scope: str, names: Iterable[str]) -> list[str]:
        """The same names, thumbnails first, then report size, then the rest; each in order of name."""
        with self.database.reading() as tables:
            return batches.by_urgency(tables, scope, names)

    def scopes(self) -> list[str]:
        """Every walk the log knows of."""
        with self.database.reading() as tables:
            return [row[0] for row in tables.execute("select distinct scope from change order by scope")]

    def wrong_cells(self) -> int:
        """How many cells differ from what the log says."""
        with self.database.reading() as tables:
            return cells.count_of_wrong(tables)

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
