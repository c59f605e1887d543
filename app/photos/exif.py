"""What a photo's metadata says: when, where, which way, with which camera.

Two readers, because each is silent or stumbles where the other is not: ExifRead gets data out of a JPEG cut after 300
bytes but raises on HEIC and reads no WebP; Pillow the other way round. Neither was ever seen to give a wrong position.
Both give the same numbered tags (Exif 3.0, CIPA DC-008), so one set of functions reads them.
"""

import hashlib
import logging
import math
import re
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from numbers import Rational
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import exifread
from PIL import Image

from app.domain.values import Position, TakenAtSource
from app.photos.heic import open_heic
from app.photos.intake import HEAD, Format, format_of

CLOCK_TOLERANCE_S = 5.0
"""A camera and its GPS this close agree: the GPS time is that of its latest fix, some seconds old, in whole seconds."""

# It names every damaged tag on standard error; damaged files are ordinary here, and the photo's record says so.
logging.getLogger("exifread").setLevel(logging.CRITICAL)

Block = Mapping[int, object]

_EXIF_BLOCK, _GPS_BLOCK = 0x8769, 0x8825
_MAKE, _MODEL, _ORIENTATION, _SERIAL = 0x010F, 0x0110, 0x0112, 0xA431
_ORIGINAL = (0x9003, 0x9291, (0x9011, 0x9010))
_DIGITIZED = (0x9004, 0x9292, (0x9012, 0x9010))
"""Tags of a moment, of its fraction of a second, and of its offset (else that of the file's own time)."""
_LAT_REF, _LAT, _LON_REF, _LON, _ALTITUDE_REF, _ALTITUDE, _TIME = 1, 2, 3, 4, 5, 6, 7
_DIRECTION_REF, _DIRECTION, _DATE, _ACCURACY = 16, 17, 29, 31


_DAY = r"((?:19[7-9]|20\d|21\d)\d)\D(\d\d)\D(\d\d)"
"""A day of 1970–2199: what a clock that was never set may say too, but nothing that leaves the range of `datetime`."""


@dataclass(frozen=True)
class Facts:
    """What the metadata says, checked but not interpreted; None or "" where it says nothing usable.

    `taken_local` is the camera's own clock, naive, in whole seconds, `subsec` the digits after the point, `offset` such
    as `+03:00`. `gps_utc` is aware. Metres; `altitude_m` above the sea, negative below. `direction_deg` 0–360 clockwise
    from the north that `direction_ref` names (`T` true, `M` magnetic). `orientation` 1–8 as stored, for information:
    pixels are turned by `app.photos.scale` alone.
    """

    taken_local: datetime | None = None
    subsec: str | None = None
    offset: str | None = None
    gps_utc: datetime | None = None
    position: Position | None = None
    altitude_m: float | None = None
    accuracy_m: float | None = None
    direction_deg: float | None = None
    direction_ref: str | None = None
    camera: str = ""
    orientation: int | None = None


class Taken(NamedTuple):
    """When a photo was taken (aware, UTC), how that is known, and how many seconds the camera's clock was ahead of its
    GPS, where the file tells both and they differ by more than `CLOCK_TOLERANCE_S`."""

    at: datetime | None
    source: TakenAtSource
    clock_error_s: float | None


@dataclass(frozen=True)
class _Tags:
    image: Block
    exif: Block
    gps: Block


_NO_TAGS = _Tags({}, {}, {})
_TOGETHER = (
    ("taken_local", "subsec", "offset"),
    ("position", "altitude_m", "accuracy_m"),
    ("direction_deg", "direction_ref"),
    ("gps_utc",),
    ("camera",),
    ("orientation",),
)
"""What is taken from one reader or from the other, never half from each; the first of each row decides."""


def _text(value: object) -> str:
    """Text as the camera meant it: UTF-8 where it is that, else Latin-1, which Pillow takes everything for."""
    if isinstance(value, str):
        try:
            value = value.encode("latin-1")
        except UnicodeEncodeError:
            return str(value).strip("\0 \t\r\n")
    if not isinstance(value, bytes):
        return ""
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        text = value.decode("latin-1")
    return "".join(char for char in text if char.isprintable()).strip()


def _number(value: object) -> float | None:
    """A finite number, or None: fractions over zero are common."""
    try:
        if isinstance(value, Rational):
            number = int(value.numerator) / int(value.denominator)
        elif isinstance(value, int | float):
            number = float(value)
        else:
            return None
    except (ZeroDivisionError, OverflowError, ValueError, TypeError):
        return None
    return number if math.isfinite(number) else None


