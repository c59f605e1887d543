"""Photos that were placed by clocks that turn out to be wrong, and cameras whose clocks go differently."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.base.job import finish
from app.commands.photos import apply_placings
from app.commands.records import undo
from app.domain.geo import distance_m
from app.domain.records import CameraClock, SafetyWalk
from app.jobs.photos import import_photos
from app.jobs.sync import sync
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
