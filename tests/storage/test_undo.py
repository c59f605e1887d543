"""Undo where others have gone on, where a form goes on after it, and where an action is large."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from app.domain.batch import pack
from app.domain.change import Draft
from app.domain.records import Observation, Party, Photo, SafetyWalk, Stop
from app.storage.undo import was_undone
from tests.homes import WALK, Home, change

STOP, NOTE = "51" * 16, "0b" * 16
PHOTOS = [f"{number:032x}" for number in range(1, 4)]

Make = Callable[[str], Home]


@pytest.fixture
def home(tmp_path: Path) -> Make:
    """Makes homes."""
    return lambda name: Home(tmp_path / name, name)


def drafts(kind: str, record: str, **values: Any) -> list[Draft]:
    """A new record."""
    said = {"created": "2026-10-23T16:05:00Z", **values}
    return [Draft(kind=kind, record=record, field=name, value=value) for name, value in said.items()]


def why(left: Sequence[Any]) -> set[tuple[str, str]]:
    """What an undo left, and why."""
    return {(each.kind, each.why) for each in left}


def test_undoing_a_walk_that_another_device_is_in_takes_none_of_its_parties(home: Make) -> None:
    a, b = home("A"), home("B")
    a.log.write(WALK, [*drafts("safety-walk", WALK, title="Kväll"), *drafts("party", STOP, code="GATA")])
    a.send(b)
    b.new("observation", NOTE, text="Mörkt")
    b.send(a)
    assert why(a.undo().left) == {("safety-walk", "shared"), ("party", "shared")}
    assert (list(a.shown(SafetyWalk)), list(a.shown(Party))) == ([WALK], [STOP])


def test_undoing_a_walk_of_ones_own_takes_all_of_it(home: Make) -> None:
    a = home("A")
    a.log.write(WALK, [*drafts("safety-walk", WALK, title="Kväll"), *drafts("party", STOP, code="GATA")])
    assert a.undo().left == ()
    assert (a.shown(SafetyWalk), a.shown(Party)) == ({}, {})
    a.log.redo(WALK)
    assert (list(a.shown(SafetyWalk)), list(a.shown(Party))) == ([WALK], [STOP])


def test_the_photo_of_an_observation_that_another_has_remarked_on_stays_with_it(home: Make) -> None:
    a, b = home("A"), home("B")
    a.log.write(WALK, [*drafts("observation", NOTE, text="Mörkt"), *drafts("photo", PHOTOS[0], observation=NOTE)])
    a.send(b)
    b.new("remark", STOP, target=NOTE, text="Ja")
    b.send(a)
    assert why(a.undo().left) == {("observation", "shared"), ("photo", "shared")}
    assert (list(a.shown(Observation)), list(a.shown(Photo))) == ([NOTE], PHOTOS[:1])


def test_of_an_import_only_the_photo_that_another_has_described_stays(home: Make) -> None:
    a, b = home("A"), home("B")
    a.log.write(WALK, [draft for each in PHOTOS for draft in drafts("photo", each, name="IMG.jpg")])
    a.send(b)
    b.set("photo", PHOTOS[1], caption="Lampan")
    b.send(a)
    assert why(a.undo().left) == {("photo", "shared")}
    assert list(a.shown(Photo)) == [PHOTOS[1]]


def test_what_a_form_writes_after_it_was_undone_is_an_action_of_its_own(home: Make) -> None:
    a = home("A")
    a.new("observation", NOTE, text="Mörkt")
    form = a.set("observation", NOTE, text="Mycket mörkt").action
    a.undo()
    assert a.set("observation", NOTE, action=form, answer="Ja").action != form
    a.undo()
    shown = a.shown(Observation)[NOTE]
    assert (shown.text, shown.answer) == ("Mörkt", "")
    a.undo()
    assert a.shown(Observation) == {}


def test_what_goes_on_with_an_action_that_was_undone_and_redone_is_an_action_of_its_own(home: Make) -> None:
    a = home("A")
    a.new("stop", STOP, name="Torget")
    action = a.set("stop", STOP, name="a").action
    a.undo()
    a.log.redo(WALK)
    assert a.set("stop", STOP, action=action, name="b").action != action
    a.undo()
    assert a.value(STOP, "name") == '"a"'
    a.log.redo(WALK)
    assert a.value(STOP, "name") == '"b"'
    a.undo()
    a.undo()
    assert a.value(STOP, "name") == '"Torget"'


def test_whether_an_action_was_undone_is_looked_up_without_reading_the_log(home: Make) -> None:
    a = home("A")
    action = a.new("stop", STOP, name="Torget").action
    with a.log.database.reading() as tables:
        asked: list[str] = []
        tables.set_trace_callback(asked.append)
        was_undone(tables, WALK, a.device, action)
        tables.set_trace_callback(None)
        plan = tables.execute(f"explain query plan {asked[0]}").fetchall()
    assert "COVERING INDEX change_undone" in plan[0][3]


def test_a_log_in_which_an_action_went_on_after_its_undo_can_be_undone(home: Make) -> None:
    a = home("A")
    cells = [("created", '"2026-10-23T16:05:00Z"', 1), ("name", '"ett"', 2), ("name", "null", -2), ("place", '"x"', 2)]
    made = [
        change(a.device, seq, 0, ("stop", STOP, name), value)
        for seq, (name, value, _action) in enumerate(cells, 1)
    ]  # fmt: skip
    named = [type(each)(**{**vars(each), "action": cells[each.seq - 1][2]}) for each in made]
    a.log.append(WALK, *pack(named, None))
    assert list(a.shown(Stop)) == [STOP]
    assert a.undo().action == 2
    assert a.value(STOP, "place") == "null"


@pytest.mark.parametrize("count", [2, 40])
def test_an_undo_reads_the_row_of_changes_as_often_for_many_records_as_for_few(home: Make, count: int) -> None:
    a = home("A")
    a.log.write(WALK, [draft for number in range(count) for draft in drafts("photo", f"{number:032x}", name="IMG")])
    asked = list[str]()
    a.log.database.tables.set_trace_callback(asked.append)
    a.undo()
    a.log.database.tables.set_trace_callback(None)
    assert a.shown(Photo) == {}
    whole_row = [each for each in asked if each.startswith("select device, seq, stamp from change")]
    assert len(whole_row) == 2, "one for the plan, one for what is hidden"
