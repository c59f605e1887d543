"""What runs in a worker process: one photo after another, read whole, hashed, understood and copied small.

The copies go through files in a scratch folder, because a pipe holds a few kB only: a worker that must wait for its
reader stands still while the reader waits for a disk.
"""

import hashlib
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path

from app.photos.exif import Facts, read_facts
from app.photos.intake import HEAD, Format, format_of
from app.photos.reasons import REFUSED, Reason
from app.photos.scale import make_copies, pixels_of

if sys.platform != "win32":
    import resource

MEMORY_LIMIT = 1_500_000_000
"""Bytes of address space for a worker; where the system has no such limit (Windows) there is none."""


@dataclass(frozen=True)
class Known:
    """What is known of a file before its pixels are touched: kept even if they bring the worker down."""

    sha256: str
    size: int
    format: Format
    facts: Facts


@dataclass(frozen=True)
class Copied:
    """What came of the pixels. The copies lie in the scratch folder under these names; None if it cannot be shown.
    `clock` is the moment that the clock page says, where that is what is seen."""

    format: Format
    width: int | None
    height: int | None
    report: str | None
    thumb: str | None
    damaged: bool
    reason: Reason | None
    clock: datetime | None = None


@dataclass(frozen=True)
class Refused:
    """The file is not taken."""

    reason: Reason


Message = Known | Copied | Refused
Preparing = Callable[[Path, Path, str], Iterator[Message]]
"""From (file, scratch folder, a name to begin the copies' names with): Refused, or Known and then Copied or Refused."""


def _read(path: Path) -> tuple[bytes, Format] | Refused:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Refused(Reason.MISSING)
    except OSError:
        return Refused(Reason.UNREADABLE)
    kind = format_of(data[:HEAD])
    if kind is None:
        return Refused(Reason.NOT_A_PHOTO if data else Reason.EMPTY)
    return data, kind


def prepare(path: Path, scratch: Path, name: str) -> Iterator[Message]:
    """Everything there is to find out about one file, the certain things first. Raises nothing for what is in it."""
    found = _read(path)
    if isinstance(found, Refused):
        yield found
        return
    data, kind = found
    yield Known(hashlib.sha256(data).hexdigest(), len(data), kind, read_facts(data))
    copies = make_copies(data)
    if copies.reason in REFUSED:
        yield Refused(copies.reason)
        return
    names = {}
    for which, made in (("report", copies.report), ("thumb", copies.thumb)):
        if made is not None:
            names[which] = f"{name}.{which}"
            (scratch / names[which]).write_bytes(made)
    yield Copied(
        copies.format or kind,
        copies.width,
        copies.height,
        names.get("report"),
        names.get("thumb"),
        copies.damaged,
        copies.reason,
        copies.clock,
    )


def show(path: Path, scratch: Path, name: str, *, most_px: int) -> Iterator[Message]:
    """The whole picture of one file, as `pixels_of` says: its pixels lie where the copy for the protocol would. Raises
    nothing for what is in it."""
    found = _read(path)
    if isinstance(found, Refused):
        yield found
        return
    data, kind = found
    yield Known(hashlib.sha256(data).hexdigest(), len(data), kind, Facts())
    seen = pixels_of(data, most_px)
    if seen is None:
        yield Refused(Reason.BROKEN)
        return
    (scratch / name).write_bytes(seen.rgb)
    yield Copied(kind, seen.width, seen.height, name, None, damaged=False, reason=None)


def _limit_memory() -> None:
    if sys.platform == "win32":
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = MEMORY_LIMIT if hard == resource.RLIM_INFINITY else min(MEMORY_LIMIT, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    except (ValueError, OSError):
        return  # macOS knows the name and refuses the limit


def serve(pipe: Connection, preparing: Preparing, scratch: Path) -> None:
    """Prepare what comes through `pipe` as (path, name) until it is closed. After each file follows None.

    The first message is None: ready. Interrupting a program from the keyboard reaches its workers too; only the
    program decides what that means.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    pipe.send(None)
    while True:
        try:
            path, name = pipe.recv()
        except (EOFError, ConnectionResetError):
            # The program ended, maybe before it had read what was answered.
            return
        try:
            for message in preparing(path, scratch, name):
                pipe.send(message)
        except MemoryError:
            pipe.send(Refused(Reason.TOO_MUCH_MEMORY))
        except OSError:
            # What cannot be read is refused before; what is left is the scratch folder, and no fault of the file.
            pipe.send(Refused(Reason.NO_ROOM))
        pipe.send(None)
