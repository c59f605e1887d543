"""Danger now, where there is little height and words are large: the number, and under it what is to be said."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from app.commands.records import set_fields
from app.domain.records import SafetyWalk
from app.session import Session
from tests.gui.hands import button, buttons, named, press, type_text, until
from tests.gui.noting import Opens, at_new
from tests.gui.opening import Opener, settle
from tests.gui.room import cut
from ui.shell.window import Window
from ui.widgets.text import Label

SMALL, TALL = (1024, 600), (800, 1280)


def _label(window: Window, *texts: str) -> Label:
    (found,) = (each for each in window.shown.findChildren(Label) if each.isVisible() and each.text() in texts)
    return found


def _seen(part: QWidget) -> float:
    """How much of its height is seen, from 0 to 1."""
    return part.visibleRegion().boundingRect().height() / part.height()


def _down(window: Window, part: QWidget) -> int:
    return part.mapTo(window, QPoint()).y()


@pytest.mark.parametrize("gloves", [False, True], ids=["hands", "gloves"])
@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(("text", "size"), [(150, SMALL), (200, SMALL), (200, (1280, 800))], ids=str)
def test_one_sees_that_it_is_said_below_what_is_to_be_said(
    at: Opener, size: tuple[int, int], text: int, lang: str, gloves: bool
) -> None:
    window = at("acute", size, text=text, gloves=gloves, lang=lang)
    says = _label(window, "Säg så här", "Say this")
    assert _seen(_label(window, "112")) == 1
    # A long word for the on-call service leaves half a line of it.
    longest = (lang, text, size, gloves) == ("en", 200, SMALL, True)
    assert _seen(says) > 0.2 if longest else _seen(says) == 1


def test_what_is_not_called_first_comes_last_there_and_before_it_where_there_is_height(at: Opener) -> None:
    window = at("acute", SMALL, text=200, gloves=True)
    says, mend = _label(window, "Säg så här"), button(window, "Ändra jourens nummer")
    assert _down(window, says) < _down(window, _label(window, "När ni ringer 112"))
    assert _down(window, says) < _down(window, _label(window, "114 14")) < _down(window, mend)
    window.resize(*TALL)
    settle(window)
    order = (button(window, "Vi har ringt 112"), button(window, "Ändra numret"), _label(window, "114 14"))
    places = [_down(window, each) for each in order]
    assert places == sorted(places) and places[-1] < _down(window, _label(window, "Säg så här"))
    later = [each for each in window.shown.findChildren(Label) if each.text() == "När ni ringer 112"]
    assert not any(each.isVisible() for each in later), "it stands with the number"


@pytest.mark.parametrize("gloves", [False, True], ids=["hands", "gloves"])
@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(("text", "size"), [(150, SMALL), (200, SMALL), (200, (1280, 800))], ids=str)
def test_what_is_to_be_said_is_seen_at_once_where_no_on_call_number_is_known(
    at: Opener, size: tuple[int, int], text: int, lang: str, gloves: bool
) -> None:
    window = at("acute.nowhere", size, text=text, gloves=gloves, lang=lang)
    says = _label(window, "Säg så här", "Say this")
    (called,) = (
        each for each in buttons(window) if each.accessibleName() in ("Vi har ringt 112", "We have called 112")
    )
    (sentence,) = (each for each in window.shown.findChildren(Label) if "Berghäll." in each.text())
    assert [_seen(each) for each in (_label(window, "112"), called, says)] == [1, 1, 1]
    assert _seen(sentence) * sentence.height() >= sentence.fontMetrics().height(), "its first line"
    assert cut(called) == "" and called.width() > _label(window, "112").width()


def _without_number(window: Opens, session: Session, walk: str, text: int, size: tuple[int, int]) -> Window:
    (found,) = session.read(SafetyWalk, {"id": walk})
    set_fields(session, found, {"oncall_phone": ""})
    session.settings = replace(session.settings, text=text, gloves=True)
    shown = at_new(window, walk, size=size)
    press(shown, "Fara nu")
    settle(shown)
    return shown


def test_the_number_is_asked_for_last_and_stands_with_the_others_when_it_has_been_written(
    window: Opens, session: Session, walk: str
) -> None:
    shown = _without_number(window, session, walk, 200, SMALL)
    says, field = _label(shown, "Säg så här"), named(shown, "Jourens telefon", QLineEdit)
    assert _down(shown, says) < _down(shown, _label(shown, "114 14")) < _down(shown, field)
    field.setFocus()
    type_text(field, "08-465 004 12")
    until(lambda: bool(_all_of(shown, "08-465 004 12")), "the number", 5000)
    assert _down(shown, says) < _down(shown, field) and field.hasFocus(), "one still writes"
    QTest.keyClick(field, Qt.Key.Key_Tab)
    until(lambda: not field.isVisible(), "that it is written")
    settle(shown)
    done = button(shown, "Vi har ringt jouren")
    assert _down(shown, _label(shown, "08-465 004 12")) < _down(shown, done) < _down(shown, says)
    assert done.hasFocus()
    until(lambda: _seen(done) == 1, "what the keyboard has")
    assert _down(shown, says) < _down(shown, button(shown, "Ändra jourens nummer"))


def test_a_number_that_is_taken_away_is_asked_for_last_when_one_has_left_the_field(
    window: Opens, session: Session, walk: str
) -> None:
    session.settings = replace(session.settings, text=200, gloves=True)
    shown = at_new(window, walk, size=SMALL)
    press(shown, "Fara nu")
    press(shown, "Ändra jourens nummer")
    says, field = _label(shown, "Säg så här"), named(shown, "Jourens telefon", QLineEdit)
    assert isinstance(field, QLineEdit) and field.hasFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    until(lambda: not _all_of(shown, "08-465 004 12"), "that there is none", 5000)
    assert _down(shown, field) < _down(shown, says) and field.hasFocus(), "one still writes"
    button(shown, "Fortsätt vandringen").setFocus()
    until(lambda: _down(shown, says) < _down(shown, field), "that it is asked for last")


def test_the_field_for_a_number_stays_where_it_is_while_somebody_writes_in_it(
    window: Opens, session: Session, walk: str
) -> None:
    shown = _without_number(window, session, walk, 150, (1024, 900))
    says, field = _label(shown, "Säg så här"), named(shown, "Jourens telefon", QLineEdit)
    field.setFocus()
    shown.resize(1024, 960)
    settle(shown)
    assert field.hasFocus() and _down(shown, says) < _down(shown, field)
    button(shown, "Fortsätt vandringen").setFocus()
    until(lambda: _down(shown, field) < _down(shown, says), "that it is asked for with the numbers")


def _all_of(window: Window, text: str) -> list[Label]:
    return [each for each in window.shown.findChildren(Label) if each.isVisible() and each.text() == text]
