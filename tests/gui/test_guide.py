"""Where the device is and the track it records: receivers on a real serial line, real sockets, a real gpsd."""

import os
import pty
import shutil
import signal
import socket
import subprocess
import tty
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtNetwork import QHostAddress, QTcpServer, QTcpSocket
from pytestqt.qtbot import QtBot

from app.base.job import Job, finish
from app.commands.walks import new_walk
from app.domain.records import Device, SafetyWalk, Track, TrackChunk
from app.domain.track import Fix
from app.jobs.purge import empty, purge
from app.places.nmea import read_nmea
from app.queries.devices import devices_of
from app.queries.whole import lines
from app.session import Session
from app.settings import load_recording
from tests.gui.full_disk import FULL, full_disk
from ui.bridge import receiver, receivers
from ui.bridge.guide import Guide
from ui.bridge.receiver import State
from ui.bridge.receivers import PlayedReceiver, SerialReceiver, TcpReceiver, UdpReceiver, receiver_of
from ui.bridge.runner import Failure

OWN = Path(__file__).parents[1] / "data" / "tracks"
BEGINS = datetime(2026, 10, 23, 16, 5, tzinfo=UTC)
EPOCHS = (OWN / "short-walk.nmea").read_bytes().splitlines(keepends=True)


def fixes(count: int, *, first: int = 0) -> list[Fix]:
    return [
        Fix(BEGINS + timedelta(seconds=k), round(60.17 + k * 1e-5, 7), 24.94, hdop=1.0)
        for k in range(first, first + count)
    ]


@pytest.fixture
def failures() -> list[Failure]:
    return []


@pytest.fixture
def guide(session: Session, failures: list[Failure], parent: QObject) -> Iterator[Guide]:
    made = Guide(session, failures.append, parent)
    yield made
    made.stop()


def recorded(session: Session, walk: str) -> list[tuple[Fix, ...]]:
    chunks = session.read(TrackChunk, {"scope": walk})
    (line,) = lines(session.read(Track, {"scope": walk}), chunks)
    return list(line.segments)


SPOKEN = [fix for part in read_nmea(b"".join(EPOCHS)).segments for fix in part]


def test_a_walk_that_is_played_is_recorded_whole_and_raw(
    guide: Guide, session: Session, walk: str, qtbot: QtBot
) -> None:
    walked = fixes(40)
    guide.record(walk)
    played = PlayedReceiver(walked, 60, guide)
    guide.listen(played)
    qtbot.waitUntil(lambda: played.state == State.OVER)
    assert recorded(session, walk) == [tuple(walked)]
    assert guide.position == walked[-1].position and not guide.is_stale


def test_what_has_come_is_written_while_more_comes(guide: Guide, session: Session, walk: str, qtbot: QtBot) -> None:
    guide.record(walk)
    guide.listen(PlayedReceiver(fixes(10_000), 10, guide))
    qtbot.waitUntil(lambda: bool(session.read(TrackChunk, {"scope": walk})))
    assert guide.recording is not None
    kept = sum(len(part) for part in recorded(session, walk))
    assert kept > 20 and guide.recording.waiting <= 1


def test_a_track_under_way_goes_on_as_a_new_segment_after_the_program_has_ended(
    session: Session, walk: str, parent: QObject, qtbot: QtBot
) -> None:
    for turn in range(2):
        made = Guide(session, lambda failure: pytest.fail(failure.text), parent)
        if turn == 0:
            made.record(walk)
        else:
            assert made.take_up() and made.records == walk
        played = PlayedReceiver(fixes(20, first=100 * turn), 200, made)
        made.listen(played)
        qtbot.waitUntil(lambda played=played: played.state == State.OVER)  # type: ignore[misc]
        made.stop()
    assert recorded(session, walk) == [tuple(fixes(20)), tuple(fixes(20, first=100))]
    made.end()
    assert not Guide(session, lambda failure: pytest.fail(failure.text), parent).take_up()


def test_while_it_is_paused_nothing_is_kept_and_what_follows_is_a_new_segment(
    guide: Guide, session: Session, walk: str, qtbot: QtBot
) -> None:
    guide.record(walk)
    for number, paused in enumerate((False, True, False)):
        guide.pause(paused)
        played = PlayedReceiver(fixes(10, first=100 * number), 200, guide)
        guide.listen(played)
        qtbot.waitUntil(lambda played=played: played.state == State.OVER)  # type: ignore[misc]
    guide.end()
    assert recorded(session, walk) == [tuple(fixes(10)), tuple(fixes(10, first=200))]


