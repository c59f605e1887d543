"""A program that never rests: it writes, takes photos, meets at a stick, backs up and exports, and says what was done.

`python tests/faults/busy.py` makes, for each line `HOME STICK ACKS SEED`, a child that goes on until it is killed, and
prints the child's process id. The child writes its device id and the number of each write to ACKS once that write is
acknowledged. For a line `HOME ACKS` the child only opens the home.
"""

import os
import random
import signal
import sys
from pathlib import Path

from app.base.job import finish
from app.commands import observations, records
from app.commands.drafts import new_record
from app.commands.photos import photo_id
from app.domain.records import Observation, Photo, SafetyWalk
from app.jobs.export import export
from app.jobs.sync import meet
from app.session import Session
from app.sync.targets.folder import FolderTarget

WALK = "0123456789abcdef" * 2


class Busy:
    """What is done in a home, in no order."""

    def __init__(self, home: Path, stick: Path, acks: Path, seed: str) -> None:
        self._dice = random.Random(seed)
        self._session, self._stick = Session(home), stick
        self._acks = os.open(acks, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def go_on(self) -> None:
        """Until the end."""
        while True:
            deed = self._dice.choice((self._note, self._note, self._type, self._photo, self._sync, self._keep))
            deed()

    def _done(self) -> None:
        device = self._session.identity.device
        last = self._session.log.last_seqs(WALK).get(device, 0)
        os.write(self._acks, f"{device} {last}\n".encode())

    def _note(self) -> None:
        observations.observe(self._session, WALK, {"text": "Mörkt", "category": "lighting"})
        self._done()

    def _type(self) -> None:
        for each in self._session.read(Observation, {"scope": WALK}, limit=1):
            records.set_fields(self._session, each, {"text": f"Mörkt {self._dice.random()}"})
            self._done()

    def _photo(self) -> None:
        names = {each: self._session.blobs.put(self._dice.randbytes(2000)) for each in ("original", "report", "thumb")}
        self._session.write(
            WALK, new_record(self._session, Photo, photo_id(WALK, names["original"]), {**names, "caption": "Lampan"})
        )
        self._done()

    def _sync(self) -> None:
        finish(meet(self._session, FolderTarget(self._stick, self._session.home), WALK))
        os.write(self._acks, b"sync 0\n")

    def _keep(self) -> None:
        self._session.back_up()
        (walk,) = self._session.read(SafetyWalk, {"id": WALK})
        finish(export(self._session, walk, self._session.home.parent / "walk.geojson"))
        os.write(self._acks, b"kept 0\n")


def _live(home: str, *more: str) -> None:
    if len(more) == 1:
        Path(more[0]).write_text("begun 0\n")
        Session(Path(home)).close()
        signal.pause()
    stick, acks, seed = more
    Busy(Path(home), Path(stick), Path(acks), seed).go_on()


def main() -> None:
    """Make children as long as lines come."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _live(*line.split())
        print(child, flush=True)
        os.waitpid(child, 0)
        print("gone", flush=True)


if __name__ == "__main__":
    main()
