"""Photos of a camera without GPS: where they were taken is proposed, applied at one go, and taken back."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.base.job import finish
from app.commands.drafts import changed
from app.commands.photos import apply_placings, place_at_stop
from app.commands.records import redo, set_fields, undo
from app.domain.geo import distance_m
from app.domain.records import Photo, SafetyWalk, Stop
from app.domain.values import Position, PositionSource
from app.jobs.photos import import_photos
from app.jobs.placing import place_by_track
from app.jobs.protocol import handed_to
from app.jobs.sync import sync
from app.queries.proposals import Sure, proposal
from app.queries.whole import whole_walk
from app.session import Session
from app.settings import forget_walk, load_camera_clocks, load_said_clocks
from tests.cameras import BEGINS, LEG_S, STAYS_S, Camera, true_place
from tests.storage.photo_desk import Desk

SHOTS = [20.0 + 31 * number for number in range(40)]
"""Seconds into the walk at which pictures are taken: at the stops and on the way."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path, 37.0)
    yield made
    made.session.close()


def test_a_photo_of_the_clock_page_puts_a_cameras_clock_right(desk: Desk) -> None:
    shots = {desk.camera.shoot(seconds).name: seconds for seconds in SHOTS}
    desk.take()
    before = desk.propose()
    assert len(before.photos) == len(SHOTS)
    assert 40 < desk.wrong(before, shots) < 50, "37 s at walking pace"
    page = desk.camera.shoot(5, page=BEGINS + timedelta(seconds=5))
    (item,) = desk.take(page)
    assert (item["result"], item["clock_ahead_s"]) == ("refused", 37.0)
    assert "Kamerans klocka går 37 s före" in item["reason"]
    whole = whole_walk(desk.session, desk.safety_walk)
    moments = handed_to(desk.session, whole).moments
    ahead = {(each.taken_at - moments[each.id]).total_seconds() for each in whole.photos if each.taken_at}
    assert len(moments) == len(SHOTS) and ahead == {37.0}, "the protocol prints the right time"
    after = desk.propose()
    assert desk.wrong(after, shots) < 3
    assert after.clocks["Kompakt 7"].photos == 0
    assert [each.moment for each in after.photos] == [BEGINS + timedelta(seconds=seconds) for seconds in SHOTS]


def test_a_photo_of_the_clock_page_is_no_picture_of_the_walk(desk: Desk) -> None:
    page = desk.camera.shoot(5, page=BEGINS + timedelta(seconds=5))
    other = desk.camera.shoot(60)
    items = {each["file"]: each for each in desk.take()}
    assert [*desk.photos()] == [other.name]
    assert items[page.name]["photo"] is None
    assert page.exists(), "it lies on the card as before"


def test_a_clock_page_tells_of_its_own_camera_alone(desk: Desk, tmp_path: Path) -> None:
    other = Camera(tmp_path / "card2", 0.0, "En annan")
    desk.take(desk.camera.shoot(5, page=BEGINS + timedelta(seconds=5)), other.shoot(300), desk.camera.shoot(300))
    moments = {str(each.photo.camera): each.moment for each in desk.propose().photos}
    assert set(moments.values()) == {BEGINS + timedelta(seconds=300)}


def test_what_a_camera_without_a_name_is_off_is_said_and_not_reckoned_with(desk: Desk, tmp_path: Path) -> None:
    nameless = Camera(tmp_path / "card2", 3720.0, "")
    (item,) = desk.take(nameless.shoot(5, page=BEGINS + timedelta(seconds=5)))
    assert "går 1 h 02 min före" in item["reason"]
    assert clocks(desk.session) == {}


def clocks(session: Session) -> dict[str, tuple[float, bool]]:
    """What is known of cameras' clocks in the walk by what was told, and whether a person said it."""
    (walk,) = session.read(SafetyWalk)
    found = proposal(session, walk).clocks
    return {camera: (each.seconds, each.said) for camera, each in found.items()}


