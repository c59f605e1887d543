"""Handing files to the system's own programs."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app.base.words import _
from ui.widgets.desk import Desk
from ui.widgets.notice import Notice


def open_outside(path: Path) -> bool:
    """Open a file, or show what lies in a folder. Returns whether the system knows how."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def open_file(desk: Desk, path: Path) -> None:
    """Open a file or a folder in the system's own program; say where it lies where there is none."""
    if not open_outside(path):
        desk.say(Notice(_("Inget program öppnar den. Den ligger i {path}.").format(path=path), problem=True))
