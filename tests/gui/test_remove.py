"""*Töm eller gallra*: what goes and from where is said before, what was reached afterwards."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.base.errors import GatljusError
from app.base.job import Job, Step, finish
from app.commands.records import add, delete, set_fields
from app.domain.records import Participant, SafetyWalk
from app.jobs import purge as jobs
from app.jobs.sync import sync
from app.session import Session
from tests.gui.hands import Answers, press, press_when_there, says, until
from tests.gui.pages import spread
from tests.gui.removing import Open, at_remove, focused, lying, offered, record, strike
from ui.screens import remove
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.desk import Place


@pytest.fixture
def stick(tmp_path: Path, session: Session, walk: str) -> Path:
    """A folder where the walk lies."""
    made = tmp_path / "GATLJUS-1"
    made.mkdir()
    finish(sync(session, str(made), walk=walk))
    return made


@pytest.fixture
def others(tmp_path: Path) -> Iterator[list[Session]]:
    """Two other machines."""
    opened = [Session(tmp_path / name) for name in ("other", "third")]
    for each in opened:
        each.settings = replace(each.settings, label=f"Platta {each.home.name}")
    yield opened
    for each in opened:
        each.close()


# What is said before, and the question


def test_before_it_is_said_from_where_the_walk_goes_and_what_is_out_of_reach(
    window: Open, session: Session, walk: str, stick: Path, others: list[Session]
) -> None:
    for each in (others[0], session):
        finish(sync(each, str(stick), walk=walk))
    set_fields(session, record(session, walk), {"retention_until": date(2999, 1, 31)})
    shown = at_remove(window, walk)
    assert says(shown, "Gallras 31 januari 2999.")
    assert says(shown, "Målet GATLJUS-1: nu om det går att nå")
    assert says(shown, "Platta other har den också, och får frågan vid nästa synk")
    assert says(shown, "PDF:er, exporter och paket som redan har lämnats ut når programmet inte.")
    assert says(shown, "Den här enheten och dess säkerhetskopior")


def test_a_purge_is_asked_for_in_place_and_the_harmless_answer_has_the_focus(
    window: Open, session: Session, walk: str
) -> None:
    shown = at_remove(window, walk)
    press(shown, "Gallra …")
    assert focused() == "Behåll vandringen" and "Gallra …" not in offered(shown)
    press(shown, "Behåll vandringen")
    assert focused() == "Gallra …" and "Gallra för alltid" not in offered(shown)
    assert session.log.scopes() == [walk]


def test_a_purged_walk_is_gone_here_and_on_the_target_and_the_page_says_so_and_leads_home(
    window: Open, session: Session, walk: str, stick: Path
) -> None:
    shown = window()
    shown.go(Place("plan", walk, part="om"))
    press(shown.shown, "Töm eller gallra …")
    assert shown.place == Place("remove", walk)
    press(shown, "Gallra …")
    press(shown, "Gallra för alltid")
    until(lambda: says(shown, "Vandringen är gallrad här."), "the outcome")
    assert says(shown, f"Den är gallrad på {stick}.")
    assert not session.log.scopes() and lying(stick, walk) == {"purged"}
    lit = [each.text() for each in shown.findChildren(Button) if each.isVisible() and each.kind == "primary"]
    assert lit == ["Till hem"] and not shown.tray.notice
    press(shown, "Till hem")
    assert shown.place == Place()
    shown.back()
    assert shown.place == Place()
    assert walk not in (session.home / "window.json").read_text("utf-8")


def test_a_walk_that_is_deleted_while_the_question_stands_is_purged_all_the_same(
    window: Open, session: Session, walk: str
) -> None:
    shown = at_remove(window, walk)
    press(shown, "Gallra …")
    delete(session, session.read(SafetyWalk, {"id": walk})[0])
    assert isinstance(shown.shown, remove.RemoveScreen)
    shown.shown._start_purging()
    until(lambda: not session.log.scopes(), "the purge")


@pytest.mark.parametrize("size", [(1280, 800), (600, 900)], ids=str)
def test_the_keyboard_alone_purges_a_walk(window: Open, session: Session, walk: str, size: tuple[int, int]) -> None:
    shown = at_remove(window, walk, size)

    def tab_to(name: str) -> None:
        for _time in range(40):
            if focused() == name:
                return
            strike(Qt.Key.Key_Tab)
        raise AssertionError(name)

    tab_to("Gallra …")
    strike(Qt.Key.Key_Return)
    strike(Qt.Key.Key_Return)
    assert session.log.scopes() == [walk], "who goes on pressing Enter keeps the walk"
    strike(Qt.Key.Key_Return)
    tab_to("Gallra för alltid")
    strike(Qt.Key.Key_Return)
    until(lambda: says(shown, "Vandringen är gallrad här."), "the outcome")
    tab_to("Till hem")
    strike(Qt.Key.Key_Return)
    assert shown.place == Place() and not session.log.scopes()


# Emptying


def test_a_tablet_is_not_emptied_before_it_is_safe_and_what_is_missing_is_said(window: Open, walk: str) -> None:
    shown = at_remove(window, walk)
    assert says(shown, "Töm inte den här plattan än") and says(shown, "Två andra enheter, minst en där")
    assert "Töm den här plattan" not in offered(shown)
    press(shown.shown, "Öppna Enheter")
    assert shown.place == Place("devices", walk)


def test_a_tablet_is_emptied_where_the_receipts_allow_it_and_targets_keep_what_they_have(
    window: Open, session: Session, tmp_path: Path, others: list[Session]
) -> None:
    walk = spread(session, others, tmp_path)["spread"]
    before = lying(tmp_path, walk)
    shown = at_remove(window, walk)
    assert says(shown, "Säkert att tömma den här plattan.") and "Öppna Enheter" not in offered(shown)
    press(shown, "Töm den här plattan")
    until(lambda: says(shown, "Vandringen Vandring Tölö ligger inte kvar här."), "the outcome")
    assert not session.log.scopes() and lying(tmp_path, walk) == before
    assert session.places.purged(walk) is None


def test_what_is_no_longer_safe_is_said_in_place_and_the_walk_stays(
    window: Open, session: Session, tmp_path: Path, others: list[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = spread(session, others, tmp_path)["spread"]
    shown = at_remove(window, walk)
    monkeypatch.setattr(remove, "empty", lambda _session, _walk: refused())
    press(shown, "Töm den här plattan")
    until(lambda: says(shown, "Det är inte säkert att tömma den här plattan än."), "the refusal")
    assert says(shown, "Vandringen är kvar.") and session.log.scopes() == [walk]
    assert "Gallra …" in offered(shown)


def refused() -> Job[None]:
    yield Step("")
    raise GatljusError("not-safe", "Det är inte säkert att tömma den här plattan än.", "Synka först.")


# Work that is stopped, or goes on elsewhere


def halting(session: Session, walk: SafetyWalk, *, purges: bool) -> Job[None]:
    """A purge that never comes to its end, before or after the walk has gone from here."""
    job = jobs.purge(session, walk)
    yield next(job)
    if purges:
        next(job, None)
    while True:
        yield Step("")


@pytest.mark.parametrize("purges", [False, True])
def test_a_purge_that_is_stopped_says_what_it_had_reached(
    window: Open, session: Session, walk: str, stick: Path, monkeypatch: pytest.MonkeyPatch, purges: bool
) -> None:
    shown = at_remove(window, walk)
    monkeypatch.setattr(remove, "purge", lambda session, walk: halting(session, walk, purges=purges))
    press(shown, "Gallra …")
    press(shown, "Gallra för alltid")
    press_when_there(shown, "Avbryt: Gallrar vandringen")
    if purges:
        until(lambda: says(shown, f"Den ligger kvar på {stick}."), "the outcome")
        assert says(shown, "Vandringen är gallrad här.") and not session.log.scopes()
    else:
        until(lambda: bool(shown.tray.notice), "that it was stopped")
        assert shown.tray.notice is not None and shown.tray.notice.text == "Avbrutet. Vandringen är kvar."
        assert session.log.scopes() == [walk] and "Gallra …" in offered(shown)


def test_whoever_left_the_page_is_told_where_one_is_and_can_read_all_of_it(
    window: Open, walk: str, stick: Path
) -> None:
    shown = at_remove(window, walk)
    press(shown, "Gallra …")
    press(shown, "Gallra för alltid")
    shown.go(Place("settings"))
    until(lambda: bool(shown.tray.notice and shown.tray.notice.action), "what came of it")
    press(shown.tray, "Vad som nåddes")
    assert says(shown, f"Den är gallrad på {stick}.")


def test_a_disk_that_fails_is_said_in_place_and_the_walk_is_here(
    window: Open, session: Session, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_said: object, **_named: object) -> None:
        raise OSError(28, "No space left on device", str(session.home))

    shown = at_remove(window, walk)
    monkeypatch.setattr(session.log, "remove", fails)
    press(shown, "Gallra …")
    press(shown, "Gallra för alltid")
    until(lambda: says(shown, "Vandringen är kvar."), "the failure")
    assert session.log.scopes() == [walk] and shown.place == Place("remove", walk)


# The ways to the page


@pytest.mark.parametrize(("now", "due"), [(21, False), (22, True)])
def test_home_says_that_a_walk_is_to_be_purged_from_the_day_that_comes_where_one_walked(
    window: Open, session: Session, walk: str, now: int, due: bool
) -> None:
    values = {"retention_until": date(2026, 11, 1), "ends": datetime(2026, 10, 23, 17, 0, tzinfo=UTC)}
    set_fields(session, record(session, walk), values)
    # In Helsinki the day begins at 22 UTC.
    session.clock = lambda: datetime(2026, 10, 31, now, 30, tzinfo=UTC)
    shown = window()
    chips = [each.text for each in shown.findChildren(Chip) if each.isVisible()]
    assert ("Ska gallras" in chips) is due and ("Avslutad" in chips) is not due
    if due:
        press(shown, "Töm eller gallra: Kajsaniemi i mörker")
        assert shown.place == Place("remove", walk)
        assert says(shown, "Dagen för gallring har kommit: 1 november 2026.")


@pytest.mark.parametrize("page", ["devices", "finish"])
def test_a_target_where_the_walk_was_purged_says_so_and_leads_to_purging_it_here(
    window: Open, walk: str, stick: Path, others: list[Session], answers: Answers, page: str
) -> None:
    finish(sync(others[0], str(stick), walk=walk))
    finish(jobs.purge(others[0], record(others[0], walk)))
    shown = window(800, 1280)
    shown.go(Place(page, walk))
    answers.folders = [stick]
    press(shown, "Kopiera till mapp eller minne")
    until(lambda: says(shown, "Vandringen är gallrad på det här målet."), "the answer")
    assert says(shown, "Det finns inget av den att hämta där. Den läggs inte dit igen.") and says(
        shown, "tills du gallrar den här också."
    )
    assert "Använd ändå" not in offered(shown) and lying(stick, walk) == {"purged"}
    press(shown.shown, "Töm eller gallra")
    assert shown.place == Place("remove", walk)


def test_whoever_left_is_told_that_the_walk_was_purged_there(
    window: Open, walk: str, stick: Path, others: list[Session], answers: Answers
) -> None:
    finish(sync(others[0], str(stick), walk=walk))
    finish(jobs.purge(others[0], record(others[0], walk)))
    shown = window()
    shown.go(Place("devices", walk))
    answers.folders = [stick]
    press(shown, "Kopiera till mapp eller minne")
    shown.go(Place("settings"))
    until(lambda: bool(shown.tray.notice), "what came of it")
    assert shown.tray.notice is not None
    assert shown.tray.notice.text.startswith("Vandringen är gallrad på GATLJUS-1. Det gjordes ")
    press(shown.tray, "Töm eller gallra")
    assert shown.place == Place("remove", walk)


def test_whoever_erases_a_name_is_told_where_it_may_still_lie(
    window: Open, session: Session, walk: str, stick: Path, others: list[Session]
) -> None:
    person = add(session, Participant.KIND, walk, {"role": "Boende", "name": "Anna Andersson"})
    for each in (session, others[0], session):
        finish(sync(each, str(stick), walk=walk))
    shown = window()
    shown.go(Place("plan", walk, item=person, part="deltagare"))
    press_when_there(shown, "Radera namnet för alltid")
    press(shown, "Ja, radera för alltid")
    assert shown.tray.notice is not None
    told = f"Det kan ligga kvar på {stick} tills du synkar med det målet."
    told += " Det kan ligga kvar hos Platta other tills den synkar."
    assert shown.tray.notice.text == f"Namnet är raderat för alltid. {told}"


def test_files_that_no_walk_names_are_moved_out_by_a_button(
    window: Open, session: Session, walk: str, tmp_path: Path, answers: Answers
) -> None:
    shown = at_remove(window, walk)
    assert "Flytta ut filerna …" not in offered(shown)
    name = session.blobs.put(b"\xff\xd8\xff\xe0 ett foto som ingen minns")
    os.utime(session.blobs.path(name), (0, 0))
    shown.shown.refresh({})
    assert says(shown, "Här ligger filer som ingen vandring nämner.")
    answers.folders = [tmp_path / "ut"]
    press(shown, "Flytta ut filerna …")
    until(lambda: "Flytta ut filerna …" not in offered(shown), "they are moved")
    assert (tmp_path / "ut" / f"{name}.jpg").is_file() and not session.blobs.names().get(name)
    assert says(shown, f"1 fil är flyttad till {tmp_path / 'ut'}.")
