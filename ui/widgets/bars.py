"""Parts of the bars over pages: how far the newest change has come, and undo."""

from app.base.words import _
from app.queries.devices import newest_state
from app.queries.undoable import undoable
from app.session import Session
from ui.bridge.lookup import Lookup
from ui.bridge.runner import Runner
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.look import Look, icon_named


class SavedChip(Chip):
    """The state of the newest change here, in the fixed words."""

    def __init__(self, look: Look, runner: Runner) -> None:
        super().__init__(look, _("Sparat här"), "check", "ok")
        self._lookup = Lookup(runner, self)
        self._lookup.told.connect(self._show)

    def show_state(self, session: Session, walk: str) -> None:
        """How far it has come, a moment later: a large walk has many announcements to go through."""
        self._lookup.ask(lambda: newest_state(session, walk))

    def _show(self, state: tuple[str, ...]) -> None:
        icon = icon_named("state", "received" if len(state) > 2 else "copied") if len(state) > 1 else "check"
        self.say(state[-1], icon, "ok")


class UndoButton(Button):
    """*Ångra*; its name says what it takes back."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("Ångra"), icon_named("action", "undo"))

    def show_state(self, session: Session, walk: str) -> None:
        """What there is to take back."""
        what = undoable(session, walk)
        self.setAccessibleName(_("Ångra: {what}").format(what=what) if what else _("Ångra, inget att ångra"))
        self.setToolTip(self.accessibleName())
