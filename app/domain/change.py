"""A change: one field of one record, set once, for ever.

`Draft` is what a command means; the log turns it into `Change`. A change names the stamps it replaces, and that comes
from the screen: a draft carries what the person was shown (`seen`), or the stamps themselves where a screen offered
every head (`replaces`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from app.domain.record import NOTHING_SEEN, Record, Seen

Vector = dict[str, list[Any]]
"""{device: [last seq of its unbroken row, sha16 of the stamps up to there]}. Also the value of `deleted`."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One field to be set. `value` is of the field's own type; None unsets it."""

    kind: str
    record: str
    field: str
    value: Any
    seen: Seen = NOTHING_SEEN
    replaces: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Change:
    """One field of one record as it stands in the log. `value` is canonical JSON text, `replaces` sorted stamps."""

    scope: str
    device: str
    seq: int
    n: int
    stamp: str
    action: int
    kind: str
    record: str
    field: str
    value: str
    replaces: tuple[str, ...]


@dataclass(frozen=True)
class Head:
    """A value of a cell that no other change of the cell replaces. `value` is JSON text."""

    stamp: str
    value: str


def heads_of(changes: list[tuple[str, str, tuple[str, ...]]]) -> list[Head]:
    """The heads of a cell in stamp order. `changes` are all changes of that cell: (stamp, value, replaces)."""
    replaced = {stamp for _, _, replaces in changes for stamp in replaces}
    return [Head(stamp, value) for stamp, value, _ in sorted(changes) if stamp not in replaced]


def stamps_shown(heads: list[Head]) -> tuple[str, ...]:
    """The stamps of the value that heads show: the latest head and every head of equal value."""
    return tuple(head.stamp for head in heads if head.value == heads[-1].value)


@dataclass(frozen=True)
class Past:
    """A change of one field: `value` is plain JSON data, `at` when it was made (ISO UTC, by that device's clock; None
    where it cannot be read), `replaces` the stamps of what it replaced."""

    value: Any
    at: str | None
    device: str
    seq: int
    action: int
    replaces: tuple[str, ...]


@dataclass(frozen=True)
class Written:
    """What a write made. `stamps[(record, field)]` are the stamps of what was written there."""

    seq: int
    action: int
    stamps: dict[tuple[str, str], tuple[str, ...]]


@dataclass(frozen=True)
class Left:
    """A cell that an undo left alone, and why: `changed` by someone since, `shared` with another device, or `erased`
    for ever. `passed`: nothing of its action could be taken back, and an older one was taken instead."""

    kind: str
    record: str
    field: str
    why: str
    passed: bool = False


Span = tuple[int, float]
"""The first and the last number of writes of a device that follow each other."""


@dataclass(frozen=True)
class Before:
    """What puts fields back to what they said before: the writes, one after the other, since a cell is written once in
    each and several values may have stood there. `deletes` are written last: they are to cover what was written here
    until then."""

    writes: list[list[Draft]] = field(default_factory=list)
    deletes: list[list[Draft]] = field(default_factory=list)

    @property
    def records(self) -> set[str]:
        """What would be put back."""
        return {each.record for drafts in (*self.writes, *self.deletes) for each in drafts}


@dataclass(frozen=True)
class Undone:
    """What an undo or redo did: the action it took, the kinds it changed, and what it left."""

    action: int | None
    kinds: frozenset[str]
    left: tuple[Left, ...]

    @property
    def at_erasure(self) -> bool:
        """Whether it stopped at something that was erased for ever, and took nothing back."""
        return self.action is None and any(each.why == "erased" for each in self.left)


@dataclass(frozen=True)
class News:
    """What the bell says: in which walk records of which kinds may look different now; `hides`: those of every kind,
    since a delete has hidden or shown something."""

    scope: str
    kinds: frozenset[str]
    hides: bool = False

    def and_(self, more: "News") -> "News":
        """Both at once, of the same walk."""
        return News(self.scope, self.kinds | more.kinds, self.hides or more.hides)

    def concerns(self, kinds: Iterable[type[Record]]) -> bool:
        """Whether records of any of these kinds may look different."""
        return self.hides or any(each.KIND in self.kinds for each in kinds)
