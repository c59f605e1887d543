"""The code of the clock page in a photo of it."""

from datetime import datetime

import zxingcpp
from PIL import Image

from app.domain.camera_clock import moment_in

LOOKED_AT = 1008
"""Pixels along the long side: half of the copy for the protocol. A code that is a tenth as wide is read, and every
other photo waits six milliseconds for it."""


def moment_shown(picture: Image.Image) -> datetime | None:
    """The moment that the clock page says in a picture (L or RGB); None where it is not seen."""
    grey = picture.convert("L").reduce(max(1, round(max(picture.size) / LOOKED_AT)))
    # Finders are found at any angle; that a code is white on black, or larger than the picture's half, it never is.
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found = zxingcpp.read_barcodes(grey, formats, try_rotate=True, try_downscale=False, try_invert=False)
    return next((moment for each in found if (moment := moment_in(each.text)) is not None), None)
