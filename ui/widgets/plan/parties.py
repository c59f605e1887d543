"""*Ansvariga*: who may answer for a measure. Functions, never persons; each walk has its own copy."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from app.base.words import _
from app.commands import records
from app.domain.checklist import seamless
from app.domain.records import Party
from app.domain.values import known
from ui.widgets.button import Button
from ui.widgets.card import Card, Cards
from ui.widgets.desk import Desk
from ui.widgets.form import RecordForm
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice
from ui.widgets.page import Scroll
from ui.widgets.plan.part import Pair, Part, back_to_list
from ui.widgets.rows import Row, RowList
from ui.widgets.text import Heading, Label, column, held, row

OWN = "X"
"""Codes that a walk gave itself begin so; the checklist names the others."""


def is_done(parties: Sequence[Party]) -> bool:
    """Whether anybody can be reached."""
    return any(known(each.contact, str) for each in parties)


class PartiesPart(Part):
    """A list and a form."""

    NAME = "ansvariga"

    def __init__(self, desk: Desk, scope: str, item: str = "") -> None:
        super().__init__(desk, scope, item)
        look = self.look
        self._unnamed = ""
        self.heading = Heading(look, _("Ansvariga"), "h3")
        told = Label(look, _("De som kan få en åtgärd. En funktion, aldrig en person."), "meta", "text2")
        self._list = RowList(look, _("Ansvariga"), marks_current=True)
        self._list.opened.connect(self._open)
        self._list.moved.connect(self._moved)
        add = Button(look, _("Lägg till ansvarig"), icon_named("action", "new"))
        add.clicked.connect(self._add)
        top = held(column(self.heading, told, margin=20, spacing=4))
        # Where there is hardly any height the whole of it scrolls.
        master = Scroll(look, held(column(top, self._list, held(row(add, 1, margin=16)), spacing=0)))
        self._form = RecordForm(desk, Party, ("name", "short", "contact"))
        self._form.fields["short"].hint(_("Får plats i en smal kolumn i protokollet."))
        self._form.fields["contact"].hint(_("Telefon eller adress. Står bara i det interna protokollet."))
        self._remove = Button(look, _("Ta bort"), icon_named("action", "delete"), kind="quiet")
        self._remove.clicked.connect(self._delete)
        self._name = Heading(look, "", "h3")
        card = Card(look, "", self._name, self._form, held(row(self._remove, 1)))
        self._pair = Pair(look, master, Cards(look, card), back_to_list())
        self._pair.closed.connect(self._close)
        self.box.addWidget(self._pair)
        self.refresh()

    def _parties(self) -> tuple[Party, ...]:
        return tuple(sorted(self.desk.shelf.all_of(Party, self.scope), key=lambda each: str(each.name).casefold()))

    def refresh(self) -> None:
        """Show the list, and what is chosen."""
        parties = self._parties()
        self._list.show_rows([self._row(each) for each in parties])
        chosen = next((each for each in parties if each.id == self.item), None)
        self._pair.show_detail(chosen is not None)
        if chosen is not None:
            self._list.choose(chosen.id, tell=False)
            self._name.setText(seamless(str(chosen.name)))
            self._form.show_record(chosen)
            self._remove.setVisible(str(chosen.code).startswith(OWN))
            if self._unnamed == chosen.id:
                self._unnamed = ""
                self._ask_name()

    def _row(self, party: Party) -> Row:
        contact = known(party.contact, str) or ""
        return Row(party.id, seamless(str(party.name)), contact, icon="domain", right=str(party.code))

    def _moved(self, key: str) -> None:
        if self._pair.is_beside:
            self._open(key)

    def _open(self, key: str) -> None:
        self._form.flush()
        self.item = key
        self.refresh()

    def _add(self) -> None:
        taken = {str(each.code) for each in self._parties()}
        code = next(f"{OWN}{n}" for n in range(1, 10_000) if f"{OWN}{n}" not in taken)
        said = {"code": code, "name": _("Ny ansvarig")}
        # It is shown, and its name is asked for, when the bell has told of it.
        self._unnamed = records.add(self.desk.session, Party.KIND, self.scope, said)
        self._open(self._unnamed)

    def _ask_name(self) -> None:
        editor = self._form.fields["name"].editor
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        editor.selectAll()  # type: ignore[attr-defined]

    def _delete(self) -> None:
        party = self.desk.shelf.one(Party, self.scope, self.item)
        if party is not None:
            self._form.flush()
            records.delete(self.desk.session, party)
            self.item = ""
            text = _("{name} togs bort.").format(name=party.name)
            self.desk.say(Notice(text, icon_named("action", "delete"), undo=True))

    def step_back(self) -> bool:
        """Back to the list."""
        if not self._pair.is_open:
            return False
        self._close()
        return True

    def _close(self) -> None:
        self.flush()
        self.item = ""
        self.refresh()
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Write what is still being typed."""
        self._form.flush()
