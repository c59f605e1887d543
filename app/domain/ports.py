"""What sync and the core ask of the places things are kept in.

`ChangeLog` and `BlobStore` are kept by storage, a `Target` is a folder, a stick or a parcel.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from app.base.errors import GatljusError
from app.domain.change import Vector


class NotArrived(GatljusError):
    """An object of a target is there, but its bytes are not here yet: a cloud program has not brought them."""


class Taken(StrEnum):
    """What became of a batch that was handed in."""

    APPLIED = "applied"
    KNOWN = "known"
    DAMAGED = "damaged"
    """Its bytes do not match its name, or it belongs to another walk: not kept."""
    NEWER = "newer"
    """Written by a newer version: kept and passed on, not applied."""
    CLASH = "clash"
    """Has an equal key with another value: kept, not applied, reported."""
    BROKEN = "broken"
    """Its bytes match its name but cannot be read: kept, not applied, reported."""


@dataclass(frozen=True)
class Announced:
    """An announcement as its device wrote it: `no` counts up, `content` is the file's bytes, `name` its name. `seen`:
    when this home first read it, by its own clock (ISO UTC); None of an own one, and where that is not known. `place`:
    the label of the target where it was first read, or put; None where that is not known."""

    device: str
    no: int
    name: str
    content: bytes
    seen: str | None = None
    place: str | None = None


@dataclass(frozen=True)
class There:
    """What of a walk was read back on a target, also where that was not all: per device the seq up to which its changes
    lay there, and the blobs that changes named then and that did not lie there whole."""

    upto: Mapping[str, int] = field(default_factory=dict)
    lacking: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Remembered:
    """What was seen of a walk on a target the last time.

    `batches` lay there; `waiting` says since when (ISO UTC) a name has been there without its bytes; `copied` is what
    was read back as being there whole, changes and blobs, or empty; `there` what was, also where that was not all.
    """

    batches: frozenset[str] = frozenset()
    waiting: Mapping[str, str] = field(default_factory=dict)
    copied: Vector = field(default_factory=dict)
    there: There = There()


@dataclass(frozen=True)
class Copied:
    """That a target held a walk: which target, whether it is a folder on a disk of this machine, up to where it held
    the whole of it, and what it held in any case."""

    label: str
    here: bool
    have: Vector
    there: There = There()


@dataclass(frozen=True)
class Said:
    """What a person said about a walk on this device: that it is kept here, and that the walk is over here (`done`:
    device and last seq at that moment; a later write withdraws it). A device that keeps the walk and was `along` is a
    tablet like the others, else a desk."""

    keeps: bool = False
    done: tuple[str, int] | None = None
    along: bool = False


@dataclass(frozen=True)
class Purged:
    """That a walk was purged here. `mark`, under `name`, is left on targets; `left` are the targets where the walk may
    still lie, by marker their label, `blobs` the files that go with it."""

    name: str
    mark: bytes
    left: Mapping[str, str] = field(default_factory=dict)
    blobs: frozenset[str] = frozenset()


class ChangeLog(Protocol):
    """The log as sync sees it."""

    @property
    def device(self) -> str:
        """The device id that new changes carry."""

    def freeze(self, scope: str) -> list[str]:
        """Make batches of every change that is in none, under the device ids they carry. Returns their names."""

    def batches(self, scope: str) -> dict[str, int]:
        """Name and size of every batch held, applied or not."""

    def batch(self, name: str) -> bytes:
        """The bytes of a batch. Raises NotFound."""

    def append(self, scope: str, name: str, data: bytes) -> Taken:
        """Take in a batch in one transaction."""

    def holds_all_of(self, scope: str, name: str, data: bytes) -> bool:
        """Whether every change of this batch is in the log with equal value."""

    def have(self, scope: str) -> Vector:
        """Per device the last seq of the unbroken row applied, and the sha16 of its stamps."""

    def last_seqs(self, scope: str) -> dict[str, int]:
        """Per device the highest seq held at all."""

    def acted_since(self, scope: str, device: str, seq: int) -> bool:
        """Whether a person at this device did anything after the change with this seq."""

    def stamps_of(self, scope: str, device: str) -> tuple[str, str] | None:
        """The first and the last stamp of a device's changes, as far as they are here; None where none is."""

    def agreed(self, scope: str, vectors: Sequence[Vector]) -> list[dict[str, int]]:
        """Of each vector the entries that this log proves: device → last seq, where its row here is unbroken as far as
        that and has the same sha16."""

    def covers(self, scope: str, device: str, last: int, sha16: str) -> bool:
        """Whether all that this entry of a vector says is here, beside what else was written under the device's id."""

    def gaps(self, scope: str) -> dict[str, list[tuple[int, int]]]:
        """Per device the seqs (first, last) missing below the highest one held; devices without gaps left out."""

    def batches_not_applied(self, scope: str) -> dict[str, Taken]:
        """Batches that are kept and passed on but not applied, and why."""

    def authors(self, scope: str, kinds: Iterable[str]) -> set[str]:
        """Devices that have made records of these kinds."""

    def emptied(self, scope: str, device: str) -> int | None:
        """Up to which seq a device had written when this home was emptied of a walk; None where it was not, or where
        it has gone on since."""

    def unsent(self, scope: str) -> int:
        """How many changes are in no batch."""

    def scopes(self) -> list[str]:
        """Every walk the log knows of."""

    def blobs_named(self, scope: str) -> set[str]:
        """Every blob that any change names, erased ones left out."""

    def clocks_ahead(self, scope: str) -> dict[str, int]:
        """Per device how many seconds its clock was ahead of this home's at the least, where it was."""

    def naming(self, scope: str, names: Iterable[str]) -> dict[str, list[tuple[str, str, str, int]]]:
        """Of each of these blobs (kind, record, device, first seq) of the changes that name it."""

    def blobs_erased(self, scope: str) -> set[str]:
        """Blobs of erased records: never put, never accepted, deleted wherever met."""

    def blobs_to_delete(self) -> set[str]:
        """The erased blobs of every walk that may not lie here: those that no other walk's standing records name."""

    def blobs_by_urgency(self, scope: str, names: Iterable[str]) -> list[str]:
        """The same names, thumbnails first, then report size, then the rest."""