def test_photos_that_have_both_tell_of_those_that_have_only_a_time(desk: Desk) -> None:
    for seconds in (30, 50, 70):
        desk.camera.shoot(seconds, place=true_place(seconds))
    alone = desk.camera.shoot(STAYS_S + LEG_S / 2)
    desk.take()
    found = desk.propose()
    (only,) = found.photos
    assert only.photo.name == alone.name and only.placing.position is not None
    assert distance_m(only.placing.position, true_place(STAYS_S + LEG_S / 2)) < 3
    assert (found.clocks["Kompakt 7"].photos, found.unknown) == (3, ())


def test_nothing_is_written_before_it_is_applied_and_one_undo_takes_all_of_it_back(desk: Desk) -> None:
    for seconds in (30, 100, STAYS_S + LEG_S + 60):
        desk.camera.shoot(seconds)
    desk.take()
    before = _changes(desk)
    found = desk.propose(offset_s=-37.0)
    assert _changes(desk) == before
    assert desk.apply(found) == 3
    stops = [str(each.id) for each in desk.session.read(Stop, {"scope": desk.walk}, order=("order",))]
    assert [each.stop for each in desk.photos().values()] == [stops[0], stops[0], stops[1]]
    assert {each.position_source for each in desk.photos().values()} == {PositionSource.TRACK}
    undo(desk.session, desk.walk)
    assert {each.position_source for each in desk.photos().values()} == {PositionSource.NONE}
    assert {each.stop for each in desk.photos().values()} == {None}


def _changes(desk: Desk) -> list[Any]:
    return [each for photo in desk.photos().values() for each in desk.session.history(Photo.KIND, photo.id)]


def test_what_a_person_has_placed_is_left_alone(desk: Desk) -> None:
    for seconds in (30, 60, 100):
        desk.camera.shoot(seconds)
    desk.take()
    one, two, three = desk.photos().values()
    far = desk.session.read(Stop, {"scope": desk.walk}, order=("order",))[3]
    place_at_stop(desk.session, [one], far)
    set_fields(desk.session, two, {"position": Position(60.2, 24.9), "position_source": PositionSource.HAND})
    found = desk.propose({one.id, two.id, three.id}, offset_s=-37.0)
    assert {each.photo.id: each.sure for each in found.photos} == {
        one.id: Sure.PLACED,
        two.id: Sure.PLACED,
        three.id: Sure.SAFE,
    }
    desk.apply(found)
    assert next(iter(desk.photos().values())).stop == far.id


def test_another_stop_than_a_person_has_put_the_photo_at_is_doubtful(desk: Desk) -> None:
    desk.camera.shoot(60)
    desk.take(by_track=True)
    (photo,) = desk.photos().values()
    far = desk.session.read(Stop, {"scope": desk.walk}, order=("order",))[3]
    set_fields(desk.session, photo, {"stop": far.id})
    for offset_s in (0.0, STAYS_S + LEG_S):
        (found,) = desk.propose({photo.id}, offset_s).photos
        assert found.sure is Sure.DOUBTFUL and found.perhaps not in (far.id, None)
    assert desk.propose(offset_s=STAYS_S + LEG_S).photos == ()


def test_a_photo_from_before_the_walk_stays_unplaced(desk: Desk) -> None:
    desk.camera.shoot(-3600)
    desk.take()
    (only,) = desk.propose().photos
    assert (only.sure, only.placing.position) == (Sure.UNKNOWN, None)


def test_a_time_that_was_put_right_when_it_was_read_in_is_not_put_right_once_more(desk: Desk) -> None:
    seconds = STAYS_S + LEG_S / 2
    desk.camera.shoot(seconds)
    desk.take(offset_s=-37.0)
    desk.take(desk.camera.shoot(5, page=BEGINS + timedelta(seconds=5)))
    finish(place_by_track(desk.session, desk.safety_walk, {each.id for each in desk.photos().values()}))
    (photo,) = desk.photos().values()
    assert isinstance(photo.position, Position)
    assert distance_m(photo.position, true_place(seconds)) < 3


