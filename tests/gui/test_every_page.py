"""What holds for every page: controls have names, can be reached, are large enough; no word is cut, in two languages
and two sizes of text; both languages are complete."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from app.domain.records import KIND_OF
from app.session import Session
from tests.gui.opening import Furnished, Opener
from tests.gui.pages import EVERY
from ui.widgets.button import Button

SIZES = ((1280, 800), (800, 1280), (1024, 600))
CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)
SAME_IN_BOTH = {"Gatljus", "Svenska", "English", "ABC", "Original", "Organisation", "Problem", "Status"} | {
    # What the map that comes along says of itself.
    "Helsingfors centrum",
    "© OpenStreetMap contributors",
}
"""Words that are the same in both languages; what people wrote is found by itself."""
KEY = re.compile(r"(Ctrl|Shift|Alt|Esc|F\d)\b.*|[A-Z0-9](, [A-Z0-9])*|[A-Z]–[A-Z].*|[NE]\s[\d,]+")
"""What a key is called, and a coordinate."""


def _controls(window: QWidget) -> list[QWidget]:
    return [each for kind in CONTROLS for each in window.findChildren(kind) if each.isVisible()]


def _called(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName()!r}"


@pytest.mark.parametrize("page", EVERY)
def test_every_control_has_a_name_of_its_own(at: Opener, page: str) -> None:
    window = at(page, (1280, 800))
    controls = _controls(window)
    assert controls
    nameless = [type(each).__name__ for each in controls if not each.accessibleName().strip()]
    assert not nameless
    assert not [each for each in controls if each.accessibleName() in {kind.__name__ for kind in type(each).__mro__}]
    twice = [name for name, count in Counter(each.accessibleName() for each in controls).items() if count > 1]
    assert not twice
    assert not at.strays.found, "a widget was shown before it had a parent"


@pytest.mark.parametrize("page", EVERY)
def test_the_tabulator_reaches_every_control_and_comes_round(at: Opener, page: str) -> None:
    window = at(page, (1280, 800))
    wanted = {each for each in _controls(window) if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isEnabled()}
    start = window.shown.heading or window.shown
    start.setFocus(Qt.FocusReason.OtherFocusReason)
    reached: set[QWidget] = set()
    last: QWidget | None = None
    for _step in range(2 * len(window.findChildren(QWidget))):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        # On a map it goes from mark to mark before it leaves.
        if focus is None or (focus in reached and focus is not last):
            break
        reached.add(focus)
        last = focus
    missed = [_called(each) for each in wanted - reached]
    assert not missed


@pytest.mark.parametrize(("gloves", "least"), [(False, 48), (True, 64)])
@pytest.mark.parametrize("page", EVERY)
def test_everything_that_is_pressed_is_large_enough(at: Opener, page: str, gloves: bool, least: int) -> None:
    window = at(page, (800, 1280), gloves=gloves)
    kinds = (QAbstractButton, QLineEdit, QComboBox)
    small = [
        f"{_called(each)} {each.width()} × {each.height()}"
        for kind in kinds
        for each in window.findChildren(kind)
        if each.isVisible() and (each.width() < least or each.height() < least) and not _inside_other(each)
    ]
    assert not small


def _inside_other(widget: QWidget) -> bool:
    """A part of a larger control, like the line inside a list that opens."""
    return isinstance(widget.parentWidget(), QComboBox)


def _cut(widget: QWidget) -> str:
    """What is wrong with a widget's words, "" where nothing is."""
    if isinstance(widget, QLabel) and widget.text():
        needed = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
        longest = max((widget.fontMetrics().horizontalAdvance(word) for word in widget.text().split()), default=0)
        if widget.height() < needed - 1:
            return f"{widget.text()!r}: {widget.height()} px high, needs {needed}"
        if widget.contentsRect().width() < longest - 1 and len(widget.text().split()) < 40:
            return f"{widget.text()!r}: a word is wider than the label ({widget.width()} px)"
        if not widget.wordWrap() and widget.width() < widget.sizeHint().width() - 1:
            return f"{widget.text()!r}: {widget.width()} px wide, needs {widget.sizeHint().width()}"
    if isinstance(widget, Button):
        if widget.height() < widget.heightForWidth(widget.width()) - 1:
            return f"button {widget.text()!r}: {widget.height()} px high, needs {widget.heightForWidth(widget.width())}"
        if widget.width() < widget.minimumSizeHint().width() - 1:
            return f"button {widget.text()!r}: {widget.width()} px wide, needs {widget.minimumSizeHint().width()}"
    return ""


def _outside(widget: QWidget, window: QWidget) -> str:
    left = widget.mapTo(window, QPoint(0, 0)).x()
    if left < -1 or left + widget.width() > window.width() + 1:
        return f"{_called(widget)}: reaches from {left} to {left + widget.width()} of {window.width()} px"
    return ""


def _overlaps(window: QWidget) -> Iterator[str]:
    """Labels and buttons of one parent that lie over each other."""
    parents: dict[QWidget | None, list[QWidget]] = {}
    for kind in (QLabel, Button):
        for each in window.findChildren(kind):
            if each.isVisible():
                parents.setdefault(each.parentWidget(), []).append(each)
    for among in parents.values():
        for k, one in enumerate(among):
            for other in among[k + 1 :]:
                common: QRect = one.geometry() & other.geometry()
                if common.width() > 2 and common.height() > 2:
                    yield f"{_called(one)} and {_called(other)} overlap by {common.width()} × {common.height()}"


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("text", [100, 200])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("page", EVERY)
def test_no_word_is_cut_and_nothing_overlaps(
    at: Opener, page: str, size: tuple[int, int], text: int, lang: str
) -> None:
    window = at(page, size, text=text, lang=lang)
    visible = [each for each in window.findChildren(QWidget) if each.isVisible()]
    wrong = [found for each in visible if (found := _cut(each))]
    wrong += [found for each in visible if isinstance(each, (QLabel, *CONTROLS)) and (found := _outside(each, window))]
    wrong += _overlaps(window)
    assert not wrong, "\n".join(wrong)


def _words(window: QWidget) -> set[str]:
    found: set[str] = set()
    for each in window.findChildren(QWidget):
        if not each.isVisible():
            continue
        if isinstance(each, QLabel | QAbstractButton):
            found.add(each.text())
        found.add(each.accessibleName())
    return {each for each in found if any(sign.isalpha() for sign in each)}


@pytest.mark.parametrize("page", EVERY)
def test_every_word_of_the_program_is_in_the_language_that_was_switched_to(
    at: Opener, furnished: Furnished, page: str
) -> None:
    window = at(page, (1280, 800), lang="sv")
    swedish = _words(window)
    window.set_settings(replace(furnished.session.settings, language="en"))
    QTest.qWait(50)
    english = _words(window)
    typed = _typed(furnished.session)
    left = {
        each
        for each in swedish & english
        if each not in SAME_IN_BOTH
        and not KEY.fullmatch(each)
        and not any(each in text or text in each for text in typed)
    }
    assert not left


def _typed(session: Session) -> set[str]:
    """What people wrote, which no language changes."""
    found = {session.label, str(session.home)}
    for cls in KIND_OF.values():
        for record in session.read(cls):
            found |= {value for info in cls.FIELDS if isinstance(value := getattr(record, info.name), str)}
    return {each for each in found if len(each) > 2}
