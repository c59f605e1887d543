"""Signed remarks on a record of any kind: what others added, and a field for one more."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.errors import GatljusError
from app.base.words import _
from app.commands import observations
from app.commands.records import delete, set_fields
from app.domain.records import Device, Remark
from app.queries.history import signature
from ui.widgets.button import Button, only_icon
from ui.widgets.desk import Desk
from ui.widgets.fields import PLACE_NOT_PEOPLE, TextField
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice
from ui.widgets.text import Label, Surface, column, emptied, row


class Remarks(QWidget):
    """The remarks on one record, oldest first, and a field for a new one.

    A remark is kept from its first letters on, like everything that is typed; `Klar` begins the next one.
    """

    changed = Signal()

    def __init__(self, desk: Desk, scope: str, *, label: str = "") -> None:
        super().__init__()
        self.desk, self.scope, self._target = desk, scope, ""
        self._signed: dict[str, str] = {}
        self._shown: list[Remark] = []
        self._devices: tuple[Device, ...] = ()
        self._typed: Remark | None = None
        self._action: int | None = None
        look = desk.look
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        box.addLayout(self._list)
        self.field = TextField(look, label or _("Ny anmärkning"), _(PLACE_NOT_PEOPLE), lines=2)
        self.field.changed.connect(self._write)
        self.field.left.connect(self._left)
        box.addWidget(self.field)
        self.done = Button(look, _("Lägg till anmärkningen"), icon_named("action", "new"))
        self.done.clicked.connect(self._next)
        box.addWidget(self.done, 0, Qt.AlignmentFlag.AlignLeft)

    def show_of(self, target: str) -> None:
        """Show the remarks on a record as they are now."""
        if target != self._target:
            self._next()
            self._typed, self._action, self._target = None, None, target
            self.field.show_anew("")
        found = [each for each in self.desk.shelf.all_of(Remark, self.scope) if each.target == target]
        typing = self._typed.id if self._typed else ""
        found = sorted((each for each in found if each.id != typing), key=lambda each: (str(each.created), each.id))
        devices = self.desk.shelf.all_of(Device, self.scope)
        if (found, devices) == (self._shown, self._devices):
            return
        if devices != self._devices:
            self._signed.clear()
        self._shown, self._devices = found, devices
        emptied(self._list)
        for each in found:
            self._list.addWidget(self._line(each))

    @property
    def count(self) -> int:
        """How many are shown."""
        return len(self._shown)

    def _signature(self, remark: Remark) -> str:
        # Who made a remark, and when, is for ever; what that one is called is so as long as no device comes.
        if remark.id not in self._signed:
            self._signed[remark.id] = signature(self.desk.session, remark)
        return self._signed[remark.id]

    def _line(self, remark: Remark) -> QWidget:
        look = self.desk.look
        signed = self._signature(remark)
        text = Label(look, str(remark.text))
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        name = _("Ta bort anmärkningen: {text}").format(text=f"{str(remark.text)[:60]}, {signed}")
        remove = only_icon(look, name, icon_named("action", "delete"))
        remove.clicked.connect(lambda: self._remove(remark))
        words = column(text, Label(look, signed, "meta", "text2"), spacing=2)
        box = row(spacing=10)
        box.setContentsMargins(12, 8, 8, 8)
        box.addLayout(words, 1)
        box.addWidget(remove)
        card = Surface(look, "sunken", radius=8)
        card.setLayout(box)
        return card

    def _remove(self, remark: Remark) -> None:
        delete(self.desk.session, remark)
        self.desk.say(Notice(_("Anmärkningen borttagen."), icon_named("action", "delete"), undo=True))

    # The one that is typed

    def _write(self, text: str) -> None:
        if not self._target:
            return
        try:
            if not text.strip():
                self._take_back()
            elif self._typed is None:
                self._begin(text)
            else:
                self._go_on(self._typed, text)
        except GatljusError as error:
            self.field.refuse(str(error))

    def _begin(self, text: str) -> None:
        session = self.desk.session
        made, self._action = observations.begin_remark(session, self.scope, self._target, text, session.settings.role)
        # Just made here: nobody can have been shown anything else.
        (self._typed,) = session.read(Remark, {"id": made})

    def _go_on(self, typed: Remark, text: str) -> None:
        written = set_fields(self.desk.session, typed, {"text": text}, action=self._action)
        self._action = written.action
        seen = typed.seen.after("text", written.stamps.get((typed.id, "text"), ()))
        self._typed = replace(typed, text=text, seen=seen)

    def _take_back(self) -> None:
        """What a person has emptied is no remark: it may have been about somebody."""
        if self._typed is None:
            return
        # Read anew, for a delete covers no more than was seen, and what was typed on since has been.
        for each in self.desk.session.read(Remark, {"id": self._typed.id}):
            if each.text == self._typed.text:
                delete(self.desk.session, each)
        self._typed, self._action = None, None

    def _left(self) -> None:
        self._action = None

    def _next(self) -> None:
        self.field.flush()
        if self._typed is None or self.field.holds_refused:
            return
        self._typed, self._action = None, None
        self.field.show_anew("")
        if self._target:
            self.show_of(self._target)
        self.changed.emit()

    def flush(self) -> None:
        """Write what is still being typed."""
        self.field.flush()
