"""Which group this device walks with: one press says it, and what is noted here from then on carries it."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import _
from app.commands.groups import walk_with
from app.domain.change import News
from app.domain.groups import names_of
from app.domain.records import Device, Group, SafetyWalk
from app.domain.values import known
from ui.widgets.button import Button
from ui.widgets.desk import Desk, Place
from ui.widgets.group import KeyGroup
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice
from ui.widgets.page import Head, Screen, Scroll
from ui.widgets.text import Label, emptied
from ui.widgets.tile import MarkedRow


class GroupScreen(Screen):
    """A row for each group, and one for none; that of this device has a tick."""

    chromeless = True
    kinds = (SafetyWalk, Group, Device)

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk.in_field(), place)
        look = self.look
        self._shown: object = None
        self.choices: dict[str | None, MarkedRow] = {}
        head = Head(self.desk, _("Den här plattan går med"), _("Det som noteras här bär gruppen."), back=_("Tillbaka"))
        self.heading = head.heading
        self.box.addWidget(head)
        content = QWidget()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(look.gap)
        self._told = Label(look, "", "meta", "text2")
        make = Button(look, _("Ordna grupperna i planen"), icon_named("nav", "plan"))
        make.clicked.connect(lambda _on: self.desk.go(Place("plan", place.walk, part="deltagare")))
        box = QVBoxLayout(content)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(look.gap)
        box.addLayout(self._rows)
        box.addWidget(self._told)
        box.addWidget(make, 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch(1)
        self.box.addWidget(Scroll(look, content), 1)

    def _mine(self) -> Device | None:
        return self.desk.shelf.one(Device, self.place.walk, self.desk.session.identity.device)

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Show which groups there are, and which one is this device's."""
        words = names_of(self.desk.shelf.all_of(Group, self.place.walk))
        mine = self._mine()
        said = known(mine.group, str) if mine is not None else None
        own = said if said in words else None
        if (words, own) == self._shown:
            return
        if words.keys() | {None} != self.choices.keys():
            self._make([*words, None])
        self._shown = (words, own)
        kept = _("Det som redan är noterat ändras inte av att ni byter grupp.")
        self._told.setText(kept if words else _("Vandringen är inte delad i grupper än."))
        for key, button in self.choices.items():
            button.setText(words[key] if key else _("Ingen grupp"))
            button.setAccessibleName(button.text())
            button.setChecked(key == own)
            button.update()

    def _make(self, keys: list[str | None]) -> None:
        emptied(self._rows)
        self.choices = {}
        for key in keys:
            icon = "account-group-outline" if key else "account-outline"
            button = MarkedRow(self.look, "", icon)
            button.setCheckable(True)
            button.clicked.connect(lambda _on, key=key: self._choose(key))
            self.choices[key] = button
            self._rows.addWidget(button)
            button.show()
        KeyGroup([*self.choices.values()], self, one_of=True)

    def _choose(self, group: str | None) -> None:
        """Say it, and go back to where one came from."""
        desk, name = self.desk, self.choices[group].text()
        is_new = walk_with(desk.session, self.place.walk, group, self._mine())
        # A notice goes with the page on which it was said.
        desk.back()
        if is_new:
            told = _("Den här plattan går med {group}.").format(group=name) if group else _("Plattan är utan grupp.")
            desk.say(Notice(told, "account-group-outline", undo=True))
