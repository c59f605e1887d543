"""Homes for tests: a real log, blobs and memory of places in a folder, with a clock and chance of one's own."""

import hashlib
import random
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from app.base.job import finish
from app.domain.change import Change, Draft, Undone, Written
from app.domain.ports import Target
from app.domain.record import DELETED, Record, Seen
from app.domain.records import KIND_OF
from app.domain.values import Unknown
from app.domain.walk import Conflict
from app.storage import history, search, views
from app.storage.blobs import BlobStore
from app.storage.log import ChangeLog
from app.storage.places import Places
from app.sync.exchange import exchange
from app.sync.heads import Me
from app.sync.passing import Unremembered
from app.sync.receipts import Receipts, receipts
from app.sync.report import Report

R = TypeVar("R", bound=Record)

WALK = "0123456789abcdef0123456789abcdef"
START = datetime(2026, 10, 23, 16, 5, tzinfo=UTC)
STOP, NOTE, PICTURE, NAME = "5" * 32, "6" * 32, "7" * 32, "8" * 32
"""Ids of records."""


def device_id(name: str) -> str:
    """A device id that begins with the name's letters as hex, so that it can be told apart when a test fails."""
    return (name.encode().hex() + hashlib.sha256(name.encode()).hexdigest())[:32]


class Clock:
    """A clock that goes one second at every look, from `START` and as much ahead as is said. `pinned` stands still."""

    def __init__(self, ahead: timedelta = timedelta(), *, pinned: bool = False) -> None:
        self.now = START + ahead
        self._step = timedelta(seconds=0 if pinned else 1)

    def __call__(self) -> datetime:
        self.now += self._step
        return self.now


