"""*Grupper*: in how many the walk splits, by one press, and what each is called. Who walks in which is not written."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.base.words import _, ngettext
from app.commands.groups import add_group, join, split
from app.commands.records import delete
from app.domain.groups import MOST, fitting, names_of, shares, twins_of, word_of
from app.domain.records import Group
from ui.widgets.button import Button, only_icon
from ui.widgets.desk import Desk
from ui.widgets.fields import forget_unkept
from ui.widgets.flow import Flow
from ui.widgets.form import RecordForm
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice
from ui.widgets.text import Heading, Label, Surface, column, held, row

OFFERED = (2, 3, 4)
"""In so many groups a walk splits by one press."""


class GroupsPanel(QWidget):
    """The groups of a walk, each with its name and its letter."""

    def __init__(self, desk: Desk, scope: str) -> None:
        super().__init__()
        self._desk, self._scope = desk, scope
        look = desk.look
        self.forms: dict[str, RecordForm] = {}
        self._twins: dict[str, str] = {}
        self._removes: dict[str, Button] = {}
        self._drawn: dict[str, tuple[Surface, str]] = {}
        """Each group's card, and the twin it speaks of."""
        self._told = Label(look, "", "meta", "text2")
        self._cards = column(spacing=10)
        self._ways = {many: self._way(many) for many in OFFERED}
        self.add = Button(look, _("Lägg till grupp"), icon_named("action", "new"))
        self.add.clicked.connect(lambda _on: self._add())
        buttons = QWidget()
        flow = Flow(look.gap, buttons)
        for each in (*self._ways.values(), self.add):
            flow.addWidget(each)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 20)
        box.setSpacing(10)
        box.addWidget(Heading(look, _("Grupper"), "h3"))
        box.addWidget(self._told)
        box.addLayout(self._cards)
        box.addWidget(buttons)

    def _way(self, many: int) -> Button:
        button = Button(self._desk.look, _("Dela i {n} grupper").format(n=many), "account-group-outline")
        button.clicked.connect(lambda _on: self._split(many))
        return button

    def show_for(self, people: int) -> None:
        """Show the groups as they are now, and how many so many people would make."""
        groups = {each.id: each for each in self._desk.shelf.all_of(Group, self._scope)}
        self._told.setText(_advice(people, len(groups)))
        for many, button in self._ways.items():
            button.setVisible(many > len(groups))
        words, twins = names_of(groups.values()), twins_of(groups.values())
        if (set(groups), twins) != (set(self.forms), self._twins):
            self._twins = twins
            self._make(list(words))
        for id, form in self.forms.items():
            form.show_record(groups[id])
            for field in form.fields.values():
                field.editor.setAccessibleName(f"{field.label}, {words[id]}")
            self._removes[id].setAccessibleName(_("Ta bort {group}").format(group=words[id]))
            self._removes[id].setToolTip(self._removes[id].accessibleName())

    def _make(self, ids: list[str]) -> None:
        """Cards in this order. One that says the same is not made anew: somebody may be typing in it."""
        for id in [id for id, (_card, twin) in self._drawn.items() if id not in ids or twin != self._twins.get(id, "")]:
            self._put_away(id)
        for place, id in enumerate(ids):
            if id not in self.forms:
                form = self.forms[id] = RecordForm(self._desk, Group, ("name", "letter"), lay_out=False)
                self._drawn[id] = self._card(id, form), self._twins.get(id, "")
            card, _twin = self._drawn[id]
            self._cards.removeWidget(card)
            self._cards.insertWidget(place, card)

    def _put_away(self, id: str) -> None:
        self.forms.pop(id).flush()
        del self._removes[id]
        card, _twin = self._drawn.pop(id)
        self._cards.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _card(self, id: str, form: RecordForm) -> Surface:
        look = self._desk.look
        remove = self._removes[id] = only_icon(look, _("Ta bort"), icon_named("action", "delete"))
        remove.clicked.connect(lambda _on: self._remove(id))
        across = row(form.fields["name"], form.fields["letter"], spacing=10)
        across.setStretch(0, 3)
        across.setStretch(1, 1)
        across.addWidget(remove, 0, Qt.AlignmentFlag.AlignBottom)
        card = Surface.card(look)
        card.setLayout(column(held(across), *self._twin(id), margin=12))
        form.setParent(card)
        form.hide()
        return card

    def _twin(self, id: str) -> tuple[QWidget, ...]:
        """Where another group is called the same: what to do about it."""
        if id not in self._twins:
            return ()
        look = self._desk.look
        told = Label(look, _("Två enheter har gjort en grupp med det namnet. Är det samma grupp?"), "meta", "info")
        one = Button(look, _("Slå ihop dem"), "call-merge")
        one.clicked.connect(lambda _on: self._join(id))
        return told, held(row(one, 1))

    # What is done

    def _split(self, many: int) -> None:
        made = split(self._desk.session, self._scope, many)
        text = ngettext("{n} grupp tillagd.", "{n} grupper tillagda.", len(made)).format(n=len(made))
        self._desk.say(Notice(text, "account-group-outline", undo=True))

    def _add(self) -> None:
        self.flush()
        made = add_group(self._desk.session, self._scope)
        self._desk.shelf.now(Group, self._scope, made)
        if made in self.forms:
            editor = self.forms[made].fields["name"].editor
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
            if isinstance(editor, QLineEdit):
                editor.selectAll()

    def _remove(self, id: str) -> None:
        self.flush()
        group = self._desk.shelf.now(Group, self._scope, id)
        if group is None:
            return
        self.add.setFocus()
        delete(self._desk.session, self._desk.shelf.as_shown(group))
        forget_unkept(self.forms[id])
        text = _("{group} togs bort. Det som den har noterat finns kvar.").format(group=word_of(group))
        self._desk.say(Notice(text, icon_named("action", "delete"), undo=True))

    def _join(self, id: str) -> None:
        self.flush()
        group = self._desk.shelf.now(Group, self._scope, id)
        if group is not None and id in self._twins:
            self.add.setFocus()
            join(self._desk.session, group, self._twins[id])
            text = _("{group} är nu en enda grupp.").format(group=word_of(group))
            self._desk.say(Notice(text, "call-merge", undo=True))

    def flush(self) -> None:
        """Write what is still being typed."""
        for each in self.forms.values():
            each.flush()


def _advice(people: int, groups: int) -> str:
    """How many groups so many people make, or how many there are in each."""
    if not people:
        return _("Över tio personer hör inte alla varandra: dela då upp er, åtta till tio i varje grupp.")
    count = ngettext("{n} deltagare", "{n} deltagare", people).format(n=people)
    if groups > 1:
        return _("{people} i {n} grupper: {share} i varje.").format(
            people=count, n=groups, share=shares(people, groups)
        )
    if people <= MOST:
        return _("{people} kan gå tillsammans. Dela upp er om ni vill gå olika vägar.").format(people=count)
    many = fitting(people)
    words = _("{people}: {n} grupper är lagom, {share} i varje.")
    return words.format(people=count, n=many, share=shares(people, many))
