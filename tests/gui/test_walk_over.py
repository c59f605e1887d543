"""After the walk was ended: what is told where one walked, what is left to do, and the way back into the walk."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QWidget

from app.base.job import finish
from app.commands.observations import observe
from app.commands.recording import begin_recording, begin_rehearsal
from app.commands.records import set_fields
from app.commands.stops import add_stop
from app.commands.walks import end_walk, new_walk
from app.domain.records import Observation, SafetyWalk
from app.domain.rules import PLAN_ENDS, is_over
from app.domain.track import Fix
from app.domain.values import Position, known
from app.jobs.photos import import_photos
from app.queries.devices import devices_of
from app.queries.overview import Stage, overview
from app.queries.tracks import walked_here_m
from app.session import Session
from tests.gui.hands import button, buttons, press, says, until, wait
from tests.gui.opening import settle
from tests.gui.room import cut
from tests.gui.torn import Other
from tests.gui.twins import Told
from tests.gui.walker import PHOTO
from tests.gui.walking import Walking, at, stop, with_receiver
from ui.screens.walk import WalkScreen
from ui.shell.window import Window
from ui.widgets.button import Button
from ui.widgets.desk import Place
from ui.widgets.map_model import MarkKind

Open = Callable[..., Window]
OVER, AFTERWARDS = "Vandringen är avslutad", "Efteråt, det som är kvar att göra"


def _walk(session: Session, walk: str) -> SafetyWalk:
    return session.read(SafetyWalk, {"id": walk})[0]


def _cut(page: QWidget) -> list[str]:
    return [found for each in page.findChildren(QWidget) if each.isVisible() and (found := cut(each))]


def _straight(session: Session, north: float) -> list[Fix]:
    """A minute of walking, a fix every two seconds, of so many degrees each."""
    begins = session.clock() - timedelta(minutes=2)
    return [Fix(begins + timedelta(seconds=2 * n), 60.17 + n * north, 24.94, hdop=0.8) for n in range(30)]


def _ended(window: Open, session: Session, walk: str, size: tuple[int, int] = (1280, 800)) -> tuple[Window, WalkScreen]:
    """Ended by a person, who goes back to where one walks."""
    set_fields(session, _walk(session, walk), {"starts": session.clock() - timedelta(minutes=97)})
    shown = window(*size)
    shown.go(Place("walk", walk, part="map"))
    shown.go(Place("finish", walk))
    press(shown, "Avsluta vandringen")
    press(shown, "Ja, avsluta vandringen")
    shown.bell.settle()
    press(shown, "Tillbaka")
    screen = shown.shown
    assert isinstance(screen, WalkScreen)
    return shown, screen


def test_where_one_walked_it_is_told_that_the_walk_is_ended_and_what_it_came_to(
    window: Open, session: Session, walk: str
) -> None:
    recording = begin_recording(session, walk)
    for fix in _straight(session, 0.00002):
        recording.take(fix)
    recording.end()
    finish(import_photos(session, _walk(session, walk), [PHOTO]))
    shown, screen = _ended(window, session, walk)
    assert screen.bar.name.text() == OVER and says(screen.bar, "Avslutad i dag")
    until(lambda: says(screen.bar, "1 h 37 min, 65\xa0m, "), "how far it was")
    assert says(screen.bar, "4 iakttagelser, 1 foto, 2 att komplettera.")
    assert not says(screen.bar, "Nästa:") and OVER in screen.bar.told
    shown.guide.rehearse(walk)
    assert says(screen.bar, "Vid stopp"), "who practises it walks"
    shown.guide.end()
    assert screen.bar.name.text() == OVER


def test_once_the_walk_is_ended_what_is_left_to_do_is_lit_and_what_is_noted_late_is_still_possible(
    window: Open, session: Session, walk: str
) -> None:
    shown, screen = _ended(window, session, walk)
    assert screen.onward.kind == "primary" and screen.new.kind == "plain"
    press(shown, AFTERWARDS)
    assert shown.place == Place("finish", walk)
    assert says(shown, "Efter vandringen") and says(shown, "Det som noteras senare märks som noterat efteråt.")
    assert button(shown, "Komplettera").isVisible() and button(shown, "Utkast till protokoll för fikat").isVisible()
    press(shown, "Tillbaka")
    assert button(shown, "Foto").isEnabled()
    press(shown, "Ny iakttagelse")
    assert shown.place.page == "observe"
    press(shown, "Belysning")
    assert len(session.read(Observation, {"scope": walk})) == 5


def test_who_ended_the_walk_by_mistake_goes_on_with_it(window: Open, session: Session, walk: str) -> None:
    shown, _screen = _ended(window, session, walk)
    press(shown, AFTERWARDS)
    press(shown, "Fortsätt vandringen")
    assert _walk(session, walk).ends is None and shown.place.page == "walk"
    screen = shown.shown
    assert isinstance(screen, WalkScreen)
    assert says(screen.bar, "Vid stopp 2 av 3") and button(shown, "Gå vidare till nästa stopp").isVisible()
    assert screen.onward.kind == "plain" and screen.new.kind == "primary"
    press(shown.tray, "Ångra")
    until(lambda: screen.bar.name.text() == OVER, "that it is ended again")


def _stops_told(screen: WalkScreen) -> list[tuple[bool, bool, str]]:
    """Of each stop: whether it is marked as where one is, and as visited, on the map, and what the map says of it."""
    view = screen.view
    found = []
    for mark in view.marks:
        if mark.kind == MarkKind.STOP:
            view.choose(mark.key)
            found.append((mark.here, mark.done, view.accessibleDescription()))
    view.choose("")
    return found


def _chips(screen: WalkScreen) -> list[str]:
    return [each.chip[0] for each in screen.list.rows.things if each.number and each.chip is not None]


def test_once_the_walk_is_ended_nobody_is_at_any_stop_on_the_map_in_the_list_or_in_words(
    window: Open, session: Session, walk: str
) -> None:
    shown, screen = _ended(window, session, walk)
    assert _chips(screen) == []
    spoken = [each.spoken for each in screen.list.rows.things if each.number]
    assert [", besökt" in each for each in spoken] == [True, True, False]
    told = _stops_told(screen)
    assert [(here, done) for here, done, _said in told] == [(False, True), (False, True), (False, False)]
    assert ["Besökt" in said for _here, _done, said in told] == [True, True, False]
    assert not any("Vi är här" in said for said in (*spoken, *(each[2] for each in told)))
    for number in range(3):
        screen._open_row(stop(session, walk, number).id)
        wait(20)
        assert button(screen.card, "Ny iakttagelse här").isVisible()
        assert "Vi är här" not in [each.text() for each in buttons(screen.card)]
    shown.go(Place("rating", walk, stop(session, walk, 1).id))
    assert says(shown, "Ni kan svara när som helst.") and button(shown, "Klar").isVisible()
    press(shown, "Klar")
    press(shown, AFTERWARDS)
    press(shown, "Fortsätt vandringen")
    again = shown.shown
    assert isinstance(again, WalkScreen)
    assert _chips(again) == ["Vi är här"]
    assert [each[:2] for each in _stops_told(again)] == [(False, True), (True, False), (False, False)]


def test_a_walk_that_nobody_walked_and_is_over_by_its_plan_has_no_stop_that_was_visited(
    window: Open, session: Session
) -> None:
    plan = {"title": "Kajsaniemi", "info_shown_at": session.clock(), "ends": session.clock() - 2 * PLAN_ENDS}
    walk = new_walk(session, plan)
    for north in range(2):
        add_stop(session, walk, {"name": "Stopp", "position": Position(60.1752 + north / 1000, 24.9452)})
    shown = window()
    shown.go(Place("walk", walk, part="map"))
    screen = shown.shown
    assert isinstance(screen, WalkScreen) and screen.bar.name.text() == OVER
    assert [each[:2] for each in _stops_told(screen)] == [(False, False)] * 2 and _chips(screen) == []


def test_how_far_it_was_is_told_anew_once_a_track_has_grown(window: Open, session: Session, walk: str) -> None:
    end_walk(session, _walk(session, walk))
    shown = window()
    shown.go(Place("walk", walk, part="map"))
    until(lambda: not shown.runner.busy, "that nothing was walked")
    recording = begin_recording(session, walk)
    first, then = (_straight(session, 0.00002)[part] for part in (slice(15), slice(15, 30)))
    for fixes, told in ((first, "31\xa0m, "), (then, "65\xa0m, ")):
        for fix in fixes:
            recording.take(fix)
        recording.pause()
        recording.go_on()
        shown.bell.settle()
        until(lambda told=told: says(shown.shown, told), told)  # type: ignore[misc]
    recording.end()


def test_what_was_only_practised_is_not_counted_in_what_an_ended_walk_came_to(
    window: Open, session: Session, walk: str
) -> None:
    end_walk(session, _walk(session, walk))
    shown = window()
    shown.go(Place("walk", walk, part="map"))
    assert says(shown.shown, "4 iakttagelser, 2 att komplettera.")
    played = begin_rehearsal(session, walk)
    observe(session, walk, {"category": "lighting"})
    finish(import_photos(session, _walk(session, walk), [PHOTO]))
    played.end()
    shown.bell.settle()
    assert len(shown.shelf.practised(walk)) >= 2
    assert says(shown.shown, "4 iakttagelser, 2 att komplettera.")


def test_nobody_is_said_to_be_alone_before_it_is_known_who_else_is(window: Open, session: Session, walk: str) -> None:
    end_walk(session, _walk(session, walk))
    shown = window()
    shown.go(Place("finish", walk))
    assert says(shown, "Vandringen avslutades") and not says(shown, "Ingen annan enhet är känd.")
    until(lambda: says(shown, "Ingen annan enhet är känd."), "who else is known")


@pytest.mark.parametrize("then", ["goes on", "notes"])
def test_a_page_that_is_open_when_a_planned_end_passes_says_one_thing_until_it_is_shown_anew(
    window: Open, session: Session, walk: str, monkeypatch: pytest.MonkeyPatch, then: str
) -> None:
    planned = session.clock().replace(second=0, microsecond=0)
    set_fields(session, _walk(session, walk), {"ends": planned})
    monkeypatch.setattr(session, "clock", lambda: planned + PLAN_ENDS)
    shown, screen, receiver = with_receiver(window, walk)()
    screen.be_at(stop(session, walk, 0).id)
    shown.tray.clear()
    receiver.say(at(stop(session, walk, 0), east=-50))
    monkeypatch.setattr(session, "clock", lambda: planned + PLAN_ENDS + timedelta(seconds=1))
    receiver.say(at(stop(session, walk, 0), east=-51))
    screen.live.show_now()
    assert says(screen.bar, "Vid stopp 1 av 3") and not screen.bar.onward.isHidden()
    assert screen.onward.kind == "plain" and screen.live.track.isVisible()
    if then == "goes on":
        press(shown, "Gå vidare till nästa stopp")
        assert shown.place.page != "finish"
    else:
        observe(session, walk, {"text": "Kom på det."})
        shown.bell.settle()
        assert screen.bar.name.text() == OVER and screen.bar.onward.isHidden()
        assert screen.onward.kind == "primary" and not screen.live.track.isVisible()


@pytest.mark.parametrize(("receives", "records"), [(True, True), (True, False), (False, True)])
def test_who_goes_on_with_a_walk_is_told_that_its_track_does_not_where_another_can_be_begun(
    window: Open, session: Session, walk: str, receives: bool, records: bool
) -> None:
    shown = window()
    shown.go(Place("walk", walk, part="map"))
    shown.guide.listen(Told(shown.guide) if receives else None)
    if records:
        shown.guide.record(walk)
        shown.guide.end()
    end_walk(session, _walk(session, walk))
    shown.bell.settle()
    shown.go(Place("finish", walk))
    press(shown, "Fortsätt vandringen")
    told = "Vandringen fortsätter. Spåret är avslutat: starta ett nytt."
    assert shown.tray.notice is not None and shown.tray.notice.undo
    assert shown.tray.notice.text == (told if receives and records else "Vandringen fortsätter.")
    assert shown.guide.records == "", "nothing begins by itself"


def test_whoever_comes_back_to_a_walk_that_is_ended_records_no_track_of_it_unasked(
    window: Open, session: Session, walk: str
) -> None:
    shown, _screen = _ended(window, session, walk)
    shown.guide.listen(Told(shown.guide))
    shown.go(Place("ready", walk))
    until(lambda: any(each.text() == "Till vandringen" for each in buttons(shown)), "the way there")
    press(shown, "Till vandringen")
    assert shown.place.page == "walk" and not shown.guide.records


def test_more_says_whether_the_walk_is_ended(window: Open, session: Session, walk: str) -> None:
    shown = window(800, 1280)
    for page in ("more", "more_desk"):
        shown.go(Place(page, walk))
        row = button(shown, "Avsluta vandringen")
        assert isinstance(row, Button) and row.detail == "Se vad som återstår först."
        end_walk(session, _walk(session, walk))
        shown.bell.settle()
        assert row.text() == "Efter vandringen" and row.detail.startswith("Avslutad i dag")
        press(shown, "Efter vandringen")
        assert shown.place == Place("finish", walk)
        press(shown, "Fortsätt vandringen")


def test_that_another_device_ended_the_walk_is_told_without_a_press(window: Open, walk: str, other: Other) -> None:
    shown = window()
    shown.go(Place("walk", walk, part="map"))
    screen = shown.shown
    assert isinstance(screen, WalkScreen) and screen.bar.name.text() != OVER
    end_walk(other.session, other.session.read(SafetyWalk, {"id": walk})[0])
    other.meet()
    shown.bell.settle()
    assert screen.bar.name.text() == OVER


def test_who_walks_home_after_the_end_is_not_told_to_have_come_to_a_stop(
    window: Open, session: Session, walk: str
) -> None:
    walking: Walking = with_receiver(window, walk)()
    shown, screen, receiver = walking
    end_walk(session, _walk(session, walk))
    shown.bell.settle()
    assert screen.live.track.isHidden(), "first one goes on with the walk"
    for _fix in range(12):
        receiver.say(at(stop(session, walk, 2)), hdop=0.75)
    assert shown.tray.notice is None
    assert screen.bar.name.text() == OVER and screen.bar.onward.isHidden() and not screen.bar.confirm.isVisible()
    assert screen.way.here is not None and screen.live.plate.here == screen.way.here, "one stays where one was"


@pytest.mark.parametrize("size", [(1280, 800), (800, 1280), (1024, 600)])
@pytest.mark.parametrize(("text", "gloves"), [(100, False), (200, True)])
def test_that_the_walk_is_ended_is_read_whole_where_one_walked_and_where_it_was_ended(
    window: Open, session: Session, walk: str, size: tuple[int, int], text: int, gloves: bool
) -> None:
    session.settings = replace(session.settings, text=text, gloves=gloves)
    shown, screen = _ended(window, session, walk, size)
    shown.tray.clear()
    settle(shown)
    assert screen.bar.name.isVisible() and not _cut(screen)
    press(shown, AFTERWARDS)
    settle(shown)
    assert not _cut(shown.shown)


def test_a_planned_end_slips_and_one_that_was_said_does_not(session: Session, walk: str) -> None:
    noon = session.clock().replace(hour=12, minute=0, second=0, microsecond=0)
    seen = _walk(session, walk)
    assert not is_over(seen, noon)
    set_fields(session, seen, {"ends": noon})
    assert not is_over(_walk(session, walk), noon)
    assert not is_over(_walk(session, walk), noon + PLAN_ENDS)
    assert is_over(_walk(session, walk), noon + PLAN_ENDS + timedelta(seconds=1))
    set_fields(session, _walk(session, walk), {"ends": noon.replace(microsecond=40_000)})
    assert is_over(_walk(session, walk), noon + timedelta(seconds=1))


def test_what_was_only_rehearsed_was_not_walked(session: Session, walk: str) -> None:
    for begin in (begin_recording, begin_rehearsal):
        recording = begin(session, walk)
        for fix in _straight(session, 0.00003):
            recording.take(fix)
        recording.end()
    assert walked_here_m(session, walk) == pytest.approx(29 * 0.00003 * 111_400, rel=0.01)


def test_a_walk_whose_end_was_planned_is_under_way_until_a_person_ends_it(
    window: Open, session: Session, walk: str
) -> None:
    planned = (session.clock() + timedelta(hours=1)).replace(second=0, microsecond=0)
    set_fields(session, _walk(session, walk), {"ends": planned})
    assert overview(session)[0].stage is Stage.WALKING
    shown = window(800, 1280)
    shown.go(Place("complete", walk))
    press(shown, "Avsluta vandringen")
    assert shown.place.page == "finish" and not says(shown, "Vandringen avslutades")
    press(shown, "Avsluta vandringen")
    press(shown, "Ja, avsluta vandringen")
    assert known(_walk(session, walk).ends, datetime) != planned
    assert overview(session)[0].stage is Stage.AFTER and is_over(_walk(session, walk), session.clock())


@pytest.mark.parametrize("microsecond", [0, 999])
def test_a_walk_that_is_ended_exactly_on_the_minute_is_over_at_once_and_stays_over(
    session: Session, walk: str, monkeypatch: pytest.MonkeyPatch, microsecond: int
) -> None:
    minute = session.clock().replace(second=0, microsecond=microsecond)
    monkeypatch.setattr(session, "clock", lambda: minute)
    end_walk(session, _walk(session, walk))
    after = (timedelta(), timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1))
    assert all(is_over(_walk(session, walk), minute + each) for each in after)


def test_nobody_is_asked_to_end_a_walk_on_a_device_as_long_as_its_end_is_only_planned(
    session: Session, walk: str, other: Other
) -> None:
    planned = session.clock().replace(second=0, microsecond=0) + timedelta(hours=1)
    set_fields(session, _walk(session, walk), {"devices_expected": 2, "ends": planned})
    other.meet()
    waits = "har inte sagt att vandringen är avslutad"
    assert waits not in str(devices_of(session, _walk(session, walk)).lines())
    end_walk(session, _walk(session, walk))
    other.meet()
    assert waits in str(devices_of(session, _walk(session, walk)).lines())
