"""A watched folder in a real window: what the camera's own app takes comes in by itself."""

import shutil
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from app.domain.records import Observation, Photo
from app.jobs.watching import FolderWatch, Looked
from app.session import Session
from app.settings import load_watched
from tests.cameras import Camera
from tests.gui.hands import Answers, buttons, press, until
from ui.shell.watching import watch_again
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.photo_watch import PhotoWatch, watch_of
from ui.widgets.text import Label

Open = Callable[..., Window]
CHOOSE = "Välj mapp eller kort att hålla ögonen på"


def _watching(shown: Window, answers: Answers, folder: Path) -> PhotoWatch:
    folder.mkdir(exist_ok=True)
    answers.folders = [folder]
    press(shown, CHOOSE)
    watch = watch_of(shown.shown.desk)
    until(lambda: watch.is_on, "the watch")
    return watch


def _photos(session: Session, walk: str) -> list[Photo]:
    return list(session.read(Photo, {"scope": walk}))


def test_what_comes_into_the_folder_is_read_in_by_itself_and_can_be_undone(
    window: Open, walk: str, session: Session, answers: Answers, tmp_path: Path
) -> None:
    camera = Camera(tmp_path / "kort")
    camera.shoot(10)
    shown = window()
    shown.go(Place("photos", walk, part="import"))
    _watching(shown, answers, camera.card)
    shown.go(Place("observations", walk))
    new = camera.shoot(20)
    until(lambda: [each.name for each in _photos(session, walk)] == [new.name], "the photo", 60_000)
    until(lambda: shown.tray.notice is not None and shown.tray.notice.undo, "the notice")
    press(shown, "Ångra: 1 foto inläst.")
    until(lambda: not _photos(session, walk), "it is taken back, and stays so")


def test_from_the_camera_page_it_shows_what_is_noted(
    window: Open, walk: str, session: Session, answers: Answers, tmp_path: Path
) -> None:
    (seen, *_rest) = session.read(Observation, {"scope": walk})
    shown = window()
    shown.go(Place("camera", walk, seen.id))
    assert "Ta bilden med kameraappen. Den dyker upp här." in [each.text() for each in shown.shown.findChildren(Label)]
    camera = Camera(tmp_path / "kort")
    _watching(shown, answers, camera.card)
    camera.shoot(20)
    until(lambda: [each.observation for each in _photos(session, walk)] == [seen.id], "the photo", 60_000)


def test_another_folder_is_watched_while_what_came_from_the_one_before_is_read_in(
    window: Open, walk: str, session: Session, answers: Answers, tmp_path: Path
) -> None:
    camera, other = Camera(tmp_path / "kort"), tmp_path / "annat"
    other.mkdir()
    shown = window()
    shown.go(Place("photos", walk, part="import"))
    watch = _watching(shown, answers, camera.card)
    camera.shoot(20)
    until(lambda: watch._import is not None and watch._import.running, "the reading", 30_000)
    watch._told(FolderWatch.begin(session, walk, other))
    came: list[object] = []
    watch.came.connect(came.append)
    until(lambda: bool(came), "the photo", 60_000)
    assert len(_photos(session, walk)) == 1 and watch.watch is not None and watch.watch.taken == 0
    assert load_watched(session.home)["folder"] == str(other)


def test_a_pulled_card_is_told_and_the_watch_goes_on_when_it_is_back(
    window: Open, walk: str, session: Session, answers: Answers, tmp_path: Path
) -> None:
    camera = Camera(tmp_path / "kort")
    shown = window()
    shown.go(Place("photos", walk, part="import"))
    watch = _watching(shown, answers, camera.card)
    shutil.move(camera.card, tmp_path / "ute")
    until(lambda: shown.tray.notice is not None and shown.tray.notice.problem, "that it is gone")
    assert any("kort är borta" in each.text() for each in shown.shown.findChildren(Label))
    shutil.move(tmp_path / "ute", camera.card)
    camera.shoot(20)
    until(lambda: len(_photos(session, walk)) == 1, "the photo", 60_000)
    assert watch.gone == ""


def test_a_slow_card_is_not_asked_again_before_it_has_answered_and_what_it_holds_comes(
    window: Open, walk: str, session: Session, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    camera = Camera(tmp_path / "kort")
    shown = window()
    shown.go(Place("photos", walk, part="import"))
    watch = _watching(shown, answers, camera.card)
    look, asked = FolderWatch.look, list[float]()

    def slowly(self: FolderWatch) -> Looked:
        asked.append(time.monotonic())
        time.sleep(0.3)
        return look(self)

    monkeypatch.setattr(FolderWatch, "look", slowly)
    watch._timer.setInterval(50)
    camera.shoot(20)
    until(lambda: len(_photos(session, walk)) == 1, "the photo", 60_000)
    assert all(after - before > 0.3 for before, after in pairwise(asked))


def test_the_watch_goes_on_when_the_program_is_opened_anew_and_ends_by_a_press(
    window: Open, walk: str, answers: Answers, tmp_path: Path
) -> None:
    camera = Camera(tmp_path / "kort")
    shown = window()
    shown.go(Place("photos", walk, part="import"))
    _watching(shown, answers, camera.card).deleteLater()
    shown.close()
    again = window()
    watch_again(again)
    watch = watch_of(again.shown.desk)
    assert watch.is_on and watch._timer.isActive()
    again.go(Place("photos", walk, part="import"))
    press(again, "Sluta hålla ögonen på mappen")
    assert not watch.is_on and not watch._timer.isActive(), "nothing is looked at any more"
    assert not any(each.accessibleName().startswith("Sluta hålla") for each in buttons(again))
