"""The holes in the map along the way of a walk are drawn on the page of the check before it, and said in words."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pytest
from PySide6.QtCore import QLineF, QPoint, QRect
from PySide6.QtWidgets import QScrollArea

from app.base.battery import Battery
from app.commands.places import add_line
from app.commands.stops import add_stop
from app.commands.walks import new_walk
from app.domain.records import Route
from app.domain.track import Fix
from app.domain.values import Position
from app.jobs.maps import SAMPLE_MAP, map_files
from app.places.placefile import PlaceFile
from app.queries.readiness import Row, Status
from app.session import Session
from resources import path as resource
from tests.gui.hands import until
from tests.gui.opening import settle
from tests.gui.read_back import along, count, image, share, texts
from tests.gui.test_ready import KIRUNA, at_ready
from tests.storage.test_readiness import pierced
from ui.screens.ready import ReadyScreen
from ui.shell.window import Window
from ui.widgets.look import THEMES
from ui.widgets.map_holes import HolesMap
from ui.widgets.map_model import MarkKind
from ui.widgets.map_picture import MapPicture
from ui.widgets.map_sprites import size_of

Open = Callable[..., Window]
HOLE = Position(60.1712, 24.9457)
"""Near the third stop, under none of the three."""


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that lasts."""
    monkeypatch.setattr("app.jobs.readiness.battery", lambda: Battery(88, False))


def drawn(screen: ReadyScreen) -> MapPicture | None:
    """The map of the holes, at rest; None where there is none."""
    made = [each.picture for each in screen.rows[Row.MAP].findChildren(HolesMap) if each.isVisible()]
    for picture in made:
        settle(picture.window())
        until(lambda picture=picture: not picture._settle.isActive(), "the map at rest")  # type: ignore[misc]
        picture.grab()
        until(lambda picture=picture: not picture.tiles.waits(), "the tiles")  # type: ignore[misc]
    return made[0] if made else None


def hole_of(screen: ReadyScreen, picture: MapPicture) -> QRect:
    """Where the one hole is seen."""
    ((north_west, south_east),) = screen.rows[Row.MAP].finding.holes
    return QRect(picture.point_of(north_west).toPoint(), picture.point_of(south_east).toPoint())


def hatched(picture: MapPicture, box: QRect) -> int:
    """How many pixels of a box are of the hatching."""
    return count(image(picture), box, picture.look.color("danger"))


@pytest.mark.parametrize("theme", THEMES)
def test_a_hole_is_hatched_and_edged_at_its_place_and_nothing_is_when_the_map_covers_all(
    window: Open, walk: str, session: Session, monkeypatch: pytest.MonkeyPatch, theme: str
) -> None:
    session.settings = replace(session.settings, theme=theme)
    pierced(session, monkeypatch, HOLE)
    screen = at_ready(window(1280, 800), walk)
    picture = drawn(screen)
    assert picture is not None
    box = hole_of(screen, picture)
    assert box.contains(picture.point_of(HOLE).toPoint()) and box.width() > 30
    inside, whole = box.adjusted(4, 4, -4, -4), QRect(QPoint(0, 0), picture.size())
    edge = along([*map(picture.point_of, _corners(screen))])
    assert share(image(picture), edge, picture.look.color("danger"), 1) > 0.75, "a line round it"
    assert hatched(picture, inside) > 0.08 * inside.width() * inside.height(), "and lines across it"
    assert hatched(picture, whole) == hatched(picture, box.adjusted(-3, -3, 3, 3)), "nowhere else"
    monkeypatch.setattr("app.jobs.maps.map_paths", lambda _session: [resource(SAMPLE_MAP)])
    screen.check()
    assert screen.rows[Row.MAP].finding.status == Status.CHECKING and picture.isVisible(), "it stays until it is known"
    until(lambda: screen.is_checked, "what was looked up")
    assert screen.rows[Row.MAP].finding.status == Status.OK and drawn(screen) is None


