"""Chapters as blocks: headings, and one way of building for every kind of block of the composed document.

Elements are made as the blocks are built, so building goes in reading order.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.report.document import (
    Block as Content,
)
from app.report.document import (
    Bullets,
    Chain,
    DrawingFigure,
    Halves,
    KeyFigures,
    Layout,
    Look,
    Observations,
    Paragraph,
    Part,
    PhotoFigure,
    Photos,
    Run,
    Scale,
    Section,
    Style,
    Table,
    Text,
    Voice,
    plain,
)
from app.report.pdf_blocks import Beside, Block, Running, SidedStack, Stack, TextBlock, Typesetter
from app.report.pdf_canvas import Canvas
from app.report.pdf_drawing import DrawingBlock
from app.report.pdf_observations import observation_blocks, voice_block
from app.report.pdf_ornaments import BigHeading, Disc, ScaleBlock, figures_block
from app.report.pdf_photos import PhotoRow, Shot, photo_rows
from app.report.pdf_tables import table_block
from app.report.style import (
    AFTER_H1,
    AFTER_H2,
    BEFORE_H2,
    BEFORE_STOP,
    BODY,
    CHAIN_NUMBER,
    H2,
    H2_STOP,
    H3,
    HALF_GAP_MM,
    HALF_MM,
    LANDSCAPE,
    LEAD,
    MAIN_LEFT_MM,
    MAIN_MM,
    META,
    MM,
    PARAGRAPH_GAP,
    PORTRAIT,
    RUNNING_MM,
    SIDE,
    SIDE_MM,
    TITLE_INDENT_MM,
    Type,
)
from app.report.tagging import Element

_TYPES = {Style.LEAD: LEAD, Style.BODY: BODY, Style.META: META, Style.NOTE: META.but(colour="ink")}
_TINT_PADDING = 6 * MM
_CHAIN_LINE = 39.3 * MM
_CHAIN_TEXT = 44 * MM
_MOST_AFTER_PHOTOS = 3


@dataclass(frozen=True)
class Area:
    """Where blocks stand, in points: running text, and wide things (tables, drawings). `side`: there is a side column.
    `level`: of the next heading."""

    left: float
    width: float
    wide_left: float
    wide: float
    side: bool
    level: int

    def under(self) -> "Area":
        """The same below a heading."""
        return replace(self, level=self.level + 1)


AREAS = {
    Layout.MAIN: Area(MAIN_LEFT_MM * MM, MAIN_MM * MM, MAIN_LEFT_MM * MM, MAIN_MM * MM, True, 2),
    Layout.FULL: Area(TITLE_INDENT_MM * MM, RUNNING_MM * MM, 0, PORTRAIT.frame_width * MM, False, 2),
    Layout.LANDSCAPE: Area(TITLE_INDENT_MM * MM, RUNNING_MM * MM, 0, LANDSCAPE.frame_width * MM, False, 2),
}


class Builder:
    """Builds blocks and their elements."""

    def __init__(self, language: str, continued: str = "") -> None:
        """`continued` is the word after the name of a place that is repeated at the top of a page."""
        self.setter = Typesetter(language)
        self._continued = continued
        self._ways: dict[type, Callable[[Any, Area, Element], list[Block]]] = {
            Paragraph: self._paragraph,
            Bullets: self._bullets,
            Voice: self._voice,
            Scale: self._scale,
            Photos: self._photos,
            Observations: self._observations,
            Table: self._table,
            KeyFigures: self._figures,
            DrawingFigure: self._drawing,
            Halves: self._halves,
            Chain: self._chain,
        }

    def section(self, section: Section, parent: Element) -> list[Block]:
        """A chapter: Sect > H1, blocks, parts."""
        sect = parent.add("Sect")
        area = AREAS[section.layout]
        indent = (MAIN_LEFT_MM if area.side else TITLE_INDENT_MM) * MM
        blocks = [self.heading(section.number, section.title, sect, indent, [section.anchor])]
        blocks[0].alone = section.one_page
        blocks += self.blocks(section.blocks, area, sect)
        for part in section.parts:
            blocks += self.part(part, area, sect)
        return blocks

    def heading(self, number: str, title: str, sect: Element, indent: float, anchors: Sequence[str]) -> Block:
        """An H1 with the lamp's bar over it."""
        heading = BigHeading(self.setter, number, title, sect.add("H1"), indent, anchors)
        return heading.spaced(before=33, after=AFTER_H1, keep=True)

    def part(self, part: Part, area: Area, parent: Element) -> list[Block]:
        """A subsection: Sect > H2, blocks. That of a stop is its record's."""
        sect = parent.add("Sect", record=part.record)
        anchors = [part.anchor]
        blocks: list[Block] = []
        if part.record and part.number:
            heading = sect.add(f"H{area.level}")
            label = Disc(self.setter, part.number, heading)
            blocks.append(self._headline(plain(part.title), H2_STOP, area, heading, label, anchors))
        else:
            words = plain(f"{part.number} {part.title}".strip())
            blocks.append(self._headline(words, H2, area, sect.add(f"H{area.level}"), None, anchors))
        before, after = (BEFORE_STOP, 2) if part.record else (BEFORE_H2, AFTER_H2)
        blocks[0].spaced(before, after, keep=True)
        body = self.blocks(part.blocks, area.under(), sect)
        name = f"{part.number} {part.title}, {self._continued}".strip()
        running = Running(self.setter.text(plain(name), META, area.width, None, area.left)) if area.side else None
        for block in body:
            block.place, block.running = part.anchor, running
        _keep_until_photos(body)
        if not any(isinstance(content, Observations) for content in part.blocks):
            _keep_from_photos(body)
        return blocks + body

    def _headline(
        self, words: Text, type: Type, area: Area, element: Element, label: Block | None, anchors: Sequence[str]
    ) -> TextBlock:
        left = area.left if area.side else area.wide_left
        block = self.setter.text(words, type, area.width, element, left, label)
        block.anchors = tuple(anchors)
        return block

    def blocks(self, contents: Iterable[Content], area: Area, parent: Element) -> list[Block]:
        """The blocks of a chapter or part, in order."""
        return [block for content in contents for block in self._ways[type(content)](content, area, parent)]

    def _paragraph(self, paragraph: Paragraph, area: Area, parent: Element) -> list[Block]:
        if paragraph.style is Style.HEADING3:
            type = H2 if area.level == 2 else H3
            heading = self._headline(paragraph.text, type, area, parent.add(f"H{area.level}"), None, ())
            return [heading.spaced(before=BEFORE_H2 - 2, after=4, keep=True)]
        type = _TYPES[paragraph.style]
        element = parent.add("P")
        label = self._side(paragraph.side, element) if paragraph.side and area.side else None
        wide = paragraph.style is Style.LEAD and not area.side
        left, width = (area.wide_left, area.wide) if wide else (area.left, area.width)
        words = paragraph.text if label or not paragraph.side else (*paragraph.side, Run(" "), *paragraph.text)
        block = self.setter.text(words, type, width, element, left, label)
        return [block.spaced(after=10 if wide else PARAGRAPH_GAP)]

    def _side(self, text: Text, element: Element) -> TextBlock:
        """A label in the side column, read before its text."""
        strong = tuple(replace(run, look=Look.STRONG) if run.look is Look.PLAIN else run for run in text)
        return self.setter.text((*strong, Run(" ")), SIDE, SIDE_MM * MM, element.add("Span"))

    def _bullets(self, bullets: Bullets, area: Area, parent: Element) -> list[Block]:
        whole = parent.add("L", numbering="Disc")
        blocks: list[Block] = []
        for item in bullets.items:
            row = whole.add("LI")
            dash = self.setter.text(plain("–\u00a0"), BODY, 10 * MM, row.add("Lbl"), area.left)
            text = row.add("LBody").add("P")
            indent = 4 * MM
            block = self.setter.text(item, BODY, area.width - indent, text, area.left + indent, dash)
            blocks.append(block.spaced(after=3))
        return blocks

    def _voice(self, voice: Voice, area: Area, parent: Element) -> list[Block]:
        return [voice_block(self.setter, voice, parent, area.left, area.width).spaced(2, PARAGRAPH_GAP)]

    def _scale(self, scale: Scale, _area: Area, parent: Element) -> list[Block]:
        element = parent.add("P")
        label = self._side(plain(scale.label), element)
        return [ScaleBlock(self.setter, label, scale, element).spaced(2, 8)]

    def _photos(self, photos: Photos, area: Area, parent: Element) -> list[Block]:
        """The photos in rows, then a line for each that cannot be shown."""
        shots = []
        for item in photos.items:
            if isinstance(item, PhotoFigure):
                figure = parent.add("Figure", record=item.record, alt=item.alt)
                shots.append(Shot(item, figure, parent.add("Caption")))
        rows = photo_rows(self.setter, shots, photos.full, photos.first_alone)
        blocks: list[Block] = [row.spaced(4, 12) for row in rows]
        for item in photos.items:
            if not isinstance(item, PhotoFigure):
                line = self.setter.text(item.text, META, area.width, parent.add("P", record=item.record), area.left)
                line.anchors = (item.record,)
                blocks.append(line.spaced(after=PARAGRAPH_GAP))
        return blocks

    def _observations(self, observations: Observations, _area: Area, parent: Element) -> list[Block]:
        return observation_blocks(self.setter, observations, parent)

    def _table(self, table: Table, area: Area, parent: Element) -> list[Block]:
        return [table_block(self.setter, table, area.wide_left, area.wide, parent).spaced(4, 12)]

    def _figures(self, figures: KeyFigures, area: Area, parent: Element) -> list[Block]:
        return [figures_block(self.setter, figures, area.wide, parent).spaced(2, 8)]

    def _drawing(self, drawn: DrawingFigure, area: Area, parent: Element) -> list[Block]:
        blocks: list[Block] = []
        left = area.wide_left if drawn.drawing.width * MM <= area.wide + 1 else 0
        if drawn.title:
            title = plain(drawn.title)
            blocks.append(self.setter.text(title, SIDE.but(strong=True), area.wide, parent.add("Caption"), left))
            blocks[0].spaced(after=4, keep=True)
        figure = parent.add("Figure", alt=drawn.alt)
        blocks.append(DrawingBlock(drawn.drawing, figure, self.setter.language, left).spaced(after=6))
        for line in drawn.below:
            blocks[-1].keep = True
            below = self.setter.text(line, META.but(colour="ink"), area.wide, parent.add("P"), left)
            blocks.append(below.spaced(after=2))
        blocks[-1].after = 10
        return blocks

    def _halves(self, halves: Halves, area: Area, parent: Element) -> list[Block]:
        padding = _TINT_PADDING if halves.tinted else 0.0
        right_width = HALF_MM * MM - 2 * padding
        left_area = Area(0, HALF_MM * MM, 0, HALF_MM * MM, False, area.level)
        left = Stack(self.blocks(halves.left, left_area, parent))
        right_area = Area(0, right_width, 0, right_width, False, area.level)
        right = Stack(self.blocks(halves.right, right_area, parent))
        return [Beside(left, right, (HALF_MM + HALF_GAP_MM) * MM, HALF_MM * MM, padding).spaced(6, 8)]

    def _chain(self, chain: Chain, area: Area, parent: Element) -> list[Block]:
        sect = parent.add("Sect")
        heading = sect.add("H2")
        number = tuple(replace(run, look=Look.PLAIN) for run in chain.number)
        label = self.setter.text((*number, Run(" ")), CHAIN_NUMBER, SIDE_MM * MM, heading.add("Span"))
        rows: list[Block] = [self._headline(plain(chain.title), H2, area, heading, label, [chain.anchor])]
        rows[0].spaced(after=4, keep=True)
        for row in chain.rows:
            element = sect.add("P")
            side = self._side(plain(row.label), element)
            texts: list[Block] = []
            for index, line in enumerate(row.lines):
                own = element if not index else sect.add("P")
                text = self.setter.text(
                    line, META if index else BODY, area.width - 2 * MM, own, _CHAIN_TEXT, side if not index else None
                )
                texts.append(text)
            rows.append(
                ChainLink(Stack(texts), row.measure, row is chain.rows[0], row is chain.rows[-1]).spaced(after=3)
            )
        return [Stack(rows).spaced(before=BEFORE_H2, after=8)]


