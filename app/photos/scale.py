"""The copies of a photo that are shown: one for the protocol and the screen, one small.

Sizes are ½, ¼ or ⅛ of the source because a JPEG decoder gives those almost for nothing: 4032 → 2016 px takes a sixth
of the time of 4032 → 2048. A copy is made from pixels alone: no metadata, no embedded thumbnail, no second picture
behind the first. The same bytes give the same copies (with the same Pillow).
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms, ImageFile

from app.photos.clock_page import moment_shown
from app.photos.heic import open_heic
from app.photos.intake import HEAD, Format, format_of
from app.photos.reasons import Reason

REPORT_SIDE, REPORT_QUALITY = 2016, 80
THUMB_SIDE, THUMB_QUALITY = 504, 78
LARGEST_STEP = 8

BLANK = 8
"""A damaged picture with no more than so many shades of 256 is what a decoder fills in, not something seen."""

LIMIT_PX = 200_000_000
"""The largest cameras in phones give 200 megapixels; what says more in its header is refused undecoded."""
Image.MAX_IMAGE_PIXELS = LIMIT_PX

_DECODERS = ("JPEG", "PNG", "WEBP", "AVIF")
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What brings the pixels upright, by Orientation as stored."""


@dataclass(frozen=True)
class Copies:
    """What became of a photo. `width` and `height` in pixels of the original the right way up, None if unknown.
    `report` and `thumb` are JPEG bytes, None if it cannot be shown; then, or if `damaged`, `reason` says why. `clock`:
    the moment that the clock page says, where it is a photo of that."""

    format: Format | None
    width: int | None = None
    height: int | None = None
    report: bytes | None = None
    thumb: bytes | None = None
    damaged: bool = False
    reason: Reason | None = None
    clock: datetime | None = None


