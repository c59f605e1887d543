"""What must hold of one walk, worked out in the plainest way. Nothing of the product is used here.

An event is one field of one record, set once by one device; its stamp tells it apart from every other. Whoever knows a
set of events sees a `View`. What an event replaces is worked out here from what its maker had been shown, never taken
from the product.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Stamps = frozenset[str]
Cell = tuple[str, str, str]
"""Kind, record, field."""
Entry = tuple[str, int, str]
"""Of a delete: a device, the last of its writes that the deleter had been shown, and the hash of their stamps."""

PARTS = {
    ("observation", "stop"): "",
    ("photo", "observation"): "",
    ("photo", "stop"): "observation",
    ("remark", "target"): "",
}
"""What a record is part of, by the field that names it; not while the other field is set."""
MACHINE = {
    "device": {"label", "letter", "app_version", "machine", "was"},
    "observation": {"tag", "severity_suggested"},
    "photo": {"original", "report", "thumb", "name", "format", "width", "height"},
}

SETTLING = {("safety-walk", "ends"), ("safety-walk", "info_shown_at")}
"""Fields that every device writes by itself; nobody is asked which of them holds."""


@dataclass(frozen=True)
class Row:
    """A change as it lies in a log. `value` is JSON text."""

    stamp: str
    device: str
    seq: int
    kind: str
    record: str
    field: str
    value: str

    @property
    def cell(self) -> Cell:
        """The field of the record."""
        return self.kind, self.record, self.field

    @property
    def is_machine(self) -> bool:
        """Whether the program alone writes this field."""
        return self.field == "created" or self.field in MACHINE.get(self.kind, ())

    @property
    def settles(self) -> bool:
        """Whether the latest value holds, and nobody is asked."""
        return self.is_machine or (self.kind, self.field) in SETTLING

    @property
    def vector(self) -> frozenset[Entry] | None:
        """What a delete says it had been shown; None where the value is no delete."""
        said = json.loads(self.value)
        return frozenset((each, *entry) for each, entry in said.items()) if isinstance(said, dict) else None


class View:
    """What somebody sees who knows these events. `replaced` are the stamps that each event replaces; `shown_then` the
    stamps behind each entry of a delete."""

    def __init__(self, rows: Iterable[Row], replaced: dict[str, Stamps], shown_then: dict[Entry, Stamps]) -> None:
        self._shown_then = shown_then
        self._cells: dict[Cell, list[Row]] = defaultdict(list)
        self._of_device: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for row in rows:
            self._cells[row.cell].append(row)
            self._of_device[row.device][row.seq].add(row.stamp)
        self._heads: dict[Cell, list[Row]] = {}
        for cell, found in self._cells.items():
            gone = {stamp for row in found for stamp in replaced[row.stamp]}
            self._heads[cell] = sorted((row for row in found if row.stamp not in gone), key=lambda row: row.stamp)

    def heads(self, cell: Cell) -> list[Row]:
        """The events of a cell that no other one of it replaces, the latest last."""
        return self._heads.get(cell, [])

    def stamps(self, cell: Cell, *, offered: bool) -> Stamps:
        """What a change of the cell replaces: all the heads where they were offered, else those of the shown value."""
        heads = self.heads(cell)
        return frozenset(row.stamp for row in heads if offered or row.value == heads[-1].value)

    @cached_property
    def unbroken(self) -> dict[str, tuple[int, Stamps]]:
        """Per device the last of its unbroken row of writes, and the stamps up to there; none where the first lacks."""
        found = {device: self.up_to(device, self._last(device)) for device in self._of_device}
        return {device: each for device, each in found.items() if each[0]}

    def _last(self, device: str) -> int:
        last = 0
        while last + 1 in self._of_device[device]:
            last += 1
        return last

    def up_to(self, device: str, last: int) -> tuple[int, Stamps]:
        """`last`, and the stamps of a device's writes as far as that."""
        writes = self._of_device.get(device, {})
        return last, frozenset(stamp for seq, stamps in writes.items() if seq <= last for stamp in stamps)

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Records that are deleted, and those that are part of one."""
        found = {record for _kind, record, field in self._heads if field == "deleted" and self._is_root(record)}
        parts = set(self._parts())
        while more := {part for part, whole in parts if whole in found} - found:
            found |= more
        return frozenset(found)

    def _deletes(self, record: str) -> list[Row]:
        return [row for cell, heads in self._heads.items() if cell[1:] == (record, "deleted") for row in heads]

    def _is_root(self, record: str) -> bool:
        vectors = [row.vector for row in self._deletes(record)]
        if None in vectors:
            return False
        entries = [entry for vector in vectors for entry in vector or ()]
        around = self._with_all_pointing(record)
        rows = [row for cell, found in self._cells.items() if cell[1] in around for row in found]
        return all(self._is_covered(row, entries) for row in rows if self._needs_cover(row, record))

    def _needs_cover(self, row: Row, record: str) -> bool:
        if row.field == "deleted":
            return row.record != record and row.vector is None
        return row.field == "created" or not row.is_machine

    def _is_covered(self, row: Row, entries: list[Entry]) -> bool:
        return any(
            device == row.device and row.seq <= last and self.up_to(device, last)[1] == self._shown_then[entry]
            for entry in entries
            for device, last, _hash in [entry]
        )

    def _with_all_pointing(self, record: str) -> set[str]:
        found, before = {record}, set[str]()
        while found != before:
            before = set(found)
            for (_kind, source, _field), heads in self._heads.items():
                if any(row.value[1:-1] in before for row in heads):
                    found.add(source)
        return found

    def _parts(self) -> Iterator[tuple[str, str]]:
        for (kind, record, field), heads in self._heads.items():
            unless = PARTS.get((kind, field))
            if unless is not None and heads:
                other = self.heads((kind, record, unless))
                if not other or other[-1].value == "null":
                    yield record, heads[-1].value[1:-1]

    def shown(self, kind: str) -> dict[str, dict[str, Any]]:
        """The records of a kind that are shown: their fields and values."""
        found: dict[str, dict[str, Any]] = {}
        for (of, record, field), heads in self._heads.items():
            if of == kind and record not in self.hidden and heads and self.heads((kind, record, "created")):
                found.setdefault(record, {})[field] = json.loads(heads[-1].value)
        return found

    @cached_property
    def conflicts(self) -> set[Cell]:
        """The fields of which devices said different things unaware of each other."""
        found = set()
        for cell, heads in self._heads.items():
            if cell[1] in self.hidden or not heads or heads[0].settles:
                continue
            if cell[2] == "deleted":
                stands = any(row.vector is not None for row in heads)
            else:
                stands = len({row.value for row in heads}) > 1
            found |= {cell} if stands else set()
        return found


class Model:
    """Every event of a walk that was ever made."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}
        self._replaced: dict[str, Stamps] = {}
        self._shown_then: dict[Entry, Stamps] = {}

    def view(self, known: Iterable[str]) -> View:
        """What somebody sees who knows these stamps."""
        return View((self.rows[each] for each in known), self._replaced, self._shown_then)

    def wrote(self, rows: list[Row], shown: Iterable[str], before: Iterable[str], offered: Cell | None = None) -> None:
        """Somebody who knew `before` wrote on a screen that showed `shown`; of the cell `offered` it showed all."""
        screen, now = self.view(shown), self.view(before)
        for row in rows:
            if row.settles:
                replaced = now.stamps(row.cell, offered=True)
            else:
                replaced = screen.stamps(row.cell, offered=row.cell == offered or row.field == "deleted")
            if row.vector is not None:
                told = {device: last for device, last, _hash in row.vector}
                assert told == {device: last for device, (last, _stamps) in screen.unbroken.items()}, (
                    "a delete's vector"
                )
            self._keep(row, replaced, screen)

    def took_back(self, rows: list[Row], before: Iterable[str], mine: str) -> None:
        """The device `mine`, which knew `before`, took back or put back an action: it may have replaced only what it
        had written there itself."""
        known = set(before)
        now = self.view(known)
        for row in sorted(rows, key=lambda each: each.seq):
            replaced = now.stamps(row.cell, offered=True)
            others = {self.rows[each].device for each in replaced} - {mine}
            assert row.field == "deleted" or not others, f"an undo replaced another's value: {row}"
            self._keep(row, replaced, self.view(known))
            known.add(row.stamp)

    def _keep(self, row: Row, replaced: Stamps, seen: View) -> None:
        assert row.stamp not in self.rows, f"a stamp twice: {row}"
        self.rows[row.stamp], self._replaced[row.stamp] = row, replaced
        for entry in row.vector or ():
            # An undo puts a delete back that was made of an earlier view.
            self._shown_then.setdefault(entry, seen.up_to(entry[0], entry[1])[1])
