"""The whole walk, indexed as the protocol reads it: who stands where, in which order, under which number.

Everything here is ordered by number, time and id, never by the order in which things arrived: two devices that hold the
same walk compose the same protocol.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from app.base.clock import from_iso
from app.base.words import _
from app.domain.called import Names, tablets
from app.domain.checklist import UNDECIDED, Item, seamless
from app.domain.reasoning import usual_priority
from app.domain.record import Record
from app.domain.records import Measure, Observation, Organisation, Photo, Protocol, Remark, Stop, VoiceNote
from app.domain.rules import is_acute, stop_of
from app.domain.values import MeasureStatus, ObservationKind, Position, Priority, Severity, known
from app.domain.walk import Conflict, WholeWalk, is_unsettled_danger
from app.report.document import Raster
from app.report.wording import local


class Edition(StrEnum):
    """Whom the protocol is for."""

    INTERNAL = "internal"


@dataclass(frozen=True, kw_only=True)
class BaseMap:
    """A raster for one of the maps: its picture and what it shows (WGS 84 degrees, Web Mercator between them)."""

    raster: Raster
    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, kw_only=True)
class Handed:
    """What the protocol needs and the walk does not hold; handed in by the job.

    `projected`: stop or observation id → its coordinates in SWEREF 99 TM as printed; `projected_reason` says in one
    sentence why there are none. `unshown`: photos whose picture, and organisations whose logotype, cannot be shown.
    `maps`: base maps by the keys that `compose_map.needed` names. `attribution` and `map_date` of the map data.
    `names`: participant id → name. `moments`: photo id → when it was taken by a right clock (UTC), where its camera's
    was wrong.
    """

    projected: Mapping[str, str] = field(default_factory=dict)
    projected_reason: str = ""
    unshown: frozenset[str] = frozenset()
    maps: Mapping[str, BaseMap] = field(default_factory=dict)
    attribution: str = ""
    map_date: str = ""
    map_bounds: tuple[float, float, float, float] | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    moments: Mapping[str, datetime] = field(default_factory=dict)
    program: str = "Gatljus"


def number_key(number: str) -> tuple[tuple[int, ...], str]:
    """Sorts `4.2`, `4.10`, `4.10 a`, `11.1` as people read them."""
    whole, _blank, letter = number.partition(" ")
    return tuple(int(each) for each in re.findall(r"\d+", whole)), f"{len(letter):03}{letter}"


def by_id(records: Iterable[Any]) -> dict[str, Any]:
    """Records by their id, in the order of the ids."""
    return {each.id: each for each in sorted(records, key=lambda each: each.id)}


@dataclass(frozen=True)
class Index:
    """A walk, what was handed in with it, and lookups."""

    whole: WholeWalk
    handed: Handed
    edition: Edition = Edition.INTERNAL

    def number(self, record_id: str) -> str:
        """The number of a stop, observation, photo or measure."""
        return self.whole.numbers.of.get(record_id, "–")

    def order(self, record_id: str) -> tuple[tuple[tuple[int, ...], str], str]:
        """Sorts by number, then by id."""
        return number_key(self.number(record_id)), record_id

    @cached_property
    def stops(self) -> dict[str, Stop]:
        """Stops by id, in walking order."""
        return {each.id: each for each in self.whole.stops}

    @cached_property
    def observations(self) -> dict[str, Observation]:
        """Observations by id, by number."""
        return {each.id: each for each in sorted(self.whole.observations, key=lambda each: self.order(each.id))}

    @cached_property
    def photos(self) -> dict[str, Photo]:
        """Photos by id, by number."""
        return {each.id: each for each in sorted(self.whole.photos, key=lambda each: self.order(each.id))}

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """Measures by id, by number."""
        return {each.id: each for each in sorted(self.whole.measures, key=lambda each: self.order(each.id))}

    def stop_of(self, thing: Observation | Photo) -> Stop | None:
        """The stop of an observation; of a photo that of its observation, else its own."""
        return self.stops.get(stop_of(thing, self.observations) or "")

    def observation_of(self, photo: Photo) -> Observation | None:
        """The observation that a photo belongs to."""
        return self.observations.get(photo.observation) if isinstance(photo.observation, str) else None

    def seen_at(self, stop: Stop | None) -> tuple[Observation, ...]:
        """The observations of a stop, or those along the way, by number."""
        return self._seen_at.get(stop.id if stop else "", ())

    @cached_property
    def _seen_at(self) -> dict[str, tuple[Observation, ...]]:
        return _grouped(self.observations.values(), lambda each: stop.id if (stop := self.stop_of(each)) else "")

    @cached_property
    def _photos_of(self) -> dict[str, tuple[Photo, ...]]:
        return _grouped(self.photos.values(), lambda each: seen.id if (seen := self.observation_of(each)) else "")

    def photos_of(self, observation: Observation) -> tuple[Photo, ...]:
        """The photos of an observation, by number."""
        return self._photos_of.get(observation.id, ())

    @cached_property
    def _links(self) -> tuple[tuple[str, str], ...]:
        pairs = {(link.measure or "", link.observation or "") for link in self.whole.measure_fors}
        return tuple(sorted(pair for pair in pairs if pair[0] in self.measures and pair[1] in self.observations))

    @cached_property
    def _answers_to(self) -> dict[str, list[Observation]]:
        found: dict[str, list[Observation]] = defaultdict(list)
        for measure, observation in self._links:
            found[measure].append(self.observations[observation])
        return {each: sorted(seen, key=lambda one: self.order(one.id)) for each, seen in found.items()}

    @cached_property
    def _answered_by(self) -> dict[str, list[Measure]]:
        found: dict[str, list[Measure]] = defaultdict(list)
        for measure, observation in self._links:
            found[observation].append(self.measures[measure])
        return {each: sorted(many, key=lambda one: self.order(one.id)) for each, many in found.items()}

    def observations_for(self, measure: Measure) -> tuple[Observation, ...]:
        """The observations that a measure answers, by number."""
        return tuple(self._answers_to.get(measure.id, ()))

    def measures_for(self, observation: Observation) -> tuple[Measure, ...]:
        """The measures that answer an observation, by number."""
        return tuple(self._answered_by.get(observation.id, ()))

    def is_open(self, observation: Observation) -> bool:
        """Whether something that is not good waits for a measure: it stands in section 10."""
        return observation.kind != ObservationKind.POSITIVE and not self.measures_for(observation)

    @cached_property
    def _unsettled_dangers(self) -> frozenset[str]:
        disputed = {each.id for each in self.conflicts} & self.observations.keys()
        found = (self.observations[each] for each in disputed)
        return frozenset(each.id for each in found if is_unsettled_danger(each, self.conflicts_of(each.id)))

    def is_unsettled_danger(self, observation: Observation) -> bool:
        """Whether somebody says that there is danger now and somebody else that it is less."""
        return observation.id in self._unsettled_dangers

    def severity_of(self, observation: Observation) -> tuple[Severity | None, bool]:
        """How serious it is, danger now where that is not settled; and whether only the item suggested that."""
        if self.is_unsettled_danger(observation):
            return Severity.DANGER, False
        return severity_of(observation)

    def is_acute(self, observation: Observation) -> bool:
        """Whether there is danger now, also where that is not settled, or was until someone raised the alarm."""
        return self.is_unsettled_danger(observation) or is_acute(observation)

    @cached_property
    def _noted(self) -> dict[str, int]:
        found: dict[str, int] = defaultdict(lambda: 1)
        for each in self.whole.supports:
            if isinstance(each.observation, str) and isinstance(each.count, int):
                found[each.observation] += max(0, each.count)
        return dict(found)

    def noted_by(self, observation: Observation) -> int:
        """How many raised it: whoever wrote it and those who thought so too."""
        return self._noted.get(observation.id, 1)

    def remarks_on(self, record_id: str) -> tuple[Remark, ...]:
        """What people added to a record, oldest first."""
        return self._remarks.get(record_id, ())

    def voice_notes_on(self, record_id: str) -> tuple[VoiceNote, ...]:
        """What was spoken on an observation, or at a stop and on none, oldest first."""
        return self._spoken.get(record_id, ())

    @cached_property
    def _spoken(self) -> dict[str, tuple[VoiceNote, ...]]:
        ordered = sorted(self.whole.voice_notes, key=lambda each: (str(each.recorded_at), each.id))
        return _grouped(ordered, lambda each: str(each.observation or each.stop))

    @cached_property
    def _remarks(self) -> dict[str, tuple[Remark, ...]]:
        ordered = sorted(self.whole.remarks, key=lambda each: (str(each.created), each.id))
        return _grouped(ordered, lambda each: str(each.target))

    @cached_property
    def loose_remarks(self) -> tuple[Remark, ...]:
        """What people added to records that have no place of their own on the page."""
        placed = {self.whole.walk.id, *self.stops, *self.observations, *self.photos, *self.measures}
        return tuple(each for target, many in self._remarks.items() if target not in placed for each in many)

    @cached_property
    def kinds(self) -> dict[str, str]:
        """The kind of each record, by id."""
        rows = [many for many in vars(self.whole).values() if isinstance(many, tuple)]
        return {each.id: each.KIND for many in rows for each in many if isinstance(each, Record)}

    @cached_property
    def letters(self) -> dict[str, str]:
        """The letters of the devices, by id, told apart; those without one left out."""
        lettered = [each for each in self.whole.devices if known(each.letter, str)]
        names = Names(tablets(lettered))
        return {each.id: names.of(each.id) for each in lettered}

    def letter_of(self, record_id: str) -> str:
        """The letter of the device that made a record, or nothing."""
        return self.letters.get(self.whole.authors.get(record_id, ""), "")

    def conflicts_of(self, record_id: str) -> tuple[Conflict, ...]:
        """What is not settled about a record."""
        return tuple(each for each in self.conflicts if each.id == record_id)

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Everything that is not settled, by kind, number and field."""
        return tuple(sorted(self.whole.conflicts, key=lambda each: (each.kind, self.order(each.id), each.field)))

    def item(self, observation: Observation) -> Item | None:
        """The checklist's item of an observation."""
        return self.whole.checklist.items.get(observation.item) if isinstance(observation.item, str) else None

    def category_id(self, observation: Observation) -> str:
        """The category of an observation, else that of its item."""
        item = self.item(observation)
        return observation.category if isinstance(observation.category, str) else item.category if item else ""

    def category(self, observation: Observation) -> str:
        """The short word of an observation's category."""
        wanted = self.category_id(observation)
        words = (str(each.tile) for each in self.whole.checklist.categories if each.id == wanted)
        return next(words, wanted or _("Utan ämne"))

    def party(self, code: object) -> str:
        """The name of who is responsible: the walk's own party, else the checklist's, else the code."""
        wanted = str(code or UNDECIDED)
        own = [each.name for each in self.whole.parties if each.code == wanted and each.name]
        listed = [str(each.name) for each in self.whole.checklist.parties if each.code == wanted]
        return (sorted(own) + listed + [wanted])[0]

    def bare_party(self, code: object) -> str:
        """The same name without soft hyphens."""
        return seamless(self.party(code))

    def local(self, moment: object) -> datetime | None:
        """A moment by the walk's clock."""
        return local(moment, self.whole.walk.zone) if isinstance(moment, datetime) else None

    @cached_property
    def starts(self) -> datetime | None:
        """When the walk began, by its own clock; else the first observation."""
        times = [each.observed_at for each in self.whole.observations if isinstance(each.observed_at, datetime)]
        return self.local(self.whole.walk.starts) or (self.local(min(times)) if times else None)

    @property
    def day(self) -> date | None:
        """The day on which the walk began, by its own clock."""
        return self.starts.date() if self.starts else None

    @cached_property
    def changed(self) -> datetime | None:
        """The date of the protocol: that of the latest change in it, by the walk's clock."""
        return self.local(from_iso(self.whole.last_change)) if self.whole.last_change else None

    @cached_property
    def protocol(self) -> Protocol | None:
        """The latest version."""
        return max(self.whole.protocols, key=lambda each: (known(each.version, int) or 0, each.id), default=None)

    @cached_property
    def version(self) -> int:
        """The number of this version."""
        return (known(self.protocol.version, int) or 1) if self.protocol else 1

    @cached_property
    def final(self) -> bool:
        """Whether the protocol is upprättad."""
        return self.protocol is not None and isinstance(self.protocol.finalised_on, date)

    @cached_property
    def organisation(self) -> Organisation | None:
        """Who arranges the walk."""
        return min(self.whole.organisations, key=lambda each: each.id, default=None)

    @cached_property
    def organiser(self) -> str:
        """The name of who arranges the walk."""
        return (self.organisation.name if self.organisation else "") or self.whole.walk.organiser

    @cached_property
    def area(self) -> str:
        """The name of the area."""
        return self.whole.walk.area or self.whole.walk.title or _("området")

    @cached_property
    def duplicates(self) -> dict[str, str]:
        """Observation that is read with another one → that other one."""
        pairs = ((each.duplicate, each.observation) for each in sorted(self.whole.duplicates, key=lambda each: each.id))
        return {str(one): str(other) for one, other in pairs if one in self.observations and other in self.observations}


