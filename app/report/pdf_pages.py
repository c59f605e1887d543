"""Cover, contents, and what stands at the top and the foot of every page."""

import io
from collections.abc import Callable, Sequence

from PIL import Image

from app.report.document import Cover, Look, Run, Text, plain
from app.report.furniture import ContentsLine, Furniture
from app.report.pdf_blocks import Block, TextBlock, Typesetter
from app.report.pdf_canvas import Canvas
from app.report.pdf_drawing import DrawingBlock
from app.report.pdf_text import set_evenly
from app.report.style import (
    CONTENTS,
    COVER_KIND,
    COVER_SMALL,
    COVER_SUBTITLE,
    COVER_TITLE,
    COVER_WHEN,
    MAIN_LEFT_MM,
    META,
    MM,
    PORTRAIT,
    RULE_HEAD,
    RUNNING_HEAD,
    TABLE,
    Grid,
    Type,
)
from app.report.tagging import Element
from app.report.wording import shortened

_COLUMNS_AT = (0.0, 60.0, 116.0)
_LOGO_MM = 13.0
_TITLE_ROOM = 112.0
"""Points of height for the title: smaller type before it meets the map."""
_TITLES = (
    COVER_TITLE,
    COVER_TITLE.but(size=27, leading=31),
    COVER_TITLE.but(size=21, leading=25),
    COVER_TITLE.but(size=15, leading=18),
)
_NAME_LINES = 3
_FOOT_LINES = 4
"""Lines under the head of a block at the cover's foot; one less with an attribution below."""
_ONE_LINE = 10_000.0
_BETWEEN = 14.0
"""Points between words at the edge of a page."""
_CLOSER = 1.5
"""Points between lines less in a contents list that must not fill its page."""
_MAP_TOP_MM, _MAP_HEIGHT_MM = 122.0, 135.0


