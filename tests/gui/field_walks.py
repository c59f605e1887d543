"""Two tablets on a walk with receivers: each a process with a window, one on a serial line, one behind a gpsd."""

import json
import os
import pty
import signal
import socket
import subprocess
import sys
import tty
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from app.base.job import finish
from app.commands.walks import new_walk
from app.domain.records import SafetyWalk, Track, TrackChunk
from app.domain.track import Fix, Measured, measure
from app.jobs.places import import_route
from app.jobs.sync import sync
from app.places.gpsd import WATCH
from app.queries.whole import lines
from app.session import Session
from tests.unit.test_places_nmea import gga, rmc

MACHINE = "GATLJUS_MACHINE"
SCRIPT = Path(__file__).with_name("field_tablet.py")


Span = tuple[datetime, datetime]
"""The last fix before something was pressed, and the last one after it."""


@dataclass
class Done:
    """What was done on a walk: from when to when something was noted, and it was paused and gone on with, at the
    receiver's times."""

    noted: list[Span] = field(default_factory=list)
    pauses: list[tuple[Span, Span]] = field(default_factory=list)


class Process:
    """A tablet: a window in a process of its own."""

    def __init__(self, home: Path, receiver: str) -> None:
        command = [sys.executable, str(SCRIPT), str(home), receiver]
        environment = {**os.environ, MACHINE: f"machine {home.name}"}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=environment
        )
        self.now = self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the window has ended"
        found: dict[str, Any] = json.loads(line)
        return found

    def do(self, *acts: str) -> dict[str, Any]:
        """Do these things by hand. Returns what is so afterwards."""
        assert self._process.stdin is not None
        for act in acts:
            self._process.stdin.write(f"{act}\n")
            self._process.stdin.flush()
            self.now = self._answer()
        return self.now

    @property
    def last(self) -> datetime | None:
        """When the last fix was, by the receiver."""
        return datetime.fromisoformat(self.now["last"]) if self.now["last"] else None

    def hear(self) -> None:
        """Until all that came is heard, on a busy machine too."""
        for _turn in range(500):
            before = self.now["last"]
            self.do("turn", "turn")
            if self.now["last"] == before:
                return
        raise AssertionError("it came without an end")

    def press(self, act: str) -> Span:
        """Do this by hand."""
        before = self.last
        self.do(act)
        assert before is not None and self.last is not None
        return before, self.last

    def turn_until(self, moment: datetime) -> None:
        """Hear what comes until then, by the receiver."""
        while (before := self.last) is None or before < moment:
            self.do("turn")
            # At its end a log begins anew.
            assert before is None or (self.last is not None and self.last >= before), "the log was heard to its end"

    def kill(self) -> None:
        """As when the battery goes."""
        self._process.send_signal(signal.SIGKILL)
        self._process.communicate()

    def close(self) -> None:
        """As a person closes it."""
        self._process.communicate(timeout=60)
        assert self._process.returncode == 0


def seconds_of(log: bytes) -> list[bytes]:
    """What the receiver said, second by second."""

    last = b""

    def clock(line: bytes) -> bytes:
        nonlocal last
        fields = line.split(b",")
        last = fields[1] if fields[0][3:6] in (b"GGA", b"RMC") and len(fields) > 1 else last
        return last

    return [b"".join(part) for _clock, part in groupby(log.splitlines(keepends=True), key=clock)]


@contextmanager
def serial(path: Path) -> Iterator[int]:
    """A serial line: what is written to the number comes out at the path."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    path.unlink(missing_ok=True)
    path.symlink_to(os.ttyname(theirs))
    try:
        yield ours
    finally:
        os.close(ours)
        os.close(theirs)


@contextmanager
def opened(home: Path) -> Iterator[Session]:
    """A home, on the machine of its tablet."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(MACHINE, f"machine {home.name}")
        session = Session(home)
        try:
            yield session
        finally:
            session.leave()


def meet(place: Path, *homes: Path, **said: Any) -> None:
    """One after the other they sync there."""
    for home in homes:
        with opened(home) as session:
            finish(sync(session, str(place), **said))


def planned(home: Path, shared: Path) -> str:
    """A home with the walk as it was planned. Returns the walk's id."""
    with opened(home) as session:
        said = {"title": "Kajsaniemi", "zone": "Europe/Helsinki", "info_shown_at": session.clock()}
        walk = new_walk(session, said)
        finish(import_route(session, session.read(SafetyWalk)[0], shared / "data/tracks/planned-route.gpx", "planned"))
    return walk


def recorded(session: Session, walk: str, device: str = "") -> tuple[list[tuple[Fix, ...]], Measured]:
    """The segments of the one track of a home, or of a device, and what can be said of them."""
    said = {"scope": walk, "device": device} if device else {"scope": walk}
    (line,) = lines(session.read(Track, said), session.read(TrackChunk, {"scope": walk}))
    return list(line.segments), measure(line.segments)


def listening(home: Path, port: Path) -> Process:
    """A tablet that has opened its line: what is said before that waits in the line until it is full, and then so does
    who says it."""
    tablet = Process(home, f"serial:{port}")
    while tablet.now["seeks"]:
        tablet.do("turn")
    return tablet


def killed(tablet: Process, home: Path, port: Path) -> Process:
    """The battery goes when all that came is written, and the program is begun again: it records without a press."""
    # What lies unread in the line when it is opened anew is thrown away, and the last of it is whole when the receiver
    # has paused.
    tablet.hear()
    tablet.do(*["turn"] * 30, "wait_written")
    kept = tablet.now["kept"]
    tablet.kill()
    again = listening(home, port)
    while not again.now["records"]:
        again.do("turn")
    assert again.now["kept"] == kept
    return again


