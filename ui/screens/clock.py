"""The clock page: the right time, large, and as a code. A camera that photographs it tells how its own clock goes.

It is renewed each second while it is seen, and at no other time.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.base.words import _
from app.domain.camera_clock import code_of
from app.domain.change import News
from ui.widgets.desk import Desk, Place
from ui.widgets.page import Head, Screen, Scroll
from ui.widgets.qr import QrCode
from ui.widgets.text import Heading, Label
from ui.widgets.words import exact_words

LEAST, MOST = 220, 520
OF_HEIGHT, OF_WIDTH = 0.48, (0.85, 0.45)
"""What part of the page's height the code takes, and of its width: under the time, beside it."""
SMALLEST, AROUND = 165, 180
"""Pixels: the smallest code that a camera reads at arm's length, and what lies round it."""
LOW, BESIDE = 400, 28
"""Below this effective height the time and all words stand beside the code; so many pixels lie over and under it."""
TIME_SCALE = 2
"""So many times a heading's height the time is."""


class ClockScreen(Screen):
    """Time, code, and what to do with it."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        look = self.look
        head = Head(desk, _("Klocksidan"), _("Fotografera den här sidan med kameran."), back=_("Tillbaka"))
        self.heading: QWidget = head.heading
        self._head = head
        self.time = Heading(look, " ", "h1")
        self.code = QrCode(look, code_of(self.moment()), _("Kod som säger tiden, för kameran"), LEAST)
        self._source = Label(look, "", "meta", "text2")
        self._told = Label(look, _(
            "Ta ett foto där hela rutan syns skarp. Hämta det sedan tillsammans med de andra fotona: det säger hur "
            "kamerans klocka går, så att fotona hamnar rätt längs spåret. Själva fotot av sidan tas inte med."
        ))  # fmt: skip
        content = QWidget()
        self._grid = QGridLayout(content)
        self._grid.setContentsMargins(16, 12, 16, 8)
        self._grid.setSpacing(12)
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowStretch(4, 1)
        self._low: bool | None = None
        self._arrange(low=False)
        self.box.addWidget(head)
        self.box.addWidget(Scroll(look, content), 1)
        self._tick = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._tick.timeout.connect(self._renew)

    def _arrange(self, *, low: bool) -> None:
        """The time over the code; where there is little height beside it, so that a photo has room for both."""
        if low == self._low:
            return
        self._low = low
        self._head.detail.setHidden(low)
        left, top, middle = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignHCenter
        words = (self.time, self._source, self._told)
        for each in (*words, self.code):
            self._grid.removeWidget(each)
        if low:
            self._grid.addWidget(self.code, 0, 0, 5, 1, top)
        else:
            self._grid.addWidget(self.code, 1, 1, middle)
        for place, each in zip((0, 1, 2) if low else (0, 2, 3), words, strict=True):
            each.setAlignment(left if low else middle)
            self._grid.addWidget(each, place, 1)

    def moment(self) -> datetime:
        """The time now: the satellites', where this device's clock is known to go wrong."""
        now, clock = self.desk.session.clock(), self.desk.guide.clock
        ahead = clock.ahead_s if clock.is_wrong else None
        return now if ahead is None else now - timedelta(seconds=ahead)

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Say which clock it is."""
        clock = self.desk.guide.clock
        if clock.ahead_s is None:
            words = _("Tiden är den här enhetens egen. Med en gps ansluten jämförs den med satelliternas.")
        elif clock.is_wrong:
            words = _("Tiden är satelliternas: enhetens egen klocka går fel.")
        else:
            words = _("Tiden är den här enhetens, och stämmer med satelliternas.")
        self._source.setText(words)

    def _renew(self) -> None:
        moment = self.moment()
        walk = self.desk.shelf.walk(self.place.walk) if self.place.walk else None
        self.time.setText(exact_words(moment, walk.zone if walk else None))
        self.code.show_text(code_of(moment), self._side())
        self.refresh({})
        self._tick.start(1000 - moment.microsecond // 1000)

    def _side(self) -> int:
        around = BESIDE if self._low else self.time.sizeHint().height() + AROUND
        high = self.height() - self._head.sizeHint().height() - around
        room = min(OF_HEIGHT * self.height() if high > MOST else high, OF_WIDTH[bool(self._low)] * self.width())
        return round(max(SMALLEST, min(MOST, room)) * LEAST / self.look.icon_px(LEAST))

    def _set_time_large(self) -> None:
        font = self.look.font("h1", tabular=True)
        font.setPixelSize(TIME_SCALE * font.pixelSize())
        self.time.setFont(font)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size, perhaps a larger code, or the other arrangement."""
        super().resizeEvent(event)
        self._arrange(low=self.height() / self.look.scale < LOW)
        self._set_time_large()
        self.code.show_text(code_of(self.moment()), self._side())

    def showEvent(self, event: QShowEvent) -> None:
        """It is seen: from now on it is right."""
        super().showEvent(event)
        self._renew()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees it."""
        self._tick.stop()
        super().hideEvent(event)
