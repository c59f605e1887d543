"""Reading a receiver's log, whole and broken."""

import itertools
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.geo import distance_m
from app.domain.track import Fix, measure
from app.domain.values import Position
from app.places.nmea import read_nmea
from app.places.placefile import MOST_DAMAGED, PlaceFile
from tests.unit.synthetic_walks import START

OWN = Path(__file__).parents[1] / "data" / "tracks"
TODAY = date(2026, 10, 24)


def signed(body: str) -> str:
    checksum = 0
    for character in body:
        checksum ^= ord(character)
    return f"${body}*{checksum:02X}\r\n"


def gga(clock: str, *, lat: str = "5910.12200", hdop: str = "1.1", quality: str = "1") -> str:
    return signed(f"GPGGA,{clock},{lat},N,01808.68800,E,{quality},08,{hdop},21.0,M,23.1,M,,")


def rmc(clock: str, day: str = "231026", *, status: str = "A", mode: str = "A", knots: str = "2.0") -> str:
    return signed(f"GPRMC,{clock},{status},5910.12200,N,01808.68800,E,{knots},,{day},,,{mode}")


def log(*lines: str) -> PlaceFile:
    return read_nmea("".join(lines).encode(), today=TODAY)


def times(read: PlaceFile) -> list[str]:
    return [f"{fix.time:%Y-%m-%d %H:%M:%S}" if fix.time else "" for part in read.segments for fix in part]


def all_fixes(read: PlaceFile) -> Iterable[Fix]:
    return (fix for part in read.segments for fix in part)


def test_an_epoch_is_one_fix_with_what_each_of_its_sentences_knows() -> None:
    (segment,) = log(gga("170500.00"), rmc("170500.00")).segments
    (fix,) = segment
    assert fix.time == datetime(2026, 10, 23, 17, 5, tzinfo=UTC)
    assert (round(fix.lat, 7), round(fix.lon, 7)) == (59.1687, 18.1448)
    assert (fix.altitude_m, fix.hdop) == (21.0, 1.1)
    assert fix.speed_mps == pytest.approx(1.029, abs=0.001)


def test_a_log_in_pieces_reads_like_the_whole() -> None:
    data = (OWN / "short-walk.nmea").read_bytes()
    pieces = [data[k : k + 777] for k in range(0, len(data), 777)]
    assert read_nmea(pieces) == read_nmea(data)


def test_our_own_short_walk_is_read_and_measured() -> None:
    read = read_nmea((OWN / "short-walk.nmea").read_bytes(), today=TODAY)
    assert [len(part) for part in read.segments] == [200, 75]
    assert read.damaged == ()
    measured = measure(read.segments)
    assert measured.outliers == (160,)
    assert measured.length_m == pytest.approx(231.0, rel=0.07)
    assert len(measured.gaps) == 1


def test_our_own_broken_log_keeps_and_names_what_it_should() -> None:
    read = read_nmea((OWN / "broken.nmea").read_bytes(), today=TODAY)
    kept = {(fix.time - START).total_seconds() for fix in all_fixes(read) if fix.time}
    named = {each.line for each in read.damaged}
    faults = json.loads((OWN / "broken-truth.json").read_text("utf-8"))
    for fault in faults:
        assert (fault["second"] in kept) == fault["kept"], fault["fault"]
        assert set(fault["named_lines"]) <= named, fault["fault"]
    assert named == {line for fault in faults for line in fault["named_lines"]}
    assert kept == set(range(60)) - {fault["second"] for fault in faults if not fault["kept"]}
    assert all(each.reason.endswith(".") for each in read.damaged)


def test_the_broken_log_keeps_what_the_truth_accepts_and_names_what_it_rejects(shared: Path) -> None:
    truth = json.loads((shared / "data/tracks/truth.json").read_text("utf-8"))["files"]["broken.nmea"]
    read = read_nmea((shared / "data/tracks/broken.nmea").read_bytes(), today=TODAY)
    start = datetime.fromisoformat(truth["t0_utc"])
    kept = {fix.time: fix for fix in all_fixes(read)}
    used = set(range(read.points)) - set(measure(read.segments).outliers)
    in_order = list(all_fixes(read))
    for second, lat, lon, expect in truth["all_epochs"]:
        fix = kept.get(start + timedelta(seconds=second))
        if expect == "accept":
            assert fix is not None, second
            assert distance_m(fix.position, Position(lat, lon)) < 0.1, second
        elif expect == "reject":
            assert fix is None, second
        elif expect == "poor" and fix is not None:
            assert in_order.index(fix) not in used, second
    assert read.points == len(kept), "an epoch was stored twice"
    for fault in truth["faulty_epochs"]:
        if fault["expect"] == "reject":
            lines = range(fault["first_line"], fault["last_line"] + 1)
            assert any(each.line in lines for each in read.damaged), fault
    assert {fix.time.year for fix in all_fixes(read) if fix.time} == {2026}


