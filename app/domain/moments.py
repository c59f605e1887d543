"""Days and times of day as people write them: `23/10 18:00`, `23.10 18.00`, `23 okt kl. 18`, `i går 18.30`, `tomorrow
18:00`, `2026-10-23 18.00`.

The day stands before the month, and both before the clock. A year left out is the one that brings the day nearest to
another, which whoever asks hands in. Two figures are never a year, and four in a row never a clock.
"""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

MONTHS = (
    ("januari", "january"), ("februari", "february"), ("mars", "march"), ("april",), ("maj", "may"), ("juni", "june"),
    ("juli", "july"), ("augusti", "august"), ("september",), ("oktober", "october"), ("november",), ("december",),
)  # fmt: skip
"""What each month is called; three letters of it are enough."""

DAYS_AWAY = {
    "i dag": 0, "idag": 0, "today": 0, "i går": -1, "igår": -1, "yesterday": -1,
    "i morgon": 1, "imorgon": 1, "tomorrow": 1,
}  # fmt: skip

YEARS_AROUND = 4
"""So far away lies the nearest 29 February."""

_O_CLOCK = r"(?:klockan|kl\.?|at)\s*"
_HOUR, _MINUTE = "([01]?[0-9]|2[0-3])", "[:.]([0-5][0-9])"
"""A second is written as a minute is."""
_DAY_AND_CLOCK = re.compile(rf"(.+?)[\s,]+(?:{_O_CLOCK})?{_HOUR}(?:{_MINUTE}(?:{_MINUTE})?)?")
_CLOCK = re.compile(rf"(?:{_O_CLOCK})?{_HOUR}{_MINUTE}|{_O_CLOCK}{_HOUR}")
_IN_FIGURES = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})\.?(?:[-/. ]([0-9]{4}))?")
_IN_WORDS = re.compile(r"(?:den )?([0-9]{1,2})(?::e|\.)? ?([^\W\d_]{3,})\.?(?: ([0-9]{4}))?")


def clock_written(text: str) -> time | None:
    """`18:20`, `18.20` or `kl 18`; None of anything else. An hour alone may be a day as well."""
    found = _CLOCK.fullmatch(_plain(text))
    return time(int(found[1] or found[3]), int(found[2] or 0)) if found else None


def day_written(text: str, today: date, near: date) -> date:
    """A day; where it says no year, the one that is nearest to `near`. Raises ValueError."""
    written = _plain(text)
    if written in DAYS_AWAY:
        return today + timedelta(days=DAYS_AWAY[written])
    if figures := _IN_FIGURES.fullmatch(written):
        return _dated(int(figures[1]), int(figures[2]), figures[3], near)
    if words := _IN_WORDS.fullmatch(written):
        return _dated(int(words[1]), _month(words[2]), words[3], near)
    return date.fromisoformat(written.upper())


def moment_written(text: str, today: date, near: date) -> datetime:
    """A day and a clock, the day as above. Raises ValueError, also where one of them is missing."""
    found = _DAY_AND_CLOCK.fullmatch(_plain(text))
    if found is None:
        raise ValueError(f"{text!r} says no day with a clock")
    clock = time(int(found[2]), int(found[3] or 0), int(found[4] or 0))
    return datetime.combine(day_written(found[1], today, near), clock)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).strip().casefold())


def _month(word: str) -> int:
    for number, names in enumerate(MONTHS, start=1):
        if any(each.startswith(word) for each in names):
            return number
    raise ValueError(f"{word!r} is no month")


def _dated(day: int, month: int, year: str | None, near: date) -> date:
    if year:
        return date(int(year), month, day)
    found = []
    for each in range(near.year - YEARS_AROUND, near.year + YEARS_AROUND + 1):
        try:
            found.append(date(each, month, day))
        except ValueError:
            continue  # 29 February is not in every year
    if not found:
        raise ValueError(f"{day}/{month} is no day")
    return min(found, key=lambda each: abs(each - near))
