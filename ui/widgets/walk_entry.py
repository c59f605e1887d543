"""A walk in the list of the first page: what it is, how far it has come, what comes next."""

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.base.words import _, ngettext
from app.queries.overview import Stage, WalkCard, is_due
from app.session import Session
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.desk import Desk, Place
from ui.widgets.flow import Flow
from ui.widgets.look import icon_named
from ui.widgets.paint import CARD_RADIUS
from ui.widgets.text import Label, Surface, column, row
from ui.widgets.words import day_words, local, versions_words


def facts_of(card: WalkCard) -> str:
    """The line under a walk's name."""
    parts = []
    if isinstance(card.walk.starts, datetime):
        parts.append(day_words(local(card.walk.starts, card.walk.zone).date()))
    if card.stage == Stage.PLANNED:
        parts.append(ngettext("{n} stopp", "{n} stopp", card.stops).format(n=card.stops))
    else:
        seen = ngettext("{n} iakttagelse", "{n} iakttagelser", card.observations)
        parts.append(seen.format(n=card.observations))
        if card.measures:
            parts.append(ngettext("{n} åtgärd", "{n} åtgärder", card.measures).format(n=card.measures))
    return ", ".join(parts)


def due_in(session: Session, card: WalkCard) -> bool:
    """Whether the day has come, where one walked, on which the walk was to be purged."""
    return is_due(card.walk, local(session.clock(), card.walk.zone).date())


def unsent_of(card: WalkCard) -> tuple[str, str, str]:
    """What of a walk nobody else has: word, icon, kind; no word where there is nothing."""
    if not card.unsent:
        return "", "", "plain"
    some = ngettext("{n} ändring finns bara här", "{n} ändringar finns bara här", card.unsent).format(n=card.unsent)
    return some if card.began else _("Finns bara här"), icon_named("state", "saved_here"), "warn"


def state_of(card: WalkCard, *, due: bool = False) -> tuple[str, str, str]:
    """How far a walk has come: word, icon, kind. `due`: it is to be purged."""
    if due:
        return _("Ska gallras"), "delete-clock-outline", "warn"
    if card.conflicts:
        return versions_words(card.conflicts), icon_named("state", "conflict"), "warn"
    words = {
        Stage.PLANNED: (_("Planerad"), icon_named("nav", "plan"), "info"),
        Stage.WALKING: (_("Pågår"), icon_named("nav", "walk"), "info"),
        Stage.AFTER: (_("Avslutad"), "check", "ok"),
    }
    return words[card.stage]


def next_step(card: WalkCard, *, due: bool = False) -> tuple[str, str, Place]:
    """What comes next in a walk: word, icon, where. `due`: it is to be purged."""
    walk = card.walk.id
    if due:
        return _("Töm eller gallra"), icon_named("action", "delete"), Place("remove", walk)
    if card.conflicts:
        return _("Granska"), icon_named("state", "conflict"), Place("review", walk)
    if card.stage == Stage.PLANNED and not card.stops:
        return _("Planera"), icon_named("nav", "plan"), Place("plan", walk)
    if card.stage == Stage.PLANNED:
        return _("Kolla att allt är redo"), icon_named("nav", "ready"), Place("ready", walk)
    if card.stage == Stage.WALKING:
        return _("Fortsätt vandringen"), icon_named("nav", "walk"), Place("walk", walk)
    if not card.measures:
        return _("Föreslå åtgärder"), icon_named("nav", "measures"), Place("measures", walk)
    return _("Till protokollet"), icon_named("nav", "protocol"), Place("protocol", walk)


def where_is(card: WalkCard) -> Place:
    """Where a walk is opened: at its plan before, on the path while it is gone, at what was seen after."""
    pages = {Stage.PLANNED: "plan", Stage.WALKING: "walk", Stage.AFTER: "observations"}
    return Place(pages[card.stage], card.walk.id)


class WalkEntry(Surface):
    """One walk. What is said of it changes in place, so that the focus and a press under way stay."""

    def __init__(self, desk: Desk, card: WalkCard, *, stacked: bool) -> None:
        super().__init__(desk.look, "surface", line="hair", radius=CARD_RADIUS)
        look = desk.look
        self._card, self._session = card, desk.session
        self._title, self._facts = Label(look, "", "h3"), Label(look, "", "meta", "text2")
        self._state, self._unsent = Chip(look, ""), Chip(look, "")
        chips = Flow(6) if stacked else QVBoxLayout()
        for chip in (self._state, self._unsent):
            chips.addWidget(chip)
        self._opener = Button(look, _("Öppna"), kind="quiet")
        self._opener.clicked.connect(lambda: desk.go(where_is(self._card)))
        self._step = Button(look, "")
        self._step.clicked.connect(lambda: desk.go(self._next()[2]))
        self._step.setMinimumWidth(round(220 * min(look.scale, 1.4)))
        box = QVBoxLayout(self) if stacked else QHBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(12)
        box.addLayout(column(self._title, self._facts, spacing=2), 1)
        box.addLayout(chips)
        box.addLayout(row(self._opener, self._step, spacing=8))
        # What is shown before it has a parent would be a window of its own.
        self.show_card(card)

    def _next(self) -> tuple[str, str, Place]:
        return next_step(self._card, due=due_in(self._session, self._card))

    def show_card(self, card: WalkCard) -> None:
        """Say how far the walk has come."""
        self._card = card
        title, facts, (word, icon, _where) = str(card.walk.title), facts_of(card), self._next()
        self._title.setText(title or _("Utan namn"))
        self._facts.setText(facts)
        self._state.say(*state_of(card, due=due_in(self._session, card)))
        self._unsent.say(*unsent_of(card))
        self._unsent.setVisible(bool(self._unsent.text))
        self._opener.setAccessibleName(_("Öppna: {walk}").format(walk=title))
        self._step.setText(word)
        self._step.icon_name = icon
        self._step.setAccessibleName(_("{step}: {walk}").format(step=word, walk=title))
        self._step.updateGeometry()
        self._step.update()
        said = (title, facts, self._state.text, self._unsent.text)
        self.setAccessibleName(", ".join(each for each in said if each))
