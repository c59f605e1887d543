"""*Avsluta vandringen*: what remains, copy, end, coffee."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QAbstractButton

from app.base.job import finish
from app.commands.observations import observe
from app.commands.recording import begin_rehearsal
from app.commands.records import set_fields
from app.commands.walks import end_walk, new_walk
from app.domain.records import Device, Observation, SafetyWalk, Stop
from app.domain.rules import PLAN_ENDS
from app.domain.values import Severity
from app.jobs.photos import import_photos
from app.jobs.sync import sync
from app.queries.devices import devices_of, is_done
from app.session import Session
from app.settings import load_stop, save_stop
from tests.gui.hands import Answers, awaited, buttons, press, says, until
from tests.gui.test_guide import SPOKEN
from tests.gui.torn import Other
from ui.bridge.receivers import PlayedReceiver
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.text import Label

ALL_RECEIVED = "Allt från 2 plattor (A, B) är mottaget"


def _texts(window: Window) -> str:
    return "\n".join(each.text() for each in window.shown.findChildren(Label) if each.isVisible())


def _walk(session: Session) -> SafetyWalk:
    return session.read(SafetyWalk)[0]


def _at_the_end(window: Callable[..., Window], walk: str) -> Window:
    shown = window(800, 1280)
    shown.go(Place("finish", walk))
    return shown


def test_what_is_incomplete_is_said_and_leads_there(window: Callable[..., Window], walk: str) -> None:
    shown = _at_the_end(window, walk)
    assert "iakttagelser saknar något." in _texts(shown)
    press(shown, "Komplettera")
    assert shown.place == Place("complete", walk)


def test_a_walk_with_nothing_incomplete_says_so_until_there_is(window: Callable[..., Window], session: Session) -> None:
    whole = new_walk(session, {"title": "Hel"})
    shown = _at_the_end(window, whole)
    assert "Inget att komplettera." in _texts(shown)
    assert "Komplettera" not in [each.accessibleName() for each in buttons(shown)]
    observe(session, whole, {"category": "activity"})
    until(lambda: "1 iakttagelse saknar något." in _texts(shown), "the sentence")


def test_how_many_were_along_is_counted_up_and_down(window: Callable[..., Window], session: Session, walk: str) -> None:
    shown = _at_the_end(window, walk)
    press(shown, "En till: Antal enheter")
    press(shown, "En till: Antal enheter")
    assert _walk(session).devices_expected == 3
    press(shown, "En färre: Antal enheter")
    assert _walk(session).devices_expected == 2


def test_ending_takes_two_steps_and_then_leads_to_the_draft(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    shown = _at_the_end(window, walk)
    press(shown, "Avsluta vandringen")
    assert _walk(session).ends is None
    press(shown, "Inte än")
    press(shown, "Avsluta vandringen")
    press(shown, "Ja, avsluta vandringen")
    assert _walk(session).ends is not None
    until(lambda: "Vandringen avslutades" in _texts(shown), "that it is over")
    press(shown, "Utkast till protokoll för fikat")
    assert shown.place == Place("protocol", walk)


def test_danger_that_nobody_was_called_about_is_said_first_and_leads_to_the_alarm(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    shown = _at_the_end(window, walk)
    assert "Fara nu" not in _texts(shown)
    danger = observe(session, walk, {"item": "A8", "severity": Severity.DANGER, "text": "Öppen lucka."})
    shown.bell.settle()
    said = _texts(shown).split("\n")
    (line,) = [each for each in said if each.startswith("Fara nu: ")]
    assert line.endswith("Ingen har sagt att någon har ringt.")
    assert said.index(line) < said.index("Det som kan kompletteras")
    press(shown, "Till larmet")
    assert shown.place == Place("acute", walk, danger)
    press(shown, "Vi har ringt 112")
    shown.swap(Place("finish", walk))
    assert "Fara nu" not in _texts(shown)


def test_photos_without_a_place_are_counted_and_lead_to_them(
    window: Callable[..., Window], session: Session, walk: str, tmp_path: Path
) -> None:
    picture = tmp_path / "utan läge.jpg"
    Image.new("RGB", (60, 40), (80, 80, 9)).save(picture)
    finish(import_photos(session, session.read(SafetyWalk, {"id": walk})[0], [picture]))
    shown = _at_the_end(window, walk)
    assert "1 foto är oplacerat." in _texts(shown)
    press(shown, "Placera foton")
    assert shown.place.page == "photos"


def test_ending_is_taken_back_by_undo(window: Callable[..., Window], session: Session, walk: str) -> None:
    shown = _at_the_end(window, walk)
    press(shown, "Avsluta vandringen")
    press(shown, "Ja, avsluta vandringen")
    press(shown.tray, "Ångra")
    assert _walk(session).ends is None


def test_a_walk_gone_before_its_planned_time_ends_and_started_with_what_was_seen_first(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    later = session.clock().replace(year=session.clock().year + 1, microsecond=0)
    set_fields(session, _walk(session), {"starts": later})
    shown = _at_the_end(window, walk)
    press(shown, "Avsluta vandringen")
    press(shown, "Ja, avsluta vandringen")
    until(lambda: "Vandringen avslutades" in _texts(shown), "that it is over")
    ended = _walk(session)
    assert ended.starts == min(each.observed_at for each in session.read(Observation) if each.observed_at)
    assert ended.ends is not None
    assert ended.starts <= ended.ends
    press(shown.tray, "Ångra")
    assert (_walk(session).starts, _walk(session).ends) == (later, None)


def test_two_homes_that_end_and_copy_to_one_folder_know_that_all_is_received(
    window: Callable[..., Window], session: Session, walk: str, answers: Answers, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    shown = _at_the_end(window, walk)
    press(shown, "En till: Antal enheter")
    answers.folders = [stick, stick]
    press(shown, "Kopiera till mapp eller minne")
    until(lambda: bool(shown.tray.notice and shown.tray.notice.text.endswith("kopierade till stick.")), "a copy")
    other = Session(tmp_path / "other")
    # Two homes on one machine are one tablet.
    other.identity = replace(other.identity, machine="another")
    finish(sync(other, str(stick), walk=walk))
    observe(other, walk, {"item": "B1"})
    finish(sync(other, str(stick), walk=walk))
    press(shown, "Avsluta vandringen")
    press(shown, "Ja, avsluta vandringen")
    press(shown, "Kopiera till mapp eller minne")
    until(lambda: len(session.read(Device, {"scope": walk})) == 2, "the other device")
    until(lambda: not shown.runner.busy, "the end of the copy")
    assert ALL_RECEIVED not in _texts(shown)
    end_walk(other, other.read(SafetyWalk)[0])
    finish(sync(other, str(stick), walk=walk))
    assert ALL_RECEIVED in devices_of(other, other.read(SafetyWalk)[0]).lines()
    press(shown, "Synka igen med stick")
    until(lambda: ALL_RECEIVED in _texts(shown).splitlines(), "the receipts")
    other.close()


def test_setting_the_count_after_the_end_does_not_withdraw_that_this_device_is_done(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    shown = _at_the_end(window, walk)
    press(shown, "Avsluta vandringen")
    press(shown, "Ja, avsluta vandringen")
    until(lambda: "Vandringen avslutades" in _texts(shown), "that it is over")
    press(shown, "En till: Antal enheter")
    said = session.places.said(walk)
    assert said.done == (session.identity.device, session.log.last_seqs(walk)[session.identity.device])


@pytest.mark.parametrize("planned", [False, True])
def test_setting_the_count_does_not_say_that_this_device_is_done_where_nobody_has_said_so(
    window: Callable[..., Window], session: Session, walk: str, other: Other, *, planned: bool
) -> None:
    if planned:
        ended = (session.clock() - 2 * PLAN_ENDS).replace(second=0, microsecond=0)
        set_fields(session, _walk(session), {"ends": ended})
    else:
        end_walk(other.session, other.session.read(SafetyWalk, {"id": walk})[0])
        other.meet()
    shown = _at_the_end(window, walk)
    press(shown, "En till: Antal enheter")
    shown.bell.settle()
    assert not is_done(session, walk)
    awaited(shown, "Den här enheten är klar")
    press(shown, "Den här enheten är klar")
    press(shown, "En till: Antal enheter")
    assert is_done(session, walk)
    observe(session, walk, {"text": "Kom på det vid fikat."})
    shown.bell.settle()
    press(shown, "En till: Antal enheter")
    assert not is_done(session, walk), "what was noted says that one goes on"


def test_a_question_that_comes_when_the_page_was_left_is_told_where_one_is(
    window: Callable[..., Window], session: Session, walk: str, answers: Answers, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    finish(sync(session, str(stick), walk=walk))
    shutil.rmtree(stick / "gatljus1")
    shown = _at_the_end(window, walk)
    answers.folders = [stick]
    press(shown, "Kopiera till mapp eller minne")
    shown.go(Place("settings"))
    until(lambda: bool(shown.tray.notice and "frågar" in shown.tray.notice.text), "the question")
    press(shown.tray, "Öppna Enheter")
    assert shown.place == Place("devices", walk)


def test_what_came_of_a_copy_is_told_when_the_page_was_made_anew(
    window: Callable[..., Window], walk: str, answers: Answers, tmp_path: Path
) -> None:
    shown = _at_the_end(window, walk)
    answers.folders = [tmp_path]
    press(shown, "Kopiera till mapp eller minne")
    shown.next_theme()
    until(lambda: bool(shown.tray.notice and shown.tray.notice.text.startswith("Klart")), "what came of it")


def test_the_folder_of_last_time_is_offered_again_in_the_same_words_as_among_the_devices(
    window: Callable[..., Window], session: Session, walk: str, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    finish(sync(session, str(stick), walk=walk))
    shown = _at_the_end(window, walk)
    until(lambda: "Synka igen med stick" in [each.text() for each in buttons(shown.shown)], "the folder")
    assert "ändringar" in _texts(shown) and "skrivningar" not in _texts(shown)
    observe(session, walk, {"item": "B1"})
    press(shown, "Synka igen med stick")
    until(lambda: bool(shown.tray.notice and shown.tray.notice.text.endswith("till stick.")), "the copy")


@pytest.mark.parametrize("inside", ["gatljus1", "gatljus1/{walk}"])
def test_who_chooses_our_own_folder_on_a_stick_copies_to_the_stick_itself(
    window: Callable[..., Window], session: Session, walk: str, answers: Answers, tmp_path: Path, inside: str
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    finish(sync(session, str(stick), walk=walk))
    (new,) = session.read(Observation, {"scope": walk, "item": "A1"})
    set_fields(session, new, {"text": "Skrivet efteråt."})
    chosen = stick / inside.format(walk=walk)
    assert chosen.is_dir()
    shown = _at_the_end(window, walk)
    answers.folders = [chosen]
    press(shown, "Kopiera till mapp eller minne")
    until(
        lambda: bool(shown.tray.notice and shown.tray.notice.text == "Klart: kopierade 1 ändring till stick."),
        "the copy",
    )
    assert [each.relative_to(stick).as_posix() for each in stick.rglob("gatljus1")] == ["gatljus1"]
    other = Session(tmp_path / "other")
    finish(sync(other, str(stick), walk=walk))
    assert other.read(Observation, {"id": new.id})[0].text == "Skrivet efteråt."
    other.close()


def test_what_a_rehearsal_left_is_counted_and_leads_to_where_it_is_taken_away(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    played = begin_rehearsal(session, walk)
    observe(session, walk, {"text": "På prov."})
    played.end()
    observe(session, walk, {"text": "På riktigt."})
    shown = _at_the_end(window, walk)
    assert "2 saker från en övning finns kvar i vandringen." in _texts(shown)
    press(shown, "Läge och övning")
    press(shown, "Ta bort allt som noterades under övningen")
    shown.go(Place("finish", walk))
    assert "från en övning" not in _texts(shown)
    assert "På riktigt." in [each.text for each in session.read(Observation, {"scope": walk})]


def test_who_practises_ends_the_rehearsal_where_a_walk_is_ended_and_not_the_walk(
    window: Callable[..., Window], session: Session, walk: str
) -> None:
    noted = session.read(Observation, {"scope": walk})[0]
    shown = window(800, 1280)
    shown.guide.rehearse(walk)
    shown.guide.listen(PlayedReceiver(SPOKEN[:2], 1, shown.guide))
    set_fields(session, noted, {"text": "Ändrat på prov."})
    observe(session, walk, {"text": "En fara på prov.", "severity": Severity.DANGER})
    save_stop(session.home, walk, session.read(Stop)[0].id)
    shown.go(Place("finish", walk))
    assert "Ingen har sagt att någon har ringt" not in _texts(shown)
    assert "En övning pågår. Det är den som avslutas här, inte vandringen." in _texts(shown)
    assert not [each for each in shown.findChildren(QAbstractButton) if each.text() == "Avsluta vandringen"]
    press(shown, "Avsluta övningen")
    assert load_stop(session.home, walk) == "", "one is where one was"
    assert _walk(session).ends is None
    assert shown.guide.recording is None and shown.guide.receiver is None
    assert says(shown, "Spåret och 2 saker till som noterades ligger kvar.")
    press(shown.shown, "Ta bort allt som noterades under övningen")
    assert session.read(Observation, {"id": noted.id})[0].text == noted.text
    until(lambda: "övning" not in _texts(shown), "the page without it")
    press(shown, "Avsluta vandringen")
    press(shown, "Ja, avsluta vandringen")
    assert _walk(session).ends is not None


def test_another_walk_is_ended_while_one_practises(window: Callable[..., Window], session: Session, walk: str) -> None:
    practised = new_walk(session, {"title": "En annan", "area": "Parken"})
    shown = window(800, 1280)
    shown.guide.rehearse(practised)
    shown.go(Place("finish", walk))
    assert "En övning pågår" not in _texts(shown)
    press(shown, "Avsluta vandringen")
    press(shown, "Ja, avsluta vandringen")
    assert session.read(SafetyWalk, {"id": walk})[0].ends is not None
    assert shown.guide.practises


def test_where_no_other_device_is_known_nobody_is_said_to_wait_for_a_copy(
    window: Callable[..., Window], walk: str, answers: Answers, tmp_path: Path
) -> None:
    shown = _at_the_end(window, walk)
    press(shown, "Avsluta vandringen")
    press(shown, "Ja, avsluta vandringen")
    until(lambda: "Ingen annan enhet är känd. Kopiera till ett minne" in _texts(shown), "who is to be told")
    assert "de andra" not in _texts(shown)
    answers.folders = [tmp_path]
    press(shown, "Kopiera till mapp eller minne")
    until(lambda: "Ingen annan enhet är känd. Allt härifrån är kopierat." in _texts(shown), "that it is copied")
    press(shown, "En till: Antal enheter")
    until(lambda: "Kopiera en gång till, så får de andra veta" in _texts(shown), "that another was along")


def test_where_another_device_is_known_it_learns_by_a_copy_that_this_one_is_done(
    window: Callable[..., Window], walk: str, other: Other
) -> None:
    shown = _at_the_end(window, walk)
    press(shown, "Avsluta vandringen")
    press(shown, "Ja, avsluta vandringen")
    until(lambda: "Kopiera en gång till, så får de andra veta" in _texts(shown), "who is to be told")
    other.meet()
    shown.go(Place("walk", walk))
    shown.go(Place("finish", walk))
    until(lambda: "De andra får veta att den här enheten är klar när de synkar." in _texts(shown), "that it is copied")


def test_who_noted_something_after_the_end_says_anew_that_this_device_is_done(
    window: Callable[..., Window], session: Session, walk: str, other: Other
) -> None:
    shown = _at_the_end(window, walk)
    press(shown, "Avsluta vandringen")
    press(shown, "Ja, avsluta vandringen")
    shown.bell.settle()
    assert other.walk == walk and "Den här enheten är klar" not in [each.text() for each in buttons(shown)]
    observe(session, walk, {"text": "Kom på det vid fikat."})
    shown.bell.settle()
    until(lambda: "De andra väntar på det." in _texts(shown), "that the others wait")
    press(shown, "Den här enheten är klar")
    assert is_done(session, walk) and "Kopiera en gång till" in _texts(shown)


def test_where_another_device_ended_the_walk_this_one_says_that_it_is_done_too(
    window: Callable[..., Window], session: Session, walk: str, other: Other
) -> None:
    end_walk(other.session, other.session.read(SafetyWalk, {"id": walk})[0])
    other.meet()
    shown = _at_the_end(window, walk)
    assert not is_done(session, walk)
    awaited(shown, "Den här enheten är klar")
    press(shown, "Den här enheten är klar")
    assert is_done(session, walk)
