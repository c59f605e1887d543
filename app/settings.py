"""Settings of a home: one frozen record, kept in `settings.json` beside the database; and where the window was left.

They belong to this device and never travel.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app.base.files import write_atomically


@dataclass(frozen=True)
class Settings:
    """`language` is "sv", "en" or "" (as the system says), `label` what this device is called, `backups` the folder for
    backups or "" for the one in the home. `organisation` is who mostly arranges the walks, `role` what this device's
    remarks are signed with.

    Of the window: `theme` light, dark, red or contrast; `text` size in per cent; `gloves`: larger targets;
    `left_handed`: mirrored; `calm`: without motion; `letters`: single letters are shortcuts.
    """

    language: str = ""
    label: str = ""
    backups: str = ""
    organisation: str = ""
    role: str = ""
    theme: str = "light"
    text: int = 100
    gloves: bool = False
    left_handed: bool = False
    calm: bool = False
    letters: bool = True


def load_settings(home: Path) -> Settings:
    """The settings of a home; defaults for what is missing, unreadable or of another type."""
    said = _read(home / "settings.json")
    kinds = {name: type(value) for name, value in asdict(Settings()).items()}
    return Settings(**{name: value for name, value in said.items() if type(value) is kinds.get(name)})


def save_settings(home: Path, settings: Settings) -> None:
    """Keep the settings. Raises OSError."""
    write_atomically(home / "settings.json", json.dumps(asdict(settings), indent=1, ensure_ascii=False).encode())


def load_window(home: Path) -> dict[str, Any]:
    """Where the window was left: plain data, empty where nobody knows."""
    return _read(home / "window.json")


def save_window(home: Path, said: dict[str, Any]) -> None:
    """Keep where the window is, so that it reopens there. Raises OSError."""
    write_atomically(home / "window.json", json.dumps(said, ensure_ascii=False).encode())


def _read(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}
