"""Handing files to the system's own programs."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_outside(path: Path) -> bool:
    """Open a file, or show what lies in a folder. Returns whether the system knows how."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
