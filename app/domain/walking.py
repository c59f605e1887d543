"""How far somebody walked, from positions that shake: maths on points (seconds, metres east, metres north) in a plane.

A receiver's error is some metres that drift over a minute. Joining the points adds that drift at every step, and most
of a safety walk is spent standing. What is done here, with numbers from how people walk and receivers err:

1. *Leaps are left out.* Kept is the longest row of points in which nobody moves faster than on foot. A far point, and
   a run of them shorter than `REACH_S`, is bridged; where a row leaps for good, both sides are kept and not joined.
2. *Five seconds become one point*, their median, lightly smoothed: the fast part of the error goes.
3. *Slower than anybody walks is standing.* Where the points stay within the radius that `SLOWEST_MPS` covers in half
   of 30 or 60 s, they stood still and become one point. Stays with nothing that counts as walking between are one.
4. *The steps between these are added*, each less what the error adds to it on average: an error with variance v per
   axis makes a step of length d longer by about v/2d (the part across the step). The receiver shows v itself: it is
   what the same steps measure while standing. Where v is large, steps of 10 or 20 s are taken instead.

Sources: people of 20 to 79 years walk comfortably at 1.27–1.46 m/s (Bohannon 1997, Age and Ageing 26:15–19); who walks
slower than 0.4 m/s does so indoors only, up to 0.8 m/s on short ways near home (Perry et al. 1995, Stroke 26:982–989);
people run at 2–5 m/s, hardly anybody at 7 m/s for more than some hundred metres. Receivers in the open err by 5 m
(phones: van Diggelen and Enge, ION GNSS+ 2015) to 9 m (95 %, GPS SPS Performance Standard 2008), between houses more:
`NOISE_M` is a standard deviation of 6 m per axis. The drift is taken from nowhere but measured in the track itself.
Nothing was fitted to a recorded track: `tests/unit/test_track.py` tries seeded walks with errors of 2–8 m. Of 200 such
walks 98 % came within 7 % of the truth (median 2.9 %, on average 2.2 % too short: corners are cut near stays); with
errors of up to 6 m all did, with 8 m the worst was 10.7 % too long.
"""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float, float]
"""Seconds, metres east, metres north."""

FASTEST_MPS = 7.0
SLOWEST_MPS = 0.5
NOISE_M = 6.0
LEAP_M = 3 * math.sqrt(2) * NOISE_M
"""How far apart two points of one place may lie: three standard deviations of a difference."""
REACH_S = 30.0
"""The longest run of leaps that is bridged, unless the points are further apart than that."""
BIN_S = 5.0
STAND_S = (30.0, 60.0)
USUAL_MPS = 1.3
STEPS = (1, 2, 4)
SHARE = 0.25
"""A step is long enough when its error is at most this share of what one usually walks in the time."""
CORE = 0.6
"""The part of a stay's radius that is surely standing; further out, at its ends, people come and go."""


@dataclass(frozen=True)
class Stand:
    """Bins `first` to `last` stood still round (x, y)."""

    first: int
    last: int
    x: float
    y: float


def _reachable(a: Point, b: Point) -> bool:
    return math.hypot(b[1] - a[1], b[2] - a[2]) <= FASTEST_MPS * (b[0] - a[0]) + LEAP_M


def _longest_row(points: Sequence[Point], among: Sequence[int], reach: float) -> list[int]:
    """The most of `among` (places in `points`, in order) that can follow each other on foot."""
    best, before, top = [1] * len(among), [-1] * len(among), 0
    for k, place in enumerate(among):
        here = points[place]
        for j in range(k - 1, -1, -1):
            if here[0] - points[among[j]][0] > reach:
                break
            if best[j] >= best[k] and _reachable(points[among[j]], here):
                best[k], before[k] = best[j] + 1, j
                if best[j] == top:
                    break
        top = max(top, best[k])
    at, row = max(range(len(among)), key=best.__getitem__), []
    while at >= 0:
        row.append(among[at])
        at = before[at]
    return row[::-1]


