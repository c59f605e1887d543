"""Reading NMEA 0183 logs: one fix for each epoch, that is, for all sentences that name the same time of day.

Receivers fall silent, cut their sentences, glue them together and write wrong dates. Kept is every epoch whose position
is said by a whole sentence and denied by none; what is left out is named by its line.

*Days.* A sentence names the day or only the time. A day counts when the epoch before it had the same, when midnight
explains it, or when the next dated epochs agree with it; otherwise the epoch keeps the running day. Receivers that
count weeks in ten bits go back 1 024 weeks in time: a running day that lies in the past by more than that is moved
forward, as long as it does not pass today (there was no such walk to record before this program was).

*Time.* One epoch alone that goes back in time is left out; where the clock is set back for good a new segment begins.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from app.base.clock import utc_now
from app.base.words import _
from app.domain.track import Fix
from app.places.placefile import Damages, PlaceFile, at_gaps, check_size
from app.places.sentences import Said, Unreadable, is_text, read, sentences

ROLLOVER = timedelta(weeks=1024)
AGREE = 3
"""How many dated epochs in a row make a new day believed."""
HALF_DAY = timedelta(hours=12)
LONGEST_LINE = 1 << 20
BOM = b"\xef\xbb\xbf"


@dataclass(slots=True)
class Epoch:
    """All that was said of one time of day; `line` is where."""

    line: int
    clock: timedelta
    said: list[Said] = field(default_factory=list)

    def best(self) -> Said | None:
        """The sentence whose position counts."""
        placed = [each for each in self.said if each.fix]
        return max(placed, key=lambda each: each.rank) if placed else None

    def denied(self) -> bool:
        """Whether another sentence says that the receiver has no position."""
        return any(each.fix is False for each in self.said)

    def day(self) -> date | None:
        """The day that is said to be, if any."""
        return next((each.day for each in self.said if each.day), None)

    def fix(self) -> Fix | None:
        """The position as it is said, without its time; None where none is."""
        best = self.best()
        if best is None or best.lat is None or best.lon is None:
            return None
        hdop = next((each.hdop for each in self.said if each.hdop is not None), None)
        speed = next((each.speed_mps for each in self.said if each.speed_mps is not None), None)
        return Fix(None, round(best.lat, 7), round(best.lon, 7), best.altitude_m, hdop, speed)


@dataclass(slots=True)
class _Point:
    """A position, its time of day, and the day it was said to be, if any."""

    line: int
    clock: timedelta
    day: date | None
    fix: Fix


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of a log, ended by LF; a line longer than `LONGEST_LINE` loses its beginning."""
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        yield from whole
        if len(rest) > LONGEST_LINE:
            rest = rest[-LONGEST_LINE:]
    if rest:
        yield rest


def _epochs(pieces: Iterable[bytes], damages: Damages) -> Iterator[Epoch]:
    current: Epoch | None = None
    for count, raw in enumerate(_lines(pieces), 1):
        line = raw.removeprefix(BOM) if count == 1 else raw
        if not is_text(line):
            damages.add(count, _("Raden är inte text."))
        for sentence in sentences(line):
            try:
                said = read(sentence)
            except Unreadable as why:
                damages.add(count, str(why))
                continue
            if said is None:
                continue
            if current is None or said.clock != current.clock:
                if current:
                    yield current
                current = Epoch(count, said.clock)
            current.said.append(said)
            if current.best() is None:
                current.line = count
    if current:
        yield current


def _points(epochs: Iterable[Epoch], damages: Damages) -> list[_Point]:
    points: list[_Point] = []
    for epoch in epochs:
        fix = epoch.fix()
        if fix is None:
            continue
        if epoch.denied():
            damages.add(epoch.line, _("Mottagaren säger själv att läget inte gäller."))
            continue
        points.append(_Point(epoch.line, epoch.clock, epoch.day(), fix))
        check_size(len(points))
    return points


def _believed(day: date, ahead: Sequence[_Point]) -> bool:
    """Whether the dated points that come next agree with a day."""
    said = [point.day for point in ahead if point.day][:AGREE]
    return sum(each == day for each in said) * 2 > len(said)


def _first_day(points: Sequence[_Point]) -> date | None:
    said = [(k, point.day) for k, point in enumerate(points) if point.day]
    believed = (day for k, day in said if _believed(day, points[k + 1 : k + 1 + 4 * AGREE]))
    return next(believed, said[0][1] if said else None)


def rolled(day: date, today: date) -> date:
    """A day moved forward by whole 1 024 weeks as far as that does not pass today."""
    while day + ROLLOVER <= today + timedelta(days=1):
        day += ROLLOVER
    return day


def _days(points: Sequence[_Point], damages: Damages) -> Iterator[tuple[_Point, date | None]]:
    """Each point with the day it is believed to be of; None throughout a file that names no day."""
    running, last = _first_day(points), timedelta(0)
    for k, point in enumerate(points):
        if running is not None:
            if last - point.clock > HALF_DAY:
                running += timedelta(days=1)
            if point.day and point.day != running:
                if _believed(point.day, points[k + 1 : k + 1 + 4 * AGREE]):
                    running = point.day
                else:
                    text = _("Datumet {day} är fel; punkten är kvar med rätt tid.").format(day=point.day.isoformat())
                    damages.add(point.line, text)
            last = point.clock
        yield point, running


def _dated(points: Sequence[_Point], today: date, damages: Damages) -> list[tuple[int, Fix]]:
    """The points with their times, each with its line."""
    dated, moved = [], False
    for point, day in _days(points, damages):
        fix = point.fix
        if day is not None:
            true_day = rolled(day, today)
            if true_day != day and not moved:
                moved = True
                text = _("Datumet {day} är 1 024 veckor för gammalt; tiderna är rättade.").format(day=day.isoformat())
                damages.add(point.line, text)
            fix = _at(fix, datetime.combine(true_day, time(), UTC) + point.clock)
        dated.append((point.line, fix))
    return dated


def _at(fix: Fix, moment: datetime) -> Fix:
    return Fix(moment, fix.lat, fix.lon, fix.altitude_m, fix.hdop, fix.speed_mps)


def _forward(dated: Sequence[tuple[int, Fix]], damages: Damages) -> Iterator[Fix]:
    """The fixes without those that alone go back or leap ahead in time, and without an epoch told twice."""
    last: datetime | None = None
    for k, (line, fix) in enumerate(dated):
        after = dated[k + 1][1].time if k + 1 < len(dated) else None
        if fix.time is not None and last is not None:
            if fix.time == last:
                continue
            back, leap = fix.time < last, after is not None and last < after < fix.time
            if (back and (after is None or after > last)) or leap:
                damages.add(line, _("Tiden går bakåt.") if back else _("Tiden hoppar framåt och tillbaka."))
                continue
        last = fix.time or last
        yield fix


def read_nmea(data: bytes | Iterable[bytes], today: date | None = None) -> PlaceFile:
    """The fixes of a receiver's log, given whole or in pieces, in segments where it was silent for more than 10 s.

    `today` (UTC; the clock's if not given) bounds how far wrong dates are moved. Raises BadInput for too many points.
    """
    damages = Damages()
    points = _points(_epochs([data] if isinstance(data, bytes) else data, damages), damages)
    dated = _dated(points, today or utc_now().date(), damages)
    return PlaceFile(kind="nmea", segments=tuple(at_gaps(_forward(dated, damages))), damaged=damages.all())
