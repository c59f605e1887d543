"""Real file systems of sticks, each in a file: FAT32 and exFAT by the kernel, else by a driver outside of it; and a
small disk in memory, to fill."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

MAKE = {"vfat": ("mkfs.vfat", "-F", "32"), "exfat": ("mkfs.exfat",)}
DRIVERS = {"vfat": "fusefat", "exfat": "mount.exfat-fuse"}
SIZE = 64 << 20


def _run(*words: str | Path) -> bool:
    """Whether a command went well."""
    return subprocess.run(words, capture_output=True).returncode == 0


@dataclass
class Stick:
    """A stick of a kind, whose content lies in `image`; it is in at `folder` or not. `by` is what reads it."""

    kind: str
    image: Path
    folder: Path
    loop: str = ""
    by: str = "kernel"

    def put_in(self, *, protected: bool = False) -> bool:
        """Mount it; whether that went well."""
        found = subprocess.run(["losetup", "--find", "--show", self.image], capture_output=True, text=True)
        self.loop = found.stdout.strip()
        how = "ro" if protected else "rw"
        if found.returncode == 0 and _run("mount", "-t", self.kind, "-o", how, self.loop, self.folder):
            return True
        self.by = DRIVERS[self.kind]
        if self.kind == "exfat":
            return found.returncode == 0 and _run(self.by, "-o", how, self.loop, self.folder)
        return _run(self.by, "-o", how.replace("rw", "rw+"), self.image, self.folder)

    def take_out(self, *, at_once: bool = False) -> None:
        """Unmount it; `at_once` also while somebody writes."""
        if os.path.ismount(self.folder):
            _run("umount", *(["--lazy"] if at_once else []), self.folder)
        if self.loop:
            _run("losetup", "--detach", self.loop)
            self.loop = ""


@contextmanager
def stick(kind: str, folder: Path) -> Iterator[Stick]:
    """An empty stick, which is in. Skips the test where this machine has no such file system."""
    image, mounted = folder / "image", folder / "sticka"
    mounted.mkdir()
    with image.open("wb") as made:
        made.truncate(SIZE)
    found = Stick(kind, image, mounted)
    try:
        if os.name == "nt" or not shutil.which(MAKE[kind][0]) or not _run(*MAKE[kind], image) or not found.put_in():
            pytest.skip(f"NOT TRIED on {kind}: needs root, {MAKE[kind][0]}, and the kernel's driver or {DRIVERS[kind]}")
        yield found
    finally:
        found.take_out(at_once=True)


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """An empty disk of so many bytes. Skips the test where this machine gives none."""
    mounted = folder / "liten"
    mounted.mkdir()
    try:
        if os.name == "nt" or not _run("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", mounted):
            pytest.skip("NOT TRIED on a small disk: mounting needs root")
        yield mounted
    finally:
        _run("umount", mounted)
