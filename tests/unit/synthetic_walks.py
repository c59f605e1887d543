"""Walks that nobody walked, whose length is known: streets, stops, pauses, and a receiver's errors on top.

Everything follows from the seed. Errors drift: per axis `sigma` metres with `memory_s` seconds of memory, either rough
(Ornstein–Uhlenbeck: it trembles at every scale) or smooth (the same twice), and `fast` metres anew at every fix.
"""

import itertools
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.domain.geo import Plane
from app.domain.track import Fix
from app.domain.values import Position

START = datetime(2026, 10, 23, 15, 5, tzinfo=UTC)
HERE = Plane(Position(59.1687, 18.1448))
XY = tuple[float, float]


@dataclass(frozen=True)
class Kind:
    """What a walk is like: metres, seconds, metres per second."""

    sigma: float = 4.0
    memory_s: float = 60.0
    smooth: bool = False
    fast: float = 0.5
    speed: float = 1.1
    length: float = 1500.0
    stops: int = 8
    stop_s: tuple[float, float] = (120.0, 360.0)
    pauses: bool = True
    legs: tuple[float, float] = (20.0, 90.0)
    turns: tuple[float, ...] = (math.pi / 2, math.pi / 2, math.pi / 4, 0.3)
    every: int = 1
    outliers: int = 4
    hdop: float | None = None


@dataclass(frozen=True)
class Walk:
    """The fixes of a walk, how far it truly was, when it stood (from, to, in seconds), and which fixes are false."""

    fixes: tuple[Fix, ...]
    length_m: float
    stood: tuple[tuple[float, float], ...]
    outliers: tuple[int, ...]


def _way(rng: random.Random, kind: Kind) -> list[XY]:
    corners, heading, total = [(0.0, 0.0)], rng.uniform(0, 2 * math.pi), 0.0
    while total < kind.length:
        leg = rng.uniform(*kind.legs)
        x, y = corners[-1]
        corners.append((x + leg * math.cos(heading), y + leg * math.sin(heading)))
        heading += rng.choice((-1, 1)) * rng.choice(kind.turns)
        total += leg
    return corners


def _along(corners: list[XY], places: list[float]) -> Iterator[XY]:
    """The points at these distances along the way, which never go down."""
    k, behind = 0, 0.0
    for s in places:
        leg = math.dist(corners[k], corners[k + 1])
        while s > behind + leg and k + 2 < len(corners):
            behind, k = behind + leg, k + 1
            leg = math.dist(corners[k], corners[k + 1])
        part = min(1.0, (s - behind) / leg)
        (ax, ay), (bx, by) = corners[k], corners[k + 1]
        yield ax + part * (bx - ax), ay + part * (by - ay)


def _steps(rng: random.Random, kind: Kind, total: float) -> tuple[list[float], list[tuple[float, float]]]:
    """How far along the walk was at each second, and when it stood at its stops."""
    halts = [(rng.uniform(0, total), rng.uniform(*kind.stop_s), True) for _ in range(kind.stops)]
    if kind.pauses:
        halts += [(rng.uniform(0, total), rng.uniform(8, 25), False) for _ in range(int(total / 200))]
    halts.sort(reverse=True)
    at, speed, places, stood = 0.0, kind.speed, [0.0], []
    while at < total:
        speed = max(0.3, speed + rng.gauss(0, 0.05) + 0.1 * (kind.speed - speed))
        if halts and at + speed > halts[-1][0]:
            at, seconds, stop = halts.pop()
            if stop:
                stood.append((float(len(places)), len(places) + seconds))
            places += [at] * int(seconds)
        at = min(total, at + speed)
        places.append(at)
    return places, stood


def _drift(rng: random.Random, count: int, kind: Kind) -> list[float]:
    keep = math.exp(-(2 if kind.smooth else 1) / kind.memory_s)
    settle = int(6 * kind.memory_s)
    x = y = 0.0
    drift = []
    for _ in range(count + settle):
        x = keep * x + rng.gauss(0, math.sqrt(1 - keep * keep))
        y = keep * y + (1 - keep) * x
        drift.append(y if kind.smooth else x)
    # The standard deviation of an AR(2) process with a double root, and of an AR(1) process, in closed form.
    spread = (1 - keep) * math.sqrt((1 + keep**2) / (1 - keep**2) ** 2) if kind.smooth else 1.0
    return [kind.sigma * each / spread for each in drift[settle:]]


def walk(seed: int, kind: Kind) -> Walk:
    """The walk of this kind and seed."""
    rng = random.Random(seed)
    corners = _way(rng, kind)
    total = sum(math.dist(a, b) for a, b in itertools.pairwise(corners))
    places, stood = _steps(rng, kind, total)
    true = list(_along(corners, places))
    east, north = _drift(rng, len(true), kind), _drift(rng, len(true), kind)
    seen = [
        (x + e + rng.gauss(0, kind.fast), y + n + rng.gauss(0, kind.fast))
        for (x, y), e, n in zip(true, east, north, strict=True)
    ][:: kind.every]
    false = sorted(rng.sample(range(5, len(seen) - 5), kind.outliers))
    for k in false:
        far, way = rng.uniform(60 + 10 * kind.every, 500), rng.uniform(0, 2 * math.pi)
        seen[k] = (seen[k][0] + far * math.cos(way), seen[k][1] + far * math.sin(way))
    fixes = []
    for k, (x, y) in enumerate(seen):
        at = HERE.position(x, y)
        fixes.append(Fix(START + timedelta(seconds=k * kind.every), at.lat, at.lon, hdop=kind.hdop))
    length = sum(math.dist(a, b) for a, b in itertools.pairwise(true))
    return Walk(tuple(fixes), length, tuple(stood), tuple(false))
