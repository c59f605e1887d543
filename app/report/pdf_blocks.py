"""Blocks: what a page is made of, from top to bottom.

A block knows its height, may be split where there is not room for all of it, and draws itself from its upper left
corner. Lengths are points.
"""

from collections.abc import Callable, Sequence
from typing import Self

from app.report.document import Text
from app.report.pdf_canvas import Canvas
from app.report.pdf_text import Drawer, Setting, baseline, set_text
from app.report.style import RULE_NOTICE, Type
from app.report.tagging import Element

_FEW_LINES = 2
"""So many lines at least stand on either side of a page break."""


class Block:
    """Anything that is placed on a page.

    `before` and `after` are the spaces it wants, of which the larger counts; `keep`: the next block follows on the same
    page; `anchors`: targets of links at its top; `place`: the stop that it tells of (photos may follow its text);
    `alone`: its chapter has its page for itself; `running`: what is repeated over it at the top of a page."""

    def __init__(self, before: float = 0, after: float = 0, keep: bool = False, anchors: Sequence[str] = ()) -> None:
        self.before = before
        self.after = after
        self.keep = keep
        self.anchors = tuple(anchors)
        self.place = ""
        self.alone = False
        self.running: Running | None = None

    def height(self) -> float:
        """How much it takes, without the spaces before and after."""
        raise NotImplementedError

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Draw it with its upper left corner there."""
        raise NotImplementedError

    def split(self, room: float, forced: bool = False) -> "tuple[Block, Block] | None":
        """It in two, the first at most `room` high; None if it cannot be, or should not unless `forced`."""
        del room, forced
        return None

    def tops(self) -> list[tuple[float, str]]:
        """The targets in it, with their distance from its top."""
        return [(0.0, anchor) for anchor in self.anchors]

    def first_baseline(self) -> float:
        """How far its first base line lies below its top; 0 if it has none."""
        return 0.0

    def spaced(self, before: float = 0, after: float = 0, keep: bool | None = None) -> Self:
        """Itself, with these spaces."""
        self.before, self.after = before, after
        self.keep = self.keep if keep is None else keep
        return self


class Space(Block):
    """Nothing, so high."""

    def __init__(self, size: float) -> None:
        super().__init__()
        self._size = size

    def height(self) -> float:
        """So high."""
        return self._size

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Nothing."""


