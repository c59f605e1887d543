"""`noting_slowly.py HOME WALK`: opens the window, notes an observation by hand and types what was seen, letter by
letter. Each act is told on a line of its own when it has been done, so that who kills this process knows what it did.
"""

import json
import sys
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.session import Session  # noqa: E402
from tests.gui.hands import press, type_text  # noqa: E402
from ui.shell.window import Window  # noqa: E402
from ui.widgets.desk import Place  # noqa: E402
from ui.widgets.look import load_fonts  # noqa: E402

TEXT = "Två lampor är släckta vid grinden, och häcken skymmer sikten åt höger när man kommer från tåget."
LETTER_MS = 60


def told(act: str, text: str = "") -> None:
    """Say what was done."""
    print(json.dumps({"act": act, "text": text}), flush=True)


def main(home: str, walk: str) -> None:
    """Note it."""
    app = QApplication([])
    load_fonts()
    window = Window(Session(Path(home)), app)
    window.resize(800, 1280)
    window.show()
    window.go(Place("observe", walk))
    told("open")
    for name, act in (("Belysning", "category"), ("Lampa släckt eller trasig", "item"), ("Egna ord", "words")):
        QTest.qWait(300)
        press(window, name)
        told(act)
    QTest.qWait(300)
    (field,) = (each for each in window.findChildren(QPlainTextEdit) if each.isVisible())
    field.setFocus()
    for count, letter in enumerate(TEXT, 1):
        type_text(field, letter)
        told("letter", TEXT[:count])
        QTest.qWait(LETTER_MS)
    told("over")
    QTest.qWait(60_000)


if __name__ == "__main__":
    main(*sys.argv[1:])
