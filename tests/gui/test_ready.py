"""The check before a walk: what is shown, what can be done, how the walk begins from there."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.base.battery import Battery
from app.base.job import Job, Step
from app.commands.observations import observe
from app.commands.records import set_fields
from app.commands.stops import add_stop
from app.commands.walks import new_walk
from app.domain.records import SafetyWalk, Track
from app.domain.track import Fix
from app.domain.values import Position
from app.jobs.maps import SAMPLE_MAP
from app.queries.readiness import Finding, Row, Status
from app.session import Session
from resources import path as resource
from tests.gui.full_disk import FULL, full_disk
from tests.gui.hands import Answers, button, buttons, hold, named, press, press_when_there, until, wait
from ui.bridge.media import Media
from ui.bridge.receiver import Receiver, State
from ui.screens.ready import ReadyScreen
from ui.shell.pages import SCREENS
from ui.shell.window import Window
from ui.widgets.button import Button
from ui.widgets.desk import Place
from ui.widgets.ready_row import ReadyRow

Open = Callable[..., Window]
ROOT = Path(__file__).resolve().parents[2]
KIRUNA = Position(67.8558, 20.2253)


class Told(Receiver):
    """A receiver that says what it is told to."""

    def __init__(self, parent: QObject) -> None:
        super().__init__("GPS i plattan", parent)

    def _seek(self) -> None:
        """It is there at once."""

    def _let_go(self) -> None:
        """Nothing holds it."""

    def say(self, *fixes: Fix) -> None:
        """These came."""
        self._tell(fixes)

    def be(self, state: State, why: str = "") -> None:
        """It is found, silent or lost."""
        self._turn(state, why)


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that has everything."""
    monkeypatch.setattr("app.jobs.readiness.battery", lambda: Battery(88, False))
    monkeypatch.setattr(Media, "cameras", ("Kamera bak",))
    monkeypatch.setattr(Media, "microphones", ("Mikrofon 1",))


@pytest.fixture
def kiruna(session: Session) -> str:
    """A walk that is planned where no map is."""
    walk = new_walk(session, {"title": "Kiruna", "area": "Kiruna"})
    add_stop(session, walk, {"name": "Kyrkan", "position": KIRUNA})
    return walk


def at_ready(shown: Window, walk: str) -> ReadyScreen:
    """The page, when all has been looked up."""
    shown.go(Place("ready", walk))
    return screen_of(shown)


def screen_of(shown: Window) -> ReadyScreen:
    screen = shown.shown
    assert isinstance(screen, ReadyScreen)
    until(lambda: screen.is_checked, "what was looked up")
    wait(20)
    return screen


def down(screen: ReadyScreen) -> list[ReadyRow]:
    """The rows that can be seen, from the top down."""
    found = [each for each in screen.rows.values() if each.isVisible()]
    return sorted(found, key=lambda each: each.mapTo(screen, each.rect().topLeft()).y())


def lit_in(screen: ReadyScreen) -> list[str]:
    return [each.text() for each in buttons(screen) if isinstance(each, Button) and each.kind == "primary"]


def now(seconds: float = 0.0, *, late: float = 1.0, accuracy: float = 5.0) -> Fix:
    """A fix by satellites whose clock stands `late` seconds behind this device's."""
    time = datetime.now(UTC) - timedelta(seconds=late)
    return Fix(time, 60.1752, 24.9452 + seconds * 1e-5, accuracy_m=accuracy)


def test_where_nothing_is_wrong_the_walk_is_the_lit_step(window: Open, walk: str) -> None:
    screen = at_ready(window(), walk)
    found = {each.finding.row: each.finding for each in down(screen)}
    assert Row.GROUP not in found and not any(each.status == Status.FAULT for each in found.values())
    assert found[Row.MAP].text.startswith("Hel: alla ") and found[Row.CAMERA].text == "Kamera bak"
    assert lit_in(screen) == ["Börja vandringen"]
    assert not screen._note.isVisible()
    assert down(screen)[-1].accessibleName() == "Jourens nummer. Klart. Kommunens jour, 08-465 004 12"


