"""Places where devices meet, of every kind, and what befalls them: they fail, hide names, cut objects short, are
swapped, rolled back, emptied and half deleted."""

import gzip
import hashlib
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Protocol
from zipfile import ZipFile

from app.domain.ports import Target
from app.sync.targets.folder import FolderTarget
from app.sync.targets.parcel import ParcelTarget
from tests.contract.memory import MemoryTarget

Content = dict[str, bytes]


class Killed(BaseException):
    """The program was ended in the middle of what it did."""


class Place(Protocol):
    """A place: how the product opens it, and what really lies there."""

    def open(self, home: Path, /) -> Target:
        """The place as a device with this home meets it."""

    def read(self) -> Content:
        """What really lies there, by name."""

    def write(self, content: Content) -> None:
        """Let other things lie there instead."""


class InMemory:
    """A place in memory."""

    def __init__(self, folder: Path) -> None:
        # No folder can be made of its label.
        self._target = MemoryTarget(str(folder / "memory"))

    def open(self, _home: Path, /) -> Target:
        return self._target

    def read(self) -> Content:
        return dict(self._target.objects)

    def write(self, content: Content) -> None:
        self._target.objects = dict(content)


class InFolder:
    """A folder, as on a stick."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()

    def open(self, home: Path, /) -> Target:
        return FolderTarget(self._folder, home)

    def read(self) -> Content:
        found = (each for each in self._folder.rglob("*") if each.is_file())
        return {str(each.relative_to(self._folder)): each.read_bytes() for each in found}

    def write(self, content: Content) -> None:
        for each in self._folder.iterdir():
            shutil.rmtree(each)
        for name, data in content.items():
            (self._folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self._folder / name).write_bytes(data)


class InParcel:
    """A .zip that goes from hand to hand. It is no place: nobody remembers it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder.with_suffix(".zip")

    def open(self, _home: Path, /) -> Target:
        return ParcelTarget(self._path)

    def read(self) -> Content:
        if not self._path.exists():
            return {}
        with ZipFile(self._path) as packed:
            return {info.filename: packed.read(info) for info in packed.infolist()}

    def write(self, content: Content) -> None:
        self._path.unlink(missing_ok=True)
        if not content:
            return
        with ZipFile(self._path, "w") as packed:
            for name, data in content.items():
                packed.writestr(name, data)


PLACES: tuple[Callable[[Path], Place], ...] = (InMemory, InFolder, InParcel)


class Faulty:
    """A target of which three in ten requests fail, before or after they did what was asked, three in ten names are not
    listed yet, and one in ten objects is cut short on its way. At request `deadly` the program is killed."""

    def __init__(self, target: Target, dice: random.Random, deadly: int | None = None) -> None:
        self._target, self._dice, self._left = target, dice, deadly
        self.label, self.here = target.label, target.here

    def _fault(self) -> None:
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                raise Killed
        if self._dice.random() < 0.15:
            raise OSError(5, "Input/output error")

    def _cut(self, data: bytes) -> bytes:
        return data[: self._dice.randrange(len(data))] if data and self._dice.random() < 0.1 else data

    def list(self, prefix: str) -> dict[str, int]:
        return {name: size for name, size in self._target.list(prefix).items() if self._dice.random() > 0.3}

    def get(self, name: str) -> bytes:
        self._fault()
        data = self._target.get(name)
        self._fault()
        return self._cut(data)

    def put_new(self, name: str, data: bytes) -> None:
        if "/target-" in name:
            # A place that cannot be marked is not used at all.
            self._target.put_new(name, data)
            return
        self._fault()
        self._target.put_new(name, self._cut(data))
        self._fault()

    def repair(self, name: str, data: bytes) -> None:
        self._fault()
        self._target.repair(name, data)
        self._fault()

    def delete(self, name: str) -> None:
        self._fault()
        self._target.delete(name)
        self._fault()


def is_whole(name: str, data: bytes) -> bool:
    """Whether an object's bytes are those that its name says."""
    digest = hashlib.sha256(data).hexdigest()
    return any(part and digest.startswith(part) for part in name.rpartition("/")[2].split(".") if len(part) in (16, 64))


def stamps_in(content: Content, walk: str) -> set[str]:
    """The stamps of all changes of a walk that lie whole in a place, read without the product."""
    found = set[str]()
    for name, data in content.items():
        if name.startswith(f"gatljus1/{walk}/changes/") and name.endswith(".gz") and is_whole(name, data):
            found |= {json.loads(line)["stamp"] for line in gzip.decompress(data).splitlines()[1:]}
    return found


def blobs_in(content: Content) -> set[str]:
    """The blobs that lie whole in a place."""
    return {name.rpartition("/")[2] for name, data in content.items() if "/blobs/" in name and is_whole(name, data)}
