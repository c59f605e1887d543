"""What a receiver tells right now: where one is, how old that is, how wrong this device's clock goes, and where one has
stood."""

import math
import statistics
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.geo import Plane, distance_m
from app.domain.track import GAP_S, POOR_HDOP, Fix
from app.domain.values import Position

STALE_S = 10.0
"""A fix that is older is told to be old."""
DOUBTFUL_M = 50.0
"""A position that may be further off is better set by hand."""
CLOCK_WRONG_S = 5.0
"""A clock that differs so much from the satellites' is wrong; a sentence is a second or two under way."""
HEARD = 30
"""So many fixes are looked at for the clock."""


@dataclass(frozen=True)
class Heard:
    """A fix, and when it came by this device's clock (UTC)."""

    fix: Fix
    at: datetime

    def age_s(self, now: datetime) -> float:
        """How old it is at that moment by the same clock; never below 0."""
        return max(0.0, (now - self.at).total_seconds())

    def is_stale(self, now: datetime) -> bool:
        """Whether it is too old to say where one is."""
        return self.age_s(now) > STALE_S

    @property
    def is_doubtful(self) -> bool:
        """Whether it may be so far off that it is better set by hand."""
        return (self.fix.radius_m or 0.0) > DOUBTFUL_M or (self.fix.hdop or 0.0) > POOR_HDOP


class ClockCheck:
    """Compares this device's clock with the satellites' over the latest fixes."""

    def __init__(self) -> None:
        self._late: deque[float] = deque(maxlen=HEARD)

    def hear(self, heard: Heard) -> None:
        """A fix came."""
        if heard.fix.time is not None:
            self._late.append((heard.at - heard.fix.time).total_seconds())

    @property
    def ahead_s(self) -> float | None:
        """How many seconds this device's clock goes before the satellites' (below 0: after); None while unknown.
        A sentence is late by up to some seconds and never early, so the smallest difference is the nearest to it."""
        if len(self._late) < HEARD // 3:
            return None
        return min(self._late)

    @property
    def is_wrong(self) -> bool:
        """Whether this device's clock is wrong."""
        ahead = self.ahead_s
        return ahead is not None and abs(ahead) > CLOCK_WRONG_S


@dataclass(frozen=True)
class Averaged:
    """The middle of `count` fixes over `seconds`: the position, and within how many metres of it half of them lie."""

    position: Position
    count: int
    spread_m: float
    seconds: float


def averaged(fixes: Iterable[Fix]) -> Averaged | None:
    """Where somebody stood: the medians east and north, which single leaps do not move. None without usable fixes."""
    usable = [fix for fix in fixes if fix.time is not None and (fix.hdop or 0.0) <= POOR_HDOP]
    if not usable:
        return None
    plane = Plane(usable[0].position)
    flat = [plane.xy(fix.lat, fix.lon) for fix in usable]
    x, y = (statistics.median(each[axis] for each in flat) for axis in (0, 1))
    spread = statistics.median(math.hypot(each[0] - x, each[1] - y) for each in flat)
    times = [fix.time for fix in usable if fix.time is not None]
    length: timedelta = max(times) - min(times)
    return Averaged(plane.position(x, y), len(usable), spread, length.total_seconds())


APART_M = 3.0
"""The line that is drawn while one walks has a point each so many metres."""
LEAP_MPS = 12.0
"""Nobody on foot moves faster: one such fix alone is not drawn, and where they stay there the line is broken."""


class Trail:
    """The line that is drawn while one walks: a first picture, without looking back as a measured track does."""

    def __init__(self) -> None:
        self.pieces: list[list[Position]] = []
        self.kept = 0
        """So many of the pieces have begun in what is kept, too."""
        self._last: Fix | None = None
        self._leapt: Fix | None = None

    def take(self, fix: Fix) -> bool:
        """A fix came. Returns whether the line is longer by it."""
        if (fix.hdop or 0.0) > POOR_HDOP:
            return False
        if self._last is None or self._is_gap(fix):
            return self._begin(fix)
        if self._is_leap(self._last, fix):
            stays = self._leapt is not None and not self._is_leap(self._leapt, fix)
            self._leapt = fix
            return self._begin(fix) if stays else False
        self._last, self._leapt = fix, None
        if distance_m(self.pieces[-1][-1], fix.position) < APART_M:
            return False
        self.pieces[-1].append(fix.position)
        return True

    def cut(self) -> None:
        """What comes next is not joined to what was."""
        self._last = None

    def keep(self) -> None:
        """All that came is kept now."""
        self.kept = len(self.pieces)

    def _begin(self, fix: Fix) -> bool:
        self._last, self._leapt = fix, None
        self.pieces.append([fix.position])
        return True

    def _is_gap(self, fix: Fix) -> bool:
        return self._last is not None and _seconds(self._last, fix) > GAP_S

    @staticmethod
    def _is_leap(before: Fix, fix: Fix) -> bool:
        return distance_m(before.position, fix.position) > LEAP_MPS * max(1.0, _seconds(before, fix))


def _seconds(before: Fix, after: Fix) -> float:
    if before.time is None or after.time is None:
        return 1.0
    return abs((after.time - before.time).total_seconds())