class CoverBlock(Block):
    """The first page; placed at the frame's top, but drawn from the sheet's."""

    def __init__(self, setter: Typesetter, cover: Cover, parent: Element, read: Callable[[str], bytes]) -> None:
        super().__init__()
        self.alone = True
        self._setter, self._cover, self._read = setter, cover, read
        self._sect = parent.add("Sect")
        self._texts: list[tuple[float, float, TextBlock]] = []
        self._logo: Element | None = None
        self._logo_width = 0.0
        self._lay()

    def height(self) -> float:
        """The whole frame."""
        return PORTRAIT.frame_height * MM

    def _text(self, x: float, y: float, text: Text, type: Type, width: float) -> float:
        """Note a text with its upper edge `y` mm from the sheet's; returns its lower edge."""
        block = self._setter.text(text, type, width * MM, self._sect.add("P"))
        self._texts.append((x, y, block))
        return y + block.height() / MM

    def _lay(self) -> None:
        cover = self._cover
        indent = self._lay_logo()
        names = self._cut(cover.organisation, COVER_SMALL.but(strong=True), 90 - indent, _NAME_LINES)
        y = self._text(indent, 16.5, (Run(names, Look.STRONG),), COVER_SMALL, 90 - indent)
        if cover.unit:
            unit = self._cut(cover.unit, COVER_SMALL, 90 - indent, _NAME_LINES)
            self._text(indent, y, plain(unit), COVER_SMALL, 90 - indent)
        y = 16.5
        for line in cover.state:
            y = self._text(100, y, line, COVER_SMALL.but(right=True), 70)
        y = self._text(0, 59, plain(cover.kind), COVER_KIND, 170)
        title = self._title()
        self._texts.append((0, y + 1.5, title))
        y += 1.5 + title.height() / MM
        if cover.subtitle:
            y = self._text(0, y + 1.5, plain(self._cut(cover.subtitle, COVER_SUBTITLE, 170, 2)), COVER_SUBTITLE, 170)
        self._text(0, y + 4, plain(cover.when), COVER_WHEN, 170)
        for left, right, (foot, lines) in zip(_COLUMNS_AT, (*_COLUMNS_AT[1:], 174.0), cover.columns, strict=False):
            self._foot(left, right - left - 4, foot, lines)
        if cover.attribution:
            self._text(0, 284.5, plain(cover.attribution), META, 170)

    def _foot(self, left: float, width: float, head: str, lines: Sequence[str]) -> None:
        """A block at the foot: each text has a line, and the first ones what else there is room for."""
        room = _FOOT_LINES - bool(self._cover.attribution)
        y = self._text(left, 263.5, (Run(head, Look.STRONG),), COVER_SMALL, width)
        for index, words in enumerate(lines[:room]):
            most = max(1, room - (min(len(lines), room) - 1 - index))
            fitting = self._cut(words, COVER_SMALL, width, most)
            room -= len(self._setter.text(plain(fitting), COVER_SMALL, width * MM, None).setting.lines) - 1
            y = self._text(left, y, plain(fitting), COVER_SMALL, width)

    def _cut(self, text: str, type: Type, width: float, most: int) -> str:
        """The text in at most so many lines, shortened at a word where it is longer."""
        longest = len(text)
        words = text
        while longest > 1 and len(self._setter.text(plain(words), type, width * MM, None).setting.lines) > most:
            longest -= 1
            words = shortened(text, longest)
        return words

    def _lay_logo(self) -> float:
        """Make room for the logo; returns the indent of the names beside it, mm."""
        if not self._cover.logo:
            return 0.0
        image = Image.open(io.BytesIO(self._read(self._cover.logo)))
        self._logo_width = min(_LOGO_MM * image.width / image.height, 60.0)
        self._logo = self._sect.add("Figure", alt=self._cover.logo_alt)
        return self._logo_width + 4

    def _title(self) -> TextBlock:
        """In the largest type that leaves the map alone."""
        text, language = plain(self._cover.title), self._setter.language
        settings = [set_evenly(text, type, 170 * MM, language) for type in _TITLES]
        room = _TITLE_ROOM - (2 * COVER_SUBTITLE.leading if self._cover.subtitle else 0)
        fitting = next((setting for setting in settings if setting.height <= room), settings[-1])
        return TextBlock(fitting, self._sect.add("P"))

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """From the edge of the sheet."""
        edge = top + PORTRAIT.top * MM
        with canvas.artifact():
            canvas.rectangle((x, edge - 53.8 * MM, x + 22 * MM, edge - 52 * MM), fill="lamp")
        if self._logo:
            height = self._logo_width * self._logo_height() * MM
            box = (x, edge - 17 * MM - height, x + self._logo_width * MM, edge - 17 * MM)
            self._logo.box = box
            with canvas.content(self._logo):
                canvas.picture(self._cover.logo, box[0], box[1], self._logo_width * MM, height)
        for left, y, block in self._texts:
            block.draw(canvas, x + left * MM, edge - y * MM)
        with canvas.artifact():
            self._map(canvas, edge - _MAP_TOP_MM * MM)

    def _logo_height(self) -> float:
        """Its height over its width."""
        image = Image.open(io.BytesIO(self._read(self._cover.logo)))
        return image.height / image.width

    def _map(self, canvas: Canvas, top: float) -> None:
        if self._cover.map:
            DrawingBlock(self._cover.map, None, self._setter.language).draw(canvas, 0, top)
        else:
            canvas.rule(PORTRAIT.left * MM, top - _MAP_HEIGHT_MM * MM, PORTRAIT.frame_width * MM, RULE_HEAD, "ink")