def _numbers(value: object) -> list[float | None]:
    if isinstance(value, bytes):
        return [float(each) for each in value]
    return [_number(each) for each in value] if isinstance(value, list | tuple) else [_number(value)]


def _single(value: object) -> float | None:
    numbers = _numbers(value)
    return numbers[0] if numbers else None


def _moment(value: object) -> datetime | None:
    found = re.match(rf"{_DAY}[ T](\d\d):(\d\d):(\d\d)", _text(value))
    try:
        return datetime(*(int(part) for part in found.groups())) if found else None  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None


def _offset(value: object) -> str | None:
    text = _text(value)
    if text == "Z":
        return "+00:00"
    found = re.fullmatch(r"([+-])(\d\d):?([0-5]\d)", text)
    if not found or int(found[2]) > 14:
        return None
    return f"{found[1]}{found[2]}:{found[3]}"


def _degrees(value: object, ref: object, limit: float) -> float | None:
    degrees, minutes, seconds = [*_numbers(value), 0.0, 0.0][:3]
    if degrees is None or minutes is None or seconds is None or not (0 <= minutes <= 60 and 0 <= seconds <= 60):
        return None
    total = degrees + minutes / 60 + seconds / 3600
    signed = -total if _text(ref)[:1].upper() in ("S", "W") else total
    return signed if abs(signed) <= limit else None


def _position(gps: Block) -> Position | None:
    lat = _degrees(gps.get(_LAT), gps.get(_LAT_REF), 90)
    lon = _degrees(gps.get(_LON), gps.get(_LON_REF), 180)
    # Cameras write 0, 0 for "no fix yet"; the place itself is open sea.
    return None if lat is None or lon is None or (lat == 0 and lon == 0) else Position(lat, lon)


def _altitude(gps: Block) -> float | None:
    height = _single(gps.get(_ALTITUDE))
    below = _single(gps.get(_ALTITUDE_REF)) in (1, 3)  # 3: below the ellipsoid (Exif 3.0)
    return None if height is None else -height if below else height


def _gps_time(gps: Block) -> datetime | None:
    day = re.match(_DAY, _text(gps.get(_DATE)))
    clock = _numbers(gps.get(_TIME))
    if not day or len(clock) != 3:
        return None
    hours, minutes, seconds = clock
    if hours is None or minutes is None or seconds is None:
        return None
    try:
        midnight = datetime(int(day[1]), int(day[2]), int(day[3]), tzinfo=UTC)
        return (midnight + timedelta(hours=hours, minutes=minutes, seconds=seconds)).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None


def _camera(image: Block, serial: str) -> str:
    """What the camera calls itself. Two of a kind go each by its own clock: where a file tells the number of its body,
    four signs follow that go with that number and do not tell it."""
    make, model = _text(image.get(_MAKE)), _text(image.get(_MODEL))
    same = not make or model.casefold().startswith(make.split()[0].casefold())
    name = model if same else f"{make} {model}".strip()
    return f"{name} ({hashlib.sha256(serial.encode()).hexdigest()[:4]})" if name and serial.strip("0 ") else name


def _taken(exif: Block) -> tuple[datetime | None, str | None, str | None]:
    for moment, fraction, offsets in (_ORIGINAL, _DIGITIZED):
        if taken := _moment(exif.get(moment)):
            digits = _text(exif.get(fraction))
            told = (_offset(exif.get(each)) for each in offsets)
            return taken, digits if digits.isdecimal() else None, next((each for each in told if each), None)
    return None, None, None


def _facts(tags: _Tags) -> Facts:
    taken, subsec, offset = _taken(tags.exif)
    position = _position(tags.gps)
    direction, accuracy = _single(tags.gps.get(_DIRECTION)), _single(tags.gps.get(_ACCURACY))
    north = _text(tags.gps.get(_DIRECTION_REF)).upper()
    turned = _single(tags.image.get(_ORIENTATION))
    pointing = direction if direction is not None and 0 <= direction <= 360 else None
    return Facts(
        taken_local=taken,
        subsec=subsec,
        offset=offset,
        gps_utc=_gps_time(tags.gps),
        position=position,
        altitude_m=_altitude(tags.gps) if position else None,
        accuracy_m=accuracy if position and accuracy is not None and accuracy > 0 else None,
        direction_deg=pointing,
        direction_ref=north if pointing is not None and north in ("T", "M") else None,
        camera=_camera(tags.image, _text(tags.exif.get(_SERIAL))),
        orientation=int(turned) if turned is not None and turned in range(1, 9) else None,
    )


