"""To which stop one has come by position alone."""

from itertools import cycle, islice

from app.domain.arrival import CLEAR, Arrival

STOPS = ["a", "b", "c", "d"]


def _heard(arrival: Arrival, *near: str, said: str = "a") -> list[str]:
    """What it says after each of these positions, named by the stop that each is near."""
    later, found = STOPS[STOPS.index(said) + 1 :], []
    for each in near:
        arrival.hear(each, said, later)
        found.append(arrival.at)
    return found


def test_one_has_come_to_a_later_stop_when_several_fixes_in_a_row_say_so() -> None:
    assert _heard(Arrival("w"), *["c"] * CLEAR) == ["", "", "c"]


def test_positions_that_leap_say_nothing_and_change_nothing() -> None:
    arrival = Arrival("w")
    leaping = list(islice(cycle(["c", "", "d", "c", "c", "a"]), 30))
    assert set(_heard(arrival, *leaping)) == {""}
    _heard(arrival, *["c"] * CLEAR)
    assert set(_heard(arrival, *leaping)) == {"c"}


def test_it_stays_while_one_walks_on_until_one_is_at_another_stop() -> None:
    arrival = Arrival("w")
    _heard(arrival, *["b"] * CLEAR)
    assert set(_heard(arrival, *[""] * 20)) == {"b"}
    assert _heard(arrival, *["c"] * CLEAR)[-1] == "c"
    assert _heard(arrival, *["b"] * CLEAR)[-1] == "b"


def test_back_at_the_stop_that_was_said_or_at_one_before_it_nothing_else_is_said() -> None:
    arrival = Arrival("w")
    _heard(arrival, *["c"] * CLEAR)
    assert _heard(arrival, *["a"] * CLEAR)[-1] == ""
    assert set(_heard(Arrival("w"), *["a"] * 9, said="b")) == {""}


def test_what_a_person_says_holds_against_the_position_until_they_have_gone_elsewhere() -> None:
    arrival = Arrival("w")
    assert _heard(arrival, *["c"] * CLEAR, said="a")[-1] == "c"
    assert set(_heard(arrival, *["c"] * 50, said="b")) == {""}
    assert set(_heard(arrival, *["", "c", "", "c", "c", ""], said="b")) == {""}
    assert set(_heard(arrival, *[""] * CLEAR, said="b")) == {""}
    assert _heard(arrival, *["c"] * CLEAR, said="b")[-1] == "c"
