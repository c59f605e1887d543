"""What is told where the database fails: the world's faults in words, our own as they are."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection

import pytest

from app.base.errors import GatljusError
from app.domain.records import Stop
from app.storage import views
from app.storage.database import Database
from app.storage.migrations import RECORDED
from tests.homes import Home

STOP = "5" * 32
PAGE = 4096


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "A", "A")


def full(home: Home) -> None:
    home.log.database.tables.execute("pragma max_page_count = 1")


def readonly(home: Home) -> None:
    home.log.database.tables.execute("pragma query_only = on")


def busy(home: Home) -> None:
    home.log.database.tables.execute("pragma busy_timeout = 0")
    sqlite3.connect(home.log.database.path, isolation_level=None).execute("begin immediate")


def spoilt(home: Home) -> None:
    home.log.close()
    data = home.log.database.path.read_bytes()
    home.log.database.path.write_bytes(data[:PAGE] + b"\xff" * (len(data) - PAGE))


def no_database(home: Home) -> None:
    home.log.close()
    home.log.database.path.write_bytes(b"nonsense" * PAGE)


FAULTS: dict[Callable[[Home], None], str] = {
    full: "disk-full", readonly: "home-not-writable", busy: "home-busy", spoilt: "database", no_database: "database",
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:unclosed database:ResourceWarning")
@pytest.mark.parametrize(("breaks", "code"), FAULTS.items(), ids=lambda each: getattr(each, "__name__", each))
def test_what_the_world_does_to_the_database_is_told_with_advice(
    home: Home, breaks: Callable[[Home], None], code: str
) -> None:
    breaks(home)
    with pytest.raises(GatljusError) as told:
        home.new("stop", STOP, name="Torget", description="x" * 60_000)
    assert told.value.code == code and told.value.advice


def test_a_database_that_cannot_be_opened_is_told_with_advice(tmp_path: Path) -> None:
    with pytest.raises(GatljusError) as told:
        Database(tmp_path / "nowhere" / "gatljus.db", views.make_views)
    assert told.value.code == "home-not-writable"


@pytest.mark.parametrize("query", ["select nosuch from change", "selekt 1", "select * from nowhere"])
def test_a_query_of_ours_that_is_wrong_is_not_put_on_the_disk(home: Home, query: str) -> None:
    for transaction in (home.log.database.reading, home.log.database.writing):
        with pytest.raises(sqlite3.OperationalError), transaction() as tables:
            tables.execute(query)


def read(tables: Connection, where: dict[str, str], order: tuple[str, ...] = ()) -> list[Stop]:
    return list(views.read(tables, Stop, where, order, None))


def test_a_condition_or_an_order_that_is_no_field_is_our_fault(home: Home) -> None:
    home.new("stop", STOP, name="Torget")
    with home.log.database.reading() as tables:
        assert read(tables, {"id": STOP, "name": "Torget"}, ("-order", "created"))
        with pytest.raises(ValueError, match="stop has no nosuch"):
            read(tables, {"nosuch": "x"})
        with pytest.raises(ValueError, match="stop has no nosuch"):
            read(tables, {}, ("-nosuch",))


def test_a_database_that_could_not_be_opened_is_let_go_of_at_once(tmp_path: Path) -> None:
    """Let go of later, it would remove the log beside the file that lies there then."""

    def fail(_tables: sqlite3.Connection) -> None:
        raise sqlite3.DatabaseError("it is spoilt")

    with pytest.raises(sqlite3.DatabaseError) as told:
        Database(tmp_path / "gatljus.db", fail)
    # Whoever is told of it may have it for long.
    assert str(told.value) and not (tmp_path / "gatljus.db-wal").exists()


def test_a_home_that_was_made_between_two_releases_learns_what_has_left_and_which_targets_those_are(
    tmp_path: Path,
) -> None:
    with closing(sqlite3.connect(Home(tmp_path / "A", "A").log.database.path)) as tables:
        tables.execute("drop table leaving")
        said = ("cd" * 16, "purged.0.json", b"{}", '["/media/GATLJUS-1"]', "[]")
        tables.execute("insert into purged values(?, ?, ?, ?, ?)", said)
        tables.execute(f"delete from {RECORDED} where name = 'mend_the_memory_of_purges'")
        tables.commit()
    home = Home(tmp_path / "A", "A")
    assert home.log.leaving() == set()
    (left,) = home.table("purged", "left")
    assert json.loads(left[0]) == {"/media/GATLJUS-1": "/media/GATLJUS-1"}
