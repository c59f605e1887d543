"""Photos taken in the window, through the software twin of a camera."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.commands.records import undo
from app.domain.records import Observation, Photo
from app.domain.track import Fix
from app.domain.values import PositionSource, TakenAtSource
from app.photos.exif import read_facts
from app.session import Session
from tests.gui.hands import Answers, button, buttons, press, until, wait
from tests.gui.noting import LAMP, at_new, says, stop_named
from tests.gui.twins import Frames, Twins
from tests.gui.walker import PHOTO
from ui.bridge.media import media_of
from ui.bridge.receivers import PlayedReceiver
from ui.screens.camera import CameraScreen
from ui.shell.window import Window
from ui.widgets import shutter
from ui.widgets.desk import Place
from ui.widgets.live_view import LiveView
from ui.widgets.photo_button import PhotoButton

Opens = Callable[..., Window]


def seeing(opens: Opens, size: tuple[int, int] = (800, 1280)) -> Window:
    """The window on a machine with a camera."""
    shown = opens(*size)
    Twins(shown.runner, sees=True)
    shown.activateWindow()
    QTest.qWaitForWindowActive(shown)
    return shown


def photos(session: Session, walk: str) -> list[Photo]:
    """What is kept."""
    return session.read(Photo, {"scope": walk})


def await_picture(window: Window) -> None:
    """Until something is seen."""
    until(lambda: any(not each.eye.picture().isNull() for each in window.findChildren(LiveView)), "a picture")


def at_camera(opens: Opens, walk: str) -> Window:
    """The camera, opened from the map."""
    shown = seeing(opens)
    shown.go(Place("walk", walk))
    wait(30)
    press(shown, "Foto")
    assert isinstance(shown.shown, CameraScreen)
    await_picture(shown)
    return shown


def taken(window: Window, session: Session, walk: str, count: int = 1) -> None:
    """One more press on the shutter, until there are so many photos."""
    wait(shutter.GUARD_MS + 50)
    press(window, "Ta foto")
    until(lambda: len(photos(session, walk)) == count, "the photo")
    until(lambda: not window.runner.busy, "the end")


def test_two_presses_make_a_photo_where_one_is_by_its_software_twin(window: Opens, session: Session, walk: str) -> None:
    shown = seeing(window)
    gate = stop_named(session, walk, "Växthus")
    walked = [Fix(datetime.now(UTC), 60.1752, 24.9452, hdop=1.0, speed_mps=1.4, course_deg=271.5)]
    shown.guide.listen(PlayedReceiver(walked, 1.0, shown.guide))
    shown.go(Place("walk", walk))
    wait(30)
    press(shown, "Foto")
    await_picture(shown)
    before = datetime.now(UTC) - timedelta(seconds=2)
    taken(shown, session, walk)
    (photo,) = photos(session, walk)
    assert (photo.stop, photo.observation, photo.position_source) == (gate.id, None, PositionSource.EXIF)
    assert (photo.direction_deg, photo.direction_ref, photo.format) == (271.5, "T", "JPEG")
    assert photo.taken_at_source == TakenAtSource.OFFSET and isinstance(photo.taken_at, datetime)
    assert before < photo.taken_at < datetime.now(UTC)
    facts = read_facts(session.blobs.read(str(photo.original)))
    assert facts.position == walked[0].position and facts.offset in ("+02:00", "+03:00")
    assert facts.camera == "Kamerans tvilling" == photo.camera
    assert session.blobs.has(str(photo.report)) and session.blobs.has(str(photo.thumb))
    undo(session, walk)
    assert not photos(session, walk)


def test_without_a_receiver_a_photo_belongs_to_the_stop_one_is_at_by_its_software_twin(
    window: Opens, session: Session, walk: str
) -> None:
    shown = at_camera(window, walk)
    taken(shown, session, walk)
    (photo,) = photos(session, walk)
    stop = stop_named(session, walk, "Gångtunneln")
    assert (photo.stop, photo.position, photo.position_source) == (stop.id, stop.position, PositionSource.STOP)


def test_each_press_is_a_photo_of_its_own_and_a_double_press_is_one_by_its_software_twin(
    window: Opens, session: Session, walk: str
) -> None:
    shown = at_camera(window, walk)
    for count in (1, 2):
        wait(shutter.GUARD_MS + 50)
        press(shown, "Ta foto")
        press(shown, "Ta foto")
        until(lambda count=count: len(photos(session, walk)) == count, "the photo")  # type: ignore[misc]
        until(lambda: not shown.runner.busy, "the end")
    assert len(photos(session, walk)) == 2
    assert len({each.original for each in photos(session, walk)}) == 2


def test_photo_first_and_then_what_it_is_about_by_its_software_twin(window: Opens, session: Session, walk: str) -> None:
    shown = at_camera(window, walk)
    known = {each.id for each in session.read(Observation, {"scope": walk})}
    taken(shown, session, walk)
    until(lambda: any(each.text() == "Ny iakttagelse" for each in buttons(shown)), "what follows")
    press(shown, "Ny iakttagelse")
    press(shown, "Belysning, kategori A")
    (made,) = [each for each in session.read(Observation, {"scope": walk}) if each.id not in known]
    assert [each.observation for each in photos(session, walk)] == [made.id] and made.category == "lighting"
    undo(session, walk)
    undo(session, walk)
    assert {each.id for each in session.read(Observation, {"scope": walk})} == known
    assert [each.observation for each in photos(session, walk)] == [None]


def test_a_photo_still_on_its_way_belongs_to_what_is_noted_meanwhile_by_its_software_twin(
    window: Opens, session: Session, walk: str
) -> None:
    shown = at_camera(window, walk)
    taken(shown, session, walk)
    until(lambda: any(each.text() == "Ny iakttagelse" for each in buttons(shown)), "what follows")
    wait(shutter.GUARD_MS + 50)
    press(shown, "Ta foto")
    press(shown, "Ny iakttagelse")
    until(lambda: len(photos(session, walk)) == 2 and not shown.runner.busy, "the second one")
    assert [each.observation for each in photos(session, walk)] == [shown.place.item] * 2


def test_a_photo_of_one_observation_is_not_taken_into_the_next_by_its_software_twin(
    window: Opens, session: Session, walk: str
) -> None:
    shown = seeing(window)
    (first,) = session.read(Observation, {"scope": walk, "item": "A1"})
    shown.go(Place("observe", walk, first.id, "severity"))
    await_picture(shown)
    press(shown, "Ta foto")
    shown.go(Place("camera", walk))
    until(lambda: bool(photos(session, walk)) and not shown.runner.busy, "the photo")
    taken(shown, session, walk, 2)
    press(shown, "Ny iakttagelse")
    assert sorted(str(each.observation) for each in photos(session, walk)) == sorted((first.id, shown.place.item))


def test_a_camera_that_was_pulled_out_takes_no_photo_of_what_it_saw_before_by_its_software_twin(
    window: Opens, session: Session, walk: str
) -> None:
    shown = at_camera(window, walk)
    (view,) = shown.findChildren(LiveView)
    for each in view.findChildren(Frames):
        each.pull_out()
    until(lambda: view.eye.picture().isNull(), "nothing is seen")
    press(shown, "Ta foto")
    assert says(shown, "Kameran visar ingen bild än.") and not shown.runner.busy
    media_of(shown.runner).changed.emit()
    await_picture(shown)
    taken(shown, session, walk)


def test_an_observation_with_a_photo_takes_four_presses_by_its_software_twin(
    window: Opens, session: Session, walk: str
) -> None:
    shown = seeing(window)
    known = {each.id for each in session.read(Observation, {"scope": walk})}
    shown.go(Place("walk", walk))
    wait(30)
    for name in ("Ny iakttagelse", "Belysning, kategori A", LAMP):
        press(shown, name)
    await_picture(shown)
    press(shown, "Ta foto")
    until(lambda: len(photos(session, walk)) == 1, "the photo")
    (made,) = [each for each in session.read(Observation, {"scope": walk}) if each.id not in known]
    assert (made.item, photos(session, walk)[0].observation) == ("A1", made.id)
    until(lambda: says(shown, "Ett foto till"), "the next step")
    press(shown, "Ett foto till")
    await_picture(shown)
    taken(shown, session, walk, 2)
    press(shown, "Klar")
    assert shown.place.page == "observe"
    assert {each.observation for each in photos(session, walk)} == {made.id}


def test_what_leads_to_a_photo_is_called_for_what_it_does_also_when_a_camera_comes_and_goes_by_its_software_twin(
    window: Opens, session: Session, walk: str, answers: Answers
) -> None:
    shown = window(800, 1280)
    twins = Twins(shown.runner)
    (first, *_rest) = session.read(Observation, {"scope": walk})

    def lit() -> list[tuple[str, str]]:
        (found,) = (each for each in shown.findChildren(PhotoButton) if each.isVisible())
        return [(each.text(), each.accessibleName()) for each in buttons(shown.shown) if each is found]

    def plug(*, sees: bool) -> None:
        twins.sees_now = sees
        twins.changed.emit()
        wait(30)

    choose, take = [("Välj foton", "Välj foton")], [("Ta foto", "Ta foto")]
    shown.go(Place("observe", walk, first.id, "severity"))
    wait(30)
    assert lit() == choose
    plug(sees=True)
    assert lit() == take
    press(shown, "Ta foto")
    assert isinstance(shown.shown, CameraScreen)
    shown.back()
    await_picture(shown)
    (live,) = shown.findChildren(LiveView)
    assert lit() == take and live.isVisible()
    plug(sees=False)
    assert lit() == choose and not live.isVisible() and says(shown, "Ta bilden med kameraappen och välj den här.")
    answers.opened = [[PHOTO]]
    press(shown, "Välj foton")
    until(lambda: says(shown, "Ett foto till"), "the photo")
    until(lambda: not shown.runner.busy, "the end")
    assert [each.observation for each in photos(session, walk)] == [first.id]


def test_what_was_noted_just_now_is_offered_for_half_a_minute_by_its_software_twin(
    window: Opens, session: Session, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = seeing(window)
    for name in ("Ny iakttagelse", "Belysning, kategori A"):
        if shown.place.page != "observe":
            shown.go(Place("walk", walk))
            wait(30)
        press(shown, name)
    (made,) = [each for each in session.read(Observation, {"scope": walk}) if each.id == shown.place.item]
    shown.go(Place("walk", walk))
    wait(30)
    press(shown, "Foto")
    await_picture(shown)
    taken(shown, session, walk)
    press(shown, f"Lägg till i {made.tag}")
    assert [each.observation for each in photos(session, walk)] == [made.id]
    taken(shown, session, walk, 2)
    assert {each.observation for each in photos(session, walk)} == {made.id}
    shown.go(Place("walk", walk))
    late = datetime.now(UTC) + timedelta(seconds=31)
    monkeypatch.setattr(session, "clock", lambda: late)
    wait(30)
    press(shown, "Foto")
    await_picture(shown)
    assert not any(each.text().startswith("Lägg till i") for each in buttons(shown))


def test_escape_leads_back_and_the_camera_rests_by_its_software_twin(window: Opens, walk: str) -> None:
    shown = at_camera(window, walk)
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    wait(30)
    assert shown.place.page == "walk" and not shown.findChildren(LiveView)


def test_the_page_says_where_there_is_no_camera_and_comes_to_life_when_there_is_one_by_its_software_twin(
    window: Opens, walk: str
) -> None:
    shown = window(800, 1280)
    twins = Twins(shown.runner)
    shown.go(Place("camera", walk))
    wait(30)
    assert says(shown, "Ingen kamera hittades") and button(shown, "Välj filer").isVisible()
    twins.sees_now = True
    twins.changed.emit()
    until(lambda: bool(shown.findChildren(LiveView)), "the picture")


def test_without_a_camera_photos_are_chosen_as_files(window: Opens, walk: str, answers: Answers) -> None:
    shown = window(800, 1280)
    shown.go(Place("walk", walk))
    wait(30)
    press(shown, "Foto")
    assert (shown.place.page, shown.place.part) == ("photos", "import")
    shown = at_new(window, walk)
    answers.opened = [[]]
    press(shown, "Foto först")
    assert not answers.opened and button(shown, "Belysning, kategori A").isVisible()
