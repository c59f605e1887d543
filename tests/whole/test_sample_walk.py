"""`gatljus demo`, as two people run it on machines that differ in everything: the same walk, to the byte."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.whole.program import Gatljus

ELSEWHERE = {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7", "GATLJUS_MACHINE": "another"}


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Gatljus, Gatljus]:
    """Two homes in which the sample walk was built, in processes of their own and at the same time."""
    folder = tmp_path_factory.mktemp("demo")
    here, there = Gatljus(folder / "here"), Gatljus(folder / "in another place", environment=ELSEWHERE)
    with ThreadPoolExecutor(2) as both:
        said = list(both.map(lambda home: home.run("demo"), (here, there)))
    assert [each.code for each in said] == [0, 0], said
    return here, there


@pytest.fixture(scope="module")
def shown(homes: tuple[Gatljus, Gatljus]) -> dict[str, Any]:
    (walk,) = homes[0].ask("walk", "list")["items"]
    return homes[0].ask("show", walk["id"])


def test_the_same_walk_to_the_byte_wherever_it_is_built(homes: tuple[Gatljus, Gatljus], shown: dict[str, Any]) -> None:
    walk = shown["walk"]["id"]
    assert homes[1].shown(walk) == homes[0].shown(walk)
    assert homes[1].kept() == homes[0].kept()


def test_building_it_again_changes_nothing(homes: tuple[Gatljus, Gatljus], shown: dict[str, Any]) -> None:
    before = homes[0].kept()
    assert homes[0].made("demo") == shown["walk"]["id"]
    assert homes[0].kept() == before


def test_it_shows_what_a_walk_can_hold(shown: dict[str, Any]) -> None:
    counts = {name: len(shown[name]) for name in ("stops", "photos", "measures", "tracks", "routes", "devices")}
    assert counts == {"stops": 9, "photos": 60, "measures": 12, "tracks": 2, "routes": 1, "devices": 2}
    kinds = Counter(each["kind"] for each in shown["observations"])
    assert kinds["positive"] == 5 and kinds["question"] == kinds["social"] == 1 and kinds["deficiency"] >= 30
    letters = {each["tag"][0] for each in shown["observations"]}
    assert letters == {each["letter"] for each in shown["devices"]} == {"A", "B"}
    (conflict,) = shown["conflicts"]
    assert conflict["field"] == "severity" and sorted(each["value"] for each in conflict["choices"]) == [2, 3]
    assert all(each["gaps"] and 1500 < each["length_m"] < 1710 for each in shown["tracks"])


def test_every_photo_came_in_as_from_a_camera_and_lies_where_it_was_taken(shown: dict[str, Any]) -> None:
    stop_of = {each["id"]: each["stop"] for each in shown["observations"]}
    assert {each["state"] for each in shown["photos"]} == {"ok"}
    for photo in shown["photos"]:
        assert photo["alt"] and (photo["observation"] is None or photo["stop"] == stop_of[photo["observation"]])
    sources = Counter(each["position"]["source"] for each in shown["photos"])
    assert sources == {"exif": 54, "track": 4, "none": 2}
    unplaced = [each for each in shown["photos"] if each["position"]["source"] == "none"]
    assert {(each["stop"], each["taken_at_source"]) for each in unplaced} == {(None, "none")}


def test_nothing_is_broken_in_it(homes: tuple[Gatljus, Gatljus]) -> None:
    assert homes[0].ask("verify")["items"] == []
