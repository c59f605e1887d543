"""Who has said to hold what of a walk, and which target was seen to hold what: the ground of every word on where
something lies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.batch import parse_name
from app.domain.ports import ChangeLog, Taken
from app.sync.heads import Heads


@dataclass(frozen=True, kw_only=True)
class Holder:
    """A device by its latest id, or a target (`device` is ""). `upto`: per device the seq up to which it holds its
    changes; of a device only what this log proves, while `said` is what it says and this log does not disprove: enough
    to know where to look, never for a receipt. `lacking`: blobs that it lacks of those that these changes name.
    `sentence`: what may be said of something that it holds. `near`: it is lost with this machine."""

    device: str = ""
    name: str
    sentence: str
    upto: Mapping[str, int]
    said: Mapping[str, int]
    lacking: frozenset[str]
    near: bool = False

    def holds_writes(self, writes: Mapping[str, int]) -> bool:
        """Whether it is proved to hold what these devices have written up to these seqs."""
        return all(self.upto.get(device, 0) >= seq for device, seq in writes.items())

    def says_writes(self, writes: Mapping[str, int]) -> bool:
        """Whether it says to hold what these devices have written up to these seqs."""
        return all(self.said.get(device, 0) >= seq for device, seq in writes.items())

    def says_blob(self, blob: str, naming: Iterable[tuple[str, str, str, int]]) -> bool:
        """Whether it says to have a blob that these changes (see `ChangeLog.naming`) name. Who does not know of a blob
        does not say that it lacks it."""
        told = any(self.said.get(device, 0) >= seq for _kind, _record, device, seq in naming)
        return told and blob not in self.lacking


@dataclass(frozen=True)
class Unread:
    """A batch that is kept and passed on, but not applied, and why."""

    first: int
    last: int
    why: Taken


@dataclass(frozen=True)
class Damaged:
    """An object that a device found damaged where it met others, or `here` on its own disk, and who has said to have it
    whole. `place`: the label of the target where it was found; None where that is not known."""

    name: str
    at: tuple[str, ...]
    here: bool = False
    place: str | None = None


def unread_of(log: ChangeLog, scope: str) -> dict[str, tuple[Unread, ...]]:
    """Per device the batches of its changes that are not applied."""
    found: dict[str, list[Unread]] = {}
    for name, why in log.batches_not_applied(scope).items():
        if said := parse_name(name):
            found.setdefault(said.device, []).append(Unread(said.first, said.last, why))
    return {device: tuple(sorted(each, key=lambda one: one.first)) for device, each in found.items()}


def without(gaps: Iterable[tuple[int, int]], unread: Iterable[Unread]) -> tuple[tuple[int, int], ...]:
    """The gaps (first, last) that are not filled by batches that lie here unread."""
    rest = list(gaps)
    for each in unread:
        cut = [(first, min(last, each.first - 1)) for first, last in rest]
        cut += [(max(first, each.last + 1), last) for first, last in rest]
        rest = sorted({(first, last) for first, last in cut if first <= last})
    return tuple(rest)


def announced_of(device: str, heads: Iterable[Heads]) -> int:
    """The highest seq of a device that anybody has said to have without a gap."""
    return max((each.have.get(device, [0])[0] for each in heads), default=0)
