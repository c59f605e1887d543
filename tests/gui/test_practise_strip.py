"""While one practises every page says so, and none does afterwards."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget

from app.commands.recording import begin_rehearsal
from app.commands.walks import new_walk
from app.domain.records import Stop
from app.session import Session
from app.settings import save_stop
from tests.gui.hands import button, press, press_when_there, says, until
from tests.gui.opening import settle
from tests.gui.room import cut
from tests.gui.test_guide import SPOKEN
from tests.gui.twins import Told
from ui.bridge.receivers import PlayedReceiver
from ui.shell.pages import PAGES
from ui.shell.receiving import resume
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.practise_strip import PractiseStrip
from ui.widgets.text import Label

Open = Callable[..., Window]
HERE, ELSEWHERE = "Övning pågår", "Övning pågår i en annan vandring"
ANYWHERE = (
    "home",
    "settings",
    "more",
    "walk",
    "rating",
    "observations",
    "observe",
    "photos",
    "plan",
    "devices",
    "ready",
)


@pytest.mark.parametrize("page", ANYWHERE)
def test_every_page_says_that_one_practises_until_it_is_ended(window: Open, walk: str, page: str) -> None:
    assert page in PAGES
    shown = window()
    place = Place(page, walk if page not in ("home", "settings") else "")
    shown.go(place)
    assert not says(shown, HERE)
    shown.guide.rehearse(walk)
    assert says(shown, HERE)
    shown.guide.end()
    assert not says(shown, HERE)
    shown.guide.rehearse(walk)
    shown.go(Place())
    shown.go(place)
    assert says(shown, HERE), "on a page that is opened while one practises, too"


def test_in_another_walk_it_is_said_that_the_practice_is_of_another(window: Open, walk: str, session: Session) -> None:
    other = new_walk(session, {"title": "En annan", "area": "Kajsaniemi"})
    shown = window()
    shown.guide.rehearse(walk)
    shown.go(Place("observations", other))
    assert says(shown, ELSEWHERE)


def test_a_track_that_is_recorded_for_real_is_no_practice(window: Open, walk: str) -> None:
    shown = window()
    shown.go(Place("walk", walk))
    shown.guide.record(walk)
    assert not says(shown, HERE)


def test_one_practises_from_the_page_that_asks_whether_all_is_ready(window: Open, walk: str) -> None:
    shown = window()
    shown.guide.rehearse(walk)
    shown.guide.end()
    shown.go(Place("ready", walk))
    press_when_there(shown, "Anslut GPS")
    assert shown.place == Place("position", walk) and button(shown, "Öva längs rutten").isVisible()


def test_where_all_has_been_played_the_way_to_its_end_is_on_every_page(window: Open, walk: str) -> None:
    shown = window()
    shown.guide.rehearse(walk)
    shown.guide.listen(PlayedReceiver(SPOKEN[:1], 60, shown.guide))
    until(lambda: shown.guide.has_played, "the end of it")
    shown.go(Place("observations", walk))
    assert says(shown, "Uppspelningen är slut, men övningen pågår")
    press(shown, "Avsluta övningen …")
    assert shown.place == Place("position", walk)


@pytest.mark.parametrize(
    ("size", "text"), [((1280, 800), 100), ((800, 1280), 200), ((1024, 600), 200), ((480, 800), 100)], ids=str
)
def test_nothing_moves_when_all_has_been_played(
    window: Open, walk: str, session: Session, size: tuple[int, int], text: int
) -> None:
    session.settings = replace(session.settings, text=text)
    shown = window(*size)
    shown.guide.rehearse(walk)
    shown.guide.listen(Told(shown.guide))
    shown.go(Place("walk", walk, part="map"))
    settle(shown)
    (strip,) = shown.findChildren(PractiseStrip)
    page = shown.shown
    before = [each.geometry() for each in (strip, page)]
    shown.guide.listen(PlayedReceiver(SPOKEN[:1], 60, shown.guide))
    until(lambda: shown.guide.has_played, "the end of it")
    settle(shown)
    told = "Uppspelningen är slut, men övningen pågår"
    (words,) = (each for each in strip.findChildren(Label) if each.accessibleName() == told)
    assert words.text() in (told, HERE)
    assert [each.geometry() for each in (strip, page)] == before
    assert not [found for each in strip.findChildren(QWidget) if each.isVisible() and (found := cut(each))]


@pytest.mark.parametrize("gloves", [False, True])
def test_where_there_is_little_height_it_is_one_line_and_a_screen_reader_says_all_of_it(
    window: Open, walk: str, session: Session, *, gloves: bool
) -> None:
    session.settings = replace(session.settings, text=200, gloves=gloves)
    shown = window(1024, 600)
    for other, told in ((walk, HERE), (new_walk(session, {"title": "En annan", "area": "Kajsaniemi"}), ELSEWHERE)):
        shown.guide.rehearse(walk)
        shown.go(Place("more", other))
        settle(shown)
        (strip,) = shown.findChildren(PractiseStrip)
        (words,) = strip.findChildren(Label)
        assert words.accessibleName() == told
        assert words.heightForWidth(words.width()) < 2 * words.fontMetrics().height(), "one line"
        assert strip.height() <= max(shown.look.target, button(strip, "Avsluta övningen …").height()) + 5
    shown.guide.end()


def test_a_rehearsal_that_was_cut_off_is_told_when_the_window_opens_again(
    window: Open, walk: str, session: Session
) -> None:
    begin_rehearsal(session, walk)
    shown = window()
    resume(shown)
    until(lambda: shown.tray.notice is not None, "what became of it")
    assert shown.tray.notice is not None and shown.tray.notice.text.startswith("Övningen avbröts")
    press(shown, "Läge och övning")
    assert shown.place == Place("position", walk) and not shown.guide.practises


def test_whoever_practises_anew_is_told_at_which_stop_one_is_again_and_so_is_who_ends(
    window: Open, walk: str, session: Session
) -> None:
    first, _second, last = session.read(Stop, {"scope": walk}, ("order",))
    save_stop(session.home, walk, first.id)
    shown = window()
    shown.go(Place("position", walk))
    press(shown, "60 ×")
    press(shown, "Öva längs rutten")
    assert shown.tray.notice is not None and shown.tray.notice.text == "Övningen har börjat."
    for _rehearsal in range(2):
        shown.guide.listen(PlayedReceiver(SPOKEN[:2], 60, shown.guide))
        until(lambda: shown.guide.has_played, "the end of what is played")
        save_stop(session.home, walk, last.id)
        shown.go(Place("position", walk))
        press(shown, "Öva längs rutten")
        assert shown.tray.notice is not None
        assert shown.tray.notice.text == "Övningen börjar om. Ni är vid stopp 1 igen."
        assert says(shown.shown, "Vid stopp 1 av 3")
    save_stop(session.home, walk, last.id)
    shown.go(Place("position", walk))
    press(shown, "Avsluta övningen")
    assert shown.tray.notice is not None
    assert shown.tray.notice.text.endswith("Ni är vid stopp 1 igen, som före övningen.")


def test_whoever_was_at_the_same_stop_all_along_is_not_told_to_be_there_again(window: Open, walk: str) -> None:
    shown = window()
    shown.guide.rehearse(walk)
    shown.go(Place("position", walk))
    press(shown, "Avsluta övningen")
    assert shown.tray.notice is not None and "igen" not in shown.tray.notice.text
