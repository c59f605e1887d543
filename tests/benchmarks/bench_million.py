"""A log of a million changes: opening it, and making everything that follows from it anew."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from app.session import Session
from tests.benchmarks.material import home
from tests.benchmarks.protocol import Benchmark, Outcome, in_words, timed

WALKS, OBSERVATIONS = 16, 4_800
CHANGES = 1_000_000
TIMES = 3


class Million:
    """A home with a million changes, made when first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _session(self) -> Session:
        session, _ = home(self._folder / "home", [OBSERVATIONS] * WALKS)
        ((held,),) = session.log.database.tables.execute("select count(*) from change").fetchall()
        assert held >= CHANGES, held
        return session

    def opened(self) -> Outcome:
        """The program from its start until it has listed the walks."""
        command = [sys.executable, "-m", "app.cli", "--home", str(self._session.home), "walk", "list"]

        def run() -> None:
            said = subprocess.run(command, check=True, capture_output=True, text=True)
            assert len(said.stdout.splitlines()) >= WALKS, said.stdout

        return timed(run, 10)

    def rebuilt(self) -> Outcome:
        """Cells, hidden records, search and what waits to be sent, from the log alone."""
        before = time.process_time()
        outcome = timed(self._session.log.rebuild, TIMES)
        spent = (time.process_time() - before) / TIMES
        return replace(outcome, shown=f"{in_words(spent)} of processor time")


def benchmarks() -> Iterator[Benchmark]:
    """Two limits."""
    with tempfile.TemporaryDirectory(prefix="gatljus-") as folder:
        million = Million(Path(folder))
        yield Benchmark("1 000 000 changes: program started, walks listed", "limit", 2, million.opened, "s")
        yield Benchmark("1 000 000 changes: rebuilt", "limit", 15, million.rebuilt, "s")
