"""Awkward nights on three tablets that meet: each a process with a window, hearing its own log on a serial line. When
they have met, every one of them has all of it, as the truth tells."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.domain.records import TrackChunk
from tests.gui.field_walks import log_on_a_serial_line, meet, opened, planned, recorded
from tests.gui.test_field_logs import TRUTHS, times, truth
from tests.whole.program import Gatljus

ZONE = ZoneInfo("Europe/Helsinki")


@dataclass
class Met:
    """The homes in which the walk is when all have met, by the log that was heard there, and which devices they are."""

    walk: str
    homes: dict[str, Path]
    devices: dict[str, str]


@pytest.fixture(scope="module")
def met(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Met:
    """Three tablets have the planned walk, hear a log each, and meet twice."""
    folder = tmp_path_factory.mktemp("met")
    place, homes = folder / "GATLJUS-1", {name: folder / letter for name, letter in zip(TRUTHS, "abc", strict=True)}
    place.mkdir()
    first, *others = homes.values()
    walk = planned(first, shared)
    meet(place, first, walk=walk)
    meet(place, *others, everything=True)
    devices = dict[str, str]()
    for name, home in homes.items():
        log_on_a_serial_line(home, folder / "ttyGPS", (shared / "data/tracks" / name).read_bytes())
        with opened(home) as session:
            devices[name] = session.identity.device
    # The second time nothing is new: nothing may come twice.
    meet(place, *homes.values(), *homes.values())
    return Met(walk, homes, devices)


@pytest.mark.timeout(180)
@pytest.mark.parametrize("name", TRUTHS)
def test_what_one_tablet_heard_is_on_every_one_as_the_truth_tells(met: Met, shared: Path, name: str) -> None:
    told, found = truth(shared, name), []
    for home in met.homes.values():
        with opened(home) as session:
            segments, measured = recorded(session, met.walk, met.devices[name])
        TRUTHS[name](told, segments, measured)
        found.append((segments, measured))
    assert len(found) == 3 and all(each == found[0] for each in found), "fix by fix, metre by metre, gap by gap"


@pytest.mark.timeout(180)
@pytest.mark.parametrize("name", ["dst.nmea", "dst-repeat.nmea"])
def test_where_the_clock_on_the_wall_is_put_back_time_goes_on_upon_every_tablet(met: Met, name: str) -> None:
    for home in met.homes.values():
        with opened(home) as session:
            moments = times(recorded(session, met.walk, met.devices[name])[0])
        assert all(before < after for before, after in pairwise(moments))
        wall = [each.astimezone(ZONE).replace(tzinfo=None) for each in moments]
        (back,) = [place for place, (before, after) in enumerate(pairwise(wall)) if after < before]
        assert moments[back + 1] - moments[back] == wall[back + 1] - wall[back] + timedelta(hours=1)


@pytest.mark.timeout(180)
def test_each_tablet_keeps_as_many_fixes_of_every_other_as_that_has_itself(met: Met) -> None:
    kept = list[dict[str, int]]()
    for home in met.homes.values():
        with opened(home) as session:
            pieces = session.read(TrackChunk, {"scope": met.walk})
            tracks = {name: recorded(session, met.walk, device)[0] for name, device in met.devices.items()}
        kept.append({name: sum(map(len, segments)) for name, segments in tracks.items()})
        assert sum(len(each.points) for each in pieces if each.told_by == "serial") == sum(kept[-1].values())
    assert kept[0] == kept[1] == kept[2]
    # Of the broken one that is all but what has to be left out, and what may be.
    assert (kept[0]["dst.nmea"], kept[0]["dst-repeat.nmea"]) == (1500, 1200) and 583 <= kept[0]["broken.nmea"] <= 589


def test_a_log_that_is_read_in_says_which_lines_were_wrong_and_is_the_same_on_another_device(
    shared: Path, tmp_path: Path
) -> None:
    one, other, place = Gatljus(tmp_path / "one"), Gatljus(tmp_path / "other"), tmp_path / "meet"
    place.mkdir()
    walk = one.walk("--zone", "Europe/Helsinki")
    log, told = shared / "data/tracks/broken.nmea", truth(shared, "broken.nmea")
    done = one.ask("route", "import", walk, str(log), "--as", "track")
    named = {each["line"] for each in done["damaged"]}
    faults = [(each, set(range(each["first_line"], each["last_line"] + 1))) for each in told["faulty_epochs"]]
    assert [each for each, lines in faults if each["expect"] == "reject" and not lines & named] == []
    ends = {log.read_bytes().count(b"\n") + 1} if told["file_ends_in_truncated_sentence"] else set[int]()
    assert named - set[int]().union(*(lines for _each, lines in faults)) == ends, "no other line is blamed"
    counts = told["counts"]
    assert counts["accept"] <= done["points"] <= counts["accept"] + counts["either"] + counts["poor"]
    one.ask("sync", str(place), "--walk", walk)
    other.ask("sync", str(place), "--all")
    (here,), (there,) = one.shown(walk)["tracks"], other.shown(walk)["tracks"]
    assert here == there and there["points"] == done["points"]
