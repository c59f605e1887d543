"""Photos in a walk for tests of windows: small files of one's own, kept as an import keeps them; hands and eyes for the
pages of photos."""

import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.commands.drafts import new_record
from app.commands.photos import photo_id
from app.domain.change import Draft
from app.domain.records import Photo, SafetyWalk
from app.domain.values import TakenAtSource
from app.session import Session
from tests.gui.hands import named, until, wait
from ui.screens.photo import PhotoScreen
from ui.screens.photos import PhotosScreen
from ui.shell.window import Window
from ui.widgets.photo_grid import PhotoGrid
from ui.widgets.rows import RowList

DATA = Path(__file__).resolve().parents[1] / "data" / "photos"


def card(folder: Path, *names: str) -> Path:
    """A camera's card with these of the tests' photos."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        shutil.copy(DATA / name, folder / name)
    return folder


def drawn(color: str, size: tuple[int, int] = (64, 48)) -> bytes:
    """A JPEG of one colour."""
    out = BytesIO()
    Image.new("RGB", size, color).save(out, "JPEG")
    return out.getvalue()


def keep(session: Session, walk: str, number: int, **said: Any) -> str:
    """Keep a small photo, the `number`th. Returns its id. The original is no picture: whoever decodes it fails."""
    (about,) = session.read(SafetyWalk, {"id": walk})
    assert isinstance(about.starts, datetime)
    original = session.blobs.put(f"the original of {number}, which nobody may decode".encode())
    values = {
        "original": original,
        "report": session.blobs.put(drawn(f"#{number % 256:02x}8060", (640, 480 + number))),
        "thumb": session.blobs.put(drawn(f"#{number % 256:02x}4040", (320, 240 + number))),
        "name": f"IMG_{number:04d}.JPG",
        "format": "JPEG",
        "width": 640,
        "height": 480,
        "taken_at": about.starts + timedelta(minutes=number),
        "taken_at_source": TakenAtSource.OFFSET,
        **said,
    }
    record = photo_id(walk, original)
    drafts: Sequence[Draft] = new_record(session, Photo, record, values)
    session.write(walk, drafts)
    return record


def photos_page(shown: Window) -> PhotosScreen:
    """The page of photos."""
    assert isinstance(shown.shown, PhotosScreen)
    return shown.shown


def grid(shown: Window) -> PhotoGrid:
    """The grid of photos."""
    gallery = photos_page(shown).gallery
    assert gallery is not None
    return gallery.grid


def cells(shown: Window) -> dict[str, str]:
    """What is read of each photo in the grid, by file name."""
    return {each.name: each.spoken for each in grid(shown).cells.things}


def outcome(shown: Window) -> dict[str, tuple[str, str]]:
    """What came of each file, by its name: state and sentence."""
    found = named(shown, "Filer", RowList)
    assert isinstance(found, RowList)
    return {each.title: (each.chip[0] if each.chip else "", each.detail) for each in found.rows.things}


def all_in(shown: Window) -> None:
    """Wait until the import has ended and the page says so."""
    until(lambda: not shown.runner.busy, "the end of the import", 60_000)
    until(lambda: not photos_page(shown)._importing and not photos_page(shown)._soon.isActive(), "the outcome")
    wait(0)


def press_cell(shown: Window, place: int) -> None:
    """Press a photo in the middle."""
    seen = grid(shown)
    index = seen.cells.index(place)
    seen.scrollTo(index)
    point = seen.visualRect(index).center()
    QTest.mouseClick(seen.viewport(), Qt.MouseButton.LeftButton, pos=point)


def choose_row(shown: Window, name: str, key: str) -> None:
    """Press a row of a list."""
    found = named(shown, name, RowList)
    assert isinstance(found, RowList)
    index = next(found.rows.index(k) for k, each in enumerate(found.rows.things) if each.key == key)
    found.scrollTo(index)
    QTest.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=found.visualRect(index).center())


def dropped(widget: QWidget, mime: QMimeData) -> None:
    """Carry something over a widget and let it go there."""
    middle = QPointF(widget.rect().center())
    acts, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(middle.toPoint(), acts, mime, left, none)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    drop = QDropEvent(middle, acts, mime, left, none)
    QApplication.sendEvent(widget, drop)
    assert drop.isAccepted()


def files(*paths: Path) -> QMimeData:
    """Files on their way."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(each)) for each in paths])
    return mime


def photo_page(shown: Window) -> PhotoScreen:
    """The page of one photo."""
    assert isinstance(shown.shown, PhotoScreen)
    return shown.shown
