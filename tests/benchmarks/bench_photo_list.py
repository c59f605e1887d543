"""1 000 photos in a walk: the page that shows them opens at once, and their thumbnails do not fill the memory.

Measured in a process of its own, with a real window. *Opens* is from the call until the page has been painted with the
thumbnails that can be seen. *Memory* is the most that process ever had, after the whole list was scrolled through to
its end and back. The photos are alike in size to those an import makes: 504 pixels, some 40 kB.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops

from app.commands.drafts import new_record
from app.commands.photos import photo_id
from app.commands.stops import add_stop
from app.commands.walks import new_walk
from app.domain.change import Draft
from app.domain.records import Photo
from app.domain.values import Position, PositionSource, TakenAtSource
from app.session import Session
from tests.benchmarks.protocol import Benchmark, Outcome, quartiles

ROOT = Path(__file__).resolve().parents[2]
PHOTOS, STOPS, AT_ONCE = 1_000, 12, 100
RUNS = 5
MEASURING = Path(__file__).with_name("photo_list.py")
BEGIN = datetime(2026, 10, 23, 16, 5, tzinfo=UTC)


def _thumbs() -> list[bytes]:
    """Thumbnails that are as hard to decode as photos at dusk; each is used with another ending, so all are different
    files."""
    found = []
    for number in range(20):
        noise = Image.effect_noise((504, 378), 40 + number)
        large = Image.effect_noise((32, 24), 90).resize((504, 378), Image.Resampling.BICUBIC)
        out = BytesIO()
        Image.merge("RGB", (ImageChops.add(noise, large, 2), large, noise)).save(out, "JPEG", quality=78)
        found.append(out.getvalue())
    return found


def _drafts(session: Session, walk: str, stops: list[str], number: int, thumbs: list[bytes]) -> list[Draft]:
    thumb = session.blobs.put(thumbs[number % len(thumbs)] + number.to_bytes(4, "big"))
    original = session.blobs.put(f"original {number}".encode())
    position = Position(60.166 + number / 125_000, 24.938 + number / 80_000)
    values = {
        "original": original,
        "report": session.blobs.put(f"report {number}".encode()),
        "thumb": thumb,
        "name": f"IMG_{number:04d}.JPG",
        "format": "JPEG",
        "width": 4032,
        "height": 3024,
        "taken_at": BEGIN + timedelta(seconds=5 * number),
        "taken_at_source": TakenAtSource.OFFSET,
        "position": position,
        "position_source": PositionSource.EXIF,
        "stop": stops[number * STOPS // PHOTOS],
        "camera": "Apple iPhone 15",
    }
    return new_record(session, Photo, photo_id(walk, original), values)


def fill(home: Path) -> str:
    """A home with a walk of 1 000 photos; the walk's id."""
    session = Session(home)
    walk = new_walk(session, {"title": "Tusen foton", "zone": "Europe/Helsinki"})
    stops = [
        add_stop(session, walk, {"name": f"Plats {k + 1}", "position": Position(60.166 + k / 1000, 24.94)})
        for k in range(STOPS)
    ]
    thumbs = _thumbs()
    for start in range(0, PHOTOS, AT_ONCE):
        drafts = [_drafts(session, walk, stops, number, thumbs) for number in range(start, start + AT_ONCE)]
        session.write(walk, [draft for each in drafts for draft in each])
    session.close()
    return walk


def _costs() -> list[tuple[float, int]]:
    with tempfile.TemporaryDirectory(prefix="gatljus-") as folder:
        walk = fill(Path(folder) / "home")
        said = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
        command = [sys.executable, str(MEASURING), str(Path(folder) / "home"), walk]
        runs = [subprocess.run(command, env=said, capture_output=True, text=True, check=True) for _ in range(RUNS)]
        return [tuple(json.loads(each.stdout)) for each in runs]


class Lists:
    """The runs, made once for both benchmarks."""

    def __init__(self) -> None:
        self._found: list[tuple[float, int]] = []

    @property
    def costs(self) -> list[tuple[float, int]]:
        """Seconds and bytes, run by run."""
        self._found = self._found or _costs()
        return self._found

    def opens(self) -> Outcome:
        """How long the list takes to open."""
        lower, middle, upper = quartiles([spent for spent, _most in self.costs])
        return Outcome(middle, lower, upper)

    def memory(self) -> Outcome:
        """The most memory."""
        lower, middle, upper = quartiles([most / 1e6 for _spent, most in self.costs])
        return Outcome(middle, lower, upper)


def benchmarks() -> Iterable[Benchmark]:
    """Time and memory."""
    lists = Lists()
    yield Benchmark(f"list of {PHOTOS} photos opens, thumbnails painted", "limit", 1.0, lists.opens, "s")
    if sys.platform != "win32":
        yield Benchmark(f"memory with {PHOTOS} photos, scrolled to the end", "limit", 500, lists.memory, "MB")
