"""Devices: two homes and one folder. What is said follows the other device's announcement, and nothing else."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from app.base.job import finish
from app.commands.observations import observe
from app.commands.records import set_fields
from app.commands.walks import end_walk
from app.domain.ports import Said
from app.domain.records import Device, Observation, Photo, SafetyWalk
from app.jobs.photos import import_photos
from app.jobs.sync import sync
from app.queries.devices import devices_of
from app.queries.whereabouts import whereabouts
from app.session import Session
from app.sync.heads import name_of, said_in
from tests.gui.hands import Answers, button, buttons, press, press_when_there, until
from tests.gui.pages import PHOTOS
from ui.shell.window import Window
from ui.widgets.chip import Chip, SaveChain
from ui.widgets.desk import Place
from ui.widgets.device_card import verdict_on

COPY = "Kopiera till mapp eller minne"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder between the homes."""
    made = tmp_path / "GATLJUS-1"
    made.mkdir()
    return made


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Session]:
    """The other home."""
    opened = Session(tmp_path / "other")
    yield opened
    opened.close()


def said(shown: Window) -> list[str]:
    """What labels and chips say that can be seen."""
    labels = [each.text() for each in shown.findChildren(QLabel) if each.isVisible()]
    return labels + [each.text for each in shown.findChildren(Chip) if each.isVisible()]


def chain(shown: Window) -> list[tuple[str, bool]]:
    """The links of this device."""
    return shown.findChildren(SaveChain)[0].links


def copied(shown: Window, answers: Answers, folder: Path) -> str:
    """Copy to the folder by hand; returns what was said afterwards."""
    answers.folders.append(folder)
    press(shown, COPY)
    until(lambda: bool(shown.tray.notice and shown.tray.notice.text.startswith("Klart")), "copied")
    assert shown.tray.notice is not None
    return shown.tray.notice.text


def test_alone_it_says_so_and_the_next_step_is_to_copy(window: Callable[..., Window], walk: str) -> None:
    shown = window()
    shown.go(Place("devices", walk))
    assert "Bara den här enheten är med" in said(shown)
    assert [reached for _text, reached in chain(shown)] == [True, False, False]
    assert getattr(button(shown, COPY), "kind", "") == "primary"


def test_the_three_words_come_one_after_the_other_as_the_other_device_announces(
    window: Callable[..., Window], walk: str, answers: Answers, folder: Path, other: Session
) -> None:
    other.identity = replace(other.identity, machine="another")
    shown = window(800, 1280)
    shown.go(Place("devices", walk))
    assert copied(shown, answers, folder).endswith("kopierade till GATLJUS-1.")
    until(lambda: [reached for _text, reached in chain(shown)] == [True, True, False], "copied")
    assert chain(shown)[1][0] == f"Kopierat till mappen {folder} på den här datorn"
    # The folder is lost with this machine, and nobody has said to have anything.
    assert "4 iakttagelser finns bara på den här datorn. De behöver finnas på två ställen till." in said(shown)
    finish(sync(other, str(folder), walk=walk))
    observe(other, walk, {"item": "A2", "text": "Bländar."})
    finish(sync(other, str(folder), walk=walk))
    press_when_there(shown, "Synka med GATLJUS-1")
    until(lambda: "Allt är här" in said(shown), "the other's card")
    until(lambda: [text for text, reached in chain(shown) if reached][-1] == "Mottaget av B", "the word")
    assert not any("finns bara på den här datorn" in each for each in said(shown))
    assert "Töm inte den här plattan än" in said(shown)
    assert any("Bländar" in each.text for each in shown.session.read(Observation))


def test_a_home_of_this_machine_is_told_to_be_no_other_place(
    window: Callable[..., Window], session: Session, walk: str, folder: Path, other: Session
) -> None:
    for each in (session, other, session):
        finish(sync(each, str(folder), walk=walk))
    shown = window(800, 1280)
    shown.go(Place("devices", walk))
    same = "Ligger på samma dator som den här enheten: räknas inte som ett annat ställe."
    until(lambda: any(each.endswith(same) for each in said(shown)), "the card")
    assert "4 iakttagelser finns bara på den här datorn. De behöver finnas på två ställen till." in said(shown)


