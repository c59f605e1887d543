"""A whole walk as one value: what a query hands to the protocol, the exports and `show`."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from app.domain.checklist import Checklist
from app.domain.numbers import Numbers
from app.domain.record import NOTHING_SEEN, Seen, field_of
from app.domain.records import (
    Answer,
    Device,
    DuplicateLink,
    Group,
    Measure,
    MeasureFor,
    Observation,
    Organisation,
    Participant,
    Party,
    Photo,
    Protocol,
    Remark,
    Route,
    SafetyRating,
    SafetyWalk,
    Stop,
    Support,
    Track,
    VoiceNote,
)
from app.domain.rules import is_walked, severity_of
from app.domain.track import Fix
from app.domain.values import Severity, load


@dataclass(frozen=True)
class Choice:
    """One of the values that stand against each other. `choice` is stable: 8 hex of the hash of its stamp.
    `value` is plain JSON data, `at` when it was written (ISO UTC, by that device's clock)."""

    choice: str
    stamp: str
    value: Any
    device: str
    label: str
    at: str


@dataclass(frozen=True)
class Later:
    """A change that stands against a delete, since its deleter had not been shown it. `value` is plain JSON data."""

    kind: str
    id: str
    field: str
    value: Any
    device: str
    label: str


@dataclass(frozen=True)
class Conflict:
    """A field that devices changed unaware of each other. All values stay until someone chooses. `seen`: what had
    arrived when it was read, which is all that a choice covers. `later`: what stands against a delete, in the order in
    which it was written."""

    kind: str
    id: str
    field: str
    shown: Any
    base: Any
    choices: tuple[Choice, ...]
    later: tuple[Later, ...] = ()
    seen: Seen = dataclasses.field(default=NOTHING_SEEN, compare=False, repr=False)


def is_unsettled_danger(observation: Observation, conflicts: Iterable[Conflict]) -> bool:
    """Whether what is shown of an observation is milder than danger now, and one of the values that stand against each
    other says danger: as long as that is not settled, the worst counts."""
    if severity_of(observation) == Severity.DANGER:
        return False
    standing = {name: [getattr(observation, name)] for name in ("kind", "severity", "severity_suggested")}
    for each in conflicts:
        if each.id == observation.id and each.field in standing:
            info = field_of(Observation, each.field)
            standing[each.field] += [load(info.type, one.value) for one in each.choices]
    possible = (replace(observation, **dict(zip(standing, each, strict=True))) for each in product(*standing.values()))
    return any(severity_of(each) == Severity.DANGER for each in possible)


@dataclass(frozen=True)
class Line:
    """A track or route with its raw fixes, in pieces where the source itself began anew. `told_by`: the kinds of
    receivers that told them, in that order."""

    record: Track | Route
    segments: tuple[tuple[Fix, ...], ...]
    told_by: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WholeWalk:
    """Everything that is shown of a walk: hidden and incomplete records left out, `stops` in order, the rest by id.

    `drafts` are the ids of observations still *att komplettera*; `last_change` the time of the latest change (ISO UTC);
    `authors` says which device made a remark (record id → device id), for its signature.
    """

    walk: SafetyWalk
    checklist: Checklist
    numbers: Numbers
    stops: tuple[Stop, ...] = ()
    observations: tuple[Observation, ...] = ()
    photos: tuple[Photo, ...] = ()
    voice_notes: tuple[VoiceNote, ...] = ()
    measures: tuple[Measure, ...] = ()
    measure_fors: tuple[MeasureFor, ...] = ()
    supports: tuple[Support, ...] = ()
    remarks: tuple[Remark, ...] = ()
    participants: tuple[Participant, ...] = ()
    groups: tuple[Group, ...] = ()
    devices: tuple[Device, ...] = ()
    parties: tuple[Party, ...] = ()
    ratings: tuple[SafetyRating, ...] = ()
    answers: tuple[Answer, ...] = ()
    duplicates: tuple[DuplicateLink, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    protocols: tuple[Protocol, ...] = ()
    tracks: tuple[Line, ...] = ()
    routes: tuple[Line, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    drafts: frozenset[str] = frozenset()
    authors: Mapping[str, str] = dataclasses.field(default_factory=dict)
    last_change: str | None = None

    @property
    def walked(self) -> tuple[Line, ...]:
        """The tracks that somebody walked; what was only rehearsed says nothing of the walk."""
        return tuple(each for each in self.tracks if isinstance(each.record, Track) and is_walked(each.record))
