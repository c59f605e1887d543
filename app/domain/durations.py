"""How long something lasts, in words."""

from app.base.words import _, clock_sign
from app.domain.values import known


def duration_words(seconds: float) -> str:
    """37 s, 4 min 05 s, 1 h 02 min, 3 dygn, whatever the sign: as exact as one reads it, and from a minute on never
    more than it is."""
    whole = round(abs(seconds))
    if whole < 60:
        return _("{n} s").format(n=whole)
    if whole < 3600:
        minutes, rest = divmod(whole, 60)
        return _("{m} min {s:02d} s").format(m=minutes, s=rest) if rest else _("{n} min").format(n=minutes)
    if whole < 48 * 3600:
        hours, rest = divmod(whole // 60, 60)
        return _("{h} h {m:02d} min").format(h=hours, m=rest) if rest else _("{n} h").format(n=hours)
    return _("{n} dygn").format(n=whole // 86_400)


def length_words(seconds: object) -> str:
    """0.42, in English 0:42: minutes and seconds of something to listen to."""
    whole = int(known(seconds, float) or 0)
    return f"{whole // 60}{clock_sign()}{whole % 60:02}"
