"""How high the sun stands, to a tenth of a degree: enough to say when it sets.

The formulas are the low-precision ones of the *Astronomical Almanac* (1950 to 2050), section C: mean longitude and
anomaly of the sun, its ecliptic longitude, the obliquity, and Greenwich mean sidereal time.
"""

import math
from datetime import UTC, datetime

from app.domain.values import Position

J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)
SETS_DEG = -0.83
"""The middle of the sun when its upper edge is seen to touch the horizon: half its width, and what the air bends."""


def elevation_deg(at: datetime, place: Position) -> float:
    """The height of the sun's middle over the horizon in degrees, without what the air bends. `at` with its zone."""
    days = (at - J2000).total_seconds() / 86_400
    anomaly = math.radians(357.528 + 0.985_600_3 * days)
    bent = 1.915 * math.sin(anomaly) + 0.020 * math.sin(2 * anomaly)
    ecliptic = math.radians(280.460 + 0.985_647_4 * days + bent)
    tilt = math.radians(23.439 - 0.000_000_4 * days)
    right_ascension = math.atan2(math.cos(tilt) * math.sin(ecliptic), math.cos(ecliptic))
    declination = math.asin(math.sin(tilt) * math.sin(ecliptic))
    sidereal = math.radians(280.460_618_37 + 360.985_647_366_29 * days + place.lon)
    lat = math.radians(place.lat)
    turned = math.cos(sidereal - right_ascension)
    high = math.sin(lat) * math.sin(declination) + math.cos(lat) * math.cos(declination) * turned
    return math.degrees(math.asin(max(-1.0, min(1.0, high))))


def is_dark(at: datetime, place: Position) -> bool:
    """Whether the sun is down."""
    return elevation_deg(at, place) < SETS_DEG