def test_what_no_clock_can_be_is_no_clock(desk: Desk) -> None:
    desk.take(desk.camera.shoot(5), by_track=True)
    clocks = ", ".join(
        f'"K{n}": {each}' for n, each in enumerate(("NaN", "Infinity", "1e308", "true", '"37"', "1" + "0" * 400))
    )
    said = f'{{"{desk.walk}": {{"Kompakt 7": NaN, {clocks}, "Annan": 5}}}}'
    (desk.session.home / "clocks.json").write_text(said)
    assert load_camera_clocks(desk.session.home, desk.walk) == {"Annan": 5.0}
    assert desk.propose().photos is not None


def test_what_version_before_kept_of_clocks_beside_the_log_counts_until_the_walk_says_otherwise_or_goes(
    desk: Desk,
) -> None:
    seconds = STAYS_S + LEG_S / 2
    photo = desk.camera.shoot(seconds).name
    desk.take(by_track=True)
    device, home = desk.session.identity.device, desk.session.home
    true = BEGINS + timedelta(seconds=seconds)
    kept = {desk.walk: {"Kompakt 7": 36.0}}
    (home / "clocks.json").write_text(json.dumps(kept))
    assert load_camera_clocks(home, desk.walk) == {"Kompakt 7": 36.0}
    assert _right(desk) == {photo: true + timedelta(seconds=1)}
    action = desk.session.write(desk.walk, changed(next(iter(desk.photos().values())), {"caption": "På väg"})).action
    (home / "clocks.json").write_text(json.dumps({**kept, f"{desk.walk} said": [["Kompakt 7", 35.0, device, action]]}))
    assert _right(desk) == {photo: true + timedelta(seconds=2)}
    undo(desk.session, desk.walk)
    assert _right(desk) == {photo: true + timedelta(seconds=1)}, "what was said went with what was placed by it"
    desk.take(desk.camera.shoot(5, page=BEGINS + timedelta(seconds=5)))
    assert _right(desk) == {photo: true}
    forget_walk(home, desk.walk)
    assert load_camera_clocks(home, desk.walk) == {} and load_said_clocks(home, desk.walk) == []


def test_two_devices_say_the_same_right_time_of_a_photo(desk: Desk, tmp_path: Path) -> None:
    used, other = desk.camera.shoot(60).name, desk.camera.shoot(-5000).name
    desk.take()
    far, folder = Session(tmp_path / "annan"), str(tmp_path / "mapp")
    try:

        def meet() -> None:
            for each in (desk.session, far, desk.session):
                finish(sync(each, folder, walk=desk.walk))

        true = {used: BEGINS + timedelta(seconds=60), other: BEGINS - timedelta(seconds=5000)}
        meet()
        assert _right_in(far) == {name: at + timedelta(seconds=37) for name, at in true.items()}
        found = desk.propose(offset_s=-37.0)
        apply_placings(desk.session, [(each.photo, each.placing) for each in found.of(Sure.SAFE)], desk.of_all(-37.0))
        meet()
        assert _right(desk) == _right_in(far) == true
        assert clocks(far) == {"Kompakt 7": (37.0, True)}
        # A photo of the clock page that another device reads counts here too, and whatever is undone here leaves it.
        page = desk.camera.shoot(5, page=BEGINS + timedelta(seconds=4))
        finish(import_photos(far, far.read(SafetyWalk)[0], [page]))
        meet()
        undo(desk.session, desk.walk)
        meet()
        assert clocks(desk.session) == clocks(far) == {"Kompakt 7": (38.0, False)}
        assert _right(desk) == _right_in(far) == {name: at - timedelta(seconds=1) for name, at in true.items()}
        assert not [*desk.session.conflicts(desk.walk), *far.conflicts(desk.walk)]
    finally:
        far.close()


