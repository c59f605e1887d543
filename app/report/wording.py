"""How numbers, dates and small phrases are set on paper, in the language spoken now.

Swedish setting: U+00A0 where a line must not break, U+2011 in codes, en dash in ranges, decimal comma, thousands with
U+00A0, numbers up to twelve as words in sentences. It is used for what the program itself writes; what people wrote
stands as they typed it."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.base.words import ENGLISH, _, clock_sign, decimal_sign, language, ngettext
from app.domain.entry import zone_or_default
from app.domain.values import Position

NBSP = "\u00a0"
HYPHEN = "\u2011"
DASH = "–"
MINUS = "\u2212"

_MONTHS = {
    "sv": [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_WEEKDAYS = {
    "sv": ["måndagen", "tisdagen", "onsdagen", "torsdagen", "fredagen", "lördagen", "söndagen"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
_SPELLED = {
    "sv": ["noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"],
    "en": ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
}


def _tongue() -> str:
    return ENGLISH if language() == ENGLISH else "sv"


def number(value: float, decimals: int = 0) -> str:
    """`1 850`, `2,1`, `−3`: digits with the language's decimal sign, U+00A0 between thousands (in English a comma),
    U+2212 for minus."""
    text = f"{value:,.{decimals}f}".replace("-", MINUS)
    whole, _point, part = text.partition(".")
    whole = whole.replace(",", "," if language() == ENGLISH else NBSP)
    return f"{whole}{decimal_sign()}{part}" if part else whole


def spelled(count: int, *, neuter: bool = False) -> str:
    """A count in a sentence: a word up to twelve, digits above. `neuter`: ett instead of en."""
    if not 0 <= count <= 12:
        return number(count)
    if count == 1 and neuter and _tongue() != ENGLISH:
        return "ett"
    return _SPELLED[_tongue()][count]


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def long_date(day: date) -> str:
    """`23 oktober 2026`, held together."""
    return f"{day.day}{NBSP}{_MONTHS[_tongue()][day.month - 1]}{NBSP}{day.year}"


def short_date(day: date) -> str:
    """`23 okt 2026`, for tables, held together."""
    name = _MONTHS[_tongue()][day.month - 1]
    return f"{day.day}{NBSP}{name if len(name) <= 4 else name[:3]}{NBSP}{day.year}"


def weekday_date(day: date) -> str:
    """`fredagen den 23 oktober 2026`; in English `Friday 23 October 2026`."""
    between = f"{NBSP}" if _tongue() == ENGLISH else f" den{NBSP}"
    return f"{_WEEKDAYS[_tongue()][day.weekday()]}{between}{long_date(day)}"


def clock(moment: datetime) -> str:
    """`18.05` of a local moment; in English `18:05`."""
    return moment.strftime(f"%H{clock_sign()}%M")


def at_time(moment: datetime) -> str:
    """`kl. 18.05` of a local moment."""
    return clock(moment) if _tongue() == ENGLISH else f"kl.{NBSP}{clock(moment)}"


def moment_words(moment: datetime, day: date | None) -> str:
    """`kl. 18.05` of a local moment, with its date where that is not `day`."""
    other = day is not None and moment.date() != day
    return f"{short_date(moment.date())} {at_time(moment)}" if other else at_time(moment)


def time_range(starts: datetime, ends: datetime) -> str:
    """`kl. 18.05–20.10` of local moments; the second day is named if it is another one."""
    if starts.date() != ends.date():
        return f"{at_time(starts)}{DASH}{short_date(ends.date())} {at_time(ends)}"
    return f"{at_time(starts)}{DASH}{clock(ends)}"


def local(moment: datetime, zone: str) -> datetime:
    """A moment on the walk's own clock; on that of Stockholm where its zone is unknown."""
    try:
        return moment.astimezone(ZoneInfo(zone_or_default(zone)))
    except OverflowError:
        return moment


def metres(length: float) -> str:
    """A length in running text: `850 m`, `1,8 km`."""
    return f"{number(length)}{NBSP}m" if length < 1000 else f"{number(length / 1000, 1)}{NBSP}km"


def give_or_take(length: float) -> str:
    """`± 6 m`."""
    return f"±{NBSP}{number(max(1, round(length)))}{NBSP}m"


def coordinates(position: Position) -> str:
    """`60.17120, 24.94346`: degrees WGS 84, five decimals, with points as maps and receivers take them."""
    return f"{position.lat:.5f},{NBSP}{position.lon:.5f}".replace("-", MINUS)


def code(text: str) -> str:
    """A case number or other code that must not break: U+2011 for hyphens, U+00A0 for spaces."""
    return text.strip().replace("-", HYPHEN).replace(" ", NBSP)


def bound(*words: str) -> str:
    """Words held together by U+00A0."""
    return NBSP.join(words)


def hold(text: str) -> str:
    """A short phrase whose numbers stay with the word before them: `plats 4`, `Foto 4.1`."""
    return re.sub(r" (?=\d)", NBSP, text)


def listed(words: Sequence[str]) -> str:
    """`a, b och c`."""
    if len(words) < 2:
        return "".join(words)
    return _("{first} och {last}").format(first=", ".join(words[:-1]), last=words[-1])


def quoted(text: str) -> str:
    """Someone's words between quotation marks, unless they stand in some: ”…” in Swedish, “…” in English."""
    opening = "“" if _tongue() == ENGLISH else "”"
    text = text.strip()
    return text if text[:1] in '”“"»' else f"{opening}{text}”"


def sentence(text: str) -> str:
    """The text with a full stop at its end, unless it ends one already."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…:;”" else f"{text}."


def shortened(text: str, longest: int) -> str:
    """The text cut before a word, with an ellipsis, if it is longer than `longest` characters."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    cut = text[: longest - 2]
    if " " in cut and text[longest - 2] != " ":
        cut = cut.rpartition(" ")[0]
    return f"{cut.rstrip(' ,.;:–')}{NBSP}…"


def first_sentence(text: str) -> str:
    """The first sentence of a text."""
    return re.split(r"(?<=[.!?]) ", one_line(text), maxsplit=1)[0]


def one_line(text: str) -> str:
    """The text without line breaks, as it stands in a heading or a cell."""
    return " ".join(text.split())


def towards(degrees: float) -> str:
    """`mot nordväst` of degrees from north."""
    names = (
        _("mot norr"),
        _("mot nordost"),
        _("mot öster"),
        _("mot sydost"),
        _("mot söder"),
        _("mot sydväst"),
        _("mot väster"),
        _("mot nordväst"),
    )
    return names[round(degrees % 360 / 45) % 8]


def observations(count: int) -> str:
    """`1 iakttagelse`, `2 iakttagelser`."""
    return ngettext("{n} iakttagelse", "{n} iakttagelser", count).format(n=number(count)).replace(" ", NBSP)


def photos(count: int) -> str:
    """`1 foto`, `2 foton`."""
    return ngettext("{n} foto", "{n} foton", count).format(n=number(count)).replace(" ", NBSP)


def answers(count: int) -> str:
    """`1 svar`, `2 svar`."""
    return ngettext("{n} svar", "{n} svar", count).format(n=number(count)).replace(" ", NBSP)


_PLACE_LETTERS = str.maketrans("åäöéüøæ", "aaoeuoa")


def file_word(text: str) -> str:
    """A name for a file: a–z, digits and hyphens only, at most 40 characters."""
    plain = text.casefold().translate(_PLACE_LETTERS)
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].rstrip("-") or "vandring"
