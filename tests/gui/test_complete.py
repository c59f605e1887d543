"""Komplettera, and the pages behind Mer."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.commands.observations import observe
from app.commands.records import delete, set_fields
from app.domain.records import Observation, Stop
from app.domain.values import Severity
from app.session import Session
from tests.gui.hands import button, buttons, press, until, wait
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.shortcuts import ALL
from ui.widgets.text import Label

Open = Callable[..., Window]


def words(root: QWidget) -> str:
    """All words that can be seen."""
    return " | ".join(each.text() for each in root.findChildren(Label) if each.isVisible())


def complete(window: Open, walk: str, width: int = 800, height: int = 1280) -> Window:
    """The page."""
    shown = window(width, height)
    shown.go(Place("complete", walk))
    wait(10)
    return shown


def one(session: Session, walk: str, text: str) -> Observation:
    """The observation with this text."""
    return next(each for each in session.read(Observation, {"scope": walk}) if text in str(each.text))


def test_each_observation_that_lacks_something_has_a_card(window: Open, walk: str) -> None:
    shown = complete(window, walk)
    assert "2 kvar." in words(shown)
    assert button(shown, "Komplettera, 2 kvar").isVisible()
    agreeing = [each.accessibleName() for each in buttons(shown) if "stämmer" in each.text()]
    assert len(agreeing) == 2 and len(set(agreeing)) == 2


def test_a_suggested_severity_is_agreed_to_in_place(window: Open, session: Session, walk: str) -> None:
    shown = complete(window, walk)
    suggested = one(session, walk, "Två lampor").severity_suggested
    agree = next(each for each in buttons(shown) if "stämmer: A1" in each.accessibleName())
    QTest.mouseClick(agree, Qt.MouseButton.LeftButton)
    assert one(session, walk, "Två lampor").severity == suggested
    until(lambda: "1 kvar." in words(shown), "one less")
    press(shown.tray, "Ångra")
    assert one(session, walk, "Två lampor").severity is None
    until(lambda: "2 kvar." in words(shown), "it is back")


def test_another_severity_is_chosen_in_place(window: Open, session: Session, walk: str) -> None:
    shown = complete(window, walk)
    press(shown, "Ändra: A1")
    wait(10)
    press(shown, "Allvar 1")
    assert one(session, walk, "Två lampor").severity == Severity.SMALL
    until(lambda: "1 kvar." in words(shown), "one less")


def test_with_the_keyboard_one_goes_from_a_finished_card_to_the_next(window: Open, walk: str) -> None:
    shown = complete(window, walk)
    agree = next(each for each in buttons(shown) if "stämmer: A1" in each.accessibleName())
    agree.setFocus()
    QTest.keyClick(agree, Qt.Key.Key_Return)
    until(lambda: "1 kvar." in words(shown), "one less")
    assert "stämmer: A4" in shown.focusWidget().accessibleName()


def test_what_lies_nowhere_is_put_at_a_stop(window: Open, session: Session, walk: str) -> None:
    observe(session, walk, {"item": "A1", "severity": Severity.SMALL, "text": "Någonstans är det mörkt."})
    shown = complete(window, walk)
    press(shown, "Välj stopp")
    wait(10)
    press(shown, next(each.accessibleName() for each in buttons(shown) if "Stopp 3, Lekplatsen" in each.text()))
    found = one(session, walk, "Någonstans")
    assert found.stop is not None
    until(lambda: "2 kvar." in words(shown), "placed")


def test_a_danger_that_nobody_has_called_about_comes_first(window: Open, session: Session, walk: str) -> None:
    seen = observe(session, walk, {"item": "A1", "severity": Severity.DANGER, "text": "Öppen lucka."})
    shown = complete(window, walk)
    assert "Fara utan larm" in " ".join(each.accessibleName() for each in shown.findChildren(QWidget))
    first = next(each for each in buttons(shown) if each.accessibleName().startswith("Det här är fara nu"))
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert shown.place == Place("acute", walk, seen)


def test_with_nothing_left_it_is_time_for_coffee(window: Open, session: Session, walk: str) -> None:
    for each in session.read(Observation, {"scope": walk}):
        if each.text != "Öppet och fint ljus.":
            delete(session, each)
    shown = complete(window, walk)
    assert "Inget att komplettera. Ta en fika." in words(shown)
    press(shown, "Avsluta vandringen")
    assert shown.place == Place("finish", walk)


def test_where_nothing_good_was_seen_it_is_asked_for(window: Open, session: Session, walk: str) -> None:
    delete(session, one(session, walk, "fint ljus"))
    shown = complete(window, walk)
    press(shown, "Något bra")
    assert shown.place.page == "observe"


def test_where_the_map_is_goes_along_from_tab_to_tab(window: Open, walk: str) -> None:
    shown = window(800, 1280)
    shown.go(Place("walk", walk, part="map:60.171700,24.944300,16.50"))
    press(shown, "Komplettera, 2 kvar")
    assert shown.place.page == "complete" and "map:" in shown.place.part
    press(shown, "Mer")
    assert shown.place.page == "more" and "map:" in shown.place.part
    press(shown, "Lista")
    assert shown.place.page == "walk" and shown.place.part.startswith("list map:")


@pytest.mark.parametrize(
    ("row", "page"),
    [("Avsluta vandringen", "finish"), ("Planera", "plan"), ("Foton", "photos"), ("Iakttagelser", "observations"),
     ("Åtgärder", "measures"), ("Inställningar", "settings"), ("Hem", "home")],
)  # fmt: skip
def test_more_leads_to_what_has_no_tab(window: Open, walk: str, row: str, page: str) -> None:
    shown = window(800, 1280)
    shown.go(Place("more", walk))
    press(shown, row)
    assert shown.place.page == page


@pytest.mark.parametrize("theme", ["dark", "light", "contrast", "sun"])
def test_the_night_is_one_press_away_and_so_is_the_way_back(
    window: Open, session: Session, walk: str, theme: str
) -> None:
    session.save(replace(session.settings, theme=theme))
    shown = window(800, 1280)
    shown.go(Place("more", walk))
    press(shown, "Nattläge")
    until(lambda: shown.look.theme == "red", "the night")
    press(shown, "Ur nattläget")
    until(lambda: shown.look.theme != "red", "the day")
    assert session.settings.theme == theme


def test_a_narrow_window_at_the_desk_reaches_what_has_no_tab(window: Open, walk: str) -> None:
    shown = window(600, 900)
    shown.go(Place("more_desk", walk))
    press(shown, "Planera")
    assert shown.place.page == "plan"


def test_the_page_of_shortcuts_names_every_key(window: Open, walk: str) -> None:
    shown = window()
    shown.go(Place("keys", walk))
    seen = words(shown)
    assert all(key in seen and does in seen for _title, keys in ALL for key, does in keys)
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert shown.place.page == "home"


def test_many_cards_are_shown_some_at_a_time(window: Open, session: Session, walk: str) -> None:
    said = {"item": "A1", "text": "Släckt.", "stop": one(session, walk, "Två lampor").stop}
    for _time in range(85):
        observe(session, walk, said)
    shown = complete(window, walk)
    assert "87 kvar." in words(shown)

    def cards() -> int:
        return len([each for each in buttons(shown) if "stämmer" in each.text()])

    assert cards() == 40
    press(shown, "och 47 till")
    assert cards() == 80
    more = button(shown, "och 7 till")
    observe(session, walk, said)
    until(lambda: more.text() == "och 8 till", "one more")
    press(shown, "och 8 till")
    until(lambda: cards() == 88, "all of them")
    assert shown.shown.isAncestorOf(shown.focusWidget())


def test_what_devices_wrote_differently_is_marked_in_every_list_and_chosen(
    window: Open, session: Session, walk: str
) -> None:
    seen = one(session, walk, "Häcken")
    set_fields(session, seen, {"text": "Häcken når lampan."})
    other = Session(session.home)
    set_fields(other, seen, {"text": "Häcken når vägen."})
    other.close()
    assert session.conflicts(walk)
    shown = complete(window, walk)
    assert any("Olika versioner" in each.accessibleName() for each in shown.findChildren(QWidget))
    press(shown, "Granska: A2")
    assert shown.place == Place("observation", walk, seen.id)
    shown.go(Place("walk", walk, part="list"))
    wait(20)
    rows = {each.key: each for each in shown.shown.list.rows.things}  # type: ignore[attr-defined]
    assert rows[seen.id].chip[0] == "Olika versioner" and rows[seen.id].name().endswith("Olika versioner")


def test_each_stop_in_the_list_says_how_many_are_to_be_completed_and_one_less_when_one_is(
    window: Open, session: Session, walk: str
) -> None:
    def spoken(shown: Window) -> dict[str, str]:
        """What the row of each stop says, by its name."""
        rows = {each.key: each for each in shown.shown.list.rows.things}  # type: ignore[attr-defined]
        return {str(stop.name): rows[stop.id].spoken for stop in session.read(Stop, {"scope": walk})}

    gate = one(session, walk, "Två lampor").stop
    third = observe(session, walk, {"item": "A2", "stop": gate, "text": "Mörkt mellan lamporna."})
    shown = window(800, 1280)
    shown.go(Place("walk", walk, part="list"))
    wait(20)
    assert "3 iakttagelser, 2 att komplettera" in spoken(shown)["Växthusgrinden"]
    assert "1 iakttagelse" in spoken(shown)["Gångtunneln under Långa bron"]
    assert "att komplettera" not in spoken(shown)["Gångtunneln under Långa bron"]
    assert "Inget noterat" in spoken(shown)["Lekplatsen"]
    shown.go(Place("complete", walk))
    wait(10)
    press(shown, next(each.accessibleName() for each in buttons(shown) if "stämmer: A1" in each.accessibleName()))
    shown.go(Place("walk", walk, part="list"))
    wait(20)
    assert "3 iakttagelser, 1 att komplettera" in spoken(shown)["Växthusgrinden"]
    (left,) = session.read(Observation, {"id": third})
    set_fields(session, left, {"severity": Severity.SMALL})
    until(lambda: "att komplettera" not in spoken(shown)["Växthusgrinden"], "that none is left")
    assert "3 iakttagelser" in spoken(shown)["Växthusgrinden"]
