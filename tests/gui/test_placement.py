"""The page that proposes where photos were taken, in a real window."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.base.job import finish
from app.commands.photos import note_camera_clock
from app.commands.records import set_fields, undo
from app.domain.records import Photo, SafetyWalk, Stop
from app.domain.values import PositionSource
from app.jobs.photos import import_photos
from app.queries.proposals import Proposal, proposal
from app.session import Session
from tests.cameras import BEGINS, LEG_S, STAYS_S, Camera, evening
from tests.gui.hands import Answers, buttons, named, press, says, until, wait
from tests.gui.photo_walk import all_in
from ui.screens.placement import PlacementScreen
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.text import Label

Open = Callable[..., Window]
USED = "Förslag. Inget ändras förrän du trycker på Använd."


@pytest.fixture
def walked(session: Session, tmp_path: Path) -> str:
    """A walk with four stops and its track; of the camera that was along it is known that its clock goes right."""
    walk = evening(session, tmp_path)
    note_camera_clock(session, walk, Camera.model, 0.0)
    return walk


def _taken(session: Session, walk: str, camera: Camera, *seconds: float) -> list[str]:
    """Photos in the walk, by the order in which they were taken."""
    for each in seconds:
        camera.shoot(each)
    finish(import_photos(session, session.read(SafetyWalk, {"id": walk})[0], [camera.card]))
    return [each.id for each in session.read(Photo, {"scope": walk}, order=("name",))]


def _page(shown: Window) -> PlacementScreen:
    screen = shown.shown
    assert isinstance(screen, PlacementScreen)
    return screen


def _said(shown: Window) -> dict[str, str]:
    """What is read of each photo, by its file name."""
    return {each.name: each.spoken for each in _page(shown).grid.cells.things}


def _opened(shown: Window, walk: str, part: str = "") -> None:
    shown.go(Place("placement", walk, part=part))
    until(lambda: _page(shown).found is not None, "the proposal")


def _stops(session: Session, walk: str) -> list[str | None]:
    return [each.stop for each in session.read(Photo, {"scope": walk}, order=("name",))]


def test_what_is_safe_is_used_by_one_press_and_taken_back_by_one(
    window: Open, walked: str, session: Session, tmp_path: Path
) -> None:
    _taken(session, walked, Camera(tmp_path / "kort"), 60, STAYS_S + LEG_S + 60, -5000)
    shown = window()
    _opened(shown, walked)
    assert _stops(session, walked) == [None, None, None], "nothing is changed by looking"
    said = _said(shown)
    assert "förslag: Stopp 1" in said["IMG_0001.JPG"] and "Spår och tid" in said["IMG_0001.JPG"]
    assert "18.01.00" in said["IMG_0001.JPG"]
    assert "Oplacerat" in said["IMG_0003.JPG"] and "Saknas" in said["IMG_0003.JPG"]
    assert says(shown, USED)
    press(shown, "Använd 2 säkra")
    come = "2 är placerade, 1 är kvar. Inget spår säger var. Placera för hand."
    assert says(shown, come), "only what no track covers is left"
    stops = [each.id for each in session.read(Stop, {"scope": walked}, order=("order",))]
    assert _stops(session, walked) == [stops[0], stops[1], None]
    assert shown.tray.notice is not None and shown.tray.notice.text == "2 foton placerade."
    press(shown, "Ångra: 2 foton placerade.")
    until(lambda: _stops(session, walked) == [None, None, None], "all of it taken back")
    until(lambda: says(shown, USED) and not says(shown, "är kvar"), "what is so after that")


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """What is proposed is worked out only while this is set."""
    opened = Event()

    def slowly(*asked: Any) -> Proposal:
        opened.wait(20)
        return proposal(*asked)

    monkeypatch.setattr("ui.screens.placement.proposal", slowly)
    yield opened
    opened.set()


def _offered(shown: Window) -> list[str]:
    """What can be pressed at the foot."""
    page = _page(shown)
    return [each.text() for each in (page.use, page.use_marked, page.hand) if each.isVisible()]


def test_until_there_is_a_proposal_the_page_says_so_and_offers_nothing(
    window: Open, walked: str, session: Session, tmp_path: Path, gate: Event
) -> None:
    _taken(session, walked, Camera(tmp_path / "kort"), 60)
    shown = window()
    shown.go(Place("placement", walked))
    wait(50)
    said = [each.text() for each in _page(shown).findChildren(Label) if each.isVisible()]
    assert "Räknar ut var fotona togs …" in said and "Alla foton har en plats" not in said
    assert _offered(shown) == [] and not _page(shown).clock.isVisible()
    gate.set()
    until(lambda: _page(shown).found is not None, "the proposal")
    said = [each.text() for each in _page(shown).findChildren(Label) if each.isVisible()]
    assert "Räknar ut var fotona togs …" not in said and _offered(shown) == ["Använd 1 säkert"]
    assert _page(shown).clock.isVisible() and _page(shown).grid.isVisible()


@pytest.mark.parametrize("named", [False, True])
def test_what_was_used_is_not_offered_again_while_the_next_proposal_is_worked_out(
    window: Open, walked: str, session: Session, tmp_path: Path, gate: Event, named: bool
) -> None:
    keys = _taken(session, walked, Camera(tmp_path / "kort"), 60, -5000)
    shown = window()
    gate.set()
    shown.go(Place("placement", walked, ",".join(keys) if named else ""))
    until(lambda: _page(shown).found is not None, "the proposal")
    gate.clear()
    press(shown, "Använd 1 säkert")
    wait(50)
    assert _offered(shown) == ["Placera 1 för hand"] and list(_said(shown)) == ["IMG_0002.JPG"]
    before = _page(shown).found
    gate.set()
    until(lambda: _page(shown).found is not before, "the next proposal")
    assert _offered(shown) == ["Placera 1 för hand"] and "Oplacerat" in _said(shown)["IMG_0002.JPG"]
    assert ("Stopp 1" in _said(shown).get("IMG_0001.JPG", "")) is named, "what was asked for by name stays, placed"


def test_where_nothing_can_be_worked_out_the_page_waits_no_more(
    window: Open, walked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_asked: Any) -> Proposal:
        raise PermissionError(13, "no", "home")

    monkeypatch.setattr("ui.screens.placement.proposal", fails)
    shown = window()
    shown.go(Place("placement", walked))
    until(lambda: shown.tray.notice is not None, "why")
    said = [each.text() for each in _page(shown).findChildren(Label) if each.isVisible()]
    assert "Räknar ut var fotona togs …" not in said and _offered(shown) == []


def test_a_clock_that_a_person_says_is_wrong_gives_another_proposal(
    window: Open, walked: str, session: Session, tmp_path: Path
) -> None:
    _taken(session, walked, Camera(tmp_path / "kort", 3720.0), 60)
    shown = window()
    _opened(shown, walked)
    assert "Oplacerat" in _said(shown)["IMG_0001.JPG"]
    press(shown, "Ändra hur kamerans klocka går")
    press(shown, "Kamerans klocka: Går före")
    for name, typed in (("Timmar", "1"), ("Minuter", "2")):
        field = named(shown, name)
        field.setFocus()
        QTest.keyClicks(field, typed)
        QTest.keyClick(field, Qt.Key.Key_Tab)
    until(lambda: "förslag: Stopp 1" in _said(shown)["IMG_0001.JPG"], "the other proposal")
    assert "18.01.00" in _said(shown)["IMG_0001.JPG"]
    assert json.loads(shown.place.part) == {Camera.model: -3720}, "it is there again when the page is made anew"
    (photo,) = session.read(Photo, {"scope": walked})
    assert photo.taken_at == BEGINS + timedelta(seconds=60 + 3720), "the time itself is never corrected"


def test_while_another_clock_is_reckoned_with_the_page_says_so_and_the_old_proposal_is_not_used(
    window: Open, walked: str, session: Session, tmp_path: Path, gate: Event
) -> None:
    _taken(session, walked, Camera(tmp_path / "kort"), 60, 90)
    shown = window()
    gate.set()
    _opened(shown, walked)
    page = _page(shown)
    page.grid.mark([next(each.key for each in page.grid.cells.things)])
    assert _offered(shown)[:2] == ["Använd 2 säkra", "Använd 1 markerat"]
    gate.clear()
    press(shown, "Ändra hur kamerans klocka går")
    press(shown, "Kamerans klocka: Går rätt")
    wait(50)
    assert _offered(shown) == ["Räknar ut var fotona togs …", "Placera markerade för hand"]
    assert page.clock._words.text() == "Räknar ut var fotona togs …"
    QTest.mouseClick(page.use, Qt.MouseButton.LeftButton)
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    assert _stops(session, walked) == [None, None]
    gate.set()
    until(lambda: "Använd 2 säkra" in _offered(shown), "the next proposal")
    assert page.clock._words.text() == "Kamerans klocka går rätt"


def test_where_another_clock_cannot_be_reckoned_with_the_old_proposal_is_not_used_either(
    window: Open, walked: str, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_asked: Any) -> Proposal:
        raise PermissionError(13, "no", "home")

    _taken(session, walked, Camera(tmp_path / "kort"), 60)
    shown = window()
    _opened(shown, walked)
    monkeypatch.setattr("ui.screens.placement.proposal", fails)
    press(shown, "Ändra hur kamerans klocka går")
    press(shown, "Kamerans klocka: Går rätt")
    until(lambda: shown.tray.notice is not None, "why")
    assert _offered(shown) == ["Inget säkert att använda"]


def test_photos_whose_import_is_undone_are_not_offered_any_longer(
    window: Open, walked: str, session: Session, tmp_path: Path, gate: Event
) -> None:
    _taken(session, walked, Camera(tmp_path / "kort"), 60, 90)
    shown = window()
    gate.set()
    _opened(shown, walked)
    assert _offered(shown) == ["Använd 2 säkra"]
    gate.clear()
    undo(session, walked)
    until(lambda: _said(shown) == {}, "what was taken back is left out", 3000)
    assert _offered(shown) == ["Inget säkert att använda"]


def test_the_page_says_of_each_camera_how_its_clock_goes_and_what_nobody_knows_is_not_safe(
    window: Open, walked: str, session: Session, tmp_path: Path
) -> None:
    _taken(session, walked, Camera(tmp_path / "kort2", 3600.0, "Annan"), 60)
    shown = window()
    _opened(shown, walked)
    assert _page(shown).clock._words.text() == "Kamerans klocka räknas som rätt"
    _taken(session, walked, Camera(tmp_path / "kort"), 60)
    until(lambda: _offered(shown) == ["Använd 1 säkert"], "the other camera's photo")
    assert _page(shown).clock._words.text() == "Så går kamerornas klockor"
    assert "Annan: inget foto säger hur klockan går." in _page(shown).clock._detail.text()
    assert "Kompakt 7: Kamerans klocka går rätt" in _page(shown).clock._detail.text()


def test_a_photo_that_was_placed_by_a_clock_that_a_person_said_says_the_right_time(
    window: Open, walked: str, session: Session, tmp_path: Path
) -> None:
    (photo,) = _taken(session, walked, Camera(tmp_path / "kort", 3600.0), 65)
    shown = window()
    _opened(shown, walked, "-3600")
    press(shown, "Använd 1 säkert")
    shown.go(Place("photo", walked, photo))
    right = "Med rätt klocka: 18.01.05."
    until(lambda: any(right in each.text() for each in shown.shown.findChildren(Label)), "the right time")


def test_where_there_is_little_height_the_fields_of_the_clock_are_seen_while_it_is_changed(
    window: Open, walked: str, session: Session, tmp_path: Path
) -> None:
    _taken(session, walked, Camera(tmp_path / "kort"), 60)
    shown = window()
    shown.resize(1024, 600)
    _opened(shown, walked)
    press(shown, "Ändra hur kamerans klocka går")
    press(shown, "Kamerans klocka: Går före")
    seconds = named(shown, "Sekunder")
    until(lambda: seconds.visibleRegion().boundingRect().height() == seconds.height(), "the fields")
    press(shown, "Ändra hur kamerans klocka går")
    until(lambda: not seconds.isVisible(), "the photos alone")


def test_by_keys_what_is_marked_is_put_at_a_stop_and_what_is_safe_is_used(
    window: Open, walked: str, session: Session, tmp_path: Path
) -> None:
    _taken(session, walked, Camera(tmp_path / "kort"), 60, -5000)
    shown = window()
    _opened(shown, walked)
    grid = _page(shown).grid
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    grid.choose(next(each.key for each in grid.cells.things if each.name == "IMG_0002.JPG"))
    QTest.keyClick(grid, Qt.Key.Key_Space)
    QTest.keyClick(grid, Qt.Key.Key_3)
    stops = [each.id for each in session.read(Stop, {"scope": walked}, order=("order",))]
    assert _stops(session, walked) == [None, stops[2]]
    until(lambda: "Använd 1 säkert" in [each.text() for each in buttons(shown)], "the rest")
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert _stops(session, walked) == [stops[0], stops[2]]


def test_what_is_doubtful_is_used_only_where_it_is_marked(
    window: Open, walked: str, session: Session, tmp_path: Path
) -> None:
    (photo,) = _taken(session, walked, Camera(tmp_path / "kort"), 60)
    shown = window()
    _opened(shown, walked)
    press(shown, "Använd 1 säkert")
    (record,) = session.read(Photo, {"id": photo})
    set_fields(session, record, {"stop": session.read(Stop, {"scope": walked}, order=("order",))[3].id})
    before = _stops(session, walked)
    shown.go(Place("placement", walked, photo))
    until(lambda: _page(shown).found is not None and bool(_said(shown)), "the proposal")
    assert "Nu: stopp 4, osäkert förslag: Stopp 1?" in _said(shown)["IMG_0001.JPG"]
    assert says(shown, "Inget är säkert. Markera det som ändå stämmer.") and not says(shown, USED)
    press(shown, "Inget säkert att använda")
    assert _stops(session, walked) == before
    _page(shown).grid.mark([photo])
    press(shown, "Använd 1 markerat")
    assert _stops(session, walked) != before
    until(lambda: says(shown, "Alla ligger där de hör hemma."), "what is so now")


def test_photos_that_were_fetched_are_proposed_a_place_before_anything_is_changed(
    window: Open, walked: str, session: Session, answers: Answers, tmp_path: Path
) -> None:
    camera = Camera(tmp_path / "kort", 3720.0)
    camera.shoot(5, page=BEGINS + timedelta(seconds=5))
    camera.shoot(60)
    shown = window()
    shown.go(Place("photos", walked, part="import"))
    answers.folders = [camera.card]
    press(shown, "Hämta mapp")
    all_in(shown)
    assert _stops(session, walked) == [None]
    press(shown, "Placera 1 oplacerat")
    until(lambda: _page(shown).found is not None, "the proposal")
    texts = [each.text() for each in shown.shown.findChildren(type(_page(shown).clock._words))]
    assert "Kamerans klocka går 1 h 02 min före" in texts
    assert "Räknat på foto av klocksidan" in texts
    press(shown, "Använd 1 säkert")
    (photo,) = session.read(Photo, {"scope": walked})
    assert photo.position_source == PositionSource.TRACK


def test_a_photo_says_when_it_was_taken_by_a_right_clock(
    window: Open, walked: str, session: Session, tmp_path: Path
) -> None:
    camera = Camera(tmp_path / "kort", 37.0)
    (photo, *_rest) = _taken(session, walked, camera, 65)
    shown = window()
    shown.go(Place("photo", walked, photo))
    until(lambda: any("Tagen" in each.text() for each in shown.shown.findChildren(Label)), "the facts")
    assert not any("Med rätt klocka" in each.text() for each in shown.shown.findChildren(Label))
    note_camera_clock(session, walked, str(session.read(Photo)[0].camera), 37.0)
    shown.go(Place("photos", walked))
    shown.go(Place("photo", walked, photo))
    right = "Med rätt klocka: 18.01.05."
    until(lambda: any(right in each.text() for each in shown.shown.findChildren(Label)), "the right time")
