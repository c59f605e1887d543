"""A field in its place, with what stands against its value under it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.record import Record
from app.domain.walk import Conflict
from app.queries.history import clash_of
from ui.widgets.compare import Compare
from ui.widgets.desk import Desk
from ui.widgets.left_to_review import joined_texts


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

    def show_conflict(self, name: str, conflict: Conflict | None, record: Record) -> None:
        """Show a conflict about a field of the record as it is shown, or that there is none any longer. A text that
        was being put together stays in sight until it is used or thrown away."""
        about = (record.KIND, record.id, name)
        if self.compare is not None and self.compare.about != about:
            self._put_away(self.compare)
        self.flush()
        if conflict is None and about not in joined_texts(self.desk.session, record.scope):
            if self.compare is not None:
                self._put_away(self.compare)
            return
        if self.compare is None:
            self.compare = Compare(self.desk, self.zone, record.scope, about)
            self._box.insertWidget(self._box.count() - 1, self.compare)
        if conflict is None:
            self.compare.show_settled(record)
        else:
            self.compare.show_clash(clash_of(self.desk.session, record.scope, conflict), record)

    def _put_away(self, compare: Compare) -> None:
        compare.flush()
        self._box.removeWidget(compare)
        compare.hide()
        compare.deleteLater()
        self.compare = None

    def flush(self) -> None:
        """Keep what is being put together."""
        if self.compare is not None:
            self.compare.flush()
