"""The whole walk with receivers: one tablet on a serial line, one behind a gpsd, with presses, photos, a kill
and a restart, then synced. What they have recorded is what was truly walked."""

import json
import os
import pty
import shutil
import signal
import socket
import subprocess
import sys
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from app.base.job import finish
from app.commands.walks import new_walk
from app.domain.geo import distance_m
from app.domain.records import Observation, Photo, SafetyWalk, Stop, Track, TrackChunk
from app.domain.track import Fix, Measured, measure
from app.domain.values import Position, PositionSource, known
from app.jobs.places import import_route
from app.jobs.sync import sync
from app.places.nmea import read_nmea
from app.queries.show import show
from app.queries.whole import lines, whole_walk
from app.session import Session
from tests.unit.test_track import TRULY_WALKED_M

SCRIPT = Path(__file__).with_name("field_tablet.py")
TOLERANCE = 0.07


class Process:
    """A tablet: a window in a process of its own."""

    def __init__(self, home: Path, receiver: str) -> None:
        command = [sys.executable, str(SCRIPT), str(home), receiver]
        environment = {**os.environ, "GATLJUS_MACHINE": f"machine {home.name}"}
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


def planned(home: Path, shared: Path) -> str:
    """A home with the walk as it was planned. Returns the walk's id."""
    session = Session(home)
    said = {"title": "Kajsaniemi", "zone": "Europe/Helsinki", "info_shown_at": session.clock()}
    walk = new_walk(session, said)
    finish(import_route(session, session.read(SafetyWalk)[0], shared / "data/tracks/planned-route.gpx", "planned"))
    session.leave()
    return walk


def recorded(session: Session, walk: str) -> tuple[list[tuple[Fix, ...]], Measured]:
    """The segments of the one track of a home, and what can be said of them."""
    (line,) = lines(session.read(Track, {"scope": walk}), session.read(TrackChunk, {"scope": walk}))
    return list(line.segments), measure(line.segments)


def truth(shared: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared / "data/tracks/truth.json").read_text("utf-8"))["files"][name]
    return found


def assert_walked(session: Session, walk: str, shared: Path, name: str) -> None:
    """Length, gaps and outliers are those of the truth, and every fix that came is kept."""
    segments, measured = recorded(session, walk)
    told = truth(shared, name)
    read = [fix for part in read_nmea((shared / "data/tracks" / name).read_bytes()).segments for fix in part]
    kept = [fix for part in segments for fix in part]
    places = [(each.time, round(each.lat, 5), round(each.lon, 5)) for each in kept]
    assert set(places) >= {(each.time, round(each.lat, 5), round(each.lon, 5)) for each in read}
    assert measured.length_m == pytest.approx(TRULY_WALKED_M[name], rel=TOLERANCE)
    long = [each for each in told["gaps"] if each["duration_s"] > 9]
    for gap, said in zip(measured.gaps, long, strict=True):
        assert abs((gap.start - datetime.fromisoformat(said["from_utc"])).total_seconds()) <= 1
        assert abs((gap.end - datetime.fromisoformat(said["to_utc"])).total_seconds()) <= 2
    assert len(measured.outliers) == len(told["outliers"])


def listening(home: Path, port: Path) -> Process:
    """A tablet that has opened its line: what is said before that waits in the line until it is full, and then so does
    who says it."""
    tablet = Process(home, f"serial:{port}")
    while tablet.now["seeks"]:
        tablet.do("turn")
    return tablet


def walk_on_a_serial_line(home: Path, port: Path, log: bytes) -> list[datetime]:
    """Tablet A walks: it notes something at three moments, is paused where nobody moves, is killed and started again.
    Returns the receiver's time of what was noted."""
    moments, noted = seconds_of(log), list[datetime]()
    with serial(port) as line:
        tablet = listening(home, port)
        tablet.do("record")
        for second, said in enumerate(moments):
            os.write(line, said)
            if second % 20 == 0:
                tablet.do("turn")
            if second in (700, 1500, 3600):
                tablet.do("turn", "observe")
                noted.append(datetime.fromisoformat(tablet.now["last"]))
            if second == 2600:
                tablet.do("wait_written")
                kept = tablet.now["kept"]
                tablet.kill()
                tablet = listening(home, port)
                while not tablet.now["records"]:
                    tablet.do("turn")
                assert tablet.now["kept"] == kept
        # The last of it is whole when the receiver has paused.
        tablet.do(*["turn"] * 30, "wait_written", "end")
        tablet.close()
    return noted


