"""What people type becomes values, or a sentence."""

from datetime import UTC, datetime

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