def walk_on_a_serial_line(home: Path, port: Path, log: bytes) -> Done:
    """A tablet walks: it notes something at three stops, is paused where nobody goes on, is killed and started
    again."""
    done = Done()
    with serial(port) as line:
        tablet = listening(home, port)
        tablet.do("record")
        for second, said in enumerate(seconds_of(log)):
            os.write(line, said)
            if second % 20 == 0:
                tablet.do("turn")
            if second in (700, 1500, 3640, 2950, 3070):
                tablet.hear()
            if second in (700, 1500, 3640):
                done.noted.append(tablet.press("observe"))
            elif second == 2600:
                tablet = killed(tablet, home, port)
            elif second == 2950:
                since = tablet.press("pause")
            elif second == 3070:
                done.pauses.append((since, tablet.press("go_on")))
        # The last of it is whole when the receiver has paused.
        tablet.do(*["turn"] * 30, "wait_written", "end")
        tablet.close()
    return done


def log_on_a_serial_line(home: Path, port: Path, log: bytes) -> None:
    """A tablet hears a log from its beginning to its end, and records it."""
    with serial(port) as line:
        tablet = listening(home, port)
        tablet.do("record")
        for second, said in enumerate(seconds_of(log)):
            os.write(line, said)
            if second % 10 == 0:
                tablet.do("turn")
        tablet.hear()
        # The last of it is whole when the receiver has paused.
        tablet.do(*["turn"] * 30, "wait_written", "end")
        tablet.close()


def begun_cold(log: Path, cold: Path, begins: datetime) -> Path:
    """The log with ten minutes before it in which the receiver sees no sky: so long a gpsd that is in a hurry takes to
    find out what it is that speaks."""
    clocks = [f"{begins - timedelta(seconds=each):%H%M%S}.00" for each in range(600, 0, -1)]
    day = f"{begins:%d%m%y}"
    said = "".join(gga(each, quality="0") + rmc(each, day, status="V", mode="N") for each in clocks)
    cold.write_bytes(said.encode() + log.read_bytes())
    return cold


@contextmanager
def held(daemon: "subprocess.Popen[bytes]") -> Iterator[None]:
    """What speaks stands still meanwhile, with the daemon that it has started."""
    os.killpg(daemon.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.killpg(daemon.pid, signal.SIGCONT)


def let_it_listen(player: "subprocess.Popen[bytes]", port: int) -> None:
    """The daemon alone goes on until it has answered us: by then it has heard whoever asked before. The log goes on
    only after that, or as much of it would be played to nobody as the machine is busy."""
    for each in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            name, _closed, rest = each.read_text().partition(")")
            if name.endswith("(gpsd") and int(rest.split()[2]) == player.pid:
                os.kill(int(each.parent.name), signal.SIGCONT)
    with socket.create_connection(("127.0.0.1", port), timeout=60) as us:
        us.sendall(WATCH)
        said = b""
        while b'"class":"WATCH"' not in said:
            said += us.recv(4096)


def killed_behind_a_gpsd(tablet: Process, home: Path, daemon: "subprocess.Popen[bytes]", receiver: str) -> Process:
    """The battery goes when all that came is written, and the program is begun again: it finds the daemon and records
    without a press."""
    with held(daemon):
        tablet.hear()
        tablet.do("wait_written")
        kept = tablet.now["kept"]
        tablet.kill()
        again = Process(home, receiver)
        assert again.now["records"] and again.now["kept"] == kept > 0
        # The log is played so fast that what passes until the daemon is found may be a minute of it.
        while again.now["seeks"]:
            again.do("turn")
        again.do("turn")
        let_it_listen(daemon, int(receiver.rpartition(":")[2]))
    return again


@contextmanager
def gpsd_that_hears(log: Path, port: int) -> "Iterator[subprocess.Popen[bytes]]":
    """A real gpsd to which a log is played, over and over."""
    command = ["gpsfake", "-q", "-c", "0.001", "-P", str(port), str(log)]
    daemon = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        yield daemon
    finally:
        # With the daemon that it has started.
        os.killpg(daemon.pid, signal.SIGKILL)
        daemon.wait()


def walk_behind_a_gpsd(home: Path, log: Path, begins: datetime, seconds: tuple[int, int, int, int, int, int]) -> Done:
    """A tablet walks: it notes something, is killed and started again, is paused, goes on, notes something again and
    ends the track at so many seconds from the beginning of the log."""
    first, killed_at, paused, onward, second, end = (begins + timedelta(seconds=each) for each in seconds)
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        port = reserved.getsockname()[1]
    # It records before there is anything to hear, and finds the daemon by itself.
    receiver, done = f"gpsd:127.0.0.1:{port}", Done()
    tablet = Process(home, receiver)
    tablet.do("record")
    with gpsd_that_hears(begun_cold(log, home.with_name(log.name), begins), port) as daemon:
        tablet.turn_until(first)
        done.noted.append(tablet.press("observe"))
        tablet.turn_until(killed_at)
        tablet = killed_behind_a_gpsd(tablet, home, daemon, receiver)
        tablet.turn_until(paused)
        since = tablet.press("pause")
        tablet.turn_until(onward)
        done.pauses.append((since, tablet.press("go_on")))
        tablet.turn_until(second)
        done.noted.append(tablet.press("observe"))
        tablet.turn_until(end)
        tablet.do("end")
        tablet.close()
    return done
