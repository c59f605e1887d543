"""Distances, directions, the plane, lines and the tile grid."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from app.domain.geo import (
    Plane,
    bearing_deg,
    distance_m,
    from_mercator,
    mercator,
    metres_per_tile,
    off_line,
    path_m,
    simplify,
    to_line_m,
)
from app.domain.values import Position

HERE = Position(59.1687, 18.1448)


def test_vincentys_own_example_of_flinders_peak_and_buninyong() -> None:
    # Geoscience Australia, GDA technical manual: Flinders Peak to Buninyong on GRS 80, 54 972.271 m, 306°52'05.37".
    flinders = Position(-(37 + 57 / 60 + 3.72030 / 3600), 144 + 25 / 60 + 29.52440 / 3600)
    buninyong = Position(-(37 + 39 / 60 + 10.15610 / 3600), 143 + 55 / 60 + 35.38390 / 3600)
    assert distance_m(flinders, buninyong) == pytest.approx(54972.271, abs=0.001)
    assert bearing_deg(flinders, buninyong) == pytest.approx(306 + 52 / 60 + 5.37 / 3600, abs=1e-5)


def test_distances_and_directions_agree_with_another_implementation() -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng, other = random.Random(seed), Geod(ellps="WGS84")
    for _ in range(300):
        a = Position(rng.uniform(-85, 85), rng.uniform(-180, 180))
        b = Position(max(-89, min(89, a.lat + rng.uniform(-60, 60))), rng.uniform(-80, 80))
        bearing, _back, metres = other.inv(a.lon, a.lat, b.lon, b.lat)
        if metres < 1.9e7:
            assert distance_m(a, b) == pytest.approx(metres, abs=0.001)
            assert abs((bearing_deg(a, b) - bearing + 180) % 360 - 180) < 1e-6


def test_opposite_sides_of_the_earth_have_a_distance() -> None:
    assert distance_m(Position(0, 0), Position(0.2, 179.9)) == pytest.approx(1.998e7, rel=0.001)
    assert distance_m(Position(90, 0), Position(-90, 0)) == pytest.approx(20_003_931, abs=1)
    assert distance_m(HERE, HERE) == 0.0


def test_the_four_directions() -> None:
    plane = Plane(HERE)
    for degrees, (x, y) in {0: (0, 50), 90: (50, 0), 180: (0, -50), 270: (-50, 0)}.items():
        assert bearing_deg(HERE, plane.position(x, y)) == pytest.approx(degrees, abs=0.01)


@given(st.floats(-1000, 1000), st.floats(-1000, 1000))
def test_the_plane_there_and_back_is_where_one_was(x: float, y: float) -> None:
    plane = Plane(HERE)
    there = plane.position(x, y)
    assert plane.xy(there.lat, there.lon) == pytest.approx((x, y), abs=1e-6)
    assert distance_m(HERE, there) == pytest.approx(math.hypot(x, y), rel=2e-4, abs=1e-6)


def test_the_plane_goes_over_the_date_line() -> None:
    plane = Plane(Position(60, 179.9999))
    there = plane.position(100, 0)
    assert there.lon < 0
    assert plane.xy(there.lat, there.lon) == pytest.approx((100, 0), abs=1e-6)


def test_how_far_a_point_is_from_a_line() -> None:
    plane = Plane(HERE)
    line = [plane.position(-100, 30), plane.position(100, 30), plane.position(100, 200)]
    assert to_line_m(HERE, line) == pytest.approx(30, abs=0.01)
    assert to_line_m(HERE, line[:1]) == pytest.approx(math.hypot(100, 30), rel=1e-3)
    assert to_line_m(HERE, []) == math.inf
    assert off_line((5, 5), (0, 0), (0, 0)) == pytest.approx(math.hypot(5, 5))
    assert path_m(line) == pytest.approx(370, rel=1e-3)
    assert path_m(line[:1]) == 0


def test_a_simplified_line_is_nowhere_further_off_than_allowed() -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng, plane = random.Random(seed), Plane(HERE)
    line = [plane.position(3.0 * k, rng.gauss(0, 6)) for k in range(400)]
    few = simplify(line, 10.0)
    assert few[0] == line[0] and few[-1] == line[-1]
    assert len(few) < 0.6 * len(line)
    assert max(to_line_m(point, few) for point in line) <= 10.01
    assert simplify(line, 0.0) == tuple(line)
    assert simplify(line[:2], 5.0) == tuple(line[:2])


def test_a_very_long_line_is_simplified() -> None:
    spiral = [Plane(HERE).position(k * math.cos(k), k * math.sin(k)) for k in range(3000)]
    assert len(simplify(spiral, 1.0)) > 1000


def test_the_web_maps_grid() -> None:
    assert mercator(Position(0, 0), 1) == pytest.approx((1, 1))
    assert mercator(Position(89, -180), 3) == pytest.approx((0, 0), abs=1e-6)
    x, y = mercator(Position(60.17165, 24.9443), 15)
    lat = math.radians(60.17165)
    assert y == pytest.approx((1 - math.log(math.tan(lat) + 1 / math.cos(lat)) / math.pi) / 2 * 2**15)
    assert x == pytest.approx((24.9443 + 180) / 360 * 2**15)
    back = from_mercator(x, y, 15)
    assert (back.lat, back.lon) == pytest.approx((60.17165, 24.9443), abs=1e-9)
    assert metres_per_tile(0, 0) == pytest.approx(40_075_016.7, abs=1)
    assert metres_per_tile(60, 0) == pytest.approx(20_037_508, abs=1)