def rows(points: Sequence[Point], usual: float = 1.0) -> list[list[int]]:
    """The places of the points that are no leaps, as unbroken rows in order of time.

    `usual` seconds lie between two points. The longest row is kept, and before and after it those that last longer than
    what is bridged: shorter ones are leaps.
    """
    reach = max(REACH_S, 3 * usual)
    found: list[list[int]] = []
    open_ = [list(range(len(points)))] if points else []
    while open_:
        among = open_.pop()
        row = _longest_row(points, among, reach)
        lasting = points[row[-1]][0] - points[row[0]][0] > reach
        if lasting or not found:
            found.append(row)
        if lasting:
            sides = [k for k in among if k < row[0]], [k for k in among if k > row[-1]]
            open_ += [side for side in sides if side]
    return sorted(found)


def bins(points: Sequence[Point]) -> list[Point]:
    """One point for each `BIN_S`: the medians of time, east and north. The first and the last point stay."""
    if len(points) < 3:
        return list(points)
    groups: list[list[Point]] = []
    for point in points[1:-1]:
        if not groups or point[0] - groups[-1][0][0] >= BIN_S - 1e-6:
            groups.append([])
        groups[-1].append(point)
    inner = [(_median(g, 0), _median(g, 1), _median(g, 2)) for g in groups]
    return [points[0], *inner, points[-1]]


def _median(points: Sequence[Point], axis: int) -> float:
    return statistics.median([point[axis] for point in points])


def smoothed(line: Sequence[Point]) -> list[Point]:
    """Each inner point moved halfway towards the middle of its neighbours; the ends stay."""
    inner = [
        (b[0], (a[1] + 2 * b[1] + c[1]) / 4, (a[2] + 2 * b[2] + c[2]) / 4)
        for a, b, c in zip(line, line[1:], line[2:], strict=False)
    ]
    return [line[0], *inner, line[-1]] if len(line) > 2 else list(line)


def _stays_within(line: Sequence[Point], first: int, radius: float) -> int:
    """The last bin that, like all from `first` on, lies within `radius` of the mean of those before it."""
    x, y, last = line[first][1], line[first][2], first
    for k in range(first + 1, len(line)):
        count = k - first
        if math.hypot(line[k][1] - x / count, line[k][2] - y / count) > radius:
            break
        x, y, last = x + line[k][1], y + line[k][2], k
    return last


def _slow_spans(line: Sequence[Point]) -> list[tuple[int, int, float]]:
    found = []
    for seconds in STAND_S:
        radius, first = SLOWEST_MPS * seconds / 2, 0
        while first < len(line):
            last = _stays_within(line, first, radius)
            x, y = _centre(line, first, last)
            slow = line[last][0] - line[first][0] >= seconds
            if slow and all(math.hypot(p[1] - x, p[2] - y) <= 1.2 * radius for p in line[first : last + 1]):
                found.append((first, last, radius))
                first = last
            first += 1
    return sorted(found)


def _centre(line: Sequence[Point], first: int, last: int) -> tuple[float, float]:
    part = line[first : last + 1]
    return sum(p[1] for p in part) / len(part), sum(p[2] for p in part) / len(part)


def _core(line: Sequence[Point], first: int, last: int, radius: float) -> Stand:
    """The stay without its ends, where people come and go."""
    x, y = _median(line[first : last + 1], 1), _median(line[first : last + 1], 2)
    while first < last and math.hypot(line[first][1] - x, line[first][2] - y) > CORE * radius:
        first += 1
    while first < last and math.hypot(line[last][1] - x, line[last][2] - y) > CORE * radius:
        last -= 1
    return Stand(first, last, *_centre(line, first, last))


