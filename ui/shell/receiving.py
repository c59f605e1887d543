"""What is gone on with when the window opens: the receiver that was chosen, and the track that was under way."""

from importlib import import_module

from PySide6.QtCore import QTimer

from app.base.words import _
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice

AFTER_MS = 300
"""The window is there first: what serial lines and networks stand on is a tenth of a second to read in."""


def resume(window: Window) -> None:
    """Go on, a moment after the window has opened."""
    QTimer.singleShot(AFTER_MS, window, lambda: _resume(window))


def _resume(window: Window) -> None:
    said = window.session.settings.receiver
    if said:
        receivers = import_module("ui.bridge.receivers")
        window.guide.listen(receivers.receiver_of(said, window.session.clock, window.guide))
    if window.guide.take_up():
        walk = window.guide.records
        text = _("Spåret spelas fortfarande in: det var under väg när programmet stängdes.")
        there = (_("Till vandringen"), lambda: window.go(Place("walk", walk, part="map")))
        action = None if (window.place.page, window.place.walk) == ("walk", walk) else there
        window.say(Notice(text, icon_named("action", "resume"), action=action).after(window.tray.notice))
    elif window.guide.cut_off:
        walk = window.guide.cut_off
        text = _("Övningen avbröts när programmet stängdes, och är slut. Det som noterades i den finns kvar.")
        there = (_("Läge och övning"), lambda: window.go(Place("position", walk)))
        window.say(Notice(text, icon_named("action", "rehearse"), action=there).after(window.tray.notice))
