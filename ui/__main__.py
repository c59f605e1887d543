"""Puts everything together, once: `python -m ui`, or the command `gatljus-window`."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import platformdirs
from PySide6.QtCore import QLockFile, Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from app.base.errors import GatljusError
from app.base.words import _
from app.session import Session, language_of, speak_language
from app.settings import load_settings
from ui.bridge.garbage import Collector
from ui.shell.theme import put_on
from ui.shell.window import Window
from ui.widgets.look import Look, load_fonts


def home_from(words: Sequence[str]) -> Path:
    """The folder of the home: the first word, else GATLJUS_HOME, else the system's place for a person's data."""
    said = words[0] if words else os.environ.get("GATLJUS_HOME")
    return Path(said) if said else platformdirs.user_data_path("gatljus", appauthor=False)


def _refuse(app: QApplication, text: str, advice: str) -> int:
    put_on(app, Look())
    box = QMessageBox(QMessageBox.Icon.Warning, "Gatljus", f"{text}\n{advice}")
    box.addButton(_("Stäng"), QMessageBox.ButtonRole.AcceptRole)
    box.exec()
    return 1


def main(words: Sequence[str] | None = None) -> int:
    """Open the window over a home, and return when it is closed. One window per home."""
    home = home_from(sys.argv[1:] if words is None else words)
    speak_language(language_of(load_settings(home).language or None))
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(sys.argv[:1])
    Collector(app)
    app.setApplicationName("Gatljus")
    app.setDesktopFileName("gatljus")
    try:
        load_fonts()
        session = Session(home)
    except GatljusError as error:
        return _refuse(app, error.text, error.advice)
    # What a killed window left behind is seen to be dead by its process id.
    lock = QLockFile(str(session.home / "window.lock"))
    lock.setStaleLockTime(0)
    if not lock.tryLock(0):
        session.close()
        return _refuse(app, _("Gatljus är redan öppet för den här mappen."), _("Gå till det fönster som är öppet."))
    window = Window(session, app, room=app.primaryScreen().availableSize())
    window.open()
    code = app.exec()
    session.close()
    lock.unlock()
    if not window.runner.ended:
        # A thread that waits for a silent server can be neither stopped nor waited for. All is in the log.
        os._exit(code)
    return code


if __name__ == "__main__":
    sys.exit(main())
