"""What happened to a record: who, when, from what to what; any value can be put back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import _
from app.queries.history import Past, history_of
from ui.widgets.button import Button
from ui.widgets.desk import Desk
from ui.widgets.fields import ChoiceField
from ui.widgets.text import Icon, Label, Surface, column, emptied, held, row
from ui.widgets.words import moment_words

FIRST = 12
"""So many lines are shown at first."""


class HistoryList(QWidget):
    """The history of one record, newest first, of all fields or of one. `restore(field, value)` is emitted when a
    person wants a value back."""

    restore = Signal(str, object)

    def __init__(self, desk: Desk, scope: str, zone: object) -> None:
        super().__init__()
        self.desk, self.scope, self.zone = desk, scope, zone
        self._kind = self._record = ""
        self._found: list[Past] = []
        self._field: str | None = None
        self._most = FIRST
        look = desk.look
        self._filter = ChoiceField(look, _("Visa historiken för"), (), none=_("Alla uppgifter"))
        self._filter.changed.connect(self._filtered)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._more = Button(look, _("Visa alla"), "chevron-down", name=_("Visa hela historiken"))
        self._more.clicked.connect(self._show_all)
        self._more.hide()
        box = column(self._filter, spacing=10)
        box.addLayout(self._list)
        box.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(box)

    def show_of(self, kind: str, record: str) -> None:
        """Show the history of a record as it is now."""
        if (kind, record) != (self._kind, self._record):
            self._kind, self._record, self._field, self._most = kind, record, None, FIRST
        found = history_of(self.desk.session, self.scope, kind, record)
        if found == self._found:
            return
        self._found = found
        fields = {each.field: each.label for each in found if each.new}
        self._filter.offer(sorted(fields.items(), key=lambda pair: pair[1]))
        self._filter.show_value(self._field)
        self._show()

    def _filtered(self, field: str | None) -> None:
        self._field, self._most = field, FIRST
        self._show()

    def _show_all(self) -> None:
        self._most = len(self._found)
        self._show()

    def _show(self) -> None:
        emptied(self._list)
        found = [each for each in self._found if self._field in (None, each.field)]
        for number, past in enumerate(found[: self._most], 1):
            self._list.addWidget(self._line(past, number))
        self._more.setVisible(len(found) > self._most)

    def _line(self, past: Past, number: int) -> QWidget:
        look = self.desk.look
        when = moment_words(past.at, self.zone, self.desk.session.clock())
        words = column(Label(look, self._said(past), "body"), spacing=2)
        if past.old:
            words.addWidget(Label(look, _("Tidigare: {old}").format(old=past.old), "meta", "text2"))
        words.addWidget(Label(look, ", ".join(each for each in (past.who, when) if each), "meta", "text2"))
        icon = Icon(look, "history", "text2", 20)
        box = row(icon, held(words), spacing=10)
        box.setContentsMargins(12, 8, 8, 8)
        box.setStretch(1, 1)
        box.setAlignment(icon, Qt.AlignmentFlag.AlignTop)
        if past.restorable:
            name = _("Ta tillbaka det här värdet: {field} {value}, rad {n}")
            button = Button(look, _("Ta tillbaka det här värdet"), "undo-variant")
            button.setAccessibleName(name.format(field=past.label, value=past.new[:60], n=number))
            button.clicked.connect(lambda: self.restore.emit(past.field, past.value))
            if self.desk.look.scale < 1.5 and self.width() > 560:
                box.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            else:
                words.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        card = Surface(look, "sunken", radius=8)
        card.setLayout(box)
        return card

    @staticmethod
    def _said(past: Past) -> str:
        return f"{past.label}: {past.new}" if past.new else past.label
