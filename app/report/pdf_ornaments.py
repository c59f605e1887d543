"""What makes the pages look like themselves: chapter heads, discs, scales, big figures."""

from collections.abc import Sequence

from app.report.document import KeyFigures, Run, Scale, plain
from app.report.pdf_blocks import Block, TextBlock, Typesetter
from app.report.pdf_canvas import Canvas
from app.report.style import (
    BIG_FIGURE,
    DISC_NUMBER,
    H1,
    H2_STOP,
    MAIN_LEFT_MM,
    MAIN_MM,
    META,
    MM,
    PORTRAIT,
    RULE_HEAD,
    RULE_ROW,
    SIDE,
    TABLE,
)
from app.report.tagging import Element

_BAR = (14 * MM, 1.4 * MM, 4.5 * MM)
"""Width, height and distance over the title."""
_DISC_RADIUS = 3.7 * MM
_SCALE_MM = 62.0


class BigHeading(Block):
    """Number and title of a chapter, the lamp's bar above them."""

    def __init__(
        self, setter: Typesetter, number: str, title: str, element: Element, indent: float, anchors: Sequence[str]
    ) -> None:
        super().__init__(anchors=anchors)
        width = (PORTRAIT.frame_width * MM) - indent
        self._number = setter.text(plain(f"{number} ") if number else (), H1.but(colour="accent"), indent, element)
        self._title = setter.text(plain(title), H1, width, element, indent)

    def height(self) -> float:
        """The title's."""
        return self._title.height()

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Bar, number, title."""
        width, height, over = _BAR
        with canvas.artifact():
            canvas.rectangle((x, top + over - height, x + width, top + over), fill="lamp")
        self._number.draw(canvas, x, top)
        self._title.draw(canvas, x, top)


class Disc(Block):
    """The number of a stop in a disc, in the side column."""

    def __init__(self, setter: Typesetter, number: str, element: Element) -> None:
        super().__init__()
        self._number = setter.text(plain(number), DISC_NUMBER, 100, None)
        self._spoken = f"{number} "
        self._element = element

    def height(self) -> float:
        """Its diameter."""
        return 2 * _DISC_RADIUS

    def first_baseline(self) -> float:
        """So that it stands a little above the name's base line."""
        return H2_STOP.leading

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """The disc is an artifact, its number the start of the heading."""
        with canvas.artifact():
            canvas.disc(x + _DISC_RADIUS, top - _DISC_RADIUS, _DISC_RADIUS, "ink")
        with canvas.content(self._element), canvas.span(self._spoken):
            width = self._number.setting.natural_width
            self._number.draw(canvas, x + _DISC_RADIUS - width / 2, top - _DISC_RADIUS + self._number.height() / 2)


class ScaleBlock(Block):
    """Label, scale with four ticks and a dot between the words for its ends, and the words that say it."""

    def __init__(self, setter: Typesetter, label: TextBlock, scale: Scale, element: Element) -> None:
        super().__init__()
        self._label, self._value = label, scale.value
        left = (MAIN_LEFT_MM + _SCALE_MM + 5) * MM
        self._words = setter.text(scale.text, SIDE, (MAIN_MM - _SCALE_MM - 5) * MM, element, left)
        width, at = _SCALE_MM * MM / 2, MAIN_LEFT_MM * MM
        low, high = (plain(each) for each in scale.ends)
        self._ends = (
            setter.text(low, META, width, None, at),
            setter.text(high, META.but(right=True), width, None, at + width),
        )

    def height(self) -> float:
        """Two lines with the words at the ends, or as many as the words beside take."""
        return max(self._label.height() + self._ends[0].height(), self._words.height())

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """The scale is an artifact: the words beside it say the same."""
        self._label.draw(canvas, x, top)
        left, length = x + MAIN_LEFT_MM * MM + 2, _SCALE_MM * MM - 4
        y = top - SIDE.leading / 2 - 0.5
        with canvas.artifact():
            canvas.stroke([(left, y), (left + length, y)], 1.2, "accent")
            for tick in range(4):
                at = left + length * tick / 3
                canvas.stroke([(at, y - 3), (at, y + 3)], 1.2, "accent")
            share = (min(4.0, max(1.0, self._value)) - 1) / 3
            canvas.disc(left + length * share, y, 4.1, "accent", "white", 1.2)
            for end in self._ends:
                end.draw(canvas, x, top - SIDE.leading)
        self._words.draw(canvas, x, top)


class FiguresBlock(Block):
    """Big numbers with words under them, between rules."""

    def __init__(self, columns: Sequence[tuple[TextBlock, TextBlock]], width: float) -> None:
        super().__init__()
        self._columns, self._width = tuple(columns), width

    def height(self) -> float:
        """Rules, numbers, words."""
        return 8 + BIG_FIGURE.leading + max(words.height() for _number, words in self._columns) + 10

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Column by column."""
        with canvas.artifact():
            canvas.rule(x, top, self._width, RULE_HEAD, "ink")
            canvas.rule(x, top - self.height(), self._width, RULE_ROW, "hairline")
        step = self._width / len(self._columns)
        for index, (number, words) in enumerate(self._columns):
            number.draw(canvas, x + index * step, top - 8)
            words.draw(canvas, x + index * step, top - 8 - BIG_FIGURE.leading)


def figures_block(setter: Typesetter, figures: KeyFigures, width: float, parent: Element) -> FiguresBlock:
    """Each figure is one paragraph: number, words."""
    step = width / len(figures.figures)
    columns = []
    for number, words in figures.figures:
        element = parent.add("P")
        big = setter.text((Run(f"{number} "),), BIG_FIGURE, step, element)
        columns.append((big, setter.text(plain(words), TABLE.but(hyphens=False), step - 8, element)))
    return FiguresBlock(columns, width)
