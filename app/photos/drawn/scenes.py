"""A drawn photo as a camera would have saved it: a JPEG with its time, its place and which way up it is.

The sample walk's photos are made here when the walk is built; no file of them is shipped.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from app.domain.values import Position
from app.photos.drawn import closeups, details, parks, passages, stops, town, tunnels
from app.photos.drawn.night import Night

SIZES: dict[str, tuple[int, int]] = {"landscape": (1280, 960), "portrait": (960, 1280), "panorama": (1920, 720)}
"""Width and height in pixels, as shown."""

SCENES: dict[str, Callable[..., Night]] = {
    each.__name__: each
    for each in (
        town.street, town.crossing, town.square, town.closed, stops.shelter, stops.glassfront, stops.kiosk,
        parks.parkpath, parks.avenue, parks.pond, parks.playground, parks.courtyard,
        tunnels.tunnel, tunnels.mouth, tunnels.wall, tunnels.stairs,
        passages.scaffold, passages.parking, passages.ramp, passages.racks,
        closeups.plate, closeups.hatch, closeups.shards, closeups.hole,
        details.bins, details.scooters, details.kerb, details.box, details.signpost, details.seat, details.spots,
        details.crown,
    )
}  # fmt: skip
"""Every scene by name; what more a scene takes stands in its own line."""

EXIF_IFD, GPS_IFD = 0x8769, 0x8825
MAKE, MODEL, ORIENTATION, DATE_TIME = 0x010F, 0x0110, 0x0112, 0x0132
TURNED = 6
"""EXIF orientation: to be shown turned a quarter to the right."""


@dataclass(frozen=True)
class Taking:
    """What a camera notes beside a picture. `at` is local time with its offset; `direction` degrees from true north."""

    camera: str
    at: datetime
    position: Position | None = None
    direction: float | None = None
    altitude: float | None = None


def _degrees(value: float) -> tuple[IFDRational, IFDRational, IFDRational]:
    """Degrees, minutes and seconds to 1/10 000 of a second: 3 mm."""
    units = round(abs(value) * 3600 * 10000)
    minutes, seconds = divmod(units, 600000)
    return IFDRational(minutes // 60, 1), IFDRational(minutes % 60, 1), IFDRational(seconds, 10000)


def _gps(taking: Taking, position: Position) -> dict[int, Any]:
    at = taking.at.astimezone(UTC)
    tags: dict[int, Any] = {
        1: "N" if position.lat >= 0 else "S",
        2: _degrees(position.lat),
        3: "E" if position.lon >= 0 else "W",
        4: _degrees(position.lon),
        7: tuple(IFDRational(part, 1) for part in (at.hour, at.minute, at.second)),
        29: f"{at:%Y:%m:%d}",
    }
    if taking.altitude is not None:
        tags |= {5: b"\0" if taking.altitude >= 0 else b"\1", 6: IFDRational(round(abs(taking.altitude) * 10), 10)}
    if taking.direction is not None:
        tags |= {16: "T", 17: IFDRational(round(taking.direction * 10), 10)}
    return tags


def _exif(taking: Taking, turned: bool) -> Image.Exif:
    exif = Image.Exif()
    exif[MAKE], exif[MODEL] = taking.camera.split(" ", 1)[0], taking.camera
    exif[ORIENTATION] = TURNED if turned else 1
    exif[DATE_TIME] = f"{taking.at:%Y:%m:%d %H:%M:%S}"
    offset = taking.at.utcoffset() or timedelta()
    sign = "-" if offset < timedelta() else "+"
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    exif.get_ifd(EXIF_IFD).update({0x9003: exif[DATE_TIME], 0x9011: f"{sign}{hours:02}:{minutes:02}"})
    if taking.position:
        exif.get_ifd(GPS_IFD).update(_gps(taking, taking.position))
    return exif


def draw(scene: str, seed: str, size: str, more: Mapping[str, Any]) -> Image.Image:
    """The picture of a scene. `size` as in `SIZES`; the same words give the same pixels every time."""
    given = {name: tuple(value) if isinstance(value, list) else value for name, value in more.items()}
    return SCENES[scene](SIZES[size], f"{scene} {seed}", **given).finish()


def draw_photo(
    scene: str, seed: str, size: str, more: Mapping[str, Any], taking: Taking | None = None, turned: bool = False
) -> bytes:
    """A drawn photo as JPEG bytes. Without `taking` it carries no EXIF at all, as a picture that came by message.
    `turned` saves a portrait as cameras do: lying, with an orientation to turn it by."""
    picture = draw(scene, seed, size, more)
    if turned:
        picture = picture.transpose(Image.Transpose.ROTATE_90)
    out = io.BytesIO()
    exif = _exif(taking, turned) if taking else Image.Exif()
    picture.save(out, "JPEG", quality=84, exif=exif)
    return out.getvalue()
