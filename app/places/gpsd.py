"""What gpsd says, a line of JSON at a time (protocol 3, gpsd_json(5)): of its reports only TPV tells where one is."""

import json
from datetime import UTC, datetime
from typing import Any

from app.domain.track import Fix
from app.places.placefile import why_no_place

PORT = 2947
WATCH = b'?WATCH={"enable":true,"json":true};\n'
"""What gpsd is asked to do; before that it says nothing."""
TWO_DIMENSIONS = 2
"""The lowest mode in which there is a position."""


def fix_in(line: bytes) -> Fix | None:
    """The fix of a line; None where it tells of none. Never raises.

    `eph` is how far off it may be on the ground (95 %); older versions say `epx` and `epy`, east and north, instead.
    """
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.get("class") != "TPV" or (_number(said, "mode") or 0) < TWO_DIMENSIONS:
        return None
    lat, lon = _number(said, "lat"), _number(said, "lon")
    if why_no_place(lat, lon) or lat is None or lon is None:
        return None
    east, north = _number(said, "epx"), _number(said, "epy")
    both = max(east, north) if east is not None and north is not None else None
    return Fix(
        time=_time(said.get("time")),
        lat=round(lat, 7),
        lon=round(lon, 7),
        altitude_m=_number(said, "altMSL", "altHAE", "alt"),
        speed_mps=_number(said, "speed"),
        accuracy_m=_number(said, "eph") or both,
        course_deg=_number(said, "track"),
    )


def _number(said: dict[str, Any], *names: str) -> float | None:
    found = [said[name] for name in names if isinstance(said.get(name), int | float)]
    return float(found[0]) if found and not isinstance(found[0], bool) and abs(found[0]) < 1e9 else None


def _time(said: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(said) if isinstance(said, str) else None
        return moment.astimezone(UTC) if moment and moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
