"""What a widget paints, read back: its words with their place and ink, its strokes, its pixels."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from xml.etree import ElementTree as ET

from PySide6.QtCore import QBuffer, QLineF, QPoint, QPointF, QRect
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Written:
    """A line of text: where it begins on its baseline, how high its type is, its colour."""

    text: str
    x: float
    baseline: float
    size: float
    weight: int
    ink: QColor
    families: tuple[str, ...]

    @property
    def font(self) -> QFont:
        """The type it is set in."""
        found = QFont(list(self.families))
        found.setPixelSize(round(self.size))
        found.setWeight(QFont.Weight(self.weight))
        return found

    @property
    def box(self) -> QRect:
        """Where its signs lie."""
        signs = QFontMetrics(self.font).tightBoundingRect(self.text)
        return signs.translated(round(self.x), round(self.baseline))

    def moved(self, by: QPoint) -> "Written":
        """The same in a window in which the widget's corner lies there."""
        return replace(self, x=self.x + by.x(), baseline=self.baseline + by.y())


def _drawing(widget: QWidget) -> ET.Element:
    """The widget as a drawing that has not become pixels."""
    out, made = QBuffer(), QSvgGenerator()
    out.open(QBuffer.OpenModeFlag.WriteOnly)
    made.setOutputDevice(out)
    made.setSize(widget.size())
    widget.render(made)
    return ET.fromstring(bytes(out.data().data()))


def written(widget: QWidget) -> list[Written]:
    """Every line of text that is painted, in order. Pictures that are copied onto the widget are not read."""
    found = []
    for group in _drawing(widget).iter(f"{SVG}g"):
        moved = [float(each) for each in re.findall(r"-?[\d.]+", group.get("transform", ""))][-2:] or [0.0, 0.0]
        for each in group.findall(f"{SVG}text"):
            said = each.attrib
            families = tuple(said["font-family"].split(","))
            x, y = float(said["x"]) + moved[0], float(said["y"]) + moved[1]
            text = (each.text or "").strip("\n")
            size, weight = float(said["font-size"]), int(said["font-weight"])
            found.append(Written(text, x, y, size, weight, QColor(said["fill"]), families))
    return found


def texts(widget: QWidget) -> list[str]:
    """The same as words alone."""
    return [each.text for each in written(widget)]


def brackets(widget: QWidget, ink: QColor) -> list[QLineF]:
    """The floors of the open boxes that are stroked in a colour: three lines, the middle one level."""
    found = []
    for group in _drawing(widget).iter(f"{SVG}g"):
        if QColor(group.get("stroke", "none")) != ink:
            continue
        for each in group.findall(f"{SVG}polyline"):
            points = [QPointF(*map(float, pair.split(","))) for pair in each.get("points", "").split()]
            if len(points) == 4 and points[1].y() == points[2].y():
                found.append(QLineF(points[1], points[2]))
    return found


def image(widget: QWidget) -> QImage:
    """The widget as it is seen."""
    return widget.grab().toImage()


def near(seen: QImage, point: QPointF, color: QColor, reach: int = 0) -> bool:
    """Whether a pixel of this very colour lies so near."""
    middle = QPoint(int(point.x()), int(point.y()))
    around = range(-reach, reach + 1)
    places = (middle + QPoint(dx, dy) for dx in around for dy in around)
    return any(seen.valid(place) and seen.pixelColor(place) == color for place in places)


def count(seen: QImage, box: QRect, color: QColor) -> int:
    """How many pixels of a box have this very colour."""
    inside = box.intersected(seen.rect())
    return sum(
        seen.pixelColor(x, y) == color
        for x in range(inside.left(), inside.right() + 1)
        for y in range(inside.top(), inside.bottom() + 1)
    )


def along(corners: Sequence[QPointF], step: float = 2.0) -> Iterator[QPointF]:
    """Points on a line with these corners, so far apart."""
    for start, end in pairwise(corners):
        line = QLineF(start, end)
        for k in range(max(1, int(line.length() / step))):
            yield line.pointAt(k * step / max(line.length(), 1e-9))


def share(seen: QImage, points: Iterable[QPointF], color: QColor, reach: int = 0) -> float:
    """Which share of the points that can be seen have this colour."""
    found = [near(seen, each, color, reach) for each in points if seen.valid(each.toPoint())]
    assert len(found) > 10, "hardly anything of it can be seen"
    return sum(found) / len(found)


def reads(seen: QImage, words: Written) -> bool:
    """Whether the words are really seen, whole and uncovered: as they look when they are set anew on the same paper."""
    box = words.box.adjusted(-1, -1, 1, 1)
    if not seen.rect().contains(box):
        return False
    paper = seen.pixelColor(box.topLeft())
    cells = [QPoint(x, y) for x in range(box.left(), box.right()) for y in range(box.top(), box.bottom())]
    # The drawing tells a place to a thousandth; signs are set to a quarter of a pixel, which either side may round to.
    for shift in (0.0, -0.004, 0.004):
        anew = _set_anew(seen, words, paper, shift)
        other = sum(_apart(seen.pixelColor(each), anew.pixelColor(each)) > 40 for each in cells)
        if other <= 0.02 * len(cells):
            return paper != words.ink
    return False


def _set_anew(seen: QImage, words: Written, paper: QColor, shift: float) -> QImage:
    anew = QImage(seen.size(), seen.format())
    anew.fill(paper)
    painter = QPainter(anew)
    painter.setFont(words.font)
    painter.setPen(words.ink)
    painter.drawText(QPointF(words.x + shift, words.baseline), words.text)
    painter.end()
    return anew


def _apart(one: QColor, two: QColor) -> int:
    parts = ((one.red(), two.red()), (one.green(), two.green()), (one.blue(), two.blue()))
    return max(abs(a - b) for a, b in parts)
