"""The smallest cases in which a simpler undo lost, hid or toggled something. One test each."""

from app.domain.records import Stop
from tests.homes import STOP, WALK, Make
from tests.storage.meeting import assert_alike, exchange_all, texts_of


def test_9_undo_twice_takes_back_two_actions_and_does_not_toggle(home: Make) -> None:
    a = home("A")
    a.new("stop", STOP, name="ett")
    a.set("stop", STOP, name="två")
    a.set("stop", STOP, name="tre")
    a.undo()
    assert a.shown(Stop)[STOP].name == "två"
    a.undo()
    assert a.shown(Stop)[STOP].name == "ett"
    a.log.redo(WALK)
    a.log.redo(WALK)
    assert a.shown(Stop)[STOP].name == "tre"
    assert_alike(a)


def test_9_an_action_whose_values_have_all_been_replaced_does_not_block_undo(home: Make) -> None:
    a, b = home("A"), home("B")
    a.new("stop", STOP, name="ett")
    a.set("stop", STOP, description="mitt")
    a.set("stop", STOP, name="två")
    a.send(b)
    b.set("stop", STOP, name="tre")
    b.send(a)
    undone = a.undo()
    assert [(each.field, each.why) for each in undone.left] == [("name", "changed")]
    assert a.shown(Stop)[STOP].name == "tre"
    assert a.shown(Stop)[STOP].description == ""


def test_9_a_field_written_in_many_pauses_goes_back_to_what_it_was_before(home: Make) -> None:
    a = home("A")
    a.new("stop", STOP, name="Torget")
    seen = a.shown(Stop)[STOP].seen
    action = None
    for text in ("Tor", "Torn", "Tornet"):
        written = a.set("stop", STOP, seen, action=action, name=text)
        action = written.action
        seen = seen.after("name", written.stamps[(STOP, "name")])
    assert a.shown(Stop)[STOP].name == "Tornet"
    a.undo()
    assert a.shown(Stop)[STOP].name == "Torget"
    a.log.redo(WALK)
    assert a.shown(Stop)[STOP].name == "Tornet"


def test_9_undoing_the_choice_in_a_conflict_brings_the_conflict_back(home: Make) -> None:
    a, b = home("A"), home("B")
    a.new("stop", STOP, name="?")
    a.send(b)
    a.set("stop", STOP, name="ett")
    b.set("stop", STOP, name="två")
    exchange_all(a, b)
    (conflict,) = a.conflicts()
    a.choose(conflict, "två")
    assert a.conflicts() == []
    a.undo()
    assert texts_of(a, STOP, "name") == {"ett", "två"}
    exchange_all(a, b)
    assert_alike(a, b)


def test_9_undoing_a_creation_leaves_what_another_device_wrote_in_it(home: Make) -> None:
    a, b = home("A"), home("B")
    a.new("stop", STOP, name="Torget")
    a.send(b)
    b.set("stop", STOP, description="Mörkt")
    b.send(a)
    undone = a.undo()
    assert [each.why for each in undone.left] == ["shared"]
    assert a.shown(Stop)[STOP].description == "Mörkt"


def test_9_undoing_a_creation_unaware_of_anothers_edit_does_not_hide_it(home: Make) -> None:
    a, b = home("A"), home("B")
    a.new("stop", STOP, name="Torget")
    a.send(b)
    b.set("stop", STOP, description="Mörkt")
    a.undo()
    assert a.shown(Stop) == {}
    exchange_all(a, b)
    assert_alike(a, b)
    assert a.shown(Stop)[STOP].description == "Mörkt"
    assert a.shown(Stop)[STOP].name == "Torget"
