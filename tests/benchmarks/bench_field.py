"""Walking with a receiver: presses and seconds of an observation, what the recording takes of the processor and of
memory, and from a line to a stored fix."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from app.commands.recording import begin_recording
from app.commands.walks import new_walk
from app.jobs.listening import Nmea
from app.places.nmea import read_nmea
from app.session import Session
from tests.benchmarks.protocol import Benchmark, Outcome, interleaved

LOG = Path(__file__).parents[1] / "data" / "tracks" / "short-walk.nmea"
NOW = datetime(2026, 10, 23, 17, 5, tzinfo=UTC)
PIECE, EACH = 512, 4
"""Bytes that come at once; so many fixes are written together, as while walking."""


def _recording(folder: Path, hours: float, speed: float) -> tuple[float, float, float]:
    code = Path(__file__).with_name("recording.py")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    home = tempfile.mkdtemp(dir=folder)
    command = [sys.executable, str(code), home, str(hours), str(speed)]
    done = subprocess.run(command, check=True, env=environment, capture_output=True, text=True)
    share, early, late = (float(part) for part in done.stdout.split()[-3:])
    return share, early, late


def processor(folder: Path) -> Outcome:
    """Over five real minutes, a fix each second."""
    share, _early, _late = _recording(folder, 300 / 3600, 1)
    return Outcome(100 * share, 100 * share, 100 * share, "of one processor, the window at the map")


def memory(folder: Path) -> Outcome:
    """Two hours, a hundred times as fast."""
    _share, early, late = _recording(folder, 2, 100)
    return Outcome(late / early, late / early, late / early, f"{early / 1e6:.0f} MB, then {late / 1e6:.0f} MB")


class Lines:
    """A log that is heard and stored, and the same log only read."""

    def __init__(self, folder: Path) -> None:
        self._session, self._data = Session(folder / "lines"), LOG.read_bytes()
        self._walk, self._number = new_walk(self._session, {"title": "Rader"}), count()

    def heard(self) -> None:
        """Heard in pieces and written every few fixes."""
        recording, language = begin_recording(self._session, self._walk, str(next(self._number))), Nmea(lambda: NOW)
        for at in range(0, len(self._data), PIECE):
            for fix in language.feed(self._data[at : at + PIECE]):
                recording.take(fix)
            if recording.waiting >= EACH:
                recording.write()
        recording.end()

    def read(self) -> None:
        """Read as a file."""
        read_nmea(self._data)


class Noting:
    """A scripted user notes what is seen, with a photo: presses and seconds, counted once."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._said = folder, list[float]()

    def _counted(self) -> tuple[float, list[float]]:
        if not self._said:
            code = Path(__file__).with_name("noting.py")
            environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1", "GATLJUS_LANG": "sv"}
            command = [sys.executable, str(code), str(self._folder)]
            done = subprocess.run(command, check=True, env=environment, capture_output=True, text=True)
            self._said = [float(part) for part in done.stdout.split()]
        return self._said[0], sorted(self._said[1:])

    def presses(self) -> Outcome:
        """How many for one."""
        presses, _seconds = self._counted()
        return Outcome(presses, presses, presses, "new, topic, what exactly, photo")

    def seconds(self) -> Outcome:
        """For one, with the time a person takes to look before each press."""
        _presses, seconds = self._counted()
        middle = seconds[len(seconds) // 2]
        return Outcome(middle, seconds[0], seconds[-1], "1.5 s before each press for looking")


def benchmarks() -> Iterator[Benchmark]:
    """Presses and seconds of an observation, processor, memory, lines."""
    with tempfile.TemporaryDirectory(prefix="gatljus-") as name:
        folder = Path(name)
        noting = Noting(folder / "noting")
        yield Benchmark("presses for an observation with a photo", "limit", 4, noting.presses, "presses")
        yield Benchmark("an observation with a photo, until it is stored", "limit", 15, noting.seconds, "s")
        yield Benchmark("processor while a walk is recorded, 5 minutes", "limit", 5, lambda: processor(folder), "%")
        title = "memory after two hours of recording / after ten minutes"
        yield Benchmark(title, "ratio", 1.3, lambda: memory(folder))
        lines = Lines(folder)
        pairs = lambda: interleaved(lines.heard, lines.read, 5).ratio()  # noqa: E731
        yield Benchmark("NMEA lines heard and stored durably / read as a file", "ratio", 20, pairs)