def test_the_counts_are_those_of_the_others_announcement_and_go_back_with_a_new_write(
    window: Callable[..., Window], walk: str, answers: Answers, folder: Path, other: Session
) -> None:
    other.identity = replace(other.identity, machine="another")
    shown = window()
    session = shown.session
    shown.go(Place("devices", walk))
    copied(shown, answers, folder)
    finish(sync(other, str(folder), walk=walk))
    press_when_there(shown, "Synka med GATLJUS-1")
    (scope,) = session.read(SafetyWalk)

    def receipt() -> tuple[int, int]:
        others = [each for each in devices_of(session, scope).found.devices if not each.own]
        return (others[0].received or 0, others[0].mine) if others else (0, 0)

    until(lambda: receipt()[0] == receipt()[1] > 0, "announced")
    received, mine = receipt()
    told = f"Den har tagit emot {received} av {mine} härifrån."
    until(lambda: any(told in each for each in said(shown)), "the announced count")
    observe(session, walk, {"item": "A3"})
    later = f"Den har tagit emot {received} av {mine + 1} härifrån."
    until(lambda: any(later in each for each in said(shown)), "the count goes back")
    until(lambda: [reached for _text, reached in chain(shown)] == [True, False, False], "where it lies")
    assert "1 iakttagelse finns bara på den här datorn. Det behöver finnas på två ställen till." in said(shown)


def test_a_target_that_is_not_what_it_was_asks_in_place_and_a_yes_puts_everything_there_again(
    window: Callable[..., Window], walk: str, answers: Answers, folder: Path
) -> None:
    shown = window()
    shown.go(Place("devices", walk))
    copied(shown, answers, folder)
    shutil.rmtree(folder / "gatljus1")
    press_when_there(shown, "Synka med GATLJUS-1")
    until(lambda: "Inget har skrivits." in said(shown), "the question", 60_000)
    assert not (folder / "gatljus1" / walk).exists()
    press(shown, "Lägg dit mina uppgifter igen")
    until((folder / "gatljus1" / walk / "changes").is_dir, "put again", 60_000)
    until(lambda: "Inget har skrivits." not in said(shown), "answered")


def test_a_target_that_is_gone_is_said_in_place_with_a_way_to_try_again(
    window: Callable[..., Window], walk: str, answers: Answers, folder: Path, tmp_path: Path
) -> None:
    shown = window()
    shown.go(Place("devices", walk))
    answers.folders.append(tmp_path / "ingen" / "mapp")
    press(shown, COPY)
    until(lambda: bool([each for each in buttons(shown) if each.text() == "Försök igen"]), "the refusal")
    assert any("finns inte" in each for each in said(shown))
    (tmp_path / "ingen").mkdir()
    press(shown, "Försök igen")
    until((tmp_path / "ingen" / "mapp" / "gatljus1").is_dir, "made")
    assert folder.is_dir()


def lit_step(shown: Window) -> str:
    """The one button that is lit."""
    (found,) = [each for each in buttons(shown.shown) if getattr(each, "kind", "") == "primary"]
    return found.text()


@pytest.mark.parametrize("removed", [True, False])
def test_a_target_that_failed_is_marked_and_the_lit_step_is_what_can_be_done(
    window: Callable[..., Window], session: Session, walk: str, folder: Path, tmp_path: Path, removed: bool
) -> None:
    second = tmp_path / "GATLJUS-2"
    second.mkdir()
    for each in (folder, second):
        finish(sync(session, str(each), walk=walk))
    observe(session, walk, {"item": "A3"})
    shown = window(800, 1280)
    shown.go(Place("devices", walk))
    until(lambda: lit_step(shown) == "Synka med GATLJUS-1", "the first")
    aside = folder.rename(tmp_path / "undan")
    if not removed:
        folder.mkdir()
        (folder / "gatljus1").write_bytes(b"")
    press(shown, "Synka med GATLJUS-1")
    failed = "Misslyckades senast: "
    until(lambda: any(each.startswith(failed) for each in said(shown)), "the mark")
    until(lambda: lit_step(shown) == "Synka med GATLJUS-2", "what can be done")
    until(lambda: "Kopierat till GATLJUS-2" in [text for text, _reached in chain(shown)], "the word")
    assert button(shown, f"Synka igen med {folder}").isVisible()
    press(shown, "Synka med GATLJUS-2")
    until(lambda: bool(shown.tray.notice and shown.tray.notice.text.startswith("Klart")), "the other")
    assert lit_step(shown) == "Synka med GATLJUS-2" and any(each.startswith(failed) for each in said(shown))
    shutil.rmtree(folder, ignore_errors=True)
    aside.rename(folder)
    if removed:
        # It is looked for at every change.
        observe(session, walk, {"item": "A4"})
    else:
        press(shown, f"Synka igen med {folder}")
    until(lambda: not any(each.startswith(failed) for each in said(shown)), "it is there again, or went well")
    until(lambda: lit_step(shown) == "Synka med GATLJUS-1", "the first again")


