"""A walk that is rehearsed beside one that is walked."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest

from app.base.job import finish
from app.commands.groups import add_group, walk_with
from app.commands.observations import observe
from app.commands.recording import Recording, begin_recording, begin_rehearsal, end_cut_off, recording_under_way
from app.commands.rehearsals import left_of_rehearsals, only_practised, take_away
from app.commands.walks import new_walk
from app.domain.records import Observation, SafetyWalk, Track, TrackChunk
from app.domain.track import Fix
from app.export.geojson import geojson
from app.export.gpx import gpx
from app.jobs.sync import sync
from app.queries.proposals import tracks_of
from app.queries.whole import whole_walk
from app.report.ways import Ways, ways_of
from app.session import Session
from app.settings import load_passed, load_stop, save_recording, save_stop

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


def noted(session: Session, walk: str, text: str) -> str:
    """An observation made now."""
    return observe(session, walk, {"text": text})


def left(session: Session, walk: str) -> set[str]:
    """The observations that rehearsals left."""
    return {each.id for each in left_of_rehearsals(session, walk).made if isinstance(each, Observation)}


def test_the_walk_that_comes_after_a_rehearsal_is_not_taken_away_with_it(session: Session) -> None:
    walk = new_walk(session, {"title": "Kväll", "area": "Kajsaniemi"})
    before = noted(session, walk, "Före.")
    played = begin_rehearsal(session, walk)
    practised = noted(session, walk, "På prov.")
    assert left(session, walk) == {practised}
    walked(played, 20)
    between = noted(session, walk, "Emellan.")
    real = begin_recording(session, walk)
    walked(real, 20)
    after = noted(session, walk, "På riktigt.")
    assert left(session, walk) == {practised}
    take_away(session, walk)
    assert {each.id for each in session.read(Observation, {"scope": walk})} == {before, between, after}
    assert [each.id for each in session.read(Track, {"scope": walk})] == [real.track]
    assert not left_of_rehearsals(session, walk)


def test_each_of_two_rehearsals_is_known_in_a_home_that_is_opened_again(tmp_path: Path) -> None:
    session = Session(tmp_path / "home")
    walk = new_walk(session, {"title": "Kväll", "area": "Kajsaniemi"})
    practised = set()
    for _each in range(2):
        played = begin_rehearsal(session, walk)
        practised.add(noted(session, walk, "På prov."))
        played.end()
        noted(session, walk, "På riktigt.")
    session.close()
    again = Session(tmp_path / "home")
    assert left(again, walk) == practised
    again.close()


def begin_for_real(session: Session) -> None:
    """Begin to record the one walk there is."""
    begin_recording(session, session.read(SafetyWalk)[0].id)


@pytest.mark.parametrize("goes_on", [end_cut_off, begin_for_real])
def test_a_rehearsal_that_was_cut_off_ends_where_the_program_goes_on(
    session: Session, goes_on: Callable[[Session], None]
) -> None:
    walk = new_walk(session, {"title": "Kväll", "area": "Kajsaniemi"})
    begin_rehearsal(session, walk).take(FIX)
    practised = noted(session, walk, "På prov.")
    goes_on(session)
    noted(session, walk, "På riktigt.")
    assert left(session, walk) == {practised}


def test_of_a_rehearsal_whose_end_nobody_wrote_only_what_came_while_its_track_did_is_taken_away(
    session: Session,
) -> None:
    walk = new_walk(session, {"title": "Kväll", "area": "Kajsaniemi"})
    played = begin_rehearsal(session, walk)
    practised = noted(session, walk, "På prov.")
    played.take(FIX)
    played.write()
    save_recording(session.home, None)
    noted(session, walk, "På riktigt.")
    assert left(session, walk) == {practised}


def test_a_rehearsal_is_taken_away_on_the_device_that_rehearsed(session: Session) -> None:
    walk = new_walk(session, {"title": "Kväll", "area": "Kajsaniemi"})
    played = begin_rehearsal(session, walk)
    noted(session, walk, "På prov.")
    played.end()
    session.become_new_device()
    assert not left_of_rehearsals(session, walk)


def test_where_a_copy_of_the_home_ends_the_rehearsal_what_is_noted_for_real_in_the_other_is_real(
    session: Session, tmp_path: Path
) -> None:
    walk = new_walk(session, {"title": "Kväll", "area": "Kajsaniemi"})
    played = begin_rehearsal(session, walk)
    practised = noted(session, walk, "På prov.")
    copytree(session.home, tmp_path / "copy")
    copy = Session(tmp_path / "copy")
    assert copy.identity.device != session.identity.device
    for _each in range(20):
        noted(copy, walk, "I kopian.")
    end_cut_off(copy)
    played.end()
    noted(session, walk, "På riktigt.")
    for each in (session, copy, session):
        finish(sync(each, str(tmp_path / "meet"), walk=walk))
    assert len(copy.read(Observation, {"scope": walk})) == 22
    seen = [only_practised(each, walk) for each in (session, copy)]
    assert seen == [{practised, played.track}] * 2
    copy.close()


def test_each_piece_of_a_track_says_which_kind_of_receiver_told_it(session: Session) -> None:
    walk = new_walk(session, {"title": "Kväll", "area": "Kajsaniemi"})
    recording = begin_recording(session, walk)
    for second, by in enumerate(("serial", "serial", "phone", "", "serial")):
        recording.take(replace(FIX, time=at(second)), by)
    recording.end()
    pieces = sorted(session.read(TrackChunk, {"scope": walk}), key=lambda each: each.number)
    assert [(each.told_by, len(each.points)) for each in pieces] == [
        ("serial", 2),
        ("phone", 1),
        ("", 1),
        ("serial", 1),
    ]
    (line,) = whole_walk(session, session.read(SafetyWalk)[0]).tracks
    assert line.told_by == ("serial", "phone") and [fix.time for fix in line.segments[0]] == [at(k) for k in range(5)]


def at(second: int) -> datetime:
    """So many seconds after `FIX`."""
    return datetime(2026, 10, 23, 16, 5, tzinfo=UTC) + timedelta(seconds=second)


@pytest.mark.parametrize(
    ("said", "then", "passed"),
    [({}, "b", {"y"}), ({"stop": "a"}, "a", set()), ({"stop": "a", "passed": ["x"]}, "a", {"x"})],
    ids=["before", "later", "now"],
)
def test_one_is_where_one_was_before_a_rehearsal_that_was_cut_off_as_far_as_that_is_known(
    session: Session, said: dict[str, object], then: str, passed: set[str]
) -> None:
    walk = new_walk(session, {"title": "Kväll", "area": "Kajsaniemi"})
    track = begin_rehearsal(session, walk).track
    save_recording(session.home, {"walk": walk, "track": track, "first": track, "rehearses": True, **said})
    save_stop(session.home, walk, "b", {"y"})
    end_cut_off(session)
    assert load_stop(session.home, walk) == then and load_passed(session.home, walk) == passed


@pytest.mark.parametrize("file", ["recording.json", "rehearsed.lock"])
def test_a_rehearsal_that_could_not_begin_takes_nothing_that_is_noted_afterwards(session: Session, file: str) -> None:
    walk = new_walk(session, {"title": "Kväll", "area": "Kajsaniemi"})
    (session.home / file).mkdir()
    with pytest.raises(OSError, match=file):
        begin_rehearsal(session, walk)
    real = observe(session, walk, {"category": "lighting"})
    take_away(session, walk)
    assert [each.id for each in session.read(Observation, {"scope": walk})] == [real]
