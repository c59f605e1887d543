"""Fixes and their rows; measuring a track; where it was and when it stood still."""

import itertools
import json
import math
import random
import statistics
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.geo import distance_m, path_m
from app.domain.track import EPOCH, Fix, Timeline, fixes_of, measure, near_stops, position_at, stays
from app.domain.values import Position
from app.places.reading import read_place_file
from tests.unit.synthetic_walks import HERE, START, Kind, Walk, walk

TOLERANCE = 0.07
TRULY_WALKED_M = {"tablet-a.nmea": 1695.6 - 65.7 - 14.6, "tablet-b.nmea": 1696.0 - 78.8, "dst.nmea": 522.9}
"""Net of gaps over 10 s, from truth.json: walked, less what was walked without a fix."""

WALKS = {
    "errors of 2 m": Kind(sigma=2),
    "errors of 4 m": Kind(),
    "errors of 6 m": Kind(sigma=6),
    "errors of 8 m": Kind(sigma=8),
    "smooth errors of 2 m": Kind(sigma=2, smooth=True),
    "smooth errors of 4 m": Kind(smooth=True),
    "smooth errors of 8 m": Kind(sigma=8, smooth=True),
    "20 s of memory": Kind(memory_s=20),
    "trembling by 3 m": Kind(sigma=2, fast=3),
    "0.6 m/s": Kind(speed=0.6),
    "1.8 m/s": Kind(speed=1.8),
    "a fix each 5 s": Kind(every=5),
    "a fix each 5 s, errors of 8 m": Kind(every=5, sigma=8),
    "a fix each 5 s, 0.6 m/s": Kind(every=5, speed=0.6),
    "no stops": Kind(stops=0, pauses=False),
    "20 stops of 30-60 s": Kind(stops=20, stop_s=(30, 60)),
    "stops of 7-15 min": Kind(stops=6, stop_s=(400, 900)),
    "a winding path": Kind(legs=(8, 25), turns=(0.2, 0.4, 0.7)),
    "400 m": Kind(length=400, stops=3),
    "with HDOP": Kind(hdop=1.1),
}
SEEDS = range(4)


def at(seconds: float, x: float, y: float, hdop: float | None = None) -> Fix:
    place = HERE.position(x, y)
    return Fix(START + timedelta(seconds=seconds), place.lat, place.lon, hdop=hdop)


def straight(seconds: int, speed: float = 1.2, start: int = 0) -> list[Fix]:
    return [at(start + s, speed * (start + s), 0.0) for s in range(seconds)]


def test_a_fix_and_its_row_say_the_same() -> None:
    fix = Fix(datetime(2026, 10, 23, 15, 5, 0, 500_000, tzinfo=UTC), 60.1711298, 24.94337, 9.3, 1.04, 0.074)
    assert fix.row() == [1792767900500, 60.1711298, 24.94337, 9.3, 1.04, 0.074]
    assert Fix.from_row(json.loads(json.dumps(fix.row()))) == fix
    planned = Fix(None, 59.0, 18.0)
    assert planned.row() == [None, 59.0, 18.0, None, None, None]
    assert Fix.from_row(planned.row()) == planned


def test_rows_of_a_newer_version_are_read_and_bad_ones_left_out() -> None:
    rows = [[0, 59.0, 18.0, None, None, None, "more", {}], [0, 59.0, 18.0], [], None, 7, [None, 91.0, 18.0],
            ["now", 59.0, 18.0], [1e30, 59.0, 18.0], [True, 59.0, 18.0], [0, float("nan"), 18.0]]  # fmt: skip
    assert fixes_of(rows) == (Fix(EPOCH, 59.0, 18.0), Fix(EPOCH, 59.0, 18.0))


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists))
def test_no_row_whatever_raises(row: Any) -> None:
    fix = Fix.from_row(row)
    assert fix is None or isinstance(fix.row(), list)


