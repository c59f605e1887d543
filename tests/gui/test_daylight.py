"""A look that follows the sun."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from app.session import Session
from tests.gui.hands import press, until
from ui.shell.window import Window
from ui.widgets.desk import Place

Open = Callable[..., Window]


def test_a_look_that_follows_the_sun_turns_when_it_sets_and_when_it_rises(
    window: Open, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    noon, night = (datetime(2026, 10, 23, hour, tzinfo=UTC) for hour in (10, 19))
    monkeypatch.setattr(session, "clock", lambda: noon)
    shown = window()
    shown.go(Place("settings"))
    press(shown, "Tema: Följ solen")
    assert shown.session.settings.theme == "sun" and shown.look.theme == "light"
    for now, theme in ((night, "dark"), (noon, "light"), (night, "dark")):
        monkeypatch.setattr(session, "clock", lambda now=now: now)
        before, page = shown.look.theme, shown.shown
        assert shown.shown is page and shown.look.theme == before, "what is under way is left alone"
        shown.go(Place("home"))
        assert (shown.look.theme, shown.place) == (theme, Place("home"))
        shown.go(Place("settings"))
    shown.next_theme()
    until(lambda: shown.look.theme == "red", "what follows the theme that was seen")
