"""Placing photos by when they were taken, with the camera's clock put right first.

A photographer walks a metre and more each second, so the clock is what errs most: 37 s are 45 m. A camera's error is
measured, never guessed: from a photo of the clock page or what a person said, else from those of its photos that
carry both a time with offset and a GPS time, at least `LEAST_PHOTOS`, as their median. A phone's GPS time may be that
of an old fix, so the differences must agree; where they do not, the clock counts as right, though nobody knows. What
one camera's photos tell says nothing of another's. The error is used for placing alone, and is said to whoever imports.
"""

import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.base.words import _, ngettext
from app.domain.camera_clock import clock_words, nameless
from app.domain.geo import distance_m
from app.domain.placing import APART_M, Placing, Walked, place
from app.domain.track import Fix
from app.domain.values import Position, TakenAtSource
from app.photos.exif import CLOCK_TOLERANCE_S, Facts, clock_difference, taken

LEAST_PHOTOS = 2


@dataclass(frozen=True)
class Shot:
    """What placing needs to know of a photo. `key` is whatever the caller knows it by, `difference_s` what its camera's
    clock is ahead of its GPS. `is_right`: a person has put its time right."""

    key: str
    camera: str
    taken_at: datetime | None
    taken_at_source: TakenAtSource
    position: Position | None
    accuracy_m: float | None = None
    difference_s: float | None = None
    is_right: bool = False

    @staticmethod
    def of(key: str, facts: Facts, zone: str) -> "Shot":
        """A photo with these facts, taken on a walk in `zone` (an IANA name)."""
        at, source, _error = taken(facts, zone)
        return Shot(key, facts.camera, at, source, facts.position, facts.accuracy_m, clock_difference(facts))


@dataclass(frozen=True)
class ClockError:
    """A clock of a camera ("" where its photos do not name it) is `seconds` ahead of GPS (negative: behind; 0: it is
    right), measured in `photos` photos; of none: in a photo of the clock page, or a person has `said` so."""

    camera: str
    seconds: float
    photos: int
    said: bool = False

    @property
    def sentence(self) -> str:
        """What was found and done, in the language spoken now."""
        if self.said:
            words_of_person = _("{camera}: {how}, så som du har sagt. Det är inräknat när fotona placeras.")
            return words_of_person.format(camera=self.camera or nameless(), how=clock_words(self.seconds))
        if not self.photos:
            words_of_page = _("{camera}: {how}, räknat på foto av klocksidan. Det är inräknat när fotona placeras.")
            return words_of_page.format(camera=self.camera, how=clock_words(self.seconds))
        words = {"camera": self.camera, "seconds": round(abs(self.seconds)), "photos": self.photos}
        if not self.seconds:
            right = ngettext(
                "{camera}: klockan går rätt, mätt i {photos} foto.",
                "{camera}: klockan går rätt, mätt i {photos} foton.",
                self.photos,
            )
            return right.format(**words)
        if self.seconds > 0:
            ahead = ngettext(
                "{camera}: klockan går {seconds} s före, mätt i {photos} foto. Det är inräknat när fotona placeras.",
                "{camera}: klockan går {seconds} s före, mätt i {photos} foton. Det är inräknat när fotona placeras.",
                self.photos,
            )
            return ahead.format(**words)
        behind = ngettext(
            "{camera}: klockan går {seconds} s efter, mätt i {photos} foto. Det är inräknat när fotona placeras.",
            "{camera}: klockan går {seconds} s efter, mätt i {photos} foton. Det är inräknat när fotona placeras.",
            self.photos,
        )
        return behind.format(**words)


@dataclass(frozen=True)
class Geotagged:
    """Where photos were taken, by key, the clock errors that were allowed for, by camera, and when each was taken
    by a right clock. `blind`: those whose time is of a clock of which nobody knows how it goes. `tracks`: all of them,
    also those that nothing was placed by."""

    placings: Mapping[str, Placing]
    clock_errors: Mapping[str, ClockError]
    moments: Mapping[str, datetime | None]
    blind: frozenset[str] = frozenset()
    tracks: tuple[Walked, ...] = ()

    def is_on_a_track(self, key: str, position: Position, within_m: float) -> bool:
        """Whether any track was so near a position when a photo was taken."""
        moment = self.moments[key]
        found = [each.at(moment) for each in self.tracks] if moment else []
        return any(distance_m(each.position, position) <= within_m for each in found if each is not None)


