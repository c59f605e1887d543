"""A program that notes, takes photos, meets at a stick and backs up, a fixed number of times, and says what was done.

`python tests/faults/restless.py FOLDER` works in FOLDER/home and FOLDER/stick, and says `device seq` on the standard
output once a write is acknowledged, `photo BLOB`, `copied` and `backup NAME`.
"""

import os
import random
import sys
from pathlib import Path

from app.base.job import finish
from app.commands import observations
from app.commands.drafts import new_record
from app.commands.photos import photo_id
from app.domain.records import Photo
from app.jobs.sync import meet
from app.session import Session
from app.sync.targets.folder import FolderTarget
from tests.faults.busy import WALK


def _say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def main(folder: Path) -> None:
    """Do it."""
    session, dice = Session(folder / "home"), random.Random(1)

    def acknowledged() -> None:
        device = session.identity.device
        _say(device, session.log.last_seqs(WALK)[device])

    for round_ in range(4):
        for _ in range(6):
            observations.observe(session, WALK, {"text": "Mörkt", "category": "lighting"})
            acknowledged()
        names = {each: session.blobs.put(dice.randbytes(3000)) for each in ("original", "report", "thumb")}
        session.write(WALK, new_record(session, Photo, photo_id(WALK, names["original"]), names))
        acknowledged()
        _say("photo", *names.values())
        if round_ % 2:
            report = finish(meet(session, FolderTarget(folder / "stick", session.home), WALK))
            _say("copied" if report.copied else "not copied")
        else:
            _say("backup", session.back_up().name)
    session.close()
    _say("end")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
