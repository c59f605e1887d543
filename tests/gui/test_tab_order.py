"""The tabulator: it comes to everything that can be pressed or written in, goes as one reads, and back the same way."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from tests.gui.hands import wait
from tests.gui.opening import Opener, called, controls, on_top
from ui.shell.bars import TopBar
from ui.shell.navigation import Rail
from ui.shell.window import Window
from ui.shell.works import Works
from ui.widgets.fields import SegmentField
from ui.widgets.look import Look
from ui.widgets.notice import Notice, Tray
from ui.widgets.page import Screen
from ui.widgets.tabs_bar import TabsBar

FORWARD, BACK = Qt.Key.Key_Tab, Qt.Key.Key_Backtab
ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
PARTS = (TopBar, Screen, Works, Tray, TabsBar, Rail)
"""The parts of the window in the order in which one goes through them."""
SIZES = ((1280, 800), (800, 1280))


def _begin(window: Window) -> None:
    """Stand where a page puts the focus when it opens."""
    top = on_top(window)
    heading = getattr(top, "heading", None) or window.shown.heading or window.shown
    heading.setFocus(Qt.FocusReason.OtherFocusReason)


def _way(window: Window, key: Qt.Key) -> list[QWidget]:
    """What has the focus after each press of a key, until it comes round."""
    _begin(window)
    reached: list[QWidget] = []
    for _step in range(4 * len(window.findChildren(QWidget))):
        QTest.keyClick(QApplication.focusWidget() or window, key)
        focus = QApplication.focusWidget()
        assert focus is not None, [called(each) for each in reached]
        # On a map it goes from mark to mark before it leaves.
        if reached and focus is reached[-1]:
            continue
        if focus in reached:
            return reached
        reached.append(focus)
    raise AssertionError("the tabulator does not come round")


def _with_arrows(reached: list[QWidget]) -> set[QWidget]:
    """What one comes to from there with the arrow keys: tiles, tabs and choices are one stop together. In fields and
    lists that open an arrow would choose something else."""
    found = set(reached)
    to_do: list[QWidget] = [each for each in reached if isinstance(each, QAbstractButton)]
    while to_do:
        here = to_do.pop()
        for key in ARROWS:
            here.setFocus(Qt.FocusReason.OtherFocusReason)
            QTest.keyClick(here, key)
            focus = QApplication.focusWidget()
            if focus is not None and focus not in found:
                found.add(focus)
                to_do.append(focus)
    return found


def _missed(window: Window, reached: list[QWidget]) -> list[str]:
    """The controls to which one never comes, by arrows neither."""
    wanted = {each for each in controls(on_top(window)) if each.isEnabled()}
    assert wanted
    left = wanted - set(reached)
    return [called(each) for each in (left - _with_arrows(reached) if left else left)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_tabulator_comes_to_every_control_as_one_reads_and_back_the_same_way(
    at: Opener, size: tuple[int, int]
) -> None:
    wrong = []
    for page, window in at.every(size):
        way = _way(window, FORWARD)
        wrong += [f"{page}: {each}" for each in _not_as_one_reads(way)]
        back = _way(window, BACK)
        if _from(way[0], back[::-1]) != way:
            wrong.append(f"{page}: back it goes {[called(each) for each in back]}")
        wrong += [f"{page}: never comes to {each}" for each in _missed(window, way)]
    assert not wrong, "\n".join(wrong)


def _from(begin: QWidget, way: list[QWidget]) -> list[QWidget]:
    """The same round from another place."""
    k = way.index(begin) if begin in way else 0
    return way[k:] + way[:k]


def _not_as_one_reads(way: list[QWidget]) -> list[str]:
    """What is wrong with the order. The way is a round: it is read from where a page begins, which is what nothing
    stands before."""
    first = min(_part(each) for each in way)
    there = [each for each in way if _part(each) == first]
    begins = [each for each in there if not any(_stands_before(other, each) for other in there if other is not each)]
    assert begins
    return min((list(_wrong_from(_from(each, way))) for each in begins), key=len)


def _wrong_from(way: list[QWidget]) -> Iterator[str]:
    placed = [_part(each) for each in way]
    if placed != sorted(placed):
        yield f"from part to part it goes {[PARTS[each].__name__ for each in placed]}"
    for k, one in enumerate(way):
        for other in way[k + 1 :]:
            if _part(one) == _part(other) and _stands_before(other, one):
                yield f"{called(one)} comes before {called(other)}"


def _part(widget: QWidget) -> int:
    """Which part of the window a widget is in; the innermost, as screens of the field have their own tabs: those are
    of the page."""
    inside = [kind for kind in PARTS if _holds(kind, widget)]
    return PARTS.index(Screen if Screen in inside else inside[0]) if inside else 0


def _holds(kind: type[QWidget], widget: QWidget) -> bool:
    parent: QWidget | None = widget
    while parent is not None and not isinstance(parent, kind):
        parent = parent.parentWidget()
    return parent is not None


def _stands_before(one: QWidget, other: QWidget) -> bool:
    """Whether one of two widgets is read before the other, beyond doubt: it stands over it in one column, or left of it
    in one row. They are compared where their ways part, as what scrolls is not where it is seen."""
    a, b = _branches(one, other)
    across = min(a.right(), b.right()) - max(a.left(), b.left())
    along = min(a.bottom(), b.bottom()) - max(a.top(), b.top())
    if across > 0 and a.bottom() <= b.top():
        return True
    return along > min(a.height(), b.height()) / 2 and a.right() <= b.left()


def _branches(one: QWidget, other: QWidget) -> tuple[QRect, QRect]:
    """Where two widgets lie in what holds both."""
    above = [one, *_ancestors(one)]
    a = one
    for a in above:
        parent = a.parentWidget()
        if parent is not None and parent.isAncestorOf(other):
            break
    b = next(each for each in (other, *_ancestors(other)) if each.parentWidget() is a.parentWidget())
    return a.geometry(), b.geometry()


def _ancestors(widget: QWidget) -> Iterator[QWidget]:
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()


def test_a_notice_comes_after_the_page_and_before_the_tabs(at: Opener) -> None:
    window = at("observations", (800, 1280), text=200)
    window.say(Notice("Borttagen.", undo=True))
    wait(50)
    parts = [PARTS[_part(each)] for each in _way(window, FORWARD)]
    once = [each for k, each in enumerate(parts) if k == 0 or parts[k - 1] is not each]
    assert once == [Screen, Tray, TabsBar, TopBar]


@pytest.mark.usefixtures("qapp")
def test_the_tabulator_comes_to_what_holds_of_several_that_were_of_no_use_for_a_while() -> None:
    field = SegmentField(Look(calm=True), "Larm", [(each, each) for each in "abc"])
    buttons = [button for _value, button in field.buttons]

    def reached() -> list[QAbstractButton]:
        return [each for each in buttons if each.focusPolicy() == Qt.FocusPolicy.StrongFocus]

    assert reached() == [buttons[0]]
    for chosen in buttons:
        chosen.setChecked(True)
        field.setEnabled(False)
        assert len(reached()) == 1, "else one that has it again would not be reached"
        field.setEnabled(True)
        assert reached() == [chosen]
        chosen.setChecked(False)
    buttons[2].setEnabled(False)
    assert reached() == [buttons[0]], "what is of no use is not reached"
