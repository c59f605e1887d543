"""A screen of its own for a real window: Xvfb, a session bus with AT-SPI, the program as a process, keys from outside.

Everything listens on this machine alone and is ended by its process id.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import pytest

REQUIRED = "GATLJUS_REQUIRE_X11"
ROOT = Path(__file__).resolve().parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"
BUS_LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
WAIT_S = 30.0


def lacking() -> list[str]:
    """What this machine lacks for it."""
    lacks = [name for name in ("Xvfb", "xdotool", "dbus-daemon") if shutil.which(name) is None]
    if not any(Path(each).exists() for each in BUS_LAUNCHERS):
        lacks.append("at-spi-bus-launcher")
    ask = [SYSTEM_PYTHON, "-c", "import gi; gi.require_version('Atspi', '2.0')"]
    if not Path(SYSTEM_PYTHON).exists() or subprocess.run(ask, capture_output=True).returncode:
        lacks.append("the bindings of AT-SPI")
    return lacks


def screen_in(folder: Path) -> "Screen":
    """A screen, where this machine can have one."""
    lacks = lacking()
    if lacks and os.environ.get(REQUIRED):
        pytest.fail(f"lacking on this machine: {', '.join(lacks)}")
    if lacks:
        pytest.skip(f"NOT TRIED as a real X11 window: this machine lacks {', '.join(lacks)}")
    return Screen(folder)


class Screen:
    """A screen with a bus and a screen reader's eyes. Use in a `with` block."""

    def __init__(self, folder: Path, size: str = "1280x800") -> None:
        self._size = size
        self._started: list[subprocess.Popen[Any]] = []
        self.environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "HOME": str(folder),
            "PYTHONUTF8": "1",
        }

    def __enter__(self) -> Self:
        # Sockets need a short path.
        self._runtime = tempfile.TemporaryDirectory(prefix="gatljus-x-")
        self.environment["XDG_RUNTIME_DIR"] = self._runtime.name
        read, write = os.pipe()
        words = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{self._size}x24", "-nolisten", "tcp"]
        self._start(words, pass_fds=(write,))
        os.close(write)
        with os.fdopen(read) as told:
            self.environment["DISPLAY"] = f":{told.readline().strip()}"
        bus = self._start(["dbus-daemon", "--session", "--nofork", "--print-address=1"], stdout=subprocess.PIPE)
        assert bus.stdout is not None
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
        launcher = next(each for each in BUS_LAUNCHERS if Path(each).exists())
        self._start([launcher, "--launch-immediately"])
        return self

    def __exit__(self, *_error: object) -> None:
        for process in reversed(self._started):
            process.terminate()
        for process in reversed(self._started):
            process.wait(10)
            if process.stdout is not None:
                process.stdout.close()
        self._runtime.cleanup()

    def _start(self, words: Sequence[str], **said: Any) -> subprocess.Popen[Any]:
        said.setdefault("stdout", subprocess.DEVNULL)
        process = subprocess.Popen(words, env=self.environment, stderr=subprocess.DEVNULL, **said)
        self._started.append(process)
        return process

    def open(self, home: Path) -> subprocess.Popen[Any]:
        """Start the program over a home, wait for its window and give it the keyboard."""
        return self.window_of([sys.executable, "-m", "ui", str(home)])

    def window_of(self, command: Sequence[str]) -> subprocess.Popen[Any]:
        """Run a command that opens the window, wait for that and give it the keyboard."""
        program = self._start(command, cwd=ROOT)
        window = self.until(lambda: self._xdotool("search", "--onlyvisible", "--name", "Gatljus").split(), "a window")
        self._xdotool("windowfocus", "--sync", window[0])
        self.until(lambda: self.tree() is not None, "the program on the bus of the screen reader")
        return program

    def kill_window(self) -> None:
        """The program ends as it does when the screen goes: at once."""
        self._xdotool("search", "--onlyvisible", "--name", "Gatljus", "windowkill")

    def _xdotool(self, *words: str) -> str:
        done = subprocess.run(["xdotool", *words], env=self.environment, capture_output=True, encoding="utf-8")
        return done.stdout

    def key(self, *keys: str) -> None:
        """Press keys one after the other (`Tab`, `ctrl+1`, `Return`)."""
        for each in keys:
            self._xdotool("key", "--clearmodifiers", each)

    def type(self, text: str) -> None:
        """Type a text."""
        self._xdotool("type", "--delay", "20", text)

    def _outside(self, what: str) -> Any:
        command = [SYSTEM_PYTHON, str(Path(__file__).with_name("outside.py")), what, "Gatljus"]
        done = subprocess.run(command, env=self.environment, capture_output=True, encoding="utf-8")
        return json.loads(done.stdout or "null")

    def tree(self) -> Any:
        """The accessible tree of the program, or None while there is none."""
        return self._outside("tree")

    def focused(self) -> dict[str, Any]:
        """What has the focus: its name, its role, its text; nothing while nothing has."""
        found = self._outside("focus") or []
        return dict(found[-1]) if found else {}

    def focus(self) -> str:
        """The name of what has the focus."""
        return str(self.focused().get("name", ""))

    def names(self, name: str) -> list[str]:
        """The names of what is showing that begin with `name`."""
        return [each["name"] for each in shown(self.tree()) if str(each["name"]).startswith(name)]

    def dialog(self, title: str) -> bool:
        """Whether a window whose title holds `title` is open; it then has the keyboard."""
        found = self._xdotool("search", "--onlyvisible", "--name", title).split()
        if found:
            self._xdotool("windowfocus", "--sync", found[-1])
        return bool(found) and self.focus() != ""

    def accept(self, title: str) -> None:
        """Press Enter in a dialog until it is closed: the first one may only close a list of proposals."""
        for _press in range(5):
            if not self.dialog(title):
                return
            self.key("Return")
            time.sleep(0.5)
        raise AssertionError(f"the dialog {title!r} stays")

    def until(self, found: Any, what: str) -> Any:
        """Wait until something is found, and return it."""
        end = time.monotonic() + WAIT_S
        while True:
            value = found()
            if value:
                return value
            assert time.monotonic() < end, f"never came: {what}; the focus is at {self.focus()!r}"
            time.sleep(0.1)

    def told(self, role: str, name: str) -> dict[str, Any]:
        """What is told of the first thing that is showing with this role and name; nothing where there is none."""
        return next((each for each in shown(self.tree()) if (each["role"], each["name"]) == (role, name)), {})

    def go_to(self, name: str, key: str = "Tab", most: int = 60) -> None:
        """Press a key until what has the focus is called `name`, or begins so."""
        for _step in range(most):
            here = self.focus()
            if here.startswith(name):
                return
            self.key(key)
            self._leaves(here)
        raise AssertionError(f"{key} never came to {name!r}")

    def _leaves(self, here: str) -> None:
        """Wait a little for the focus to leave: a key is on its way for a moment, and may lead nowhere."""
        for _look in range(10):
            if self.focus() != here:
                return
            time.sleep(0.05)

    def press(self, name: str) -> dict[str, Any]:
        """Go to what is called `name`, or begins so, and press Enter. Returns what was told of it before."""
        self.go_to(name)
        told = self.focused()
        self.key("Return")
        return told


def every(tree: Any) -> list[dict[str, Any]]:
    """Everything in a tree, also what would have to be scrolled to; nothing where there is none at the moment."""
    found, todo = [], [tree] if tree else []
    while todo:
        node = todo.pop()
        found.append(node)
        todo += node["children"]
    return found


def shown(tree: Any) -> list[dict[str, Any]]:
    """Everything in a tree that is showing."""
    return [each for each in every(tree) if each["showing"]]
