"""Thumbnails beside each other: photos of an observation, of a stop, of a walk. Never decodes an original."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from app.base.words import _
from app.domain.records import Photo
from ui.bridge.pictures import Pictures
from ui.widgets.button import Button
from ui.widgets.desk import Desk
from ui.widgets.flow import Flow
from ui.widgets.group import KeyGroup
from ui.widgets.look import Look
from ui.widgets.paint import RADIUS, paint_box, paint_icon
from ui.widgets.text import emptied

SIDE = 132
"""The side of a thumbnail at 100 %."""


@dataclass(frozen=True)
class Shot:
    """A photo in a strip: its id, its thumbnail blob ("" where there is none), its name (*Foto 4.2*) and what it
    shows."""

    key: str
    thumb: str
    name: str
    says: str = ""

    @staticmethod
    def of(photo: Photo, number: str) -> "Shot":
        """A photo that has this number."""
        thumb = photo.thumb if isinstance(photo.thumb, str) else ""
        says = str(photo.alt or photo.caption or "").strip()
        return Shot(photo.id, thumb, _("Foto {number}").format(number=number) if number else _("Foto"), says)


class Thumb(QAbstractButton):
    """One thumbnail, its name on a plate at the bottom. A press opens the photo."""

    def __init__(self, look: Look, pictures: Pictures, shot: Shot, side: int = SIDE) -> None:
        super().__init__()
        self.look, self.shot, self._pictures = look, shot, pictures
        self._side = max(look.target, look.icon_px(side))
        self.setText(shot.name)
        self.setAccessibleName(f"{shot.name}, {shot.says}" if shot.says else shot.name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        pictures.arrived.connect(self._arrived)

    def _arrived(self, blob: str) -> None:
        if blob == self.shot.thumb:
            self.update()

    def sizeHint(self) -> QSize:
        """Four to three."""
        return QSize(round(self._side * 4 / 3), self._side)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        box = self.rect()
        paint_box(painter, box, self.look.color("sunken"))
        picture = self._pictures.get(self.shot.thumb, 2 * self._side) if self.shot.thumb else None
        if picture is not None and not picture.isNull():
            self._picture(painter, box)
        elif picture is not None or not self.shot.thumb:
            side = self.look.icon_px(36)
            middle = QRect((box.width() - side) // 2, (box.height() - side) // 3, side, side)
            paint_icon(painter, self.look, middle, "image-off-outline", self.look.color("text2"))
        self._plate(painter)
        if self.isCheckable():
            self._box(painter)
        edge = "primary" if self.isDown() or self.isChecked() else "line"
        paint_box(painter, box, None, self.look.color(edge), width=4 if self.isChecked() else 2)

    def _picture(self, painter: QPainter, box: QRect) -> None:
        picture = self._pictures.get(self.shot.thumb, 2 * self._side)
        assert picture is not None
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(box), RADIUS, RADIUS)
        painter.save()
        painter.setClipPath(shape)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        scale = max(box.width() / picture.width(), box.height() / picture.height())
        wide, high = round(box.width() / scale), round(box.height() / scale)
        cut = QRect((picture.width() - wide) // 2, (picture.height() - high) // 2, wide, high)
        painter.drawPixmap(box, picture, cut)
        painter.restore()

    def _plate(self, painter: QPainter) -> None:
        painter.setFont(self.look.font("meta", weight=600))
        metrics = painter.fontMetrics()
        plate = QRect(4, self.height() - metrics.height() - 10, 0, metrics.height() + 6)
        plate.setWidth(min(metrics.horizontalAdvance(self.text()) + 16, self.width() - 8))
        paint_box(painter, plate, self.look.color("surface"), radius=6)
        painter.setPen(self.look.color("text"))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, self.text())

    def _box(self, painter: QPainter) -> None:
        """A box in the corner, ticked or empty."""
        side = self.look.icon_px(24)
        box = QRect(self.width() - side - 10, 6, side + 4, side + 4)
        paint_box(painter, box, self.look.color("surface"), radius=6)
        icon = "checkbox-marked" if self.isChecked() else "checkbox-blank-outline"
        paint_icon(painter, self.look, box.adjusted(2, 2, -2, -2), icon, self.look.color("text"))


class PhotoStrip(QWidget):
    """Thumbnails in rows, and `after` them what is done with them. `opened(photo)`; with `detachable` each has a button
    that emits `detached(photo)`. With `ticked` a press ticks a photo off or on instead of opening it, all being on at
    first; `chose` is emitted then."""

    opened = Signal(str)
    detached = Signal(str)
    chose = Signal()

    def __init__(
        self, desk: Desk, *, detachable: bool = False, ticked: bool = False, side: int = SIDE,
        after: Sequence[QWidget] = (),
    ) -> None:  # fmt: skip
        super().__init__()
        self.desk, self.look, self._detachable, self._side = desk, desk.look, detachable, side
        self._ticked, self.off, self._after = ticked, set[str](), after
        self._shots: list[Shot] = []
        self.thumbs: list[Thumb] = []
        self._group: KeyGroup | None = None
        self._flow = Flow(self.look.gap)
        self.setLayout(self._flow)
        for each in after:
            self._flow.addWidget(each)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_shots(self, shots: Sequence[Shot]) -> None:
        """Show these photos; nothing is made anew where they are the same."""
        if list(shots) != self._shots:
            self._shots = list(shots)
            self._fill()

    def set_side(self, side: int) -> None:
        """Other thumbnails, so high at 100 %."""
        if side != self._side:
            self._side = side
            self._fill()

    def tick_all(self, keys: Sequence[str], *, on: bool) -> None:
        """Tick these on or off, whether they are shown or not."""
        (self.off.difference_update if on else self.off.update)(keys)
        for each in self.thumbs:
            each.setChecked(each.shot.key not in self.off)
        self.chose.emit()

    def _fill(self) -> None:
        for each in self._after:
            self._flow.removeWidget(each)
        emptied(self._flow)
        self.thumbs = []
        for shot in self._shots:
            self._flow.addWidget(self._cell(shot))
        for each in self._after:
            self._flow.addWidget(each)
        if self._group is not None:
            self._group.deleteLater()
        self._group = KeyGroup(self.thumbs, self) if self.thumbs else None
        self.updateGeometry()

    def _cell(self, shot: Shot) -> QWidget:
        thumb = Thumb(self.look, self.desk.pictures, shot, self._side)
        if self._ticked:
            thumb.setCheckable(True)
            thumb.setChecked(shot.key not in self.off)
            thumb.clicked.connect(lambda on: self._tick(shot.key, on))
        else:
            thumb.clicked.connect(lambda: self.opened.emit(shot.key))
        self.thumbs.append(thumb)
        if not self._detachable:
            return thumb
        cell = QWidget()
        box = QVBoxLayout(cell)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(thumb)
        name = _("Lossa {photo}").format(photo=shot.name)
        loosen = Button(self.look, _("Lossa"), "link-variant-off", kind="quiet", name=name, icon_size=20)
        loosen.clicked.connect(lambda: self.detached.emit(shot.key))
        box.addWidget(loosen)
        return cell

    def _tick(self, key: str, on: bool) -> None:
        (self.off.discard if on else self.off.add)(key)
        self.chose.emit()
