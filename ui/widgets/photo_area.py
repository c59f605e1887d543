"""The photos of what is being noted, as large as there is room; before the first, where to get one."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.base.words import _, ngettext
from app.domain.records import Photo
from app.domain.values import known
from ui.bridge.pictures import Pictures
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.flow import Flow
from ui.widgets.look import Look, icon_named
from ui.widgets.paint import CARD_RADIUS, paint_box, paint_icon
from ui.widgets.text import Gap, Icon, Label, emptied, held, row

LARGE_PX, SMALL_PX = 1280, 504
LEAST, STRIP = 190, 120
LARGE = 1.5
"""From this text size on the words stand beside the icon, which takes less height."""
GAP = 4
AROUND, LOW_AROUND = 14, 6
BOUNDLESS = 16777215
LOW_SHARE = 3
"""Where there is little height, photos take a third of the width, beside the chips."""


class PhotoArea(QWidget):
    """Shows photos cut to fill the area. `pressed` is emitted by a press while there is none: the button that says the
    same stands elsewhere, this is only the larger target. A `strip` is low and leaves the room to what is under it."""

    pressed = Signal()

    def __init__(self, look: Look, pictures: Pictures, *, strip: bool = False) -> None:
        super().__init__()
        self.look, self._pictures = look, pictures
        self._photos: list[Photo] = []
        self._said: list[tuple[str, str, str]] = []
        self._color = Button(look, _("Visa i färg"), "eye-outline")
        self._color.setCheckable(True)
        self._color.toggled.connect(lambda _on: self.update())
        self._empty = self._invitation()
        self._chips = Flow(10)
        chips = QWidget()
        chips.setLayout(self._chips)
        self._low = 0
        self._box = box = QVBoxLayout(self)
        self._side, self._between = look.icon_px(16), box.spacing()
        box.setContentsMargins(self._side, AROUND, self._side, AROUND)
        box.addWidget(chips)
        box.addWidget(Gap(), 1)
        box.addWidget(self._empty)
        box.addWidget(Gap(), 1)
        box.addWidget(held(row(1, self._color)))
        self._color.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._least = round((STRIP if strip else LEAST) * look.scale)
        self._most = self._least if strip else BOUNDLESS
        self.setMaximumHeight(self._most)
        pictures.arrived.connect(self.update)

    def _invitation(self) -> QWidget:
        icon = Icon(self.look, icon_named("action", "photo"), "lampInk", 56)
        words = Label(self.look, _("Ta bilden med kameraappen och välj den här."), "body", "text2")
        made = QWidget()
        beside = self.look.scale >= LARGE
        box = QBoxLayout(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom, made)
        box.setContentsMargins(0, 0, 0, 0)
        middle = Qt.AlignmentFlag.AlignVCenter if beside else Qt.AlignmentFlag.AlignHCenter
        words.setAlignment(middle)
        box.addWidget(icon, 0, middle)
        box.addWidget(words, 1)
        return made

    def show_chips(self, chips: Sequence[Chip]) -> None:
        """Chips over the picture."""
        said = [(each.text, each.icon, each.kind) for each in chips]
        if said == self._said:
            return
        self._said = said
        emptied(self._chips)
        for each in chips:
            self._chips.addWidget(each)

    def show_photos(self, photos: Sequence[Photo]) -> None:
        """Show these."""
        self._photos = list(photos)
        count = len(self._photos)
        names = ", ".join(known(each.name, str) or "" for each in self._photos)
        words = ngettext("{n} foto", "{n} foton", count).format(n=count)
        self.setAccessibleName(f"{words}: {names}" if count else _("Inget foto än"))
        self._bound()
        self.setCursor(Qt.CursorShape.ArrowCursor if count else Qt.CursorShape.PointingHandCursor)
        self.update()

    @property
    def has_any(self) -> bool:
        """Whether photos are shown."""
        return bool(self._photos)

    def leave_room(self, high: int) -> None:
        """Be no higher than this, where that is too little for photos that fill the area: they are small then, with the
        chips beside them; or for the words that stand here before the first, which are left out then."""
        low = high if high < (self._least if self._photos else self._inviting()) else 0
        if low != self._low:
            self._low = low
            self._bound()

    def _inviting(self) -> int:
        """How high the chips and the invitation to take the first photo are, with what is around them."""
        wide = self.width() - 2 * self._side
        return self._chips.heightForWidth(wide) + self._empty.heightForWidth(wide) + 3 * self._between + 2 * AROUND

    def _bound(self) -> None:
        count, is_low = len(self._photos), bool(self._low)
        self._empty.setVisible(not count and not is_low)
        self._color.setVisible(bool(count) and self.look.theme == "red" and not is_low)
        around = LOW_AROUND if is_low else AROUND
        left = self._pictured + self._side // 2 if is_low and count else self._side
        self._box.setContentsMargins(left, around, self._side, around)
        self._box.setSpacing(0 if is_low else self._between)
        # Enough to tell what is on them; where there is none, what stands under it is to be seen.
        least = self._least if count else 0
        if is_low:
            words = self._chips.heightForWidth(self.width() - left - self._side)
            least = max(self._low if count else 0, words + 2 * around)
        self.setMinimumHeight(least)
        self.setMaximumHeight(least if is_low else self._most)
        self.update()

    @property
    def _pictured(self) -> int:
        """So much of the width the photos take."""
        if not self._low:
            return self.width()
        return min(len(self._photos) * self._low * 4 // 3, self.width() // LOW_SHARE)

    def event(self, event: QEvent) -> bool:
        """Chips that have just come ask for another height only when they are shown."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self._low:
            self._bound()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width for small photos."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._bound()

    def sizeHint(self) -> QSize:
        """A picture's shape."""
        return QSize(480, round(260 * self.look.scale))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press on the empty area."""
        if not self._photos and event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def _cells(self) -> list[QRect]:
        """A cell for each photo, in rows."""
        count, wide = len(self._photos), self._pictured
        columns = 1 if count < 2 else max(1, min(count, round(math.sqrt(count * wide / max(1, self.height())))))
        lines = -(-count // columns)
        found = []
        for place in range(count):
            line, column = divmod(place, columns)
            here = columns if line < lines - 1 else count - columns * (lines - 1)
            left, right = wide * column // here, wide * (column + 1) // here
            top, bottom = self.height() * line // lines, self.height() * (line + 1) // lines
            found.append(QRect(QPoint(left, top), QPoint(right - GAP, bottom - GAP if lines > 1 else bottom)))
        return found

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.look.color("sunken"))
        if not self._photos and not self._low:
            box = self.rect().adjusted(10, 8, -10, -8)
            paint_box(painter, box, None, self.look.color("line"), radius=CARD_RADIUS, width=1.5, dashed=True)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for photo, cell in zip(self._photos, self._cells(), strict=True):
            self._paint_photo(painter, photo, cell)

    def _paint_photo(self, painter: QPainter, photo: Photo, cell: QRect) -> None:
        name = photo.report if len(self._photos) == 1 and photo.report else photo.thumb
        side = LARGE_PX if name == photo.report else SMALL_PX
        picture = self._pictures.get(str(name), side, as_it_is=self._color.isChecked()) if name else QPixmap()
        if picture is None:
            return
        if picture.isNull():
            icon = QRect(0, 0, self.look.icon_px(40), self.look.icon_px(40))
            icon.moveCenter(cell.center())
            paint_icon(painter, self.look, icon, icon_named("state", "photo_blocked"), self.look.color("text2"))
            return
        size = cell.size().scaled(picture.size(), Qt.AspectRatioMode.KeepAspectRatio)
        cut = QRect(QPoint(0, 0), size)
        cut.moveCenter(picture.rect().center())
        painter.drawPixmap(cell, picture, cut)
