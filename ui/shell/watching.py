"""The camera's folder that was watched when the program ended is watched again."""

from importlib import import_module

from app.settings import load_watched
from ui.shell.window import Window


def watch_again(window: Window) -> None:
    """Go on, where a folder was watched. Most homes watch none: what reads photos in is a tenth of a second to read in
    itself, and the window would wait for it."""
    if load_watched(window.session.home):
        import_module("ui.widgets.photo_watch").watch_of(window.shown.desk).resume()
