"""Where the sun stands, against what another program says of it."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from app.domain.sun import elevation_deg, is_dark
from app.domain.values import Position

STOCKHOLM, MALMO, KIRUNA = Position(59.33, 18.07), Position(55.6, 13.0), Position(67.86, 20.22)


def sets(day: datetime, place: Position) -> datetime | None:
    """The minute (UTC) of that day at which it gets dark."""
    minutes = [day + timedelta(minutes=n) for n in range(24 * 60)]
    return next((b for a, b in pairwise(minutes) if is_dark(b, place) > is_dark(a, place)), None)


@pytest.mark.parametrize(
    ("place", "day", "hour", "minute"),
    [
        (STOCKHOLM, (2026, 3, 20), 17, 1),
        (STOCKHOLM, (2026, 6, 21), 20, 7),
        (STOCKHOLM, (2026, 10, 23), 15, 18),
        (STOCKHOLM, (2026, 12, 21), 13, 47),
        (MALMO, (2026, 10, 23), 15, 48),
        (KIRUNA, (2027, 2, 8), 14, 20),
    ],
)
def test_the_sun_sets_within_three_minutes_of_when_astral_says(
    place: Position, day: tuple[int, int, int], hour: int, minute: int
) -> None:
    """Figures: astral 3.2 (Python package, the formulas of NOAA), computed for these places and days."""
    begin = datetime(*day, tzinfo=UTC)
    found = sets(begin, place)
    assert found is not None
    assert abs(found - begin.replace(hour=hour, minute=minute)) <= timedelta(minutes=3)


def test_in_kiruna_it_is_light_all_night_in_june_and_dark_at_noon_in_december() -> None:
    assert sets(datetime(2026, 6, 21, tzinfo=UTC), KIRUNA) is None
    assert is_dark(datetime(2026, 12, 21, 10, 37, tzinfo=UTC), KIRUNA)


def test_at_noon_of_the_equinox_it_stands_as_high_as_the_pole_is_low() -> None:
    highest = max(
        elevation_deg(datetime(2026, 3, 20, 10, tzinfo=UTC) + timedelta(minutes=n), STOCKHOLM) for n in range(180)
    )
    assert highest == pytest.approx(90 - STOCKHOLM.lat, abs=0.3)
