"""Which stop a photo belongs to, and how its place is known."""

import json
import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.geo import Plane, distance_m
from app.domain.placing import GUESS_S, RADIUS_M, UNPLACED, Placing, Walked, nearest_stop, place, positions_of
from app.domain.records import Stop
from app.domain.track import Fix
from app.domain.values import Position, PositionSource, TakenAtSource
from app.photos.exif import Facts, read_facts
from app.photos.geotag import ClockError, Geotagged, Shot, clock_errors, place_all

START = datetime(2026, 10, 23, 15, 0, tzinfo=UTC)
HERE = Plane(Position(59.1687, 18.1448))
FARSTA, TUNNEL = HERE.position(0, 0), HERE.position(200, 0)
STOPS = {"1": FARSTA, "2": TUNNEL}


def _at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def _fix(seconds: float, east: float, north: float = 0.0) -> Fix:
    position = HERE.position(east, north)
    return Fix(_at(seconds), position.lat, position.lon, speed_mps=None)


def _east(second: int) -> float:
    """Five minutes at stop 1, 200 m at 1 m/s, five minutes at stop 2."""
    return min(max(0.0, second - 300.0), 200.0)


def _walk(without: range = range(0), north: float = 0.0) -> list[list[Fix]]:
    shaking = ((second, 3 * math.sin(second / 7), 3 * math.cos(second / 9)) for second in range(801))
    return [[_fix(s, _east(s) + dx, north + dy) for s, dx, dy in shaking if s not in without]]


def _shot(
    key: str,
    seconds: float | None,
    position: Position | None = None,
    camera: str = "K",
    ahead: float | None = None,
    source: TakenAtSource = TakenAtSource.OFFSET,
) -> Shot:
    at = None if seconds is None else _at(seconds)
    return Shot(key, camera, at, source, position, difference_s=ahead)


def _placed(shot: Shot, *tracks: list[list[Fix]]) -> Placing:
    return place_all([shot], STOPS, tracks).placings[shot.key]


@pytest.mark.parametrize(("east", "stop"), [(0, "1"), (RADIUS_M - 1, "1"), (RADIUS_M + 1, None), (180, "2")])
def test_a_position_belongs_to_a_stop_within_the_radius(east: float, stop: str | None) -> None:
    assert nearest_stop(HERE.position(east, 0), STOPS) == stop
    assert _placed(_shot("a", None, HERE.position(east, 0))).stop == stop


def test_of_two_stops_within_the_radius_the_nearer_counts() -> None:
    close = {"1": FARSTA, "3": HERE.position(40, 0)}
    assert [nearest_stop(HERE.position(east, 0), close) for east in (5, 19, 21, 38)] == ["1", "1", "3", "3"]
    assert nearest_stop(FARSTA, {}) is None


def test_a_stop_that_is_nowhere_has_no_position() -> None:
    here, nowhere = (Stop(id=each * 32, scope="9" * 32, position=at) for each, at in (("1", FARSTA), ("2", None)))
    assert positions_of([here, nowhere]) == {here.id: FARSTA}


def test_a_position_that_calls_itself_vague_decides_nothing() -> None:
    vague = replace(_shot("a", 100, FARSTA), accuracy_m=RADIUS_M + 1)
    assert _placed(vague) == Placing(FARSTA, PositionSource.EXIF, None, None, uncertain=True)
    assert _placed(replace(vague, accuracy_m=RADIUS_M - 1)) == Placing(FARSTA, PositionSource.EXIF, "1")
    assert _placed(vague, _walk()).stop == "1"


def test_without_position_and_track_nothing_is_known() -> None:
    assert _placed(_shot("a", 100)) == UNPLACED
    assert _placed(_shot("a", None), _walk()) == UNPLACED


@pytest.mark.parametrize(("seconds", "stop"), [(10, "1"), (290, "1"), (400, None), (520, "2"), (790, "2")])
def test_a_photo_without_position_gets_that_of_the_track(seconds: float, stop: str | None) -> None:
    placing = _placed(_shot("a", seconds), _walk())
    assert (placing.source, placing.stop, placing.uncertain) == (PositionSource.TRACK, stop, False)
    assert placing.position is not None
    assert distance_m(placing.position, HERE.position(_east(int(seconds)), 0)) < 6


def test_a_photo_with_a_position_keeps_it_and_gets_the_stop_of_the_time() -> None:
    strayed = HERE.position(-60, 20)
    assert nearest_stop(strayed, STOPS) is None
    assert _placed(_shot("a", 100, strayed), _walk()) == Placing(strayed, PositionSource.EXIF, "1")


