"""Every page of the window at a walk that has something of everything, for tests that look at all of them."""

from datetime import UTC, date, datetime
from pathlib import Path

from app.base.job import finish
from app.commands.measures import add_measure
from app.commands.observations import observe, remark, support
from app.commands.places import add_line
from app.commands.records import add
from app.commands.stops import add_stop
from app.commands.walks import new_walk
from app.domain.records import Observation, Participant, Photo, Route, SafetyWalk
from app.domain.track import Fix
from app.domain.values import Light, PlaceType, Position, Priority, Severity
from app.jobs.photos import import_photos
from app.places.placefile import PlaceFile
from app.session import Session
from ui.shell.pages import PAGES
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
        "measure": measure,
    }


ITEMS = {
    "observation": "observation",
    "observe": "",
    "acute": "acute",
    "lamp": "observation",
    "photo": "photo",
    "measure": "measure",
}
"""The thing that a page is about, by the word that `furnish` gives it."""

WITHOUT_WALK = {"home", "new_walk", "fetch", "settings", "keys"}


PARTS = {"photos.import": "", "photos.result": "", "photos.place": "photo"}
"""Pages that have several faces: page and part, and what the part is about."""

EVERY = sorted((*PAGES, *PARTS))
"""Every page, and every face of those that have several."""


def place_at(page: str, ids: dict[str, str]) -> Place:
    """Where a page is found."""
    if page in PARTS:
        name, _dot, part = page.partition(".")
        return Place(name, ids["walk"], ids.get(PARTS[page], ""), part)
    walk = "" if page in WITHOUT_WALK else ids["walk"]
    return Place(page, walk, ids.get(ITEMS.get(page, ""), ""))
