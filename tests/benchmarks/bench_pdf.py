"""Making the protocol: composed, set and written in a process of its own, as the command line does.

The time is that of the whole job, with bringing in the libraries that make pages; the memory is the most that the
process ever had, interpreter and all. Run as a module with HOME WALK FILE it makes one protocol and says what it cost.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops

from app.base.job import finish
from app.commands import measures, photos
from app.domain.placing import Placing
from app.domain.records import Observation, SafetyWalk
from app.domain.values import Position, PositionSource, TakenAtSource
from app.jobs.protocol import make_protocol
from app.photos.exif import Facts, Taken
from app.photos.intake import Format
from app.photos.pool import Prepared
from app.session import Session
from tests.benchmarks.bench_photos import SIZE, picture
from tests.benchmarks.material import home
from tests.benchmarks.protocol import Benchmark, Outcome, Pairs, in_words, quartiles

if sys.platform != "win32":
    import resource

ROOT = Path(__file__).resolve().parents[2]
MODULE = "tests.benchmarks.bench_pdf"
TIMES, PAIRS = 10, 3
PHOTOS = 2
"""Photos that each observation has."""


def _jpeg(shot: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    shot.save(out, "JPEG", quality=quality)
    return out.getvalue()


def add_photos(session: Session, walk: str, folder: Path) -> None:
    """Two photos for every observation, all different, in the sizes an import makes; the originals are stand-ins. Half
    of the observations get a measure."""
    report = picture().reduce(2)
    for number, each in enumerate(session.read(Observation, {"scope": walk}, order=("observed_at",))):
        if number % 2:
            measures.add_measure(session, walk, [each], {"cause": each.text, "priority": "B"})
        for side in range(PHOTOS):
            shot = ImageChops.offset(report, 37 * number, 53 * side + number)
            data = _jpeg(shot, 80)
            path = folder / f"IMG_{number:04d}_{side}.jpg"
            path.write_bytes(hashlib.sha256(data).digest())
            prepared = Prepared(
                path, hashlib.sha256(path.read_bytes()).hexdigest(), 32, Format.JPEG, Facts(), *SIZE, data,
                _jpeg(shot.reduce(4), 78),
            )  # fmt: skip
            assert isinstance(each.position, Position)
            placing = Placing(each.position, PositionSource.EXIF, each.stop)
            more = {"observation": each.id, "caption": each.text, "alt": f"Foto till {each.tag}"}
            taken = Taken(each.observed_at, TakenAtSource.OFFSET, None)
            photos.add_photo(session, walk, prepared, taken, placing, more, None)


@dataclass(frozen=True)
class Cost:
    """What one protocol cost: seconds, those of them that the processor worked, most bytes of memory (0 where the
    system does not tell), bytes of the file."""

    seconds: float
    worked: float
    memory: int
    size: int


class Walked:
    """A home with a walk of so many observations and twice as many photos."""

    def __init__(self, folder: Path, observations: int) -> None:
        folder.mkdir()
        self._folder = folder
        self._session, (self._walk,) = home(folder / "home", [observations])
        add_photos(self._session, self._walk, folder)

    def made(self) -> Cost:
        """Make its protocol."""
        file = self._folder / "protokoll.pdf"
        command = [sys.executable, "-m", MODULE, str(self._session.home), self._walk, str(file)]
        said = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
        spent, worked, memory = json.loads(said.stdout)
        return Cost(spent, worked, memory, file.stat().st_size)


class Protocols:
    """Both walks, made when first asked for, and what their protocols cost."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def small(self) -> Walked:
        """An ordinary walk."""
        return Walked(self._folder / "small", 40)

    @cached_property
    def _pairs(self) -> list[tuple[Cost, Cost]]:
        large, small = Walked(self._folder / "large", 300), self.small
        return [(large.made(), small.made()) for _ in range(PAIRS)]

    def time(self) -> Outcome:
        """Seconds of an ordinary protocol."""
        costs = [self.small.made() for _ in range(TIMES)]
        lower, middle, upper = quartiles([cost.seconds for cost in costs])
        return Outcome(
            middle, lower, upper, f"{in_words(costs[0].worked)} of processor time, {costs[0].size / 1e6:.0f} MB"
        )

    def growth(self) -> Outcome:
        """A large protocol against an ordinary one."""
        return Pairs(*(tuple(cost.seconds for cost in costs) for costs in zip(*self._pairs, strict=True))).ratio()

    def memory(self) -> Outcome:
        """The most memory against the size of a large file."""
        costs = [large for large, _ in self._pairs]
        lower, middle, upper = quartiles([cost.memory / cost.size for cost in costs])
        return Outcome(middle, lower, upper, f"{costs[0].memory / 1e6:.0f} MB / {costs[0].size / 1e6:.0f} MB")


def benchmarks() -> Iterator[Benchmark]:
    """Time, growth, memory."""
    with tempfile.TemporaryDirectory(prefix="gatljus-") as folder:
        protocols = Protocols(Path(folder))
        yield Benchmark("protocol of 40 observations and 80 photos", "limit", 3, protocols.time, "s")
        yield Benchmark("protocol of 300 and 600 / of 40 and 80", "ratio", 15, protocols.growth)
        yield Benchmark("memory at the most, 300 and 600 / the file's size", "ratio", 4.5, protocols.memory)


def _peak() -> int:
    if sys.platform == "win32":
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def main(folder: str, walk: str, file: str) -> None:
    """Make one protocol and print [seconds, seconds of processor time, bytes of memory]."""
    session = Session(Path(folder))
    (found,) = session.read(SafetyWalk, {"id": walk})
    started, worked = time.perf_counter(), time.process_time()
    finish(make_protocol(session, found, Path(file)))
    print(json.dumps([time.perf_counter() - started, time.process_time() - worked, _peak()]))


if __name__ == "__main__":
    main(*sys.argv[1:])