def test_synthetic_walks_are_measured_within_seven_percent_nine_times_of_ten() -> None:
    errors: list[float] = []
    print("walk (seeds 0-3)                    errors in percent of the true length")
    for (name, kind), seed in itertools.product(WALKS.items(), [SEEDS]):
        tried = [walk(each, kind) for each in seed]
        found = [measure(each.fixes).length_m / each.length_m - 1 for each in tried]
        print(f"{name:34}", *(f"{100 * error:6.1f}" for error in found))
        errors += found
    sizes = sorted(map(abs, errors))
    print(f"median {statistics.median(sizes):.3f}, largest {sizes[-1]:.3f}, mean {statistics.fmean(errors):+.3f}")
    assert statistics.median(sizes) < 0.035
    assert sizes[int(0.9 * len(sizes))] < TOLERANCE
    assert sizes[-1] < 0.10
    assert abs(statistics.fmean(errors)) < 0.03, "the method as a whole is off to one side"


@pytest.mark.parametrize(
    "name", ["errors of 2 m", "errors of 4 m", "smooth errors of 4 m", "1.8 m/s", "a fix each 5 s"]
)
def test_what_is_left_out_of_a_synthetic_walk_is_what_was_put_in(name: str) -> None:
    for seed in SEEDS:
        made = walk(seed, WALKS[name])
        assert measure(made.fixes).outliers == made.outliers, f"seed {seed}"


def test_joined_blindly_the_same_walk_would_be_far_too_long() -> None:
    made: Walk = walk(1, Kind())
    assert path_m([fix.position for fix in made.fixes]) > 2 * made.length_m


def test_standing_still_for_an_hour_adds_nothing() -> None:
    made = walk(3, Kind(length=20.0, stops=1, stop_s=(3600, 3600), pauses=False, outliers=3))
    assert measure(made.fixes).length_m < made.length_m + 40


def test_a_gap_is_listed_with_its_straight_way_and_not_added() -> None:
    measured = measure(straight(120) + straight(120, start=200))
    (gap,) = measured.gaps
    assert (gap.start, gap.end) == (START + timedelta(seconds=119), START + timedelta(seconds=200))
    assert gap.straight_m == pytest.approx(81 * 1.2, rel=1e-3)
    assert gap.straight_m == pytest.approx(distance_m(gap.left, gap.back))
    assert measured.length_m == pytest.approx(2 * 119 * 1.2, rel=0.01)
    assert len(measured.pieces) == 2


def test_ten_seconds_without_a_fix_are_no_gap_and_eleven_are() -> None:
    assert measure(straight(60) + straight(60, start=69)).gaps == ()
    assert len(measure(straight(60) + straight(60, start=70)).gaps) == 1


def test_a_recorder_that_writes_each_half_minute_is_not_all_gaps() -> None:
    measured = measure([at(30 * k, 36.0 * k, 0.0) for k in range(20)])
    assert measured.gaps == ()
    assert measured.length_m == pytest.approx(19 * 36.0, rel=0.01)


def test_a_segment_that_begins_at_once_goes_on_and_one_that_overlaps_stands_alone() -> None:
    whole = measure(straight(240)).length_m
    assert measure([straight(120), straight(120, start=120)]).length_m == pytest.approx(whole, rel=0.001)
    assert measure([straight(240), straight(240)]).length_m == pytest.approx(2 * whole, rel=0.001)
    assert measure([straight(240), straight(240)]).gaps == ()


def test_a_run_of_false_fixes_is_bridged_and_a_lasting_leap_is_not_walked() -> None:
    run = [at(s, 1.2 * s, 300.0 if 100 <= s < 108 else 0.0) for s in range(240)]
    measured = measure(run)
    assert measured.outliers == tuple(range(100, 108))
    assert measured.length_m == pytest.approx(239 * 1.2, rel=0.01)
    lasting = measure([at(s, 1.2 * s, 300.0 if s >= 120 else 0.0) for s in range(240)])
    assert lasting.outliers == ()
    assert lasting.length_m == pytest.approx(238 * 1.2, rel=0.01)


