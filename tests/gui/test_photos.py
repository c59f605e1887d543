"""The photos of a walk in a real window: in by folder, drop and paste, out in words; placed by hand; taken back."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.records import Observation, Photo, Stop
from app.domain.values import Position, PositionSource, TakenAtSource
from app.queries.photos import of_another_day
from app.queries.undoable import undoable
from app.session import Session
from tests.gui.hands import Answers, button, buttons, named, press, until
from tests.gui.photo_walk import card, keep
from ui.screens.photos import PhotosScreen
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.photo_grid import PhotoGrid
from ui.widgets.rows import RowList

Open = Callable[..., Window]


def screen(shown: Window) -> PhotosScreen:
    """The page of photos."""
    assert isinstance(shown.shown, PhotosScreen)
    return shown.shown


def grid(shown: Window) -> PhotoGrid:
    """The grid of photos."""
    gallery = screen(shown).gallery
    assert gallery is not None
    return gallery.grid


def cells(shown: Window) -> dict[str, str]:
    """What is read of each photo in the grid, by file name."""
    return {each.name: each.spoken for each in grid(shown).cells.things}


def outcome(shown: Window) -> dict[str, tuple[str, str]]:
    """What came of each file, by its name: state and sentence."""
    found = named(shown, "Filer", RowList)
    assert isinstance(found, RowList)
    return {each.title: (each.chip[0] if each.chip else "", each.detail) for each in found.rows.things}


def all_in(shown: Window) -> None:
    """Wait until the import has ended and the page says so."""
    until(lambda: not shown.runner.busy, "the end of the import", 60_000)
    until(lambda: not screen(shown)._importing and not screen(shown)._soon.isActive(), "the outcome")
    QTest.qWait(0)


def press_cell(shown: Window, place: int) -> None:
    """Press a photo in the middle."""
    seen = grid(shown)
    index = seen.cells.index(place)
    seen.scrollTo(index)
    point = seen.visualRect(index).center()
    QTest.mouseClick(seen.viewport(), Qt.MouseButton.LeftButton, pos=point)


def choose_row(shown: Window, name: str, key: str) -> None:
    """Press a row of a list."""
    found = named(shown, name, RowList)
    assert isinstance(found, RowList)
    index = next(found.rows.index(k) for k, each in enumerate(found.rows.things) if each.key == key)
    found.scrollTo(index)
    QTest.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=found.visualRect(index).center())


def dropped(widget: QWidget, mime: QMimeData) -> None:
    """Carry something over a widget and let it go there."""
    middle = QPointF(widget.rect().center())
    acts, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(middle.toPoint(), acts, mime, left, none)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    drop = QDropEvent(middle, acts, mime, left, none)
    QApplication.sendEvent(widget, drop)
    assert drop.isAccepted()


def files(*paths: Path) -> QMimeData:
    """Files on their way."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(each)) for each in paths])
    return mime


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
    folder = card(tmp_path / "kort", *(f"orientation_{k}.jpg" for k in range(1, 9)))
    shown = window()
    shown.go(Place("photos", walk, part="import"))
    answers.folders = [folder]
    press(shown, "Hämta mapp")
    until(lambda: len(session.read(Photo, {"scope": walk})) >= 1, "the first photo", 60_000)
    press(shown, "Avbryt: Foton hämtas")
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


def test_the_grid_says_where_each_photo_is_and_how_that_is_known(window: Open, walk: str, session: Session) -> None:
    stop = session.read(Stop, {"scope": walk}, order=("order",))[1]
    keep(session, walk, 1, stop=stop.id, position=stop.position, position_source=PositionSource.EXIF)
    keep(session, walk, 2)
    keep(session, walk, 3, report=None, thumb=None)
    gone = keep(session, walk, 4)
    (photo,) = session.read(Photo, {"id": gone})
    session.blobs.delete(str(photo.thumb))
    shown = window()
    shown.go(Place("photos", walk))
    said = cells(shown)
    assert said["IMG_0001.JPG"].startswith("Foto 2.1, 18.01, Stopp 2, Gångtunneln under Långa bron, Plats i bilden")
    assert "Oplacerat" in said["IMG_0002.JPG"]
    assert "Kan inte visas" in said["IMG_0003.JPG"]
    assert "Filen saknas här" in said["IMG_0004.JPG"]


