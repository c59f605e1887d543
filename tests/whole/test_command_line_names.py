"""What things are called on the command line: numbers, names and tags as well as ids; and what `show` tells of them."""

from pathlib import Path

import pytest

from tests.whole.meeting import Field
from tests.whole.program import ROOT, Gatljus
from tests.whole.resident import Forked, Server

PHOTO = str(ROOT / "tests" / "data" / "photos" / "IMG_0412.jpg")


@pytest.fixture
def home(tmp_path: Path, server: Server) -> Gatljus:
    return Forked(tmp_path / "home", {}, server)


@pytest.fixture
def walk(home: Gatljus) -> str:
    walk = home.walk("--starts", "2026-10-23T18:00")
    home.made("stop", "add", walk, "--name", "Torget", "--at", "59.17,18.14")
    home.made("observe", walk, "--category", "lighting", "--item", "A1", "--stop", "1", "--time", "18:20",
              "--photo", PHOTO)  # fmt: skip
    return walk


def test_show_tells_photos_with_what_they_show_and_routes_and_tracks(home: Gatljus, walk: str, shared: Path) -> None:
    tracks = shared / "data" / "tracks"
    home.made("route", "import", walk, str(tracks / "planned-route.gpx"), "--as", "planned")
    home.made("route", "import", walk, str(tracks / "tablet-a.nmea"), "--as", "track")
    shown = home.shown(walk)
    told = home.run("show", walk).out
    (photo,), (route,), (track,) = shown["photos"], shown["routes"], shown["tracks"]
    assert f"1.1  {photo['id'][:8]}  IMG_0412.jpg, visar A1" in told
    assert f"{route['id'][:8]}  " in told and f"{track['id'][:8]}  " in told
    assert f"{track['points']} punkter, {track['length_m']:.0f} m" in told


def test_a_stop_is_named_by_its_name_where_that_is_the_only_one(home: Gatljus, walk: str) -> None:
    seen = home.made("observe", walk, "--category", "lighting", "--stop", "torget")
    assert next(each for each in home.shown(walk)["observations"] if each["id"] == seen)["stop"]
    assert (
        "nummer, namn eller id" in home.refused("observe", walk, "--category", "lighting", "--stop", "Kyrkan")["advice"]
    )
    home.made("stop", "add", walk, "--name", "Torget", "--at", "59.18,18.14")
    refused = home.refused("observe", walk, "--category", "lighting", "--stop", "Torget")
    assert refused["code"] == "ambiguous" and "1, 2" in refused["advice"]


@pytest.mark.parametrize("name", ["1.1", "A1"])
def test_an_observation_is_named_by_its_number_or_tag_within_a_walk(home: Gatljus, walk: str, name: str) -> None:
    (seen,) = home.shown(walk)["observations"]
    home.made("measure", "add", walk, "--observation", name)
    assert home.shown(walk)["measures"][0]["observations"] == [seen["id"]]
    home.made("set", "measure", "1.1", "due", "2026-12-01", "--walk", walk)
    assert home.shown(walk)["measures"][0]["due"] == "2026-12-01"
    assert "inom en vandring" in home.refused("set", "observation", name, "text", "x")["advice"]


def test_what_is_no_walk_is_told_where_the_walks_are_listed(home: Gatljus) -> None:
    for command in (("show", "oktober"), ("observe", "x", "--category", "lighting")):
        assert "walk list" in home.refused(*command)["advice"]


def test_a_device_is_given_a_name_that_its_walks_have_at_once_and_the_others_after_the_next_sync(field: Field) -> None:
    walk, (a, b) = field.walk("A", "B")
    a.ask("walk", "end", walk)
    before = a.ask("device", "name")
    said = a.run("device", "name", " Ullas  platta ")
    assert (said.out, "när du har synkat" in said.err) == ("Ullas platta\n", True)
    assert a.ask("device", "name") == {**before, "name": "Ullas platta"}
    assert " ändringar.\n    Den kallar sig Ullas platta." in a.run("devices", walk).out
    assert "Ullas platta" not in b.run("devices", walk).out
    field.meet(walk, a, b)
    assert " Den kallar sig Ullas platta." in b.run("devices", walk).out
    assert [each["done"] for each in b.items("devices", walk) if each["letter"] == "A"] == [True]
    assert a.ask("device", "name", "")["name"] == before["name"]


def test_a_name_that_cannot_be_kept_is_refused_and_changes_nothing(field: Field) -> None:
    a = field.home("A")
    before = a.ask("device", "name")
    assert a.refused("device", "name", "Ulla\x00")["code"] == "text"
    assert a.refused("device", "names", code=2)["code"] == "usage"
    assert a.ask("device", "name") == before
