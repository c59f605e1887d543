"""A screen reader's ears and eyes, kept open: `reader.py NAME` listens to the program NAME. Each line read is
a question (`tree`, `said`), answered by a line of JSON; `said` tells what was announced since it was asked last.

Run by the system's own Python, which has the bindings of AT-SPI.
"""

import json
import sys
import threading
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

DEEPEST, WIDEST = 40, 500
TYPED = "text"
"""The role of what one types in."""


class Reader:
    """What is told of one program."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._said: list[str] = []
        self._listener = Atspi.EventListener.new(self._hear)
        self._listener.register("object:announcement")

    def _hear(self, event: Any) -> None:
        self._said.append(str(event.any_data))

    def answer(self, question: str) -> bool:
        """Answer one question on the standard output; with nothing where what was looked at went away meanwhile."""
        answers = {"tree": self.tree, "said": self.said}
        try:
            found = answers[question]()
        except GLib.Error:
            found = None
        print(json.dumps(found, ensure_ascii=False), flush=True)
        return False

    def said(self) -> list[str]:
        """What was announced since it was asked last."""
        said, self._said = self._said, []
        return said

    def tree(self) -> Any:
        """Everything that there is."""
        desktop = Atspi.get_desktop(0)
        for place in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(place)
            if child is not None and self._name in (child.get_name() or ""):
                child.clear_cache()
                return _told(child)
        return None


def _told(node: Any, depth: int = 0) -> dict[str, Any]:
    states, role = node.get_state_set(), node.get_role_name()
    showing = states.contains(Atspi.StateType.SHOWING)
    children = []
    # What is not shown is not read; the program itself never is.
    if depth < DEEPEST and (showing or not depth):
        for place in range(min(node.get_child_count(), WIDEST)):
            child = node.get_child_at_index(place)
            if child is not None:
                children.append(_told(child, depth + 1))
    return {
        "role": role,
        "name": node.get_name() or "",
        "text": _text(node) if role == TYPED else "",
        "focused": states.contains(Atspi.StateType.FOCUSED),
        "checked": states.contains(Atspi.StateType.CHECKED),
        "showing": showing,
        "children": children,
    }


def _text(node: Any) -> str:
    try:
        return str(Atspi.Text.get_text(node, 0, -1) or "")
    except (GLib.Error, TypeError):
        return ""


def main() -> None:
    """Answer until nothing more is asked."""
    reader, loop = Reader(sys.argv[1]), GLib.MainLoop()

    def ask() -> None:
        for line in sys.stdin:
            GLib.idle_add(reader.answer, line.strip())
        GLib.idle_add(loop.quit)

    threading.Thread(target=ask, daemon=True).start()
    loop.run()


main()
