"""Where a photo was taken, and at which stop. Pure.

A photo belongs to a stop only if one of two things is known:

1. *Time and track*: at its moment the group stood still within `RADIUS_M` of the stop. This is the stronger of the two:
   a whole stay says where the group was, whatever a single position says. It holds for a photo without a position and
   for one whose position is within `APART_M` of the track; a photographer further off was not with this tablet.
2. *Place*: its position is within `RADIUS_M` of the stop; of several, the nearest. A position that says of itself that
   it may be further off than that, or that was guessed across a gap of the track, decides nothing.

Otherwise the photo has no stop: a wrong one is worse than none, which a person sees and mends.

`RADIUS_M`. People stand within some 10 m of the point that marks a stop: 5 m per axis. A phone between houses errs by
up to 9 m per axis (in the open by 3–5 m, see `app.domain.walking`). Together that is √(5² + 9²) ≈ 10.3 m per axis; with
an error that is as large in all directions, 997 of 1000 positions lie within √(−2 ln 0.003) = 3.4 times that: 35 m. A
larger radius would take in what is photographed on the way, as stops lie a hundred metres or so apart. The same
holds for a tablet: within this distance of a stop one notes something at it.

`APART_M`. As far as two such errors and a stroll across a square go: 35 m for each position and 30 m between them.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.geo import distance_m
from app.domain.records import Stop
from app.domain.track import Fix, Placed, Timeline, near_stops
from app.domain.values import Position, PositionSource

RADIUS_M = 35.0
APART_M = 100.0

GUESS_S = 120.0
"""Across a longer gap of the track there is no position: half of it on foot is a block away."""

Stays = Mapping[str, Sequence[tuple[datetime, datetime]]]


@dataclass(frozen=True)
class Placing:
    """Where a photo was taken and how that is known. `stop` is a stop's id or None. `seconds` lie between the fixes
    that a position from the track was taken from. `uncertain`: a person should look at it."""

    position: Position | None = None
    source: PositionSource = PositionSource.NONE
    stop: str | None = None
    seconds: float | None = None
    uncertain: bool = False


UNPLACED = Placing()


@dataclass(frozen=True)
class Walked:
    """One tablet's track, worked through once: where it was when, and from when to when it stood at which stop."""

    timeline: Timeline
    stays: Stays

    @staticmethod
    def along(segments: Iterable[Iterable[Fix]], stops: Mapping[str, Position]) -> "Walked":
        """The track of these segments past these stops (by id)."""
        kept = [tuple(segment) for segment in segments]
        return Walked(Timeline(kept), near_stops(kept, stops, RADIUS_M))

    def at(self, moment: datetime) -> Placed | None:
        """Where it was, unless that would be a guess across more than `GUESS_S`."""
        found = self.timeline.at(moment)
        return found if found and found.seconds <= GUESS_S else None

    def stop_at(self, moment: datetime) -> str | None:
        """The stop where it stood at a moment."""
        return next((stop for stop, times in self.stays.items() for a, b in times if a <= moment <= b), None)


def positions_of(stops: Iterable[Stop]) -> dict[str, Position]:
    """Where stops are, by id; of those that have a position."""
    return {each.id: each.position for each in stops if isinstance(each.position, Position)}


def nearest_stop(position: Position, stops: Mapping[str, Position]) -> str | None:
    """The stop (by id) nearest to a position, if it is within `RADIUS_M`."""
    far, stop = min(((distance_m(position, at), stop) for stop, at in stops.items()), default=(math.inf, None))
    return stop if far <= RADIUS_M else None


def _by_own(position: Position, accuracy_m: float | None, stops: Mapping[str, Position]) -> Placing:
    vague = accuracy_m is not None and accuracy_m > RADIUS_M
    stop = None if vague else nearest_stop(position, stops)
    return Placing(position, PositionSource.EXIF, stop, uncertain=vague)


def _by_track(moment: datetime, stops: Mapping[str, Position], walked: Sequence[Walked]) -> Placing:
    known = [(each, found) for each in walked if (found := each.at(moment))]
    if not known:
        return UNPLACED
    track, found = known[0]
    stop = track.stop_at(moment)
    if stop is None and not found.doubtful:
        stop = nearest_stop(found.position, stops)
    apart = any(distance_m(found.position, other.position) > RADIUS_M for _, other in known[1:])
    return Placing(found.position, PositionSource.TRACK, stop, found.seconds, found.doubtful or apart)


def _company(own: Position, moment: datetime, walked: Sequence[Walked]) -> Walked | None:
    """The tablet that a photographer who was at `own` walked with."""
    near = ((distance_m(own, found.position), each) for each in walked if (found := each.at(moment)))
    far, nearest = min(near, key=lambda each: each[0], default=(math.inf, None))
    return nearest if far <= APART_M else None


def place(
    own: Position | None,
    accuracy_m: float | None,
    moment: datetime | None,
    stops: Mapping[str, Position],
    walked: Sequence[Walked] = (),
) -> Placing:
    """Where a photo was taken, and at which of `stops` (id → position).

    `own` is what the camera said (with its own estimate of the error, metres), `moment` the time by a right clock.
    `walked` are the tracks that may place it, the likeliest first: a photo without a position gets that of the first
    that covers its time, and is uncertain where another one was elsewhere.
    """
    if own is None:
        return _by_track(moment, stops, walked) if moment else UNPLACED
    placing = _by_own(own, accuracy_m, stops)
    company = _company(own, moment, walked) if moment else None
    stop = company.stop_at(moment) if company and moment else None
    return Placing(own, PositionSource.EXIF, stop) if stop else placing
