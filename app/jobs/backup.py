"""Copy the database where a person said."""

from pathlib import Path

from app.base.job import Job, Step
from app.base.words import _
from app.session import Session


def back_up(session: Session) -> Job[Path]:
    """Copy the database to the folder for backups. Returns the copy. Raises GatljusError."""
    yield Step(_("Säkerhetskopierar"), 0, 1)
    made = session.back_up()
    yield Step(_("Säkerhetskopierar"), 1, 1)
    return made
