"""`twin_window.py HOME`: the program as `python -m ui HOME` begins it, on a machine whose microphone is a software
twin."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.gui.twins import Twins  # noqa: E402
from ui.shell import receiving  # noqa: E402
from ui.shell.window import Window  # noqa: E402

_resume = receiving.resume


def _with_twins(window: Window) -> None:
    Twins(window.runner)
    _resume(window)


receiving.resume = _with_twins

from ui.__main__ import main  # noqa: E402, it takes what is there now

if __name__ == "__main__":
    sys.exit(main())
