"""The page with the time and its code, which a camera photographs, in a real window."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice

from app.photos.clock_page import moment_shown
from app.session import Session
from tests.gui.hands import until, wait
from ui.screens.clock import ClockScreen
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.qr import QrCode

Open = Callable[..., Window]


def _seen(code: QrCode) -> datetime | None:
    """The moment that a camera reads."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    code.grab().save(buffer, "PNG")
    with Image.open(BytesIO(data.data())) as picture:
        return moment_shown(picture.convert("RGB"))


@pytest.mark.parametrize("theme", ["light", "red"])
def test_the_clock_page_shows_the_time_as_a_code_that_a_camera_reads(
    window: Open, walk: str, session: Session, theme: str
) -> None:
    session.save(type(session.settings)(theme=theme))
    shown = window()
    shown.go(Place("clock", walk))
    (code,) = shown.shown.findChildren(QrCode)
    first = _seen(code)
    assert first is not None and abs((first - session.clock()).total_seconds()) < 30
    until(lambda: _seen(code) not in (None, first), "the next second")


def test_the_clock_page_tells_the_satellites_time_where_the_devices_clock_is_wrong(
    window: Open, walk: str, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = window()
    monkeypatch.setattr(type(shown.guide.clock), "ahead_s", 600.0)
    shown.go(Place("clock", walk))
    screen = shown.shown
    assert isinstance(screen, ClockScreen)
    assert abs((session.clock() - screen.moment()).total_seconds() - 600) < 30


def test_nothing_ticks_once_the_clock_page_is_left(window: Open, walk: str) -> None:
    shown = window()
    shown.go(Place("clock", walk))
    screen = shown.shown
    assert isinstance(screen, ClockScreen) and screen._tick.isActive()
    (code,) = screen.findChildren(QrCode)
    screen.hide()
    assert not screen._tick.isActive()
    before = code.pixmap().cacheKey()
    wait(1500)
    assert code.pixmap().cacheKey() == before
