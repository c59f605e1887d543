"""Walking with a receiver: own position, the way to the next stop, the track, and how little is painted for it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.commands.observations import support
from app.domain.geo import Plane, distance_m
from app.domain.records import Observation, Track, TrackChunk
from app.domain.values import Position, PositionSource
from app.session import Session
from tests.gui.hands import buttons, press, press_again, wait
from tests.gui.opening import settle
from tests.gui.room import outside
from tests.gui.twins import Twins
from tests.gui.walking import Walking, at, stop, with_receiver
from ui.bridge.media import media_of
from ui.screens.walk import WalkScreen
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.notice import MOMENT, Notice

Open = Callable[..., Window]


class Painted(QObject):
    """Counts what a widget paints, as shares of its area."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.name, self.shares = f"{type(watched).__name__} {watched.accessibleName()}", list[float]()
        self._area = watched.width() * watched.height()
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            box = event.region().boundingRect()  # type: ignore[attr-defined]
            self.shares.append(box.width() * box.height() / self._area)
        return False


@pytest.fixture
def walking(window: Open, walk: str) -> Callable[..., Walking]:
    return with_receiver(window, walk)


def test_where_one_is_and_how_good_that_is_stands_in_the_strip_and_is_read_aloud(
    walking: Callable[..., Walking], session: Session, walk: str
) -> None:
    _shown, screen, receiver = walking()
    sign = screen.strip.position
    assert sign.words.text() == "Inget läge"
    receiver.say(at(stop(session, walk, 0)), hdop=0.75)
    assert sign.words.text() == "±6\N{NO-BREAK SPACE}m" and sign.accessibleName().startswith("Läget är rätt på 6")
    receiver.say(at(stop(session, walk, 0)), hdop=10)
    assert sign.words.text() == "±80\N{NO-BREAK SPACE}m, osäkert"


