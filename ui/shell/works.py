"""Work on its way, at the bottom of whatever page one is at: what, how far, and a way to stop it."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.bridge.runner import Run
from ui.widgets.look import Look
from ui.widgets.progress import Progress

CARD_AFTER_MS = 300
"""What is over sooner needs no card."""


class Works(QWidget):
    """A card for each job that takes a while. It goes along from page to page."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._cards: dict[Run, Progress] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(12, 0, 12, 8)
        self.hide()

    def show_later(self, look: Look, what: str, run: Run) -> None:
        """Show a job, unless it is over soon."""
        late = QTimer(run, singleShot=True, interval=CARD_AFTER_MS)
        late.timeout.connect(lambda: self._show(look, what, run))
        late.start()

    def _show(self, look: Look, what: str, run: Run) -> None:
        if not run.isRunning():
            return
        card = Progress(look, what, run)
        self._cards[run] = card
        self._box.addWidget(card)
        self.show()
        run.finished.connect(lambda: self._over(run))
        # It may have ended while the card was made.
        if run.isFinished():
            self._over(run)

    def _over(self, run: Run) -> None:
        card = self._cards.pop(run, None)
        if card is None:
            return
        card.hide()
        card.deleteLater()
        self.setVisible(bool(self._cards))
