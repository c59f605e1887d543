"""*Deltagare*: how many of which role. Names are apart, of one's own free will, and can be erased for ever."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.base.words import N_, _, ngettext
from app.commands import records
from app.domain.records import Participant
from app.domain.values import known
from ui.widgets.button import Button
from ui.widgets.card import Card, Cards
from ui.widgets.desk import Desk
from ui.widgets.flow import Flow
from ui.widgets.form import WORDS, RecordForm
from ui.widgets.group import KeyGroup
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice, empty_state
from ui.widgets.page import Scroll
from ui.widgets.plan.name import NameCard
from ui.widgets.plan.part import Pair, Part, back_to_list
from ui.widgets.rows import Row, RowList
from ui.widgets.text import Heading, Label, column, held, row

ROLES = (
    N_("Boende"), N_("Förening"), N_("Kommunen"), N_("Fastighetsägare"), N_("Polis"), N_("Räddningstjänst"),
    N_("Skola"), N_("Politiker"), N_("Ledare"), N_("Sekreterare"), N_("Fotograf"), N_("Näringsidkare"),
)  # fmt: skip


def is_done(people: Sequence[Participant]) -> bool:
    """Whether anybody is expected."""
    return bool(people)


class PeoplePart(Part):
    """Counts by role, and a form for each."""

    NAME = "deltagare"

    def __init__(self, desk: Desk, scope: str, item: str = "") -> None:
        super().__init__(desk, scope, item)
        look = self.look
        self._unnamed = ""
        self.heading = Heading(look, "", "h3")
        told = Label(look, _("Roller och antal räcker. Namn är frivilligt."), "meta", "text2")
        self._list = RowList(look, _("Deltagare"), marks_current=True)
        self._list.opened.connect(self._open)
        self._list.moved.connect(self._moved)
        add = Button(look, _("Lägg till deltagare"), "account-multiple-plus-outline")
        add.clicked.connect(self._add)
        self._empty = empty_state(
            look, "account-group-outline", _("Inga deltagare än."), _("Skriv hur många som kommer, efter roll.")
        )
        top = held(column(self.heading, told, margin=20, spacing=4))
        # Where there is hardly any height the whole of it scrolls.
        master = Scroll(look, held(column(top, self._empty, self._list, held(row(add, 1, margin=16)), spacing=0)))
        self._pair = Pair(look, master, self._detail(), back_to_list())
        self._pair.closed.connect(self._close)
        self.box.addWidget(self._pair)
        self.refresh()

    def _detail(self) -> Cards:
        look = self.look
        self._form = RecordForm(self.desk, Participant, ("role", "organisation", "count", "age_band", "sex"))
        self._form.fields["sex"].hint(_("Bara om det behövs för att se vilka som var med."))
        self._form.fields["age_band"].hint(_("Visas först när fem eller fler är med."))
        roles = [self._role(_(each)) for each in ROLES]
        self._remove = Button(look, _("Ta bort raden"), icon_named("action", "delete"), kind="quiet")
        self._remove.clicked.connect(self._delete)
        self._title = Heading(look, "", "h3")
        self._names = NameCard(self.desk, self.scope)
        common = QWidget()
        flow = Flow(look.gap, common)
        for each in roles:
            flow.addWidget(each)
        self._group = KeyGroup(roles, self)
        card = Card(look, "", self._title, Label(look, _("Vanliga roller"), "meta", "text2"), common, self._form)
        card.body.addWidget(held(row(self._remove, 1)))
        return Cards(look, card, self._names)

    def _role(self, word: str) -> Button:
        button = Button(self.look, word, rank="body", name=_("Roll: {role}").format(role=word))
        button.clicked.connect(lambda: self._set_role(word))
        return button

    def _set_role(self, word: str) -> None:
        self._form.write("role", word)
        self.refresh()

    # What is so

    def _people(self) -> tuple[Participant, ...]:
        people = self.desk.shelf.all_of(Participant, self.scope)
        return tuple(sorted(people, key=lambda each: (str(each.role).casefold(), each.id)))

    def refresh(self) -> None:
        """Show the list, and who is chosen."""
        people = self._people()
        count = sum(known(each.count, int) or 1 for each in people)
        assert isinstance(self.heading, Heading)
        self.heading.setText(ngettext("{n} deltagare", "{n} deltagare", count).format(n=count))
        self._empty.setVisible(not people)
        self._list.setVisible(bool(people))
        self._list.show_rows([self._row(each) for each in people])
        chosen = next((each for each in people if each.id == self.item), None)
        self._pair.show_detail(chosen is not None)
        if chosen is not None:
            self._list.choose(chosen.id, tell=False)
            self._title.setText(_title(chosen))
            self._form.show_record(chosen)
            self._names.show_person(chosen, self.walk())
            if self._unnamed == chosen.id:
                self._unnamed = ""
                self._form.fields["role"].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, each: Participant) -> Row:
        age = _(WORDS[each.age_band]) if each.age_band in WORDS else str(each.age_band or "").replace("-", "–")
        facts = ", ".join(part for part in (str(each.organisation or ""), age, str(each.sex or "")) if part)
        return Row(each.id, _title(each), facts, icon="account-multiple-outline", right=str(each.count))

    # What can be done

    def _moved(self, key: str) -> None:
        if self._pair.is_beside:
            self._open(key)

    def _open(self, key: str) -> None:
        self.flush()
        self.item = key
        self.refresh()

    def _add(self) -> None:
        # It is shown, and its role is asked for, when the bell has told of it.
        self._unnamed = records.add(self.desk.session, Participant.KIND, self.scope, {"count": 1})
        self._open(self._unnamed)

    def _delete(self) -> None:
        self.flush()
        person = self.desk.shelf.one(Participant, self.scope, self.item)
        if person is None:
            return
        records.delete(self.desk.session, person)
        self.item = ""
        text = _("{role} togs bort ur deltagarlistan.").format(role=_title(person))
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
        self._names.flush()


def _title(each: Participant) -> str:
    return str(each.role or "").strip() or _("Roll saknas")
