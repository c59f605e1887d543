"""Photos placed and attached by hand, several at a time; what of them lies here; originals for the screen."""

import errno
import os
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PIL import Image

from app.base.errors import BadInput, GatljusError
from app.base.job import finish
from app.commands import photos
from app.commands.observations import observe
from app.commands.records import undo
from app.commands.stops import add_stop
from app.commands.walks import new_walk
from app.domain.records import Observation, Photo, SafetyWalk, Stop
from app.domain.rules import is_unplaced
from app.domain.values import Position, PositionSource
from app.jobs.photos import import_pasted, import_photos, open_original
from app.photos import apart
from app.photos.exif import read_facts
from app.photos.pasted import write_pasted
from app.photos.pool import Failed, Pool
from app.photos.reasons import Reason
from app.photos.scale import pixels_of
from app.photos.worker import Message
from app.queries.photos import lacking, original_size
from app.session import Session

DATA = Path(__file__).resolve().parents[1] / "data" / "photos"
HERE, FAR = Position(60.1752, 24.9452), Position(60.1700, 24.9400)


class Place:
    """A walk with a stop that has a place, one that has none, and three photos without any."""

    def __init__(self, folder: Path) -> None:
        self.session = Session(folder / "home")
        self.walk = new_walk(self.session, {"title": "T", "zone": "Europe/Helsinki"})
        add_stop(self.session, self.walk, {"name": "a", "position": HERE})
        add_stop(self.session, self.walk, {"name": "b"})
        plain = folder / "plain.png"
        Image.new("RGB", (8, 6), "navy").save(plain)
        finish(import_photos(self.session, self.about, [DATA / "flower.webp", DATA / "HNI_0012.MPO", plain]))

    @property
    def about(self) -> SafetyWalk:
        """The walk."""
        return self.session.read(SafetyWalk, {"id": self.walk})[0]

    @property
    def photos(self) -> list[Photo]:
        """As they are shown now."""
        return self.session.read(Photo, {"scope": self.walk}, order=("name",))

    @property
    def stops(self) -> list[Stop]:
        """In order."""
        return self.session.read(Stop, {"scope": self.walk}, order=("order",))

    def seen(self) -> list[tuple[str | None, Position | None, PositionSource]]:
        """Where every photo is, as it is told."""
        return [(each.stop, each.position, each.position_source) for each in self.photos]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """See `Place`."""
    made = Place(tmp_path)
    yield made
    made.session.close()


def test_photos_at_a_stop_have_its_place_and_one_undo_takes_all_back(place: Place) -> None:
    stop = place.stops[0]
    assert photos.place_at_stop(place.session, place.photos, stop) == 3
    assert place.seen() == [(stop.id, HERE, PositionSource.STOP)] * 3
    assert photos.place_at_stop(place.session, place.photos, stop) == 0
    undo(place.session, place.walk)
    assert place.seen() == [(None, None, PositionSource.NONE)] * 3


def test_a_photo_that_has_a_place_of_its_own_keeps_it_at_a_stop(place: Place) -> None:
    one = place.photos[:1]
    photos.place_at(place.session, one, FAR, place.stops)
    photos.place_at_stop(place.session, place.photos[:1], place.stops[0])
    assert place.seen()[0] == (place.stops[0].id, FAR, PositionSource.HAND)


def test_a_photo_moved_to_a_stop_without_a_place_has_none_either(place: Place) -> None:
    photos.place_at_stop(place.session, place.photos[:1], place.stops[0])
    photos.place_at_stop(place.session, place.photos[:1], place.stops[1])
    assert place.seen()[0] == (place.stops[1].id, None, PositionSource.NONE)


def test_a_point_on_the_map_brings_the_stop_that_is_near(place: Place) -> None:
    near = Position(HERE.lat + 0.0001, HERE.lon)
    assert photos.place_at(place.session, place.photos, near, place.stops) == 3
    assert place.seen() == [(place.stops[0].id, near, PositionSource.HAND)] * 3
    photos.place_at(place.session, place.photos[:1], FAR, place.stops)
    assert place.seen()[0] == (None, FAR, PositionSource.HAND)


def test_a_photo_that_shows_an_observation_is_at_no_stop_of_its_own(place: Place) -> None:
    seen = observe(place.session, place.walk, {"item": "A1", "stop": place.stops[1].id})
    assert photos.attach_all(place.session, place.photos[:2], seen) == 2
    before = place.seen()
    with pytest.raises(BadInput):
        photos.place_at_stop(place.session, place.photos, place.stops[0])
    assert place.seen() == before
    photos.place_at(place.session, place.photos[:1], HERE, place.stops)
    assert place.seen()[0] == (None, HERE, PositionSource.HAND)
    assert photos.attach_all(place.session, place.photos[:2], None) == 2
    assert [each.observation for each in place.photos] == [None] * 3


