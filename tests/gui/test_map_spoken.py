"""The map as a screen reader is told of it: its marks one by one, where one is and what is in sight."""

import gc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from weakref import ref

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication

from app.domain.values import Position
from app.jobs.maps import map_files
from app.session import Session
from tests.gui.hands import wait
from tests.gui.maps import AWAY, MIDDLE, Maps, observation, photo, still, stop
from tests.gui.test_walk_live import Painted
from tests.gui.twins import Told
from ui.screens.walk import WalkScreen
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.look import Look
from ui.widgets.map_own import Own
from ui.widgets.map_view import MapView

HERE, THERE = (MIDDLE.lat, MIDDLE.lon), (AWAY.lat, AWAY.lon)
NAME, DESCRIPTION = QAccessible.Text.Name, QAccessible.Text.Description


@pytest.fixture
def view(session: Session, qapp: QApplication) -> Iterator[Maps]:
    """Opens maps, of the one that comes with the program."""
    made = Maps(qapp, map_files(session))
    yield made
    made.close()


def spoken(map_: MapView) -> QAccessibleInterface:
    """What is told of a map."""
    return QAccessible.queryAccessibleInterface(map_)


def children(map_: MapView) -> list[QAccessibleInterface]:
    """What is told of its marks."""
    told = spoken(map_)
    return [told.child(place) for place in range(told.childCount())]


def test_each_mark_is_told_by_its_words_and_lies_where_it_is_seen(view: Maps) -> None:
    shown = view()
    marks = [stop("s1", MIDDLE.lat, MIDDLE.lon), observation("o1", MIDDLE.lat + 5e-4, MIDDLE.lon), photo("p", *THERE)]
    shown.show_marks(marks)
    still(shown)
    told = children(shown)
    assert [each.text(NAME) for each in told] == ["s1", "o1", "p"]
    assert [bool(each.state().offscreen) for each in told] == [False, False, True]
    for mark, each in zip(marks[:2], told, strict=False):
        at = shown.mapToGlobal(shown.point_of(mark.position).toPoint())
        assert each.rect().contains(at) and each.rect().width() < 60
        found = spoken(shown).childAt(at.x(), at.y())
        assert found is each and spoken(shown).indexOfChild(found) == marks.index(mark)
    corner = shown.mapToGlobal(shown.rect().topLeft())
    assert spoken(shown).childAt(corner.x(), corner.y()) is None
    assert told[0].parent() is spoken(shown)
    shown.go_to(AWAY)
    assert [bool(each.state().offscreen) for each in children(shown)] == [True, True, False], "as it is asked for"


def test_a_mark_that_has_gone_is_told_no_more_and_one_that_came_is(view: Maps) -> None:
    shown = view()
    gone, left = observation("o1", *HERE), observation("o2", *THERE)
    shown.show_marks([gone, left])
    first, second = children(shown)
    number = QAccessible.uniqueId(first)
    shown.show_marks([left, stop("s1", *HERE)])
    assert QAccessible.accessibleInterface(number) is None
    assert [each.text(NAME) for each in children(shown)] == ["o2", "s1"] and children(shown)[0] is second


def test_with_the_map_its_marks_go(view: Maps) -> None:
    pane = view.framed(Look(calm=True), ())
    shown = pane.view
    shown.show_marks([observation(f"o{k}", *HERE) for k in range(20)])
    numbers = [QAccessible.uniqueId(each) for each in children(shown)]
    assert all(QAccessible.accessibleInterface(each) is not None for each in numbers)
    left = ref(shown)
    pane.deleteLater()
    del shown, pane
    wait(10)
    gc.collect()
    assert left() is None, "nor is the map kept, with its pictures"
    assert not any(QAccessible.accessibleInterface(each) for each in numbers)


def test_the_description_counts_what_is_in_sight_unless_a_mark_is_chosen(view: Maps) -> None:
    shown = view()
    assert spoken(shown).text(DESCRIPTION) == "Inga märken i bild."
    shown.show_marks([stop("s1", *HERE), *(observation(f"o{k}", *HERE) for k in range(3)), photo("p", *THERE)])
    assert spoken(shown).text(DESCRIPTION) == "I bild: 1 stopp och 3 iakttagelser."
    shown.choose("s1")
    assert spoken(shown).text(DESCRIPTION) == "s1"
    assert [bool(each.state().selected) for each in children(shown)] == [True, False, False, False, False]
    shown.choose("")
    shown.go_to(AWAY)
    assert spoken(shown).text(DESCRIPTION) == "I bild: 1 foto."


def test_how_far_a_mark_is_and_in_which_direction_is_told_while_one_knows_where_one_is(view: Maps) -> None:
    shown = view()
    shown.show_marks([observation("o1", MIDDLE.lat, MIDDLE.lon + 0.002)])
    (mark,) = children(shown)
    assert mark.text(DESCRIPTION) == ""
    shown.show_own(Own(MIDDLE))
    assert mark.text(DESCRIPTION) == "110\N{NO-BREAK SPACE}m österut"
    shown.show_own(Own(MIDDLE, stale=True))
    assert mark.text(DESCRIPTION) == ""


def test_on_the_walk_the_map_tells_where_one_is_how_well_that_is_known_and_where_the_next_stop_lies(
    window: Callable[..., Window], walk: str, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "clock", lambda: datetime.now(UTC))
    shown = window()
    shown.go(Place("walk", walk, part="map"))
    wait(20)
    assert isinstance(shown.shown, WalkScreen)
    view = shown.shown.view
    assert spoken(view).text(DESCRIPTION).startswith("Inget läge. Vid stopp ")
    receiver = Told(shown.guide)
    shown.guide.listen(receiver)
    receiver.say(Position(60.1755, 24.9495), hdop=0.5)
    said = spoken(view).text(DESCRIPTION)
    assert said.startswith(
        "Läget är rätt på 4\N{NO-BREAK SPACE}m när. Vid stopp 2 av 3, Gångtunneln under Långa bron. "
    )
    assert "Nästa: Stopp 3, Lekplatsen. 320\N{NO-BREAK SPACE}m åt sydväst. I bild: 3 stopp och 4 iakttagelser." in said
    names = [each.text(NAME) for each in children(view)]
    assert "Stopp 3, Lekplatsen" in names and any(each.startswith("A1 ") for each in names)
    how = {each.text(NAME): each.text(DESCRIPTION) for each in children(view)}
    assert how["Stopp 1, Växthusgrinden"] == "Besökt, 240\N{NO-BREAK SPACE}m västerut"
    assert how["Stopp 2, Gångtunneln under Långa bron"].startswith("Vi är här, ")


def test_nothing_is_said_of_it_and_nothing_is_painted_while_one_only_asks(view: Maps) -> None:
    shown = view()
    shown.show_marks([stop("s1", *HERE)])
    still(shown)
    wait(200)
    painted = Painted(shown)
    for _turn in range(20):
        assert [each.text(NAME) for each in children(shown)] == ["s1"] and spoken(shown).text(DESCRIPTION)
    wait(50)
    assert not painted.shares
