"""A walk that is rehearsed beside one that is walked."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.commands.recording import begin_recording, begin_rehearsal, recording_under_way
from app.commands.walks import new_walk
from app.domain.track import Fix
from app.session import Session

FIX = Fix(datetime(2026, 10, 23, 16, 5, tzinfo=UTC), 60.17, 24.94)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = Session(tmp_path / "home")
    yield opened
    opened.close()


def test_a_rehearsal_that_ends_leaves_the_track_that_was_begun_meanwhile_under_way(session: Session) -> None:
    walk = new_walk(session, {"title": "Kväll", "area": "Kajsaniemi"})
    played = begin_rehearsal(session, walk)
    real = begin_recording(session, walk)
    played.take(FIX)
    played.end()
    found = recording_under_way(session)
    assert found is not None and found.track == real.track
    found.end()
    assert recording_under_way(session) is None
