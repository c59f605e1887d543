"""A home that was made between two releases, when a purge remembered targets by their labels alone, goes on."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from app.base.job import finish
from app.commands import walks
from app.domain.records import SafetyWalk
from app.jobs import purge as jobs
from app.jobs.restore import restore
from app.session import Session
from tests.homes import Home

MADE = Path(__file__).with_name("unreleased") / "purged-by-label.db.gz"
"""A walk was purged that had lain in two folders; in the first lies another, which is kept."""
FIRST, SECOND = "/media/kommunen/minne", "/media/kommunen/annat"
MARKER = "0a288046e0ff7d5c"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Such a home."""
    (tmp_path / "gammal").mkdir()
    (tmp_path / "gammal" / "gatljus.db").write_bytes(gzip.decompress(MADE.read_bytes()))
    return tmp_path / "gammal"


def purged_in(session: Session) -> tuple[str, dict[str, str]]:
    """The walk that was purged, and where it may still lie."""
    (walk,) = session.log.purged_walks()
    purged = session.places.purged(walk)
    assert purged is not None
    return walk, dict(purged.left)


def test_it_opens_knows_where_the_walk_may_lie_and_forgets_it_where_it_was_reached(old: Path) -> None:
    session = Session(old)
    walk, left = purged_in(session)
    assert left == {MARKER: FIRST, SECOND: SECOND} and not session.log.leaving()
    assert set(jobs.left_of(session, walk).left) == {FIRST, SECOND}
    session.places.reached(walk, [MARKER])
    assert purged_in(session)[1] == {SECOND: SECOND}
    # A walk that is known to lie there tells which markers the other folder has.
    (kept,) = session.read(SafetyWalk)
    session.places.remember(SECOND, True, ["0" * 16], kept.id, session.places.remembered([], kept.id))
    session.places.reached(walk, ["0" * 16])
    assert purged_in(session)[1] == {}
    finish(jobs.purge(session, kept))
    assert not session.log.scopes()


def test_its_tables_are_brought_to_those_of_a_new_home(old: Path, tmp_path: Path) -> None:
    Session(old).leave()
    homes = Home(old, "A"), Home(tmp_path / "new", "B")
    made = [each.table("sqlite_master", "type, name, tbl_name, sql") for each in homes]
    assert made[0] == made[1]


def never(_home: Path) -> None:
    """It is not opened before."""


def opened(home: Path) -> None:
    """It is opened before."""
    Session(home).leave()


@pytest.mark.parametrize("before", [never, opened])
def test_a_backup_read_back_into_it_does_not_bring_the_walk_back(
    old: Path, tmp_path: Path, before: Callable[[Path], None]
) -> None:
    other = Session(tmp_path / "annan")
    walks.new_walk(other, {"title": "Ur en kopia"})
    made = other.back_up()
    other.leave()
    before(old)
    finish(restore(old, made))
    session = Session(old)
    assert purged_in(session)[1].keys() >= {SECOND} and set(purged_in(session)[1].values()) == {FIRST, SECOND}
    session.leave()
