"""Voice notes that the program was killed in the middle of: taken in when the window opens, and said."""

from app.base.words import _, ngettext
from app.commands.voice import keep_unended
from ui.bridge.runner import Failure
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice


def take_in_unended(window: Window) -> None:
    """Keep them; where they cannot be, say why, and keep them the next time."""
    kept, waits = keep_unended(window.session)
    for error in waits:
        window.fail(Failure.of(error))
    if kept:
        text = ngettext(
            "{n} röstanteckning som inte hann avslutas är sparad.",
            "{n} röstanteckningar som inte hann avslutas är sparade.",
            len(kept),
        ).format(n=len(kept))
        walk = kept[0].scope
        show = (_("Visa"), lambda: window.go(Place("voices", walk)))
        window.say(Notice(text, icon_named("action", "voice"), action=show).after(window.tray.notice))
