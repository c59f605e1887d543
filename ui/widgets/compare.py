"""Values that stand against each other, side by side: who wrote what and when, what differs, and which one holds."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from app.base.errors import GatljusError
from app.base.words import N_, _, ngettext
from app.commands.records import resolve, resolve_with, set_fields
from app.domain.record import Record, field_of
from app.queries.history import Clash, Side
from app.queries.telling import kind_word
from app.settings import load_joined, save_joined
from ui.widgets.button import Button
from ui.widgets.desk import Desk
from ui.widgets.fields import PLACE_NOT_PEOPLE, TextField
from ui.widgets.flow import Flow, FlowGrid
from ui.widgets.left_to_review import About
from ui.widgets.look import icon_named
from ui.widgets.marked_text import COLUMN, MarkedText, differing, together
from ui.widgets.notice import Notice
from ui.widgets.paint import CARD_RADIUS
from ui.widgets.text import Icon, Label, Surface, column, emptied, held, row
from ui.widgets.words import moment_words

JOINED = N_("{field}, ihopskriven")


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
        self._add_parts(head)

    def _add_parts(self, head: QLayout) -> None:
        look = self.look
        self._choices: list[tuple[Side, Button]] = []
        self._more, self._more_box = QWidget(), Flow(look.gap)
        self._more.setLayout(self._more_box)
        self._both: Button | None = None
        self._begin: Button | None = None
        self._editor: TextField | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(14, 12, 14, 14)
        self._box.setSpacing(12)
        self._box.addLayout(head)
        self._box.addLayout(self._sides)
        self._box.addWidget(self._more)
        self._more.hide()
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
        self._choices.clear()
        columns = [self._column(clash, side) for side in clash.sides]
        self._sides.addWidget(FlowGrid(self.look, columns, least=COLUMN, most=len(columns), spacing=12))
        emptied(self._more_box)
        self._both, self._begin = None, None
        self._more.setVisible(clash.is_text and record is not None)
        if clash.is_text and record is not None:
            self._offer_both(clash)
            self._offer_writing(clash)
            kept = self._kept()
            if kept and self._editor is None:
                self._open_editor(kept)

    def show_settled(self, record: Record) -> None:
        """Show that the conflict is settled, with the text that was being put together."""
        self._record, self.clash = record, None
        emptied(self._sides)
        self._choices.clear()
        self._more.hide()
        label = self._label()
        title = _("”{field}” är redan vald på en annan platta").format(field=label)
        detail = _("Det du skrev ihop finns kvar här tills du använder eller kastar det.")
        self._title.setText(title)
        self._detail.setText(f"{self.where}. {detail}" if self.where else detail)
        self.setAccessibleName(f"{title}, {self.where}" if self.where else title)
        if self._editor is None:
            self._open_editor(self._kept())

    def _say(self, clash: Clash) -> None:
        count = len(clash.sides)
        if clash.at_delete:
            kept = _("Välj om {what} ska finnas kvar.").format(what=kind_word(clash.conflict.kind))
            title, detail = self._said_of_delete(clash), kept
        elif clash.is_text and count == 2:
            title, detail = _("Två versioner av samma text"), _("Båda finns kvar, välj vad protokollet visar.")
        else:
            title = ngettext("{n} version av ”{field}”", "{n} versioner av ”{field}”", count)
            title = title.format(n=count, field=clash.label)
            both = _("Båda finns kvar, välj vad protokollet visar.")
            detail = both if count == 2 else _("Alla finns kvar, välj vad protokollet visar.")
        self._title.setText(title)
        self._detail.setText(f"{self.where}. {detail}" if self.where else detail)
        self.setAccessibleName(f"{title}, {self.where or clash.record}")

    @staticmethod
    def _said_of_delete(clash: Clash) -> str:
        gone = ", ".join(each.short for each in clash.sides if each.gone)
        kept = ", ".join(each.short for each in clash.sides if not each.gone)
        if clash.only_added:
            return _("{gone} tog bort utan att ha sett vad {kept} lade till.").format(gone=gone, kept=kept)
        return _("{gone} tog bort utan att ha sett vad {kept} ändrade.").format(gone=gone, kept=kept)

    def acts(self) -> list[Button]:
        """What settles it, in the order in which it is read."""
        more = [each for each in (self._both, self._begin) if each is not None and not each.isHidden()]
        return [*(button for _side, button in self._choices), *(more if not self._more.isHidden() else [])]

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
        button = Button(look, "")
        button.clicked.connect(lambda: self._choose(side))
        self._choices.append((side, button))
        self._name_choice(clash, side, button)
        box.addWidget(button)
        return card

    def _name_choice(self, clash: Clash, side: Side, button: Button) -> None:
        word = self._choice_word(clash, side)
        button.setText(word)
        button.setAccessibleName(f"{word}: {side.who}, {clash.label}, {clash.record}")
        button.updateGeometry()

    def _keeps_both(self) -> bool:
        return self._both is not None and self._both.isChecked()

    def _choice_word(self, clash: Clash, side: Side) -> str:
        if self._keeps_both():
            return _("Den här ska gälla")
        if not clash.at_delete:
            return _("Använd den här")
        return _("Ta bort ändå") if side.gone else _("Behåll")

    def _value(self, clash: Clash, side: Side) -> QWidget:
        if clash.at_delete:
            lines = (_("Tog bort."),) if side.gone else side.told
            return held(column(*(Label(self.look, each) for each in lines), spacing=4))
        others = [each.words for each in clash.sides if each is not side]
        if clash.is_text and side.value:
            return MarkedText(self.look, differing(side.words, others[0] if others else ""))
        return Label(self.look, side.words, "h2" if len(side.words) < 40 else "body")

    # Both kept

    def _offer_both(self, clash: Clash) -> None:
        said = {str(each.value or "").strip() for each in clash.sides} - {""}
        if len(said) < 2:
            return
        many = len(clash.sides) > 2
        word = _("Behåll alla, de andra som anmärkningar") if many else _("Behåll båda, den ena som anmärkning")
        self._both = Button(self.look, word, name=f"{word}: {clash.label}, {clash.record}")
        self._both.setCheckable(True)
        self._both.toggled.connect(lambda _on: self._rename_choices())
        self._more_box.addWidget(self._both)

    def _rename_choices(self) -> None:
        if self.clash is not None:
            for side, button in self._choices:
                self._name_choice(self.clash, side, button)
        if self._keeps_both() and self._choices:
            self._choices[0][1].setFocus(Qt.FocusReason.OtherFocusReason)

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
        self._more_box.addWidget(self._begin)
        self._begin.setVisible(self._editor is None)

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
            kept = resolve(
                self.desk.session, self.clash.conflict, self._scope, side.choice, keep_others=self._keeps_both()
            )
        except GatljusError as error:
            self._refuse(error)
            return
        self._keep("")
        if self.clash.at_delete:
            self._after(_("Valt: ta bort.") if side.gone else _("Valt: behåll."))
            return
        others = len(self.clash.sides) - 1
        rest = ngettext("Den andra finns i historiken.", "De andra finns i historiken.", others)
        if kept:
            rest = ngettext("Den andra är kvar som anmärkning.", "De andra är kvar som anmärkningar.", len(kept))
        self._after(_("Valt: {who}. {rest}").format(who=side.short, rest=rest))

    def _refuse(self, error: GatljusError) -> None:
        self._wrong.setText(str(error))
        self._wrong.show()

    def _after(self, text: str) -> None:
        self.desk.say(Notice(text, "check", undo=True))
        self.settled.emit()
