"""A part of a page that is folded away until someone wants it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import _
from ui.widgets.button import Button
from ui.widgets.look import Look


class Fold(QWidget):
    """A button with the part's name; under it, when open, what belongs there. `opened` is emitted when a person or the
    program opens it."""

    opened = Signal()

    def __init__(self, look: Look, title: str, content: QWidget, *, detail: str = "") -> None:
        super().__init__()
        self.content = content
        self.button = Button(look, title, "chevron-right", detail=detail, left=True, name=title)
        self.button.clicked.connect(lambda: self.open_up(not self.is_open))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(self.button)
        box.addWidget(content)
        content.hide()
        self._open = False
        self._tell()

    @property
    def is_open(self) -> bool:
        """Whether what belongs there is shown."""
        return self._open

    def open_up(self, on: bool = True) -> None:
        """Open it, or fold it away."""
        if on == self._open:
            return
        self._open = on
        self.content.setVisible(on)
        self._tell()
        if on:
            self.opened.emit()

    def _tell(self) -> None:
        self.button.icon_name = "chevron-down" if self._open else "chevron-right"
        self.button.setAccessibleDescription(_("öppen") if self._open else _("stängd"))
        self.button.update()
