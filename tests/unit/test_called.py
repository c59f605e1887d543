"""What a tablet is called: one rule."""

from typing import Any

from app.domain.called import Names, Tablet, tablets
from app.domain.records import Device
from app.domain.values import Unknown

ONE, TWO, THREE = "3fa2" + "0" * 28, "3fb7" + "1" * 28, "77aa" + "2" * 28


def names_of(**presented: Tablet) -> list[str]:
    ids = {"one": ONE, "two": TWO, "three": THREE}
    names = Names({ids[each]: said for each, said in presented.items()})
    return [names.of(ids[each]) for each in presented]


def test_a_tablet_is_its_letter_else_what_it_calls_itself_else_the_beginning_of_its_id() -> None:
    assert names_of(one=Tablet("B", "Ullas platta"), two=Tablet("", "vm"), three=Tablet()) == ["B", "vm", "77aa2222"]
    names = Names({})
    assert names.of(ONE) == names.full(ONE) == "3fa20000"
    assert names.of(ONE, "vm") == names.full(ONE, "vm") == "vm"


def test_tablets_that_took_one_letter_are_told_apart_by_as_much_of_their_ids_as_is_needed() -> None:
    assert names_of(one=Tablet("B"), two=Tablet("B"), three=Tablet("C")) == ["B (3fa2)", "B (3fb7)", "C"]
    ids = ["3fa20" + "0" * 27, "3fa21" + "0" * 27]
    names = Names(dict.fromkeys(ids, Tablet("B")))
    assert [names.of(each) for each in ids] == ["B (3fa20)", "B (3fa21)"]


def test_what_a_tablet_calls_itself_stands_behind_its_letter_where_there_is_room() -> None:
    said = {ONE: Tablet("B", "Ullas platta"), TWO: Tablet("B", "Stinas platta"), THREE: Tablet("C", "Platta C")}
    names = Names(said)
    assert [names.full(each) for each in said] == ["B (3fa2, Ullas platta)", "B (3fb7, Stinas platta)", "C"]


def test_a_tablet_without_a_letter_is_told_apart_from_each_that_calls_itself_the_same() -> None:
    assert names_of(one=Tablet("A", "vm"), two=Tablet("", "vm")) == ["A", "vm (3fb7)"]
    assert names_of(one=Tablet("", "vm"), two=Tablet("", "vm")) == ["vm (3fa2)", "vm (3fb7)"]
    assert names_of(one=Tablet("B"), two=Tablet("", "B")) == ["B (3fa2)", "B (3fb7)"]


def test_what_a_newer_version_says_of_a_tablet_is_no_name() -> None:
    said: dict[str, Any] = {"letter": Unknown({"of": "B"}), "label": Unknown(7)}
    assert Names(tablets([Device(id=ONE, scope="f" * 32, **said)])).full(ONE) == "3fa20000"
