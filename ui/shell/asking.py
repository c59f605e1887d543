"""Asking a person for a file or a folder, with the system's own dialogs."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

Known = QStandardPaths.StandardLocation

ANY_FOLDER = "/"
"""Of folders there is one sort."""


class Asking:
    """Paths that a person chose; None, or none at all, where the dialog was closed. A dialog opens where the one before
    for the same sort of files was left, the first time among a person's pictures or documents."""

    def __init__(self) -> None:
        self._last: dict[str, Path] = {}

    def _start(self, sort: str, usual: Known) -> Path:
        """A folder that is there: of one that is not, Qt proposes the name as that of a file."""
        known = QStandardPaths.writableLocation(usual)
        likely = (self._last.get(sort), Path(known) if known else None, Path.home())
        return next((each for each in likely if each is not None and each.is_dir()), Path.cwd())

    def folder(self, parent: QWidget, title: str) -> Path | None:
        """A folder."""
        said = QFileDialog.getExistingDirectory(parent, title, str(self._start(ANY_FOLDER, Known.HomeLocation)))
        if said:
            self._last[ANY_FOLDER] = Path(said)
        return Path(said) if said else None

    def files(self, parent: QWidget, title: str, kinds: str) -> list[Path]:
        """Files of these kinds (`Foton (*.jpg *.heic)`); with `;;` between them, the first is their sort."""
        sort = kinds.partition(";;")[0]
        usual = Known.PicturesLocation if "*.jpg" in sort else Known.DocumentsLocation
        said, _kind = QFileDialog.getOpenFileNames(parent, title, str(self._start(sort, usual)), kinds)
        if said:
            self._last[sort] = Path(said[0]).parent
        return [Path(each) for each in said]

    def new_file(self, parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
        """Where to write a file, by default called `name`."""
        where = str(self._start(kinds, Known.DocumentsLocation) / name)
        said, _kind = QFileDialog.getSaveFileName(parent, title, where, kinds)
        if said:
            self._last[kinds] = Path(said).parent
        return Path(said) if said else None
