"""Rolling backups, whatever the clock says."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.session import Session
from app.storage.backup import KEPT, NAMED, back_up

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
