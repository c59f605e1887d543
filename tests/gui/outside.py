"""Looks at a window from outside its process, as a screen reader does: `outside.py tree NAME` prints the accessible
tree of the program NAME as JSON, `outside.py focus NAME` what has the focus.

Run by the system's own Python, which has the bindings of AT-SPI.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

DEEPEST = 40


def _program(name: str) -> Any:
    desktop = Atspi.get_desktop(0)
    for place in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(place)
        if child is not None and name in (child.get_name() or ""):
            return child
    return None


def _told(node: Any, depth: int = 0) -> dict[str, Any]:
    states = node.get_state_set()
    children = []
    if depth < DEEPEST:
        for place in range(min(node.get_child_count(), 500)):
            child = node.get_child_at_index(place)
            if child is not None:
                children.append(_told(child, depth + 1))
    return {
        "role": node.get_role_name(),
        "name": node.get_name() or "",
        "description": node.get_description() or "",
        "text": _text(node),
        "focused": states.contains(Atspi.StateType.FOCUSED),
        "showing": states.contains(Atspi.StateType.SHOWING),
        "children": children,
    }


def _text(node: Any) -> str:
    try:
        return str(Atspi.Text.get_text(node, 0, -1) or "")
    except (GLib.Error, TypeError):
        return ""


def _all(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield told
    for child in told["children"]:
        yield from _all(child)


def main() -> None:
    what, name = sys.argv[1:3]
    program = _program(name)
    if program is None:
        print("null")
        return
    tree = _told(program)
    if what == "tree":
        print(json.dumps(tree, ensure_ascii=False))
    else:
        focused = [each for each in _all(tree) if each["focused"]]
        print(json.dumps([{k: v for k, v in each.items() if k != "children"} for each in focused], ensure_ascii=False))


main()
