"""The name of a participant: given freely, kept apart from everything else, erased for ever by one of the three
questions that may block."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt

from app.base.errors import GatljusError
from app.base.words import _
from app.commands import records
from app.domain.records import Participant, SafetyWalk
from app.jobs.purge import reach_of, until_met
from app.queries.people import names_of
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.desk import Desk
from ui.widgets.fields import TextField
from ui.widgets.flow import FlowGrid
from ui.widgets.fold import Fold
from ui.widgets.notice import Notice
from ui.widgets.text import Label, Surface, column, held
from ui.widgets.words import day_words


class NameCard(Card):
    """Folded away until someone wants it: what the name is for, until when, the name, and how it is erased.

    Each writing of a name makes a file that names a person, so it is not written while it is typed: only when the hand
    rests, or the field is left. Erasing takes every such file."""

    def __init__(self, desk: Desk, scope: str) -> None:
        look = desk.look
        super().__init__(look, "")
        self._desk, self._scope = desk, scope
        self._person: Participant | None = None
        self._action: int | None = None
        self._purpose = Label(look, "")
        apart = _("Ligger i en egen fil, aldrig i ändringsloggen.")
        self._field = TextField(look, _("Namn"), apart, whole=lambda typed: bool(typed.strip()))
        self._field.changed.connect(self._write)
        self._field.left.connect(self._left)
        self._erase = Button(look, _("Radera namnet för alltid"), "account-remove-outline", kind="danger")
        self._erase.clicked.connect(lambda: self._ask(True))
        self._question = self._asked()
        parts = held(column(self._purpose, self._field, self._erase, self._question, spacing=12))
        self._fold = Fold(look, _("Lägg till namn (valfritt)"), parts)
        self.body.addWidget(self._fold)

    def _asked(self) -> Surface:
        look = self.look
        told = Label(
            look, _("Namnet raderas här och på alla enheter som hämtar vandringen. Det går inte att ångra."), "strong"
        )
        keep = Button(look, _("Behåll namnet"))
        keep.clicked.connect(lambda: self._ask(False))
        yes = Button(look, _("Ja, radera för alltid"), "account-remove-outline", kind="danger")
        yes.clicked.connect(self._erase_now)
        panel = Surface(look, "dangerBg", line="danger", radius=12)
        panel.setLayout(column(told, FlowGrid(look, [keep, yes], least=150, most=2), margin=14, spacing=12))
        panel.setVisible(False)
        self._keep = keep
        return panel

    def show_person(self, person: Participant, walk: SafetyWalk | None) -> None:
        """Show the name of a participant, where there is one and it lies here."""
        other = self._person is None or self._person.id != person.id
        if other:
            self._person, self._action = None, None
            self._ask(False, focus=False)
        name = names_of(self._desk.session, self._scope, [person]).get(person.id, "")
        if other or not self._field.editor.hasFocus():
            self._person = person
            show = self._field.show_anew if other else self._field.show_value
            show(name)
        if other:
            self._fold.open_up(bool(name))
        until = walk.retention_until if walk else None
        told = _("Namnet står bara i det interna protokollets deltagarlista.")
        kept = _("Det gallras {day}.").format(day=day_words(until)) if until else _("Ingen dag för gallring är satt.")
        self._purpose.setText(f"{told} {kept}")
        self._erase.setVisible(bool(person.name_blob) and not self._question.isVisibleTo(self))

    def _write(self, value: Any) -> None:
        person = self._person
        if person is None:
            return
        try:
            written = records.set_fields(
                self._desk.session, person, {records.NAME: str(value or "")}, action=self._action
            )
        except GatljusError as error:
            self._field.refuse(str(error))
            return
        self._action = written.action
        stamps = written.stamps.get((person.id, "name_blob"), ())
        self._person = replace(person, seen=person.seen.after("name_blob", stamps))

    def _left(self) -> None:
        self._action = None

    def _ask(self, asked: bool, *, focus: bool = True) -> None:
        self._question.setVisible(asked)
        self._erase.setVisible(not asked)
        if focus:
            (self._keep if asked else self._erase).setFocus(Qt.FocusReason.OtherFocusReason)

    def _erase_now(self) -> None:
        person = self._person
        if person is None:
            return
        records.erase(self._desk.session, person)
        self._field.show_anew("")
        self._ask(False, focus=False)
        self._fold.open_up(False)
        walk = self._desk.shelf.walk(self._scope)
        still = until_met(reach_of(self._desk.session, walk)) if walk is not None else []
        self._desk.say(Notice(" ".join([_("Namnet är raderat för alltid."), *still]), "account-remove-outline"))

    def flush(self) -> None:
        """Write what is still being typed."""
        self._field.flush()
