"""Every call by which the product touches the disk, counted, and one of them made to fail.

A call is a file opened, read, written, flushed, made durable, renamed, removed or listed, a folder made, or a statement
given to the database. Only what lies under one folder counts.
"""

import builtins
import errno
import io
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

import pytest


class Killed(BaseException):
    """The program was ended at this call."""


class Fault(StrEnum):
    """What happens at a call."""

    ERROR = "error"
    """It fails, once."""
    FULL = "full"
    """The disk is full, from then on, for all that needs room."""
    CUT = "cut"
    """Half of what is written arrives, and the medium is gone from then on."""
    KILL = "kill"
    """The program ends."""


NEEDS_ROOM = (
    "write",
    "flush",
    "make durable",
    "make folder",
    "open to write",
    "rename",
    "begin",
    "commit",
    "statement",
)

CHANGING = ("begin", "commit", "insert", "update", "delete")
"""Words that begin a statement which changes the database."""

PATCHED = {"replace": "rename", "rename": "rename", "unlink": "remove", "mkdir": "make folder", "scandir": "list"}


class Calls:
    """Counts the calls under `folder`; call number `at` meets with `fault`. `gone` is where a medium can be pulled.
    `hit`: the call came; `refused`: some call failed."""

    def __init__(self, folder: Path, gone: Path, at: int = -1, fault: Fault = Fault.ERROR) -> None:
        self._folder, self._gone, self._at, self._fault = str(folder), str(gone), at, fault
        self.made: list[str] = []
        self.hit = self.refused = False

    def counts(self, path: object) -> bool:
        """Whether a call on this path is one of ours."""
        return isinstance(path, str | os.PathLike) and os.fspath(path).startswith(self._folder)

    def meet(self, what: str, path: str) -> bool:
        """One more call. Returns whether half of it is to be done first. Raises where it fails."""
        number = len(self.made)
        self.made.append(f"{number:04d} {what} {path.removeprefix(self._folder)}")
        if number == self._at:
            self.hit = True
            return self._strike(what, path)
        if self.hit and self._fault is Fault.FULL and what in NEEDS_ROOM:
            raise self._refusal(errno.ENOSPC, path)
        if self.hit and self._fault is Fault.CUT and path.startswith(self._gone):
            raise self._refusal(errno.ENODEV, path)
        return False

    def _refusal(self, number: int, path: str) -> OSError:
        self.refused = True
        return OSError(number, os.strerror(number), path)

    def meet_database(self, what: str) -> None:
        """A statement for the database."""
        self.meet(what, f"{self._folder}/database")

    def _strike(self, what: str, path: str) -> bool:
        if self._fault is Fault.KILL:
            raise Killed(self.made[-1])
        if self._fault is Fault.FULL:
            if what in NEEDS_ROOM:
                raise self._refusal(errno.ENOSPC, path)
            return False
        if self._fault is Fault.CUT and what == "write":
            self.refused = True
            return True
        raise self._refusal(errno.EIO, path)


class CountedFile:
    """A file whose calls are counted."""

    def __init__(self, file: Any, path: str, calls: Calls) -> None:
        self._file, self._path, self._calls = file, path, calls

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._file)

    def read(self, *size: int) -> Any:
        self._calls.meet("read", self._path)
        return self._file.read(*size)

    def write(self, data: Any) -> int:
        if self._calls.meet("write", self._path):
            self._file.write(data[: len(data) // 2])
            raise OSError(errno.EIO, os.strerror(errno.EIO), self._path)
        written: int = self._file.write(data)
        return written

    def flush(self) -> None:
        self._calls.meet("flush", self._path)
        self._file.flush()


class CountedConnection(sqlite3.Connection):
    """A connection whose statements are counted; `calls` is set by whoever opens it."""

    calls: Calls | None = None

    def _meet(self, statement: str) -> None:
        word = statement.split(maxsplit=1)[0]
        if self.calls is None or word not in CHANGING or statement == "begin":
            return
        try:
            self.calls.meet_database("statement" if word not in ("begin", "commit") else word)
        except OSError as error:
            told = sqlite3.OperationalError(str(error))
            told.sqlite_errorcode = sqlite3.SQLITE_FULL if error.errno == errno.ENOSPC else sqlite3.SQLITE_IOERR
            raise told from error

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        self._meet(sql)
        return super().execute(sql, *values)

    def executemany(self, sql: str, values: Any) -> sqlite3.Cursor:
        self._meet(sql)
        return super().executemany(sql, values)


@contextmanager
def counted(calls: Calls) -> Iterator[Calls]:
    """Within the block the product's calls are counted."""
    with pytest.MonkeyPatch.context() as patch:
        _patch_files(patch, calls)
        for name, what in PATCHED.items():
            patch.setattr(os, name, _counting(getattr(os, name), what, calls))
        whole_fsync = os.fsync

        def fsync(handle: int) -> None:
            calls.meet("make durable", _path_of(handle))
            whole_fsync(handle)

        patch.setattr(os, "fsync", fsync)
        whole_connect = sqlite3.connect

        def connect(path: Any, *words: Any, **said: Any) -> sqlite3.Connection:
            made: sqlite3.Connection = whole_connect(path, *words, **{"factory": CountedConnection, **said})
            if isinstance(made, CountedConnection) and calls.counts(path):
                made.calls = calls
            return made

        patch.setattr(sqlite3, "connect", connect)
        yield calls


def _path_of(handle: int) -> str:
    try:
        return os.readlink(f"/proc/self/fd/{handle}")
    except OSError:
        return ""


def _patch_files(patch: pytest.MonkeyPatch, calls: Calls) -> None:
    whole: Callable[..., Any] = builtins.open

    def opened(path: Any, mode: str = "r", *words: Any, **said: Any) -> Any:
        if not calls.counts(path):
            return whole(path, mode, *words, **said)
        text = os.fspath(path)
        calls.meet("open to write" if set(mode) & set("wxa+") else "open", text)
        return CountedFile(whole(path, mode, *words, **said), text, calls)

    patch.setattr(builtins, "open", opened)
    patch.setattr(io, "open", opened)


def _counting(whole: Callable[..., Any], what: str, calls: Calls) -> Callable[..., Any]:
    def call(path: Any, *words: Any, **said: Any) -> Any:
        if calls.counts(path):
            calls.meet(what, os.fspath(path))
        return whole(path, *words, **said)

    return call
