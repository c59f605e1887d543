"""Maps and charts: plain shapes drawn on the canvas."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.report.document import Run
from app.report.pdf_blocks import Block
from app.report.pdf_canvas import Box, Canvas
from app.report.pdf_text import Drawer, Setting, set_text
from app.report.shapes import Anchor, Clipped, Disc, Drawing, Label, Line, Picture, Point, Polygon, Shape
from app.report.style import MM, Type
from app.report.tagging import Element

_VERY_WIDE = 10_000.0


class DrawingBlock(Block):
    """A drawing as one figure; without an element an artifact that the caller has opened."""

    def __init__(self, drawing: Drawing, element: Element | None, language: str, left: float = 0) -> None:
        super().__init__()
        self._drawing, self._element, self._left = drawing, element, left
        self._language = language

    def height(self) -> float:
        """The sheet's."""
        return self._drawing.height * MM

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """All shapes as one piece of content."""
        x += self._left
        artist = _Artist(canvas, x, top, self._language)
        if self._element is None:
            artist.shapes(self._drawing.shapes)
            return
        self._element.box = (x, top - self.height(), x + self._drawing.width * MM, top)
        with canvas.content(self._element):
            artist.shapes(self._drawing.shapes)


class _Artist:
    """Draws shapes in millimetres downwards from a corner in points."""

    def __init__(self, canvas: Canvas, x: float, top: float, language: str) -> None:
        self._canvas, self._x, self._top = canvas, x, top
        self._language = language
        self._ways: dict[type, Callable[[Any], None]] = {
            Line: self._line,
            Polygon: self._polygon,
            Disc: self._disc,
            Label: self._label,
            Picture: self._picture,
            Clipped: self._clipped,
        }

    def shapes(self, shapes: tuple[Shape, ...]) -> None:
        for shape in shapes:
            self._ways[type(shape)](shape)

    def _at(self, point: Point) -> Point:
        return self._x + point[0] * MM, self._top - point[1] * MM

    def _box(self, corner: Point, width: float, height: float) -> Box:
        x, y = self._at(corner)
        return x, y - height * MM, x + width * MM, y

    def _line(self, line: Line) -> None:
        points = [self._at(point) for point in line.points]
        self._canvas.stroke(points, line.width * MM, line.colour, [part * MM for part in line.dash])

    def _polygon(self, shape: Polygon) -> None:
        points = [self._at(point) for point in shape.points]
        self._canvas.polygon(points, shape.fill, shape.stroke, shape.stroke_width * MM, shape.opacity)

    def _disc(self, disc: Disc) -> None:
        x, y = self._at(disc.centre)
        self._canvas.disc(x, y, disc.radius * MM, disc.fill, disc.stroke, disc.stroke_width * MM)

    def _picture(self, picture: Picture) -> None:
        x0, y0, x1, y1 = self._box(picture.corner, picture.width, picture.height)
        self._canvas.picture(picture.key, x0, y0, x1 - x0, y1 - y0)

    def _clipped(self, clipped: Clipped) -> None:
        with self._canvas.state():
            self._canvas.clip(self._box(clipped.corner, clipped.width, clipped.height))
            self.shapes(clipped.shapes)

    def _label(self, label: Label) -> None:
        size = label.size * MM
        setting = set_text(
            (Run(label.text),), Type(size, size, strong=label.strong, colour=label.colour), _VERY_WIDE, self._language
        )
        setting = replace(setting, leftward=False)
        shift = {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}[label.anchor]
        x, y = self._at(label.at)
        x -= setting.natural_width * shift
        if label.halo:
            _drawn(self._canvas, setting, x, y, label.halo * MM)
        _drawn(self._canvas, setting, x, y, 0)


def _drawn(canvas: Canvas, setting: Setting, x: float, y: float, halo: float) -> None:
    Drawer(canvas, setting, None, halo).draw_on(x, y)
