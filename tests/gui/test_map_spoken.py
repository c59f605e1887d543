"""The map as a screen reader is told of it: where one is and what is in sight, and its marks one by one."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent

from app.commands.recording import begin_rehearsal
from app.commands.stops import add_stop
from app.domain.arrival import CLEAR
from app.domain.values import Position
from app.session import Session
from tests.gui.hands import wait
from tests.gui.maps import AWAY, MIDDLE, Maps, observation, photo, still, stop
from tests.gui.planning import map_of
from tests.gui.twins import Told
from tests.gui.walking import at, with_receiver
from tests.gui.walking import stop as stop_of
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


def test_the_map_tells_of_a_stop_what_the_list_tells_of_it(
    window: Callable[..., Window], walk: str, session: Session
) -> None:
    shown, screen, receiver = with_receiver(window, walk)()
    first, second, third = (stop_of(session, walk, place) for place in range(3))

    def told(key: str) -> str:
        screen.view.choose(key)
        row = next(each for each in screen.list.rows.things if each.key == key)
        assert row.chip is not None and row.chip[0] in row.spoken and row.chip[0] in screen.view.accessibleDescription()
        return row.chip[0]

    screen.be_at(first.id)
    assert told(first.id) == "Vi är här"
    for _fix in range(CLEAR):
        receiver.say(at(second))
    assert told(second.id) == "Enligt läget"
    screen.be_at(second.id)
    screen.be_at(third.id, sets_out=True)
    assert told(third.id) == "På väg hit"
    begin_rehearsal(session, walk)
    made = add_stop(session, walk, {"name": "Bron", "position": at(first, east=90.0)})
    shown.desk.bell.settle()
    assert told(made) == "Från en övning"


def test_of_the_stop_that_is_chosen_in_the_plan_nobody_is_told_that_one_is_there(
    window: Callable[..., Window], walk: str, session: Session
) -> None:
    shown = window()
    shown.go(Place("plan", walk, stop_of(session, walk, 0).id))
    wait(20)
    view = map_of(shown)
    assert focused(view) == "Stopp 1, Växthusgrinden"
