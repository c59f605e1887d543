"""The photos of a walk in a real window: what the grid says of them; placed by hand, at stops and on the map."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from app.domain.geo import distance_m
from app.domain.records import Observation, Photo, Stop
from app.domain.values import Position, PositionSource
from app.queries.undoable import undoable
from app.session import Session
from tests.gui.hands import buttons, press, until, wait
from tests.gui.maps import still
from tests.gui.photo_walk import (
    cells,
    choose_row,
    grid,
    keep,
    photos_page,
    press_cell,
)
from ui.shell.window import Window
from ui.widgets.desk import Place

Open = Callable[..., Window]


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
    placing = photos_page(shown)._placing
    assert placing is not None
    view = placing.map.view
    still(view)
    point = view.point_of(near).toPoint()
    assert view.nearest(QPointF(point)) is None, "beside every mark"
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=point)
    (found,) = session.read(Photo, {"id": photo})
    assert isinstance(found.position, Position)
    assert distance_m(found.position, near) < view.frame.metres_per_pixel
    assert (found.position_source, found.stop) == (PositionSource.HAND, stop.id)
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
    wait(200)
    thumbs = {each.thumb for each in session.read(Photo, {"scope": walk})}
    assert set(asked) <= thumbs
    assert len(set(asked)) < len(thumbs), "what cannot be seen is not read"


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
    placing = photos_page(shown)._placing
    assert placing is not None
    until(lambda: len(placing.strip.thumbs) == 3, "the photos")
    thumb = next(each for each in placing.strip.thumbs if each.shot.key == kept[1])
    QTest.mouseClick(thumb, Qt.MouseButton.LeftButton)
    assert not thumb.isChecked() and [each.id for each in placing.chosen] == [kept[0], kept[2]]
    stop = session.read(Stop, {"scope": walk})[0]
    choose_row(shown, "Stoppen", stop.id)
    placed = {each.id: each.stop for each in session.read(Photo, {"scope": walk})}
    assert (placed[kept[0]], placed[kept[1]], placed[kept[2]]) == (stop.id, None, stop.id)
    assert shown.place == Place("photos", walk, kept[1], "place")
