"""Reading GeoJSON, tolerantly and without losing the rest of a file to one bad feature."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.base.errors import BadInput
from app.domain.track import Fix, measure
from app.domain.values import Position
from app.places.geojson import read_geojson
from app.places.placefile import PlaceFile, Waypoint

OWN = Path(__file__).parents[1] / "data" / "tracks"


def read(root: Any) -> PlaceFile:
    return read_geojson(json.dumps(root).encode())


def feature(kind: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def test_lines_points_and_whose_they_are_are_read() -> None:
    found = read_geojson((OWN / "short.geojson").read_bytes())
    assert (found.name, found.attribution, found.licence) == (
        "Kvällsvandring Brandbergen",
        "© Haninge kommun (exempel)",
        "CC0-1.0",
    )
    assert found.segments[0] == (Fix(None, 59.1687, 18.1448), Fix(None, 59.1694, 18.1461, 21.5))
    assert found.segments[1][1].time == datetime(2026, 10, 23, 15, 5, 1, tzinfo=UTC)
    assert found.waypoints == (Waypoint("Centrumtorget", "Samling.", Position(59.1687, 18.1448), "stop"),)
    (damaged,) = found.damaged
    assert damaged.line == 3
    assert "koordinatsystem" in damaged.reason


def test_a_bare_geometry_and_a_single_feature_are_read() -> None:
    assert read({"type": "Point", "coordinates": [18, 59]}).waypoints[0].position == Position(59, 18)
    assert len(read(feature("MultiPoint", [[18, 59], [18.1, 59]])).waypoints) == 2


def test_several_lines_are_several_segments_with_their_times() -> None:
    times = [[0, 1000], ["2026-10-23T15:05:00Z", None]]
    found = read(feature("MultiLineString", [[[18, 59], [18, 59.1]], [[19, 59], [19, 59.1]]], coordTimes=times))
    moments = [[fix.time for fix in part] for part in found.segments]
    assert moments[0][1] == datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)
    assert moments[1] == [datetime(2026, 10, 23, 15, 5, tzinfo=UTC), None]


def test_times_that_do_not_fit_the_line_are_passed_over() -> None:
    found = read(feature("LineString", [[18, 59], [18, 59.1]], coordTimes=["2026-10-23T15:05:00Z"]))
    assert [fix.time for fix in found.segments[0]] == [None, None]


def test_a_collection_of_geometries_is_read() -> None:
    parts = [{"type": "Point", "coordinates": [18, 59]}, {"type": "LineString", "coordinates": [[18, 59], [18, 60]]}]
    found = read({"type": "Feature", "geometry": {"type": "GeometryCollection", "geometries": parts}})
    assert (len(found.waypoints), found.points) == (1, 2)


@pytest.mark.parametrize(
    "bad",
    [
        feature("LineString", [[18, 59], [18, 95]]),
        feature("LineString", [[18, 59], [float("nan"), 59]]),
        feature("LineString", [[18, 59], [float("inf"), 59]]),
        feature("LineString", [[18, 59], ["18", "59"]]),
        feature("LineString", [[18, 59], [18]]),
        feature("LineString", [[18, 59], [True, 59]]),
        feature("LineString", 7),
        feature("MultiLineString", [7]),
        feature("Point", [10**400, 59]),
        feature("Point", [0, 0]),
        feature("Point", None),
        feature("Polygon", [[[18, 59], [19, 59], [19, 60], [18, 59]]]),
        feature("Spiral", []),
        {"type": "Feature", "geometry": None},
        {"type": "Feature", "geometry": {"type": "GeometryCollection", "geometries": [None]}},
        None,
        7,
    ],
)
def test_a_bad_feature_is_named_by_its_number_and_the_rest_is_kept(bad: Any) -> None:
    found = read({"type": "FeatureCollection", "features": [feature("Point", [18, 59], name="kvar"), bad]})
    assert [point.name for point in found.waypoints] == ["kvar"]
    assert found.segments == ()
    assert [each.line for each in found.damaged] == [2]
    assert found.damaged[0].reason.endswith(".")


@pytest.mark.parametrize(
    "data", [b"{", b"[]", b"{}", b"null", b'{"type": 7}', b"[" * 200_000, b'{"a":' * 200_000, b"1" * 5000]
)
def test_what_is_no_geojson_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput) as refused:
        read_geojson(data)
    assert refused.value.code == "not-geojson"


def test_a_file_that_breaks_off_says_on_which_line() -> None:
    with pytest.raises(BadInput, match="rad 3"):
        read_geojson(b'{"type":\n"FeatureCollection",\n"features": [')


def test_the_planned_route_is_the_same_as_in_gpx(shared: Path) -> None:
    found = read_geojson((shared / "data/tracks/planned-route.geojson").read_bytes())
    assert found.attribution == "© OpenStreetMap contributors"
    assert ([len(part) for part in found.segments], len(found.waypoints), found.damaged) == ([69], 9, ())
    assert measure(found.segments).length_m == pytest.approx(1700.0, abs=0.5)
