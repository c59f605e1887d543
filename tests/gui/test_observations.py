"""The observations of a walk: list, filters, search, map, one of them beside the list."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from app.commands.observations import observe
from app.domain.records import Measure, MeasureFor, Observation
from app.session import Session
from tests.gui.hands import button, buttons, choose, named, press, says, type_text, until, wait
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.map_view import MapView
from ui.widgets.rows import Row, RowList

Opener = Callable[..., Window]


@pytest.fixture
def at(window: Opener, walk: str) -> Opener:
    """Opens the observations of the walk."""

    def opened(width: int = 1280, height: int = 800) -> Window:
        shown = window(width, height)
        shown.activateWindow()
        QTest.qWaitForWindowActive(shown)
        shown.go(Place("observations", walk))
        wait(10)
        return shown

    return opened


def rows(window: QWidget) -> RowList:
    """The list."""
    found = named(window, "Iakttagelser i ordning", RowList)
    assert isinstance(found, RowList)
    return found


def titles(window: QWidget) -> list[str]:
    """What the rows say, headings too."""
    return [each.title for each in rows(window).rows.things]


def test_the_rows_stand_stop_by_stop_and_what_lies_along_the_way_comes_last(at: Opener) -> None:
    said = titles(at())
    heads = ["Stopp 1, Växthusgrinden", "Stopp 2, Gångtunneln under Långa bron", "Längs vägen"]
    assert [each for each in said if each in heads] == heads
    assert said[1].startswith("1.1 ")
    assert said[-1] == "0.1 Lösa plattor."


def test_filters_pick_and_the_line_says_how_many(at: Opener) -> None:
    shown = at()
    choose(shown, "Filter: allvar", "3 Stor")
    assert [each for each in titles(shown) if not each.startswith("Stopp")] == ["1.2 Buskar skymmer längs gångvägen"]
    assert says(shown, "1 av 4 iakttagelser visas. Samma urval i listan och på kartan.")
    choose(shown, "Filter: allvar", "Alla allvar")
    choose(shown, "Filter: plats", "Längs vägen")
    assert titles(shown) == ["Längs vägen", "0.1 Lösa plattor."]


def test_list_and_map_show_the_same_selection(at: Opener) -> None:
    shown = at()
    (view,) = [each for each in shown.findChildren(MapView) if each.isVisible()]
    choose(shown, "Filter: sort", "Något bra")
    wanted = [row.key for row in rows(shown).rows.things if not row.heading]
    assert view.mark(wanted[0]) is not None
    other = [each.id for each in shown.session.read(Observation) if each.id not in wanted]
    assert not [each for each in other if view.mark(each)]


def test_search_finds_text_and_statements_and_can_be_cleared(at: Opener) -> None:
    shown = at()
    field = named(shown, "Sök i iakttagelserna", QLineEdit)
    for words, found in (("häck", 1), ("lampa släckt", 1), ("växthus", 2), ("A4", 1)):
        field.clear()  # type: ignore[attr-defined]
        type_text(field, words)
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert len([row for row in rows(shown).rows.things if not row.heading]) == found, words
    field.clear()  # type: ignore[attr-defined]
    type_text(field, "lykta")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert says(shown, "Inget hittat för ”lykta”.")
    press(shown, "Rensa sökningen")
    assert says(shown, "4 iakttagelser.")


def test_search_is_reached_by_its_key(at: Opener) -> None:
    shown = at()
    QTest.keyClick(shown, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    until(lambda: named(shown, "Sök i iakttagelserna", QLineEdit).hasFocus(), "the focus in the search field")


def test_enter_opens_the_row_beside_the_list_and_m_brings_the_map_back(at: Opener) -> None:
    shown = at()
    listed = rows(shown)
    listed.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(listed, Qt.Key.Key_Return)
    assert button(shown, "Till kartan").isVisible()
    listed.setFocus()
    QTest.keyClick(listed, Qt.Key.Key_M)
    until(lambda: any(each.isVisible() for each in shown.findChildren(MapView)), "the map")


def test_on_a_narrow_screen_the_row_opens_a_page_and_back_keeps_the_selection(at: Opener) -> None:
    shown = at(800, 1280)
    choose(shown, "Filter: plats", "Stopp 1, Växthusgrinden")
    listed = rows(shown)
    listed.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(listed, Qt.Key.Key_Down)
    key = listed.current_key()
    QTest.keyClick(listed, Qt.Key.Key_Return)
    assert shown.place.page == "observation"
    assert shown.place.item == key
    press(shown, "Tillbaka")
    assert len([row for row in rows(shown).rows.things if not row.heading]) == 2
    assert rows(shown).current_key() == key


def test_one_press_makes_a_measure_and_opens_it(at: Opener, session: Session) -> None:
    shown = at()
    listed = rows(shown)
    listed.setFocus(Qt.FocusReason.TabFocusReason)
    seen = listed.current_key()
    until(lambda: any(each.text() == "Gör en åtgärd" for each in buttons(shown)), "what can be done with the row")
    press(shown, "Gör en åtgärd")
    (made,) = session.read(Measure)
    assert [each.observation for each in session.read(MeasureFor)] == [seen]
    assert shown.place == Place("measure", made.scope, made.id)


def test_a_new_observation_appears_and_the_chosen_row_stays(at: Opener, session: Session, walk: str) -> None:
    shown = at()
    listed = rows(shown)
    listed.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(listed, Qt.Key.Key_Down)
    key = listed.current_key()
    observe(session, walk, {"category": "other", "text": "Ny grop."})
    until(lambda: "0.2 Ny grop." in titles(shown), "the new row")
    assert listed.current_key() == key


def test_what_is_incomplete_is_found_by_the_filter(at: Opener, session: Session, walk: str) -> None:
    observe(session, walk, {"category": "lighting"})
    shown = at()
    choose(shown, "Filter: läge", "Att komplettera")
    assert len([row for row in rows(shown).rows.things if not row.heading]) == 1


def test_who_comes_with_the_tabulator_is_at_the_first_row_that_can_be_opened(at: Opener) -> None:
    listed = rows(at())
    listed.setFocus(Qt.FocusReason.TabFocusReason)
    assert listed.rows.things[0].heading and listed.currentIndex().row() == 1
    listed.clearFocus()
    listed.show_rows([Row("part", "Längs vägen", heading=True), Row("one", "En"), Row("two", "Två")])
    assert not listed.current_key()
    listed.setFocus(Qt.FocusReason.TabFocusReason)
    assert listed.current_key() == "one"
    listed.setFocus(Qt.FocusReason.OtherFocusReason)
    assert listed.current_key() == "one"
