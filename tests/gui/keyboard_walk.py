"""Walks by keyboard alone and sees nothing but what a screen reader is told: names, roles, the focus, and what is
announced."""

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.gui.x11 import SYSTEM_PYTHON, Screen, shown

SCRIPT = Path(__file__).with_name("reader.py")
TWIN_WINDOW = Path(__file__).with_name("twin_window.py")
ROW, HEADING = "list item", "label"
STRUCTURE = {"frame", "application", "filler"}
"""What is nothing to press, type in or read."""


class KeyboardWalk(Screen):
    """A screen on which somebody walks by keyboard. Use in a `with` block. `said` is all that was announced, `paper`
    is where the protocol is to lie."""

    def __init__(self, folder: Path, size: str = "1280x800") -> None:
        super().__init__(folder, size)
        self.paper = folder / "protokoll.pdf"
        self.said: list[str] = []
        self._reader: subprocess.Popen[str] | None = None

    def __exit__(self, *error: object) -> None:
        if self._reader is not None:
            # Not asked to end: it may be waiting for a window that answers nothing.
            self._reader.kill()
            self._reader.communicate()
        super().__exit__(*error)

    def _ask(self, question: str) -> Any:
        if self._reader is None:
            command = [SYSTEM_PYTHON, str(SCRIPT), "Gatljus"]
            self._reader = subprocess.Popen(
                command, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, encoding="utf-8",
            )  # fmt: skip
        assert self._reader.stdin is not None and self._reader.stdout is not None
        self._reader.stdin.write(f"{question}\n")
        self._reader.stdin.flush()
        return json.loads(self._reader.stdout.readline())

    def tree(self) -> Any:
        """The accessible tree of the program, or None while there is none."""
        return self._ask("tree")

    def focused(self) -> dict[str, Any]:
        """What has the focus; nothing while nothing has. The row of a list where one is says so whether or not the list
        has it."""
        tree = self.tree()
        found = [each for each in shown(tree) if each["focused"]] if tree else []
        within = [each for each in found if each["role"] != ROW]
        return next(iter(found if all(each["role"] == "list" for each in within) else within), {})

    def focus(self) -> str:
        """The name of what has the focus, which has one."""
        found = self.focused()
        assert not found or found["name"], found
        return str(found.get("name", ""))

    def choose(self, name: str, *arrows: str) -> None:
        """Go by arrows from the heading into the group below it, and on to what is called `name`; press it."""
        for key in arrows:
            here = self.focus()
            self.key(key)
            self.until(lambda here=here: self.focus() != here, f"where {key} leads")
        self.at(name)
        self.key("Return")

    def hears(self, *words: str) -> None:
        """Wait until something is announced that has these words in it."""

        def heard() -> bool:
            self.said += self._ask("said")
            return any(all(each in line for each in words) for line in self.said)

        self.until(heard, f"the announcement of {words}; announced was {self.said}")

    def at(self, name: str) -> dict[str, Any]:
        """Wait until the focus is at something of this name, which is told to be something. A name may end in `…`."""
        self.until(lambda: _is(self.focus(), name), f"the focus at {name!r}")
        found = self.focused()
        assert found["role"] not in STRUCTURE, found
        return found

    def go_to(self, name: str, key: str = "Tab", most: int = 40) -> None:
        """Press a key until what has the focus is called `name`, which may end in `…`, and can be pressed."""
        passed = list[str]()
        while (here := self.focused()).get("role") == HEADING or not _is(str(here.get("name", "")), name):
            passed.append(self.focus())
            assert len(passed) < most, f"{key} never came to {name!r}, but to {passed}"
            self.key(key)
            self._leaves(passed[-1])


def _is(focus: str, name: str) -> bool:
    """Whether that is meant by a name."""
    return focus.startswith(name[:-1]) if name.endswith("…") else focus == name
