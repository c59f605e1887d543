"""`speaker.py HOME WALK`: a window in which a voice note is spoken and never ended; says so after three seconds."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.session import Session  # noqa: E402
from tests.gui.hands import Answers, until  # noqa: E402
from tests.gui.twins import Twins  # noqa: E402
from ui.shell.window import Window  # noqa: E402
from ui.widgets.desk import Place  # noqa: E402
from ui.widgets.look import load_fonts  # noqa: E402
from ui.widgets.voice import VoiceButton, voice_of  # noqa: E402


def main(home: str, walk: str) -> None:
    """Speak on until the process is killed."""
    app = QApplication([])
    load_fonts()
    window = Window(Session(Path(home)), app, Answers())
    window.resize(800, 1280)
    window.show()
    Twins(window.runner, seconds=600.0, fast=4.0)
    window.go(Place("walk", walk))
    until(lambda: any(each.isVisible() for each in window.findChildren(VoiceButton)), "the button")
    voice = voice_of(window.desk)
    next(each for each in window.findChildren(VoiceButton) if each.isVisible()).click()
    until(lambda: voice.seconds > 3, "three seconds")
    print("spoken", flush=True)
    until(lambda: False, "the end", 60_000)


if __name__ == "__main__":
    main(*sys.argv[1:])
