"""What a place file says, whichever kind it is."""

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.base.errors import BadInput
from app.base.words import _
from app.domain.track import GAP_S, Fix
from app.domain.values import Position

MOST_POINTS = 1_000_000
"""More than eleven days at one fix a second: no walk, and as much as a tablet's memory should hold."""
MOST_DAMAGED = 1_000
_ORDINAL = re.compile(r"^\s*\d{1,3}\.\s+")


@dataclass(frozen=True)
class Waypoint:
    """A named point. `name` is without the "1. " that planners put before it; `type` as the file says."""

    name: str
    description: str
    position: Position
    type: str = ""


@dataclass(frozen=True)
class Damaged:
    """A place in the file that could not be read: the line from 1 (in GeoJSON the feature from 1), and why."""

    line: int
    reason: str


@dataclass(frozen=True)
class PlaceFile:
    """A place file, read. `segments` begin anew where the source did, or was silent for more than 10 s.

    `kind` is gpx, geojson or nmea. `damaged` holds at most `MOST_DAMAGED` places, the last telling how many more.
    """

    kind: str
    name: str = ""
    attribution: str = ""
    licence: str = ""
    segments: tuple[tuple[Fix, ...], ...] = ()
    waypoints: tuple[Waypoint, ...] = ()
    damaged: tuple[Damaged, ...] = ()

    @property
    def points(self) -> int:
        """How many fixes there are."""
        return sum(map(len, self.segments))


@dataclass
class Damages:
    """Collects what could not be read, at most one reason per line."""

    _found: list[Damaged] = field(default_factory=list)
    _more: int = 0
    _lines: set[int] = field(default_factory=set)

    def add(self, line: int, reason: str) -> None:
        """Remember a line and why it could not be read; the first reason of a line stands."""
        if line in self._lines:
            return
        if len(self._found) >= MOST_DAMAGED - 1:
            self._more += 1
            return
        self._lines.add(line)
        self._found.append(Damaged(line, reason))

    def all(self) -> tuple[Damaged, ...]:
        """Everything found, by line."""
        found = sorted(self._found, key=lambda each: each.line)
        if self._more:
            found.append(Damaged(found[-1].line, _("Ytterligare {count} fel visas inte.").format(count=self._more)))
        return tuple(found)


def readable(text: str) -> str:
    """A text as it can be kept and printed: lines end with one sign, whatever system they come from, and there are no
    control signs."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))


def plain_name(name: str) -> str:
    """A waypoint's name on one line and without its leading number: "4. Gångtunneln" is "Gångtunneln"."""
    tidy = " ".join(name.split())
    return _ORDINAL.sub("", tidy) or tidy


def credited(who: str) -> str:
    """Whose data it is as it must be printed: with © before it, unless it says so itself."""
    who = " ".join(who.split())
    return who if not who or "©" in who or who.lower().startswith(("(c)", "copyright")) else f"© {who}"


def number(text: str | None) -> float | None:
    """A finite number with a decimal point, or None. A decimal comma is no number."""
    try:
        value = float(text) if text is not None and "_" not in text else math.nan
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def why_no_place(lat: float | None, lon: float | None) -> str:
    """Why two numbers are no place where somebody was, as a sentence; empty if they are one."""
    if lat is None or lon is None:
        return _("Läget går inte att läsa.")
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        return _("Läget finns inte på jorden. Kanske är filen i ett annat koordinatsystem än WGS 84.")
    if abs(lat) < 1e-7 and abs(lon) < 1e-7:
        return _("Läget är 0, 0: mottagaren hade inget läge.")
    return ""


def at_gaps(fixes: Iterable[Fix]) -> list[tuple[Fix, ...]]:
    """Fixes cut where there are more than 10 s between two, or the time goes backwards."""
    parts: list[list[Fix]] = []
    last: Fix | None = None
    for fix in fixes:
        seconds = 0.0 if last is None or not (last.time and fix.time) else (fix.time - last.time).total_seconds()
        if last is None or not 0 <= seconds <= GAP_S:
            parts.append([])
        parts[-1].append(fix)
        last = fix
    return [tuple(part) for part in parts]


def check_size(points: int) -> None:
    """Raises BadInput when a file has more points than are taken."""
    if points > MOST_POINTS:
        raise BadInput(
            "too-many-points",
            _("Filen har fler än {count} punkter.").format(count=MOST_POINTS),
            _("Dela upp den i flera filer."),
        )


def without_empty(segments: Sequence[Sequence[Fix]]) -> tuple[tuple[Fix, ...], ...]:
    """Segments that hold at least one fix."""
    return tuple(tuple(part) for part in segments if part)
