"""Opens the page of photos in a home once and prints [seconds until it is there, most bytes of memory]."""

import json
import sys
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.session import Session
from tests.gui.hands import wait
from ui.bridge.garbage import Collector
from ui.screens.photos import PhotosScreen
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.look import load_fonts
from ui.widgets.photo_cell import LEAST_CELL

if sys.platform != "win32":
    import resource


def _most_memory() -> int:
    """Bytes. Linux counts what the process that started this one had, too, but for what /proc says."""
    if sys.platform == "linux":
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return 1024 * next(int(each.split()[1]) for each in lines if each.startswith("VmHWM:"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss if sys.platform != "win32" else 0


def measure(home: Path, walk: str) -> tuple[float, int]:
    """Seconds until the list is there, most bytes of memory."""
    app = QApplication([])
    Collector(app)
    load_fonts()
    window = Window(Session(home), app)
    window.show()
    wait(500)
    started = time.perf_counter()
    window.go(Place("photos", walk))
    screen = window.shown
    assert isinstance(screen, PhotosScreen) and screen.gallery is not None
    grid = screen.gallery.grid
    # Painting asks for what can be seen; the second painting shows it.
    window.grab()
    while window.pictures.waits():
        app.processEvents()
    window.grab()
    spent = time.perf_counter() - started
    seen = [each for each in grid.cells.things[: grid.columns] if window.pictures.get(each.thumb, 2 * LEAST_CELL)]
    assert len(seen) == grid.columns > 1
    assert len(grid.cells.things) >= 1_000
    bar = grid.verticalScrollBar()
    for place in (*range(0, bar.maximum(), 400), bar.maximum(), 0):
        bar.setValue(place)
        wait(5)
    most = _most_memory()
    window.close()
    return spent, most


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), sys.argv[2])))
