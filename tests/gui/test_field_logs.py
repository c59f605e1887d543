"""Awkward nights on a serial line: the hour that comes twice, and a receiver that says much nonsense. Each is heard as
it is said, and recorded; what is kept then is what the truth tells."""

import json
import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.domain.geo import distance_m
from app.domain.track import Fix, Measured
from app.domain.values import Position
from app.session import Session
from tests.gui.field_walks import recorded, seconds_of, serial
from tests.gui.hands import wait
from tests.unit.test_track import TOLERANCE
from ui.bridge.guide import Guide
from ui.bridge.receiver import State
from ui.bridge.receivers import SerialReceiver


def truth(shared: Path, name: str) -> dict[str, Any]:
    """What is so, with the moment at which the log begins as `begins`."""
    found: dict[str, Any] = json.loads((shared / "data/tracks/truth.json").read_text("utf-8"))["files"][name]
    return {**found, "begins": datetime.fromisoformat(found["t0_utc"])}


@pytest.fixture
def guide(session: Session, parent: QObject) -> Iterator[Guide]:
    """What listens and records. Nothing may go wrong."""
    made = Guide(session, lambda failure: pytest.fail(failure.text), parent)
    yield made
    made.stop()


class Line:
    """A receiver on a serial line says a log, second by second, and what comes is recorded."""

    def __init__(self, guide: Guide, session: Session, walk: str, shared: Path, port: Path, qtbot: QtBot) -> None:
        self._guide, self._session, self._walk, self._qtbot = guide, session, walk, qtbot
        self._shared, self._port = shared, port

    def hear(self, name: str) -> tuple[list[tuple[Fix, ...]], Measured]:
        """Returns what has been recorded of it: segments, and what they measure."""
        begins = truth(self._shared, name)["begins"]
        receiver = SerialReceiver(str(self._port), lambda: begins, self._guide)
        with serial(self._port) as line:
            self._guide.record(self._walk)
            self._guide.listen(receiver)
            assert receiver.state == State.SILENT
            for second, said in enumerate(seconds_of((self._shared / "data/tracks" / name).read_bytes())):
                os.write(line, said)
                # The line holds a few seconds at the most.
                if second % 3 == 0 or len(said) > 1000:
                    wait(1)
            # The last of it is whole when the receiver has paused.
            last = self._guide.heard
            self._qtbot.waitUntil(lambda: not receiver._pause.isActive() and self._guide.heard is not last)
        self._guide.end()
        return recorded(self._session, self._walk)


@pytest.fixture
def line(guide: Guide, session: Session, walk: str, shared: Path, tmp_path: Path, qtbot: QtBot) -> Line:
    """A line, and whoever records."""
    return Line(guide, session, walk, shared, tmp_path / "ttyGPS", qtbot)


def times(segments: list[tuple[Fix, ...]]) -> list[datetime]:
    """When each fix was."""
    return [fix.time for part in segments for fix in part if fix.time is not None]


def _after(before: Fix, fix: Fix) -> timedelta:
    assert before.time is not None and fix.time is not None
    return fix.time - before.time


Segments = list[tuple[Fix, ...]]


def assert_hour_comes_twice(told: dict[str, Any], segments: Segments, measured: Measured) -> None:
    """What is so of `dst.nmea`."""
    assert times(segments) == [told["begins"] + timedelta(seconds=k) for k in range(told["valid_fixes"])]
    assert (len(segments), measured.gaps, measured.outliers) == (1, (), ())
    assert measured.length_m == pytest.approx(told["distance_walked_m"], rel=TOLERANCE)


def assert_an_hour_apart(told: dict[str, Any], segments: Segments, measured: Measured) -> None:
    """What is so of `dst-repeat.nmea`."""
    parts = [(each["from_s"], each["to_s"]) for each in told["parts"]]
    moments = [told["begins"] + timedelta(seconds=k) for first, end in parts for k in range(first, end)]
    assert times(segments) == moments and measured.outliers == ()
    (gap,) = measured.gaps
    assert (gap.start, gap.end) == (moments[599], moments[600])
    assert measured.length_m == pytest.approx(sum(told["distance_in_parts_m"]), rel=TOLERANCE)


def assert_nothing_wrong(told: dict[str, Any], segments: Segments, measured: Measured) -> None:
    """What is so of `broken.nmea`, heard as it was said."""
    in_order = [fix for part in segments for fix in part]
    # One epoch says an earlier time again; whether it counts, the truth leaves open.
    (again,) = [fix for before, fix in pairwise(in_order) if _after(before, fix) <= timedelta(0)]
    (backwards,) = [each for each in told["faulty_epochs"] if each["fault"] == "time_backwards"]
    assert backwards["expect"] == "either"
    assert distance_m(again.position, Position(backwards["lat"], backwards["lon"])) < 0.1
    kept = {fix.time: fix for fix in in_order if fix is not again}
    assert len(kept) == len(in_order) - 1, "a fix is kept twice"
    assert set(kept) <= {told["begins"] + timedelta(seconds=k) for k in range(told["epochs"])}
    unused = {in_order[place].time for place in measured.outliers}
    for second, lat, lon, expected in told["all_epochs"]:
        moment = told["begins"] + timedelta(seconds=second)
        fix = kept.get(moment)
        if expected == "accept":
            assert fix is not None and distance_m(fix.position, Position(lat, lon)) < 0.1, second
        elif expected == "reject":
            assert fix is None, second
        elif expected == "poor":
            assert fix is None or moment in unused, second


Truth = Callable[[dict[str, Any], Segments, Measured], None]
TRUTHS: dict[str, Truth] = {
    "dst.nmea": assert_hour_comes_twice,
    "dst-repeat.nmea": assert_an_hour_apart,
    "broken.nmea": assert_nothing_wrong,
}
"""The awkward logs, and what must be so of what is kept of them."""


def test_the_hour_that_comes_twice_is_recorded_once_in_order(line: Line, shared: Path) -> None:
    assert_hour_comes_twice(truth(shared, "dst.nmea"), *line.hear("dst.nmea"))


def test_two_parts_with_the_same_clock_times_are_an_hour_apart_and_what_lies_between_is_a_gap(
    line: Line, shared: Path
) -> None:
    assert_an_hour_apart(truth(shared, "dst-repeat.nmea"), *line.hear("dst-repeat.nmea"))


def test_of_a_receiver_that_says_much_nonsense_everything_right_is_recorded_and_nothing_wrong(
    line: Line, shared: Path
) -> None:
    assert_nothing_wrong(truth(shared, "broken.nmea"), *line.hear("broken.nmea"))
