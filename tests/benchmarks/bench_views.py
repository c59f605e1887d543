"""Opening a walk, against fetching the same cells by one SELECT; and finding words in it.

*Ours* gives records: typed values, unknown ones told apart, hidden records left out. *Bare* gives rows of text.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from functools import cached_property, partial
from pathlib import Path

from app.domain.records import Observation
from tests.benchmarks.material import home
from tests.benchmarks.protocol import Benchmark, Outcome, compare, timed

CELLS = """select f.record, f.field, f.value from cell c
           join cell f on f.record = c.record and f.scope = c.scope and f.kind = c.kind
           where c.kind = 'observation' and c.field = 'created' and c.scope = ?"""
"""What anyone would write who knows the table: from the records of the walk to their fields."""

FIELDS = 11
"""Cells that an observation has at the least here."""


class Opened:
    """A walk of so many observations, and how both sides read it."""

    def __init__(self, folder: Path, sizes: list[int]) -> None:
        self.session, walks = home(folder, sizes)
        self.walk, self.size = walks[0], sizes[0]
        self._bare = sqlite3.connect(folder / "gatljus.db")
        assert len(self.bare()) >= FIELDS * self.size

    def ours(self) -> None:
        """Read it as the program does."""
        assert len(self.session.read(Observation, {"scope": self.walk})) == self.size

    def bare(self) -> list[tuple[str, str, str]]:
        """Fetch its cells."""
        return self._bare.execute(CELLS, [self.walk]).fetchall()


class Homes:
    """Homes of several sizes, made when first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def alone(self) -> Opened:
        """A walk of 5 000 and nothing else."""
        return Opened(self._folder / "alone", [5_000])

    @cached_property
    def among(self) -> Opened:
        """The same walk among 50 000 observations."""
        return Opened(self._folder / "among", [5_000] * 10)

    @cached_property
    def small(self) -> Opened:
        """A walk of 500."""
        return Opened(self._folder / "small", [500])

    @cached_property
    def large(self) -> Opened:
        """A walk of 50 000."""
        return Opened(self._folder / "large", [50_000])


def grown(homes: Homes) -> Outcome:
    """A walk of 50 000 against a hundred times one of 500."""
    small, large = homes.small, homes.large

    def hundred() -> None:
        for _ in range(large.size // small.size):
            small.ours()

    return compare(large.ours, hundred)


def found(homes: Homes, words: str, within: bool) -> Outcome:
    """Milliseconds of one search in all walks or in one."""
    session, scope = homes.among.session, homes.among.walk if within else None
    return timed(lambda: session.find(words, scope), per_second=1000)


def benchmarks() -> Iterator[Benchmark]:
    """Opening, growing, searching."""
    with tempfile.TemporaryDirectory(prefix="gatljus-") as folder:
        homes = Homes(Path(folder))
        walk = "walk of 5 000 observations opened"
        yield Benchmark(f"{walk} / bare SELECT, alone", "ratio", 4, lambda: compare(homes.alone.ours, homes.alone.bare))
        yield Benchmark(
            f"{walk} / bare SELECT, among 50 000", "ratio", 4, lambda: compare(homes.among.ours, homes.among.bare)
        )
        yield Benchmark(
            f"{walk}, among 50 000 / alone", "ratio", 1.3, lambda: compare(homes.among.ours, homes.alone.ours)
        )
        yield Benchmark("walk of 50 000 opened / 100 × walk of 500", "ratio", 1.2, partial(grown, homes))
        for label, words, within in (
            ("word in every tenth", "belysning", False),
            ("word in every tenth, one walk of ten", "belysning", True),
            ("word in few", "kanelbulle", False),
            ("two words", "häcken mopeder", False),
            ("word in none", "zeppelinare", False),
            ("two letters in none", "zq", False),
        ):
            run = partial(found, homes, words, within)
            yield Benchmark(f"search at 50 000 observations: {label}", "limit", 20, run, "ms")
