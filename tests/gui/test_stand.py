"""Standing at a stop with a receiver until its place is known better: nothing is written before it is said to be."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt

from app.cli.showing import lines_of
from app.commands.records import set_fields
from app.domain.geo import distance_m
from app.domain.records import SafetyWalk, Stop
from app.domain.standing import averaged_of
from app.domain.values import Position, known
from app.queries.history import history_of
from app.queries.whole import whole_walk
from app.session import Session
from tests.gui.hands import button, buttons, press, says, wait
from tests.gui.torn import Other
from tests.gui.twins import Told
from tests.gui.walking import at, stop
from ui.screens.stand import StandScreen
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.map_view import MapView
from ui.widgets.tile import MarkedRow

Open = Callable[..., Window]
Standing = tuple[Window, StandScreen, Told]


@pytest.fixture
def walking(window: Open, walk: str) -> tuple[Window, Told]:
    """At the map, with a receiver."""
    shown = window()
    receiver = Told(shown.guide)
    shown.guide.listen(receiver)
    shown.go(Place("walk", walk, part="map"))
    wait(20)
    return shown, receiver


@pytest.fixture
def standing(walking: tuple[Window, Told], session: Session, walk: str) -> Standing:
    """At the third stop, whose card has been pressed."""
    shown, receiver = walking
    (view,) = shown.shown.findChildren(MapView)
    view.mark_pressed.emit(stop(session, walk, 2).id)
    press(shown, "Mät in platsen")
    screen = shown.shown
    assert isinstance(screen, StandScreen)
    return shown, screen, receiver


def stand(receiver: Told, places: Sequence[Position]) -> None:
    """One stands: a fix a second."""
    for each in places:
        receiver.say(each, hdop=0.75, speed=0.1)


def beside(found: Stop, count: int, east: float = 8.0) -> list[Position]:
    """Places some metres from a stop, as a receiver shakes."""
    return [at(found, east=east + (k % 3 - 1) * 3, north=(k % 2) * 0.0) for k in range(count)]


def test_the_stop_gets_the_middle_of_what_came_and_keeps_how_that_was(
    standing: Standing, session: Session, walk: str
) -> None:
    shown, screen, receiver = standing
    before = stop(session, walk, 2)
    stand(receiver, beside(before, 1))
    assert screen.so_far.text() == "1 läge, 0 s. Vänta lite till."
    stand(receiver, beside(before, 12)[1:])
    assert screen.so_far.text() == "12 lägen, ±3\N{NO-BREAK SPACE}m, 11 s"
    assert says(screen, "Det är 8\N{NO-BREAK SPACE}m österut från stoppets läge nu.")
    assert stop(session, walk, 2).position == before.position, "nothing moves by itself"
    stand(receiver, beside(before, 3))
    assert screen.so_far.text().startswith("15 lägen") and "14 s" in screen.so_far.text()
    press(shown, "Klar")
    after = stop(session, walk, 2)
    place, found = known(after.position, Position), averaged_of(after)
    assert place is not None and distance_m(place, at(before, east=8)) < 0.1
    assert found is not None and (found.count, found.spread_m, found.seconds) == (15, 3.0, 14.0)
    assert shown.place.page == "walk" and shown.tray.notice is not None and shown.tray.notice.undo


def test_one_undo_puts_the_old_position_back_and_the_history_tells_both(
    standing: Standing, session: Session, walk: str
) -> None:
    shown, _screen, receiver = standing
    before = stop(session, walk, 2)
    stand(receiver, beside(before, 12))
    press(shown, "Klar")
    told = [f"{each.label}: {each.new}" for each in history_of(session, walk, Stop.KIND, before.id)]
    assert "Inmätt på plats: plattans läge: 12 lägen, ±3\N{NO-BREAK SPACE}m, 11 s" in told
    (walked,) = session.read(SafetyWalk, {"id": walk})
    shell = "\n".join(lines_of(session, whole_walk(session, walked)))
    assert f"{before.name} (inmätt: 12 lägen, ±3\N{NO-BREAK SPACE}m, 11 s)" in shell
    shown.undo()
    after = stop(session, walk, 2)
    assert after.position == before.position and after.averaged is None
    shown.redo()
    assert averaged_of(stop(session, walk, 2)) is not None


def test_leaving_changes_nothing_and_whoever_comes_again_begins_anew(
    standing: Standing, session: Session, walk: str
) -> None:
    shown, _screen, receiver = standing
    before = stop(session, walk, 2)
    stand(receiver, beside(before, 5))
    press(shown, "Avbryt")
    assert shown.place.page == "walk" and stop(session, walk, 2) == replace(before, seen=stop(session, walk, 2).seen)
    shown.go(Place("stand", walk, before.id))
    assert isinstance(shown.shown, StandScreen) and shown.shown.so_far.text() == "Inga lägen än"
    press(shown, "Klar")
    assert shown.place.page == "stand", "there is nothing to keep yet"


def test_a_new_stop_is_made_here_where_one_stands_and_asks_for_its_name(
    walking: tuple[Window, Told], session: Session, walk: str
) -> None:
    shown, receiver = walking
    shown.go(Place("more", walk))
    press(shown, "Nytt stopp här, Stå still, så räknas läget ut.")
    stand(receiver, beside(stop(session, walk, 2), 9, east=60))
    assert len(session.read(Stop, {"scope": walk})) == 3
    press(shown, "Klar")
    made = stop(session, walk, 3)
    place, found = known(made.position, Position), averaged_of(made)
    assert place is not None and distance_m(place, at(stop(session, walk, 2), east=60)) < 0.1
    assert found is not None and found.count == 9
    press(shown, "Ge det ett namn")
    assert shown.place == Place("plan", walk, made.id)
    assert says(shown, "Inmätt på plats: 9 lägen")
    shown.undo()
    assert len(session.read(Stop, {"scope": walk})) == 3


def test_what_does_not_count_is_told(standing: Standing, session: Session, walk: str) -> None:
    shown, screen, receiver = standing
    place = at(stop(session, walk, 2))
    stand(receiver, [place] * 4)
    far = at(stop(session, walk, 2), east=300)
    for where, hdop, speed, told in (
        (place, 1.0, 1.2, "Ni rör er. Det som kommer nu räknas inte."),
        (place, 12.0, 0.0, "Läget är för osäkert just nu och räknas inte."),
        (far, 1.0, 0.0, "Läget hoppade bort från platsen. Det räknas inte."),
    ):
        receiver.say(where, hdop=hdop, speed=speed)
        assert screen.state.text().startswith(told) and screen.so_far.text().startswith("4 lägen")
    stand(receiver, [place])
    assert screen.state.text().startswith("Stå still") and screen.so_far.text().startswith("5 lägen")
    stand(receiver, [at(stop(session, walk, 2), east=90)] * 6)
    assert screen.state.text().startswith("Ni står på ett annat ställe") and screen.so_far.text().startswith("6 lägen")
    assert shown.place.page == "stand"


def test_a_receiver_that_is_silent_is_told_and_the_measuring_goes_on_when_it_speaks(
    standing: Standing, session: Session, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, screen, receiver = standing
    place = at(stop(session, walk, 2))
    assert screen.state.text().startswith("Inget läge har kommit än")
    stand(receiver, [place] * 4)
    later = datetime.now(UTC) + timedelta(seconds=11)
    with monkeypatch.context() as patch:
        patch.setattr(session, "clock", lambda: later)
        receiver.lose()
        assert screen.state.text().startswith("Inget läge sedan")
    stand(receiver, [place])
    assert screen.so_far.text().startswith("5 lägen") and screen.state.text().startswith("Stå still")
    shown.guide.listen(None)
    assert screen.state.text() == "Ingen mottagare är vald."
    press(shown, "Läge och övning")
    assert shown.place.page == "position"


def test_a_position_that_another_device_set_meanwhile_stands_against_it(
    standing: Standing, session: Session, walk: str, other: Other
) -> None:
    shown, screen, receiver = standing
    before = stop(session, walk, 2)
    (theirs,) = other.session.read(Stop, {"id": before.id})
    set_fields(other.session, theirs, {"position": Position(60.1731, 24.9471)})
    stand(receiver, beside(before, 5))
    # It comes between what was shown and the press.
    screen.blockSignals(True)
    shown.bell.blockSignals(True)
    other.meet()
    press(shown, "Klar")
    shown.bell.blockSignals(False)
    assert [(each.id, each.field) for each in session.conflicts(walk)] == [(before.id, "position")]


def test_a_stop_that_was_moved_by_hand_since_is_not_said_to_be_measured(
    standing: Standing, session: Session, walk: str
) -> None:
    shown, _screen, receiver = standing
    stand(receiver, beside(stop(session, walk, 2), 5))
    press(shown, "Klar")
    wait(20)
    found = stop(session, walk, 2)
    (view,) = shown.shown.findChildren(MapView)
    view.mark_pressed.emit(found.id)
    assert says(shown, "Inmätt på plats: 5 lägen")
    set_fields(session, found, {"position": at(found, east=3)})
    shown.bell.settle()
    wait(50)
    assert not says(shown, "Inmätt på plats") and averaged_of(stop(session, walk, 2)) is None


def test_a_new_stop_here_is_first_and_says_what_it_lacks_and_nothing_moves_when_that_is_found(
    window: Open, walk: str
) -> None:
    shown = window()
    shown.go(Place("more", walk))
    wait(20)
    rows = shown.shown.findChildren(MarkedRow)
    first, places = min(rows, key=lambda each: each.y()), [each.geometry() for each in rows]
    assert first.text() == "Nytt stopp här" and not first.isEnabled()
    assert [each.text() for each in rows if each.focusPolicy() == Qt.FocusPolicy.StrongFocus] == ["Avsluta vandringen"]
    assert first.accessibleName() == "Nytt stopp här, Kräver GPS. Välj den i Läge och övning."
    shown.guide.listen(Told(shown.guide))
    wait(20)
    assert first.isEnabled() and "Stå still" in first.detail
    assert [each.geometry() for each in rows] == places
    press(shown, first.accessibleName())
    assert shown.place == Place("stand", walk)


def test_without_a_receiver_the_plan_does_not_offer_it(window: Open, walk: str, session: Session) -> None:
    shown = window()
    shown.go(Place("plan", walk, stop(session, walk, 0).id, "rutt"))
    wait(20)
    assert "Mät in platsen" not in {each.accessibleName() for each in buttons(shown)}
    shown.guide.listen(Told(shown.guide))
    assert button(shown, "Mät in platsen").isVisible()
    press(shown, "Mät in platsen")
    assert shown.place == Place("stand", walk, stop(session, walk, 0).id)


def test_a_stop_is_not_moved_to_where_a_rehearsal_plays_that_one_is(
    standing: Standing, session: Session, walk: str
) -> None:
    shown, _screen, _receiver = standing
    before = stop(session, walk, 2)
    played = Told(shown.guide)
    played.is_played = True
    shown.guide.listen(played)
    stand(played, beside(before, 12))
    press(shown, "Klar")
    assert shown.place.page == "stand" and stop(session, walk, 2).position == before.position
    assert shown.tray.notice is not None and "stoppet flyttas inte" in shown.tray.notice.text
