"""What observations still lack. Everything is saved already; what is named here only makes it easier to understand
later."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum

from app.domain.records import Observation
from app.domain.rules import is_only_suggested, is_unalarmed
from app.domain.values import ObservationKind, Position, known


class Lack(IntEnum):
    """What may be missing, the most urgent first."""

    ALARM = 0
    VERSION = 1
    CATEGORY = 2
    PLACE = 3
    SEVERITY = 4
    TEXT = 5


@dataclass(frozen=True)
class Incomplete:
    """An observation and what it lacks, the most urgent first."""

    observation: Observation
    lacks: tuple[Lack, ...]


def lacks_of(observation: Observation, *, torn: bool = False, practised: bool = False) -> tuple[Lack, ...]:
    """What an observation lacks. A danger lacks an alarm until somebody has said who was called, but for one that was
    only `practised`; a severity is lacking while an item has only suggested it. `torn`: devices wrote different things
    and nobody has chosen."""
    item, text = known(observation.item, str), (known(observation.text, str) or "").strip()
    missing = {
        Lack.ALARM: is_unalarmed(observation) and not practised,
        Lack.VERSION: torn,
        Lack.CATEGORY: observation.category is None and item is None,
        Lack.PLACE: not observation.stop and not isinstance(observation.position, Position),
        Lack.SEVERITY: is_only_suggested(observation),
        Lack.TEXT: not text,
    }
    return tuple(lack for lack, is_so in missing.items() if is_so)


def incomplete(
    observations: Iterable[Observation],
    drafts: Collection[str] = (),
    torn: Collection[str] = (),
    practised: Collection[str] = (),
) -> list[Incomplete]:
    """The observations that lack something, the most urgent first, then by time. A missing text alone is a lack only
    where nothing else says what was seen: in `drafts`, and in a question. `torn` are those with several versions,
    `practised` those of rehearsals."""
    found = []
    for each in observations:
        lacks = lacks_of(each, torn=each.id in torn, practised=each.id in practised)
        if lacks == (Lack.TEXT,) and each.id not in drafts and each.kind != ObservationKind.QUESTION:
            continue
        if lacks:
            found.append(Incomplete(each, lacks))
    found.sort(key=lambda one: (one.lacks[0], _moment(one.observation), one.observation.id))
    return found


def _moment(observation: Observation) -> datetime:
    return known(observation.observed_at, datetime) or datetime.max.replace(tzinfo=UTC)
