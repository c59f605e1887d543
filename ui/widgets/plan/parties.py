"""*Ansvariga*: who may answer for a measure. Functions, never persons; each walk has its own copy."""

from collections.abc import Sequence
from typing import Any

from app.base.words import _
from app.domain.checklist import seamless
from app.domain.parties import is_own, own_code
from app.domain.records import Party
from app.domain.values import known
from ui.widgets.button import Button
from ui.widgets.card import Card, Cards
from ui.widgets.desk import Desk
from ui.widgets.form import RecordForm
from ui.widgets.list_scroll import PageList
from ui.widgets.look import icon_named
from ui.widgets.plan.listed import ListedPart
from ui.widgets.rows import Row
from ui.widgets.text import Heading, Label, column, held, row


def is_done(parties: Sequence[Party]) -> bool:
    """Whether anybody can be reached."""
    return any(known(each.contact, str) for each in parties)


class PartiesPart(ListedPart[Party]):
    """A list and a form."""

    NAME = "ansvariga"
    RECORD = Party
    NAMED = "name"

    def __init__(self, desk: Desk, scope: str, item: str = "") -> None:
        super().__init__(desk, scope, item)
        look = self.look
        self.heading = Heading(look, _("Ansvariga"), "h3")
        told = Label(look, _("De som kan få en åtgärd. En funktion, aldrig en person."), "meta", "text2")
        self.list = PageList(look, _("Ansvariga"), marks_current=True)
        self.form = RecordForm(desk, Party, ("name", "short", "contact"))
        self.form.fields["short"].hint(_("Får plats i en smal kolumn i protokollet."))
        self.form.fields["contact"].hint(_("Telefon eller adress. Står bara i det interna protokollet."))
        self._remove = Button(look, _("Ta bort"), icon_named("action", "delete"), kind="quiet")
        self._remove.clicked.connect(self.remove)
        self._name = Heading(look, "", "h3")
        card = Card(look, "", self._name, self.form, held(row(self._remove, 1)))
        add = Button(look, _("Lägg till ansvarig"), icon_named("action", "new"))
        self.pair_up(held(column(self.heading, told, margin=20, spacing=4)), Cards(look, card), add)
        self.refresh()

    def shown(self) -> Sequence[Party]:
        """By name."""
        return sorted(self.desk.shelf.all_of(Party, self.scope), key=lambda each: str(each.name).casefold())

    def show_one(self, thing: Party) -> None:
        """Its name over the form; those of the checklist stay."""
        super().show_one(thing)
        self._name.setText(seamless(str(thing.name)))
        self._remove.setVisible(is_own(thing.code))

    def row_of(self, thing: Party) -> Row:
        """Name, how it is reached, code."""
        contact = known(thing.contact, str) or ""
        return Row(thing.id, seamless(str(thing.name)), contact, icon="domain", right=str(thing.code))

    def begun(self) -> dict[str, Any]:
        """A code that nobody has, and a name to write over."""
        return {"code": own_code({each.code for each in self.shown()}), "name": _("Ny ansvarig")}

    def told(self, thing: Party) -> str:
        """By its name."""
        return _("{name} togs bort.").format(name=thing.name)
