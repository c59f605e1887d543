"""In a real window: photos that a wrong clock placed are moved, and the clocks of several cameras are put right."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from app.base.job import finish
from app.commands.photos import note_camera_clock
from app.domain.records import Photo, SafetyWalk, Stop
from app.jobs.photos import import_photos
from app.queries.proposals import to_be_moved
from app.queries.undoable import undoable
from app.session import Session
from tests.cameras import BEGINS, LEG_S, STAYS_S, Camera, evening
from tests.gui.hands import buttons, named, press, says, until
from ui.screens.placement import PlacementScreen
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.map_model import MarkKind

Open = Callable[..., Window]
LOOK = "Se vart fotona hör innan de flyttas"


@pytest.fixture
def walked(session: Session, tmp_path: Path) -> str:
    """A walk with four stops and its track."""
    return evening(session, tmp_path)


def _take(session: Session, walk: str, *paths: Path, by_track: bool = False) -> None:
    finish(import_photos(session, session.read(SafetyWalk, {"id": walk})[0], list(paths), by_track=by_track))


def _taken_by_wrong_clock(session: Session, walk: str, tmp_path: Path) -> Camera:
    """Two photos that the track has put at stops 2 and 3, by a clock of which nobody knew how it goes: they belong at
    stops 1 and 2."""
    camera = Camera(tmp_path / "kort", STAYS_S + LEG_S)
    _take(session, walk, camera.shoot(60), camera.shoot(STAYS_S + LEG_S + 60), by_track=True)
    assert [each for each in _stops(session, walk) if each] == ["2", "3"]
    return camera


def _taken_by_right_clock(session: Session, walk: str, tmp_path: Path) -> None:
    """A photo without a place, taken at stop 1 with a camera of which it is known that its clock goes right."""
    camera = Camera(tmp_path / "a", 0.0)
    note_camera_clock(session, walk, camera.model, 0.0)
    _take(session, walk, camera.shoot(60))


def _tell_clock(session: Session, walk: str, camera: Camera) -> None:
    """A photo of the clock page comes in."""
    _take(session, walk, camera.shoot(5, page=BEGINS + timedelta(seconds=5)))


def _stops(session: Session, walk: str) -> list[str | None]:
    """The numbers of the stops where the photos are, by their names."""
    numbers = {each.id: str(k + 1) for k, each in enumerate(session.read(Stop, {"scope": walk}, order=("order",)))}
    return [numbers.get(str(each.stop)) for each in session.read(Photo, {"scope": walk}, order=("name", "camera"))]


def _proposed(shown: Window) -> PlacementScreen:
    page = shown.shown
    assert isinstance(page, PlacementScreen)
    until(lambda: page.found is not None, "the proposal")
    return page


def test_photos_that_a_wrong_clock_placed_are_told_of_looked_at_moved_and_put_back(
    window: Open, walked: str, session: Session, tmp_path: Path
) -> None:
    camera = _taken_by_wrong_clock(session, walked, tmp_path)
    shown = window()
    shown.go(Place("photos", walked))
    assert not any(each.isVisible() for each in _offers(shown))
    _tell_clock(session, walked, camera)
    until(lambda: any(each.isVisible() for each in _offers(shown)), "the offer")
    assert says(shown, "2 foton som är placerade efter spåret hör någon annanstans, efter det som nu är känt.")
    press(shown, LOOK)
    page = _proposed(shown)
    spoken = [each.spoken for each in page.grid.cells.things]
    assert "Nu: stopp 2, Flyttas till stopp 1, 180\N{NO-BREAK SPACE}m bort" in spoken[0], "as far as a leg is long"
    assert "Nu: stopp 3, Flyttas till stopp 2, 180\N{NO-BREAK SPACE}m bort" in spoken[1]
    assert [each.now for each in page.grid.cells.things] == ["Nu: stopp 2", "Nu: stopp 3"], "also seen"
    assert says(shown, "Förslag. Inget ändras förrän du trycker på Flytta.")
    assert not page.use.isVisible(), "nothing else is to be done"
    assert _stops(session, walked) == ["2", "3"], "nothing is changed by looking"
    press(shown, "Flytta 2 som ligger fel")
    assert _stops(session, walked) == ["1", "2"]
    assert undoable(session, walked) == "2 foton flyttade"
    press(shown, "Ångra: 2 foton flyttade.")
    until(lambda: _stops(session, walked) == ["2", "3"], "all of it taken back")


def test_what_lies_wrong_is_told_of_before_what_has_no_place_among_all_photos(
    window: Open, walked: str, session: Session, tmp_path: Path
) -> None:
    strange = Camera(tmp_path / "annan", 0.0, "Annan")
    _take(session, walked, strange.shoot(60))
    camera = _taken_by_wrong_clock(session, walked, tmp_path)
    shown = window()
    shown.go(Place("photos", walked))
    unknown = "1 foto utan plats togs medan spåret gicks. Ingen vet om klockan i Annan går rätt. Se förslaget först."
    until(lambda: says(shown, unknown), "it to be said where all are shown")
    _tell_clock(session, walked, camera)
    until(lambda: any(each.isVisible() for each in _offers(shown)), "the offer")
    assert not says(shown, unknown), "one thing after the other"
    press(shown, "Oplacerat 1")
    assert says(shown, unknown)
    press(shown, "Alla 3")
    press(shown, LOOK)
    _proposed(shown)
    press(shown, "Flytta 2 som ligger fel")
    shown.go(Place("photos", walked))
    assert not says(shown, unknown), "nothing takes its place a moment later"
    until(lambda: says(shown, unknown), "it to be said as nothing lies wrong")


def test_a_move_that_is_not_wanted_is_waved_off_and_never_offered_again_until_that_is_taken_back(
    window: Open, walked: str, session: Session, tmp_path: Path
) -> None:
    _tell_clock(session, walked, _taken_by_wrong_clock(session, walked, tmp_path))
    before = {each.id: (each.position, each.stop) for each in session.read(Photo)}
    shown = window()
    shown.go(Place("placement", walked))
    page = _proposed(shown)
    press(shown, "Låt 2 ligga kvar")
    (walk,) = session.read(SafetyWalk)
    assert {each.id: (each.position, each.stop) for each in session.read(Photo)} == before
    assert says(shown, "Alla foton har en plats") and to_be_moved(session, walk) == []
    assert undoable(session, walked) == "2 foton ligger kvar"
    press(shown, "Ångra: 2 foton ligger kvar.")
    until(lambda: len(page.grid.cells.things) == 2, "both again")
    page.grid.mark([page.grid.cells.things[0].key])
    press(shown, "Låt 1 ligga kvar")
    assert len(to_be_moved(session, walk)) == 1, "only the one that was marked"


def test_the_map_beside_the_proposals_shows_where_each_photo_is_proposed_for(
    window: Open, walked: str, session: Session, tmp_path: Path
) -> None:
    _taken_by_right_clock(session, walked, tmp_path)
    shown = window()
    shown.go(Place("placement", walked))
    page = _proposed(shown)
    assert page.found is not None
    (each,) = page.found.photos
    (mark,) = [mark for mark in page._beside.map.view.marks if mark.kind == MarkKind.PHOTO]
    assert (mark.key, mark.position) == (each.photo.id, each.placing.position)
    assert "förslag: Stopp 1" in mark.name
    assert session.read(Photo)[0].position is None, "it is only proposed"


def _offers(shown: Window) -> list[QAbstractButton]:
    return [each for each in buttons(shown) if each.accessibleName() == LOOK]


def test_of_each_camera_its_own_clock_is_put_right(window: Open, walked: str, session: Session, tmp_path: Path) -> None:
    ahead, behind = Camera(tmp_path / "a", 3720.0, "Ahead"), Camera(tmp_path / "b", -60.0, "Behind")
    _take(session, walked, ahead.shoot(60), behind.shoot(STAYS_S + LEG_S + 90))
    shown = window()
    shown.go(Place("placement", walked))
    page = _proposed(shown)
    press(shown, "Ändra hur kamerans klocka går")
    _say(shown, "Ahead", "Går före", Timmar="1", Minuter="2")
    _say(shown, "Behind", "Går efter", Minuter="1")
    until(lambda: "Använd 2 säkra" in [each.text() for each in buttons(shown)], "both")
    assert json.loads(shown.place.part) == {"Ahead": -3720, "Behind": 60}
    assert "Ahead: Kamerans klocka går 1 h 02 min före" in page.clock._detail.text()
    assert "Behind: Kamerans klocka går 1 min efter" in page.clock._detail.text()
    _choose(shown, "Ahead")
    assert (named(shown, "Timmar").text(), named(shown, "Minuter").text()) == ("1", "2")  # type: ignore[attr-defined]
    press(shown, "Använd 2 säkra")
    assert _stops(session, walked) == ["1", "2"]


def _choose(shown: Window, camera: str) -> None:
    field = _proposed(shown).clock.which
    place = next(k for k, (_value, word) in enumerate(field.choices) if word == camera)
    field.combo.setCurrentIndex(place)
    field.combo.activated.emit(place)


def _say(shown: Window, camera: str, how: str, **amounts: str) -> None:
    """Say of a camera's clock how it goes, as a person does."""
    _choose(shown, camera)
    press(shown, f"Kamerans klocka: {how}")
    for name, typed in amounts.items():
        field = named(shown, name)
        field.setFocus()
        QTest.keyClicks(field, typed)
        QTest.keyClick(field, Qt.Key.Key_Tab)


