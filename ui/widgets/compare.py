"""Values that stand against each other, side by side: who wrote what and when, what differs, and which one holds."""

import difflib
import re
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QTextCharFormat, QTextCursor, QTextDocument, QTextOption
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.base.errors import GatljusError
from app.base.words import N_, _, ngettext
from app.commands.records import resolve, resolve_with, set_fields
from app.domain.record import Record, field_of
from app.queries.history import Clash, Side
from app.settings import load_joined, save_joined
from ui.widgets.button import Button
from ui.widgets.desk import Desk
from ui.widgets.fields import PLACE_NOT_PEOPLE, TextField
from ui.widgets.flow import Flow, FlowGrid
from ui.widgets.look import Look, icon_named
from ui.widgets.notice import Notice
from ui.widgets.paint import CARD_RADIUS
from ui.widgets.text import Icon, Label, Surface, column, emptied, held, row
from ui.widgets.words import moment_words

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


About = tuple[str, str, str]
"""Kind, id and field of what a conflict is about."""

JOINED = N_("{field}, ihopskriven")


def joined_texts(desk: Desk, scope: str) -> dict[About, str]:
    """The texts of a walk that were begun to be put together, and neither used nor thrown away."""
    found = {tuple(key.split(" ")): text for key, text in load_joined(desk.session.home).items()}
    return {(key[1], key[2], key[3]): text for key, text in found.items() if len(key) == 4 and key[0] == scope}


