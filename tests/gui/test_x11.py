"""A real window on a real X11 screen, seen and used from outside its process as a screen reader and a keyboard do."""

import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.domain.records import Observation, Photo
from app.session import Session
from tests.gui.pages import PHOTOS, furnish
from tests.gui.x11 import Screen, every, screen_in, shown

CLOSING_WINDOW = Path(__file__).with_name("closing_window.py")
PRESSED = {"push button", "check box", "radio button", "toggle button", "text", "list", "combo box"}
ITS_ROW = "A7 Mörkt mellan lamporna, allvar 3, Stor, Lampan vid bron lyser inte. Stopp 3"
WORDS = "Lampan vid bron lyser inte."


@pytest.fixture
def screen(tmp_path: Path) -> Screen:
    """A screen, where this machine can have one."""
    return screen_in(tmp_path)


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


def test_the_program_ends_well_after_the_map_was_read_from_outside(screen: Screen, home: Path) -> None:
    with screen:
        program = screen.window_of([sys.executable, str(CLOSING_WINDOW), str(home)])
        screen.press("Fortsätt vandringen: Trygghetsvandring Kajsaniemi")
        name = "Karta, samma innehåll finns i listan"
        screen.until(lambda: any(each["name"] == name for each in every(screen.tree())), "the map")
        screen.key("F12")
        assert program.wait(30) == 0


WAY = (
    ("Fortsätt vandringen: Trygghetsvandring Kajsaniemi", "push button", "Ny iakttagelse"),
    ("Ny iakttagelse", "push button", "Belysning"),
    ("Belysning, kategori A", "push button", "Mörkt mellan lamporna"),
    ("Mörkt mellan lamporna, allvar 2, Märkbar, föreslaget", "push button", "Välj foton"),
    ("Allvar 3, Stor: platsen undviks", "radio button", "Egna ord?"),
    ("Egna ord?, Kan skrivas nu eller sen", "push button", "Egna ord"),
)
"""What the keyboard goes to and presses, as what it is told to the outside, and what shows that it was pressed."""


def _press(screen: Screen, name: str, role: str) -> None:
    """Go to something by the tabulator, or inside its group by arrows, and press it as what it is told to be."""
    group, _comma, _rest = name.partition(" ")
    if group == "Allvar":
        screen.go_to(group)
        screen.go_to(name, "Right")
    told = screen.press(name)
    assert told["name"].startswith(name)
    assert told["role"] == role


def _read(screen: Screen) -> set[tuple[str, str, str]]:
    """Role, name and text of all that is showing."""
    return {(each["role"], each["name"], each["text"]) for each in shown(screen.tree())}


def _give_photo(screen: Screen) -> None:
    """Choose a photo in the system's dialog for files."""
    screen.until(partial(screen.dialog, "foton"), "the system's dialog for files")
    screen.type(str(PHOTOS / "fold_2.jpg"))
    screen.accept("foton")


def test_an_observation_with_a_photo_is_made_by_keyboard_alone_and_read_from_outside(
    screen: Screen, home: Path
) -> None:
    before = _kept(home)
    with screen:
        screen.open(home)
        screen.until(lambda: screen.focus() == "Vandringar", "the focus on the heading")
        for name, role, then in WAY:
            _press(screen, name, role)
            screen.until(partial(screen.names, then), f"what follows {name}")
        screen.type(WORDS)
        screen.until(lambda: screen.told("text", "Egna ord").get("text") == WORDS, "the words that were typed")
        _press(screen, "Välj foton", "push button")
        _give_photo(screen)
        screen.until(lambda: len(_kept(home)[1]) > len(before[1]), "the photo")
        screen.until(partial(screen.dialog, "Gatljus"), "the window")
        _press(screen, "Klar", "push button")
        screen.until(partial(screen.names, "Ny iakttagelse"), "the walk again")
        assert ("label", "A7 Mörkt mellan lamporna, sparat här. Allvar 3.", "") in _read(screen)
        rows = [each["name"] for each in every(screen.tree()) if each["role"] == "list item"]
        assert len([each for each in rows if each.startswith(ITS_ROW)]) == 1, rows
        _press(screen, "Ändra", "push button")
        screen.until(partial(screen.names, "1 foto: fold_2.jpg"), "the observation again")
        assert ("text", "Egna ord", WORDS) in _read(screen)
    observations, photos = (after - was for after, was in zip(_kept(home), before, strict=True))
    assert list(observations.values()) == [("A2", "lighting", 3, WORDS)]
    assert list(photos.values()) == list(observations)


def _kept(home: Path) -> tuple["Kept", "Kept"]:
    """What the home holds: observation → what it says, photo → observation."""
    session = Session(home)
    observations = {each.id: (each.item, each.category, each.severity, each.text) for each in session.read(Observation)}
    photos = {each.id: each.observation for each in session.read(Photo)}
    session.close()
    return Kept(observations), Kept(photos)


class Kept(dict[str, Any]):
    """Records by id; `after - before` are the new ones."""

    def __sub__(self, before: "Kept") -> "Kept":
        return Kept({key: value for key, value in self.items() if key not in before})
