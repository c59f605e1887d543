"""Where Python collects its garbage: in the window's own thread, between two events, and nowhere else.

Left to itself Python collects in whichever thread allocates most, at any call. A job's thread would then destroy what
the window made, and Qt could lose a widget while it goes through all of them to show them in another theme: either ends
the program. Other programs over Qt do the same (Anki, calibre, pyqtgraph).
"""

import gc

from PySide6.QtCore import QObject, Qt, QTimer

EVERY_MS = 1000


class Collector(QObject):
    """Collects when it is due, looked at once a second, in the thread that made it while its event loop runs."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self._collect)
        self._timer.start(EVERY_MS)

    def _collect(self) -> None:
        """The oldest generation that is due, as Python would choose it: each counts how often the younger one was
        collected."""
        due = [
            n for n, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if count > most
        ]
        if due:
            gc.collect(due[-1])

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()
