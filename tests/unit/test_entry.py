"""What people type becomes values, or a sentence."""

from datetime import UTC, date, datetime

import pytest

from app.base.errors import BadInput
from app.domain import entry
from app.domain.record import field_of
from app.domain.records import Observation, SafetyWalk, Stop
from app.domain.values import Light, Position


def test_a_time_without_offset_is_in_the_walks_zone() -> None:
    assert entry.moment("2026-10-23T18:05", "Europe/Stockholm") == datetime(2026, 10, 23, 16, 5, tzinfo=UTC)
    assert entry.moment("2026-10-23T18:05", "Europe/Helsinki") == datetime(2026, 10, 23, 15, 5, tzinfo=UTC)


def test_a_time_with_offset_keeps_it() -> None:
    assert entry.moment("2026-10-23T18:05:00Z", "Europe/Stockholm") == datetime(2026, 10, 23, 18, 5, tzinfo=UTC)


@pytest.mark.parametrize("text", ["igår", "2026-13-01T00:00", "", "18.05", "9999-99-99"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        entry.moment(text, "Europe/Stockholm")


NOW = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "23/10 18:00", "23/10 kl 18", "23/10 18", "23.10 18.00", "23.10. kl. 18.00", "23/10, 18.00", "23 okt 18:00",
        "23 oktober 2026 kl. 18.00", "den 23:e oktober klockan 18", "23 October 18:00", "23/10 2026 18.00",
        "23.10.2026 18.00", "23/10/2026 18:00", "2026-10-23 18.00", "2026-10-23 kl 18", " 23  Okt  18.00 ",
        "2026-10-23 18.00.00",
    ],
)  # fmt: skip
def test_a_moment_is_understood_as_people_write_it(text: str) -> None:
    assert entry.moment(text, "Europe/Stockholm", now=NOW) == datetime(2026, 10, 23, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("i dag 18.30", 12), ("idag kl 18.30", 12), ("today 18:30", 12), ("i går 18.30", 11), ("igår 18:30", 11),
        ("yesterday 18:30", 11), ("I morgon 18.30", 13), ("imorgon kl. 18.30", 13), ("tomorrow at 18:30", 13),
        ("i ga\u030ar 18.30", 11),
    ],
)  # fmt: skip
def test_days_near_are_called_by_what_they_are_from_today(text: str, day: int) -> None:
    assert entry.moment(text, "Europe/Stockholm", now=NOW) == datetime(2026, 11, day, 17, 30, tzinfo=UTC)


def test_today_is_that_of_the_walks_zone() -> None:
    late = datetime(2026, 11, 12, 22, 30, tzinfo=UTC)
    assert entry.moment("i dag 02.00", "Europe/Helsinki", now=late) == datetime(2026, 11, 13, 0, 0, tzinfo=UTC)


def test_a_year_left_out_is_the_nearest_one_to_the_walk_else_to_now() -> None:
    assert entry.moment("3/1 18.00", "Europe/Stockholm", now=NOW).year == 2027
    assert entry.moment("29/2 18.00", "Europe/Stockholm", now=NOW).year == 2028
    walk = datetime(2024, 1, 2, tzinfo=UTC)
    assert entry.moment_on("31/12 18.00", "Europe/Stockholm", walk, NOW).year == 2023
    assert entry.day("20/1", NOW.date()) == date(2027, 1, 20)


@pytest.mark.parametrize("text", ["20/11", "20.11", "20.11.", "20 nov", "20 november 2026", "2026-11-20", "20.11.2026"])
def test_a_day_is_understood_as_people_write_it(text: str) -> None:
    assert entry.day(text, NOW.date()) == date(2026, 11, 20)


@pytest.mark.parametrize(
    "text",
    ["23/10", "i går", "10/23 18:00", "23/10 2018", "03/04/26 18.00", "23 o 18.00", "30/2 18.00", "18.00 i dag 7.5",
     "31/12 24.00", "23/10 9999999 18"],
)  # fmt: skip
def test_what_may_mean_several_moments_or_none_is_refused_with_two_examples(text: str) -> None:
    with pytest.raises(BadInput, match=r"Skriv dag och klockslag, till exempel 2026-10-23T18:05 eller 23/10 18.05."):
        entry.moment(text, "Europe/Stockholm", now=NOW)