def known_clocks(shots: Iterable[Shot], noted: Mapping[str, ClockError] | None = None) -> dict[str, ClockError]:
    """The cameras of which it is known how their clocks go: right within `CLOCK_TOLERANCE_S` (0 seconds), or wrong by
    so much. `noted`: what a photo of the clock page or a person said, which is believed as it is; of cameras without a
    name, "", as well, which share no clock else."""
    told: dict[str, list[float]] = defaultdict(list)
    for shot in shots:
        if shot.camera and shot.difference_s is not None:
            told[shot.camera].append(shot.difference_s)
    found = {}
    for camera, seconds in told.items():
        middle = statistics.median(seconds)
        agreeing = sum(abs(each - middle) <= CLOCK_TOLERANCE_S for each in seconds)
        if abs(middle) <= CLOCK_TOLERANCE_S:
            found[camera] = ClockError(camera, 0.0, len(seconds))
        elif agreeing >= max(LEAST_PHOTOS, len(seconds) / 2):
            found[camera] = ClockError(camera, middle, len(seconds))
    return found | dict(noted or {})


def clock_errors(shots: Iterable[Shot], noted: Mapping[str, ClockError] | None = None) -> dict[str, ClockError]:
    """The cameras whose clocks are wrong by more than `CLOCK_TOLERANCE_S`, and by how much; those that are `noted` as
    well where they are right."""
    return _wrong(known_clocks(shots, noted))


def _wrong(clocks: Mapping[str, ClockError]) -> dict[str, ClockError]:
    return {camera: each for camera, each in clocks.items() if each.seconds or not each.photos}


def is_by_clock(shot: Shot) -> bool:
    """Whether its time is what its camera's clock said: not GPS, and nobody has put it right."""
    return shot.taken_at is not None and shot.taken_at_source is not TakenAtSource.GPS and not shot.is_right


def moment_of(shot: Shot, errors: Mapping[str, ClockError]) -> datetime | None:
    """When the photo was taken by a right clock. A time that came from GPS, or was put right, is right already."""
    if shot.taken_at is None or not is_by_clock(shot):
        return shot.taken_at
    error = errors.get(shot.camera)
    try:
        return shot.taken_at - timedelta(seconds=error.seconds) if error else shot.taken_at
    except OverflowError:
        # No such year; a time that another device wrote may say anything.
        return shot.taken_at


def _company(timed: Sequence[tuple[Shot, datetime]], walked: Sequence[Walked]) -> list[Walked]:
    """The tracks that these photos may have been taken along, the likeliest first: that nearest to their positions;
    those further off than a photographer strays are left out. In the order given where no position tells."""

    def apart(track: Walked) -> float:
        pairs = ((shot.position, track.at(moment)) for shot, moment in timed)
        far = [distance_m(own, found.position) for own, found in pairs if own and found]
        return statistics.median(far) if far else APART_M

    distances = [(apart(track), track) for track in walked]
    return [track for far, track in sorted(distances, key=lambda each: each[0]) if far <= APART_M]


def place_all(
    shots: Sequence[Shot],
    stops: Mapping[str, Position],
    tracks: Sequence[Sequence[Sequence[Fix]]] = (),
    noted: Mapping[str, ClockError] | None = None,
) -> Geotagged:
    """Place photos at `stops` (id → position).

    Without `tracks` by their own positions alone. With them (each the segments of one tablet, one's own tablet's first)
    also by time: the photos of a camera go with the track that its positioned photos were nearest to; those of a camera
    without any with the track that all the others were nearest to, else with the first. `noted` is as for
    `known_clocks`.
    """
    clocks = known_clocks(shots, noted)
    errors = _wrong(clocks)
    blind = {shot.key for shot in shots if is_by_clock(shot) and shot.camera not in clocks}
    walked = [Walked.along(track, stops) for track in tracks]
    every = tuple(walked)
    moments = {shot.key: moment_of(shot, errors) for shot in shots}
    by_camera: dict[str, list[tuple[Shot, datetime]]] = defaultdict(list)
    for shot in shots:
        if moment := moments[shot.key]:
            by_camera[shot.camera].append((shot, moment))
    walked = _company([pair for timed in by_camera.values() for pair in timed], walked)
    order = {camera: _company(timed, walked) for camera, timed in by_camera.items()}
    placings = {
        shot.key: place(shot.position, shot.accuracy_m, moments[shot.key], stops, order.get(shot.camera, walked))
        for shot in shots
    }
    return Geotagged(placings, errors if tracks else {}, moments, frozenset(blind), every)
