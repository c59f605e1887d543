"""Placing photos by hand: which of them they are is seen and chosen, all or one by one, also with large words."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.domain.change import Draft
from app.domain.records import Photo, Stop
from app.session import Session
from tests.gui.hands import button, press, says, until
from tests.gui.opening import Opener
from tests.gui.photo_walk import choose_row, keep, photos_page
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.list_scroll import ListScroll
from ui.widgets.photo_place import Placing
from ui.widgets.photo_strip import Thumb

Open = Callable[..., Window]
SMALL = (1024, 600)


def _placing(window: Window) -> Placing:
    placing = photos_page(window)._placing
    assert placing is not None
    return placing


def _is_seen(part: QWidget) -> bool:
    return part.isVisible() and part.visibleRegion().boundingRect() == part.rect()


@pytest.mark.parametrize("gloves", [False, True])
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_photos_and_their_names_are_seen_where_their_stop_is_chosen_with_large_words(
    at: Opener, lang: str, gloves: bool
) -> None:
    window = at("photos.several", SMALL, text=200, gloves=gloves, lang=lang)
    placing, named = _placing(window), "Foto 0.1, 0.2, 0.3" if lang == "sv" else "Photo 0.1, 0.2, 0.3"
    assert len(placing.strip.thumbs) == 3 and all(map(_is_seen, placing.strip.thumbs))
    assert placing.ways.mapTo(window, QPoint()).y() < placing.mapTo(window, QPoint(0, placing.height())).y()
    (page,) = placing.findChildren(ListScroll)
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())
    assert placing.stops.isVisible() and says(window, named), "the head stays"


def test_one_photo_alone_is_seen_with_its_file_with_large_words(at: Opener) -> None:
    window = at("photos.place", SMALL, text=200, gloves=True)
    (thumb,) = _placing(window).strip.thumbs
    (photo,) = _placing(window).chosen
    assert _is_seen(thumb) and says(window, str(photo.name))


def test_a_photo_whose_name_a_newer_version_wrote_is_called_by_its_number(
    window: Open, walk: str, session: Session
) -> None:
    kept = keep(session, walk, 1)
    (photo,) = session.read(Photo, {"id": kept})
    newer = Draft(kind=Photo.KIND, record=kept, field="name", value={"sv": "Tunneln"}, seen=photo.seen)
    session.write(walk, [newer])
    shown = window()
    shown.go(Place("photos", walk))
    shown.go(Place("photos", walk, kept, "place"))
    assert _placing(shown).names() == "Foto 0.1"


@pytest.fixture
def many(window: Open, walk: str, session: Session) -> Window:
    """Fourteen photos without a place, to be placed by hand."""
    kept = [keep(session, walk, number) for number in range(1, 15)]
    shown = window()
    shown.go(Place("photos", walk))
    shown.go(Place("photos", walk, ",".join(kept), "place"))
    return shown


def test_none_is_placed_where_none_is_marked_and_that_is_said(many: Window, walk: str, session: Session) -> None:
    press(many, "Avmarkera")
    why = "Inget foto är markerat. Markera det som ska placeras."
    assert _placing(many).chosen == [] and says(many, why)
    choose_row(many, "Stoppen", session.read(Stop, {"scope": walk})[0].id)
    assert {each.stop for each in session.read(Photo, {"scope": walk})} == {None}
    assert many.tray.notice is not None and many.tray.notice.text == why
    press(many, "Markera alla")
    assert len(_placing(many).chosen) == 14 and says(many, "Placera 14 foton")


def test_all_photos_can_be_looked_at_and_one_of_them_is_placed_alone_and_taken_back(
    many: Window, walk: str, session: Session
) -> None:
    assert len(_placing(many).strip.thumbs) == 12
    press(many, "Visa 2 foton till")
    thumbs: list[Thumb] = _placing(many).strip.thumbs
    assert len(thumbs) == 14 and not button(many, "Avmarkera").isHidden()
    press(many, "Avmarkera")
    last = _placing(many).strip.thumbs[-1]
    QTest.mouseClick(last, Qt.MouseButton.LeftButton)
    stop = session.read(Stop, {"scope": walk})[0]
    choose_row(many, "Stoppen", stop.id)
    placed = [each.id for each in session.read(Photo, {"scope": walk}) if each.stop == stop.id]
    assert placed == [last.shot.key]
    press(many, "Ångra: 1 foto placerat")
    until(lambda: {each.stop for each in session.read(Photo, {"scope": walk})} == {None}, "it is taken back")
