"""What tells where the device is: chosen, told, a phone, a rehearsal; and what is gone on with at the next start."""

import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import segno
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.base.job import finish
from app.commands.groups import split, walk_with
from app.commands.observations import observe, support
from app.commands.recording import recording_under_way
from app.commands.walks import new_walk
from app.domain.geo import distance_m
from app.domain.records import Observation, SafetyWalk, Stop, Support, Track, TrackChunk
from app.domain.values import Position, known
from app.jobs.places import import_route
from app.jobs.rehearsal import fixes_along, fixes_of_log, fixes_of_plan
from app.session import Session
from tests.gui.full_disk import FULL, full_disk
from tests.gui.hands import Answers, button, press, says, type_text, until, wait
from tests.gui.test_guide import EPOCHS, SPOKEN
from ui.bridge.receiver import State
from ui.bridge.receivers import PlayedReceiver
from ui.screens.position import PositionScreen
from ui.shell.receiving import resume
from ui.shell.window import Window
from ui.widgets import receiver_choice
from ui.widgets.desk import Place
from ui.widgets.fields import TextField
from ui.widgets.qr import QUIET, QrCode
from ui.widgets.whereabouts import Walked

Open = Callable[..., Window]


def opened(window: Open, walk: str) -> tuple[Window, PositionScreen]:
    shown = window()
    shown.go(Place("position", walk))
    screen = shown.shown
    assert isinstance(screen, PositionScreen)
    return shown, screen


def test_a_receiver_is_chosen_by_one_press_listened_to_at_once_and_kept(
    window: Open, walk: str, session: Session
) -> None:
    shown, screen = opened(window, walk)
    assert screen._now.text().startswith("Inget berättar")
    press(shown, "gpsd på den här datorn")
    assert session.settings.receiver == "gpsd:127.0.0.1:2947"
    assert shown.guide.receiver is not None and shown.guide.receiver.name == "gpsd på 127.0.0.1:2947"
    assert button(shown, "gpsd på den här datorn").isChecked()
    press(shown, "Ingen")
    assert shown.guide.receiver is None and session.settings.receiver == ""


