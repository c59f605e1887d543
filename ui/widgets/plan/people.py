"""*Deltagare och grupper*: how many of which role, and in which groups they walk. Names are apart, of one's own free
will, and can be erased for ever."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.base.words import N_, _, ngettext
from app.domain.record import field_of, word_of
from app.domain.records import Participant
from app.domain.values import known
from ui.widgets.button import Button
from ui.widgets.card import Card, Cards
from ui.widgets.desk import Desk
from ui.widgets.flow import Flow
from ui.widgets.form import RecordForm
from ui.widgets.group import KeyGroup
from ui.widgets.list_scroll import PageList
from ui.widgets.look import icon_named
from ui.widgets.notice import empty_state
from ui.widgets.plan.groups import GroupsPanel
from ui.widgets.plan.listed import ListedPart
from ui.widgets.plan.name import NameCard
from ui.widgets.rows import Row
from ui.widgets.text import Heading, Label, column, held, row

ROLES = (
    N_("Boende"), N_("Förening"), N_("Kommunen"), N_("Fastighetsägare"), N_("Polis"), N_("Räddningstjänst"),
    N_("Skola"), N_("Politiker"), N_("Ledare"), N_("Sekreterare"), N_("Fotograf"), N_("Näringsidkare"),
)  # fmt: skip


def is_done(people: Sequence[Participant]) -> bool:
    """Whether anybody is expected."""
    return bool(people)


class PeoplePart(ListedPart[Participant]):
    """Counts by role, and a form for each."""

    NAME = "deltagare"
    RECORD = Participant
    NAMED = "role"

    def __init__(self, desk: Desk, scope: str, item: str = "") -> None:
        super().__init__(desk, scope, item)
        look = self.look
        self._head = self.heading = Heading(look, "", "h3")
        told = Label(look, _("Roller och antal räcker. Namn är frivilligt."), "meta", "text2")
        self.list = _LowList(look, _("Deltagare"), marks_current=True)
        self._empty = empty_state(
            look, "account-group-outline", _("Inga deltagare än."), _("Skriv hur många som kommer, efter roll.")
        )
        add = Button(look, _("Lägg till deltagare"), "account-multiple-plus-outline")
        head = held(column(self._head, told, margin=20, spacing=4))
        self._groups = GroupsPanel(desk, scope)
        self.pair_up(head, self._detail(), add, self._empty, below=self._groups)
        self.refresh()

    def _detail(self) -> Cards:
        look = self.look
        self.form = RecordForm(self.desk, Participant, ("role", "organisation", "count", "age_band", "sex"))
        self.form.fields["sex"].hint(_("Bara om det behövs för att se vilka som var med."))
        self.form.fields["age_band"].hint(_("Visas först när fem eller fler är med."))
        roles = [self._role(_(each)) for each in ROLES]
        remove = Button(look, _("Ta bort raden"), icon_named("action", "delete"), kind="quiet")
        remove.clicked.connect(self.remove)
        self._title = Heading(look, "", "h3")
        self._names = NameCard(self.desk, self.scope)
        common = QWidget()
        flow = Flow(look.gap, common)
        for each in roles:
            flow.addWidget(each)
        self._group = KeyGroup(roles, self)
        card = Card(look, "", self._title, Label(look, _("Vanliga roller"), "meta", "text2"), common, self.form)
        card.body.addWidget(held(row(remove, 1)))
        return Cards(look, card, self._names)

    def _role(self, word: str) -> Button:
        button = Button(self.look, word, rank="body", name=_("Roll: {role}").format(role=word))
        button.clicked.connect(lambda: self._set_role(word))
        return button

    def _set_role(self, word: str) -> None:
        self.form.write("role", word)
        self.refresh()

    def shown(self) -> Sequence[Participant]:
        """By role."""
        people = self.desk.shelf.all_of(Participant, self.scope)
        return sorted(people, key=lambda each: (str(each.role).casefold(), each.id))

    def refresh(self) -> None:
        """Show how many there are, the list, and who is chosen."""
        people = self.shown()
        count = sum(known(each.count, int) or 1 for each in people)
        self._head.setText(ngettext("{n} deltagare", "{n} deltagare", count).format(n=count))
        self._groups.show_for(count)
        self._empty.setVisible(not people)
        self.list.setVisible(bool(people))
        super().refresh()

    def show_one(self, thing: Participant) -> None:
        """The role over the form; the name, which is apart."""
        super().show_one(thing)
        self._title.setText(_title(thing))
        self._names.show_person(thing, self.walk())

    def row_of(self, thing: Participant) -> Row:
        """Role, facts, how many."""
        age = word_of(field_of(Participant, "age_band"), str(thing.age_band)) if thing.age_band else ""
        facts = ", ".join(part for part in (str(thing.organisation or ""), age, str(thing.sex or "")) if part)
        return Row(thing.id, _title(thing), facts, icon="account-multiple-outline", right=str(thing.count))

    def begun(self) -> dict[str, Any]:
        """One person, of a role that is asked for."""
        return {"count": 1}

    def told(self, thing: Participant) -> str:
        """By role."""
        return _("{role} togs bort ur deltagarlistan.").format(role=_title(thing))

    def flush(self) -> None:
        """Write what is still being typed, the name too."""
        super().flush()
        self._names.flush()
        self._groups.flush()


class _LowList(PageList):
    """As high as its rows at the most, so that the groups stand right under them."""

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Other rows, perhaps another height."""
        super().show_rows(rows)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, perhaps other lines."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setMaximumHeight(sum(self.sizeHintForRow(place) for place in range(len(self.rows.things))) + 2)


def _title(each: Participant) -> str:
    return str(each.role or "").strip() or _("Roll saknas")
