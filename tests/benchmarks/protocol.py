"""What a benchmark is, and how two sides are measured fairly.

A module in this folder has a function `benchmarks() -> Iterable[Benchmark]`; `packaging/bench.py` finds and runs it.
Where something of ours is compared with the bare thing below it, both sides run interleaved in one process, so that
whatever else the machine does hits both, and the median of the pairs' ratios is judged, not a time.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Outcome:
    """What was measured: the value that is judged, its quartiles, and the absolute figures in words."""

    value: float
    lower: float
    upper: float
    shown: str = ""


@dataclass(frozen=True)
class Benchmark:
    """`kind` says what the value is: a `ratio` to the bare thing, or a `limit` in `unit`. Red above `most`."""

    name: str
    kind: Literal["ratio", "limit"]
    most: float
    run: Callable[[], Outcome]
    unit: str = "×"


@dataclass(frozen=True)
class Pairs:
    """Seconds of both sides, pair by pair: `ours[i]` and `bare[i]` were measured right after each other."""

    ours: tuple[float, ...]
    bare: tuple[float, ...]

    def ratio(self) -> Outcome:
        """The median of the pairs' ratios with quartiles."""
        ratios = [ours / bare for ours, bare in zip(self.ours, self.bare, strict=True)]
        lower, middle, upper = quartiles(ratios)
        shown = f"{in_words(statistics.median(self.ours))} / {in_words(statistics.median(self.bare))}"
        return Outcome(middle, lower, upper, shown)

    def ratio_at(self, share: float) -> Outcome:
        """The ratio of the two sides' quantile `share` (0.95: of the slowest twentieth). It has no quartiles."""
        ours, bare = quantile(self.ours, share), quantile(self.bare, share)
        return Outcome(ours / bare, ours / bare, ours / bare, f"{in_words(ours)} / {in_words(bare)}")


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def interleaved(ours: Callable[[], object], bare: Callable[[], object], pairs: int = 30) -> Pairs:
    """Measure both sides `pairs` times, in turn, each going first every other time. One pair before is not counted."""
    ours()
    bare()
    a: list[float] = []
    b: list[float] = []
    for index in range(pairs):
        sides = ((ours, a), (bare, b))
        for work, into in sides if index % 2 == 0 else reversed(sides):
            into.append(seconds(work))
    return Pairs(tuple(a), tuple(b))


def compare(ours: Callable[[], object], bare: Callable[[], object], pairs: int = 30) -> Outcome:
    """The median ratio of `ours` to `bare` over interleaved pairs, with quartiles."""
    return interleaved(ours, bare, pairs).ratio()


def timed(work: Callable[[], object], times: int = 30, *, per_second: float = 1.0) -> Outcome:
    """The median time of `work` with quartiles, in seconds × `per_second` (1000 for milliseconds)."""
    lower, middle, upper = quartiles([seconds(work) * per_second for _ in range(times)])
    return Outcome(middle, lower, upper)


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """Lower quartile, median, upper quartile; of one value three times that."""
    if len(values) == 1:
        return values[0], values[0], values[0]
    lower, middle, upper = statistics.quantiles(values, n=4, method="inclusive")
    return lower, middle, upper


def quantile(values: Sequence[float], share: float) -> float:
    """The value that `share` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def in_words(duration: float) -> str:
    """Seconds as `0.42 ms`, `7.3 s` …"""
    for size, unit in ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if duration >= size:
            return f"{duration / size:.3g} {unit}"
    return f"{duration / 1e-9:.3g} ns"
