"""Rules of the trade, tried without a disk."""

import random

import pytest

from app.base.errors import BadInput
from app.domain import rules
from app.domain.checklist import Checklist
from app.domain.record import field_of
from app.domain.records import Observation, SafetyWalk, Stop
from app.domain.values import ObservationKind, Severity


def seen(**values: object) -> Observation:
    return Observation(id="0" * 32, scope="1" * 32, **values)  # type: ignore[arg-type]


def test_an_item_brings_its_own_category(checklist: Checklist) -> None:
    assert rules.check_category(checklist, None, "A1") == "lighting"


def test_an_item_of_another_category_is_refused_with_both_names(checklist: Checklist) -> None:
    with pytest.raises(BadInput, match=r"A1 hör till Belysning, inte till Hitta rätt"):
        rules.check_category(checklist, "wayfinding", "A1")


@pytest.mark.parametrize(
    ("kind", "severity"),
    [
        (ObservationKind.POSITIVE, Severity.LARGE),
        (ObservationKind.DEFICIENCY, Severity.GOOD),
        (ObservationKind.QUESTION, Severity.SMALL),
        (ObservationKind.SOCIAL, Severity.SMALL),
    ],
)
def test_a_severity_that_contradicts_the_kind_is_refused(kind: ObservationKind, severity: Severity) -> None:
    with pytest.raises(BadInput):
        rules.check_severity(kind, None, severity)


@pytest.mark.parametrize("text", ["08-606 70 00", "+46 (0)8 606 70 00", "112", " 08-1234 "])
def test_a_number_to_call_has_digits_and_what_stands_between_them(text: str) -> None:
    rules.check_value(field_of(SafetyWalk, "oncall_phone"), text)


@pytest.mark.parametrize("text", ["abc", "12", "08-606 70 00 Anna", "+-()", "08.606"])
def test_what_is_no_number_to_call_is_refused_but_for_what_stands_there_already(text: str) -> None:
    phone = field_of(SafetyWalk, "oncall_phone")
    with pytest.raises(BadInput, match=r"är inget telefonnummer. Skriv minst tre siffror"):
        rules.check_value(phone, text)
    rules.check_value(phone, text, held=text)


def test_the_positive_category_is_for_what_is_good() -> None:
    with pytest.raises(BadInput):
        rules.check_severity(ObservationKind.DEFICIENCY, "positive", None)


@pytest.mark.parametrize(("item", "severity"), [("A8", 4), ("C3", 3), ("A4", 1), ("A1", 2), (None, 2)])
def test_a_deficiency_gets_what_its_item_suggests_else_two(
    checklist: Checklist, item: str | None, severity: int
) -> None:
    assert rules.suggested_severity(checklist, ObservationKind.DEFICIENCY, item) == severity


def test_severity_is_derived_from_the_kind_and_a_person_beats_a_suggestion() -> None:
    assert rules.severity_of(seen(kind=ObservationKind.POSITIVE, severity=Severity.LARGE)) == Severity.GOOD
    assert rules.severity_of(seen(kind=ObservationKind.QUESTION, severity=Severity.LARGE)) is None
    assert rules.severity_of(seen(severity_suggested=Severity.DANGER)) == Severity.DANGER
    assert rules.severity_of(seen(severity_suggested=Severity.DANGER, severity=Severity.SMALL)) == Severity.SMALL
    assert rules.severity_of(seen()) == Severity.NOTICEABLE


DEFICIENCY, POSITIVE, QUESTION, SOCIAL = (
    ObservationKind.DEFICIENCY, ObservationKind.POSITIVE, ObservationKind.QUESTION, ObservationKind.SOCIAL,
)  # fmt: skip
LIT = {"category": "lighting"}


