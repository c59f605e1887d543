"""Placing blocks on pages.

Blocks go under each other; a block that is to be kept with the next moves with it. Where the photos of a place do not
fit and would leave a hole, its text goes first, and then the photos may be a little smaller.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from app.report.pdf_blocks import Block, Running, Stack, gap_between
from app.report.pdf_photos import PhotoRow
from app.report.style import MM, Grid

_HOLE = 80 * MM
"""More than this is not left empty because a row of photos does not fit."""
_SMALLER = 0.85
_HARDLY_ANYTHING = 70 * MM
_ENOUGH = 90 * MM
"""A chapter that need not start a page goes on under another one if so much is left."""


@dataclass
class Sheet:
    """A page: its blocks with their distance from the frame's top."""

    grid: Grid
    placed: list[tuple[float, Block]] = field(default_factory=list)

    @property
    def alone(self) -> bool:
        """Whether a chapter on it has the page for itself."""
        return any(block.alone for _top, block in self.placed)

    @property
    def begun(self) -> bool:
        """Whether there is anything on it but what is repeated."""
        return any(not isinstance(block, Running) for _top, block in self.placed)

    @property
    def used(self) -> float:
        """How far down it is filled."""
        return max((top + block.height() for top, block in self.placed), default=0.0)


class Flow:
    """Fills sheets."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []

    def chapter(self, blocks: Sequence[Block], grid: Grid, new_page: bool = True) -> None:
        """Place a chapter on sheets of this grid: from a new one, or under another where there is room. One that says
        hardly anything needs no page of its own."""
        last = self.sheets[-1] if self.sheets else None
        whole = blocks[0].before + Stack(blocks).height()
        wanted = new_page and (whole > _HARDLY_ANYTHING or blocks[0].alone)
        if wanted or last is None or last.grid is not grid or not self._welcomes(last, whole):
            self.sheets.append(Sheet(grid))
        self.add(blocks)

    def _welcomes(self, sheet: Sheet, whole: float) -> bool:
        """Whether a chapter so high goes on under what is there: with enough room, or with enough for all of it."""
        return not sheet.alone and self._left(sheet) >= min(_ENOUGH, whole)

    def add(self, blocks: Iterable[Block]) -> None:
        """Place blocks in order, on the last sheet and new ones."""
        waiting = deque(blocks)
        while waiting:
            chain = _chain(waiting)
            if self._fits(chain):
                for block in chain:
                    self._place(block)
                    waiting.popleft()
            elif not (self._split(waiting, chain) or self._photos_later(waiting) or self._smaller(waiting, chain)):
                if self.sheets[-1].begun:
                    self._turn(waiting[0])
                else:
                    self._force(waiting)

    def _turn(self, following: Block) -> None:
        """A new sheet, for what goes on with this block."""
        self.sheets.append(Sheet(self.sheets[-1].grid))
        if following.running:
            self._place(following.running)

    def _left(self, sheet: Sheet) -> float:
        return sheet.grid.frame_height * MM - sheet.used

    def _top(self, block: Block) -> float:
        """Where the next block would begin."""
        placed = self.sheets[-1].placed
        return self.sheets[-1].used + gap_between(placed[-1][1].after, block) if placed else 0.0

    def _room(self, chain: list[Block]) -> float:
        """What is left for the last block of a chain."""
        top = self._top(chain[0])
        for block, following in pairwise(chain):
            top += block.height() + gap_between(block.after, following)
        return self.sheets[-1].grid.frame_height * MM - top

    def _fits(self, chain: list[Block]) -> bool:
        return chain[-1].height() <= self._room(chain) + 0.01

    def _place(self, block: Block) -> None:
        self.sheets[-1].placed.append((self._top(block), block))

    def _split(self, waiting: deque[Block], chain: list[Block]) -> bool:
        """Place a chain whose last block goes on to the next page."""
        halves = chain[-1].split(self._room(chain))
        if not halves:
            return False
        for block in (*chain[:-1], halves[0]):
            self._place(block)
        for _block in chain:
            waiting.popleft()
        waiting.appendleft(halves[1])
        halves[1].running = chain[-1].running
        self._turn(halves[1])
        return True

    def _photos_later(self, waiting: deque[Block]) -> bool:
        """Put the text of a place before its photos if the photos would leave a hole."""
        first = next((index for index, block in enumerate(waiting) if isinstance(block, PhotoRow)), None)
        chain = _chain(waiting)
        if first is None or first >= len(chain) or self._left(self.sheets[-1]) < _HOLE:
            return False
        blocks = list(waiting)
        place = blocks[first].place
        last = first
        while last < len(blocks) and place and blocks[last].place == place:
            last += 1
        rows = [block for block in blocks[first:last] if isinstance(block, PhotoRow)]
        others = [block for block in blocks[first:last] if not isinstance(block, PhotoRow)]
        if not others or any(row.moved or row.keep for row in rows):
            return False
        turned = deque([*blocks[:first], *others, *rows])
        chain = _chain(turned)
        if not self._fits(chain) and not chain[-1].split(self._room(chain)):
            return False
        for row in rows:
            row.move_last()
        waiting.clear()
        waiting.extend([*turned, *blocks[last:]])
        return True

    def _smaller(self, waiting: deque[Block], chain: list[Block]) -> bool:
        """Make a row of photos smaller if it then fits and would else leave a hole."""
        row = chain[-1]
        if not isinstance(row, PhotoRow) or self._left(self.sheets[-1]) < _HOLE:
            return False
        smaller = row.scaled(_SMALLER)
        if smaller.height() > self._room(chain):
            return False
        waiting[len(chain) - 1] = smaller
        return True

    def _force(self, waiting: deque[Block]) -> None:
        """Something higher than a page: as much of it as there is room for; what cannot be split stands out."""
        block = waiting.popleft()
        halves = block.split(self._room([block]), forced=True)
        if halves is None:
            self._place(block)
            return
        self._place(halves[0])
        waiting.appendleft(halves[1])
        halves[1].running = block.running
        self._turn(halves[1])


def _chain(waiting: Iterable[Block]) -> list[Block]:
    """The next block with those that it keeps to itself."""
    chain: list[Block] = []
    for block in waiting:
        chain.append(block)
        if not block.keep:
            break
    return chain
