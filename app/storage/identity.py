"""Which device this home is.

`device.json` lies beside the database: {"device", "machine", "home"}. A new device id is taken when it is missing,
when machine or path differ (a copied home, a disk image), or when a restore or a target says so. The old id's changes
are then another device's.
"""

import hashlib
import json
import os
import platform
import uuid
from dataclasses import dataclass
from pathlib import Path

from app.base.files import write_atomically
from app.domain.record import is_id
from app.domain.stamp import Chance


@dataclass(frozen=True)
class Identity:
    """The device id that changes carry, this machine's id, and the id this home had before, if any."""

    device: str
    machine: str
    was: str | None = None


def machine_id() -> str:
    """A stable id of this machine, 32 hex, the same for all homes on it. GATLJUS_MACHINE overrides it."""
    said = os.environ.get("GATLJUS_MACHINE")
    if said is None:
        known = Path("/etc/machine-id")
        said = known.read_text().strip() if known.is_file() else ""
    text = said or f"{platform.node()} {uuid.getnode():x}"
    return hashlib.sha256(f"gatljus {text}".encode()).hexdigest()[:32]


def _path(home: Path) -> Path:
    return home / "device.json"


def _write(home: Path, identity: Identity) -> Identity:
    said = {"device": identity.device, "machine": identity.machine, "home": str(home.resolve()), "was": identity.was}
    write_atomically(_path(home), json.dumps(said, indent=1).encode())
    return identity


def renew(home: Path, was: str | None, chance: Chance) -> Identity:
    """Take a new device id."""
    return _write(home, Identity(chance(16), machine_id(), was))


def identify(home: Path, chance: Chance) -> Identity:
    """The identity of a home; a new one where the file is missing, unreadable or from another place or machine."""
    try:
        said = json.loads(_path(home).read_text("utf-8"))
        device, machine, where, was = said["device"], said["machine"], said["home"], said.get("was")
    except (OSError, ValueError, KeyError, TypeError):
        return renew(home, None, chance)
    if not is_id(device):
        return renew(home, None, chance)
    if (machine, where) != (machine_id(), str(home.resolve())):
        return renew(home, device, chance)
    return Identity(device, machine, was)
