"""What a map says of itself in words: that it ends, or that it lacks something."""

import sqlite3
from contextlib import closing

import pytest
from PySide6.QtCore import QPointF

from app.domain.values import Position
from app.jobs.maps import map_files
from app.session import Session
from tests.gui.maps import AWAY, CREDIT, MIDDLE, Maps, still, stop
from tests.gui.read_back import Written, count, image, near, reads, texts, written
from tests.storage.test_readiness import pierced
from ui.widgets.look import THEMES, Look
from ui.widgets.map_paint import Ground
from ui.widgets.map_view import MapView

END = "Kartan slutar här. Din position och spåret visas ändå."
CORNER = Position(60.1642, 24.9352)


def the_line(map_: MapView, text: str) -> Written:
    """The one painted line of text that begins so, which must be seen and not covered."""
    (found,) = (each for each in written(map_) if each.text.startswith(text))
    assert reads(image(map_), found), f"{text!r} is written and then covered"
    return found


@pytest.mark.parametrize("theme", THEMES)
def test_where_the_map_has_ended_that_is_written_and_nowhere_else(view: Maps, theme: str) -> None:
    shown = view(Look(theme=theme, calm=True))
    still(shown)
    assert END not in texts(shown)
    shown.go_to(AWAY, 16)
    still(shown)
    words = the_line(shown, END)
    assert words.box.bottom() < 80
    assert abs(words.box.center().x() - 400) < 3
    plate = words.box.adjusted(-8, -6, 8, 6)
    ground = count(image(shown), plate, shown.look.color("surface"))
    assert ground > plate.width() * plate.height() / 2, "on a plate of its own"
    shown.go_to(MIDDLE, 9)
    still(shown)
    assert END in texts(shown), "so far out no map has anything"
    shown.go_to(MIDDLE, 19)
    still(shown)
    assert END not in texts(shown), "closer than the closest tiles their enlarged picture is shown"


def test_on_a_narrow_map_the_sentence_of_the_end_is_broken_and_still_whole(view: Maps) -> None:
    shown = view(Look(calm=True, scale=2.0))
    shown.resize(320, 480)
    shown.go_to(AWAY, 16)
    still(shown)
    lines = [each for each in written(shown) if each.text.strip() and each.text.strip() in END]
    assert " ".join(each.text.strip() for each in lines) == END and len(lines) > 2
    assert all(reads(image(shown), each) for each in lines)


@pytest.mark.parametrize("right", [-120, 0, 150])
def test_the_sentence_of_the_end_gives_way_to_the_stops_that_lie_outside_the_map(view: Maps, right: int) -> None:
    shown = view()
    shown.go_to(AWAY, 16)
    still(shown)
    first, at = the_line(shown, END).box, QPointF(400 + right, 40)
    place = shown.position_at(at)
    shown.show_marks([stop("stop:1", place.lat, place.lon)])
    still(shown)
    words = the_line(shown, END).box
    assert words.top() > first.bottom() and words.top() - first.top() < 150, "no lower than it must"
    assert not words.adjusted(-14, -8, 14, 8).contains(at.toPoint())
    assert near(image(shown), at + QPointF(9, 0), shown.look.color("surface"), 2)


def test_where_marks_lie_everywhere_they_lie_on_the_sentence_of_the_end(
    view: Maps, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = view()
    shown.go_to(AWAY, 16)
    places = [shown.position_at(QPointF(x, y)) for x in range(100, 800, 100) for y in range(20, 600, 40)]
    shown.show_marks([stop(f"stop:{k}", each.lat, each.lon) for k, each in enumerate(places)])
    still(shown)
    assert END in texts(shown)
    discs = [shown.point_of(each) + QPointF(x, y) for each in places for x in range(-12, 13, 4) for y in (-6, 0, 6)]
    inside = [each.toPoint() for each in discs if shown.rect().contains(each.toPoint())]
    seen = image(shown)
    monkeypatch.setattr(Ground, "told", lambda _self, _frame: "")
    bare = image(shown)
    assert all(seen.pixelColor(each) == bare.pixelColor(each) for each in inside)


def test_on_a_low_map_that_is_full_of_marks_no_sentence_lies_under_them(view: Maps) -> None:
    shown = view()
    shown.resize(300, 120)
    shown.go_to(AWAY, 16)
    still(shown)
    assert END in " ".join(texts(shown))
    places = [shown.position_at(QPointF(x, y)) for x in range(20, 300, 40) for y in range(20, 120, 40)]
    shown.show_marks([stop(f"stop:{k}", each.lat, each.lon) for k, each in enumerate(places)])
    still(shown)
    assert END.split(maxsplit=1)[0] not in " ".join(texts(shown))


EMPTY = "Tomt: utanför kartan"


def test_where_the_map_ends_beside_what_one_looks_at_it_is_told_what_is_empty(view: Maps) -> None:
    shown = view()
    still(shown)
    assert EMPTY not in texts(shown), "all that is seen is on the map"
    shown.turn_to(45)
    assert EMPTY in texts(shown), "now the corners are beside it"
    shown.turn_to(0)
    for at, zoom in ((CORNER, 16), (MIDDLE, 13.5), (Position(60.1717, 24.9500), 16)):
        inside = Position(max(at.lat, 60.1645), max(at.lon, 24.9360))
        shown.go_to(inside, zoom)
        still(shown)
        assert the_line(shown, EMPTY).box.top() > shown.height() - shown.plate_height
        assert END not in texts(shown) and CREDIT in texts(shown)
    shown.go_to(AWAY, 16)
    still(shown)
    assert END in texts(shown) and EMPTY not in texts(shown), "it is told once"


HOLE = "Rutnät: här saknas karta."


def test_where_a_map_has_holes_in_sight_it_is_written_what_the_grid_is(
    view: Maps, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = view()
    still(whole)
    assert HOLE not in texts(whole)
    pierced(session, monkeypatch, MIDDLE)
    (file,) = map_files(session)
    with closing(sqlite3.connect(file.path)) as db:
        # Else the coarser tile is shown, enlarged.
        db.execute("DELETE FROM tiles WHERE zoom_level < 17")
        db.commit()
    shown = view(files=[file], zoom=17)
    still(shown)
    the_line(shown, HOLE)
    shown.go_to(MIDDLE, 18)
    still(shown)
    assert HOLE not in texts(shown), "here no tile is lacking"
    shown.go_to(AWAY, 17)
    still(shown)
    assert END in texts(shown) and HOLE not in texts(shown)
