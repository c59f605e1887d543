"""Reading GPX: what it says, where it breaks, and what is refused."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.base.errors import BadInput
from app.domain.track import Fix, measure
from app.domain.values import Position
from app.places.gpx import read_gpx
from app.places.placefile import Waypoint

OWN = Path(__file__).parents[1] / "data" / "tracks"


def gpx(inside: str, version: str = "1.1") -> bytes:
    return f'<gpx version="{version}" xmlns="http://www.topografix.com/GPX/1/1">{inside}</gpx>'.encode()


def test_tracks_routes_and_waypoints_are_read() -> None:
    read = read_gpx((OWN / "short.gpx").read_bytes())
    assert (read.name, read.attribution, read.licence) == (
        "Kvällsvandring Brandbergen",
        "© Haninge kommun (exempel)",
        "CC0-1.0",
    )
    assert [len(part) for part in read.segments] == [2, 2, 1]
    assert read.segments[1][0] == Fix(datetime(2026, 10, 23, 15, 5, tzinfo=UTC), 59.1687, 18.1448, 21.5, 1.1)
    assert read.segments[1][1].time == datetime(2026, 10, 23, 15, 5, 1, 500_000, tzinfo=UTC)
    assert read.waypoints == (
        Waypoint("Centrumtorget", "Samling.", Position(59.1687, 18.1448), "stopp"),
        Waypoint("Gångtunneln", "Mörkt.", Position(59.1694, 18.1461), ""),
    )
    assert read.damaged == ()


def test_version_1_0_with_speed_and_a_prefix_is_read() -> None:
    data = b"""<g:gpx version="1.0" xmlns:g="http://www.topografix.com/GPX/1/0"><g:trk><g:trkseg>
      <g:trkpt lat="59" lon="18"><g:speed>1.25</g:speed><g:time>2026-10-23T15:05:00</g:time></g:trkpt>
      </g:trkseg></g:trk></g:gpx>"""
    ((fix,),) = read_gpx(data).segments
    assert fix == Fix(datetime(2026, 10, 23, 15, 5, tzinfo=UTC), 59.0, 18.0, speed_mps=1.25)


@pytest.mark.parametrize("name", ["4. Torget", "12.  Torget", "Torget"])
def test_the_number_before_a_name_is_taken_off(name: str) -> None:
    (point,) = read_gpx(gpx(f'<wpt lat="59" lon="18"><name>{name}</name></wpt>')).waypoints
    assert point.name == "Torget"


@pytest.mark.parametrize("name", ["4.", "8.5 meter", "112", "Plats 4. Torget"])
def test_a_name_that_only_looks_numbered_stays(name: str) -> None:
    (point,) = read_gpx(gpx(f'<wpt lat="59" lon="18"><name>{name}</name></wpt>')).waypoints
    assert point.name == name


@pytest.mark.parametrize(
    "attributes",
    ['lat="95" lon="18"', 'lat="59,1" lon="18"', 'lat="nan" lon="18"', 'lat="0" lon="0"', 'lon="18"', 'lat="" lon=""'],
)
def test_a_point_that_is_nowhere_is_left_out_and_named_by_its_line(attributes: str) -> None:
    read = read_gpx(gpx(f'<trk><trkseg>\n<trkpt lat="59" lon="18"/>\n<trkpt {attributes}/>\n</trkseg></trk>'))
    assert read.points == 1
    assert [each.line for each in read.damaged] == [3]


def test_a_point_without_a_fix_is_left_out_and_one_with_a_bad_time_is_kept() -> None:
    read = read_gpx(gpx('<trk><trkseg>\n<trkpt lat="59" lon="18"><fix>none</fix></trkpt>\n'
                        '<trkpt lat="59" lon="18"><time>i går</time></trkpt></trkseg></trk>'))  # fmt: skip
    assert [fix.time for part in read.segments for fix in part] == [None]
    assert [each.line for each in read.damaged] == [2, 3]


def test_a_file_that_breaks_off_keeps_what_came_before() -> None:
    whole = (OWN / "short.gpx").read_bytes()
    cut = whole.index(b"15:06:00Z")
    read = read_gpx(whole[:cut])
    assert len(read.waypoints) == 2
    assert [len(part) for part in read.segments] == [2, 2]
    (damaged,) = read.damaged
    assert damaged.line == whole[:cut].count(b"\n") + 1
    assert "går filen sönder" in damaged.reason


def test_a_file_that_stops_being_xml_keeps_what_came_before() -> None:
    read = read_gpx(gpx('<wpt lat="59" lon="18"/>\n<wpt lat="59.1" lon="18"><<<oops'))
    assert len(read.waypoints) == 1
    assert [each.line for each in read.damaged] == [2]


def test_an_entity_bomb_is_refused_before_it_grows() -> None:
    bomb = b"""<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">
      <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><gpx><name>&c;</name></gpx>"""
    with pytest.raises(BadInput) as refused:
        read_gpx(bomb)
    assert refused.value.code == "gpx-doctype"


def test_a_file_outside_is_never_fetched() -> None:
    with pytest.raises(BadInput):
        read_gpx(b'<!DOCTYPE gpx SYSTEM "file:///etc/passwd"><gpx/>')


def test_other_xml_is_not_gpx() -> None:
    with pytest.raises(BadInput) as refused:
        read_gpx(b"<kml><gpx/></kml>")
    assert refused.value.code == "not-gpx"


def test_a_bottomless_file_ends() -> None:
    assert read_gpx(b"<gpx>" + b"<a>" * 100_000).damaged


def test_latin_1_that_calls_itself_utf_8_keeps_its_letters() -> None:
    data = gpx('<wpt lat="59" lon="18"><name>Gångtunneln</name></wpt>').decode().encode("latin-1")
    (point,) = read_gpx(data).waypoints
    assert point.name == "Gångtunneln"


def test_a_long_track_is_read_whole() -> None:
    points = "".join(f'<trkpt lat="59.{k:06}" lon="18"/>' for k in range(20_000))
    assert read_gpx(gpx(f"<trk><trkseg>{points}</trkseg></trk>")).points == 20_000


def test_the_planned_route_and_the_recording_are_read(shared: Path) -> None:
    planned = read_gpx((shared / "data/tracks/planned-route.gpx").read_bytes())
    assert planned.attribution == "© OpenStreetMap contributors"
    assert [len(part) for part in planned.segments] == [69]
    assert [point.name for point in planned.waypoints][:2] == ["Järnvägstorget", "Vilhelmsgatan vid Mikaelsgatan"]
    assert len(planned.waypoints) == 9
    assert measure(planned.segments).length_m == pytest.approx(1700.0, abs=0.5)
    recorded = read_gpx((shared / "data/tracks/recorded-a.gpx").read_bytes())
    assert [len(part) for part in recorded.segments] == [1840, 1379, 1176]
    assert recorded.damaged == ()
