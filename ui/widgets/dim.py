"""How dark the screen is made: four steps, since a glove does not hit a slider."""

from dataclasses import replace

from app.base.words import _, percent_words
from app.settings import Settings

DIMS = (0, 25, 50, 70)
"""Per cent of black over everything."""


def dim_of(settings: Settings) -> int:
    """The step that settings ask for; none where they say anything else."""
    return settings.dim if settings.dim in DIMS else DIMS[0]


def darker(settings: Settings) -> Settings:
    """The settings with the next step; after the darkest the screen is bright again."""
    return replace(settings, dim=DIMS[(DIMS.index(dim_of(settings)) + 1) % len(DIMS)])


def dim_word(step: int) -> str:
    """25 %; *inte alls* where nothing is dimmed."""
    return percent_words(step) if step else _("inte alls")


def dim_words(settings: Settings) -> str:
    """How it is, and what a press does."""
    now, after = dim_word(dim_of(settings)), dim_word(dim_of(darker(settings)))
    return _("Nu: {now}. Tryck för: {after}.").format(now=now, after=after)
