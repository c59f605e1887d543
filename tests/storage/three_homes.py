"""Three homes on three machines, each a session of its own, that meet in folders; and what is true of them, worked out
from the homes' own logs and files and from what lies in the folders."""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from app.base.job import finish
from app.commands.observations import observe
from app.commands.walks import new_walk
from app.domain.change import Draft
from app.domain.ports import Target
from app.domain.records import Photo, SafetyWalk
from app.queries.devices import me_in
from app.session import Session
from app.sync.exchange import exchange
from app.sync.names import matches
from app.sync.report import Report

FILES = ("original", "report", "thumb")


class Row(NamedTuple):
    """A change."""

    device: str
    seq: int
    n: int
    stamp: str
    record: str
    value: Any


class Homes:
    """The homes, by their letters."""

    def __init__(self, folder: Path, letters: str) -> None:
        self.sessions = {letter: Session(folder / letter) for letter in letters}
        for letter, each in self.sessions.items():
            each.identity = replace(each.identity, machine=f"machine {letter}")
        self.walk = new_walk(self.sessions[letters[0]], {"title": "Oktober", "area": "Bredbygden"})
        self.photos: list[str] = []

    def sync(self, letter: str, target: Target) -> Report:
        """One pass, without waiting."""
        home = self.sessions[letter]
        me = me_in(home, self.walk)
        parts = (home.log, home.blobs, home.places, target, self.walk, me)
        return finish(exchange(*parts, again=True, sleep=lambda _seconds: None))

    def note(self, letter: str) -> None:
        """Note an observation."""
        observe(self.sessions[letter], self.walk, {"category": "lighting", "text": f"sett av {letter}"})

    def photo(self, letter: str) -> str:
        """Take a photo. Returns its id."""
        home, record = self.sessions[letter], f"{len(self.photos):031x}f"
        self.photos.append(record)
        drafts = [Draft(kind=Photo.KIND, record=record, field="created", value=home.clock())]
        for name in FILES:
            value = home.blobs.put(f"{name} of {record}".encode() * 20)
            drafts.append(Draft(kind=Photo.KIND, record=record, field=name, value=value))
        home.log.write(self.walk, drafts)
        return record

    def about(self, letter: str) -> SafetyWalk | None:
        """The walk as it is shown in a home; None where it has not come there."""
        return next(iter(self.sessions[letter].read(SafetyWalk, {"id": self.walk})), None)

    # What is true

    def device(self, letter: str) -> str:
        """The device id of a home."""
        return self.sessions[letter].identity.device

    def letter(self, device: str) -> str:
        """Whose device id it is."""
        return next(each for each in self.sessions if self.device(each) == device)

    def rows(self, letter: str) -> set[Row]:
        """Every change that a home has."""
        query = "select device, seq, n, stamp, record, value from change where scope = ?"
        with self.sessions[letter].log.database.reading() as tables:
            found = tables.execute(query, [self.walk]).fetchall()
        return {Row._make([*row[:5], json.dumps(json.loads(row[5]))]) for row in found}

    def held(self, letter: str) -> set[str]:
        """The files that lie in a home."""
        return set(self.sessions[letter].blobs.names())

    def rows_in(self, folder: Path) -> set[Row]:
        """Every change that lies in a folder in a whole batch."""
        found = set()
        for path in _whole(folder / "gatljus1" / self.walk / "changes"):
            device = path.name.split(".")[0]
            for line in gzip.decompress(path.read_bytes()).splitlines()[1:]:
                said = json.loads(line)
                value = json.dumps(said["value"])
                found.add(Row(device, said["seq"], said["n"], said["stamp"], said["record"], value))
        return found

    def held_in(self, folder: Path) -> set[str]:
        """The files that lie whole in a folder."""
        return {path.name for path in _whole(folder / "gatljus1" / self.walk / "blobs")}


def _whole(folder: Path) -> list[Path]:
    return [each for each in folder.iterdir() if matches(each.name, each.read_bytes())] if folder.is_dir() else []


def files_of(rows: set[Row]) -> set[str]:
    """The files that changes name."""
    return {value for row in rows if isinstance(value := json.loads(row.value), str) and len(value) == 64}


@contextmanager
def homes_in(folder: Path, letters: str = "ABC") -> Iterator[Homes]:
    """Homes, which are closed at the end."""
    made = Homes(folder, letters)
    try:
        yield made
    finally:
        for each in made.sessions.values():
            each.close()
