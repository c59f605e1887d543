"""A receiver that speaks NMEA 0183, heard as it speaks: one fix for each epoch, as soon as the next one begins or the
receiver pauses.

What counts as a position is as in a log (`app.places.nmea`). The day cannot be judged by what comes later: the first
one said is taken, moved forward where weeks are counted in ten bits; another one counts when it is the next day, or
when it was said so often in a row. A receiver that says no day is taken to speak of the nearest moment by this clock.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from app.base.clock import Clock, utc_now
from app.domain.track import Fix
from app.places.nmea import AGREE, HALF_DAY, LONGEST_LINE, Epoch, rolled
from app.places.sentences import Unreadable, read, sentences

DAY = timedelta(days=1)


class NmeaStream:
    """Bytes of a receiver in, fixes out, each with its time (UTC). Nothing that comes raises."""

    def __init__(self, clock: Clock = utc_now) -> None:
        self._clock = clock
        self._rest = b""
        self._epoch: Epoch | None = None
        self._day: date | None = None
        self._before = timedelta(0)
        self._others: list[date] = []

    def feed(self, data: bytes) -> list[Fix]:
        """What came. Returns the fixes that are whole by it."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        self._rest = self._rest[-LONGEST_LINE:]
        return [fix for line in lines for sentence in sentences(line) if (fix := self._take(sentence))]

    def pause(self) -> list[Fix]:
        """The receiver is silent: what it has said of this moment is all. Returns its fix, if any."""
        ended, self._epoch = self._epoch, None
        fix = self._ended(ended) if ended else None
        return [fix] if fix else []

    def _take(self, sentence: str) -> Fix | None:
        try:
            said = read(sentence)
        except Unreadable:
            return None
        if said is None:
            return None
        ended = None
        if self._epoch is None or said.clock != self._epoch.clock:
            ended, self._epoch = self._epoch, Epoch(0, said.clock)
        self._epoch.said.append(said)
        return self._ended(ended) if ended else None

    def _ended(self, epoch: Epoch) -> Fix | None:
        fix = epoch.fix()
        # What a receiver says without a position, as after a cold start, is no day to go by.
        if fix is None or epoch.denied():
            return None
        course = next((each.course_deg for each in epoch.said if each.course_deg is not None), None)
        return replace(fix, time=self._moment(epoch), course_deg=course)

    def _moment(self, epoch: Epoch) -> datetime:
        now = self._clock()
        if self._day is not None and self._before - epoch.clock > HALF_DAY:
            self._day += DAY
        self._before = epoch.clock
        said = epoch.day()
        if said is not None:
            self._hear_day(rolled(said, now.date()))
        if self._day is not None:
            return datetime.combine(self._day, time(), UTC) + epoch.clock
        nearest = datetime.combine(now.date(), time(), UTC) + epoch.clock
        return min((nearest - DAY, nearest, nearest + DAY), key=lambda each: abs(each - now))

    def _hear_day(self, said: date) -> None:
        if self._day is None or said == self._day:
            self._day, self._others = said, []
            return
        self._others = [*self._others, said] if self._others[-1:] in ([], [said]) else [said]
        if len(self._others) >= AGREE:
            self._day, self._others = said, []
