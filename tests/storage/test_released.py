"""Databases of released versions open, show what they showed, and go on."""

import gzip
import json
from pathlib import Path

import pytest

from app import __version__
from app.domain.ports import Said, Taken
from app.domain.records import Observation
from tests.homes import WALK, Home
from tests.storage.make_released import NOTE, RELEASED, STOP, make, shown

VERSIONS = sorted(path.name.removesuffix(".db.gz") for path in RELEASED.glob("*.db.gz"))


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    """Each released version."""
    found: str = request.param
    return found


def opened(folder: Path, version: str) -> Home:
    """A home with the database of that version."""
    (folder / "A").mkdir()
    (folder / "A" / "gatljus.db").write_bytes(gzip.decompress((RELEASED / f"{version}.db.gz").read_bytes()))
    return Home(folder / "A", "A")


def test_this_version_lies_among_the_released_ones() -> None:
    assert __version__ in VERSIONS


def test_it_shows_what_it_showed_then_before_and_after_its_index_is_made_anew(tmp_path: Path, version: str) -> None:
    home = opened(tmp_path, version)
    said = (RELEASED / f"{version}.json").read_text("utf-8")
    assert shown(home) == said
    assert json.loads(said)["conflicts"]
    home.log.rebuild()
    assert shown(home) == said
    assert home.log.wrong_cells() == 0


def test_its_tables_are_brought_to_those_of_a_new_home(tmp_path: Path, version: str) -> None:
    """So that a step that has been released is never edited: what it made then would differ from what it makes now."""
    homes = opened(tmp_path, version), Home(tmp_path / "new", "B")
    made = [each.table("sqlite_master", "type, name, tbl_name, sql") for each in homes]
    assert made[0] == made[1]


def test_its_changes_batches_and_memory_are_all_there_and_travel_on(tmp_path: Path, version: str) -> None:
    home, other = opened(tmp_path, version), Home(tmp_path / "B", "B")
    assert home.log.unsent(WALK) == 3
    assert home.places.said(WALK) == Said(keeps=True, done=(home.device, 9))
    assert home.places.known(["0123456789abcdef"])
    assert [each.no for each in home.places.announced(WALK)] == [3]
    assert set(home.log.batches_not_applied(WALK).values()) <= {Taken.NEWER}
    home.send(other)
    assert shown(other) == shown(home)
    assert other.log.have(WALK) == home.log.have(WALK)


def test_it_can_be_written_undone_and_searched(tmp_path: Path, version: str) -> None:
    home = opened(tmp_path, version)
    home.set("stop", STOP, description="Efter uppdateringen")
    assert "Efter uppdateringen" in shown(home)
    home.undo()
    assert "Efter uppdateringen" not in shown(home)
    word = str(home.shown(Observation)[NOTE].text).removeprefix("Släckt vid ")
    assert word in ("rampen", "trappan")
    assert [record for _scope, _kind, record, _field in home.find(word)] == [NOTE]


def test_the_script_makes_the_same_bytes_twice(tmp_path: Path) -> None:
    assert make(tmp_path / "one") == make(tmp_path / "two")
