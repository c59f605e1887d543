"""A receiver heard as it speaks: the same fixes as a log of it gives, each as soon as it is whole."""

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.track import Fix
from app.places.nmea import read_nmea
from app.places.nmea_live import NmeaStream
from tests.unit.test_places_nmea import gga, rmc, signed

OWN = Path(__file__).parents[1] / "data" / "tracks" / "short-walk.nmea"
NOW = datetime(2026, 10, 23, 17, 5, tzinfo=UTC)


def stream(now: datetime = NOW) -> NmeaStream:
    return NmeaStream(lambda: now)


def in_pieces(data: bytes, seed: int, now: datetime) -> list[Fix]:
    """The fixes of a log that comes in pieces of chance."""
    rng, heard, found, at = random.Random(seed), stream(now), list[Fix](), 0
    while at < len(data):
        step = rng.randrange(1, 400)
        found += heard.feed(data[at : at + step])
        at += step
    return found + heard.pause()


def keys(fixes: list[Fix]) -> list[tuple[object, ...]]:
    return [(fix.time, fix.lat, fix.lon, fix.altitude_m, fix.hdop, fix.speed_mps) for fix in fixes]


@pytest.mark.parametrize("name", ["tablet-a", "tablet-b", "dst", "dst-repeat"])
def test_what_is_heard_of_a_whole_walk_is_what_its_log_says(shared: Path, name: str) -> None:
    data = (shared / f"data/tracks/{name}.nmea").read_bytes()
    read = [fix for part in read_nmea(data).segments for fix in part]
    assert read[0].time is not None
    assert keys(in_pieces(data, 7, read[0].time)) == keys(read)


def test_of_a_broken_log_every_good_fix_is_heard_and_one_more_that_only_looking_back_shows_to_be_wrong(
    shared: Path,
) -> None:
    data = (shared / "data/tracks/broken.nmea").read_bytes()
    read = [fix for part in read_nmea(data).segments for fix in part]
    heard = in_pieces(data, 7, read[0].time or NOW)
    assert set(keys(read)) <= set(keys(heard)) and len(heard) == len(read) + 1


def test_a_log_of_our_own_is_heard_in_pieces_as_it_is_read() -> None:
    data = OWN.read_bytes()
    read = [fix for part in read_nmea(data).segments for fix in part]
    for seed in range(5):
        assert keys(in_pieces(data, seed, read[0].time or NOW)) == keys(read), seed


def test_a_fix_is_told_when_the_receiver_pauses_and_not_a_second_time() -> None:
    heard = stream()
    assert heard.feed((gga("170500.00") + rmc("170500.00")).encode()) == []
    (fix,) = heard.pause()
    assert fix.time == NOW and heard.pause() == []
    assert heard.feed(gga("170501.00").encode()) == []


def test_where_one_goes_is_kept_and_an_empty_course_is_none() -> None:
    heard = stream()
    body = "GPRMC,170500.00,A,5910.12200,N,01808.68800,E,2.0,{course},231026,,,A"
    heard.feed(signed(body.format(course="87.5")).encode())
    assert [fix.course_deg for fix in heard.pause()] == [87.5]
    heard.feed(signed(body.format(course="").replace("170500", "170501")).encode())
    assert [fix.course_deg for fix in heard.pause()] == [None]


def test_a_receiver_that_says_no_day_speaks_of_the_nearest_moment() -> None:
    for now, clock, day in (
        (datetime(2026, 10, 24, 0, 0, 5, tzinfo=UTC), "235959.00", date(2026, 10, 23)),
        (datetime(2026, 10, 23, 23, 59, 58, tzinfo=UTC), "000001.00", date(2026, 10, 24)),
        (NOW, "170500.00", date(2026, 10, 23)),
    ):
        heard = stream(now)
        heard.feed(gga(clock).encode())
        (fix,) = heard.pause()
        assert fix.time is not None and fix.time.date() == day


def test_midnight_is_passed_and_a_wrong_day_alone_changes_nothing() -> None:
    heard = stream()
    said = [rmc("235958.00"), rmc("235959.00"), rmc("000000.00", "241026"), rmc("000001.00", "010199"),
            rmc("000002.00", "241026"), rmc("000003.00", "241026")]  # fmt: skip
    found = [fix for line in said for fix in heard.feed(line.encode())] + heard.pause()
    assert [f"{fix.time:%d %H%M%S}" for fix in found] == [
        "23 235958", "23 235959", "24 000000", "24 000001", "24 000002", "24 000003",
    ]  # fmt: skip


def test_the_day_that_a_receiver_guesses_before_it_has_a_position_is_not_gone_by() -> None:
    guessed = [rmc(f"00001{second}.00", "060180", status="V") for second in range(4)]
    for began in ([], [rmc("170459.00")]):
        heard = stream()
        said = [*began, *guessed, rmc("170500.00"), rmc("170501.00")]
        found = [fix for line in said for fix in heard.feed(line.encode())] + heard.pause()
        assert [fix.time for fix in found][-2:] == [NOW, NOW + timedelta(seconds=1)]


def test_a_receiver_that_counts_weeks_in_ten_bits_is_understood() -> None:
    heard = stream()
    old = (NOW - timedelta(weeks=1024)).strftime("%d%m%y")
    heard.feed(rmc("170500.00", old).encode())
    assert [fix.time for fix in heard.pause()] == [NOW]


@pytest.mark.parametrize("year", ["9999", "1" + "0" * 30])
def test_a_year_that_no_receiver_can_mean_is_no_day(year: str) -> None:
    said = [gga("235959.00"), signed(f"GPZDA,235959.00,31,12,{year},00,00"), gga("000001.00"), gga("000002.00")]
    data = "".join(said).encode()
    now = datetime(2026, 10, 24, tzinfo=UTC)
    assert [f"{fix.time:%Y%m%d %H%M%S}" for fix in in_pieces(data, 7, now)] == [
        "20261023 235959", "20261024 000001", "20261024 000002",
    ]  # fmt: skip
    assert [fix.time for part in read_nmea(data).segments for fix in part] == [None] * 3


def test_whatever_comes_nothing_raises_and_memory_does_not_grow() -> None:
    heard, rng = stream(), random.Random(11)
    for _turn in range(200):
        heard.feed(rng.randbytes(20_000).replace(b"\n", b" "))
    assert len(heard._rest) <= 1 << 20
    heard.feed(b"\n" + gga("170500.00").encode())
    assert heard.pause()
