"""A program that is killed at any moment has kept everything that it had acknowledged."""

import gzip
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.commands.drafts import new_record
from app.domain.records import SafetyWalk
from app.session import Session
from app.storage.migrations import RECORDED, STEPS
from tests.conftest import ROOT
from tests.faults.busy import WALK
from tests.fuzz.places import is_whole
from tests.homes import Home
from tests.storage.make_released import RELEASED, shown

FIRST = "0.1.0"
"""The first version that was released."""
KILLS = 200
LONGEST_S = 0.12
"""Seconds until a kill, at most; a write takes some milliseconds, a pass some dozens."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


@pytest.fixture
def nursery() -> Iterator[subprocess.Popen[str]]:
    """Makes children that never rest."""
    said = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "tests/faults/busy.py"], cwd=ROOT, env=said, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        yield process
        assert process.stdin
        process.stdin.close()


def _kill_one(nursery: subprocess.Popen[str], line: str, acks: Path, dice: random.Random) -> None:
    """Let a child begin, and kill it at some moment after its first acknowledgement."""
    assert nursery.stdin and nursery.stdout
    before = acks.stat().st_size if acks.exists() else 0
    nursery.stdin.write(line + "\n")
    nursery.stdin.flush()
    child = int(nursery.stdout.readline())
    while not (acks.exists() and acks.stat().st_size > before):
        time.sleep(0.002)
    time.sleep(dice.random() * LONGEST_S)
    os.kill(child, signal.SIGKILL)
    assert nursery.stdout.readline() == "gone\n"


def _check(home: Path, stick: Path, acks: Path) -> None:
    told = [line.split() for line in acks.read_text().splitlines()]
    said = {(who, int(number)) for who, number in told if who not in ("sync", "kept")}
    with closing(sqlite3.connect(home / "gatljus.db")) as file:
        assert file.execute("pragma integrity_check").fetchone() == ("ok",)
        held = set(file.execute("select device, seq from change"))
        whole = "select distinct count(distinct n) = max(n) + 1 from change group by device, seq"
        assert file.execute(whole).fetchall() == [(1,)], "half a write"
    assert said <= held, "acknowledged and gone"
    lying = [each for each in stick.rglob("*") if each.is_file() and not each.name.endswith(".part")]
    assert all(is_whole(each.name, each.read_bytes()) for each in lying if not each.name.startswith("target-"))


def test_two_hundred_kills_lose_nothing_that_was_acknowledged(nursery: subprocess.Popen[str], tmp_path: Path) -> None:
    dice, seed = _dice()
    home, stick, acks = tmp_path / "home", tmp_path / "stick", tmp_path / "acks"
    stick.mkdir()
    session = Session(home)
    session.write(WALK, new_record(session, SafetyWalk, WALK, {"title": "Kajsaniemi"}), begins=True)
    session.close()
    for kill in range(KILLS):
        _kill_one(nursery, f"{home} {stick} {acks} {seed}-{kill}", acks, dice)
        _check(home, stick, acks)
    session = Session(home)
    assert not session.log.wrong_cells()
    assert session.log.blobs_named(WALK) <= set(session.blobs.names())
    assert all(session.blobs.is_whole(each) for each in session.blobs.names())
    session.close()
    assert {"sync", "kept"} <= {line.split()[0] for line in acks.read_text().splitlines()}


def _dice() -> tuple[random.Random, int]:
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    return random.Random(seed), seed


def test_a_kill_while_a_home_is_brought_up_to_date_leaves_one_that_opens(
    nursery: subprocess.Popen[str], tmp_path: Path
) -> None:
    dice, _seed = _dice()
    kept, half = gzip.decompress((RELEASED / f"{FIRST}.db.gz").read_bytes()), 0
    for kill in range(40):
        home, acks = tmp_path / f"home{kill}", tmp_path / f"acks{kill}"
        home.mkdir()
        (home / "gatljus.db").write_bytes(kept)
        _kill_one(nursery, f"{home} {acks}", acks, dice)
        half += _steps_taken(home) not in (0, len(STEPS))
        opened = Home(home, "A")
        assert shown(opened) == (RELEASED / f"{FIRST}.json").read_text("utf-8")
        opened.log.close()
    print(f"{half} of 40 killed between two steps")


def _steps_taken(home: Path) -> int:
    with closing(sqlite3.connect(home / "gatljus.db")) as file:
        if not file.execute("select 1 from sqlite_master where name = ?", [RECORDED]).fetchone():
            return 0
        found: int = file.execute(f"select count(*) from {RECORDED}").fetchone()[0]
        return found
