"""Rolling backups, whatever the clock says."""

import random
import signal
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.base.job import Step, finish
from app.commands import observations, walks
from app.jobs.backup import keep_backed_up
from app.jobs.sync import sync
from app.session import Session
from app.storage.backup import KEPT, NAMED, back_up, backups_in, count_in, opened_to_read
from app.storage.restore import check
from tests.storage.test_processes_of_one_home import answers, processes

NOW = datetime(2026, 10, 23, 16, 5, tzinfo=UTC)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """A home."""
    return Session(tmp_path / "home")


def test_after_backups_by_a_fast_clock_the_last_ten_made_are_kept(session: Session, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    fast = NOW + timedelta(days=3650)
    made = [back_up(session.log.database, folder, lambda: fast) for _ in range(KEPT)]
    made += [back_up(session.log.database, folder, lambda: NOW) for _ in range(3)]
    assert sorted(folder.iterdir()) == made[-KEPT:]


def test_a_copy_that_a_person_has_named_is_no_backup_of_ours_to_remove(session: Session, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    own = back_up(session.log.database, folder, lambda: NOW).rename(folder / "gatljus-0 före resan.db")
    for _ in range(KEPT + 1):
        back_up(session.log.database, folder, lambda: NOW)
    assert own.exists()
    assert len(list(folder.iterdir())) == KEPT + 1


def test_a_backup_that_is_put_back_is_in_wal_mode_again(session: Session, tmp_path: Path) -> None:
    made = back_up(session.log.database, tmp_path / "backups", lambda: NOW)
    (tmp_path / "other").mkdir()
    made.rename(tmp_path / "other" / "gatljus.db")
    other = Session(tmp_path / "other")
    assert other.log.database.tables.execute("pragma journal_mode").fetchone()[0] == "wal"


def test_an_old_copy_that_cannot_be_removed_does_not_fail_the_new_one(session: Session, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    stuck = folder / f"{NOW - timedelta(days=1):{NAMED}}"
    stuck.mkdir(parents=True)
    made = [back_up(session.log.database, folder, lambda: NOW) for _ in range(KEPT + 2)]
    assert sorted(folder.iterdir()) == [stuck, *made[-KEPT:]]


def test_a_backup_is_made_before_a_sync_and_only_where_something_was_written(session: Session, tmp_path: Path) -> None:
    walk = walks.new_walk(session, {"title": "Kvällsvandring"})
    (tmp_path / "minne").mkdir()
    finish(sync(session, str(tmp_path / "minne"), walk=walk))
    (made,) = backups_in(session.backups).values()
    with opened_to_read(made) as copy:
        assert copy.execute("select count(*) from change").fetchone()[0] > 0
        # It is as it was before anything was frozen and put.
        assert copy.execute("select count(*) from batch").fetchone() == (0,)
    for _ in range(3):
        finish(sync(session, str(tmp_path / "minne")))
    assert count_in(session.backups) == 2
    observations.observe(session, walk, {"category": "lighting"})
    finish(sync(session, str(tmp_path / "minne")))
    assert count_in(session.backups) == 3


def test_a_backup_that_cannot_be_made_is_said_once_and_the_sync_goes_on(session: Session, tmp_path: Path) -> None:
    walk = walks.new_walk(session, {"title": "Kvällsvandring"})
    for name in ("minne", "annat"):
        (tmp_path / name).mkdir()
    (tmp_path / "fil").write_text("Här ligger en fil.")
    session.save(replace(session.settings, backups=str(tmp_path / "fil")))
    said: list[Step] = []
    for name in ("minne", "annat"):
        done = finish(sync(session, str(tmp_path / name), walk=walk), said.append)
        assert done.as_data()["sent"]["changes"] > 0
    told = [each.text for each in said if each.stays]
    assert len(told) == 1 and told[0].startswith("Säkerhetskopian kunde inte skrivas")
    # The window, in which a step passes by, says it as well.
    assert [finish(keep_backed_up(session)) for _ in range(2)] == [told[0], ""]
    session.save(replace(session.settings, backups=""))
    assert finish(keep_backed_up(session)) == "" and count_in(session.backups) == 1
    session.save(replace(session.settings, backups=str(tmp_path / "fil")))
    assert finish(keep_backed_up(session)) != ""


def test_a_backup_killed_at_any_moment_leaves_only_whole_ones(session: Session) -> None:
    walk = walks.new_walk(session, {"title": "Kvällsvandring"})
    for number in range(60):
        observations.observe(session, walk, {"category": "lighting", "text": f"Lampa {number} " + "mörk " * 400})
    seed = random.randrange(10**6)
    print("seed", seed)
    dice = random.Random(seed)
    for _ in range(8):
        with processes(1, BACKS_UP, str(session.home)) as (process,):
            assert answers([process]) == ["ready"]
            time.sleep(dice.random() * 0.3)
            process.send_signal(signal.SIGKILL)
    made = list(backups_in(session.backups).values())
    assert made
    for each in made:
        check(each)
        with opened_to_read(each) as copy:
            found = copy.execute("select count(*) from change where field = 'text'").fetchone()
        assert found == (60,)


BACKS_UP = """
import sys
from pathlib import Path
from app.session import Session
session = Session(Path(sys.argv[1]))
print("ready", flush=True)
while True:
    session.back_up()
"""
