"""What the map paints, read from its pixels and its words: ground, ways, scale, attribution, the end."""

import math
import re
from collections.abc import Callable
from itertools import combinations

import pytest
from PySide6.QtCore import QPointF

from app.commands.places import add_line
from app.domain.geo import distance_m
from app.domain.records import Observation, Route, Track
from app.domain.track import Fix
from app.domain.values import Position, PositionSource
from app.places.mbtiles import Bounds
from app.places.placefile import PlaceFile
from app.session import Session
from tests.gui.hands import wait
from tests.gui.maps import AWAY, CREDIT, MIDDLE, Maps, said_to_be, still
from tests.gui.photo_walk import keep
from tests.gui.read_back import Written, along, brackets, count, image, near, reads, share, texts, written
from ui.screens.observation import ON_THE_MAP
from ui.shell.window import Window
from ui.widgets.button import Button
from ui.widgets.desk import Place
from ui.widgets.look import THEMES, Look
from ui.widgets.map_model import MapLine
from ui.widgets.map_view import MapView

END = "Kartan slutar här. Din position och spåret visas ändå."
CORNER = Position(60.1642, 24.9352)
"""The very corner of the program's map."""


def from_middle(*steps: tuple[float, float]) -> tuple[Position, ...]:
    """Positions so many ten-thousandths of a degree north and east of the middle."""
    return tuple(Position(MIDDLE.lat + north / 1e4, MIDDLE.lon + east / 1e4) for north, east in steps)


LOOP = from_middle((10, -45), (14, -10), (6, 10), (12, 45))
SHAKY = from_middle(*((-6.0 - (k % 2), -45 + k * 0.6) for k in range(150)))
"""So many corners that it is drawn in several stretches."""


def seen_along(map_: MapView, piece: tuple[Position, ...], role: str, reach: int = 0) -> float:
    """Which share of a way is painted in the colour of a role."""
    return share(image(map_), along([map_.point_of(each) for each in piece]), map_.look.color(role), reach)


def the_line(map_: MapView, text: str) -> Written:
    """The one painted line of text that begins so, which must be seen and not covered."""
    (found,) = (each for each in written(map_) if each.text.startswith(text))
    assert reads(image(map_), found), f"{text!r} is written and then covered"
    return found


# Ways


@pytest.mark.parametrize("theme", THEMES)
def test_a_track_is_painted_from_end_to_end_in_its_colour(view: Maps, theme: str) -> None:
    shown = view(Look(theme=theme, calm=True))
    still(shown)
    pieces = (LOOP, SHAKY)
    assert all(seen_along(shown, each, "track") < 0.1 for each in pieces), "nothing before it is shown"
    shown.show_lines([MapLine((LOOP,)), MapLine((SHAKY,))])
    assert all(seen_along(shown, each, "track") > 0.97 for each in pieces)
    shown.pan_by(3, 2)
    assert shown._settle.isActive()
    assert all(seen_along(shown, each, "track") > 0.97 for each in pieces), "while it moves too"


@pytest.mark.parametrize("theme", THEMES)
def test_a_planned_route_is_painted_dotted_in_its_colour(view: Maps, theme: str) -> None:
    shown = view(Look(theme=theme, calm=True))
    still(shown)
    routes = (LOOP, from_middle((-12, -40), (-4, 40)))
    assert all(seen_along(shown, each, "route", 5) < 0.6 for each in routes), "nothing before it is shown"
    shown.show_lines([MapLine((each,), planned=True) for each in routes])
    for _still in (True, False):
        for each in routes:
            assert seen_along(shown, each, "route", 5) > 0.97, "a dot is never far"
            assert 0.3 < seen_along(shown, each, "route") < 0.75, "but it is dots"
        shown.pan_by(3, 2)


def test_a_gap_of_a_track_is_dashed_and_one_of_a_route_is_left_open(view: Maps) -> None:
    shown = view()
    still(shown)
    first, gap, last = LOOP[:2], LOOP[1:3], LOOP[2:]
    shown.show_lines([MapLine((first, last))])
    assert seen_along(shown, first, "track") > 0.97 and seen_along(shown, last, "track") > 0.97
    assert 0.4 < seen_along(shown, gap, "track") < 0.9
    shown.show_lines([MapLine((first, last), planned=True)])
    assert seen_along(shown, last, "route", 5) > 0.97
    inside = tuple(Position((gap[0].lat * a + gap[1].lat * b), gap[0].lon * a + gap[1].lon * b)
                   for a, b in ((0.9, 0.1), (0.1, 0.9)))  # fmt: skip
    assert seen_along(shown, inside, "track", 2) < 0.1 and seen_along(shown, inside, "route", 2) < 0.1


