"""Where the system's dialogs open."""

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.shell.asking import Asking

PHOTOS, ROUTES = "Foton (*.jpg *.png)", "Rutter (*.gpx)"


class Dialogs:
    """Where each dialog opened, and what was chosen in it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, usual: Path) -> None:
        self.opened: list[Path] = []
        self.chosen: list[Path] = []

        def files(_parent: object, _title: str, where: str, _kinds: str) -> tuple[list[str], str]:
            self.opened.append(Path(where))
            return [str(each) for each in self.chosen], ""

        def usual_of(_kind: object) -> str:
            return str(usual)

        monkeypatch.setattr(QFileDialog, "getOpenFileNames", files)
        monkeypatch.setattr(QStandardPaths, "writableLocation", usual_of)
        monkeypatch.setattr(Path, "home", lambda: usual.parent)


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Dialogs:
    """Dialogs of somebody who has no folder for pictures."""
    return Dialogs(monkeypatch, tmp_path / "Pictures")


def test_a_dialog_opens_in_a_folder_that_is_there(dialogs: Dialogs, tmp_path: Path) -> None:
    asking, parent = Asking(), QWidget()
    asking.files(parent, "Foton", PHOTOS)
    (tmp_path / "Pictures").mkdir()
    asking.files(parent, "Foton", PHOTOS)
    stick = tmp_path / "sticka"
    stick.mkdir()
    dialogs.chosen = [stick / "a.jpg"]
    asking.files(parent, "Foton", PHOTOS)
    stick.rmdir()
    asking.files(parent, "Foton", PHOTOS)
    assert dialogs.opened == [tmp_path, tmp_path / "Pictures", tmp_path / "Pictures", tmp_path / "Pictures"]


def test_each_sort_of_file_is_looked_for_where_it_was_found_last(dialogs: Dialogs, tmp_path: Path) -> None:
    asking, parent = Asking(), QWidget()
    for name, kinds in (("rutter", ROUTES), ("kort", PHOTOS)):
        (tmp_path / name).mkdir()
        dialogs.chosen = [tmp_path / name / "fil"]
        asking.files(parent, "Välj", kinds)
    asking.files(parent, "Rutt", ROUTES)
    asking.files(parent, "Foton", f"{PHOTOS};;Alla filer (*)")
    assert dialogs.opened == [tmp_path, tmp_path, tmp_path / "rutter", tmp_path / "kort"]
