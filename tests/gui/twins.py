"""Software twins of what a machine hears, sees and is told with: sound, pictures and positions that are made here go
the whole way those of a microphone, a camera and a receiver do."""

import math
from array import array
from datetime import UTC, datetime, timedelta

from PySide6 import QtMultimedia
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtMultimedia import QAudioFormat, QVideoFrame, QVideoFrameInput

from app.domain.track import Fix
from app.domain.values import Position
from ui.bridge.camera import Eye
from ui.bridge.media import Media
from ui.bridge.receiver import Receiver, State
from ui.bridge.sound import Ear

RATE, PIECE = 48_000, 960


def tone(piece: int, loud: float = 0.25) -> bytes:
    """The n-th fiftieth of a second of a steady tone."""
    step = 2 * math.pi * 440 / RATE
    first = piece * PIECE
    return array("h", [round(32767 * loud * math.sin(step * k)) for k in range(first, first + PIECE)]).tobytes()


class Tone(Ear):
    """A microphone that hears a tone for so many seconds, `fast` times as fast as one hears. `then`: why it is lost
    after that; with "" it goes silent."""

    def __init__(self, seconds: float, parent: QObject, *, fast: float = 50.0, then: str = "") -> None:
        super().__init__(parent)
        self._left, self._told, self._then = round(seconds * RATE / PIECE), 0, then
        # 440 waves a second are whole again after each half second.
        self._pieces = [tone(k) for k in range(25)]
        self._format = QAudioFormat()
        self._format.setSampleRate(RATE)
        self._format.setChannelCount(1)
        self._format.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._each = max(1, round(fast / 5))
        self._timer = QTimer(self, interval=round(1000 * self._each * PIECE / RATE / fast))
        self._timer.timeout.connect(self._tell)

    def start(self) -> None:
        """Begin to hear it."""
        self._timer.start()

    def stop(self) -> None:
        """Hear no more."""
        self._timer.stop()

    def _tell(self) -> None:
        for _turn in range(self._each):
            if not self._timer.isActive():
                return
            if self._told == self._left:
                self._timer.stop()
                if self._then:
                    self.failed.emit(self._then)
                return
            self._told += 1
            self.heard.emit(self._pieces[self._told % 25], self._format)


def scene(number: int) -> QImage:
    """A picture that can be told from others: a dark street with so many lamps."""
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    image.fill(QColor(24, 28, 44))
    painter = QPainter(image)
    painter.fillRect(0, 330, 640, 150, QColor(60, 60, 66))
    for place in range(1 + number % 6):
        painter.setBrush(QColor(255, 210, 120))
        painter.drawEllipse(60 + 95 * place, 110, 40, 40)
    painter.end()
    return image


class Frames(QVideoFrameInput):
    """Frames of a scene, thirty a second."""

    def __init__(self) -> None:
        super().__init__()
        self._number = 0
        self._timer = QTimer(self, interval=33)
        self._timer.timeout.connect(self._send)
        self._timer.start()

    def pull_out(self) -> None:
        """It is not there any more, and says nothing of it."""
        self._timer.stop()

    def _send(self) -> None:
        self._number += 1
        frame = QVideoFrame(scene(self._number // 10))
        frame.setStartTime(self._number * 33_000)
        self.sendVideoFrame(frame)


class Twins(Media):
    """A machine with a camera, unless it `sees` none, and a microphone that hears `seconds` of a tone."""

    def __init__(
        self, parent: QObject, *, seconds: float = 3.0, fast: float = 50.0, then: str = "", sees: bool = False
    ) -> None:
        super().__init__(parent)
        self.sees_now = sees
        self.seconds, self.fast, self.then = seconds, fast, then

    def _look(self) -> None:
        self._qt = QtMultimedia
        self.changed.emit()

    @property
    def microphones(self) -> tuple[str, ...]:
        """One."""
        return ("Mikrofonens tvilling",)

    @property
    def cameras(self) -> tuple[str, ...]:
        """One, or none."""
        return ("Kamerans tvilling",) if self.sees_now else ()

    def eye(self, parent: QObject) -> Eye:
        """Through the camera."""
        return Eye(Frames(), "Kamerans tvilling", parent)

    def _ear(self, parent: QObject) -> QObject:
        return Tone(self.seconds, parent, fast=self.fast, then=self.then)


class Told(Receiver):
    """A receiver that says what the test says."""

    def __init__(self, parent: QObject) -> None:
        super().__init__("prov", parent)
        self._second = 0

    def _seek(self) -> None:
        self._turn(State.SILENT)

    def _let_go(self) -> None:
        pass

    def lose(self) -> None:
        """It is not there any more."""
        self._turn(State.SEEKING, "Mottagaren sitter inte i.")

    def say(self, at: Position, *, hdop: float = 1.0, course: float | None = None, speed: float | None = 1.3) -> Fix:
        """One is here now."""
        self._second += 1
        moment = datetime(2026, 10, 23, 16, 5, tzinfo=UTC) + timedelta(seconds=self._second)
        fix = Fix(moment, at.lat, at.lon, hdop=hdop, speed_mps=speed, course_deg=course)
        self._tell([fix])
        return fix
