"""The whole walk with receivers: one tablet on a serial line, one behind a gpsd, with presses, photos, pauses, each
killed and begun again, then synced. What is in the one walk then, on both, is what was truly walked."""

import json
import shutil
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.geo import distance_m
from app.domain.records import Observation, Photo, SafetyWalk, Stop, TrackChunk
from app.domain.track import GAP_S, Fix, near_stops
from app.domain.values import Position, PositionSource, known
from app.places.nmea import read_nmea
from app.queries.show import show
from app.queries.whole import whole_walk
from tests.gui.field_walks import (
    Done,
    meet,
    opened,
    planned,
    recorded,
    walk_behind_a_gpsd,
    walk_on_a_serial_line,
)
from tests.unit.test_track import TOLERANCE, TRULY_WALKED_M

A, B = "tablet-a.nmea", "tablet-b.nmea"
MOMENT = timedelta(seconds=3)
HAS_GPSD = shutil.which("gpsfake") is not None


@dataclass
class Walked:
    """The homes in which the walk is when both have met, what was done with each, and which devices they are."""

    walk: str
    homes: dict[str, Path]
    done: dict[str, Done]
    devices: dict[str, str]


@pytest.fixture(scope="module")
def walked(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """Both tablets have the planned walk, walk it apart, and meet."""
    folder = tmp_path_factory.mktemp("walked")
    place, a, b = folder / "GATLJUS-1", folder / "a", folder / "b"
    place.mkdir()
    walk = planned(a, shared)
    meet(place, a, walk=walk)
    meet(place, b, everything=True)
    logs = shared / "data/tracks"
    done = {A: walk_on_a_serial_line(a, folder / "ttyGPS", (logs / A).read_bytes())}
    if HAS_GPSD:
        begins = datetime.fromisoformat(truth(shared, B)["t0_utc"])
        done[B] = walk_behind_a_gpsd(b, logs / B, begins, (1800, 2200, 2730, 2900, 3250, 4300))
    meet(place, a, b, a)
    devices = dict[str, str]()
    for name, home in ((A, a), (B, b)):
        with opened(home) as session:
            devices[name] = session.identity.device
    return Walked(walk, {A: a, B: b}, done, devices)


def truth(shared: Path, name: str) -> dict[str, Any]:
    """What is so of a log."""
    found: dict[str, Any] = json.loads((shared / "data/tracks/truth.json").read_text("utf-8"))["files"][name]
    return found


def times_of(each: dict[str, Any], first: str, last: str) -> tuple[datetime, datetime]:
    """From when to when something was."""
    return datetime.fromisoformat(each[first]), datetime.fromisoformat(each[last])


def overlap_s(a: tuple[datetime, datetime], b: tuple[datetime, datetime]) -> float:
    """For how many seconds both last."""
    return max(0.0, (min(a[1], b[1]) - max(a[0], b[0])).total_seconds())


def assert_every_fix_is_kept(segments: list[tuple[Fix, ...]], log: bytes, done: Done, *, told_on: bool) -> None:
    """But for those that came while the track was paused, up to where it was ended, and, where it was `told_on` by a
    daemon, for the few that that told nobody while the program began again; or the last one is told once more to who
    comes anew. The first that a gpsd tells has no time."""
    kept, pauses = [fix for part in segments for fix in part], done.pauses
    before, after = ([fix.time for fix in part if fix.time] for part in segments[:2])
    missing = after[0] - before[-1]
    assert missing < timedelta(seconds=GAP_S), "hardly anything is missing by the kill"
    assert missing > timedelta(0) or (told_on and not missing), "nothing is told twice but by a daemon"
    unheard = [(since[0], until[1]) for since, until in pauses] + [(before[-1], after[0])] * told_on
    times, places = [fix.time for fix in kept if fix.time], defaultdict[datetime | None, list[Position]](list)
    read = [fix for part in read_nmea(log).segments for fix in part]
    assert read[0].time is not None and times[0] <= read[0].time + MOMENT
    for fix in kept:
        places[fix.time].append(fix.position)
    for fix in read:
        assert fix.time is not None
        if any(since[1] + MOMENT < fix.time < until[0] - MOMENT for since, until in pauses):
            assert not places[fix.time]
        elif times[0] <= fix.time < times[-1] and not any(
            since - MOMENT < fix.time < until + MOMENT for since, until in unheard
        ):
            assert min(distance_m(fix.position, at) for at in places[fix.time]) < 0.5, fix


NAMES = [A, pytest.param(B, marks=pytest.mark.skipif(not HAS_GPSD, reason="gpsd with gpsfake is not on this machine"))]


@pytest.mark.timeout(280)
@pytest.mark.parametrize("name", NAMES)
def test_the_track_of_each_tablet_is_on_both_as_it_was_truly_walked(walked: Walked, shared: Path, name: str) -> None:
    told, pauses, log = truth(shared, name), walked.done[name].pauses, (shared / "data/tracks" / name).read_bytes()
    for home in walked.homes.values():
        with opened(home) as session:
            segments, measured = recorded(session, walked.walk, walked.devices[name])
            told_by = {each.told_by for each in session.read(TrackChunk) if each.told_by}
        assert told_by == ({"serial", "gpsd"} if HAS_GPSD else {"serial"})
        assert len(segments) == 3, "a new segment after the kill, and after the pause"
        kept = [fix for part in segments for fix in part]
        assert_every_fix_is_kept(segments, log, walked.done[name], told_on=name == B)
        # A gpsd says some of them twice.
        assert name == B or len({fix.time for fix in kept}) == len(kept)
        assert measured.length_m == pytest.approx(TRULY_WALKED_M[name], rel=TOLERANCE)
        assert len(measured.outliers) == len(told["outliers"])
        long = [times_of(each, "from_utc", "to_utc") for each in told["gaps"] if each["duration_s"] > 9]
        gaps = sorted([*(((since,) * 2, (until,) * 2) for since, until in long), *pauses])
        for gap, (since, until) in zip(measured.gaps, gaps, strict=True):
            assert since[0] - MOMENT <= gap.start <= since[1] + MOMENT
            assert until[0] - MOMENT <= gap.end <= until[1] + MOMENT
        near = near_stops(segments, {each["name"]: Position(each["lat"], each["lon"]) for each in told["stops"]}, 25)
        for each in told["stops"]:
            stay = times_of(each, "arrival_utc", "departure_utc")
            # While it was paused nobody knows.
            length = overlap_s(stay, stay) - sum(overlap_s(stay, (since[0], until[1])) for since, until in pauses)
            assert sum(overlap_s(stay, part) for part in near[each["name"]]) > 0.6 * length, each["name"]


@pytest.mark.timeout(280)
@pytest.mark.parametrize("name", NAMES)
def test_what_each_tablet_noted_is_on_both_where_it_was_noted_with_its_photo(
    walked: Walked, shared: Path, name: str
) -> None:
    told, done, letter = truth(shared, name), walked.done[name], "A" if name == A else "B"
    for home in walked.homes.values():
        with opened(home) as session:
            seen = [each for each in session.read(Observation) if str(each.tag).startswith(letter)]
            stops = {each.id: str(each.name) for each in session.read(Stop)}
            photos = {each.observation: str(each.original) for each in session.read(Photo)}
            whole = {each for each in photos.values() if session.blobs.is_whole(each)}
            segments, _measured = recorded(session, walked.walk, walked.devices[name])
        fixes = [fix for part in segments for fix in part if fix.time is not None]
        for each, (since, until) in zip(sorted(seen, key=lambda one: str(one.tag)), done.noted, strict=True):
            place = known(each.position, Position)
            assert place is not None and each.position_source == PositionSource.DEVICE and each.stale is False
            then = [fix.position for fix in fixes if fix.time and since - MOMENT <= fix.time <= until + MOMENT]
            assert min(distance_m(place, at) for at in then) < 1
            stays = {one["name"]: times_of(one, "arrival_utc", "departure_utc") for one in told["stops"]}
            (at_it,) = [stop for stop, (came, left) in stays.items() if came <= since <= left]
            assert stops[str(each.stop)] == at_it
            assert photos[each.id] in whole


@pytest.mark.timeout(280)
def test_both_show_the_same_walk(walked: Walked) -> None:
    shown = []
    for home in walked.homes.values():
        with opened(home) as session:
            shown.append(show(whole_walk(session, session.read(SafetyWalk)[0])))
    one, other = ({key: value for key, value in each.items() if key != "here"} for each in shown)
    assert json.dumps(one, default=str, sort_keys=True) == json.dumps(other, default=str, sort_keys=True)
    noted = sum(len(each.noted) for each in walked.done.values())
    assert (len(one["tracks"]), len(one["observations"]), len(one["photos"])) == (len(walked.done), noted, noted)
    assert one["conflicts"] == []
