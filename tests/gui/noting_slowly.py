"""`noting_slowly.py HOME WALK PART…`: opens the window and does by hand what the parts of the script say: notes an
observation with how serious it is, a photo and its lamp, and writes all that there is to write, letter by letter. Each
act is told on a line of its own when it has been done, so that who kills this process knows what it did.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.domain.records import Observation, Participant, Photo  # noqa: E402
from app.session import Session  # noqa: E402
from tests.gui.hands import Answers, awaited, press, type_text, until, wait  # noqa: E402
from ui.bridge.garbage import Collector  # noqa: E402
from ui.shell.window import Window  # noqa: E402
from ui.widgets.desk import Place  # noqa: E402
from ui.widgets.look import load_fonts  # noqa: E402

PHOTO = ROOT / "tests" / "data" / "photos" / "fold_1.jpg"
LETTER_MS = 60
PRESS_MS = 200

TEXTS: Mapping[str, str] = {
    "asset_tag": "4417",
    "text": "Två lampor är släckta, och häcken skymmer sikten.",
    "remark": "Anmäld redan på våren.",
    "position": "60.171234, 24.944321",
    "name": "Åsa Öberg",
}
"""What is typed, by what it becomes."""


@dataclass(frozen=True)
class Act:
    """Something that is done: `how` it is done to what is called `to`, and the page it leaves one at."""

    what: str
    how: str
    to: str
    page: str
    text: str = ""


def _written(what: str, to: str, page: str) -> tuple[Act, ...]:
    """A text, letter by letter."""
    whole = TEXTS[what]
    return tuple(Act(what, "type", to, page, whole[:count]) for count in range(1, len(whole) + 1))


PARTS: Mapping[str, Sequence[Act]] = {
    "note": (
        Act("open", "open", "", "observe"),
        Act("category", "press", "Belysning", "observe"),
        Act("item", "press", "Lampa släckt eller trasig", "observe"),
        Act("severity", "press", "Allvar 3, Stor", "observe"),
        Act("photo asked for", "press", "Välj foton", "observe"),
        Act("photo", "photo", "", "observe"),
        Act("lamp", "press", "Stolpnummer?", "lamp"),
        *_written("asset_tag", "Stolpnummer", "lamp"),
        Act("lamp_faults", "press", "Vad är fel? Blinkar", "lamp"),
        Act("lamp_count", "press", "En till: Hur många lampor?", "lamp"),
        Act("deliberate_off", "press", "Kan vara medvetet släckt", "lamp"),
        Act("lamp done", "press", "Klar", "observe"),
        Act("words", "press", "Egna ord?", "observe"),
        *_written("text", "Egna ord", "observe"),
    ),
    "remark": (
        Act("its page", "observation", "", "observation"),
        *_written("remark", "Ny anmärkning", "observation"),
    ),
    "position": (
        Act("its page", "observation", "", "observation"),
        *_written("position", "Läge", "observation"),
    ),
    "name": (
        Act("people", "participant", "", "plan"),
        Act("unfolded", "press", "Lägg till namn (valfritt)", "plan"),
        *_written("name", "Namn", "plan"),
    ),
}


def acts(parts: Sequence[str]) -> tuple[Act, ...]:
    """All that is done, in order. `note:3` is the first three acts of that part."""
    asked = [each.partition(":") for each in parts]
    return tuple(act for part, _colon, count in asked for act in PARTS[part][: int(count) if count else None])


class Hand:
    """The window, and a hand that does one act after the other."""

    def __init__(self, home: Path, walk: str) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._session, self._walk, answers = Session(home), walk, Answers()
        answers.opened.append([PHOTO])
        self._window = Window(self._session, app, answers)
        self._window.resize(800, 1280)
        self._window.show()

    def do(self, act: Act) -> None:
        """One act."""
        does: Mapping[str, Callable[[Act], None]] = {
            "open": lambda _act: self._window.go(Place("observe", self._walk)),
            "press": self._press,
            "type": self._type,
            "photo": lambda _act: until(self._has_photo, "the photo"),
            "observation": lambda _act: self._window.go(Place("observation", self._walk, self._newest())),
            "participant": lambda _act: self._window.go(Place("plan", self._walk, self._participant(), "deltagare")),
        }
        does[act.how](act)

    def _press(self, act: Act) -> None:
        wait(PRESS_MS)
        press(self._window, act.to)

    def _type(self, act: Act) -> None:
        field = self._field(act.to)
        if len(act.text) == 1:
            field.setFocus()
            if isinstance(field, QLineEdit | QPlainTextEdit):
                field.selectAll()
        type_text(field, act.text[-1])
        wait(LETTER_MS)

    def _field(self, name: str) -> QWidget:
        kind: type[QWidget] = QPlainTextEdit if name in ("Egna ord", "Ny anmärkning") else QLineEdit
        return awaited(self._window, name, kind)

    def _has_photo(self) -> bool:
        return bool(self._session.read(Photo, {"scope": self._walk})) and not self._window.runner.busy

    def _newest(self) -> str:
        found = self._session.read(Observation, {"scope": self._walk})
        return max(found, key=lambda each: str(each.created)).id

    def _participant(self) -> str:
        (found,) = self._session.read(Participant, {"scope": self._walk})
        return found.id


def _told(scripted: Sequence[Act], hand: Hand) -> Iterator[Act]:
    for act in scripted:
        hand.do(act)
        yield act


def main(home: str, walk: str, *parts: str) -> None:
    """Do it, telling each act."""
    app = QApplication([])
    Collector(app)
    load_fonts()
    for act in _told(acts(parts), Hand(Path(home), walk)):
        print(json.dumps({"what": act.what, "text": act.text}), flush=True)
    wait(60_000)


if __name__ == "__main__":
    main(*sys.argv[1:])
