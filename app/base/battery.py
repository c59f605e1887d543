"""How much is left in this machine's battery, as the system says."""

import re
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

SUPPLIES = Path("/sys/class/power_supply")
"""Where Linux tells of batteries and mains."""
PATIENCE_S = 5.0
NO_BATTERY, CHARGING, UNKNOWN = 128, 8, 255
"""What Windows says in `BatteryFlag` and, where it does not know, in both."""


@dataclass(frozen=True)
class Battery:
    """How full it is, 0 to 100 %, and whether it is being charged."""

    percent: int
    charges: bool


def battery() -> Battery | None:
    """The battery of this machine; None where there is none, or the system does not say."""
    if sys.platform == "win32":
        return _of_windows()
    if sys.platform == "darwin":
        with suppress(OSError, subprocess.SubprocessError):
            said = subprocess.run(["pmset", "-g", "batt"], capture_output=True, text=True, timeout=PATIENCE_S)
            return of_pmset(said.stdout)
        return None
    return of_supplies(SUPPLIES)


def of_supplies(folder: Path) -> Battery | None:
    """What lies in a folder like `SUPPLIES`; several batteries count as one. Those of a mouse or a pen are not the
    machine's."""
    try:
        supplies = sorted(folder.iterdir())
    except OSError:
        return None
    own = [each for each in supplies if _word(each, "type") == "Battery" and _word(each, "scope") != "Device"]
    parts = [part for each in own if (part := _part(each)) is not None]
    whole = sum(full for _now, full in parts)
    if not whole:
        return None
    percent = round(100 * sum(now for now, _full in parts) / whole)
    doing = {_word(each, "status") for each in own}
    # One that is full stands by while another runs down.
    return Battery(min(100, percent), "Discharging" not in doing and not doing.isdisjoint({"Charging", "Full"}))


def _part(supply: Path) -> tuple[float, float] | None:
    """What is in a battery and what it holds, in units of its own; None where it says neither."""
    for kind in ("energy", "charge"):
        now, full = (_number(supply, f"{kind}_{word}") for word in ("now", "full"))
        if now is not None and full:
            return now, full
    share = _number(supply, "capacity")
    return None if share is None else (share, 100.0)


def _word(supply: Path, name: str) -> str:
    try:
        return (supply / name).read_text("ascii", errors="replace").strip()
    except OSError:
        return ""


def _number(supply: Path, name: str) -> float | None:
    word = _word(supply, name)
    return float(word) if word.isascii() and word.isdigit() else None


def of_pmset(said: str) -> Battery | None:
    """What macOS says of the battery inside, in the words of `pmset -g batt`."""
    found = re.search(r"InternalBattery.*?(\d{1,3})%;\s*([^;\n]+)", said)
    if found is None:
        return None
    return Battery(min(100, int(found[1])), found[2].strip() in ("charging", "charged", "finishing charge"))


def of_windows(parts: Iterable[int]) -> Battery | None:
    """What Windows says: the first three bytes of its `SYSTEM_POWER_STATUS`."""
    _mains, flag, percent = parts
    if flag == UNKNOWN or flag & NO_BATTERY or percent > 100:
        return None
    return Battery(percent, bool(flag & CHARGING))


if sys.platform == "win32":
    import ctypes

    def _of_windows() -> Battery | None:
        status = (ctypes.c_ubyte * 12)()
        told = ctypes.windll.kernel32.GetSystemPowerStatus(ctypes.byref(status))
        return of_windows(status[:3]) if told else None

else:

    def _of_windows() -> Battery | None:
        return None
