"""Every kind of target, the way to spoil an object in one, and what makes its content last."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.base.job import finish
from app.domain.ports import Target
from app.sync.targets.folder import FolderTarget
from app.sync.targets.parcel import ParcelTarget
from tests.contract.memory import MemoryTarget


@dataclass(frozen=True)
class Kind:
    """A kind of target. `make(folder)` gives one that lies in a folder, `lay(target, folder, name, data)` puts bytes
    there past it, as another program does, and returns the target as it is met then. A `place` is where devices
    meet."""

    make: Callable[[Path], Target]
    lay: Callable[[Target, Path, str, bytes], Target]
    place: bool = True


def settled(target: Target) -> None:
    """What was put lasts from now on."""
    if isinstance(target, ParcelTarget):
        finish(target.write())


def let_go(target: Target) -> None:
    """The target is not used any more; what was put and is not settled is dropped."""
    if isinstance(target, ParcelTarget):
        target.close()


def _lay_in_folder(target: Target, folder: Path, name: str, data: bytes) -> Target:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    return target


def _lay_in_memory(target: Target, _folder: Path, name: str, data: bytes) -> Target:
    assert isinstance(target, MemoryTarget)
    target.objects[name] = data
    return target


def _lay_in_parcel(target: Target, folder: Path, name: str, data: bytes) -> Target:
    assert isinstance(target, ParcelTarget)
    finish(target.write())
    target.close()
    path = folder / PARCEL
    with zipfile.ZipFile(path) as old:
        lying = {info.filename: old.read(info) for info in old.infolist()}
    with zipfile.ZipFile(path, "w") as new:
        for each, content in {**lying, name: data}.items():
            new.writestr(each, content)
    return ParcelTarget(path)


PARCEL = "paket.zip"
KINDS = {
    "folder": Kind(FolderTarget, _lay_in_folder),
    "memory": Kind(lambda _folder: MemoryTarget(), _lay_in_memory),
    "parcel": Kind(lambda folder: ParcelTarget(folder / PARCEL), _lay_in_parcel, place=False),
}
