"""Photos in a walk: their files, their observation, where they are."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.base.clock import iso
from app.base.errors import BadInput, GatljusError
from app.base.job import finish
from app.commands import records, stops, walks
from app.domain.change import Draft
from app.domain.record import Record
from app.domain.records import Observation, Photo, SafetyWalk, Stop
from app.jobs.photos import add_photos, import_photos, observe_with_photos
from app.queries.show import show
from app.queries.whole import whole_walk
from app.session import Session

Item = dict[str, Any]


class Place:
    """A home with one walk of two stops, and a card of photos."""

    def __init__(self, folder: Path) -> None:
        self.session = Session(folder / "home")
        self.walk = walks.new_walk(self.session, {"title": "T", "area": "A"})
        self.a, self.b = (stops.add_stop(self.session, self.walk, {"name": name}) for name in "ab")
        self.card = folder / "card"
        self.card.mkdir()
        for number in range(3):
            Image.new("RGB", (9, 9), (80 * number, 80, 9)).save(self.card / f"{number}.jpg")

    def safety_walk(self) -> SafetyWalk:
        return self.session.read(SafetyWalk, {"id": self.walk})[0]

    def take(self, *names: str, session: Session | None = None) -> list[Item]:
        home = session or self.session
        walk = home.read(SafetyWalk, {"id": self.walk})[0]
        return finish(import_photos(home, walk, [self.card / name for name in names] or [self.card]))

    def observe(self, stop: str, *photos: str) -> str:
        said = {"category": "lighting", "stop": stop}
        files = [self.card / name for name in photos]
        return finish(observe_with_photos(self.session, self.safety_walk(), said, files))[0]

    def one(self, cls: type[Record], record: str) -> Record:
        return self.session.read(cls, {"id": record})[0]

    def shown(self) -> dict[str, list[Item]]:
        found: dict[str, list[Item]] = show(whole_walk(self.session, self.safety_walk()))
        return found

    def send_changes(self, other: Session) -> None:
        """The changes alone, as when a stick was pulled out before the photos had come across."""
        self.session.log.freeze(self.walk)
        for name in self.session.log.batches(self.walk):
            other.log.append(self.walk, name, self.session.log.batch(name))


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def files_of(photo: Photo) -> list[str]:
    return [str(name) for name in (photo.original, photo.report, photo.thumb)]


def test_a_card_read_where_only_the_changes_have_arrived_brings_the_files(place: Place, tmp_path: Path) -> None:
    place.take("0.jpg")
    other = Session(tmp_path / "other")
    place.send_changes(other)
    (photo,) = other.read(Photo)
    assert not any(other.blobs.has(name) for name in files_of(photo))
    assert [each["result"] for each in place.take("0.jpg", session=other)] == ["duplicate"]
    assert all(other.blobs.has(name) for name in files_of(photo))


def test_a_photo_of_which_only_a_caption_has_arrived_is_imported_whole(place: Place) -> None:
    (item,) = place.take("0.jpg")
    other = Session(place.card.parent / "other")
    said = [("safety-walk", place.walk, "title", "T"), ("photo", item["photo"], "caption", "Lampan")]
    other.write(place.walk, [Draft(kind=k, record=r, field=f, value=v) for k, r, f, v in said], begins=True)
    now = iso(other.clock())
    other.write(place.walk, [Draft(kind="safety-walk", record=place.walk, field="created", value=now)])
    (again,) = place.take("0.jpg", session=other)
    (photo,) = other.read(Photo)
    assert (again["result"], again["reason"], photo.caption) == ("imported", None, "Lampan")
    assert all(other.blobs.has(name) for name in files_of(photo))


def test_a_deleted_photo_that_is_imported_again_has_its_files(place: Place) -> None:
    (item,) = place.take("0.jpg")
    photo = place.session.read(Photo)[0]
    records.delete(place.session, photo)
    for name in files_of(photo):
        place.session.blobs.delete(name)
    assert place.take("0.jpg")[0]["result"] == "imported"
    assert place.session.read(Photo)[0].id == item["photo"]
    assert all(place.session.blobs.has(name) for name in files_of(photo))


def test_a_photo_hidden_with_its_observation_is_shown_when_it_is_imported_again(place: Place) -> None:
    seen = place.observe(place.a, "0.jpg")
    records.delete(place.session, place.one(Observation, seen))
    assert place.session.read(Photo) == []
    assert place.take("0.jpg")[0]["result"] == "imported"
    (photo,) = place.session.read(Photo)
    assert photo.observation is None


def fails(put_file: Callable[..., str], error: OSError) -> Callable[..., str]:
    def put(path: Path, name: str | None = None) -> str:
        if path.name == "1.jpg":
            raise error
        return put_file(path, name)

    return put


def test_a_bad_spot_on_the_card_costs_one_photo(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    blobs = place.session.blobs
    monkeypatch.setattr(blobs, "put_file", fails(blobs.put_file, OSError(errno.EIO, "Input/output error")))
    items = {each["file"]: each for each in place.take()}
    assert [items[f"{number}.jpg"]["result"] for number in range(3)] == ["imported", "refused", "imported"]
    assert "Input/output error" in items["1.jpg"]["reason"] and items["1.jpg"]["photo"] is None


def test_a_photo_that_goes_with_a_purged_walk_while_it_is_imported_is_put_once_more(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    blobs, gone = place.session.blobs, list[str]()
    put = blobs.put_file

    def purged_meanwhile(path: Path, name: str | None = None) -> str:
        kept = put(path, name)
        if not gone:
            gone.append(kept)
            blobs.delete(kept)
        return kept

    monkeypatch.setattr(blobs, "put_file", purged_meanwhile)
    assert {each["result"] for each in place.take()} == {"imported"}
    assert blobs.is_whole(gone[0])


def closes(folder: Path) -> Callable[[Any], Any]:
    """`os.scandir` as it is for whoever may not read one folder; root may read all."""
    scandir = os.scandir

    def scan(path: Any) -> Any:
        if str(path) == str(folder):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return scandir(path)

    return scan


def test_a_closed_folder_on_the_card_costs_itself_alone(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = place.card / "lost+found"
    closed.mkdir()
    monkeypatch.setattr(os, "scandir", closes(closed))
    items = {each["file"]: each for each in place.take()}
    assert [items[f"{number}.jpg"]["result"] for number in range(3)] == ["imported"] * 3
    assert (items["lost+found"]["result"], items["lost+found"]["photo"]) == ("refused", None)
    assert items["lost+found"]["reason"] == "Mappen kan inte läsas: du har inte rätt till den."


def test_a_closed_folder_that_is_named_itself_is_refused_in_words(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "scandir", closes(place.card))
    with pytest.raises(BadInput, match="card kan inte läsas: du har inte rätt till den") as refused:
        place.take()
    assert refused.value.advice


def test_a_full_disk_ends_the_import(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    blobs = place.session.blobs
    monkeypatch.setattr(blobs, "put_file", fails(blobs.put_file, OSError(errno.ENOSPC, "No space left on device")))
    with pytest.raises(OSError, match="No space left"):
        place.take()


def test_an_observation_takes_a_photo_that_was_imported_before(place: Place) -> None:
    (item,) = place.take("0.jpg")
    seen = place.observe(place.b, "0.jpg")
    (shown,) = place.shown()["photos"]
    assert (shown["id"], shown["observation"], shown["stop"]) == (item["photo"], seen, place.b)


def test_one_undo_takes_back_an_observation_with_its_photos(place: Place) -> None:
    place.take("0.jpg")
    place.observe(place.a, "0.jpg", "1.jpg")
    records.undo(place.session, place.walk)
    shown = place.shown()
    assert shown["observations"] == []
    assert [(each["observation"], each["name"]) for each in shown["photos"]] == [(None, "0.jpg")]


def test_undoing_an_observation_that_brought_a_photo_back_hides_it_again_and_disagrees_with_nobody(
    place: Place,
) -> None:
    (item,) = place.take("0.jpg")
    records.undo(place.session, place.walk)
    seen = place.observe(place.a, "0.jpg")
    assert [(each["id"], each["observation"]) for each in place.shown()["photos"]] == [(item["photo"], seen)]
    records.undo(place.session, place.walk)
    shown = place.shown()
    assert (shown["photos"], shown["observations"], shown["conflicts"]) == ([], [], [])
    records.redo(place.session, place.walk)
    shown = place.shown()
    assert [(each["id"], each["observation"]) for each in shown["photos"]] == [(item["photo"], seen)]
    records.undo(place.session, place.walk)
    assert (place.shown()["photos"], place.shown()["conflicts"]) == ([], [])


def test_undoing_an_observation_that_brought_back_a_photo_deleted_elsewhere_hides_it_on_both(
    place: Place, tmp_path: Path
) -> None:
    place.take("0.jpg")
    other = Session(tmp_path / "other")
    place.send_changes(other)
    (photo,) = other.read(Photo)
    records.delete(other, photo)
    other.log.freeze(place.walk)
    for name in other.log.batches(place.walk):
        place.session.log.append(place.walk, name, other.log.batch(name))
    place.observe(place.a, "0.jpg")
    records.undo(place.session, place.walk)
    place.send_changes(other)
    for session in (place.session, other):
        (walk,) = session.read(SafetyWalk)
        shown = show(whole_walk(session, walk))
        assert (shown["photos"], shown["observations"], shown["conflicts"]) == ([], [], [])


def test_a_photo_goes_where_its_observation_goes(place: Place) -> None:
    seen = place.observe(place.a, "0.jpg")
    records.set_fields(place.session, place.one(Observation, seen), {"stop": place.b})
    (photo,) = place.shown()["photos"]
    assert (photo["stop"], photo["number"]) == (place.b, "2.1")
    records.delete(place.session, place.one(Stop, place.a))
    shown = place.shown()
    assert shown["observations"][0]["photos"] == [photo["id"]]


def test_a_photo_stays_with_its_observation_where_the_stop_it_was_placed_at_is_deleted(place: Place) -> None:
    (item,) = place.take("0.jpg")
    photo = place.session.read(Photo)[0]
    records.set_fields(place.session, photo, {"stop": place.a})
    place.observe(place.b, "0.jpg")
    records.delete(place.session, place.one(Stop, place.a))
    assert [each["id"] for each in place.shown()["photos"]] == [item["photo"]]
    records.delete(place.session, place.one(Stop, place.b))
    assert place.shown()["photos"] == []


def test_a_photo_is_not_moved_away_from_its_observation(place: Place) -> None:
    place.observe(place.a, "0.jpg")
    (photo,) = place.session.read(Photo)
    with pytest.raises(BadInput) as refused:
        records.set_fields(place.session, photo, {"stop": place.b})
    assert refused.value.code == "photo-stop"
    records.set_fields(place.session, photo, {"observation": None, "stop": place.b})
    assert place.shown()["photos"][0]["stop"] == place.b


@pytest.mark.parametrize("seconds", [1e18, -4e8])
def test_a_camera_is_not_off_by_more_than_ten_years(place: Place, seconds: float) -> None:
    with pytest.raises(BadInput) as refused:
        finish(import_photos(place.session, place.safety_walk(), [place.card], offset_s=seconds))
    assert refused.value.code == "clock-offset"


def test_photos_are_imported_into_a_walk_whose_time_zone_nobody_knows_here(place: Place) -> None:
    draft = Draft(kind="safety-walk", record=place.walk, field="zone", value="Mars/X", seen=place.safety_walk().seen)
    place.session.write(place.walk, [draft])
    with Image.open(place.card / "0.jpg") as image:
        exif = Image.Exif()
        exif.get_ifd(0x8769)[0x9003] = "2026:10:23 18:05:00"
        image.save(place.card / "0.jpg", exif=exif)
    place.take("0.jpg")
    (photo,) = place.shown()["photos"]
    assert photo["taken_at"] == "2026-10-23T16:05:00Z"


def test_nothing_is_noted_where_the_card_is_pulled_out_before_its_photo_is_kept(place: Place) -> None:
    said = {"category": "lighting", "stop": place.a}
    steps = observe_with_photos(place.session, place.safety_walk(), said, [place.card / "0.jpg", place.card / "1.jpg"])
    for step in ("0.jpg", "1.jpg"):
        assert step in next(steps).text
    (place.card / "1.jpg").unlink()
    with pytest.raises(BadInput) as refused:
        finish(steps)
    assert refused.value.code == "photo" and "1.jpg" in refused.value.text
    assert place.session.read(Observation) == [] and place.session.read(Photo) == []


def test_no_file_of_a_photo_is_kept_where_the_observation_is_refused(place: Place) -> None:
    before = place.session.blobs.names()
    with pytest.raises(GatljusError):
        finish(
            observe_with_photos(place.session, place.safety_walk(), {"category": "none such"}, [place.card / "0.jpg"])
        )
    assert place.session.blobs.names() == before


def test_a_home_that_cannot_be_written_ends_the_import(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_anything: object, **_more: object) -> None:
        raise GatljusError("home-busy", "upptagen")

    monkeypatch.setattr(place.session.log, "writing", busy)
    with pytest.raises(GatljusError, match="upptagen"):
        place.take()


def test_a_photo_of_an_observation_that_was_undone_goes_to_the_new_one_and_brings_nothing_back(place: Place) -> None:
    undone = place.observe(place.a, "0.jpg")
    records.undo(place.session, place.walk)
    assert place.session.read(Observation) == [] and place.session.read(Photo) == []
    new = records.add(place.session, "observation", place.walk, {"category": "lighting", "stop": place.b})
    (observation,) = place.session.read(Observation)
    (item,) = finish(add_photos(place.session, observation, [place.card / "0.jpg"]))
    assert (item["result"], item["stop"]) == ("imported", place.b)
    (photo,) = place.session.read(Photo)
    assert photo.observation == new != undone
    assert [each.id for each in place.session.read(Observation)] == [new]
    assert not list(place.session.conflicts(place.walk))
