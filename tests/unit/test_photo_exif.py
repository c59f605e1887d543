"""What is read from metadata, and what is not believed."""

import random
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from app.domain.values import TakenAtSource
from app.photos.exif import Facts, clock_difference, read_facts, taken

PHOTOS = Path(__file__).resolve().parents[1] / "data" / "photos"
NORTH: dict[int, Any] = {1: "N", 2: (59.0, 10.0, 7.32), 3: "E", 4: (18.0, 8.0, 41.28)}


def _photo(
    image: dict[int, Any] | None = None, exif: dict[int, Any] | None = None, gps: dict[int, Any] | None = None
) -> bytes:
    block = Image.Exif()
    for tag, value in (image or {}).items():
        block[tag] = value
    block.get_ifd(0x8769).update(exif or {})
    block.get_ifd(0x8825).update(gps or {})
    out = BytesIO()
    Image.new("RGB", (16, 12), "teal").save(out, "JPEG", exif=block)
    return out.getvalue()


def _local(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_a_whole_set_of_tags_is_read() -> None:
    gps = {**NORTH, 5: b"\1", 6: 2.5, 7: (15.0, 7.0, 9.9), 16: "M", 17: 359.5, 29: "2026:10:23", 31: 4.75}
    exif = {0x9003: "2026:10:23 18:07:10", 0x9291: "456", 0x9011: "+03:00"}
    facts = read_facts(_photo({0x010F: "Canon", 0x0110: "Canon EOS R50", 0x0112: 6}, exif, gps))
    assert facts.position is not None
    assert facts.position.lat == pytest.approx(59.1687, abs=1e-6)
    assert facts.position.lon == pytest.approx(18.1448, abs=1e-6)
    assert (facts.altitude_m, facts.accuracy_m, facts.direction_deg, facts.direction_ref) == (-2.5, 4.75, 359.5, "M")
    assert facts.taken_local == _local("2026-10-23T18:07:10")
    assert (facts.subsec, facts.offset) == ("456", "+03:00")
    assert facts.gps_utc == datetime(2026, 10, 23, 15, 7, 9, tzinfo=UTC)
    assert (facts.camera, facts.orientation) == ("Canon EOS R50", 6)


@pytest.mark.parametrize(("ref", "lat"), [("N", 59.5), ("S", -59.5), ("s", -59.5), ("", 59.5)])
def test_south_is_negative(ref: str, lat: float) -> None:
    facts = read_facts(_photo(gps={**NORTH, 1: ref, 2: (59.0, 30.0, 0.0)}))
    assert facts.position is not None
    assert facts.position.lat == lat


@pytest.mark.parametrize(
    "gps",
    [
        {**NORTH, 2: (0.0, 0.0, 0.0), 4: (0.0, 0.0, 0.0)},
        {**NORTH, 2: (91.0, 0.0, 0.0)},
        {**NORTH, 4: (181.0, 0.0, 0.0)},
        {**NORTH, 2: (59.0, 75.0, 0.0)},
        {**NORTH, 2: (IFDRational(59, 0), IFDRational(0, 0), IFDRational(0, 0))},
        {**NORTH, 4: (IFDRational(18, 1), IFDRational(8, 0), IFDRational(1, 1))},
        {1: "N", 2: (59.0, 10.0, 7.0)},
    ],
    ids=["0-0", "latitude-91", "longitude-181", "75-minutes", "all-over-zero", "minutes-over-zero", "no-longitude"],
)
def test_an_impossible_position_is_none(gps: dict[int, Any]) -> None:
    facts = read_facts(_photo(gps={**gps, 6: 12.0, 31: 5.0}))
    assert (facts.position, facts.altitude_m, facts.accuracy_m) == (None, None, None)


@pytest.mark.parametrize("direction", [360.5, 4e9, IFDRational(1, 0)])
def test_an_impossible_direction_is_none(direction: Any) -> None:
    facts = read_facts(_photo(gps={**NORTH, 16: "T", 17: direction}))
    assert (facts.direction_deg, facts.direction_ref) == (None, None)


@pytest.mark.parametrize(
    "text", ["0000:00:00 00:00:00", "    :  :     :  :  ", "2026:13:01 10:00:00", "igår", "0001:01:01 00:00:00"]
)
def test_an_impossible_time_is_none(text: str) -> None:
    facts = read_facts(_photo(exif={0x9003: text, 0x9011: "+03:00"}))
    assert facts.taken_local is None
    assert taken(facts, "Europe/Stockholm") == (None, TakenAtSource.NONE, None)


@pytest.mark.parametrize(
    ("written", "read"),
    [("+03:00", "+03:00"), ("-0330", "-03:30"), ("Z", "+00:00"), ("+25:00", None), ("   :  ", None)],
)
def test_offsets_as_cameras_write_them(written: str, read: str | None) -> None:
    assert read_facts(_photo(exif={0x9003: "2026:10:23 18:07:10", 0x9011: written})).offset == read


def test_the_time_of_digitizing_stands_in_with_its_own_offset() -> None:
    facts = read_facts(_photo(exif={0x9004: "2026:10:23 18:07:10", 0x9012: "+02:00", 0x9011: "+03:00"}))
    assert (facts.taken_local, facts.offset) == (_local("2026-10-23T18:07:10"), "+02:00")


def test_the_offset_of_the_file_stands_in_for_that_of_the_moment() -> None:
    assert read_facts(_photo(exif={0x9003: "2026:10:23 18:07:10", 0x9010: "+02:00"})).offset == "+02:00"


def test_the_offset_decides_over_gps_and_the_difference_is_the_clocks() -> None:
    facts = Facts(
        taken_local=_local("2026-10-23T18:07:10"),
        offset="+03:00",
        gps_utc=datetime(2026, 10, 23, 15, 6, 33, tzinfo=UTC),
    )
    at = datetime(2026, 10, 23, 15, 7, 10, tzinfo=UTC)
    assert taken(facts, "Europe/Stockholm") == (at, TakenAtSource.OFFSET, 37.0)


@pytest.mark.parametrize(("second", "error"), [(5, None), (6, 6.0), (54, 54.0)])
def test_a_few_seconds_are_no_clock_error(second: int, error: float | None) -> None:
    facts = Facts(
        taken_local=datetime(2026, 10, 23, 18, 0, second),  # noqa: DTZ001
        offset="+03:00",
        gps_utc=datetime(2026, 10, 23, 15, tzinfo=UTC),
    )
    assert taken(facts, "Europe/Stockholm").clock_error_s == error
    assert clock_difference(facts) == second


def test_gps_decides_over_the_zone() -> None:
    gps = datetime(2026, 10, 23, 15, 41, 12, tzinfo=UTC)
    facts = Facts(taken_local=_local("2009-01-01T00:12:37"), gps_utc=gps)
    assert taken(facts, "Europe/Stockholm") == (gps, TakenAtSource.GPS, None)


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("2026-07-01T12:00:00", "2026-07-01T10:00:00+00:00"),
        ("2026-12-01T12:00:00", "2026-12-01T11:00:00+00:00"),
        ("2026-10-25T02:30:00", "2026-10-25T00:30:00+00:00"),
        ("2026-03-29T02:30:00", "2026-03-29T01:30:00+00:00"),
    ],
    ids=["summer", "winter", "the-hour-that-comes-twice", "the-hour-that-never-was"],
)
def test_the_walks_zone_decides_last(local: str, utc: str) -> None:
    assert taken(Facts(taken_local=_local(local)), "Europe/Stockholm") == (
        datetime.fromisoformat(utc),
        TakenAtSource.ZONE,
        None,
    )


