"""What the log is asked: who has what, what is missing, what lies in batches, which blobs are named."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from app.domain.change import Before, Vector
from app.domain.ports import Taken
from app.domain.record import Seen
from app.storage import batches, cells, hidden, purge
from app.storage.before import Spans, before, used
from app.storage.database import Database

LATEST = 20
"""So many of a device's batches are looked at for its clock."""


class LogReading:
    """The log in `database`, to read. See `app.domain.ports.ChangeLog`."""

    database: Database

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

    def acted_since(self, scope: str, device: str, seq: int) -> bool:
        """Whether a person at this device did anything after the change with this seq."""
        query = "select 1 from change where scope = ? and device = ? and seq > ? and action <> 0 limit 1"
        with self.database.reading() as tables:
            return tables.execute(query, [scope, device, seq]).fetchone() is not None

    def stamps_of(self, scope: str, device: str) -> tuple[str, str] | None:
        """The first and the last stamp of a device's changes, as far as they are here; None where none is."""
        found = []
        for way in ("asc", "desc"):
            query = f"select stamp from change where scope = ? and device = ? order by seq {way}, n {way} limit 1"
            with self.database.reading() as tables:
                found += [row[0] for row in tables.execute(query, [scope, device])]
        return (found[0], found[1]) if found else None

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

    def covers(self, scope: str, device: str, last: int, sha16: str) -> bool:
        """Whether all that this entry of a vector says is here, beside what else was written under the device's id."""
        with self.database.reading() as tables:
            return sha16 in hidden.alone(tables, scope, device, last)

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

    def clocks_ahead(self, scope: str) -> dict[str, int]:
        """Per device how many seconds its clock is ahead of this home's at the least: what it made last was dated later
        than the moment at which it came here. Stamps tell nothing of it, for they follow the fastest clock about."""
        batches_ = "select device, first, last, arrived from batch where scope = ? order by device, last desc"
        dated = """select max(julianday(json_extract(value, '$')) - julianday(?)) from change
                   where scope = ? and device = ? and seq between ? and ? and field = 'created' and json_valid(value)"""
        found: dict[str, int] = {}
        looked = Counter[str]()
        with self.database.reading() as tables:
            for device, first, last, arrived in tables.execute(batches_, [scope]).fetchall():
                looked[device] += 1
                # A clock may have been set right since: only the last that was made tells how it goes now.
                if device not in found and looked[device] <= LATEST:
                    days = tables.execute(dated, [arrived, scope, device, first, last]).fetchone()[0]
                    found |= {} if days is None else {device: int(days * 86_400)}
        return {device: seconds for device, seconds in found.items() if seconds > 0}

    def made(self, scope: str, kinds: Iterable[str]) -> dict[str, tuple[str, int]]:
        """Which device made a record of these kinds, and with which of its writes; the first to arrive of several."""
        wanted = sorted(kinds)
        query = f"""select record, device, seq from change where scope = ? and field = 'created'
                    and kind in ({",".join("?" * len(wanted))}) order by arrival desc"""
        with self.database.reading() as tables:
            return {record: (device, seq) for record, device, seq in tables.execute(query, [scope, *wanted])}

    def made_within(self, scope: str, kinds: Iterable[str], spans: Spans) -> set[str]:
        """The records of these kinds that devices made with some of their writes."""
        wanted = sorted(kinds)
        query = f"""select record from change where scope = ? and device = ? and seq between ? and ?
                    and field = 'created' and kind in ({",".join("?" * len(wanted))})"""
        found = set[str]()
        with self.database.reading() as tables:
            for device, each in spans.items():
                for span in each:
                    found |= {record for (record,) in tables.execute(query, [scope, device, *span, *wanted])}
        return found

    def said(self, scope: str, kind: str, field: str) -> list[tuple[str, str, int]]:
        """All that was ever written of a field of the records of a kind, deleted ones too, in the order in which it
        arrived: the record, which device wrote it and with which of its writes."""
        query = """select change.record, change.device, change.seq
                   from cell cross join change on change.record = cell.record and change.scope = cell.scope
                   where cell.scope = ? and cell.kind = ? and cell.field = 'created' and change.field = ?
                   order by change.arrival"""
        with self.database.reading() as tables:
            return tables.execute(query, [scope, kind, field]).fetchall()

    def last_writes(self, scope: str, kinds: Iterable[str], device: str) -> dict[str, int]:
        """The last of a device's writes to each record of these kinds that it has written to."""
        wanted = sorted(kinds)
        query = f"""select record, max(seq) from change where scope = ? and device = ?
                    and kind in ({",".join("?" * len(wanted))}) group by record"""
        with self.database.reading() as tables:
            return dict(tables.execute(query, [scope, device, *wanted]).fetchall())

    def before(self, scope: str, device: str, spans: Spans, kinds: Collection[str], made: Collection[str]) -> Before:
        """What puts back what people at a device said in rehearsals, of records but those `made`: see
        `app.storage.before`."""
        with self.database.reading() as tables:
            return before(tables, scope, device, spans, kinds, made)

    def used(self, scope: str, spans: Spans, records: Iterable[str]) -> set[str]:
        """Of records those that somebody has changed, or pointed to, otherwise than in a rehearsal."""
        with self.database.reading() as tables:
            return used(tables, scope, spans, records)

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

    def blobs_personal(self, scope: str) -> set[str]:
        """Every blob that a personal field ever named: for no backup and no rescue."""
        with self.database.reading() as tables:
            return batches.blobs_personal(tables, scope)

    def blobs_to_delete(self) -> set[str]:
        """The erased blobs of every walk that may not lie here: those that no other walk's standing records name."""
        with self.database.reading() as tables:
            return batches.blobs_to_delete(tables)

    def blobs_leaving(self) -> set[str]:
        """The blobs of walks that are leaving that no other walk names."""
        with self.database.reading() as tables:
            return purge.blobs_left(tables)

    def blobs_purged(self) -> set[str]:
        """The blobs of all walks that were ever purged that no other walk names."""
        with self.database.reading() as tables:
            return purge.blobs_left(tables, purged=True)

    def purged_walks(self) -> set[str]:
        """The walks that were purged here."""
        with self.database.reading() as tables:
            return purge.purged_walks(tables)

    def emptied(self, scope: str, device: str) -> int | None:
        """Up to which seq a device had written when this home was emptied of a walk; None where it was not, or where
        it has gone on since."""
        with self.database.reading() as tables:
            entry = purge.emptied(tables, scope, device)
        return entry[0] if entry else None

    def emptied_walks(self) -> set[str]:
        """The walks that this home was emptied of and that have not come back."""
        with self.database.reading() as tables:
            return purge.emptied_walks(tables)

    def leaving(self) -> set[str]:
        """The walks that have left, and of which files or bytes may still lie here."""
        with self.database.reading() as tables:
            return purge.leaving(tables)

    def state(self, scope: str) -> purge.State:
        """What is another when something was written in a walk, taken in or sent."""
        with self.database.reading() as tables:
            return purge.state_of(tables, scope)

    def has(self, scope: str) -> bool:
        """Whether anything of a walk is here."""
        with self.database.reading() as tables:
            return tables.execute("select 1 from change where scope = ? limit 1", [scope]).fetchone() is not None

    def blobs_by_urgency(self, scope: str, names: Iterable[str]) -> list[str]:
        """The same names, thumbnails first, then report size, then the rest; each in order of name."""
        with self.database.reading() as tables:
            return batches.by_urgency(tables, scope, names)

    def scopes(self) -> list[str]:
        """Every walk the log knows of."""
        # From one to the next by the index: a "distinct" would go through every change of them.
        query = """with recursive seen(scope) as (select min(scope) from change union all
                   select (select min(scope) from change where scope > seen.scope) from seen where scope is not null)
                   select scope from seen where scope is not null"""
        with self.database.reading() as tables:
            return [row[0] for row in tables.execute(query)]

    def wrong_cells(self) -> int:
        """How many cells differ from what the log says."""
        with self.database.reading() as tables:
            return cells.count_of_wrong(tables)
