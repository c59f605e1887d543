"""The single marks of a map: discs, octagons, arrows, plates, scale bar, north arrow, credit and the legend below."""

import math
from collections.abc import Sequence

from app.base.words import _
from app.report.lettering import width_of
from app.report.maplayout import END, OCTAGON, PLATE_TEXT, Furnished
from app.report.maproom import DISC, RING, Box
from app.report.shapes import Anchor, Disc, Label, Line, Point, Polygon, Shape, box, moved
from app.report.wording import NBSP, number

SMALL = 2.9
"""Type size of furniture and legend in mm, 8.2 pt."""
_ROW = 6.2
_AFTER = 5.0
"""Between two entries of the legend."""

Entry = tuple[float, tuple[Shape, ...], str]
"""A mark's width, the mark itself with its middle at the origin's height, and its words."""


def disc(centre: Point, words: str) -> tuple[Shape, ...]:
    """A stop's disc with its number."""
    size = 3.4 if len(words) < 3 else 2.5
    at = (centre[0], centre[1] + size * 0.33)
    return (
        Disc(centre=centre, radius=DISC, fill="ink", stroke="white", stroke_width=RING),
        Label(at=at, text=words, size=size, colour="white", strong=True, anchor=Anchor.MIDDLE),
    )


def octagon(centre: Point, radius: float = OCTAGON) -> tuple[Shape, ...]:
    """The mark of something acute."""
    turns = [math.pi / 8 + math.pi / 4 * step for step in range(8)]
    points = tuple((centre[0] + radius * math.cos(each), centre[1] + radius * math.sin(each)) for each in turns)
    mark = Polygon(points=points, fill="red", stroke="white", stroke_width=0.3)
    at = (centre[0], centre[1] + radius * 0.58)
    return mark, Label(at=at, text="!", size=radius * 1.7, colour="white", strong=True, anchor=Anchor.MIDDLE)


def end_ring(centre: Point) -> Disc:
    """The ring where the way ends."""
    return Disc(centre=centre, radius=END - 0.5, fill="white", stroke="ink", stroke_width=0.9)


def photo_square(centre: Point) -> Polygon:
    """A photo without a stop."""
    return Polygon(
        points=box(centre[0] - 0.6, centre[1] - 0.6, 1.2, 1.2), fill="ink", stroke="white", stroke_width=0.25
    )


def arrow(at: Point, along: Point) -> Polygon:
    """An arrow head; `along` is the direction, of length 1."""
    dx, dy = along
    tip = (at[0] + 1.9 * dx, at[1] + 1.9 * dy)
    left = (at[0] - 1.3 * dx + 1.45 * dy, at[1] - 1.3 * dy - 1.45 * dx)
    right = (at[0] - 1.3 * dx - 1.45 * dy, at[1] - 1.3 * dy + 1.45 * dx)
    return Polygon(points=(tip, left, right), fill="accent", stroke="white", stroke_width=0.35)


def plate(where: Box, text: str) -> tuple[Shape, ...]:
    """A white plate with words."""
    wide, high = where.right - where.left, where.bottom - where.top
    corners = box(where.left, where.top, wide, high)
    at = ((where.left + where.right) / 2, where.top + high / 2 + PLATE_TEXT * 0.33)
    return (
        Polygon(points=corners, fill="white", stroke="ink", stroke_width=0.35),
        Label(at=at, text=text, size=PLATE_TEXT, strong=True, anchor=Anchor.MIDDLE),
    )


def furniture(where: Furnished, metres: int, length: float, credit: str) -> list[Shape]:
    """Scale bar, north arrow and credit, each on white."""
    shapes: list[Shape] = [*_scale_bar(where.scale, metres, length), *_north(where.north)]
    if where.credit and credit:
        left, top = where.credit.left, where.credit.top
        corners = box(left, top, where.credit.right - left, where.credit.bottom - top)
        shapes.append(Polygon(points=corners, fill="white", opacity=0.92))
        shapes.append(Label(at=(left + 2.0, top + 3.5), text=credit, size=SMALL))
    return shapes


