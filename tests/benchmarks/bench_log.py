"""From a tap to a change that is on the disk, against the least that a durable write can cost.

*Ours* is the whole command with 100 000 changes of one walk in the log: rules, tag, stamps, log, cells, search, commit.
*Bare* is one row inserted and committed by SQLite alone, on the same disk and with the same settings (WAL,
`synchronous=FULL`), in a table without indexes that holds as many rows of the same size.
"""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

from app.commands import observations, records
from app.domain.records import Observation
from app.storage.database import PRAGMAS
from tests.benchmarks.material import home
from tests.benchmarks.protocol import Benchmark, Outcome, Pairs, interleaved

OBSERVATIONS = 8_200
CHANGES = 100_000
PAIRS = 200


class Taps:
    """A home with 100 000 changes, and a bare table with as many rows."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _home(self) -> tuple[Callable[[], object], Callable[[], object]]:
        session, (walk,) = home(self._folder / "home", [OBSERVATIONS])
        ((held,),) = session.log.database.tables.execute("select count(*) from change").fetchall()
        assert held >= CHANGES, held
        shown = iter(session.read(Observation, {"scope": walk}, limit=4 * PAIRS))

        def note() -> None:
            observations.observe(session, walk, {"item": "A1"})

        def write_on() -> None:
            each = next(shown)
            records.set_fields(session, each, {"text": f"{each.text} Ingen vågar gå här efter åtta."})

        return note, write_on

    @cached_property
    def _bare(self) -> Callable[[], object]:
        bare = sqlite3.connect(self._folder / "bare.db", isolation_level=None)
        for pragma in ("pragma journal_mode=wal", *PRAGMAS):
            bare.execute(pragma)
        bare.execute("create table bare(id integer primary key, row text not null)")
        row = "Belysningen vid gångtunneln är släckt sedan flera veckor. " * 6
        bare.execute("begin")
        bare.executemany("insert into bare(row) values(?)", [(row,)] * CHANGES)
        bare.execute("commit")
        bare.execute("pragma wal_checkpoint(truncate)")
        return lambda: bare.execute("insert into bare(row) values(?)", [row])

    @cached_property
    def noted(self) -> Pairs:
        """A new observation: one tap on an item."""
        return interleaved(self._home[0], self._bare, PAIRS)

    @cached_property
    def changed(self) -> Pairs:
        """A text that is changed."""
        return interleaved(self._home[1], self._bare, PAIRS)


def middle(pairs: Callable[[], Pairs]) -> Callable[[], Outcome]:
    """The median ratio. Measured when it is called."""
    return lambda: pairs().ratio()


def slowest(pairs: Callable[[], Pairs]) -> Callable[[], Outcome]:
    """The ratio of the slowest twentieth of both sides."""
    return lambda: pairs().ratio_at(0.95)


def benchmarks() -> Iterator[Benchmark]:
    """Two kinds of tap: in the middle, and at their slowest."""
    with tempfile.TemporaryDirectory(prefix="gatljus-") as folder:
        taps = Taps(Path(folder))
        new, text = "new observation, 100 000 changes", "text changed, 100 000 changes"
        yield Benchmark(f"{new} / bare insert", "ratio", 2.5, middle(lambda: taps.noted))
        yield Benchmark(f"{new} / bare insert, p95", "ratio", 4, slowest(lambda: taps.noted))
        yield Benchmark(f"{text} / bare insert", "ratio", 2.5, middle(lambda: taps.changed))
        yield Benchmark(f"{text} / bare insert, p95", "ratio", 4, slowest(lambda: taps.changed))