def test_a_phone_is_led_here_by_a_code_and_by_words_that_say_the_same(
    window: Open, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.screens.position.own_addresses", lambda: ["192.168.43.7", "10.0.0.2"])
    monkeypatch.setattr("ui.screens.position.receiver_of", lambda *_said: None)
    shown, screen = opened(window, walk)
    assert not screen._phone.isVisible()
    press(shown, "Telefonen")
    assert screen._phone.isVisible()
    (code,) = screen.findChildren(QrCode)
    assert drawn(code) == [[bool(each) for each in row] for row in segno.make("udp://192.168.43.7:10110").matrix]
    words = screen._phone.findChildren(type(screen._now))
    assert {"Adress: 192.168.43.7", "Port: 10110"} <= {each.text() for each in words}


def drawn(code: QrCode) -> list[list[bool]]:
    """The modules that are seen in the window, dark ones true, without the quiet zone."""
    picture = code.grab().toImage()
    count = len(segno.make("udp://192.168.43.7:10110").matrix)
    side = picture.width() / (count + 2 * QUIET)
    at = [int((each + QUIET + 0.5) * side) for each in range(count)]
    return [[picture.pixelColor(x, y).lightness() < 128 for x in at] for y in at]


def test_an_address_is_listened_to_when_it_is_whole(window: Open, walk: str, session: Session) -> None:
    shown, screen = opened(window, walk)
    (field,) = screen.findChildren(TextField)
    type_text(field.editor, "192.168.43.1")
    field.flush()
    assert session.settings.receiver == "" and "Skriv adress och port" in field.refusal
    assert isinstance(field.editor, QLineEdit)
    field.editor.clear()
    type_text(field.editor, "127.0.0.1:9")
    field.flush()
    assert session.settings.receiver == "tcp:127.0.0.1:9"
    assert shown.guide.receiver is not None


def test_a_log_is_rehearsed_and_ended_and_the_track_says_that_it_was(
    window: Open, walk: str, session: Session, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    log = tmp_path / "logg.nmea"
    log.write_bytes(b"".join(EPOCHS))
    shown, _screen = opened(window, walk)
    answers.opened.append([log])
    press(shown, "60 ×")
    press(shown, "Öva med en logg")
    assert shown.place.page == "walk" and shown.guide.rehearses and shown.guide.records == walk
    qtbot.waitUntil(
        lambda: shown.guide.receiver is not None and shown.guide.receiver.state == State.OVER, timeout=20_000
    )
    shown.go(Place("position", walk))
    press(shown, "Avsluta övningen")
    assert [each.name for each in session.read(Track, {"scope": walk})] == ["Övning"]
    assert shown.guide.receiver is None and shown.guide.recording is None
    press(shown.tray, "Ta bort allt från övningen")
    assert session.read(Track, {"scope": walk}) == []
    press(shown, "Ångra")
    assert [each.name for each in session.read(Track, {"scope": walk})] == ["Övning"]


def test_all_that_was_noted_while_one_practised_is_taken_away_and_had_back_by_one_press_each(
    window: Open, walk: str, session: Session
) -> None:
    before = {each.id for each in session.read(Observation, {"scope": walk})}
    supported = session.read(Observation, {"scope": walk})[0]
    shown, _screen = opened(window, walk)
    shown.guide.rehearse(walk)
    observe(session, walk, {"text": "Noterat på prov."})
    support(session, supported, "boende")
    # What is walked with another group is another track.
    first = fixes_along([SPOKEN[0].position, SPOKEN[-1].position], session.clock())
    for fix, group in zip(first, (None, *split(session, walk, 1)), strict=False):
        walk_with(session, walk, group)
        assert shown.guide.recording is not None
        shown.guide.recording.take(fix)
        shown.guide.write()
    assert len(session.read(Track, {"scope": walk})) == 2
    shown.go(Place("position", walk))
    press(shown, "Avsluta övningen")
    assert shown.tray.notice is not None and "3 saker till" in shown.tray.notice.text
    shown.tray.clear()
    press(shown, "Ta bort allt som noterades under övningen")
    assert {each.id for each in session.read(Observation, {"scope": walk})} == before
    assert not session.read(Support, {"observation": supported.id}) and not session.read(Track, {"scope": walk})
    assert not session.conflicts(walk)
    press(shown, "Ångra")
    assert len(session.read(Observation, {"scope": walk})) == len(before) + 1
    assert session.read(Support, {"observation": supported.id})


def test_what_was_practised_is_taken_away_after_the_program_was_closed_too(
    window: Open, walk: str, session: Session
) -> None:
    first = window()
    first.guide.rehearse(walk)
    practised = observe(session, walk, {"text": "På prov."})
    first.close()
    second = window()
    second.guide.take_up()
    real = observe(session, walk, {"text": "På riktigt."})
    second.go(Place("position", walk))
    press(second, "Ta bort allt som noterades under övningen")
    there = {each.id for each in session.read(Observation, {"scope": walk})}
    assert real in there and practised not in there and not session.read(Track, {"scope": walk})


def test_what_was_noted_before_the_rehearsal_was_begun_anew_is_counted_when_it_ends(
    window: Open, walk: str, session: Session
) -> None:
    shown, _screen = opened(window, walk)
    shown.guide.rehearse(walk)
    observe(session, walk, {"text": "På prov."})
    shown.guide.rehearse(walk)
    shown.go(Place("position", walk))
    press(shown, "Avsluta övningen")
    assert shown.tray.notice is not None and "2 saker till" in shown.tray.notice.text


def test_when_all_has_been_played_it_is_said_where_the_rehearsal_is_ended(window: Open, walk: str) -> None:
    shown, _screen = opened(window, walk)
    shown.guide.rehearse(walk)
    shown.go(Place("walk", walk, part="map"))
    shown.guide.listen(PlayedReceiver(SPOKEN[:2], 60, shown.guide))
    until(lambda: shown.guide.has_played, "the end of what is played")
    assert says(shown, "Uppspelningen är slut")
    press(shown.tray, "Läge och övning")
    assert shown.place == Place("position", walk) and button(shown, "Avsluta övningen").isVisible()


def test_an_address_that_is_listened_to_is_said_where_it_was_typed(window: Open, walk: str) -> None:
    shown, screen = opened(window, walk)
    field = screen._address
    field.editor.setFocus()
    type_text(field.editor, "127.0.0.1:9")
    field.flush()
    assert says(shown, "Lyssnar på 127.0.0.1:9.")


def test_how_fast_one_rehearses_is_kept_from_one_time_to_the_next(window: Open, walk: str, session: Session) -> None:
    shown, _screen = opened(window, walk)
    press(shown, "Hur fort: 60 ×")
    assert session.settings.rehearsal_speed == 60
    shown.go(Place())
    shown.go(Place("position", walk))
    assert button(shown, "Hur fort: 60 ×").isChecked()


def test_whoever_chooses_a_receiver_practises_no_longer(window: Open, walk: str, session: Session) -> None:
    shown, screen = opened(window, walk)
    shown.guide.rehearse(walk)
    shown.guide.listen(PlayedReceiver(SPOKEN[:2], 1, shown.guide))
    screen._listen_there("127.0.0.1:9")
    assert session.settings.receiver == "tcp:127.0.0.1:9"
    assert not shown.guide.practises and not shown.guide.rehearses and shown.guide.receiver is not None
    assert shown.tray.notice is not None and "Övningen är slut" in shown.tray.notice.text
    (track,) = session.read(Track, {"scope": walk})
    assert track.over is True


def test_what_is_offered_where_it_ends_is_of_the_walk_that_was_rehearsed(
    window: Open, walk: str, session: Session
) -> None:
    practised = new_walk(session, {"title": "En annan", "area": "Parken"})
    shown, _screen = opened(window, walk)
    shown.guide.rehearse(walk)
    kept = observe(session, walk, {"text": "Blev kvar."})
    shown.guide.end()
    shown.guide.rehearse(practised)
    observe(session, practised, {"text": "På prov."})
    press(shown, "Avsluta övningen")
    assert shown.tray.notice is not None and "1 sak till" in shown.tray.notice.text
    press(shown.tray, "Ta bort allt från övningen")
    assert session.read(Observation, {"id": kept}) and not session.read(Observation, {"scope": practised})


def test_a_rehearsal_that_cannot_be_ended_is_not_said_to_be_over(
    window: Open, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, _screen = opened(window, walk)
    shown.guide.rehearse(walk)
    shown.guide.listen(PlayedReceiver(SPOKEN[:2], 1, shown.guide))
    with monkeypatch.context() as patch, full_disk(patch):
        press(shown, "Avsluta övningen")
    assert shown.guide.recording is not None and shown.guide.rehearses
    assert shown.tray.notice is not None and shown.tray.notice.text == FULL


def test_a_rehearsal_does_not_end_a_track_that_is_recorded_for_real(
    window: Open, walk: str, session: Session, answers: Answers, tmp_path: Path
) -> None:
    log = tmp_path / "logg.nmea"
    log.write_bytes(b"".join(EPOCHS))
    shown, _screen = opened(window, walk)
    shown.guide.record(walk)
    (real,) = session.read(Track, {"scope": walk})
    answers.opened.append([log])
    press(shown, "Öva med en logg")
    assert shown.tray.notice is not None and "spelas in just nu" in shown.tray.notice.text
    assert shown.guide.recording is not None and shown.guide.recording.track == real.id


def test_what_a_receiver_tells_is_no_part_of_a_rehearsal_that_was_killed(
    window: Open, walk: str, session: Session, tmp_path: Path
) -> None:
    log = tmp_path / "logg.nmea"
    log.write_bytes(b"".join(EPOCHS))
    shown, _screen = opened(window, walk)
    shown.guide.rehearse(walk)
    assert recording_under_way(session) is None
    (fix, *_rest) = fixes_of_log(log)
    shown.guide.listen(PlayedReceiver([fix], 1, shown.guide))
    kept = session.read(TrackChunk, {"scope": walk})
    shown.guide.listen(None)
    shown.guide._hear(fix)
    shown.guide.write()
    assert len(kept) == 1 and session.read(TrackChunk, {"scope": walk}) == kept
    assert button(shown, "Avsluta övningen").isVisible()


def test_without_a_route_and_two_stops_a_rehearsal_is_refused_in_words(window: Open, session: Session) -> None:
    bare = new_walk(session, {"title": "Kväll", "area": "Ån"})
    shown, _screen = opened(window, bare)
    press(shown, "Öva längs rutten")
    assert shown.tray.notice is not None and "varken rutt eller två stopp" in shown.tray.notice.text


def test_while_a_walk_is_played_one_sees_how_far_one_has_come(window: Open, walk: str) -> None:
    shown, _screen = opened(window, walk)
    press(shown, "10 ×")
    press(shown, "Öva längs rutten")
    shown.go(Place("walk", walk, part="map"))
    (walked,) = (each for each in shown.shown.findChildren(Walked) if each.isVisible())
    until(lambda: walked.accessibleName().removeprefix("Gånget: ") not in ("", "0\xa0m"), "how far")
    assert not shown.guide.has_played, "it is said while one is on the way"


def test_without_a_route_one_rehearses_from_stop_to_stop(walk: str, session: Session) -> None:
    stops = [known(each.position, Position) for each in session.read(Stop, {"scope": walk}, ["order"])]
    fixes = fixes_of_plan(session, session.read(SafetyWalk, {"id": walk})[0])
    passed = [min(range(len(fixes)), key=lambda k: distance_m(fixes[k].position, stop)) for stop in stops if stop]
    assert len(passed) == len(stops) > 2 and passed == sorted(passed), "each in its turn"
    assert all(distance_m(fixes[k].position, stop) < 2 for k, stop in zip(passed, stops, strict=True) if stop)


def test_the_planned_way_is_rehearsed_at_walking_pace(window: Open, walk: str, session: Session, shared: Path) -> None:
    (found,) = session.read(SafetyWalk, {"id": walk})
    finish(import_route(session, found, shared / "data/tracks/planned-route.gpx", "planned"))
    shown, _screen = opened(window, walk)
    press(shown, "60 ×")
    press(shown, "Öva längs rutten")
    wait(300)
    assert shown.guide.heard is not None and shown.guide.rehearses


def test_at_the_next_start_the_receiver_is_listened_to_and_the_track_goes_on(
    window: Open, walk: str, session: Session, qtbot: QtBot
) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as reserved:
        reserved.bind(("127.0.0.1", 0))
        port = reserved.getsockname()[1]
    session.save(replace(session.settings, receiver=f"udp:{port}"))
    first = window()
    first.guide.record(walk)
    first.close()
    second = window()
    resume(second)
    qtbot.waitUntil(lambda: second.guide.receiver is not None and second.guide.records == walk)
    assert second.tray.notice is not None and "spelas fortfarande in" in second.tray.notice.text
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as phone:
        for epoch in EPOCHS:
            phone.sendto(epoch, ("127.0.0.1", port))
            qtbot.wait(1)
    qtbot.waitUntil(lambda: second.guide.position == SPOKEN[-1].position)


def test_only_ports_with_something_behind_them_are_offered() -> None:
    assert all(each.word for each in receiver_choice.choices())
    assert [each.said for each in receiver_choice.choices()][:2] == ["", "system"]
