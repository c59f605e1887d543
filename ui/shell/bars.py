"""The bar over a page at the desk: which walk, where everything is kept, undo."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout

from app.session import Session
from ui.widgets.bars import SavedChip, UndoButton
from ui.widgets.look import Look
from ui.widgets.text import Label, Surface

LEAST = 60


class TopBar(Surface):
    """Title, a line under it, the saved state, undo."""

    def __init__(
        self, look: Look, walk: str, chip: SavedChip, undo: Callable[[], None], *, stacked: bool = False,
        bare: bool = False,
    ) -> None:  # fmt: skip
        """`stacked`: the title has a row of its own. `bare`: there is no room for it; the window's title says it."""
        super().__init__(look, "surface", edge="bottom")
        self._walk, self._bare = walk, bare
        self.title, self.subtitle = Label(look, "", "h3"), Label(look, "", "meta", "text2")
        self.chip, self.undo = chip, UndoButton(look)
        self.undo.clicked.connect(undo)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        state = QHBoxLayout()
        state.setSpacing(12)
        state.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignVCenter)
        if stacked:
            state.addStretch(1)
        state.addWidget(self.undo)
        box: QBoxLayout = QVBoxLayout(self) if stacked else QHBoxLayout(self)
        box.setContentsMargins(16, 6, 16, 6)
        box.setSpacing(6 if stacked else 12)
        box.addLayout(words, 1)
        box.addLayout(state)
        self.setMinimumHeight(LEAST)

    def say(self, title: str, subtitle: str) -> None:
        """What the page is about."""
        self.title.setText(title)
        self.title.setVisible(not self._bare)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle) and not self._bare)

    def show_state(self, session: Session) -> None:
        """How far the newest change has come, and what can be taken back."""
        self.chip.show_state(session, self._walk)
        self.undo.show_state(session, self._walk)
