"""What this home remembers of targets, of other devices' announcements, and of what a person said on this device.
See `app.domain.ports.Places`."""

import json
from collections.abc import Iterable

from app.domain.ports import Announced, Copied, Purged, Remembered, Said, There
from app.storage import purge
from app.storage.database import Database


class Places:
    """The memory of places in a home's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def met(self, label: str) -> bool:
        """Whether a target has been met under this label."""
        with self._database.reading() as tables:
            return tables.execute("select 1 from target where label = ?", [label]).fetchone() is not None

    def known(self, markers: Iterable[str]) -> bool:
        """Whether a target with one of these markers has been met."""
        with self._database.reading() as tables:
            return any(tables.execute("select 1 from target where marker = ?", [each]).fetchone() for each in markers)

    def walks_at(self, label: str, markers: Iterable[str]) -> set[str]:
        """The walks that were seen on the target with this label or one of these markers the last time."""
        wanted = sorted(markers)
        query = f"select scope from target where label = ? or marker in ({','.join('?' * len(wanted))})"
        with self._database.reading() as tables:
            return {row[0] for row in tables.execute(query, [label, *wanted])}

    def remembered(self, markers: Iterable[str], scope: str) -> Remembered:
        """What was seen of a walk on the target with one of these markers the last time."""
        query = "select batches, waiting, copied from target where marker = ? and scope = ?"
        batches: set[str] = set()
        waiting: dict[str, str] = {}
        copied = {}
        with self._database.reading() as tables:
            for marker in sorted(markers):
                for row in tables.execute(query, (marker, scope)):
                    batches |= set(json.loads(row[0]))
                    waiting |= json.loads(row[1])
                    copied = json.loads(row[2])
        return Remembered(frozenset(batches), waiting, copied)

    def remember(self, label: str, here: bool, markers: Iterable[str], scope: str, seen: Remembered) -> None:
        """Remember what was seen just now."""
        there = [dict(seen.there.upto), sorted(seen.there.lacking)]
        texts = [*map(json.dumps, (sorted(seen.batches), dict(seen.waiting), seen.copied, there))]
        with self._database.writing() as tables:
            if purge.is_purged(tables, scope):
                return
            tables.executemany(
                "insert or replace into target values(?, ?, ?, ?, ?, ?, ?, ?)",
                [(marker, scope, label, int(here), *texts) for marker in sorted(markers)],
            )

    def forget_copied(self, label: str, scope: str) -> None:
        """A walk is no longer known to lie whole on the targets with this label; which batches were seen is kept."""
        with self._database.writing() as tables:
            tables.execute(
                "update target set copied = '{}', there = null where label = ? and scope = ?", (label, scope)
            )

    def copied(self, scope: str) -> list[Copied]:
        """Where a walk has been copied to, by label."""
        return [each for each in self.seen_at(scope) if each.have]

    def seen_at(self, scope: str) -> list[Copied]:
        """Every target at which a walk has been seen, by label; `have` is empty where it did not lie there whole."""
        query = "select label, here, copied, there from target where scope = ? order by label, marker"
        rows: dict[str, Copied] = {}
        with self._database.reading() as tables:
            for label, here, have, there in tables.execute(query, [scope]):
                copied = Copied(label, bool(here), json.loads(have), _there(there))
                if copied.have or label not in rows:
                    rows[label] = copied
        return list(rows.values())

    def announced(self, scope: str) -> list[Announced]:
        """The latest announcement of each device, also of this one, by device."""
        query = "select device, no, name, content, seen, place from head where scope = ? order by device"
        with self._database.reading() as tables:
            rows = tables.execute(query, [scope]).fetchall()
        return [Announced(device, no, name, bytes(data), *rest) for device, no, name, data, *rest in rows]

    def keep_announced(self, scope: str, announced: Announced) -> None:
        """Keep an announcement, unless a later one of its device is kept already."""
        query = """insert into head values(?, ?, ?, ?, ?, ?, ?) on conflict(scope, device) do update
                   set no = excluded.no, name = excluded.name, content = excluded.content, seen = excluded.seen,
                       place = excluded.place
                   where (excluded.no, excluded.name) > (no, name)"""
        said = announced
        row = (scope, said.device, said.no, said.name, said.content, said.seen, said.place)
        with self._database.writing() as tables:
            if not purge.is_purged(tables, scope):
                tables.execute(query, row)

    def said(self, scope: str) -> Said:
        """What a person said about a walk on this device."""
        with self._database.reading() as tables:
            row = tables.execute("select keeps, done, along from said where scope = ?", [scope]).fetchone()
        if row is None:
            return Said()
        device, seq = json.loads(row[1]) if row[1] else (None, 0)
        return Said(bool(row[0]), (device, seq) if device else None, bool(row[2]))

    def say(self, scope: str, said: Said) -> None:
        """Keep what a person said about a walk on this device."""
        done = json.dumps(said.done) if said.done else None
        with self._database.writing() as tables:
            tables.execute(
                "insert or replace into said values(?, ?, ?, ?)", (scope, int(said.keeps), done, int(said.along))
            )

    def purged(self, scope: str) -> Purged | None:
        """What is remembered of a walk that was purged here."""
        query = "select name, mark, left, blobs from purged where scope = ?"
        with self._database.reading() as tables:
            row = tables.execute(query, [scope]).fetchone()
        return Purged(row[0], bytes(row[1]), json.loads(row[2]), frozenset(json.loads(row[3]))) if row else None

    def purged_walks(self) -> set[str]:
        """The walks that were purged here."""
        with self._database.reading() as tables:
            return purge.purged_walks(tables)

    def reached(self, scope: str, markers: Iterable[str]) -> None:
        """A purged walk lies no longer on the target with these markers."""
        gone = set(markers)
        with self._database.writing() as tables:
            # Of a purge in an older home only the label is known.
            for marker in sorted(gone):
                gone |= {label for (label,) in tables.execute("select label from target where marker = ?", [marker])}
            for (left,) in tables.execute("select left from purged where scope = ?", [scope]).fetchall():
                rest = {marker: label for marker, label in json.loads(left).items() if marker not in gone}
                tables.execute("update purged set left = ? where scope = ?", (json.dumps(rest), scope))


def _there(text: str | None) -> There:
    upto, lacking = json.loads(text) if text else ({}, [])
    return There(upto, frozenset(lacking))
