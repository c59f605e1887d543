"""`closing_window.py HOME`: the program as `python -m ui HOME` begins it, with a key (F12) that closes its window. On a
screen without a window manager there is no frame to close it by."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from PySide6.QtGui import QShortcut  # noqa: E402

from ui.shell import receiving  # noqa: E402
from ui.shell.window import Window  # noqa: E402

_resume = receiving.resume


def _with_key(window: Window) -> None:
    QShortcut("F12", window, window.close)
    _resume(window)


receiving.resume = _with_key

from ui.__main__ import main  # noqa: E402, it takes what is there now

if __name__ == "__main__":
    sys.exit(main())
