"""`walker.py HOME FOLDER`: a window of its own, used by hand. Each line read is something to do; when it has been done,
a line of JSON answers what is so now. Two such processes are two devices."""

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.domain.records import Observation, Photo, SafetyWalk  # noqa: E402
from app.session import Session  # noqa: E402
from tests.gui.hands import Answers, buttons, named, press, type_text, until, wait  # noqa: E402
from ui.bridge.garbage import Collector  # noqa: E402
from ui.shell.window import Window  # noqa: E402
from ui.widgets.desk import Place  # noqa: E402
from ui.widgets.look import load_fonts  # noqa: E402
from ui.widgets.map_view import MapView  # noqa: E402
from ui.widgets.rows import RowList  # noqa: E402

PHOTO = ROOT / "tests" / "data" / "photos" / "fold_1.jpg"


class Walker:
    """What a person does, and what is so afterwards."""

    def __init__(self, home: Path, folder: Path) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.folder, self.answers = folder, Answers()
        self.session = Session(home)
        self.window = Window(self.session, app, self.answers)
        self.window.resize(1280, 800)
        self.window.show()
        QTest.qWaitForWindowExposed(self.window)

    @property
    def walk(self) -> str:
        """The walk there is."""
        (found,) = self.session.read(SafetyWalk)
        return found.id

    def _press(self, *names: str) -> None:
        for name in names:
            until(partial(self._shows, name), f"a button {name!r}")
            press(self.window, name)

    def _shows(self, name: str) -> bool:
        return any(each.accessibleName().startswith(name) or each.text() == name for each in buttons(self.window))

    def plan(self) -> None:
        """A new walk with two stops, pressed into the map."""
        self._press("Ny vandring, börja här")
        type_text(named(self.window, "Namn", QLineEdit), "Kajsaniemi i mörker")
        self._press("Ljus: Mörker", "Klar, planera", "Rutt och stopp")
        for share, name in ((0.35, "Växthusgrinden"), (0.6, "Gångtunneln")):
            (view,) = (each for each in self.window.findChildren(MapView) if each.isVisible())
            point = QPoint(round(view.width() * share), view.height() // 2)
            QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=point)
            wait(50)
            focus = self.window.focusWidget()
            assert focus is not None
            type_text(focus, name)
            self._press("Stäng stoppet")

    def copy(self) -> None:
        """Copy to the folder, and fetch what lies there."""
        self.window.go(Place("devices", self.walk))
        self.answers.folders.append(self.folder)
        again = [each for each in buttons(self.window) if each.accessibleName().startswith("Synka igen")]
        if again:
            self.answers.folders.clear()
            press(self.window, again[0].accessibleName())
        else:
            self._press("Kopiera till mapp eller minne")
        until(lambda: not self.window.runner.busy, "the end of the copying")
        wait(100)

    def fetch(self) -> None:
        """Get the walk from the folder."""
        self._press("Hämta en vandring")
        self.answers.folders.append(self.folder)
        self._press("Välj mapp eller minne", "Hämta: Kajsaniemi i mörker")
        until(lambda: bool(self.session.read(SafetyWalk)) and not self.window.runner.busy, "the walk")
        wait(100)

    def inform(self) -> None:
        """Tell everybody, and begin."""
        self.window.go(Place("walk", self.walk))
        self._press("Alla har fått höra det")

    def observe(self) -> None:
        """Note a lamp with a photo, in four presses."""
        self.window.go(Place("walk", self.walk, part=""))
        self.answers.opened.append([PHOTO])
        self._press("Ny iakttagelse", "Belysning", "Lampa släckt eller trasig", "Välj foton")
        until(lambda: bool(self.session.read(Photo)) and not self.window.runner.busy, "the photo")
        self._press("Klar")

    def _type_over(self, text: str) -> None:
        (seen,) = self.session.read(Observation)
        self.window.go(Place("observation", self.walk, seen.id))
        field = named(self.window, "Iakttagelse", QPlainTextEdit)
        field.setFocus()
        assert isinstance(field, QPlainTextEdit)
        field.selectAll()
        type_text(field, text)
        self.window.shown.flush()

    def say_out(self) -> None:
        """Write one text."""
        self._type_over("Lampan är släckt.")

    def say_broken(self) -> None:
        """Write another text."""
        self._type_over("Lampan är trasig.")

    def choose(self) -> None:
        """Settle what two have written."""
        (conflict,) = self.session.conflicts(self.walk)
        key = f"versions {conflict.kind} {conflict.id} {conflict.field}"
        self.window.go(Place("review", self.walk, key))
        self._press("Använd den här: B")

    def measure(self) -> None:
        """Propose what the observation usually leads to."""
        self.window.go(Place("observations", self.walk))
        (seen,) = self.session.read(Observation)
        (rows,) = (each for each in self.window.findChildren(RowList) if each.isVisible())
        assert rows.choose(seen.id)
        self._press("Gör en åtgärd")

    def end(self) -> None:
        """The walk is over here."""
        self.window.go(Place("finish", self.walk))
        while "2" not in self.said():
            self._press("En till: Antal enheter")
            wait(50)
        self._press("Avsluta vandringen", "Ja, avsluta vandringen")

    def print(self) -> None:
        """Make the protocol."""
        self.window.go(Place("protocol", self.walk))
        until(lambda: not self.window.runner.busy, "the pages")
        self.answers.new.append(self.folder.parent / "protokoll.pdf")
        self._press("Gör protokollet")
        until((self.folder.parent / "protokoll.pdf").exists, "the file")
        until(lambda: not self.window.runner.busy, "the end of the printing")

    def devices(self) -> None:
        """Look at the receipts."""
        self.window.go(Place("devices", self.walk))
        wait(600)

    def said(self) -> list[str]:
        """What labels say that can be seen."""
        return [each.text() for each in self.window.findChildren(QLabel) if each.isVisible()]

    def state(self) -> dict[str, Any]:
        """What is so."""
        scope = self.walk
        return {
            "page": self.window.place.page,
            "observations": [
                {"tag": str(each.tag), "item": str(each.item), "text": str(each.text)}
                for each in self.session.read(Observation, {"scope": scope})
            ],
            "photos": len(self.session.read(Photo, {"scope": scope})),
            "conflicts": len(self.session.conflicts(scope)),
            "counts": {kind: n for kind, n in self.session.counts(scope).items() if kind in ("stop", "measure")},
            "said": self.said(),
        }


def main(home: str, folder: str) -> None:
    """Do what is read until there is nothing more to read."""
    app = QApplication([])
    Collector(app)
    load_fonts()
    walker = Walker(Path(home), Path(folder))
    for line in sys.stdin:
        act: Callable[[], None] = getattr(walker, line.strip())
        act()
        app.processEvents()
        print(json.dumps(walker.state(), ensure_ascii=False), flush=True)
    walker.window.close()
    walker.session.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