def _grouped(records: Iterable[Any], key: Any) -> dict[str, tuple[Any, ...]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for each in records:
        found[key(each)].append(each)
    return {group: tuple(members) for group, members in found.items()}


def severity_of(observation: Observation) -> tuple[Severity | None, bool]:
    """How serious it is, and whether only the item suggested that. Questions and social matters have none."""
    if observation.kind == ObservationKind.POSITIVE:
        return Severity.GOOD, False
    if observation.kind != ObservationKind.DEFICIENCY:
        return None, False
    if isinstance(observation.severity, Severity):
        return observation.severity, False
    return known(observation.severity_suggested, Severity), True


def is_positive(observation: Observation) -> bool:
    """Whether it is about something good."""
    return observation.kind == ObservationKind.POSITIVE


def priority_of(measure: Measure, index: Index) -> tuple[Priority, bool]:
    """The priority of a measure, and whether it is only suggested: from its term, else from what it answers.

    Rejected measures are not carried out: D.
    """
    if measure.status == MeasureStatus.REJECTED:
        return Priority.D, False
    if isinstance(measure.priority, Priority):
        return measure.priority, False
    seen = index.observations_for(measure)
    if any(map(index.is_unsettled_danger, seen)):
        return Priority.A, True
    return usual_priority(index.whole.checklist, measure, seen), True


def position_of(record: Record) -> Position | None:
    """Where a record is, if that is known."""
    return known(getattr(record, "position", None), Position)
