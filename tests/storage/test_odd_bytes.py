"""One bit that flips anywhere in the database: nothing but words comes of it, and what it did not hit is not lost."""

import os
import random
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.base.errors import GatljusError
from app.base.job import finish
from app.commands import observations, walks
from app.domain.records import Observation
from app.jobs.rescue import rescue
from app.jobs.restore import remake
from app.jobs.sync import sync
from app.jobs.verify import verify
from app.session import Session
from app.storage.salvage import LEAF
from tests.homes import Clock
from tests.storage.damaging import PAGE, overwrite, settle, tamper

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


def checked(home: Path, *, rebuild: bool = False) -> set[str]:
    """Open a home and look through it, as the command does. Returns the codes of what is told."""
    session = None
    try:
        session = Session(home)
        return {each["code"] for each in finish(verify(session, rebuild=rebuild))}
    except GatljusError as error:
        return {error.code}
    finally:
        if session:
            session.leave()


@pytest.mark.parametrize(
    ("told", "only"),
    [(None, None), (436917, None), (107324, 59), (602923, 38), (173473, 54)],
    ids=[
        "by chance",
        "a number that stands twice",
        "an index that is rebuilt from",
        "a field that is shown elsewhere",
        "a record that is found by another kind than its fields",
    ],
)
def test_after_a_bit_has_flipped_anywhere_all_is_told_in_words_and_what_it_did_not_hit_is_there(
    tmp_path: Path, told: int | None, only: int | None
) -> None:
    seed = told or random.randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    home = furnish(tmp_path, chance)
    whole, data = written(home), (home / "gatljus.db").read_bytes()
    last_sent = max(int(each.name.split("-")[1][:10]) for each in home.parent.glob("minne/**/*.jsonl.gz"))
    for number in range(FAULTS):
        at, bit = chance.randrange(len(data)), 1 << chance.choice([*range(8), 7, 7])
        if only not in (None, number):
            continue
        print(f"fault {number}: bit {bit} of byte {at}")
        folder = tmp_path / str(number)
        shutil.copytree(home, folder)
        overwrite(folder / "gatljus.db", at, bytes([data[at] ^ bit]))
        checked(folder)
        finish(rescue(folder, tmp_path / f"{number}.zip"))
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


def _no_text(home: Path) -> None:
    spoilt = "cast(x'22ff22' as text)"
    tamper(home, f"update change set value = {spoilt} where field = 'text'", f"update cell set value = {spoilt}")


def _other_columns(home: Path) -> None:
    _rewritten(home, "cell", "heads", "hfads")


def _taken_no_step(home: Path) -> None:
    tamper(home, "update _sqlite_migrations set migration_set = 'gatljuS'")


def _nothing_of_a_place(home: Path) -> None:
    _rewritten(home, "head", "content blob not null", "content blob")
    tamper(home, "update head set content = null")


def _no_name(home: Path) -> None:
    _rewritten(home, "head", "content", "cont\udcff")


def _rewritten(home: Path, table: str, old: str, new: str) -> None:
    """What the file says of a table's columns."""
    with closing(sqlite3.connect(home / "gatljus.db", isolation_level=None)) as tables:
        tables.execute("pragma writable_schema = on")
        query = "update sqlite_master set sql = replace(sql, ?, cast(? as text)) where type = 'table' and name = ?"
        assert tables.execute(query, (old, os.fsencode(new), table)).rowcount == 1


@pytest.mark.parametrize(
    ("spoil", "is_told"),
    [(_no_text, True), (_other_columns, True), (_taken_no_step, True), (_nothing_of_a_place, False), (_no_name, False)],
)
def test_what_no_text_can_be_or_no_table_was_is_damage_of_the_database(
    tmp_path: Path, spoil: Callable[[Path], None], is_told: bool
) -> None:
    home = furnish(tmp_path, random.Random(1))
    whole = written(home)
    spoil(home)
    assert ("database" in checked(home)) == is_told
    finish(rescue(home, tmp_path / "räddat.zip"))
    finish(remake(home))
    after = written(home)
    there = {write for write in whole if after.get(write) == whole[write]}
    # Of what was not sent no text can be read.
    assert there == whole.keys() if spoil is not _no_text else len(there) == len(whole) - 6


def test_a_field_that_is_no_field_any_more_is_told_as_damage_wherever_it_is_read(tmp_path: Path) -> None:
    home = furnish(tmp_path, random.Random(1))
    with closing(sqlite3.connect(home / "gatljus.db")) as tables:
        tables.execute("update cell set value = '\"Lampa' where field = 'text'")
        tables.commit()
    session = Session(home)
    try:
        with pytest.raises(GatljusError) as told:
            session.read(Observation)
        assert told.value.code == "database" and "Bygg sedan om databasen" in told.value.advice
    finally:
        session.leave()
    assert "index" in checked(home)
    checked(home, rebuild=True)
    session = Session(home)
    assert all(str(each.text).endswith("vid trappan.") for each in session.read(Observation))
    session.leave()
