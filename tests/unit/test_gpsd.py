"""What gpsd says, line by line."""

from datetime import UTC, datetime

import pytest

from app.places.gpsd import fix_in

TPV = (
    b'{"class":"TPV","device":"/dev/ttyUSB0","mode":3,"time":"2026-10-23T16:05:01.000Z","lat":59.168700001,'
    b'"lon":18.1448,"altMSL":21.0,"track":87.5,"speed":1.25,"epx":3.5,"epy":6.0}'
)


def test_a_report_is_a_fix_with_its_error_and_course() -> None:
    fix = fix_in(TPV)
    assert fix is not None
    assert (fix.time, fix.lat, fix.lon) == (datetime(2026, 10, 23, 16, 5, 1, tzinfo=UTC), 59.1687, 18.1448)
    assert (fix.altitude_m, fix.speed_mps, fix.course_deg, fix.accuracy_m, fix.radius_m) == (21.0, 1.25, 87.5, 6.0, 6.0)


def test_the_error_that_is_said_for_the_ground_counts_before_those_of_its_axes() -> None:
    fix = fix_in(TPV.replace(b'"epx"', b'"eph":9.5,"epx"'))
    assert fix is not None and fix.accuracy_m == 9.5


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"[]",
        b'"TPV"',
        b'{"class":"VERSION","release":"3.22"}',
        TPV.replace(b'"mode":3', b'"mode":1'),
        TPV.replace(b'"mode":3', b'"mode":"3"'),
        TPV.replace(b'"lat":59.168700001', b'"lat":0').replace(b"18.1448", b"0"),
        TPV.replace(b'"lat":59.168700001', b'"lat":95'),
        TPV.replace(b'"lat":59.168700001,', b""),
        b"\xff\xfe{}",
        b"[" * 50_000,
    ],
)
def test_a_line_that_tells_of_no_position_is_passed_over(line: bytes) -> None:
    assert fix_in(line) is None


def test_a_report_without_a_time_is_a_position_all_the_same() -> None:
    for time in (b"never", b"0001-01-01T00:00:00+05:00", b"9999-12-31T23:59:59-05:00"):
        fix = fix_in(TPV.replace(b"2026-10-23T16:05:01.000Z", time))
        assert fix is not None and fix.time is None
