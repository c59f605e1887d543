"""The settings: each acts at once, and is so after a new start."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from app.domain.records import Observation, Remark
from app.session import Session
from tests.gui.hands import Answers, button, buttons, named, press, says, type_text, until, wait
from tests.gui.opening import settle
from ui.shell.window import Window
from ui.widgets.button import Button
from ui.widgets.desk import Place
from ui.widgets.map_view import MapView

Open = Callable[..., Window]


class Again:
    """The program closed and started once more over the same home."""

    def __init__(self, home: Path, app: QApplication) -> None:
        self._home, self._app = home, app
        self._opened: list[tuple[Session, Window]] = []

    def __call__(self, before: Window) -> Window:
        before.close()
        session = Session(self._home)
        window = Window(session, self._app, Answers())
        window.resize(1280, 800)
        window.show()
        QTest.qWaitForWindowExposed(window)
        self._opened.append((session, window))
        return window

    def end(self) -> None:
        """Close all that was started."""
        for session, window in self._opened:
            window.close()
            window.deleteLater()
            wait(0)
            session.close()


@pytest.fixture
def again(session: Session, qapp: QApplication) -> Iterator[Again]:
    """Starts the program anew."""
    made = Again(session.home, qapp)
    yield made
    made.end()


@pytest.fixture
def settings(window: Open) -> Window:
    """The window at its settings."""
    shown = window()
    shown.go(Place("settings"))
    return shown


CHOICES = (
    ("Tema: Mörkt", "theme", "dark"),
    ("Tema: Nattrött", "theme", "red"),
    ("Tema: Hög kontrast", "theme", "contrast"),
    ("Tema: Följ solen", "theme", "sun"),
    ("Textstorlek: 125\N{NO-BREAK SPACE}%", "text", 125),
    ("Textstorlek: 150\N{NO-BREAK SPACE}%", "text", 150),
    ("Textstorlek: 200\N{NO-BREAK SPACE}%", "text", 200),
    *((f"Dämpa skärmen: {step}\N{NO-BREAK SPACE}%", "dim", step) for step in (25, 50, 70)),
    ("Mindre rörelse", "calm", True),
    ("Handskar", "gloves", True),
    ("Hand som trycker: Vänster", "left_handed", True),
    ("Enkla tangenter", "letters", False),
    ("Fråga hur platsen känns vid varje stopp", "ask_rating", False),
    ("Språk: Svenska", "language", "sv"),
    ("Språk: English", "language", "en"),
)
"""Every press on the page that sets something, with what it sets to what."""


@pytest.mark.parametrize(("name", "setting", "value"), CHOICES)
def test_a_choice_is_kept_at_once_and_shown_as_chosen_after_a_new_start(
    settings: Window, again: Again, name: str, setting: str, value: Any
) -> None:
    assert getattr(settings.session.settings, setting) != value
    press(settings, name)
    assert getattr(settings.session.settings, setting) == value
    anew = again(settings)
    assert getattr(anew.session.settings, setting) == value
    assert anew.place == Place("settings")
    for each in buttons(anew.shown):
        if each.accessibleName() == name:
            assert each.isChecked() == (value is not False)


def test_every_choice_on_the_page_is_tried_here(settings: Window) -> None:
    checkable = {each.accessibleName() for each in buttons(settings.shown) if each.isCheckable()}
    chosen_from_the_start = {
        "Tema: Ljust", "Textstorlek: 100\N{NO-BREAK SPACE}%", "Hand som trycker: Höger", "Språk: Som systemet",
        "Dämpa skärmen: Inte alls",
    }  # fmt: skip
    assert checkable == {name for name, _setting, _value in CHOICES} | chosen_from_the_start


def test_the_theme_and_the_size_are_seen_after_a_new_start(settings: Window, again: Again) -> None:
    press(settings, "Tema: Nattrött")
    until(lambda: settings.look.theme == "red", "the theme")
    press(settings, "Textstorlek: 150\N{NO-BREAK SPACE}%")
    until(lambda: settings.look.scale == 1.5, "the size")
    anew = again(settings)
    assert (anew.look.theme, anew.look.scale) == ("red", 1.5)
    assert button(anew, "Tema: Nattrött").font().pixelSize() == round(16 * 1.5)


def test_the_language_speaks_on_every_page_after_a_new_start_and_goes_back(settings: Window, again: Again) -> None:
    press(settings, "Språk: English")
    until(lambda: says(settings, "Settings"), "English")
    anew = again(settings)
    assert says(anew, "Settings") and not says(anew, "Inställningar")
    press(anew, "Language: Svenska")
    until(lambda: says(anew, "Inställningar"), "Swedish")


def test_with_gloves_everything_that_is_pressed_is_larger(settings: Window) -> None:
    assert min(each.height() for each in settings.shown.findChildren(Button) if each.isVisible()) < 64
    press(settings, "Handskar")
    until(lambda: settings.look.gloves, "gloves")
    wait(50)
    assert all(each.height() >= 64 for each in settings.shown.findChildren(Button) if each.isVisible())


def _middle(shown: Window, widget: QWidget) -> int:
    return widget.mapTo(shown, QPoint(widget.width() // 2, 0)).x()


def test_the_left_hand_gets_the_walk_mirrored_and_the_right_one_gets_it_back(
    settings: Window, again: Again, walk: str
) -> None:
    def sides(shown: Window) -> tuple[bool, bool]:
        """Whether the button of the thumb, and the map's own buttons, are to the left of the middle of what they are
        beside."""
        shown.go(Place("walk", walk))
        wait(50)
        (view,) = (each for each in shown.findChildren(MapView) if each.isVisible())
        closer = button(shown, "Närmare")
        thumb = button(shown, "Ny iakttagelse")
        return _middle(shown, thumb) < _middle(shown, view), _middle(shown, closer) < _middle(shown, view)

    assert sides(settings) == (False, False)
    settings.go(Place("settings"))
    press(settings, "Hand som trycker: Vänster")
    until(lambda: settings.look.left_handed, "the left hand")
    assert sides(settings) == (True, True)
    anew = again(settings)
    assert sides(anew) == (True, True)
    anew.go(Place("settings"))
    press(anew, "Hand som trycker: Höger")
    until(lambda: not anew.look.left_handed, "the right hand")
    assert sides(anew) == (False, False)


def test_single_letters_press_nothing_once_they_are_switched_off(settings: Window, again: Again, walk: str) -> None:
    settings.go(Place("walk", walk))
    QTest.keyClick(settings, Qt.Key.Key_N)
    assert settings.place.page == "observe"
    settings.go(Place("settings"))
    press(settings, "Enkla tangenter")
    anew = again(settings)
    anew.go(Place("walk", walk))
    QTest.keyClick(anew, Qt.Key.Key_N)
    assert anew.place.page == "walk"


def _type_into(shown: Window, name: str, text: str, kind: type[QWidget] = QLineEdit) -> None:
    field = named(shown, name, kind)
    field.setFocus()
    type_text(field, text)


def test_the_organisation_is_proposed_for_the_next_walk(settings: Window, again: Again) -> None:
    _type_into(settings, "Organisation", "Hagnäs byalag")
    anew = again(settings)
    assert named(anew, "Organisation", QLineEdit).text() == "Hagnäs byalag"  # type: ignore[attr-defined]
    anew.go(Place("new_walk"))
    assert named(anew, "Vem ordnar", QLineEdit).text() == "Hagnäs byalag"  # type: ignore[attr-defined]


def test_the_role_and_the_name_of_the_device_are_what_a_remark_and_others_see(
    settings: Window, again: Again, walk: str
) -> None:
    _type_into(settings, "Roll", "samordnare")
    _type_into(settings, "Enhetens namn", "Platta Norr")
    anew = again(settings)
    assert anew.session.label == "Platta Norr"
    (seen,) = anew.session.read(Observation, {"scope": walk, "item": "A1"})
    anew.go(Place("observation", walk, seen.id))
    _type_into(anew, "Ny anmärkning", "Anmäld.", QPlainTextEdit)
    anew.shown.flush()
    assert [each.role for each in anew.session.read(Remark)] == ["samordnare"]


def test_the_folder_that_everything_lies_in_is_named_and_can_be_seen(
    settings: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def opens_nothing(path: Path) -> bool:
        opened.append(path)
        return False

    monkeypatch.setattr("ui.widgets.outside.open_outside", opens_nothing)
    assert says(settings, f"Allt ligger i mappen {settings.session.home}.")
    press(settings, "Visa mappen")
    assert opened == [settings.session.home]
    assert settings.tray.notice is not None and str(settings.session.home) in settings.tray.notice.text


def test_a_backup_is_a_whole_database_and_its_name_is_said(settings: Window, walk: str) -> None:
    folder = settings.session.home / "backups"
    assert not list(folder.glob("*.db"))
    assert says(settings, "men inga foton") and says(settings, str(settings.session.home / "blobs"))
    assert says(settings, "Kopiera till mapp eller minne")
    press(settings, "Säkerhetskopiera nu")
    until(lambda: settings.tray.notice is not None, "what came of it")
    (made,) = folder.glob("*.db")
    assert settings.tray.notice is not None
    assert settings.tray.notice.text == f"Säkerhetskopierat till {made.name}."
    assert says(settings, f"1 säkerhetskopia i {folder}. De tio senaste behålls.")
    with closing(sqlite3.connect(made)) as copy:
        assert copy.execute("pragma integrity_check").fetchone() == ("ok",)
        assert copy.execute("select count(*) from change where scope = ?", (walk,)).fetchone()[0] > 0


def test_the_folder_for_backups_is_chosen_said_and_used_also_after_a_new_start(
    settings: Window, again: Again, answers: Answers, tmp_path: Path
) -> None:
    stick = tmp_path / "sticka"
    stick.mkdir()
    answers.folders = [None, stick]
    press(settings, "Mapp för säkerhetskopior")
    assert settings.session.settings.backups == ""
    press(settings, "Mapp för säkerhetskopior")
    assert says(settings, f"0 säkerhetskopior i {stick}.")
    anew = again(settings)
    assert says(anew, f"0 säkerhetskopior i {stick}.")
    press(anew, "Säkerhetskopiera nu")
    until(lambda: says(anew, f"1 säkerhetskopia i {stick}."), "the count")
    assert len(list(stick.glob("gatljus-*.db"))) == 1


def test_a_folder_for_backups_that_is_gone_is_said_and_not_hidden(
    settings: Window, answers: Answers, tmp_path: Path
) -> None:
    (tmp_path / "fil").write_text("Här ligger en fil.")
    answers.folders = [tmp_path / "fil" / "mapp"]
    press(settings, "Mapp för säkerhetskopior")
    press(settings, "Säkerhetskopiera nu")
    until(lambda: settings.tray.notice is not None, "that it failed")
    assert settings.tray.notice is not None and settings.tray.notice.problem
    assert not settings.tray.notice.text.startswith("Säkerhetskopierat")


def test_a_check_says_that_all_is_well_and_what_to_do_where_it_is_not(settings: Window, walk: str) -> None:
    press(settings, "Kontrollera att allt är helt")
    until(lambda: bool(settings.tray.notice and settings.tray.notice.text == "Allt är helt."), "that all is well")
    kept = settings.session.blobs
    name = next(iter(kept.names()))
    kept.path(name).write_bytes(b"scratched")
    press(settings, "Kontrollera att allt är helt")
    until(lambda: bool(settings.tray.notice and settings.tray.notice.problem), "what was found")
    assert settings.tray.notice is not None
    assert f"börjar på {name[:8]} är skadad på disken. Synka med en enhet som har den." in settings.tray.notice.text
    assert name not in settings.tray.notice.text
    assert walk


@pytest.mark.parametrize("size", [(1024, 600), (1280, 800), (800, 1280)], ids=str)
def test_without_a_rail_one_press_leads_from_the_settings_back_to_the_walk(
    window: Callable[..., Window], session: Session, walk: str, size: tuple[int, int]
) -> None:
    session.settings = replace(session.settings, text=200, gloves=True)
    shown = window(*size)
    shown.go(Place("walk", walk, part="map"))
    shown.go(Place("settings"))
    settle(shown)
    back = button(shown, "Tillbaka")
    assert back.visibleRegion().boundingRect() == back.rect()
    press(shown, "Tillbaka")
    assert shown.place.page == "walk"
