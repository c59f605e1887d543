"""The camera's folder that was watched when the program ended is watched again."""

from app.settings import load_watched
from ui.shell.window import Window
from ui.widgets.photo_watch import watch_of


def watch_again(window: Window) -> None:
    """Go on, where a folder was watched."""
    if load_watched(window.session.home):
        watch_of(window.shown.desk).resume()