def _corners(screen: ReadyScreen) -> list[Position]:
    ((one, other),) = screen.rows[Row.MAP].finding.holes
    return [one, Position(one.lat, other.lon), other, Position(other.lat, one.lon), one]


def test_the_planned_way_and_the_stops_lie_on_that_map_and_its_words_name_the_stops_at_the_holes(
    window: Open, walk: str, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    pierced(session, monkeypatch, HOLE)
    way = (Fix(None, 60.1752, 24.9452), Fix(None, 60.1725, 24.9440))
    add_line(session, walk, Route, "Rutt", "", PlaceFile("geojson", segments=(way,)))
    picture = drawn(screen := at_ready(window(1280, 800), walk))
    assert picture is not None
    corners = [picture.point_of(each.position) for each in way]
    assert share(image(picture), along(corners), picture.look.color("route"), 2) > 0.3, "dots"
    assert [each.number for each in picture.marks] == ["1", "2", "3"]
    assert all(picture.rect().contains(picture.point_of(each.position).toPoint()) for each in picture.marks)
    assert picture.accessibleName() == "Karta över hålen längs rutten"
    found, said = screen.rows[Row.MAP].finding, picture.accessibleDescription()
    assert found.text.startswith("Hål: 1 av ") and said == (
        f"{found.text} Streckat: här saknar kartan rutor. Närmast: Stopp 3, Lekplatsen."
    )


def test_of_holes_that_are_much_larger_than_a_short_way_no_more_is_shown_than_where_they_begin(
    window: Open, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = new_walk(session, {"title": "Ett hus", "area": "Kajsaniemi"})
    places = (Position(60.1752, 24.9452), Position(60.1748, 24.9460))
    for place in places:
        add_stop(session, walk, {"name": "Ett hörn", "position": place})
    pierced(session, monkeypatch, places[0])
    (file,) = map_files(session)
    with closing(sqlite3.connect(file.path)) as db:
        db.execute("DELETE FROM tiles WHERE zoom_level < 17")
        db.commit()
    picture = drawn(screen := at_ready(window(1280, 800), walk))
    assert picture is not None and len(screen.rows[Row.MAP].finding.holes) > 1
    first, second = (picture.point_of(each) for each in places)
    assert QLineF(first, second).length() > size_of(picture.look, MarkKind.STOP), "they do not lie on each other"
    assert hatched(picture, picture.rect()) > 1000


def test_a_hole_far_away_is_seen_round_its_stop(window: Open, walk: str, session: Session) -> None:
    add_stop(session, walk, {"name": "Kyrkan", "position": KIRUNA})
    picture = drawn(at_ready(window(1280, 800), walk))
    assert picture is not None
    middle = picture.point_of(KIRUNA).toPoint()
    assert picture.rect().contains(middle)
    assert hatched(picture, QRect(middle - QPoint(30, 30), middle + QPoint(30, 30))) > 100
    assert not [each for each in texts(picture) if each.startswith("Kartan slutar")], "nothing lies over it"


@pytest.mark.parametrize(("size", "text", "gloves"), [
    ((1280, 800), 100, True), ((800, 1280), 200, False), ((1024, 600), 100, False), ((1024, 600), 200, True),
])  # fmt: skip
def test_that_map_fits_in_the_page_and_shows_every_stop_and_the_hole(
    window: Open, walk: str, session: Session, monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int], text: int, *, gloves: bool,
) -> None:  # fmt: skip
    session.settings = replace(session.settings, text=text, gloves=gloves)
    pierced(session, monkeypatch, HOLE)
    picture = drawn(screen := at_ready(window(*size), walk))
    assert picture is not None
    (page,) = screen.findChildren(QScrollArea)
    assert page.horizontalScrollBar().maximum() == 0
    assert picture.height() <= page.viewport().height() and picture.width() < page.viewport().width()
    plate, shown = picture._plate.box, picture.rect()
    for place in (*(each.position for each in picture.marks), HOLE):
        at = picture.point_of(place).toPoint()
        assert shown.contains(at) and not plate.contains(at)
