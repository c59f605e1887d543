"""What a picture of our own camera says of itself is what every reader of photos finds in it."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from app.domain.snap import Snap
from app.domain.values import Position, TakenAtSource
from app.photos.exif import read_facts, taken
from app.photos.stamp import write_snap

MOMENT = datetime(2026, 10, 23, 18, 42, 7, 250_000, tzinfo=ZoneInfo("Europe/Helsinki"))
GREY = bytes((40, 44, 60, 255)) * (64 * 48)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(60.1752345, 24.9452871), (-33.8567844, 151.2152967), (59.9999999, -0.0000004), (-0.5, -179.9999999)],
)
def test_position_direction_and_time_are_read_back(tmp_path: Path, lat: float, lon: float) -> None:
    path = write_snap(tmp_path, (64, 48), GREY, Snap(MOMENT, Position(lat, lon), 6.25, 271.5, "Surfplattans kamera"))
    facts = read_facts(path)
    assert facts.position is not None
    assert facts.position.lat == pytest.approx(lat, abs=5e-8) and facts.position.lon == pytest.approx(lon, abs=5e-8)
    assert (facts.accuracy_m, facts.direction_deg, facts.direction_ref) == (6.25, 271.5, "T")
    assert (facts.offset, facts.subsec, facts.camera) == ("+03:00", "250", "Surfplattans kamera")
    assert taken(facts, "UTC")[:2] == (datetime(2026, 10, 23, 15, 42, 7, tzinfo=UTC), TakenAtSource.OFFSET)
    with Image.open(path) as picture:
        assert (picture.format, picture.size) == ("JPEG", (64, 48))


def test_what_nobody_knows_is_not_written(tmp_path: Path) -> None:
    facts = read_facts(write_snap(tmp_path, (64, 48), GREY, Snap(MOMENT)))
    assert (facts.position, facts.accuracy_m, facts.direction_deg, facts.camera) == (None, None, None, "")


def test_two_pictures_of_one_second_are_two_files(tmp_path: Path) -> None:
    one = write_snap(tmp_path, (64, 48), GREY, Snap(MOMENT))
    other = write_snap(tmp_path, (64, 48), GREY, Snap(MOMENT.replace(microsecond=450_000)))
    assert one != other and one.read_bytes() != other.read_bytes()