class ContentsBlock(Block):
    """A line of the contents with its page, one link. `dense`: set closer."""

    def __init__(self, setter: Typesetter, line: ContentsLine, parent: Element, dense: bool = False) -> None:
        super().__init__()
        self._setter, self._line = setter, line
        item = parent.add("TOCI")
        self._link = item.add("Reference").add("Link")
        type = CONTENTS if line.level == 1 else TABLE.but(hyphens=False)
        type = type.but(leading=type.leading - _CLOSER) if dense else type
        first = line.level == 1
        left = MAIN_LEFT_MM + (0 if first else 13)
        look = Look.ACCENT if first else Look.SECONDARY
        self._number = setter.text((Run(f"{line.number} ", look),), type, 12 * MM, None, left * MM)
        title = 55.0 if first else 62.0
        self._title = setter.text(plain(f"{line.title} "), type, (150 - title) * MM, None, title * MM)
        self._type = type

    def height(self) -> float:
        """The title's."""
        return self._title.height()

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Number, title and page as the text of the link."""
        page = str(canvas.targets[self._line.anchor][0] + 1)
        number = self._setter.text(plain(page), self._type.but(right=True), 20 * MM, None, 150 * MM)
        with canvas.content(self._link):
            self._number.draw(canvas, x, top)
            self._title.draw(canvas, x, top)
            number.draw(canvas, x, top - self._title.height() + self._type.leading)
        box = (x + MAIN_LEFT_MM * MM, top - self.height(), x + 170 * MM, top)
        canvas.link(self._link, box, self._line.anchor, f"{self._line.number} {self._line.title}")


def draw_furniture(canvas: Canvas, setter: Typesetter, grid: Grid, words: Furniture, page: int, pages: int) -> None:
    """Header and footer of a page (1 = the first)."""
    line = _RunningLine(canvas, setter, grid.left * MM, grid.frame_width * MM)
    top, strong = grid.height * MM, RUNNING_HEAD.but(strong=True)
    with canvas.artifact("Header"):
        y = top - grid.header * MM
        line.put_right(words.header_right, RUNNING_HEAD, y)
        line.put_left((words.header_left, words.header_left_short), strong, y)
        line = _RunningLine(canvas, setter, grid.left * MM, grid.frame_width * MM)
        line.put_right(words.warning, strong.but(colour="red"), y - RUNNING_HEAD.leading)
    line = _RunningLine(canvas, setter, grid.left * MM, grid.frame_width * MM)
    with canvas.artifact("Footer"):
        y = top - grid.footer * MM
        line.put_right(words.page.format(page=page, pages=pages), RUNNING_HEAD, y)
        line.put_middle(words.footer_middle, strong, y, words.footer_left, RUNNING_HEAD)


class _RunningLine:
    """One line of words at the edge of a page; what stands left gives way."""

    def __init__(self, canvas: Canvas, setter: Typesetter, left: float, width: float) -> None:
        self._canvas, self._setter = canvas, setter
        self._left, self._right = left, left + width
        self._middle = left + width / 2

    def _set(self, text: str, type: Type) -> TextBlock:
        return self._setter.text(plain(text), type, _ONE_LINE, None)

    def put_right(self, text: str, type: Type, y: float) -> None:
        """At the right edge of what is free."""
        if text:
            block = self._set(text, type)
            self._right -= block.setting.natural_width
            block.draw(self._canvas, self._right, y + block.first_baseline())
            self._right -= _BETWEEN

    def put_middle(self, text: str, type: Type, y: float, left_text: str, left_type: Type) -> None:
        """In the middle of the page if what stands left leaves it free, else further right; then what stands left."""
        if text:
            block, width = self._set(text, type), self._set(text, type).setting.natural_width
            beside = self._left + self._set(left_text, left_type).setting.natural_width + _BETWEEN
            x = min(max(self._middle - width / 2, beside), self._right - width)
            block.draw(self._canvas, x, y + block.first_baseline())
            self._right = x - _BETWEEN
        self.put_left((left_text,), left_type, y)

    def put_left(self, texts: Sequence[str], type: Type, y: float) -> None:
        """At the left edge: the first text that fits, else the last one, cut."""
        room = self._right - self._left
        blocks = [self._set(text, type) for text in texts]
        block = next((each for each in blocks if each.setting.natural_width <= room), blocks[-1])
        text = texts[blocks.index(block)]
        while block.setting.natural_width > room and text:
            text = text[:-1].rstrip()
            block = self._set(f"{text}…", type)
        block.draw(self._canvas, self._left, y + block.first_baseline())
