"""Stamps: a hybrid logical clock that sorts as bytes.

`<12 hex ms UTC>.<4 hex counter>.<4 hex random>.<device id>`; every change has its own. The random part keeps two
devices that were copied from one another apart even where their clocks stand still. A stamp orders edits; it is never
shown as the time of an observation.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Chance = Callable[[int], str]
"""Gives that many random bytes as lower-case hex; a demo hands in a seeded one."""

TRUSTED_AHEAD = timedelta(hours=24)
"""A stamp further ahead of my clock than this is kept, but my own clock does not follow it."""

_COUNTERS = 1 << 16


def milliseconds(moment: datetime) -> int:
    """Whole milliseconds since 1970, UTC."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def limit(now: datetime) -> str:
    """Stamps below this text are adopted by a clock that shows `now`."""
    return f"{milliseconds(now + TRUSTED_AHEAD):012x}."


def time_of(stamp: str) -> datetime:
    """When a stamp was made, by its maker's clock. Raises ValueError where the text is no stamp."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(stamp[:12], 16))


class Stamper:
    """Makes the stamps of one write: later than `last` (the latest adopted stamp, or "") and not before `now`."""

    def __init__(self, device: str, last: str, now: datetime, chance: Chance) -> None:
        self._device = device
        self._chance = chance
        self._ms, self._counter = milliseconds(now), -1
        if last and int(last[:12], 16) >= self._ms:
            self._ms, self._counter = int(last[:12], 16), int(last[13:17], 16)

    def __call__(self) -> str:
        """The next stamp. A full counter moves on to the next millisecond."""
        self._counter += 1
        if self._counter == _COUNTERS:
            self._ms, self._counter = self._ms + 1, 0
        return f"{self._ms:012x}.{self._counter:04x}.{self._chance(2)}.{self._device}"
