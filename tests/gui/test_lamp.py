"""The lamp: written by a pad for cold fingers, digit by digit."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.commands.noting import another_like
from app.commands.observations import observe
from app.commands.records import set_fields
from app.domain.records import Observation
from app.domain.values import LampFault, Severity
from app.session import Session
from tests.gui.hands import button, named, press, type_text, until, wait
from tests.gui.noting import Kept, Opens, at_new, says, stop_named, strike
from ui.shell.window import Window
from ui.widgets.desk import Place


def _lamp(opens: Opens, walk: str, session: Session) -> tuple[Window, Kept]:
    """The form, as one comes to it from the last step."""
    before = Kept(session.home, walk)
    shown = at_new(opens, walk, f"stop:{stop_named(session, walk, 'Växthus').id}")
    press(shown, "Belysning")
    press(shown, "Lampa släckt eller trasig")
    press(shown, "Stolpnummer?")
    return shown, before


def _pad(shown: Window, digits: str) -> None:
    for digit in digits:
        press(shown, f"Siffra {digit}")


def test_the_pad_writes_the_number_within_a_second(window: Opens, walk: str, session: Session) -> None:
    shown, before = _lamp(window, walk, session)
    _pad(shown, "4418")
    press(shown, "Ta bort sista tecknet")
    press(shown, "Siffra 7")
    wait(1000)
    assert Kept(session.home, walk).new(before).asset_tag == "4417"
    assert session.conflicts(walk) == []


def test_a_number_is_one_step_to_undo(window: Opens, walk: str, session: Session) -> None:
    shown, before = _lamp(window, walk, session)
    _pad(shown, "44")
    wait(700)
    _pad(shown, "17")
    wait(700)
    assert Kept(session.home, walk).new(before).asset_tag == "4417"
    shown.undo()
    assert Kept(session.home, walk).new(before).asset_tag == ""


def test_letters_are_typed_after_abc(window: Opens, walk: str, session: Session) -> None:
    shown, before = _lamp(window, walk, session)
    line = named(shown, "Stolpnummer", QLineEdit)
    assert not line.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    press(shown, "ABC")
    assert line.hasFocus() and line.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    type_text(line, "Å-12")
    press(shown, "Klar")
    assert Kept(session.home, walk).new(before).asset_tag == "Å-12"
    assert says(shown, "Stolpe Å-12")
    assert shown.place.page == "observe" and shown.place.part.startswith("severity")


def test_faults_count_and_purpose_are_written_at_each_press(window: Opens, walk: str, session: Session) -> None:
    shown, before = _lamp(window, walk, session)
    press(shown, "Vad är fel? Släckt")
    press(shown, "Vad är fel? Skymd")
    assert Kept(session.home, walk).new(before).lamp_faults == (LampFault.OFF, LampFault.HIDDEN)
    press(shown, "Vad är fel? Släckt")
    assert Kept(session.home, walk).new(before).lamp_faults == (LampFault.HIDDEN,)
    for _k in range(3):
        press(shown, "En till: Hur många lampor?")
    press(shown, "En färre: Hur många lampor?")
    assert Kept(session.home, walk).new(before).lamp_count == 2
    press(shown, "Kan vara medvetet släckt")
    assert Kept(session.home, walk).new(before).deliberate_off is True
    assert session.conflicts(walk) == []


def test_nothing_is_counted_until_somebody_counts(window: Opens, walk: str, session: Session) -> None:
    shown, before = _lamp(window, walk, session)
    assert says(shown, "–")
    press(shown, "En färre: Hur många lampor?")
    assert Kept(session.home, walk).new(before).lamp_count is None
    press(shown, "En till: Hur många lampor?")
    assert Kept(session.home, walk).new(before).lamp_count == 1


def test_another_post_is_another_observation_at_the_same_stop(window: Opens, walk: str, session: Session) -> None:
    shown, before = _lamp(window, walk, session)
    _pad(shown, "0417")
    press(shown, "En stolpe till")
    first = Kept(session.home, walk)
    tags = {each.asset_tag for key, each in first.observations.items() if key not in before.observations}
    assert tags == {"0417", ""}
    press(shown, "0418, nästa efter förra")
    made = Kept(session.home, walk)
    new = [each for key, each in made.observations.items() if key not in before.observations]
    assert sorted(each.asset_tag for each in new) == ["0417", "0418"]
    assert {(each.item, each.stop) for each in new} == {("A1", new[0].stop)}
    press(shown, "Klar")
    assert made.observations[shown.place.item].asset_tag == "0418"


def test_what_was_said_of_one_post_is_said_of_the_next_and_told(window: Opens, walk: str, session: Session) -> None:
    before = Kept(session.home, walk)
    shown = at_new(window, walk, f"stop:{stop_named(session, walk, 'Växthus').id}")
    press(shown, "Belysning")
    press(shown, "Lampa släckt")
    press(shown, "Allvar 3")
    press(shown, "Stolpnummer?")
    press(shown, "En till: Hur många lampor?")
    press(shown, "Kan vara medvetet släckt")
    press(shown, "Vad är fel? Blinkar")
    press(shown, "En stolpe till")
    kept = Kept(session.home, walk)
    first, second = sorted((each for key, each in kept.observations.items() if key not in before.observations),
                           key=lambda each: str(each.tag))  # fmt: skip
    assert second.severity == Severity.LARGE and second.lamp_faults == (LampFault.FLICKERING,)
    assert second.deliberate_off is True and (second.asset_tag, second.lamp_count) == ("", None)
    assert says(shown, f"{second.tag}, en stolpe till. {first.tag} är sparad.")
    assert says(shown, f"Lampan, {second.tag}")
    wait(60)
    press(shown.tray, f"Till {first.tag}")
    assert shown.place == Place("observe", walk, first.id, "severity") and says(shown, f"{first.tag} Lampa släckt")


def test_danger_is_said_anew_for_each_post(walk: str, session: Session) -> None:
    seen = observe(session, walk, {"item": "A1", "severity": Severity.DANGER})
    (first,) = session.read(Observation, {"id": seen})
    (second,) = session.read(Observation, {"id": another_like(session, first)})
    assert second.severity is None


def test_a_damaged_hatch_offers_the_sheet(window: Opens, walk: str, session: Session) -> None:
    shown, before = _lamp(window, walk, session)
    assert not says(shown, "Fara nu")
    press(shown, "Vad är fel? Skadad lucka")
    until(lambda: says(shown, "Fara nu"), "the offer")
    press(shown, "Fara nu")
    assert shown.place.page == "acute"
    assert Kept(session.home, walk).new(before).severity == Severity.DANGER
    strike(shown, Qt.Key.Key_Escape)
    assert shown.place.page == "home"


def test_from_elsewhere_the_way_back_is_there(window: Opens, walk: str, session: Session) -> None:
    shown, before = _lamp(window, walk, session)
    item = Kept(session.home, walk).new(before).id
    while shown.place.page != "home":
        shown.back()
    shown.go(Place("lamp", walk, item))
    press(shown, "Tillbaka")
    assert shown.place.page == "home"


def test_a_number_from_another_hand_while_one_types_is_a_conflict(window: Opens, walk: str, session: Session) -> None:
    shown, before = _lamp(window, walk, session)
    line = named(shown, "Stolpnummer", QLineEdit)
    line.setFocus()
    other = Session(session.home)
    (theirs,) = other.read(Observation, {"id": Kept(session.home, walk).new(before).id})
    type_text(line, "44")
    set_fields(other, theirs, {"asset_tag": "9000"})
    other.close()
    type_text(line, "17")
    press(shown, "Klar")
    (conflict,) = session.conflicts(walk)
    assert {each.value for each in conflict.choices} == {"9000", "4417"}


@pytest.mark.parametrize(("tag", "offered"), [("4417", "4418"), ("Å-12", ""), ("", "")])
def test_the_next_number_is_offered_where_there_is_one(
    window: Opens, walk: str, session: Session, tag: str, offered: str
) -> None:
    observe(session, walk, {"item": "A1", "asset_tag": tag})
    shown, _before = _lamp(window, walk, session)
    until(lambda: says(shown, "nästa efter förra") == bool(offered), "the offer")
    assert not offered or button(shown, f"{offered}, nästa efter förra").isVisible()


def test_undone_it_is_left_by_one_step(window: Opens, walk: str, session: Session) -> None:
    shown, before = _lamp(window, walk, session)
    item = Kept(session.home, walk).new(before).id
    while shown.place.page != "home":
        shown.back()
    shown.go(Place("settings"))
    shown.go(Place("lamp", walk, item))
    shown.undo()
    shown.undo()
    until(lambda: shown.place.page != "lamp", "the way back")
    wait(50)
    assert shown.place == Place("settings")
