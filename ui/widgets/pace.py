"""How long a job may still take, told so that it can be believed."""

from collections.abc import Callable
from time import monotonic

from app.base.words import _

KNOWN_AFTER_S = 3.0
"""Nothing is said before a job has gone on for so long,"""
KNOWN_FROM = 0.02
"""and before so much of it is done."""
STEADY = 0.25
"""A new estimate that differs by less from what is left of the old one does not change it."""


class Pace:
    """How fast a job goes, by what has been done in this run. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._total = 0
        self._began = self._at = clock()
        self._from = 0
        self._left: float | None = None
        self._rested: float | None = None

    def rest(self) -> None:
        """The job is paused: this time is not counted."""
        self._rested = self._clock()

    def go_on(self) -> None:
        """The job goes on."""
        if self._rested is not None:
            away = self._clock() - self._rested
            self._began, self._at, self._rested = self._began + away, self._at + away, None

    def seconds_left(self, done: int, total: int) -> float | None:
        """Seconds that it may still take; None where nobody knows."""
        now = self._clock()
        if total != self._total:
            self._total, self._began, self._from, self._left = total, now, done, None
        moved, passed = done - self._from, now - self._began
        if not total or moved <= 0 or passed < KNOWN_AFTER_S or moved < KNOWN_FROM * total:
            return None
        new = passed * (total - done) / moved
        # The old estimate has gone down by the time that has passed since.
        old = None if self._left is None else max(0.0, self._left - (now - self._at))
        if old is None or abs(new - old) > STEADY * max(old, 5.0):
            old = new
        self._left, self._at = old, now
        return old

    def left(self, done: int, total: int) -> str:
        """How long it may still take, in words; empty where nobody knows."""
        seconds = self.seconds_left(done, total)
        if seconds is None:
            return ""
        if seconds < 55:
            step = 5 if seconds < 20 else 10
            return _("ungefär {n} sekunder kvar").format(n=max(5, step * round(seconds / step)))
        minutes = max(1, round(seconds / 60))
        if minutes == 1:
            return _("ungefär en minut kvar")
        return _("ungefär {n} minuter kvar").format(n=minutes)
