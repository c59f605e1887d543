"""The order and the numbers of things, and small promises of commands, on the real program."""

import json
from pathlib import Path

import pytest

from app.base.clock import utc_now
from app.commands.records import set_fields
from app.domain.change import Draft
from app.domain.records import Protocol, Stop
from app.queries.find import MOST_FOUND, walk_of
from app.queries.whole import whole_walk
from app.session import Session
from tests.whole.program import Fact, Gatljus
from tests.whole.resident import Forked, Server


@pytest.fixture
def a(tmp_path: Path, server: Server) -> Gatljus:
    return Forked(tmp_path / "a", {}, server)


def stop(home: Gatljus, walk: str, name: str) -> str:
    return home.made("stop", "add", walk, "--name", name, "--at", "59.17,18.14")


def names_in_order(home: Gatljus, walk: str) -> list[str]:
    stops = sorted(home.shown(walk)["stops"], key=lambda each: int(each["number"]))
    return [each["name"] for each in stops]


def finalised(home: Gatljus, walk: str) -> dict[str, str]:
    """Write the numbers as they are now as those of a protocol."""
    session = Session(home.home)
    numbers = dict(whole_walk(session, walk_of(session, walk)).numbers.of)
    said = {"created": utc_now(), "version": 1, "numbers": numbers}
    record = session.new_id()
    session.write(walk, [Draft(kind=Protocol.KIND, record=record, field=name, value=said[name]) for name in said])
    session.close()
    return numbers


def by_id(items: list[Fact]) -> dict[str, Fact]:
    return {each["id"]: each for each in items}


def test_a_stop_is_moved_before_another_and_to_the_end(a: Gatljus) -> None:
    walk = a.walk()
    for name in ("torget", "tunneln", "skolan"):
        stop(a, walk, name)
    a.made("stop", "move", walk, "3", "--before", "1")
    assert names_in_order(a, walk) == ["skolan", "torget", "tunneln"]
    a.made("stop", "move", walk, "2", "--last")
    assert names_in_order(a, walk) == ["skolan", "tunneln", "torget"]
    assert a.refused("stop", "move", walk, "1", "--before", "1")["code"] == "stop"
    assert a.refused("stop", "move", walk, "1", code=2)["code"] == "usage"


def test_a_stop_is_moved_between_two_that_two_devices_gave_one_place(a: Gatljus) -> None:
    walk = a.walk()
    ids = [stop(a, walk, name) for name in "abcd"]
    session = Session(a.home)
    for each in session.read(Stop, {"scope": walk}):
        if each.id in ids[:3]:
            set_fields(session, each, {"order": "c"})
    session.close()
    same = names_in_order(a, walk)
    assert same[3] == "d" and sorted(same[:3]) == ["a", "b", "c"]
    a.made("stop", "move", walk, "4", "--before", "2")
    assert names_in_order(a, walk) == [same[0], "d", same[1], same[2]]
    a.made("undo", walk)
    assert names_in_order(a, walk) == same


def test_a_stop_is_named_by_the_number_of_the_finalised_protocol(a: Gatljus) -> None:
    walk = a.walk()
    first, second = stop(a, walk, "torget"), stop(a, walk, "tunneln")
    finalised(a, walk)
    a.made("delete", "stop", first)
    seen = a.made("observe", walk, "--category", "lighting", "--stop", "2")
    assert by_id(a.shown(walk)["observations"])[seen]["stop"] == second


def test_a_number_of_the_finalised_protocol_is_not_given_to_anything_else(a: Gatljus) -> None:
    walk = a.walk()
    kept, gone = stop(a, walk, "torget"), stop(a, walk, "tunneln")
    seen = a.made("observe", walk, "--category", "lighting", "--stop", kept)
    lost = a.made("observe", walk, "--category", "lighting", "--stop", kept)
    ways = [a.made("measure", "add", walk, "--observation", seen, "--text", text) for text in "xyz"]
    numbers = finalised(a, walk)
    assert (numbers[lost], numbers[gone], numbers[ways[2]]) == ("1.2", "2", "1.1 c")
    a.made("delete", "observation", lost)
    a.made("delete", "stop", gone)
    a.made("delete", "measure", ways[2])
    new_stop, new = stop(a, walk, "skolan"), a.made("observe", walk, "--category", "lighting", "--stop", kept)
    way = a.made("measure", "add", walk, "--observation", seen, "--text", "ny")
    shown = a.shown(walk)
    assert by_id(shown["observations"])[new]["number"] == "1.3"
    assert by_id(shown["stops"])[new_stop]["number"] == "3"
    assert by_id(shown["measures"])[way]["number"] == "1.1 d"


