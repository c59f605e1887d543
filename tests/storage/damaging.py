"""Homes, and what a disk, a hand or another program does to them."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from app.base.job import finish
from app.commands import observations, walks
from app.commands.records import add
from app.jobs.sync import sync
from app.session import Session
from app.storage.salvage import LEAF
from tests.storage.test_restore import draft

PAGE = 4096
SENT, LOOSE = 40, 40
"""So many observations of the home are in a batch, and so many more wait to be sent."""


def furnish(folder: Path) -> tuple[Session, str]:
    """A home with a walk that was sent half way, a photo and a participant's name. Returns it and the walk."""
    session = Session(folder / "home")
    walk = walks.new_walk(session, {"title": "Kvällsvandring"})
    blobs = {field: session.blobs.put(f"{field} av ett foto".encode() * 99) for field in ("original", "thumb")}
    session.write(walk, [draft("photo", field, name) for field, name in blobs.items()])
    add(session, "participant", walk, {"role": "boende", "name": "Anna"})
    for number in range(SENT + LOOSE):
        if number == SENT:
            (folder / "minne").mkdir()
            finish(sync(session, str(folder / "minne"), walk=walk))
        observations.observe(session, walk, {"category": "lighting", "text": text_of(number)})
    return session, walk


def text_of(number: int) -> str:
    """What is noted, long enough that each row takes some room."""
    return f"Lampa {number:02d} är släckt. " + "Mörkt vid trappan. " * 20


def settle(home: Path) -> None:
    """Let the file itself hold everything, with nothing in the log file beside it."""
    with closing(sqlite3.connect(home / "gatljus.db", isolation_level=None)) as tables:
        tables.execute("pragma wal_checkpoint(truncate)")


def row_with(home: Path, text: str) -> int:
    """Where in the database file a change lies that says this text: not in the index of cells, nor in that of words."""
    data = (home / "gatljus.db").read_bytes()
    found = [each.start() for each in re.finditer(re.escape(f'"{text}"'.encode()), data)]
    (at,) = (each for each in found if data[each // PAGE * PAGE] == LEAF)
    return at


def overwrite(file: Path, at: int, data: bytes) -> None:
    """Spoil a file."""
    with open(file, "r+b") as out:
        out.seek(at)
        out.write(data)


def flip(file: Path, at: int, bit: int = 1) -> None:
    """Flip a bit."""
    old = file.read_bytes()[at]
    overwrite(file, at, bytes([old ^ bit]))


def tamper(home: Path, *statements: str) -> None:
    """Change rows that nothing in the program ever changes."""
    with closing(sqlite3.connect(home / "gatljus.db", isolation_level=None)) as tables:
        tables.execute("drop trigger change_keeps")
        tables.execute("drop trigger change_stays")
        for each in statements:
            tables.execute(each)
        tables.execute("create trigger change_keeps before update on change begin select raise(abort, 'x'); end")
        tables.execute("create trigger change_stays before delete on change begin select raise(abort, 'x'); end")
