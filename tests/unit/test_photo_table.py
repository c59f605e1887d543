"""Every photo of the two collections gives what its manifest says: format, size, place, time, outcome."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from app.base.clock import iso
from app.domain.values import TakenAtSource
from app.photos.exif import read_facts, taken
from app.photos.pool import Failed, Pool, Prepared, Result

OWN = Path(__file__).resolve().parents[1] / "data" / "photos"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "photos"
ZONE = "Europe/Helsinki"

Entry = dict[str, Any]


def _entries(folder: Path) -> list[Any]:
    try:
        files = json.loads((folder / "manifest.json").read_text("utf-8"))["files"]
    except FileNotFoundError:
        return [pytest.param(None, marks=pytest.mark.skip(reason=f"the photos ({folder}) are not on this machine"))]
    return [pytest.param((folder, each), id=f"{folder.parent.parent.name}-{each['file']}") for each in files]


EVERY = [*_entries(OWN), *_entries(SHARED)]


@dataclass(frozen=True)
class Imported:
    """Both collections, each file once through one pool, and its hash before."""

    before: dict[Path, str]
    results: dict[Path, Result]


@pytest.fixture(scope="module")
def imported() -> Imported:
    paths = [each.values[0][0] / each.values[0][1]["file"] for each in EVERY if each.values[0]]
    before = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    with Pool() as pool:
        results = {result.path: result for result in pool.run(paths)}
    return Imported(before, results)


def _outcome(result: Result) -> str:
    if isinstance(result, Failed):
        return "refused"
    return "ok" if result.report else "not_shown"


def _result(imported: Imported, case: tuple[Path, Entry]) -> Result:
    return imported.results[case[0] / case[1]["file"]]


@pytest.mark.parametrize("case", EVERY)
def test_the_outcome_is_as_the_manifest_says(imported: Imported, case: tuple[Path, Entry]) -> None:
    result, entry = _result(imported, case), case[1]
    assert _outcome(result) in (entry["expect"], *entry["also_accept"])
    if _outcome(result) != "ok" or (isinstance(result, Prepared) and result.damaged):
        assert result.why


@pytest.mark.parametrize("case", EVERY)
def test_format_size_and_bytes_are_as_the_manifest_says(imported: Imported, case: tuple[Path, Entry]) -> None:
    result, entry = _result(imported, case), case[1]
    if isinstance(result, Failed):
        assert "refused" in (entry["expect"], *entry["also_accept"])
        return
    assert result.format == entry["format"]
    tolerance = 1 if "tolerance 1 px" in str(entry.get("notes")) else 0
    for got, want in ((result.width, entry["width"]), (result.height, entry["height"])):
        assert got == want or abs(got - want) <= tolerance
    data = (case[0] / entry["file"]).read_bytes()
    assert (result.sha256, result.size) == (hashlib.sha256(data).hexdigest(), len(data))


@pytest.mark.parametrize("case", EVERY)
def test_place_and_direction_are_as_the_manifest_says(case: tuple[Path, Entry]) -> None:
    folder, entry = case
    facts = read_facts(folder / entry["file"])
    if not entry["position_valid"]:
        if not entry.get("metadata_may_be_partial"):
            assert facts.position is None
        return
    assert facts.position is not None
    assert facts.position.lat == pytest.approx(entry["lat"], abs=1e-6)
    assert facts.position.lon == pytest.approx(entry["lon"], abs=1e-6)
    assert facts.altitude_m == (None if entry["altitude"] is None else pytest.approx(entry["altitude"], abs=1e-3))
    assert facts.direction_deg == (None if entry["direction"] is None else pytest.approx(entry["direction"], abs=1e-3))
    assert facts.direction_ref == entry["direction_ref"]


@pytest.mark.parametrize("case", EVERY)
def test_the_time_and_how_it_is_known_are_as_the_manifest_says(case: tuple[Path, Entry]) -> None:
    folder, entry = case
    facts = read_facts(folder / entry["file"])
    if entry.get("metadata_may_be_partial"):
        assert facts.taken_local in (None, datetime(2026, 10, 23, 18, 32, 5))  # noqa: DTZ001
        return
    assert (facts.taken_local.isoformat() if facts.taken_local else None) == entry["taken_at"]
    assert (facts.subsec, facts.offset, facts.orientation) == (entry["subsec"], entry["offset"], entry["orientation"])
    assert (iso(facts.gps_utc) if facts.gps_utc else None) == entry["gps_utc"]
    at, source, _ = taken(facts, ZONE)
    if entry["taken_at"] and entry["offset"]:
        assert source is TakenAtSource.OFFSET
    elif entry["gps_utc"]:
        assert source is TakenAtSource.GPS
    else:
        assert source is (TakenAtSource.ZONE if entry["taken_at"] else TakenAtSource.NONE)
    if entry["taken_at_utc"]:
        assert at is not None
        assert iso(at) == entry["taken_at_utc"]


@pytest.mark.parametrize("case", EVERY)
def test_the_camera_is_named(case: tuple[Path, Entry]) -> None:
    folder, entry = case
    camera = read_facts(folder / entry["file"]).camera
    if entry["model"] and not entry.get("model_bytes_hex") and "?" not in entry["model"]:
        assert entry["model"] in camera
    elif entry["model"]:
        assert camera == "Kaméra-AB Göta 3000"
    elif not entry.get("metadata_may_be_partial"):
        assert camera == ""


def test_originals_are_unchanged(imported: Imported) -> None:
    assert imported.before
    assert imported.before == {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in imported.before}


def test_byte_for_byte_the_same_file_has_the_same_hash(imported: Imported) -> None:
    twins = [SHARED / "IMG_0412.jpg", SHARED / "IMG_0412 (1).jpg"]
    if twins[0] not in imported.results:
        pytest.skip("the photos (../shared) are not on this machine")
    one, other = (imported.results[path] for path in twins)
    assert isinstance(one, Prepared)
    assert isinstance(other, Prepared)
    assert (one.sha256, one.report, one.thumb) == (other.sha256, other.report, other.thumb)


def test_of_all_photos_as_many_are_taken_kept_and_refused_as_the_collection_says(imported: Imported) -> None:
    outcomes = [_outcome(result) for path, result in imported.results.items() if path.parent == SHARED]
    if not outcomes:
        pytest.skip("the photos (../shared) are not on this machine")
    assert outcomes.count("refused") == 4
    assert outcomes.count("ok") >= 43
    assert len(outcomes) == 50