def _tags_by_exifread(data: bytes) -> _Tags:
    # details and thumbnails off: with them, damaged maker notes made it hang.
    found = exifread.process_file(BytesIO(data), details=False, extract_thumbnail=False)
    blocks: dict[str, dict[int, object]] = {"Image": {}, "EXIF": {}, "GPS": {}}
    for name, tag in found.items():
        block = name.split(" ", 1)[0]
        if block in blocks:
            values = tag.values
            blocks[block][tag.tag] = values[0] if isinstance(values, list) and len(values) == 1 else values
    return _Tags(blocks["Image"], blocks["EXIF"], blocks["GPS"])


def _tags_by_pillow(data: bytes) -> _Tags:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of every damaged tag, see above
        if format_of(data[:HEAD]) is Format.HEIC:
            exif = Image.Exif()
            exif.load(open_heic(data).exif)
        else:
            with Image.open(BytesIO(data)) as picture:
                exif = picture.getexif()
        return _Tags(exif, exif.get_ifd(_EXIF_BLOCK), exif.get_ifd(_GPS_BLOCK))


def _united(readings: Iterable[Facts]) -> Facts:
    united = Facts()
    for facts in readings:
        missing = (group for group in _TOGETHER if not getattr(united, group[0]))
        united = replace(united, **{name: getattr(facts, name) for group in missing for name in group})
    return united


def read_facts(source: Path | bytes) -> Facts:
    """What the metadata of a photo says. Never raises for what is in the file; raises OSError if it cannot be read.

    In a HEIC the Exif block of the primary picture counts, which only its decoder tells from the others: there Pillow
    reads first, and ExifRead only where Pillow found nothing at all.
    """
    data = source if isinstance(source, bytes) else source.read_bytes()
    heic = format_of(data[:HEAD]) is Format.HEIC
    readings: list[Facts] = []
    for reader in (_tags_by_pillow, _tags_by_exifread) if heic else (_tags_by_exifread, _tags_by_pillow):
        try:
            readings.append(_facts(reader(data)))
        except Exception:  # noqa: BLE001, damaged metadata raises whatever it likes; the other reader is the answer
            continue
        if heic and readings[-1] != Facts():
            break
    return _united(readings)


def _zoned(facts: Facts) -> datetime | None:
    """The camera's time in UTC by its own offset."""
    if facts.taken_local is None or facts.offset is None:
        return None
    hours, minutes = int(facts.offset[1:3]), int(facts.offset[4:])
    east = timedelta(hours=hours, minutes=minutes) * (-1 if facts.offset[0] == "-" else 1)
    return facts.taken_local.replace(tzinfo=timezone(east)).astimezone(UTC)


def clock_difference(facts: Facts) -> float | None:
    """Seconds the camera's clock is ahead of its GPS, where the file has a time with offset and a GPS time."""
    zoned = _zoned(facts)
    return None if zoned is None or facts.gps_utc is None else (zoned - facts.gps_utc).total_seconds()


def camera_ahead(facts: Facts, zone: str, moment: datetime) -> float | None:
    """Seconds the camera's clock, read as `taken` reads it, was ahead when it was `moment`; None where the file has no
    time. What its GPS says does not count: other photos of the same camera have none."""
    zoned = _zoned(facts)
    if zoned is None and facts.taken_local is not None:
        zoned = facts.taken_local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)
    return None if zoned is None else (zoned - moment).total_seconds()


def taken(facts: Facts, zone: str) -> Taken:
    """When a photo was taken: its own offset decides, else its GPS clock, else its local time in the walk's `zone` (an
    IANA name). An hour that comes twice is taken as the first, a time that the clocks jumped over as if they had not.
    The time is never corrected. Raises ZoneInfoNotFoundError for an unknown zone."""
    difference = clock_difference(facts)
    wrong = difference if difference is not None and abs(difference) > CLOCK_TOLERANCE_S else None
    if zoned := _zoned(facts):
        return Taken(zoned, TakenAtSource.OFFSET, wrong)
    if facts.gps_utc:
        return Taken(facts.gps_utc, TakenAtSource.GPS, None)
    if facts.taken_local:
        local = facts.taken_local.replace(tzinfo=ZoneInfo(zone), fold=0)
        return Taken(local.astimezone(UTC), TakenAtSource.ZONE, None)
    return Taken(None, TakenAtSource.NONE, None)
