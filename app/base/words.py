"""Words for people: Swedish in the source, other languages from gettext catalogues.

`_("Vandringen är sparad.")` translates when it is called; `N_("Iakttagelse")` only marks a label for the
catalogue, which is translated by `_` when it is shown. Both take a literal, nothing else; a test reads the sources.
The language belongs to the context (`contextvars`), so two languages can be spoken in one process.
"""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

SWEDISH = "sv"
ENGLISH = "en"
LANGUAGES = (SWEDISH, ENGLISH)

_spoken: ContextVar[tuple[str, gettext.NullTranslations]] = ContextVar(
    "spoken", default=(SWEDISH, gettext.NullTranslations())
)


def speak(language: str, catalogue: gettext.NullTranslations | None = None) -> None:
    """From now on, in this context, words are in `language` as `catalogue` has them."""
    _spoken.set((language, catalogue or gettext.NullTranslations()))


@contextmanager
def speaking(language: str, catalogue: gettext.NullTranslations | None = None) -> Iterator[None]:
    """Words in `language` within the block."""
    token = _spoken.set((language, catalogue or gettext.NullTranslations()))
    try:
        yield
    finally:
        _spoken.reset(token)


def language() -> str:
    """The language spoken now: `sv` or `en`."""
    return _spoken.get()[0]


def decimal_sign() -> str:
    """What stands before the decimals of a number in the language spoken now."""
    return "." if language() == ENGLISH else ","


def clock_sign() -> str:
    """What stands between hours and minutes in the language spoken now."""
    return ":" if language() == ENGLISH else "."


def count_words(count: int) -> str:
    """14 000 with a no-break space, in English 14,000."""
    return f"{count:,}".replace(",", "," if language() == ENGLISH else "\N{NO-BREAK SPACE}")


def percent_words(share: int) -> str:
    """25 % with a no-break space, in English 25%."""
    return f"{share}%" if language() == ENGLISH else f"{share}\N{NO-BREAK SPACE}%"


def _(text: str) -> str:
    """`text` (Swedish) in the language spoken now."""
    return _spoken.get()[1].gettext(text) if text else ""


def ngettext(one: str, many: str, count: int) -> str:
    """`one` or `many` (Swedish) in the language spoken now, by `count`."""
    return _spoken.get()[1].ngettext(one, many, count)


def N_(text: str) -> str:  # noqa: N802, the name gettext's tools look for
    """Marks `text` for the catalogue and returns it as it is."""
    return text
