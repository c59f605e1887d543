"""Whoever has a finger, no pointer and no eye for colours misses nothing: no page says or does anything only under a
pointer that rests, only by a right click, or only by a colour."""

import ast
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QImage, QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget

from tests.gui.opening import Furnished, Opener, called, controls, on_top
from tests.gui.painted import painted
from ui.widgets.button import Button
from ui.widgets.chip import GROUNDS, Chip
from ui.widgets.flag_field import FlagField
from ui.widgets.look import Look
from ui.widgets.text import Icon, Surface

SOURCES = Path(__file__).resolve().parents[2] / "ui"
SIZE = (1280, 800)
STATES = {role for kind, roles in GROUNDS.items() if kind != "plain" for role in roles}
"""Roles of colour that say how it is with something."""
SEEN = 3.0
"""So much lighter or darker (WCAG 2.2, 1.4.11) something is told apart without colours."""
LEAST = 60
"""So many pixels of it are seen."""


def visible(root: QWidget) -> list[QWidget]:
    """All that is shown."""
    return [each for each in root.findChildren(QWidget) if each.isVisible()]


# A right click


def asks_right_click(widget: QWidget) -> str:
    """What a right click on a widget opens; "" where it opens nothing of ours. A field's own menu holds what keys and
    fingers do too: cut, copy, paste."""
    policy = Qt.ContextMenuPolicy
    if widget.contextMenuPolicy() in (policy.CustomContextMenu, policy.ActionsContextMenu):
        return "a menu"
    if widget.actions() and not isinstance(widget, QLineEdit | QPlainTextEdit):
        return "actions"
    return "a menu of its own" if any("contextMenuEvent" in vars(kind) for kind in ours(type(widget))) else ""


def ours(kind: type) -> Iterator[type]:
    """The classes of the program of which a widget is."""
    return (each for each in kind.__mro__ if each.__module__.split(".")[0] in ("ui", "tests"))


def waits_for_right_click(root: QWidget) -> Iterator[str]:
    """What is behind a right click on a page."""
    yield from (f"{called(each)} opens {asked}" for each in visible(root) if (asked := asks_right_click(each)))


# A pointer that rests


def said(root: QWidget) -> Counter[tuple[str, str]]:
    """All words that are seen, and on what."""
    found = Counter((type(each.on).__name__, each.text) for each in painted(root))
    found.update((type(each).__name__, each.text()) for each in visible(root) if isinstance(each, QLabel))
    return found


def rest(widgets: Sequence[QWidget], *, on: bool) -> None:
    """A pointer rests on each of them, or on none."""
    for each in widgets:
        each.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, on)


def waits_for_pointer(root: QWidget) -> Iterator[str]:
    """What is on a page only while a pointer rests on something."""
    there, found = visible(root), controls(root)
    rest(found, on=False)
    before = said(root)
    rest(found, on=True)
    yield from (f"{word} under a pointer" for word in said(root) - before)
    yield from (f"{called(each)} under a pointer" for each in visible(root) if each not in there)
    rest(found, on=False)
    yield from (f"{called(each)}: {each.toolTip()!r}" for each in there if hides(root, each, before))


def hides(root: QWidget, widget: QWidget, seen: Counter[tuple[str, str]]) -> bool:
    """Whether what a pointer is told of a widget is told nowhere else: it is to be seen, or is the name of it in full,
    or is why it cannot be pressed, which a press says."""
    words = widget.toolTip()
    if not words or words == widget.accessibleName() or any(words in text for _kind, text in seen):
        return False
    if isinstance(widget, Button) and widget.kind == "blocked":
        widget.click()
        return not any(words in each.text() for each in labels(root))
    return True


# Colour


