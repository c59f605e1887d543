"""A track: fixes as a receiver gave them, and what can be said from them.

Every fix is kept raw; what is left out here is left out of a sum or a picture, never of the record. How far somebody
walked is worked out in `app.domain.walking`, which also says where its numbers come from.

A gap is more than 10 s without a usable fix (a recorder that itself writes less than every 10 s: more than twice its
usual pause).
Gaps are listed with their straight length, which is not added. A fix with an HDOP over 20 (the last class, "poor", of
the usual table of dilution of precision: off by hundreds of metres) is kept and not used.
"""

import bisect
import math
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

from app.domain import walking
from app.domain.geo import Plane, distance_m, path_m
from app.domain.values import Position

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
GAP_S = 10.0
POOR_HDOP = 20.0
USER_RANGE_M = 4.0
"""The error of one range to a satellite, one standard deviation: what HDOP is multiplied with. A guess for phones and
simple receivers in the open; the real one depends on houses and trees, and is said only where the receiver says it."""
DOUBTFUL_S = 30.0
"""Between fixes further apart than this a position is a guess."""
BEYOND_S = 60.0
"""How long before the first and after the last fix they still say where one was."""


@dataclass(frozen=True)
class Fix:
    """One position of a track, as it came. `time` UTC or None (a planned route), degrees WGS 84, metres, m/s.
    `accuracy_m`: the receiver's own word for how far off it may be (95 %), `course_deg`: where it moves to, from true
    north."""

    time: datetime | None
    lat: float
    lon: float
    altitude_m: float | None = None
    hdop: float | None = None
    speed_mps: float | None = None
    accuracy_m: float | None = None
    course_deg: float | None = None

    @property
    def position(self) -> Position:
        """Where it is. Raises BadInput if that is nowhere on earth."""
        return Position(self.lat, self.lon)

    def row(self) -> list[Any]:
        """The row of `TrackChunk.points`: [ms since 1970 UTC or null, lat, lon, altitude m, HDOP, speed m/s], and where
        the receiver said them also [accuracy m, course degrees]."""
        moment = None if self.time is None else (self.time - EPOCH) // timedelta(milliseconds=1)
        row = [moment, round(self.lat, 7), round(self.lon, 7), self.altitude_m, self.hdop, self.speed_mps]
        said = self.accuracy_m is not None or self.course_deg is not None
        return [*row, self.accuracy_m, self.course_deg] if said else row

    @property
    def radius_m(self) -> float | None:
        """How far off it may be (95 %): as the receiver says, else 2 × HDOP × `USER_RANGE_M`, else unknown."""
        if self.accuracy_m is not None:
            return self.accuracy_m
        return None if self.hdop is None else 2 * self.hdop * USER_RANGE_M

    @staticmethod
    def from_row(row: Any) -> "Fix | None":
        """The fix of such a row, longer ones too; None if the row holds none. Never raises."""
        if not isinstance(row, list | tuple) or len(row) < 3:
            return None
        moment, lat, lon, *rest = [_number(part) for part in (*row, *[None] * 5)[:8]]
        if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180 or (moment is None and row[0] is not None):
            return None
        try:
            time = None if moment is None else EPOCH + timedelta(milliseconds=moment)
        except OverflowError:
            return None
        return Fix(time, lat, lon, *rest)


def _number(raw: Any) -> float | None:
    fits = isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) < 1e300 and math.isfinite(raw)
    return float(raw) if fits else None


def fixes_of(rows: Iterable[Any]) -> tuple[Fix, ...]:
    """The fixes of a chunk's rows; rows that hold none are left out. Never raises."""
    return tuple(fix for row in rows if (fix := Fix.from_row(row)) is not None)


Track: TypeAlias = Iterable[Fix] | Iterable[Iterable[Fix]]
"""Fixes, or segments of them: where the source itself began anew."""


@dataclass(frozen=True)
class Gap:
    """A time without usable fixes: where the track was before and after it, and the straight way between, metres."""

    start: datetime
    end: datetime
    left: Position
    back: Position
    straight_m: float


@dataclass(frozen=True)
class Stay:
    """Somebody stood still here from `start` to `end`."""

    start: datetime
    end: datetime
    position: Position


