"""A Qt list model over things that have a key each: rows of a list, photos of a grid."""

from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


class HasKey(Protocol):
    """What a list shows: `key` says what it stands for, `title` what it is called."""

    @property
    def key(self) -> str:
        """What it stands for; no two in a list alike."""

    @property
    def title(self) -> str:
        """Its words."""


Thing = TypeVar("Thing", bound=HasKey)


class Keyed(QAbstractListModel, Generic[Thing]):
    """Things as a Qt model. Subclasses say in `spoken` what a screen reader says of one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.things: list[Thing] = []

    def show(self, things: Sequence[Thing]) -> None:
        """Other things. Where the same ones stay in their places, only those that differ are drawn anew."""
        before, after = self.things, list(things)
        if [each.key for each in before] == [each.key for each in after]:
            self.things = after
            for place, (old, new) in enumerate(zip(before, after, strict=True)):
                if old != new:
                    self.dataChanged.emit(self.index(place), self.index(place))
            return
        self.beginResetModel()
        self.things = after
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many."""
        return 0 if parent.isValid() else len(self.things)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words for eyes and for a screen reader."""
        thing = self.things[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return thing.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(thing)
        return None

    def spoken(self, thing: Thing) -> str:
        """What a screen reader says of one."""
        return thing.title
