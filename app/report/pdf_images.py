"""Photos and base maps as the file holds them: JPEG bytes as they are, read when they are written."""

import io
from collections.abc import Callable

from PIL import Image
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFDocument, PDFName, PDFObject

_SPACES = {"L": "DeviceGray", "RGB": "DeviceRGB"}
_QUALITY = 85


class ImageStream(PDFObject):
    """An image of a file. `read(key)` gives its bytes, once, when the object is written: no two photos are in memory
    at a time. What is no grey or RGB JPEG is made one."""

    __RefOnly__ = 1

    def __init__(self, key: str, read: Callable[[str], bytes]) -> None:
        self._key = key
        self._read = read

    def format(self, document: PDFDocument) -> bytes:
        """The stream's bytes. Raises what `read` raises, and OSError for bytes that are no image."""
        data = self._read(self._key)
        image: Image.Image = Image.open(io.BytesIO(data))
        if image.format not in ("JPEG", "MPO") or image.mode not in _SPACES:
            data, image = _as_jpeg(image)
        head = PDFDictionary(
            {
                "Type": PDFName("XObject"),
                "Subtype": PDFName("Image"),
                "Width": image.width,
                "Height": image.height,
                "BitsPerComponent": 8,
                "ColorSpace": PDFName(_SPACES[image.mode]),
                "Filter": PDFName("DCTDecode"),
                "Length": len(data),
            }
        )
        return b"".join((head.format(document), b"\nstream\n", data, b"\nendstream\n"))


def _as_jpeg(image: Image.Image) -> tuple[bytes, Image.Image]:
    out = io.BytesIO()
    rgb = image.convert("RGB")
    rgb.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue(), rgb