@dataclass(frozen=True)
class Measured:
    """What a track says: metres walked net of gaps, the gaps, the places of the fixes left out (counted through all
    segments from 0), the cleaned lines to draw, and where it stood still."""

    length_m: float
    gaps: tuple[Gap, ...]
    outliers: tuple[int, ...]
    pieces: tuple[tuple[Position, ...], ...]
    stays: tuple[Stay, ...]


class Placed(NamedTuple):
    """Where the track was, and the seconds between the fixes round that time (beyond its ends: to the nearest fix)."""

    position: Position
    seconds: float

    @property
    def doubtful(self) -> bool:
        """Whether the fixes are too far apart to be sure of it."""
        return self.seconds > DOUBTFUL_S


def _segments(track: Track) -> list[list[Fix]]:
    parts: list[Any] = list(track)
    return [parts] if parts and isinstance(parts[0], Fix) else [list(part) for part in parts]


Numbered: TypeAlias = list[tuple[int, float, Fix]]
"""Fixes in order of time, each with its place in the whole track and its seconds since 1970."""


def _numbered(segments: list[list[Fix]]) -> list[Numbered]:
    """The timed fixes of each segment in order of time; segments without are left out."""
    found, place = [], 0
    for segment in segments:
        timed = [(place + k, (f.time - EPOCH).total_seconds(), f) for k, f in enumerate(segment) if f.time is not None]
        place += len(segment)
        if timed:
            found.append(sorted(timed, key=lambda each: each[1]))
    return found


def _usual_s(segments: list[Numbered]) -> float:
    pauses = [b[1] - a[1] for segment in segments for a, b in pairwise(segment) if b[1] > a[1]]
    return statistics.median(pauses) if pauses else 1.0


def _unbroken(fixes: Numbered, limit: float) -> list[Numbered]:
    runs = [fixes[:1]] if fixes else []
    for before, fix in pairwise(fixes):
        if fix[1] - before[1] > limit:
            runs.append([])
        runs[-1].append(fix)
    return runs


def _joined(segments: list[Numbered], limit: float) -> list[Numbered]:
    """Segments that follow each other at once are one: the program began anew, the walk did not."""
    joined: list[Numbered] = []
    for segment in segments:
        if joined and 0 < segment[0][1] - joined[-1][-1][1] <= limit:
            joined[-1] = joined[-1] + segment
        else:
            joined.append(segment)
    return joined


@dataclass(frozen=True)
class _Clean:
    """The usable fixes as unbroken runs, each with its plane, and after how many seconds a pause is a gap."""

    runs: list[tuple[Plane, Numbered]]
    limit: float


def _points(plane: Plane, fixes: Numbered) -> list[walking.Point]:
    return [(seconds, *plane.xy(fix.lat, fix.lon)) for _, seconds, fix in fixes]


def _clean(segments: list[list[Fix]]) -> _Clean:
    numbered = _numbered(segments)
    usual = _usual_s(numbered)
    limit = GAP_S if usual <= GAP_S else 2 * usual
    usable = [[each for each in part if (each[2].hdop or 0.0) <= POOR_HDOP] for part in numbered]
    runs: list[tuple[Plane, Numbered]] = []
    for segment in _joined([part for part in usable if part], limit):
        for part in _unbroken(segment, limit):
            plane = Plane(part[0][2].position)
            for row in walking.rows(_points(plane, part), usual):
                runs += [(plane, run) for run in _unbroken([part[k] for k in row], limit)]
    return _Clean(runs, limit)


def _gaps(clean: _Clean) -> tuple[Gap, ...]:
    found = []
    for (_, before), (_, after) in pairwise(clean.runs):
        left, back = before[-1], after[0]
        if back[1] - left[1] > clean.limit:
            a, b = left[2].position, back[2].position
            found.append(Gap(_moment(left[1]), _moment(back[1]), a, b, distance_m(a, b)))
    return tuple(found)


def _moment(seconds: float) -> datetime:
    return EPOCH + timedelta(seconds=seconds)


