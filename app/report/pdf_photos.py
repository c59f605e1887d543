"""Photos in rows of one height, never cut: the more go into a row, the wider it may be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.report.document import PhotoFigure
from app.report.pdf_blocks import Block, TextBlock, Typesetter
from app.report.pdf_canvas import Canvas
from app.report.style import (
    CAPTION,
    MAIN_LEFT_MM,
    MAIN_MM,
    MM,
    PANORAMA,
    PHOTO_GAP_MM,
    PHOTO_HIGHEST_MM,
    PHOTO_LOWEST_MM,
    PHOTO_ONE_TALL_MM,
    PHOTO_ONE_WIDE_MM,
    PORTRAIT,
    RULE_PHOTO,
    SIDE_MM,
)
from app.report.tagging import Element

_CAPTION_GAP = 2 * MM
_FULL_MM = PORTRAIT.frame_width
_ALONE_HIGHEST_MM = 100.0
"""Of a photo that stands alone over the whole width."""
_NARROWEST_CAPTION = 30 * MM


@dataclass(frozen=True)
class Shot:
    """A photo in a row: its elements and its caption's words are set when the row has its size. Lengths in mm."""

    figure: PhotoFigure
    element: Element
    caption: Element

    @property
    def aspect(self) -> float:
        """Width over height."""
        return self.figure.width / self.figure.height


class PhotoRow(Block):
    """Photos of one height beside each other with their captions below; the only one of a place has its caption in the
    side column. `left_mm` and `height_mm` as in the grid."""

    def __init__(
        self, setter: Typesetter, shots: Sequence[Shot], height_mm: float, left_mm: float, beside: bool
    ) -> None:
        super().__init__(anchors=[shot.figure.record for shot in shots])
        self.moved = False
        self._setter = setter
        self.shots = tuple(shots)
        self.height_mm = height_mm
        self.left_mm = left_mm
        self.beside = beside
        self._captions = [self._caption(shot) for shot in shots]

    def _caption(self, shot: Shot) -> TextBlock:
        width = SIDE_MM * MM if self.beside else max(shot.aspect * self.height_mm * MM, _NARROWEST_CAPTION)
        return self._setter.text(shot.figure.caption, CAPTION.but(hyphens=True), width, shot.caption)

    def height(self) -> float:
        """The photos and the longest caption."""
        captions = max(caption.height() for caption in self._captions)
        photos = self.height_mm * MM
        return max(photos, captions) if self.beside else photos + _CAPTION_GAP + captions

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Figure, caption, figure, caption."""
        left, height = x + self.left_mm * MM, self.height_mm * MM
        for shot, caption in zip(self.shots, self._captions, strict=True):
            width = shot.aspect * height
            box = (left, top - height, left + width, top)
            shot.element.box = box
            with canvas.content(shot.element):
                canvas.picture(shot.figure.picture, left, top - height, width, height)
            with canvas.artifact():
                canvas.rectangle(box, stroke="frame", width=RULE_PHOTO)
            if self.beside:
                caption.draw(canvas, x, top + 2)
            else:
                caption.draw(canvas, left, top - height - _CAPTION_GAP)
            left += width + PHOTO_GAP_MM * MM

    def scaled(self, factor: float) -> "PhotoRow":
        """The same row, smaller."""
        row = PhotoRow(self._setter, self.shots, self.height_mm * factor, self.left_mm, self.beside)
        row.moved, row.place, row.running = self.moved, self.place, self.running
        return row.spaced(self.before, self.after, self.keep)

    def move_last(self) -> None:
        """Read the photos after everything else of their place."""
        self.moved = True
        for shot in self.shots:
            for element in (shot.element, shot.caption):
                if element.parent:
                    element.parent.move_last(element)


@dataclass(frozen=True)
class _Row:
    """Some of the photos and their height in mm."""

    shots: tuple[Shot, ...]
    height: float = 0.0


def photo_rows(setter: Typesetter, shots: Sequence[Shot], full: bool, first_alone: bool) -> list[PhotoRow]:
    """The photos in rows, in the order given. `full`: from the frame's left edge and 170 wide."""
    shots = list(shots)
    rows: list[PhotoRow] = []
    if first_alone and shots:
        first = shots.pop(0)
        rows.append(PhotoRow(setter, [first], min(_FULL_MM / first.aspect, _ALONE_HIGHEST_MM), 0, beside=False))
    packed = _packed(shots, full)
    # Rows under each other begin alike, and a photo alone under others has its caption below as they have.
    wide = full or any(len(each.shots) > 2 for each in packed)
    beside = not full and len(shots) == 1
    left = 0 if wide else MAIN_LEFT_MM
    return [*rows, *(PhotoRow(setter, each.shots, each.height, left, beside) for each in packed)]


def _packed(shots: Sequence[Shot], full: bool) -> list[_Row]:
    if len(shots) == 1 and not full:
        return [_Row(tuple(shots), _alone(shots[0]))]
    rows: list[_Row] = []
    row: list[Shot] = []
    for shot in shots:
        panoramic = shot.aspect >= PANORAMA or bool(row and row[-1].aspect >= PANORAMA)
        if row and (panoramic or _height([*row, shot], full) < PHOTO_LOWEST_MM):
            rows.append(_Row(tuple(row), _height(row, full)))
            row = []
        row.append(shot)
    if row:
        lowest = min(_height(row, full), rows[-1].height if rows else PHOTO_HIGHEST_MM)
        rows.append(_Row(tuple(row), lowest))
    return [replace(each, height=min(each.height, PHOTO_HIGHEST_MM)) for each in rows]


def _height(row: Sequence[Shot], full: bool) -> float:
    width = _FULL_MM if full or len(row) > 2 else MAIN_MM
    return (width - PHOTO_GAP_MM * (len(row) - 1)) / sum(shot.aspect for shot in row)


def _alone(shot: Shot) -> float:
    if shot.aspect >= PANORAMA:
        return min(MAIN_MM / shot.aspect, PHOTO_HIGHEST_MM)
    return PHOTO_ONE_WIDE_MM / shot.aspect if shot.aspect >= 1 else PHOTO_ONE_TALL_MM
