"""Conflicts are settled once, whoever settles them: devices, each a process of its own, meet in a folder."""

import json
from typing import Any

import pytest

from tests.whole.meeting import Field, alike, picture, stop_of
from tests.whole.program import Gatljus


class Case:
    """Some devices with one observation, whose text they write."""

    def __init__(self, field: Field, *names: str) -> None:
        self.field = field
        self.walk, self.homes = field.walk(*names)
        self.seen = self.homes[0].made("observe", self.walk, "--category", "lighting", "--text", "Släckt")
        self.meet()
        self.meet()

    def meet(self) -> None:
        """Everybody gets everything."""
        self.field.meet(self.walk, *self.homes, *self.homes)

    def write(self, home: Gatljus, text: str) -> None:
        """The text on one device."""
        home.made("set", "observation", self.seen, "text", text)

    def open(self, home: Gatljus) -> list[set[Any]]:
        """The values that stand against each other, conflict by conflict."""
        return [{one["value"] for one in each["choices"]} for each in home.items("conflicts", self.walk)]

    def settle(self, home: Gatljus, text: str, *more: str) -> None:
        """Choose a text."""
        (conflict,) = home.items("conflicts", self.walk)
        choice = next(one["choice"] for one in conflict["choices"] if one["value"] == text)
        home.made("resolve", "observation", self.seen, "text", choice, *more)

    def texts(self) -> tuple[str, list[tuple[str, str]]]:
        """What all devices show: the text, and the remarks with whose words they are."""
        found = alike(self.walk, *self.homes)
        names = {home.ask("show", self.walk)["here"]["device"]: home.home.name for home in self.homes}
        remarks = sorted((each["text"], names[each["device"]]) for each in found["remarks"])
        return found["observations"][0]["text"], remarks


@pytest.fixture
def torn(field: Field) -> Case:
    """A and B wrote different texts, and know it."""
    case = Case(field, "A", "B")
    case.write(case.homes[0], "Två släckta")
    case.write(case.homes[1], "Tre släckta")
    case.meet()
    assert case.open(case.homes[0]) == case.open(case.homes[1]) == [{"Två släckta", "Tre släckta"}]
    return case


def test_what_is_settled_on_one_device_is_not_asked_on_another(torn: Case) -> None:
    a, b = torn.homes
    torn.settle(a, "Tre släckta")
    torn.meet()
    assert torn.open(a) == torn.open(b) == []
    assert torn.texts() == ("Tre släckta", [])


def test_settling_it_differently_on_two_devices_is_exactly_one_new_conflict(torn: Case) -> None:
    a, b = torn.homes
    torn.settle(a, "Tre släckta")
    torn.settle(b, "Två släckta")
    torn.meet()
    assert torn.open(a) == torn.open(b) == [{"Två släckta", "Tre släckta"}]
    torn.settle(b, "Två släckta")
    torn.meet()
    assert torn.open(a) == []


def test_settling_it_alike_on_two_devices_is_settled(torn: Case) -> None:
    for home in torn.homes:
        torn.settle(home, "Tre släckta")
    torn.meet()
    assert torn.open(torn.homes[0]) == []
    assert torn.texts() == ("Tre släckta", [])


def test_a_fourth_device_that_edits_meanwhile_is_exactly_one_new_conflict(field: Field) -> None:
    case = Case(field, "A", "B", "C", "D")
    for home, text in zip(case.homes[:3], ("Ett", "Två", "Tre"), strict=True):
        case.write(home, text)
    field.meet(case.walk, *case.homes[:3], *case.homes[:3])
    assert case.open(case.homes[0]) == [{"Ett", "Två", "Tre"}]
    case.settle(case.homes[0], "Två")
    case.write(case.homes[3], "Fyra")
    case.meet()
    assert [case.open(home) for home in case.homes] == [[{"Två", "Fyra"}]] * 4
    case.settle(case.homes[3], "Fyra")
    case.meet()
    assert [case.open(home) for home in case.homes] == [[]] * 4
    past = case.homes[1].items("history", "observation", case.seen)
    assert {"Ett", "Två", "Tre", "Fyra"} <= {each["new"] for each in past if each["field"] == "text"}