def test_an_old_position_is_grey_and_said_to_be_old_and_a_new_one_makes_it_good(
    walking: Callable[..., Walking], session: Session, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, screen, receiver = walking()
    receiver.say(at(stop(session, walk, 0)))
    later = datetime.now(UTC) + timedelta(seconds=11)
    monkeypatch.setattr(session, "clock", lambda: later)
    shown.guide.turned.emit()
    assert screen.strip.position.words.text().startswith("Gammalt läge sedan")
    assert screen.view._own[0].stale and not screen.bar.onward.isVisible()
    receiver.say(at(stop(session, walk, 0)))
    assert not screen.view._own[0].stale and screen.bar.onward.isVisible()


def test_that_the_position_is_there_lost_and_there_again_is_said_aloud_once_each(
    walking: Callable[..., Walking], session: Session, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, _screen, receiver = walking()
    said = list[str]()
    for where in ("ui.widgets.whereabouts.announce", "ui.widgets.notice.announce"):
        monkeypatch.setattr(where, lambda widget: said.append(widget.accessibleName()))
    for _fix in range(2):
        receiver.say(at(stop(session, walk, 0), east=100), hdop=0.75)
    with monkeypatch.context() as later:
        later.setattr(session, "clock", lambda: datetime.now(UTC) + timedelta(seconds=11))
        for _turn in range(2):
            shown.guide.turned.emit()
    for _fix in range(2):
        receiver.say(at(stop(session, walk, 0), east=100), hdop=0.75)
    found, lost, again = said
    assert found == "Läget är rätt på 6\N{NO-BREAK SPACE}m när."
    assert lost.startswith("Gammalt läge sedan") and again == "Läget är tillbaka."


@pytest.mark.parametrize(
    ("text", "size"), [(100, (800, 1280)), (125, (800, 1280)), (200, (800, 1280)), (200, (1280, 800))]
)
def test_an_old_position_is_said_whole_at_any_text_size(
    walking: Callable[..., Walking], session: Session, walk: str, monkeypatch: pytest.MonkeyPatch, text: int,
    size: tuple[int, int],
) -> None:  # fmt: skip
    session.settings = replace(session.settings, text=text)
    shown, screen, receiver = walking(*size)
    shown.guide.record(walk)
    receiver.say(at(stop(session, walk, 0)))
    later = datetime.now(UTC) + timedelta(seconds=11)
    monkeypatch.setattr(session, "clock", lambda: later)
    shown.guide.turned.emit()
    settle(shown)
    words, strip = screen.strip.position.words, screen.strip
    assert words.text().startswith("Gammalt läge sedan")
    assert words.width() >= words.sizeHint().width() and words.height() >= words.sizeHint().height()
    boxes = [QRect(each.mapTo(strip, QPoint()), each.size()) for each in (words, strip.clock, strip.chip, strip.undo)]
    assert not any(a.intersects(b) for a, b in combinations(boxes, 2))
    assert all(strip.rect().contains(box) for box in boxes)
    assert shown.size().toTuple() == size


@pytest.mark.parametrize(("speaks", "gloves"), [(False, False), (True, False), (True, True)])
@pytest.mark.parametrize("place", [0, 2])
def test_where_there_is_little_height_the_actions_of_a_recording_are_whole(
    walking: Callable[..., Walking], session: Session, walk: str, place: int, *, speaks: bool, gloves: bool
) -> None:
    session.settings = replace(session.settings, text=200, gloves=gloves)
    shown, screen, _receiver = walking(1024, 600)
    screen.be_at(stop(session, walk, place).id)
    if speaks:
        media_of(shown.runner).setParent(None)
        Twins(shown.runner)
        shown.build()
        assert isinstance(shown.shown, WalkScreen)
        screen = shown.shown
    settle(shown)
    acts = [screen.new, screen.photo, screen.onward, screen.live.track, *([screen.voice] if speaks else [])]
    boxes = [QRect(each.mapTo(screen, QPoint()), each.size()) for each in acts]
    assert all(each.isVisible() for each in acts) and not screen.list.isVisible()
    assert not any(a.intersects(b) for a, b in combinations(boxes, 2))
    assert all(each.height() >= each.heightForWidth(each.width()) for each in acts)
    assert not [each.text() for each in acts if outside(each)]
    if not speaks:
        shown.guide.listen(None)
        assert screen.list.isVisible()


@pytest.mark.parametrize("gloves", [False, True])
def test_the_way_to_the_next_stop_is_seen_beside_a_low_map_while_one_rehearses(
    walking: Callable[..., Walking], session: Session, walk: str, *, gloves: bool
) -> None:
    session.settings = replace(session.settings, text=200, gloves=gloves)
    shown, screen, receiver = walking(1024, 600)
    shown.guide.rehearse(walk)
    screen.be_at(stop(session, walk, 0).id)
    receiver.say(at(stop(session, walk, 1), east=-120))
    settle(shown)
    ways = [each for each in (screen.bar.onward, screen.bar.aside) if each.isVisible()]
    assert [each.words.text() for each in ways] == ["Till 2: 120\N{NO-BREAK SPACE}m"]
    (way,) = ways
    assert way.visibleRegion().boundingRect() == way.rect() and way.words.width() >= way.words.sizeHint().width()
    sign = screen.strip.position
    boxes = [QRect(each.mapTo(screen, QPoint()), each.size()) for each in (way, sign.words, screen.strip.undo)]
    assert not any(a.intersects(b) for a, b in combinations(boxes, 2))
    shown.guide.listen(None)
    assert not any(each.isVisible() for each in (screen.bar.onward, screen.bar.aside))
    shown.guide.end()


def test_the_way_to_the_next_stop_is_told_in_metres_and_by_the_compass(
    walking: Callable[..., Walking], session: Session, walk: str
) -> None:
    _shown, screen, receiver = walking()
    screen.be_at(stop(session, walk, 0).id)
    receiver.say(at(stop(session, walk, 1), east=-120))
    assert screen.bar.onward.accessibleName() == "120\N{NO-BREAK SPACE}m österut"


def test_having_passed_over_a_stop_the_one_that_one_stands_at_is_offered(
    walking: Callable[..., Walking], session: Session, walk: str
) -> None:
    shown, screen, receiver = walking()
    screen.be_at(stop(session, walk, 0).id)
    shown.tray.clear()
    receiver.say(at(stop(session, walk, 2), east=5))
    assert shown.tray.notice is not None and "framme vid stopp 3" in shown.tray.notice.text
    screen.be_at(stop(session, walk, 2).id)
    shown.tray.clear()
    receiver.say(at(stop(session, walk, 0), east=5))
    assert shown.tray.notice is None, "what lies behind is not offered"


def test_having_come_to_the_next_stop_is_offered_once_and_a_press_says_it(
    walking: Callable[..., Walking], session: Session, walk: str
) -> None:
    shown, screen, receiver = walking()
    screen.be_at(stop(session, walk, 0).id)
    shown.tray.clear()
    receiver.say(at(stop(session, walk, 1), east=40))
    assert shown.tray.notice is None
    receiver.say(at(stop(session, walk, 1), east=20))
    assert shown.tray.notice is not None and "framme vid stopp 2" in shown.tray.notice.text
    assert screen.way.place == 0, "nobody has said so"
    press(shown, "Vi är här")
    assert screen.way.place == 1
    shown.tray.clear()
    screen.be_at(stop(session, walk, 0).id)
    shown.tray.clear()
    receiver.say(at(stop(session, walk, 1), east=10))
    assert shown.tray.notice is None


def test_what_is_noted_has_the_receivers_position_its_accuracy_and_the_stop_one_is_at(
    walking: Callable[..., Walking], session: Session, walk: str
) -> None:
    shown, screen, receiver = walking()
    screen.be_at(stop(session, walk, 0).id)
    for place, (east, belongs) in enumerate(((10, 2), (200, None))):
        here = at(stop(session, walk, 2), east=east)
        receiver.say(here, hdop=0.75)
        before = {each.id for each in session.read(Observation, {"scope": walk})}
        press(shown, "Ny iakttagelse")
        wait(10)
        press(shown, "Belysning")
        (made,) = [each for each in session.read(Observation, {"scope": walk}) if each.id not in before]
        assert made.stop == (None if belongs is None else stop(session, walk, belongs).id), place
        assert isinstance(made.position, Position) and distance_m(made.position, here) < 0.1
        assert (made.position_source, made.accuracy_m, made.stale) == (PositionSource.DEVICE, 6.0, False)
        shown.go(Place("walk", walk, part="map"))
        wait(10)


def test_what_is_noted_at_an_old_position_is_kept_as_that_and_no_stop_is_guessed_by_it(
    walking: Callable[..., Walking], session: Session, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, screen, receiver = walking()
    screen.be_at(stop(session, walk, 0).id)
    last = at(stop(session, walk, 2), east=10)
    receiver.say(last)
    before = {each.id for each in session.read(Observation, {"scope": walk})}
    later = datetime.now(UTC) + timedelta(seconds=11)
    monkeypatch.setattr(session, "clock", lambda: later)
    press(shown, "Ny iakttagelse")
    wait(10)
    press(shown, "Belysning")
    (made,) = [each for each in session.read(Observation, {"scope": walk}) if each.id not in before]
    assert isinstance(made.position, Position) and distance_m(made.position, last) < 0.1
    assert (made.position_source, made.stale) == (PositionSource.DEVICE, True)
    assert made.stop == stop(session, walk, 0).id


def test_the_track_is_begun_paused_and_gone_on_with_by_one_button(
    walking: Callable[..., Walking], session: Session, walk: str
) -> None:
    shown, _screen, receiver = walking()
    press(shown, "Starta spåret")
    receiver.say(Position(60.1750, 24.9450))
    press(shown, "Pausa spåret")
    receiver.say(Position(60.1751, 24.9450))
    press(shown, "Fortsätt spåret")
    receiver.say(Position(60.1752, 24.9450))
    shown.guide.end()
    assert [each.device for each in session.read(Track, {"scope": walk})] == [session.identity.device]
    chunks = sorted(session.read(TrackChunk, {"scope": walk}), key=lambda each: int(str(each.number)))
    assert [(each.segment, len(each.points)) for each in chunks] == [(0, 1), (1, 1)]
    assert [each.points[0][1] for each in chunks] == [60.175, 60.1752]


def test_a_track_that_is_recorded_takes_no_notice_away(
    walking: Callable[..., Walking], session: Session, walk: str
) -> None:
    shown, _screen, receiver = walking()
    press(shown, "Starta spåret")
    (seen,) = session.read(Observation, {"scope": walk, "item": "A1"})
    support(session, seen)
    for notice in (Notice("Sparat.", undo=True), Notice("Kortet är borta.", problem=True)):
        shown.say(notice)
        wait(round(1000 * MOMENT) + 100)
        receiver.say(Position(60.1750, 24.9450))
        shown.guide.write()
        wait(50)
        assert shown.tray.notice == notice
    support(session, seen)
    wait(50)
    assert shown.tray.notice is None


def test_a_double_press_pauses_the_track_and_does_not_go_on_with_it(walking: Callable[..., Walking]) -> None:
    shown, screen, _receiver = walking()
    press(shown, "Starta spåret")
    press(shown, "Pausa spåret")
    press_again(screen.live.track)
    assert shown.guide.is_paused


def test_without_a_receiver_nothing_speaks_of_one_and_no_key_records(window: Open, walk: str, session: Session) -> None:
    shown = window()
    shown.go(Place("walk", walk, part="map"))
    names = [each.accessibleName() for each in buttons(shown)]
    assert not {"Starta spåret", "Följ mig"} & set(names)
    shown.activateWindow()
    QTest.qWaitForWindowActive(shown)
    QTest.keyClick(shown, Qt.Key.Key_P)
    assert not shown.guide.records and not session.read(Track, {"scope": walk})
    screen = shown.shown
    assert isinstance(screen, WalkScreen) and not screen.strip.position.isVisible()


def test_a_letter_that_is_held_is_one_press_and_only_the_map_comes_nearer_and_nearer(
    walking: Callable[..., Walking],
) -> None:
    _shown, screen, _receiver = walking()
    again = {each.key().toString() for each in screen.findChildren(QShortcut) if each.autoRepeat()}
    assert again == {"+", "-"}


def test_a_fix_paints_no_more_than_a_quarter_of_the_map_and_only_once(
    walking: Callable[..., Walking], session: Session, walk: str, qtbot: QtBot
) -> None:
    shown, screen, receiver = walking()
    begins = at(stop(session, walk, 0), east=60)
    shown.guide.record(walk)
    receiver.say(begins)
    qtbot.waitUntil(lambda: not screen.view.tiles.waits())
    wait(400)

    def walked(metres: int) -> None:
        for step in range(1, 11):
            receiver.say(Plane(begins).position(metres + 1.3 * step, 0.4 * step), course=70)
            wait(40)
            if step % 4 == 0:
                # What has come is kept, and the page is told so.
                shown.guide.write()
                shown.bell.settle()

    walked(0)
    painted = Painted(screen.view)
    walked(13)
    assert session.read(TrackChunk, {"scope": walk})
    assert len(painted.shares) <= 10 and painted.shares and max(painted.shares) <= 0.25


def test_nothing_is_painted_anywhere_for_ten_seconds_in_which_nothing_comes(
    walking: Callable[..., Walking], session: Session, walk: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So that no minute begins meanwhile.
    now = session.clock().replace(second=10)
    monkeypatch.setattr(session, "clock", lambda: now)
    shown, screen, receiver = walking()
    shown.guide.record(walk)
    receiver.say(at(stop(session, walk, 0)))
    shown.guide.write()
    # What was heard last has been grey for a while.
    monkeypatch.setattr(session, "clock", lambda: now + timedelta(seconds=11))
    shown.guide._old.start(1)
    qtbot.waitUntil(lambda: screen.view._own[0].stale)
    qtbot.waitUntil(lambda: not screen.view.tiles.waits() and not shown.runner.busy)
    wait(1500)
    qtbot.waitUntil(lambda: not shown.runner.busy)
    # A notice goes by itself.
    while shown.tray.notice is not None:
        shown.tray.clear()
    wait(200)
    watched = [Painted(each) for each in [shown, *shown.findChildren(QWidget)] if each.isVisible() and each.width()]
    wait(10_000)
    assert [each.name for each in watched if each.shares] == []


def test_ending_the_walk_ends_its_track_first_so_that_this_device_is_done(
    walking: Callable[..., Walking], session: Session, walk: str
) -> None:
    shown, _screen, receiver = walking()
    shown.guide.record(walk)
    receiver.say(at(stop(session, walk, 0)))
    shown.go(Place("finish", walk))
    press(shown, "Avsluta vandringen")
    press(shown, "Ja, avsluta vandringen")
    receiver.say(at(stop(session, walk, 1)))
    shown.guide.write()
    assert shown.guide.records == "" and len(session.read(TrackChunk, {"scope": walk})) == 1
    device = session.identity.device
    assert session.places.said(walk).done == (device, session.log.last_seqs(walk)[device])
