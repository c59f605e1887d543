"""The marks of severity, priority and status as vector drawings in a box of 16 units, y upwards.

Their letters are outlines, so that no stray "B" is read out. `draw_mark` draws; whoever calls says whether it is an
artifact beside its word or a span that stands for it.
"""

from math import cos, pi, sin

from app.report.document import Mark, MarkKind
from app.report.pdf_canvas import Canvas
from app.report.style import MARK_MM, MM, SMALL_MARK_MM

BOX = 16
_ROUND = 0.5523

_A = (
    "7.25 11.5 m 4.95 4.5 l 6.4 4.5 l 6.9 6.2 l 9.1 6.2 l 9.6 4.5 l 11.05 4.5 l 8.75 11.5 l h"
    " 7.25 7.35 m 8 9.9 l 8.75 7.35 l h"
)
_B = (
    "5.9 4.6 m 5.9 11.4 l 8.2 11.4 l 9.8 11.4 10.5 10.7 10.5 9.7 c 10.5 8.95 10.1 8.4 9.4 8.15 c"
    " 10.3 7.95 10.9 7.4 10.9 6.5 c 10.9 5.2 9.9 4.6 8.3 4.6 c h"
    " 7.3 8.6 m 8.1 8.6 l 8.8 8.6 9.1 8.95 9.1 9.4 c 9.1 10 8.8 10.25 8.1 10.25 c 7.3 10.25 l h"
    " 7.3 5.75 m 8.2 5.75 l 9.1 5.75 9.5 6.05 9.5 6.65 c 9.5 7.25 9.1 7.5 8.2 7.5 c 7.3 7.5 l h"
)
_C = (
    "10.9 9.9 m 10.3 10.9 9.4 11.5 8.3 11.5 c 6.4 11.5 5.1 10.1 5.1 8 c 5.1 5.9 6.4 4.5 8.3 4.5 c"
    " 9.4 4.5 10.3 5.1 10.9 6.1 c 9.8 6.8 l 9.4 6.1 9 5.75 8.4 5.75 c 7.3 5.75 6.55 6.6 6.55 8 c"
    " 6.55 9.4 7.3 10.25 8.4 10.25 c 9 10.25 9.4 9.9 9.8 9.2 c h"
)
_D = (
    "5.6 4.6 m 5.6 11.4 l 7.6 11.4 l 9.8 11.4 11.1 10.2 11.1 8 c 11.1 5.9 9.8 4.6 7.6 4.6 c h"
    " 7.05 5.8 m 7.6 5.8 l 8.9 5.8 9.65 6.6 9.65 8 c 9.65 9.5 8.9 10.2 7.6 10.2 c 7.05 10.2 l h"
)
_LETTERS = {"A": _A, "B": _B, "C": _C, "D": _D}
_TICK = ((4.6, 8.1), (7, 5.6), (11.5, 10.6))
_BARS = ((2, 5), (6.5, 8.5), (11, 12))
_BAR = 3.2
_SEVERITY_COLOURS = {"0": "blue", "1": "green", "2": "amber", "3": "red", "4": "red"}
_PRIORITY_COLOURS = {"A": "red", "B": "accent", "C": "accent", "D": "secondary"}
_FILLED = {
    "new": 0.0,
    "assessed": 0.25,
    "handed_over": 0.25,
    "accepted": 0.25,
    "planned": 0.5,
    "in_progress": 0.75,
    "done": 1.0,
    "checked": 1.0,
    "fed_back": 1.0,
}
_TICKED = ("checked", "fed_back")


def mark_size(mark: Mark) -> float:
    """Its height and width in points."""
    return (MARK_MM if mark.kind is MarkKind.PRIORITY else SMALL_MARK_MM) * MM


def mark_colour(mark: Mark) -> str:
    """The colour of the mark, which its word takes."""
    if mark.kind is MarkKind.SEVERITY:
        return _SEVERITY_COLOURS.get(mark.value, "secondary")
    if mark.kind is MarkKind.PRIORITY:
        return _PRIORITY_COLOURS.get(mark.value, "secondary")
    return "ink"


def is_drawn(mark: Mark) -> bool:
    """Whether there is a shape for it: *vilande, dubblett* and unknown values are words alone."""
    return {
        MarkKind.SEVERITY: mark.value in _SEVERITY_COLOURS,
        MarkKind.PRIORITY: mark.value in _PRIORITY_COLOURS,
        MarkKind.STATUS: mark.value in _FILLED or mark.value == "rejected",
        MarkKind.LAMP: True,
    }[mark.kind]


