"""A new field of an observation costs one line in one file: it is stored, synced, shown, found, exported and printed.

The line is added to a copy of the sources. A device with the program as it was meets the walk on the way, and passes on
what it does not know.
"""

import json
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.whole.program import ROOT, Gatljus

PLACE = '    source: str = field(N_("Källa"), default="")\n'
LINE = '    bench_colour: str = field(N_("Bänkens färg"), default="", search=True)\n'
VALUE = "ljusblå med vita armstöd"


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources with the line added."""
    sources = tmp_path_factory.mktemp("newer")
    for name in ("app", "resources"):
        shutil.copytree(ROOT / name, sources / name, ignore=shutil.ignore_patterns("__pycache__"))
    records = sources / "app" / "domain" / "records.py"
    before = records.read_text("utf-8")
    assert before.count(PLACE) == 1
    records.write_text(before.replace(PLACE, PLACE + LINE), "utf-8")
    return sources


class Meeting:
    """Two devices with the new line that never meet, and one without it that has met both."""

    def __init__(self, folder: Path, newer: Path) -> None:
        self.first, self.last = Gatljus(folder / "first", sources=newer), Gatljus(folder / "last", sources=newer)
        self.older = Gatljus(folder / "older")
        here, self.there = folder / "here", folder / "there"
        here.mkdir()
        self.there.mkdir()
        self.walk = self.first.walk()
        self.first.made("stop", "add", self.walk, "--name", "Torget", "--at", "59.17,18.14")
        self.seen = self.first.made(
            "observe", self.walk, "--category", "meeting_places", "--text", "Bänk", "--stop", "1"
        )
        self.first.made("set", "observation", self.seen, "bench_colour", VALUE)
        self.first.ask("sync", str(here), "--walk", self.walk)
        self.older.ask("sync", str(here), "--all")
        self.older.made("set", "observation", self.seen, "text", "Bänken är trasig")
        for folder_met in (here, self.there):
            self.older.ask("sync", str(folder_met), "--walk", self.walk)
        self.last.ask("sync", str(self.there), "--all")
        self.first.ask("sync", str(here))


@pytest.fixture(scope="module")
def meeting(newer: Path, tmp_path_factory: pytest.TempPathFactory) -> Meeting:
    return Meeting(tmp_path_factory.mktemp("meeting"), newer)


def test_it_is_set_and_shown(meeting: Meeting) -> None:
    (seen,) = meeting.first.shown(meeting.walk)["observations"]
    assert (seen["bench_colour"], seen["text"]) == (VALUE, "Bänken är trasig")


def test_an_older_program_keeps_it_without_knowing_it(meeting: Meeting) -> None:
    (seen,) = meeting.older.shown(meeting.walk)["observations"]
    assert "bench_colour" not in seen
    assert meeting.older.refused("set", "observation", meeting.seen, "bench_colour", "röd")["code"] == "field"
    assert meeting.older.items("verify", "--rebuild") == []
    history = meeting.older.items("history", "observation", meeting.seen)
    assert [each["new"] for each in history if each["field"] == "bench_colour"] == [VALUE]


def test_it_comes_through_the_older_program_to_another_device(meeting: Meeting) -> None:
    assert meeting.last.shown(meeting.walk) == meeting.first.shown(meeting.walk)
    assert meeting.last.items("conflicts") == []


@pytest.mark.parametrize("words", ["armstöd", "VITA", "usbl"])
def test_it_is_found_by_search(meeting: Meeting, words: str) -> None:
    for home in (meeting.first, meeting.last):
        (found,) = home.items("search", words)
        assert (found["id"], found["field"], found["text"]) == (meeting.seen, "bench_colour", VALUE)


def test_it_is_exported(meeting: Meeting, tmp_path: Path) -> None:
    meeting.last.made("export", meeting.walk, "-o", str(tmp_path / "x.geojson"))
    features = json.loads((tmp_path / "x.geojson").read_text("utf-8"))["features"]
    told = {each["id"]: each["properties"] for each in features}
    assert told[meeting.seen]["bench_colour"] == VALUE


def test_it_is_printed_with_its_label(meeting: Meeting, tmp_path: Path) -> None:
    meeting.last.made("protocol", meeting.walk, "-o", str(tmp_path / "x.pdf"))
    told = " ".join(page.extract_text() for page in PdfReader(tmp_path / "x.pdf").pages)
    assert f"Bänkens färg: {VALUE}" in " ".join(told.split())


def test_it_is_undone_like_any_other(meeting: Meeting, newer: Path, tmp_path: Path) -> None:
    home = Gatljus(tmp_path / "home", sources=newer)
    home.ask("sync", str(meeting.there), "--all")
    home.made("set", "observation", meeting.seen, "bench_colour", "grön")
    home.ask("undo", meeting.walk)
    assert home.shown(meeting.walk)["observations"][0]["bench_colour"] == VALUE
