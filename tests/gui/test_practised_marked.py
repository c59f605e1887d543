"""What was made in a rehearsal says so wherever it is listed, on whichever tablet one practised: no alarm."""

from pathlib import Path

import pytest
from PIL import Image

from app.base.job import finish
from app.commands.measures import add_measure
from app.commands.observations import observe
from app.commands.recording import begin_rehearsal
from app.commands.records import add, delete, set_fields
from app.domain.records import Observation, Photo, SafetyWalk, Stop
from app.domain.values import Position, Severity
from app.jobs.photos import import_photos
from app.session import Session
from tests.gui.hands import button, press, says, until
from tests.gui.torn import Opener, Other, both_write, opened
from ui.shell.window import Window
from ui.widgets.chip import Chip
from ui.widgets.desk import Place
from ui.widgets.photo_grid import PhotoGrid
from ui.widgets.rows import Row, RowList

SAID = "Från en övning"


@pytest.fixture(params=["here", "elsewhere"])
def practised(request: pytest.FixtureRequest, session: Session, other: Other, tmp_path: Path) -> list[str]:
    """A stop, a danger and a photo that were made in a rehearsal, on this tablet or on the other. Their ids."""
    session_of = {"here": session, "elsewhere": other.session}[request.param]
    (walk,) = session_of.read(SafetyWalk)
    picture = tmp_path / "IMG_1.jpg"
    Image.new("RGB", (64, 48), "gray").save(picture)
    played = begin_rehearsal(session_of, walk.id)
    stop = add(session_of, Stop.KIND, walk.id, {"name": "På prov", "order": 9.0, "position": Position(60.17, 24.94)})
    danger = observe(session_of, walk.id, {"severity": Severity.DANGER, "text": "Öppen lucka.", "item": "A8"})
    finish(import_photos(session_of, walk, [picture]))
    played.end()
    other.meet()
    (photo,) = session.read(Photo)
    return [stop, danger, photo.id]


def rows(shown: Window, key: str) -> list[Row]:
    """The rows about a thing in the lists of a page."""
    return [each for rows in shown.shown.findChildren(RowList) for each in rows.rows.things if key in each.key]


def test_what_is_left_to_fill_in_and_the_card_of_what_is_gone_through_say_so_too(
    window: Opener, other: Other, practised: list[str]
) -> None:
    danger = practised[1]
    shown = opened(window, Place("complete", other.walk))
    said = [each.text for each in shown.shown.findChildren(Chip) if each.isVisible()]
    assert said.count(SAID) == 1
    shown.go(Place("review", other.walk))
    for each in [each for each in shown.shown.findChildren(RowList)[0].rows.things if not each.heading]:
        shown.shown._turn_to(each.key)  # type: ignore[attr-defined]
        assert says(shown, f". {SAID}") is (danger in each.key or each.key.startswith("gaps photo"))


def dangers(shown: Window) -> bool:
    """Whether the list of what is to be gone through begins with danger."""
    return any("Fara nu" in each.title for each in shown.shown.findChildren(RowList)[0].rows.things if each.heading)


def test_the_lists_of_stops_and_observations_mark_what_was_practised_and_nothing_else(
    window: Opener, other: Other, practised: list[str]
) -> None:
    stop, danger, _photo = practised
    shown = opened(window, Place("walk", other.walk, part="list"))
    for page in ("walk", "observations"):
        shown.go(Place(page, other.walk, part="list" if page == "walk" else ""))
        listed = [each for each in shown.shown.findChildren(RowList)[0].rows.things if not each.heading]
        marked = {each.key for each in listed if each.chip and each.chip[0] == SAID}
        assert marked == ({stop, danger} if page == "walk" else {danger})
        assert all((SAID in each.name()) == (each.key in marked) for each in listed), "it is said aloud, too"


def test_a_photo_that_was_practised_says_so_in_the_grid_and_on_its_page(
    window: Opener, other: Other, practised: list[str]
) -> None:
    photo = practised[2]
    shown = opened(window, Place("photos", other.walk))
    (cell,) = [each for each in shown.shown.findChildren(PhotoGrid)[0].cells.things if each.key == photo]
    assert cell.state[0] == SAID and SAID in cell.spoken
    shown.go(Place("photo", other.walk, photo))
    assert says(shown, "Den togs under en övning.")


def test_a_practised_danger_is_no_danger_of_the_walk_but_stays_named_where_it_is_gone_through(
    window: Opener, other: Other, practised: list[str]
) -> None:
    danger = practised[1]
    both = [begin_rehearsal(each, other.walk) for each in (other.mine, other.session)]
    both_write(other, Observation, danger, {"text": "Två."}, {"text": "Tre."})
    for each in both:
        each.end()
    other.meet()
    shown = opened(window, Place("review", other.walk))
    assert not dangers(shown)
    found = rows(shown, danger)
    assert found and all(each.detail.startswith(SAID) and SAID in each.name() for each in found)
    shown.go(Place("finish", other.walk))
    assert not says(shown, "Fara nu")


def test_the_protocol_tells_of_what_any_tablet_practised_and_leads_to_it(
    window: Opener, other: Other, session: Session, practised: list[str]
) -> None:
    shown = opened(window, Place("protocol", other.walk))
    assert not says(shown, "utan larm")
    assert says(shown, "3 saker från en övning kommer med i protokollet")
    here = any(each.text() == "Läge och övning" for each in shown.findChildren(type(button(shown, "Gör protokollet"))))
    press(shown, "Läge och övning" if here else "Visa iakttagelserna")
    assert shown.place.page == ("position" if here else "observations")
    for each in (Stop, Observation, Photo):
        (record,) = [one for one in session.read(each) if one.id in practised]
        delete(session, record)
    shown.go(Place("protocol", other.walk))
    assert not says(shown, "från en övning")


def test_a_practised_danger_that_somebody_went_on_with_for_real_is_danger_everywhere(
    window: Opener, other: Other, session: Session, practised: list[str]
) -> None:
    danger = practised[1]
    (seen,) = session.read(Observation, {"id": danger})
    shown = opened(window, Place("review", other.walk))
    assert not dangers(shown)
    set_fields(session, seen, {"text": "Den är öppen på riktigt."})
    until(lambda: dangers(shown), "the danger")
    assert not any(SAID in each.name() for each in rows(shown, danger))
    shown.go(Place("finish", other.walk))
    assert says(shown, "Fara nu: ")
    shown.go(Place("protocol", other.walk))
    assert says(shown, "1 fara nu utan larm") and says(shown, "2 saker från en övning kommer med i protokollet")


def test_who_plans_a_measure_for_a_practised_danger_takes_it_for_real(
    window: Opener, other: Other, session: Session, practised: list[str]
) -> None:
    (seen,) = session.read(Observation, {"id": practised[1]})
    shown = opened(window, Place("review", other.walk))
    assert not dangers(shown)
    add_measure(session, other.walk, [seen], {"text": "Lägg på locket."})
    until(lambda: dangers(shown), "the danger")


def test_a_danger_that_was_only_corrected_in_a_rehearsal_is_told_of(
    window: Opener, other: Other, session: Session
) -> None:
    danger = observe(session, other.walk, {"severity": Severity.DANGER, "text": "Öppen lucka.", "item": "A8"})
    played = begin_rehearsal(session, other.walk)
    (seen,) = session.read(Observation, {"id": danger})
    set_fields(session, seen, {"text": "Öppen lucka, på prov."})
    played.end()
    shown = opened(window, Place("protocol", other.walk))
    assert says(shown, "1 fara nu utan larm") and says(shown, "1 sak från en övning kommer med i protokollet")
