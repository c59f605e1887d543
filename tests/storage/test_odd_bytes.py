"""One bit that flips anywhere in the database: nothing but words comes of it, and what it did not hit is not lost."""

import random
import re
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from app.base.errors import GatljusError
from app.base.job import finish
from app.commands import observations, walks
from app.jobs.rescue import rescue
from app.jobs.restore import remake
from app.jobs.sync import sync
from app.jobs.verify import verify
from app.session import Session
from app.storage.salvage import LEAF
from tests.homes import Clock
from tests.storage.damaging import PAGE, overwrite, settle

FAULTS = 60
HEAD = 8
"""Bytes with which a page begins: how many rows it has, and where."""

Written = dict[tuple[str, int], set[tuple[object, ...]]]
"""The changes of each write."""


def furnish(folder: Path, chance: random.Random) -> Path:
    """A small home that was sent half way, closed; the same for the same chance."""
    session = Session(folder / "home", clock=Clock(), chance=lambda size: chance.randbytes(size).hex())
    walk = walks.new_walk(session, {"title": "Kvällsvandring"})
    for number in range(12):
        if number == 6:
            (folder / "minne").mkdir()
            finish(sync(session, str(folder / "minne"), walk=walk))
        observations.observe(session, walk, {"category": "lighting", "text": f"Lampa {number} är släckt vid trappan."})
    session.leave()
    settle(session.home)
    return session.home


def written(home: Path) -> Written:
    """What the log of a home holds."""
    found: Written = {}
    query = "select device, seq, n, stamp, action, kind, record, field, value, replaces from change"
    with closing(sqlite3.connect(home / "gatljus.db")) as tables:
        for device, seq, *row in tables.execute(query):
            found.setdefault((device, seq), set()).add(tuple(row))
        return found


def pages(data: bytes, text: str) -> set[int]:
    """Where in the file rows with a text lie."""
    found = {each.start() // PAGE for each in re.finditer(re.escape(text.encode()), data)}
    return {each for each in found if data[each * PAGE] == LEAF}


def checked(home: Path, *, rebuild: bool = False) -> None:
    """Open a home and look through it, as the command does."""
    session = Session(home)
    try:
        finish(verify(session, rebuild=rebuild))
    finally:
        session.leave()


def test_after_a_bit_has_flipped_anywhere_all_is_told_in_words_and_what_it_did_not_hit_is_there(tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    home = furnish(tmp_path, chance)
    whole, data = written(home), (home / "gatljus.db").read_bytes()
    last_sent = max(int(each.name.split("-")[1][:10]) for each in home.parent.glob("minne/**/*.jsonl.gz"))
    for number in range(FAULTS):
        at, bit = chance.randrange(len(data)), 1 << chance.choice([*range(8), 7, 7])
        print(f"fault {number}: bit {bit} of byte {at}")
        folder = tmp_path / str(number)
        shutil.copytree(home, folder)
        overwrite(folder / "gatljus.db", at, bytes([data[at] ^ bit]))
        with suppress(GatljusError):
            checked(folder)
        finish(rescue(folder, tmp_path / f"{number}.zip"))
        with suppress(GatljusError):
            checked(folder, rebuild=True)
        done = finish(remake(folder))
        after = written(folder)
        assert not after.keys() - whole.keys()
        lost = {write for write in whole if write not in after}
        assert len(lost) <= 1 or at % PAGE < HEAD
        for device, seq in lost:
            assert seq > last_sent and str(seq) in done.gone
            assert at // PAGE in {page for row in whole[device, seq] for page in pages(data, str(row[1]))}
        otherwise = {write for write in after if after[write] != whole[write]}
        assert not otherwise or (done.doubts and len(otherwise) == 1)
        shutil.rmtree(folder)
