"""The window itself: where one is, looks, undo, work on its way, what failed."""

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from app.base.errors import GatljusError
from app.base.job import Job, Step
from app.commands.records import set_fields
from app.domain.change import News
from app.domain.records import ChecklistPack, Device, Observation, Organisation, Stop
from app.session import Session
from tests.gui.hands import button, named, press, says, type_text, until, wait
from ui.bridge.runner import Failure
from ui.shell.pages import PAGES
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.focus import FocusRing
from ui.widgets.notice import Notice, Snackbar
from ui.widgets.progress import Progress

ROOT = Path(__file__).resolve().parents[2]
Open = Callable[..., Window]


def _says(window: Window) -> str:
    """The notice that is shown."""
    (shown,) = (each for each in window.findChildren(Snackbar) if each.isVisible())
    return shown.notice.text


def test_the_first_page_shows_the_walk_and_its_next_step(window: Open, walk: str) -> None:
    shown = window()
    assert button(shown, "Fortsätt vandringen: Kajsaniemi i mörker").isEnabled()
    assert shown.place == Place()
    assert walk


def test_the_first_start_says_what_this_is_and_offers_the_sample(window: Open) -> None:
    shown = window()
    assert says(
        shown,
        "Gå en runda, skriv och fotografera det ni ser. Allt sparas på den här enheten direkt. "
        "Efteråt blir det ett protokoll med åtgärder som någon ansvarar för.",
    )
    assert {"Prova exemplet", "Ny vandring"} <= {
        each.text() for each in shown.findChildren(QAbstractButton) if each.isVisible()
    }


@pytest.mark.parametrize("theme", ["light", "dark", "red", "contrast"])
def test_a_theme_is_shown_at_once_and_kept(window: Open, theme: str) -> None:
    shown = window()
    shown.go(Place("settings"))
    words = {"light": "Ljust", "dark": "Mörkt", "red": "Nattrött", "contrast": "Hög kontrast"}
    press(shown, f"Tema: {words[theme]}")
    until(lambda: shown.look.theme == theme, "the theme")
    assert shown.session.settings.theme == theme
    assert shown.place == Place("settings")
    assert Session(shown.session.home).settings.theme == theme


def test_keys_make_text_larger_and_smaller_and_change_the_theme(window: Open) -> None:
    shown = window()
    for key, what in ((Qt.Key.Key_Plus, 1.25), (Qt.Key.Key_Plus, 1.5), (Qt.Key.Key_Minus, 1.25)):
        QTest.keyClick(shown, key, Qt.KeyboardModifier.ControlModifier)
        until(partial(_has_scale, shown, what), f"text of {what}")
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    QTest.keyClick(shown, Qt.Key.Key_T, both)
    until(lambda: shown.look.theme == "dark", "the next theme")


def _has_scale(shown: Window, scale: float) -> bool:
    return shown.look.scale == scale


def test_the_language_changes_while_the_window_is_open(window: Open) -> None:
    shown = window()
    shown.go(Place("settings"))
    press(shown, "Språk: English")
    until(lambda: shown.session.settings.language == "en", "English")
    until(lambda: any(each.text() == "Home" for each in shown.findChildren(QAbstractButton)), "an English word")


