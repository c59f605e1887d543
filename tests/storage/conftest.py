"""Homes that a test makes as it needs them, and the folder where they meet."""

from pathlib import Path

import pytest

from app.session import Session
from app.sync.targets.folder import FolderTarget
from tests.homes import Home, Make


@pytest.fixture
def home(tmp_path: Path) -> Make:
    """Makes a home of the device with that name."""
    return lambda name, **said: Home(tmp_path / name, name, **said)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The folder where devices meet."""
    (tmp_path / "minne").mkdir()
    return tmp_path / "minne"


@pytest.fixture
def target(place: Path) -> FolderTarget:
    """The target in that folder."""
    return FolderTarget(place)


@pytest.fixture
def parcel(tmp_path: Path) -> Path:
    """Where the parcel lies."""
    (tmp_path / "post").mkdir()
    return tmp_path / "post" / "vandringen.zip"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """A home as the program opens it."""
    return Session(tmp_path / "A")


@pytest.fixture
def stick(place: Path) -> Path:
    """The folder where devices meet, to be pulled out."""
    return place