def test_a_false_fix_right_after_a_gap_is_left_out() -> None:
    fixes = [*straight(120), at(200, 240.0, 500.0), *straight(120, start=201)]
    measured = measure(fixes)
    assert measured.outliers == (120,)
    assert measured.gaps[0].end == START + timedelta(seconds=201)


def test_poor_fixes_are_kept_and_not_used() -> None:
    fixes = [at(s, 1.2 * s, 20.0 if s % 7 == 0 else 0.0, 99.99 if s % 7 == 0 else 1.0) for s in range(210)]
    measured = measure(fixes)
    assert measured.outliers == tuple(range(0, 210, 7))
    assert measured.length_m == pytest.approx(208 * 1.2, rel=0.01)


def test_the_order_of_time_counts_not_the_order_of_rows() -> None:
    fixes = straight(300)
    mixed = fixes[:]
    random.Random(5).shuffle(mixed)
    assert measure(mixed).length_m == pytest.approx(measure(fixes).length_m)


def test_a_planned_route_is_as_long_as_its_points_say() -> None:
    corners = [HERE.position(0, 0), HERE.position(300, 0), HERE.position(300, 400)]
    measured = measure([Fix(None, p.lat, p.lon) for p in corners])
    assert measured.length_m == pytest.approx(700, rel=1e-4)
    assert (measured.gaps, measured.outliers, measured.stays) == ((), (), ())
    assert measured.pieces == (tuple(corners),)


@pytest.mark.parametrize("fixes", [[], [[]], [[], []], [at(0, 0, 0)], [at(0, 0, 0), at(0, 9, 9)]])
def test_next_to_nothing_is_measured_too(fixes: Any) -> None:
    assert measure(fixes).length_m < 15
    assert stays(fixes) == ()


def test_stays_are_found_where_and_when_they_were() -> None:
    for seed in SEEDS:
        made = walk(seed, Kind(sigma=3, stops=5, pauses=False, outliers=2))
        found = stays(made.fixes)
        for since, until in made.stood:
            middle = START + timedelta(seconds=(since + until) / 2)
            assert any(stay.start <= middle <= stay.end for stay in found), f"seed {seed}, {since}-{until}"
        moving = sum((stay.end - stay.start).total_seconds() for stay in found) - sum(b - a for a, b in made.stood)
        assert abs(moving) < 0.2 * sum(b - a for a, b in made.stood), f"seed {seed}"


def test_a_stay_belongs_to_the_nearest_stop_within_the_radius() -> None:
    fixes = [at(s, 0.0, 0.0) for s in range(120)] + [at(120 + s, 1.2 * s, 0.0) for s in range(100)]
    fixes += [at(220 + s, 120.0, 0.0) for s in range(120)]
    stops = {
        "a": HERE.position(5, 0),
        "b": HERE.position(15, 0),
        "c": HERE.position(120, 20),
        "d": HERE.position(60, 0),
    }
    near = near_stops(fixes, stops, 25)
    assert {stop: len(times) for stop, times in near.items()} == {"a": 1, "b": 0, "c": 1, "d": 0}
    since, until = near["a"][0]
    assert since == START
    assert abs((until - START).total_seconds() - 120) < 15
    assert near_stops(fixes, stops, 10)["c"] == ()
    assert near_stops(fixes, {}, 10) == {}


def test_between_two_fixes_the_track_was_between_them() -> None:
    placed = position_at([at(0, 0, 0), at(10, 10, 0)], START + timedelta(seconds=2.5))
    assert placed is not None
    position, seconds = placed
    assert distance_m(position, HERE.position(2.5, 0)) < 0.01
    assert seconds == 10
    assert not placed.doubtful


