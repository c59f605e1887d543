"""When the power goes, at any moment, everything that was acknowledged is there."""

import hashlib
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.commands.drafts import new_record
from app.domain.records import SafetyWalk
from app.session import Session
from tests.conftest import ROOT
from tests.faults.busy import WALK
from tests.faults.power import Disk, can_trace, traced
from tests.fuzz.places import is_whole, stamps_in

pytestmark = pytest.mark.skipif(not can_trace(), reason="strace is not here, or may not look at a program")

LEAST = 100
"""Moments at which the power goes."""

WITHOUT_CARE = """
import sys
from app.storage import database
database.PRAGMAS = tuple(each.replace("synchronous=full", "synchronous=normal") for each in database.PRAGMAS)
sys.argv = ["restless.py", sys.argv[1]]
exec(open("tests/faults/restless.py").read())
"""
"""The same program with a database that is not told to wait for the disk."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A home with a walk, and a stick, both durable."""
    made = tmp_path / "work"
    (made / "stick").mkdir(parents=True)
    session = Session(made / "home")
    session.write(WALK, new_record(session, SafetyWalk, WALK, {"title": "Kajsaniemi"}), begins=True)
    session.back_up()
    session.close()
    return made


def _losses(folder: Path, command: list[str], left: Path) -> tuple[int, list[str]]:
    """At how many moments the power went, and what was missing then."""
    disk, missing, moments = Disk(folder), [], 0
    for said in disk.cuts(traced([sys.executable, *command], left.with_suffix(".trace"), PYTHONPATH=str(ROOT)), 1):
        moments += 1
        disk.lay_out(left)
        missing += _missing(left, said)
    assert said.endswith("end\n")
    return moments, missing


def _missing(left: Path, said: str) -> list[str]:
    with closing(sqlite3.connect(left / "home" / "gatljus.db")) as file:
        assert file.execute("pragma integrity_check").fetchone() == ("ok",)
        held = {f"{device} {seq}" for device, seq in file.execute("select device, seq from change")}
        named = {value[1:-1] for (value,) in file.execute("select value from change where length(value) = 66")}
        stamps = {stamp for (stamp,) in file.execute("select stamp from change where seq <= ?", [_last(said)])}
    blobs = {each.name: each.read_bytes() for each in (left / "home" / "blobs").rglob("*") if len(each.name) == 64}
    whole = {name for name, data in blobs.items() if hashlib.sha256(data).hexdigest() == name}
    found = [each for each in said.splitlines() if len(each.split()[0]) == 32 and each not in held]
    found += [f"photo {each}" for each in named - whole]
    lying = {str(each.relative_to(left / "stick")): each for each in (left / "stick").rglob("*") if each.is_file()}
    content = {name: path.read_bytes() for name, path in lying.items() if not name.endswith(".part")}
    found += [f"half: {name}" for name, data in content.items() if "/target-" not in name and not is_whole(name, data)]
    if said.endswith("copied\n"):
        found += [f"on the stick: {each}" for each in stamps - stamps_in(content, WALK)]
    for each in (line.split()[1] for line in said.splitlines() if line.startswith("backup ")):
        with closing(sqlite3.connect(left / "home" / "backups" / each)) as file:
            found += [] if file.execute("pragma integrity_check").fetchone() == ("ok",) else [f"backup {each}"]
    return found


def _last(said: str) -> int:
    return max((int(line.split()[1]) for line in said.splitlines() if len(line.split()[0]) == 32), default=0)


def test_nothing_that_was_acknowledged_goes_with_the_power(folder: Path, tmp_path: Path) -> None:
    moments, missing = _losses(folder, ["tests/faults/restless.py", str(folder)], tmp_path / "left")
    print(f"{moments} moments")
    assert not missing
    assert moments >= LEAST


def test_a_database_that_does_not_wait_for_the_disk_would_lose_it(folder: Path, tmp_path: Path) -> None:
    _moments, missing = _losses(folder, ["-c", WITHOUT_CARE, str(folder)], tmp_path / "left")
    assert any(len(each.split()[0]) == 32 for each in missing)
