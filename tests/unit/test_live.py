"""What is said of where one is just now: the line that grows, the clock, the place where one stood."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.geo import Plane, distance_m
from app.domain.live import ClockCheck, Heard, Trail, averaged
from app.domain.track import Fix
from app.domain.values import Position

PLANE = Plane(Position(60.1712, 24.9434))
BEGINS = datetime(2026, 10, 23, 16, 5, tzinfo=UTC)


def fix(second: float, x: float, y: float = 0.0, hdop: float = 1.0) -> Fix:
    at = PLANE.position(x, y)
    return Fix(BEGINS + timedelta(seconds=second), at.lat, at.lon, hdop=hdop)


def drawn(*fixes: Fix) -> list[int]:
    """How many points each piece of the line has."""
    trail = Trail()
    for each in fixes:
        trail.take(each)
    return [len(piece) for piece in trail.pieces]


def test_the_line_has_a_point_each_three_metres() -> None:
    assert drawn(*(fix(k, 1.01 * k) for k in range(31))) == [11]


def test_a_leap_alone_is_not_drawn() -> None:
    assert drawn(fix(0, 0), fix(1, 4), fix(2, 400), fix(3, 8), fix(4, 12)) == [4]


def test_where_fixes_leap_and_stay_the_line_is_broken() -> None:
    assert drawn(fix(0, 0), fix(1, 4), fix(2, 400), fix(3, 404), fix(4, 408)) == [2, 2]


def test_after_a_silence_the_line_goes_on_elsewhere() -> None:
    assert drawn(fix(0, 0), fix(1, 4), fix(60, 80), fix(61, 84)) == [2, 2]


def test_a_poor_fix_is_not_drawn() -> None:
    assert drawn(fix(0, 0), fix(1, 4, hdop=30), fix(2, 8)) == [2]


def test_a_clock_is_not_judged_by_one_fix_and_what_comes_late_does_not_make_it_wrong() -> None:
    rng, check = random.Random(3), ClockCheck()
    for second in range(30):
        each = fix(second, 0)
        assert each.time is not None
        check.hear(Heard(each, each.time + timedelta(seconds=rng.choice((0.3, 0.4, 7.0)))))
        if second < 9:
            assert check.ahead_s is None
    assert check.ahead_s == pytest.approx(0.3) and not check.is_wrong


def test_an_average_is_moved_by_no_leap_and_says_how_sure_it_is() -> None:
    rng = random.Random(5)
    stood = [fix(second, rng.gauss(10, 4), rng.gauss(-5, 4)) for second in range(60)]
    found = averaged([*stood, fix(60, 900), fix(61, 5000, hdop=40)])
    assert found is not None and found.count == 61
    assert distance_m(found.position, PLANE.position(10, -5)) < 2.0
    assert 3.0 < found.spread_m < 7.0 and found.seconds == 60.0
    assert averaged([]) is None
