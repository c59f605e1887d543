"""Copying to a folder, against `rclone` with the same files to the same disk; a device that joins many others; a log of
a million changes.

rclone neither makes durable what it writes nor reads it back; ours does both. Where it is not installed the two
comparisons are left out, and that is said.
"""

import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path

from app.base.job import finish
from app.commands import observations, walks
from app.commands.drafts import new_record
from app.commands.photos import photo_id
from app.domain.records import Photo, Stop
from app.jobs.sync import meet
from app.session import Session
from app.sync.targets.folder import FolderTarget
from tests.benchmarks.material import home
from tests.benchmarks.protocol import Benchmark, Outcome, Pairs, in_words, interleaved, seconds, timed
from tests.whole.program import Gatljus

PHOTOS, PHOTO_BYTES, BATCHES = 300, 4_000_000, 50
RUNS = 5
DEVICES, EACH = 30, 300
MEGABYTE = 1_000_000
MOST_MEMORY_MB = 300


class Card:
    """A home with 300 photos of 4 MB and 50 batches, and the same files in a folder for rclone."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._turn = folder, 0

    @cached_property
    def _session(self) -> Session:
        session = Session(self._folder / "home")
        self._walk = walks.new_walk(session, {"title": "Många foton"})
        for number in range(PHOTOS):
            original = session.blobs.put(random.Random(number).randbytes(PHOTO_BYTES))
            session.write(
                self._walk, new_record(session, Photo, photo_id(self._walk, original), {"original": original})
            )
            if number % (PHOTOS // BATCHES) == 0:
                session.log.freeze(self._walk)
        self._meet(self._folder / "source", session)
        return session

    def _meet(self, place: Path, session: Session) -> None:
        place.mkdir(exist_ok=True)
        report = finish(meet(session, FolderTarget(place, session.home), self._walk))
        assert report.copied, report.problems

    def _rclone(self, to: Path) -> None:
        subprocess.run(["rclone", "copy", str(self._folder / "source"), str(to)], check=True, capture_output=True)

    def _new(self, name: str) -> Path:
        """A folder that was not there; the one before it goes, outside what is measured."""
        shutil.rmtree(self._folder / f"{name}{self._turn}", ignore_errors=True)
        self._turn += 1
        return self._folder / f"{name}{self._turn}"

    def first(self) -> Outcome:
        """Everything goes to an empty folder."""
        session = self._session
        ours: list[float] = []
        theirs: list[float] = []
        for run in range(RUNS):
            places = self._new("ours"), self._new("rclone")
            sides = ((ours, partial(self._meet, places[0], session)), (theirs, partial(self._rclone, places[1])))
            for into, work in sides if run % 2 == 0 else reversed(sides):
                into.append(seconds(work))
            for place in places:
                shutil.rmtree(place, ignore_errors=True)
        outcome = Pairs(tuple(ours), tuple(theirs)).ratio()
        rate = PHOTOS * PHOTO_BYTES / MEGABYTE / sorted(ours)[RUNS // 2]
        return replace(outcome, shown=f"{outcome.shown}; {rate:.0f} MB/s, durable and read back")

    def again(self) -> Outcome:
        """Nothing has changed. What rclone takes beyond its own start cannot be told from nothing with so few files,
        so its whole run is the peer, and its start is told beside."""
        session, place, other = self._session, self._folder / "stick", self._folder / "stick of rclone"
        self._meet(place, session)
        self._rclone(other)
        pairs = interleaved(lambda: self._meet(place, session), lambda: self._rclone(other), 20)
        start = timed(lambda: subprocess.run(["rclone", "version"], capture_output=True), 20)
        outcome = pairs.ratio()
        return replace(outcome, shown=f"{outcome.shown}; rclone's start alone {in_words(start.value)}")


class Joining:
    """A folder where 30 devices with 300 observations and thumbnails each have been."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _place(self) -> Path:
        place = self._folder / "place"
        place.mkdir()
        first = Session(self._folder / "device0")
        self.walk = walks.new_walk(first, {"title": "Trettio plattor"})
        for number in range(DEVICES):
            session = first if number == 0 else Session(self._folder / f"device{number}")
            finish(meet(session, FolderTarget(place), self.walk))
            session.write(self.walk, new_record(session, Stop, session.new_id(), {"name": f"Stopp {number}"}))
            for seen in range(EACH):
                observations.observe(session, self.walk, {"text": f"Mörkt {number} {seen}", "category": "lighting"})
                thumb = session.blobs.put(random.Random(number * EACH + seen).randbytes(20_000))
                session.write(self.walk, new_record(session, Photo, photo_id(self.walk, thumb), {"thumb": thumb}))
            finish(meet(session, FolderTarget(place), self.walk))
            session.close()
        return place

    def joins(self) -> Outcome:
        """A new device takes everything in, as a program of its own."""
        place = self._place
        peaks: list[int] = []
        times: list[float] = []
        for turn in range(3):
            device = Gatljus(self._folder / f"new{turn}")
            times.append(seconds(partial(_note, peaks, device, "sync", str(place), "--all")))
        times.sort()
        shown = f"{max(peaks) / MEGABYTE:.0f} MB at the most; {DEVICES * EACH} observations and thumbnails"
        return Outcome(times[1], times[0], times[2], shown)


class Large:
    """Homes of ten thousand and of a million changes that go to a folder, and a device that takes them in."""

    def __init__(self, folder: Path, observations_: list[int]) -> None:
        self._folder, self._observations = folder, observations_

    def memory(self) -> Outcome:
        """The most memory of the program that sends and of the one that takes in, in MB."""
        session, _ = home(self._folder / "home", self._observations)
        ((held,),) = session.log.database.tables.execute("select count(*) from change").fetchall()
        scopes = session.log.scopes()
        session.close()
        place = self._folder / "place"
        place.mkdir()
        sender, taker = Gatljus(self._folder / "home"), Gatljus(self._folder / "taker")
        peaks: list[int] = []
        sent = sum(seconds(partial(_note, peaks, sender, "sync", str(place), "--walk", walk)) for walk in scopes)
        taken = seconds(partial(_note, peaks, taker, "sync", str(place), "--all"))
        most = max(peaks) / MEGABYTE
        return Outcome(most, most, most, f"{held} changes: sent in {in_words(sent)}, taken in in {in_words(taken)}")


def _note(peaks: list[int], device: Gatljus, *words: str) -> None:
    peaks.append(device.peak_of(*words))


def benchmarks() -> Iterator[Benchmark]:
    """Two ratios and three limits."""
    with tempfile.TemporaryDirectory(prefix="gatljus-") as name:
        folder = Path(name)
        if shutil.which("rclone"):
            card = Card(folder)
            yield Benchmark("first sync of 300 × 4 MB and 50 batches, against rclone", "ratio", 1.0, card.first)
            yield Benchmark("sync without change, against rclone's whole run", "ratio", 1.0, card.again)
        else:
            print("rclone is not installed: sync is not compared with it", flush=True)
        yield Benchmark("a device joins 30 × 300 observations", "limit", 60, Joining(folder).joins, "s")
        for word, walks_ in (("10 000", [680]), ("1 000 000", [4_800] * 16)):
            large = folder / word.replace(" ", "")
            large.mkdir()
            yield Benchmark(
                f"{word} changes sent and taken in: memory", "limit", MOST_MEMORY_MB, Large(large, walks_).memory, "MB"
            )