def test_unplaced_is_what_nobody_knows_the_place_of(place: Place) -> None:
    nowhere = observe(place.session, place.walk, {"item": "A1"})
    somewhere = observe(place.session, place.walk, {"item": "A1", "position": FAR})
    photos.attach_all(place.session, place.photos[:1], nowhere)
    photos.attach_all(place.session, place.photos[1:2], somewhere)
    known = {each.id: each for each in place.session.read(Observation, {"scope": place.walk})}
    assert [is_unplaced(each, known) for each in place.photos] == [True, False, True]


def test_what_has_not_come_here_is_named(place: Place) -> None:
    first, second, _third = place.photos
    place.session.blobs.delete(str(first.thumb))
    place.session.blobs.delete(str(second.original))
    assert lacking(place.session, place.photos) == {first.id}
    assert first.name == "HNI_0012.MPO"
    assert original_size(place.session, first) == (DATA / first.name).stat().st_size
    assert original_size(place.session, second) is None


def test_an_import_that_is_ended_early_has_told_what_came_of_each_file(place: Place) -> None:
    items: list[dict[str, object]] = []
    job = import_photos(place.session, place.about, [DATA / "tunnel.webp", DATA / "fold_1.jpg"], items=items)
    next(job)
    next(job)
    job.close()
    assert [each["file"] for each in items] == ["tunnel.webp"]
    assert len(place.photos) == 4


def test_a_pasted_picture_was_taken_when_it_was_pasted(place: Place) -> None:
    (item,) = finish(import_pasted(place.session, place.about, (2, 1), bytes((9, 8, 7, 255, 1, 2, 3, 255))))
    (photo,) = place.session.read(Photo, {"id": item["photo"]})
    assert photo.format == "PNG"
    assert isinstance(photo.taken_at, datetime)
    assert abs(place.session.clock() - photo.taken_at) < timedelta(minutes=1)
    assert photo.offset in ("+02:00", "+03:00")


@pytest.mark.parametrize("hours", [-3, 0, 2])
def test_a_pasted_file_says_its_time_with_offset(tmp_path: Path, hours: int) -> None:
    moment = datetime(2026, 10, 23, 18, 42, 5, tzinfo=timezone(timedelta(hours=hours)))
    facts = read_facts(write_pasted(tmp_path, (1, 1), bytes(4), moment))
    assert facts.taken_local == moment.replace(tzinfo=None)
    assert facts.offset == f"{hours:+03d}:00"


def test_the_pixels_of_an_original_are_upright_and_no_more_than_may_be_shown(place: Place) -> None:
    for number in range(1, 9):
        found = pixels_of((DATA / f"orientation_{number}.jpg").read_bytes(), 50_000_000)
        assert found is not None
        assert len(found.rgb) == 3 * found.width * found.height
        assert (found.width, found.height) == (960, 720)
    small = pixels_of((DATA / "IMG_2291.HEIC").read_bytes(), 1_000_000)
    assert small is not None
    assert (small.width, small.height) == (756, 1008)
    assert pixels_of(b"no picture", 1) is None
    shown = finish(open_original(place.session, place.photos[0]))
    assert (shown.width, shown.height) == (place.photos[0].width, place.photos[0].height)


def come_to_grief(*_file: object, **_most: object) -> Iterator[Message]:
    """What a worker does over a file that is made to bring it down."""
    os._exit(3)


def test_no_decoder_of_the_program_itself_opens_an_original(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_args: object, **_named: object) -> None:
        raise AssertionError

    monkeypatch.setattr(Image, "open", refused)
    shown = finish(open_original(place.session, place.photos[0]))
    assert len(shown.rgb) == 3 * shown.width * shown.height > 0


def test_an_original_that_brings_its_decoder_down_is_refused_in_a_sentence(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "show", come_to_grief)
    with pytest.raises(GatljusError, match="kan inte visas"):
        finish(open_original(place.session, place.photos[0]))


def find_no_room(*_file: object, **_most: object) -> Iterator[Message]:
    """What a worker meets that cannot write its pixels."""
    raise OSError(errno.ENOSPC, "full")
    yield


def test_a_full_disk_is_not_taken_for_a_fault_of_the_picture(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "show", find_no_room)
    with pytest.raises(GatljusError, match="Disken är full") as refused:
        finish(open_original(place.session, place.photos[0]))
    assert refused.value.code == "disk-full"
    with Pool(preparing=find_no_room, workers=1) as pool:
        (left,) = pool.run([place.session.blobs.path(str(place.photos[0].original))])
    assert isinstance(left, Failed) and left.reason is Reason.NO_ROOM


def test_an_original_that_is_no_picture_is_refused_in_a_sentence(place: Place) -> None:
    (photo, *_rest) = place.photos
    place.session.blobs.delete(str(photo.original))
    with pytest.raises(GatljusError):
        finish(open_original(place.session, photo))
