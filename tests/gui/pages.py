"""Every page of the window at a walk that has something of everything, for tests that look at all of them."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image

from app.base.job import finish
from app.commands.drafts import changed
from app.commands.groups import split, walk_with
from app.commands.measures import add_measure
from app.commands.observations import observe, remark, support
from app.commands.places import add_line
from app.commands.records import add, delete, set_fields
from app.commands.stops import add_stop
from app.commands.voice import begin_note, keep_note
from app.commands.walks import end_walk, keep_here, new_walk
from app.domain.record import DELETED
from app.domain.records import Observation, Participant, Photo, Route, SafetyWalk, Stop, Track, VoiceNote
from app.domain.track import Fix
from app.domain.values import Light, PlaceType, Position, Priority, Severity
from app.jobs.photos import import_photos
from app.jobs.purge import Gone
from app.jobs.sync import sync
from app.places.placefile import PlaceFile
from app.queries.review import Gap, Group, Item
from app.session import Session
from tests.cameras import BEGINS, Camera
from tests.gui.desk_faces import (
    BROKEN,
    LONG_FOLDER,
    ask_to_purge,
    await_checked,
    await_delivery,
    await_proposed,
    await_receipt,
    change_clock,
    fail,
    fetch_what_is_no_photo,
    find_a_file_that_no_walk_names,
    look_where_one_was_purged,
    open_folds,
    sync_with_what_is_broken,
    turn_to_the_map,
)
from tests.gui.field_faces import (
    choose_phone,
    go_on_to_the_next,
    hear,
    look_away,
    lose_the_sky,
    pass_on,
    press_stop,
    set_out,
    walk_along,
)
from tests.gui.grouped import split_up
from tests.gui.standing import listen, move_on, press_stop_with_receiver, stand_still
from tests.sounds import frames
from ui.screens.remove import part_of
from ui.shell.pages import PAGES
from ui.shell.window import Window
from ui.widgets.desk import Place

PHOTOS = Path(__file__).resolve().parents[1] / "data" / "photos"
LONG_AREA = "Kajsaniemiparken, Järnvägstorget och gångvägen längs Djurgårdsvikens strand"


def furnish(session: Session) -> dict[str, str]:
    """A walk with stops, observations, photos, a route, measures, participants, remarks. Returns ids by word."""
    said = {
        "title": "Trygghetsvandring Kajsaniemi",
        "area": LONG_AREA,
        "zone": "Europe/Helsinki",
        "light": Light.DARK,
        "organiser": "Stadsdelsföreningen Kajsaniemi",
        "purpose": "Ta reda på hur gångvägarna känns efter mörkrets inbrott.",
        "starts": datetime(2026, 10, 23, 15, 0, tzinfo=UTC),
        "oncall_name": "Kommunens jour",
        "oncall_phone": "08-465 004 12",
        "info_shown_at": datetime(2026, 10, 23, 15, 0, tzinfo=UTC),
    }
    walk = new_walk(session, said)
    places = (
        ("Växthusgrinden", 60.1752, 24.9452, PlaceType.PATH),
        ("Gångtunneln under Långa bron", 60.1755, 24.9495, PlaceType.UNDERPASS),
        ("Lekplatsen vid Kajsaniemigatan", 60.1729, 24.9470, PlaceType.PLAYGROUND),
    )
    stops = [
        add_stop(session, walk, {"name": name, "position": Position(lat, lon), "place_type": kind})
        for name, lat, lon, kind in places
    ]
    way = tuple(Fix(None, lat, lon) for _name, lat, lon, _kind in places)
    add_line(session, walk, Route, "Planerad rutt", "", PlaceFile("geojson", segments=(way,)))
    lamp = {"item": "A1", "stop": stops[0], "text": "Två lampor är släckta vid grinden.", "asset_tag": "4417"}
    seen = [
        observe(session, walk, lamp),
        observe(session, walk, {"item": "B1", "stop": stops[0], "severity": Severity.LARGE, "text": "Häcken skymmer."}),
        observe(session, walk, {"item": "M1", "stop": stops[1], "text": "Öppet och fint ljus."}),
        observe(session, walk, {"category": "other", "position": Position(60.1740, 24.9460), "text": "Lösa plattor."}),
        observe(session, walk, {"category": "activity", "stop": stops[2]}),
        observe(session, walk, {"item": "A8", "stop": stops[1], "severity": Severity.DANGER, "text": "Öppen lucka."}),
    ]
    records = {each.id: each for each in session.read(Observation, {"scope": walk})}
    support(session, records[seen[0]], "boende", 2)
    remark(session, walk, seen[0], "Felanmäld redan i maj.", "fastighetsvärd")
    files = [PHOTOS / "fold_1.jpg", PHOTOS / "latin1.jpg", PHOTOS / "orientation_6.jpg"]
    finish(import_photos(session, session.read(SafetyWalk, {"id": walk})[0], files))
    said_measure = {"priority": Priority.B, "due": date(2026, 12, 1), "cause": "Släckt armatur"}
    spoken = begin_note(session, walk, observation=seen[0])
    spoken.path.write_bytes(frames(2000))
    keep_note(session, spoken.id)
    session.write(
        walk, changed(session.read(VoiceNote, {"scope": walk})[0], {"text": "Det har varit mörkt sedan maj."})
    )
    measure = add_measure(session, walk, [records[seen[0]]], said_measure)
    add_measure(session, walk, [records[seen[1]]], {})
    add(session, Participant.KIND, walk, {"role": "boende", "count": 7})
    photo = session.read(Photo, {"scope": walk})[0].id
    return {
        "walk": walk,
        "stop": stops[0],
        "observation": seen[0],
        "acute": seen[5],
        "photo": photo,
        "photos": ",".join(each.id for each in session.read(Photo, {"scope": walk})),
        "measure": measure,
        "gap_item": Item(Group.GAPS, Observation.KIND, seen[0], Gap.LACKS).key,
    }


def end(session: Session, other: Session, folder: Path) -> dict[str, str]:
    """A second walk, which is over: two devices were along, in two groups, and wrote different things of one
    observation. Returns ids by word."""
    said = {
        "title": "Vandring Berghäll",
        "area": "Berghäll",
        "zone": "Europe/Helsinki",
        "starts": datetime(2026, 9, 18, 15, 0, tzinfo=UTC),
        "info_shown_at": datetime(2026, 9, 18, 15, 0, tzinfo=UTC),
    }
    walk = new_walk(session, said)
    stop = add_stop(session, walk, {"name": "Björnparken", "position": Position(60.1860, 24.9560)})
    steps = add_stop(session, walk, {"name": "Trappan", "position": Position(60.1868, 24.9571)})
    seen = observe(session, walk, {"item": "A1", "stop": stop, "text": "En lampa är släckt vid trappan."})
    lost = observe(session, walk, {"severity": Severity.DANGER, "text": "Elskåp står öppet."})
    walk_with(session, walk, split(session, walk, 2)[0])
    _meet(session, other, folder, walk)
    for each, text in ((session, "Två lampor är släckta vid trappan."), (other, "Lampan vid trappan blinkar.")):
        set_fields(each, each.read(Observation, {"id": seen})[0], {"text": text})
    delete(other, other.read(Stop, {"id": steps})[0])
    set_fields(session, session.read(Stop, {"id": steps})[0], {"name": "Trappan upp mot torget"})
    observe(session, walk, {"item": "B1", "stop": steps, "severity": Severity.SMALL, "text": "Busken växer över."})
    _meet(session, other, folder, walk)
    Image.new("RGB", (640, 480), (40, 44, 60)).save(folder.with_name("utan plats.jpg"))
    finish(import_photos(session, session.read(SafetyWalk, {"id": walk})[0], [folder.with_name("utan plats.jpg")]))
    end_walk(session, session.read(SafetyWalk, {"id": walk})[0], 2)
    items = (
        Item(Group.VERSIONS, Observation.KIND, seen, "text"),
        Item(Group.DANGER, Observation.KIND, lost),
        Item(Group.VERSIONS, Stop.KIND, steps, DELETED),
        Item(Group.GAPS, Photo.KIND, "", Gap.UNPLACED),
    )
    words = zip(("torn_item", "lost_item", "gone_item", "photos_item"), (each.key for each in items), strict=True)
    return {"ended": walk, "torn": seen, "lost": lost, **dict(words)}


def scatter(session: Session, other: Session, folder: Path) -> dict[str, str]:
    """A fourth walk, of which another device made most; on the way here changes and files were lost, and one was
    spoilt. It lies on a second target as well, where nothing goes any more. Returns ids by word."""
    said = {
        "title": "Vandring Sörnäs",
        "area": "Sörnäs",
        "zone": "Europe/Helsinki",
        "starts": datetime(2026, 10, 2, 15, 0, tzinfo=UTC),
        "info_shown_at": datetime(2026, 10, 2, 15, 0, tzinfo=UTC),
    }
    walk = new_walk(session, said)
    observe(session, walk, {"item": "A1", "text": "Lampan vid metron är släckt."})
    _meet(session, other, folder, walk)
    files = [PHOTOS / "fold_2.jpg", PHOTOS / "orientation_1.jpg", PHOTOS / "orientation_3.jpg"]
    finish(import_photos(other, other.read(SafetyWalk, {"id": walk})[0], files))
    batches = folder / "gatljus1" / walk / "changes"
    lay: list[set[Path]] = []
    for text in ("Häcken skymmer.", "Lösa plattor.", "Öppet och fint."):
        observe(other, walk, {"category": "other", "text": text})
        finish(sync(other, str(folder), walk=walk))
        lay.append(set(batches.iterdir()))
    (lost,) = lay[1] - lay[0]
    lost.unlink()
    photos = other.read(Photo, {"scope": walk})
    blobs = folder / "gatljus1" / walk / "blobs"
    for name in (photos[0].original, photos[1].original, photos[1].report):
        (blobs / str(name)).unlink()
    spoilt = blobs / str(photos[2].original)
    spoilt.write_bytes(bytes(len(spoilt.read_bytes())))
    broken = folder.with_name(BROKEN)
    finish(sync(session, str(broken), walk=walk))
    shutil.rmtree(broken / "gatljus1")
    (broken / "gatljus1").write_bytes(b"")
    finish(sync(session, str(folder), walk=walk))
    return {"scattered": walk, "underway": photos[0].id}


def copy(session: Session, folder: Path) -> dict[str, str]:
    """A third walk, with a track and one that was taken away, split in groups; it was copied to a folder with a long
    name. Returns ids by word."""
    said: dict[str, Any] = {
        "title": "Vandring Hagnäs",
        "area": "Hagnäs",
        "zone": "Europe/Helsinki",
        "starts": datetime(2026, 9, 25, 15, 0, tzinfo=UTC),
        "info_shown_at": datetime(2026, 9, 25, 15, 0, tzinfo=UTC),
    }
    walk = new_walk(session, said)
    stop = add_stop(session, walk, {"name": "Hagnäs torg", "position": Position(60.1790, 24.9510)})
    observe(session, walk, {"item": "A1", "stop": stop, "text": "Lampan vid kiosken är släckt."})
    way = tuple(Fix(said["starts"] + timedelta(seconds=5 * n), 60.1790 + n * 6e-5, 24.9510) for n in range(60))
    for _track in range(2):
        add_line(session, walk, Track, "Platta A", "", PlaceFile("gpx", segments=(way,)))
    delete(session, session.read(Track, {"scope": walk})[0])
    grouped = split_up(session, walk, stop)
    camera = Camera(folder.with_name("kort"), 40.0)
    for second in (-3000, 50, 170):
        camera.shoot((said["starts"] - BEGINS).total_seconds() + second)
    finish(import_photos(session, session.read(SafetyWalk, {"id": walk})[0], [camera.card]))
    finish(sync(session, str(folder), walk=walk))
    return {"copied": walk, "copied_stop": stop, **grouped}


def spread(session: Session, others: Sequence[Session], folder: Path) -> dict[str, str]:
    """A fourth walk, of which two other machines have everything, so that this one may be emptied; the day has come on
    which it was to be purged. Returns ids by word."""
    said = {
        "title": "Vandring Tölö",
        "area": "Tölö",
        "zone": "Europe/Helsinki",
        "starts": datetime(2025, 9, 25, 15, 0, tzinfo=UTC),
        "ends": datetime(2025, 9, 25, 17, 0, tzinfo=UTC),
        "retention_until": date(2026, 9, 1),
        "info_shown_at": datetime(2025, 9, 25, 15, 0, tzinfo=UTC),
    }
    walk = new_walk(session, said)
    observe(session, walk, {"item": "A1", "text": "Lampan vid torget är släckt."})
    finish(sync(session, str(folder), walk=walk))
    for n, other in enumerate(others):
        other.identity = replace(other.identity, machine=f"{n}" * 32)
        finish(sync(other, str(folder), walk=walk))
        keep_here(other, other.read(SafetyWalk, {"id": walk})[0], True)
    for each in (*others, session, *others, session):
        finish(sync(each, str(folder), walk=walk))
    return {"spread": walk}


def _meet(one: Session, other: Session, folder: Path, walk: str) -> None:
    """Both get what the other has."""
    for each in (one, other, one):
        finish(sync(each, str(folder), walk=walk))


@dataclass(frozen=True)
class Face:
    """What is looked at: a page, of which walk, about what, in which part; `walk` and `item` are words that `furnish`
    and `end` give. `act`: what is done there first. `first`: in a home that has nothing yet."""

    page: str
    walk: str = "walk"
    item: str = ""
    part: str = ""
    act: Callable[[Window], None] | None = None
    first: bool = False

    def place(self, ids: Mapping[str, str]) -> Place:
        """Where it is found."""
        return Place(self.page, ids.get(self.walk, ""), ids.get(self.item, ""), self.part)


ITEMS = {
    "observation": "observation",
    "acute": "acute",
    "lamp": "observation",
    "photo": "photo",
    "measure": "measure",
    "rating": "stop",
}
"""The thing that a page is about."""

WITHOUT_WALK = {"home", "new_walk", "fetch", "settings", "backups", "keys"}

MORE = {
    "acute.nowhere": Face("acute", "ended", "lost"),
    "acute.stops": Face("acute", "ended", "lost", "stops"),
    "devices.ended": Face("devices", "ended"),
    "devices.failed": Face("devices", "scattered", act=sync_with_what_is_broken),
    "devices.scattered": Face("devices", "scattered", act=open_folds),
    "failure": Face("home", "", act=fail),
    "fetch.purged": Face("fetch", "", act=look_where_one_was_purged),
    "finish.ended": Face("finish", "ended"),
    "group.split": Face("group", "copied"),
    "home.first": Face("home", "", first=True),
    "more.groups": Face("more", "copied"),
    "walk.more": Face("more", act=listen),
    "observation.history": Face("observation", item="observation", act=open_folds),
    "observation.place": Face("observation", item="observation", part="place"),
    "observation.torn": Face("observation", "ended", "torn"),
    "observations.chosen": Face("observations", item="observation"),
    "observations.groups": Face("observations", "copied", part="group=none"),
    "observations.copied": Face("observations", "copied", act=await_receipt),
    "observe.items": Face("observe", item="observation", part="items"),
    "observe.severity": Face("observe", item="observation", part="severity"),
    "observe.stops": Face("observe", item="observation", part="stops"),
    "observe.text": Face("observe", item="observation", part="text"),
    "observe.usual": Face("observe", item="observation", part="usual"),
    "photo.underway": Face("photo", "scattered", "underway", act=await_delivery),
    "photos.import": Face("photos", part="import"),
    "photos.place": Face("photos", item="photo", part="place"),
    "photos.several": Face("photos", item="photos", part="place"),
    "placement.change": Face("placement", "copied", part="-40", act=change_clock),
    "placement.proposed": Face("placement", "copied", act=await_proposed),
    "photos.result": Face("photos", part="result"),
    "photos.turned_away": Face("photos", part="result", act=fetch_what_is_no_photo),
    "position.phone": Face("position", act=choose_phone),
    "plan.about": Face("plan", part="om"),
    "plan.checklist": Face("plan", part="checklista"),
    "plan.map": Face("plan", part="rutt", act=turn_to_the_map),
    "plan.groups": Face("plan", "copied", part="deltagare"),
    "plan.parties": Face("plan", part="ansvariga"),
    "plan.people": Face("plan", part="deltagare"),
    "plan.tracks": Face("plan", "copied", part="rutt", act=open_folds),
    "plan.stop": Face("plan", item="stop", part="rutt"),
    "rating.last": Face("rating", "copied", "copied_stop"),
    "ready": Face("ready", act=await_checked),
    "ready.groups": Face("ready", "copied", act=await_checked),
    "ready.faults": Face("ready", "ended", act=await_checked),
    "remove.after": Face(
        "remove", "", part=part_of(Gone(cleared=(LONG_FOLDER,), left=(LONG_AREA,), devices=("B", "C")))
    ),
    "remove.asked": Face("remove", "ended", act=ask_to_purge),
    "remove.copied": Face("remove", "copied"),
    "remove.safe": Face("remove", "spread"),
    "remove.unnamed": Face("remove", "ended", act=find_a_file_that_no_walk_names),
    "review.danger": Face("review", "ended", "lost_item"),
    "review.delete": Face("review", "ended", "gone_item"),
    "review.gap": Face("review", item="gap_item"),
    "review.photos": Face("review", "ended", "photos_item"),
    "review.versions": Face("review", "ended", "torn_item"),
    "more.ended": Face("more", "ended"),
    "walk.away": Face("walk", act=look_away),
    "walk.bound": Face("walk", act=set_out),
    "walk.card": Face("walk", act=press_stop),
    "walk.copied": Face("walk", "copied", act=await_receipt),
    "walk.live": Face("walk", act=walk_along),
    "walk.next": Face("walk", act=go_on_to_the_next),
    "walk.old": Face("walk", act=lose_the_sky),
    "walk.passed": Face("walk", act=pass_on),
    "walk.ended": Face("walk", "ended"),
    "walk.list": Face("walk", part="list"),
    "walk.voice": Face("walk", act=hear),
    "camera.live": Face("camera", act=hear),
    "camera.item": Face("camera", item="observation", act=hear),
    "observe.live": Face("observe", item="observation", part="severity", act=hear),
    "observe.voice": Face("observe", act=hear),
    "walk.stand_moving": Face("stand", item="stop", act=move_on),
    "walk.stand_new": Face("stand", act=stand_still),
    "walk.stand_stop": Face("stand", item="stop", act=stand_still),
    "walk.stop": Face("walk", act=press_stop_with_receiver),
    "voices.none": Face("voices", "ended"),
}
"""The other faces of pages that have several."""

FACES = {page: Face(page, "" if page in WITHOUT_WALK else "walk", ITEMS.get(page, "")) for page in PAGES} | MORE
EVERY = sorted(FACES)
"""Every page, and every face of those that have several."""
