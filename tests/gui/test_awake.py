"""While a track is recorded the system is asked to stay awake: on a real bus, whose desktop is a software twin."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject

from app.session import Session
from tests.gui.x11 import REQUIRED, SYSTEM_PYTHON, lacking
from ui.bridge.awake import ADDRESS
from ui.bridge.guide import Guide

ASKED, NO_MORE = "asked Gatljus: Ett spår spelas in", "asked no more"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], str]]:
    """A bus with the twin; returns what it was told next."""
    lacks = {"dbus-daemon", "the bindings of AT-SPI"} & set(lacking())
    if lacks and os.environ.get(REQUIRED):
        pytest.fail(f"lacking on this machine: {', '.join(lacks)}")
    if lacks:
        pytest.skip(f"NOT TRIED on a real bus: this machine lacks {', '.join(lacks)}")
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    with _running(command, dict(os.environ)) as bus:
        monkeypatch.setenv(ADDRESS, _line(bus))
        with _running([SYSTEM_PYTHON, str(Path(__file__).with_name("sleeper.py"))], dict(os.environ)) as twin:
            assert _line(twin) == "ready"
            yield lambda: _line(twin)


@contextmanager
def _running(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def _line(process: subprocess.Popen[Any]) -> str:
    assert process.stdout is not None
    return str(process.stdout.readline().strip())


def test_the_system_is_asked_to_stay_awake_while_a_track_is_recorded_by_its_software_twin(
    session: Session, walk: str, parent: QObject, told: Callable[[], str]
) -> None:
    guide = Guide(session, lambda failure: pytest.fail(failure.text), parent)
    guide.record(walk)
    assert told() == ASKED
    guide.pause()
    assert told() == NO_MORE
    guide.pause(False)
    assert told() == ASKED
    guide.end()
    assert told() == NO_MORE
    guide.record(walk)
    assert told() == ASKED
    guide.stop()
    assert told() == NO_MORE
    again = Guide(session, lambda failure: pytest.fail(failure.text), parent)
    assert again.take_up() and told() == ASKED
    again.end()
    assert told() == NO_MORE


def test_where_there_is_nobody_to_ask_a_track_is_recorded_all_the_same(
    session: Session, walk: str, parent: QObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    for address in ("", "unix:path=/nowhere"):
        monkeypatch.setenv(ADDRESS, address)
        guide = Guide(session, lambda failure: pytest.fail(failure.text), parent)
        guide.record(walk)
        assert guide.records == walk
        guide.end()
