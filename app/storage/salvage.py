"""What can still be read of a database file that SQLite may refuse: its pages one by one, whatever the others say.

Changes and batches are rows of ordinary tables, so they lie in leaf pages that tell by themselves where their rows are.
Neither the first page nor the tree above the leaves is needed, and what is spoilt costs only the rows in it. A batch
counts where its bytes fit its name; a change where it makes sense. The index tells which changes there were, and the
fields and the search how they read: see `app.storage.weighing`. The file, and the log file beside it, are only read.
"""

import json
import struct
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO

from app.base.job import Job, Step
from app.base.words import _
from app.domain.batch import Misplaced, TooNew, Unreadable, is_sound, pack, parse_name, sha16_of, split, unpack
from app.domain.change import Change, heads_of
from app.domain.record import ERASED, is_hash, is_id
from app.domain.values import canonical
from app.storage.batches import PERSONAL, changes_of
from app.storage.cells import heads_in

LEAF = 0x0D
"""How a page begins that holds rows of a table."""
INDEX_LEAF, INDEX_ABOVE = 0x0A, 0x02
"""The same of an index, or of a table that is kept as one; also the pages above its leaves hold entries."""
USUAL_PAGE = 4096
LONGEST_ROW = 2_000_000
"""Bytes; a batch is smaller, and a row that says more is no row."""
LOG_HEAD, FRAME_HEAD = 32, 24
AT_ONCE = 256
"""Pages between two steps."""

Place = tuple[str, str, int, int]
Write = tuple[str, str, int]
Key = tuple[str, str, int, int, str]
CellKey = tuple[str, str, str, str]
"""(record, scope, field, kind)"""

CHANGE = (type(None), str, str, int, int, str, int, str, str, str, str, str)
BATCH = (str, str, str, int, int, str, str, bytes)
"""The columns of the two tables, as their rows hold them; no other table has these."""
CHANGE_KEY = (str, str, int, int, str, int)
CELL = ((str, str, str, str, str, str, type(None)), (str, str, str, str, str, str, str))
SEARCHED = (type(None), str, str, str, str, str)
"""The same of the index of changes, of fields and of searched texts."""


@dataclass(frozen=True)
class Doubt:
    """A change that stands in several ways, none of which is proved: as it was taken, and its other `readings`, (where,
    value): in the name of a backup, or "" for what was shown."""

    change: Change
    readings: tuple[tuple[str, str], ...]


@dataclass
class Salvaged:
    """`changes` by their key; `batches` that are whole, name → (scope, bytes), in the order they came; `broken`: names
    of those that are not; `senseless`: where the changes that make no sense stood, arrival number → (scope, device,
    seq, n); `unread`: pages that the disk did not give.

    What else tells of changes: `arrivals`: arrival number → key, as the rows say, and `keys`: the same as the index
    says; `shown`: stamp → (cell, value); `words`: the texts of a cell in the search.

    Once weighed: `partial`: writes that cannot be read wholly, and what can be read of each; `mended`: changes of which
    two other copies said otherwise; `refound`: writes that a backup had whole; `doubts`."""

    changes: dict[Key, Change] = field(default_factory=dict)
    batches: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    senseless: dict[int, Place] = field(default_factory=dict)
    unread: int = 0
    arrivals: dict[int, Key] = field(default_factory=dict)
    keys: dict[int, Key] = field(default_factory=dict)
    shown: dict[str, tuple[CellKey, str]] = field(default_factory=dict)
    words: dict[CellKey, tuple[str, ...]] = field(default_factory=dict)
    partial: dict[Write, list[Change]] = field(default_factory=dict)
    mended: list[Change] = field(default_factory=list)
    refound: list[Write] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def spoilt(self) -> int:
        """How many changes make no sense."""
        return len(self.senseless)

    @cached_property
    def in_batches(self) -> dict[Key, Change]:
        """The changes in the batches that are whole."""
        found = {}
        for name, (scope, data) in self.batches.items():
            for change in _changes_in(scope, name, data):
                held = self.changes.get(key := key_of(change))
                # The same object takes no more memory.
                found[key] = held if held == change else change
        return found

    @property
    def scopes(self) -> list[str]:
        """The walks of which something is left."""
        return sorted({key[0] for key in self.changes} | {scope for scope, _data in self.batches.values()})

    def travelling(self, scope: str) -> dict[str, bytes]:
        """Everything of a walk as batches: those there are, verbatim, and new ones of what is in none, under the device
        ids that it carries."""
        found = {name: data for name, (where, data) in self.batches.items() if where == scope}
        loose = [change for key, change in self.changes.items() if key[0] == scope and key not in self.in_batches]
        loose.sort(key=lambda change: (change.device, change.seq, change.n, change.stamp))
        for device, changes in groupby(loose, key=lambda change: change.device):
            for part in split(list(changes)):
                before = [name for name in found if _precedes(name, device, part[0].seq)]
                name, data = pack(part, max(before, default=None))
                found[name] = data
        return found