def test_a_photo_that_was_put_at_a_stop_by_hand_is_not_moved_by_the_old_proposal(
    window: Open, walked: str, session: Session, tmp_path: Path
) -> None:
    _taken_by_right_clock(session, walked, tmp_path)
    shown = window()
    shown.go(Place("placement", walked))
    page = _proposed(shown)
    page.grid.choose(page.grid.cells.things[0].key)
    QTest.keyClick(page.grid, Qt.Key.Key_4)
    assert page.use.text() == "Inget säkert att använda", "at once"
    QTest.mouseClick(page.use, Qt.MouseButton.LeftButton)
    assert _stops(session, walked) == ["4"] and session.conflicts(walked) == []


def test_what_stands_in_the_fields_of_the_clock_is_what_is_reckoned_with(
    window: Open, walked: str, session: Session, tmp_path: Path
) -> None:
    _take(session, walked, Camera(tmp_path / "a", 3720.0, "A").shoot(60))
    shown = window()
    shown.go(Place("placement", walked))
    _proposed(shown)
    press(shown, "Ändra hur kamerans klocka går")
    _say(shown, "A", "Går före", Timmar="1")
    assert json.loads(shown.place.part) == {"A": -3600}
    field = named(shown, "Timmar")
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert shown.place.part == "", "nothing is said any longer"
    press(shown, "Kamerans klocka: Går rätt")
    assert json.loads(shown.place.part) == {"A": 0}
    press(shown, "Kamerans klocka: Går efter")
    assert shown.place.part == "", "by how much is not said yet"


