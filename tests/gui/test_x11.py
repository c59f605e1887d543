"""A real window on a real X11 screen, seen and used from outside its process as a screen reader and a keyboard do."""

import os
from pathlib import Path

import pytest

from app.session import Session
from tests.gui.pages import furnish
from tests.gui.x11 import Screen, lacking, shown

REQUIRED = "GATLJUS_REQUIRE_X11"
PRESSED = {"push button", "check box", "toggle button", "text", "list", "combo box"}


@pytest.fixture
def screen(tmp_path: Path) -> Screen:
    """A screen, where this machine can have one."""
    lacks = lacking()
    if lacks and os.environ.get(REQUIRED):
        pytest.fail(f"lacking on this machine: {', '.join(lacks)}")
    if lacks:
        pytest.skip(f"NOT TRIED as a real X11 window: this machine lacks {', '.join(lacks)}")
    return Screen(tmp_path)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a walk that has something of everything."""
    session = Session(tmp_path / "home")
    furnish(session)
    session.close()
    return tmp_path / "home"


def test_every_control_is_named_for_who_asks_from_outside(screen: Screen, home: Path) -> None:
    with screen:
        screen.open(home)
        controls = [each for each in shown(screen.tree()) if each["role"] in PRESSED]
        assert {"Ny vandring", "Hämta en vandring", "Hem"} <= {each["name"] for each in controls}
        assert not [each for each in controls if not each["name"]]


def test_the_tabulator_moves_the_focus_that_is_told_to_the_outside(screen: Screen, home: Path) -> None:
    with screen:
        screen.open(home)
        screen.until(lambda: screen.focus() == "Vandringar", "the focus on the heading")
        screen.key("Tab")
        screen.until(lambda: screen.focus() == "Sök vandring eller plats", "the focus on the search field")