class BlobStore(Protocol):
    """Files named by the SHA-256 of their own bytes."""

    def has(self, name: str) -> bool:
        """Whether the blob lies here."""

    def names(self) -> dict[str, int]:
        """Name and size of every blob here."""

    def damaged(self) -> set[str]:
        """The blobs whose files were found damaged and set aside, and that have not come back whole."""

    def path(self, name: str) -> Path:
        """Where the blob lies, whether or not it is there."""

    def read(self, name: str) -> bytes:
        """The blob's bytes. Raises NotFound, or GatljusError where they do not match the name."""

    def put(self, data: bytes) -> str:
        """Keep the bytes; durable when this returns. Returns the name."""

    def put_file(self, source: Path, name: str | None = None) -> str:
        """Keep a copy of a file; durable when this returns. Raises GatljusError where `name` is not its hash."""

    def delete(self, name: str) -> None:
        """Remove a blob that may not be kept. Quiet where it is not there."""


class Target(Protocol):
    """A place where devices meet, or a parcel. Names are `[a-z0-9.-]` paths with `/`. Methods raise OSError or
    GatljusError."""

    @property
    def label(self) -> str:
        """What people call it: a path or a name."""

    @property
    def here(self) -> bool:
        """Whether it is a folder on a disk of this machine, so that it is lost with the machine."""

    def list(self, prefix: str) -> dict[str, int]:
        """Names that begin with `prefix` and their sizes."""

    def get(self, name: str) -> bytes:
        """The bytes of an object. Raises NotFound, or NotArrived where they are not here yet."""

    def put_new(self, name: str, data: bytes) -> None:
        """Write a new object whole or not at all. Raises FileExistsError where the name exists."""

    def repair(self, name: str, data: bytes) -> None:
        """Replace an object whose bytes do not match its name."""

    def delete(self, name: str) -> None:
        """Remove an object: only for erase, purge and a device's own superseded heads."""


class Places(Protocol):
    """What this home remembers of targets and of what other devices announced. Where it is forgotten, targets are met
    anew."""

    def met(self, label: str) -> bool:
        """Whether a target has been met under this label."""

    def known(self, markers: Iterable[str]) -> bool:
        """Whether a target with one of these markers has been met."""

    def walks_at(self, label: str, markers: Iterable[str]) -> set[str]:
        """The walks that were seen on the target with this label or one of these markers the last time."""

    def remembered(self, markers: Iterable[str], scope: str) -> Remembered:
        """What was seen of a walk on the target with one of these markers the last time."""

    def remember(self, label: str, here: bool, markers: Iterable[str], scope: str, seen: Remembered) -> None:
        """Remember what was seen just now."""

    def forget_copied(self, label: str, scope: str) -> None:
        """A walk is no longer known to lie whole on the targets with this label."""

    def copied(self, scope: str) -> list[Copied]:
        """Where a walk has been copied to, by label."""

    def seen_at(self, scope: str) -> list[Copied]:
        """Every target at which a walk has been seen, by label; `have` is empty where it did not lie there whole."""

    def announced(self, scope: str) -> list[Announced]:
        """The latest announcement of each device, also of this one, by device."""

    def keep_announced(self, scope: str, announced: Announced) -> None:
        """Keep an announcement, unless a later one of its device is kept already."""

    def said(self, scope: str) -> Said:
        """What a person said about a walk on this device."""

    def say(self, scope: str, said: Said) -> None:
        """Keep what a person said about a walk on this device."""

    def purged(self, scope: str) -> Purged | None:
        """What is remembered of a walk that was purged here."""

    def purged_walks(self) -> set[str]:
        """The walks that were purged here."""

    def reached(self, scope: str, markers: Iterable[str]) -> None:
        """A purged walk lies no longer on the target with these markers."""
