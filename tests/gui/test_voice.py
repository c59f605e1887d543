"""Voice notes in the window, spoken into the software twin of a microphone."""

import json
import os
import subprocess
import sys
import wave
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.base.job import finish
from app.commands.drafts import new_record
from app.commands.recording import begin_recording
from app.commands.voice import begin_note
from app.domain.adts import whole_frames
from app.domain.records import Observation, Stop, VoiceNote
from app.jobs.sync import sync
from app.session import Session
from app.settings import load_spoken
from tests.gui.hands import buttons, named, press, press_again, type_text, until, wait
from tests.gui.noting import says
from tests.gui.twins import RATE, Tone, Twins, tone
from tests.sounds import frames
from ui.bridge.sound import Player, Recorder
from ui.shell.receiving import resume
from ui.shell.unended import take_in_unended
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.voice import VoiceButton, voice_of

Opens = Callable[..., Window]

VISIBLE = ("Tala in en röstanteckning", "Avsluta röstanteckningen")


def at_walk(opens: Opens, walk: str, size: tuple[int, int] = (800, 1280), **twin: float) -> Window:
    """The walk's screen on a machine with a microphone."""
    shown = opens(*size)
    Twins(shown.runner, **twin)  # type: ignore[arg-type]
    shown.activateWindow()
    QTest.qWaitForWindowActive(shown)
    shown.go(Place("walk", walk))
    until(lambda: bool(speaking(shown)), "the button")
    return shown


def speaking(window: Window) -> list[VoiceButton]:
    """The buttons that begin and end a note."""
    return [each for each in window.findChildren(VoiceButton) if each.isVisible()]


def notes(session: Session, walk: str) -> list[VoiceNote]:
    """What is kept."""
    return session.read(VoiceNote, {"scope": walk})


def spoken(window: Window, session: Session, walk: str, seconds: int = 1) -> VoiceNote:
    """A note that is begun and ended by the button that is shown."""
    QTest.mouseClick(speaking(window)[0], Qt.MouseButton.LeftButton)
    until(lambda: f"Klar 0.0{seconds}" in speaking(window)[0].text(), "the first seconds")
    QTest.mouseClick(speaking(window)[0], Qt.MouseButton.LeftButton)
    before = len(notes(session, walk))
    until(lambda: len(notes(session, walk)) > before, "the note")
    return notes(session, walk)[-1]


