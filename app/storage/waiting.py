"""A restore that is ready and waits until the home is opened anew: what was written now would be put aside by it."""

import os
from pathlib import Path

from app.base.errors import GatljusError
from app.base.words import _

RESTORING = "restoring"
"""The folder in a home that has this name once a restore is ready."""


def is_ready(home: Path) -> bool:
    """Whether a restore waits for the home to be opened anew."""
    # Asked in every write; a Path would take five times as long.
    return os.path.isdir(f"{home}/{RESTORING}")


def refuse_while_restoring(home: Path) -> None:
    """Raises GatljusError where a restore waits."""
    if is_ready(home):
        raise GatljusError(
            "restoring",
            _("En säkerhetskopia läses tillbaka när programmet öppnas nästa gång."),
            _("Stäng programmet, öppna det igen och försök sedan en gång till."),
        )
