"""The camera's folder that was watched when the program ended is watched again."""

from app.settings import load_watched
from ui.shell.window import Window


def watch_again(window: Window) -> None:
    """Go on, where a folder was watched."""
    if load_watched(window.session.home):
        # What reads photos in takes a tenth of a second to read in itself, and most homes watch nothing.
        from ui.widgets.photo_watch import watch_of

        watch_of(window.shown.desk).resume()
