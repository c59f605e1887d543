"""Reading and writing one object of a target. A fault at one object is noted in the report, and the pass goes on."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from app.base.clock import from_iso, iso
from app.base.errors import GatljusError, reason_of
from app.base.words import _
from app.domain.ports import NotArrived, Target
from app.sync.names import BLOBS, CHANGES, Found, folder_of, matches
from app.sync.report import Problem, Report
from app.sync.survey import Survey
from app.sync.targets.refusing import RESCUED

EMPTY_FOR = timedelta(minutes=10)
"""A file that has been empty so long is taken for damaged, not for late."""
REFUSING = ("target-not-writable", "target-full", "target-gone", "target-too-large", "parcel-unwritten", RESCUED)
"""Errors after which nothing more is put in this pass."""


class Carrier:
    """Carries the objects of one walk to and from a target. `sent` is the size of what was put, by its full name;
    `since` tells since when (ISO UTC) a name has been there without its bytes; `failed` whether anything failed."""

    def __init__(self, target: Target, scope: str, seen: Survey, now: datetime, report: Report) -> None:
        self._target, self._folder, self._seen, self._now, self._report = target, folder_of(scope), seen, now, report
        self.since: dict[str, str] = {}
        self.sent: dict[str, int] = {}
        self.failed = False

    @contextmanager
    def passing_over(self, name: str) -> Iterator[None]:
        """What fails within is noted as a problem with `name`; what is not here yet as waiting."""
        try:
            yield
        except NotArrived:
            self._report.waiting.append(name)
        except (OSError, GatljusError) as error:
            if isinstance(error, GatljusError) and error.code in REFUSING:
                self._report.refused = error
            reason = str(error) if isinstance(error, GatljusError) else f"{reason_of(error)}."
            self._report.problems.append(Problem(name, reason))
            self.failed = True

    def fetch(self, part: str, found: Found, name: str) -> bytes | None:
        """The bytes of an object that fit its name, from wherever they lie; None where there are none."""
        for source in found.sources(name):
            with self.passing_over(source):
                data = self._target.get(self._folder + part + source)
                if matches(name, data):
                    return data
                self._report.damaged.append(Problem(name, _("Filen är skadad.")))
        return None

    def is_damaged(self, part: str, name: str) -> bool:
        """Whether the bytes that lie there do not fit the name."""
        with self.passing_over(name):
            return not matches(name, self._target.get(self._folder + part + name))
        return False

    def put(self, part: str, name: str, data: bytes, *, repair: bool = False) -> bool:
        """Put an object, or replace a damaged one. True where it went."""
        full = self._folder + part + name
        if self._report.refused is None:
            went = self._put(full, data, repair)
            if went or self._report.refused is None:
                return went
        self._report.held_back |= part in (CHANGES, BLOBS)
        return False

    def _put(self, full: str, data: bytes, repair: bool) -> bool:
        with self.passing_over(full):
            try:
                if repair:
                    self._target.repair(full, data)
                    self._report.repaired += 1
                else:
                    self._target.put_new(full, data)
            except FileExistsError:
                # A listing may be late; what lies there is judged by the next one.
                return False
            self.sent[full] = len(data)
            return True
        return False

    def delete(self, part: str, name: str) -> None:
        """Remove an object."""
        with self.passing_over(name):
            self._target.delete(self._folder + part + name)

    def must_put(self, found: Found, name: str, size: int) -> tuple[bool, bool]:
        """(whether an object held here is to be put, whether as a repair of what lies there)."""
        if name in found.waiting:
            stale = self.is_stale(found, name)
            return stale, stale
        lies = found.whole.get(name)
        return lies != size, lies is not None

    def is_stale(self, found: Found, name: str) -> bool:
        """Whether a name has been there without its bytes for too long. Else it is named, and its time remembered."""
        since = self._seen.before.waiting.get(name, iso(self._now))
        waited = self._now - from_iso(since)
        if name in found.empty and waited >= EMPTY_FOR:
            return True
        self.since[name] = since if waited >= timedelta(0) else iso(self._now)
        self._report.waiting.append(name)
        return False
