"""What another hand writes of an observation while it is being noted."""

from time import monotonic

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.commands.noting import rate
from app.commands.records import set_fields
from app.domain.records import Observation
from app.domain.values import Severity
from app.session import Session
from tests.gui.hands import button, named, press, type_text, until
from tests.gui.noting import LAMP, Kept, Opens, at_new
from ui.shell.window import Window


def test_taps_faster_than_the_bell_are_no_conflict(window: Opens, walk: str, session: Session) -> None:
    before = Kept(session.home, walk)
    shown = at_new(window, walk)
    press(shown, "Belysning")
    press(shown, LAMP)
    for name in ("Allvar 1, Liten", "Allvar 3, Stor", "Allvar 0, Bra", "Allvar 2, Märkbar"):
        # On a slow tablet the window rests for long after it has shown what is so.
        shown._hearing._rests_until = monotonic() + 60
        press(shown, name)
    assert Kept(session.home, walk).new(before).severity == Severity.NOTICEABLE
    assert session.conflicts(walk) == []


def _at_a_lamp_that_another_rates(opens: Opens, session: Session, walk: str) -> Window:
    """The window where it asks how serious a lamp is, just when another hand has said that it is large."""
    before = Kept(session.home, walk)
    shown = at_new(opens, walk)
    press(shown, "Belysning")
    press(shown, LAMP)
    other = Session(session.home)
    (theirs,) = other.read(Observation, {"id": Kept(session.home, walk).new(before).id})
    rate(other, theirs, Severity.LARGE)
    other.close()
    return shown


def test_severity_against_one_from_another_hand_that_was_not_seen_is_a_conflict(
    window: Opens, walk: str, session: Session
) -> None:
    shown = _at_a_lamp_that_another_rates(window, session, walk)
    press(shown, "Allvar 1, Liten")
    (conflict,) = session.conflicts(walk)
    assert (conflict.field, {each.value for each in conflict.choices}) == ("severity", {1, 3})
    until(lambda: any(getattr(each, "text", "") == "Olika versioner" for each in shown.findChildren(QWidget)), "sign")


def test_severity_after_one_from_another_hand_that_was_seen_replaces_it(
    window: Opens, walk: str, session: Session
) -> None:
    shown = _at_a_lamp_that_another_rates(window, session, walk)
    until(lambda: button(shown, "Allvar 3, Stor").isChecked(), "their severity")
    press(shown, "Allvar 1, Liten")
    assert session.conflicts(walk) == []


def test_text_from_another_hand_while_one_types_is_a_conflict(window: Opens, walk: str, session: Session) -> None:
    before = Kept(session.home, walk)
    shown = at_new(window, walk)
    press(shown, "Belysning")
    press(shown, "Egna ord")
    field = named(shown, "Egna ord", QPlainTextEdit)
    other = Session(session.home)
    (theirs,) = other.read(Observation, {"id": Kept(session.home, walk).new(before).id})
    type_text(field, "Två är")
    set_fields(other, theirs, {"text": "Alla är släckta"})
    other.close()
    type_text(field, " släckta")
    press(shown, "Klar utan foto")
    (conflict,) = session.conflicts(walk)
    assert {each.value for each in conflict.choices} == {"Alla är släckta", "Två är släckta"}