class TextBlock(Block):
    """A paragraph, with a label to the left of its first line that is read before it."""

    def __init__(
        self,
        setting: Setting,
        element: Element | None,
        left: float = 0,
        label: Block | None = None,
        anchors: Sequence[str] = (),
    ) -> None:
        super().__init__(anchors=anchors)
        self.setting = setting
        self.element = element
        self.left = left
        self.label = label

    def height(self) -> float:
        """That of its lines, or of its label if that is higher."""
        return max(self.setting.height, self._drop() + self.label.height() if self.label else 0)

    def _drop(self) -> float:
        """How far the label is lowered so that both stand on one base line."""
        if self.label is None or not self.setting.lines:
            return 0
        return max(0.0, self.first_baseline() - self.label.first_baseline())

    def first_baseline(self) -> float:
        """That of its first line."""
        return baseline(self.setting.type)

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """The label first."""
        if self.label:
            self.label.draw(canvas, x, top - self._drop())
        Drawer(canvas, self.setting, self.element).draw(x + self.left, top)

    def split(self, room: float, forced: bool = False) -> tuple[Block, Block] | None:
        """Between two lines, at least two on either side; the label stays with the first part."""
        few = 1 if forced else _FEW_LINES
        fit = int((room + 0.01) // self.setting.type.leading)
        fit = min(fit, len(self.setting.lines) - few)
        if fit < few or (self.label and self.label.height() > room):
            return None
        first = TextBlock(self.setting.piece(0, fit), self.element, self.left, self.label, self.anchors)
        second = TextBlock(self.setting.piece(fit), self.element, self.left)
        first.spaced(self.before, 0)
        second.spaced(0, self.after, self.keep)
        return first, second


class Running(Block):
    """Words repeated at the top of a page: an artifact, for they have been read before."""

    def __init__(self, text: TextBlock) -> None:
        super().__init__(after=10)
        self._text = text

    def height(self) -> float:
        """The text's."""
        return self._text.height()

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """The text."""
        with canvas.artifact():
            self._text.draw(canvas, x, top)


class Stack(Block):
    """Blocks under each other. `whole`: kept on one page if one page is enough."""

    def __init__(
        self, blocks: Sequence[Block], whole: bool = True, left: float = 0, anchors: Sequence[str] = ()
    ) -> None:
        super().__init__(anchors=anchors)
        self.blocks = list(blocks)
        self.whole = whole
        self.left = left
        if blocks:
            self.before, self.after = blocks[0].before, blocks[-1].after

    def places(self) -> list[tuple[float, Block]]:
        """The blocks with their distance from the top."""
        places: list[tuple[float, Block]] = []
        y = last = 0.0
        for block in self.blocks:
            y += gap_between(last, block) if places else 0
            places.append((y, block))
            y += block.height()
            last = block.after
        return places

    def height(self) -> float:
        """All blocks with the spaces between them."""
        places = self.places()
        return places[-1][0] + places[-1][1].height() if places else 0

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """One after the other."""
        for y, block in self.places():
            block.draw(canvas, x + self.left, top - y)

    def tops(self) -> list[tuple[float, str]]:
        """Its own and those of its blocks."""
        return super().tops() + [(y + below, anchor) for y, block in self.places() for below, anchor in block.tops()]

    def split(self, room: float, forced: bool = False) -> tuple[Block, Block] | None:
        """Between two blocks or within one; a whole one only if forced."""
        if self.whole and not forced:
            return None
        places = self.places()
        over = next((index for index, (y, block) in enumerate(places) if y + block.height() > room + 0.01), None)
        if over is None:
            return None
        halves = places[over][1].split(room - places[over][0], forced and not over)
        head, tail = self.blocks[:over], self.blocks[over:]
        if halves:
            head, tail = [*head, halves[0]], [halves[1], *tail[1:]]
        while not halves and head and head[-1].keep:
            tail.insert(0, head.pop())
        if not head:
            return None
        return self._part(head, self.before, 0, self.anchors), self._part(tail, 0, self.after, ())

    def _part(self, blocks: list[Block], before: float, after: float, anchors: Sequence[str]) -> "Stack":
        part = Stack(blocks, self.whole, self.left, anchors)
        return part.spaced(before, after, self.keep)


class SidedStack(Stack):
    """A stack with a label beside it, from its first base line down."""

    def __init__(self, blocks: Sequence[Block], label: Block, anchors: Sequence[str] = ()) -> None:
        super().__init__(blocks, anchors=anchors)
        self._label = label

    def _drop(self) -> float:
        return max(0.0, self.blocks[0].first_baseline() - self._label.first_baseline())

    def height(self) -> float:
        """That of the higher one."""
        return max(super().height(), self._drop() + self._label.height())

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """The label is read first."""
        self._label.draw(canvas, x, top - self._drop())
        super().draw(canvas, x, top)

    def split(self, room: float, forced: bool = False) -> tuple[Block, Block] | None:
        """The label stays with the first part."""
        halves = super().split(room, forced)
        if not halves or self._drop() + self._label.height() > room:
            return None
        head, tail = halves
        assert isinstance(head, Stack)
        first = SidedStack(head.blocks, self._label, self.anchors)
        first.whole = self.whole
        return first.spaced(head.before, head.after, head.keep), tail


class Labels(Block):
    """Short texts beside each other on one line: `blocks` with their left edges."""

    def __init__(self, blocks: Sequence[tuple[float, TextBlock]]) -> None:
        super().__init__()
        self._blocks = tuple(blocks)

    def height(self) -> float:
        """That of the highest."""
        return max(block.height() for _x, block in self._blocks)

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """From left to right."""
        for left, block in self._blocks:
            block.draw(canvas, x + left, top)

    def first_baseline(self) -> float:
        """That of the first."""
        return self._blocks[0][1].first_baseline()


class Beside(Block):
    """Two blocks side by side, the left one read first. `tint`: the right one stands on a panel with this padding."""

    def __init__(self, left: Block, right: Block, right_at: float, right_width: float, tint: float = 0) -> None:
        super().__init__()
        self._left, self._right = left, right
        self._at, self._width = right_at, right_width
        self._tint = tint

    def height(self) -> float:
        """That of the higher one."""
        return max(self._left.height(), self._right.height() + 2 * self._tint)

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Left, panel, right."""
        self._left.draw(canvas, x, top)
        if self._tint:
            with canvas.artifact():
                box = (x + self._at, top - self.height(), x + self._at + self._width, top)
                canvas.rectangle(box, fill="tint")
        self._right.draw(canvas, x + self._at + self._tint, top - self._tint)

    def tops(self) -> list[tuple[float, str]]:
        """Those of both."""
        inner = [(y + self._tint, anchor) for y, anchor in self._right.tops()]
        return super().tops() + self._left.tops() + inner


class Framed(Block):
    """A block in a red frame: the acute notice."""

    def __init__(self, inner: Block, left: float, width: float, padding: float) -> None:
        super().__init__()
        self._inner, self._left, self._width, self._padding = inner, left, width, padding

    def height(self) -> float:
        """With the padding above and below."""
        return self._inner.height() + 2 * self._padding

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Frame and block."""
        edge = RULE_NOTICE / 2
        x0, x1 = x + self._left + edge, x + self._left + self._width - edge
        with canvas.artifact():
            box = (x0, top - self.height() + edge, x1, top - edge)
            canvas.rectangle(box, stroke="red", width=RULE_NOTICE)
        self._inner.draw(canvas, x + self._left + self._padding, top - self._padding)


class Decorated(Block):
    """A block with something drawn behind it as an artifact: `ornament(canvas, x, top, height)`."""

    def __init__(self, inner: Block, ornament: Callable[[Canvas, float, float, float], None]) -> None:
        super().__init__(inner.before, inner.after, inner.keep)
        self._inner, self._ornament = inner, ornament

    def height(self) -> float:
        """The block's."""
        return self._inner.height()

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Ornament and block."""
        with canvas.artifact():
            self._ornament(canvas, x, top, self._inner.height())
        self._inner.draw(canvas, x, top)

    def tops(self) -> list[tuple[float, str]]:
        """The block's."""
        return self._inner.tops()

    def split(self, room: float, forced: bool = False) -> tuple[Block, Block] | None:
        """Both parts have the ornament."""
        halves = self._inner.split(room, forced)
        if not halves:
            return None
        return Decorated(halves[0], self._ornament), Decorated(halves[1], self._ornament)


class Typesetter:
    """Makes text blocks in the document's language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def text(
        self, text: Text, type: Type, width: float, element: Element | None, left: float = 0, label: Block | None = None
    ) -> TextBlock:
        """A paragraph of `width` points, `left` of them in."""
        return TextBlock(set_text(text, type, width, self.language), element, left, label)


def gap_between(after: float, block: Block) -> float:
    """The space between a block that wanted `after` and the next one."""
    return max(after, block.before)
