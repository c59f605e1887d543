"""A real window on a real X11 screen, seen and used from outside its process as a screen reader and a keyboard do."""

import os
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.domain.records import Observation, Photo
from app.session import Session
from tests.gui.pages import PHOTOS, furnish
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


WAY = (
    ("Fortsätt vandringen", "Ny iakttagelse"),
    ("Ny iakttagelse", "Belysning"),
    ("Belysning", "Mörkt mellan lamporna"),
    ("Mörkt mellan lamporna", "Ta foto"),
)
"""What the keyboard goes to and presses, and what shows that it was pressed."""


def test_an_observation_with_a_photo_is_made_by_keyboard_alone(screen: Screen, home: Path) -> None:
    before = _kept(home)
    with screen:
        screen.open(home)
        screen.until(lambda: screen.focus() == "Vandringar", "the focus on the heading")
        for name, then in WAY:
            screen.press(name)
            screen.until(partial(screen.names, then), f"what follows {name}")
        screen.press("Ta foto")
        screen.until(partial(screen.dialog, "foton"), "the system's dialog for files")
        screen.type(str(PHOTOS / "fold_2.jpg"))
        screen.accept("foton")
        screen.until(lambda: len(_kept(home)[1]) > len(before[1]), "the photo")
        screen.until(partial(screen.dialog, "Gatljus"), "the window")
        screen.press("Klar")
        screen.until(partial(screen.names, "Ny iakttagelse"), "the walk again")
    observations, photos = (after - was for after, was in zip(_kept(home), before, strict=True))
    assert list(observations.values()) == [("A2", "lighting")]
    assert list(photos.values()) == list(observations)


def _kept(home: Path) -> tuple["Kept", "Kept"]:
    """What the home holds: observation → item and category, photo → observation."""
    session = Session(home)
    observations = {each.id: (each.item, each.category) for each in session.read(Observation)}
    photos = {each.id: each.observation for each in session.read(Photo)}
    session.close()
    return Kept(observations), Kept(photos)


class Kept(dict[str, Any]):
    """Records by id; `after - before` are the new ones."""

    def __sub__(self, before: "Kept") -> "Kept":
        return Kept({key: value for key, value in self.items() if key not in before})
