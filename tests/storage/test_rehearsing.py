"""A walk that is rehearsed beside one that is walked."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.commands.groups import add_group, walk_with
from app.commands.recording import Recording, begin_recording, begin_rehearsal, recording_under_way
from app.commands.walks import new_walk
from app.domain.records import SafetyWalk, Track
from app.domain.track import Fix
from app.export.geojson import geojson
from app.export.gpx import gpx
from app.queries.proposals import tracks_of
from app.queries.whole import whole_walk
from app.report.ways import Ways, ways_of
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


def walked(recording: Recording, metres: int) -> None:
    """Northwards from `FIX`, a metre each second."""
    for second in range(metres + 1):
        moment = datetime(2026, 10, 23, 16, 5, tzinfo=UTC) + timedelta(seconds=second)
        recording.take(Fix(moment, FIX.lat + second / 111_200, FIX.lon))
    recording.end()


def ways(session: Session, walk: str) -> Ways:
    """What the protocol says of the way."""
    return ways_of(whole_walk(session, session.read(SafetyWalk, {"id": walk})[0]))


def test_of_a_rehearsal_and_a_walk_the_walk_alone_is_the_way_however_short_it_is(session: Session) -> None:
    walk = new_walk(session, {"title": "Kväll", "area": "Kajsaniemi"})
    walked(begin_rehearsal(session, walk), 400)
    assert ways(session, walk) == Ways()
    real = begin_recording(session, walk)
    walked(real, 100)
    assert 95 < ways(session, walk).length_m < 105 and ways(session, walk).others == ()
    (safety_walk,) = session.read(SafetyWalk, {"id": walk})
    assert [each.id for each in tracks_of(session, safety_walk)] == [real.track]
    whole = whole_walk(session, safety_walk)
    assert gpx(whole).count(b"<trk>") == 1 and geojson(whole).count(b'"track"') == 1


def test_a_rehearsal_with_another_group_is_a_rehearsal_too(session: Session) -> None:
    walk = new_walk(session, {"title": "Kväll", "area": "Kajsaniemi"})
    played = begin_rehearsal(session, walk)
    played.take(FIX)
    played.write()
    walk_with(session, walk, add_group(session, walk))
    played.take(FIX)
    played.end()
    assert [each.rehearsed for each in session.read(Track, {"scope": walk})] == [True, True]


def test_a_track_is_real_where_nothing_is_said_of_it(session: Session) -> None:
    walk = new_walk(session, {"title": "Kväll", "area": "Kajsaniemi"})
    real = begin_recording(session, walk)
    assert not [each for each in session.history(Track.KIND, real.track) if each["field"] == "rehearsed"]
    assert session.read(Track, {"scope": walk})[0].rehearsed is False
