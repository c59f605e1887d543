"""`recording.py HOME HOURS SPEED`: the window at a walk of so many hours, recording it while it is played. Prints what
share of one processor it took, and its memory (PSS, bytes) after ten minutes of the walk and at its end.

Run as a process of its own by `bench_field.py`.
"""

import math
import random
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.commands.walks import new_walk  # noqa: E402
from app.domain.geo import Plane  # noqa: E402
from app.domain.track import Fix  # noqa: E402
from app.domain.values import Position  # noqa: E402
from app.session import Session  # noqa: E402
from tests.gui.hands import wait  # noqa: E402
from ui.bridge.garbage import Collector  # noqa: E402
from ui.bridge.receivers import PlayedReceiver  # noqa: E402
from ui.shell.window import Window  # noqa: E402
from ui.widgets.desk import Place  # noqa: E402
from ui.widgets.look import load_fonts  # noqa: E402

SETTLES_MS = 3000
MIDDLE = Position(60.1720, 24.9440)
BEGINS = datetime(2026, 10, 23, 16, 5, tzinfo=UTC)
ROUND_M, USUAL_MPS, SHAKES_M = 200.0, 1.3, 2.0


def fixes(hours: float) -> list[Fix]:
    """Somebody who walks round a block, seen by a receiver that shakes."""
    rng, plane, found = random.Random(17), Plane(MIDDLE), []
    for second in range(round(3600 * hours)):
        turn = second * USUAL_MPS / ROUND_M
        x, y = ROUND_M * math.cos(turn) + rng.gauss(0, SHAKES_M), ROUND_M * math.sin(turn) + rng.gauss(0, SHAKES_M)
        at = plane.position(x, y)
        found.append(Fix(BEGINS + timedelta(seconds=second), at.lat, at.lon, hdop=1.0, speed_mps=USUAL_MPS))
    return found


def pss() -> int:
    """The memory that is this process's own, with its share of what it shares."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return next(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def main(home: Path, hours: float, speed: float) -> None:
    """Measure and print."""
    app = QApplication([])
    Collector(app)
    load_fonts()
    session = Session(home)
    walk = new_walk(session, {"title": "Mätning", "info_shown_at": session.clock()})
    window = Window(session, app)
    window.show()
    window.go(Place("walk", walk, part=f"map:{MIDDLE.lat},{MIDDLE.lon},16"))
    wait(SETTLES_MS)
    window.guide.record(walk)
    window.guide.listen(PlayedReceiver(fixes(hours), speed, window.guide))
    whole = 3600 * hours / speed
    first = min(600 / speed, whole / 2)
    began, used = time.monotonic(), time.process_time()
    wait(round(1000 * first))
    early = pss()
    wait(round(1000 * (whole - first)))
    share = (time.process_time() - used) / (time.monotonic() - began)
    print(share, early, pss())
    window.close()
    session.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]))