def test_what_is_kept_here_is_told_to_the_others(
    window: Callable[..., Window], walk: str, answers: Answers, folder: Path, session: Session, other: Session
) -> None:
    shown = window()
    shown.go(Place("devices", walk))
    assert "Den här enheten var med på vandringen" not in [each.text() for each in buttons(shown.shown)]
    press(shown, "Vandringen sparas här")
    assert button(shown, "Vandringen sparas här").isChecked()
    press(shown, "Den här enheten var med på vandringen")
    assert session.places.said(walk) == Said(keeps=True, along=True)
    assert "Den här enheten ska inte tömmas." in said(shown)
    copied(shown, answers, folder)
    finish(sync(other, str(folder), walk=walk))
    (kept,) = [each for each in devices_of(other, other.read(SafetyWalk)[0]).found.devices if not each.own]
    assert kept.keeps


def test_leaving_the_page_keeps_the_copying_and_tells_the_outcome_where_one_is(
    window: Callable[..., Window], walk: str, answers: Answers, folder: Path
) -> None:
    shown = window()
    shown.go(Place("devices", walk))
    answers.folders.append(folder)
    press(shown, COPY)
    shown.go(Place("settings"))
    until(lambda: bool(shown.tray.notice and shown.tray.notice.text.startswith("Klart")), "told elsewhere")
    assert shown.place.page == "settings"


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (800, 1280), (1024, 600)])
def test_every_control_has_a_name_of_its_own(
    window: Callable[..., Window], walk: str, answers: Answers, folder: Path, width: int, height: int
) -> None:
    shown = window(width, height)
    shown.go(Place("devices", walk))
    copied(shown, answers, folder)
    until(lambda: "GATLJUS-1" in said(shown), "the target")
    names = [each.accessibleName() for each in buttons(shown)]
    assert len(names) == len(set(names)) and all(names)


def test_a_conflict_that_came_is_told_with_the_way_to_it(
    window: Callable[..., Window], session: Session, walk: str, answers: Answers, folder: Path, other: Session
) -> None:
    finish(sync(session, str(folder), walk=walk))
    finish(sync(other, str(folder), walk=walk))
    for home, name in ((session, "Parken"), (other, "Torget")):
        set_fields(home, home.read(SafetyWalk)[0], {"area": name})
    finish(sync(other, str(folder), walk=walk))
    shown = window()
    shown.go(Place("devices", walk))
    assert copied(shown, answers, folder).endswith("1 sak har olika versioner.")
    press(shown.tray, "Granska")
    assert (shown.place.page, shown.place.walk) == ("review", walk)


def photographed(home: Session, walk: str) -> None:
    """Three photos, taken on a device."""
    files = [PHOTOS / name for name in ("fold_1.jpg", "latin1.jpg", "orientation_6.jpg")]
    finish(import_photos(home, home.read(SafetyWalk, {"id": walk})[0], files))


def test_what_is_missing_of_a_device_is_unfolded_with_where_it_lies_and_stays_so(
    window: Callable[..., Window], session: Session, walk: str, folder: Path, other: Session
) -> None:
    for each in (session, other):
        finish(sync(each, str(folder), walk=walk))
    photographed(other, walk)
    finish(sync(other, str(folder), walk=walk))
    photos = {each.name: each for each in other.read(Photo)}
    lost = folder / "gatljus1" / walk / "blobs" / str(photos["latin1.jpg"].original)
    lost.unlink()
    finish(sync(session, str(folder), walk=walk))
    shown = window(800, 1280)
    shown.go(Place("devices", walk))
    assert "1 foto på väg" in said(shown)
    (more,) = [name for each in buttons(shown) if (name := each.accessibleName()).startswith("Mer om")]
    (name,) = [each.receipt.name for each in whereabouts(session, session.read(SafetyWalk)[0]).others]
    line = f"latin1.jpg: Bilden finns här i rapportstorlek, originalet är inte här än. Den finns hos {name}."
    assert line not in said(shown)
    press(shown, more)
    assert line in said(shown)
    observe(session, walk, {"item": "A3"})
    until(lambda: "Allt härifrån ligger inte där än." in said(shown), "the news")
    assert line in said(shown), "it stays unfolded"
    finish(sync(other, str(folder), walk=walk))
    press_when_there(shown, "Synka med GATLJUS-1")
    until(lambda: "Allt är här" in said(shown), "the photo")
    assert line not in said(shown)


