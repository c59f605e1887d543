"""What people type, turned into the values of fields. Every refusal is a sentence that says what to write instead."""

import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.base.clock import utc_now
from app.base.errors import BadInput
from app.base.words import _
from app.domain import moments
from app.domain.record import BLOB, FieldInfo
from app.domain.rules import shown
from app.domain.values import LABELS, Position, label_of

DEFAULT_ZONE = "Europe/Stockholm"

YES = frozenset({"ja", "yes", "true", "1"})
NO = frozenset({"nej", "no", "false", "0"})


def zone_or_default(name: object) -> str:
    """The name of a walk's time zone, or that of Stockholm where another device wrote one that nobody knows here."""
    try:
        ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return DEFAULT_ZONE
    return str(name)


def zone_named(name: str) -> ZoneInfo:
    """The time zone called `name` (`Europe/Stockholm`). Raises BadInput."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadInput(
            "zone",
            _("Tidszonen {zone} finns inte.").format(zone=shown(name)),
            _("Skriv den som Europe/Stockholm eller Europe/Helsinki."),
        ) from error


_FRACTION_OF_AN_HOUR = re.compile(r"[tT ][0-9]{2}[.,]")


def moment(text: str, zone: str, near: object = None, now: datetime | None = None) -> datetime:
    """The UTC moment of `2026-10-23T18:05`, or as people write it (`23/10 18.05`, `i går 18`, see `moments`), in the
    walk's zone where no offset is written. A year left out is the nearest one: to the moment `near`, else to `now`.
    Raises BadInput."""
    try:
        found = moment_typed(text, zone_named(zone), near, now)
        if found.tzinfo is None:
            found = found.replace(tzinfo=zone_named(zone))
        return found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadInput(
            "time",
            _("{text} är ingen tid.").format(text=shown(text)),
            _("Skriv dag och klockslag, till exempel 2026-10-23T18:05 eller 23/10 18.05."),
        ) from error


def moment_typed(text: str, zone: ZoneInfo, near: object = None, now: datetime | None = None) -> datetime:
    """The same as it was typed: without a zone where no offset is written. Raises ValueError, OverflowError."""
    return _iso(text) or moments.moment_written(text, *_around(zone, near, now))


def _iso(text: str) -> datetime | None:
    # Python reads 18.35 as 18 hours and 35 hundredths of a second; people mean the minute.
    if _FRACTION_OF_AN_HOUR.search(text):
        return None
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return None


def _around(zone: ZoneInfo, near: object, now: datetime | None) -> tuple[date, date]:
    """Today in a zone, and the day that a year left out is nearest to."""
    today = (now or utc_now()).astimezone(zone).date()
    return today, near.astimezone(zone).date() if isinstance(near, datetime) else today


def moment_on(text: str, zone: str, starts: object, now: datetime | None = None) -> datetime:
    """The UTC moment of `18:20` on the walk's day by its own clock, past midnight where that is half a day before it
    `starts`; of anything else as `moment`, near the start. Raises BadInput."""
    clock = moments.clock_written(text)
    if clock is None and re.fullmatch(r"[0-9]{1,2}[:.]?[0-9]{0,2}", text.strip()):
        raise BadInput(
            "time",
            _("{text} är ingen tid.").format(text=shown(text)),
            _("Skriv timme:minut, till exempel 18:20, eller dagen också: 2026-10-23T18:05."),
        )
    if clock is None:
        return moment(text, zone, starts, now)
    if not isinstance(starts, datetime):
        raise BadInput(
            "time",
            _("{text} har ingen dag, och vandringen ingen starttid.").format(text=shown(text)),
            _("Skriv dagen också, till exempel 2026-10-23T18:05, eller sätt vandringens fält starts först."),
        )
    began = starts.astimezone(zone_named(zone))
    found = began.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
    return (found + timedelta(days=1) if began - found > timedelta(hours=12) else found).astimezone(UTC)


def day(text: str, today: date | None = None) -> date:
    """The day `2026-11-20`, or as people write it (`20/11`, `20 nov`, `i morgon`); a year left out is the one nearest
    to `today`. Raises BadInput."""
    here = today or utc_now().astimezone(ZoneInfo(DEFAULT_ZONE)).date()
    try:
        return moments.day_written(text, here, here)
    except (ValueError, OverflowError) as error:
        raise BadInput(
            "date",
            _("{text} är inget datum.").format(text=shown(text)),
            _("Skriv dagen, till exempel 2026-11-20 eller 20/11."),
        ) from error


def position(text: str) -> Position:
    """The position `LAT,LON` in degrees; decimal commas are understood where only two such numbers can be meant. Raises
    BadInput."""
    lat, lon = _degrees(text)
    return Position(float(lat), float(lon))


_BETWEEN = (r"\s*;\s*", r"\s*,\s+|\s+,\s*", r"\s+", ",")
"""What stands between the numbers of a position: the first of these by which it can be read as two."""


def _degrees(text: str) -> tuple[str, str]:
    """The two numbers of a position as they are written, with points. Raises BadInput."""
    written = text.strip()
    for between in _BETWEEN:
        halves = [(written[: each.start()], written[each.end() :]) for each in re.finditer(between, written)]
        found = [(lat, lon) for lat, lon in ((_decimal(a), _decimal(b)) for a, b in halves) if lat and lon]
        if len(found) == 1:
            return found[0]
        if found:
            raise BadInput(
                "position",
                _("{text} kan läsas som flera lägen.").format(text=shown(text)),
                _("Skriv semikolon mellan talen, till exempel 59,1687; 18,1448."),
            )
    raise BadInput(
        "position",
        _("{text} är inget läge.").format(text=shown(text)),
        _("Skriv LAT,LON i grader med punkt, till exempel 59.1687,18.1448."),
    )


def _decimal(text: str) -> str:
    """A number with a point; "" where the text is none."""
    written = re.sub(r"(?<=[0-9]),(?=[0-9])", ".", re.sub(r"\s", "", text))
    try:
        float(written)
    except ValueError:
        return ""
    return written


EXACT = 3
"""Decimals of a degree that tell of a place: a hundred metres. With fewer it is still being typed."""


def is_whole_position(text: str) -> bool:
    """Whether a position that is being typed has come to its end: both its numbers are equally exact, and exact enough
    to be a place. Half of one lies elsewhere."""
    try:
        position(text)
    except BadInput:
        return False
    first, second = (len(each.partition(".")[2]) for each in _degrees(text))
    return first == second >= EXACT


def whole(text: str) -> int:
    """A whole number, 0 or more. Raises BadInput."""
    try:
        number = int(text)
    except ValueError as error:
        raise BadInput(
            "number", _("{text} är inget heltal.").format(text=shown(text)), _("Skriv bara siffror.")
        ) from error
    if number < 0:
        raise BadInput(
            "number", _("Talet {text} är mindre än noll.").format(text=shown(text)), _("Skriv noll eller mer.")
        )
    return number


def number(text: str) -> float:
    """A finite number; a decimal comma is understood. Raises BadInput."""
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise BadInput(
            "number", _("{text} är inget tal.").format(text=shown(text)), _("Skriv ett tal, till exempel 12,5.")
        )
    return found


def flag(text: str) -> bool:
    """Ja or nej. Raises BadInput."""
    word = text.strip().lower()
    if word not in YES | NO:
        raise BadInput("flag", _("{text} är varken ja eller nej.").format(text=shown(text)), _("Skriv ja eller nej."))
    return word in YES


def alike(text: str) -> str:
    """A word as it counts when words are compared: case, soft hyphens, and how its parts are joined do not matter."""
    # A sign before a figure joins nothing: −1 is not 1.
    return re.sub(r"(?<=\w)[\s_-]+(?=\w)", " ", text.replace("\u00ad", "")).strip().casefold()


def choice(kind: type[StrEnum] | type[IntEnum], text: str, code: str) -> Any:
    """One of the choices of an enumeration, by its code or its word in any case: the Swedish one, that of the language
    spoken, whose first word is enough, or the English one that the program itself uses. Raises BadInput that names
    them."""
    labels = {each: label for each, label in LABELS if isinstance(each, kind)}
    for each in kind:
        words = (str(each.value), labels.get(each, ""), label_of(each), each.name)
        if alike(text) in map(alike, words):
            return each
    begun = [each for each in kind if alike(text) == alike(label_of(each)).split()[0]]
    if len(begun) == 1:
        return begun[0]
    raise BadInput(
        code,
        _("{text} finns inte att välja på.").format(text=shown(text)),
        _("Välj något av: {choices}.").format(choices=", ".join(f"{each.value} ({label_of(each)})" for each in kind)),
    )


def texts(text: str) -> tuple[str, ...]:
    """Words between commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def one_of(among: tuple[str, ...], text: str) -> str:
    """One of these words; the dash of `65–79` may be a long one. What is none of them is refused where fields are
    checked."""
    found = text.strip().replace("–", "-")
    return found if found in among else text


_PARSERS: dict[Any, Callable[[str], Any]] = {
    str: str,
    int: whole,
    float: number,
    bool: flag,
    Position: position,
    date: day,
    tuple[str, ...]: texts,
}


def parse(info: FieldInfo, text: str, zone: str, starts: object = None) -> Any:
    """The value of a field from what was typed; `starts` is when the walk does, for a time without a day. Raises
    BadInput."""
    if info.names == BLOB:
        raise BadInput(
            "field",
            _("Fältet {field} håller en fil och kan inte skrivas som text.").format(field=info.name),
            _("Välj ett annat fält."),
        )
    if info.among:
        return one_of(info.among, text) if info.type is str else tuple(one_of(info.among, each) for each in texts(text))
    if info.type is datetime:
        return moment_on(text, zone, starts)
    if isinstance(info.type, type) and issubclass(info.type, StrEnum | IntEnum):
        return choice(info.type, text, info.name.replace("_", "-"))
    if info.type in _PARSERS:
        return _PARSERS[info.type](text)
    raise BadInput(
        "field",
        _("Fältet {field} kan inte skrivas som text.").format(field=info.name),
        _("Välj ett annat fält."),
    )
