"""Files that come with the program: fonts, checklist, themes, words, sample walk. They are read, never written."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """Where the file `name` lies (`checklist/gatljus-1.json`)."""
    return _HERE / name


def read_text(name: str) -> str:
    """The text of the file `name`, read as UTF-8. Raises OSError if there is none."""
    return path(name).read_text(encoding="utf-8")
