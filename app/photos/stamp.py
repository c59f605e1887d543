"""A picture taken with the device's own camera becomes a file of our own, which says when, where, which way."""

from pathlib import Path

from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

from app.domain.snap import Snap

QUALITY = 92


def _degrees(value: float) -> tuple[IFDRational, IFDRational, IFDRational]:
    """Degrees, minutes and seconds to a ten-thousandth: some millimetres."""
    parts = round(abs(value) * 36_000_000)
    whole, rest = divmod(parts, 36_000_000)
    minutes, seconds = divmod(rest, 600_000)
    return IFDRational(whole, 1), IFDRational(minutes, 1), IFDRational(seconds, 10_000)


def _where(snap: Snap) -> dict[int, object]:
    tags, found = ExifTags.GPS, dict[int, object]()
    if snap.position is not None:
        lat, lon = snap.position.lat, snap.position.lon
        found |= {
            tags.GPSLatitudeRef: "S" if lat < 0 else "N",
            tags.GPSLatitude: _degrees(lat),
            tags.GPSLongitudeRef: "W" if lon < 0 else "E",
            tags.GPSLongitude: _degrees(lon),
            tags.GPSMapDatum: "WGS-84",
        }
        if snap.accuracy_m is not None:
            found[tags.GPSHPositioningError] = IFDRational(round(snap.accuracy_m * 100), 100)
    if snap.direction_deg is not None:
        found[tags.GPSImgDirectionRef] = "T"
        found[tags.GPSImgDirection] = IFDRational(round(snap.direction_deg % 360 * 100), 100)
    return {tags.GPSVersionID: b"\2\3\0\0", **found} if found else {}


def write_snap(folder: Path, size: tuple[int, int], rgba: bytes, snap: Snap) -> Path:
    """Write a picture of so many pixels, four bytes each, into a folder as JPEG with what `snap` knows. Returns the
    file. Raises OSError."""
    moment = snap.moment
    exif = Image.Exif()
    if snap.camera:
        exif[ExifTags.Base.Model] = snap.camera
    exif[ExifTags.IFD.Exif] = {
        ExifTags.Base.DateTimeOriginal: moment.strftime("%Y:%m:%d %H:%M:%S"),
        ExifTags.Base.SubsecTimeOriginal: f"{moment.microsecond // 1000:03}",
        ExifTags.Base.OffsetTimeOriginal: moment.isoformat()[-6:],
    }
    if where := _where(snap):
        exif[ExifTags.IFD.GPSInfo] = where
    path = folder / f"foto_{moment:%Y%m%d_%H%M%S}_{moment.microsecond // 1000:03}.jpg"
    Image.frombytes("RGBA", size, rgba).convert("RGB").save(path, "JPEG", quality=QUALITY, exif=exif)
    return path