def test_an_hour_alone_is_a_clock_where_it_says_so() -> None:
    walk = datetime(2026, 10, 23, 16, 0, tzinfo=UTC)
    assert entry.moment_on("kl 19", "Europe/Stockholm", walk) == datetime(2026, 10, 23, 17, 0, tzinfo=UTC)
    with pytest.raises(BadInput, match="18:20"):
        entry.moment_on("19", "Europe/Stockholm", walk)


@pytest.mark.parametrize("zone", ["Europe/Nowhere", "", "../etc", "CEST-nonsense", "/etc/passwd"])
def test_what_is_no_zone_is_refused(zone: str) -> None:
    with pytest.raises(BadInput):
        entry.zone_named(zone)


@pytest.mark.parametrize("text", ["91,0", "0,181", "nan,1", "inf,0", "1", "1,2,3", "norr,öster", ""])
def test_what_is_no_position_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        entry.position(text)


def test_a_position_is_latitude_then_longitude() -> None:
    assert entry.position("59.1687, 18.1448") == Position(59.1687, 18.1448)


@pytest.mark.parametrize(
    "text",
    [
        "59,1687 18,1448",
        "59,1687, 18,1448",
        "59,1687; 18,1448",
        "59,1687;18,1448",
        "59,1687,18,1448",
        "59.1687 18.1448",
        "59.1687;18.1448",
        " 59.1687 , 18.1448 ",
        "59.168 7, 18.144 8",
    ],
)
def test_a_position_is_understood_with_decimal_commas_where_only_two_numbers_can_be_meant(text: str) -> None:
    assert entry.position(text) == Position(59.1687, 18.1448)


@pytest.mark.parametrize("text", ["1,2,3", "59,1687,18", "59, 16, 18"])
def test_numbers_that_may_be_several_positions_are_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        entry.position(text)
    assert str(refused.value) == (
        f"'{text}' kan läsas som flera lägen. Skriv semikolon mellan talen, till exempel 59,1687; 18,1448."
    )


def test_fields_are_parsed_by_their_own_type() -> None:
    assert entry.parse(field_of(SafetyWalk, "light"), "dark", "Europe/Stockholm") is Light.DARK
    assert entry.parse(field_of(Observation, "lamp_count"), "3", "Europe/Stockholm") == 3
    assert entry.parse(field_of(Observation, "deliberate_off"), "ja", "Europe/Stockholm") is True
    assert entry.parse(field_of(Observation, "lamp_faults"), "off, weak", "Europe/Stockholm") == ("off", "weak")
    assert entry.parse(field_of(Stop, "position"), "1,2", "Europe/Stockholm") == Position(1, 2)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("lamp_count", "-1"),
        ("lamp_count", "tre"),
        ("accuracy_m", "nan"),
        ("deliberate_off", "kanske"),
        ("severity", "9"),
    ],
)
def test_what_does_not_fit_a_field_is_refused(name: str, text: str) -> None:
    with pytest.raises(BadInput):
        entry.parse(field_of(Observation, name), text, "Europe/Stockholm")


@pytest.mark.parametrize("clock", ["18.35", "18:35", "18.05", "18.35.00", "9.05", "09.05"])
@pytest.mark.parametrize("day", ["2026-10-23", "23/10", "23 okt"])
def test_a_dot_stands_before_the_minute_whatever_the_day_is_written_like(day: str, clock: str) -> None:
    hour, minute = (int(each) for each in clock.replace(":", ".").split(".")[:2])
    expected = datetime(2026, 10, 23, hour - 2, minute, tzinfo=UTC)
    assert entry.moment(f"{day} {clock}", "Europe/Stockholm", now=NOW) == expected
    assert entry.moment_on(f"{day} {clock}", "Europe/Stockholm", None, NOW) == expected