def test_the_card_follows_the_others_file_when_it_is_edited_by_hand(
    window: Callable[..., Window], session: Session, walk: str, folder: Path, other: Session
) -> None:
    for each in (session, other, session):
        finish(sync(each, str(folder), walk=walk))
    shown = window()
    shown.go(Place("devices", walk))
    assert not any("Den saknar" in each for each in said(shown))
    heads = folder / "gatljus1" / walk / "heads"
    latest = max(each for each in heads.iterdir() if each.name.startswith(other.identity.device))
    told = json.loads(latest.read_text()) | {"lacking": ["ab" * 32, "cd" * 32]}
    data = json.dumps(told, sort_keys=True).encode()
    (heads / name_of(other.identity.device, said_in(latest.name)[1] + 1, data)).write_bytes(data)
    press_when_there(shown, "Synka med GATLJUS-1")
    until(lambda: any("Den saknar 2 filer." in each for each in said(shown)), "the edited figure")


def test_who_was_not_seen_today_may_have_more_until_it_has_ended_the_walk(
    window: Callable[..., Window], session: Session, walk: str, folder: Path, other: Session
) -> None:
    for each in (session, other, session):
        finish(sync(each, str(folder), walk=walk))
    later = session.clock() + timedelta(days=3)
    (about,) = session.read(SafetyWalk)

    def verdict() -> str:
        (card,) = whereabouts(session, about).others
        return verdict_on(card)[0]

    assert verdict() == "Allt är här"
    session.clock = lambda: later
    assert verdict() == "Inte sedd i dag"
    shown = window()
    shown.go(Place("devices", walk))
    assert "Inte sedd i dag" in said(shown) and "Allt är här" not in said(shown)
    end_walk(other, other.read(SafetyWalk)[0])
    finish(sync(other, str(folder), walk=walk))
    finish(sync(session, str(folder), walk=walk))
    session.clock = lambda: later + timedelta(days=3)
    assert verdict() == "Allt är här"


def test_a_target_that_is_another_offers_to_use_it_or_to_change(
    window: Callable[..., Window], session: Session, walk: str, folder: Path, answers: Answers, tmp_path: Path
) -> None:
    finish(sync(session, str(folder), walk=walk))
    shutil.rmtree(folder / "gatljus1")
    stranger = folder / "gatljus1" / ("target-" + "0" * 16)
    stranger.parent.mkdir()
    stranger.write_bytes(b"")
    shown = window(800, 1280)
    shown.go(Place("devices", walk))
    press_when_there(shown, "Synka med GATLJUS-1")
    until(lambda: "Det här är inte samma minne som förut." in said(shown), "the question", 60_000)
    assert "Inget har skrivits." in said(shown)
    assert button(shown, "Använd ändå som nytt mål").isVisible()
    (tmp_path / "GATLJUS-2").mkdir()
    answers.folders.append(tmp_path / "GATLJUS-2")
    press(shown, "Byt minne")
    until((tmp_path / "GATLJUS-2" / "gatljus1").is_dir, "copied to the other")
    assert [each.name for each in folder.glob("gatljus1/*")] == [stranger.name]


def test_two_devices_of_one_name_are_told_apart(
    window: Callable[..., Window], session: Session, walk: str, folder: Path, other: Session
) -> None:
    for each in (session, other):
        each.settings = replace(each.settings, label="vm")
    set_fields(session, session.read(Device)[0], {"label": "vm"})
    finish(sync(session, str(folder), walk=walk))
    finish(sync(other, str(folder), walk=walk))
    finish(sync(session, str(folder), walk=walk))
    shown = window()
    shown.go(Place("devices", walk))
    name = f"vm ({other.identity.device[:4]})"
    assert f"Mottaget av {name}" in [text for text, _reached in chain(shown)]
    assert name in said(shown) and "vm" not in said(shown)
    observe(other, walk, {"item": "B1"})
    finish(sync(other, str(folder), walk=walk))
    finish(sync(session, str(folder), walk=walk))
    until(lambda: "Platta B (vm)" in said(shown), "the letter")


def test_a_clock_that_goes_otherwise_is_told_on_the_card_and_what_to_do_below(
    window: Callable[..., Window], session: Session, walk: str, folder: Path, other: Session
) -> None:
    finish(sync(session, str(folder), walk=walk))
    other.clock = other.log._clock = lambda: session.clock() + timedelta(hours=2)
    finish(sync(other, str(folder), walk=walk))
    observe(other, walk, {"text": "Mörkt"})
    for each in (other, session):
        finish(sync(each, str(folder), walk=walk))
    shown = window(1280, 1600)
    shown.go(Place("devices", walk))
    until(lambda: any("klocka och den här enhetens går olika" in each for each in said(shown)), "the card")
    more = [each.text() for each in buttons(shown) if each.text().startswith("Mer om")]
    press(shown, next(each for each in more if "här" not in each))
    assert any("går minst 1 h 59 min före" in each for each in said(shown))
