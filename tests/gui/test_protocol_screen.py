"""The protocol in the window: what to look over, real pages of a real PDF, the file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.commands.measures import add_measure
from app.commands.observations import observe
from app.commands.recording import begin_rehearsal
from app.domain.records import Observation
from app.domain.values import Severity
from app.session import Session
from tests.gui.hands import Answers, button, buttons, named, press, until
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.matter_rows import MatterRows
from ui.widgets.page_preview import PagePreview
from ui.widgets.rows import RowList
from ui.widgets.text import Label


def texts(shown: Window) -> list[str]:
    """What the labels say that can be seen."""
    return [each.text() for each in shown.findChildren(QLabel) if each.isVisible()]


def preview(shown: Window) -> PagePreview:
    """The pages, once they are there."""
    (found,) = shown.shown.findChildren(PagePreview)
    until(lambda: found.pages > 0, "the pages", 120_000)
    return found


def test_the_pages_are_shown_with_their_headings_and_turned_by_keys(window: Callable[..., Window], walk: str) -> None:
    shown = window()
    shown.go(Place("protocol", walk))
    pages = preview(shown)
    assert pages.pages >= 5
    until(lambda: not pages._sheet.image.isNull(), "the first page drawn")
    QTest.keyClick(shown.shown, Qt.Key.Key_PageDown)
    assert pages.page == 1
    QTest.keyClick(shown.shown, Qt.Key.Key_PageUp)
    assert pages.page == 0
    press(shown, "Rubriker")
    headings = named(shown, "Rubriker i protokollet", RowList)
    assert isinstance(headings, RowList)
    row = next(each for each in headings.rows.things if "Åtgärdslista" in each.title)
    headings.choose(row.key)
    assert pages.page == int(row.right) - 1 > 0


def test_a_larger_page_is_drawn_anew_and_no_page_is_beyond_the_last(window: Callable[..., Window], walk: str) -> None:
    shown = window()
    shown.go(Place("protocol", walk))
    pages = preview(shown)
    until(lambda: not pages._sheet.image.isNull(), "the page")
    before = pages._sheet.image.width()
    for _step in range(2):
        press(shown, "Större")
    until(lambda: pages._sheet.image.width() > 1.4 * before, "the larger page")
    pages.turn(10_000)
    assert pages.page == pages.pages - 1


def test_what_to_look_over_is_counted_and_each_has_a_way_to_mend_it(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    observe(session, walk, {})
    (seen,) = [each for each in session.read(Observation) if "Lösa plattor" in each.text]
    measure = add_measure(session, walk, [seen], {"text": "Lägg om plattorna."})
    shown = window()
    shown.go(Place("protocol", walk))
    said = texts(shown)
    assert "5 iakttagelser, 1 åtgärd, 0 foton, preliminär" in said
    assert "Intern utgåva. Innehåller det som inte får publiceras." in said
    assert (
        "1 iakttagelse utan text, punkt och foto" in said
        and "Den säger bara var och när." in said
        and "1 åtgärd har ägare Utreds" in said
    )
    assert "1 plats i kapitel 7" in said
    press(shown, "Visa åtgärden")
    assert shown.place == Place("measures", walk, measure)


def test_what_a_rehearsal_left_is_to_be_looked_over(window: Callable[..., Window], session: Session, walk: str) -> None:
    played = begin_rehearsal(session, walk)
    observe(session, walk, {"text": "På prov."})
    played.end()
    shown = window()
    shown.go(Place("protocol", walk))
    assert "1 sak från en övning kommer med i protokollet" in texts(shown)
    press(shown, "Läge och övning")
    assert shown.place == Place("position", walk)


def test_danger_that_nobody_was_called_about_comes_first(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    danger = observe(session, walk, {"item": "A8", "severity": Severity.DANGER, "text": "Öppen lucka."})
    shown = window()
    shown.go(Place("protocol", walk))
    rows = [each.text() for each in shown.findChildren(MatterRows)[0].findChildren(Label)]
    assert rows[0] == "1 fara nu utan larm"
    press(shown, "Till larmet")
    assert shown.place == Place("acute", walk, danger)


def test_pages_that_have_grown_old_say_so_and_are_made_again_at_a_press(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    shown = window()
    shown.go(Place("protocol", walk))
    preview(shown)
    again = "Uppdatera förhandsvisningen"
    assert not [each for each in buttons(shown) if each.text() == again]
    observe(session, walk, {"item": "A3", "text": "En till."})
    until(lambda: bool([each for each in buttons(shown) if each.text() == again]), "the pages are old")
    press(shown, again)
    until(lambda: not [each for each in buttons(shown) if each.accessibleName().startswith("Avbryt")], "drawn", 120_000)
    assert not [each for each in buttons(shown) if each.text() == again]


def test_the_file_is_written_where_it_was_asked_for_and_can_be_opened(
    window: Callable[..., Window],
    walk: str,
    answers: Answers,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[Path] = []

    def open_it(path: Path) -> bool:
        opened.append(path)
        return True

    monkeypatch.setattr("ui.widgets.outside.open_outside", open_it)
    shown = window(800, 1280)
    shown.go(Place("protocol", walk))
    assert not shown.findChildren(PagePreview)[0].isVisible()
    answers.new.append(tmp_path / "kajsaniemi")
    press(shown, "Gör protokollet")
    until(lambda: bool([each for each in buttons(shown) if each.text() == "Visa i mappen"]), "the file", 120_000)
    made = tmp_path / "kajsaniemi.pdf"
    assert made.read_bytes().startswith(b"%PDF")
    press(shown, "Öppna protokollet")
    press(shown, "Visa i mappen")
    assert opened == [made, tmp_path]


def test_where_there_is_no_room_the_pages_are_a_page_of_their_own(window: Callable[..., Window], walk: str) -> None:
    shown = window(800, 1280)
    shown.go(Place("protocol", walk))
    press(shown, "Visa sidorna")
    assert shown.place == Place("protocol", walk, part="pages")
    assert preview(shown).pages >= 5
    names = [each.accessibleName() for each in buttons(shown)]
    assert len(names) == len(set(names)) and all(names)
    press(shown, "Tillbaka")
    assert button(shown, "Gör protokollet").isVisible()


def test_leaving_stops_the_drawing_and_a_file_that_cannot_be_written_is_said(
    window: Callable[..., Window], walk: str, answers: Answers, tmp_path: Path
) -> None:
    shown = window()
    shown.go(Place("protocol", walk))
    shown.go(Place("measures", walk))
    until(lambda: not shown.runner.busy, "nothing works", 120_000)
    shown.go(Place("protocol", walk))
    answers.new.append(tmp_path / "finns inte" / "p.pdf")
    press(shown, "Gör protokollet")
    until(lambda: bool(shown.tray.notice and shown.tray.notice.problem), "the refusal", 120_000)
    assert shown.tray.notice is not None and "finns inte" in shown.tray.notice.text
