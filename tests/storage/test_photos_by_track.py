"""Photos that are imported and placed by the track of their walk: by which clocks, and what people do meanwhile."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from app.commands import records
from app.commands.photos import note_camera_clock
from app.commands.recording import begin_recording
from app.domain.records import Photo
from app.domain.track import Fix
from app.domain.values import Position, PositionSource
from app.jobs.photos import import_photos
from tests.storage.test_photos_in_walks import Place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def by_track(place: Place) -> Iterator[str]:
    """An import by track that stops at every step, which it tells."""
    for step in import_photos(place.session, place.safety_walk(), [place.card], by_track=True):
        yield step.text


def test_what_people_do_to_photos_while_they_are_placed_by_track_stands(place: Place) -> None:
    by_hand = Position(59.3, 18.0)
    steps = by_track(place)
    while not next(steps).startswith("Placerar"):
        pass
    moved, gone = place.session.read(Photo, order=("name",))[1:]
    records.set_fields(place.session, moved, {"position": by_hand})
    records.delete(place.session, gone)
    assert "Foton" in list(steps)
    one, two = place.session.read(Photo, order=("name",))
    assert (two.position, two.position_source) == (by_hand, PositionSource.HAND)
    assert one.position_source == PositionSource.NONE


def taken_by_clock(path: Path, camera: str) -> None:
    """A photo that its camera, which has no receiver, says was taken at 18.05 in Sweden."""
    with Image.open(path) as image:
        exif = Image.Exif()
        exif[ExifTags.Base.Model] = camera
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:10:23 18:05:00"
        image.save(path, exif=exif)


def test_an_import_by_track_says_of_which_clocks_nobody_knows_how_they_go(place: Place) -> None:
    recording = begin_recording(place.session, place.walk)
    for minute in range(0, 21, 2):
        at = datetime(2026, 10, 23, 16, 0, tzinfo=UTC) + timedelta(minutes=minute)
        recording.take(Fix(at, 59.3 + minute / 10_000, 18.0))
    recording.end()
    for name, camera in (("0.jpg", "EOS R"), ("1.jpg", "Nikon Z"), ("2.jpg", "EOS R")):
        taken_by_clock(place.card / name, camera)

    def said() -> list[str]:
        return [each.partition(":")[0] for each in by_track(place) if "räknas som rätt" in each]

    note_camera_clock(place.session, place.walk, "Nikon Z", 60.0)
    assert said() == ["EOS R"]
    assert {each.position_source for each in place.session.read(Photo)} == {PositionSource.TRACK}
    note_camera_clock(place.session, place.walk, "EOS R", 0.0)
    assert said() == []


def test_photos_that_are_undone_while_they_are_placed_by_track_stay_so(place: Place) -> None:
    steps = by_track(place)
    while not next(steps).startswith("Placerar"):
        pass
    records.undo(place.session, place.walk)
    assert "Foton" in list(steps)
    assert place.session.read(Photo) == []


def test_a_photo_placed_by_hand_keeps_its_place_when_it_is_shown_again_by_track(place: Place) -> None:
    place.take("0.jpg")
    records.set_fields(place.session, place.session.read(Photo)[0], {"position": Position(59.3, 18.0)})
    records.delete(place.session, place.session.read(Photo)[0])
    assert "Foton" in list(by_track(place))
    assert place.session.read(Photo, order=("name",))[0].position == Position(59.3, 18.0)
