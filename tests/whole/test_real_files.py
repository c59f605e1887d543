"""Real photos and tracks through the program, and what `show` says of them."""

import json
import math
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.whole.program import Gatljus

MOST_BYTES = 300_000_000
TOLERANCE = 0.07


def new_walk(program: Gatljus, zone: str = "Europe/Helsinki") -> str:
    return program.made("walk", "new", "--title", "Prov", "--area", "Centrum", "--zone", zone)


def manifest(shared: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((shared / "data" / "photos" / "manifest.json").read_text("utf-8"))["files"]
    return found


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> dict[str, Any]:
    """Every file of the collection in one walk: what became of it, and what `show` says."""
    program = Gatljus(tmp_path_factory.mktemp("photos"))
    walk = new_walk(program, "Europe/Stockholm")
    files = [str(shared / "data" / "photos" / each["file"]) for each in manifest(shared)]
    items = program.ask("photos", "import", walk, *files)["items"]
    shown = program.ask("show", walk)
    return {
        "items": {item["file"]: item for item in items},
        "photos": {photo["id"]: photo for photo in shown["photos"]},
        "truth": {each["file"]: each for each in manifest(shared)},
    }


def test_every_file_becomes_what_the_manifest_says(imported: dict[str, Any]) -> None:
    results = {"ok": {"imported", "duplicate"}, "not_shown": {"not_shown"}, "refused": {"refused"}}
    for name, truth in imported["truth"].items():
        right = set[str]().union(*(results[each] for each in (truth["expect"], *truth["also_accept"])))
        item = imported["items"][name]
        assert item["result"] in right, (name, item)
        assert item["reason"] or item["result"] == "imported", (name, item)


def shown_photos(imported: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    pairs = [(truth, imported["items"][name]["photo"]) for name, truth in imported["truth"].items()]
    return [(truth, imported["photos"][photo]) for truth, photo in pairs if photo]


def test_format_and_size_are_those_of_the_picture_as_shown(imported: dict[str, Any]) -> None:
    for truth, photo in shown_photos(imported):
        assert photo["format"] == truth["format"], truth["file"]
        if photo["width"] is not None:
            assert abs(photo["width"] - truth["width"]) <= 1, truth["file"]
            assert abs(photo["height"] - truth["height"]) <= 1, truth["file"]


def test_the_bytes_are_kept_as_they_are_and_known_by_their_hash(imported: dict[str, Any]) -> None:
    for truth, photo in shown_photos(imported):
        assert photo["sha256"] == truth["sha256"], truth["file"]


def test_position_altitude_and_direction_are_those_of_the_file(imported: dict[str, Any]) -> None:
    for truth, photo in shown_photos(imported):
        place = photo["position"]
        if not truth["position_valid"]:
            assert (place["lat"], place["source"]) == (None, "none"), truth["file"]
            continue
        assert place["source"] == "exif", truth["file"]
        assert math.isclose(place["lat"], truth["lat"], abs_tol=2e-6), truth["file"]
        assert math.isclose(place["lon"], truth["lon"], abs_tol=2e-6), truth["file"]
        for ours, theirs in ((place["altitude_m"], truth["altitude"]), (photo["direction_deg"], truth["direction"])):
            assert (ours is None) == (theirs is None), truth["file"]
            assert ours is None or math.isclose(ours, theirs, abs_tol=0.01), truth["file"]
        assert photo["direction_ref"] == truth["direction_ref"], truth["file"]


def test_the_time_says_how_it_is_known(imported: dict[str, Any]) -> None:
    for truth, photo in shown_photos(imported):
        source, at = photo["taken_at_source"], photo["taken_at"]
        if truth["taken_at_utc"]:
            assert at == truth["taken_at_utc"], truth["file"]
            assert source == ("offset" if truth["offset"] and truth["taken_at"] else "gps"), truth["file"]
        elif truth["taken_at"]:
            local = datetime.fromisoformat(truth["taken_at"]).replace(tzinfo=ZoneInfo("Europe/Stockholm"))
            assert datetime.fromisoformat(at) == local, truth["file"]
            assert source == "zone", truth["file"]
        elif photo["state"] != "not_shown":
            # Of a file that was cut off, the manifest leaves open how much of the metadata is read.
            assert (at, source) == (None, "none"), truth["file"]


@pytest.mark.skipif(sys.platform == "win32", reason="the system says a process's peak memory through resource")
def test_the_program_itself_stays_small_while_it_imports(tmp_path: Path, shared: Path) -> None:
    program = Gatljus(tmp_path / "home")
    walk = new_walk(program)
    names = ("IMG_108MP.jpg", "bomb.png", "lying_sof.jpg", "DSC_7781.JPG", "spatial.heic", "PANO_0001.jpg")
    files = [str(shared / "data" / "photos" / name) for name in names]
    peak = program.peak_of("photos", "import", walk, *files)
    assert 10_000_000 < peak < MOST_BYTES, peak


def test_every_photo_of_the_walk_gets_its_true_stop(tmp_path: Path, shared: Path) -> None:
    program = Gatljus(tmp_path / "home")
    walk = new_walk(program)
    program.ask("route", "import", walk, str(shared / "data" / "tracks" / "planned-route.gpx"), "--as", "planned")
    program.ask("route", "import", walk, str(shared / "data" / "tracks" / "tablet-a.nmea"), "--as", "track")
    items = program.ask("photos", "import", walk, str(shared / "data" / "photos-walk"), "--by-track")["items"]
    shown = program.ask("show", walk)
    numbers = {stop["id"]: int(stop["number"]) for stop in shown["stops"]}
    truth = json.loads((shared / "data" / "photos-walk" / "truth.json").read_text("utf-8"))["photos"]
    right = {each["file"]: each["true_stop"] for each in truth}
    assert {item["file"]: numbers.get(item["stop"]) for item in items} == right
    sources = {photo["name"]: photo["position"]["source"] for photo in shown["photos"]}
    assert all(sources[each["file"]] == ("exif" if each["has_gps"] else "track") for each in truth)


@pytest.mark.parametrize(("tablet", "gaps"), [("tablet-a.nmea", 2), ("tablet-b.nmea", 1), ("recorded-a.gpx", 2)])
def test_a_track_is_as_long_as_it_was_walked_net_of_gaps(tmp_path: Path, shared: Path, tablet: str, gaps: int) -> None:
    # Tablet B was silent for 8 s once, which is no gap.
    program = Gatljus(tmp_path / "home")
    walk = new_walk(program)
    file = "tablet-a.nmea" if tablet.startswith("recorded") else tablet
    truth = json.loads((shared / "data" / "tracks" / "truth.json").read_text("utf-8"))["files"][file]
    program.ask("route", "import", walk, str(shared / "data" / "tracks" / tablet), "--as", "track")
    (track,) = program.ask("show", walk)["tracks"]
    net = truth["distance_walked_m"] - truth["distance_in_no_fix_m"] - truth["distance_in_silence_m"]
    assert abs(track["length_m"] / net - 1) <= TOLERANCE
    assert len(track["gaps"]) == gaps
    assert all(gap["straight_m"] > 0 for gap in track["gaps"])


def test_the_same_file_twice_adds_nothing(tmp_path: Path, shared: Path) -> None:
    program = Gatljus(tmp_path / "home")
    walk = new_walk(program)
    file = str(shared / "data" / "tracks" / "planned-route.gpx")
    first = program.ask("route", "import", walk, file, "--as", "planned")
    before = program.ask("show", walk)
    assert program.ask("route", "import", walk, file, "--as", "planned")["id"] == first["id"]
    assert program.ask("show", walk) == before
    assert {stop["number"]: stop["name"] for stop in before["stops"]}["1"] == "Järnvägstorget"


def test_reading_the_same_card_again_by_track_writes_nothing_and_says_the_same_of_the_clocks(
    tmp_path: Path, shared: Path
) -> None:
    program = Gatljus(tmp_path / "home")
    walk = new_walk(program)
    program.ask("route", "import", walk, str(shared / "data" / "tracks" / "planned-route.gpx"), "--as", "planned")
    program.ask("route", "import", walk, str(shared / "data" / "tracks" / "tablet-a.nmea"), "--as", "track")
    card = ["photos", "import", walk, str(shared / "data" / "photos-walk"), "--by-track"]
    first = program.run(*card)
    kept = program.kept()
    again = program.run(*card)
    assert program.kept() == kept
    clocks = [[line for line in said.err.splitlines() if "klockan går" in line] for said in (first, again)]
    assert clocks[0] and clocks[0] == clocks[1]


def test_photos_are_imported_once_however_often_they_are_read(tmp_path: Path) -> None:
    program = Gatljus(tmp_path / "home")
    walk = new_walk(program)
    folder = Path(__file__).resolve().parents[1] / "data" / "photos"
    first = program.ask("photos", "import", walk, str(folder))["items"]
    again = program.ask("photos", "import", walk, str(folder))["items"]
    kept = {item["photo"] for item in first if item["photo"]}
    assert kept
    assert {item["photo"] for item in again if item["photo"]} == kept
    assert all(item["result"] in ("duplicate", "refused") for item in again)
    assert os.listdir(folder)
