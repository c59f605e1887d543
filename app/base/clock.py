"""The wall clock, which a test or a demo may fix with GATLJUS_NOW."""

import os
from collections.abc import Callable
from datetime import UTC, datetime

from app.base.errors import BadInput
from app.base.words import _

Clock = Callable[[], datetime]
"""Gives the time now, aware, in UTC."""


BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def utc_now() -> datetime:
    """The time now in UTC, or what the environment variable GATLJUS_NOW (ISO 8601, UTC if no offset) says. Raises
    BadInput where it says no time after 1970."""
    fixed = os.environ.get("GATLJUS_NOW")
    if not fixed:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(fixed)
        found = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        found = BEGINNING
    if found <= BEGINNING:
        raise BadInput(
            "time",
            _("Variabeln GATLJUS_NOW säger ingen tid efter 1970."),
            _("Skriv den som 2026-10-23T18:05:00Z, eller ta bort den."),
        )
    return found


def iso(moment: datetime) -> str:
    """UTC as `2026-10-23T16:05:00Z`; milliseconds only where there are any."""
    moment = moment.astimezone(UTC)
    spec = "milliseconds" if moment.microsecond else "seconds"
    return moment.isoformat(timespec=spec).replace("+00:00", "Z")


def from_iso(text: str) -> datetime:
    """The aware UTC moment of `2026-10-23T16:05:00Z`. Raises ValueError without an offset."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} says no offset from UTC")
    return moment.astimezone(UTC)
