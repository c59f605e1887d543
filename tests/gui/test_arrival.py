"""The plate of the walk says where one is: as a person has said, or where the position clearly is further on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from app.domain.arrival import CLEAR
from app.domain.geo import Plane
from app.domain.live import STALE_S
from app.domain.records import Observation, Stop
from app.domain.track import Fix
from app.domain.values import Position, known
from app.session import Session
from app.settings import load_stop
from tests.gui.hands import buttons, press, until, wait
from tests.gui.opening import Opener, settle
from tests.gui.room import cut
from tests.gui.twins import Told
from tests.gui.walking import plate, with_receiver
from ui.bridge.receivers import PlayedReceiver
from ui.screens.walk import WalkScreen
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.notice import Notice, Snackbar
from ui.widgets.text import Label

Walking = tuple[Window, WalkScreen, Told, list[Stop]]


@pytest.fixture
def passing(window: Callable[..., Window], session: Session, walk: str) -> Walking:
    """The walk, with a receiver; a person has said the first stop."""
    shown = window()
    shown.go(Place("walk", walk, part="map"))
    receiver = Told(shown.guide)
    shown.guide.listen(receiver)
    screen = shown.shown
    assert isinstance(screen, WalkScreen)
    stops = list(session.read(Stop, {"scope": walk}, ("order",)))
    screen.be_at(stops[0].id)
    shown.tray.clear()
    return shown, screen, receiver, stops


def _at(stop: Stop, east: float = 0.0) -> Position:
    middle = known(stop.position, Position)
    assert middle is not None
    return Plane(middle).position(east, 0)


def test_the_plate_says_the_stop_where_one_clearly_is_and_a_press_says_it_too(
    passing: Walking, session: Session, walk: str
) -> None:
    shown, screen, receiver, stops = passing
    for fix in range(CLEAR):
        assert plate(screen) == ("Vid stopp 1 av 3", stops[0].name), fix
        assert not screen.bar.confirm.isVisible()
        receiver.say(_at(stops[2], east=5.0 * fix))
    assert plate(screen) == ("Enligt läget vid 3 av 3", stops[2].name)
    assert load_stop(session.home, walk) == stops[0].id and screen.way.place == 0, "nobody has said so"
    shown.tray.clear()
    press(screen.bar, "Vi är här, som läget säger")
    assert load_stop(session.home, walk) == stops[2].id
    assert plate(screen) == ("Vid stopp 3 av 3", stops[2].name) and not screen.bar.confirm.isVisible()
    press(shown, "Tillbaka till 1")
    assert plate(screen) == ("Vid stopp 1 av 3", stops[0].name)
    for _fix in range(3 * CLEAR):
        receiver.say(_at(stops[2]))
    assert plate(screen) == ("Vid stopp 1 av 3", stops[0].name), "whoever stands there has said so"


def test_a_notice_and_the_plate_do_not_both_ask_whether_one_is_there_and_nothing_moves_when_the_notice_goes(
    passing: Walking,
) -> None:
    shown, screen, receiver, stops = passing
    for _fix in range(CLEAR):
        receiver.say(_at(stops[2]))
    settle(shown)
    assert plate(screen)[0] == "Enligt läget vid 3 av 3"
    assert [each.text() for each in buttons(shown)].count("Vi är här") == 1 and shown.tray.isVisible()
    before = [each.geometry() for each in (screen.bar, screen.list, screen.bar.name)]
    shown.tray.clear()
    settle(shown)
    assert screen.bar.confirm.isVisible()
    assert [each.geometry() for each in (screen.bar, screen.list, screen.bar.name)] == before
    screen.view.mark_pressed.emit(stops[2].id)
    settle(shown)
    assert [each.text() for each in buttons(shown)].count("Vi är här") == 1, "nor does the card of that stop"


@pytest.mark.parametrize("gloves", [False, True])
@pytest.mark.parametrize("size", [(1024, 600), (1280, 800), (800, 1280)], ids=str)
@pytest.mark.parametrize("text", [100, 200])
def test_while_a_notice_asks_the_plate_says_where_one_answers_in_the_room_of_its_button(
    window: Callable[..., Window], walk: str, session: Session, text: int, size: tuple[int, int], *, gloves: bool
) -> None:
    session.settings = replace(session.settings, text=text, gloves=gloves)
    shown, screen, receiver = with_receiver(window, walk)(*size)
    first, _second, there = session.read(Stop, {"scope": walk}, ("order",))
    screen.be_at(first.id)
    shown.tray.clear()
    for _fix in range(CLEAR):
        receiver.say(_at(there))
    settle(shown)
    if (text, size, gloves) == (200, (1024, 600), True):
        assert not screen.bar.isVisible() and _ways_to_say(shown) == 1, "where the plate has no room the notice asks"
        return
    assert screen.bar.isVisible()
    (words,) = (each for each in screen.bar.findChildren(Label) if each.text() == "Svara nedan.")
    assert words.isVisible() and not cut(words)
    assert words.visibleRegion().boundingRect() == words.rect()
    room = QRect(words.mapTo(screen.bar, QPoint()), words.size())
    shown.tray.clear()
    settle(shown)
    confirm = screen.bar.confirm
    assert not words.isVisible() and QRect(confirm.mapTo(screen.bar, QPoint()), confirm.size()) == room


def _asked(shown: Window) -> str | None:
    return shown.tray.notice.text if shown.tray.notice else None


def _asks_of(shown: Window, stop: Stop) -> bool:
    return str(stop.name) in (_asked(shown) or "")


def _ways_to_say(shown: Window) -> int:
    return [each.text() for each in buttons(shown)].count("Vi är här")


def test_while_another_notice_stands_the_plate_asks_whether_one_is_there(passing: Walking) -> None:
    shown, screen, receiver, stops = passing
    shown.say(Notice("Något gick fel.", problem=True))
    for _fix in range(CLEAR):
        receiver.say(_at(stops[2]))
    settle(shown)
    assert screen.bar.confirm.isVisible() and _ways_to_say(shown) == 1, "the notice waits, so nobody sees it"
    shown.tray.clear()
    settle(shown)
    assert shown.tray.isVisible() and not screen.bar.confirm.isVisible() and _ways_to_say(shown) == 1
    shown.tray.clear()
    settle(shown)
    assert screen.bar.confirm.isVisible() and _ways_to_say(shown) == 1


def test_whoever_has_gone_on_is_asked_of_the_stop_that_they_are_at_and_not_of_the_one_before(passing: Walking) -> None:
    shown, screen, receiver, stops = passing
    for stop in stops[1:]:
        for _fix in range(CLEAR):
            receiver.say(_at(stop))
        settle(shown)
        assert _asked(shown) is None or _asks_of(shown, stop), "a finger may be on its way to the other stop's"
        until(partial(_asks_of, shown, stop), "the question")
        assert _ways_to_say(shown) == 1 and screen.live.plate.is_here(stop.id)
    press(shown, "Vi är här")
    assert screen.way.is_here(stops[2].id)


def test_where_one_came_to_by_one_receiver_is_not_said_of_the_next(passing: Walking) -> None:
    shown, screen, receiver, stops = passing
    for _fix in range(CLEAR):
        receiver.say(_at(stops[2]))
    assert screen.live.by_position == stops[2].id
    another = Told(shown.guide)
    shown.guide.listen(another)
    another.say(_at(stops[0], east=-150.0))
    assert screen.live.by_position == "" and plate(screen)[0] == "Vid stopp 1 av 3"


def test_whoever_comes_back_to_the_walk_is_asked_once(passing: Walking, walk: str) -> None:
    shown, _screen, receiver, stops = passing
    for _fix in range(CLEAR):
        receiver.say(_at(stops[2]))
    for _time in range(2):
        shown.go(Place("more", walk))
        shown.go(Place("walk", walk, part="map"))
        settle(shown)
        assert _ways_to_say(shown) == 1
        shown.desk.bell.settle()
        settle(shown)
        assert _ways_to_say(shown) == 1
        shown.tray.clear()


def _played_to(passing: Walking, walk: str, stop: Stop) -> Walking:
    """The same, where one practises and all has been played: it ended at this stop."""
    shown, screen, receiver, stops = passing
    shown.guide.rehearse(walk)
    begins, place = datetime(2026, 10, 23, 16, 5, tzinfo=UTC), _at(stop)
    fixes = [Fix(begins + timedelta(seconds=n), place.lat, place.lon, hdop=1.0) for n in range(2 * CLEAR)]
    shown.guide.listen(PlayedReceiver(fixes, 600, shown.guide))
    until(lambda: shown.guide.has_played, "the end of what is played")
    settle(shown)
    return shown, screen, receiver, stops


def _time_is_up(shown: Window) -> None:
    (bar,) = (each for each in shown.tray.findChildren(Snackbar) if each.isVisible())
    bar._time_is_up()


def _said(shown: Window) -> str:
    return shown.tray.notice.text if shown.tray.notice else ""


def test_at_the_end_of_a_rehearsal_one_is_asked_of_the_last_stop_until_one_has_answered(
    passing: Walking, walk: str, session: Session
) -> None:
    stops = passing[3]
    shown, screen, _receiver, _stops = _played_to(passing, walk, stops[2])
    for _time in range(2):
        _time_is_up(shown)
        assert _said(shown).startswith("Ni är framme vid stopp 3"), "a finger may be on its way there"
    press(shown, "Vi är här")
    settle(shown)
    assert shown.place.page == "walk" and load_stop(session.home, walk) == stops[2].id
    assert _said(shown).startswith("Nu är ni vid stopp 3") and screen.way.is_here(stops[2].id)
    shown.tray.clear()
    assert _said(shown).startswith("Uppspelningen är slut.")


def test_whoever_closes_the_question_at_the_end_of_a_rehearsal_is_told_of_the_end_and_asked_by_theplate(
    passing: Walking, walk: str
) -> None:
    shown, screen, _receiver, stops = _played_to(passing, walk, passing[3][2])
    press(shown, "Stäng meddelandet")
    assert _said(shown).startswith("Uppspelningen är slut.")
    assert plate(screen) == ("Enligt läget vid 3 av 3", stops[2].name) and screen.bar.confirm.isVisible()


def test_where_a_rehearsal_has_been_played_to_its_end_one_is_there_until_it_is_ended(
    passing: Walking, walk: str, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, _screen, _receiver, stops = _played_to(passing, walk, passing[3][2])
    later = datetime.now(UTC) + timedelta(seconds=STALE_S + 1)
    monkeypatch.setattr(session, "clock", lambda: later)
    shown.go(Place("position", walk))
    shown.go(Place("walk", walk, part="map"))
    settle(shown)
    screen = shown.shown
    assert isinstance(screen, WalkScreen)
    assert plate(screen) == ("Enligt läget vid 3 av 3", stops[2].name)
    assert _said(shown).startswith("Ni är framme vid stopp 3") and _ways_to_say(shown) == 1
    press(shown, "Vi är här")
    assert load_stop(session.home, walk) == stops[2].id
    shown.guide.end()
    assert shown.guide.is_stale, "it was only played"


def test_a_card_that_was_open_before_asks_no_second_time_and_asks_when_the_position_is_old(
    passing: Walking, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, screen, receiver, stops = passing
    screen.view.mark_pressed.emit(stops[2].id)
    settle(shown)
    assert _ways_to_say(shown) == 1, "the card"
    for _fix in range(CLEAR):
        receiver.say(_at(stops[2]))
    shown.tray.clear()
    settle(shown)
    assert screen.bar.confirm.isVisible() and _ways_to_say(shown) == 1, "the plate"
    later = datetime.now(UTC) + timedelta(seconds=11)
    monkeypatch.setattr(session, "clock", lambda: later)
    shown.guide.turned.emit()
    settle(shown)
    assert not screen.bar.confirm.isVisible() and _ways_to_say(shown) == 1, "the card again"


def test_a_stop_that_one_may_have_passed_by_is_not_said_to_be_visited(passing: Walking) -> None:
    _shown, screen, receiver, stops = passing
    for _fix in range(CLEAR):
        receiver.say(_at(stops[2]))
    assert [each.key for each in screen.view.marks if each.done] == []
    screen.be_at(stops[2].id)
    assert {each.key for each in screen.view.marks if each.done} == {stops[0].id, stops[1].id}


def test_map_and_list_say_the_stop_that_the_plate_says(passing: Walking) -> None:
    _shown, screen, receiver, stops = passing

    def said() -> tuple[list[str], list[tuple[str, str]]]:
        chips = [(each.key, each.chip[0]) for each in screen.list.rows.things if each.chip and each.number]
        return [each.key for each in screen.view.marks if each.here], chips

    assert said() == ([stops[0].id], [(stops[0].id, "Vi är här")])
    for _fix in range(CLEAR):
        receiver.say(_at(stops[1]))
    assert said() == ([stops[1].id], [(stops[1].id, "Enligt läget")])
    screen.be_at(stops[1].id)
    assert said() == ([stops[1].id], [(stops[1].id, "Vi är här")])


def test_what_is_pressed_after_the_last_stop_has_another_name_than_the_tab(passing: Walking) -> None:
    shown, screen, _receiver, stops = passing
    screen.be_at(stops[2].id)
    shown.tray.clear()
    assert screen.onward.text() == "Nästa steg"
    words = [each.text() for each in buttons(shown)]
    assert len(words) == len(set(words)), "each stands once"


def test_noisy_positions_do_not_turn_theplate(passing: Walking) -> None:
    _shown, screen, receiver, stops = passing
    said = set[tuple[str, str]]()
    for turn in range(30):
        receiver.say(_at(stops[2] if turn % 2 else stops[1], east=20), hdop=0.75)
        receiver.say(_at(stops[2]), hdop=40)
        said.add(plate(screen))
    assert said == {("Vid stopp 1 av 3", stops[0].name)}
    for _fix in range(CLEAR):
        receiver.say(_at(stops[1]), hdop=0.75)
    said = set()
    for turn in range(60):
        receiver.say(_at(stops[1], east=5.0 * turn), hdop=40 if turn % 3 == 0 else 0.75)
        said.add(plate(screen))
    assert said == {("Enligt läget vid 2 av 3", stops[1].name)}, "nor does going on"


def test_one_goes_on_from_the_stop_that_the_plate_says_and_what_is_noted_belongs_to_it(
    passing: Walking, session: Session, walk: str
) -> None:
    shown, screen, receiver, stops = passing
    for _fix in range(CLEAR):
        receiver.say(_at(stops[1]), hdop=0.75)
    # A position that may be far off guesses no stop, and does not turn the plate: it says where the note goes.
    for hdop in (0.75, 40):
        receiver.say(_at(stops[1]), hdop=hdop)
        before = {each.id for each in session.read(Observation, {"scope": walk})}
        press(shown, "Ny iakttagelse")
        wait(10)
        press(shown, "Belysning")
        (made,) = [each for each in session.read(Observation, {"scope": walk}) if each.id not in before]
        assert made.stop == stops[1].id
        shown.go(Place("walk", walk, part="map"))
        assert isinstance(shown.shown, WalkScreen)
        screen = shown.shown
        assert plate(screen) == ("Enligt läget vid 2 av 3", stops[1].name), "also on coming back"
    press(shown, "Gå vidare till nästa stopp")
    assert (shown.place.page, shown.place.item) == ("rating", stops[1].id)
    assert load_stop(session.home, walk) == stops[1].id, "whoever goes on from there has said so"
    session.settings = replace(session.settings, ask_rating=False)
    shown.back()
    press(shown, "Gå vidare till nästa stopp")
    assert load_stop(session.home, walk) == stops[2].id


def test_an_old_position_says_nothing(passing: Walking, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    shown, screen, receiver, stops = passing
    for _fix in range(CLEAR):
        receiver.say(_at(stops[2]))
    later = datetime.now(UTC) + timedelta(seconds=11)
    monkeypatch.setattr(session, "clock", lambda: later)
    shown.guide.turned.emit()
    assert plate(screen) == ("Vid stopp 1 av 3", stops[0].name)
    assert screen.live.spot(screen._things) == f"stop:{stops[0].id}", "as what is noted then"


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(
    ("text", "size"), [(100, (1024, 600)), (150, (1024, 600)), (150, (1280, 800)), (200, (800, 1280))], ids=str
)
def test_what_the_position_says_and_the_press_that_confirms_it_have_room_with_gloves(
    at: Opener, size: tuple[int, int], text: int, lang: str
) -> None:
    screen = at("walk.passed", size, text=text, gloves=True, lang=lang).shown
    assert isinstance(screen, WalkScreen)
    parts: list[QWidget] = [each for each in screen.bar.findChildren(Label) if each.isVisible()]
    confirm = screen.bar.confirm
    assert confirm.isVisible() and confirm.height() >= 64 and parts
    box = screen.bar.rect()
    assert all(box.contains(QRect(each.mapTo(screen.bar, QPoint()), each.size())) for each in (*parts, confirm))
    assert not [found for each in (*parts, confirm) if (found := cut(each))]