class Home:
    """A home of the device `name` in the folder `folder`. `machine` is by default a machine of its own."""

    def __init__(
        self,
        folder: Path,
        name: str,
        *,
        clock: Clock | None = None,
        machine: str | None = None,
        was: str | None = None,
        seed: str = "",
    ) -> None:
        self.folder, self.name, self.machine, self.was = folder, name, machine or f"machine of {name}", was
        folder.mkdir(parents=True, exist_ok=True)
        self.clock = clock or Clock()
        dice = random.Random(name + seed)
        self.device = device_id(name)
        self.log = ChangeLog(folder / "gatljus.db", self.device, self.clock, lambda count: dice.randbytes(count).hex())
        self.blobs = BlobStore(folder / "blobs")
        self.places = Places(self.log.database)

    # Writing

    def new(self, kind: str, record: str, **values: Any) -> Written:
        """Make a record."""
        drafts = [Draft(kind=kind, record=record, field="created", value=self.clock())]
        drafts += [Draft(kind=kind, record=record, field=name, value=value) for name, value in values.items()]
        return self.log.write(WALK, drafts)

    def now(self) -> Seen:
        """What a person sees who looks now."""
        with self.log.database.reading() as tables:
            return views.seen_now(tables)

    def set(
        self, kind: str, record: str, seen: Seen | None = None, *, action: int | None = None, **values: Any
    ) -> Written:
        """Set fields of a record as it is shown now, or as it was seen before."""
        seen = seen or self.now()
        drafts = [Draft(kind=kind, record=record, field=name, value=value, seen=seen) for name, value in values.items()]
        return self.log.write(WALK, drafts, action=action)

    def delete(self, kind: str, record: str, seen: Seen | None = None) -> Written:
        """Delete a record as it is shown now, or as it was seen before."""
        seen = seen or self.now()
        draft = Draft(kind=kind, record=record, field=DELETED, value=self.log.vector(WALK, seen), seen=seen)
        return self.log.write(WALK, [draft])

    def choose(self, conflict: Conflict, value: Any) -> Written:
        """Settle a conflict with a value, as a screen does that offers every head."""
        stamps = tuple(each.stamp for each in conflict.choices)
        draft = Draft(kind=conflict.kind, record=conflict.id, field=conflict.field, value=value, replaces=stamps)
        return self.log.write(WALK, [draft])

    def undo(self) -> Undone:
        """Take back the last action."""
        return self.log.undo(WALK)

    # Reading

    def shown(self, cls: type[R]) -> dict[str, R]:
        """The records of a kind that are shown, by id."""
        return {each.id: each for each in self.every(cls) if each.scope == WALK}

    def every(self, cls: type[R]) -> list[R]:
        """The records of a kind that are shown, of all walks."""
        with self.log.database.reading() as tables:
            return list(views.read(tables, cls, {}, (), None))

    def value(self, record: str, field: str) -> Any:
        """The value that a cell shows, as JSON data's text; None where there is no such cell."""
        with self.log.database.reading() as tables:
            row = tables.execute("select value from cell where record = ? and field = ?", (record, field)).fetchone()
        return row[0] if row else None

    def find(self, words: str) -> list[tuple[str, str, str, str]]:
        """(scope, kind, record, field) of text that holds the words."""
        with self.log.database.reading() as tables:
            return search.find(tables, words, None, 50)

    def conflicts(self) -> list[Conflict]:
        """What devices changed unaware of each other."""
        with self.log.database.reading() as tables:
            return history.conflicts(tables, WALK)

    def everything(self) -> dict[str, Any]:
        """All that is shown: records by kind, conflicts. Equal on devices that have the same changes."""
        shown = {
            kind: {
                each.id: {info.name: _told(getattr(each, info.name)) for info in cls.FIELDS}
                for each in self.shown(cls).values()
            }
            for kind, cls in KIND_OF.items()
        }
        return {**shown, "conflicts": self.conflicts()}

    def table(self, name: str, columns: str = "*") -> list[tuple[Any, ...]]:
        """A table's rows in order, to compare."""
        with self.log.database.reading() as tables:
            return sorted(tables.execute(f"select {columns} from {name}").fetchall(), key=repr)

    # Carrying

    def send(self, *others: "Home") -> None:
        """Hand every batch to other homes, without a target."""
        self.log.freeze(WALK)
        for name in self.log.batches(WALK):
            for other in others:
                other.log.append(WALK, name, self.log.batch(name))

    def sync(
        self,
        target: Target,
        *,
        again: bool = False,
        clock: Callable[[], datetime] | None = None,
        remembered: bool = True,
    ) -> Report:
        """One pass over the walk, without waiting. A parcel is not `remembered`."""
        places = self.places if remembered else Unremembered(self.places)
        job = exchange(
            self.log, self.blobs, places, target, WALK, self.me(),
            again=again, clock=clock or self.clock, sleep=_at_once,
        )  # fmt: skip
        return finish(job)

    def me(self) -> Me:
        """How this home presents itself."""
        return Me(
            device=self.log.device, machine=self.machine, was=self.was, letter=self.name, label=f"Platta {self.name}"
        )

    def receipts(self, expected: int | None = None, *, ended: bool = False) -> Receipts:
        """Who has what."""
        return receipts(self.log, self.blobs, self.places, WALK, self.me(), {}, expected, ended=ended)

    def copy(self, folder: Path, name: str | None = None, **said: Any) -> "Home":
        """A copy of this home as it lies, with its own device id where `name` is not given."""
        self.log.close()
        shutil.copytree(self.folder, folder)
        return Home(folder, name or self.name, **said)


def _told(value: Any) -> Any:
    return ("unknown", value.raw) if isinstance(value, Unknown) else value


def _at_once(_seconds: float) -> None:
    """Instead of waiting."""


def stamp(device: str, seq: int, n: int, chance: str = "abcd") -> str:
    """A stamp that rises with seq and n."""
    return f"{0x0190_0000_0000 + seq:012x}.{n:04x}.{chance}.{device}"


def change(device: str, seq: int, n: int, cell: tuple[str, str, str], value: str, **said: Any) -> Change:
    """A change of `device` to a cell (kind, record, field); `value` is JSON text."""
    made = said.get("stamp", stamp(device, seq, n))
    return Change(WALK, device, seq, n, made, seq, *cell, value, tuple(said.get("replaces", ())))


Make = Callable[..., Home]
"""Makes a home of the device with that name; named arguments are the home's own."""
