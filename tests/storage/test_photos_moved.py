"""Photos that were placed by clocks that turn out to be wrong, and cameras whose clocks go differently."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.base.job import finish
from app.commands.photos import apply_placings, note_camera_clock, place_at_stop
from app.commands.records import set_fields, undo
from app.commands.stops import add_stop
from app.domain.geo import distance_m
from app.domain.records import CameraClock, SafetyWalk, Stop
from app.domain.values import TakenAtSource
from app.jobs.photos import import_photos
from app.jobs.sync import sync
from app.photos.geotag import ClockError, Shot, moment_of
from app.queries.proposals import Sure, proposal, to_be_moved
from app.session import Session
from tests.cameras import BEGINS, LEG_S, STAYS_S, Camera, true_place, walk_along
from tests.storage.photo_desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path, 37.0)
    yield made
    made.session.close()


def test_what_the_track_placed_by_a_clock_that_turns_out_to_be_wrong_is_to_be_moved(desk: Desk, tmp_path: Path) -> None:
    other = Camera(tmp_path / "card2", 0.0, "Annan")
    desk.take(desk.camera.shoot(STAYS_S + LEG_S / 2), other.shoot(STAYS_S + LEG_S / 2), by_track=True)
    assert desk.propose().photos == ()
    desk.take(desk.camera.shoot(5, page=BEGINS + timedelta(seconds=5)))
    (found,) = desk.propose().photos
    assert (found.photo.camera, found.sure) == ("Kompakt 7", Sure.MOVED)
    assert to_be_moved(desk.session, desk.safety_walk) == [found.photo.id]
    apply_placings(desk.session, [(found.photo, found.placing)])
    assert found.placing.position is not None
    assert distance_m(found.placing.position, true_place(STAYS_S + LEG_S / 2)) < 3
    assert to_be_moved(desk.session, desk.safety_walk) == []
    undo(desk.session, desk.walk)
    assert to_be_moved(desk.session, desk.safety_walk) == [found.photo.id]


def test_what_one_tablets_track_placed_is_not_to_be_moved_to_where_another_one_was_then(
    desk: Desk, tmp_path: Path
) -> None:
    photo = desk.camera.shoot(STAYS_S + LEG_S / 2)
    desk.take(by_track=True)
    far, folder = Session(tmp_path / "annan"), str(tmp_path / "mapp")
    try:
        finish(sync(desk.session, folder, walk=desk.walk))
        finish(sync(far, folder, walk=desk.walk))
        walk_along(far, desk.walk, tmp_path, north_m=12.0)
        there = far.read(SafetyWalk)[0]
        assert to_be_moved(far, there) == []
        finish(import_photos(far, there, [desk.camera.shoot(5, page=BEGINS + timedelta(seconds=5))]))
        (found,) = proposal(far, there).photos
        assert (found.photo.name, found.sure) == (photo.name, Sure.MOVED)
    finally:
        far.close()


def test_of_each_camera_a_person_says_by_itself_how_its_clock_goes(desk: Desk, tmp_path: Path) -> None:
    other, nameless = Camera(tmp_path / "card2", -60.0, "Annan"), Camera(tmp_path / "card3", 90.0, "")
    middle = STAYS_S + LEG_S / 2
    desk.take(desk.camera.shoot(middle), other.shoot(middle), nameless.shoot(middle))
    said = {"Kompakt 7": -37.0, "Annan": 60.0, "": -90.0}
    for camera, seconds in said.items():
        found = proposal(desk.session, desk.safety_walk, None, {camera: seconds})
        assert {str(each.photo.camera) for each in found.of(Sure.SAFE)} == {camera}
        assert set(found.unknown) == said.keys() - {camera}
    found = proposal(desk.session, desk.safety_walk, None, said)
    assert [each.moment for each in found.of(Sure.SAFE)] == [BEGINS + timedelta(seconds=middle)] * 3
    apply_placings(desk.session, [(each.photo, each.placing) for each in found.photos], said)
    told = {each.camera: each.ahead_s for each in desk.session.read(CameraClock)}
    assert told == {"Kompakt 7": 37.0, "Annan": -60.0}, "a clock without a name is nobody's"


def test_a_photo_at_a_stop_that_a_person_has_said_is_never_to_be_moved(desk: Desk) -> None:
    middle = STAYS_S + LEG_S / 2
    desk.take(desk.camera.shoot(middle), desk.camera.shoot(200), by_track=True)
    between, at_stop = desk.photos().values()
    here = add_stop(desk.session, desk.walk, {"name": "Ny", "position": between.position})
    place_at_stop(desk.session, [between], desk.session.read(Stop, {"id": here})[0])
    set_fields(desk.session, at_stop, {"stop": None})
    note_camera_clock(desk.session, desk.walk, "Kompakt 7", -100.0)
    assert to_be_moved(desk.session, desk.safety_walk) == []
    found = proposal(desk.session, desk.safety_walk, {between.id, at_stop.id})
    assert [each.sure for each in found.photos if each.photo.id == between.id] == [Sure.DOUBTFUL]
    for _once in range(2):
        undo(desk.session, desk.walk)
    assert len(to_be_moved(desk.session, desk.safety_walk)) == 2, "nobody says so any longer"


def test_what_another_groups_track_placed_stays_with_it_whoevers_photos_come(desk: Desk, tmp_path: Path) -> None:
    far, folder = Session(tmp_path / "annan"), str(tmp_path / "mapp")
    try:

        def meet() -> None:
            for each in (desk.session, far, desk.session):
                finish(sync(each, folder, walk=desk.walk))

        meet()
        walk_along(far, desk.walk, tmp_path, north_m=300.0)
        there = far.read(SafetyWalk)[0]
        right, phone = Camera(tmp_path / "x", 0.0, "Rätt"), Camera(tmp_path / "t", 0.0, "Telefon")
        note_camera_clock(far, desk.walk, "Rätt", 0.0)
        finish(import_photos(far, there, [right.shoot(60)], by_track=True))
        meet()
        # The other group's photo with a place of its own says whose track is nearest: not this one's.
        desk.take(phone.shoot(30, place=true_place(30)))
        meet()
        assert to_be_moved(far, there) == to_be_moved(desk.session, desk.safety_walk) == []
    finally:
        far.close()


def test_a_time_that_no_clock_can_have_shown_stops_no_proposal() -> None:
    shot = Shot("k", "K", datetime(1, 1, 1, tzinfo=UTC), TakenAtSource.ZONE, None)
    assert moment_of(shot, {"K": ClockError("K", 3600.0, 0)}) == shot.taken_at