def test_a_way_has_a_light_edge_that_parts_it_from_the_ground(view: Maps) -> None:
    shown = view()
    # On the line between two rows of pixels, so that whole rows of the edge lie on both sides.
    start, end = QPointF(200, 222), QPointF(600, 222)
    level = (shown.position_at(start), shown.position_at(end))
    for planned in (False, True):
        shown.show_lines([MapLine((level,), planned=planned)])
        still(shown)
        seen, halo = image(shown), shown.look.color("halo")
        for row in (218.5, 225.5):
            assert share(seen, along([QPointF(start.x(), row), QPointF(end.x(), row)]), halo) > 0.95


def test_the_way_is_seen_beyond_the_end_of_the_map_too(view: Maps) -> None:
    shown = view()
    route = (Position(AWAY.lat - 0.001, AWAY.lon - 0.004), Position(AWAY.lat, AWAY.lon + 0.004))
    track = (Position(AWAY.lat, AWAY.lon - 0.004), Position(AWAY.lat + 0.001, AWAY.lon + 0.004))
    shown.show_lines([MapLine((route,), planned=True), MapLine((track,))])
    shown.go_to(AWAY, 16)
    still(shown)
    assert seen_along(shown, route, "route", 5) > 0.97 and seen_along(shown, track, "track") > 0.97


# Scale and attribution


@pytest.mark.parametrize(
    ("theme", "at", "zoom"),
    [
        ("light", MIDDLE, 16),
        ("dark", MIDDLE, 19),
        ("red", MIDDLE, 9),
        ("contrast", CORNER, 15),
        ("light", AWAY, 14),
        ("dark", Position(-33.9, 18.4), 3),
    ],
)
def test_the_attribution_is_written_wherever_one_looks(view: Maps, theme: str, at: Position, zoom: float) -> None:
    shown = view(Look(theme=theme, calm=True))
    shown.go_to(at, zoom)
    still(shown)
    words = the_line(shown, CREDIT)
    assert words.text == CREDIT
    assert words.box.top() > shown.height() - shown.plate_height
    plate = words.box.adjusted(-6, -2, 6, 3)
    ground = count(image(shown), plate, shown.look.color("surface"))
    assert ground > plate.width() * plate.height() / 2, "on a plate, not on the map"
    shown.pan_by(5, 5)
    assert CREDIT in texts(shown), "while it moves too"


def test_the_attribution_of_every_map_that_is_seen_is_written(view: Maps) -> None:
    east = said_to_be("öster", "© Österkommunen", Bounds(24.9450, 60.1642, 25.2, 60.1791))
    north = said_to_be("norr", "© Norrköpings kommun", Bounds(16.0, 58.5, 16.3, 58.7))
    ours = said_to_be("mitten", CREDIT, Bounds(24.9352, 60.1642, 24.9534, 60.1791))
    shown = view(files=[east, ours, north])
    shown.go_to(Position(60.1717, 24.9455), 16)
    said = " ".join(texts(shown))
    assert "© Österkommunen" in said and CREDIT in said and "Norrköping" not in said
    shown.go_to(Position(60.1717, 25.1), 16)
    said = " ".join(texts(shown))
    assert "© Österkommunen" in said and CREDIT not in said
    shown.go_to(AWAY, 16)
    said = " ".join(texts(shown))
    assert all(each in said for each in ("© Österkommunen", CREDIT, "© Norrköpings kommun")), "all, where none is"


@pytest.mark.parametrize("hand", [False, True])
def test_the_buttons_of_the_map_stay_at_its_top_however_long_the_attribution_is(view: Maps, *, hand: bool) -> None:
    long = "© Lantmäteriet, Trafikverket, Sjöfartsverket och Österkommunens stadsbyggnadskontor, alla rättigheter"
    east = said_to_be("öster", f"{long}; {long}", Bounds(25.0, 60.1642, 25.2, 60.1791))
    ours = said_to_be("mitten", CREDIT, Bounds(24.9352, 60.1642, 24.9534, 60.1791))
    pane = view.framed(Look(calm=True, left_handed=hand), [ours, east])
    heights = set()
    for at in (None, Position(60.1717, 25.1), MIDDLE):
        if at is not None:
            pane.view.go_to(at, 16)
            still(pane.view)
        heights.add(pane.view.plate_height)
        assert pane.closer.geometry().top() == 12
        assert pane.closer.geometry().bottom() < pane.further.geometry().top()
        assert pane.further.geometry().bottom() < pane.height() - pane.view.plate_height
    assert len(heights) == 2, "one attribution is longer"


