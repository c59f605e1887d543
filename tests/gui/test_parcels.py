"""A parcel by hand: put a walk into it, and fetch one from it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.base.job import finish
from app.commands.observations import observe
from app.commands.walks import new_walk
from app.domain.records import Observation, SafetyWalk
from app.jobs.sync import sync
from app.session import Session
from app.sync.names import READ_ME, UNNAMED
from tests.gui.hands import Answers, button, buttons, press, says, until
from tests.storage.parcels import entries, write
from ui.shell.window import Window
from ui.widgets.desk import Place

PACK = "Lägg i ett paket (.zip) att skicka"


@pytest.fixture
def came(tmp_path: Path) -> Path:
    """A parcel that came by mail, with one walk in it."""
    path = tmp_path / "Hagnäs.zip"
    other = Session(tmp_path / "other")
    walk = new_walk(other, {"title": "Hagnäs torg"})
    observe(other, walk, {"item": "A1", "text": "Släckt"})
    finish(sync(other, str(path), walk=walk))
    other.close()
    return path


def _told(shown: Window, beginning: str) -> str:
    """What the notice says that begins so."""
    until(lambda: bool(shown.tray.notice and shown.tray.notice.text.startswith(beginning)), beginning)
    assert shown.tray.notice is not None
    return shown.tray.notice.text


def _chosen(window: Callable[..., Window], answers: Answers, path: Path) -> Window:
    shown = window()
    press(shown, "Hämta en vandring")
    answers.opened = [[path]]
    press(shown, "Välj paket (.zip)")
    return shown


def test_a_walk_is_put_into_a_parcel_which_counts_as_no_place(
    window: Callable[..., Window], answers: Answers, walk: str, tmp_path: Path, session: Session
) -> None:
    shown = window()
    shown.go(Place("devices", walk))
    answers.new = [tmp_path / "Kajsaniemi"]
    press(shown, PACK)
    text = _told(shown, "Lagt i paketet Kajsaniemi.zip: ")
    assert "räknas inte som en kopia" in text and "Kopierat" not in text
    assert any(walk in name for name in entries(tmp_path / "Kajsaniemi.zip"))
    assert not session.places.copied(walk)
    assert says(shown, "Inget mål än.") and says(shown, "Bara den här enheten är med")
    assert button(shown, "Visa i mappen").isEnabled()


def test_whoever_asks_for_a_parcel_and_names_none_gets_none(
    window: Callable[..., Window], answers: Answers, walk: str
) -> None:
    shown = window()
    shown.go(Place("devices", walk))
    answers.new = [None]
    press(shown, PACK)
    assert not shown.runner.busy and shown.tray.notice is None


def test_a_walk_is_fetched_from_a_parcel_and_word_of_it_lies_in_it(
    window: Callable[..., Window], answers: Answers, came: Path, session: Session
) -> None:
    shown = _chosen(window, answers, came)
    until(lambda: says(shown, "Hagnäs torg"), "what lies there")
    before = came.read_bytes()
    press(shown, "Hämta: Hagnäs torg")
    until(lambda: shown.place.page == "information", "the walk, of which nobody was told yet")
    assert [each.title for each in session.read(SafetyWalk)] == ["Hagnäs torg"]
    assert [each.text for each in session.read(Observation)] == ["Släckt"]
    assert "Skicka tillbaka det" in _told(shown, "Klart: Hagnäs torg finns här nu.")
    assert came.read_bytes() != before


def test_a_parcel_that_cannot_be_written_is_fetched_from_and_that_is_said(
    window: Callable[..., Window], answers: Answers, came: Path, session: Session
) -> None:
    came.chmod(0o444)
    shown = _chosen(window, answers, came)
    until(lambda: says(shown, "Hagnäs torg"), "what lies there")
    press(shown, "Hämta: Hagnäs torg")
    assert "Inget kunde läggas i paketet" in _told(shown, "Klart: Hagnäs torg finns här nu.")
    assert session.read(SafetyWalk)


def test_what_was_rescued_is_fetched_and_nobody_is_told_of_a_failure(
    window: Callable[..., Window], answers: Answers, came: Path, session: Session
) -> None:
    write(came, {**entries(came), READ_ME: b"Hej", f"{UNNAMED}{'0' * 64}": b"foto"})
    before = came.read_bytes()
    shown = _chosen(window, answers, came)
    until(lambda: says(shown, "Hagnäs torg"), "what lies there")
    press(shown, "Hämta: Hagnäs torg")
    told = _told(shown, "Klart: Hagnäs torg finns här nu.")
    assert "räddad kopia" in told and "Inget kunde läggas" not in told
    assert session.read(SafetyWalk) and came.read_bytes() == before


def test_looking_into_a_parcel_changes_nothing_of_it(
    window: Callable[..., Window], answers: Answers, came: Path
) -> None:
    before = came.read_bytes(), came.stat().st_mtime_ns
    shown = _chosen(window, answers, came)
    until(lambda: says(shown, "1 vandring i"), "what lies there")
    assert (came.read_bytes(), came.stat().st_mtime_ns) == before


@pytest.mark.parametrize("broken", ["half", "foreign"])
def test_a_parcel_that_is_none_is_said_in_place_and_can_be_tried_again(
    window: Callable[..., Window], answers: Answers, came: Path, broken: str
) -> None:
    whole = came.read_bytes()
    if broken == "half":
        came.write_bytes(whole[: len(whole) // 2])
    else:
        write(came, {"brev.txt": b"Hej"})
    shown = _chosen(window, answers, came)
    sentence = {"half": "är inte helt: slutet saknas.", "foreign": "finns inget från Gatljus."}[broken]
    until(lambda: says(shown, sentence), "the error")
    came.write_bytes(whole)
    press(shown, "Försök igen")
    until(lambda: says(shown, "Hagnäs torg"), "what lies there")
    assert not [each for each in buttons(shown) if each.text() == "Försök igen"]
