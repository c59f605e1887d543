"""`packaging/run.py` once everything is installed: what it starts with a screen, without one, and with words."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from app.commands.walks import new_walk
from app.domain.records import SafetyWalk, Track
from app.session import Session
from app.settings import load_recording
from tests.gui.hands import until
from tests.gui.test_guide import EPOCHS
from tests.gui.x11 import ROOT, Screen, screen_in

RUN = """
import sys
from pathlib import Path
sys.path.insert(0, "packaging")
import run
run.prepare = lambda _lock: Path(sys.executable)
run.missing_parts = lambda _parts: []
run.SAMPLE = Path(sys.argv[1])
sys.exit(run.main(sys.argv[2:]))
"""
"""The command, with the environment that is there and the sample in a folder of its own."""

REFUSING = """
import sys
sys.path.insert(0, "packaging")
import run
def prepare(_lock):
    raise run.CannotGoOn("Det saknas något.")
run.prepare = prepare
sys.exit(run.main([]))
"""

SCREENS = {"DISPLAY", "WAYLAND_DISPLAY"}
FIRST_START = "Gå en runda, skriv och fotografera det ni ser."


def _command(sample: Path, *words: str) -> list[str]:
    return [sys.executable, "-c", RUN, str(sample), *words]


def _environment(**said: str) -> Mapping[str, str]:
    """Surroundings without a screen, but for what is said."""
    return {**{name: value for name, value in os.environ.items() if name not in SCREENS}, **said}


def _run(command: list[str], **said: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, env=_environment(**said), capture_output=True, encoding="utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The folder of the sample, where an earlier start was cut short; and what a run without a screen said."""
    folder = tmp_path_factory.mktemp("run") / "sample"
    (folder / "home").mkdir(parents=True)
    (folder / "home" / "gatljus.db").write_text("This is not even a database.")
    return folder, _run(_command(folder), GATLJUS_LANG="sv")


@pytest.fixture
def sample(built: tuple[Path, subprocess.CompletedProcess[str]]) -> Path:
    """The folder of the sample."""
    return built[0]


@pytest.fixture
def screen(tmp_path: Path) -> Screen:
    """A screen, where this machine can have one."""
    return screen_in(tmp_path)


def _title(sample: Path) -> str:
    """What the sample walk is called."""
    session = Session(sample / "home")
    (walk,) = session.read(SafetyWalk)
    session.close()
    return walk.title


def test_without_a_screen_the_protocol_of_the_sample_is_made_and_it_is_said_where_it_lies(
    built: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, said = built
    assert said.returncode == 0, said.stderr
    page = folder / "protokoll.pdf"
    assert f"Exempelvandringens protokoll / The protocol of the sample walk: {page}" in said.stdout.splitlines()
    assert f"Dess data / Its data: {folder / 'home'}" in said.stdout.splitlines()
    assert page.read_bytes().startswith(b"%PDF-")
    assert "Bygger exempelvandringen" in said.stderr


def test_the_sample_is_built_once_and_the_protocol_is_made_anew(sample: Path) -> None:
    (sample / "protokoll.pdf").unlink()
    again = _run(_command(sample))
    assert again.returncode == 0, again.stderr
    assert "Bygger" not in again.stderr
    assert (sample / "protokoll.pdf").exists()


def test_words_go_to_the_command_line_and_its_code_comes_back(tmp_path: Path, sample: Path) -> None:
    listed = _run(_command(sample, "--home", str(sample / "home"), "walk", "list"), DISPLAY=":nowhere")
    assert listed.returncode == 0, listed.stderr
    assert _title(sample) in listed.stdout
    refused = _run(_command(sample, "--home", str(tmp_path / "home"), "show", "abcd"))
    assert refused.returncode == 1
    assert refused.stderr


def test_what_cannot_be_made_ready_is_said_in_a_sentence() -> None:
    refused = _run([sys.executable, "-c", REFUSING])
    assert (refused.returncode, refused.stdout, refused.stderr) == (1, "", "Det saknas något.\n")


def test_with_a_screen_the_first_window_opens_in_the_sample_walk_and_later_ones_where_one_was(
    screen: Screen, sample: Path
) -> None:
    with screen:
        first = screen.window_of(_command(sample))
        screen.until(lambda: screen.names("Ny iakttagelse"), "what was seen on the sample walk")
        screen.key("ctrl+0")
        screen.until(lambda: screen.names(f"Öppna: {_title(sample)}"), "home, one press away")
        screen.kill_window()
        first.wait(30)
        screen.window_of(_command(sample))
        screen.until(lambda: screen.names(f"Öppna: {_title(sample)}"), "home, where it was left")


def test_with_own_the_window_opens_on_ones_own_walks(screen: Screen, sample: Path) -> None:
    with screen:
        screen.window_of(_command(sample, "--own"))
        screen.until(lambda: screen.names(FIRST_START), "the first start")
        assert not screen.names(f"Öppna: {_title(sample)}")


def test_ones_own_walks_without_a_screen_are_refused_in_words(tmp_path: Path) -> None:
    said = _run(_command(tmp_path, "--own"))
    assert said.returncode == 1
    assert "Här finns ingen skärm att öppna fönstret på." in said.stdout + said.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there such a signal ends a process at once")
def test_a_command_that_is_stopped_puts_away_what_it_was_doing(tmp_path: Path) -> None:
    home, log = tmp_path / "home", tmp_path / "logg.nmea"
    log.write_bytes(b"".join(EPOCHS))
    session = Session(home)
    walk = new_walk(session, {"title": "Kväll", "area": "Kajsaniemi"})
    session.close()
    words = ("--home", str(home), "walk", "rehearse", walk, "--nmea", str(log), "--speed", "0.01")
    with subprocess.Popen(_command(tmp_path, *words), cwd=ROOT, env=_environment(), stderr=subprocess.DEVNULL) as ours:
        try:
            until(lambda: load_recording(home).get("rehearses") is True, "the rehearsal", 60_000)
            # Only the program that was started hears it, not what it has started.
            ours.send_signal(signal.SIGINT)
            assert ours.wait(60) != 0
        finally:
            ours.kill()
    session = Session(home)
    assert [each.over for each in session.read(Track)] == [True] and not load_recording(home)
    session.close()
