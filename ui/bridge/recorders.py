"""What this machine can take photos and record sound with."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QMediaDevices


@dataclass(frozen=True)
class Recorders:
    """What the cameras and the microphones are called; None where that cannot be known."""

    cameras: tuple[str, ...] | None = None
    microphones: tuple[str, ...] | None = None


def media_devices() -> "type[QMediaDevices] | None":
    """What tells of them, which takes a while to be read; None where the system lacks what it stands on."""
    try:
        from PySide6.QtMultimedia import QMediaDevices
    except ImportError:
        return None
    return QMediaDevices


def recorders_of(devices: "type[QMediaDevices] | None") -> Recorders:
    """What there is. In the window's thread, for it listens to what is plugged in."""
    if devices is None:
        return Recorders()
    cameras, microphones = devices.videoInputs(), devices.audioInputs()
    return Recorders(tuple(each.description() for each in cameras), tuple(each.description() for each in microphones))
