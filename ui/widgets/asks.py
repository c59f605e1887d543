"""A target that is not what it was: nothing has been written, and a person is asked. One of the three questions that
may block."""

from collections.abc import Callable, Mapping
from datetime import date

from app.base.words import N_, _
from ui.bridge.runner import Failure
from ui.widgets.look import Look
from ui.widgets.notice import ErrorPanel
from ui.widgets.words import day_words

AGAIN, ANYHOW = N_("Lägg dit mina uppgifter igen"), N_("Använd ändå som nytt mål")

QUESTIONS: Mapping[str, tuple[str, str, str]] = {
    "empty": (
        N_("Mappen är tom, och den var det inte förut."),
        N_("Är det rätt minne? Då läggs allt dit igen."),
        AGAIN,
    ),
    "foreign": (
        N_("Det här är inte samma minne som förut."),
        N_("Är det rätt minne ändå? Då används det som ett nytt."),
        ANYHOW,
    ),
    "rolled_back": (
        N_("Innehållet är äldre än det vi lade dit."),
        N_("Är det rätt minne? Då läggs det som saknas dit igen."),
        AGAIN,
    ),
}
"""What is wrong, what a yes means, and its word, by the word that the sync asks with."""
PURGED = "purged"
"""Here a yes means nothing: the walk is not put there again."""


def asked_words(asks: str) -> str:
    """What is wrong with a target that asks."""
    if asks == PURGED:
        return _("Vandringen är gallrad på det här målet.")
    return _(QUESTIONS.get(asks, QUESTIONS["foreign"])[0])


def purged_when(day: date | None) -> str:
    """On which day a walk was purged on a target, as a sentence before another; "" where that is not known."""
    return _("Det gjordes {day}.").format(day=day_words(day)) + " " if day else ""


def ask_panel(
    look: Look,
    asks: str,
    yes: Callable[[], None],
    other: Callable[[], None] | None = None,
    remove: Callable[[], None] | None = None,
    purged: date | None = None,
) -> ErrorPanel:
    """The question that a sync came back with. `other`: another place is chosen instead; `remove` leads to where the
    walk is purged here, too; `purged` is the day on which it was there."""
    if asks == PURGED:
        advice = _("Det finns inget av den att hämta där. Den läggs inte dit igen.")
        failure = Failure(asked_words(asks), f"{purged_when(purged)}{advice}")
        kept = _("Den finns kvar på den här enheten tills du gallrar den här också.")
        return ErrorPanel(look, failure, (_("Töm eller gallra"), remove) if remove else None, kept)
    _what, advice, word = QUESTIONS.get(asks, QUESTIONS["foreign"])
    change = (_("Byt minne"), other) if other is not None else None
    return ErrorPanel(look, Failure(asked_words(asks), _(advice)), (_(word), yes), _("Inget har skrivits."), change)
