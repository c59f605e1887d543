"""A notice of many words, and what it covers of what is pressed or must be read."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLabel, QWidget

from tests.gui.hands import buttons
from ui.shell.window import Window
from ui.widgets.map_view import MapView
from ui.widgets.notice import Notice

LONG = Notice(
    "Filen Rutt runt Kajsaniemiparken.gpx kan inte läsas. Välj en fil som är GPX, GeoJSON eller NMEA.", problem=True
)


def seen_of(widget: QWidget, window: Window) -> QRect:
    """What is seen of a widget, in the window."""
    part = widget.visibleRegion().boundingRect()
    return part.translated(widget.mapTo(window, QPoint(0, 0)))


def covered(window: Window) -> list[str]:
    """What lies under the notices: buttons, words, the attribution of a map."""
    tray = window.tray
    over = QRect(tray.mapTo(window, QPoint(0, 0)), tray.size())
    found = [
        f"{type(each).__name__} {each.accessibleName()!r}"
        for each in (*buttons(window), *(label for label in window.findChildren(QLabel) if label.isVisible()))
        if not tray.isAncestorOf(each) and seen_of(each, window).intersects(over)
    ]
    for each in window.findChildren(MapView):
        plate = each._plate.box.translated(each.mapTo(window, QPoint(0, 0)))
        if each.isVisible() and plate.intersects(over):
            found.append("the attribution of a map")
    return found
