"""Whether what Qt draws has room: labels, buttons, fields, lists that open; whether things lie over each other, and
whether one thing alone scrolls."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QStyle,
    QStyleOptionFrame,
    QWidget,
)

from ui.widgets.bars import SavedChip
from ui.widgets.button import WRAP, Button
from ui.widgets.chip import Chip, SaveChain
from ui.widgets.combo import Combo
from ui.widgets.marked_text import MarkedText
from ui.widgets.steps import StepMark

LONG = 40
"""A label of so many words is a text and no phrase."""
PIECE = re.compile(r"[^\s/\u200b]+/?|/")
"""What stays in one line: a word, a piece of one that may break, or a folder of a path, which Qt breaks after a
slash."""
BESIDE_THE_CURSOR = 4
"""Pixels that a line keeps clear at its ends."""
BORDERS = 12
"""Pixels that the edges of a list that opens take."""
APART = (QLabel, QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView, Chip, SaveChain, StepMark)
"""What never lies over another of these."""


def cut(widget: QWidget) -> str:
    """What is wrong with the room for a widget's words; "" where nothing is."""
    if isinstance(widget, QLabel) and widget.text():
        return _cut_label(widget)
    if isinstance(widget, Button):
        return _too_small(widget)
    if (
        isinstance(widget, SavedChip | SaveChain | MarkedText)
        and widget.height() < widget.heightForWidth(widget.width()) - 1
    ):
        return f"{widget.height()} px high, needs {widget.heightForWidth(widget.width())}"
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        return _cut_placeholder(widget)
    if isinstance(widget, Combo):
        return _cut_entry(widget)
    return ""


def _cut_label(label: QLabel) -> str:
    needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
    longest = max((label.fontMetrics().horizontalAdvance(word) for word in PIECE.findall(label.text())), default=0)
    if label.height() < needed - 1:
        return f"{label.text()!r}: {label.height()} px high, needs {needed}"
    if label.contentsRect().width() < longest - 1 and len(label.text().split()) < LONG:
        return f"{label.text()!r}: a word is wider than the label ({label.width()} px)"
    if not label.wordWrap() and label.width() < label.sizeHint().width() - 1:
        return f"{label.text()!r}: {label.width()} px wide, needs {label.sizeHint().width()}"
    return ""


def _too_small(button: Button) -> str:
    if button.height() < button.heightForWidth(button.width()) - 1:
        return f"{button.height()} px high, needs {button.heightForWidth(button.width())}"
    if button.width() < button.minimumSizeHint().width() - 1:
        return f"{button.width()} px wide, needs {button.minimumSizeHint().width()}"
    return ""


def _cut_placeholder(field: QLineEdit | QPlainTextEdit) -> str:
    """What stands in an empty field."""
    words, metrics = field.placeholderText(), field.fontMetrics()
    if not words:
        return ""
    if isinstance(field, QPlainTextEdit):
        wide, high = field.viewport().width() - 2 * BESIDE_THE_CURSOR, field.viewport().height()
        needed = metrics.boundingRect(QRect(0, 0, wide, 10_000), int(WRAP), words).height()
        return "" if needed <= high else f"{words!r}: {high} px high, needs {needed}"
    option = QStyleOptionFrame()
    field.initStyleOption(option)
    inner = field.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, field)
    room_wide, needed_wide = inner.width() - BESIDE_THE_CURSOR, metrics.horizontalAdvance(words)
    return "" if needed_wide <= room_wide else f"{words!r}: {room_wide} px wide, needs {needed_wide}"


def _cut_entry(combo: Combo) -> str:
    """The entries of the list that opens."""
    view = combo.view()
    corner = combo.mapToGlobal(QPoint(0, combo.height()))
    room = combo.place_of(QRect(corner, combo.size())).width() - BORDERS
    widest = view.sizeHintForColumn(0) if combo.count() else 0
    return "" if widest <= room else f"an entry is {widest} px wide, the list that opens {room}"


def outside(widget: QWidget) -> str:
    """How far a widget reaches beyond the sides of its window, or below what it lies in and does not scroll in; ""
    where it does not."""
    window = widget.window()
    left = widget.mapTo(window, QPoint(0, 0)).x()
    if left < -1 or left + widget.width() > window.width() + 1:
        return f"reaches from {left} to {left + widget.width()} of {window.width()} px"
    parent = widget.parentWidget()
    if parent is not None and not isinstance(parent.parentWidget(), QAbstractScrollArea):
        below = widget.geometry().bottom() - parent.height()
        if below > 1:
            return f"reaches {below} px below {type(parent).__name__} in which it lies"
    return ""


def scrolls_within(root: QWidget) -> Iterator[str]:
    """What scrolls within what scrolls as well: two bars stand beside each other there, and a finger moves the one or
    the other by chance."""
    scrolling = [
        each
        for each in root.findChildren(QAbstractScrollArea)
        if each.isVisible() and each.verticalScrollBar().maximum() > each.verticalScrollBar().minimum()
    ]
    # What is typed in several lines has a height of its own.
    inner = [each for each in scrolling if not isinstance(each, QPlainTextEdit)]
    for each in inner:
        outer = (other for other in scrolling if other is not each and other.isAncestorOf(each))
        yield from (f"{_name(each)} scrolls within {_name(other)}" for other in outer)


def _seen(widget: QWidget, root: QWidget) -> QRect:
    """Where a widget is seen: what scrolls is cut off by what it scrolls in."""
    box = QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())
    parent = widget.parentWidget()
    while parent is not None and parent is not root:
        if isinstance(parent.parentWidget(), QScrollArea):
            box &= QRect(parent.mapTo(root, QPoint(0, 0)), parent.size())
        parent = parent.parentWidget()
    return box


def overlaps(root: QWidget) -> Iterator[str]:
    """What lies over each other."""
    among = [each for each in root.findChildren(QWidget) if isinstance(each, APART) and each.isVisible()]
    placed = [(each, _seen(each, root)) for each in among]
    for k, (one, here) in enumerate(placed):
        for other, there in placed[k + 1 :]:
            common = here & there
            if common.width() > 2 and common.height() > 2 and not _together(one, other):
                yield f"{_name(one)} and {_name(other)} overlap by {common.width()} × {common.height()}"


def _together(one: QWidget, other: QWidget) -> bool:
    """Whether one is a part of the other."""
    return one.isAncestorOf(other) or other.isAncestorOf(one)


def _name(widget: QWidget) -> str:
    said = widget.text() if isinstance(widget, QLabel) else widget.accessibleName()
    return f"{type(widget).__name__} {said!r}"
