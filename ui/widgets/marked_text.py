"""Texts side by side: what differs, and how that looks."""

import difflib
import re
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextCharFormat, QTextCursor, QTextDocument, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.look import Look

Piece = tuple[str, bool]
"""A piece of text, and whether it differs."""

COLUMN = 200
"""A column for a value is at least so wide."""


def differing(text: str, other: str) -> list[Piece]:
    """`text` in pieces, those that are not in `other` marked. Whole words count."""
    mine, theirs = re.findall(r"\s+|[^\s]+", text), re.findall(r"\s+|[^\s]+", other)
    found: list[Piece] = []
    for tag, start, end, _from, _to in difflib.SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        piece = "".join(mine[start:end])
        if piece:
            found.append((piece, tag != "equal"))
    # A gap between two words that differ belongs to what differs.
    last = len(found) - 1
    joined = [(text, differs or (not text.strip() and 0 < k < last)) for k, (text, differs) in enumerate(found)]
    return [("".join(text for text, _same in group), differs) for differs, group in groupby(joined, itemgetter(1))]


def together(texts: Sequence[str]) -> str:
    """Texts to be written together: each once, one that holds another instead of both."""
    kept = [each.strip() for each in texts if each.strip()]
    alone = [each for k, each in enumerate(kept) if not any(each in other for m, other in enumerate(kept) if m != k)]
    return "\n".join(dict.fromkeys(alone or kept))


class MarkedText(QWidget):
    """Text in which the differing pieces are underlined and tinted. It is plain text, never markup."""

    def __init__(self, look: Look, pieces: Sequence[Piece]) -> None:
        super().__init__()
        self.look = look
        self._document = QTextDocument(self)
        self._document.setDocumentMargin(0)
        self._document.setDefaultFont(look.font("body"))
        self._document.setDefaultTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        plain, marked = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(look.color("text"))
        marked.setForeground(look.color("info"))
        marked.setBackground(look.color("infoBg"))
        marked.setFontUnderline(True)
        cursor = QTextCursor(self._document)
        for text, differs in pieces:
            cursor.insertText(text, marked if differs and text.strip() else plain)
        self.setAccessibleName("".join(text for text, _differs in pieces))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """High enough for all words."""
        self._document.setTextWidth(max(1, width))
        return round(self._document.size().height()) + 2

    def sizeHint(self) -> QSize:
        """As a column wide."""
        return QSize(COLUMN, self.heightForWidth(COLUMN))

    def minimumSizeHint(self) -> QSize:
        """The longest word must fit."""
        words = self._document.toPlainText().split()
        longest = max((self.fontMetrics().horizontalAdvance(word) for word in words), default=0)
        return QSize(min(longest + 2, COLUMN), self.fontMetrics().lineSpacing())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        self._document.setTextWidth(max(1, self.width()))
        self._document.drawContents(QPainter(self))
