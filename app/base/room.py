"""How much room a disk has left, and when to say that it is little."""

import shutil
from pathlib import Path

from app.base.words import _

LITTLE = 500_000_000
"""Bytes; a walk's photos take more."""


FULL = 1_000_000
"""Bytes; a database that is opened needs some of them beside it."""


def room_at(folder: Path) -> int | None:
    """The bytes that are free on a folder's disk; None where the system does not say."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def is_full(folder: Path) -> bool:
    """Whether a folder's disk is as good as full."""
    left = room_at(folder)
    return left is not None and left < FULL


def little_room(folder: Path) -> str:
    """A warning where a folder's disk has little room left; else ""."""
    left = room_at(folder)
    if left is None or left >= LITTLE:
        return ""
    text = _("Bara {n} MB är kvar på disken. Allt som är sparat är helt, men frigör utrymme innan fler foton tas in.")
    return text.format(n=left // 1_000_000)
