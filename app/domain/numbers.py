"""Numbers at the desk and on paper.

Stop 4; observation 4.2 = second of stop 4 by time; without a stop 0.2; photo *Foto 4.2* likewise, as `photo_key` puts
photos in order; a measure has its lowest observation's number, with a letter where there are several: 4.2 a. They are
computed, and preliminary until the protocol is finalised; then they are one value (id → number), and what is not in it
gets the next free number in the same order, preliminary until the next version.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from app.domain.letters import letter
from app.domain.records import Measure, MeasureFor, Observation, Photo, Stop
from app.domain.rules import stop_of
from app.domain.values import known

_LATE = datetime.max.replace(tzinfo=UTC)
_DIGITS = re.compile("[0-9]+")
LONGEST = 20
"""So many digits in the name of a file count as one number."""
_UNNAMED = re.compile(r"\s*(nytt stopp|new stop|((stopp|stop)\s*)?((nr|no)\b\.?\s*)?[0-9]*)\s*", re.IGNORECASE)
"""What the program calls a stop until somebody names it, and what only says its number."""
_WRITTEN = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9}( [a-z]{1,9})?)?")
"""A number as a finalised protocol holds it; anything else there counts for nothing."""


@dataclass(frozen=True)
class Numbers:
    """`of[id]` is the number of a stop, observation, photo or measure; `preliminary` are those that may change."""

    of: Mapping[str, str] = field(default_factory=dict)
    preliminary: frozenset[str] = frozenset()


def is_named(stop: Stop) -> bool:
    """Whether somebody gave a stop a name: one that was only set out is called by its number or *Nytt stopp*, in either
    language."""
    return not _UNNAMED.fullmatch(str(stop.name))


def number_key(number: str) -> tuple[int, ...]:
    """Orders numbers as people do: 4.2 before 4.10."""
    return tuple(int(part) for part in number.split(".") if part.isdigit())


def photo_key(photo: Photo) -> tuple[datetime, str, str]:
    """Orders photos: by when they were taken; those of one time, and last those of none, by the names of their files as
    people read them, 2 before 10."""
    name = _DIGITS.sub(lambda found: found[0].zfill(LONGEST), str(photo.name).casefold())
    return known(photo.taken_at, datetime) or _LATE, name, photo.id


def _order(record: Observation | Photo) -> tuple[datetime, str, str]:
    if isinstance(record, Photo):
        return photo_key(record)
    return known(record.observed_at, datetime) or known(record.created, datetime) or _LATE, "", record.id


def _count_up(of: dict[str, str], groups: Mapping[str, list[str]], gone: Sequence[str]) -> None:
    """Give every id in a stop's group, in the order given, the next free number of that stop; `gone` are not free."""
    taken: dict[str, int] = defaultdict(int)
    for number in (*of.values(), *gone):
        stop, dot, rest = number.partition(".")
        if dot and rest.isdigit():
            taken[stop] = max(taken[stop], int(rest))
    for stop, ids in groups.items():
        for each in ids:
            taken[stop] += 1
            of[each] = f"{stop}.{taken[stop]}"


def _by_stop(
    records: Iterable[Observation | Photo],
    observations: Mapping[str, Observation],
    stops: Mapping[str, str],
    fixed: Mapping[str, str],
) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for each in sorted((each for each in records if each.id not in fixed), key=_order):
        groups[stops.get(stop_of(each, observations) or "", "0")].append(each.id)
    return groups


def _measure_numbers(
    measures: Sequence[Measure],
    links: Iterable[MeasureFor],
    of: Mapping[str, str],
    fixed: Mapping[str, str],
    gone: Sequence[str],
) -> dict[str, str]:
    answers: dict[str, list[str]] = defaultdict(list)
    for link in links:
        if link.measure and link.observation and link.observation in of:
            answers[link.measure].append(of[link.observation])
    groups: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    for each in measures:
        lowest = min(answers[each.id], key=number_key) if answers[each.id] else "0.0"
        groups[lowest].append((known(each.created, datetime) or _LATE, each.id))
    numbers = {each.id: fixed[each.id] for each in measures if each.id in fixed}
    for number, members in groups.items():
        fresh = [each for _, each in sorted(members) if each not in fixed]
        held = [fixed[each] for _, each in members if each in fixed]
        held += [each for each in gone if each == number or each.startswith(f"{number} ")]
        alone = len(fresh) == 1 and not held
        free = (
            each
            for each in (f"{number} {letter(index).lower()}" for index in range(len(members) + len(held) + 1))
            if each not in held
        )
        for name in fresh:
            numbers[name] = number if alone else next(free)
    return numbers


def number_all(
    stops: Sequence[Stop],
    observations: Sequence[Observation],
    photos: Sequence[Photo],
    measures: Sequence[Measure],
    links: Iterable[MeasureFor],
    written: Mapping[str, Any] | None = None,
) -> Numbers:
    """The numbers of a walk. `stops` are in walking order; `written` is the map of the finalised protocol, if any."""
    fixed = {
        each: number
        for each, number in (written or {}).items()
        if isinstance(number, str) and _WRITTEN.fullmatch(number)
    }
    stop_numbers = {each.id: fixed[each.id] for each in stops if each.id in fixed}
    # A number in a finalised protocol means one thing for ever, also where that has been deleted since. The protocol
    # does not say what kind of record it was, so there may be gaps in the other kinds' numbers.
    shown = {each.id for each in (*stops, *observations, *photos, *measures)}
    gone = [number for each, number in fixed.items() if each not in shown]
    following = max((int(number) for number in (*stop_numbers.values(), *gone) if number.isdigit()), default=0)
    for each in stops:
        if each.id not in stop_numbers:
            following += 1
            stop_numbers[each.id] = str(following)
    seen = {each.id: fixed[each.id] for each in observations if each.id in fixed}
    _count_up(seen, _by_stop(observations, {}, stop_numbers, fixed), gone)
    pictures = {each.id: fixed[each.id] for each in photos if each.id in fixed}
    _count_up(pictures, _by_stop(photos, {each.id: each for each in observations}, stop_numbers, fixed), gone)
    of = {**stop_numbers, **seen, **pictures, **_measure_numbers(measures, links, seen, fixed, gone)}
    return Numbers(of, frozenset(each for each in of if each not in fixed))