@dataclass(frozen=True)
class Saved:
    """A walk that was saved: its `batches`, its `title` as far as that is known, how many `changes`, how many writes
    are lacking in the rows of its devices (`gaps`), the blobs that may be `kept`, and those that `never` may, being
    personal or erased."""

    scope: str
    batches: dict[str, bytes]
    title: str
    changes: int
    gaps: int
    kept: frozenset[str]
    never: frozenset[str]


def saved(found: Salvaged, scope: str) -> Saved:
    """Everything of a walk that can be read."""
    travelling = found.travelling(scope)
    every = list(
        {key_of(each): each for name in travelling for each in _changes_in(scope, name, travelling[name])}.values()
    )
    erased = {each.record for each in every if (each.field, each.value) == (ERASED, "true")}
    named, never = set[str](), set[str]()
    for each in every:
        blob = each.value[1:-1]
        if len(each.value) == 66 and is_hash(blob):
            apart = each.record in erased or (each.kind, each.field) in PERSONAL
            (never if apart else named).add(blob)
    titles = [
        (each.stamp, each.value, each.replaces) for each in every if (each.record, each.field) == (scope, "title")
    ]
    heads = heads_of(titles)
    title = json.loads(heads[-1].value) if heads else None
    seqs = {(each.device, each.seq) for each in every}
    known = {write[1:] for write in found.partial if write[0] == scope}
    gaps = sum(dict(sorted(seqs | known)).values()) - len(seqs)
    return Saved(scope, travelling, str(title or ""), len(every), gaps, frozenset(named - never), frozenset(never))


def key_of(change: Change) -> Key:
    """Where a change stands, and its stamp."""
    return change.scope, change.device, change.seq, change.n, change.stamp


def _precedes(name: str, device: str, seq: int) -> bool:
    said = parse_name(name)
    return said is not None and said.device == device and said.last < seq


def _changes_in(scope: str, name: str, data: bytes) -> list[Change]:
    """The changes in a batch; none of one that this version cannot read."""
    said = parse_name(name)
    assert said is not None
    with suppress(TooNew, Misplaced, Unreadable):
        return unpack(scope, said, data)
    return []


