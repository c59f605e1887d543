"""Files that are either wholly there or not at all.

Write beside, flush, fsync, rename, fsync the folder: a file that has its final name survives a power cut.
"""

import errno
import hashlib
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Protocol

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        while True:
            try:
                msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
                return
            except OSError as error:
                # Given up after ten seconds.
                if error.errno != errno.EDEADLOCK:
                    raise

    def hold(file: BinaryIO) -> None:
        """Nothing is to be done: Windows removes no file that is open."""

    def is_abandoned(path: Path) -> bool:
        """Whether nobody holds a file; here removing it tells."""
        return path.is_file()

else:
    import fcntl

    NO_LOCKS = (errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK, errno.ENOSYS, errno.EINVAL)
    """What is said of a disk that knows no locks, as some network disks."""

    def _lock(handle: int) -> None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError as error:
            if error.errno not in NO_LOCKS:
                raise

    def hold(file: BinaryIO) -> None:
        """Let others see that a file is being written, until it is closed or its process has ended."""
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def is_abandoned(path: Path) -> bool:
        """Whether nobody holds a file. What cannot be found out is held."""
        try:
            with open(path, "rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


PIECE = 1 << 20
"""Bytes read at a time when copying and hashing."""

UNFINISHED = ".part"
"""How the name of a file ends that is being written, or was when the power went."""


class Sink(Protocol):
    """What takes bytes, one after the other."""

    def write(self, data: bytes, /) -> int:
        """Take these. Returns how many. Raises OSError or GatljusError."""


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable. Windows cannot open a folder and needs no such step."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder, and those it lies in, durably. Quiet where it is there. Raises OSError."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """One process at a time is within the block; others wait, but on a disk that knows no locks. The file `path` stays,
    empty. Raises OSError."""
    with open(path, "ab") as file:
        _lock(file.fileno())
        # Closing the file gives the lock back, also where the process dies.
        yield


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write that becomes `path`, in place of what is there, when the block ends, durably and at once. Where
    the block raises, nothing changed. Raises OSError."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}{UNFINISHED}")
    try:
        with open(beside, "xb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        os.replace(beside, path)
    except BaseException:
        # What cannot be removed either must not hide what went wrong.
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write_atomically(path: Path, data: bytes) -> None:
    """Write `data` to `path` atomically and durably. Raises OSError; then nothing changed."""
    with written_whole(path) as out:
        out.write(data)


def pieces_of(path: Path) -> Iterator[bytes]:
    """The bytes of a file, `PIECE` at a time."""
    with open(path, "rb") as source:
        while piece := source.read(PIECE):
            yield piece


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, 64 hex. Raises OSError."""
    digest = hashlib.sha256()
    for piece in pieces_of(path):
        digest.update(piece)
    return digest.hexdigest()
