"""One photo in a real window: looked into, described, placed, taken away and back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.base.job import finish
from app.commands.photos import attach_all
from app.commands.records import resolve, set_fields
from app.domain.records import Observation, Photo, SafetyWalk, Stop
from app.jobs.photos import import_photos
from app.jobs.sync import sync
from app.session import Session
from app.settings import Settings
from tests.gui.hands import button, buttons, named, press, type_text, until, wait
from tests.gui.photo_walk import DATA, choose_row, keep, photo_page
from ui.screens.photo import PhotoScreen
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.photo_view import PhotoView
from ui.widgets.text import Label

Open = Callable[..., Window]


def view(shown: Window) -> PhotoView:
    """The photo itself, once its picture is there."""
    found = photo_page(shown).view
    until(lambda: found._small is not None and not found._small.isNull(), "the picture")
    return found


def words(shown: Window) -> str:
    """Everything that is said on the page."""
    wait(0)
    return "\n".join(each.text() for each in shown.shown.findChildren(Label) if each.isVisible())


@pytest.fixture
def three(session: Session, walk: str) -> list[str]:
    """Three photos of the walk."""
    return [keep(session, walk, number) for number in (1, 2, 3)]


def test_a_caption_and_a_description_are_kept_as_they_are_typed(
    window: Open, walk: str, three: list[str], session: Session
) -> None:
    shown = window()
    shown.go(Place("photo", walk, three[1]))
    for name, said in (("Bildtext", "Mörk gång vid Åkerö"), ("Beskrivning av bilden", "En släckt lykta över en väg.")):
        field = named(shown, name)
        field.setFocus()
        type_text(field, said)
    until(lambda: session.read(Photo, {"id": three[1]})[0].alt != "", "the description")
    (photo,) = session.read(Photo, {"id": three[1]})
    assert (photo.caption, photo.alt) == ("Mörk gång vid Åkerö", "En släckt lykta över en väg.")
    until(lambda: "En släckt lykta" in photo_page(shown).view.accessibleName(), "the picture's name")


def test_what_another_device_wrote_meanwhile_does_not_disturb_typing(
    window: Open, walk: str, three: list[str], session: Session
) -> None:
    shown = window()
    shown.go(Place("photo", walk, three[0]))
    field = named(shown, "Bildtext")
    field.setFocus()
    type_text(field, "Mitt")
    (photo,) = session.read(Photo, {"id": three[0]})
    set_fields(session, photo, {"alt": "Från den andra"})
    type_text(field, " eget")
    photo_page(shown).flush()
    until(lambda: session.read(Photo, {"id": three[0]})[0].caption == "Mitt eget", "the caption")


def test_arrows_and_buttons_step_through_the_photos(window: Open, walk: str, three: list[str]) -> None:
    shown = window()
    shown.go(Place("photo", walk, three[0]))
    press(shown, "Nästa foto")
    assert shown.place.item == three[1]
    QTest.keyClick(photo_page(shown).view, Qt.Key.Key_Right)
    assert shown.place.item == three[2]
    assert not any(each.accessibleName() == "Nästa foto" for each in buttons(shown))
    QTest.keyClick(view(shown), Qt.Key.Key_Left)
    assert shown.place.item == three[1]
    assert "Foto 0.2" in words(shown)
    shown.build()
    assert shown.place.item == three[1]


def test_arrows_in_a_text_stay_in_the_text(window: Open, walk: str, three: list[str]) -> None:
    shown = window()
    shown.go(Place("photo", walk, three[1]))
    field = named(shown, "Bildtext")
    field.setFocus()
    type_text(field, "ab")
    QTest.keyClick(field, Qt.Key.Key_Left)
    assert shown.place.item == three[1]


def test_a_swipe_over_the_whole_picture_goes_to_the_next(window: Open, walk: str, three: list[str]) -> None:
    shown = window(800, 1280)
    shown.go(Place("photo", walk, three[0]))
    seen = view(shown)
    middle = seen.rect().center()
    QTest.mousePress(seen, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(seen, middle - QPoint(60, 0))
    QTest.mouseRelease(seen, Qt.MouseButton.LeftButton, pos=middle - QPoint(140, 0))
    assert shown.place.item == three[1]


def test_the_picture_is_looked_into_by_wheel_keys_press_and_drag(window: Open, walk: str, three: list[str]) -> None:
    shown = window()
    shown.go(Place("photo", walk, three[0]))
    seen = view(shown)
    QTest.mouseDClick(seen, Qt.MouseButton.LeftButton, pos=seen.rect().center())
    assert seen.zoom == pytest.approx(2.5)
    before = seen.box()
    QTest.mousePress(seen, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    QTest.mouseMove(seen, QPoint(150, 180))
    QTest.mouseRelease(seen, Qt.MouseButton.LeftButton, pos=QPoint(150, 180))
    assert seen.box().left() < before.left()
    assert shown.place.item == three[0]
    QTest.keyClick(seen, Qt.Key.Key_0)
    assert seen.is_whole
    QTest.keyClick(seen, Qt.Key.Key_Plus)
    QTest.keyClick(seen, Qt.Key.Key_Plus)
    QTest.keyClick(seen, Qt.Key.Key_Minus)
    assert seen.zoom == pytest.approx(1.25)
    press(shown, "Hela bilden")
    assert seen.is_whole
    point = QPointF(100, 100)
    wheel = QWheelEvent(
        point, seen.mapToGlobal(point), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(seen, wheel)
    assert seen.zoom == pytest.approx(1.25)
    press(shown, "Närmare")
    assert seen.zoom > 1.5
    press(shown, "Nästa foto")
    assert photo_page(shown).view.is_whole


def test_what_is_seen_under_the_pointer_stays_there_while_one_goes_closer(
    window: Open, walk: str, three: list[str]
) -> None:
    shown = window()
    shown.go(Place("photo", walk, three[0]))
    seen = view(shown)
    seen.zoom_by(3.0)
    point = QPointF(seen.width() / 2 + 40, seen.height() / 2 - 30)
    before = seen.box()
    share = (point.x() - before.x()) / before.width()
    seen.zoom_by(1.2, point)
    after = seen.box()
    assert (point.x() - after.x()) / after.width() == pytest.approx(share, abs=0.002)


def test_a_removed_photo_gives_way_to_the_next_and_comes_back(
    window: Open, walk: str, three: list[str], session: Session
) -> None:
    shown = window()
    shown.go(Place("photo", walk, three[0]))
    press(shown, "Ta bort fotot")
    assert len(session.read(Photo, {"scope": walk})) == 2
    assert shown.place.item == three[1]
    press(shown, "Ångra: Foto 0.1 är borttaget.")
    until(lambda: len(session.read(Photo, {"scope": walk})) == 3, "the photo back")


def test_a_photo_is_placed_and_loosened(window: Open, walk: str, three: list[str], session: Session) -> None:
    stop = session.read(Stop, {"scope": walk}, order=("order",))[0]
    seen = next(each for each in session.read(Observation, {"scope": walk}) if each.stop == stop.id)
    shown = window()
    shown.go(Place("photo", walk, three[0]))
    press(shown, "Placera")
    choose_row(shown, "Stoppen", stop.id)
    assert isinstance(shown.shown, PhotoScreen)
    assert "Stopp 1, Växthusgrinden, stoppets läge." in words(shown)
    (photo,) = session.read(Photo, {"id": three[0]})
    attach_all(session, [photo], seen.id)
    until(lambda: "Öppna iakttagelsen" in {each.accessibleName() for each in buttons(shown)}, "the way there")
    press(shown, "Lossa från iakttagelsen")
    assert session.read(Photo, {"id": three[0]})[0].observation is None


def test_what_is_known_of_a_photo_is_said_with_how(window: Open, walk: str, session: Session) -> None:
    (about,) = session.read(SafetyWalk, {"id": walk})
    (item,) = finish(import_photos(session, about, [DATA / "IMG_0308.heic"]))
    shown = window()
    shown.go(Place("photo", walk, item["photo"]))
    said = words(shown)
    assert "2021-07-06 16.08.14, tid från kameran." in said
    assert "plats i bilden" in said
    assert "Mot sydväst, 242°." in said
    assert "IMG_0308.heic, HEIC, 1025 × 900, Apple iPhone XS." in said
    assert "Sparat oförändrat här, " in said


def test_the_original_is_opened_only_when_asked_for(
    window: Open, walk: str, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    (about,) = session.read(SafetyWalk, {"id": walk})
    (item,) = finish(import_photos(session, about, [DATA / "orientation_6.jpg"]))
    (photo,) = session.read(Photo, {"id": item["photo"]})
    asked: list[str] = []
    read = session.blobs.read

    def counted(name: str) -> bytes:
        asked.append(name)
        return read(name)

    monkeypatch.setattr(session.blobs, "read", counted)
    shown = window()
    shown.go(Place("photo", walk, photo.id))
    seen = view(shown)
    wait(100)
    assert photo.original not in asked
    press(shown, "Visa original")
    until(lambda: seen._large is not None, "the original")
    assert photo.original in asked
    assert seen._large is not None
    assert (seen._large.width(), seen._large.height()) == (photo.width, photo.height)


def test_the_original_can_be_asked_for_again_after_a_cancel(window: Open, walk: str, session: Session) -> None:
    (about,) = session.read(SafetyWalk, {"id": walk})
    (item,) = finish(import_photos(session, about, [DATA / "orientation_6.jpg"]))
    shown = window()
    shown.go(Place("photo", walk, item["photo"]))
    until(lambda: not shown.runner.busy, "how far it has come")
    press(shown, "Visa original")
    (run,) = shown.runner._runs
    run.cancel()
    until(lambda: not shown.runner.busy, "the end")
    press(shown, "Visa original")
    until(lambda: view(shown)._large is not None, "the original")


def test_what_is_wrong_with_a_photo_is_said(window: Open, walk: str, session: Session) -> None:
    broken = keep(session, walk, 1, report=None, thumb=None)
    gone = keep(session, walk, 2)
    (photo,) = session.read(Photo, {"id": gone})
    for name in (photo.report, photo.thumb):
        session.blobs.delete(str(name))
    shown = window()
    shown.go(Place("photo", walk, broken))
    assert "Bilden kan inte visas. Originalet är sparat oförändrat." in words(shown)
    assert not any(each.text() == "Visa original" for each in buttons(shown))
    shown.go(Place("photo", walk, gone))
    assert "Bildens fil finns inte på den här enheten än." in words(shown)


@pytest.fixture
def at_night(session: Session) -> None:
    """The red theme."""
    session.save(Settings(theme="red"))


def colors(shown: Window) -> tuple[int, int, int]:
    """Red, green and blue in the middle of the picture."""
    seen = view(shown)
    wait(50)
    color = seen.grab().toImage().pixelColor(seen.rect().center())
    return color.red(), color.green(), color.blue()


@pytest.mark.usefixtures("at_night")
def test_at_night_pictures_are_red_until_color_is_asked_for(window: Open, walk: str, session: Session) -> None:
    photo = keep(session, walk, 200)
    shown = window()
    shown.go(Place("photo", walk, photo))
    red, green, blue = colors(shown)
    assert red > 2 * green
    assert red > 2 * blue
    press(shown, "Visa i färg")
    until(lambda: colors(shown)[1] > 100, "its own colours")
    press(shown, "Visa i färg")
    until(lambda: colors(shown)[1] < 100, "red again")


def test_no_color_is_offered_by_day(window: Open, walk: str, three: list[str]) -> None:
    shown = window()
    shown.go(Place("photo", walk, three[0]))
    assert not any(each.text() == "Visa i färg" for each in buttons(shown))
    assert button(shown, "Placera").isVisible()


def test_a_photo_that_another_device_took_away_is_said_to_be_gone(window: Open, walk: str) -> None:
    shown = window()
    shown.go(Place("photo", walk, "0" * 32))
    assert "Fotot finns inte längre" in words(shown)
    press(shown, "Tillbaka")
    assert shown.place == Place()


def test_what_two_devices_wrote_of_a_photo_is_shown_in_place_and_settled(
    window: Open, walk: str, session: Session, tmp_path: Path
) -> None:
    photo = keep(session, walk, 1)
    (tmp_path / "meet").mkdir()
    other = Session(tmp_path / "other")
    for each in (session, other):
        finish(sync(each, str(tmp_path / "meet"), walk=walk))
    for each, said in ((session, "Mörk port"), (other, "Trasig port")):
        (shown,) = each.read(Photo, {"id": photo})
        set_fields(each, shown, {"caption": said})
    for each in (session, other, session):
        finish(sync(each, str(tmp_path / "meet"), walk=walk))
    other.close()
    seen = window()
    seen.go(Place("photo", walk, photo))
    assert "Två versioner av samma text" in words(seen)
    (conflict,) = session.conflicts(walk)
    resolve(session, conflict, walk, conflict.choices[0].choice)
    until(lambda: "Två versioner av samma text" not in words(seen), "the conflict gone")
