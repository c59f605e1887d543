"""Pictures of photos, decoded beside the window. A list asks for the thumbnail blob and never for an original."""

from collections import OrderedDict

from PySide6.QtCore import QByteArray, QObject, QRunnable, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage, QPixmap

from app.base.errors import GatljusError
from app.domain.ports import BlobStore

MOST_BYTES = 96 << 20
"""What decoded pictures may take; those not looked at for longest go first."""


class _Told(QObject):
    made = Signal(str, int, QImage)


class _Decode(QRunnable):
    def __init__(self, blobs: BlobStore, name: str, side: int, told: _Told) -> None:
        super().__init__()
        self._blobs, self._name, self._side, self._told = blobs, name, side, told

    def run(self) -> None:
        """Called by Qt in a thread of the pool."""
        image = QImage()
        try:
            image.loadFromData(QByteArray(self._blobs.read(self._name)))
        except (GatljusError, OSError):
            # Not here yet, or damaged: the empty picture says so, and `verify` says why.
            image = QImage()
        if not image.isNull() and self._side and max(image.width(), image.height()) > self._side:
            size = QSize(self._side, self._side)
            image = image.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        self._told.made.emit(self._name, self._side, image)


class Pictures(QObject):
    """Pictures by blob and longest side in pixels; 0 is as large as the blob is.

    `arrived(blob)` is emitted when one that was asked for is there; an empty pixmap means that it cannot be shown.
    """

    arrived = Signal(str)

    def __init__(self, blobs: BlobStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._blobs = blobs
        self._held: OrderedDict[tuple[str, int], QPixmap] = OrderedDict()
        self._bytes = 0
        self._asked: set[tuple[str, int]] = set()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._told = _Told(self)
        self._told.made.connect(self._keep)

    def get(self, name: str, side: int) -> QPixmap | None:
        """The picture, or None while it is on its way."""
        key = (name, side)
        found = self._held.get(key)
        if found is not None:
            self._held.move_to_end(key)
            return found
        if key not in self._asked:
            self._asked.add(key)
            self._pool.start(_Decode(self._blobs, name, side, self._told))
        return None

    def _keep(self, name: str, side: int, image: QImage) -> None:
        key = (name, side)
        self._asked.discard(key)
        self._held[key] = QPixmap.fromImage(image)
        self._bytes += image.sizeInBytes()
        while self._bytes > MOST_BYTES and len(self._held) > 1:
            _key, old = self._held.popitem(last=False)
            self._bytes -= old.width() * old.height() * 4
        self.arrived.emit(name)

    def forget(self, name: str) -> None:
        """Look again at the next asking: its bytes have arrived."""
        for key in [key for key in self._held if key[0] == name]:
            del self._held[key]

    def stop(self) -> None:
        """Wait for what is being decoded."""
        self._pool.clear()
        self._pool.waitForDone()
