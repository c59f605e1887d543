"""Drawn photos: the same every time, each unlike the others, and files that the import reads like any camera's."""

import hashlib
import io
import itertools
import json
import os
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import resources
from app.domain.values import Position
from app.photos.drawn.scenes import SCENES, SIZES, Taking, draw, draw_photo

ROOT = Path(__file__).resolve().parents[2]
PHOTOS: list[dict[str, Any]] = json.loads(resources.read_text("sample/story.json"))["photos"]
SIDE = 16
APART = 24
"""Of 256 signs. The two most alike differ in 34; a photo saved anew at half the size differs in 6 at the most."""

AGAIN = """
import hashlib, json, sys
from app.photos.drawn.scenes import draw_photo
for scene, seed, size, more in json.load(sys.stdin):
    print(hashlib.sha256(draw_photo(scene, seed, size, more)).hexdigest())
"""


@pytest.fixture(scope="module")
def drawn() -> dict[str, bytes]:
    """Every photo of the sample walk, by its file's name."""
    return {each["file"]: draw_photo(each["scene"], str(each["seed"]), each["size"], each["more"]) for each in PHOTOS}


def signs(picture: Image.Image) -> list[bool]:
    """Whether each place of a small grey copy is brighter than the next: a fingerprint that outlives saving anew."""
    small = picture.convert("L").resize((SIDE + 1, SIDE), Image.Resampling.LANCZOS).tobytes()
    rows = [small[start : start + SIDE + 1] for start in range(0, len(small), SIDE + 1)]
    return [row[place] < row[place + 1] for row in rows for place in range(SIDE)]


def apart(one: list[bool], other: list[bool]) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def test_no_two_photos_are_alike(drawn: dict[str, bytes]) -> None:
    prints = {name: signs(Image.open(io.BytesIO(data))) for name, data in drawn.items()}
    pairs = itertools.combinations(sorted(prints), 2)
    alike = [(a, b, apart(prints[a], prints[b])) for a, b in pairs if apart(prints[a], prints[b]) < APART]
    assert len(prints) == 60 and not alike


def test_the_fingerprint_knows_a_photo_again(drawn: dict[str, bytes]) -> None:
    for data in itertools.islice(drawn.values(), 5):
        picture = Image.open(io.BytesIO(data))
        out = io.BytesIO()
        picture.resize((picture.width // 2, picture.height // 2)).save(out, "JPEG", quality=60)
        assert apart(signs(picture), signs(Image.open(out))) < APART / 2


def test_another_process_draws_the_same_bytes(drawn: dict[str, bytes]) -> None:
    chosen = PHOTOS[::9]
    asked = json.dumps([[each["scene"], str(each["seed"]), each["size"], each["more"]] for each in chosen])
    surroundings = {**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": str(ROOT), "TZ": "Pacific/Auckland"}
    told = subprocess.run([sys.executable, "-c", AGAIN], input=asked, env=surroundings, capture_output=True, text=True)
    assert told.stdout.split() == [hashlib.sha256(drawn[each["file"]]).hexdigest() for each in chosen], told.stderr


def test_photos_are_of_the_size_they_say_and_no_larger_than_a_report_needs(drawn: dict[str, bytes]) -> None:
    for each in PHOTOS:
        picture = Image.open(io.BytesIO(drawn[each["file"]]))
        assert picture.size == SIZES[each["size"]] and max(picture.size) <= 2016
        assert picture.format == "JPEG" and picture.mode == "RGB" and not picture.getexif()
        assert 40_000 < len(drawn[each["file"]]) < 700_000


def test_photos_are_neither_black_nor_burnt_out(drawn: dict[str, bytes]) -> None:
    for name, data in drawn.items():
        grey = Image.open(io.BytesIO(data)).convert("L").histogram()
        total = sum(grey)
        mean = sum(value * count for value, count in enumerate(grey)) / total
        assert 25 < mean < 170, f"{name}: {mean:.0f}"
        assert sum(grey[250:]) / total < 0.1, name
        assert sum(1 for count in grey if count > total / 2000) > 40, f"{name} has few tones"


def test_the_sample_uses_every_scene() -> None:
    assert {each["scene"] for each in PHOTOS} == set(SCENES)


def test_a_photo_carries_its_time_and_place() -> None:
    at = datetime(2026, 10, 23, 18, 5, 40, tzinfo=timezone(timedelta(hours=3)))
    taking = Taking("Exempel Platta A", at, Position(60.1711965, 24.9434593), 62.5, -1.5)
    exif = Image.open(io.BytesIO(draw_photo("shards", "x", "landscape", {}, taking))).getexif()
    more, gps = exif.get_ifd(0x8769), exif.get_ifd(0x8825)
    assert (exif[0x0110], more[0x9003], more[0x9011]) == ("Exempel Platta A", "2026:10:23 18:05:40", "+03:00")
    degrees, minutes, seconds = (float(part) for part in gps[2])
    assert gps[1] == "N" and degrees + minutes / 60 + seconds / 3600 == pytest.approx(60.1711965, abs=1e-7)
    assert [float(part) for part in gps[7]] == [15, 5, 40] and gps[29] == "2026:10:23"
    assert (gps[16], float(gps[17])) == ("T", 62.5)
    assert (gps[5], float(gps[6])) == (b"\1", 1.5)


def test_a_turned_photo_lies_and_says_how_to_stand_up() -> None:
    taking = Taking("Exempel Platta A", datetime(2026, 10, 23, 18, 5, tzinfo=timezone(timedelta(hours=-3))))
    lying = Image.open(io.BytesIO(draw_photo("plate", "x", "portrait", {"number": "12"}, taking, turned=True)))
    assert lying.size == (1280, 960) and lying.getexif()[0x0112] == 6
    assert lying.getexif().get_ifd(0x8769)[0x9011] == "-03:00" and not lying.getexif().get_ifd(0x8825)
    upright = draw("plate", "x", "portrait", {"number": "12"})
    assert apart(signs(lying.transpose(Image.Transpose.ROTATE_270)), signs(upright)) < APART / 2


def test_another_seed_draws_another_picture() -> None:
    assert draw_photo("wall", "1", "landscape", {}) != draw_photo("wall", "2", "landscape", {})
