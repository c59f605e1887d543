"""What is added to an observation on its page, remarks and photos; and its history, which gives back."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

from app.commands.observations import remark
from app.commands.records import delete, set_fields
from app.domain.records import Photo, Remark, Stop
from app.session import Session
from tests.gui.hands import Answers, choose, named, press, says, type_text, until
from tests.gui.observing import Opens, now, opened, pane
from ui.widgets.desk import Place

PHOTOS = Path(__file__).resolve().parents[1] / "data" / "photos"


@pytest.fixture
def at(window: Opens, walk: str, session: Session) -> Opens:
    """Opens the observation with this item."""
    return partial(opened, window, session, walk)


def test_a_remark_is_kept_while_it_is_typed_and_signed_with_role_and_letter(at: Opens, session: Session) -> None:
    shown = at()
    field = named(shown, "Ny anmärkning", QPlainTextEdit)
    field.setFocus()
    type_text(field, "Anmäld")
    until(lambda: len(session.read(Remark)) == 1, "the first letters in the log", 1000)
    type_text(field, " redan i våras.")
    press(shown, "Lägg till anmärkningen")
    assert [each.text for each in session.read(Remark)] == ["Anmäld redan i våras."]
    until(lambda: says(shown, "Anmäld redan i våras."), "the remark in the list")
    assert says(shown, "A (")
    assert field.toPlainText() == ""  # type: ignore[attr-defined]


def test_a_remark_that_is_emptied_again_is_gone(at: Opens, session: Session, walk: str) -> None:
    shown = at()
    field = named(shown, "Ny anmärkning", QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    field.setFocus()
    type_text(field, "Kalle på fyra")
    until(lambda: len(session.read(Remark)) == 1, "the first letters in the log", 1000)
    type_text(field, " trappor säljer.")
    until(lambda: session.read(Remark)[0].text.endswith("säljer."), "the rest in the log", 1000)
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    until(lambda: not session.read(Remark), "that it is gone", 1000)
    type_text(field, "Mörkt.")
    press(shown, "Lägg till anmärkningen")
    assert [each.text for each in session.read(Remark)] == ["Mörkt."]
    assert not session.conflicts(walk)


def test_a_remark_is_one_step_to_undo(at: Opens, session: Session) -> None:
    shown = at()
    field = named(shown, "Ny anmärkning", QPlainTextEdit)
    field.setFocus()
    type_text(field, "Lampan har")
    until(lambda: len(session.read(Remark)) == 1, "the first letters in the log", 1000)
    type_text(field, " varit sönder länge.")
    press(shown, "Lägg till anmärkningen")
    shown.undo()
    assert not session.read(Remark)


def test_a_remark_can_be_taken_away_and_back(at: Opens, session: Session, walk: str) -> None:
    remark(session, walk, now(session).id, "Syns inte.", "fastighetsvärd")
    shown = at()
    press(shown, "Ta bort anmärkningen: Syns inte.")
    assert not session.read(Remark)
    shown.undo()
    assert len(session.read(Remark)) == 1


def test_photos_are_added_by_files_and_can_be_loosened(at: Opens, session: Session, answers: Answers) -> None:
    shown = at()
    answers.opened.append([PHOTOS / "fold_1.jpg"])
    press(shown, "Lägg till foton")
    until(lambda: bool(session.read(Photo, {"observation": now(session).id})), "the photo")
    until(lambda: bool(pane(shown).strip.thumbs), "its thumbnail")
    press(shown, "Lossa Foto 1.1")
    assert not session.read(Photo, {"observation": now(session).id})
    assert len(session.read(Photo)) == 1


def test_history_gives_a_value_back_also_after_a_restart(at: Opens, window: Opens, session: Session, walk: str) -> None:
    shown = at()
    field = named(shown, "Iakttagelse", QPlainTextEdit)
    field.setFocus()
    assert isinstance(field, QPlainTextEdit)
    field.selectAll()
    type_text(field, "Annat.")
    shown.close()
    assert now(session).text == "Annat."
    again = window()
    again.go(Place("observation", walk, now(session).id))
    press(again, "Historik")
    choose(again, "Visa historiken för", "Iakttagelse")
    until(lambda: says(again, "Iakttagelse: Annat."), "the line")
    assert says(again, "Tidigare: Två lampor är släckta vid grinden.")
    press(again, "Ta tillbaka det här värdet: Iakttagelse Två lampor är släckta vid grinden.")
    assert now(session).text == "Två lampor är släckta vid grinden."
    until(lambda: says(again, "Tidigare: Annat."), "the new line")


def test_a_value_that_cannot_come_back_is_said_so_in_words_for_a_window(at: Opens, session: Session, walk: str) -> None:
    before = now(session)
    (gone,) = session.read(Stop, {"id": before.stop})
    other = next(each for each in session.read(Stop, {"scope": walk}) if each.id != gone.id)
    set_fields(session, before, {"stop": other.id})
    delete(session, gone)
    shown = at()
    pane(shown)._restore("stop", gone.id)
    assert now(session).stop == other.id
    notice = shown.tray.notice
    assert notice is not None
    assert notice.problem
    assert not notice.undo
    assert "Plats" in notice.text
    assert "borttaget" in notice.text
    assert "kommando" not in notice.text
