"""One thing with a wrong position, far away: maps show the walk all the same, and what is put far away is doubted."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.commands.records import set_fields
from app.domain.records import Observation, Photo, Stop
from app.domain.values import Position, PositionSource
from app.session import Session
from tests.gui.hands import press, until, wait
from tests.gui.maps import AWAY
from tests.gui.noting import says
from tests.gui.photo_walk import cells, keep
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.map_view import MapView
from ui.widgets.notice import Tray

Open = Callable[..., Window]
NEAR = Position(60.1740, 24.9460)
WIDTH_OF_A_WALK_M = 2_000
"""So much a map of these three stops shows at most."""


def _map(shown: Window) -> MapView:
    (found,) = (each for each in shown.findChildren(MapView) if each.isVisible())
    return found


def _shows_the_walk(shown: Window) -> bool:
    view = _map(shown)
    stops = [each.position for each in shown.session.read(Stop, {"scope": shown.place.walk})]
    seen = all(view.rect().contains(view.point_of(each).toPoint()) for each in stops if isinstance(each, Position))
    return seen and view.frame.metres_per_pixel * view.width() < WIDTH_OF_A_WALK_M


@pytest.mark.parametrize(
    ("page", "part"), [("walk", ""), ("photos", ""), ("photos", "place"), ("observations", ""), ("plan", "rutt")]
)
def test_a_photo_and_an_observation_far_away_do_not_decide_what_a_map_shows(
    window: Open, walk: str, session: Session, page: str, part: str
) -> None:
    photo = keep(session, walk, 1)
    keep(session, walk, 2, position=AWAY, position_source=PositionSource.EXIF)
    set_fields(session, session.read(Observation, {"scope": walk, "item": "M1"})[0], {"position": AWAY})
    shown = window()
    shown.go(Place(page, walk, photo if part == "place" else "", part))
    wait(30)
    assert _shows_the_walk(shown)


@pytest.mark.parametrize("page", ["walk", "plan"])
def test_a_stop_far_away_does_not_decide_what_a_map_shows(window: Open, walk: str, session: Session, page: str) -> None:
    last = session.read(Stop, {"scope": walk}, order=("order",))[-1]
    near = [each.position for each in session.read(Stop, {"scope": walk}) if each.id != last.id]
    set_fields(session, last, {"position": AWAY})
    shown = window()
    shown.go(Place(page, walk, part="rutt" if page == "plan" else ""))
    wait(30)
    view = _map(shown)
    assert all(view.rect().contains(view.point_of(each).toPoint()) for each in near if isinstance(each, Position))
    assert view.frame.metres_per_pixel * view.width() < WIDTH_OF_A_WALK_M


def test_a_photo_far_away_is_not_said_to_be_along_the_way(window: Open, walk: str, session: Session) -> None:
    keep(session, walk, 1, position=AWAY, position_source=PositionSource.EXIF)
    keep(session, walk, 2, position=NEAR, position_source=PositionSource.EXIF)
    shown = window()
    shown.go(Place("photos", walk))
    said = cells(shown)
    assert "Långt från vandringen" in said["IMG_0001.JPG"] and "Längs vägen" not in said["IMG_0001.JPG"]
    assert "Längs vägen" in said["IMG_0002.JPG"]


def _doubt(shown: Window) -> str:
    """The notice, where it is a problem that can be undone."""
    (notice,) = (each.notice for each in shown.findChildren(Tray) if each.notice)
    return notice.text if notice.problem and notice.undo else ""


def test_photos_placed_by_a_press_far_from_the_walk_are_doubted_and_come_back(
    window: Open, walk: str, session: Session
) -> None:
    ids = [keep(session, walk, number) for number in (1, 2)]
    shown = window()
    shown.go(Place("photos", walk))
    shown.go(Place("photos", walk, ",".join(ids), "place"))
    wait(20)
    view = _map(shown)
    view.go_to(AWAY)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.rect().center())
    until(lambda: all(isinstance(each.position, Position) for each in session.read(Photo, {"scope": walk})), "photos")
    assert _doubt(shown).startswith("2 foton placerade på kartan. Det är 39")
    assert _doubt(shown).endswith("km från vandringens platser och spår. Är det rätt?")
    press(shown, "Ångra: 2 foton placerade på kartan. ")
    until(
        lambda: all(not isinstance(each.position, Position) for each in session.read(Photo, {"scope": walk})),
        "the undo",
    )


def test_photos_placed_by_a_press_at_the_walk_are_not_doubted(window: Open, walk: str, session: Session) -> None:
    photo = keep(session, walk, 1)
    shown = window()
    shown.go(Place("photos", walk, photo, "place"))
    wait(20)
    view = _map(shown)
    view.go_to(Position(60.1745, 24.9480), 18)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.rect().center())
    until(lambda: isinstance(session.read(Photo, {"id": photo})[0].position, Position), "the photo")
    assert _doubt(shown) == "" and says(shown, "1 foto placerat på kartan.")


@pytest.mark.parametrize(("page", "part"), [("walk", ""), ("observations", ""), ("observation", "place")])
def test_an_observation_that_is_moved_far_from_the_walk_is_doubted(
    window: Open, walk: str, session: Session, page: str, part: str
) -> None:
    seen = next(each for each in session.read(Observation, {"scope": walk}) if each.position == NEAR)
    shown = window()
    shown.go(Place(page, walk, seen.id if page == "observation" else "", part))
    wait(20)
    _map(shown).mark_moved.emit(seen.id, AWAY)
    assert "km från vandringens platser och spår. Är det rätt?" in _doubt(shown)


def test_an_observation_that_is_noted_far_from_the_walk_is_doubted(window: Open, walk: str) -> None:
    shown = window()
    shown.go(Place("walk", walk))
    shown.go(Place("observe", walk, part=f"at:{AWAY.lat},{AWAY.lon}"))
    assert says(shown, "Långt från vandringen")
    QTest.keyClick(shown.shown, Qt.Key.Key_A)
    wait(20)
    QTest.keyClick(shown.shown, Qt.Key.Key_1)
    wait(20)
    QTest.keyClick(shown.shown, Qt.Key.Key_Return)
    wait(20)
    assert "km från vandringens platser och spår. Är det rätt?" in _doubt(shown)
