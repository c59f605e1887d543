"""A disk on which nothing more fits, as the layers that write meet it."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection

import pytest

from app.storage.database import Database

FULL = "Disken är full. Frigör utrymme och gör om det senaste; allt tidigare är kvar."
"""What the program says of it."""


@contextmanager
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Meanwhile SQLite has no room for what a transaction wrote when it ends, and the system none for a file."""
    real = Database.writing

    @contextmanager
    def writing(database: Database) -> Iterator[Connection]:
        with real(database) as tables:
            yield tables
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error

    def write(path: Path, _data: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    with monkeypatch.context() as patched:
        patched.setattr(Database, "writing", writing)
        patched.setattr("app.storage.blobs.write_atomically", write)
        yield
