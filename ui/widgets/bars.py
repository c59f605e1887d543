"""Parts of the bars over pages: how far the newest change has come, and undo."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy

from app.base.words import _
from app.queries.devices import newest_state
from app.queries.undoable import undoable
from app.session import Session
from ui.bridge.lookup import Lookup
from ui.bridge.runner import Failure, Runner
from ui.widgets.button import WRAP, Button
from ui.widgets.chip import Chip
from ui.widgets.look import Look, icon_named

LEAST, ENDLESS = 160, 10_000
"""A chip that wraps is at least so wide (× text scale)."""
SIDES, SHORTEST = 10, 16
"""Pixels beside the words; so many letters of a name are always said, where a line has them."""


class SavedChip(Chip):
    """The state of the newest change here, in the fixed words. Where they have no room in a line, what it was copied to
    is shortened in its middle and the words wrap: a screen reader and the tooltip say the whole."""

    def __init__(self, look: Look, runner: Runner, fail: Callable[[Failure], None]) -> None:
        super().__init__(look, _("Sparat här"), "check", "ok")
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._lookup = Lookup(runner, fail, self)
        self._lookup.told.connect(self._show)

    def show_state(self, session: Session, walk: str) -> None:
        """How far it has come, a moment later: a large walk has many announcements to go through."""
        self._lookup.ask(lambda: newest_state(session, walk))

    def say_saved(self) -> None:
        """Something was written here just now, and lies nowhere else."""
        self._lookup.drop()
        self._show((_("Sparat här"),))

    def _show(self, state: tuple[str, ...]) -> None:
        icon = icon_named("state", "received" if len(state) > 2 else "copied") if len(state) > 1 else "check"
        self.say(state[-1], icon, "ok")
        self.setToolTip(state[-1])

    def sizeHint(self) -> QSize:
        """As wide as its words; words that just fit into their room are wrapped nevertheless."""
        return super().sizeHint() + QSize(2, 0)

    def minimumSizeHint(self) -> QSize:
        """A few words, the others under them."""
        whole = self.sizeHint()
        return QSize(min(whole.width(), round(LEAST * self.look.scale)), whole.height())

    def heightForWidth(self, width: int) -> int:
        """High enough for its words."""
        room = self._room(width)
        box = QRect(0, 0, room, ENDLESS)
        high = self._metrics.boundingRect(box, WRAP, self.words_at(room)).height()
        return max(high + 8, self.sizeHint().height())

    @property
    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self.look.font("meta", weight=600))

    def _room(self, width: int) -> int:
        return max(1, width - 2 * SIDES - (self.look.icon_px(18) + 6 if self.icon else 0))

    def words_at(self, room: int) -> str:
        """The words; where they need more than a line, a name that needs much of one is shortened."""
        if self._metrics.horizontalAdvance(self.text) <= room:
            return self.text
        before, name, after = _parted(self.text)
        wide = min(room - 2, max(room // 2, SHORTEST * self._metrics.averageCharWidth()))
        return before + self._metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, wide) + after

    def _write(self, painter: QPainter, room: QRect) -> None:
        wide = self._room(self.width())
        box = QRect(room.left(), 0, wide, self.height())
        flags = int(Qt.AlignmentFlag.AlignVCenter) | int(WRAP)
        painter.drawText(box, flags, self.words_at(wide))


def _parted(said: str) -> tuple[str, str, str]:
    """A state in the words before a name, the name, and those after it."""
    fixed = (
        _("Kopierat till mappen {path} på den här datorn"),
        _("Kopierat till {target}"),
        _("Mottaget av {name}"),
    )
    for words in fixed:
        before, after = words[: words.index("{")], words[words.index("}") + 1 :]
        if said.startswith(before) and said.endswith(after):
            return before, said[len(before) : len(said) - len(after)], after
    return said, "", ""


class UndoButton(Button):
    """*Ångra*; its name says what it takes back."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("Ångra"), icon_named("action", "undo"))
        self.setMinimumWidth(self.sizeHint().width())

    def show_state(self, session: Session, walk: str) -> None:
        """What there is to take back."""
        what = undoable(session, walk)
        self.setAccessibleName(_("Ångra: {what}").format(what=what) if what else _("Ångra, inget att ångra"))
        self.setToolTip(self.accessibleName())
