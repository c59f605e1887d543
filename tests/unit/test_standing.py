"""Standing still with a receiver: what counts, what does not, and what a stop keeps of it."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.geo import Plane, distance_m
from app.domain.live import Averaged
from app.domain.records import Stop
from app.domain.standing import BESIDE, Heed, Standing, averaged_of, kept, read, told
from app.domain.track import Fix
from app.domain.values import Position

PLANE = Plane(Position(60.1712, 24.9434))
BEGINS = datetime(2026, 10, 23, 16, 5, tzinfo=UTC)
SEED = 11


def fix(second: float, x: float, y: float = 0.0, *, hdop: float = 1.0, speed: float | None = 0.2) -> Fix:
    at = PLANE.position(x, y)
    return Fix(BEGINS + timedelta(seconds=second), at.lat, at.lon, hdop=hdop, speed_mps=speed)


def stood(standing: Standing, first: int, last: int, x: float = 0.0) -> list[Heed]:
    """One stands at a place, with the error of a receiver."""
    rng = random.Random(SEED)
    return [standing.take(fix(k, x + rng.gauss(0, 3), rng.gauss(0, 3))) for k in range(first, last)]


def test_all_that_comes_while_one_stands_is_counted_and_the_middle_is_nearer_than_a_fix() -> None:
    standing = Standing()
    assert set(stood(standing, 0, 30)) == {Heed.COUNTED}
    found = standing.averaged
    assert found is not None and (found.count, found.seconds) == (30, 29.0), SEED
    assert distance_m(found.position, PLANE.position(0, 0)) < 1.5 and 1.0 < found.spread_m < 6.0, SEED


def test_fixes_with_which_one_walks_are_not_counted_and_those_after_are() -> None:
    standing = Standing()
    stood(standing, 0, 10)
    assert [standing.take(fix(10 + k, 1.3 * k, speed=1.3)) for k in range(8)] == [Heed.MOVING] * 8
    assert set(stood(standing, 20, 25)) == {Heed.COUNTED}
    assert standing.averaged is not None and standing.averaged.count == 15


def test_where_a_receiver_tells_no_speed_the_way_of_the_last_seconds_tells_that_one_walks() -> None:
    standing, rng = Standing(), random.Random(SEED)
    still = [standing.take(fix(k, rng.gauss(0, 1), rng.gauss(0, 1), speed=None)) for k in range(30)]
    assert set(still) == {Heed.COUNTED}, SEED
    # A stroll of 15 m, which is no leap.
    heeds = [standing.take(fix(30 + k, min(15, 1.3 * k), speed=None)) for k in range(20)]
    assert heeds[9:12] == [Heed.MOVING] * 3 and heeds[-1] == Heed.COUNTED


def test_a_doubtful_fix_and_one_without_time_are_not_counted() -> None:
    standing = Standing()
    stood(standing, 0, 5)
    assert standing.take(fix(5, 0, hdop=30)) == Heed.DOUBTFUL
    assert standing.take(fix(6, 0, hdop=7)) == Heed.DOUBTFUL, "±56 m"
    assert standing.take(replace(fix(7, 0), time=None)) == Heed.DOUBTFUL
    assert standing.averaged is not None and standing.averaged.count == 5


def test_a_leap_is_not_counted_and_changes_nothing() -> None:
    standing = Standing()
    stood(standing, 0, 10)
    before = standing.averaged
    assert [standing.take(fix(10 + k, 400 + 60 * k)) for k in range(BESIDE + 1)] == [Heed.ELSEWHERE] * (BESIDE + 1)
    assert standing.averaged == before


def test_where_one_stays_elsewhere_the_counting_begins_anew_there_also_after_a_first_fix_that_leapt() -> None:
    for first in (10, 1):
        standing = Standing()
        stood(standing, 0, first)
        heeds = stood(standing, 100, 120, x=60)
        assert heeds == [Heed.ELSEWHERE] * (BESIDE - 1) + [Heed.ANEW] + [Heed.COUNTED] * (20 - BESIDE), SEED
        assert standing.averaged is not None and standing.averaged.count == 20
        assert distance_m(standing.averaged.position, PLANE.position(60, 0)) < 2.0, SEED


AVERAGED = Averaged(Position(60.17123456789, 24.9434), 12, 3.14, 14.2)


def test_what_a_stop_keeps_is_read_as_it_was_and_told_in_a_line() -> None:
    stop = Stop(id="a", scope="b", position=AVERAGED.position, averaged=kept(AVERAGED))
    found = averaged_of(stop)
    assert found is not None and (found.count, found.spread_m, found.seconds) == (12, 3.1, 14.0)
    assert told(found) == "12 lägen, ±3\N{NO-BREAK SPACE}m, 14 s"
    assert told(replace(found, spread_m=0.0, seconds=300)) == "12 lägen, ±1\N{NO-BREAK SPACE}m, 5 min"


@pytest.mark.parametrize(("count", "seconds", "text"), [(1, 0.0, "1 läge, 0 s"), (4, 30.0, "4 lägen, 30 s"),
                                                        (9, 9.9, "9 lägen, 10 s")])  # fmt: skip
def test_of_little_it_is_not_said_how_near_it_is(count: int, seconds: float, text: str) -> None:
    assert told(replace(AVERAGED, count=count, seconds=seconds)) == text
    assert "±" in told(replace(AVERAGED, count=5, seconds=10.0))


def test_it_speaks_of_no_position_that_was_set_since() -> None:
    stop = Stop(id="a", scope="b", position=Position(60.1713, 24.9434), averaged=kept(AVERAGED))
    assert averaged_of(stop) is None
    assert averaged_of(replace(stop, position=None)) is None


WHOLE = kept(AVERAGED)


@pytest.mark.parametrize(
    "raw",
    [None, [], "12", {}, {**WHOLE, "position": [1, 2]}, {**WHOLE, "position": {"lat": 99, "lon": 0}},
     {**WHOLE, "count": 0}, {**WHOLE, "count": "12"}, {**WHOLE, "spread_m": -1}, {**WHOLE, "seconds": float("nan")},
     {**WHOLE, "seconds": float("inf")}, {**WHOLE, "spread_m": True}],
)  # fmt: skip
def test_what_another_version_wrote_is_read_or_passed_over(raw: object) -> None:
    assert read(raw) is None
