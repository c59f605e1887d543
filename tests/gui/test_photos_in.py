"""Photos on their way in, in a real window: by folder, drop and paste; what came of each, in words; taken back."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest

from app.commands.records import set_fields
from app.domain.records import Photo, SafetyWalk
from app.domain.values import TakenAtSource
from app.queries.photos import of_another_day
from app.session import Session
from tests.gui.hands import Answers, button, named, press, press_when_there, until
from tests.gui.photo_walk import (
    DATA,
    all_in,
    card,
    dropped,
    files,
    grid,
    keep,
    outcome,
)
from ui.shell.window import Window
from ui.widgets.desk import Place

Open = Callable[..., Window]


def test_a_folder_comes_in_and_every_file_is_answered_for_in_words(
    window: Open, walk: str, answers: Answers, tmp_path: Path, session: Session
) -> None:
    folder = card(
        tmp_path / "kort", "tunnel.webp", "IMG_0000.jpg", "anteckningar.jpg", "IMG20261023183206.jpg", "latin1.jpg"
    )
    (folder / "kopia.webp").write_bytes((folder / "tunnel.webp").read_bytes())
    shown = window()
    shown.go(Place("photos", walk, part="import"))
    answers.folders = [folder]
    press(shown, "Hämta mapp")
    all_in(shown)
    found = outcome(shown)
    assert found["IMG_0000.jpg"][0] == found["anteckningar.jpg"][0] == "Togs inte med"
    assert found["IMG_0000.jpg"][1].startswith("Filen är tom.")
    assert found["IMG20261023183206.jpg"][0] == "Kan inte visas"
    states = {found["tunnel.webp"][0], found["kopia.webp"][0]}
    assert states == {"Inläst", "Fanns redan"}
    assert any("Samma bild finns redan som foto 0." in words for _state, words in found.values())
    assert len(session.read(Photo, {"scope": walk})) == 3
    said = shown.tray.notice
    assert said is not None
    assert said.text == "3 foton inlästa. 1 kan inte visas. 1 fanns redan. 2 togs inte med."
    assert said.undo


def test_one_undo_takes_the_whole_import_back(
    window: Open, walk: str, answers: Answers, tmp_path: Path, session: Session
) -> None:
    folder = card(tmp_path / "kort", "tunnel.webp", "flower.webp", "orientation_6.jpg")
    shown = window()
    shown.go(Place("photos", walk, part="import"))
    answers.opened = [sorted(folder.iterdir())]
    press(shown, "Hämta foton")
    all_in(shown)
    assert len(session.read(Photo, {"scope": walk})) == 3
    press(shown, "Ångra: 3 foton inlästa.")
    until(lambda: not session.read(Photo, {"scope": walk}), "all photos gone")
    until(lambda: all(words == "Borttaget igen." for _state, words in outcome(shown).values()), "the outcome says so")


def test_files_and_folders_may_be_dropped_on_the_page(
    window: Open, walk: str, tmp_path: Path, session: Session
) -> None:
    folder = card(tmp_path / "kort", "tunnel.webp")
    beside = card(tmp_path / "annat", "flower.webp") / "flower.webp"
    shown = window()
    shown.go(Place("photos", walk))
    dropped(shown.shown, files(folder, beside))
    all_in(shown)
    assert {each.name for each in session.read(Photo, {"scope": walk})} == {"tunnel.webp", "flower.webp"}
    assert shown.place.part == "result"


def test_a_copied_picture_is_pasted_as_a_photo_taken_now(window: Open, walk: str, session: Session) -> None:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    QGuiApplication.clipboard().setImage(image)
    shown = window()
    shown.go(Place("photos", walk, part="import"))
    before = session.clock()
    QTest.keyClick(shown.shown, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    all_in(shown)
    (photo,) = session.read(Photo, {"scope": walk})
    assert (photo.format, photo.width, photo.height) == ("PNG", 300, 200)
    assert photo.taken_at_source == TakenAtSource.OFFSET
    assert photo.taken_at is not None and abs((photo.taken_at - before).total_seconds()) < 60


def test_a_copied_file_is_pasted_as_it_is(window: Open, walk: str, tmp_path: Path, session: Session) -> None:
    folder = card(tmp_path / "kort", "flower.webp")
    QGuiApplication.clipboard().setMimeData(files(folder / "flower.webp"))
    shown = window()
    shown.go(Place("photos", walk))
    QTest.keyClick(shown.shown, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    all_in(shown)
    assert [each.name for each in session.read(Photo, {"scope": walk})] == ["flower.webp"]


def test_nothing_to_paste_is_said(window: Open, walk: str) -> None:
    QGuiApplication.clipboard().setText("bara ord")
    shown = window()
    shown.go(Place("photos", walk))
    QTest.keyClick(shown.shown, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert shown.tray.notice is not None
    assert shown.tray.notice.text.startswith("Det finns ingen bild att klistra in.")


def test_an_import_that_is_cut_short_leaves_what_came_and_says_how_much(
    window: Open, walk: str, answers: Answers, tmp_path: Path, session: Session
) -> None:
    folder = tmp_path / "kort"
    folder.mkdir()
    large = (DATA / "IMG_0412.jpg").read_bytes()
    for k in range(8):
        (folder / f"IMG_{k}.jpg").write_bytes(large + bytes([k]))
    shown = window()
    shown.go(Place("photos", walk, part="import"))
    answers.folders = [folder]
    press(shown, "Hämta mapp")
    until(lambda: len(session.read(Photo, {"scope": walk})) >= 1, "the first photo", 60_000)
    press_when_there(shown, "Avbryt: Foton hämtas")
    all_in(shown)
    kept = session.read(Photo, {"scope": walk})
    assert 1 <= len(kept) < 8
    assert all(session.blobs.has(str(name)) for each in kept for name in (each.original, each.report, each.thumb))
    assert shown.tray.notice is not None
    assert shown.tray.notice.text == f"Avbrutet. {len(kept)} av 8 foton är inlästa."
    assert len(outcome(shown)) == len(kept)


def test_a_clock_that_a_person_says_is_ahead_is_put_right(
    window: Open, walk: str, answers: Answers, tmp_path: Path, session: Session
) -> None:
    folder = card(tmp_path / "kort", "IMG_0308.heic")
    shown = window()
    shown.go(Place("photos", walk, part="import"))
    press(shown, "Kamerans klocka: Går före")
    for name, said in (("Minuter", "2"), ("Sekunder", "5")):
        field = named(shown, name)
        field.setFocus()
        QTest.keyClicks(field, said)
    answers.folders = [folder]
    press(shown, "Hämta mapp")
    all_in(shown)
    (photo,) = session.read(Photo, {"scope": walk})
    told = datetime(2021, 7, 6, 13, 8, 14, tzinfo=UTC)
    assert photo.taken_at is not None
    assert int((told - photo.taken_at).total_seconds()) in (124, 125)


def test_what_came_is_seen_while_the_rest_is_on_its_way(
    window: Open, walk: str, answers: Answers, tmp_path: Path
) -> None:
    folder = card(tmp_path / "kort", *(f"orientation_{k}.jpg" for k in range(1, 5)))
    shown = window()
    shown.go(Place("photos", walk, part="import"))
    answers.folders = [folder]
    press(shown, "Hämta mapp")
    assert shown.place.part == "result"
    shown.go(Place("photos", walk))
    until(lambda: not shown.runner.busy, "the end of the import", 60_000)
    until(lambda: len(grid(shown).cells.things) == 4, "all four in the grid")
    press(shown, "Visa")
    assert len(outcome(shown)) == 4
    assert button(shown, "Till fotona").isVisible()


def test_a_photo_is_of_another_day_from_more_than_a_day_before_the_walk_began_or_after_it_ended(
    walk: str, session: Session
) -> None:
    day, second = timedelta(days=1), timedelta(seconds=1)
    (about,) = session.read(SafetyWalk, {"id": walk})
    assert isinstance(about.starts, datetime)
    starts, ends = about.starts, about.starts + timedelta(hours=2)
    number = count(1)

    def far(taken: datetime | None) -> bool:
        kept = keep(session, walk, next(number), taken_at=taken)
        return of_another_day(session, walk, {kept}) == 1

    assert [far(each) for each in (starts - day - second, starts - day, starts + day, starts + day + second)] == [
        True, False, False, True,
    ]  # fmt: skip
    set_fields(session, about, {"ends": ends})
    assert [far(each) for each in (starts + day + second, ends + day, ends + day + second, None)] == [
        False, False, True, False,
    ]  # fmt: skip
    every = {each.id for each in session.read(Photo, {"scope": walk})}
    assert of_another_day(session, walk, every) == 2, "one of the first four lies within a day of the end"


def test_what_came_of_an_import_says_how_many_are_of_another_day(
    window: Open, walk: str, answers: Answers, tmp_path: Path
) -> None:
    mixed, far, near = ("flower.webp", "orientation_6.jpg"), ("IMG_0308.heic", "HNI_0012.MPO"), ("orientation_5.jpg",)
    said = []
    for k, names in enumerate((mixed, far, near)):
        shown = window()
        shown.go(Place("photos", walk, part="import"))
        answers.opened = [sorted(card(tmp_path / str(k), *names).iterdir())]
        press(shown, "Hämta foton")
        all_in(shown)
        assert shown.tray.notice is not None
        said.append(shown.tray.notice.text)
    assert said == [
        "2 foton inlästa. 1 foto är taget en annan dag.",
        "2 foton inlästa. 2 foton är tagna en annan dag.",
        "1 foto inläst.",
    ]
