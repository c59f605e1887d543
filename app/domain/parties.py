"""Who may answer for a measure besides those of the checklist: parties with a code that the walk gave itself."""

from collections.abc import Container
from itertools import count

OWN = "X"
"""Codes that a walk gave itself begin so; the checklist names the others."""


def is_own(code: object) -> bool:
    """Whether a walk gave a code itself."""
    return isinstance(code, str) and code.startswith(OWN)


def own_code(taken: Container[object]) -> str:
    """The first code that a walk may give itself and that is not taken: X1, X2 …"""
    return next(code for n in count(1) if (code := f"{OWN}{n}") not in taken)
