"""Swedish coordinates against the points that Lantmäteriet has published."""

import pytest

from app.domain.values import Position
from app.places.projections import NORTH_ZONES, SOUTH_ZONES, in_sweden, local_zone, plane, project, zone_name

NATIONAL = [
    (55.0, 12.75, 6097106.672, 356083.438),
    (55.0, 14.25, 6095048.642, 452024.069),
    (57.0, 19.5, 6326392.707, 773251.054),
    (59.0, 11.25, 6546096.724, 284626.066),
    (61.0, 18.75, 6768593.345, 702745.127),
    (63.0, 12.0, 6989134.048, 348083.148),
    (65.0, 21.75, 7225449.115, 817833.405),
    (67.0, 24.0, 7459745.672, 891298.142),
    (69.0, 21.0, 7666089.698, 739639.195),
]
"""Lantmäteriet, "Kontrollpunkter för SWEREF 99 TM", 2007-11-20: latitude, longitude, N, E."""

LOCAL = [
    (3007, 57.0, 11.25, 6320164.077, 104421.390),
    (3008, 55.0, 12.75, 6097487.637, 102004.871),
    (3009, 61.0, 15.75, 6765725.847, 190579.995),
    (3010, 63.0, 17.25, 6988606.198, 188003.980),
    (3011, 59.0, 18.75, 6542910.921, 193105.897),
    (3012, 63.0, 12.0, 6990379.288, 36003.367),
    (3013, 65.0, 15.0, 7211548.993, 114619.001),
    (3014, 67.0, 18.0, 7434550.943, 182714.261),
    (3015, 57.0, 19.5, 6320164.077, 195578.610),
    (3016, 69.0, 21.0, 7657608.465, 180007.036),
    (3017, 65.0, 22.5, 7211548.993, 185380.999),
    (3018, 67.0, 24.0, 7434550.943, 182714.261),
]
"""Lantmäteriet, "Kontrollpunkter för de lokala SWEREF 99-zonerna", 2007-11-20: EPSG code, latitude, longitude, N, E."""

ZONES = {
    "Göteborg": (57.70, 11.97, "12 00"),
    "Malmö": (55.60, 13.00, "13 30"),
    "Falun": (60.60, 15.63, "15 00"),
    "Örebro": (59.27, 15.21, "15 00"),
    "Norrköping": (58.59, 16.18, "16 30"),
    "Gävle": (60.67, 17.15, "16 30"),
    "Haninge": (59.17, 18.14, "18 00"),
    "Visby": (57.63, 18.30, "18 45"),
    "Östersund": (63.18, 14.64, "14 15"),
    "Sundsvall": (62.39, 17.31, "17 15"),
    "Umeå": (63.83, 20.26, "20 15"),
    "Kiruna": (67.86, 20.23, "20 15"),
    "Boden": (65.83, 21.69, "21 45"),
    "Haparanda": (65.83, 24.13, "23 15"),
}
ABROAD = {
    "Helsingfors": (60.17, 24.94),
    "Mariehamn": (60.10, 19.93),
    "Oslo": (59.91, 10.75),
    "Köpenhamn": (55.68, 12.57),
    "Helsingör": (56.035, 12.61),
    "Rönne": (55.10, 14.70),
    "Torneå": (65.85, 24.19),
    "Narvik": (68.44, 17.43),
    "Halden": (59.13, 11.39),
    "söder om ekvatorn": (-60.0, 18.0),
}


@pytest.mark.parametrize(("lat", "lon", "north", "east"), NATIONAL)
def test_sweref_99_tm_agrees_with_the_published_points(lat: float, lon: float, north: float, east: float) -> None:
    found = plane(Position(lat, lon), 3006)
    assert (found.north, found.east) == pytest.approx((north, east), abs=0.001)
    assert found.system == "SWEREF 99 TM"


@pytest.mark.parametrize(("epsg", "lat", "lon", "north", "east"), LOCAL)
def test_every_local_zone_agrees_with_the_published_points(
    epsg: int, lat: float, lon: float, north: float, east: float
) -> None:
    found = plane(Position(lat, lon), epsg)
    assert (found.north, found.east) == pytest.approx((north, east), abs=0.001)


def test_all_twelve_zones_are_there_and_named_as_they_are_written() -> None:
    assert sorted({**SOUTH_ZONES, **NORTH_ZONES}) == list(range(3007, 3019))
    assert [zone_name(epsg) for epsg in (3006, 3007, 3008, 3012, 3018)] == [
        "SWEREF 99 TM",
        "SWEREF 99 12 00",
        "SWEREF 99 13 30",
        "SWEREF 99 14 15",
        "SWEREF 99 23 15",
    ]


@pytest.mark.parametrize("name", ZONES)
def test_a_town_has_the_zone_its_municipality_uses(name: str) -> None:
    lat, lon, zone = ZONES[name]
    projected = project(Position(lat, lon))
    assert projected.reason == ""
    assert projected.national is not None and projected.national.epsg == 3006
    assert projected.local is not None and projected.local.system == f"SWEREF 99 {zone}"
    assert 0 < projected.local.east < 300_000


@pytest.mark.parametrize("name", ABROAD)
def test_outside_sweden_there_are_no_swedish_coordinates_and_a_reason(name: str) -> None:
    at = Position(*ABROAD[name])
    assert not in_sweden(at)
    assert local_zone(at) is None
    projected = project(at)
    assert (projected.national, projected.local) == (None, None)
    assert projected.reason == "Platsen ligger utanför Sverige; läget anges därför i WGS 84."


def test_a_whole_walk_may_use_one_zone() -> None:
    projected = project(Position(59.17, 17.2), zone=3011)
    assert projected.local is not None and projected.local.epsg == 3011
