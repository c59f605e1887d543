"""The information before a walk: shown in both languages, and that it was shown is written."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from app.commands.records import set_fields
from app.commands.walks import new_walk
from app.domain.records import SafetyWalk
from app.domain.track import Fix
from app.session import Session
from tests.gui.hands import press, until, wait
from ui.bridge.receivers import PlayedReceiver
from ui.screens.information import paragraphs
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.text import Label


def _texts(window: Window) -> str:
    return "\n".join(each.text() for each in window.shown.findChildren(Label) if each.isVisible())


def _walk(session: Session) -> SafetyWalk:
    said = {"title": "Hagnäs", "area": "Hagnäs torg", "organiser": "Hagnäs byalag"}
    return session.read(SafetyWalk, {"id": new_walk(session, said)})[0]


def test_it_says_who_answers_what_is_written_and_until_when(window: Callable[..., Window], session: Session) -> None:
    walk = _walk(session)
    shown = window()
    shown.go(Place("information", walk.id))
    until(lambda: "Hagnäs byalag ansvarar för uppgifterna" in _texts(shown), "the text")
    assert "Vi skriver om platser, inte om personer." in _texts(shown)
    set_fields(session, walk, {"data_controller": "Stadsmiljönämnden", "retention_until": date(2028, 10, 23)})
    shown.build()
    until(lambda: "Stadsmiljönämnden ansvarar" in _texts(shown), "the text")
    assert "till 23 oktober 2028" in _texts(shown)


def test_that_everybody_has_heard_it_is_written_and_leads_to_the_walk(
    window: Callable[..., Window], session: Session
) -> None:
    walk = _walk(session)
    shown = window()
    shown.go(Place("information", walk.id))
    press(shown, "Alla har fått höra det")
    assert session.read(SafetyWalk)[0].info_shown_at is not None
    assert shown.place == Place("walk", walk.id)


def test_a_walk_planned_for_later_starts_when_people_start(window: Callable[..., Window], session: Session) -> None:
    walk = _walk(session)
    set_fields(session, walk, {"starts": session.clock() + timedelta(days=2)})
    shown = window()
    shown.go(Place("information", walk.id))
    press(shown, "Alla har fått höra det")
    (begun,) = session.read(SafetyWalk)
    assert begun.starts == begun.info_shown_at


def test_a_rehearsal_neither_moves_the_planned_start_nor_says_that_anybody_was_informed(
    window: Callable[..., Window], session: Session
) -> None:
    walk = _walk(session)
    planned = session.clock().replace(microsecond=0) + timedelta(days=2)
    set_fields(session, walk, {"starts": planned})
    shown = window()
    shown.guide.rehearse(walk.id)
    shown.guide.listen(PlayedReceiver([Fix(planned, 59.3, 18.1)], 1, shown.guide))
    shown.go(Place("information", walk.id))
    press(shown, "Alla har fått höra det")
    wait(100)
    assert shown.place.page == "walk", "nobody is asked again at once"
    (practised,) = session.read(SafetyWalk)
    assert (practised.starts, practised.info_shown_at) == (planned, None)


def test_a_walk_that_begins_nearly_in_time_keeps_its_time(window: Callable[..., Window], session: Session) -> None:
    soon = (session.clock() + timedelta(minutes=40)).replace(microsecond=0)
    walk = _walk(session)
    set_fields(session, walk, {"starts": soon})
    shown = window()
    shown.go(Place("information", walk.id))
    press(shown, "Alla har fått höra det")
    assert session.read(SafetyWalk)[0].starts == soon


def test_going_on_without_it_writes_nothing(window: Callable[..., Window], session: Session) -> None:
    walk = _walk(session)
    shown = window()
    shown.go(Place("information", walk.id))
    press(shown, "Inte nu")
    wait(100)
    assert session.read(SafetyWalk)[0].info_shown_at is None
    assert shown.place.page == "walk"


def test_a_walk_that_nobody_was_informed_about_begins_with_the_information(
    window: Callable[..., Window], session: Session
) -> None:
    walk = _walk(session)
    shown = window()
    shown.go(Place("walk", walk.id))
    until(lambda: shown.place == Place("information", walk.id), "the information")


def test_the_other_language_is_one_press_away_and_back(window: Callable[..., Window], session: Session) -> None:
    shown = window()
    shown.go(Place("information", _walk(session).id))
    until(lambda: "Dina rättigheter" in _texts(shown), "the text")
    swedish = _texts(shown)
    press(shown, "Språk: English")
    assert "Hagnäs byalag" in _texts(shown)
    press(shown, "Språk: Svenska")
    assert _texts(shown) == swedish


def test_a_walk_that_says_nothing_of_itself_is_informed_about_all_the_same(tmp_path: Path) -> None:
    session = Session(tmp_path / "bare")
    new_walk(session, {"title": "x"})
    told = paragraphs(session.read(SafetyWalk)[0])
    session.close()
    assert all(heading and text for heading, text in told)
    assert "kan tala in anteckningar med sin egen röst. De publiceras inte." in dict(told)["Vad som skrivs"]
    assert "Den som ordnar vandringen ansvarar" in dict(told)["Vem som ansvarar"]
