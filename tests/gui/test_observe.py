"""Noting an observation in the window: what each press writes, and what a person finds again."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from app.domain.records import Observation
from app.domain.rules import severity_of
from app.domain.values import ObservationKind, PlaceType, PositionSource, Severity
from app.session import Session
from app.settings import Settings
from tests.gui.hands import Answers, button, buttons, hold, named, press, press_again, type_text, until, wait
from tests.gui.noting import LAMP, PHOTOS, Kept, Opens, at_new, says, step, stop_named, strike
from tests.gui.opening import settle
from ui.widgets.chip import Chip
from ui.widgets.desk import Place
from ui.widgets.focus import FocusRing
from ui.widgets.photo_area import PhotoArea
from ui.widgets.severity_chooser import SeverityChooser
from ui.widgets.tabs_bar import NavButton
from ui.widgets.text import Label

TAB = Qt.FocusPolicy.TabFocus


def test_four_presses_make_an_observation_with_item_severity_and_photo(
    window: Opens, walk: str, session: Session, answers: Answers
) -> None:
    before, stop = Kept(session.home, walk), stop_named(session, walk, "Växthus")
    shown = at_new(window, walk, f"stop:{stop.id}")  # 1: Ny iakttagelse
    assert says(shown, "Stopp 1, Växthusgrinden")
    assert Kept(session.home, walk).observations.keys() == before.observations.keys()
    press(shown, "Belysning, kategori A")  # 2
    first = Kept(session.home, walk).new(before)
    assert (first.category, first.item, first.stop, first.severity) == ("lighting", None, stop.id, None)
    assert first.tag and first.position_source == PositionSource.STOP
    press(shown, LAMP)  # 3
    second = Kept(session.home, walk).new(before)
    assert (second.id, second.item, second.severity, second.severity_suggested) == (first.id, "A1", None, 2)
    assert says(shown, "Föreslaget: 2 Märkbar. Tryck för att ändra.")
    answers.opened = [[PHOTOS / "fold_1.jpg"]]
    press(shown, "Välj foton")  # 4
    until(lambda: says(shown, "Ett foto till"), "the photo")
    kept = Kept(session.home, walk)
    assert [each.observation for each in kept.photos] == [first.id]
    press(shown, "Klar")
    assert shown.place.page == "home"
    assert says(shown, f"{first.tag} {LAMP}, sparat här. Allvar 2, föreslaget.")
    press(shown, "Ändra")
    assert (shown.place.item, step(shown)) == (first.id, "severity")


def test_only_one_button_is_lit_at_a_time(window: Opens, walk: str, answers: Answers) -> None:
    shown = at_new(window, walk)
    press(shown, "Belysning")
    press(shown, LAMP)
    lit = [each.text() for each in buttons(shown.shown) if getattr(each, "kind", "") == "primary"]
    assert lit == ["Välj foton"]
    answers.opened = [[PHOTOS / "fold_1.jpg"]]
    press(shown, "Välj foton")
    until(lambda: says(shown, "Ett foto till"), "the photo")
    assert [each.text() for each in buttons(shown.shown) if getattr(each, "kind", "") == "primary"] == ["Klar"]


def test_a_file_that_is_no_photo_is_told_and_the_observation_stays(
    window: Opens, walk: str, session: Session, answers: Answers
) -> None:
    before = Kept(session.home, walk)
    shown = at_new(window, walk)
    press(shown, "Belysning")
    press(shown, LAMP)
    empty = session.home / "IMG_0000.jpg"
    empty.write_bytes(b"")
    answers.opened = [[empty]]
    press(shown, "Välj foton")
    until(lambda: says(shown, "IMG_0000.jpg"), "why it was not taken")
    assert Kept(session.home, walk).new(before).item == "A1"
    assert button(shown, "Klar utan foto").isVisible()


def test_by_keyboard_alone(window: Opens, walk: str, session: Session) -> None:
    before = Kept(session.home, walk)
    shown = at_new(window, walk)
    strike(shown, Qt.Key.Key_B)
    assert says(shown, "Sikt och grönska")
    strike(shown, Qt.Key.Key_2)
    strike(shown, Qt.Key.Key_3)
    made = Kept(session.home, walk).new(before)
    assert (made.category, made.severity, step(shown)) == ("sightlines_vegetation", Severity.LARGE, "severity")
    strike(shown, Qt.Key.Key_Return)
    assert shown.place.page == "home"
    assert says(shown, "Allvar 3.")


def test_the_tabulator_comes_to_the_severity_that_is_suggested_and_to_the_one_chosen_since(
    window: Opens, walk: str
) -> None:
    shown = at_new(window, walk)
    press(shown, "Belysning")
    press(shown, LAMP)
    (chooser,) = shown.shown.findChildren(SeverityChooser)
    tiles = chooser.buttons
    assert [each for each, tile in tiles.items() if tile.focusPolicy() & TAB] == [Severity.NOTICEABLE]
    press(shown, "Allvar 3")
    until(tiles[Severity.LARGE].isChecked, "the severity")
    assert [each for each, tile in tiles.items() if tile.focusPolicy() & TAB] == [Severity.LARGE]


def test_letters_that_are_switched_off_press_nothing(window: Opens, walk: str, session: Session) -> None:
    session.save(Settings(letters=False))
    before = Kept(session.home, walk)
    shown = at_new(window, walk)
    strike(shown, Qt.Key.Key_A)
    assert Kept(session.home, walk).observations.keys() == before.observations.keys()


def test_letters_are_text_while_a_person_writes(window: Opens, walk: str, session: Session) -> None:
    before = Kept(session.home, walk)
    shown = at_new(window, walk)
    strike(shown, Qt.Key.Key_A)
    strike(shown, Qt.Key.Key_E)
    field = named(shown, "Egna ord", QPlainTextEdit)
    assert field.hasFocus()
    type_text(field, "3 lampor är släckta på gården, även i ån")
    wait(1000)
    made = Kept(session.home, walk).new(before)
    assert made.text == "3 lampor är släckta på gården, även i ån"
    assert made.severity is None
    assert says(shown, "Beskriv platsen, inte personer.")


def test_what_is_still_being_typed_is_written_by_leaving(window: Opens, walk: str, session: Session) -> None:
    before = Kept(session.home, walk)
    shown = at_new(window, walk)
    press(shown, "Övrigt")
    press(shown, "Egna ord")
    type_text(named(shown, "Egna ord", QPlainTextEdit), "Lös platta")
    press(shown, "Klar utan foto")
    assert Kept(session.home, walk).new(before).text == "Lös platta"
    assert says(shown, "Lös platta, sparat här")


def test_something_good_needs_no_severity(window: Opens, walk: str, session: Session) -> None:
    before = Kept(session.home, walk)
    shown = at_new(window, walk)
    press(shown, "Något bra här")
    press(shown, "Vackert eller omtyckt")
    made = Kept(session.home, walk).new(before)
    assert (made.kind, severity_of(made)) == (ObservationKind.POSITIVE, Severity.GOOD)
    assert not says(shown, "Hur allvarligt?") and not says(shown, "Allvar 2")
    press(shown, "Klar utan foto")
    assert says(shown, f"{made.tag} Vackert eller omtyckt, sparat här.")


def test_a_deficiency_can_be_called_good(window: Opens, walk: str, session: Session) -> None:
    before = Kept(session.home, walk)
    shown = at_new(window, walk)
    press(shown, "Belysning")
    press(shown, LAMP)
    press(shown, "Allvar 0, Bra")
    assert Kept(session.home, walk).new(before).kind == ObservationKind.POSITIVE
    press(shown, "Allvar 1, Liten")
    made = Kept(session.home, walk).new(before)
    assert (made.kind, made.severity) == (ObservationKind.DEFICIENCY, Severity.SMALL)


def test_people_are_written_of_as_a_place(window: Opens, walk: str) -> None:
    shown = at_new(window, walk)
    press(shown, "Folk och liv")
    assert says(shown, "Beskriv platsen, inte personer.")


def test_photo_first_begins_the_observation_that_the_tile_then_tells(
    window: Opens, walk: str, session: Session, answers: Answers
) -> None:
    before = Kept(session.home, walk)
    shown = at_new(window, walk)
    answers.opened = [[PHOTOS / "fold_1.jpg", PHOTOS / "latin1.jpg"]]
    press(shown, "Foto först")
    begun = Kept(session.home, walk).new(before)
    assert (begun.category, step(shown)) == (None, "category")
    press(shown, "Skötsel och skräp")
    until(lambda: len(Kept(session.home, walk).photos) == 2, "the photos")
    until(lambda: not shown.runner.busy, "the end of the import")
    kept = Kept(session.home, walk)
    assert kept.new(before).category == "maintenance"
    assert {each.observation for each in kept.photos} == {begun.id}


def test_photo_first_without_a_photo_writes_nothing(
    window: Opens, walk: str, session: Session, answers: Answers
) -> None:
    before = Kept(session.home, walk)
    shown = at_new(window, walk)
    answers.opened = [[]]
    press(shown, "Foto först")
    assert Kept(session.home, walk).observations.keys() == before.observations.keys()


def test_going_back_changes_the_same_observation_and_the_next_one_starts_empty(
    window: Opens, walk: str, session: Session
) -> None:
    before = Kept(session.home, walk)
    shown = at_new(window, walk)
    press(shown, "Belysning")
    press(shown, LAMP)
    press(shown, "Tillbaka")
    assert button(shown, LAMP).isChecked()
    strike(shown, Qt.Key.Key_Escape)
    assert button(shown, "Belysning, kategori A").isChecked()
    press(shown, "Hitta rätt")
    made = Kept(session.home, walk).new(before)
    assert (made.category, made.item) == ("wayfinding", None)
    strike(shown, Qt.Key.Key_Escape)
    strike(shown, Qt.Key.Key_Escape)
    assert shown.place.page == "home"
    shown.go(Place("observe", walk))
    assert not any(each.isChecked() for each in buttons(shown))
    press(shown, "Belysning")
    assert len(Kept(session.home, walk).observations) == len(before.observations) + 2


@pytest.mark.parametrize("presses", [["Belysning"], ["Belysning", LAMP], ["Belysning", "Egna ord"]])
def test_a_window_that_was_killed_reopens_at_the_samestep(window: Opens, walk: str, presses: list[str]) -> None:
    shown = at_new(window, walk)
    for each in presses:
        press(shown, each)
    # A second window over the home sees what a new process would: nothing was closed or told.
    again = window(800, 1280)
    assert again.place == shown.place
    assert again.place.item
    assert {each.accessibleName() for each in buttons(again.shown)} == {
        each.accessibleName() for each in buttons(shown.shown)
    }


def test_each_step_is_undone_by_itself(window: Opens, walk: str, session: Session) -> None:
    before = Kept(session.home, walk)
    shown = at_new(window, walk)
    press(shown, "Belysning")
    press(shown, LAMP)
    press(shown, "Allvar 3, Stor")
    shown.undo()
    assert Kept(session.home, walk).new(before).severity is None
    until(lambda: says(shown, "Föreslaget: 2"), "the suggestion again")
    shown.undo()
    assert Kept(session.home, walk).new(before).item is None


def test_the_second_half_of_a_double_tap_presses_nothing_on_the_next_page(
    window: Opens, walk: str, session: Session
) -> None:
    before = Kept(session.home, walk)
    shown = at_new(window, walk)
    press(shown, "Belysning")
    press_again(button(shown, LAMP))
    assert (step(shown), Kept(session.home, walk).new(before).item) == ("items", None)


def test_a_key_that_is_held_chooses_a_row_and_says_nothing_on_the_next_page(
    window: Opens, walk: str, session: Session
) -> None:
    before = Kept(session.home, walk)
    shown = at_new(window, walk)
    press(shown, "Belysning")
    strike(shown, Qt.Key.Key_1)
    assert step(shown) == "severity"
    hold(QApplication.focusWidget() or shown, Qt.Key.Key_1, "1")
    assert Kept(session.home, walk).new(before).severity is None


def test_a_double_press_on_done_leads_to_the_map_and_presses_no_tab_there(window: Opens, walk: str) -> None:
    shown = window(800, 1280)
    shown.go(Place("walk", walk, part="map"))
    shown.go(Place("observe", walk))
    for name in ("Belysning", LAMP):
        press(shown, name)
    wait(50)
    done = button(shown, "Klar utan foto")
    there = done.mapTo(shown, QPoint(done.width() - 20, done.height() // 2))
    press(shown, "Klar utan foto")
    wait(50)
    under = shown.childAt(there)
    assert isinstance(under, NavButton) and under.text() == "Lista"
    press_again(under)
    assert shown.place == Place("walk", walk, part="map")


@pytest.mark.parametrize("part", ["category", "items", "usual items", "severity", "text", "stops items"])
def test_every_step_stands_upright_at_every_size(window: Opens, walk: str, session: Session, part: str) -> None:
    observation = session.read(Observation, {"scope": walk, "item": "A1"})[0]
    for text, size in ((100, (800, 1280)), (200, (800, 1280)), (100, (1024, 600)), (200, (1280, 800))):
        session.settings = Settings(text=text)
        shown = window(*size)
        shown.go(Place("observe", walk, observation.id, part))
        wait(30)
        names = [each.accessibleName() for each in buttons(shown.shown)]
        assert len(names) == len(set(names))
        for each in buttons(shown.shown):
            assert each.height() >= each.heightForWidth(each.width()) - 1, (text, size, each.text())
            assert each.width() >= each.minimumSizeHint().width() - 1, (text, size, each.text())
            assert each.height() >= 48 and each.width() >= 48
        assert shown.findChildren(FocusRing)
        shown.go(Place())


def test_photos_that_came_first_stand_over_the_tiles(window: Opens, walk: str, answers: Answers) -> None:
    shown = at_new(window, walk)
    answers.opened = [[PHOTOS / "fold_1.jpg"]]
    press(shown, "Foto först")
    until(lambda: any(each.isVisible() for each in shown.findChildren(PhotoArea)), "the photo")
    assert named(shown, "1 foto: fold_1.jpg").isVisible()
    until(lambda: not shown.runner.busy, "the end of the import")


@pytest.mark.parametrize("photos", [1, 3])
@pytest.mark.parametrize(
    ("size", "text", "gloves"),
    [((1024, 600), 200, True), ((1024, 600), 200, False), ((1024, 600), 150, True), ((1280, 800), 200, True)],
    ids=str,
)
def test_how_serious_it_is_can_be_said_where_a_photo_leaves_little_height(
    window: Opens, walk: str, session: Session, answers: Answers, size: tuple[int, int], text: int, gloves: bool,
    photos: int,
) -> None:  # fmt: skip
    session.settings = Settings(text=text, gloves=gloves)
    shown = window(*size)
    shown.go(Place("observe", walk, session.read(Observation, {"scope": walk, "item": "A1"})[0].id, "severity"))
    answers.opened = [[PHOTOS / name for name in ("fold_1.jpg", "fold_2.jpg", "motion.jpg")[:photos]]]
    press(shown, "Välj foton")
    until(lambda: says(shown, "Ett foto till"), "the photos")
    (area,) = (each for each in shown.findChildren(PhotoArea) if each.isVisible())
    until(lambda: len(area._cells()) == photos and not shown.runner.busy and not shown.pictures.waits(), "all of them")
    settle(shown)
    (chooser,) = shown.findChildren(SeverityChooser)
    (asked,) = (each for each in shown.findChildren(Label) if each.text() == "Hur allvarligt?")
    first = next(iter(chooser.buttons.values()))
    chips = area.findChildren(Chip)
    for each in (asked, first, *chips):
        assert each.visibleRegion().boundingRect() == each.rect()
    pictures, words = area._cells(), [QRect(each.mapTo(area, QPoint()), each.size()) for each in chips]
    assert len(pictures) == photos and words
    assert not any(picture.intersects(each) for picture in pictures for each in words)
    # So many words that they ask for more height than there is are whole, too.
    area.show_chips([Chip(area.look, f"Läge från kamerans gps ±{number} m", "map-marker") for number in range(5)])
    settle(shown)
    assert all(area.rect().contains(QRect(each.mapTo(area, QPoint()), each.size())) for each in area.findChildren(Chip))


def test_an_arrow_goes_from_the_heading_into_the_tiles(window: Opens, walk: str, session: Session) -> None:
    before = Kept(session.home, walk)
    shown = at_new(window, walk)
    wait(20)
    strike(shown, Qt.Key.Key_Down)
    strike(shown, Qt.Key.Key_Right)
    strike(shown, Qt.Key.Key_Return)
    wait(20)
    second = list(session.checklist.categories)[1].id
    assert Kept(session.home, walk).new(before).category == second
    strike(shown, Qt.Key.Key_Down)
    strike(shown, Qt.Key.Key_Return)
    item = session.checklist.items_for(second, PlaceType.OTHER)[0].id
    assert Kept(session.home, walk).new(before).item == item


def test_arrows_bring_what_they_reach_into_view(window: Opens, walk: str, session: Session) -> None:
    session.settings = Settings(text=200)
    shown = at_new(window, walk)
    wait(50)
    button(shown, "Belysning, kategori A").setFocus()
    for _press in range(7):
        strike(shown, Qt.Key.Key_Down)
    last = button(shown, "Övrigt, kategori N")
    assert last.hasFocus()
    assert last.visibleRegion().boundingRect().height() == last.height()