def test_show_lists_observations_in_the_order_of_their_numbers(a: Gatljus) -> None:
    walk = a.walk()
    stop(a, walk, "torget")
    for number in range(1, 12):
        a.made("observe", walk, "--category", "lighting", "--stop", "1", "--time", f"2026-10-23T18:{number:02}")
    words = [each.split() for each in a.run("show", walk).out.splitlines()]
    assert [each[0] for each in words if each and each[0].startswith("1.")] == [
        f"1.{number}" for number in range(1, 12)
    ]


def test_a_measure_answers_an_observation_once_however_often_it_is_named(a: Gatljus) -> None:
    walk = a.walk()
    seen = a.made("observe", walk, "--category", "lighting")
    made = a.made("measure", "add", walk, "--observation", seen, "--observation", seen, "--text", "Byt lampa")
    assert by_id(a.shown(walk)["measures"])[made]["observations"] == [seen]


def test_a_walk_that_ends_before_its_planned_time_started_before_it_too(a: Gatljus) -> None:
    walk = a.walk("--starts", "2026-10-23T18:05")
    a.made("walk", "end", walk, GATLJUS_NOW="2026-10-23T15:00:00Z")
    shown = a.shown(walk)["walk"]
    assert (shown["starts"], shown["ends"]) == ("2026-10-23T15:00:00Z", "2026-10-23T15:00:00.001Z")


def test_that_a_walk_is_kept_here_is_told_to_others_until_it_is_withdrawn(a: Gatljus, tmp_path: Path) -> None:
    walk, stick = a.walk(), tmp_path / "stick"
    stick.mkdir()

    def told() -> bool:
        a.ask("sync", str(stick), "--walk", walk)
        heads = sorted((stick / "gatljus1" / walk / "heads").iterdir(), key=lambda path: path.name.split(".")[1])
        keeps: bool = json.loads(heads[-1].read_bytes())["keeps"]
        return keeps

    assert told() is False
    a.made("walk", "keep", walk)
    assert told() is True
    a.made("walk", "keep", walk, "--off")
    assert told() is False


def test_a_deleted_walk_comes_back_by_its_own_id(a: Gatljus) -> None:
    walk = a.walk()
    a.made("delete", "safety-walk", walk)
    assert a.refused("show", walk)["code"] == "not-found"
    assert a.run("undo", walk[:6]).code == 0
    assert a.shown(walk)["walk"]["title"] == "Oktober"


def test_a_device_that_was_along_is_not_deleted(a: Gatljus) -> None:
    walk = a.walk()
    (device,) = a.items("devices", walk)
    assert a.refused("delete", "device", device["id"])["code"] == "device"


def test_search_says_so_where_it_shows_only_the_latest(a: Gatljus) -> None:
    walk = a.walk()
    session = Session(a.home)
    session.write(
        walk,
        [
            Draft(kind="stop", record=record, field=name, value=value)
            for record in (session.new_id() for _ in range(MOST_FOUND + 1))
            for name, value in (("created", utc_now()), ("name", "Gångtunnel"))
        ],
    )
    session.close()
    said = a.run("--json", "search", "tunnel")
    assert len(said.data["items"]) == MOST_FOUND
    assert "Skriv fler ord" in said.err
    assert a.run("--json", "search", "Oktober").err == ""


def test_geojson_tells_how_a_position_is_known_in_a_word_for_programs(a: Gatljus, tmp_path: Path) -> None:
    walk = a.walk()
    photo = Path(__file__).parents[1] / "data" / "photos"
    a.ask("photos", "import", walk, *(str(each) for each in sorted(photo.glob("*.jpg"))[:1]))
    (shown,) = a.shown(walk)["photos"]
    a.made("set", "photo", shown["id"], "position", "59.17,18.14")
    a.made("export", walk, "-o", str(tmp_path / "out.geojson"))
    (feature,) = json.loads((tmp_path / "out.geojson").read_bytes())["features"]
    assert feature["properties"]["position_source"] == "hand"