def _scale_bar(where: Box, metres: int, length: float) -> list[Shape]:
    left, top = where.left, where.top
    back = Polygon(points=box(left, top, where.right - left, where.bottom - top), fill="white", opacity=0.92)
    x, y, half = left + 3.0, top + 6.0, length / 2
    unit = f"{number(metres)}{NBSP}m" if metres < 1000 else f"{number(metres // 1000)}{NBSP}km"
    middle = number(metres / 2, 0 if metres % 2 == 0 else 1) if metres < 1000 else ""
    return [
        back,
        Polygon(points=box(x, y, half, 1.3), fill="ink", stroke="ink", stroke_width=0.18),
        Polygon(points=box(x + half, y, half, 1.3), fill="white", stroke="ink", stroke_width=0.18),
        Label(at=(x, y - 1.4), text="0", size=SMALL, anchor=Anchor.MIDDLE),
        Label(at=(x + half, y - 1.4), text=middle, size=SMALL, anchor=Anchor.MIDDLE),
        Label(at=(x + length, y - 1.4), text=unit, size=SMALL, anchor=Anchor.MIDDLE),
    ]


def _north(centre: Point) -> list[Shape]:
    x, y = centre
    back = Disc(centre=centre, radius=6.2, fill="white")
    needle = Polygon(points=((x, y - 4.8), (x + 2.4, y + 1.6), (x, y + 0.3), (x - 2.4, y + 1.6)), fill="ink")
    name = Label(at=(x, y + 4.9), text=_("N"), size=SMALL, strong=True, anchor=Anchor.MIDDLE)
    return [back, needle, name]


def _way_entry(words: str, *, dashed: bool = False, colour: str = "accent", width: float = 1.1) -> Entry:
    line = Line(points=((0.6, 0.0), (10.4, 0.0)), width=width, colour=colour, dash=(2.0, 1.5) if dashed else ())
    head = () if dashed or width < 1 else (arrow((5.5, 0.0), (1.0, 0.0)),)
    return 11.0, (line, *head), words


def entries(
    *, walked: bool, gaps: bool, planned: bool, others: bool, end: bool, acute: bool, photos: bool
) -> list[Entry]:
    """What the legend explains: only what the map shows."""
    small = Disc(centre=(1.9, 0.0), radius=1.9, fill="ink")
    nr = Label(at=(1.9, 0.75), text="1", size=2.2, colour="white", strong=True, anchor=Anchor.MIDDLE)
    found: list[Entry] = [(3.8, (small, nr), _("Plats med nummer"))]
    if walked:
        found.append(_way_entry(_("Gången väg och riktning")))
    if gaps:
        found.append(_way_entry(_("Lucka i spåret"), dashed=True))
    if others:
        found.append(_way_entry(_("Annan grupps väg"), width=0.6))
    if planned:
        found.append(_way_entry(_("Planerad, inte gången"), dashed=True, colour="secondary", width=0.6))
    if end:
        found.append((3.4, (end_ring((1.7, 0.0)),), _("Slut")))
    if acute:
        found.append((3.4, octagon((1.7, 0.0)), _("Akut")))
    if photos:
        found.append((1.4, (photo_square((0.7, 0.0)),), _("Foto utan plats")))
    return found


def legend(found: Sequence[Entry], plain_words: Sequence[str], width: float, top: float) -> tuple[list[Shape], float]:
    """The legend's shapes from `top` down, in rows of `width` mm, and its height."""
    shapes: list[Shape] = []
    x, row = 0.0, 0
    for mark_width, marks, words in (*found, *((0.0, (), each) for each in plain_words)):
        gap = 1.8 if marks else 0.0
        needed = mark_width + gap + width_of(words, SMALL)
        if x and x + needed > width:
            x, row = 0.0, row + 1
        y = top + 3.6 + row * _ROW
        shapes += [moved(each, (x, y)) for each in marks]
        shapes.append(Label(at=(x + mark_width + gap, y + 1.0), text=words, size=SMALL))
        x += needed + _AFTER
    return shapes, (row + 1) * _ROW + 1.0
