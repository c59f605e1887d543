"""How dates, times, distances and sizes are said on the screen."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from app.base.words import N_, _, clock_sign, decimal_sign, ngettext
from app.domain.entry import zone_or_default
from app.domain.geo import bearing_deg, distance_m
from app.domain.values import Position

MONTHS = (
    N_("januari"), N_("februari"), N_("mars"), N_("april"), N_("maj"), N_("juni"),
    N_("juli"), N_("augusti"), N_("september"), N_("oktober"), N_("november"), N_("december"),
)  # fmt: skip


def day_words(day: date) -> str:
    """12 november 2026."""
    return f"{day.day} {_(MONTHS[day.month - 1])} {day.year}"


def local(moment: datetime, zone: object) -> datetime:
    """A moment by the clock of a walk's zone."""
    return moment.astimezone(ZoneInfo(zone_or_default(zone)))


def clock_words(moment: object, zone: object) -> str:
    """18.42, in English 18:42, by the clock of the walk; "" where there is no moment."""
    return local(moment, zone).strftime(f"%H{clock_sign()}%M") if isinstance(moment, datetime) else ""


def exact_words(moment: object, zone: object) -> str:
    """18.42.05, in English 18:42:05, by the clock of the walk; "" where there is no moment."""
    sign = clock_sign()
    return local(moment, zone).strftime(f"%H{sign}%M{sign}%S") if isinstance(moment, datetime) else ""


def moment_words(moment: object, zone: object, now: datetime | None = None) -> str:
    """12 november 2026, 18.42; *i dag* and *i går* in place of those days."""
    if not isinstance(moment, datetime):
        return ""
    there, today = local(moment, zone), local(now or datetime.now(UTC), zone).date()
    days = (there.date() - today).days
    near = {0: _("i dag"), -1: _("i går"), 1: _("i morgon")}
    return f"{near.get(days) or day_words(there.date())} {clock_words(moment, zone)}"


def versions_words(n: int) -> str:
    """*2 saker har olika versioner*: devices wrote differently, unaware of each other."""
    return ngettext("{n} sak har olika versioner", "{n} saker har olika versioner", n).format(n=n)


def size_words(size: int) -> str:
    """840 kB, 4,2 MB, 48 MB, of bytes; with a no-break space, and in English a decimal point."""
    kilo, mega = max(1, round(size / 1000)), round(size / 1e6, 1)
    if kilo < 1000:
        return f"{kilo}\N{NO-BREAK SPACE}kB"
    return f"{_two_figures(mega)}\N{NO-BREAK SPACE}MB"


def file_title(title: str) -> str:
    """A title as part of a file's name: without the signs that some systems refuse there, at most 100 of them."""
    return " ".join("".join(" " if each in '\\/:*?"<>|' else each for each in title).split())[:100].strip()


def metres(length: float) -> str:
    """120 m, 1,9 km, 12 km; with a no-break space, and in English a decimal point."""
    if length < 1000:
        return f"{round(length)}\N{NO-BREAK SPACE}m"
    return f"{_two_figures(round(length / 1000, 1))}\N{NO-BREAK SPACE}km"


DIRECTIONS = (
    N_("norrut"), N_("åt nordost"), N_("österut"), N_("åt sydost"),
    N_("söderut"), N_("åt sydväst"), N_("västerut"), N_("åt nordväst"),
)  # fmt: skip


def direction_words(degrees: float) -> str:
    """åt nordost, of degrees from true north."""
    return _(DIRECTIONS[round(degrees / 45) % 8])


def way_words(here: Position, there: Position) -> tuple[str, str]:
    """How far it is to a place, and in which direction: 120 m, österut."""
    far = distance_m(here, there)
    return metres(far if far < 100 else round(far, -1)), direction_words(bearing_deg(here, there))


def _two_figures(number: float) -> str:
    """9,9; from ten on no decimal is worth its place."""
    return f"{number:.{0 if number >= 10 else 1}f}".replace(".", decimal_sign())
