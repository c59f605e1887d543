"""Whoever goes on to a stop is on the way there, as far as a position tells."""

from collections.abc import Callable

import pytest

from app.domain.arrival import CLEAR
from app.domain.records import Observation, Stop
from app.session import Session
from app.settings import load_stop
from tests.gui.hands import press, wait
from tests.gui.noting import says
from tests.gui.opening import settle
from tests.gui.twins import Told
from tests.gui.walking import at, at_the_first, plate
from ui.screens.walk import WalkScreen
from ui.shell.window import Window
from ui.widgets.desk import Place

Walking = tuple[Window, WalkScreen, Told, list[Stop]]


@pytest.fixture
def setting_out(window: Callable[..., Window], session: Session, walk: str) -> Walking:
    """The walk, with a receiver; a person has said the first stop."""
    return at_the_first(window, session, walk)


def _go_on(shown: Window, number: int) -> WalkScreen:
    """Press on to the next stop, this one; the walk's page as it is then."""
    press(shown, "Nästa stopp")
    press(shown, f"Gå till stopp {number}")
    settle(shown)
    screen = shown.shown
    assert isinstance(screen, WalkScreen)
    return screen


def _leave(shown: Window, walk: str, page: str) -> None:
    """Another page; the walk's is gone, and hears nothing."""
    shown.go(Place(page, walk))
    settle(shown)
    wait(20)


def _back(shown: Window, walk: str) -> WalkScreen:
    """The walk's page, come back to."""
    shown.go(Place("walk", walk, part="map"))
    settle(shown)
    screen = shown.shown
    assert isinstance(screen, WalkScreen)
    return screen


def test_whoever_goes_on_to_a_stop_is_on_the_way_there_until_they_come(setting_out: Walking, walk: str) -> None:
    shown, screen, receiver, stops = setting_out
    for fix in range(CLEAR):
        receiver.say(at(stops[1], east=5.0 * fix))
    screen.be_at(stops[1].id)
    shown.tray.clear()
    screen = _go_on(shown, 3)
    assert shown.tray.notice
    assert shown.tray.notice.text == f"Nu går ni till stopp 3, {stops[2].name}."
    shown.tray.clear()
    assert plate(screen) == ("På väg till stopp 3 av 3", stops[2].name)
    assert screen.bar.onward.isVisible() and "m" in screen.bar.onward.words.text()
    assert "sista" not in screen.bar.told and not screen.bar.confirm.isVisible()
    assert not any(mark.here for mark in screen.view.marks), "one is at none of them"
    assert load_stop(shown.session.home, walk) == stops[2].id
    receiver.say(at(stops[2], east=400.0))
    assert plate(screen)[0] == "På väg till stopp 3 av 3"
    receiver.say(at(stops[2], east=3.0))
    assert plate(screen) == ("Vid stopp 3 av 3", stops[2].name) and not screen.bar.onward.isVisible()
    receiver.say(at(stops[2], east=90.0))
    assert plate(screen)[0] == "Vid stopp 3 av 3", "whoever has come there and walks about is not on the way again"


def test_whoever_says_to_be_there_all_the_same_is_there(setting_out: Walking) -> None:
    shown, screen, receiver, stops = setting_out
    receiver.say(at(stops[0]))
    screen = _go_on(shown, 2)
    assert plate(screen)[0] == "På väg till stopp 2 av 3"
    assert screen.live.is_to_be_said(stops[1].id, beside=True)
    screen.be_at(stops[1].id)
    assert plate(screen)[0] == "Vid stopp 2 av 3"
    receiver.say(at(stops[0]))
    assert plate(screen)[0] == "Vid stopp 2 av 3"


def test_without_a_position_whoever_goes_on_to_a_stop_is_taken_to_be_there(setting_out: Walking) -> None:
    shown, screen, receiver, stops = setting_out
    receiver.say(at(stops[0]))
    shown.guide.listen(None)
    screen = _go_on(shown, 2)
    assert plate(screen)[0] == "Vid stopp 2 av 3"


def test_whoever_came_there_while_another_page_was_open_is_not_on_the_way_again(
    setting_out: Walking, walk: str
) -> None:
    shown, _screen, receiver, stops = setting_out
    receiver.say(at(stops[0]))
    _go_on(shown, 2)
    _leave(shown, walk, "observations")
    receiver.say(at(stops[1]))
    receiver.say(at(stops[1], east=90.0))
    assert plate(_back(shown, walk)) == ("Vid stopp 2 av 3", stops[1].name)


def test_whoever_clearly_came_to_a_later_stop_while_another_page_was_open_is_told_so_on_coming_back(
    setting_out: Walking, walk: str
) -> None:
    shown, _screen, receiver, stops = setting_out
    for page in ("observations", "more", "observations"):
        _leave(shown, walk, page)
        receiver.say(at(stops[2]))
    assert plate(_back(shown, walk)) == ("Enligt läget vid 3 av 3", stops[2].name)


