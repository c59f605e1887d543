"""The sample walk."""

from pathlib import Path

from app.base.job import Job, Step
from app.base.words import _


def build_sample(home: Path) -> Job[str]:
    """Build the sample walk in a new home. Returns its id."""
    yield Step(_("Bygger exempelvandringen"))
    return str(home)
