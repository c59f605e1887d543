"""Why a file was not taken, or is not shown as it should be: a code from the worker, a sentence for people here."""

from enum import StrEnum

from app.base.words import N_, _


class Reason(StrEnum):
    """What is wrong with a file. The value is stable, for scripts."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    NOT_A_PHOTO = "not-a-photo"
    TOO_LARGE = "too-large"
    NO_ROOM = "no-room"
    DAMAGED = "damaged"
    BROKEN = "broken"
    TOO_SLOW = "too-slow"
    TOO_MUCH_MEMORY = "too-much-memory"
    CRASHED = "crashed"


REFUSED = frozenset(
    {Reason.MISSING, Reason.UNREADABLE, Reason.EMPTY, Reason.NOT_A_PHOTO, Reason.TOO_LARGE, Reason.NO_ROOM}
)
"""With these a file is not imported. With the others it is kept, and at worst shown as "kan inte visas"."""

_SENTENCES = {
    Reason.MISSING: N_("Filen finns inte."),
    Reason.UNREADABLE: N_("Filen kan inte läsas. Se efter att minneskortet sitter i och att du får läsa filen."),
    Reason.EMPTY: N_("Filen är tom. Kopiera den från kameran igen."),
    Reason.NOT_A_PHOTO: N_("Innehållet är inget foto av en känd sort: JPEG, PNG, WebP, AVIF eller HEIC."),
    Reason.TOO_LARGE: N_("Bilden är större än 200 megapixel. Spara den mindre och importera den igen."),
    Reason.NO_ROOM: N_("Disken är full, så bilden kunde inte läsas in. Frigör utrymme och importera den igen."),
    Reason.DAMAGED: N_("Filen är skadad. Det som går att visa av bilden visas, och originalet är sparat."),
    Reason.BROKEN: N_("Filen är skadad och bilden kan inte visas. Originalet är sparat."),
    Reason.TOO_SLOW: N_("Bilden tog mer än 20 sekunder att läsa och visas inte. Originalet är sparat."),
    Reason.TOO_MUCH_MEMORY: N_("Bilden kräver mer minne än 1,5 GB och visas inte. Originalet är sparat."),
    Reason.CRASHED: N_("Bilden fick bildläsaren att stanna och visas inte. Originalet är sparat."),
}


def sentence(reason: Reason) -> str:
    """What happened to a file and, where something can be done, what; in the language spoken now."""
    return _(_SENTENCES[reason])
