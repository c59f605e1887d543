"""Damage that was met once is known to whoever opens the home, until it is mended."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.base.errors import GatljusError
from app.base.job import finish
from app.jobs.restore import remake
from app.jobs.soundness import damaged_words, look
from app.jobs.verify import verify
from app.session import Session
from app.storage import soundness
from tests.storage.damaging import PAGE, furnish, overwrite, row_with, settle, text_of


def _damaged(home: Path) -> tuple[int, bytes]:
    """Spoil a page of the log. Returns how it was."""
    at = row_with(home, text_of(3)) // PAGE * PAGE + 3
    was = (home / "gatljus.db").read_bytes()[at : at + 2]
    overwrite(home / "gatljus.db", at, b"\xff\xff")
    return at, was


def test_a_small_database_is_looked_through_when_it_is_opened(tmp_path: Path) -> None:
    session, _walk = furnish(tmp_path)
    session.leave()
    settle(session.home)
    sound = Session(session.home)
    assert sound.soundness.damage is None and damaged_words(sound) == ""
    sound.leave()
    at, was = _damaged(session.home)
    again = Session(session.home)
    assert "gatljus verify" in damaged_words(again)
    again.leave()
    # A disk that was read wrongly once and rightly now: the check takes it back.
    overwrite(session.home / "gatljus.db", at, was)
    again = Session(session.home)
    assert damaged_words(again)
    assert finish(verify(again)) == [] and damaged_words(again) == ""
    assert soundness.noted(session.home) is None
    again.leave()


def test_of_a_large_one_is_known_what_was_met_and_its_rebuilding_ends_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundness, "LOOKED_THROUGH", 0)
    session, _walk = furnish(tmp_path)
    session.leave()
    settle(session.home)
    _damaged(session.home)
    first = Session(session.home)
    assert damaged_words(first) == ""
    with pytest.raises(GatljusError):
        first.log.rebuild()
    first.leave()
    second = Session(session.home)
    assert "skadad" in damaged_words(second)
    second.leave()
    finish(remake(session.home))
    third = Session(session.home)
    assert damaged_words(third) == "" == finish(look(third))
    third.leave()


def test_a_busy_database_is_no_damage(tmp_path: Path) -> None:
    session, walk = furnish(tmp_path)
    session.log.database.tables.execute("pragma busy_timeout = 0")
    with closing(sqlite3.connect(session.home / "gatljus.db", isolation_level=None)) as other:
        other.execute("begin immediate")
        with pytest.raises(GatljusError):
            session.log.freeze(walk)
    assert soundness.noted(session.home) is None