def test_the_same_words_on_two_devices_are_no_conflict(field: Field) -> None:
    case = Case(field, "A", "B")
    for home in case.homes:
        case.write(home, "Två släckta")
    case.meet()
    assert case.open(case.homes[0]) == case.open(case.homes[1]) == []


def test_who_writes_after_having_seen_contradicts_nobody(field: Field) -> None:
    case = Case(field, "A", "B")
    for home, text in ((case.homes[0], "Ett"), (case.homes[1], "Två"), (case.homes[0], "Tre")):
        case.write(home, text)
        case.meet()
    assert case.open(case.homes[0]) == []
    assert case.texts() == ("Tre", [])


def test_keeping_both_makes_a_remark_with_the_other_letter_and_one_undo_takes_both_back(torn: Case) -> None:
    a, b = torn.homes
    torn.settle(a, "Två släckta", "--keep-others")
    torn.meet()
    assert torn.open(b) == []
    assert torn.texts() == ("Två släckta", [("Tre släckta", "B")])
    # Each command is a process of its own: the undo comes after a restart.
    a.ask("undo", torn.walk)
    torn.meet()
    assert torn.open(a) == torn.open(b) == [{"Två släckta", "Tre släckta"}]
    assert torn.texts()[1] == []
    a.ask("redo", torn.walk)
    torn.meet()
    assert torn.texts() == ("Två släckta", [("Tre släckta", "B")])
    assert torn.open(b) == []


def test_three_texts_leave_two_remarks(field: Field) -> None:
    case = Case(field, "A", "B", "C")
    for home, text in zip(case.homes, ("Ett", "Två", "Tre"), strict=True):
        case.write(home, text)
    case.meet()
    case.settle(case.homes[1], "Ett", "--keep-others")
    case.meet()
    assert case.texts() == ("Ett", [("Tre", "C"), ("Två", "B")])


def test_only_texts_can_be_kept_both_and_a_refusal_leaves_it_open(field: Field) -> None:
    case = Case(field, "A", "B")
    for home, severity in zip(case.homes, ("1", "3"), strict=True):
        home.made("set", "observation", case.seen, "severity", severity)
    case.meet()
    a = case.homes[0]
    (conflict,) = a.items("conflicts", case.walk)
    choice = conflict["choices"][0]["choice"]
    words = ("resolve", "observation", case.seen, "severity", choice, "--keep-others")
    assert a.refused(*words)["code"] == "no-text"
    assert a.items("conflicts", case.walk) == [conflict]
    assert "--keep-others" in a.run("resolve", "--help").out


def test_a_delete_names_what_was_changed_and_added_after_it_and_both_answers_hold_everywhere(field: Field) -> None:
    case = Case(field, "A", "B", "C")
    a, b, c = case.homes
    stop = stop_of(a, case.walk)
    c.made("delete", "stop", stop)
    a.made("set", "stop", stop, "name", "Gångtunneln")
    b.ask("observe", case.walk, "--category", "lighting", "--text", "Mörkt här", "--stop", stop,
          "--photo", str(picture(field.folder / "a.jpg", (9, 9, 9))))  # fmt: skip
    case.meet()
    told = b.run("conflicts", case.walk).out
    for words in ("togs bort", "är kvar, och något har ändrats efteråt", "Gångtunneln", "Mörkt här", "Tillagt"):
        assert words in told
    (conflict,) = b.items("conflicts", case.walk)
    assert (conflict["kind"], conflict["field"]) == ("stop", "deleted")
    keep = next(one["choice"] for one in conflict["choices"] if one["value"] is None)
    b.made("resolve", "stop", stop, "deleted", keep)
    case.meet()
    assert json.loads(c.run("--json", "conflicts", case.walk).out)["items"] == []
    found = alike(case.walk, *case.homes)
    assert found["stops"][0]["name"] == "Gångtunneln"
    assert len(found["photos"]) == 1
    b.ask("undo", case.walk)
    case.meet()
    (again,) = c.items("conflicts", case.walk)
    assert any(one["value"] for one in again["choices"])
    assert c.refused("resolve", "stop", stop, "deleted", "--value", "kanske")["code"] == "flag"
    c.made("resolve", "stop", stop, "deleted", "--value", "ja")
    case.meet()
    assert alike(case.walk, *case.homes)["stops"] == []
    assert a.items("conflicts", case.walk) == []
