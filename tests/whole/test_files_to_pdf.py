"""From real files to a lawful PDF, on two devices: two homes, every step a process of its own."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.whole.program import Gatljus
from tests.whole.tagtree import Node, read_tree
from tests.whole.verapdf import validate

TEXTS = {
    "åäö": "Räcket vid ån är löst, säger äldre boende.",
    "samiska": "Skylten Báŋkogeaidnu är vänd, ŧ saknas på den.",
    "arabiska": "En boende sade: المكان مظلم بعد الساعة 20 في A7 تقريبا.",
    "emoji": "Bra ljus här 👍🏽 sa ungdomarna 👩🏾‍🚒.",
    "bindestreck": "Ärende F‑2026‑11873 gäller samma lucka.",
}
"""What is typed must be what a reader of the PDF gets."""


class Walk:
    """One walk on two devices that meet in a folder."""

    def __init__(self, folder: Path, shared: Path) -> None:
        self.shared, self.meeting = shared, folder / "meeting"
        self.meeting.mkdir()
        self.a, self.b = Gatljus(folder / "a"), Gatljus(folder / "b")
        said = (
            "--title",
            "Oktobervandring",
            "--area",
            "Järnvägstorget",
            "--zone",
            "Europe/Helsinki",
            "--light",
            "dark",
        )
        self.id = self.a.made("walk", "new", *said, "--purpose", "Se platserna i mörker.")
        tracks, photos = shared / "data" / "tracks", shared / "data" / "photos-walk"
        self.a.ask("route", "import", self.id, str(tracks / "planned-route.gpx"), "--as", "planned")
        self.a.ask("route", "import", self.id, str(tracks / "tablet-a.nmea"), "--as", "track")
        self.sync(self.a, "--walk", self.id)
        self.sync(self.b, "--all")
        chosen = sorted(photos.glob("IMG_31*"))[:12] + sorted(photos.glob("_MG_*"))[:4]
        self.a.ask("photos", "import", self.id, *map(str, chosen), "--by-track")
        self.observations = [
            self.observe(self.a, "1", TEXTS["åäö"], "C4"),
            self.observe(self.a, "1", TEXTS["samiska"], "D3"),
        ]
        self.observations += [self.observe(self.b, "4", text, "A1") for text in list(TEXTS.values())[2:]]
        self.measure = self.b.made(
            "measure", "add", self.id, "--observation", self.observations[2], "--cause", "en trasig lampa"
        )
        for device in (self.a, self.b, self.a, self.b):
            self.sync(device)

    def observe(self, device: Gatljus, stop: str, text: str, item: str) -> str:
        category = {"C": "maintenance", "D": "wayfinding", "A": "lighting"}[item[0]]
        return device.made("observe", self.id, "--category", category, "--item", item, "--text", text, "--stop", stop)

    def sync(self, device: Gatljus, *more: str) -> None:
        device.ask("sync", str(self.meeting), *more)

    def shown(self, device: Gatljus) -> dict[str, Any]:
        found: dict[str, Any] = device.ask("show", self.id)
        return found


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Walk:
    return Walk(tmp_path_factory.mktemp("walk"), shared)


@pytest.fixture(scope="module")
def papers(walk: Walk, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("papers")
    made = (folder / "a.pdf", folder / "b.pdf")
    for device, path in zip((walk.a, walk.b), made, strict=True):
        device.ask("protocol", walk.id, "-o", str(path))
    return made


def plain(text: str) -> str:
    """Text without what only makes lines: blanks folded, soft hyphens gone."""
    return re.sub(r"\s+", " ", text.replace("\u00ad", "")).strip()


def test_two_devices_show_the_same_walk(walk: Walk) -> None:
    first, second = ({**walk.shown(device), "here": None} for device in (walk.a, walk.b))
    assert json.dumps(first, sort_keys=True) == json.dumps(second, sort_keys=True)


def test_two_devices_make_the_same_bytes(papers: tuple[Path, Path]) -> None:
    assert papers[0].read_bytes() == papers[1].read_bytes()


def test_the_protocol_passes_the_judge(papers: tuple[Path, Path]) -> None:
    for verdict in validate([papers[0]]):
        assert verdict.passed, verdict


def test_every_observation_and_photo_is_in_the_tags_exactly_once(walk: Walk, papers: tuple[Path, Path]) -> None:
    shown = walk.shown(walk.a)
    ids = [node.id for node in read_tree(papers[0]).nodes() if node.id]
    for each in (*shown["observations"], *shown["photos"]):
        assert ids.count(each["id"]) == 1


def test_what_was_typed_is_what_the_tags_say(walk: Walk, papers: tuple[Path, Path]) -> None:
    nodes = {node.id: node for node in read_tree(papers[0]).nodes() if node.id}
    for id, text in zip(walk.observations, TEXTS.values(), strict=True):
        assert plain(text) in plain(nodes[id].text)


def test_every_figure_says_what_it_shows(papers: tuple[Path, Path]) -> None:
    figures: list[Node] = list(read_tree(papers[0]).nodes("Figure"))
    assert len(figures) > 16
    for figure in figures:
        assert len(figure.alt) >= 20
        assert not re.search(r"\.(jpe?g|heic)", figure.alt, re.IGNORECASE)


def test_the_pictures_are_in_the_file_and_turned(papers: tuple[Path, Path]) -> None:
    listed = subprocess.run(["pdfimages", "-list", str(papers[0])], capture_output=True, text=True, check=True).stdout
    sizes = [tuple(map(int, line.split()[3:5])) for line in listed.splitlines()[2:]]
    photos = [size for size in sizes if max(size) == 2016]
    assert len(photos) >= 12