@pytest.mark.parametrize("paused", [False, True])
@pytest.mark.parametrize("leave", [purge, partial(empty, anyway=True)])
def test_a_walk_that_has_left_the_device_is_recorded_no_more_and_another_can_be(
    guide: Guide, session: Session, walk: str, failures: list[Failure], leave: Callable[..., Job[object]], paused: bool
) -> None:
    guide.listen(PlayedReceiver(fixes(5), 10_000, guide))
    guide.record(walk)
    guide.pause(paused)
    finish(leave(session, session.read(SafetyWalk, {"id": walk})[0]))
    assert guide.recording is not None
    guide.recording.take(fixes(1, first=10)[0])
    guide.write()
    assert (guide.records, failures, list(session.log.scopes())) == ("", [], [])
    assert load_recording(session.home) == {}
    other = new_walk(session, {"title": "Nästa", "area": "Torget"})
    guide.record(other)
    assert guide.records == other


def _terminal() -> tuple[int, int]:
    """A pseudo terminal: our end and theirs."""
    try:
        return pty.openpty()
    except OSError as error:
        pytest.skip(f"NOT TRIED on a serial line: this machine gives no pseudo terminals ({error})")


def test_a_receiver_on_a_serial_line_is_heard_lost_and_found_again_by_its_software_twin(
    guide: Guide, session: Session, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiver, "AGAIN_MS", 100)
    port, came = tmp_path / "ttyGPS", list[Fix]()
    found = SerialReceiver(str(port), session.clock, guide)
    found.came.connect(came.append)
    guide.listen(found)
    assert found.state == State.SEEKING and found.why
    for turn in (1, 2):
        ours, theirs = _terminal()
        tty.setraw(theirs)
        port.unlink(missing_ok=True)
        port.symlink_to(os.ttyname(theirs))
        qtbot.waitUntil(lambda: found.state == State.SILENT)
        for epoch in EPOCHS:
            os.write(ours, epoch)
            qtbot.wait(1)
        qtbot.waitUntil(lambda turn=turn: len(came) == turn * len(SPOKEN))  # type: ignore[misc]
        assert [each.position for each in came[-len(SPOKEN) :]] == [each.position for each in SPOKEN]
        os.close(theirs)
        os.close(ours)
        qtbot.waitUntil(lambda: found.state == State.SEEKING)


def test_a_receiver_behind_an_address_is_heard_lost_and_found_again_by_its_software_twin(
    guide: Guide, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiver, "AGAIN_MS", 100)
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        port = reserved.getsockname()[1]
    found = TcpReceiver("127.0.0.1", port, session.clock, guide)
    guide.listen(found)
    qtbot.waitUntil(lambda: found.why != "")
    for _turn in range(2):
        server = QTcpServer(guide)
        assert server.listen(QHostAddress.SpecialAddress.LocalHost, port)
        qtbot.waitUntil(server.hasPendingConnections)
        there: QTcpSocket = server.nextPendingConnection()
        there.write(b"".join(EPOCHS))
        qtbot.waitUntil(lambda: guide.position == SPOKEN[-1].position)
        assert found.state == State.SPEAKING
        server.close()
        there.close()
        qtbot.waitUntil(lambda: found.state == State.SEEKING)
        guide.heard = None


def test_a_receiver_that_is_lost_without_a_word_is_reached_again_by_its_software_twin(
    guide: Guide, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiver, "AGAIN_MS", 100)
    monkeypatch.setattr(receivers, "LOST_MS", 600)
    server = QTcpServer(guide)
    assert server.listen(QHostAddress.SpecialAddress.LocalHost, 0)
    found = TcpReceiver("127.0.0.1", server.serverPort(), session.clock, guide)
    guide.listen(found)
    for _turn in range(2):
        # Of the one before nobody says that it has ended: a telephone that went out of reach does not.
        qtbot.waitUntil(server.hasPendingConnections)
        server.nextPendingConnection().write(b"".join(EPOCHS))
        qtbot.waitUntil(lambda: guide.position == SPOKEN[-1].position)
        guide.heard = None


def test_a_phone_that_sends_to_this_machine_is_heard_by_its_software_twin(
    guide: Guide, session: Session, qtbot: QtBot
) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as reserved:
        reserved.bind(("127.0.0.1", 0))
        port = reserved.getsockname()[1]
    guide.listen(UdpReceiver(port, session.clock, guide, address="127.0.0.1"))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as phone:
        for epoch in EPOCHS:
            phone.sendto(epoch.rstrip(), ("127.0.0.1", port))
            qtbot.wait(1)
    qtbot.waitUntil(lambda: guide.position == SPOKEN[-1].position)