@cache
def light(pixel: int) -> float:
    """How light a pixel is, as WCAG counts."""
    color = QColor.fromRgba(pixel)
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def pixels(widget: QWidget) -> Sequence[int]:
    """What is seen of a widget."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return array("I", bytes(image.constBits()))


def differing(one: Sequence[int], other: Sequence[int]) -> int:
    """How many pixels are told apart without colours."""
    found = 0
    for (a, b), count in Counter(zip(one, other, strict=True)).items():
        low, high = sorted((light(a), light(b)))
        found += count if (high + 0.05) / (low + 0.05) >= SEEN else 0
    return found


def told_by_colour_alone(button: QAbstractButton) -> bool:
    """Whether it can only be seen by its colour that a button is chosen."""
    faces, was = [], button.isChecked()
    ticked = isinstance(button.parentWidget(), FlagField)
    for on in (True, False):
        with pytest.MonkeyPatch.context() as patch:
            if ticked:
                # Its box is another icon.
                button.setChecked(on)
            else:
                patch.setattr(button, "isChecked", lambda on=on: on)
            faces.append(pixels(button))
    if ticked:
        button.setChecked(was)
    return differing(*faces) < LEAST


def chosen_by_colour(root: QWidget) -> Iterator[str]:
    """What is chosen on a page, or can be, and is told from what is not by a colour alone."""
    found = (each for each in visible(root) if isinstance(each, QAbstractButton) and each.isCheckable())
    yield from (called(each) for each in found if told_by_colour_alone(each))


def speaks(widget: QWidget) -> bool:
    """Whether words are seen on a widget or on what it holds."""
    return any(any(sign.isalpha() for sign in each.text()) for each in labels(widget))


def labels(widget: QWidget) -> list[QLabel]:
    """The labels on a widget."""
    return [each for each in visible(widget) if isinstance(each, QLabel)]


def unsaid(widget: QWidget) -> bool:
    """Whether a widget has the colour of a state and neither words nor, for what is pressed, a sign."""
    if isinstance(widget, Chip):
        return widget.kind != "plain" and not widget.text.strip()
    if isinstance(widget, Surface):
        return widget.role in STATES and not speaks(widget)
    if isinstance(widget, Icon):
        beside = widget.parentWidget()
        return widget.role in STATES and (beside is None or not speaks(beside))
    if isinstance(widget, Button):
        return widget.kind in ("danger", "good", "blocked") and not (widget.text().strip() or widget._has_icon())
    return False


def unsaid_states(root: QWidget) -> Iterator[str]:
    """What has the colour of a state on a page and says nothing."""
    yield from (called(each) for each in visible(root) if unsaid(each))


# Every page

Rule = Callable[[QWidget], Iterator[str]]
RULES: tuple[Rule, ...] = (waits_for_right_click, waits_for_pointer, unsaid_states, chosen_by_colour)
Found = dict[Rule, list[str]]


@pytest.fixture(scope="module")
def found(furnished: Furnished, qapp: QApplication) -> Iterator[Found]:
    """What every page has against each rule."""
    opener, wrong = Opener(furnished, qapp), {rule: list[str]() for rule in RULES}
    for page, window in opener.every(SIZE):
        for rule in RULES:
            wrong[rule] += [f"{page}: {each}" for each in rule(on_top(window))]
    yield wrong
    opener.close()


def test_nothing_waits_behind_a_right_click(found: Found) -> None:
    assert not found[waits_for_right_click], "\n".join(found[waits_for_right_click])
    for path in SOURCES.rglob("*.py"):
        names = {each.attr for each in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(each, ast.Attribute)}
        assert not names & {"RightButton", "customContextMenuRequested"}, path


def test_a_pointer_that_rests_on_something_shows_nothing_that_is_not_there_without_it(found: Found) -> None:
    assert not found[waits_for_pointer], "\n".join(found[waits_for_pointer])


def test_what_has_the_colour_of_a_state_says_in_words_which(found: Found) -> None:
    assert not found[unsaid_states], "\n".join(found[unsaid_states])


def test_what_is_chosen_is_told_from_what_is_not_without_colours(found: Found) -> None:
    assert not found[chosen_by_colour], "\n".join(found[chosen_by_colour])


def test_at_night_too_what_is_chosen_is_told_from_what_is_not_without_colours(at: Opener) -> None:
    pages = ("observation", "observe", "plan.about", "position", "rating", "settings", "walk.live")
    wrong = [f"{page}: {each}" for page in pages for each in chosen_by_colour(at(page, SIZE, theme="red"))]
    assert not wrong, "\n".join(wrong)


# Each rule is also shown a breach, so that it cannot sleep


class Shy(Button):
    """A button that breaks every rule."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Opens nothing here."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Says what it does under a pointer alone, and that it is chosen by a colour as light as the other."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#b03030" if self.isChecked() else "#306030"))
        if self.underMouse():
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), "Ta bort")


@pytest.mark.parametrize("rule", RULES, ids=lambda each: each.__name__)
def test_the_rule_sees_a_breach(qapp: QApplication, rule: Rule) -> None:
    look = Look()
    root, shy, chip = QWidget(), Shy(look, ""), Chip(look, "", "", "warn")
    assert qapp is not None
    shy.setCheckable(True)
    for each in (shy, chip):
        each.setParent(root)
    shy.resize(200, 60)
    root.resize(300, 200)
    root.show()
    QTest.qWaitForWindowExposed(root)
    assert list(rule(root))
    root.close()
    root.deleteLater()