def draw_mark(canvas: Canvas, mark: Mark, x: float, y: float) -> None:
    """Draw it with its lower left corner at (x, y)."""
    size = mark_size(mark)
    pen = _Pen(canvas, size / BOX, x, y)
    {
        MarkKind.SEVERITY: _severity,
        MarkKind.PRIORITY: _priority,
        MarkKind.STATUS: _status,
        MarkKind.LAMP: _lamp,
    }[mark.kind](pen, mark.value)


class _Pen:
    """Draws in units of the box."""

    def __init__(self, canvas: Canvas, scale: float, x: float, y: float) -> None:
        self._canvas = canvas
        self._at = (scale, x, y)

    def path(self, path: str, fill: str = "", stroke: str = "", width: float = 0) -> None:
        self._canvas.curve(path, fill, stroke, width, self._at)

    def line(self, points: tuple[tuple[float, float], ...], colour: str, width: float) -> None:
        scale, x, y = self._at
        self._canvas.stroke([(x + a * scale, y + b * scale) for a, b in points], width * scale, colour)

    def disc(self, radius: float, fill: str = "", stroke: str = "", width: float = 0, centre: float = 8) -> None:
        scale, x, y = self._at
        self._canvas.disc(x + 8 * scale, y + centre * scale, radius * scale, fill, stroke, width * scale)


def _severity(pen: _Pen, value: str) -> None:
    colour = _SEVERITY_COLOURS.get(value, "secondary")
    if value == "0":
        pen.disc(6.8, fill=colour)
        pen.line(_TICK, "white", 1.6)
    elif value == "4":
        pen.path("8 14.6 m 15.2 2 l 0.8 2 l h", fill=colour)
        pen.line(((8, 10.6), (8, 7)), "white", 1.7)
        pen.path("7.1 3.3 1.8 1.8 re", fill="white")
    else:
        for index, (x, height) in enumerate(_BARS, 1):
            filled = index <= int(value)
            inset = 0 if filled else 0.4
            path = f"{x + inset} {2 + inset} {_BAR - 2 * inset} {height - 2 * inset} re"
            pen.path(path, fill=colour if filled else "", stroke="" if filled else colour, width=0 if filled else 0.8)


def _priority(pen: _Pen, value: str) -> None:
    colour = _PRIORITY_COLOURS[value]
    letter = "white" if value in "AB" else colour
    if value == "A":
        corners = [(8 + 7.6 * cos(pi / 8 + n * pi / 4), 8 + 7.6 * sin(pi / 8 + n * pi / 4)) for n in range(8)]
        pen.path(
            " ".join(f"{x:.2f} {y:.2f} {'l' if n else 'm'}" for n, (x, y) in enumerate(corners)) + " h", fill=colour
        )
    elif value == "B":
        pen.disc(7, fill=colour)
    elif value == "C":
        pen.disc(6.5, stroke=colour, width=1.3)
    else:
        pen.path("1.65 1.65 12.7 12.7 re", stroke=colour, width=1.3)
    pen.path(_LETTERS[value], fill=letter)


def _status(pen: _Pen, value: str) -> None:
    if value == "rejected":
        pen.disc(6.2, stroke="secondary", width=1.4)
        pen.line(((4.8, 8), (11.2, 8)), "secondary", 1.6)
        return
    share = _FILLED.get(value, 0.0)
    if share >= 1:
        pen.disc(6.9, fill="accent")
    else:
        pen.path(_sector(share), fill="accent")
        pen.disc(6.2, stroke="accent", width=1.4)
    if value in _TICKED:
        pen.line(_TICK, "white", 1.6)


def _sector(share: float) -> str:
    """A pie of quarters, clockwise from the top."""
    if not share:
        return "8 8 m h"
    radius = 6.2
    path = f"8 8 m 8 {8 + radius} l"
    for quarter in range(round(share * 4)):
        start, end = pi / 2 - quarter * pi / 2, -quarter * pi / 2
        x0, y0, x1, y1 = cos(start), sin(start), cos(end), sin(end)
        places = (x0 + _ROUND * y0, y0 - _ROUND * x0, x1 - _ROUND * y1, y1 + _ROUND * x1, x1, y1)
        path += " " + " ".join(f"{8 + radius * place:.3f}" for place in places) + " c"
    return path + " h"


def _lamp(pen: _Pen, _value: str) -> None:
    pen.disc(5, fill="lamp", stroke="accent", width=1)
