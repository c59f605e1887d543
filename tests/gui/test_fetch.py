"""*Hämta en vandring*: two homes meet in a folder."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.base.job import finish
from app.commands.records import delete, set_fields
from app.commands.walks import new_walk
from app.domain.batch import pack, parse_name, unpack
from app.domain.records import Observation, SafetyWalk
from app.jobs.purge import purge
from app.jobs.sync import sync
from app.jobs.targets import walks_at
from app.session import Session
from tests.gui.hands import Answers, button, press, until
from ui.shell.window import Window
from ui.widgets.button import Button
from ui.widgets.desk import Place
from ui.widgets.text import Label


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A stick with two walks from another home; one of them got its right name later."""
    folder = tmp_path / "stick"
    folder.mkdir()
    other = Session(tmp_path / "other")
    first = new_walk(
        other, {"title": "Ny vandring", "area": "Hagnäs", "starts": datetime(2026, 11, 12, 16, 0, tzinfo=UTC)}
    )
    finish(sync(other, str(folder), walk=first))
    set_fields(other, other.read(SafetyWalk)[0], {"title": "Hagnäs torg"})
    finish(sync(other, str(folder), walk=first))
    finish(sync(other, str(folder), walk=new_walk(other, {"title": "Skolvägen"})))
    other.close()
    return folder


def _texts(window: Window) -> str:
    return "\n".join(each.text() for each in window.findChildren(Label) if each.isVisible())


def _chosen(window: Callable[..., Window], answers: Answers, folder: Path) -> Window:
    shown = window()
    press(shown, "Hämta en vandring")
    answers.folders = [folder]
    press(shown, "Välj mapp eller minne")
    return shown


def test_the_walks_on_a_stick_are_called_by_the_names_they_have_now(
    window: Callable[..., Window], answers: Answers, stick: Path
) -> None:
    shown = _chosen(window, answers, stick)
    until(lambda: "2 vandringar" in _texts(shown), "what lies there")
    assert "Hagnäs torg" in _texts(shown)
    assert "12 november 2026, Hagnäs" in _texts(shown)
    assert button(shown, "Hämta: Skolvägen").isEnabled()


def _lit(window: Window) -> list[str]:
    return [each.text() for each in window.shown.findChildren(Button) if each.kind == "primary" and each.isVisible()]


def test_what_is_lit_is_the_first_walk_that_is_not_here_and_the_folder_where_there_is_none(
    window: Callable[..., Window], answers: Answers, stick: Path, session: Session
) -> None:
    found = finish(walks_at(session, stick))
    finish(sync(session, str(stick), walk=found[0].id))
    shown = _chosen(window, answers, stick)
    until(lambda: "2 vandringar" in _texts(shown), "what lies there")
    assert _lit(shown) == ["Hämta"]
    finish(sync(session, str(stick), walk=found[1].id))
    answers.folders = [stick]
    press(shown, "Välj mapp eller minne")
    until(lambda: _lit(shown) == ["Välj mapp eller minne"], "nothing more to fetch there")


def test_one_press_brings_the_walk_and_opens_it(
    window: Callable[..., Window], answers: Answers, stick: Path, session: Session
) -> None:
    shown = _chosen(window, answers, stick)
    until(lambda: "Hagnäs torg" in _texts(shown), "what lies there")
    press(shown, "Hämta: Hagnäs torg")
    until(lambda: shown.place.page == "information", "the walk, of which nobody was told yet")
    (walk,) = session.read(SafetyWalk)
    assert walk.title == "Hagnäs torg"
    assert shown.place == Place("information", walk.id)


def test_a_walk_that_comes_when_the_page_was_left_is_told_where_one_is(
    window: Callable[..., Window], answers: Answers, stick: Path
) -> None:
    shown = _chosen(window, answers, stick)
    until(lambda: "Hagnäs torg" in _texts(shown), "what lies there")
    press(shown, "Hämta: Hagnäs torg")
    shown.go(Place("settings"))
    until(lambda: bool(shown.tray.notice), "what came of it")
    assert shown.place.page == "settings"
    assert shown.tray.notice is not None and shown.tray.notice.text == "Klart: Hagnäs torg finns här nu."
    press(shown.tray, "Öppna")
    assert shown.place.page == "walk"


def test_a_walk_that_is_here_already_gets_what_is_new(
    window: Callable[..., Window], answers: Answers, stick: Path, session: Session
) -> None:
    scope = next(each.id for each in finish(walks_at(session, stick)) if each.title == "Hagnäs torg")
    finish(sync(session, str(stick), walk=scope))
    shown = _chosen(window, answers, stick)
    until(lambda: "2 vandringar" in _texts(shown), "what lies there")
    press(shown, "Finns redan här, hämta nytt: Hagnäs torg")
    until(lambda: shown.place == Place("information", scope), "the walk, of which nobody was told yet")
    assert session.read(Observation, {"scope": scope}) == []


