"""A picture that came without a file, from the clipboard, becomes a file of our own, which says when that was."""

from datetime import datetime
from pathlib import Path

from PIL import ExifTags, Image

OPAQUE = (255, 255)


def write_pasted(folder: Path, size: tuple[int, int], rgba: bytes, moment: datetime) -> Path:
    """Write a picture of so many pixels, four bytes each, into a folder as PNG, taken at `moment` (aware, by the walk's
    clock). Returns the file. Raises OSError."""
    image = Image.frombytes("RGBA", size, rgba)
    if image.getchannel("A").getextrema() == OPAQUE:
        image = image.convert("RGB")
    exif = Image.Exif()
    exif[ExifTags.IFD.Exif] = {
        ExifTags.Base.DateTimeOriginal: moment.strftime("%Y:%m:%d %H:%M:%S"),
        ExifTags.Base.OffsetTimeOriginal: moment.isoformat()[-6:],
    }
    path = folder / moment.strftime("inklistrad_%Y%m%d_%H%M%S.png")
    image.save(path, "PNG", exif=exif, compress_level=1)
    return path