def test_what_one_cameras_photos_tell_says_nothing_of_anothers_clock(desk: Desk, tmp_path: Path) -> None:
    phone = Camera(tmp_path / "telefon", 0.0, "Telefon")
    fast = [desk.camera.shoot(seconds) for seconds in (60.0, STAYS_S + LEG_S + 60)]
    desk.take(phone.shoot(30, place=true_place(30)), phone.shoot(STAYS_S + 60), *fast)
    found = desk.propose()
    sure = {str(each.photo.camera): each.sure for each in found.photos}
    assert sure == {"Kompakt 7": Sure.DOUBTFUL, "Telefon": Sure.SAFE}
    assert all(each.blind and each.perhaps for each in found.photos if each.photo.camera == "Kompakt 7")
    assert (list(found.clocks), found.unknown) == (["Telefon"], ("Kompakt 7",))
    assert {each.sure for each in desk.propose(offset_s=-37.0).photos} == {Sure.SAFE}


def test_one_photo_that_says_that_its_cameras_clock_is_wrong_does_not_make_it_right(desk: Desk) -> None:
    desk.take(desk.camera.shoot(30, place=true_place(30)), desk.camera.shoot(60))
    found = desk.propose()
    assert ([each.sure for each in found.photos], found.unknown) == ([Sure.DOUBTFUL], ("Kompakt 7",))


def _right(desk: Desk) -> dict[str, Any]:
    return _right_in(desk.session)


def _right_in(session: Session) -> dict[str, Any]:
    """When the photos of the walk were taken, as the protocol says it."""
    whole = whole_walk(session, session.read(SafetyWalk)[0])
    moments = handed_to(session, whole).moments
    return {str(each.name): moments.get(each.id, each.taken_at) for each in whole.photos}


def test_who_takes_back_what_was_said_of_a_clock_leaves_what_another_device_said(desk: Desk, tmp_path: Path) -> None:
    desk.camera.shoot(60)
    desk.take()
    far, folder = Session(tmp_path / "annan"), str(tmp_path / "mapp")

    def meet() -> None:
        for each in (desk.session, far, desk.session):
            finish(sync(each, folder, walk=desk.walk))

    def say(session: Session, ahead_s: float) -> None:
        photos = {each.id for each in session.read(Photo)}
        found = proposal(session, session.read(SafetyWalk)[0], photos, desk.of_all(-ahead_s))
        apply_placings(session, [(each.photo, each.placing) for each in found.photos], desk.of_all(-ahead_s))

    try:
        meet()
        say(desk.session, 40.0)
        say(far, 37.0)
        meet()
        assert clocks(desk.session) == clocks(far) == {"Kompakt 7": (37.0, True)}
        undo(far, desk.walk)
        meet()
        assert clocks(desk.session) == clocks(far) == {"Kompakt 7": (40.0, True)}
    finally:
        far.close()


def test_a_clock_that_a_person_said_is_known_once_photos_were_placed_by_it_until_that_is_taken_back(desk: Desk) -> None:
    used, other = desk.camera.shoot(60).name, desk.camera.shoot(-5000).name
    desk.take()
    true = {used: BEGINS + timedelta(seconds=60), other: BEGINS - timedelta(seconds=5000)}
    assert _right(desk) == {name: at + timedelta(seconds=37) for name, at in true.items()}
    found = desk.propose(offset_s=-37.0)
    assert (
        apply_placings(desk.session, [(each.photo, each.placing) for each in found.of(Sure.SAFE)], desk.of_all(-37.0))
        == 1
    )
    assert _right(desk) == true, "also that of the photo that was not placed"
    for _again in range(2):
        undo(desk.session, desk.walk)
        assert {each.position for each in desk.photos().values()} == {None}
        assert _right(desk) == {name: at + timedelta(seconds=37) for name, at in true.items()}
        assert desk.propose().unknown == ("Kompakt 7",)
        redo(desk.session, desk.walk)
        assert _right(desk) == true
    again = desk.propose()
    assert {str(each.photo.name): each.moment for each in again.photos} == {other: true[other]}
    clock = again.clocks["Kompakt 7"]
    assert (clock.seconds, clock.said) == (37.0, True) and "så som du har sagt" in clock.sentence
    desk.take(desk.camera.shoot(5, page=BEGINS + timedelta(seconds=4)))
    clock = desk.propose().clocks["Kompakt 7"]
    assert (clock.seconds, clock.said) == (38.0, False), "a photo of the clock page tells it anew"


