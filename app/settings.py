"""Settings of a home: one frozen record, kept in `settings.json` beside the database; where the window was left; and at
which stop of a walk this device is.

They belong to this device and never travel.
"""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app.base.files import make_folder, write_atomically

SPOKEN = "voice"
"""The folder in a home for voice notes that are not ended."""
MOST_AHEAD_S = 1e10
"""A clock that is further off than three hundred years is none."""


@dataclass(frozen=True)
class Settings:
    """`language` is "sv", "en" or "" (as the system says), `label` what this device is called, `backups` the folder for
    backups or "" for the one in the home. `organisation` is who mostly arranges the walks, `role` what this device's
    remarks are signed with.

    Of the window: `theme` light, dark, red, contrast, or sun, which is light by day and dark by night; `text` size in
    per cent; `gloves`: larger targets; `left_handed`: mirrored; `calm`: without motion; `letters`: single letters are
    shortcuts. `receiver`: which receiver of positions is listened to, as `ui.bridge.receivers.receiver_of` reads it; ""
    none. `dim`: how much darker the screen is, per cent. `before_night`: the theme that is had again after the red one.

    Of the walk: `ask_rating`: before one goes on it is asked how the stop feels; `group_rates`: the group answers that,
    not one person. `rehearsal_speed`: how many times as fast a walk is played.
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
    receiver: str = ""
    dim: int = 0
    before_night: str = "dark"
    ask_rating: bool = True
    group_rates: bool = False
    rehearsal_speed: int = 10


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


def load_stop(home: Path, walk: str) -> str:
    """The id of the stop of a walk that somebody has said one is at; "" where nobody has."""
    said = _read(home / "stops.json").get(walk)
    return said if isinstance(said, str) else ""


def load_passed(home: Path, walk: str) -> frozenset[str]:
    """The ids of the stops of a walk for which one set out, and went on before one had come there."""
    return ids_in(_read(home / "stops.json").get(f"{walk} passed"))


def ids_in(said: object) -> frozenset[str]:
    """The ids in a list that was kept; none where it is no such list."""
    return frozenset(each for each in said if isinstance(each, str)) if isinstance(said, list) else frozenset()


def save_stop(home: Path, walk: str, stop: str, passed: Collection[str] | None = None) -> None:
    """Keep which stop of a walk one is at, or goes to, and which ones were `passed` by; None: those that were. Raises
    OSError."""
    by = load_passed(home, walk) if passed is None else frozenset(passed)
    said = {**_read(home / "stops.json"), walk: stop, f"{walk} passed": sorted(by - {stop})}
    write_atomically(home / "stops.json", json.dumps(said, ensure_ascii=False).encode())


def load_recording(home: Path) -> dict[str, Any]:
    """Which track this device records: {walk, track, paused}; empty where none is under way."""
    return _read(home / "recording.json")


def save_recording(home: Path, said: dict[str, Any] | None) -> None:
    """Keep which track is under way; None: none is. Raises OSError."""
    path = home / "recording.json"
    if said is not None:
        write_atomically(path, json.dumps(said).encode())
    elif path.exists():
        write_atomically(path, b"{}")


def load_watched(home: Path) -> dict[str, Any]:
    """The camera's folder that this device keeps an eye on: {walk, folder, known, taken}; empty where none is."""
    return _read(home / "watched.json")


def save_watched(home: Path, said: dict[str, Any] | None) -> None:
    """Keep which folder is watched and what is known there; None: none is. Raises OSError."""
    path = home / "watched.json"
    if said is not None:
        # Escaped: a name that is no text, as an old card has, comes back as it was.
        write_atomically(path, json.dumps(said).encode())
    elif path.exists():
        write_atomically(path, b"{}")


def load_spoken(home: Path) -> dict[str, dict[str, Any]]:
    """The voice notes that are being recorded, or were when the program ended: what was said of each, by its id; empty
    where that cannot be read."""
    notes = {path.stem for kind in ("json", "aac") for path in (home / SPOKEN).glob(f"*.{kind}")}
    return {note: _read(home / SPOKEN / f"{note}.json") for note in sorted(notes)}


def spoken_file(home: Path, note: str) -> Path:
    """Where the sound of such a note is written to."""
    return home / SPOKEN / f"{note}.aac"


def save_spoken(home: Path, note: str, said: dict[str, Any]) -> None:
    """Keep where a voice note belongs, before the first word of it is spoken. Raises OSError."""
    make_folder(home / SPOKEN)
    write_atomically(home / SPOKEN / f"{note}.json", json.dumps(said, ensure_ascii=False).encode())


def drop_spoken(home: Path, note: str) -> None:
    """Let go of it, sound first: what still lies here afterwards would be taken for a note. Raises OSError."""
    spoken_file(home, note).unlink(missing_ok=True)
    (home / SPOKEN / f"{note}.json").unlink(missing_ok=True)


def load_joined(home: Path) -> dict[str, str]:
    """The texts that are being put together from versions that stand against each other, by what they are about. They
    are no values yet, so they are not in the log: there they would settle what nobody has settled."""
    return {key: text for key, text in _read(home / "joined.json").items() if isinstance(text, str)}


def save_joined(home: Path, about: str, text: str) -> None:
    """Keep such a text; "" lets it go. Raises OSError."""
    kept = load_joined(home)
    rest = {key: each for key, each in kept.items() if key != about} | ({about: text} if text else {})
    if rest != kept:
        write_atomically(home / "joined.json", json.dumps(rest, ensure_ascii=False).encode())


def load_camera_clocks(home: Path, walk: str) -> dict[str, float]:
    """How many seconds each camera's clock is ahead (below 0: behind), as a photo of the clock page told on a walk
    before that was written in the walk itself; what no clock can be is left out."""
    said = _read(home / "clocks.json").get(walk)
    found = said.items() if isinstance(said, dict) else ()
    return {
        camera: float(ahead) for camera, ahead in found if type(ahead) in (int, float) and abs(ahead) < MOST_AHEAD_S
    }


@dataclass(frozen=True)
class SaidClock:
    """What a person said of a camera's clock: by how many seconds it is ahead, and the action, of which device, that
    placed photos by it."""

    camera: str
    ahead_s: float
    device: str
    action: int


def load_said_clocks(home: Path, walk: str) -> list[SaidClock]:
    """What was said of cameras' clocks on a walk, in that order, before that was written in the walk itself; what no
    clock can be is left out."""
    kinds, kept = (str, float, str, int), _read(home / "clocks.json").get(f"{walk} said")
    rows = [each for each in kept if isinstance(each, list)] if isinstance(kept, list) else []
    found = [SaidClock(*each) for each in rows if tuple(map(type, each)) == kinds]
    return [each for each in found if abs(each.ahead_s) < MOST_AHEAD_S]


def forget_walk(home: Path, walk: str) -> None:
    """Let go of what is kept beside the log about a walk. Raises OSError."""
    for name in ("stops.json", "joined.json", "clocks.json"):
        kept = _read(home / name)
        rest = {key: each for key, each in kept.items() if key.partition(" ")[0] != walk}
        if rest != kept:
            write_atomically(home / name, json.dumps(rest, ensure_ascii=False).encode())
    if load_recording(home).get("walk") == walk:
        save_recording(home, None)
    if load_watched(home).get("walk") == walk:
        save_watched(home, None)
    for note, said in load_spoken(home).items():
        if said.get("walk") == walk:
            drop_spoken(home, note)


def _read(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
