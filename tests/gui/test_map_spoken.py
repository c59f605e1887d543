"""The map as a screen reader is told of it: where one is and what is in sight, and its marks one by one."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent

from app.domain.values import Position
from app.session import Session
from tests.gui.hands import wait
from tests.gui.maps import AWAY, MIDDLE, Maps, observation, photo, still, stop
from tests.gui.twins import Told
from ui.screens.walk import WalkScreen
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.map_own import Own
from ui.widgets.map_view import MapView

HERE, THERE = (MIDDLE.lat, MIDDLE.lon), (AWAY.lat, AWAY.lon)


def focused(map_: MapView) -> str:
    """What is told of a map that the tabulator comes to."""
    map_.focusInEvent(QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
    return map_.accessibleDescription()


def test_what_is_in_sight_is_counted_unless_a_mark_is_chosen(view: Maps) -> None:
    shown = view()
    assert focused(shown) == "Inga märken i bild."
    shown.show_marks([stop("s1", *HERE), *(observation(f"o{k}", *HERE) for k in range(3)), photo("p", *THERE)])
    assert focused(shown) == "I bild: 1 stopp och 3 iakttagelser."
    shown.choose("s1")
    assert shown.accessibleDescription() == "s1"
    shown.choose("")
    assert shown.accessibleDescription() == "I bild: 1 stopp och 3 iakttagelser."
    shown.go_to(AWAY)
    assert focused(shown) == "I bild: 1 foto."


def test_the_tabulator_tells_the_marks_one_by_one_and_how_far_each_is_and_in_which_direction(view: Maps) -> None:
    shown = view()
    shown.show_marks([observation("o1", MIDDLE.lat, MIDDLE.lon + 0.002), stop("s1", MIDDLE.lat + 0.0005, MIDDLE.lon)])
    still(shown)
    focused(shown)
    told = []
    for own in (None, Own(MIDDLE), Own(MIDDLE, stale=True)):
        shown.show_own(own)
        focused(shown)
        shown.choose("")
        for _mark in range(2):
            assert shown.focusNextPrevChild(True)
            told.append(shown.accessibleDescription())
    nbsp = "\N{NO-BREAK SPACE}"
    assert told == ["s1", "o1", f"s1, 56{nbsp}m norrut", f"o1, 110{nbsp}m österut", "s1", "o1"]


def test_on_the_walk_the_map_tells_where_one_is_how_well_that_is_known_and_where_the_next_stop_lies(
    window: Callable[..., Window], walk: str, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "clock", lambda: datetime.now(UTC))
    shown = window()
    shown.go(Place("walk", walk, part="map"))
    wait(20)
    assert isinstance(shown.shown, WalkScreen)
    view = shown.shown.view
    assert focused(view).startswith("Inget läge. Vid stopp ")
    receiver = Told(shown.guide)
    shown.guide.listen(receiver)
    receiver.say(Position(60.1755, 24.9495), hdop=0.5)
    said = focused(view)
    assert said.startswith(
        "Läget är rätt på 4\N{NO-BREAK SPACE}m när. Vid stopp 2 av 3, Gångtunneln under Långa bron. "
    )
    assert "Nästa: Stopp 3, Lekplatsen. 320\N{NO-BREAK SPACE}m åt sydväst. I bild: 3 stopp och 4 iakttagelser." in said
    for name, how in (("Stopp 1, ", "Besökt, 240\N{NO-BREAK SPACE}m västerut"), ("Stopp 2, ", "Vi är här, ")):
        view.choose(next(each.key for each in view.marks if each.name.startswith(name)))
        assert how in view.accessibleDescription()
