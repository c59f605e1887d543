"""Killed at any tap: what was pressed is there, and what was typed more than a second before."""

import json
import os
import random
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.domain.records import Observation
from app.session import Session
from tests.gui.noting_slowly import TEXT
from ui.shell.window import Window

SCRIPT = Path(__file__).with_name("noting_slowly.py")
SECOND = 1.0
LONGEST_S = 8.5


@dataclass
class Told:
    """What the process said it had done, and when that was heard here."""

    acts: list[tuple[float, str, str]] = field(default_factory=list)

    def before(self, moment: float) -> tuple[set[str], str]:
        """The acts and the text that had been typed by a moment."""
        done = [(act, text) for at, act, text in self.acts if at <= moment]
        return {act for act, _text in done}, next((text for act, text in reversed(done) if act == "letter"), "")


def _listen(process: subprocess.Popen[str], told: Told) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        said = json.loads(line)
        told.acts.append((time.monotonic(), said["act"], said["text"]))


def _killed_after(home: Path, walk: str, seconds: float) -> tuple[Told, float]:
    """Run the script and kill it so long after its window is there. Returns what it told, and when it was killed."""
    told = Told()
    command = [sys.executable, str(SCRIPT), str(home), walk]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", env=os.environ.copy()) as process:
        listener = threading.Thread(target=_listen, args=(process, told))
        listener.start()
        while not told.acts:
            assert process.poll() is None
            time.sleep(0.01)
        time.sleep(seconds)
        killed = time.monotonic()
        process.kill()
        listener.join()
    return told, killed


@pytest.mark.parametrize("turn", range(8))
def test_what_was_typed_a_second_before_the_end_is_there(
    session: Session, walk: str, window: Callable[..., Window], turn: int
) -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}")
    before = {each.id for each in session.read(Observation, {"scope": walk})}
    seconds = random.Random(seed).uniform(turn, turn + 1) * LONGEST_S / 8
    told, killed = _killed_after(session.home, walk, seconds)
    acts, _text = told.before(killed)
    _acts, text = told.before(killed - SECOND)
    made = [each for each in session.read(Observation, {"scope": walk}) if each.id not in before]
    if "category" not in acts:
        assert len(made) <= 1
        return
    (noted,) = made
    assert noted.category == "lighting"
    assert noted.item == "A1" or "item" not in acts
    assert TEXT.startswith(noted.text)
    assert noted.text.startswith(text), f"{text!r} was typed in time, {noted.text!r} is there"
    reopened = window(800, 1280).place
    assert (reopened.page, reopened.item) == ("observe", noted.id)
