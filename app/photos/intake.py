"""Finding the photos in folders and among files.

A file's content says what it is, never its name: mail programs name HEIC `.jpg`. The name counts for one thing only:
in a folder, a file that neither is a picture nor calls itself one is passed over in silence, while one that calls
itself one is handed on, to be refused with a reason.
"""

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path

HEAD = 64
"""Bytes from the beginning of a file that tell its format."""

SETTLED_S = 2.0
"""A file whose size and time have stood still this long is finished: cameras and copying programs write at least
once a second."""

_CALLED_PICTURES = re.compile(
    r"\.(jpe?g|jpe|mpo|png|webp|avif|heic|heif|hif|gif|bmp|tiff?|dng|cr[23]|nef|arw|orf|rw2|raf|mov|mp4)", re.IGNORECASE
)
_UNFINISHED = frozenset({".part", ".partial", ".tmp", ".crdownload", ".download"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"})


class Format(StrEnum):
    """What a photo is, by content. An MPO is a JPEG with more pictures behind the first."""

    JPEG = "JPEG"
    MPO = "MPO"
    PNG = "PNG"
    WEBP = "WEBP"
    AVIF = "AVIF"
    HEIC = "HEIC"


def _brand(head: bytes) -> Format | None:
    """The format of an ISO base media file (ISO 14496-12): its first box lists the brands it follows, major first."""
    length = int.from_bytes(head[:4], "big")
    named = head[8:12] + head[16 : max(16, min(length, HEAD))]
    brands = {named[at : at + 4] for at in range(0, len(named), 4)}
    if brands & _AVIF_BRANDS:
        return Format.AVIF
    return Format.HEIC if brands & _HEIC_BRANDS else None


def format_of(head: bytes) -> Format | None:
    """The format of a file that begins with `head` (at least `HEAD` bytes, or all); None if it is no photo we know.
    Says JPEG for an MPO, which only its decoder can tell apart."""
    if head.startswith(b"\xff\xd8\xff"):
        return Format.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Format.PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Format.WEBP
    return _brand(head) if head[4:8] == b"ftyp" else None


def _head(path: Path) -> bytes:
    try:
        with open(path, "rb") as source:
            return source.read(HEAD)
    except OSError:
        return b""


def _is_left_alone(name: str) -> bool:
    return name.startswith(".") or Path(name).suffix.lower() in _UNFINISHED


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as found:
        return sorted(found, key=lambda entry: entry.name)


def _within(entries: list[os.DirEntry[str]], closed: list[OSError]) -> Iterator[Path]:
    for entry in entries:
        path = Path(entry.path)
        if _is_left_alone(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            try:
                below = _entries(path)
            except OSError as error:
                closed.append(error)
                continue
            yield from _within(below, closed)
        elif entry.is_file() and (_CALLED_PICTURES.fullmatch(path.suffix) or format_of(_head(path))):
            yield path


def photos_in(paths: Iterable[Path], closed: list[OSError] | None = None) -> Iterator[Path]:
    """The files to import, each once: what is named as a file as it stands (also where it does not exist: the import
    says so), folders all the way down in the order of names. Hidden and unfinished files in folders are left alone.
    A folder within another that cannot be read costs itself alone; why goes into `closed`. Raises OSError for one that
    was named."""
    closed = [] if closed is None else closed
    met: set[Path] = set()
    for path in paths:
        for each in _within(_entries(path), closed) if path.is_dir() else (path,):
            if (real := each.resolve()) not in met:
                met.add(real)
                yield each


class Watch:
    """A folder that photos arrive in, looked at now and then. Only a file that has stood still is handed on, once."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds; only differences count."""
        self._folder = folder
        self._clock = clock
        self._seen: dict[Path, tuple[tuple[int, int], float]] = {}
        self._handed: dict[Path, tuple[int, int]] = {}

    def forget(self, paths: Iterable[Path]) -> None:
        """Hand these on once more, when they have stood still."""
        for path in paths:
            self._handed.pop(path, None)

    def look(self) -> list[Path]:
        """The files that have become finished since the last look. Raises OSError if the folder cannot be read."""
        now, finished, seen = self._clock(), [], {}
        for path in photos_in([self._folder]):
            try:
                about = path.stat()
            except FileNotFoundError:
                continue
            mark = (about.st_size, about.st_mtime_ns)
            before, since = self._seen.get(path, (mark, now))
            seen[path] = (mark, since if before == mark else now)
            if now - seen[path][1] >= SETTLED_S and self._handed.get(path) != mark:
                self._handed[path] = mark
                finished.append(path)
        self._seen = seen
        return finished