def test_of_one_camera_alone_nobody_asks_which(window: Open, walked: str, session: Session, tmp_path: Path) -> None:
    _take(session, walked, Camera(tmp_path / "a", 3720.0).shoot(60))
    shown = window()
    shown.go(Place("placement", walked))
    page = _proposed(shown)
    press(shown, "Ändra hur kamerans klocka går")
    assert page.clock.fields.isVisible() and not page.clock.which.isVisible()


def test_a_clock_that_goes_so_wrong_as_no_camera_does_is_not_taken(
    window: Open, walked: str, session: Session, tmp_path: Path
) -> None:
    _take(session, walked, Camera(tmp_path / "a", 3720.0).shoot(60))
    shown = window()
    shown.go(Place("placement", walked))
    page = _proposed(shown)
    press(shown, "Ändra hur kamerans klocka går")
    press(shown, "Kamerans klocka: Går före")
    field = named(shown, "Timmar")
    for typed, why in (("99999999999", "Så fel går ingen kamera."), ("1", "")):
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(field, typed)
        QTest.keyClick(field, Qt.Key.Key_Tab)
        assert page.clock.fields.hours.refusal == why
        assert bool(shown.place.part) == (not why)


@pytest.mark.parametrize("kept", ["-3720", "-3720.0"])
def test_what_a_version_before_kept_of_the_clock_holds_for_all_cameras(
    window: Open, walked: str, session: Session, tmp_path: Path, kept: str
) -> None:
    _take(session, walked, Camera(tmp_path / "a", 3720.0).shoot(60))
    shown = window()
    shown.go(Place("placement", walked, part=kept))
    _proposed(shown)
    press(shown, "Använd 1 säkert")
    assert _stops(session, walked) == ["1"]


@pytest.mark.parametrize(
    "kept", ["", "x", "[1]", '"1"', "null", '{"a": "b"}', "1e99", "NaN", "true", "1" * 400, "[" * 100_000]
)
def test_what_nobody_can_have_said_of_the_clocks_is_left_out(
    window: Open, walked: str, session: Session, tmp_path: Path, kept: str
) -> None:
    _taken_by_right_clock(session, walked, tmp_path)
    shown = window()
    shown.go(Place("placement", walked, part=kept))
    found = _proposed(shown).found
    assert found is not None and not any(found.said.values())