@pytest.mark.parametrize("hand", [False, True])
@pytest.mark.parametrize("height", [180, 250, 400, 700])
def test_the_buttons_of_a_map_stand_whole_and_on_a_low_one_only_those_that_leave_it_to_be_seen(
    view: Maps, height: int, *, hand: bool
) -> None:
    look = Look(calm=True, left_handed=hand)
    pane = view.framed(look, [said_to_be("mitten", CREDIT, Bounds(24.9352, 60.1642, 24.9534, 60.1791))])
    others = [Button(look, word, "compass-outline", over=True, rank="meta") for word in ("Norr upp", "Följ mig")]
    for each in others:
        pane.add(each)
    pane.resize(700, height)
    wait(20)
    pane.place()
    shown = [each for each in (pane.closer, pane.further, *others) if each.isVisible()]
    assert shown == [pane.closer, pane.further, *(others if height >= 400 else [])]
    boxes = [each.geometry() for each in shown]
    assert pane.rect().width() - sum({each.x(): each.width() for each in boxes}.values()) > pane.rect().width() / 2
    assert all(pane.rect().contains(each) for each in boxes)
    assert not any(a.intersects(b) for a, b in combinations(boxes, 2))
    assert max(each.bottom() for each in boxes) < pane.height() - pane.view.plate_height


LENGTH = re.compile("[0-9,]+\N{NO-BREAK SPACE}k?m")


def length_of(label: str) -> float:
    """Metres that a label such as `50 m` or `2,0 km` says."""
    number, unit = label.split("\N{NO-BREAK SPACE}")
    return float(number.replace(",", ".")) * {"m": 1, "km": 1000}[unit]


@pytest.mark.parametrize(
    ("theme", "scale", "lat"),
    [("light", 1.0, 60.1717), ("dark", 2.0, 0.0), ("red", 1.0, -33.9), ("contrast", 1.5, 68.4)],
)
def test_the_bar_of_the_scale_is_as_long_as_the_metres_written_beside_it(
    view: Maps, lat: float, scale: float, theme: str
) -> None:
    shown = view(Look(theme=theme, calm=True, scale=scale))
    for zoom in (8.0, 12.5, 14.0, 16.3, 19.0):
        shown.go_to(Position(lat, 24.9443), zoom)
        still(shown)
        (label,) = (each for each in written(shown) if LENGTH.fullmatch(each.text))
        seen, ink = image(shown), shown.look.color("text")
        assert reads(seen, label)
        (floor,) = brackets(shown, ink)
        assert share(seen, along([floor.p1(), floor.p2()], 1.0), ink, 1) == 1.0, "it is seen"
        after = floor.p2() + QPointF(4, 0)
        assert not near(seen, after, ink, 1) and 4 < label.x - floor.x2() < 20, "and the words stand at its end"
        middle = QPointF(shown.width() / 2, shown.height() / 2)
        half = QPointF(floor.length() / 2, 0)
        metres = distance_m(shown.position_at(middle - half), shown.position_at(middle + half))
        assert metres == pytest.approx(length_of(label.text), rel=0.01)
        first = length_of(label.text) / 10 ** math.floor(math.log10(length_of(label.text)))
        assert round(first, 6) in (1, 2, 5)
        assert 50 * scale < floor.length() <= 140 * scale


# The maps of a walk

ROUTE = (Position(60.1735, 24.9480), Position(60.1735, 24.9500), Position(60.1745, 24.9500))
TRACK = (Position(60.1745, 24.9470), Position(60.1746, 24.9490))
SHOT = Position(60.1750, 24.9475)


@pytest.fixture
def with_ways(session: Session, walk: str) -> dict[str, str]:
    """A walk with a route, a track and a photo that lies alone. Returns the walk, an observation, the photo."""
    for cls, positions in ((Route, ROUTE), (Track, TRACK)):
        way = tuple(Fix(None, each.lat, each.lon) for each in positions)
        add_line(session, walk, cls, "", "", PlaceFile("geojson", segments=(way,)))
    seen = next(each for each in session.read(Observation, {"scope": walk}) if isinstance(each.position, Position))
    shot = keep(session, walk, 1, position=SHOT, position_source=PositionSource.EXIF)
    return {"walk": walk, "observation": seen.id, "photo": shot}


@pytest.mark.parametrize(
    ("page", "about", "part"),
    [
        ("walk", "", ""),
        ("plan", "", "rutt"),
        ("observations", "", ""),
        ("observation", "observation", ON_THE_MAP),
        ("photos", "", ""),
        ("photos", "photo", "place"),
    ],
)
def test_every_map_of_a_walk_shows_its_route_and_its_track_and_writes_where_it_is_from(
    window: Callable[..., Window], with_ways: dict[str, str], page: str, about: str, part: str
) -> None:
    shown = window()
    shown.go(Place(page, with_ways["walk"], with_ways.get(about, ""), part))
    wait(50)
    (view,) = (each for each in shown.findChildren(MapView) if each.isVisible())
    view.fit([*ROUTE, *TRACK, SHOT])
    still(view)
    assert seen_along(view, ROUTE, "route", 5) > 0.95
    assert seen_along(view, TRACK, "track") > 0.95
    the_line(view, CREDIT)
