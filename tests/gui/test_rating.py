"""How a stop feels: one press for each answer, by anybody who is along, without a name."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.commands.ratings import GROUP, answer
from app.commands.records import delete
from app.domain.records import Observation, SafetyRating, Stop
from app.domain.values import ObservationKind, Position
from app.session import Session
from app.settings import load_settings
from tests.gui import hands
from tests.gui.hands import button, buttons, hold, until, wait
from tests.gui.noting import says, strike
from tests.gui.planning import map_of
from tests.gui.torn import Other
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.map_view import MapView
from ui.widgets.walk_round import be_at

Opens = Callable[..., Window]
Answer = tuple[int | None, str, str, int]
ALONE = "Skulle du gå här ensam när det är mörkt?"


def press(root: QWidget, name: str) -> None:
    """Press it, and let the page that it leads to find its place."""
    hands.press(root, name)
    wait(20)


def stops_of(session: Session, walk: str) -> list[Stop]:
    return session.read(Stop, {"scope": walk}, ("order",))


def kept(session: Session, walk: str) -> list[Answer]:
    """What stands in the home for whoever opens it now."""
    fresh = Session(session.home)
    found = fresh.read(SafetyRating, {"scope": walk}, ("created",))
    fresh.close()
    return [(each.feels, each.alone_in_dark, each.role_or_group, each.count) for each in found]


def at_stop(opens: Opens, session: Session, walk: str, number: int = 1, size: tuple[int, int] = (800, 1280)) -> Window:
    """The window at a stop, on the page that *Nästa stopp* opens."""
    be_at(session, walk, stops_of(session, walk)[number - 1].id)
    shown = opens(*size)
    shown.activateWindow()
    QTest.qWaitForWindowActive(shown)
    shown.go(Place("walk", walk, part="map"))
    wait(20)
    press(
        shown,
        "Nästa steg, komplettera det som saknas" if number == len(stops_of(session, walk)) else "Gå vidare till nästa",
    )
    assert shown.place.page == "rating"
    return shown


def sees(view: MapView, position: Position | None) -> bool:
    """Whether a position is within what the map shows."""
    assert position is not None
    return view.rect().contains(view.point_of(position).toPoint())


def chosen(shown: Window) -> list[str]:
    """What is pressed in on the page, besides whose answer it is."""
    names = [each.accessibleName() for each in buttons(shown) if each.isCheckable() and each.isChecked()]
    return [each for each in names if not each.startswith("Vems svar?")]


def test_the_first_press_writes_an_answer_and_the_next_ones_change_it(
    window: Opens, walk: str, session: Session
) -> None:
    shown = at_stop(window, session, walk)
    assert says(shown, "Stopp 1, Växthusgrinden") and says(shown, "Ingen har svarat här än")
    press(shown, "Ganska otrygg")
    assert kept(session, walk) == [(2, "", "", 1)]
    press(shown, "Ganska trygg")
    press(shown, f"{ALONE} Tveksamt")
    assert kept(session, walk) == [(3, "hesitant", "", 1)]
    assert chosen(shown) == ["Ganska trygg, 3 av 4", f"{ALONE} Tveksamt"]
    assert says(shown, "1 har svarat här") and session.conflicts(walk) == []
    before = session.last_change(walk)
    press(shown, "Ganska trygg")
    assert chosen(shown)[0] == "Ganska trygg, 3 av 4" and session.last_change(walk) == before


def test_the_next_person_finds_clear_faces_and_the_count(window: Opens, walk: str, session: Session) -> None:
    shown = at_stop(window, session, walk)
    for word in ("Mycket otrygg", "Mycket trygg", "Ganska trygg"):
        assert chosen(shown) == []
        press(shown, word)
        press(shown, "Nästa person svarar")
    assert says(shown, "3 har svarat här") and chosen(shown) == []
    assert kept(session, walk) == [(1, "", "", 1), (4, "", "", 1), (3, "", "", 1)]
    history = [each for rating in session.read(SafetyRating) for each in session.history(rating.KIND, rating.id)]
    assert {each["field"] for each in history} == {"created", "stop", "feels"}


def test_undo_takes_back_press_by_press_and_an_undone_answer_is_begun_anew(
    window: Opens, walk: str, session: Session
) -> None:
    shown = at_stop(window, session, walk)
    press(shown, "Ganska otrygg")
    press(shown, f"{ALONE} Nej")
    until(lambda: any(each.accessibleName().startswith("Ångra: ") for each in buttons(shown)), "what can be undone")
    press(shown, "Ångra: ")
    until(lambda: chosen(shown) == ["Ganska otrygg, 2 av 4"], "the first press alone")
    shown.undo()
    until(lambda: chosen(shown) == [], "nothing")
    assert kept(session, walk) == [] and says(shown, "Ingen har svarat här än")
    press(shown, "Mycket trygg")
    assert kept(session, walk) == [(4, "", "", 1)]


def test_an_answer_stands_after_the_program_was_closed(window: Opens, walk: str, session: Session) -> None:
    shown = at_stop(window, session, walk)
    press(shown, "Ganska otrygg")
    place = shown.place
    shown.close()
    again = window(800, 1280)
    assert again.place == place and chosen(again) == ["Ganska otrygg, 2 av 4"]
    press(again, "Mycket otrygg")
    assert kept(session, walk) == [(1, "", "", 1)]


def test_the_group_has_one_answer_and_that_it_answers_is_remembered(window: Opens, walk: str, session: Session) -> None:
    shown = at_stop(window, session, walk)
    press(shown, "Ganska trygg")
    press(shown, "Vems svar?: Gruppens")
    assert chosen(shown) == [] and "Nästa person svarar" not in [each.text() for each in buttons(shown)]
    press(shown, "Ganska otrygg")
    press(shown, "Mycket otrygg")
    assert kept(session, walk) == [(3, "", "", 1), (1, "", GROUP, 1)]
    assert says(shown, "1 har svarat här. Gruppen har svarat.")
    assert load_settings(session.home).group_rates
    press(shown, "Gå till stopp 2")
    press(shown, "Gå vidare till nästa stopp")
    press(shown, "Mycket trygg")
    press(shown, "Karta")
    be_at(session, walk, stops_of(session, walk)[0].id)
    shown.go(Place("rating", walk, stops_of(session, walk)[0].id))
    assert chosen(shown) == ["Mycket otrygg, 1 av 4"]
    press(shown, "Vems svar?: Mitt eget")
    assert chosen(shown) == [] and not load_settings(session.home).group_rates
    assert kept(session, walk)[2:] == [(4, "", GROUP, 1)]


def test_the_lit_button_goes_on_without_an_answer(window: Opens, walk: str, session: Session) -> None:
    shown = at_stop(window, session, walk)
    press(shown, "Gå till stopp 2")
    assert shown.place.page == "walk" and says(shown, "Vid stopp 2 av 3")
    assert kept(session, walk) == []
    wait(60)
    assert says(shown.tray, "Nu är ni vid stopp 2, Gångtunneln under Långa bron.")
    press(shown.tray, "Tillbaka till 1")
    until(lambda: says(shown, "Vid stopp 1 av 3"), "the stop before")


def test_the_map_is_where_it_was_and_shows_the_stop_one_goes_on_to(window: Opens, walk: str, session: Session) -> None:
    be_at(session, walk, stops_of(session, walk)[0].id)
    shown = window(800, 1280)
    shown.go(Place("walk", walk, part="map:60.175200,24.945200,18.00"))
    wait(20)
    press(shown, "Gå vidare till nästa stopp")
    press(shown, "Karta")
    view = map_of(shown)
    here, there = (each.position for each in stops_of(session, walk)[:2])
    assert sees(view, here) and not sees(view, there)
    press(shown, "Gå vidare till nästa stopp")
    press(shown, "Gå till stopp 2")
    assert sees(map_of(shown), there)


def test_the_map_is_one_step_back_and_one_is_where_one_was(window: Opens, walk: str, session: Session) -> None:
    shown = at_stop(window, session, walk)
    press(shown, "Ganska trygg")
    press(shown, "Karta")
    assert shown.place.page == "walk" and says(shown, "Vid stopp 1 av 3")
    press(shown, "Gå vidare till nästa stopp")
    assert chosen(shown) == [] and says(shown, "1 har svarat här")


def test_after_the_last_stop_comes_what_is_to_be_completed(window: Opens, walk: str, session: Session) -> None:
    shown = at_stop(window, session, walk, 3)
    assert not says(shown, "värt att värna?")
    press(shown, "Komplettera")
    assert shown.place.page == "complete"
    shown.back()
    assert shown.place.page == "walk"


def test_at_the_last_stop_it_is_asked_for_something_good_where_nothing_was_noted(
    window: Opens, walk: str, session: Session
) -> None:
    (good,) = [each for each in session.read(Observation) if each.kind == ObservationKind.POSITIVE]
    delete(session, good)
    shown = at_stop(window, session, walk, 2)
    assert not says(shown, "värt att värna?")
    press(shown, "Gå till stopp 3")
    press(shown, "Nästa steg, komplettera det som saknas")
    assert says(shown, "Såg ni något som är värt att värna?")
    press(shown, "Något bra")
    assert shown.place.page == "observe" and shown.place.part.startswith("items")
    (noted,) = [each for each in session.read(Observation) if each.kind == ObservationKind.POSITIVE]
    assert (noted.category, noted.stop) == ("positive", stops_of(session, walk)[2].id)
    shown.back()
    assert shown.place.page == "rating" and not says(shown, "värt att värna?")


def test_it_is_not_asked_where_that_is_switched_off(window: Opens, walk: str, session: Session) -> None:
    be_at(session, walk, stops_of(session, walk)[0].id)
    shown = window(800, 1280)
    shown.go(Place("settings"))
    press(shown, "Fråga hur platsen känns vid varje stopp")
    assert not load_settings(session.home).ask_rating
    shown.go(Place("walk", walk, part="map"))
    wait(20)
    press(shown, "Gå vidare till nästa stopp")
    assert shown.place.page == "walk" and says(shown, "Vid stopp 2 av 3")


def test_any_stop_is_rated_from_its_card_and_nobody_is_moved(window: Opens, walk: str, session: Session) -> None:
    (good,) = [each for each in session.read(Observation) if each.kind == ObservationKind.POSITIVE]
    delete(session, good)
    first, _second, third = stops_of(session, walk)
    be_at(session, walk, first.id)
    shown = window(800, 1280)
    shown.go(Place("walk", walk, part="map"))
    wait(20)
    map_of(shown).mark_pressed.emit(third.id)
    wait(20)
    press(shown, "Hur känns platsen?")
    assert says(shown, "Stopp 3, Lekplatsen") and not says(shown, "värt att värna?")
    press(shown, "Mycket trygg")
    press(shown, "Klar")
    assert shown.place.page == "walk" and says(shown, "Vid stopp 1 av 3")
    (rating,) = session.read(SafetyRating)
    assert rating.stop == third.id


def test_keys_answer_and_go_on(window: Opens, walk: str, session: Session) -> None:
    shown = at_stop(window, session, walk)
    for key, expected in ((Qt.Key.Key_1, (1, "")), (Qt.Key.Key_4, (4, "")), (Qt.Key.Key_J, (4, "yes")),
                          (Qt.Key.Key_T, (4, "hesitant")), (Qt.Key.Key_N, (4, "no"))):  # fmt: skip
        strike(shown, key)
        assert kept(session, walk)[0][:2] == expected
    strike(shown, Qt.Key.Key_Return)
    wait(20)
    assert shown.place.page == "walk" and says(shown, "Vid stopp 2 av 3")
    assert len(kept(session, walk)) == 1


def test_enter_that_is_held_since_the_walk_leaves_the_questions_to_be_answered(
    window: Opens, walk: str, session: Session
) -> None:
    shown = at_stop(window, session, walk)
    hold(QApplication.focusWidget() or shown, Qt.Key.Key_Return, "\r")
    assert shown.place.page == "rating"


def test_letters_that_are_switched_off_answer_nothing(window: Opens, walk: str, session: Session) -> None:
    session.save(replace(session.settings, letters=False))
    shown = at_stop(window, session, walk)
    strike(shown, Qt.Key.Key_1)
    strike(shown, Qt.Key.Key_J)
    assert kept(session, walk) == []


def test_a_stop_that_is_taken_away_is_left(window: Opens, walk: str, session: Session) -> None:
    shown = at_stop(window, session, walk)
    delete(session, stops_of(session, walk)[0])
    until(lambda: shown.place.page == "walk", "the way back")


@pytest.mark.parametrize("group", [False, True])
def test_the_answers_of_two_tablets_add_up(
    window: Opens, walk: str, session: Session, other: Other, group: bool
) -> None:
    session.save(replace(session.settings, group_rates=group))
    stop = stops_of(session, walk)[0].id
    shown = at_stop(window, session, walk)
    press(shown, "Ganska otrygg")
    answer(other.session, walk, stop, {"feels": 4}, None, group=group)
    other.meet()
    shown.bell.settle()
    expected = "2 grupper har svarat." if group else "2 har svarat här"
    until(lambda: says(shown, expected), expected)
    press(shown, "Mycket otrygg")
    other.meet()
    for home in (session, other.session):
        assert home.conflicts(walk) == []
        assert sorted(known.feels or 0 for known in home.read(SafetyRating, {"stop": stop})) == [1, 4]
    assert button(shown, "Mycket otrygg").isChecked()
