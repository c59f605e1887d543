"""Asking a person for a file or a folder, with the system's own dialogs."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


class Asking:
    """Paths that a person chose; None, or none at all, where the dialog was closed."""

    def folder(self, parent: QWidget, title: str) -> Path | None:
        """A folder."""
        said = QFileDialog.getExistingDirectory(parent, title)
        return Path(said) if said else None

    def files(self, parent: QWidget, title: str, kinds: str) -> list[Path]:
        """Files of these kinds (`Foton (*.jpg *.heic)`)."""
        said, _kind = QFileDialog.getOpenFileNames(parent, title, "", kinds)
        return [Path(each) for each in said]

    def new_file(self, parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
        """Where to write a file, by default called `name`."""
        said, _kind = QFileDialog.getSaveFileName(parent, title, name, kinds)
        return Path(said) if said else None
