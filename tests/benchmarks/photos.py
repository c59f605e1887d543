"""Preparing photos, against the least that must be done: half-scale decoding, two JPEGs, a hash, two files."""

import hashlib
import multiprocessing
import tempfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from PIL import Image

from app.photos.pool import WORKERS, Pool
from tests.benchmarks.protocol import Benchmark, Outcome, compare

PHOTO = Path(__file__).resolve().parents[1] / "data" / "photos" / "IMG_0412.jpg"
"""12 megapixels, 4032 × 3024."""
MANY = 24


def least(task: tuple[str, str]) -> None:
    """What no way of importing a photo can leave out."""
    path, out = task
    data = Path(path).read_bytes()
    hashlib.sha256(data).hexdigest()
    picture = Image.open(BytesIO(data))
    picture.draft(None, (picture.width // 2, picture.height // 2))
    picture.load()
    for name, copy, quality in (("report", picture, 80), ("thumb", picture.reduce(4), 78)):
        made = BytesIO()
        copy.save(made, "JPEG", quality=quality)
        Path(f"{out}.{name}").write_bytes(made.getvalue())


def _throughput() -> Outcome:
    with (
        tempfile.TemporaryDirectory() as folder,
        multiprocessing.get_context("spawn").Pool(WORKERS) as bare,
        Pool() as ours,
    ):
        tasks = [(str(PHOTO), f"{folder}/{number}") for number in range(MANY)]
        return compare(
            lambda: sum(1 for _ in ours.run([PHOTO] * MANY)), lambda: bare.map(least, tasks, chunksize=1), pairs=12
        )


def benchmarks() -> Iterable[Benchmark]:
    """One: the throughput of two warm workers."""
    yield Benchmark(
        f"{MANY} photos of 12 MP by two warm workers / the least that must be done", "ratio", 1.5, _throughput
    )
