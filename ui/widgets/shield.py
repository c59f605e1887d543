"""What keeps a press that was meant for something from what lay under it."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

LASTS_MS = 400
"""So long a finger may still be on its way to what is gone."""


class Shield(QWidget):
    """Lies unseen where a widget lies that goes by itself now, and takes the presses that were meant for that. It is
    gone after a moment."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over.parentWidget())
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setGeometry(over.geometry())
        self.show()
        self.raise_()
        QTimer.singleShot(LASTS_MS, self, self.deleteLater)
