"""What is to be gone through after a walk, in the order in which it matters, before the protocol is made."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.records import Observation, Photo
from app.domain.rules import is_unalarmed
from app.domain.walk import Conflict
from app.queries.incomplete import Incomplete, Lack


class Group(StrEnum):
    """The groups, in order."""

    DANGER = "danger"
    VERSIONS = "versions"
    GAPS = "gaps"


class Gap(StrEnum):
    """What may be missing in the last group: of one observation, or of photos, which are gone through together."""

    LACKS = "lacks"
    UNPLACED = "unplaced"
    UNSHOWN = "unshown"


@dataclass(frozen=True)
class Item:
    """One thing to go through: of which record, and in which field or of which gap (`about`). `count`: how many
    records it is about; `record` is the first of them."""

    group: Group
    kind: str
    record: str
    about: str = ""
    count: int = 1

    @property
    def key(self) -> str:
        """What names it, on every device."""
        own = "" if self.about in (Gap.UNPLACED, Gap.UNSHOWN) else self.record
        return f"{self.group} {self.kind} {own} {self.about}"


STANDS_ELSEWHERE = frozenset({Lack.ALARM, Lack.VERSION})
"""What an observation may lack that has a group of its own."""


def to_review(
    observations: Iterable[Observation],
    conflicts: Iterable[Conflict],
    incomplete: Iterable[Incomplete],
    unplaced: Sequence[Photo],
    unshown: Collection[str],
) -> list[Item]:
    """What is to be gone through; `unplaced` photos of which nobody knows the place, `unshown` the ids of those whose
    picture is not here."""
    found = [Item(Group.DANGER, Observation.KIND, each.id) for each in observations if is_unalarmed(each)]
    found += [Item(Group.VERSIONS, each.kind, each.id, each.field) for each in conflicts]
    found += _gaps(incomplete, unplaced, unshown)
    return found


def _gaps(incomplete: Iterable[Incomplete], unplaced: Sequence[Photo], unshown: Collection[str]) -> Iterator[Item]:
    if unplaced:
        yield Item(Group.GAPS, Photo.KIND, unplaced[0].id, Gap.UNPLACED, len(unplaced))
    if unshown:
        yield Item(Group.GAPS, Photo.KIND, min(unshown), Gap.UNSHOWN, len(unshown))
    for each in incomplete:
        if set(each.lacks) - STANDS_ELSEWHERE:
            yield Item(Group.GAPS, Observation.KIND, each.observation.id, Gap.LACKS)
