"""What was taken in and may still be a slip: times far from the walk, places far from the others."""

import math
from collections.abc import Iterable
from datetime import datetime, timedelta

from app.base.words import _
from app.domain.entry import zone_or_default
from app.domain.geo import distance_m
from app.domain.records import SafetyWalk, Stop, Track, TrackChunk
from app.domain.values import Position, known
from app.queries.telling import local_time
from app.queries.whole import lines
from app.session import Session

FAR_OFF = timedelta(days=1)
"""Nobody walks longer than a day."""

FAR_AWAY_M = 50_000.0
"""No safety walk goes that far; latitude and longitude swapped are thousands of kilometres off."""


def untimely(walk: SafetyWalk, moments: Iterable[datetime | None]) -> str:
    """A sentence where times of what was read lie more than a day from the walk's beginning, or that is not known."""
    times = sorted(each for each in moments if each)
    if not times:
        return ""
    zone = zone_or_default(walk.zone)
    first, last = local_time(times[0], zone), local_time(times[-1], zone)
    span = first if first == last else f"{first} – {last}"
    starts = known(walk.starts, datetime)
    if starts is None:
        text = _(
            "Vandringen har ingen starttid; det inlästa är från {span}. Sätt den: set safety-walk {id} starts {time}"
        )
        begins = local_time(times[0], zone).replace(" ", "T")
        return text.format(span=span, id=walk.id[:8], time=begins)
    if max(abs(times[0] - starts), abs(times[-1] - starts)) <= FAR_OFF:
        return ""
    text = _("Det inlästa är från {span}, men vandringen börjar {starts}. Är det rätt vandring, och går klockan rätt?")
    return text.format(span=span, starts=local_time(starts, zone))


def _points(session: Session, walk: str) -> list[Position]:
    """One point of each piece of the tracks of a walk is enough to say where it is."""
    found = lines(session.read(Track, {"scope": walk}), session.read(TrackChunk, {"scope": walk}))
    return [segment[0].position for line in found for segment in line.segments if segment]


def far_away(session: Session, stop: Stop) -> str:
    """A sentence where a stop lies far from all the others and from every track of its walk."""
    place = known(stop.position, Position)
    others = [each for each in session.read(Stop, {"scope": stop.scope}) if each.id != stop.id]
    known_places = [each.position for each in others if isinstance(each.position, Position)]
    if place is None or not (known_places := [*known_places, *_points(session, stop.scope)]):
        return ""
    away = min((distance_m(place, each) for each in known_places), default=math.inf)
    if away <= FAR_AWAY_M:
        return ""
    text = _("Platsen ligger {km:.0f} km från vandringens andra platser och spår. Har latitud och longitud bytt plats?")
    return text.format(km=away / 1000)
