"""Charts as plain shapes in millimetres, each with its numbers in words. One hue in two depths and an outline: they
read in grey."""

from collections.abc import Sequence

from app.base.words import _
from app.report.document import DrawingFigure
from app.report.lettering import width_of
from app.report.shapes import Anchor, Disc, Drawing, Label, Line, Polygon, Shape, box
from app.report.wording import MINUS, hold, number

Counted = tuple[str, float]
"""A name and its number."""

TEXT = 3.35
"""Type size of names, 9.5 pt in mm."""
FIGURE = 3.2
"""Type size of numbers, 9 pt in mm."""
_PITCH = 5.6
_BAR = 4.0
_MOST_NAMES = 0.56
"""Share of a bar chart's width that the names may take."""
_STEPS = (("accent", "white"), ("#4E7484", "white"), ("#8FAAB4", "ink"), ("light", "ink"))


def in_words(title: str, counts: Sequence[Counted], decimals: int = 0) -> str:
    """The alternative text of a chart: its title and every number."""
    parts = ", ".join(f"{name} {number(value, decimals)}" for name, value in counts)
    return f"{title.rstrip('.')}. {parts}."


def bars(
    title: str, counts: Sequence[Counted], *, width: float = 80.0, decimals: int = 0, scale: int = 0
) -> DrawingFigure:
    """Horizontal bars in the order given, the value at each end. `width` of the whole in mm, of which the names take
    what they need. `scale`: the bars' end is this number, and each whole number up to it is marked; else no axis."""
    largest = scale or max((value for _name, value in counts), default=0) or 1
    names = min(max((width_of(name, TEXT) for name, _value in counts), default=0) + 2.5, _MOST_NAMES * width)
    longest = width - names - 10
    foot = len(counts) * _PITCH
    shapes: list[Shape] = _steps(names, longest, foot, scale)
    for row, (name, value) in enumerate(counts):
        top = row * _PITCH
        length = max(0.3, longest * value / largest)
        shapes.append(Label(at=(0, top + 3.3), text=fitted(name, names - 1.5, TEXT), size=TEXT))
        shapes.append(Polygon(points=box(names, top + 0.4, length, _BAR), fill="accent"))
        at = (names + length + 1.5, top + 3.3)
        shapes.append(Label(at=at, text=number(value, decimals), size=FIGURE, strong=True, halo=0.6 if scale else 0))
    drawing = Drawing(width=width, height=max(_PITCH, foot) + (4.5 if scale else 0), shapes=tuple(shapes))
    return DrawingFigure(drawing=drawing, alt=in_words(title, counts, decimals), title=hold(title))


def _steps(left: float, length: float, foot: float, scale: int) -> list[Shape]:
    """A line with its number at each whole number of a scale."""
    shapes: list[Shape] = []
    for step in range(1, scale + 1):
        x = left + length * step / scale
        last = step == scale
        colour, thick = ("accent", 0.3) if last else ("hairline", 0.18)
        shapes.append(Line(points=((x, 0), (x, foot)), width=thick, colour=colour))
        shapes.append(Label(at=(x, foot + 3.6), text=number(step), size=FIGURE, anchor=Anchor.MIDDLE))
    return shapes


