"""What a receiver speaks, whatever way it comes, as fixes: NMEA 0183, or what a gpsd says."""

from abc import ABC, abstractmethod

from app.base.clock import Clock
from app.domain.track import Fix
from app.places import gpsd
from app.places.nmea_live import NmeaStream

LONGEST_LINE = 100_000
GPSD_PORT = gpsd.PORT


class Language(ABC):
    """Bytes in, fixes out. `asks` is what the other end must be asked before it speaks."""

    asks = b""

    @abstractmethod
    def feed(self, data: bytes) -> list[Fix]:
        """What came. Returns the fixes that are whole by it. Never raises."""

    def pause(self) -> list[Fix]:
        """Nothing came for a moment: what was said is all. Returns the fix that is whole by that, if any."""
        return []


class Nmea(Language):
    """What receivers speak. `clock` tells the day where they do not."""

    def __init__(self, clock: Clock) -> None:
        self._stream = NmeaStream(clock)

    def feed(self, data: bytes) -> list[Fix]:
        """See `Language.feed`."""
        return self._stream.feed(data)

    def pause(self) -> list[Fix]:
        """See `Language.pause`."""
        return self._stream.pause()


class Gpsd(Language):
    """What a gpsd says, a line of JSON at a time. It may report one moment several times as more becomes known."""

    asks = gpsd.WATCH

    def __init__(self) -> None:
        self._rest = b""
        self._last: tuple[object, ...] = ()

    def feed(self, data: bytes) -> list[Fix]:
        """See `Language.feed`."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        self._rest = self._rest[-LONGEST_LINE:]
        return [fix for line in lines if (fix := gpsd.fix_in(line)) and self._is_new(fix)]

    def _is_new(self, fix: Fix) -> bool:
        said = (fix.time, fix.lat, fix.lon)
        self._last, before = said, self._last
        return said != before
