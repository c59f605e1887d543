"""How a camera's clock goes, told by a photo of the clock page: the code that the page shows, and the words for it."""

import re
from datetime import UTC, datetime

from app.base.clock import from_iso
from app.base.words import _
from app.domain.durations import duration_words

MOST_OFFSET_S = 10 * 366 * 86_400
"""Ten years: further off is no camera, but a slip of the finger."""

PREFIX = "GATLJUS:CLOCK:"
"""Capitals, digits and colons alone: a code of those has larger squares, which a camera reads from further off."""

_CODE = re.compile(rf"{PREFIX}(\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\dZ)", re.IGNORECASE)


def code_of(moment: datetime) -> str:
    """What the code says at a moment, to the second: `GATLJUS:CLOCK:2026-10-23T16:05:00Z`."""
    return f"{PREFIX}{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def moment_in(code: str) -> datetime | None:
    """The moment that a code says; None where it is another code."""
    found = _CODE.fullmatch(code)
    try:
        return from_iso(found[1].upper()) if found else None
    except ValueError:
        return None


def clock_words(ahead_s: float) -> str:
    """*Kamerans klocka går 1 h 02 min före*, of the seconds that it is ahead (negative: behind)."""
    if round(ahead_s) == 0:
        return _("Kamerans klocka går rätt")
    words = _("Kamerans klocka går {time} före") if ahead_s > 0 else _("Kamerans klocka går {time} efter")
    return words.format(time=duration_words(ahead_s))


def unknown_sentence(camera: str) -> str:
    """Of a camera, "" where its photos do not name it, of whose clock nobody knows how it goes."""
    words = _("{camera}: inget foto säger hur klockan går. Den räknas som rätt, men inget är säkert.")
    return words.format(camera=camera or nameless())


def nameless() -> str:
    """What a camera is called whose photos do not name it."""
    return _("Kamera utan namn")
