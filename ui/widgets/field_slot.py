"""A field in its place, with what stands against its value under it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.record import Record
from app.domain.walk import Conflict
from app.queries.history import clash_of
from ui.widgets.compare import Compare
from ui.widgets.desk import Desk


class FieldSlot(QWidget):
    """Holds a field (or nothing, for what concerns the whole record) and shows a conflict about it in place."""

    def __init__(self, desk: Desk, zone: object, field: QWidget | None = None) -> None:
        super().__init__()
        self.desk, self.zone = desk, zone
        self.compare: Compare | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(10)
        if field is not None:
            self._box.addWidget(field)
        self._box.addStretch(1)

    def show_conflict(self, conflict: Conflict | None, record: Record) -> None:
        """Show a conflict about the record as it is shown, or that there is none any longer."""
        if conflict is None:
            if self.compare is not None:
                self._box.removeWidget(self.compare)
                self.compare.hide()
                self.compare.deleteLater()
                self.compare = None
            return
        clash = clash_of(self.desk.session, record.scope, conflict)
        if self.compare is None:
            self.compare = Compare(self.desk, self.zone)
            self._box.insertWidget(self._box.count() - 1, self.compare)
        self.compare.show_clash(clash, record, record.scope)

    def flush(self) -> None:
        """Use what was written together."""
        if self.compare is not None:
            self.compare.flush()