def test_of_what_was_said_of_a_clock_the_last_that_stands_counts_and_else_what_the_clock_page_told(desk: Desk) -> None:
    seconds = STAYS_S + LEG_S / 2
    photo = desk.camera.shoot(seconds).name
    desk.take(desk.camera.card / photo, desk.camera.shoot(5, page=BEGINS + timedelta(seconds=5)))
    for offset in (-30.0, -40.0):
        found = desk.propose({each.id for each in desk.photos().values()}, offset)
        assert (
            apply_placings(desk.session, [(each.photo, each.placing) for each in found.photos], desk.of_all(offset))
            == 1
        )
    shows = BEGINS + timedelta(seconds=seconds + 37)
    for ahead in (40, 30, 37):
        assert _right(desk) == {photo: shows - timedelta(seconds=ahead)}
        undo(desk.session, desk.walk)


@pytest.mark.parametrize("kept", ["7", '[7, ["K"], ["K", 1e308, "d", 1], ["K", "1", "d", 1], ["K", 1.0, "d", true]]'])
def test_what_nobody_can_have_said_of_a_clock_is_left_out(desk: Desk, kept: str) -> None:
    (desk.session.home / "clocks.json").write_text(f'{{"{desk.walk} said": {kept}}}')
    assert load_said_clocks(desk.session.home, desk.walk) == []
    assert desk.propose().clocks == {}


def test_what_a_person_says_of_a_clock_is_not_noted_of_a_camera_whose_photos_say_where_they_were_taken(
    desk: Desk, tmp_path: Path
) -> None:
    phone = Camera(tmp_path / "telefon", 0.0, "Telefon")
    desk.take(phone.shoot(30, place=true_place(30)), desk.camera.shoot(60))
    # Both cameras call their first picture the same.
    every = {each.id for each in desk.session.read(Photo, {"scope": desk.walk})}
    found = desk.propose(every, offset_s=-37.0)
    apply_placings(desk.session, [(each.photo, each.placing) for each in found.photos], desk.of_all(-37.0))
    assert clocks(desk.session) == {"Kompakt 7": (37.0, True), "Telefon": (0.0, False)}


@pytest.mark.parametrize(("first", "then"), [(-37.0, 0.0), (0.0, -37.0), (-37.0, -40.0)])
def test_photos_that_were_taken_back_and_are_fetched_anew_have_the_time_of_the_new_fetch(
    desk: Desk, first: float, then: float
) -> None:
    shows = BEGINS + timedelta(seconds=60 + 37)
    desk.camera.shoot(60)
    desk.take(offset_s=first)
    undo(desk.session, desk.walk)
    (item,) = desk.take(offset_s=then)
    assert item["result"] == "imported"

    def times() -> list[tuple[Any, bool]]:
        return [(each.taken_at, each.clock_error_s == 0) for each in desk.photos().values()]

    assert times() == [(shows + timedelta(seconds=then), then != 0)]
    undo(desk.session, desk.walk)
    assert times() == []
    redo(desk.session, desk.walk)
    assert times() == [(shows + timedelta(seconds=then), then != 0)]
    assert desk.session.conflicts(desk.walk) == []


def test_photos_that_tell_no_time_are_proposed_and_numbered_in_the_order_of_their_names(
    desk: Desk, tmp_path: Path
) -> None:
    names = ["10.jpg", "3.jpg", "2.jpg", "1.jpg"]
    for shade, name in enumerate(names):
        Image.new("RGB", (64, 48), (shade * 40, 90, 90)).save(tmp_path / name)
        desk.take(tmp_path / name)
    assert [each.photo.name for each in desk.propose().photos] == ["1.jpg", "2.jpg", "3.jpg", "10.jpg"]
    whole = whole_walk(desk.session, desk.safety_walk)
    assert {str(each.name): whole.numbers.of[each.id] for each in whole.photos} == {
        "1.jpg": "0.1", "2.jpg": "0.2", "3.jpg": "0.3", "10.jpg": "0.4",
    }  # fmt: skip
