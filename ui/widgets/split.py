"""Two parts beside each other where there is room, else one over the other."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui.widgets.look import Look


class Split(QWidget):
    """`first` and `second`: beside each other from `beside_from` pixels on (÷ text scale), then `mirrored` for the
    left hand. `shares`: how they share the room, (beside each other, over each other)."""

    def __init__(
        self,
        look: Look,
        first: QWidget,
        second: QWidget,
        *,
        beside_from: int,
        shares: tuple[tuple[int, int], tuple[int, int]] = ((1, 1), (1, 1)),
        spacing: int = 16,
        mirrored: bool = True,
    ) -> None:
        super().__init__()
        self.look = look
        self._from, self._shares, self._mirrored = beside_from, shares, mirrored and look.left_handed
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(spacing)
        self._box.addWidget(first)
        self._box.addWidget(second)
        self._arrange(beside=False)

    def set_beside(self, beside_from: int, shares: tuple[int, int] = (1, 1)) -> None:
        """Beside each other from another width on, then with other shares."""
        self._from, self._shares = beside_from, (shares, self._shares[1])
        self._arrange(beside=self.width() / self.look.scale >= beside_from)

    def set_spacing(self, spacing: int) -> None:
        """So many pixels between the two."""
        self._box.setSpacing(spacing)

    def _arrange(self, *, beside: bool) -> None:
        way = QBoxLayout.Direction.TopToBottom
        if beside:
            way = QBoxLayout.Direction.RightToLeft if self._mirrored else QBoxLayout.Direction.LeftToRight
        self._box.setDirection(way)
        for place, share in enumerate(self._shares[0 if beside else 1]):
            self._box.setStretch(place, share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, perhaps the other arrangement."""
        self._arrange(beside=event.size().width() / self.look.scale >= self._from)
        super().resizeEvent(event)