@pytest.mark.parametrize(
    ("is_now", "name", "value", "written"),
    [
        pytest.param({**LIT, "item": "A1"}, "category", "lighting", {}, id="the same again"),
        pytest.param(
            {**LIT, "item": "A1"}, "category", "maintenance", {"category": "maintenance", "item": None},
            id="an item goes with its category",
        ),
        pytest.param(
            {"category": "positive", "item": "M1", "kind": POSITIVE}, "category", "lighting",
            {"category": "lighting", "item": None, "kind": DEFICIENCY}, id="what is good goes with its category",
        ),
        pytest.param(
            {"category": "other", "item": "N2", "kind": SOCIAL}, "category", "lighting",
            {"category": "lighting", "item": None, "kind": DEFICIENCY}, id="a kind goes with its item",
        ),
        pytest.param(
            {**LIT, "kind": QUESTION}, "category", "maintenance", {"category": "maintenance"},
            id="a question stays one",
        ),
        pytest.param(
            {**LIT, "kind": POSITIVE}, "category", "maintenance", {"category": "maintenance"},
            id="what a person called good stays good",
        ),
        pytest.param(LIT, "category", "positive", {"category": "positive", "kind": POSITIVE}, id="good by category"),
        pytest.param(
            {**LIT, "item": "Z9"}, "category", "maintenance", {"category": "maintenance"},
            id="an item of a newer checklist stays",
        ),
        pytest.param(LIT, "category", None, {"category": None}, id="no category"),
        pytest.param(LIT, "item", "A1", {"item": "A1"}, id="an item of the category"),
        pytest.param(
            LIT, "item", "M1", {"item": "M1", "category": "positive", "kind": POSITIVE}, id="an item of another one",
        ),
        pytest.param({**LIT, "item": "A1"}, "item", None, {"item": None}, id="no item"),
        pytest.param(LIT, "severity", Severity.LARGE, {"severity": Severity.LARGE}, id="how serious"),
        pytest.param(
            {**LIT, "kind": QUESTION}, "severity", Severity.SMALL, {"severity": Severity.SMALL, "kind": DEFICIENCY},
            id="a question that is serious is none",
        ),
        pytest.param(
            {**LIT, "item": "A1"}, "severity", Severity.GOOD, {"item": None, "kind": POSITIVE},
            id="what is good lets an item go that says what is wrong",
        ),
        pytest.param(
            {"category": "positive", "item": "M1", "kind": POSITIVE}, "severity", Severity.GOOD, {}, id="good already",
        ),
        pytest.param(LIT, "text", "Mörkt", {"text": "Mörkt"}, id="any other field stands alone"),
    ],
)  # fmt: skip
def test_what_it_is_about_how_serious_and_of_which_kind_are_said_together(
    checklist: Checklist, is_now: dict[str, object], name: str, value: object, written: dict[str, object]
) -> None:
    assert rules.meant(checklist, seen(**is_now), name, value) == written


def test_a_draft_has_neither_item_nor_text_nor_photo() -> None:
    assert rules.is_draft(seen(), photographed=False)
    assert not rules.is_draft(seen(), photographed=True)
    assert not rules.is_draft(seen(text="Mörkt"), photographed=False)
    assert not rules.is_draft(seen(item="A1"), photographed=False)


def test_a_key_between_two_keys_always_exists() -> None:
    seed = random.randrange(1 << 32)
    print("seed", seed)
    chance = random.Random(seed)
    keys = ["b", "c"]
    for _ in range(500):
        place = chance.randrange(len(keys) + 1)
        before = keys[place - 1] if place else ""
        after = keys[place] if place < len(keys) else ""
        made = rules.between(before, after)
        assert before < made
        assert not after or made < after
        keys.insert(place, made)


def test_stops_that_are_added_last_come_last_for_ever() -> None:
    stops: list[Stop] = []
    for _ in range(100):
        stops.append(Stop(id="0" * 32, scope="1" * 32, order=rules.order_after(stops)))
    orders = [stop.order for stop in stops]
    assert orders == sorted(set(orders))
