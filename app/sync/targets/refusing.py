"""What it means for a person that a target cannot be written or read. Each situation has its sentence and way out."""

import errno
from collections.abc import Mapping

from app.base.errors import GatljusError
from app.base.words import N_, _

NOT_WRITABLE, FULL, GONE = "target-not-writable", "target-full", "target-gone"
TOO_LARGE, FAILING = "target-too-large", "target-failing"
RESCUED = "parcel-rescued"
"""A parcel that a rescue made is only read: it is to tell what it held, and nobody waits for word of it."""

_CODES = {
    errno.EACCES: NOT_WRITABLE, errno.EPERM: NOT_WRITABLE, errno.EROFS: NOT_WRITABLE, errno.ENOSPC: FULL,
    errno.EDQUOT: FULL, errno.ENODEV: GONE, errno.ENXIO: GONE, errno.EFBIG: TOO_LARGE, errno.EIO: FAILING,
}  # fmt: skip

_WORDS: Mapping[str, tuple[str, str]] = {
    NOT_WRITABLE: (
        N_("Det går inte att skriva i {path}."),
        N_("Välj en mapp som du får skriva i. Har minnet en spärr mot skrivning, så skjut den åt sidan."),
    ),
    FULL: (N_("Det är fullt i {path}."), N_("Frigör utrymme där och synka igen; det som saknas läggs dit.")),
    GONE: (
        N_("{path} går inte att nå längre."),
        N_("Allt är kvar här. Sätt i minnet eller anslut till filservern igen, och synka; det som saknas läggs dit."),
    ),
    TOO_LARGE: (
        N_("En fil blir för stor för {path}."),
        N_("Ett minne med FAT32 tar filer på högst 4 GB. Synka med en mapp på minnet i stället för med ett paket."),
    ),
    FAILING: (
        N_("{path} svarar med läsfel eller skrivfel."),
        N_("Allt är kvar här. Sätt i minnet igen och synka. Händer det en gång till, så ta ett annat minne."),
    ),
}


def refusal(code: str, label: str) -> GatljusError:
    """The error with this code about the target called `label`."""
    text, advice = _WORDS[code]
    return GatljusError(code, _(text).format(path=label), _(advice))


def refusal_of(error: OSError, label: str) -> GatljusError | None:
    """What an error means that is about the whole target called `label`; None for one that is about an object."""
    code = _CODES.get(error.errno or 0)
    return refusal(code, label) if code else None