def _same_place(line: Sequence[Point], a: Stand, b: Stand) -> bool:
    """Whether nobody can be said to have walked between two stays."""
    seconds = line[b.first][0] - line[a.last][0]
    far = SLOWEST_MPS * STAND_S[-1]
    near = math.hypot(b.x - a.x, b.y - a.y) < min(far, SLOWEST_MPS * seconds)
    return near and all(math.hypot(p[1] - a.x, p[2] - a.y) < far for p in line[a.last : b.first + 1])


def _joined(spans: Sequence[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    joined: list[tuple[int, int, float]] = []
    for span in spans:
        if joined and span[0] <= joined[-1][1]:
            before = joined.pop()
            joined.append((before[0], max(before[1], span[1]), max(before[2], span[2])))
        else:
            joined.append(span)
    return joined


def stands(line: Sequence[Point]) -> list[Stand]:
    """Where a line of bins stood still, in order, not overlapping."""
    found: list[Stand] = []
    for span in _joined(_slow_spans(line)):
        stand = _core(line, *span)
        if found and _same_place(line, found[-1], stand):
            before = found.pop()
            stand = Stand(before.first, stand.last, *_mean(before, stand))
        found.append(stand)
    return found


def _mean(a: Stand, b: Stand) -> tuple[float, float]:
    m, n = a.last - a.first + 1, b.last - b.first + 1
    return (a.x * m + b.x * n) / (m + n), (a.y * m + b.y * n) / (m + n)


def _every(line: Sequence[Point], nth: int) -> list[Point]:
    """Each `nth` point of a line, and its last."""
    return [*line[:-1:nth], *line[-1:]]


def shaking(line: Sequence[Point], stood: Sequence[Stand], nth: int) -> list[float]:
    """Squares, per axis, of the steps over `nth` points that a smoothed line takes while standing: samples of the
    variance of a step's error."""
    return [
        ((b[1] - a[1]) ** 2 + (b[2] - a[2]) ** 2) / 2
        for stand in stood
        for a, b in zip(line[stand.first : stand.last + 1], line[stand.first + nth : stand.last + 1], strict=False)
    ]


def drawn(line: Sequence[Point], stood: Sequence[Stand]) -> list[list[Point]]:
    """A smoothed line with each stay as one point: the stretches of walking between stays and ends, those included."""
    stretches, k = [], 0
    lead: list[Point] = []
    for stand in stood:
        stretches.append([*lead, *line[k : stand.first], (line[stand.first][0], stand.x, stand.y)])
        lead, k = [(line[stand.last][0], stand.x, stand.y)], stand.last + 1
    return [*stretches, [*lead, *line[k:]]]


def length(stretches: Sequence[Sequence[Point]], nth: int, variance: float) -> float:
    """Metres walked along stretches in steps over `nth` points, each less what an error of this variance adds to it."""
    total = 0.0
    for stretch in stretches:
        for a, b in pairwise(_every(stretch, nth)):
            step = math.hypot(b[1] - a[1], b[2] - a[2])
            total += max(0.0, step - variance / (2 * step)) if step else 0.0
    return total


@dataclass(frozen=True)
class Calm:
    """An unbroken line of points, calmed: its stays, its smoothed points, and the stretches of walking between."""

    stood: list[Stand]
    line: list[Point]
    stretches: list[list[Point]]


def calmed(points: Sequence[Point]) -> Calm:
    """What can be seen in an unbroken row of points without leaps."""
    raw = bins(points)
    stood, line = stands(raw), smoothed(raw)
    return Calm(stood, line, drawn(line, stood))


def walked(lines: Sequence[Calm]) -> float:
    """Metres walked along lines of one receiver, in the shortest steps that its error allows."""
    stretches = [stretch for calm in lines for stretch in calm.stretches]
    for nth in STEPS:
        samples = [each for calm in lines for each in shaking(calm.line, calm.stood, nth)]
        variance = statistics.fmean(samples) if samples else 0.0
        if variance <= (SHARE * nth * BIN_S * USUAL_MPS) ** 2:
            break
    return length(stretches, nth, variance)