def test_a_photo_far_from_the_track_was_taken_by_somebody_else() -> None:
    assert _placed(_shot("a", 100, TUNNEL), _walk()) == Placing(TUNNEL, PositionSource.EXIF, "2")
    elsewhere = HERE.position(0, 5000)
    assert _placed(_shot("a", 100, elsewhere), _walk()) == Placing(elsewhere, PositionSource.EXIF, None)


def test_between_the_stops_a_photo_has_none() -> None:
    midway = HERE.position(100, 0)
    assert _placed(_shot("a", 400, midway), _walk()) == Placing(midway, PositionSource.EXIF, None)


def test_long_before_and_after_the_track_nothing_is_known() -> None:
    assert _placed(_shot("a", -61), _walk()) == UNPLACED
    assert _placed(_shot("a", 861), _walk()) == UNPLACED
    assert _placed(_shot("a", -30), _walk()).uncertain is False
    assert _placed(_shot("a", 850), _walk()).uncertain is True


def test_across_a_gap_the_place_is_uncertain_and_the_stop_unknown() -> None:
    placing = _placed(_shot("a", 500), _walk(without=range(430, 520)))
    assert (placing.source, placing.stop, placing.uncertain) == (PositionSource.TRACK, None, True)
    assert placing.seconds == 91


def test_across_a_long_gap_there_is_no_place() -> None:
    assert _placed(_shot("a", 450), _walk(without=range(390, 390 + int(GUESS_S) + 10))) == UNPLACED


def test_a_camera_goes_with_the_track_its_photos_are_nearest_to() -> None:
    mine, theirs = _walk(), _walk(north=400.0)
    shots = [_shot("own", 100, HERE.position(0, 395)), _shot("none", 120), _shot("other", 110, camera="L")]
    placings = place_all(shots, STOPS, [mine, theirs]).placings
    for key in ("none", "other"):
        position = placings[key].position
        assert position is not None
        assert distance_m(position, HERE.position(0, 400)) < 10
        assert placings[key].stop is None


def test_where_tracks_differ_and_nothing_tells_which_the_first_counts_and_is_uncertain() -> None:
    placing = _placed(_shot("a", 100), _walk(), _walk(north=400.0))
    assert (placing.stop, placing.uncertain) == ("1", True)
    assert _placed(_shot("a", 100), _walk(), _walk(north=4.0)).uncertain is False


def test_a_track_that_the_photographer_did_not_walk_places_nothing() -> None:
    shots = [_shot(str(k), 100.0 + k, HERE.position(0, 900)) for k in range(3)] + [_shot("none", 120)]
    assert place_all(shots, STOPS, [_walk()]).placings["none"] == UNPLACED


def test_a_clock_error_is_the_median_of_what_the_photos_tell() -> None:
    told = [37.0, 36.0, 38.0, 37.0, 95.0]
    shots = [_shot(str(k), 0, camera="B", ahead=ahead) for k, ahead in enumerate(told)]
    assert clock_errors(shots) == {"B": ClockError("B", 37.0, 5)}


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ([37.0], "one photo is not enough"),
        ([0.0, 1.0, 0.0, 60.0], "the clock is right, one fix was old"),
        ([20.0, 55.0, 90.0, 140.0], "old fixes, each of another age"),
        ([], "no photo tells"),
    ],
)
def test_no_clock_error_is_made_up(told: list[float], why: str) -> None:
    assert clock_errors([_shot(str(k), 0, camera="B", ahead=each) for k, each in enumerate(told)]) == {}, why


def test_cameras_without_a_name_share_no_clock() -> None:
    assert clock_errors([_shot(str(k), 0, camera="", ahead=37.0) for k in range(5)]) == {}


def test_a_fast_clock_is_put_right_for_placing() -> None:
    told = [_shot(str(k), 100 + k + 150, FARSTA, ahead=150.0) for k in range(3)]
    shots = [*told, _shot("late", 280 + 150), _shot("gps", 280, source=TakenAtSource.GPS)]
    done = place_all(shots, STOPS, [_walk()])
    assert {key: placing.stop for key, placing in done.placings.items()} == dict.fromkeys(
        ("0", "1", "2", "late", "gps"), "1"
    )
    assert done.clock_errors["K"].sentence.startswith("K: klockan går 150 s före, mätt i 3 foton.")
    assert "efter" in ClockError("K", -8.0, 2).sentence


def test_an_offset_that_a_person_gives_is_added_instead() -> None:
    shots = [_shot("0", 250, ahead=150.0), _shot("1", 251, ahead=150.0), _shot("late", 430)]
    said = ClockError(shots[0].camera, -100.0, 0, said=True)
    done = place_all(shots, STOPS, [_walk()], {said.camera: said})
    assert done.placings["late"].stop == "2"
    assert done.clock_errors == {said.camera: said}


