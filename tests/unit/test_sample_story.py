"""The sample walk's story: whole, in order, inside its map, by the checklist, in natural Swedish."""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import pytest

import resources
from app.domain.checklist import Checklist, checklist_from
from app.domain.record import Record
from app.domain.records import Measure, Observation, Participant, Party, SafetyWalk, Stop
from app.domain.values import Alarm, LampFault, MeasureStatus, Priority
from app.jobs.story import Story
from app.photos.drawn.scenes import SCENES, SIZES

STORY = Story()
SAID = STORY.said
OBSERVATIONS = SAID["observations"]
WRITTEN = [each for each in OBSERVATIONS if each.get("text")]


@pytest.fixture(scope="module")
def checklist() -> Checklist:
    return checklist_from(json.loads(resources.read_text("checklist/gatljus-1.json")))


def texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of the story that is for people, with where it stands."""
    apart = {"key", "scene", "size", "file", "device", "about", "lamp_faults", "camera", "item", "kind"}
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in apart:
                yield from texts(inner, f"{path}.{name}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from texts(inner, f"{path}[{place}]")
    elif isinstance(value, str):
        yield path, value


def test_the_story_has_what_a_walk_should_show() -> None:
    assert len(SAID["stops"]) == 9
    assert len(WRITTEN) >= 30
    assert len(OBSERVATIONS) - len(WRITTEN) == 1, "one observation is still to be completed"
    assert len(SAID["photos"]) == 60
    assert len(SAID["measures"]) == 12
    assert sum(each["count"] for each in SAID["participants"]) == 14
    assert sum(each["stop"] is None for each in WRITTEN) >= 2
    assert {each["letter"] for each in SAID["devices"]} == {"A", "B"} == {each["device"] for each in OBSERVATIONS}


def test_every_observation_follows_the_checklist(checklist: Checklist) -> None:
    for each in WRITTEN:
        item = checklist.items[each["item"]]
        severity = each.get("severity", item.severity)
        assert each.get("kind", "") != "social" or severity is None
        assert set(each.get("lamp_faults", ())) <= set(LampFault), each["key"]
        assert each["item"][0] != "M" or "severity" not in each
    letters = Counter(each["item"][0] for each in WRITTEN)
    assert letters["M"] == 5
    acute = [each for each in WRITTEN if each.get("severity") == 4]
    assert [(each["item"], each["alarm"]) for each in acute] == [("A8", Alarm.ONCALL)]


def test_every_measure_says_why_and_who(checklist: Checklist) -> None:
    keys = {each["key"] for each in OBSERVATIONS}
    for measure in SAID["measures"]:
        assert measure["cause"] and measure["problem"] and measure["expected_effect"] and measure["indicator"]
        assert measure["mechanism"] and set(measure["answers"]) <= keys
        for code in measure["mechanism"]:
            checklist.mechanism(code)
        checklist.party(measure["responsible"])
        assert (measure["priority"] == Priority.D) == ("decision_reason" in measure) == ("due" not in measure)
        assert {step["status"] for step in measure.get("steps", ())} <= set(MeasureStatus)
    assert {each["priority"] for each in SAID["measures"]} == set(Priority)


def test_statuses_follow_the_flow_of_the_checklist(checklist: Checklist) -> None:
    following = {each.code: each.next for each in checklist.statuses}
    for measure in SAID["measures"]:
        way = [MeasureStatus.NEW, *(MeasureStatus(step["status"]) for step in measure.get("steps", ()))]
        for before, after in pairwise(way):
            assert after in following[before], f"{measure['key']}: {before} → {after}"


def test_every_field_of_the_story_is_a_field_of_its_record() -> None:
    own: dict[str, set[str]] = {
        "observations": {"key", "device", "at", "support", "remarks"},
        "measures": {"key", "on", "answers", "steps"},
        "stops": {"key", "lat", "lon"},
        "participants": set(),
        "parties": set(),
    }
    kinds: dict[str, type[Record]] = {
        "observations": Observation,
        "measures": Measure,
        "stops": Stop,
        "participants": Participant,
        "parties": Party,
    }
    for name, cls in kinds.items():
        known = {field.name for field in cls.FIELDS} | own[name]
        for each in SAID[name]:
            assert set(each) <= known, f"{name}: {set(each) - known}"
    assert set(SAID["walk"]) <= {field.name for field in SafetyWalk.FIELDS}


def test_times_are_in_order() -> None:
    noted = [STORY.moment(each["at"]) for each in OBSERVATIONS]
    assert noted == sorted(noted)
    assert STORY.moment(SAID["walk"]["starts"]) < noted[0] < noted[-1] < STORY.moment(SAID["meets"])
    assert STORY.moment(SAID["meets"]) < STORY.moment(SAID["conflict"]["at"]) < STORY.moment(SAID["ends"])
    assert STORY.moment(SAID["ends"]) < STORY.moment(SAID["duplicate"]["at"])
    for measure in SAID["measures"]:
        steps = [STORY.moment(measure["on"]), *(STORY.moment(step["at"]) for step in measure.get("steps", ()))]
        assert steps == sorted(steps), measure["key"]
        if "due" in measure:
            assert date.fromisoformat(measure["due"]) >= STORY.moment(SAID["walk"]["starts"]).date()


def test_photos_are_taken_when_their_observation_was_noted_and_on_the_way() -> None:
    noted = {each["key"]: STORY.moment(each["at"]) for each in OBSERVATIONS}
    begins = datetime.fromisoformat(STORY.ways["begins"])
    length = STORY.ways["walked"][-1][0]
    for photo in SAID["photos"]:
        if photo["camera"] is None:
            continue
        at = STORY.moment(photo["at"])
        assert 0 <= (at - begins).total_seconds() <= length, photo["file"]
        if photo["observation"]:
            assert abs((at - noted[photo["observation"]]).total_seconds()) <= 180, photo["file"]


def test_some_photos_must_be_placed_by_track_and_two_cannot_be_placed() -> None:
    assert sum(each["camera"] == "K" and "off" not in each for each in SAID["photos"]) >= 2
    assert sum(each["camera"] is None and each["observation"] is None for each in SAID["photos"]) == 2


def test_stops_and_ways_lie_within_the_map() -> None:
    with closing(sqlite3.connect(f"{resources.path('map/helsingfors.mbtiles').as_uri()}?mode=ro", uri=True)) as tiles:
        said = dict(tiles.execute("select name, value from metadata"))
    west, south, east, north = (float(part) for part in said["bounds"].split(","))
    places = [(each["lat"], each["lon"]) for each in SAID["stops"]]
    places += [tuple(each) for each in STORY.ways["route"]] + [(lat, lon) for _, lat, lon in STORY.ways["walked"]]
    assert all(south < lat < north and west < lon < east for lat, lon in places)
    assert "OpenStreetMap" in said["attribution"] and "OpenStreetMap" in STORY.ways["attribution"]


def test_captions_are_short_and_alternative_texts_say_what_is_seen() -> None:
    for photo in SAID["photos"]:
        assert photo["scene"] in SCENES and photo["size"] in SIZES
        assert 5 <= len(photo["caption"]) <= 90, photo["file"]
        assert 40 <= len(photo["alt"]) <= 200, photo["file"]
        assert photo["alt"] != photo["caption"] and not re.search(r"\b(bild|foto) (av|på)\b", photo["alt"].lower())
    assert len({each["alt"] for each in SAID["photos"]}) == len({each["file"] for each in SAID["photos"]}) == 60


def test_texts_are_set_as_swedish_is() -> None:
    ends = re.compile(r"[.!?”]$")
    for path, text in texts(SAID):
        assert not re.search("[\"'“„‘]", text), f"{path}: {text}"
        assert "  " not in text and text == text.strip() and " - " not in text, f"{path}: {text}"
    for each in WRITTEN:
        assert ends.search(each["text"]) and each["text"][0].isupper(), each["key"]
    for photo in SAID["photos"]:
        assert ends.search(photo["alt"]) and ends.search(photo["caption"]), photo["file"]


def test_the_background_says_that_everything_but_the_places_is_invented() -> None:
    background = SAID["walk"]["background"]
    for word in ("exempel", "påhittade", "Helsingfors", "2019", "WGS 84", "tecknade"):
        assert word in background
    assert "exempel" in SAID["walk"]["title"]
    addresses = [text for _, text in texts(SAID) if "@" in text]
    assert addresses and all(each.endswith(".example") for each in addresses), "only names that nobody can own"


def test_nobody_is_counted_twice() -> None:
    roles = Counter[str]()
    for each in SAID["participants"]:
        roles[each["role"]] += each["count"]
    for each in WRITTEN:
        said = Counter({support["role"]: support["count"] for support in each.get("support", ())})
        assert 1 + said.total() <= 14, each["key"]
        assert all(count <= roles[role] for role, count in said.items()), each["key"]
    for place in SAID["ratings"]:
        assert sum(answer["count"] for answer in place["answers"]) == 14, place["stop"]


def test_the_conflict_and_the_duplicate_are_what_they_say() -> None:
    said = {each["key"]: each for each in OBSERVATIONS}
    values = SAID["conflict"]["values"]
    assert set(values) == {"A", "B"} and values["A"] != values["B"] and SAID["conflict"]["observation"] in said
    first, second = (said[SAID["duplicate"][name]] for name in ("observation", "duplicate"))
    assert first["device"] != second["device"] and first["stop"] == second["stop"]
    assert second["asset_tag"] in first["asset_tag"]
