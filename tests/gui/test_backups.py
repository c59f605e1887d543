"""Backups in the window: made by themselves, listed, read back; and a home that cannot be opened."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from app.base.errors import GatljusError
from app.base.job import finish
from app.commands.observations import observe
from app.commands.walks import new_walk
from app.domain.records import Observation
from app.jobs.backup import back_up
from app.jobs.restore import prepare_restore
from app.session import Session
from app.storage.backup import backups_in
from tests.conftest import ROOT
from tests.gui.hands import Answers, press, says, until
from tests.gui.reading_back import read_back_of_one
from tests.storage.damaging import PAGE, flip, overwrite, row_with, settle, text_of
from ui.shell.hourly import Hourly
from ui.shell.recovery import Recovery
from ui.shell.window import Window
from ui.widgets.desk import Place

Open = Callable[..., Window]
SCRIPT = Path(__file__).with_name("reading_back.py")


def test_a_backup_is_made_each_hour_in_which_something_was_written(window: Open, walk: str) -> None:
    shown = window()
    hourly = Hourly(shown)
    assert hourly.isActive()
    for count in (1, 1, 2):
        if count == 2:
            observe(shown.session, walk, {"category": "lighting"})
        hourly.work()
        until(lambda: not shown.runner.busy, "the backup")
        assert len(backups_in(shown.session.backups)) == count
    assert hourly.interval() == 3_600_000


def test_an_hourly_backup_that_fails_is_said_once(window: Open, walk: str, tmp_path: Path) -> None:
    shown = window()
    (tmp_path / "fil").write_text(walk)
    shown.session.save(replace(shown.session.settings, backups=str(tmp_path / "fil")))
    hourly = Hourly(shown)
    hourly.work()
    until(lambda: shown.tray.notice is not None, "that it failed")
    assert shown.tray.notice is not None and "Säkerhetskopian kunde inte skrivas" in shown.tray.notice.text
    shown.tray.clear()
    hourly.work()
    until(lambda: not shown.runner.busy, "the second try")
    assert shown.tray.notice is None


def test_a_database_that_is_damaged_is_said_once_while_one_goes_on(window: Open, walk: str) -> None:
    shown = window()
    for number in range(40):
        observe(shown.session, walk, {"category": "lighting", "text": text_of(number)})
    settle(shown.session.home)
    spoilt = row_with(shown.session.home, text_of(9)) // PAGE * PAGE + 3
    overwrite(shown.session.home / "gatljus.db", spoilt, b"\xff\xff")
    hourly = Hourly(shown)
    hourly.work()
    until(lambda: shown.tray.notice is not None, "that it is damaged")
    assert shown.tray.notice is not None and "Databasen är skadad" in shown.tray.notice.text
    shown.tray.clear()
    hourly.work()
    until(lambda: not shown.runner.busy, "the second look")
    assert shown.tray.notice is None


def test_little_room_on_the_disk_is_said_once_and_stands_in_the_settings(
    window: Open, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = window()
    monkeypatch.setattr("app.base.room.room_at", lambda _folder: 123_000_000)
    hourly = Hourly(shown)
    hourly.look_at_room()
    assert shown.tray.notice is not None and "Bara 123 MB är kvar" in shown.tray.notice.text
    shown.tray.clear()
    hourly.look_at_room()
    assert shown.tray.notice is None
    for place in (Place("settings"), Place("devices", walk)):
        shown.go(place)
        assert says(shown, "Bara 123 MB är kvar")


def test_a_backup_that_is_chosen_is_read_back_when_the_window_is_opened_anew(
    window: Open, session: Session, walk: str
) -> None:
    finish(back_up(session))
    observe(session, walk, {"category": "lighting", "text": "Sedan."})
    before, old = len(session.read(Observation)), session.identity.device
    shown = window()
    shown.go(Place("backups"))
    read_back_of_one(shown)
    press(shown, "Avbryt")
    assert not says(shown, "läggs undan")
    press(shown, "Läs tillbaka: ")
    assert says(shown, "Det som har skickats kommer tillbaka vid nästa synk.")
    press(shown, "Läs tillbaka den")
    until(lambda: not shown.isVisible(), "that the window closes")
    session.leave()
    anew = Session(session.home)
    assert len(anew.read(Observation)) == before - 1
    assert anew.identity.was == old != anew.identity.device
    anew.leave()


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Session]:
    """A home with a backup, and one observation more than that has."""
    session = Session(tmp_path / "home")
    scope = new_walk(session, {"title": "Kajsaniemi"})
    observe(session, scope, {"category": "lighting", "text": "före"})
    finish(back_up(session))
    observe(session, scope, {"category": "lighting", "text": "efter"})
    session.leave()
    yield session
    session.close()


def _program(home: Path, what: str) -> "subprocess.Popen[str]":
    said = {**os.environ, "PYTHONPATH": str(ROOT), "GATLJUS_LANG": "sv"}
    command = [sys.executable, str(SCRIPT), str(home), what]
    return subprocess.Popen(command, env=said, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")


def _told(home: Path, what: str) -> list[str]:
    """The lines that the program tells until it has ended well."""
    with _program(home, what) as program:
        out, _err = program.communicate(timeout=60)
    assert program.returncode == 0
    return out.splitlines()


def test_the_program_closes_its_window_and_opens_it_over_what_was_read_back(kept: Session) -> None:
    shown, said = _told(kept.home, "read back")
    assert shown == "shown före"
    assert said.startswith("said Säkerhetskopian är tillbaka.")


def test_the_window_says_that_a_backup_could_not_be_read_back_and_shows_what_was_there(kept: Session) -> None:
    (made,) = backups_in(kept.backups).values()
    finish(prepare_restore(kept.home, made))
    overwrite(kept.home / "restoring" / "gatljus.db", 0, b"x" * 4096)
    shown, said = _told(kept.home, "tell")
    assert shown == "shown efter,före"
    assert said.startswith("said Säkerhetskopian som skulle läsas tillbaka går inte att läsa.")


def test_the_command_line_does_not_pull_the_database_away_from_an_open_window(kept: Session) -> None:
    (made,) = backups_in(kept.backups).values()
    command = [sys.executable, "-m", "app.cli", "--json", "--home", str(kept.home), "restore", str(made)]
    said = {**os.environ, "PYTHONPATH": str(ROOT)}
    with _program(kept.home, "look") as program:
        assert program.stdout is not None and program.stdout.readline() == "open\n"
        refused = subprocess.run(command, env=said, capture_output=True, encoding="utf-8", timeout=60)
        assert refused.returncode == 1 and '"home-in-use"' in refused.stdout
        program.communicate("\n", timeout=60)
    assert program.returncode == 0
    done = subprocess.run(command, env=said, capture_output=True, encoding="utf-8", timeout=60)
    assert done.returncode == 0, done.stdout
    assert [each.text for each in Session(kept.home).read(Observation)] == ["före"]


@pytest.fixture
def press_in_boxes(parent: QObject) -> Callable[..., list[str]]:
    """Press these in the boxes that come, one after the other; a box that was not looked for is closed, else it would
    stand for ever. Returns what the boxes said, once they are gone."""

    def press_them(*names: str) -> list[str]:
        said, waiting = list[str](), list(names)

        def look() -> None:
            box = QApplication.activeModalWidget()
            if isinstance(box, QMessageBox) and box.isVisible():
                said.append(box.text())
                found = [each for each in box.buttons() if each.text() in waiting[:1]]
                waiting[:] = waiting[1:] if found else []
                found[0].click() if found else box.reject()

        timer = QTimer(parent, interval=50)
        timer.timeout.connect(look)
        timer.start()
        return said

    return press_them


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_home_that_cannot_be_opened_offers_to_save_everything_and_to_read_a_backup_back(
    kept: Session, qapp: QApplication, tmp_path: Path, press_in_boxes: Callable[..., list[str]]
) -> None:
    overwrite(kept.home / "gatljus.db", 0, b"x" * 4096)
    with pytest.raises(GatljusError) as refused:
        Session(kept.home)
    answers = Answers()
    answers.new = [tmp_path / "räddat.zip"]
    said = press_in_boxes(
        "Rädda allt till en ZIP", "Stäng", "Läs tillbaka en säkerhetskopia", "Läs tillbaka den", "Stäng"
    )
    assert Recovery(qapp, kept.home, answers).offer(refused.value)
    assert "kan inte läsas" in said[0] and "Räddat till" in said[1] and "är tillbaka" in said[4]
    assert zipfile.is_zipfile(tmp_path / "räddat.zip")
    anew = Session(kept.home)
    assert [each.text for each in anew.read(Observation)] == ["före"]
    anew.leave()


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_database_that_cannot_be_opened_is_built_anew_and_what_is_lost_is_said(
    kept: Session, qapp: QApplication, press_in_boxes: Callable[..., list[str]]
) -> None:
    old = kept.identity.device
    settle(kept.home)
    # The beginning of the file, without which nobody opens it, and a bit of what was written last.
    flip(kept.home / "gatljus.db", row_with(kept.home, "efter"))
    overwrite(kept.home / "gatljus.db", 0, b"x" * 100)
    with pytest.raises(GatljusError) as refused:
        Session(kept.home)
    said = press_in_boxes("Bygg om databasen", "Avbryt", "Bygg om databasen", "Bygg om databasen", "Stäng")
    assert Recovery(qapp, kept.home, Answers()).offer(refused.value)
    assert "Det som inte går att läsa kan fattas efteråt" in said[1]
    assert (
        "1 ändring gick inte att läsa helt och är inte med: enhet A nummer " in said[4]
        and str(kept.home / "replaced") in said[4]
    )
    anew = Session(kept.home)
    assert {each.text for each in anew.read(Observation)} == {"före"}
    assert anew.identity.was == old != anew.identity.device
    anew.leave()


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_database_of_which_nothing_can_be_read_is_left_and_a_backup_is_advised(
    kept: Session, qapp: QApplication, press_in_boxes: Callable[..., list[str]]
) -> None:
    settle(kept.home)
    size = (kept.home / "gatljus.db").stat().st_size
    overwrite(kept.home / "gatljus.db", 0, b"x" * size)
    said = press_in_boxes("Bygg om databasen", "Bygg om databasen", "Stäng", "Stäng")
    assert not Recovery(qapp, kept.home, Answers()).offer(GatljusError("database", "Trasig.", "Rädda."))
    assert "finns inget som går att läsa. Läs tillbaka en säkerhetskopia" in said[2]
    assert (kept.home / "gatljus.db").read_bytes() == b"x" * size


def test_the_program_opens_its_window_over_a_database_that_it_built_anew(kept: Session) -> None:
    overwrite(kept.home / "gatljus.db", 0, b"x" * 4096)
    assert _told(kept.home, "build anew")[0] == "shown efter,före"


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_whoever_closes_the_offer_leaves_everything_as_it_is(
    kept: Session, qapp: QApplication, press_in_boxes: Callable[..., list[str]]
) -> None:
    before = {path: path.read_bytes() for path in kept.home.rglob("*") if path.is_file()}
    press_in_boxes("Stäng")
    assert not Recovery(qapp, kept.home, Answers()).offer(GatljusError("database", "Trasig.", "Rädda."))
    assert {path: path.read_bytes() for path in kept.home.rglob("*") if path.is_file()} == before
