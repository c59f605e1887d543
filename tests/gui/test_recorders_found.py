"""Cameras and microphones are found as they are plugged in, looked for again by one press, and told by the system."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.queries.readiness import Row, Status
from tests.gui.hands import press, says, until
from tests.gui.test_ready import at_ready
from tests.gui.twins import Twins
from ui.bridge.media import Media
from ui.shell.window import Window

Open = Callable[..., Window]
ROOT = Path(__file__).resolve().parents[2]


def test_a_camera_that_is_plugged_in_is_seen_at_once(window: Open, walk: str) -> None:
    shown = window()
    twins = Twins(shown.runner)
    screen = at_ready(shown, walk)
    assert screen.rows[Row.CAMERA].finding.status == Status.WARN
    assert screen.rows[Row.MICROPHONE].finding.text == "Mikrofonens tvilling"
    twins.sees_now = True
    twins.changed.emit()
    assert screen.rows[Row.CAMERA].finding.status == Status.OK


MEDIA = """
import json, sys
if {absent}:
    sys.modules["PySide6.QtMultimedia"] = None
from PySide6.QtWidgets import QApplication
app = QApplication([])
from ui.bridge.media import Media
found = Media(app)
app.processEvents()
print(json.dumps([found.cameras, found.microphones]))
"""


@pytest.mark.parametrize("absent", [False, True])
def test_cameras_and_microphones_are_told_by_the_system_or_unknown_where_it_lacks_what_tells_of_them(
    absent: bool,
) -> None:
    code = MEDIA.format(absent=absent)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    # Where a library of the system is missing it is unknown, too.
    assert found == [None, None] if absent else all(each is None or isinstance(each, list) for each in found)


def test_it_is_said_where_nothing_is_found_still_and_not_where_it_is(
    window: Open, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = window()
    screen = at_ready(shown, walk)
    assert screen.rows[Row.MICROPHONE].finding.status == Status.WARN
    press(shown, "Leta igen")
    until(lambda: says(shown.tray, "Inget nytt. Ingen mikrofon hittad."), "what was found")
    monkeypatch.setattr(Media, "microphones", ("Mikrofon 1",))
    shown.tray.clear()
    press(shown, "Leta igen")
    until(lambda: screen.rows[Row.MICROPHONE].finding.status == Status.OK, "the microphone")
    assert not says(shown.tray, "Inget nytt")
