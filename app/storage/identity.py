"""Which device this home is.

`device.json` lies beside the database: {"device", "machine", "home"}. A new device id is taken when it is missing,
when machine or path differ (a copied home, a disk image), or when a restore or a target says so. The old id's changes
are then another device's.
"""

import hashlib
import json
import os
import re
import secrets
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from app.base.files import locked, make_folder, write_atomically
from app.domain.record import is_id
from app.domain.stamp import Chance

if sys.platform == "win32":
    import winreg

LOCK = "lock"
"""The file that is locked while an identity is taken."""

Mark = tuple[int, int] | None
"""What is another when `device.json` is another."""


@dataclass(frozen=True)
class Identity:
    """The device id that changes carry, this machine's id, and the id this home had before, if any."""

    device: str
    machine: str
    was: str | None = None


def machine_id() -> str:
    """A stable id of this machine, 32 hex, the same for all homes on it. GATLJUS_MACHINE overrides it."""
    said = os.environ.get("GATLJUS_MACHINE") or _system_id() or _kept_id()
    return hashlib.sha256(f"gatljus {said}".encode()).hexdigest()[:32]


def _system_id() -> str:
    """What the operating system calls this machine; "" where it does not say. Not the network card's number: which
    card comes first changes, and where there is none Python draws a number at every start."""
    try:
        if sys.platform == "win32":
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
                return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        if sys.platform == "darwin":
            ask = ["/usr/sbin/ioreg", "-rd1", "-c", "IOPlatformExpertDevice"]
            said = subprocess.run(ask, capture_output=True, text=True, timeout=5, check=True).stdout
            found = re.search(r'"IOPlatformUUID" = "([^"]+)"', said)
            return found[1] if found else ""
        return Path("/etc/machine-id").read_text().strip()
    except (OSError, subprocess.SubprocessError):
        return ""


def _kept_id() -> str:
    """An id made once and kept among the person's own settings, outside any home, so that a copied home leaves it."""
    folder = platformdirs.user_config_path("gatljus", appauthor=False)
    kept = folder / "machine"
    if not kept.is_file():
        make_folder(folder)
        with locked(folder / LOCK):
            if not kept.is_file():
                write_atomically(kept, secrets.token_hex(16).encode())
    return kept.read_text()


def _path(home: Path) -> Path:
    return home / "device.json"


def _write(home: Path, identity: Identity, folder: Path) -> Identity:
    said = {"device": identity.device, "machine": identity.machine, "home": str(home.resolve()), "was": identity.was}
    write_atomically(_path(folder), json.dumps(said, indent=1).encode())
    return identity


def renew(home: Path, was: str | None, chance: Chance, folder: Path | None = None) -> Identity:
    """Take a new device id; written into `folder`, which is the home itself unless another is said."""
    return _write(home, Identity(chance(16), machine_id(), was), folder or home)


def last_device(home: Path) -> str | None:
    """The device id that the file says, wherever it is from; None where it says none."""
    return _said(home).get("device")


def _said(home: Path) -> dict[str, Any]:
    try:
        said = json.loads(_path(home).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) and is_id(said.get("device")) else {}


def standing(home: Path) -> Identity | None:
    """The identity of a home; None where the file is missing, unreadable or from another place or machine."""
    said = _said(home)
    if (said.get("machine"), said.get("home")) != (machine_id(), str(home.resolve())):
        return None
    return Identity(said["device"], said["machine"], said.get("was"))


def identify(home: Path, chance: Chance) -> Identity:
    """The identity of a home, a new one where none stands."""
    found = standing(home)
    if found is None:
        with locked(home / LOCK):
            # Another process may have been first.
            found = standing(home) or renew(home, last_device(home), chance)
    return found


def mark_of(home: Path) -> Mark:
    """Changes when a home gets another identity; None where it has none."""
    try:
        # Asked in every write; a Path would take ten times as long.
        found = os.stat(f"{home}/device.json")
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino
