"""How long a walk takes by plan."""

from app.domain.rules import expected_minutes


def test_a_walk_of_nearly_two_kilometres_with_nine_stops_takes_an_hour_and_forty_minutes() -> None:
    assert expected_minutes(1900, 9) == 100


def test_without_a_way_only_the_stops_count() -> None:
    assert expected_minutes(0, 3) == 25
