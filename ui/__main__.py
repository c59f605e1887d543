"""Puts everything together, once: `python -m ui`, or the command `gatljus-window`."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import platformdirs
from PySide6.QtCore import QLockFile, Qt
from PySide6.QtWidgets import QApplication

from app.base.errors import GatljusError
from app.base.words import _
from app.jobs.soundness import damaged_words
from app.session import Session, language_of, speak_language
from app.settings import load_settings
from ui.bridge.garbage import Collector
from ui.shell.hourly import Hourly
from ui.shell.receiving import resume
from ui.shell.unended import take_in_unended
from ui.shell.watching import watch_again
from ui.shell.window import Window
from ui.widgets.look import icon_named, load_fonts
from ui.widgets.notice import Notice

USAGE = """gatljus-window [FOLDER]

Öppnar fönstret; FOLDER är vandringarnas mapp / opens the window; the folder of the walks"""


def home_from(words: Sequence[str]) -> Path:
    """The folder of the home: the first word, else GATLJUS_HOME, else the system's place for a person's data."""
    said = words[0] if words else os.environ.get("GATLJUS_HOME")
    return Path(said) if said else platformdirs.user_data_path("gatljus", appauthor=False)


def main(words: Sequence[str] | None = None) -> int:
    """Open the window over a home, and return when it is closed. One window per home."""
    given = sys.argv[1:] if words is None else words
    if given and given[0].startswith("-"):
        print(USAGE)
        return 0 if given[0] in ("-h", "--help") else 2
    home = home_from(given)
    speak_language(language_of(load_settings(home).language or None))
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(sys.argv[:1])
    Collector(app)
    app.setApplicationName("Gatljus")
    app.setDesktopFileName("gatljus")
    said = ""
    while True:
        try:
            load_fonts()
            session = Session(home)
        except GatljusError as error:
            # Seldom needed, and the window would wait for it.
            from ui.shell.recovery import Recovery

            if Recovery(app, home).offer(error):
                continue
            return 1
        code = _opened(app, session, said)
        if not session.is_to_be_restored:
            return code
        from app.jobs.restore import restored_words

        # A backup was chosen to be read back: that happens when the home is opened anew.
        said = " ".join(restored_words())


def _opened(app: QApplication, session: Session, said: str) -> int:
    """The window over a home until it is closed; `said` is the first thing it says."""
    # What a killed window left behind is seen to be dead by its process id.
    lock = QLockFile(str(session.home / "window.lock"))
    lock.setStaleLockTime(0)
    if not lock.tryLock(0):
        session.leave()
        from ui.shell.recovery import Recovery

        text, advice = _("Gatljus är redan öppet för den här mappen."), _("Gå till det fönster som är öppet.")
        Recovery(app, session.home).tell(f"{text}\n{advice}")
        return 1
    window = Window(session, app, room=app.primaryScreen().availableSize())
    Hourly(window)
    resume(window)
    window.open()
    if session.unread:
        window.say(Notice(str(session.unread), icon_named("state", "warn"), problem=True))
    elif damaged := damaged_words(session):
        window.say(Notice(damaged, icon_named("state", "warn"), problem=True))
    elif said:
        window.say(Notice(said))
    take_in_unended(window)
    watch_again(window)
    code = app.exec()
    session.leave()
    lock.unlock()
    if not window.runner.ended:
        # A thread that waits for a silent server can be neither stopped nor waited for. All is in the log.
        os._exit(code)
    window.deleteLater()
    return code


if __name__ == "__main__":
    sys.exit(main())