def test_the_logs_of_the_tablets_give_every_fix_and_no_complaint(shared: Path) -> None:
    truth = json.loads((shared / "data/tracks/truth.json").read_text("utf-8"))["files"]
    for name in ("tablet-a.nmea", "tablet-b.nmea", "dst.nmea", "dst-repeat.nmea"):
        read = read_nmea((shared / "data/tracks" / name).read_bytes(), today=TODAY)
        assert read.points == truth[name]["valid_fixes"], name
        assert read.damaged == (), name
        told = list(all_fixes(read))
        assert all(a.time < b.time for a, b in itertools.pairwise(told) if a.time and b.time), name


def test_the_night_the_clock_goes_back_is_in_order(shared: Path) -> None:
    read = read_nmea((shared / "data/tracks/dst.nmea").read_bytes(), today=TODAY)
    assert times(read)[0] == "2026-10-25 00:50:00"
    assert times(read)[-1] == "2026-10-25 01:14:59"
    assert len(read.segments) == 1


def test_over_midnight_the_day_goes_on_also_without_dates() -> None:
    assert times(log(rmc("235959"), gga("235959"), gga("000000"), gga("000001"))) == [
        "2026-10-23 23:59:59",
        "2026-10-24 00:00:00",
        "2026-10-24 00:00:01",
    ]


def test_a_log_that_never_names_the_day_has_positions_without_times() -> None:
    read = log(gga("170500"), gga("170501"))
    assert read.points == 2
    assert times(read) == ["", ""]


def test_a_whole_log_of_1024_weeks_ago_is_moved_to_today_and_says_so() -> None:
    read = log(*(rmc(f"1705{second:02}", "090307") for second in range(5)))
    assert {fix.time.date() for fix in all_fixes(read) if fix.time} == {date(2026, 10, 23)}
    assert [each.line for each in read.damaged] == [1]
    assert "1 024 veckor" in read.damaged[0].reason


def test_the_first_date_may_be_wrong_too() -> None:
    read = log(rmc("170500", "060180"), *(rmc(f"1705{second:02}") for second in range(1, 6)))
    assert times(read)[0] == "2026-10-23 17:05:00"


def test_the_next_day_in_the_same_log_is_the_next_day() -> None:
    read = log(*(rmc(f"1705{s:02}") for s in range(4)), *(rmc(f"1805{s:02}", "241026") for s in range(4)))
    assert times(read)[3:5] == ["2026-10-23 17:05:03", "2026-10-24 18:05:00"]
    assert read.damaged == ()
    assert len(read.segments) == 2


def test_one_epoch_ahead_of_time_is_left_out_and_the_rest_is_not() -> None:
    read = log(rmc("170500"), rmc("180000"), rmc("170501"), rmc("170502"))
    assert times(read) == ["2026-10-23 17:05:00", "2026-10-23 17:05:01", "2026-10-23 17:05:02"]
    assert [each.line for each in read.damaged] == [2]


def test_a_clock_set_back_for_good_begins_a_new_segment() -> None:
    read = log(*(rmc(f"1705{s:02}") for s in range(5)), *(rmc(f"1605{s:02}") for s in range(5)))
    assert [len(part) for part in read.segments] == [5, 5]


def test_no_fix_is_no_fault() -> None:
    read = log(gga("170500", quality="0"), rmc("170500", status="V", mode="N"), signed("GPGGA,,,,,,0,,,,,,,,"))
    assert (read.points, read.damaged) == (0, ())


def test_reckoned_positions_are_no_fixes() -> None:
    assert log(gga("170500", quality="6"), rmc("170501", mode="E")).points == 0


def test_gns_and_gll_are_fixes_too() -> None:
    read = log(
        signed("GNGNS,170500,5910.12200,N,01808.68800,E,AN,08,1.2,21.0,23.1,,"),
        signed("GPGLL,5910.12200,S,01808.68800,W,170501,A,A"),
        rmc("170502"),
    )
    fixes = list(all_fixes(read))
    assert len(fixes) == 3
    assert fixes[0].hdop == 1.2
    assert (fixes[1].lat < 0, fixes[1].lon < 0) == (True, True)


def test_a_date_sentence_dates_a_log_of_positions() -> None:
    read = log(signed("GPZDA,170500,23,10,2026,00,00"), gga("170500"), gga("170501"))
    assert times(read) == ["2026-10-23 17:05:00", "2026-10-23 17:05:01"]


def test_silence_over_ten_seconds_begins_a_new_segment() -> None:
    read = log(rmc("170500"), rmc("170510"), rmc("170521"))
    assert [len(part) for part in read.segments] == [2, 1]


def test_a_million_bad_lines_are_counted_and_not_all_listed() -> None:
    read = read_nmea(b"$GPGGA,1\r\n" * 5000 + rmc("170500").encode(), today=TODAY)
    assert len(read.damaged) == MOST_DAMAGED
    assert "4001" in read.damaged[-1].reason
