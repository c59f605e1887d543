"""Notices lie where nothing is pressed and nothing must be read."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLabel, QWidget

from app.base.job import Job, Step
from app.commands.observations import observe
from app.session import Session
from tests.gui.hands import buttons, until, wait
from tests.gui.opening import Opener
from tests.gui.pages import EVERY
from ui.shell.failure import FailurePage
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.map_view import MapView
from ui.widgets.notice import MOMENT, Notice

LONG = Notice(
    "Filen Rutt runt Kajsaniemiparken.gpx kan inte läsas. Välj en fil som är GPX, GeoJSON eller NMEA.", problem=True
)


Opens = Callable[..., Window]


def nothing() -> Job[None]:
    """A job that is over at once."""
    yield Step("")


def _seen(widget: QWidget, window: Window) -> QRect:
    """What is seen of a widget, in the window."""
    part = widget.visibleRegion().boundingRect()
    return part.translated(widget.mapTo(window, QPoint(0, 0)))


def _covered(window: Window) -> list[str]:
    tray = window.tray
    over = QRect(tray.mapTo(window, QPoint(0, 0)), tray.size())
    found = [
        f"{type(each).__name__} {each.accessibleName()!r}"
        for each in (*buttons(window), *(label for label in window.findChildren(QLabel) if label.isVisible()))
        if not tray.isAncestorOf(each) and _seen(each, window).intersects(over)
    ]
    for each in window.findChildren(MapView):
        plate = each._plate.box.translated(each.mapTo(window, QPoint(0, 0)))
        if each.isVisible() and plate.intersects(over):
            found.append("the attribution of a map")
    return found


def _said(window: Window) -> str:
    return window.tray.notice.text if window.tray.notice else ""


def test_what_nobody_pressed_for_waits_until_what_can_be_undone_is_over(window: Opens, walk: str) -> None:
    shown = window()
    shown.go(Place("walk", walk, part="map"))
    done = Notice("Foto sparat.", undo=True)
    shown.say(done)
    shown.say(Notice("Ni är framme vid stopp 2.", action=("Vi är här", lambda: None), waits=True))
    assert shown.tray.notice == done
    shown.tray.clear()
    assert _said(shown) == "Ni är framme vid stopp 2."
    shown.tray.clear()
    assert _said(shown) == ""


def test_a_problem_is_over_when_one_goes_on_after_it_was_seen(window: Opens, session: Session, walk: str) -> None:
    shown = window()
    shown.go(Place("observations", walk))
    shown.say(LONG)
    observe(session, walk, {"item": "A1"})
    shown.bell.settle()
    assert shown.tray.notice == LONG, "nobody can have seen it yet"
    wait(round(1000 * MOMENT) + 50)
    observe(session, walk, {"item": "A1"})
    shown.bell.settle()
    assert shown.tray.notice is None
    shown.say(LONG)
    wait(round(1000 * MOMENT) + 50)
    finish_ = shown.work("Prövas", nothing)
    assert shown.tray.notice is None
    until(finish_.isFinished, "the end")


@pytest.mark.parametrize(("size", "text"), [((1280, 800), 100), ((800, 1280), 200), ((1024, 600), 100)])
def test_a_notice_covers_nothing_that_is_pressed_or_read(at: Opener, size: tuple[int, int], text: int) -> None:
    wrong = []
    for page in EVERY:
        window = at(page, size, text=text)
        if window.findChildren(FailurePage):
            continue
        window.say(LONG)
        wait(60)
        assert window.tray.isVisible()
        wrong += [f"{page}: {each}" for each in _covered(window)]
        window.tray.clear()
    assert not wrong, "\n".join(wrong)
