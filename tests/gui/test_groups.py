"""Groups in the window: made in the plan, chosen by one press, seen together afterwards."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit

from app.commands.groups import group_here, split, walk_with
from app.commands.observations import observe
from app.commands.records import add
from app.domain.groups import names_of
from app.domain.records import Group, Observation, Participant, Track
from app.domain.values import Position
from app.session import Session
from tests.gui.grouped import split_up, track_of
from tests.gui.hands import (
    awaited,
    button,
    buttons,
    choose,
    named,
    press,
    press_when_there,
    says,
    type_text,
    until,
    wait,
)
from tests.gui.painted import painted
from tests.gui.planning import plan_at, texts_on
from tests.gui.torn import Other
from ui.screens.observations import ObservationsScreen
from ui.screens.ready import ReadyScreen
from ui.screens.walk import WalkScreen
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.map_letters import lettered
from ui.widgets.plan.tracks import TracksPanel

Open = Callable[..., Window]


def called(session: Session, walk: str) -> list[str]:
    return [*names_of(session.read(Group, {"scope": walk})).values()]


def words_on(shown: Window) -> list[str]:
    return [each.text() for each in buttons(shown)]


# Planning


def test_a_walk_is_split_by_one_press_and_the_press_is_taken_back(window: Open, session: Session, walk: str) -> None:
    add(session, Participant.KIND, walk, {"role": "boende", "count": 23})
    shown = plan_at(window, walk, "deltagare")
    assert "23 deltagare: 3 grupper är lagom, 7–8 i varje." in texts_on(shown)
    press(shown, "Dela i 3 grupper")
    assert called(session, walk) == ["Grupp A", "Grupp B", "Grupp C"]
    until(lambda: "23 deltagare i 3 grupper: 7–8 i varje." in texts_on(shown), "how many there are in each")
    assert [each for each in words_on(shown) if each.startswith("Dela i")] == ["Dela i 4 grupper"]
    press(shown.tray, "Ångra")
    until(lambda: "Dela i 2 grupper" in words_on(shown), "none again")
    assert called(session, walk) == []


def test_a_group_is_added_named_given_a_letter_taken_away_and_comes_back(
    window: Open, session: Session, walk: str
) -> None:
    shown = plan_at(window, walk, "deltagare")
    press(shown, "Lägg till grupp")
    name = awaited(shown, "Namn, Grupp A", QLineEdit)
    until(name.hasFocus, "its name is asked for")
    type_text(name, "Öster")
    QTest.keyClick(name, Qt.Key.Key_Return)
    letter = awaited(shown, "Bokstav, Grupp Öster", QLineEdit)
    assert isinstance(letter, QLineEdit)
    letter.selectAll()
    type_text(letter, "Ö")
    QTest.keyClick(letter, Qt.Key.Key_Return)
    (group,) = session.read(Group, {"scope": walk})
    assert (group.name, group.letter) == ("Öster", "Ö")
    press(shown, "Ta bort Grupp Öster")
    assert says(shown, "Grupp Öster togs bort.") and called(session, walk) == []
    press(shown.tray, "Ångra")
    assert called(session, walk) == ["Grupp Öster"]
    awaited(shown, "Namn, Grupp Öster", QLineEdit)


def test_a_group_that_comes_from_another_device_takes_no_word_and_no_focus_away(
    window: Open, session: Session, walk: str, other: Other
) -> None:
    split(session, walk, 1)
    other.meet()
    shown = plan_at(window, walk, "deltagare")
    name = awaited(shown, "Namn, Grupp A", QLineEdit)
    assert isinstance(name, QLineEdit)
    name.setFocus()
    name.selectAll()
    type_text(name, "Nor")
    split(other.session, walk, 2)
    other.meet()
    awaited(shown, "Namn, Grupp B", QLineEdit)
    assert name.hasFocus() and name.text() == "Nor"
    type_text(name, "r")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert sorted(called(session, walk)) == ["Grupp B", "Grupp Norr"]


def test_two_groups_that_two_devices_made_are_joined_by_one_press(
    window: Open, session: Session, walk: str, other: Other
) -> None:
    for each in (session, other.session):
        walk_with(each, walk, split(each, walk, 1)[0])
        observe(each, walk, {"item": "A1"})
    other.meet()
    shown = plan_at(window, walk, "deltagare")
    assert "Två enheter har gjort en grupp med det namnet." in texts_on(shown)
    press(shown, "Slå ihop dem")
    assert called(session, walk) == ["Grupp A"]
    until(lambda: "Slå ihop dem" not in words_on(shown), "there is nothing to join any more")
    noted = [each.group for each in session.read(Observation, {"scope": walk}) if each.group]
    assert len(noted) == 2 and len(set(noted)) == 1


# Which group this device walks with


def at_ready(shown: Window, walk: str) -> ReadyScreen:
    shown.go(Place("ready", walk))
    screen = shown.shown
    assert isinstance(screen, ReadyScreen)
    until(lambda: screen.is_checked, "what was looked up")
    return screen


def test_one_press_says_which_group_the_device_walks_with_and_leads_back(
    window: Open, session: Session, walk: str
) -> None:
    a, _b = split(session, walk, 2)
    shown = window()
    at_ready(shown, walk)
    assert says(shown, "Det är inte sagt vilken grupp den här enheten går med.")
    press(shown, "Välj grupp")
    assert not any(each.isChecked() for each in buttons(shown) if each.text().startswith("Grupp "))
    press(shown, "Grupp A")
    assert group_here(session, walk) == a and shown.place.page == "ready"
    until(lambda: says(shown, "Den här enheten går med Grupp A."), "the row")
    press(shown.tray, "Ångra")
    until(lambda: says(shown, "Det är inte sagt vilken grupp den här enheten går med."), "the row again")
    assert group_here(session, walk) is None


@pytest.mark.parametrize(("page", "way"), [("more", "Grupp"), ("devices", "Välj grupp")])
def test_the_choice_is_reached_while_walking_too_and_shows_what_holds(
    window: Open, session: Session, walk: str, page: str, way: str
) -> None:
    shown = window()
    shown.go(Place(page, walk))
    assert way not in words_on(shown), "a walk that is not split asks nothing"
    a, _b = split(session, walk, 2)
    walk_with(session, walk, a)
    shown.go(Place("home"))
    shown.go(Place(page, walk))
    press_when_there(shown, way)
    assert button(shown, "Grupp A").isChecked() and not button(shown, "Ingen grupp").isChecked()
    press(shown, "Ingen grupp")
    assert group_here(session, walk) is None and shown.place.page == page


def test_what_is_noted_in_the_window_carries_the_group(window: Open, session: Session, walk: str) -> None:
    a, _b = split(session, walk, 2)
    walk_with(session, walk, a)
    before = {each.id for each in session.read(Observation, {"scope": walk})}
    shown = window()
    shown.go(Place("observe", walk))
    press(shown, "Belysning")
    (seen,) = [each for each in session.read(Observation, {"scope": walk}) if each.id not in before]
    assert seen.group == a


# All groups together


def test_the_list_is_narrowed_to_a_group_and_the_map_with_it(window: Open, session: Session, walk: str) -> None:
    shown = window()
    shown.go(Place("observations", walk))
    names = [each.accessibleName() for each in shown.findChildren(QComboBox)]
    assert "Filter: plats" in names and "Filter: grupp" not in names
    a, _b = split(session, walk, 2)
    walk_with(session, walk, a)
    observe(session, walk, {"item": "B1", "text": "Häcken skymmer.", "position": Position(60.1741, 24.9461)})
    awaited(shown, "Filter: grupp", QComboBox)
    screen = shown.shown
    assert isinstance(screen, ObservationsScreen)

    def listed() -> list[str]:
        return [each.detail for each in screen.body.rows.rows.things if not each.heading]

    for word, many in (("Grupp A", 1), ("Grupp B", 0), ("Ingen grupp", 4), ("Alla grupper", 5)):
        choose(shown, "Filter: grupp", word)
        until(lambda many=many: len(listed()) == many, word)  # type: ignore[misc]
    (own,) = [each for each in listed() if "Häcken skymmer. " in each and each.endswith("Grupp A")]
    assert own


def test_a_mark_of_another_group_has_its_letter_and_so_has_each_track(
    window: Open, session: Session, walk: str
) -> None:
    ids = split_up(session, walk, "")
    shown = window()
    shown.go(Place("walk", walk, part="map"))
    screen = shown.shown
    assert isinstance(screen, WalkScreen)
    wait(20)
    letters = {each.key: each.letter for each in screen.view.marks}
    assert letters[ids["grouped_apart"]] == "A"
    assert "Grupp A" in next(each.name for each in screen.view.marks if each.key == ids["grouped_apart"])
    assert sorted(each.letter for each in screen.view.lines) == ["A", "N"]
    drawn = [each.text for each in painted(shown)]
    assert {"A", "N"} <= set(drawn)
    walk_with(session, walk, ids["south"])
    until(lambda: not screen.view.mark(ids["grouped_apart"]).letter, "it is this device's own group now")  # type: ignore[union-attr]


def test_the_letters_of_two_tracks_that_lie_on_each_other_lie_apart(window: Open, session: Session, walk: str) -> None:
    for group in split(session, walk, 2):
        walk_with(session, walk, group)
        track_of(session, walk)
    shown = window()
    shown.go(Place("walk", walk, part="map"))
    screen = shown.shown
    assert isinstance(screen, WalkScreen)
    (one, first), (other, second) = lettered(screen.view.lines)
    assert {first, second} == {"A", "B"} and (one - other).manhattanLength() > 0


def test_the_page_of_an_observation_the_tracks_and_the_devices_say_the_group(
    window: Open, session: Session, walk: str
) -> None:
    a, _b = split(session, walk, 2)
    walk_with(session, walk, a)
    seen = observe(session, walk, {"item": "B1"})
    track_of(session, walk)
    assert {each.group for each in session.read(Track, {"scope": walk})} == {a}
    shown = window()
    shown.go(Place("observation", walk, seen))
    assert says(shown, "Grupp A")
    press(shown, "Fler uppgifter")
    group = named(shown, "Grupp", QComboBox)
    assert isinstance(group, QComboBox) and group.currentText() == "Grupp A"
    shown = plan_at(window, walk, "rutt")
    (panel,) = shown.findChildren(TracksPanel)
    panel.open_up()
    until(lambda: says(shown, "Grupp A, A"), "whose track it is")
    shown.go(Place("devices", walk))
    until(lambda: says(shown, "Går med Grupp A."), "the device's card")