def step_for(long_side: int) -> int:
    """The smallest of 1, 2, 4, 8 that brings a long side down to `REPORT_SIDE`; 8 where none does."""
    return next((step for step in (1, 2, 4) if -(-long_side // step) <= REPORT_SIDE), LARGEST_STEP)


@contextmanager
def _cut_files_allowed() -> Iterator[None]:
    """Lets Pillow show what there is of a file that was cut. It has no other switch than this one for all."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, True
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _opened(data: bytes) -> Image.Image:
    with warnings.catch_warnings():
        # Above the limit Pillow only warns and raises from twice the limit on.
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        return Image.open(BytesIO(data), formats=_DECODERS)


def is_copy(path: Path) -> bool:
    """Whether a file begins as the copies that are made here do: a JPEG, grey or RGB, of a size that can be shown."""
    try:
        with Image.open(path, formats=("JPEG",)) as picture:
            return picture.mode in ("L", "RGB") and picture.width * picture.height <= LIMIT_PX
    except (OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return False


def _load(picture: Image.Image, step: int) -> Image.Image:
    """The same picture with its pixels, for JPEG already reduced as far as its decoder can towards `step`."""
    picture.draft(None, (max(1, picture.width // step), max(1, picture.height // step)))
    picture.load()
    return picture


def _mended(data: bytes, step: int) -> Image.Image | None:
    """What there is of a damaged picture; None if nothing is."""
    try:
        with _cut_files_allowed():
            picture = _load(_opened(data), step)
    except (OSError, SyntaxError):
        return None
    return None if all(high - low <= BLANK for low, high in _extrema(picture)) else picture


def _extrema(picture: Image.Image) -> list[tuple[float, float]]:
    return [band.getextrema() for band in picture.split()]  # type: ignore[misc]


def _orientation(picture: Image.Image) -> int:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return int(picture.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001, damaged metadata raises whatever it likes and is no reason not to show the pixels
        return 1


def _plain(picture: Image.Image) -> Image.Image:
    """The same picture as RGB, L or CMYK with 8 bits; what is transparent becomes white."""
    if picture.mode in ("RGB", "L", "CMYK"):
        return picture
    if picture.mode.startswith("I;16"):
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.mode == "I":
        return picture.point(lambda value: value / 256).convert("L")
    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(paper, seen).convert("RGB")
    return picture.convert("RGB")


@cache
def _srgb_profile() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The same picture with its colours in sRGB. A profile that is none, or of other colours, is disregarded."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            if "srgb" not in ImageCms.getProfileDescription(source).casefold():
                turned = ImageCms.profileToProfile(picture, source, _srgb_profile(), outputMode="RGB")
                return picture.convert("RGB") if turned is None else turned
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # an empty or damaged profile: the pixels are what there is
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _fitted(picture: Image.Image, step: int, long_side: int) -> Image.Image:
    """Reduced to 1/`step` of a source with this long side, and to `REPORT_SIDE` where that is not enough."""
    wanted = -(-long_side // step)
    left = step // max(1, round(long_side / max(picture.size)))
    if left > 1:
        picture = picture.reduce(left)
    if wanted > REPORT_SIDE:
        picture.thumbnail((REPORT_SIDE, REPORT_SIDE), Image.Resampling.LANCZOS)
    return picture


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    picture.info.clear()  # Pillow would write the source's comment
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _copied(picture: Image.Image, turn: int, size: tuple[int, int], step: int) -> tuple[bytes, bytes, datetime | None]:
    profile = picture.info.get("icc_profile")
    small = _fitted(_plain(picture), step, max(size))
    report = _srgb(small, profile)
    if turn in _TURNS:
        report = report.transpose(_TURNS[turn])
    thumb = report.reduce(max(1, -(-max(report.size) // THUMB_SIDE)))
    clock = moment_shown(report)
    return _jpeg(report, REPORT_QUALITY), _jpeg(thumb, THUMB_QUALITY), clock


def _heic_copies(data: bytes) -> Copies:
    heic = open_heic(data)
    width, height = heic.size
    about = Copies(Format.HEIC, width, height)
    if width * height > LIMIT_PX:
        return replace(about, reason=Reason.TOO_LARGE)
    report, thumb, clock = _copied(heic.decode(), 1, heic.size, step_for(max(heic.size)))
    return replace(about, report=report, thumb=thumb, clock=clock)


def _other_copies(data: bytes) -> Copies:
    header = _opened(data)
    size, kind = header.size, Format(header.format or "")
    step = step_for(max(size))
    damaged = False
    try:
        picture: Image.Image | None = _load(header, step)
    except (OSError, SyntaxError):
        damaged, picture = True, _mended(data, step)
    turn = _orientation(picture or header)  # not before: a PNG may have it behind its pixels
    about = Copies(kind, *(size if turn < 5 else size[::-1]), damaged=damaged)
    if picture is None:
        return replace(about, reason=Reason.BROKEN)
    report, thumb, clock = _copied(picture, turn, size, step)
    reason = Reason.DAMAGED if damaged else None
    return replace(about, report=report, thumb=thumb, reason=reason, clock=clock)


@dataclass(frozen=True)
class Pixels:
    """A picture as it is shown: upright, in sRGB, three bytes a pixel, row after row."""

    width: int
    height: int
    rgb: bytes


def pixels_of(data: bytes, most_px: int) -> Pixels | None:
    """The whole picture of a photo, reduced to ½, ¼ or ⅛ of its sides where it has more than `most_px` pixels. None
    where it cannot be shown. Never raises for what is in the data."""
    try:
        if format_of(data[:HEAD]) is Format.HEIC:
            heic = open_heic(data)
            size, turn, step = heic.size, 1, _step_to(heic.size, most_px)
            picture = heic.decode()
        else:
            picture = _opened(data)
            size = picture.size
            step = _step_to(size, most_px)
            picture = _load(picture, step)
            turn = _orientation(picture)
        profile = picture.info.get("icc_profile")
        left = step // max(1, round(max(size) / max(picture.size)))
        shown = _srgb(_plain(picture if left < 2 else picture.reduce(left)), profile)
        shown = shown.transpose(_TURNS[turn]) if turn in _TURNS else shown
        return Pixels(shown.width, shown.height, shown.tobytes())
    except Exception:  # noqa: BLE001, decoders raise whatever they like over damaged files
        return None


def _step_to(size: tuple[int, int], most_px: int) -> int:
    return next((step for step in (1, 2, 4) if size[0] * size[1] <= most_px * step * step), LARGEST_STEP)


def make_copies(source: Path | bytes) -> Copies:
    """The report and thumbnail copies of a photo: never cropped, never turned twice, in sRGB, without metadata.

    Never raises for what is in the file; raises OSError if it cannot be read. Not for two threads at once.
    """
    data = source if isinstance(source, bytes) else source.read_bytes()
    kind = format_of(data[:HEAD])
    if kind is None:
        return Copies(None, reason=Reason.NOT_A_PHOTO if data else Reason.EMPTY)
    try:
        return _heic_copies(data) if kind is Format.HEIC else _other_copies(data)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Copies(kind, reason=Reason.TOO_LARGE)
    except MemoryError:
        return Copies(kind, reason=Reason.TOO_MUCH_MEMORY)
    except Exception:  # noqa: BLE001, decoders raise whatever they like over damaged files; the reason says it is damaged
        return Copies(kind, damaged=True, reason=Reason.BROKEN)
