"""Whoever walks without a track learns that nothing of the way is kept, and can begin one there."""

from collections.abc import Callable

import pytest

from app.commands.records import set_fields
from app.domain.records import SafetyWalk, Track
from app.domain.values import Position
from app.session import Session
from tests.gui.hands import buttons, press, until
from tests.gui.opening import Opener, settle
from tests.gui.room import cut
from tests.gui.twins import Told
from tests.gui.walking import at, stop
from ui.screens.walk import WalkScreen
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.notice import Notice, Snackbar

Open = Callable[..., Window]
AWAY = Position(60.1800, 24.9450)
NO_TRACK = "Inget spår spelas in. Vägen ni går sparas inte."


def _walked(window: Open, walk: str) -> tuple[Window, Told]:
    """The walk's map, with a receiver that has said nothing yet."""
    shown = window()
    shown.go(Place("walk", walk, part="map"))
    receiver = Told(shown.guide)
    shown.guide.listen(receiver)
    return shown, receiver


def _said(shown: Window) -> str:
    return shown.tray.notice.text if shown.tray.notice else ""


def _time_is_up(shown: Window) -> None:
    """The time of the notice that is shown."""
    (bar,) = (each for each in shown.tray.findChildren(Snackbar) if each.isVisible())
    bar._time_is_up()


def _ended(shown: Window) -> None:
    press(shown, "Avsluta övningen")
    until(lambda: not shown.guide.practises, "the end of the rehearsal")


def test_whoever_set_out_before_there_was_a_position_is_offered_the_track_once_positions_come(
    window: Open, session: Session, walk: str
) -> None:
    set_fields(session, session.read(SafetyWalk, {"id": walk})[0], {"info_shown_at": None, "starts": None})
    shown = window()
    shown.go(Place("ready", walk))
    press(shown, "Börja vandringen")
    until(lambda: shown.place.page == "information", "what everybody hears first")
    press(shown, "Inte nu")
    shown.guide.rehearse(walk)
    shown.go(Place("position", walk))
    _ended(shown)
    receiver = Told(shown.guide)
    shown.guide.listen(receiver)
    shown.go(Place("walk", walk, part="map"))
    receiver.say(AWAY)
    assert _said(shown) != NO_TRACK, "nobody has set out"
    shown.go(Place("walk", walk))
    until(lambda: shown.place.page == "information", "what everybody hears first")
    press(shown, "Alla har fått höra det")
    assert _said(shown) != NO_TRACK, "where one is is not known"
    receiver.say(AWAY)
    assert _said(shown) == NO_TRACK
    press(shown.tray, "Starta spår")
    assert shown.guide.records == walk and _said(shown) == "Spåret spelas in."
    receiver.say(AWAY)
    shown.tray.clear()
    assert _said(shown) == ""


def test_it_stays_until_it_is_answered_and_gives_way_to_what_is_said_of_the_walk(
    window: Open, session: Session, walk: str
) -> None:
    shown, receiver = _walked(window, walk)
    receiver.say(AWAY)
    _time_is_up(shown)
    assert _said(shown) == NO_TRACK
    shown.say(Notice("Foto sparat.", undo=True))
    receiver.say(AWAY)
    assert _said(shown) == "Foto sparat."
    _time_is_up(shown)
    until(lambda: _said(shown) == NO_TRACK, "the question, again")
    receiver.say(at(stop(session, walk, 2)))
    _time_is_up(shown)
    for _fix in range(2):
        receiver.say(at(stop(session, walk, 2)))
    until(lambda: _said(shown).startswith("Ni är framme vid stopp 3"), "the stop")
    receiver.say(at(stop(session, walk, 2)))
    _time_is_up(shown)
    until(lambda: _said(shown) == NO_TRACK, "the question, again")


def test_who_closes_it_is_not_asked_again_of_that_walk(window: Open, walk: str) -> None:
    shown, receiver = _walked(window, walk)
    receiver.say(AWAY)
    assert _said(shown) == NO_TRACK
    press(shown, "Stäng meddelandet")
    for page in ("walk", "observations", "walk"):
        shown.go(Place(page, walk, part="map" if page == "walk" else ""))
        receiver.say(AWAY)
        assert _said(shown) == ""


def test_it_goes_where_the_track_is_begun_by_its_own_button(window: Open, walk: str) -> None:
    shown, receiver = _walked(window, walk)
    receiver.say(AWAY)
    assert _said(shown) == NO_TRACK
    shown.guide.record(walk)
    assert _said(shown) == ""
    shown.guide.pause()
    receiver.say(AWAY)
    assert _said(shown) == "", "what is paused waits to be gone on with"


def test_whoever_ended_the_track_and_whoever_practises_is_not_asked(window: Open, session: Session, walk: str) -> None:
    shown, receiver = _walked(window, walk)
    shown.guide.rehearse(walk)
    receiver.say(AWAY)
    assert _said(shown) == ""
    shown.guide.end()
    shown.guide.record(walk)
    shown.guide.end()
    receiver.say(AWAY)
    assert _said(shown) == ""
    shown.guide.untracked.clear()
    shown.bell.settle()
    receiver.say(AWAY)
    assert _said(shown) == "" and len(session.read(Track, {"scope": walk})) == 2, "nor in a window opened later"


def test_a_walk_that_is_over_asks_for_no_track(window: Open, session: Session, walk: str) -> None:
    ended = session.clock().replace(second=1)
    set_fields(session, session.read(SafetyWalk, {"id": walk})[0], {"ends": ended})
    shown, receiver = _walked(window, walk)
    receiver.say(AWAY)
    assert _said(shown) == ""


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("size", [(1280, 800), (800, 1280), (1024, 600)], ids=str)
def test_the_question_is_whole_and_leaves_more_than_half_of_the_map_in_sight(
    at: Opener, size: tuple[int, int], lang: str
) -> None:
    shown = at("walk", size, text=200, gloves=True, lang=lang)
    receiver = Told(shown.guide)
    shown.guide.listen(receiver)
    receiver.say(AWAY)
    settle(shown)
    screen = shown.shown
    assert isinstance(screen, WalkScreen) and shown.tray.notice is not None and shown.tray.notice.stays
    assert len(buttons(shown.tray)) == 2 and not any(cut(each) for each in buttons(shown.tray))
    assert shown.tray.height() <= screen.pane.height() * 0.45