def test_a_fault_stands_first_with_what_can_be_done_lit_and_one_may_walk_all_the_same(
    window: Open, kiruna: str
) -> None:
    screen = at_ready(window(), kiruna)
    rows = down(screen)
    assert [each.finding.row for each in rows[:2]] == [Row.MAP, Row.POSITION]
    assert rows[0].accessibleName() == (
        "Karta längs rutten. Fel. Ingen karta visar området. Lägg till en kartfil över orten"
    )
    assert lit_in(screen) == ["Lägg till kartfil"]
    assert screen._note.isVisible()
    assert screen._note.text() == "Du kan gå ändå. Där kartan saknas visas rutnät, skala och din position."
    press(screen, "Börja ändå")
    assert screen.window().isVisible()


def test_until_it_is_looked_up_each_row_says_so_and_nothing_is_lit(
    window: Open, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()

    def slowly(_session: Session, _walk: SafetyWalk) -> Job[Sequence[Finding]]:
        yield Step("")
        go_on.wait(20)
        return [Finding(row=row, status=Status.OK, text="Sett.") for row in (Row.MAP, Row.BATTERY, Row.ROOM)]

    monkeypatch.setattr("ui.screens.ready.look_over", slowly)
    shown = window()
    shown.go(Place("ready", walk))
    screen = shown.shown
    assert isinstance(screen, ReadyScreen)
    waiting = [Row.MAP, Row.CAMERA, Row.MICROPHONE, Row.BATTERY, Row.ROOM, Row.UNCOPIED, Row.ONCALL]
    assert [each.finding.row for each in down(screen) if each._word.text() == "Kollar …"] == waiting
    assert lit_in(screen) == []
    go_on.set()
    until(lambda: screen.is_checked, "what was looked up")
    assert screen.rows[Row.MAP]._text.text() == "Sett." and lit_in(screen) == ["Börja vandringen"]


def test_what_cannot_be_looked_up_is_said_to_be_unknown(
    window: Open, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_session: Session, _walk: SafetyWalk) -> Job[Sequence[Finding]]:
        yield Step("")
        raise PermissionError(13, "no", "home")

    monkeypatch.setattr("ui.screens.ready.look_over", fails)
    shown = window()
    screen = at_ready(shown, walk)
    found = screen.rows[Row.MAP].finding
    assert found.status == Status.WARN and found.text.startswith("Kunde inte kollas. home kan inte användas")
    assert shown.tray.notice is not None and not screen.rows[Row.GROUP].isVisible()


def test_f5_looks_everything_up_once_more(window: Open, walk: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = window()
    screen = at_ready(shown, walk)
    assert screen.rows[Row.BATTERY].finding.text == "88\N{NO-BREAK SPACE}%."
    monkeypatch.setattr("app.jobs.readiness.battery", lambda: Battery(12, False))
    QTest.keyClick(shown, Qt.Key.Key_F5)
    assert screen.rows[Row.BATTERY].finding.status == Status.CHECKING
    until(lambda: screen.is_checked, "what was looked up")
    wait(20)
    assert down(screen)[0].finding.row == Row.BATTERY and screen.start.text() == "Börja ändå"
    assert screen._note.text() == "Du kan gå ändå."
    monkeypatch.setattr("app.jobs.readiness.battery", lambda: Battery(90, False))
    press(screen, "Kolla igen")
    until(lambda: screen.rows[Row.BATTERY].finding.text == "90\N{NO-BREAK SPACE}%.", "the new answer")
    assert lit_in(screen) == ["Börja vandringen"]


class Paints(QObject):
    """Counts how often each of some widgets is painted."""

    def __init__(self, rows: Sequence[ReadyRow]) -> None:
        super().__init__()
        self.counted: dict[Row, int] = {}
        self._rows = {each: each.finding.row for each in rows}
        for each in rows:
            each.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, ReadyRow):
            row = self._rows[watched]
            self.counted[row] = self.counted.get(row, 0) + 1
        return False


@pytest.mark.parametrize("connects", [False, True])
def test_the_position_is_shown_as_it_comes_and_no_other_row_is_painted_for_it(
    window: Open, walk: str, monkeypatch: pytest.MonkeyPatch, connects: bool
) -> None:
    monkeypatch.setattr("ui.screens.ready.CAN_CONNECT", connects)
    shown = window(1280, 1000)
    told = Told(shown)
    shown.guide.listen(told)
    screen = at_ready(shown, walk)
    row = screen.rows[Row.POSITION]
    assert row._word.text() == "Kollar …" and row._text.text() == "GPS i plattan söks."
    told.be(State.SEEKING, "Den är avstängd.")
    assert row._text.text() == "GPS i plattan hittas inte. Den är avstängd." and screen.start.text() == "Börja ändå"
    told.be(State.SILENT)
    assert row._word.text() == "Se över" and lit_in(screen) == ["Börja vandringen"]
    told.say(now(accuracy=80))
    assert row._word.text() == "Se över"
    told.say(now(accuracy=8))
    wait(50)
    order, paints = down(screen), Paints(down(screen))
    for accuracy in (7, 6, 5):
        told.say(now(accuracy=accuracy))
        wait(30)
        assert row._text.text() == f"GPS i plattan, ±{accuracy} m"
    assert row._word.text() == "Klart" and down(screen) == order
    assert paints.counted.keys() == {Row.POSITION}


def test_of_two_faults_the_first_alone_is_lit(window: Open, kiruna: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.screens.ready.CAN_CONNECT", True)
    shown = window()
    told = Told(shown)
    shown.guide.listen(told)
    told.be(State.SEEKING, "Den är avstängd.")
    screen = at_ready(shown, kiruna)
    assert [each.finding.row for each in down(screen) if each.line == "danger"] == [Row.MAP, Row.POSITION]
    assert button(screen, "Anslut GPS").isVisible() and lit_in(screen) == ["Lägg till kartfil"]


def test_the_clock_is_told_when_enough_has_come(window: Open, walk: str) -> None:
    shown = window()
    told = Told(shown)
    shown.guide.listen(told)
    screen = at_ready(shown, walk)
    found = screen.rows[Row.CLOCK].finding
    assert (found.status, found.text) == (Status.WARN, "Kan inte kollas utan GPS. Jämför med en klocka som går rätt.")
    told.say(*(now(k, late=420) for k in range(5)))
    assert screen.rows[Row.CLOCK]._word.text() == "Kollar …"
    told.say(*(now(k, late=420) for k in range(10)))
    found = screen.rows[Row.CLOCK].finding
    assert found.status == Status.FAULT and found.text.startswith("Klockan går 7 min före satelliternas.")


def test_a_number_that_is_missed_is_written_in_the_plan_and_then_told(
    window: Open, session: Session, kiruna: str
) -> None:
    shown = window()
    screen = at_ready(shown, kiruna)
    row = screen.rows[Row.ONCALL]
    assert row._word.text() == "Se över" and row._text.text().startswith("Numret till jouren saknas i planen.")
    press(screen, "Skriv numret")
    assert shown.place == Place("plan", kiruna, "oncall_phone", "om")
    field = named(shown, "Jourens telefon")
    until(lambda: field.hasFocus() and not field.visibleRegion().isEmpty(), "one can write at once")
    screen = at_ready(shown, kiruna)
    set_fields(session, session.read(SafetyWalk, {"id": kiruna})[0], {"oncall_phone": "08-123456"})
    until(lambda: screen.rows[Row.ONCALL].finding.text == "Jour, 08-123456", "the number")
    assert not screen.rows[Row.ONCALL].button.isVisible()


@pytest.mark.parametrize("key", [None, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_to_begin_begins_the_track_and_leads_to_the_walk(
    window: Open, session: Session, walk: str, key: Qt.Key | None
) -> None:
    shown = window()
    shown.guide.listen(Told(shown))
    screen = at_ready(shown, walk)
    if key is None:
        press(screen, "Börja vandringen")
    else:
        focus = QGuiApplication.focusObject()
        assert focus is screen.heading
        QTest.keyClick(screen.heading, key)
    assert shown.place == Place("walk", walk)
    assert shown.guide.records == walk and len(session.read(Track, {"scope": walk})) == 1


def test_enter_that_is_held_since_the_page_before_begins_nothing(window: Open, walk: str) -> None:
    shown = window()
    screen = at_ready(shown, walk)
    hold(screen, Qt.Key.Key_Return, "\r")
    assert shown.place.page == "ready"


def test_one_goes_on_with_a_walk_that_is_under_way_and_begins_none(window: Open, kiruna: str) -> None:
    shown = window()
    shown.guide.record(kiruna)
    assert at_ready(shown, kiruna).start.text() == "Till vandringen"
    press(shown, "Till vandringen")
    assert shown.place.walk == kiruna and shown.place.page != "ready"


def test_without_a_receiver_there_is_no_track_and_one_that_is_under_way_stays(
    window: Open, session: Session, walk: str, kiruna: str
) -> None:
    shown = window()
    at_ready(shown, walk).begin()
    assert shown.place.page == "walk" and not session.read(Track)
    shown.guide.listen(Told(shown))
    shown.guide.record(kiruna)
    at_ready(shown, walk).begin()
    assert shown.guide.records == kiruna and len(session.read(Track)) == 1


def test_a_full_disk_is_told_and_one_may_walk_without_a_track(
    window: Open, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = window()
    shown.guide.listen(Told(shown))
    screen = at_ready(shown, walk)
    with monkeypatch.context() as patch, full_disk(patch):
        screen.begin()
    assert shown.place.page == "walk" and not shown.guide.records
    assert shown.tray.notice is not None and shown.tray.notice.text == FULL


def test_whoever_has_not_told_the_others_comes_to_that_first(window: Open, kiruna: str) -> None:
    shown = window()
    press(at_ready(shown, kiruna), "Börja ändå")
    until(lambda: shown.place.page == "information", "the information")


def test_a_map_file_is_added_and_all_is_looked_up_with_it(
    window: Open, walk: str, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "orten.mbtiles"
    copy.write_bytes(resource(SAMPLE_MAP).read_bytes())
    monkeypatch.setattr("app.jobs.maps.map_paths", lambda home: sorted((home.home / "maps").glob("*.mbtiles")))
    shown = window()
    assert screen_of_fault(shown, walk) == "Ingen karta visar området. Lägg till en kartfil över orten."
    answers.opened.append([copy])
    press(shown, "Lägg till kartfil")
    until(lambda: shown.tray.notice is not None and "används nu" in shown.tray.notice.text, "the map")
    assert screen_of(shown).rows[Row.MAP].finding.status == Status.OK


def screen_of_fault(shown: Window, walk: str) -> str:
    return at_ready(shown, walk).rows[Row.MAP].finding.text


def test_what_lies_only_here_leads_to_the_devices_of_that_walk_and_no_stops_to_the_plan(
    window: Open, session: Session, walk: str
) -> None:
    empty = new_walk(session, {"title": "Tom"})
    for text in ("Ett", "Två", "Tre", "Fyra", "Fem"):
        observe(session, empty, {"item": "A1", "text": text})
    shown = window()
    press(at_ready(shown, walk), "Kopiera först")
    assert shown.place == Place("devices", empty)
    press(at_ready(shown, empty), "Öppna planen")
    assert shown.place == Place("plan", empty)


def test_a_receiver_is_offered_where_there_is_a_page_for_it(window: Open, walk: str) -> None:
    screen = at_ready(window(), walk)
    assert ("Anslut GPS" in [each.text() for each in buttons(screen)]) == ("position" in SCREENS)


def test_home_leads_there_before_a_walk_and_so_do_a_key_and_mer(window: Open, kiruna: str) -> None:
    shown = window()
    press_when_there(shown, "Kolla att allt är redo: Kiruna")
    assert shown.place == Place("ready", kiruna)
    shown.go(Place("plan", kiruna))
    QTest.keyClick(shown, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert shown.place == Place("ready", kiruna)
    for page in ("more", "more_desk"):
        shown.go(Place(page, kiruna))
        press(shown.shown, "Redo att gå")
        assert shown.place == Place("ready", kiruna)
    press(shown, "Tillbaka")
    assert shown.place.page == "more_desk"


@pytest.mark.parametrize(("width", "narrow"), [(800, False), (500, True)])
def test_where_there_is_little_room_the_status_and_what_can_be_done_stand_under_the_finding(
    window: Open, kiruna: str, width: int, narrow: bool
) -> None:
    screen = at_ready(window(width, 900), kiruna)
    row = screen.rows[Row.MAP]
    done = button(row, "Lägg till kartfil")
    text = row._text.mapTo(row, row._text.rect().bottomLeft())
    word = row._word.mapTo(row, row._word.rect().topLeft())
    assert (word.y() > text.y()) == narrow == (done.y() > text.y())
    assert (done.width() > row.width() - 60) == narrow
