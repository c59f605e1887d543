"""What is seen through a camera. It stands on QtMultimedia: read it through `media.Media`.

A photo is the picture that stands in the sink, not the camera's own capture: a test's pictures take the same way.
"""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import (
    QCamera,
    QCameraDevice,
    QCameraFormat,
    QMediaCaptureSession,
    QVideoFrameInput,
    QVideoSink,
)

from ui.bridge.unlocked import call_unlocked

WIDEST = 2592
"""More pixels across are not asked of a camera that is shown live: five million tell as much of a dark path."""
OLD_MS = 1500
"""A picture that has stood so long is not what is seen now: the camera was pulled out, or has stopped."""


def best_format(device: QCameraDevice) -> QCameraFormat | None:
    """The largest format of a camera that can be shown live; None where it names none."""
    fit = [each for each in device.videoFormats() if each.resolution().width() <= WIDEST]
    return max(
        fit,
        key=lambda each: (each.resolution().width() * each.resolution().height(), each.maxFrameRate()),
        default=None,
    )


class Eye(QObject):
    """A camera, from `start` to `stop`. `seen()`: another picture stands there, or none any longer. `failed(why)`."""

    seen = Signal()
    failed = Signal(str)

    def __init__(self, source: QCamera | QVideoFrameInput, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self.name, self._source = name, source
        self._session, self._sink = QMediaCaptureSession(self), QVideoSink(self)
        source.setParent(self)
        if isinstance(source, QCamera):
            self._session.setCamera(source)
            source.errorOccurred.connect(lambda _error, why: self.failed.emit(why))
        else:
            self._session.setVideoFrameInput(source)
        self._session.setVideoSink(self._sink)
        self._old = QTimer(self, singleShot=True, interval=OLD_MS)
        self._old.timeout.connect(self.seen)
        self._sink.videoFrameChanged.connect(lambda _frame: self._see())

    @staticmethod
    def of(device: QCameraDevice, parent: QObject) -> "Eye":
        """Through a camera of this machine."""
        camera = QCamera(device)
        form = best_format(device)
        if form is not None:
            camera.setCameraFormat(form)
        return Eye(camera, device.description(), parent)

    def start(self) -> None:
        """Begin to look."""
        if isinstance(self._source, QCamera):
            call_unlocked(self._source, "start")

    def stop(self) -> None:
        """Look no more."""
        if isinstance(self._source, QCamera):
            call_unlocked(self._source, "stop")

    def _see(self) -> None:
        self._old.start()
        self.seen.emit()

    def picture(self) -> QImage:
        """What is seen now, the right way up; empty before the first picture, and where none has come of late."""
        frame = self._sink.videoFrame()
        return frame.toImage() if frame.isValid() and self._old.isActive() else QImage()
