"""Somebody stands still with a receiver: which fixes say where that is, and what a stop keeps of it.

A single fix is some metres off, and which way drifts over a minute. The middle of what comes while one stands is nearer
to the truth, and its spread says how near.
"""

import math
from collections import deque
from enum import StrEnum
from typing import Any

from app.base.words import _, ngettext
from app.domain.geo import distance_m
from app.domain.live import DOUBTFUL_M, Averaged, averaged
from app.domain.records import Stop
from app.domain.track import POOR_HDOP, Fix
from app.domain.values import Position, PositionSource, known, label_of, load, plain
from app.domain.walking import LEAP_M

MOVES_MPS = 0.8
"""Out of doors people walk faster than that (`app.domain.walking` names the sources), and what stands still is said to
go slower."""
STEP_S = 10.0
"""A receiver that tells no speed is asked how far one has come in this time: its error drifts more slowly."""
BESIDE = 5
"""So many fixes in a row of one other place are no leap: that is where one stands now."""
SHORT_S = 120.0
FEW, BRIEF_S = 5, 10.0
"""Of fewer fixes, or in less time, the spread says nothing of how near the truth they are."""


class Heed(StrEnum):
    """What became of a fix."""

    COUNTED = "counted"
    DOUBTFUL = "doubtful"
    MOVING = "moving"
    ELSEWHERE = "elsewhere"
    ANEW = "anew"


class Standing:
    """Takes fixes while one stands; `averaged` is their middle so far. Those with which one moves, that are doubtful,
    or that lie apart from the others are not counted. Where one stays apart, the counting begins anew there."""

    def __init__(self) -> None:
        self.averaged: Averaged | None = None
        self._fixes: list[Fix] = []
        self._beside: list[Fix] = []
        self._late: deque[Fix] = deque()

    def take(self, fix: Fix) -> Heed:
        """A fix came. Returns what became of it."""
        if fix.time is None or (fix.hdop or 0.0) > POOR_HDOP or (fix.radius_m or 0.0) > DOUBTFUL_M:
            return Heed.DOUBTFUL
        if self._moves(fix):
            return Heed.MOVING
        if self.averaged is None or distance_m(self.averaged.position, fix.position) <= LEAP_M:
            self._beside.clear()
            return self._count(fix)
        if self._beside and distance_m(self._beside[-1].position, fix.position) > LEAP_M:
            self._beside.clear()
        self._beside.append(fix)
        if len(self._beside) < BESIDE:
            return Heed.ELSEWHERE
        self._fixes, self._beside = self._beside, []
        self.averaged = averaged(self._fixes)
        return Heed.ANEW

    def _count(self, fix: Fix) -> Heed:
        self._fixes.append(fix)
        self.averaged = averaged(self._fixes)
        return Heed.COUNTED

    def _moves(self, fix: Fix) -> bool:
        """Whether one walks: as the receiver says, else by how far one has come in the last seconds."""
        if fix.speed_mps is not None:
            return fix.speed_mps > MOVES_MPS
        self._late.append(fix)
        while len(self._late) > 2 and _seconds(self._late[1], fix) >= STEP_S:
            self._late.popleft()
        passed = _seconds(self._late[0], fix)
        return passed >= STEP_S and distance_m(self._late[0].position, fix.position) > MOVES_MPS * passed


def _seconds(before: Fix, after: Fix) -> float:
    return (after.time - before.time).total_seconds() if before.time and after.time else 0.0


def kept(found: Averaged) -> dict[str, Any]:
    """What a stop whose position is such a middle keeps of it (`Stop.averaged`)."""
    return {
        "position": plain(found.position),
        "source": PositionSource.DEVICE.value,
        "count": found.count,
        "spread_m": round(found.spread_m, 1),
        "seconds": round(found.seconds),
    }


def read(raw: object) -> Averaged | None:
    """What `Stop.averaged` says; None where this version cannot read it. Never raises."""
    if not isinstance(raw, dict):
        return None
    position = known(load(Position, raw.get("position")), Position)
    count, spread, seconds = (known(load(float, raw.get(name)), float) for name in ("count", "spread_m", "seconds"))
    if position is None or count is None or spread is None or seconds is None:
        return None
    if not all(map(math.isfinite, (count, spread, seconds))) or count < 1 or min(spread, seconds) < 0:
        return None
    return Averaged(position, int(count), spread, seconds)


def averaged_of(stop: Stop) -> Averaged | None:
    """How the position a stop has now came about, where somebody stood there with a receiver. What was kept speaks of
    the position it names: one that was set otherwise since, by whatever version, is not spoken of."""
    found, place = read(stop.averaged), known(stop.position, Position)
    return found if found is not None and place is not None and plain(found.position) == plain(place) else None


def is_early(found: Averaged) -> bool:
    """Whether too little has come to say how near it is."""
    return found.count < FEW or found.seconds < BRIEF_S


def told(found: Averaged) -> str:
    """`12 lägen, ±3 m, 14 s`; `1 läge, 0 s` while it is early."""
    fixes = ngettext("{n} läge", "{n} lägen", found.count).format(n=found.count)
    near = max(1, round(found.spread_m))
    long = found.seconds >= SHORT_S
    time = _("{n} min").format(n=round(found.seconds / 60)) if long else _("{n} s").format(n=round(found.seconds))
    if is_early(found):
        return _("{fixes}, {time}").format(fixes=fixes, time=time)
    return _("{fixes}, ±{metres}\N{NO-BREAK SPACE}m, {time}").format(fixes=fixes, metres=near, time=time)


def told_whence(found: Averaged) -> str:
    """The same with where it is from, as a history tells it."""
    return f"{label_of(PositionSource.DEVICE)}: {told(found)}"