def test_photos_without_a_place_and_without_an_observation_can_be_seen_alone(
    window: Open, walk: str, session: Session
) -> None:
    (seen, *_rest) = session.read(Observation, {"scope": walk})
    keep(session, walk, 1, observation=seen.id)
    keep(session, walk, 2)
    keep(session, walk, 3, position=Position(60.1740, 24.9460), position_source=PositionSource.EXIF)
    shown = window()
    shown.go(Place("photos", walk))
    press(shown, "Oplacerat 1")
    assert list(cells(shown)) == ["IMG_0002.JPG"]
    press(shown, "Utan iakttagelse 2")
    assert sorted(cells(shown)) == ["IMG_0002.JPG", "IMG_0003.JPG"]
    press(shown, "Alla 3")
    assert len(cells(shown)) == 3


def test_marked_photos_are_placed_at_a_stop_in_one_act(window: Open, walk: str, session: Session) -> None:
    ids = [keep(session, walk, number) for number in (1, 2, 3)]
    stop = session.read(Stop, {"scope": walk}, order=("order",))[2]
    shown = window(800, 1280)
    shown.go(Place("photos", walk))
    press(shown, "Markera")
    press_cell(shown, 0)
    press_cell(shown, 2)
    press(shown, "Placera 2 foton")
    choose_row(shown, "Stoppen", stop.id)
    found = {each.id: each for each in session.read(Photo, {"scope": walk})}
    assert [found[each].stop for each in ids] == [stop.id, None, stop.id]
    assert found[ids[0]].position == stop.position and found[ids[0]].position_source == PositionSource.STOP
    assert undoable(session, walk) == "2 foton placerade"
    assert shown.place.part == ""
    press(shown, "Ångra: 2 foton placerade")
    until(lambda: all(each.stop is None for each in session.read(Photo, {"scope": walk})), "the undo")


def test_a_digit_places_what_is_marked_by_the_keyboard_alone(window: Open, walk: str, session: Session) -> None:
    keep(session, walk, 1)
    keep(session, walk, 2)
    stops = session.read(Stop, {"scope": walk}, order=("order",))
    shown = window()
    shown.go(Place("photos", walk))
    seen = grid(shown)
    seen.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(seen, Qt.Key.Key_Space)
    QTest.keyClick(seen, Qt.Key.Key_Right)
    QTest.keyClick(seen, Qt.Key.Key_Space)
    assert len(seen.marked()) == 2
    QTest.keyClick(seen, Qt.Key.Key_2)
    until(lambda: {each.stop for each in session.read(Photo, {"scope": walk})} == {stops[1].id}, "both at stop 2")
    assert shown.tray.notice is not None and shown.tray.notice.undo
    until(lambda: all("Stopp 2" in words for words in cells(shown).values()), "the grid says so")


def test_single_keys_can_be_switched_off(window: Open, walk: str, session: Session) -> None:
    keep(session, walk, 1)
    shown = window()
    session.save(type(session.settings)(letters=False))
    shown.go(Place("photos", walk))
    seen = grid(shown)
    seen.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(seen, Qt.Key.Key_2)
    assert [each.stop for each in session.read(Photo, {"scope": walk})] == [None]


def test_photos_are_let_show_an_observation(window: Open, walk: str, session: Session) -> None:
    photo = keep(session, walk, 1)
    seen = next(each for each in session.read(Observation, {"scope": walk}) if each.stop)
    shown = window()
    shown.go(Place("photos", walk, photo, "place"))
    press(shown, "Var hör fotona hemma?: Iakttagelse")
    choose_row(shown, "Iakttagelserna", seen.id)
    assert [each.observation for each in session.read(Photo, {"scope": walk})] == [seen.id]
    assert shown.tray.notice is not None
    assert "visar nu" in shown.tray.notice.text


def test_a_photo_that_shows_an_observation_is_loosened_before_it_is_placed_alone(
    window: Open, walk: str, session: Session
) -> None:
    (seen, *_rest) = session.read(Observation, {"scope": walk})
    photo = keep(session, walk, 1, observation=seen.id)
    stop = session.read(Stop, {"scope": walk}, order=("order",))[2]
    shown = window()
    shown.go(Place("photos", walk, photo, "place"))
    choose_row(shown, "Stoppen", stop.id)
    until(lambda: shown.tray.notice is not None and shown.tray.notice.problem, "why it is not placed")
    press(shown, "Lossa från iakttagelsen")
    until(lambda: not button_shown(shown, "Lossa från iakttagelsen"), "the warning gone")
    choose_row(shown, "Stoppen", stop.id)
    assert [(each.observation, each.stop) for each in session.read(Photo, {"scope": walk})] == [(None, stop.id)]


def button_shown(shown: Window, name: str) -> bool:
    """Whether a button of that name can be seen."""
    return any(each.accessibleName() == name for each in buttons(shown))