@pytest.mark.timeout(280)
def test_a_walk_on_a_serial_line_with_a_kill_in_it_is_recorded_as_it_was_walked(shared: Path, tmp_path: Path) -> None:
    home, name = tmp_path / "a", "tablet-a.nmea"
    walk = planned(home, shared)
    noted = walk_on_a_serial_line(home, tmp_path / "ttyGPS", (shared / "data/tracks" / name).read_bytes())
    session = Session(home)
    assert_walked(session, walk, shared, name)
    segments, _measured = recorded(session, walk)
    assert len(segments) == 2, "after the kill a new segment"
    seen = sorted(session.read(Observation, {"scope": walk}), key=lambda each: str(each.tag))
    fixes = {fix.time: fix.position for part in segments for fix in part}
    stops = {each.id: each for each in session.read(Stop, {"scope": walk})}
    for each, moment in zip(seen, noted, strict=True):
        place = known(each.position, Position)
        assert place is not None and each.position_source == PositionSource.DEVICE
        assert (
            min(
                distance_m(place, at)
                for time, at in fixes.items()
                if time is not None and abs((time - moment).total_seconds()) < 3
            )
            < 1
        )
        if each.stop is not None:
            stop = known(stops[str(each.stop)].position, Position)
            assert stop is not None and distance_m(place, stop) < 75
    photos = session.read(Photo, {"scope": walk})
    assert sorted(str(each.observation) for each in photos) == sorted(each.id for each in seen)
    session.leave()


def walk_behind_a_gpsd(home: Path, log: Path, until: datetime) -> None:
    """Tablet B walks until then, almost the end of the log, and notes something there."""
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        port = reserved.getsockname()[1]
    command = ["gpsfake", "-q", "-c", "0.001", "-P", str(port), str(log)]
    daemon = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        tablet = Process(home, f"gpsd:127.0.0.1:{port}")
        tablet.do("record")
        # At its end the log begins anew.
        while tablet.now["last"] is None or datetime.fromisoformat(tablet.now["last"]) < until:
            tablet.do("turn")
        tablet.do("observe", "wait_written", "end")
        tablet.close()
    finally:
        # With the daemon that it has started.
        os.killpg(daemon.pid, signal.SIGKILL)
        daemon.wait()


@pytest.mark.skipif(shutil.which("gpsfake") is None, reason="gpsd with gpsfake is not on this machine")
@pytest.mark.timeout(280)
def test_a_walk_behind_a_gpsd_is_shown_alike_on_the_tablet_it_meets(shared: Path, tmp_path: Path) -> None:
    place = tmp_path / "GATLJUS-1"
    place.mkdir()
    walk = planned(tmp_path / "a", shared)
    for home, said in ((tmp_path / "a", {"walk": walk}), (tmp_path / "b", {"everything": True})):
        session = Session(home)
        finish(sync(session, str(place), **said))
        session.leave()
    last = datetime.fromisoformat(truth(shared, "tablet-b.nmea")["t_end_utc"]) - timedelta(seconds=20)
    walk_behind_a_gpsd(tmp_path / "b", shared / "data/tracks/tablet-b.nmea", last)
    first, second = Session(tmp_path / "a"), Session(tmp_path / "b")
    for each in (second, first, second):
        finish(sync(each, str(place)))
    shown = [show(whole_walk(each, each.read(SafetyWalk)[0])) for each in (first, second)]
    assert json.dumps(shown[0], default=str, sort_keys=True) == json.dumps(shown[1], default=str, sort_keys=True)
    (track,) = shown[0]["tracks"]
    assert track["length_m"] == pytest.approx(TRULY_WALKED_M["tablet-b.nmea"], rel=TOLERANCE)
