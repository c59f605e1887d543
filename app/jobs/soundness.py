"""Whether the database file itself is sound: looked at while a window is open, and told wherever a home is opened.

Apart from `app.jobs.verify`, which every start would else wait for.
"""

from app.base.job import Job, Step
from app.base.words import _
from app.session import Session


def damaged_words(session: Session) -> str:
    """That the database is known to be damaged, and what to do; "" where it is not."""
    if not session.soundness.damage:
        return ""
    return _(
        "Databasen är skadad: något kan fattas i det som visas, och det som skrivs nu kan gå förlorat. Rädda allt till "
        "en ZIP (gatljus rescue) och se sedan vad som kan göras (gatljus verify)."
    )


def look(session: Session) -> Job[str]:
    """Look whether the database file is sound. Returns what is to be said where it is not."""
    yield Step(_("Kontrollerar databasen"))
    session.soundness.look()
    return damaged_words(session)