def test_what_another_process_writes_is_seen_within_seconds(window: Open, session: Session, walk: str) -> None:
    shown = window()
    command = [sys.executable, "-m", "app.cli", "--home", str(session.home), "set", "walk", walk, "title", "Ny rubrik"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    until(lambda: any(each.text() == "Ny rubrik" for each in shown.findChildren(QLabel)), "the new title")


def test_undo_says_what_it_takes_back_and_can_be_done_again(window: Open, session: Session, walk: str) -> None:
    shown = window()
    shown.go(Place("information", walk))
    (last,) = session.read(Observation, {"scope": walk, "text": "Lösa plattor."})
    set_fields(session, last, {"text": "Lösa plattor vid bänken."})
    QTest.keyClick(shown, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert _says(shown) == f"Ångrat: Iakttagelse i {last.tag}."
    assert session.read(Observation, {"id": last.id})[0].text == "Lösa plattor."
    press(shown, "Gör om")
    assert session.read(Observation, {"id": last.id})[0].text == "Lösa plattor vid bänken."


def test_work_shows_how_far_it_is_and_can_be_stopped(window: Open) -> None:
    shown = window()
    closed: list[bool] = []

    def job() -> Job[None]:
        try:
            for number in range(1_000_000):
                yield Step("sak", number, 1_000_000)
        finally:
            closed.append(True)

    run = shown.work("Räknar", job)
    until(lambda: any("Räknar: sak" in each.text() for each in shown.findChildren(QLabel)), "the progress")
    press(shown, "Avbryt: Räknar")
    until(lambda: run.isFinished() and not shown.findChildren(Progress), "the end of the work")
    assert closed == [True]


def test_work_that_fails_says_what_to_do(window: Open) -> None:
    shown = window()

    def job() -> Job[None]:
        yield Step("börjar")
        raise GatljusError("full", "Minnet är fullt.", "Sätt i ett annat minne.")

    shown.work("Kopierar", job)
    until(lambda: any(each.isVisible() for each in shown.findChildren(Snackbar)), "the failure")
    assert _says(shown) == "Minnet är fullt. Sätt i ett annat minne."


def test_a_fault_of_ours_becomes_a_report_that_can_be_copied(window: Open, capsys: pytest.CaptureFixture[str]) -> None:
    shown = window()
    try:
        raise KeyError("oväntat")
    except KeyError as error:
        sys.excepthook(KeyError, error, error.__traceback__)
    until(lambda: any(each.text() == "Kopiera felrapport" for each in shown.findChildren(QAbstractButton)), "the page")
    press(shown, "Kopiera felrapport")
    assert "KeyError: 'oväntat'" in QGuiApplication.clipboard().text()
    press(shown, "Fortsätt")
    until(lambda: button(shown, "Hämta en vandring").isVisible(), "the page before")
    assert "KeyError" in capsys.readouterr().err


def test_a_notice_stays_until_its_time_is_up_and_the_next_takes_its_place(window: Open) -> None:
    shown = window()
    shown.say(Notice("Det första"))
    shown.say(Notice("Det andra"))
    assert _says(shown) == "Det andra"
    shown.fail(Failure("Det gick inte.", "Gör så här."))
    assert _says(shown) == "Det gick inte. Gör så här."
    press(shown, "Stäng meddelandet")
    until(lambda: not any(each.isVisible() for each in shown.findChildren(Snackbar)), "no notice")


def test_the_window_arranges_itself_by_its_width(window: Open, walk: str) -> None:
    shown = window()
    shown.go(Place("plan", walk))
    words = {each.text() for each in shown.findChildren(QAbstractButton) if each.isVisible()}
    assert {"Planera", "Vandra", "Iakttagelser", "Åtgärder", "Protokoll", "Enheter"} <= words
    shown.resize(600, 900)
    until(lambda: shown.width_class() == "narrow" and button(shown, "Mer").isVisible(), "tabs")


class Heights(QObject):
    """Which heights a page of a class is given, in their order."""

    def __init__(self, page: type[QWidget]) -> None:
        super().__init__()
        self._page, self.found = page, list[int]()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, self._page) and isinstance(event, QResizeEvent):
            self.found.append(event.size().height())
        return False


@pytest.mark.parametrize("page", ["walk", "rating"])
def test_a_page_that_comes_is_given_no_height_but_its_own(
    window: Open, walk: str, page: str, qapp: QApplication
) -> None:
    shown = window(800, 1280)
    seen = Heights(PAGES[page])
    qapp.installEventFilter(seen)
    try:
        shown.go(Place(page, walk))
        wait(50)
    finally:
        qapp.removeEventFilter(seen)
    assert set(seen.found) == {shown.shown.height()}, seen.found


def test_a_name_typed_in_the_settings_stays_as_it_is_typed(window: Open) -> None:
    shown = window()
    shown.go(Place("settings"))
    field = named(shown, "Enhetens namn", QLineEdit)
    field.setFocus()
    for part in ("Platta Norr", " vid bron"):
        type_text(field, part)
        wait(700)
    assert shown.session.settings.label == "Platta Norr vid bron"
    assert named(shown, "Enhetens namn", QLineEdit) is field


def test_there_is_one_ring_round_the_focus_after_every_change_of_looks(window: Open) -> None:
    shown = window()
    for _turn in range(4):
        shown.next_theme()
        wait(50)
    rings = [each for each in shown.findChildren(FocusRing) if each.isVisible()]
    assert len(rings) <= 1
    assert shown.ring is not None and shown.ring.look.theme == shown.look.theme


def test_the_undo_of_a_notice_is_gone_once_something_newer_was_written(
    window: Open, session: Session, walk: str
) -> None:
    shown = window()
    shown.go(Place("plan", walk))
    shown.say(Notice("Iakttagelsen noterad", undo=True))
    (last,) = session.read(Observation, {"scope": walk, "text": "Lösa plattor."})
    set_fields(session, last, {"text": "Lösa plattor vid bänken."})
    until(lambda: shown.tray.notice is None, "the end of the notice")


def test_the_settings_are_opened_from_within_the_walk_and_lead_back_to_it(window: Open, walk: str) -> None:
    shown = window()
    shown.go(Place("plan", walk))
    press(shown, "Inställningar")
    assert shown.place == Place("settings", walk)
    press(shown, "Planera")
    assert shown.place == Place("plan", walk)


def test_what_a_check_finds_is_told_when_the_settings_were_left(window: Open) -> None:
    shown = window()
    shown.go(Place("settings"))
    press(shown, "Kontrollera att allt är helt")
    shown.go(Place())
    until(lambda: bool(shown.tray.notice and shown.tray.notice.text == "Allt är helt."), "what was found")


@pytest.mark.parametrize("page", ["walk", "observations", "photos", "measures", "plan"])
def test_a_page_is_shown_anew_only_for_the_kinds_of_records_it_is_made_of(
    window: Open, walk: str, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = window()
    shown.go(Place(page, walk))
    wait(50)
    refreshed = list[int]()
    monkeypatch.setattr(getattr(shown.shown, "body", shown.shown), "refresh", lambda *_news: refreshed.append(1))
    shown.bell.rang.emit({walk: News(walk, frozenset({Organisation.KIND, ChecklistPack.KIND}))})
    wait(50)
    assert not refreshed
    for news in (News(walk, frozenset({Stop.KIND})), News(walk, frozenset({Device.KIND}), hides=True)):
        refreshed.clear()
        shown.bell.rang.emit({walk: news})
        until(lambda: bool(refreshed), "shown anew")
