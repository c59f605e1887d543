"""What happened to a record and what stands against each other, in words, of two homes that meet in a folder."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.base.clock import utc_now
from app.base.job import finish
from app.commands.observations import observe, remark
from app.commands.records import add, delete, redo, resolve_with, set_fields, undo
from app.commands.stops import add_stop
from app.commands.walks import new_walk
from app.domain.records import Observation, Participant, Remark, Stop
from app.domain.values import Severity
from app.jobs.sync import sync
from app.queries.history import clash_of, history_of, signature
from app.queries.telling import Teller
from app.queries.undoable import undoable
from app.session import Session


@pytest.fixture
def homes(tmp_path: Path) -> Iterator[tuple[Session, Session, str]]:
    """Two homes that have one walk with one observation."""
    first, second = Session(tmp_path / "a"), Session(tmp_path / "b")
    walk = new_walk(first, {"title": "Kväll", "zone": "Europe/Helsinki"})
    observe(first, walk, {"item": "A1", "text": "En lampa är släckt."})
    (tmp_path / "meet").mkdir()
    _meet(tmp_path, first, second, walk)
    yield first, second, walk
    first.close()
    second.close()


def _meet(folder: Path, first: Session, second: Session, walk: str) -> None:
    for each in (first, second, first):
        finish(sync(each, str(folder / "meet"), walk=walk))


def _seen(session: Session) -> Observation:
    (found,) = session.read(Observation)
    return found


def test_a_record_is_called_by_what_is_shown_of_it_whatever_a_fast_clock_wrote(
    homes: tuple[Session, Session, str], tmp_path: Path
) -> None:
    session, _other, walk = homes
    fast = Session(tmp_path / "fast", clock=lambda: utc_now() + timedelta(days=3650))
    finish(sync(fast, str(tmp_path / "meet"), walk=walk))
    set_fields(fast, _seen(fast), {"text": "Fel från en klocka som går före."})
    _meet(tmp_path, session, fast, walk)
    set_fields(session, _seen(session), {"text": "Rättat."})
    fast.close()
    assert "”Rättat.”" in Teller(session, walk).record(Observation.KIND, _seen(session).id)


def test_a_record_is_called_the_same_where_it_is_told_of_and_where_it_can_be_undone(
    homes: tuple[Session, Session, str],
) -> None:
    session, _other, walk = homes
    stop = add_stop(session, walk, {"name": "Torget"})
    assert undoable(session, walk) == "stopp tillagt"
    (seen,) = session.read(Stop)
    set_fields(session, seen, {"name": "Växthusgrinden"})
    assert undoable(session, walk) == "Namn i stoppet"
    assert Teller(session, walk).record(Stop.KIND, stop) == "stoppet ”Växthusgrinden”"
    set_fields(session, _seen(session), {"text": "Två lampor är släckta."})
    assert undoable(session, walk) == f"Iakttagelse i {_seen(session).tag}"
    add(session, "participant", walk, {"role": "boende", "count": 3})
    (there,) = session.read(Participant)
    set_fields(session, there, {"count": 4})
    assert undoable(session, walk) == "Antal i deltagaren"


def test_history_says_old_and_new_in_words(homes: tuple[Session, Session, str]) -> None:
    session, _other, walk = homes
    set_fields(session, _seen(session), {"severity": Severity.LARGE, "lamp_faults": ("flickering",)})
    set_fields(session, _seen(session), {"text": "Två lampor är släckta."})
    found = history_of(session, walk, Observation.KIND, _seen(session).id)
    assert found[0].label == "Iakttagelse"
    assert (found[0].old, found[0].new) == ("En lampa är släckt.", "Två lampor är släckta.")
    assert found[0].shown
    assert not found[0].restorable
    by_field = {each.field: each for each in found}
    assert by_field["severity"].new == "Stor (3)"
    assert by_field["lamp_faults"].new == "Blinkar"
    assert by_field["item"].new == "A1 Lampa släckt eller trasig"
    assert {"tag", "severity_suggested"}.isdisjoint(by_field)
    (first,) = [each for each in found if each.field == "text" and each.restorable]
    assert first.value == "En lampa är släckt."


def test_equal_values_of_two_devices_are_no_conflict_and_different_ones_have_a_side_each(
    homes: tuple[Session, Session, str], tmp_path: Path
) -> None:
    first, second, walk = homes
    set_fields(first, _seen(first), {"text": "Ett.", "asset_tag": "4417"})
    set_fields(second, _seen(second), {"text": "Två.", "asset_tag": "4417"})
    _meet(tmp_path, first, second, walk)
    (conflict,) = first.conflicts(walk)
    clash = clash_of(first, walk, conflict)
    assert clash.is_text
    assert not clash.at_delete
    assert {each.words for each in clash.sides} == {"Ett.", "Två."}
    assert {each.who[0] for each in clash.sides} == {"A", "B"}


def test_a_delete_against_a_change_has_one_side_that_is_gone(
    homes: tuple[Session, Session, str], tmp_path: Path
) -> None:
    first, second, walk = homes
    delete(first, _seen(first))
    set_fields(second, _seen(second), {"text": "Den finns."})
    _meet(tmp_path, first, second, walk)
    (conflict,) = first.conflicts(walk)
    clash = clash_of(first, walk, conflict)
    assert clash.at_delete
    assert sorted(each.gone for each in clash.sides) == [False, True]


def test_a_remark_is_signed_with_role_and_device_never_a_name(homes: tuple[Session, Session, str]) -> None:
    session, _other, walk = homes
    remark(session, walk, _seen(session).id, "Anmäld.", "boende")
    (made,) = session.read(Remark)
    assert signature(session, made).startswith("boende, A (")


def test_an_undo_that_opens_a_conflict_again_leaves_every_value_to_its_first_writer(
    homes: tuple[Session, Session, str], tmp_path: Path
) -> None:
    session, other, walk = homes
    set_fields(session, _seen(session), {"text": "Två är släckta."})
    set_fields(other, _seen(other), {"text": "Tre är släckta."})
    _meet(tmp_path, session, other, walk)
    (conflict,) = session.conflicts(walk)
    before = {(each.value, each.device, each.at) for each in conflict.choices}
    assert {device for _value, device, _at in before} == {session.identity.device, other.identity.device}
    # Undone, done again and undone once more, so that the writer is found through an undo of an undo.
    resolve_with(session, conflict, _seen(session), "Fyra är släckta.")
    for deed in (undo, redo, undo):
        deed(session, walk)
    _meet(tmp_path, session, other, walk)
    for each in (session, other):
        (again,) = each.conflicts(walk)
        assert {(one.value, one.device, one.at) for one in again.choices} == before
    past = history_of(session, walk, Observation.KIND, _seen(session).id)
    assert past[0].who.startswith("Ångrat av ") and not past[-1].who.startswith("Ångrat av ")
