"""What happened to a record, what stands against each other, and what is found of it meanwhile."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.domain.walk import Conflict
from app.storage import history, search
from tests.homes import WALK, Home

SEEN, STOP = "6" * 32, "5" * 32

Make = Callable[[str], Home]


@pytest.fixture
def home(tmp_path: Path) -> Make:
    """Makes a home of the device with that name, which has introduced itself."""

    def make(name: str) -> Home:
        made = Home(tmp_path / name, name)
        made.new("device", made.device, label=f"Platta {name}", letter=name)
        return made

    return make


@pytest.fixture
def pair(home: Make) -> tuple[Home, Home]:
    """Two homes that hold one observation."""
    one, two = home("A"), home("B")
    one.new("stop", STOP, name="Torget")
    one.new("observation", SEEN, text="Lampa släckt", stop=STOP)
    meet(one, two)
    return one, two


def meet(one: Home, two: Home) -> None:
    """Each gets all that the other has."""
    one.send(two)
    two.send(one)


def told(home: Home, record: str = SEEN, kind: str = "observation") -> list[dict[str, Any]]:
    """The history of a record without what the first write set by itself."""
    with home.log.database.reading() as tables:
        return [each for each in history.history(tables, kind, record) if each["field"] != "created"]


def found(home: Home, words: str) -> set[str]:
    """The records that hold these words."""
    with home.log.database.reading() as tables:
        return {record for _scope, _kind, record, _field in search.find(tables, words, None, 100)}


def alike(one: Home, two: Home) -> list[Conflict]:
    """What is open, which both see alike."""
    assert one.conflicts() == two.conflicts()
    return one.conflicts()


def test_history_is_newest_first_and_says_who_changed_what_into_what(pair: tuple[Home, Home]) -> None:
    one, two = pair
    two.set("observation", SEEN, text="Två lampor släckta")
    two.set("observation", SEEN, severity=3)
    meet(one, two)
    said = [(each["label"], each["field"], each["old"], each["new"], each["shown"]) for each in told(one)]
    assert said[:2] == [
        ("Platta B", "severity", None, 3, True),
        ("Platta B", "text", "Lampa släckt", "Två lampor släckta", True),
    ]
    assert ("Platta A", "text", None, "Lampa släckt", False) in said[2:]
    assert told(one) == told(two)
    assert [each["at"] for each in told(one)] == sorted((each["at"] for each in told(one)), reverse=True)


def test_history_tells_the_action_and_what_an_undo_brought_back(pair: tuple[Home, Home]) -> None:
    one, _two = pair
    action = one.set("observation", SEEN, text="Mörkt").action
    one.undo()
    back, there, *_rest = told(one)
    assert (back["old"], back["new"], back["action"], back["shown"]) == ("Mörkt", "Lampa släckt", -action, True)
    assert (there["old"], there["new"], there["action"], there["shown"]) == ("Lampa släckt", "Mörkt", action, False)


def test_two_values_are_offered_with_what_they_replaced_and_who_wrote_them(pair: tuple[Home, Home]) -> None:
    one, two = pair
    one.set("observation", SEEN, text="Lampa 1 släckt")
    two.set("observation", SEEN, text="Lampa 2 släckt")
    meet(one, two)
    (conflict,) = alike(one, two)
    assert (conflict.kind, conflict.id, conflict.field, conflict.base) == ("observation", SEEN, "text", "Lampa släckt")
    assert {(each.value, each.label) for each in conflict.choices} == {
        ("Lampa 1 släckt", "Platta A"),
        ("Lampa 2 släckt", "Platta B"),
    }
    assert conflict.shown == max(conflict.choices, key=lambda each: each.stamp).value
    for each in conflict.choices:
        assert each.choice == hashlib.sha256(each.stamp.encode()).hexdigest()[:8]
        assert each.at.endswith("Z")


def test_no_common_base_is_told_as_none(home: Make) -> None:
    one, two = home("A"), home("B")
    one.new("observation", SEEN, text="Lampa släckt")
    meet(one, two)
    one.set("observation", SEEN, asset_tag="30417")
    two.set("observation", SEEN, asset_tag="30418")
    meet(one, two)
    (conflict,) = alike(one, two)
    assert (conflict.field, conflict.base) == ("asset_tag", None)


def test_while_a_conflict_is_open_what_is_shown_is_found_and_afterwards_what_was_chosen(
    pair: tuple[Home, Home],
) -> None:
    one, two = pair
    one.set("observation", SEEN, text="Häcken skymmer")
    two.set("observation", SEEN, text="Buskarna skymmer")
    meet(one, two)
    (conflict,) = alike(one, two)
    other = next(each for each in conflict.choices if each.value != conflict.shown)
    assert found(one, conflict.shown) == found(two, conflict.shown) == {SEEN}
    assert found(one, other.value) == set()
    one.choose(conflict, other.value)
    meet(one, two)
    assert alike(one, two) == []
    for each in (one, two):
        assert (found(each, other.value), found(each, conflict.shown)) == ({SEEN}, set())
        assert sorted(told(each)[0]["old"]) == sorted(choice.value for choice in conflict.choices)


def test_removed_by_one_and_changed_by_another_is_a_conflict_that_names_both(pair: tuple[Home, Home]) -> None:
    one, two = pair
    one.delete("observation", SEEN)
    two.set("observation", SEEN, text="Fortfarande släckt")
    meet(one, two)
    (conflict,) = alike(one, two)
    assert (conflict.kind, conflict.id, conflict.field) == ("observation", SEEN, "deleted")
    assert {(each.label, bool(each.value)) for each in conflict.choices} == {("Platta A", True), ("Platta B", False)}
    assert found(one, "släckt") == found(two, "släckt") == {SEEN}, "what is not settled stays in sight"


def test_a_stop_removed_by_one_stays_when_another_noted_something_there(pair: tuple[Home, Home]) -> None:
    one, two = pair
    one.delete("stop", STOP)
    two.new("observation", "7" * 32, text="Trasig bänk", stop=STOP)
    meet(one, two)
    (conflict,) = alike(one, two)
    assert (conflict.kind, conflict.id, conflict.field) == ("stop", STOP, "deleted")
    assert found(one, "bänk") == found(two, "bänk") == {"7" * 32}


def test_what_is_removed_is_not_found_and_no_longer_in_conflict(pair: tuple[Home, Home]) -> None:
    one, two = pair
    one.set("observation", SEEN, text="Ett")
    two.set("observation", SEEN, text="Två")
    meet(one, two)
    assert alike(one, two)
    two.delete("observation", SEEN)
    meet(one, two)
    assert alike(one, two) == []
    assert found(one, "Ett") == found(one, "Två") == found(two, "Två") == set()


def test_the_latest_change_and_the_walk_written_in_last(pair: tuple[Home, Home]) -> None:
    one, two = pair
    two.set("observation", SEEN, text="Senast")
    meet(one, two)
    for each in pair:
        with each.log.database.reading() as tables:
            assert history.last_change(tables, WALK) == told(one)[0]["at"]
            assert history.latest_scope(tables, each.device) == WALK
            assert history.latest_scope(tables, "0" * 32) is None
