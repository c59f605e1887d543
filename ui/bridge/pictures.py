"""Pictures of photos, decoded beside the window. A list asks for the thumbnail blob and never for an original."""

from collections import OrderedDict

from PySide6.QtCore import QByteArray, QObject, QRunnable, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QColor, QImage, QPixmap, qGray, qRgb

from app.base.errors import GatljusError
from app.domain.ports import BlobStore

MOST_BYTES = 96 << 20
"""What decoded pictures may take; those not looked at for longest go first."""


Key = tuple[str, int, int]
"""Blob, longest side, the dye's 0xRRGGBB or −1."""

PLAIN = -1


def dyed(image: QImage, color: QColor) -> QImage:
    """The same picture in shades of one colour, by how light it is: at night no eye meets white or blue."""
    shades = image.convertToFormat(QImage.Format.Format_Grayscale8).convertToFormat(QImage.Format.Format_Indexed8)
    shares = [part / 255 for part in (color.red(), color.green(), color.blue())]
    table = [qRgb(*(round(qGray(shade) * share) for share in shares)) for shade in shades.colorTable()]
    shades.setColorTable(table)
    return shades.convertToFormat(QImage.Format.Format_RGB32)


def _weight(picture: QPixmap) -> int:
    return picture.width() * picture.height() * 4


class _Told(QObject):
    made = Signal(object, QImage)


class _Decode(QRunnable):
    def __init__(self, blobs: BlobStore, key: Key, told: _Told) -> None:
        super().__init__()
        self._blobs, self._key, self._told = blobs, key, told
        self._name, self._side, self._dye = key

    def run(self) -> None:
        """Called by Qt in a thread of the pool."""
        image = QImage()
        try:
            image.loadFromData(QByteArray(self._blobs.read(self._name)))
        except (GatljusError, OSError):
            # Gone meanwhile, or damaged: the empty picture says so, and `verify` says why.
            image = QImage()
        if not image.isNull() and self._side and max(image.width(), image.height()) > self._side:
            size = QSize(self._side, self._side)
            image = image.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        if not image.isNull() and self._dye != PLAIN:
            image = dyed(image, QColor.fromRgb(self._dye))
        self._told.made.emit(self._key, image)


class Pictures(QObject):
    """Pictures by blob and longest side in pixels; 0 is as large as the blob is. All are in shades of one colour while
    there is a dye.

    `arrived(blob)` is emitted when one that was asked for is there; an empty pixmap means that it cannot be shown, as
    long as its blob is not here or is no picture.
    """

    arrived = Signal(str)

    def __init__(self, blobs: BlobStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._blobs = blobs
        self._held: OrderedDict[Key, QPixmap] = OrderedDict()
        self._bytes = 0
        self._asked: set[Key] = set()
        self._dye = PLAIN
        self._wishes = 0
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._told = _Told(self)
        self._told.made.connect(self._keep)

    def dye(self, color: QColor | None) -> None:
        """Show all pictures in shades of this colour, or as they are."""
        self._dye = PLAIN if color is None else color.rgb() & 0xFFFFFF

    def get(self, name: str, side: int, *, as_it_is: bool = False) -> QPixmap | None:
        """The picture, or None while it is on its way. `as_it_is`: undyed."""
        key = (name, side, PLAIN if as_it_is else self._dye)
        found = self._held.get(key)
        if found is not None:
            self._held.move_to_end(key)
            return found
        if not self._blobs.has(name):
            return QPixmap()
        if key not in self._asked:
            self._asked.add(key)
            self._wishes += 1
            # The newest wish first: what a list is scrolled past need not come before what is looked at.
            self._pool.start(_Decode(self._blobs, key, self._told), self._wishes)
        return None

    def waits(self) -> bool:
        """Whether pictures are on their way."""
        return bool(self._asked)

    def _keep(self, key: Key, image: QImage) -> None:
        self._asked.discard(key)
        if not image.isNull() or self._blobs.has(key[0]):
            self._held[key] = QPixmap.fromImage(image)
            self._bytes += _weight(self._held[key])
        while self._bytes > MOST_BYTES and len(self._held) > 1:
            _key, old = self._held.popitem(last=False)
            self._bytes -= _weight(old)
        self.arrived.emit(key[0])

    def stop(self) -> None:
        """Wait for what is being decoded."""
        self._pool.clear()
        self._pool.waitForDone()
