"""Fler tyckte så: who else said the same of an observation, counted and by role, never by name."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import _, ngettext
from app.commands import observations
from app.commands.records import delete
from app.domain.records import Observation, Support
from app.domain.values import known
from ui.widgets.button import Button, only_icon
from ui.widgets.desk import Desk
from ui.widgets.fields import TextField, forget_unkept, whole_field
from ui.widgets.form import RecordForm
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice
from ui.widgets.text import Label, held, row


class _Line(QWidget):
    """One of those who said the same: how many, which role."""

    def __init__(self, desk: Desk, support: Support) -> None:
        super().__init__()
        self.desk, self.support = desk, support
        look = desk.look
        count, role = whole_field(look, ""), TextField(look, "", placeholder=_("Roll, som boende"))
        count.editor.setFixedWidth(round(76 * look.scale))
        self.form = RecordForm(desk, Support, ("count", "role"), editors={"count": count, "role": role}, lay_out=False)
        self._gone = only_icon(look, "", icon_named("action", "delete"))
        self._gone.clicked.connect(self._remove)
        box = row(count, role, self._gone, self.form, spacing=8)
        box.setStretch(1, 1)
        self.form.hide()
        self.setLayout(box)

    def show_support(self, support: Support, number: int) -> None:
        """Show it as it is now, in this place of the row."""
        self.support = support
        count, role = self.form.fields["count"].editor, self.form.fields["role"].editor
        count.setAccessibleName(_("Antal som tyckte så, rad {n}").format(n=number))
        role.setAccessibleName(_("Roll för dem som tyckte så, rad {n}").format(n=number))
        name = _("Ta bort dem som tyckte så, rad {n}").format(n=number)
        self._gone.setAccessibleName(name)
        self._gone.setToolTip(name)
        self.form.show_record(support)

    def _remove(self) -> None:
        self.form.flush()
        support = self.desk.shelf.now(Support, self.support.scope, self.support.id)
        if support is None:
            return
        delete(self.desk.session, support)
        forget_unkept(self)
        self.desk.say(Notice(_("Borttaget ur antalet."), icon_named("action", "delete"), undo=True))


class Supporters(QWidget):
    """Those who said the same of one observation. One press counts one more; role and number can be said after."""

    def __init__(self, desk: Desk, scope: str) -> None:
        super().__init__()
        self.desk, self.scope = desk, scope
        self._observation: Observation | None = None
        self._lines: dict[str, _Line] = {}
        look = desk.look
        self._count = Label(look, "", "body")
        more = Button(look, _("Fler tyckte så"), "account-plus-outline", name=_("Fler tyckte så, en till"))
        more.clicked.connect(self._one_more)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        head = row(self._count, more, spacing=12)
        head.setStretch(0, 1)
        head.setAlignment(more, Qt.AlignmentFlag.AlignRight)
        box.addWidget(held(head))
        box.addLayout(self._list)

    def show_of(self, observation: Observation) -> None:
        """Show those of an observation as they are now."""
        self._observation = observation
        found = [each for each in self.desk.shelf.all_of(Support, self.scope) if each.observation == observation.id]
        found.sort(key=lambda each: (str(each.created), each.id))
        total = 1 + sum(known(each.count, int) or 0 for each in found)
        self._count.setText(ngettext("Noterad av {n}.", "Noterad av {n}.", total).format(n=total))
        ids = [each.id for each in found]
        if list(self._lines) != ids:
            self._make_lines(found)
        for number, each in enumerate(found, 1):
            self._lines[each.id].show_support(each, number)

    def _make_lines(self, found: list[Support]) -> None:
        kept = {each.id for each in found}
        for key in [key for key in self._lines if key not in kept]:
            gone = self._lines.pop(key)
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for each in found:
            if each.id not in self._lines:
                self._lines[each.id] = _Line(self.desk, each)
                self._list.addWidget(self._lines[each.id])

    def _one_more(self) -> None:
        if self._observation is None:
            return
        observations.support(self.desk.session, self._observation)
        self.desk.say(Notice(_("En till tyckte så."), "account-plus-outline", undo=True))

    def flush(self) -> None:
        """Write what is still being typed."""
        for each in self._lines.values():
            each.form.flush()
