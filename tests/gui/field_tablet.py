"""`field_tablet.py HOME RECEIVER`: a window of its own, at a walk, listening to a receiver. Each line read is
something to do; when it has been done, a line of JSON answers what is so now. It is begun as the program is, so that
one that was killed goes on where it was."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.domain.records import Observation, SafetyWalk, TrackChunk  # noqa: E402
from app.session import Session  # noqa: E402
from tests.gui.hands import Answers, press, wait  # noqa: E402
from ui.bridge.garbage import Collector  # noqa: E402
from ui.bridge.receiver import State  # noqa: E402
from ui.shell.receiving import resume  # noqa: E402
from ui.shell.window import Window  # noqa: E402
from ui.widgets.desk import Place  # noqa: E402
from ui.widgets.look import load_fonts  # noqa: E402

PHOTOS = ROOT / "tests" / "data" / "photos"
SHOTS = {"a": ("fold_1.jpg", "IMG_0412.jpg", "IMG_1204.JPG"), "b": ("DSC00031.JPG", "fold_2.jpg")}
"""The photos that are taken, by the name of the home."""


class FieldTablet:
    """What a person does with it, and what is so afterwards."""

    def __init__(self, home: Path, receiver: str) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.answers, self.session = Answers(), Session(home)
        self.session.save(replace(self.session.settings, receiver=receiver))
        (walk,) = self.session.read(SafetyWalk)
        self.walk = walk.id
        self.window = Window(self.session, app, self.answers)
        self.window.resize(800, 1280)
        self.window.show()
        self._map()
        resume(self.window)
        self._until(lambda: self.window.guide.receiver is not None)

    def _until(self, so: Any) -> None:
        for _turn in range(2000):
            if so():
                return
            wait(10)
        raise AssertionError("it never came")

    def _map(self) -> None:
        self.window.go(Place("walk", self.walk, part="map"))
        wait(5)

    def record(self) -> None:
        """Begin the track."""
        press(self.window, "Starta spåret")

    def pause(self) -> None:
        """Pause it."""
        press(self.window, "Pausa spåret")

    def go_on(self) -> None:
        """Go on with it."""
        press(self.window, "Fortsätt spåret")

    def observe(self) -> None:
        """A dark lamp, with a photo: four presses."""
        before = {each.id for each in self.session.read(Observation)}
        press(self.window, "Ny iakttagelse")
        wait(5)
        press(self.window, "Belysning")
        wait(5)
        self.window.shown._exactly("A1")  # type: ignore[attr-defined]
        wait(5)
        self.answers.opened.append([PHOTOS / SHOTS[self.session.home.name][len(before)]])
        press(self.window, "Välj foton")
        self._until(lambda: not self.window.runner.busy)
        self.window.bell.settle()
        press(self.window, "Klar")
        assert {each.id for each in self.session.read(Observation)} - before
        self._map()

    def wait_written(self) -> None:
        """Until all that has come is on the disk: within five seconds."""
        recording = self.window.guide.recording
        assert recording is not None
        for _turn in range(100):
            if not recording.waiting:
                return
            wait(50)
        raise AssertionError("a fix waited for more than five seconds")

    def turn(self) -> None:
        """Let what has come be heard."""
        wait(20)

    def end(self) -> None:
        """The track is whole."""
        self.window.guide.end()

    def as_data(self) -> dict[str, Any]:
        """What is so."""
        guide = self.window.guide
        chunks = self.session.read(TrackChunk, {"scope": self.walk})
        last = guide.heard.fix.time if guide.heard else None
        return {
            "seeks": guide.receiver is None or guide.receiver.state == State.SEEKING,
            "records": guide.records == self.walk,
            "kept": sum(len(each.points) for each in chunks),
            "waiting": guide.recording.waiting if guide.recording else 0,
            "last": last.isoformat() if last else None,
        }


def main(home: Path, receiver: str) -> None:
    """Do what is asked until nothing more is."""
    app = QApplication([])
    Collector(app)
    load_fonts()
    tablet = FieldTablet(home, receiver)
    print(json.dumps(tablet.as_data()), flush=True)
    for line in sys.stdin:
        getattr(tablet, line.strip())()
        print(json.dumps(tablet.as_data()), flush=True)
    tablet.window.close()
    tablet.session.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
