"""NMEA 0183 sentences: what one line of a receiver's log says, or why it says nothing.

Read are GGA and GNS (position, quality, HDOP, height), RMC (position, validity, date, speed), GLL (position) and ZDA
(date); everything else a receiver writes is passed over. A sentence without a checksum counts only if it is whole.
Quality 0 and mode N are no fix; quality 6 and mode E are reckoned, not measured, and are no fix either.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from app.base.words import _
from app.places.placefile import number, why_no_place

KNOT_MPS = 1852 / 3600
YEARS = range(1980, 2080)
"""Those that a receiver can mean: GPS began with the first, and two figures say no more."""
_SENTENCE = re.compile(rb"\$[\x20-\x23\x25-\x7e]*")
_PLAIN = bytes((9, 13, *range(32, 127)))
_NAME = re.compile(r"^\$[A-Z]{2}(GGA|GNS|RMC|GLL|ZDA)$")
_WHOLE = {"GGA": 15, "GNS": 13, "RMC": 10, "GLL": 7, "ZDA": 5}
"""How many fields, name included, a sentence has at least when nothing is cut off (NMEA 0183, from 2.0 on)."""
_CLOCK = re.compile(r"^([01]\d|2[0-3])([0-5]\d)([0-5]\d|60)(?:\.(\d{1,6}))?\d*$")
_DEGREES = re.compile(r"^(\d{1,3})(\d\d(?:\.\d*)?)$")


class Unreadable(Exception):
    """A sentence that says nothing; the message says why."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one sentence says. `clock` is the time of day; `fix` False: the receiver says that it has no position."""

    clock: timedelta
    day: date | None = None
    fix: bool | None = None
    lat: float | None = None
    lon: float | None = None
    altitude_m: float | None = None
    hdop: float | None = None
    speed_mps: float | None = None
    course_deg: float | None = None
    rank: int = 0
    """Of two sentences of one epoch the position of the higher rank counts: GGA and GNS before RMC before GLL."""


def sentences(line: bytes) -> list[str]:
    """The stretches of a line that begin with $ and are plain text: a cut sentence may have the next glued to it."""
    return [found.decode("ascii").rstrip() for found in _SENTENCE.findall(line)]


def is_text(line: bytes) -> bool:
    """Whether a line is plain text throughout."""
    return not line.translate(None, _PLAIN)


def read(sentence: str) -> Said | None:
    """What a sentence says; None for one that tells nothing of where or when. Raises Unreadable with a sentence."""
    body, star, checksum = sentence.partition("*")
    fields = body.split(",")
    name = _NAME.match(fields[0])
    if not name:
        if len(fields) == 1 and not star:
            raise Unreadable(_("Raden är avhuggen."))
        return None
    kind = name.group(1)
    _check(kind, body, fields, star, checksum)
    try:
        return None if _asleep(kind, fields) else _READERS[kind](fields)
    except IndexError as short:
        raise Unreadable(_("Raden är avhuggen.")) from short


def _asleep(kind: str, fields: list[str]) -> bool:
    """Whether the receiver has neither time nor place yet, which is no fault."""
    clock, place = (5, 1) if kind == "GLL" else (1, 3 if kind == "RMC" else 2)
    return not fields[clock] and not fields[place]


def _check(kind: str, body: str, fields: list[str], star: str, checksum: str) -> None:
    if not star:
        if len(fields) < _WHOLE[kind]:
            raise Unreadable(_("Raden är avhuggen."))
        return
    if not re.fullmatch(r"[0-9A-Fa-f]{2}", checksum):
        raise Unreadable(_("Raden är avhuggen."))
    computed = 0
    for character in body[1:]:
        computed ^= ord(character)
    if computed != int(checksum, 16):
        raise Unreadable(_("Kontrollsumman stämmer inte."))


def _clock(text: str) -> timedelta:
    found = _CLOCK.match(text)
    if not found:
        raise Unreadable(_("Klockslaget går inte att läsa."))
    hours, minutes, seconds, part = found.groups()
    micro = int((part or "0").ljust(6, "0"))
    return timedelta(hours=int(hours), minutes=int(minutes), seconds=min(59, int(seconds)), microseconds=micro)


def _angle(text: str, side: str, sides: str) -> float | None:
    found = _DEGREES.match(text)
    if not found or side not in tuple(sides) or float(found.group(2)) >= 60:
        return None
    degrees = int(found.group(1)) + float(found.group(2)) / 60
    return -degrees if side == sides[1] else degrees


def _place(fields: list[str], at: int) -> tuple[float, float]:
    """The position in the four fields from `at` on. Raises Unreadable."""
    if not (fields[at] or fields[at + 2]):
        raise Unreadable(_("Läget saknas fast mottagaren säger att det gäller."))
    lat, lon = _angle(fields[at], fields[at + 1], "NS"), _angle(fields[at + 2], fields[at + 3], "EW")
    why = why_no_place(lat, lon)
    if why or lat is None or lon is None:
        raise Unreadable(why)
    return lat, lon


def _gga(fields: list[str]) -> Said:
    clock = _clock(fields[1])
    if fields[6] in {"", "0", "6"}:
        return Said(clock, fix=False, rank=3)
    lat, lon = _place(fields, 2)
    return Said(clock, None, True, lat, lon, number(fields[9]), number(fields[8]), rank=3)


def _gns(fields: list[str]) -> Said:
    clock = _clock(fields[1])
    if not set(fields[6]) - {"N", "E"}:
        return Said(clock, fix=False, rank=3)
    lat, lon = _place(fields, 2)
    return Said(clock, None, True, lat, lon, number(fields[9]), number(fields[8]), rank=3)


def _rmc(fields: list[str]) -> Said:
    clock, day = _clock(fields[1]), _day(fields[9])
    if fields[2] != "A" or (len(fields) > 12 and fields[12] in {"N", "E"}):
        return Said(clock, day, fix=False, rank=2)
    lat, lon = _place(fields, 3)
    knots = number(fields[7])
    speed = None if knots is None else round(knots * KNOT_MPS, 3)
    return Said(clock, day, True, lat, lon, speed_mps=speed, course_deg=_course(fields[8]), rank=2)


def _course(text: str) -> float | None:
    degrees = number(text)
    return degrees if degrees is not None and 0 <= degrees <= 360 else None


def _gll(fields: list[str]) -> Said:
    clock = _clock(fields[5])
    if fields[6] != "A":
        return Said(clock, fix=False, rank=1)
    lat, lon = _place(fields, 1)
    return Said(clock, None, True, lat, lon, rank=1)


def _zda(fields: list[str]) -> Said:
    try:
        day = date(int(fields[4]), int(fields[3]), int(fields[2]))
    except (ValueError, OverflowError):
        day = None
    return Said(_clock(fields[1]), day if day and day.year in YEARS else None)


def _day(text: str) -> date | None:
    """The day of ddmmyy; years 80–99 are of the last century, when there was no year 2080 yet to be meant."""
    if not re.fullmatch(r"\d{6}", text):
        return None
    year = int(text[4:])
    try:
        return date(1900 + year if year >= 80 else 2000 + year, int(text[2:4]), int(text[:2]))
    except ValueError:
        return None


_READERS = {"GGA": _gga, "GNS": _gns, "RMC": _rmc, "GLL": _gll, "ZDA": _zda}
