"""Clocks that are wrong: the order of changes is right, and it is told whose clock goes before whose."""

from datetime import timedelta

import pytest

from app.domain.change import Draft
from app.queries.device_words import details
from tests.homes import NOTE, PICTURE, STOP, WALK, Clock, Home, Make, device_id
from tests.storage.meeting import assert_alike, exchange_all

HOURS = timedelta(hours=3, minutes=20)


def told(home: Home) -> dict[str, list[str]]:
    """What is said of the clocks of others, by the name of each."""
    found = {each.name: [line for line in details(each) if "Klockan" in line] for each in home.receipts().devices}
    return {name: lines for name, lines in found.items() if lines}


@pytest.mark.parametrize(
    ("ahead", "much"), [(timedelta(minutes=4), "3 min"), (HOURS, "3 h 19 min"), (timedelta(days=3652), "3651 dygn")]
)
def test_a_clock_that_goes_before_is_told_of_where_its_device_is_met(home: Make, ahead: timedelta, much: str) -> None:
    a, b = home("A"), home("B", clock=Clock(ahead))
    a.new("stop", STOP, name="Torget")
    exchange_all(a, b)
    b.new("observation", NOTE, text="Mörkt")
    exchange_all(a, b)
    (line,) = told(a)[b.device[:8]]
    assert f"går minst {much} före" in line
    assert not told(b)


def test_a_clock_that_goes_after_sees_the_others_go_before(home: Make) -> None:
    a, slow = home("A"), home("B", clock=Clock(-HOURS))
    a.new("stop", STOP, name="Torget")
    slow.new("observation", NOTE, text="Mörkt")
    exchange_all(a, slow)
    assert not told(a) and list(told(slow)) == [a.device[:8]]


def test_a_clock_that_is_right_is_not_blamed_for_the_stamps_that_it_follows(home: Make) -> None:
    a, fast, c = home("A"), home("B", clock=Clock(HOURS)), home("C")
    fast.new("stop", STOP, name="Torget")
    exchange_all(a, fast)
    a.set("stop", STOP, name="Torget norr")
    a.new("observation", NOTE, text="Mörkt")
    exchange_all(a, fast, c)
    assert list(told(c)) == [device_id("B")[:8]]
    assert_alike(a, fast, c)
    assert c.value(STOP, "name") == '"Torget norr"'


def test_what_the_satellites_have_told_of_a_clock_leaves_no_doubt_which_is_wrong(home: Make) -> None:
    a, fast = home("A"), home("B", clock=Clock(HOURS))
    a.new("stop", STOP, name="Torget")
    fast.new("observation", NOTE, text="Mörkt")
    exchange_all(a, fast)
    (there,) = [each for each in a.receipts().devices if each.name == fast.device[:8]]
    (line,) = details(there, HOURS.total_seconds())
    assert line.startswith("Klockan gick 3 h 20 min före satelliternas.")
    told_of_little = list(details(there, 60.0))
    assert [each.partition(" före")[0] for each in told_of_little] == [
        "Klockan gick 1 min",
        "Klockan på " + there.name + " går minst 3 h 19 min",
    ]
    after = list(details(there, -HOURS.total_seconds()))
    assert len(after) == 2, "a clock that went after the satellites' does not go before another's because of that"


def test_what_a_newer_version_says_instead_of_a_time_tells_nothing(home: Make) -> None:
    a, b = home("A"), home("B")
    b.log.write(WALK, [Draft(kind="stop", record=STOP, field="created", value={"when": "sedan"})])
    exchange_all(a, b)
    assert a.log.last_seqs(WALK) == {b.device: 1} and not told(a)


def test_a_clock_that_was_set_right_is_not_told_of_any_more(home: Make) -> None:
    a, b = home("A"), home("B", clock=Clock(HOURS))
    a.new("stop", STOP, name="Torget")
    b.new("observation", NOTE, text="Mörkt")
    exchange_all(a, b)
    assert told(a)
    b = home("B")
    b.set("observation", NOTE, text="Mörkare")
    exchange_all(a, b)
    assert told(a), "nothing new was dated since"
    b.new("photo", PICTURE)
    exchange_all(a, b)
    assert not told(a)