def test_sound_is_recorded_whole_by_its_software_twin(parent: QObject, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "sound.aac"
    made = Recorder(Tone(3.0, parent), str(path), 60.0, parent)
    with qtbot.waitSignal(made.ended, timeout=10_000) as ended:
        made.start()
        qtbot.waitUntil(lambda: made.seconds >= 3.0)
        made.stop()
    assert ended.args == [""]
    found = whole_frames(path.read_bytes())
    assert found.data == path.read_bytes() and 2.9 < found.seconds < 3.2
    assert 0.2 < made.level < 0.3


def test_two_presses_make_a_voice_note_at_the_stop_one_is_at_by_its_software_twin(
    window: Opens, session: Session, walk: str
) -> None:
    shown = at_walk(window, walk)
    note = spoken(shown, session, walk)
    assert note.stop is not None and note.observation is None and note.position is not None
    assert isinstance(note.duration_s, float) and note.duration_s >= 1.0
    assert round(whole_frames(session.blobs.read(str(note.audio))).seconds, 3) == note.duration_s
    assert not load_spoken(session.home)
    assert says(shown, "Röstanteckning 0.0")
    until(lambda: says(shown, "Ångra: röstanteckning inspelad"), "what can be undone")
    press(shown, "Ångra: röstanteckning inspelad")
    assert not notes(session, walk)
    assert session.read(VoiceNote, {"id": note.id}) == []


def test_the_key_r_begins_and_ends_a_note_by_its_software_twin(window: Opens, session: Session, walk: str) -> None:
    shown = at_walk(window, walk)
    QTest.keyClick(shown, Qt.Key.Key_R)
    until(lambda: "Klar 0.01" in speaking(shown)[0].text(), "a second")
    QTest.keyClick(shown, Qt.Key.Key_R)
    until(lambda: bool(notes(session, walk)), "the note")


def test_a_double_press_begins_a_note_and_does_not_end_it_by_its_software_twin(window: Opens, walk: str) -> None:
    shown = at_walk(window, walk)
    QTest.mouseClick(speaking(shown)[0], Qt.MouseButton.LeftButton)
    press_again(speaking(shown)[0])
    assert voice_of(shown.desk).is_on


def test_a_note_ends_by_itself_after_five_minutes_by_its_software_twin(
    window: Opens, session: Session, walk: str
) -> None:
    shown = at_walk(window, walk, seconds=400.0, fast=2000.0)
    press(shown, VISIBLE[0])
    until(lambda: bool(notes(session, walk)), "the note", 60_000)
    (note,) = notes(session, walk)
    assert isinstance(note.duration_s, float) and 299.9 < note.duration_s < 300.2
    assert says(shown, "Längre än fem minuter blir den inte.")


def test_a_microphone_that_is_lost_keeps_what_was_said_and_says_why_by_its_software_twin(
    window: Opens, session: Session, walk: str
) -> None:
    shown = at_walk(window, walk, seconds=2.0, then="Mikrofonen svarar inte.")  # type: ignore[arg-type]
    press(shown, VISIBLE[0])
    until(lambda: bool(notes(session, walk)), "the note")
    assert says(shown, "Mikrofonen svarar inte.")


def test_where_nothing_was_heard_nothing_is_kept_by_its_software_twin(
    window: Opens, session: Session, walk: str
) -> None:
    shown = at_walk(window, walk, seconds=0.0, then="Mikrofonen svarar inte.")  # type: ignore[arg-type]
    press(shown, VISIBLE[0])
    until(lambda: says(shown, "Inget hördes"), "why")
    assert not notes(session, walk) and not load_spoken(session.home)


def test_where_sound_cannot_be_used_at_all_it_is_known_why() -> None:
    code = (
        "import sys; sys.modules['PySide6.QtMultimedia'] = None\n"
        "from PySide6.QtWidgets import QApplication; from ui.bridge.media import Media\n"
        "app = QApplication([]); media = Media(app); media._look()\n"
        "print(media.hears, media.sounds, media.player, bool(media.why))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "None", "True"]


def test_without_a_microphone_there_is_no_such_button(window: Opens, walk: str) -> None:
    shown = window(800, 1280)
    for place in (Place("walk", walk), Place("observe", walk)):
        shown.go(place)
        wait(200)
        assert not speaking(shown)


def test_one_tells_of_what_one_notes_from_step_to_step_by_its_software_twin(
    window: Opens, session: Session, walk: str
) -> None:
    shown = at_walk(window, walk, seconds=20.0, fast=5.0)
    before = {each.id for each in session.read(Observation, {"scope": walk})}
    press(shown, "Ny iakttagelse")
    until(lambda: bool(speaking(shown)), "the button")
    press(shown, VISIBLE[0])
    until(lambda: bool(shown.place.item), "the observation")
    press(shown, "Belysning, kategori A")
    until(lambda: "Klar 0.02" in speaking(shown)[0].text(), "two seconds")
    assert not notes(session, walk)
    press(shown, VISIBLE[1])
    until(lambda: bool(notes(session, walk)), "the note")
    (note,) = notes(session, walk)
    (made,) = [each for each in session.read(Observation, {"scope": walk}) if each.id not in before]
    assert (note.observation, made.category) == (made.id, "lighting")
    assert not speaking(shown)


@pytest.mark.parametrize("page", ["camera", "rating"])
def test_one_speaks_on_while_one_takes_photos_and_answers_by_its_software_twin(
    window: Opens, session: Session, walk: str, page: str
) -> None:
    shown = at_walk(window, walk, seconds=60.0, fast=5.0)
    press(shown, VISIBLE[0])
    until(lambda: "Klar 0.01" in speaking(shown)[0].text(), "a second")
    shown.go(Place(page, walk, session.read(Stop)[0].id if page == "rating" else ""))
    until(lambda: any("Klar 0.05" in each.text() for each in speaking(shown)), "four more on that page")
    assert not notes(session, walk)
    press(shown, VISIBLE[1])
    until(lambda: bool(notes(session, walk)), "the note")
    assert shown.place.page == page and not speaking(shown)


def test_nobody_is_recorded_on_a_page_that_does_not_say_so_by_its_software_twin(
    window: Opens, session: Session, walk: str
) -> None:
    shown = at_walk(window, walk, seconds=60.0, fast=5.0)
    press(shown, VISIBLE[0])
    until(lambda: "Klar 0.01" in speaking(shown)[0].text(), "a second")
    shown.go(Place("more", walk))
    until(lambda: bool(notes(session, walk)), "the note")


def test_a_note_is_played_written_out_found_and_deleted_on_its_observation_by_its_software_twin(
    window: Opens, session: Session, walk: str, qtbot: QtBot
) -> None:
    shown = window(1280, 800)
    Twins(shown.runner, seconds=30.0, fast=5.0)
    (seen,) = session.read(Observation, {"scope": walk, "item": "A1"})
    shown.go(Place("observation", walk, seen.id))
    until(lambda: bool(speaking(shown)), "the button")
    note = spoken(shown, session, walk)
    assert note.observation == seen.id
    until(lambda: any(each.accessibleName().startswith("Spela: Röst") for each in buttons(shown)), "the note")
    press(shown, "Spela: Röst")
    until(lambda: any(each.accessibleName().startswith("Pausa: Röst") for each in buttons(shown)), "the sound")
    press(shown, "Pausa: Röst")
    qtbot.wait(100)
    until(lambda: any(each.accessibleName().startswith("Spela: Röst") for each in buttons(shown)), "the pause")
    name = next(each.accessibleName() for each in buttons(shown) if each.accessibleName().startswith("Spela: Röst"))
    field = named(shown, f"Utskrift av {name.removeprefix('Spela: ')}")
    type_text(field, "Skylten blinkar över porten.")
    shown.shown.flush()
    assert notes(session, walk)[0].text == "Skylten blinkar över porten."
    assert [each[1:] for each in session.find("blinkar över")] == [(VoiceNote.KIND, note.id, "text")]
    press(shown, f"Ta bort: {name.removeprefix('Spela: ')}")
    assert not notes(session, walk)
    press(shown.tray, "Ångra")
    assert len(notes(session, walk)) == 1
    shown.go(Place("home"))
    qtbot.wait(300)


@pytest.mark.qt_log_ignore("Could not open media")
def test_a_note_that_cannot_be_played_here_is_told(window: Opens, session: Session, walk: str, qtbot: QtBot) -> None:
    audio = session.blobs.put(b"not a sound at all" * 100)
    said = {"audio": audio, "duration_s": 3.0}
    session.write(walk, new_record(session, VoiceNote, session.new_id(), said))
    shown = window(800, 1280)
    Twins(shown.runner)
    shown.go(Place("voices", walk))
    until(lambda: any(each.accessibleName().startswith("Spela: Röst") for each in buttons(shown)), "the note")
    press(shown, "Spela: Röst")
    until(lambda: says(shown, "Ljud kan inte spelas upp här."), "why")
    shown.go(Place("home"))
    qtbot.wait(300)


def test_what_was_said_before_the_program_was_killed_is_kept_and_travels_by_its_software_twin(
    session: Session, walk: str, window: Opens, tmp_path: Path
) -> None:
    command = [sys.executable, str(Path(__file__).with_name("speaker.py")), str(session.home), walk]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ}) as speaker:
        try:
            assert speaker.stdout is not None
            assert speaker.stdout.readline().strip() == "spoken"
        finally:
            speaker.kill()
    assert not notes(session, walk) and load_spoken(session.home)
    shown = window(800, 1280)
    take_in_unended(shown)
    assert says(shown, "1 röstanteckning som inte hann avslutas är sparad.")
    (note,) = notes(session, walk)
    assert isinstance(note.duration_s, float) and note.duration_s > 2.5
    assert not load_spoken(session.home)
    meeting = tmp_path / "meeting"
    meeting.mkdir()
    finish(sync(session, str(meeting), walk=walk))
    there = [sys.executable, "-m", "app.cli", "--home", str(tmp_path / "there"), "--json"]
    subprocess.run([*there, "sync", str(meeting), "--all"], check=True, capture_output=True)
    said = json.loads(subprocess.run([*there, "show", walk], check=True, capture_output=True).stdout)
    (there_too,) = said["voice_notes"]
    assert (there_too["sha256"], there_too["duration_s"]) == (note.audio, note.duration_s)
    blob = tmp_path / "there" / "blobs" / str(note.audio)[:2] / str(note.audio)
    assert whole_frames(blob.read_bytes()).data == session.blobs.read(str(note.audio))


def test_after_a_kill_the_note_that_was_kept_and_the_track_that_goes_on_are_both_told(
    session: Session, walk: str, window: Opens
) -> None:
    begin_note(session, walk).path.write_bytes(frames(200))
    begin_recording(session, walk)
    shown = window(800, 1280)
    resume(shown)
    take_in_unended(shown)
    until(lambda: shown.guide.records == walk, "the track")
    notice = shown.tray.notice
    assert notice is not None and notice.action is not None and notice.action[0] == "Visa"
    assert "1 röstanteckning som inte hann avslutas är sparad. Spåret spelas fortfarande in" in notice.text


def test_what_plays_is_taken_down_by_the_event_loop_not_by_a_call_that_keeps_pythons_lock(
    parent: QObject, tmp_path: Path
) -> None:
    sound = tmp_path / "ljud.wav"
    with wave.open(str(sound), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(b"".join(tone(piece) for piece in range(500)))
    player = Player(parent)
    player.play("en", str(sound))
    until(lambda: player.plays("en"), "the sound")
    player.stop()
    # Its threads may wait for Python's lock meanwhile: only once this turn is over it is really stopped.
    assert player._player.isPlaying()
    until(lambda: not player._player.isPlaying(), "silence")