def test_under_a_bridge_where_every_position_is_doubtful_one_comes_there_all_the_same(setting_out: Walking) -> None:
    shown, _screen, receiver, stops = setting_out
    receiver.say(at(stops[0]))
    screen = _go_on(shown, 2)
    receiver.say(at(stops[1]), hdop=9.0)
    assert plate(screen)[0] == "På väg till stopp 2 av 3", "one of them alone may have leapt"
    for fix in range(CLEAR):
        receiver.say(at(stops[1], east=0.5 * fix), hdop=9.0)
    assert plate(screen)[0] == "Vid stopp 2 av 3"
    receiver.say(at(stops[1], east=60.0))
    assert plate(screen)[0] == "Vid stopp 2 av 3"


def test_whoever_passes_by_a_stop_on_the_way_there_is_not_asked_how_it_feels_and_the_way_back_is_on_the_way(
    setting_out: Walking,
) -> None:
    shown, screen, receiver, stops = setting_out
    receiver.say(at(stops[0]))
    screen = _go_on(shown, 2)
    press(shown, "Nästa stopp")
    assert shown.place.page == "walk" and plate(screen) == ("På väg till stopp 3 av 3", stops[2].name)
    press(shown, "Tillbaka till 2")
    assert plate(screen) == ("På väg till stopp 2 av 3", stops[1].name), "one was there no more than before"


def test_a_stop_that_one_is_on_the_way_to_is_rated_as_any_other_where_one_is_not(
    setting_out: Walking, walk: str
) -> None:
    shown, screen, receiver, stops = setting_out
    receiver.say(at(stops[0]))
    screen = _go_on(shown, 2)
    screen.view.mark_pressed.emit(stops[1].id)
    press(shown, "Hur känns platsen?")
    assert says(shown, "Ni kan svara när som helst.") and not says(shown, "Innan ni går vidare")
    press(shown, "Klar")
    assert load_stop(shown.session.home, walk) == stops[1].id


def _visited(screen: WalkScreen) -> tuple[set[str], set[str]]:
    """The stops that are said to be visited, on the map and in the list."""
    rows = {each.key for each in screen.list.rows.things if each.done and each.spoken.endswith("besökt")}
    return {each.key for each in screen.view.marks if each.done}, rows


def test_a_stop_that_one_passed_by_on_the_way_there_is_not_said_to_be_visited_until_one_has_said_to_be_there(
    setting_out: Walking, walk: str
) -> None:
    shown, screen, receiver, stops = setting_out
    receiver.say(at(stops[0]))
    screen = _go_on(shown, 2)
    press(shown, "Nästa stopp")
    assert _visited(screen) == ({stops[0].id}, {stops[0].id})
    _leave(shown, walk, "observations")
    shown.guide.listen(None)
    screen = _back(shown, walk)
    assert _visited(screen) == ({stops[0].id}, {stops[0].id}), "nor later on"
    for each in stops[1:]:
        screen.be_at(each.id)
    assert _visited(screen)[0] == {stops[0].id, stops[1].id}


def test_whoever_clearly_is_further_on_than_where_they_set_out_for_has_not_visited_that(setting_out: Walking) -> None:
    shown, screen, receiver, stops = setting_out
    receiver.say(at(stops[0]))
    screen = _go_on(shown, 2)
    for _fix in range(CLEAR):
        receiver.say(at(stops[2]))
    shown.tray.clear()
    press(shown.tray, "Vi är här")
    assert plate(screen)[0] == "Vid stopp 3 av 3" and _visited(screen)[0] == {stops[0].id}


def test_what_one_passed_by_while_one_practised_is_not_passed_by(setting_out: Walking, walk: str) -> None:
    shown, screen, receiver, stops = setting_out
    screen.be_at(stops[2].id)
    receiver.say(at(stops[2]))
    before = _visited(screen)
    shown.guide.rehearse(walk)
    screen.be_at(stops[0].id)
    receiver.say(at(stops[0]))
    screen = _go_on(shown, 2)
    press(shown, "Nästa stopp")
    assert stops[1].id not in _visited(screen)[0]
    shown.guide.end()
    assert _visited(_back(shown, walk)) == before


@pytest.mark.parametrize("hdop", [1.0, 9.0])
@pytest.mark.parametrize("north", [400.0, 50.0])
def test_what_is_noted_on_the_way_belongs_to_no_stop(
    setting_out: Walking, session: Session, walk: str, north: float, hdop: float
) -> None:
    shown, _screen, receiver, stops = setting_out
    receiver.say(at(stops[0]))
    _go_on(shown, 2)
    receiver.say(at(stops[1], north=north), hdop=hdop)
    before = {each.id for each in session.read(Observation, {"scope": walk})}
    press(shown, "Ny iakttagelse")
    wait(10)
    press(shown, "Belysning")
    (made,) = [each for each in session.read(Observation, {"scope": walk}) if each.id not in before]
    assert made.stop is None