def fitted(text: str, width: float, size: float) -> str:
    """The text, cut with an ellipsis if it is wider than `width` mm."""
    if width_of(text, size) <= width:
        return text
    while text and width_of(f"{text}…", size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def severity_bar(title: str, counts: Sequence[tuple[str, int]]) -> DrawingFigure:
    """One bar over 170 mm in parts, each outlined, with its number inside and a legend under it."""
    return stacked(title, [("", counts)], width=170.0)


def stacked(
    title: str, rows: Sequence[tuple[str, Sequence[tuple[str, int]]]], *, width: float = 170.0
) -> DrawingFigure:
    """Bars in parts, one per row: a row's name, and the name and count of each part. The legend stands above."""
    left = 30.0 if any(name for name, _parts in rows) else 0.0
    names = [name for name, _count in rows[0][1]] if rows else []
    shapes: list[Shape] = _legend(names)
    for row, (name, parts) in enumerate(rows):
        top = 7.0 + row * 11.0
        if name:
            shapes.append(Label(at=(0, top + 5.2), text=fitted(name, left - 2, TEXT), size=TEXT))
        shapes += _parts(parts, left, top, width - left)
    drawing = Drawing(width=width, height=7.0 + len(rows) * 11.0 - 3.0, shapes=tuple(shapes))
    words = [(f"{name} {part}".strip(), float(count)) for name, parts in rows for part, count in parts]
    return DrawingFigure(drawing=drawing, alt=in_words(title, words), title=hold(title))


def _legend(names: Sequence[str]) -> list[Shape]:
    shapes: list[Shape] = []
    x = 0.0
    for name, (fill, _ink) in zip(names, _STEPS[::-1] if len(names) == 4 else _STEPS, strict=False):
        shapes.append(Polygon(points=box(x, 0.3, 3.6, 3.6), fill=fill, stroke="accent", stroke_width=0.25))
        shapes.append(Label(at=(x + 5.2, 3.3), text=name, size=TEXT))
        x += 12.0 + width_of(name, TEXT)
    return shapes


def _parts(parts: Sequence[tuple[str, int]], left: float, top: float, width: float) -> list[Shape]:
    total = sum(count for _name, count in parts) or 1
    steps = _STEPS[::-1] if len(parts) == 4 else _STEPS
    shapes: list[Shape] = []
    x = left
    for (_name, count), (fill, ink) in zip(parts, steps, strict=False):
        length = width * count / total
        if count:
            corners = box(x, top, length, 8.0)
            shapes.append(Polygon(points=corners, fill=fill, stroke="accent", stroke_width=0.25))
        if count and length >= width_of(number(count), FIGURE) + 1:
            at = (x + length / 2, top + 5.2)
            words = number(count)
            shapes.append(Label(at=at, text=words, size=FIGURE, colour=ink, strong=True, anchor=Anchor.MIDDLE))
        x += length
    return shapes


def dumbbells(title: str, places: Sequence[tuple[str, float | None, float]], *, width: float = 170.0) -> DrawingFigure:
    """Places then (ring, may be missing) and now (dot) on a scale 1–4, with the difference at the right."""
    left, right = 50.0, width - 20.0
    height = 8.0 * len(places) + 10.0
    shapes: list[Shape] = _ticks(left, right, height)
    for row, (name, then, now) in enumerate(places):
        y = 6.0 + 8.0 * row
        at = left + (right - left) * (now - 1) / 3
        shapes.append(Label(at=(0, y + 1.1), text=fitted(name, left - 4, TEXT), size=TEXT))
        if then is not None:
            past = left + (right - left) * (then - 1) / 3
            shapes.append(Line(points=((past, y), (at, y)), width=0.6, colour="accent"))
            shapes.append(Disc(centre=(past, y), radius=1.4, fill="white", stroke="accent", stroke_width=0.5))
        shapes.append(Disc(centre=(at, y), radius=1.7, fill="accent"))
        shapes.append(Label(at=(width, y + 1.1), text=_change(then, now), size=FIGURE, strong=True, anchor=Anchor.END))
    words = ", ".join(f"{name} {_change(then, now)}" for name, then, now in places)
    drawing = Drawing(width=width, height=height, shapes=tuple(shapes))
    return DrawingFigure(drawing=drawing, alt=f"{title.rstrip('.')}. {words}.", title=hold(title))


def _change(then: float | None, now: float) -> str:
    if then is None:
        return number(now, 1)
    sign = "+" if now > then else MINUS if now < then else "±"
    return f"{sign}{number(abs(now - then), 1)}"


def _ticks(left: float, right: float, height: float) -> list[Shape]:
    shapes: list[Shape] = []
    for step in range(4):
        x = left + (right - left) * step / 3
        shapes.append(Line(points=((x, 2.0), (x, height - 6.0)), width=0.18, colour="hairline"))
        shapes.append(Label(at=(x, height - 2.0), text=str(step + 1), size=FIGURE, anchor=Anchor.MIDDLE))
    ends = ((left - 2, _("mycket otrygg"), Anchor.END), (right + 2, _("mycket trygg"), Anchor.START))
    return [*shapes, *(Label(at=(x, height - 2.0), text=text, size=2.9, anchor=anchor) for x, text, anchor in ends)]
