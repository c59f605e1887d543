"""The two kinds of error.

`GatljusError` is the world's fault: it says what happened and what to do about it, in the language of the
person who reads it. Anything else that is raised is our fault and ends in a crash report with the data intact.

    GatljusError
    ├── BadInput      what was typed or handed in cannot be used; nothing was written
    ├── NotFound      no record, walk or file of that name
    └── NotHereYet    a function that this version does not have

What the operating system says in English, `reason_of` says in the language spoken now.
"""

import errno
from pathlib import Path

from app.base.words import N_, _

REASONS = {
    errno.ENOENT: N_("den finns inte"),
    errno.EACCES: N_("du har inte rätt till den"),
    errno.EPERM: N_("du har inte rätt till den"),
    errno.ENOSPC: N_("disken är full"),
    errno.EDQUOT: N_("disken är full"),
    errno.EROFS: N_("den går bara att läsa från"),
    errno.EISDIR: N_("det är en mapp"),
    errno.ENOTDIR: N_("det är ingen mapp"),
    errno.EEXIST: N_("den finns redan"),
    errno.ENAMETOOLONG: N_("namnet är för långt"),
}
"""Why a file or folder cannot be used. What is rarer is said as the system says it."""


def reason_of(error: OSError) -> str:
    """Why a file or folder cannot be used, to stand after a colon."""
    if error.errno in REASONS:
        return _(REASONS[error.errno])
    return error.strerror or str(error)


class GatljusError(Exception):
    """Something in the world went wrong.

    `code` is a stable kebab-case word for scripts, `text` says what happened, `advice` what to do.
    Both sentences are already translated.
    """

    def __init__(self, code: str, text: str, advice: str = "") -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.text} {self.advice}".strip()


class BadInput(GatljusError):
    """What was typed or handed in cannot be used. Nothing was written."""


class NotFound(GatljusError):
    """No record, walk or file of that name."""


class NotHereYet(GatljusError):
    """A function that this version does not have."""


def disk_full() -> GatljusError:
    """Nothing more fits on the disk of the home."""
    return GatljusError(
        "disk-full", _("Disken är full."), _("Frigör utrymme och gör om det senaste; allt tidigare är kvar.")
    )


def not_writable(path: Path) -> GatljusError:
    """The home, or a file in it, cannot be written."""
    return GatljusError(
        "home-not-writable",
        _("Det går inte att skriva i {path}.").format(path=path),
        _("Välj en mapp som du får skriva i."),
    )


def is_full(error: OSError) -> bool:
    """Whether there was no room for a file."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def unwritten(error: OSError, home: Path) -> GatljusError:
    """What it means for the person at the screen that a file of the home could not be written."""
    return disk_full() if is_full(error) else not_writable(home)