@pytest.mark.skipif(shutil.which("gpsfake") is None, reason="gpsd with gpsfake is not on this machine")
def test_a_real_gpsd_is_heard_by_its_software_twin(
    guide: Guide, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        port = reserved.getsockname()[1]
    log = tmp_path / "log.nmea"
    log.write_bytes(b"".join(EPOCHS))
    command = ["gpsfake", "-q", "-c", "0.02", "-P", str(port), str(log)]
    daemon = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        found = receiver_of(f"gpsd:127.0.0.1:{port}", session.clock, guide)
        assert isinstance(found, TcpReceiver)
        came = list[Fix]()
        found.came.connect(came.append)
        guide.listen(found)
        qtbot.waitUntil(lambda: len(came) > 20, timeout=20_000)
    finally:
        # With the daemon that it has started.
        os.killpg(daemon.pid, signal.SIGKILL)
        daemon.wait()
    told = {(round(fix.lat, 5), round(fix.lon, 5)) for fix in SPOKEN}
    assert {(round(fix.lat, 5), round(fix.lon, 5)) for fix in came} <= told


@pytest.mark.parametrize("later", [timedelta(seconds=11), -timedelta(hours=1)])
def test_a_fix_grows_old_and_that_is_told_once_also_where_the_clock_is_put_back(
    guide: Guide, qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch, later: timedelta
) -> None:
    played = PlayedReceiver(fixes(1), 1, guide)
    guide.listen(played)
    assert not guide.is_stale
    turns = list[bool]()
    guide.turned.connect(lambda: turns.append(guide.is_stale))
    monkeypatch.setattr(session, "clock", lambda: datetime.now(UTC) + later)
    guide._old.start(1)
    qtbot.waitUntil(lambda: turns == [True])


def test_a_full_disk_is_told_once_and_what_came_is_written_when_there_is_room(
    guide: Guide, session: Session, walk: str, failures: list[Failure], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide.record(walk)
    played = PlayedReceiver(fixes(30), 1000, guide)
    with monkeypatch.context() as patch, full_disk(patch):
        guide.listen(played)
        qtbot.waitUntil(lambda: played.state == State.OVER)
        guide.write()
        assert [f"{each.text} {each.advice}" for each in failures] == [FULL]
    assert not session.read(TrackChunk, {"scope": walk})
    guide.write()
    assert recorded(session, walk) == [tuple(fixes(30))]


@pytest.mark.parametrize("ahead", [timedelta(minutes=7), -timedelta(hours=3), timedelta(seconds=1)])
def test_a_wrong_clock_is_measured_against_the_satellites_kept_and_told_with_the_device(
    guide: Guide, session: Session, walk: str, monkeypatch: pytest.MonkeyPatch, ahead: timedelta
) -> None:
    told = receivers.UdpReceiver(0, session.clock, guide, address="127.0.0.1")
    guide.listen(told)
    guide.record(walk)
    for fix in fixes(20):
        assert fix.time is not None
        moment = fix.time + ahead + timedelta(seconds=0.4)
        monkeypatch.setattr(session, "clock", lambda moment=moment: moment)
        told.came.emit(fix)
    guide.write()
    (mine,) = session.read(Device, {"scope": walk, "id": session.identity.device})
    (found,) = session.read(SafetyWalk, {"id": walk})
    words = " ".join(devices_of(session, found).lines())
    if abs(ahead) < timedelta(seconds=5):
        assert mine.clock_error_s is None and "satelliternas" not in words
    else:
        assert mine.clock_error_s == pytest.approx(ahead.total_seconds(), abs=1)
        much = "7 min före" if ahead > timedelta(0) else "3 h efter"
        assert f"Klockan gick {much} satelliternas" in words


def test_a_walk_that_is_played_sixty_times_as_fast_waits_a_sixtieth_before_each_fix(guide: Guide) -> None:
    def waits(speed: float) -> list[int]:
        """Before each fix, in milliseconds, without waiting for any."""
        played, found = PlayedReceiver(SPOKEN, speed, guide), list[int]()
        played.start()
        while played.state != State.OVER:
            assert played._tick.isActive()
            found.append(played._tick.interval())
            played._tick.stop()
            played._step()
        return found

    times = [fix.time for fix in SPOKEN if fix.time is not None]
    once = [round(1000 * (after - before).total_seconds()) for before, after in pairwise(times)]
    assert waits(1) == once and max(once) > 10_000
    assert waits(60) == [round(each / 60) for each in once]