def test_a_press_on_the_map_places_a_photo_there_and_at_the_stop_that_is_near(
    window: Open, walk: str, session: Session
) -> None:
    photo = keep(session, walk, 1)
    stop = session.read(Stop, {"scope": walk}, order=("order",))[2]
    assert isinstance(stop.position, Position)
    near = Position(stop.position.lat + 0.0002, stop.position.lon)
    shown = window()
    shown.go(Place("photos", walk, photo, "place"))
    placing = screen(shown)._placing
    assert placing is not None
    placing.map.view.pressed.emit(near)
    (found,) = session.read(Photo, {"id": photo})
    assert (found.position, found.position_source, found.stop) == (near, PositionSource.HAND, stop.id)
    assert shown.tray.notice is not None
    assert shown.tray.notice.text == "1 foto placerat på kartan."


def test_marks_are_there_again_when_one_comes_back(window: Open, walk: str, session: Session) -> None:
    ids = [keep(session, walk, number) for number in (1, 2, 3)]
    shown = window()
    shown.go(Place("photos", walk))
    grid(shown).mark(ids[:2])
    press(shown, "Placera 2 foton")
    press(shown, "Tillbaka")
    assert set(grid(shown).marked()) == set(ids[:2])
    shown.build()
    assert set(grid(shown).marked()) == set(ids[:2])


@pytest.mark.parametrize("size", [(1280, 800), (800, 1280)])
def test_the_grid_reads_thumbnails_and_nothing_else(
    window: Open, walk: str, session: Session, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 40):
        keep(session, walk, number)
    asked: list[str] = []
    read = session.blobs.read

    def counted(name: str) -> bytes:
        asked.append(name)
        return read(name)

    monkeypatch.setattr(session.blobs, "read", counted)
    shown = window(*size)
    shown.go(Place("photos", walk))
    until(lambda: len(set(asked)) >= 6, "thumbnails")
    QTest.qWait(200)
    thumbs = {each.thumb for each in session.read(Photo, {"scope": walk})}
    assert set(asked) <= thumbs
    assert len(set(asked)) < len(thumbs), "what cannot be seen is not read"


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


def test_what_is_looked_at_stays_in_sight_while_photos_come_in(window: Open, walk: str, session: Session) -> None:
    for number in range(1, 41):
        keep(session, walk, number)
    shown = window()
    shown.go(Place("photos", walk))
    seen = grid(shown)
    seen.choose(seen.cells.things[0].key)
    bar = seen.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = bar.value()
    assert before > 0
    keep(session, walk, 41)
    until(lambda: len(seen.cells.things) == 41, "the new photo")
    assert bar.value() == before
    assert seen.current_key() == seen.cells.things[0].key


def test_some_of_several_photos_are_ticked_off_and_remain_to_be_placed(
    window: Open, walk: str, session: Session
) -> None:
    kept = [keep(session, walk, number) for number in range(1, 4)]
    shown = window()
    shown.go(Place("photos", walk))
    shown.go(Place("photos", walk, ",".join(kept), "place"))
    placing = screen(shown)._placing
    assert placing is not None
    until(lambda: len(placing.strip.thumbs) == 3, "the photos")
    thumb = next(each for each in placing.strip.thumbs if each.shot.key == kept[1])
    QTest.mouseClick(thumb, Qt.MouseButton.LeftButton)
    assert not thumb.isChecked() and [each.id for each in placing.chosen] == [kept[0], kept[2]]
    stop = session.read(Stop, {"scope": walk})[0]
    placing.stops.opened.emit(stop.id)
    placed = {each.id: each.stop for each in session.read(Photo, {"scope": walk})}
    assert (placed[kept[0]], placed[kept[1]], placed[kept[2]]) == (stop.id, None, stop.id)
    assert shown.place == Place("photos", walk, kept[1], "place")


def test_photos_of_another_day_are_taken_in_and_that_is_said(window: Open, walk: str, session: Session) -> None:
    kept = [keep(session, walk, number) for number in range(1, 3)]
    far = keep(session, walk, 3, taken_at=datetime(2024, 1, 2, tzinfo=UTC))
    assert of_another_day(session, walk, {*kept, far}) == 1
    assert of_another_day(session, walk, kept) == 0
    assert window().place == Place()


def test_what_came_of_an_import_says_how_many_are_of_another_day(
    window: Open, walk: str, answers: Answers, tmp_path: Path
) -> None:
    shown = window()
    shown.go(Place("photos", walk, part="import"))
    answers.opened = [sorted(card(tmp_path / "kort", "PXL_20240507_013304046.jpg", "orientation_6.jpg").iterdir())]
    press(shown, "Hämta foton")
    all_in(shown)
    assert shown.tray.notice is not None and shown.tray.notice.text.endswith("1 foto är taget en annan dag.")
