"""A column of entries that may be higher than there is room."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import _
from ui.widgets.button import Button
from ui.widgets.look import Look
from ui.widgets.page import Scroll
from ui.widgets.text import Surface, column

AROUND = 4
"""Pixels over and under what the button says: what it takes, the entries lack."""


class Further(QWidget):
    """Entries under each other. Where they have no room a button under them says so: it goes on to those that are not
    seen, and from the last of them back to the first. Wheel, finger and tabulator reach them as well."""

    def __init__(self, look: Look, *, over: bool) -> None:
        """`over`: icons stand over words."""
        super().__init__()
        content = QWidget()
        self.box = QVBoxLayout(content)
        self._scroll = Scroll(look, content)
        # It would take the room of the words, and the button says the same.
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.button = Button(look, _("Fler"), "chevron-down", over=over, kind="quiet", rank="meta")
        self.button.set_padding(2, AROUND)
        self.button.clicked.connect(lambda _on: self._go_on())
        self._foot = Surface(look, "sunken", edge="top")
        self._foot.setLayout(column(self.button, spacing=0))
        self._foot.setContentsMargins(0, 1, 0, 0)
        self._foot.setParent(self)
        self._foot.hide()
        self.setLayout(column(self._scroll, self._foot, spacing=0))
        content.installEventFilter(self)
        self._bar = self._scroll.verticalScrollBar()
        self._bar.valueChanged.connect(self._say)
        self._bar.rangeChanged.connect(self._say)
        self._say()

    def add(self, entry: QWidget, *, here: bool = False) -> None:
        """One entry more; the one where one is is seen at first."""
        self.box.addWidget(entry)
        entry.installEventFilter(self)
        if here:
            QTimer.singleShot(0, entry, lambda: self._scroll.ensureWidgetVisible(entry))

    @property
    def needed(self) -> int:
        """As many pixels high its entries are."""
        return self.box.totalHeightForWidth(self.width())

    def _settle(self) -> None:
        self._foot.setVisible(self.needed > self.height())

    @property
    def _is_at_end(self) -> bool:
        return self._bar.value() >= self._bar.maximum()

    def _say(self) -> None:
        end = self._is_at_end
        self.button.icon_name = "chevron-up" if end else "chevron-down"
        self.button.setText(_("Upp") if end else _("Fler"))
        self.button.setAccessibleName(_("Visa de första sidorna") if end else _("Visa fler sidor"))

    def _go_on(self) -> None:
        self._bar.setValue(0 if self._is_at_end else self._bar.value() + self._scroll.viewport().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height, perhaps room for all of them."""
        super().resizeEvent(event)
        self._settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Entries have other words, or one of them is come to by a key."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self._scroll.widget():
            self._settle()
        elif event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._scroll.ensureWidgetVisible(watched)
        return super().eventFilter(watched, event)
