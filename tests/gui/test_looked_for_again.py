"""What was not found is looked for again by one press, and who presses hears that it was done."""

from collections.abc import Callable

import pytest

from app.queries.readiness import Row, Status
from tests.gui.hands import press, says, until
from tests.gui.test_ready import at_ready
from ui.bridge.media import Media
from ui.shell.window import Window


def test_it_is_said_where_nothing_is_found_still_and_not_where_it_is(
    window: Callable[..., Window], walk: str, monkeypatch: pytest.MonkeyPatch
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