class ChainLink(Block):
    """A row of a chain with its dot on the line; the measure's is a lamp."""

    def __init__(self, inner: Stack, lamp: bool, first: bool, last: bool) -> None:
        super().__init__()
        self._inner, self._lamp, self._first, self._last = inner, lamp, first, last

    def height(self) -> float:
        """The text's."""
        return self._inner.height()

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """The line, the dot, the text."""
        at = x + _CHAIN_LINE
        middle = top - BODY.leading / 2 - 0.4
        with canvas.artifact():
            upper = middle if self._first else top + 1.5
            lower = middle if self._last else top - self.height() - 1.5
            if upper > lower:
                canvas.stroke([(at, upper), (at, lower)], 0.7, "accent")
            if self._lamp:
                canvas.disc(at, middle, 1.15 * MM, "lamp", "accent", 0.8)
            else:
                canvas.disc(at, middle, 1.25 * MM, "accent")
        self._inner.draw(canvas, x, top)


def _keep_from_photos(body: list[Block]) -> None:
    """What is said of a place where nothing was noted stays with its last row of photos."""
    last = max((index for index, block in enumerate(body) if isinstance(block, PhotoRow)), default=len(body))
    for block in body[last:-1][:_MOST_AFTER_PHOTOS]:
        block.keep = True


def _keep_until_photos(body: list[Block]) -> None:
    """What stands at the head of a place stays with its scale and its first row of photos, or first observation."""
    first = next((index for index, block in enumerate(body[:4]) if isinstance(block, PhotoRow | SidedStack)), 0)
    for block in body[:first]:
        block.keep = True
