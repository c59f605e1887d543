"""One door for all place files: what they hold decides, and nothing they hold makes it fall."""

import contextlib
import random
import tracemalloc
from pathlib import Path

import pytest

from app.base.errors import BadInput, GatljusError
from app.places.reading import read_place_file

OWN = Path(__file__).parents[1] / "data" / "tracks"
FILES = ["short-walk.nmea", "broken.nmea", "short.gpx", "short.geojson"]
KINDS = {"short-walk.nmea": "nmea", "broken.nmea": "nmea", "short.gpx": "gpx", "short.geojson": "geojson"}


@pytest.mark.parametrize("name", FILES)
def test_what_a_file_holds_decides_not_its_name(name: str) -> None:
    data = (OWN / name).read_bytes()
    for called in ("spår.gpx", "spår.geojson", "spår.nmea", "spår", ""):
        assert read_place_file(data, called).kind == KINDS[name]


@pytest.mark.parametrize("name", FILES)
def test_a_byte_order_mark_and_utf_16_change_nothing(name: str) -> None:
    data = (OWN / name).read_bytes()
    plain = read_place_file(data, "x")
    assert read_place_file(b"\xef\xbb\xbf" + data.removeprefix(b"\xef\xbb\xbf"), "x") == plain
    if name != "broken.nmea":
        text = data.decode("utf-8").replace('encoding="UTF-8"', "")
        assert read_place_file(text.encode("utf-16"), "x") == plain


def test_a_file_without_a_name_of_its_own_has_its_files() -> None:
    assert read_place_file((OWN / "short-walk.nmea").read_bytes(), "kväll i parken.nmea").name == "kväll i parken"
    assert read_place_file((OWN / "short.gpx").read_bytes(), "x.gpx").name == "Kvällsvandring Brandbergen"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"\xef\xbb\xbf \r\n", "empty-file"),
        (b"\xff\xfe", "empty-file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "not-a-place-file"),
        (b"PK\x03\x04", "not-a-place-file"),
        (b"<html><body>$</body></html>", "not-a-place-file"),
        (b"lat;lon\n59;18\n", "not-a-place-file"),
        (b"<gpx></gpx>", "no-places"),
        (b'{"type":"FeatureCollection","features":[]}', "no-places"),
        (b"$GPGGA,170500,,,,,0,00,99.9,,M,,M,,*76\r\n", "no-places"),
        (b'<gpx><wpt lat="95" lon="18"/></gpx>', "no-places"),
    ],
)
def test_a_file_without_places_is_refused_with_what_to_do(data: bytes, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_place_file(data, "fil")
    assert refused.value.code == code
    assert refused.value.advice.endswith(".")


def test_a_file_of_nothing_but_faults_says_the_first() -> None:
    with pytest.raises(BadInput, match="rad 2: Läget finns inte på jorden"):
        read_place_file(b'<gpx>\n<wpt lat="95" lon="18"/></gpx>', "fil")


def mutated(rng: random.Random, data: bytes) -> bytes:
    """The data with a handful of bytes changed, cut out, doubled, or with junk put in."""
    made = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        at, far = rng.randrange(len(made) + 1), rng.randint(1, 60)
        match rng.randrange(5):
            case 0:
                made[at : at + 1] = bytes([rng.randrange(256)])
            case 1:
                del made[at : at + far]
            case 2:
                made[at:at] = made[at : at + far] * rng.randint(1, 20)
            case 3:
                made[at:at] = rng.choice(
                    [b"\x00", b"\xff\xfe", b"<", b"]]>", b'"', b"NaN", b"1e999", b"-", b"$GPGGA,", b"&a;"]
                )
            case 4:
                made = made[:at]
    return bytes(made)


@pytest.mark.parametrize("name", FILES)
def test_a_mutated_file_is_read_or_refused_and_nothing_else(name: str) -> None:
    data = (OWN / name).read_bytes()
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    tracemalloc.start()
    try:
        for _ in range(150):
            changed = mutated(rng, data[:8000] if name.endswith("nmea") else data)
            with contextlib.suppress(GatljusError):
                assert read_place_file(changed, name).kind in KINDS.values()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 64 << 20, f"seed {seed}: {peak} bytes"


def test_pure_noise_is_refused() -> None:
    rng = random.Random(11)
    for start in (b"", b"<gpx>", b"{", b"$GPGGA,", b"\xff\xfe", b"\xfe\xff", b"<!DOCTYPE"):
        for _ in range(30):
            with pytest.raises(GatljusError):
                read_place_file(start + rng.randbytes(rng.randint(0, 400)), "brus")
