"""Fields in which half of a text means something else: written when the hand rests on the whole of it."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLineEdit

from app.commands.records import add
from app.domain.entry import is_whole_position
from app.domain.records import Observation, Participant
from app.domain.values import Position, PositionSource
from app.queries.people import names_of
from app.session import Session
from tests.gui.hands import named, press, type_text, until, wait
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.typed import REST_MS

Open = Callable[..., Window]


def _field(shown: Window, name: str) -> QLineEdit:
    field = named(shown, name, QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.selectAll()
    return field


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("60.1712, 24.9443", True),
        ("60.171, 24.944", True),
        ("60,1712 24,9443", True),
        ("60,1712, 24,9443", True),
        ("60,1712; 24,9443", True),
        ("60.17,24.94", False),
        ("59,18", False),
        ("60,17", False),
        ("60,171", False),
        ("60,17 24,94", False),
        ("60,1712 24,944", False),
        ("60.17, 2", False),
        ("60.1712, 24.944", False),
        ("60.1, 24.944321", False),
        ("60.1712", False),
        ("", False),
    ],
)
def test_a_position_is_whole_when_both_its_numbers_are_equally_exact_and_exact_enough(text: str, whole: bool) -> None:
    assert is_whole_position(text) == whole


def test_a_position_that_is_mended_after_a_rest_is_one_step_to_undo(window: Open, session: Session, walk: str) -> None:
    (before,) = session.read(Observation, {"scope": walk, "item": "A1"})

    def now() -> Observation:
        (found,) = session.read(Observation, {"id": before.id})
        return found

    shown = window()
    shown.go(Place("observation", walk, before.id))
    field = _field(shown, "Läge")
    for text in ("60.1712, 24.9443", "21"):
        type_text(field, text)
        wait(30)
    assert now().position == before.position
    field.selectAll()
    type_text(field, "60.1712, 24.9443")
    until(lambda: now().position == Position(60.1712, 24.9443), "the position")
    field.selectAll()
    type_text(field, "60.1715, 24.9440")
    until(lambda: now().position == Position(60.1715, 24.9440), "the other position")
    shown.undo()
    assert (now().position, now().position_source) == (before.position, PositionSource.STOP)


def test_a_position_with_decimal_commas_is_not_taken_for_another_one_while_it_is_typed(
    window: Open, session: Session, walk: str
) -> None:
    (before,) = session.read(Observation, {"scope": walk, "item": "A1"})

    def now() -> object:
        (found,) = session.read(Observation, {"id": before.id})
        return found.position

    shown = window()
    shown.go(Place("observation", walk, before.id))
    field = _field(shown, "Läge")
    for text in ("60,17", "1", " 24,94"):
        type_text(field, text)
        wait(REST_MS + 250)
        assert now() == before.position
    type_text(field, "4")
    until(lambda: now() == Position(60.171, 24.944), "the position")


def test_every_piece_of_a_name_that_was_written_while_the_hand_rested_is_erased(
    window: Open, session: Session, walk: str
) -> None:
    record = add(session, Participant.KIND, walk, {"role": "Ledare"})

    def name() -> str:
        return names_of(session, walk, session.read(Participant, {"scope": walk})).get(record, "")

    shown = window()
    shown.go(Place("plan", walk, item=record, part="deltagare"))
    press(shown, "Lägg till namn (valfritt)")
    field = _field(shown, "Namn")
    type_text(field, "Åsa")
    until(lambda: name() == "Åsa", "the first piece")
    type_text(field, " Öberg")
    until(lambda: name() == "Åsa Öberg", "the name")
    assert field.text() == "Åsa Öberg" and field.hasFocus()
    files = [each for each in (session.home / "blobs").rglob("*") if each.is_file()]
    pieces = [each for each in files if '"name": "Åsa'.encode() in each.read_bytes()]
    assert len(pieces) == 2
    press(shown, "Radera namnet för alltid")
    press(shown, "Ja, radera för alltid")
    assert name() == ""
    assert not any(each.exists() for each in pieces)
