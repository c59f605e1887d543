"""The dialog for files, where the system has none of its own: what stands in it can be read in every theme."""

import math
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QToolButton, QWidget

from app.session import Session
from tests.gui.hands import until
from ui.shell.asking import Asking
from ui.shell.window import Window

Open = Callable[..., Window]
# What the screen without a screen cannot do; a real one can.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

THEMES = ("light", "dark", "red", "contrast")
LEAST_CONTRAST = 3.0
"""WCAG 2.2, 1.4.11, for what is no text; 4.5 for text is more than this."""


def _painted(widget: QWidget) -> QImage:
    """A widget as it is by itself: what paints no ground lets through what lies behind, which is black on a screen."""
    image = QImage(widget.size(), QImage.Format.Format_ARGB32)
    image.fill(QColor("black"))
    widget.render(image)
    return image


def _luminance(color: QColor) -> float:
    """WCAG 2.2, relative luminance."""
    parts = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (x / 12.92 if x <= 0.04045 else math.pow((x + 0.055) / 1.055, 2.4) for x in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(image: QImage) -> float:
    """Between the ground of a picture and what differs most from it, its edge left out."""
    inner = image.copy(image.rect().adjusted(4, 4, -4, -4))
    every = Counter(inner.pixel(x, y) for x in range(inner.width()) for y in range(inner.height()))
    ground = _luminance(QColor(every.most_common(1)[0][0]))
    others = [_luminance(QColor(each)) for each in every]
    return max((max(each, ground) + 0.05) / (min(each, ground) + 0.05) for each in others)


def _looked_at(shown: Window, look: Callable[[QFileDialog], None], folder: Path) -> None:
    """Open the dialog that a person chooses files in, and look at it."""
    done: list[bool] = []

    def at_it() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        try:
            dialog.setDirectory(str(folder))
            look(dialog)
            done.append(True)
        finally:
            dialog.reject()

    QTimer.singleShot(0, at_it)
    Asking().files(shown, "Välj foton", "Foton (*.jpg)")
    assert done, "what is wrong is told above: Qt goes on"


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_proposed_while_one_writes_the_name_of_a_file_can_be_read(
    window: Open, session: Session, theme: str, tmp_path: Path
) -> None:
    session.save(type(session.settings)(theme=theme, text=200))
    (tmp_path / "p.jpg").touch()
    shown = window(1024, 600)

    def look(dialog: QFileDialog) -> None:
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        assert isinstance(field, QLineEdit)
        field.setFocus()
        popup = field.completer().popup()
        assert popup is not None
        until(lambda: _begun(field, popup), "what begins so")
        image = _painted(popup)
        assert _contrast(image) >= 4.5
        grounds = Counter(image.pixel(x, image.height() // 2) for x in range(image.width()))
        assert QColor(grounds.most_common(1)[0][0]) == shown.look.color("raised")

    _looked_at(shown, look, tmp_path)


def _begun(field: QLineEdit, popup: QWidget) -> bool:
    """Whether something is proposed; what lies in the folder is read aside."""
    if not popup.isVisible():
        field.clear()
        QTest.keyClicks(field, "p")
    return popup.isVisible()


@pytest.mark.parametrize("theme", THEMES)
def test_the_buttons_that_lead_to_other_folders_are_seen_and_large_enough(
    window: Open, session: Session, theme: str, tmp_path: Path
) -> None:
    session.save(type(session.settings)(theme=theme, text=200, gloves=True))
    shown = window(1024, 600)

    def look(dialog: QFileDialog) -> None:
        for name in ("toParentButton", "newFolderButton", "listModeButton", "detailModeButton"):
            button = dialog.findChild(QToolButton, name)
            assert isinstance(button, QToolButton)
            assert _contrast(_painted(button)) >= LEAST_CONTRAST, name
            assert min(button.width(), button.height()) >= shown.look.target, name
        where = dialog.findChild(QComboBox, "lookInCombo")
        assert isinstance(where, QComboBox) and where.width() >= 3 * shown.look.target
        assert dialog.width() <= 1024

    _looked_at(shown, look, tmp_path)
