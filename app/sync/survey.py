"""Whether a target is what it was: looked at before anything is changed."""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from app.base.job import Step
from app.base.words import _
from app.domain.ports import Places, Remembered, Target
from app.sync.names import (
    BATCH,
    CHANGES,
    MARKER,
    PURGED,
    ROOT,
    Found,
    folder_of,
    look_in,
    markers_in,
    purged_in,
    walks_in,
)

QUIETLY = 3
"""So many batches may always be missing on a target that was seen whole, and are put again without a question."""
SHARE = 10
"""Else at most one in so many."""
SECOND_LOOK = 2.0
"""Seconds before a target that looks wrong is listed once more: a cloud folder may show its files late."""


class Asks(StrEnum):
    """Why a target is not what it was, so that a person is asked."""

    EMPTY = "empty"
    """It was known, and nothing lies there."""
    FOREIGN = "foreign"
    """It was known, and what lies there carries no mark we know."""
    ROLLED_BACK = "rolled_back"
    """Much of what was there is gone."""
    PURGED = "purged"
    """Somebody has purged the walk. It is not put there again, whatever a person answers."""


@dataclass(frozen=True)
class Survey:
    """What lies on a target of one walk, and what lay there the last time."""

    markers: frozenset[str]
    names: dict[str, int]
    changes: Found
    before: Remembered
    asks: Asks | None

    @property
    def gone(self) -> frozenset[str]:
        """Batches that lay there the last time and do not now."""
        return self.before.batches - set(self.changes.whole) - self.changes.waiting


class OnTarget(NamedTuple):
    """The walks of which something lies on a target, those of which something lay there the last time, those that are
    marked as purged there, and those of which more than the mark lies there; and all names that were listed."""

    lying: set[str]
    before: set[str]
    marked: set[str]
    more: set[str]
    names: Mapping[str, int]


def walks_on(places: Places, target: Target) -> OnTarget:
    """The walks on a target: one that has been emptied is asked about, not passed over. Raises GatljusError where it
    cannot be read."""
    names = target.list(ROOT)
    markers = markers_in(names)
    # A known stick in another one's place has had its own walks.
    label = "" if places.known(markers) else target.label
    lying, before = set(walks_in(names)), places.walks_at(label, markers)
    rest = {name: size for name, size in names.items() if PURGED not in name}
    return OnTarget(lying, before, purged_in(names), set(walks_in(rest)), names)


def survey(places: Places, target: Target, scope: str) -> Survey:
    """List a target once. Raises GatljusError where it cannot be read."""
    folder = folder_of(scope)
    markers = frozenset(markers_in(target.list(MARKER)))
    names = target.list(folder)
    before = places.remembered(markers, scope)
    seen = Survey(markers, names, look_in(names, folder + CHANGES, BATCH), before, None)
    if scope in purged_in(names):
        asks = Asks.PURGED
    elif places.met(target.label) and not places.known(markers):
        asks = Asks.FOREIGN if markers or names else Asks.EMPTY
    elif len(seen.gone) > max(QUIETLY, len(before.batches) // SHARE):
        asks = Asks.ROLLED_BACK
    else:
        return seen
    return Survey(markers, names, seen.changes, before, asks)


def look_twice(
    places: Places, target: Target, scope: str, sleep: Callable[[float], None]
) -> Generator[Step, None, Survey]:
    """The survey of a target; one that looks wrong is listed again a little later."""
    first = survey(places, target, scope)
    if first.asks is None:
        return first
    yield Step(_("Tittar en gång till på {target}.").format(target=target.label))
    sleep(SECOND_LOOK)
    return survey(places, target, scope)