def test_across_a_gap_the_answer_is_doubtful() -> None:
    fixes = straight(60) + straight(60, start=100)
    placed = position_at(fixes, START + timedelta(seconds=80))
    assert placed is not None
    assert placed.seconds == 41
    assert placed.doubtful


def test_a_minute_beyond_its_ends_the_track_still_answers_and_no_longer() -> None:
    line = Timeline(straight(60))
    for beyond, known in ((59, True), (60, True), (61, False)):
        assert (line.at(START - timedelta(seconds=beyond)) is not None) == known
        assert (line.at(START + timedelta(seconds=59 + beyond)) is not None) == known
    before = line.at(START - timedelta(seconds=40))
    assert before is not None
    assert before.doubtful
    assert distance_m(before.position, HERE.position(0, 0)) < 0.01


def test_false_fixes_place_nothing() -> None:
    fixes = straight(120)
    fixes[50] = at(50, 400.0, 400.0)
    placed = Timeline(fixes).at(START + timedelta(seconds=50))
    assert placed is not None
    assert distance_m(placed.position, HERE.position(60, 0)) < 0.1


def test_an_empty_track_places_nothing() -> None:
    assert position_at([], START) is None
    assert position_at([Fix(None, 59.0, 18.0)], START) is None


@pytest.mark.parametrize("name", TRULY_WALKED_M)
def test_the_tracks_of_the_tablets_are_measured_within_seven_percent(shared: Path, name: str) -> None:
    read = read_place_file((shared / "data/tracks" / name).read_bytes(), name)
    measured = measure(read.segments)
    print(name, round(measured.length_m, 1), f"{100 * (measured.length_m / TRULY_WALKED_M[name] - 1):+.1f} %")
    assert measured.length_m == pytest.approx(TRULY_WALKED_M[name], rel=TOLERANCE)


def test_the_night_with_an_hour_twice_is_two_parts_with_a_gap_between(shared: Path) -> None:
    measured = measure(read_place_file((shared / "data/tracks/dst-repeat.nmea").read_bytes(), "").segments)
    assert measured.length_m == pytest.approx(138.3 + 162.2, rel=TOLERANCE)
    assert [(gap.end - gap.start).total_seconds() for gap in measured.gaps] == [3001.0]


@pytest.mark.parametrize("name", ["tablet-a.nmea", "tablet-b.nmea"])
def test_outliers_gaps_and_stays_of_the_tablets_are_those_of_the_truth(shared: Path, name: str) -> None:
    truth = json.loads((shared / "data/tracks/truth.json").read_text("utf-8"))["files"][name]
    segments = read_place_file((shared / "data/tracks" / name).read_bytes(), name).segments
    measured = measure(segments)
    assert measured.outliers == tuple(each["valid_fix_index"] for each in truth["outliers"])
    long = [each for each in truth["gaps"] if each["duration_s"] > 9]
    for gap, told in zip(measured.gaps, long, strict=True):
        assert abs((gap.start - datetime.fromisoformat(told["from_utc"])).total_seconds()) <= 1
        assert abs((gap.end - datetime.fromisoformat(told["to_utc"])).total_seconds()) <= 2
    stops = {str(each["no"]): Position(each["lat"], each["lon"]) for each in truth["stops"]}
    near = near_stops(segments, stops, 25)
    for stop in truth["stops"]:
        since, until = (datetime.fromisoformat(stop[key]) for key in ("arrival_utc", "departure_utc"))
        covered = sum(max(0.0, (min(b, until) - max(a, since)).total_seconds()) for a, b in near[str(stop["no"])])
        assert covered > 0.6 * (until - since).total_seconds(), stop["name"]


def test_the_same_walk_as_gpx_and_as_nmea_is_equally_long(shared: Path) -> None:
    folder = shared / "data/tracks"
    lengths = [measure(read_place_file((folder / n).read_bytes(), n).segments).length_m
               for n in ("tablet-a.nmea", "recorded-a.gpx")]  # fmt: skip
    assert math.isclose(*lengths, rel_tol=1e-4)
