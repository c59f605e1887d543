"""Whom one calls about what is to be mended this evening: the number of the walk's own on-call service."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.base.words import _
from app.domain.records import SafetyWalk
from app.domain.values import known
from ui.widgets.button import Button
from ui.widgets.desk import Desk
from ui.widgets.form import RecordForm
from ui.widgets.look import icon_named
from ui.widgets.paint import CARD_RADIUS
from ui.widgets.phone import ONCALL, oncall_field
from ui.widgets.text import Label, Surface, column


class OncallCard(Surface):
    """The number, or a field to write it in. `done` is the button that says that it was called. `left` is emitted a
    moment after one has left the field, when it is known where one went on to."""

    left = Signal()

    def __init__(self, desk: Desk, done: Button) -> None:
        look = desk.look
        super().__init__(look, "surface", line="hair", radius=CARD_RADIUS)
        self._done = done
        self._name, self.number = Label(look, "", "strong"), Label(look, "", "h1")
        self._missing = Label(look, _("Numret till jouren saknas i planen."), "strong", "warn")
        self._phone = oncall_field(look)
        self.form = RecordForm(desk, SafetyWalk, (ONCALL,), editors={ONCALL: self._phone})
        self._phone.left.connect(lambda: QTimer.singleShot(0, self, self.left.emit))
        self.mend = Button(look, _("Ändra numret"), icon_named("action", "edit"), kind="quiet")
        """Leads to the field where there is a number; it may stand elsewhere."""
        self.mend.clicked.connect(lambda _on: self._mend_number())
        self.box = column(
            Label(look, _("Fel att åtgärda i kväll"), "meta", "text2"), self._name, self.number, self._missing,
            self.form, self._done, 1, self.mend, margin=16, spacing=6,
        )  # fmt: skip
        self.setLayout(self.box)

    def _mend_number(self) -> None:
        self.form.show()
        self._phone.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.mend.hide()

    @property
    def is_at_work(self) -> bool:
        """Whether somebody writes in the field, so that it has to stay where it is."""
        # Of the window: while another one has the keyboard one is still at work in this one.
        focus: QWidget | None = self.window().focusWidget()
        return self._phone.holds_unkept or (focus is not None and self._phone.isAncestorOf(focus))

    def show_walk(self, walk: SafetyWalk) -> None:
        """Show what is so now."""
        phone = (known(walk.oncall_phone, str) or "").strip()
        asks = not phone or self.is_at_work
        self._name.setText((known(walk.oncall_name, str) or "").strip() or _("Jour"))
        self.number.setText(phone)
        for each in (self.number, self._done):
            each.setVisible(bool(phone))
        self._missing.setVisible(not phone)
        self.form.setVisible(asks)
        self.mend.setVisible(not asks)
        self.form.show_record(walk)