class _Pages:
    """The pages of a database file by number from 1, as the last transaction in the log file beside it left them."""

    def __init__(self, file: BinaryIO, path: Path) -> None:
        self._newer = dict[int, bytes]()
        self._file = file
        self.unread = 0
        head = self._read(0, 100)
        said = int.from_bytes(head[16:18], "big")
        said = 65536 if said == 1 else said
        sound = head.startswith(b"SQLite format 3\0") and said >= 512 and said & (said - 1) == 0
        self.size = said if sound else USUAL_PAGE
        self.usable = self.size - (head[20] if sound else 0)
        self._newer = self._in_log(path.with_name(path.name + "-wal"))
        self.count = max([-(-path.stat().st_size // self.size), *self._newer])
        # What has been cut off the end of the file.
        self.unread += max(0, int.from_bytes(head[28:32], "big") - self.count) if sound else 0

    def __getitem__(self, number: int) -> bytes:
        """A page; nothing where it cannot be read."""
        return self._newer.get(number) or self._read((number - 1) * self.size, self.size)

    def _read(self, start: int, size: int) -> bytes:
        try:
            self._file.seek(start)
            return self._file.read(size)
        except OSError:
            self.unread += 1
            return b""

    def _in_log(self, path: Path) -> dict[int, bytes]:
        """The pages in the log file, up to the last that ended a transaction."""
        try:
            with open(path, "rb") as log:
                return dict(self._frames(log))
        except OSError:
            return {}

    def _frames(self, log: BinaryIO) -> Iterator[tuple[int, bytes]]:
        salts = log.read(LOG_HEAD)[16:24]
        waiting: list[tuple[int, bytes]] = []
        while len(frame := log.read(FRAME_HEAD + self.size)) == FRAME_HEAD + self.size:
            number, ends = struct.unpack_from(">II", frame)
            if frame[8:16] != salts:
                # What is left of before the log began anew.
                return
            waiting.append((number, frame[FRAME_HEAD:]))
            if ends:
                yield from waiting
                waiting = []


def salvage(path: Path) -> Job[Salvaged]:
    """Everything that can be read of the database file `path`, which may be absent, cut or spoilt anywhere."""
    found = Salvaged()
    yield Step(_("Läser databasen"))
    if not path.is_file():
        return found
    with open(path, "rb") as file:
        pages = _Pages(file, path)
        for number in range(1, pages.count + 1):
            if number % AT_ONCE == 0:
                yield Step(_("Läser databasen"), number, pages.count)
            for rowid, row in _rows(pages, number):
                _take(found, rowid, row)
        found.unread = pages.unread
    found.broken -= set(found.batches)
    # In a row that makes no sense the number may be what is spoilt.
    found.senseless = {each: found.keys.get(each, place)[:4] for each, place in found.senseless.items()}
    return found


def _take(found: Salvaged, rowid: int, row: list[Any]) -> None:
    kinds = tuple(map(type, row))
    # Ids, stamps and values stand in several rows, and all of them are kept.
    row = [sys.intern(each) if type(each) is str else each for each in row]
    if kinds == CHANGE:
        _take_change(found, rowid, row)
    elif kinds == BATCH:
        _take_batch(found, name=row[0], scope=row[1], data=row[7])
    elif kinds == CHANGE_KEY:
        if is_id(row[0]) and row[4].rpartition(".")[2] == row[1]:
            found.keys[row[5]] = _one(found.arrivals, row[5], (row[0], row[1], row[2], row[3], row[4]))
    elif kinds in CELL:
        # The columns of its key stand first.
        record, scope, name, kind, value, stamp, heads = row
        with suppress(ValueError, TypeError):
            for head in heads_in(value, stamp, heads):
                found.shown[head.stamp] = ((record, scope, name, kind), head.value)
    elif kinds == SEARCHED:
        _id, scope, kind, record, name, text = row
        cell = (record, scope, name, kind)
        found.words[cell] = (*found.words.get(cell, ()), sys.intern(canonical(text)))


def _take_change(found: Salvaged, rowid: int, row: list[Any]) -> None:
    (change,) = changes_of([row[1:]])
    if is_sound(change):
        key = _one(found.keys, rowid, key_of(change))
        found.changes.setdefault(key, change)
        found.arrivals[rowid] = key
    else:
        found.senseless[rowid] = (change.scope, change.device, change.seq, change.n)


def _take_batch(found: Salvaged, name: str, scope: str, data: bytes) -> None:
    said = parse_name(name)
    if said is not None and sha16_of(data) == said.sha16:
        found.batches.setdefault(name, (scope, data))
    else:
        found.broken.add(name)


def _one(known: dict[int, Key], arrival: int, key: Key) -> Key:
    """The key that is there already, where it is the same."""
    there = known.get(arrival)
    return key if there is None or there != key else there


def _rows(pages: _Pages, number: int) -> Iterator[tuple[int, list[Any]]]:
    """The rows in a page with their numbers, where it is a leaf, or entries of an index (number 0); those that cannot
    be read left out."""
    page = pages[number]
    if len(page) < 8 or page[0] not in (LEAF, INDEX_LEAF, INDEX_ABOVE):
        return
    first = 12 if page[0] == INDEX_ABOVE else 8
    for place in range(first, first + 2 * int.from_bytes(page[3:5], "big"), 2):
        with suppress(IndexError, ValueError, OverflowError):
            rowid, payload = _payload(pages, page, int.from_bytes(page[place : place + 2], "big"))
            yield rowid, _values(payload)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of up to nine bytes, and where it ends. Raises IndexError."""
    value = 0
    for count in range(8):
        byte = data[at + count]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + count + 1
    return value << 8 | data[at + 8], at + 9


def _payload(pages: _Pages, page: bytes, at: int) -> tuple[int, bytes]:
    """A row's number and bytes, of which a page holds only the first where they are many. Raises IndexError,
    ValueError."""
    # Above the leaves an entry begins with the page below it.
    size, at = _varint(page, at + 4 if page[0] == INDEX_ABOVE else at)
    rowid, at = _varint(page, at) if page[0] == LEAF else (0, at)
    if size > LONGEST_ROW:
        raise ValueError("no row of ours")
    least = (pages.usable - 12) * 32 // 255 - 23
    most = pages.usable - 35 if page[0] == LEAF else (pages.usable - 12) * 64 // 255 - 23
    here = size
    if size > most:
        here = least + (size - least) % (pages.usable - 4)
        here = here if here <= most else least
    parts, left = [page[at : at + here]], size - here
    following = page[at + here : at + here + 4]
    while left > 0:
        more = pages[int.from_bytes(following, "big")]
        part = more[4 : 4 + min(left, pages.usable - 4)]
        if not part:
            raise ValueError("a chain that breaks off")
        parts.append(part)
        following, left = more[:4], left - len(part)
    payload = b"".join(parts)
    if len(payload) != size:
        raise ValueError("a row that is cut")
    return rowid, payload


def _values(payload: bytes) -> list[Any]:
    """The columns of a row. Raises IndexError, ValueError."""
    end, at = _varint(payload, 0)
    kinds = []
    while at < end:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    found: list[Any] = []
    for kind in kinds:
        value, at = _value(payload, kind, at)
        found.append(value)
    return found


WIDTHS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""Bytes of a whole number, by the kind of a column."""


def _value(payload: bytes, kind: int, at: int) -> tuple[Any, int]:
    if kind == 0:
        return None, at
    if kind in WIDTHS:
        end = at + WIDTHS[kind]
        return int.from_bytes(payload[at:end], "big", signed=True), end
    if kind in (8, 9):
        return kind - 8, at
    if kind < 12:
        raise ValueError("no column of ours")
    end = at + (kind - 12) // 2
    if end > len(payload):
        raise ValueError("a column that is cut")
    return (payload[at:end] if kind % 2 == 0 else payload[at:end].decode()), end
