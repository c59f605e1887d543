"""A fix: one position that a receiver gave, raw. How a track is measured and drawn is in `app.domain.measuring`."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from app.domain.values import Position

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Fix:
    """One position of a track, as it came. `time` UTC or None (a planned route), degrees WGS 84, metres, m/s."""

    time: datetime | None
    lat: float
    lon: float
    altitude_m: float | None = None
    hdop: float | None = None
    speed_mps: float | None = None

    @property
    def position(self) -> Position:
        """Where it is. Raises BadInput if that is nowhere on earth."""
        return Position(self.lat, self.lon)

    def row(self) -> list[Any]:
        """The row of `TrackChunk.points`: [ms since 1970 UTC or null, lat, lon, altitude m, HDOP, speed m/s]."""
        moment = None if self.time is None else (self.time - EPOCH) // timedelta(milliseconds=1)
        return [moment, round(self.lat, 7), round(self.lon, 7), self.altitude_m, self.hdop, self.speed_mps]

    @staticmethod
    def from_row(row: Any) -> "Fix | None":
        """The fix of such a row, longer ones too; None if the row holds none. Never raises."""
        if not isinstance(row, list | tuple) or len(row) < 3:
            return None
        moment, lat, lon, altitude, hdop, speed = [_number(part) for part in (*row, None, None, None)[:6]]
        if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180 or (moment is None and row[0] is not None):
            return None
        try:
            time = None if moment is None else EPOCH + timedelta(milliseconds=moment)
        except OverflowError:
            return None
        return Fix(time, lat, lon, altitude, hdop, speed)


def _number(raw: Any) -> float | None:
    fits = isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) < 1e300 and math.isfinite(raw)
    return float(raw) if fits else None


def fixes_of(rows: Iterable[Any]) -> tuple[Fix, ...]:
    """The fixes of a chunk's rows; rows that hold none are left out. Never raises."""
    return tuple(fix for row in rows if (fix := Fix.from_row(row)) is not None)
