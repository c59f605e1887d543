"""What the camera sees, as large as there is room."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QImage, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.base.words import _
from app.domain.records import SafetyWalk
from app.domain.snap import Snap
from ui.bridge.media import media_of
from ui.bridge.pictures import dyed
from ui.bridge.runner import Failure
from ui.widgets.chip import Chip
from ui.widgets.desk import Desk
from ui.widgets.flow import Flow
from ui.widgets.look import icon_named
from ui.widgets.map_own import Own
from ui.widgets.notice import Notice
from ui.widgets.paint import CARD_RADIUS, paint_box
from ui.widgets.text import Gap, emptied
from ui.widgets.walk_live import own_of
from ui.widgets.words import direction_words, local, metres

LEAST = 190
FINDER = (10, 8, -10, -8)
"""How far inside its room lies what one looks through."""
EACH_MS = 66
"""So often at the most a picture is painted: enough to aim by, on a tablet that shall last the evening."""


def chips_of(own: Own | None) -> list[tuple[str, str, str]]:
    """What will be written into a photo of where one is and which way one goes: word, icon, kind."""
    if own is None:
        return [(_("Inget läge"), icon_named("action", "follow_me"), "plain")]
    if own.stale:
        return [(_("Gammalt läge, tas inte med"), icon_named("action", "follow_me"), "warn")]
    near = f"±{metres(max(1.0, own.radius_m))}" if own.radius_m is not None else _("Läge finns")
    found = [(near, icon_named("action", "follow_me"), "ok")]
    if own.course_deg is not None:
        found.append((direction_words(own.course_deg), icon_named("action", "heading_up"), "plain"))
    return found


class LiveView(QWidget):
    """The camera is on while this is seen. `where`: what the photo will belong to, in words."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.look, self.where = desk, desk.look, ""
        self.eye = media_of(desk.runner).eye(self)
        self._said: list[tuple[str, str, str]] = []
        self._chips = Flow(10)
        chips = QWidget()
        chips.setLayout(self._chips)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 16, 14)
        box.addWidget(chips)
        box.addWidget(Gap(), 1)
        self._soon = QTimer(self, singleShot=True, interval=EACH_MS)
        self._soon.timeout.connect(self.update)
        self.eye.seen.connect(self._see)
        self.eye.failed.connect(self._fail)
        desk.guide.moved.connect(self.show_now)
        desk.guide.turned.connect(self.show_now)
        self.setAccessibleName(_("Det kameran ser"))
        # Large words are no reason for a large picture: what is asked under it is to be seen.
        self.setMinimumHeight(LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_now(self) -> None:
        """What is so of where one is."""
        place = [(self.where, "map-marker", "plain")] if self.where else []
        said = place + chips_of(own_of(self.desk))
        if said != self._said:
            self._said = said
            emptied(self._chips)
            for word, icon, kind in said:
                self._chips.addWidget(Chip(self.look, word, icon, kind))

    def _see(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _fail(self, why: str) -> None:
        text = _("Kameran svarar inte: {why}").format(why=why)
        self.desk.say(Notice(text, icon_named("state", "photo_blocked"), problem=True))

    def take(self) -> QImage:
        """The picture that is seen. Where there is none yet, that is said, and it is empty."""
        picture = self.eye.picture()
        if picture.isNull():
            self.desk.fail(Failure(_("Kameran visar ingen bild än."), _("Vänta en stund och tryck igen.")))
        return picture

    def snap(self, walk: SafetyWalk) -> Snap:
        """What is known of a picture that is taken now. Which way a camera looks no receiver tells: the way one walks
        is taken for it, while one walks."""
        moment, own = local(self.desk.session.clock(), walk.zone), own_of(self.desk)
        if own is None or own.stale:
            return Snap(moment, camera=self.eye.name)
        return Snap(moment, own.position, own.radius_m, own.course_deg, self.eye.name)

    def sizeHint(self) -> QSize:
        """A picture's shape."""
        return QSize(480, round(260 * self.look.scale))

    def showEvent(self, event: QShowEvent) -> None:
        """Look."""
        super().showEvent(event)
        self.eye.start()
        self.show_now()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no more."""
        super().hideEvent(event)
        self.eye.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it, whole: what is seen is what the photo shows. At night in shades of one colour."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.look.color("bg"))
        # Dark in every theme, like what one looks through: a picture seldom has the shape of the room.
        finder = self.rect().adjusted(*FINDER)
        ground = self.look.color("text" if self.look.theme == "light" else "sunken")
        paint_box(painter, finder, ground, self.look.color("hair"), radius=CARD_RADIUS, width=1.5)
        picture = self.eye.picture()
        if picture.isNull():
            return
        room = QRect(QPoint(0, 0), picture.size().scaled(finder.size(), Qt.AspectRatioMode.KeepAspectRatio))
        room.moveCenter(finder.center())
        if self.look.theme == "red":
            picture = dyed(picture.scaled(room.size()), self.look.color("text"))
        painter.drawImage(room, picture)
