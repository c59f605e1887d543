"""To which stop one has come by position alone."""

from itertools import cycle, islice

from app.domain.arrival import CLEAR, Arrival
from app.domain.geo import Plane
from app.domain.records import Stop
from app.domain.values import Position

GROUND = Plane(Position(60.17, 24.95))
PLACES = {name: GROUND.position(200.0 * place, 0) for place, name in enumerate("abcd")}
STOPS = [Stop(scope="w", id=name, position=place) for name, place in PLACES.items()]
AWAY = GROUND.position(0, 300)


def _heard(arrival: Arrival, *near: str, said: str = "a", doubtful: bool = False) -> list[str]:
    """What it says after each of these positions, named by the stop that each is near."""
    found = []
    arrival.among(STOPS, said)
    for each in near:
        arrival.hear(PLACES.get(each, AWAY), doubtful=doubtful)
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


def _bound_for(stop: str) -> Arrival:
    arrival = Arrival("w")
    _heard(arrival, "a")
    arrival.among(STOPS, stop)
    arrival.set_out(stop)
    assert arrival.bound == stop
    return arrival


def test_one_good_position_there_or_several_doubtful_ones_in_a_row_say_for_good_that_one_has_come_where_one_went() -> (
    None
):
    arrival = _bound_for("b")
    _heard(arrival, "b", "", said="b")
    assert arrival.bound == ""
    arrival = _bound_for("b")
    _heard(arrival, *["b"] * (CLEAR - 1), "", "b", said="b", doubtful=True)
    assert arrival.bound == "b", "they leap"
    _heard(arrival, *["b"] * (CLEAR - 1), "", said="b", doubtful=True)
    assert arrival.bound == ""


def test_whoever_sets_out_for_the_stop_at_which_they_stand_is_there() -> None:
    arrival = Arrival("w")
    _heard(arrival, "b")
    arrival.among(STOPS, "b")
    arrival.set_out("b")
    assert arrival.bound == ""


def test_doubtful_positions_say_no_stop_that_nobody_has_said() -> None:
    assert set(_heard(Arrival("w"), *["c"] * 9, doubtful=True)) == {""}
