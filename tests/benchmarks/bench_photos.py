"""Importing photos against what no import can do without.

*Ours* is a whole import of a set of photos of 12 megapixels with two warm workers: found out, placed, original, copy
for the protocol and thumbnail kept with fsync, one transaction each. *The floor* is, in two warm processes likewise and
for the same files: read, SHA-256, decode at half scale, encode, write the original's bytes and the copy; no metadata,
no turning, no thumbnail, no fsync, no record.
"""

import hashlib
import multiprocessing
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from multiprocessing.pool import Pool as Processes
from pathlib import Path

from PIL import Image, ImageChops

from app.commands import photos, walks
from app.domain.placing import place
from app.domain.records import Photo, SafetyWalk
from app.photos.exif import taken
from app.photos.pool import Pool, Prepared
from app.session import Session
from tests.benchmarks.protocol import Benchmark, Outcome, Pairs, seconds

SIZE = 4032, 3024
SET = 8
"""Photos in one import: an even number for two workers, and few against the hundred of a card."""
PAIRS = 30


def picture() -> Image.Image:
    """Something as hard to decode as a photo by a telephone: large shapes, small ones and the noise of dusk."""
    layers = [
        Image.effect_noise((SIZE[0] // part, SIZE[1] // part), spread).resize(SIZE, Image.Resampling.BICUBIC)
        for part, spread in ((16, 90), (3, 60), (1, 14), (40, 40), (40, 40))
    ]
    light = ImageChops.add(ImageChops.add(layers[0], layers[1], 2), layers[2], 1.5)
    return Image.merge("YCbCr", (light, *layers[3:])).convert("RGB")


def _exif(number: int) -> Image.Exif:
    """As a telephone writes it; every other picture is held upright."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Fairphone", "FP5", (1, 6)[number % 2]
    details, gps = exif.get_ifd(0x8769), exif.get_ifd(0x8825)
    details[0x9003] = f"2026:10:23 {18 + number // 3600 % 6}:{number // 60 % 60:02d}:{number % 60:02d}"
    details[0x9011] = "+02:00"
    gps.update({1: "N", 2: (59.0, 8.0, 30.0 + number % 20), 3: "E", 4: (18.0, 7.0, 12.0)})
    return exif


def card(folder: Path, shot: Image.Image, first: int) -> list[Path]:
    """A folder with one set of photos that nobody has imported yet."""
    folder.mkdir()
    found = [folder / f"IMG_{number:05d}.jpg" for number in range(first, first + SET)]
    for number, path in enumerate(found, first):
        shot.save(path, "JPEG", quality=85, exif=_exif(number))
    return found


def import_all(session: Session, walk: SafetyWalk, pool: Pool, paths: Sequence[Path]) -> None:
    """Import as the program does, with workers that are already there."""
    action = None
    for found in pool.run(paths):
        assert isinstance(found, Prepared) and found.thumb
        photo = photos.photo_id(walk.id, found.sha256)
        assert not session.read(Photo, {"id": photo}) and not session.history(Photo.KIND, photo)
        said, placing = taken(found.facts, walk.zone), place(found.facts.position, found.facts.accuracy_m, None, {})
        _id, made_in = photos.add_photo(session, walk.id, found, said, placing, {}, action)
        action = action or made_in


def floor(path: Path) -> None:
    """The least that must be done with one photo."""
    data = path.read_bytes()
    name = hashlib.sha256(data).hexdigest()
    shot = Image.open(BytesIO(data))
    shot.draft(None, (SIZE[0] // 2, SIZE[1] // 2))
    out = BytesIO()
    shot.save(out, "JPEG", quality=80)
    path.with_name(name).write_bytes(data)
    path.with_name(f"{name}.report").write_bytes(out.getvalue())


def _remove(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()


class Imports:
    """A home, and two processes on each side."""

    def __init__(self, folder: Path, pool: Pool, processes: Processes) -> None:
        self.folder, self.pool, self.processes = folder, pool, processes
        self.session = Session(folder / "home")
        walk = walks.new_walk(self.session, {"title": "Vandring"})
        (self.walk,) = self.session.read(SafetyWalk, {"id": walk})

    def pair(self, number: int, shot: Image.Image) -> tuple[float, float]:
        """Seconds of both sides over the same new files."""
        paths = card(self.folder / "card", shot, number * SET)
        sides = (
            lambda: import_all(self.session, self.walk, self.pool, paths),
            lambda: self.processes.map(floor, paths, chunksize=1),
        )
        spent = {side: seconds(sides[side]) for side in ((0, 1) if number % 2 else (1, 0))}
        _remove(self.folder / "card")
        return spent[0], spent[1]


@contextmanager
def _imports() -> Iterator[Imports]:
    with (
        tempfile.TemporaryDirectory(prefix="gatljus-") as folder,
        Pool() as pool,
        multiprocessing.get_context("spawn").Pool(2) as processes,
    ):
        yield Imports(Path(folder), pool, processes)


def ingest() -> Outcome:
    """The median ratio; absolute figures are those of one photo."""
    shot = picture()
    with _imports() as imports:
        imports.pair(0, shot)
        found = [imports.pair(number, shot) for number in range(1, PAIRS + 1)]
    return Pairs(tuple(ours / SET for ours, _ in found), tuple(bare / SET for _, bare in found)).ratio()


def benchmarks() -> Iterable[Benchmark]:
    """One."""
    return [Benchmark("photo of 12 megapixels imported / decoded, encoded, hashed, written", "ratio", 1.5, ingest)]