def measure(track: Track) -> Measured:
    """How far the track goes, where it has gaps, stood still or leapt, and the lines to draw.

    A segment without times (a planned route) is measured from point to point as it is. Never raises.
    """
    segments = _segments(track)
    clean = _clean(segments)
    lines = [(plane, walking.calmed(_points(plane, run))) for plane, run in clean.runs]
    untimed = [tuple(f.position for f in part) for part in segments if part and all(f.time is None for f in part)]
    return Measured(
        length_m=walking.walked([calm for _, calm in lines]) + sum(map(path_m, untimed)),
        gaps=_gaps(clean),
        outliers=_left_out(segments, clean),
        pieces=(*(_piece(plane, calm) for plane, calm in lines), *untimed),
        stays=tuple(_stay(plane, calm, stood) for plane, calm in lines for stood in calm.stood),
    )


def _stay(plane: Plane, calm: walking.Calm, stood: walking.Stand) -> Stay:
    start, end = calm.line[stood.first][0], calm.line[stood.last][0]
    return Stay(_moment(start), _moment(end), plane.position(stood.x, stood.y))


def _piece(plane: Plane, calm: walking.Calm) -> tuple[Position, ...]:
    """Stretches as one line, the stay where one ends and the next begins only once."""
    line = [point for k, stretch in enumerate(calm.stretches) for point in stretch[1 if k else 0 :]]
    return tuple(plane.position(x, y) for _, x, y in line)


def _left_out(segments: list[list[Fix]], clean: _Clean) -> tuple[int, ...]:
    used = {place for _, run in clean.runs for place, _, _ in run}
    timed = [fix.time is not None for segment in segments for fix in segment]
    return tuple(place for place, has_time in enumerate(timed) if has_time and place not in used)


def stays(track: Track) -> tuple[Stay, ...]:
    """When the track stood still, and where, in order of time within each segment."""
    return measure(track).stays


class Timeline:
    """A track by time, cleaned once, to be asked many times."""

    def __init__(self, track: Track) -> None:
        fixes = [(seconds, fix) for _, run in _clean(_segments(track)).runs for _, seconds, fix in run]
        fixes.sort(key=lambda each: each[0])
        self._times = [seconds for seconds, _ in fixes]
        self._fixes = [fix for _, fix in fixes]

    def at(self, time: datetime) -> Placed | None:
        """Where the track was at a moment: straight between the fixes round it, at the nearest fix up to `BEYOND_S`
        beyond its ends, else None. Leaps are left out; across a gap it answers, and the answer is `doubtful`."""
        if not self._times:
            return None
        moment = (time - EPOCH).total_seconds()
        k = bisect.bisect_left(self._times, moment)
        if k in (0, len(self._times)):
            nearest = min(k, len(self._times) - 1)
            away = abs(self._times[nearest] - moment)
            return Placed(self._fixes[nearest].position, away) if away <= BEYOND_S else None
        if self._times[k] == moment:
            return Placed(self._fixes[k].position, 0.0)
        a, b, between = self._fixes[k - 1], self._fixes[k], self._times[k] - self._times[k - 1]
        plane, part = Plane(a.position), (moment - self._times[k - 1]) / between
        x, y = plane.xy(b.lat, b.lon)
        return Placed(plane.position(part * x, part * y), between)


def position_at(track: Track, time: datetime) -> Placed | None:
    """Where the track was at a moment: `Timeline(track).at(time)`, which is better when many are asked for."""
    return Timeline(track).at(time)


def near_stops(
    track: Track, stops: Mapping[str, Position], radius_m: float
) -> dict[str, tuple[tuple[datetime, datetime], ...]]:
    """For each stop (by its id) from when to when the track stood within `radius_m` of it.

    A stay belongs to the nearest stop alone; a stop where it never stood has none.
    """
    found: dict[str, list[tuple[datetime, datetime]]] = {stop: [] for stop in stops}
    for stay in stays(track):
        far, nearest = min(
            ((distance_m(stay.position, at), stop) for stop, at in stops.items()), default=(math.inf, "")
        )
        if far <= radius_m:
            found[nearest].append((stay.start, stay.end))
    return {stop: tuple(times) for stop, times in found.items()}
