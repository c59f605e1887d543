"""A real window over a real home."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.commands.observations import observe
from app.commands.stops import add_stop
from app.commands.walks import new_walk
from app.domain.values import Light, PlaceType, Position, Severity
from app.jobs.maps import map_files
from app.session import Session
from tests.gui.hands import Answers, wait
from tests.gui.maps import Maps
from tests.gui.opening import Furnished, Opener
from tests.gui.torn import Other
from ui.bridge.garbage import Collector
from ui.bridge.media import Media
from ui.shell.window import Window
from ui.widgets.look import load_fonts

STOPS = (
    ("Växthusgrinden", 60.1752, 24.9452, PlaceType.PATH),
    ("Gångtunneln under Långa bron", 60.1755, 24.9495, PlaceType.UNDERPASS),
    ("Lekplatsen", 60.1729, 24.9470, PlaceType.PLAYGROUND),
)


@pytest.fixture(scope="session", autouse=True)
def fonts(qapp: QApplication) -> None:
    """The program's own fonts."""
    assert qapp is not None
    load_fonts()


@pytest.fixture(autouse=True)
def collector(qapp: QApplication) -> Iterator[Collector]:
    """As in the program: garbage is collected between two events."""
    made = Collector(qapp)
    yield made
    made.stop()
    made.deleteLater()


@pytest.fixture(autouse=True)
def no_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    """No microphone, camera or loudspeaker of the machine is looked for: it may have some, and nobody knows which."""
    monkeypatch.setattr(Media, "_look", lambda _media: None)
    monkeypatch.setattr(Media, "microphones", ())
    monkeypatch.setattr(Media, "cameras", ())


@pytest.fixture
def parent(qapp: QApplication) -> Iterator[QObject]:
    """What is made for one test."""
    made = QObject(qapp)
    yield made
    made.deleteLater()


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A new home."""
    opened = Session(tmp_path / "home")
    yield opened
    opened.close()


@pytest.fixture
def walk(session: Session) -> str:
    """A walk under way: three stops, four observations."""
    said = {
        "title": "Kajsaniemi i mörker",
        "area": "Kajsaniemi",
        "zone": "Europe/Helsinki",
        "light": Light.DARK,
        "starts": datetime(2026, 10, 23, 15, 0, tzinfo=UTC),
        "oncall_name": "Kommunens jour",
        "oncall_phone": "08-465 004 12",
        "info_shown_at": datetime(2026, 10, 23, 15, 0, tzinfo=UTC),
    }
    scope = new_walk(session, said)
    stops = [
        add_stop(session, scope, {"name": name, "position": Position(lat, lon), "place_type": kind})
        for name, lat, lon, kind in STOPS
    ]
    observe(session, scope, {"item": "A1", "stop": stops[0], "text": "Två lampor är släckta vid grinden."})
    observe(session, scope, {"item": "B1", "stop": stops[0], "severity": Severity.LARGE, "text": "Häcken skymmer."})
    observe(session, scope, {"item": "M1", "stop": stops[1], "text": "Öppet och fint ljus."})
    observe(session, scope, {"category": "other", "position": Position(60.1740, 24.9460), "text": "Lösa plattor."})
    return scope


@pytest.fixture
def other(session: Session, walk: str, tmp_path: Path) -> Iterator[Other]:
    """Another tablet that has the walk."""
    (tmp_path / "meet").mkdir()
    second = Session(tmp_path / "other")
    made = Other(session, second, tmp_path / "meet", walk)
    made.meet()
    yield made
    second.close()


@pytest.fixture
def answers() -> Answers:
    """What a person answers when asked for files and folders."""
    return Answers()


@pytest.fixture
def window(session: Session, answers: Answers, qapp: QApplication) -> Iterator[Callable[..., Window]]:
    """Opens the window over the home, `width` × `height` pixels, at the home page."""
    opened: list[Window] = []

    def open_window(width: int = 1280, height: int = 800) -> Window:
        made = Window(session, qapp, answers)
        made.resize(width, height)
        made.show()
        QTest.qWaitForWindowExposed(made)
        opened.append(made)
        return made

    yield open_window
    for each in opened:
        each.close()
        each.deleteLater()
    wait(0)


@pytest.fixture(scope="module")
def furnished() -> Iterator[Furnished]:
    """One home for all pages: nothing is written."""
    with tempfile.TemporaryDirectory(prefix="gatljus-", ignore_cleanup_errors=True) as folder:
        made = Furnished(Path(folder) / "home")
        yield made
        made.session.close()


@pytest.fixture
def at(furnished: Furnished, qapp: QApplication) -> Iterator[Opener]:
    """Opens pages."""
    opener = Opener(furnished, qapp)
    yield opener
    opener.close()


@pytest.fixture
def view(session: Session, qapp: QApplication) -> Iterator[Maps]:
    """Opens maps, of the one that comes with the program unless others are said."""
    made = Maps(qapp, map_files(session))
    yield made
    made.close()