def test_an_unknown_zone_is_said() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        taken(Facts(taken_local=_local("2026-10-25T02:30:00")), "Europe/Farsta")


def test_of_two_blocks_that_of_the_primary_picture_counts() -> None:
    facts = read_facts(PHOTOS / "IMG_0308.heic")
    assert (facts.taken_local, facts.subsec) == (_local("2021-07-06T16:08:14"), "164")
    assert facts.direction_deg == pytest.approx(241.9555, abs=1e-3)


def test_letters_outside_ascii_survive_in_either_encoding() -> None:
    plain = _photo({0x010F: "Kam__ra", 0x0110: "G__ta"})
    assert (
        read_facts(plain.replace(b"Kam__ra", "Kaméra".encode()).replace(b"G__ta", "Göta".encode())).camera
        == "Kaméra Göta"
    )
    assert read_facts(PHOTOS / "latin1.jpg").camera == "Kaméra-AB Göta 3000"
    assert read_facts(PHOTOS / "latin1.jpg").position is not None


def test_bytes_and_file_say_the_same() -> None:
    path = PHOTOS / "santiago.jpg"
    assert read_facts(path) == read_facts(path.read_bytes()) != Facts()


def test_damaged_metadata_never_raises() -> None:
    seed = 20261023
    print("seed", seed)
    chance = random.Random(seed)
    sources = [
        path.read_bytes() for path in sorted(PHOTOS.iterdir()) if path.is_file() and path.stat().st_size < 100_000
    ]
    for _ in range(300):
        data = bytearray(chance.choice(sources)[: chance.choice((300, 2_000, 100_000))])
        for _ in range(chance.randint(1, 30)):
            if data:
                data[chance.randrange(min(len(data), 1500))] = chance.randrange(256)
        facts = read_facts(bytes(data))
        assert facts.position is None or abs(facts.position.lat) <= 90
        assert taken(facts, "Europe/Stockholm").source in TakenAtSource


def test_two_cameras_of_a_kind_are_told_apart_by_signs_that_do_not_tell_their_numbers() -> None:
    image = {0x010F: "Canon", 0x0110: "Canon EOS 90D"}
    names = [read_facts(_photo(image, {0xA431: serial})).camera for serial in ("012345", "012346", "012345", "0000")]
    assert names[0] == names[2] != names[1] and names[3] == "Canon EOS 90D"
    assert all(name.startswith("Canon EOS 90D (") and "1234" not in name for name in names[:3])