class Compare(Surface):
    """A conflict about one field of one record, settled in place. `where` says which record, in words, where the card
    does not stand beside its field. Emits `settled` once something has been chosen.

    What is put together is kept within a second, on this device, and becomes the value when a person says so. Where
    the conflict is settled elsewhere meanwhile, the card stays with that text until it is used or thrown away.
    """

    settled = Signal()

    def __init__(self, desk: Desk, zone: object, scope: str, about: About, where: str = "") -> None:
        super().__init__(desk.look, "surface", line="warn", radius=CARD_RADIUS)
        self.desk, self.zone, self.where, self.about = desk, zone, where, about
        self.clash: Clash | None = None
        self._record: Record | None = None
        self._scope = scope
        look = desk.look
        self._title, self._detail = Label(look, "", "h3"), Label(look, "", "meta", "text2")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        icon = Icon(look, icon_named("state", "conflict"), "warn", 28)
        head = row(icon, spacing=12)
        head.addLayout(words, 1)
        head.setAlignment(icon, Qt.AlignmentFlag.AlignTop)
        self._sides = QVBoxLayout()
        self._begin: Button | None = None
        self._editor: TextField | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(14, 12, 14, 14)
        self._box.setSpacing(12)
        self._box.addLayout(head)
        self._box.addLayout(self._sides)
        self._wrong = Label(look, "", "meta", "danger")
        self._wrong.hide()
        self._box.addWidget(self._wrong)

    def show_clash(self, clash: Clash, record: Record | None) -> None:
        """Show the conflict about the record as it is shown. What is being put together stays."""
        self._record = record
        before, self.clash = self.clash, clash
        if before is not None and before.sides == clash.sides:
            return
        self._say(clash)
        emptied(self._sides)
        columns = [self._column(clash, side) for side in clash.sides]
        self._sides.addWidget(FlowGrid(self.look, columns, least=COLUMN, most=len(columns), spacing=12))
        if clash.is_text and record is not None and self._begin is None:
            self._offer_writing(clash)
            kept = self._kept()
            if kept and self._editor is None:
                self._open_editor(kept)

    def show_settled(self, record: Record) -> None:
        """Show that the conflict is settled, with the text that was being put together."""
        self._record, self.clash = record, None
        emptied(self._sides)
        label = self._label()
        title = _("”{field}” är redan vald på en annan platta").format(field=label)
        detail = _("Det du skrev ihop finns kvar här tills du använder eller kastar det.")
        self._title.setText(title)
        self._detail.setText(f"{self.where}. {detail}" if self.where else detail)
        self.setAccessibleName(f"{title}, {self.where}" if self.where else title)
        if self._begin is not None:
            self._begin.hide()
        if self._editor is None:
            self._open_editor(self._kept())

    def _say(self, clash: Clash) -> None:
        count = len(clash.sides)
        if clash.at_delete:
            title = _("Borttagen på en platta, ändrad på en annan")
            detail = _("Välj om den ska finnas kvar.")
        elif clash.is_text and count == 2:
            title, detail = _("Två versioner av samma text"), _("Båda finns kvar, välj vad protokollet visar.")
        else:
            title = ngettext("{n} version av ”{field}”", "{n} versioner av ”{field}”", count)
            title = title.format(n=count, field=clash.label)
            detail = _("Alla finns kvar, välj vad protokollet visar.")
        self._title.setText(title)
        self._detail.setText(f"{self.where}. {detail}" if self.where else detail)
        self.setAccessibleName(f"{title}, {self.where or clash.record}")

    def _column(self, clash: Clash, side: Side) -> QWidget:
        look = self.look
        card = Surface(look, "raised", line="line", radius=CARD_RADIUS)
        who = Label(look, side.who or _("Okänd platta"), "strong")
        when = Label(look, moment_words(side.at, self.zone, self.desk.session.clock()), "meta", "text2")
        icon = Icon(look, "tablet", "text2", 22)
        head = row(icon, spacing=8)
        head.setAlignment(icon, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(who)
        words.addWidget(when)
        head.addLayout(words, 1)
        box = QVBoxLayout(card)
        box.setContentsMargins(14, 12, 14, 12)
        box.setSpacing(10)
        box.addLayout(head)
        box.addWidget(self._value(clash, side))
        box.addStretch(1)
        word = self._choice_word(clash, side)
        button = Button(look, word, name=f"{word}: {side.who}, {clash.label}, {clash.record}")
        button.clicked.connect(lambda: self._choose(side))
        box.addWidget(button)
        return card

    def _choice_word(self, clash: Clash, side: Side) -> str:
        if not clash.at_delete:
            return _("Använd den här")
        return _("Ta bort ändå") if side.gone else _("Behåll")

    def _value(self, clash: Clash, side: Side) -> QWidget:
        if clash.at_delete:
            return Label(self.look, _("Tog bort.") if side.gone else _("Ändrade efter det."), "body")
        others = [each.words for each in clash.sides if each is not side]
        if clash.is_text and side.value:
            return MarkedText(self.look, differing(side.words, others[0] if others else ""))
        return Label(self.look, side.words, "h2" if len(side.words) < 40 else "body")

    # Written together

    def _key(self) -> str:
        return " ".join((self._scope, *self.about))

    def _kept(self) -> str:
        return load_joined(self.desk.session.home).get(self._key(), "")

    def _keep(self, text: str) -> None:
        save_joined(self.desk.session.home, self._key(), text.strip())

    def _label(self) -> str:
        if self.clash is not None or self._record is None:
            return self.clash.label if self.clash else self.about[2]
        return _(field_of(type(self._record), self.about[2]).label)

    def _offer_writing(self, clash: Clash) -> None:
        self._begin = Button(self.look, _("Skriv ihop dem"), icon_named("action", "edit"))
        self._begin.setAccessibleName(f"{self._begin.text()}: {clash.label}, {clash.record}")
        self._begin.clicked.connect(self._begin_writing)
        self._box.addWidget(self._begin, 0, Qt.AlignmentFlag.AlignLeft)

    def _begin_writing(self) -> None:
        assert self.clash is not None
        editor = self._open_editor(together([each.words for each in self.clash.sides if each.value]))
        editor.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_editor(self, text: str) -> TextField:
        if self._begin is not None:
            self._begin.hide()
        label = self._label()
        self._editor = TextField(self.look, _(JOINED).format(field=label), _(PLACE_NOT_PEOPLE), lines=3)
        self._editor.show_value(text)
        self._editor.changed.connect(self._keep)
        use = Button(self.look, _("Använd den ihopskrivna"), "check")
        use.clicked.connect(self._use_written)
        drop = Button(self.look, _("Kasta den ihopskrivna"), icon_named("action", "delete"), kind="quiet")
        drop.clicked.connect(self._throw_away)
        for each in (use, drop):
            each.setAccessibleName(f"{each.text()}: {label}, {self.about[1]}")
        foot = QWidget()
        acts = Flow(self.look.gap, foot)
        acts.addWidget(use)
        acts.addWidget(drop)
        self._writing = held(column(self._editor, foot, spacing=10))
        self._box.addWidget(self._writing)
        self._writing.show()
        return self._editor

    def _use_written(self) -> None:
        assert self._editor is not None
        assert self._record is not None
        self._editor.flush()
        text = self._editor.text()
        try:
            if self.clash is not None:
                resolve_with(self.desk.session, self.clash.conflict, self._record, text)
            else:
                set_fields(self.desk.session, self._record, {self.about[2]: text})
        except GatljusError as error:
            self._refuse(error)
            return
        self._keep("")
        self._after(_("Valt: den ihopskrivna texten. De andra finns i historiken."))

    def _throw_away(self) -> None:
        assert self._editor is not None
        self._editor.flush()
        self._keep("")
        self._editor = None
        self._box.removeWidget(self._writing)
        self._writing.hide()
        self._writing.deleteLater()
        if self.clash is not None and self._begin is not None:
            self._begin.show()
        else:
            self.hide()
            self.settled.emit()

    def flush(self) -> None:
        """Keep what is being put together."""
        if self._editor is not None:
            self._editor.flush()

    # Chosen

    def _choose(self, side: Side) -> None:
        assert self.clash is not None
        self.flush()
        try:
            resolve(self.desk.session, self.clash.conflict, self._scope, side.choice)
        except GatljusError as error:
            self._refuse(error)
            return
        self._keep("")
        if self.clash.at_delete:
            self._after(_("Borttagen.") if side.gone else _("Den finns kvar."))
        else:
            rest = ngettext("Den andra finns i historiken.", "De andra finns i historiken.", len(self.clash.sides) - 1)
            self._after(_("Valt: {who}. {rest}").format(who=side.who, rest=rest))

    def _refuse(self, error: GatljusError) -> None:
        self._wrong.setText(str(error))
        self._wrong.show()

    def _after(self, text: str) -> None:
        self.desk.say(Notice(text, "check", undo=True))
        self.settled.emit()
