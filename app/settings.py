"""Settings of a home: one frozen record, kept in `settings.json` beside the database."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from app.base.files import write_atomically


@dataclass(frozen=True)
class Settings:
    """`language` is "sv", "en" or "" (as the system says), `label` what this device is called, `backups` the folder
    for backups or "" for the one in the home."""

    language: str = ""
    label: str = ""
    backups: str = ""


def load_settings(home: Path) -> Settings:
    """The settings of a home; defaults for what is missing, unreadable or of another type."""
    try:
        said = json.loads((home / "settings.json").read_text("utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(said, dict):
        return Settings()
    known = {each.name for each in fields(Settings)}
    return Settings(**{name: value for name, value in said.items() if name in known and isinstance(value, str)})


def save_settings(home: Path, settings: Settings) -> None:
    """Keep the settings. Raises OSError."""
    write_atomically(home / "settings.json", json.dumps(asdict(settings), indent=1, ensure_ascii=False).encode())
