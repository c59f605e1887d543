"""Where a walk is, and what lies far from it."""

from app.domain.astray import ASTRAY_M, Area, astray, together
from app.domain.geo import Plane
from app.domain.values import Position

GATE = Position(60.1752, 24.9452)
PLANE = Plane(GATE)


def east(km: float) -> Position:
    """So far east of the gate."""
    return PLANE.position(1000 * km, 0.0)


def test_a_place_far_from_all_the_others_is_astray_and_two_that_are_near_each_other_are_not() -> None:
    assert astray([GATE, east(1), east(400)]) == [2]
    assert astray([GATE, east(1), east(400), east(401)]) == []
    assert astray([GATE]) == []


def test_where_all_are_far_from_each_other_none_is_the_odd_one() -> None:
    assert together([GATE, east(400)]) == [GATE, east(400)]
    assert together([GATE, east(1), east(400)]) == [GATE, east(1)]


def test_a_walk_is_where_its_ways_are_and_the_stops_that_are_near_them() -> None:
    area = Area.of([GATE, east(400)], [[east(0.5), east(3)]])
    assert area.places == (GATE, east(0.5), east(3))


def test_the_end_of_a_long_way_is_near_it() -> None:
    area = Area.of([GATE, east(12)], [[GATE, east(6), east(12)]])
    assert not area.is_far(east(12))


def test_far_is_more_than_the_distance_between_two_stops() -> None:
    area = Area.of([GATE, east(1)], [])
    assert not area.is_far(east(0.99 + ASTRAY_M / 1000))
    assert area.is_far(east(1.05 + ASTRAY_M / 1000))
    assert round(area.away_m(east(11)) / 1000, 1) == 10.0


def test_nothing_is_far_from_a_walk_that_has_no_place() -> None:
    assert not Area.of([], []).is_far(GATE)
