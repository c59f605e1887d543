"""A grid whose number of columns follows the room: width ÷ text scale."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QLayoutItem, QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.look import Look


class FlowGrid(QWidget):
    """Widgets in rows of equal columns, each at least `least` pixels wide at 100 %, at most `most` columns.

    `wide` widgets take two columns where there are at least two. With `fill` the rows share the height; they take
    no more than `highest` pixels each then, all in all, unless their words ask for more. With `even` there are only as
    many columns as the rows need, so that the last row is not left with one alone: three and two, not four and one.
    """

    def __init__(
        self,
        look: Look,
        widgets: Sequence[QWidget],
        *,
        least: int,
        most: int = 12,
        spacing: int = 8,
        wide: Sequence[QWidget] = (),
        fill: bool = False,
        highest: int = 0,
        even: bool = False,
    ) -> None:
        super().__init__()
        self.look, self.widgets, self._even = look, list(widgets), even
        self._least, self._most, self._wide, self._fill = least, most, list(wide), fill
        self._columns, self._highest = 0, highest
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(spacing)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        if fill:
            policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)
        self._arrange(1)

    def set_columns(self, *, least: int, most: int) -> None:
        """Columns of another least width, and no more than so many."""
        self._least, self._most = least, most
        self._arrange(self.columns_at(self.width()))

    def columns_at(self, width: int) -> int:
        """How many columns there are at a width."""
        spacing = self._grid.horizontalSpacing()
        narrow = [each for each in self.widgets if each not in self._wide]
        room = max([round(self._least * self.look.scale), *(each.minimumSizeHint().width() for each in narrow)])
        columns = max(1, min(self._most, (width + spacing) // (room + spacing)))
        return _evened(len(self.widgets), columns) if self._even else columns

    def first_row(self, width: int) -> int:
        """How high the first row is at a width."""
        columns, spacing = self.columns_at(width), self._grid.horizontalSpacing()
        room = (width - (columns - 1) * spacing) // columns
        return max(each.heightForWidth(room) for each in self.widgets[:columns])

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for each in self.widgets:
            self._grid.removeWidget(each)
        for k in range(self._grid.columnCount()):
            self._grid.setColumnStretch(k, 0)
        for k in range(self._grid.rowCount()):
            self._grid.setRowStretch(k, 0)
        place = 0
        for each in self.widgets:
            span = 2 if each in self._wide and columns > 1 else 1
            if place % columns + span > columns:
                place += columns - place % columns
            self._grid.addWidget(each, place // columns, place % columns, 1, span)
            place += span
        for k in range(columns):
            self._grid.setColumnStretch(k, 1)
        if self._fill:
            for k in range((place + columns - 1) // columns):
                self._grid.setRowStretch(k, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, perhaps another number of columns."""
        self._arrange(self.columns_at(event.size().width()))
        super().resizeEvent(event)
        if self._highest:
            lines = -(-len(self.widgets) // max(1, self._columns))
            most = lines * self._highest + (lines - 1) * self._grid.verticalSpacing()
            self.setMaximumHeight(max(most, self._grid.minimumHeightForWidth(event.size().width())))
            # Made lower within its own resizing it would keep its rows where the greater height had put them.
            self._grid.setGeometry(self.contentsRect())

    def minimumSizeHint(self) -> QSize:
        """One column must fit."""
        widest = max((each.minimumSizeHint().width() for each in self.widgets), default=0)
        return QSize(widest, super().minimumSizeHint().height())


def _evened(count: int, columns: int) -> int:
    rows = max(1, -(-count // columns))
    return max(1, -(-count // rows))


class Ranks(QWidget):
    """Buttons side by side; where their words have no room so, in two rows or more. A hidden one takes no room."""

    def __init__(self, buttons: Sequence[QWidget], spacing: int = 8) -> None:
        super().__init__()
        self._buttons, self._gap = list(buttons), spacing
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(spacing)
        self._rows: list[QHBoxLayout] = []
        self._lie: list[list[QWidget]] = []
        self._lay([self._buttons])
        for each in self._buttons:
            each.installEventFilter(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def _shown(self) -> list[QWidget]:
        # Where everything is arranged anew they are another's, while this one still waits for its end.
        own = self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return [each for each in self._buttons if each in own and not each.isHidden()]

    def _fit(self, row: Sequence[QWidget]) -> bool:
        widths = [each.minimumSizeHint().width() for each in row]
        return sum(widths) + self._gap * (len(row) - 1) <= self.width()

    def _arrange(self) -> None:
        shown = self._shown()
        for each in shown:
            # A least size that was set counts more than what its words ask for.
            each.setMinimumWidth(max(each.minimumWidth(), each.minimumSizeHint().width()))
        if (lie := self._ranked(shown)) != self._lie:
            self._lay(lie)
        for line, row in zip(self._rows, self._lie, strict=True):
            self._share(line, [each.sizeHint().width() for each in row])

    def _ranked(self, shown: list[QWidget]) -> list[list[QWidget]]:
        """As few rows as there may be, alike where they fit so; else each row takes what it holds."""
        for count in range(1, len(shown)):
            long = -(-len(shown) // count)
            lie = [shown[first : first + long] for first in range(0, len(shown), long)]
            if all(map(self._fit, lie)):
                return lie
        lie = []
        for each in shown:
            if lie and self._fit([*lie[-1], each]):
                lie[-1].append(each)
            else:
                lie.append([each])
        return lie

    def _share(self, line: QHBoxLayout, wanted: list[int]) -> None:
        """Alike where their words have room so, else each by its words."""
        alike = max(wanted, default=0) * len(wanted) + self._gap * (len(wanted) - 1) <= self.width()
        for place, width in enumerate(wanted):
            if line.stretch(place) != (now := 1 if alike else width):
                line.setStretch(place, now)

    def event(self, event: QEvent) -> bool:
        """A button has other words."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def _lay(self, lie: list[list[QWidget]]) -> None:
        self._lie = lie
        for old in self._rows:
            self._box.removeItem(old)
            while old.takeAt(0) is not None:
                pass
        self._rows = []
        for row in lie:
            line = QHBoxLayout()
            line.setSpacing(self._gap)
            for each in row:
                line.addWidget(each, 1)
            self._box.addLayout(line)
            self._rows.append(line)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A button has come or gone."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._arrange()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, perhaps another number of rows."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """The widest of them must fit."""
        widest = max((each.minimumSizeHint().width() for each in self._shown()), default=0)
        return QSize(widest, super().minimumSizeHint().height())


class Flow(QLayout):
    """Widgets beside each other that go on in a new row where there is no more room."""

    def __init__(self, spacing: int = 8, parent: QWidget | None = None) -> None:
        # Qt says that they hold no longer while it makes the layout, too.
        self._heights: dict[int, int] = {}
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        """Called by Qt."""
        self._heights.clear()
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The one at a place."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take one out."""
        self._heights.clear()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It does not grow by itself."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Rows wrap."""
        return True

    def invalidate(self) -> None:
        """Something in it is another, or of another size."""
        self._heights.clear()
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        """High enough for all rows. While a page finds its place it is asked for the same width a hundred times."""
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """All in one row."""
        sizes = [each.sizeHint() for each in self._items if not each.isEmpty()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """The widest of them."""
        sizes = [each.minimumSize() for each in self._items if not each.isEmpty()]
        return QSize(max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0))

    def setGeometry(self, rect: QRect) -> None:
        """Put them in their places."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _place(self, rect: QRect, *, move: bool) -> int:
        x, y = rect.x(), rect.y()
        row: list[tuple[QLayoutItem, QRect]] = []

        def end_row() -> int:
            height = max((box.height() for _item, box in row), default=0)
            for item, box in row if move else ():
                item.setGeometry(box.translated(0, (height - box.height()) // 2))
            row.clear()
            return height

        for each in self._items:
            if each.isEmpty():
                continue
            hint = each.sizeHint()
            width = min(hint.width(), max(rect.width(), each.minimumSize().width()))
            tall = each.heightForWidth(width) if each.hasHeightForWidth() else hint.height()
            if row and x + width > rect.right() + 1:
                x, y = rect.x(), y + end_row() + self.spacing()
            row.append((each, QRect(x, y, width, tall)))
            x += width + self.spacing()
        return y + end_row() - rect.y()


def flowing(look: Look, *acts: QWidget) -> QWidget:
    """What can be done, side by side as far as there is room."""
    holder = QWidget()
    box = Flow(look.gap, holder)
    for each in acts:
        box.addWidget(each)
    return holder
