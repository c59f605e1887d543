"""The way of the tabulator: as one reads. What is shown comes and goes, so the order is that of the places on the
screen at each press, part by part, and not that in which things were made."""

from collections.abc import Sequence
from functools import cmp_to_key

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def _before(one: QWidget, other: QWidget) -> int:
    """Which of two widgets of one parent is read first: the upper one; side by side the left one."""
    a, b = one.geometry(), other.geometry()
    common = min(a.bottom(), b.bottom()) - max(a.top(), b.top())
    beside = common > min(a.height(), b.height()) / 2
    return a.left() - b.left() if beside else a.top() - b.top()


def in_order(root: QWidget, focus: QWidget | None = None) -> list[QWidget]:
    """What takes the focus by the tabulator in a part of the window, as one reads; and what has it, if that is here:
    the heading of a page, which is no stop on the way."""
    stops = root.isEnabled() and bool(root.focusPolicy() & Qt.FocusPolicy.TabFocus)
    found = [root] if stops or root is focus else []
    inside = [each for each in root.children() if isinstance(each, QWidget) and not each.isWindow()]
    for each in sorted((each for each in inside if each.isVisible()), key=cmp_to_key(_before)):
        found += in_order(each, focus)
    return found


def step(parts: Sequence[QWidget], *, forward: bool) -> bool:
    """Move the focus one step along these parts, from the last to the first again. Returns whether there was anywhere
    to go."""
    focus = QApplication.focusWidget()
    ways = [each for part in parts for each in in_order(part, focus)]
    if not ways:
        return False
    way = 1 if forward else -1
    place = ways.index(focus) if focus in ways else -1 if forward else 0
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    ways[(place + way) % len(ways)].setFocus(reason)
    return True