def test_a_walk_that_was_deleted_here_says_so_and_comes_back(
    window: Callable[..., Window], answers: Answers, stick: Path, session: Session
) -> None:
    scope = next(each.id for each in finish(walks_at(session, stick)) if each.title == "Hagnäs torg")
    finish(sync(session, str(stick), walk=scope))
    delete(session, session.read(SafetyWalk)[0])
    shown = _chosen(window, answers, stick)
    until(lambda: "2 vandringar" in _texts(shown), "what lies there")
    press(shown, "Borttagen här, ta tillbaka: Hagnäs torg")
    until(lambda: shown.place == Place("information", scope), "the walk, of which nobody was told yet")
    assert [each.title for each in session.read(SafetyWalk)] == ["Hagnäs torg"]


def test_whoever_chooses_the_folder_inside_is_understood(
    window: Callable[..., Window], answers: Answers, stick: Path
) -> None:
    shown = _chosen(window, answers, stick / "gatljus1")
    until(lambda: "2 vandringar" in _texts(shown), "what lies there")


def test_an_empty_folder_is_said_with_what_to_do(
    window: Callable[..., Window], answers: Answers, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    shown = _chosen(window, answers, tmp_path / "empty")
    until(lambda: "Här ligger ingen vandring." in _texts(shown), "the sentence")
    assert "Kopiera vandringen dit" in _texts(shown)


def test_a_stick_that_is_not_there_is_said_in_place_and_can_be_tried_again(
    window: Callable[..., Window], answers: Answers, tmp_path: Path, stick: Path
) -> None:
    gone = tmp_path / "gone" / "stick"
    shown = _chosen(window, answers, gone)
    until(lambda: "finns inte" in _texts(shown), "the error")
    gone.parent.mkdir()
    stick.rename(gone)
    press(shown, "Försök igen")
    until(lambda: "2 vandringar" in _texts(shown), "what lies there")
    assert button(shown, "Hämta: Skolvägen").isEnabled()


def test_what_is_read_after_the_page_was_left_finds_nobody(window: Callable[..., Window], stick: Path) -> None:
    shown = window()
    for _time in range(3):
        shown.go(Place("fetch", part=str(stick)))
        shown.go(Place("settings"))
    until(lambda: not shown.runner.busy, "the end of the reading")
    assert shown.place == Place("settings")


def test_a_walk_that_was_purged_there_is_said_to_be_with_the_day_and_cannot_be_fetched(
    window: Callable[..., Window], tmp_path: Path
) -> None:
    parcel = tmp_path / "Hagnäs.zip"
    other = Session(tmp_path / "other", clock=lambda: datetime(2026, 11, 12, 16, 0, tzinfo=UTC))
    walk = new_walk(other, {"title": "Hagnäs torg"})
    finish(sync(other, str(parcel), walk=walk))
    finish(purge(other, other.read(SafetyWalk)[0]))
    finish(sync(other, str(parcel)))
    other.close()
    shown = window()
    shown.go(Place("fetch", part=str(parcel)))
    until(lambda: "En vandring är gallrad här" in _texts(shown), "that it was purged")
    assert "Gallrad 12 november 2026." in _texts(shown) and "Det finns inget att hämta." in _texts(shown)
    assert "Ingen vandring att hämta i" in _texts(shown) and "finns inget från Gatljus" not in _texts(shown)
    assert not [each for each in shown.findChildren(Button) if each.accessibleName().startswith("Hämta: ")]


def test_reading_what_lies_there_writes_nothing(session: Session, stick: Path) -> None:
    before = {each: each.stat().st_mtime_ns for each in stick.rglob("*")}
    found = finish(walks_at(session, stick))
    assert [(each.title, each.here) for each in found] == [("Hagnäs torg", False), ("Skolvägen", False)]
    assert {each: each.stat().st_mtime_ns for each in stick.rglob("*")} == before
    assert not session.read(SafetyWalk)


def test_a_damaged_batch_leaves_the_walk_without_a_name_and_the_others_whole(session: Session, stick: Path) -> None:
    scope = next(each.id for each in finish(walks_at(session, stick)) if each.title == "Skolvägen")
    for batch in (stick / "gatljus1" / scope / "changes").iterdir():
        batch.write_bytes(b"not gzip")
    assert {each.title for each in finish(walks_at(session, stick))} == {"", "Hagnäs torg"}


def test_a_title_whose_changes_replace_each_other_in_a_ring_is_no_title(session: Session, stick: Path) -> None:
    scope = next(each.id for each in finish(walks_at(session, stick)) if each.title == "Skolvägen")
    for batch in (stick / "gatljus1" / scope / "changes").iterdir():
        about = parse_name(batch.name)
        assert about is not None
        changes = unpack(scope, about, batch.read_bytes())
        odd = [replace(each, replaces=(each.stamp,)) if each.field == "title" else each for each in changes]
        name, data = pack(odd, None)
        batch.unlink()
        (batch.parent / name).write_bytes(data)
    assert {each.title for each in finish(walks_at(session, stick))} == {"", "Hagnäs torg"}
