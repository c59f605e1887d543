"""A device of the fuzz: a real home, what lies in its files, and what has befallen it."""

import os
import random
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from app.base.job import finish
from app.jobs.restore import restore
from app.session import Session
from tests.fuzz.model import Row
from tests.fuzz.places import is_whole
from tests.homes import Clock


class Tablet:
    """The device `name` in a folder, on a machine, with a clock that may be wrong. `ever` are the stamps, per walk, and
    the blobs that it has ever held."""

    def __init__(self, folder: Path, name: str, machine: str, ahead: timedelta, seed: str) -> None:
        self.folder, self.name, self.machine = folder, name, machine
        self.clock = Clock(ahead)
        self._chance = random.Random(seed)
        self.session = self._opened()
        self.images: list[Path] = []

    def _opened(self) -> Session:
        self.stand()
        return Session(self.folder, clock=self.clock, chance=self._random)

    def _random(self, count: int) -> str:
        return self._chance.randbytes(count).hex()

    def stand(self) -> None:
        """From now on what is done is done on this tablet's machine."""
        os.environ["GATLJUS_MACHINE"] = self.machine

    def reopen(self) -> None:
        """Begin again, as after a kill."""
        self.session.leave()
        self.session = self._opened()

    def copy(self, folder: Path) -> None:
        """Copy the whole home as it lies."""
        self.session.leave()
        shutil.copytree(self.folder, folder)
        self.session = self._opened()

    def take_image(self) -> None:
        """Keep an image of the disk."""
        self.images.append(self.folder.with_name(f"{self.folder.name}-image{len(self.images)}"))
        self.copy(self.images[-1])

    def put_image_back(self, image: Path) -> None:
        """Put an image of the disk back: the same machine, the same path, an older home."""
        self.session.leave()
        shutil.rmtree(self.folder)
        shutil.copytree(image, self.folder)
        self.session = self._opened()

    def restore(self, backup: Path) -> None:
        """Read a backup of the database back."""
        self.session.leave()
        self.stand()
        finish(restore(self.folder, backup, clock=self.clock, chance=self._random))
        self.session = self._opened()

    def rows(self, walk: str) -> list[Row]:
        """Every change of a walk as it lies in the file, in the order of its stamps."""
        query = "select stamp, device, seq, kind, record, field, value from change where scope = ? order by stamp"
        with closing(sqlite3.connect(self.folder / "gatljus.db")) as file:
            return [Row(*row) for row in file.execute(query, [walk])]

    def stamps(self, walk: str) -> set[str]:
        """The stamps of every change of a walk as it lies in the file."""
        with closing(sqlite3.connect(self.folder / "gatljus.db")) as file:
            return {row[0] for row in file.execute("select stamp from change where scope = ?", [walk])}

    def blobs(self) -> set[str]:
        """The blobs that lie whole here."""
        files = (each for each in (self.folder / "blobs").rglob("*") if each.is_file() and len(each.name) == 64)
        return {each.name for each in files if is_whole(each.name, each.read_bytes())}