def test_a_shot_is_made_from_facts() -> None:
    facts = Facts(
        taken_local=datetime(2026, 10, 23, 18, 7, 10),  # noqa: DTZ001
        offset="+03:00",
        gps_utc=datetime(2026, 10, 23, 15, 6, 33, tzinfo=UTC),
        position=FARSTA,
        accuracy_m=4.5,
        camera="B",
    )
    at = datetime(2026, 10, 23, 15, 7, 10, tzinfo=UTC)
    assert Shot.of("x", facts, "Europe/Stockholm") == Shot("x", "B", at, TakenAtSource.OFFSET, FARSTA, 4.5, 37.0)


def test_a_walked_track_says_when_it_stood_at_which_stop() -> None:
    walked = Walked.along(_walk(), STOPS)
    assert [walked.stop_at(_at(seconds)) for seconds in (100, 400, 700)] == ["1", None, "2"]
    assert place(None, None, _at(100), STOPS, [walked]).stop == "1"


@dataclass(frozen=True)
class Evening:
    """The walk of three cameras in Helsinki, with what is true of it."""

    truth: dict[str, Any]
    stops: dict[str, Position]
    shots: list[Shot]
    tablets: dict[str, list[list[Fix]]]

    def wrong(self, done: Geotagged) -> list[str]:
        """Photos that were given another stop than the true one."""
        true = {each["file"]: each["true_stop"] for each in self.truth["photos"]}
        return [key for key, placing in done.placings.items() if placing.stop != (true[key] and str(true[key]))]


def _nmea(path: Path) -> list[list[Fix]]:
    """The fixes of a log whose every GGA with a fix is followed by its RMC with the date."""
    fixes, fix = [], ("", "", "", "")
    for line in path.read_text("ascii").splitlines():
        part = line.partition("*")[0].split(",")
        if part[0].endswith("GGA"):
            fix = (part[1], part[2], part[4], part[8]) if part[6] != "0" else ("", "", "", "")
        elif part[0].endswith("RMC") and fix[1]:
            at = datetime.strptime(part[9] + fix[0].partition(".")[0], "%d%m%y%H%M%S").replace(tzinfo=UTC)
            lat, lon = int(fix[1][:2]) + float(fix[1][2:]) / 60, int(fix[2][:3]) + float(fix[2][3:]) / 60
            fixes.append(Fix(at, lat, lon, hdop=float(fix[3])))
    return [fixes]


@pytest.fixture(scope="module")
def evening(shared: Path) -> Evening:
    folder, tracks = shared / "data" / "photos-walk", shared / "data" / "tracks"
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    shots = [Shot.of(each["file"], read_facts(folder / each["file"]), truth["time_zone"]) for each in truth["photos"]]
    stops = {str(stop["no"]): Position(stop["lat"], stop["lon"]) for stop in truth["stops"]}
    return Evening(truth, stops, shots, {name: _nmea(tracks / f"tablet-{name}.nmea") for name in "ab"})


def test_by_track_every_photo_of_the_evening_gets_its_true_stop(evening: Evening) -> None:
    done = place_all(evening.shots, evening.stops, [evening.tablets["a"]])
    assert evening.wrong(done) == []
    assert {None} < {placing.stop for placing in done.placings.values()}
    assert [(error.camera, error.seconds) for error in done.clock_errors.values()] == [("samsung SM-S926B", 37.0)]


def test_by_track_every_photo_of_the_evening_is_near_where_it_was_taken(evening: Evening) -> None:
    done = place_all(evening.shots, evening.stops, [evening.tablets["a"]])
    for each in evening.truth["photos"]:
        placing = done.placings[each["file"]]
        assert placing.position is not None
        assert placing.source == (PositionSource.EXIF if each["has_gps"] else PositionSource.TRACK)
        assert distance_m(placing.position, Position(each["true_lat"], each["true_lon"])) < RADIUS_M


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_with_the_tracks_of_two_groups_the_photos_go_with_their_own(evening: Evening, order: str) -> None:
    assert evening.wrong(place_all(evening.shots, evening.stops, [evening.tablets[name] for name in order])) == []


def test_without_a_track_a_photo_is_placed_by_its_position_alone(evening: Evening) -> None:
    done = place_all(evening.shots, evening.stops)
    without = {each["file"] for each in evening.truth["photos"] if not each["has_gps"]}
    assert {key for key, placing in done.placings.items() if placing == UNPLACED} == without
    assert set(evening.wrong(done)) <= without


@pytest.mark.parametrize("radius", [30.0, 40.0])
def test_the_radius_is_not_balanced_on_an_edge(
    evening: Evening, radius: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.domain.placing.RADIUS_M", radius)
    assert evening.wrong(place_all(evening.shots, evening.stops, [evening.tablets["a"]])) == []
