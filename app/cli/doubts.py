"""What was taken in and may still be a slip: times far from the walk, places far from the others."""

import math
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.base.words import _
from app.domain.entry import moment_typed, zone_or_default
from app.domain.geo import distance_m
from app.domain.record import Record
from app.domain.records import Measure, Observation, SafetyWalk, Stop, Track, TrackChunk
from app.domain.values import Position, known
from app.domain.walk import Line
from app.queries.telling import local_time
from app.queries.whole import lines
from app.session import Session

FAR_OFF = timedelta(days=1)
"""Nobody walks longer than a day."""

SAME_PLACE_M = 10.0
"""The same point in two files differs by how many decimals they have."""

LONGEST = timedelta(hours=12)
"""A walk in the evening may go on past midnight."""

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


def doubts_of(session: Session, walk: SafetyWalk, record: Record, names: Iterable[str]) -> Iterator[str]:
    """Sentences about fields of a record that were just written and may be a slip."""
    said = set(names)
    if isinstance(record, Stop | Observation) and "position" in said:
        yield far_away(session, record)
    if isinstance(record, Stop) and "position" in said:
        yield doubled(session, walk, [record.id])
    if isinstance(record, Observation) and "observed_at" in said:
        yield on_another_day(walk, record)
    if isinstance(record, Measure) and "due" in said:
        yield overdue(session, record)


def far_away(session: Session, record: Stop | Observation) -> str:
    """A sentence where a stop or an observation lies far from all the other stops and from every track of its walk."""
    place = known(record.position, Position)
    others = [each for each in session.read(Stop, {"scope": record.scope}) if each.id != record.id]
    known_places = [each.position for each in others if isinstance(each.position, Position)]
    if place is None or not (known_places := [*known_places, *_points(session, record.scope)]):
        return ""
    away = min((distance_m(place, each) for each in known_places), default=math.inf)
    if away <= FAR_AWAY_M:
        return ""
    if isinstance(record, Observation):
        text = _("Läget är {km:.0f} km från vandringens platser och spår. Har latitud och longitud bytt plats?")
    else:
        text = _(
            "Platsen ligger {km:.0f} km från vandringens andra platser och spår. Har latitud och longitud bytt plats?"
        )
    return text.format(km=away / 1000)


def on_another_day(walk: SafetyWalk, observation: Observation) -> str:
    """A sentence where an observation has a time on another day than its walk, the night after it included."""
    seen, starts = known(observation.observed_at, datetime), known(walk.starts, datetime)
    if seen is None or starts is None:
        return ""
    zone = ZoneInfo(zone_or_default(walk.zone))
    last = max(known(walk.ends, datetime) or starts, starts + LONGEST)
    if starts.astimezone(zone).date() <= seen.astimezone(zone).date() <= last.astimezone(zone).date():
        return ""
    text = _(
        "Iakttagelsen har tiden {time}, men vandringen börjar {starts}. Rätta med set observation {id} observed_at."
    )
    times = {"time": local_time(seen, zone.key), "starts": local_time(starts, zone.key)}
    return text.format(id=observation.id[:8], **times)


def overdue(session: Session, measure: Measure) -> str:
    """A sentence where a measure is to be done by a day that has been."""
    due = known(measure.due, date)
    if due is None or due >= session.clock().date():
        return ""
    text = _("Klart senast {day} har redan varit. Rätta med set measure {id} due.")
    return text.format(day=due, id=measure.id[:8])


def mistaken(line: Line) -> str:
    """A sentence where a planned route has times, as what was walked has, or a track has none."""
    timed = any(fix.time for segment in line.segments for fix in segment)
    if timed == isinstance(line.record, Track):
        return ""
    if timed:
        return _("Filen har tider, som ett gånget spår. Är det ett sådant: undo, och läs in den med --as track.")
    return _("Filen har inga tider, så foton kan inte placeras efter den. Är det en plan: undo, och --as planned.")


def doubled(session: Session, walk: SafetyWalk, made: Iterable[str]) -> str:
    """A sentence where stops that were made stand where there was one of the same name before."""
    new = set(made)
    stops = session.read(Stop, {"scope": walk.id}, order=("order",))
    before = [each for each in stops if each.id not in new]
    names = [each.name for each in stops if each.id in new and any(_same_place(each, one) for one in before)]
    if not names:
        return ""
    text = _("Fanns redan på samma ställe: {names}. Är det samma platser: undo tar bort de nya.")
    return text.format(names=", ".join(names))


def _same_place(one: Stop, other: Stop) -> bool:
    here, there = known(one.position, Position), known(other.position, Position)
    near = here is not None and there is not None and distance_m(here, there) <= SAME_PLACE_M
    return near and one.name.strip().casefold() == other.name.strip().casefold()


def skipped_hour(text: str, moment: datetime, zone: str) -> str:
    """A sentence where a time was typed that the clocks jump over in spring, and what it became."""
    here = ZoneInfo(zone_or_default(zone))
    try:
        typed = moment_typed(text, here, moment)
    except (ValueError, OverflowError):
        return ""
    there = moment.astimezone(here)
    if typed.tzinfo is not None or typed == there.replace(tzinfo=None):
        return ""
    words = _("Klockan {typed} finns inte i {zone} den dagen: då ställs den fram. Det blev {became}.")
    return words.format(typed=f"{typed:%H:%M}", zone=zone, became=local_time(moment, zone))
