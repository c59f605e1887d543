"""What holds for every test: Swedish, no network, and a home, a settings folder and a screen that are nobody's."""

import faulthandler
import json
import os
import socket
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import resources
from app.domain.checklist import Checklist, checklist_from
from app.session import speak_language
from tests.scheduling import pytest_testnodedown

__all__ = ["pytest_testnodedown"]

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

# Read by Qt before any fixture runs: a screen that is not shown, and a folder of one's own that only we can open.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
_RUNTIME = tempfile.TemporaryDirectory(prefix="gatljus-tests-")
Path(_RUNTIME.name).chmod(stat.S_IRWXU)
os.environ["XDG_RUNTIME_DIR"] = _RUNTIME.name

LONGEST_END_S = 330
"""So long a test may take to put away what it used."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """Also a test that has failed is ended where it hangs: a failure puts off what `faulthandler_timeout` set."""
    assert sys.__stderr__ is not None
    faulthandler.dump_traceback_later(LONGEST_END_S, exit=True, file=sys.__stderr__)
    return (yield)


FOLDERS = {
    "HOME": ".",
    "USERPROFILE": ".",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "XDG_CACHE_HOME": ".cache",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
}
"""Where the systems look for a person's own files; all of it lies in the test's own folder."""


@pytest.fixture(autouse=True)
def own_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Swedish, no fixed clock, and a person's folders in `tmp_path`; processes that a test starts inherit it."""
    monkeypatch.setenv("GATLJUS_LANG", "sv")
    # A window that was spoken to in another language leaves it behind.
    speak_language("sv")
    monkeypatch.delenv("GATLJUS_NOW", raising=False)
    for name, place in FOLDERS.items():
        monkeypatch.setenv(name, str(tmp_path / "person" / place))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A connection to anything but this machine fails the test that tries it, even where the error is caught."""
    tried: list[object] = []
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != getattr(socket, "AF_UNIX", None) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            tried.append(address)
            raise OSError(f"a test tried to reach {address!r}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    yield
    assert not tried, f"reached for the network: {tried}"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real data that lies beside the repository on the project's own machines."""
    if not SHARED.is_dir():
        pytest.skip("the real data (../shared) is not on this machine")
    return SHARED


@pytest.fixture(scope="session")
def checklist() -> Checklist:
    """The checklist that comes with the program."""
    return checklist_from(json.loads(resources.read_text("checklist/gatljus-1.json")))
