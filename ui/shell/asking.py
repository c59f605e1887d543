"""Asking a person for a file or a folder, with the system's own dialogs."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

Known = QStandardPaths.StandardLocation


class Asking:
    """Paths that a person chose; None, or none at all, where the dialog was closed. A dialog opens where the one before
    of its kind was left, the first time among a person's pictures or documents."""

    def __init__(self) -> None:
        self._last: dict[Known, Path] = {}

    def _start(self, kind: Known) -> Path:
        return self._last.get(kind) or Path(QStandardPaths.writableLocation(kind) or Path.home())

    def folder(self, parent: QWidget, title: str) -> Path | None:
        """A folder."""
        said = QFileDialog.getExistingDirectory(parent, title, str(self._start(Known.HomeLocation)))
        if said:
            self._last[Known.HomeLocation] = Path(said)
        return Path(said) if said else None

    def files(self, parent: QWidget, title: str, kinds: str) -> list[Path]:
        """Files of these kinds (`Foton (*.jpg *.heic)`)."""
        said, _kind = QFileDialog.getOpenFileNames(parent, title, str(self._start(Known.PicturesLocation)), kinds)
        if said:
            self._last[Known.PicturesLocation] = Path(said[0]).parent
        return [Path(each) for each in said]

    def new_file(self, parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
        """Where to write a file, by default called `name`."""
        where = str(self._start(Known.DocumentsLocation) / name)
        said, _kind = QFileDialog.getSaveFileName(parent, title, where, kinds)
        if said:
            self._last[Known.DocumentsLocation] = Path(said).parent
        return Path(said) if said else None
