"""The composed protocol: everything that will be printed, as plain data, in reading order.

`compose` makes it, a renderer draws it. Whoever renders needs nothing else than this and the pictures' bytes: every
word is here, translated and set (U+00A0, U+2011, en dashes), and only page numbers are missing.

    Document → Section (H1) → Part (H2) → Block
                            → Block

*Ids.* `record` on a block, item, row or figure says: this is the primary element of that record; its id becomes the
structure element's `/ID`, once in the document, and the link target of that name. `anchor` names a link target that
is no record (`section-8`, `list-8.2`, `chain-<id>`, `appendix-E`). A `Run` with `link` is a link to either; it is in
the reading text, so /Contents of its annotation is the run's text.

*Text* from people stands as it was typed; quotation marks round a voice are part of the text given here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.report.furniture import Bookmark, ContentsLine, Furniture, Metadata
from app.report.shapes import Drawing


class Look(StrEnum):
    """How a run is set."""

    PLAIN = "plain"
    STRONG = "strong"
    ITALIC = "italic"
    SECONDARY = "secondary"
    ACCENT = "accent"
    RED = "red"


class MarkKind(StrEnum):
    SEVERITY = "severity"
    PRIORITY = "priority"
    STATUS = "status"
    LAMP = "lamp"


@dataclass(frozen=True)
class Mark:
    """A vector mark of the paper's §7. `value`: severity `0`–`4`, priority `A`–`D`, or a status word (`planned`).

    `spoken` empty: the word stands beside it and the mark is an artifact. Else the mark stands alone and `spoken` is
    its ActualText."""

    kind: MarkKind
    value: str
    spoken: str = ""


@dataclass(frozen=True)
class Run:
    """A stretch of text in one look. `mark` is drawn before the text, parted from it by a little space; the text then
    takes the mark's colour if the look is PLAIN or STRONG. `language` only where it differs from the document's."""

    text: str
    look: Look = Look.PLAIN
    link: str = ""
    mark: Mark | None = None
    language: str = ""


Text = tuple[Run, ...]
"""Runs set after each other without anything between them."""


def plain(text: str) -> Text:
    """A text of one plain run; no run for an empty text."""
    return (Run(text),) if text else ()


def words_of(text: Text) -> str:
    """The bare characters of a text."""
    return "".join(run.text for run in text)


class Style(StrEnum):
    """What kind of paragraph: LEAD 13/19, BODY 10.5/15, META and CAPTION 9/12.3 (secondary), NOTE like META but with
    ink colour and a hairline before it (a conflict, a pointer), HEADING3 is H3."""

    LEAD = "lead"
    BODY = "body"
    META = "meta"
    NOTE = "note"
    HEADING3 = "heading3"


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph. `side` is the label in the side column of *main* pages (before the text in reading order)."""

    text: Text
    style: Style = Style.BODY
    side: Text = ()


@dataclass(frozen=True, kw_only=True)
class Bullets:
    """A list of points, each set with an en dash as its Lbl."""

    items: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Felt safety of a place: side label, scale of four ticks with a dot at `value` (1.0–4.0) between the words for its
    `ends` (an artifact), and the words beside it, which are the content."""

    label: str
    value: float
    text: Text
    ends: tuple[str, str] = ("", "")


@dataclass(frozen=True, kw_only=True)
class PhotoFigure:
    """A photo that can be shown. `picture` is the hash of its report-size blob, `width` and `height` its proportions as
    shown. Tagged Figure with `/ID` = `record` and `alt`, and Caption as the Figure's sibling."""

    record: str
    number: str
    picture: str
    width: int
    height: int
    alt: str
    caption: Text


@dataclass(frozen=True, kw_only=True)
class PhotoLine:
    """A photo that cannot be shown: its line instead, a P with `/ID` = `record`."""

    record: str
    number: str
    text: Text


PhotoItem = PhotoFigure | PhotoLine


@dataclass(frozen=True, kw_only=True)
class Photos:
    """Photos in the order given, packed in rows by the paper's §5. `full`: rows 170 wide, else 128 for one or two.
    `first_alone`: the first figure stands alone over the whole width."""

    items: tuple[PhotoItem, ...]
    full: bool = False
    first_alone: bool = False


@dataclass(frozen=True, kw_only=True)
class Voice:
    """Someone's words, with quotation marks, and who said them (role and device letter; never a name) of what, where
    the page does not show it."""

    text: str
    signed: str


@dataclass(frozen=True, kw_only=True)
class ObservationItem:
    """One observation: LI with `/ID` = `record`, Lbl = `number` and the `mark` text (mark and its word), LBody = the
    rest in the order of the fields. `notice` is the framed acute notice; `notes` are lines such as *ej avgjort*."""

    record: str
    number: str
    mark: Text
    text: Text
    voices: tuple[Voice, ...] = ()
    details: tuple[Text, ...] = ()
    meta: Text = ()
    notice: Text = ()
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Observations:
    """The observations of a place, by number: an L."""

    items: tuple[ObservationItem, ...]


@dataclass(frozen=True)
class Column:
    """A column: head and width in mm. `row_head`: its cells are TH scope Row. `numeric`: set to the right.
    `whole`: its words are never hyphenated."""

    head: str
    width: float
    row_head: bool = False
    numeric: bool = False
    whole: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell: lines (paragraphs) under each other."""

    lines: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Row:
    """A row, one cell per column. `record`: it is the primary element of that record (measures have theirs here)."""

    cells: tuple[Cell, ...]
    record: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table. `band` is the row over the heads, repeated with them and tagged Caption; `caption` stands above it.
    `keep`: on one page if it fits. `dense`: 9/12.2 as the measures'."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    band: Text = ()
    keep: bool = False
    dense: bool = False


def filled(table: Table) -> Table:
    """The table without the columns in which no row says anything but a dash; the others take their room."""
    kept = [at for at, column in enumerate(table.columns) if column.row_head or _says(table, at)]
    if len(kept) == len(table.columns) or not table.rows:
        return table
    free = sum(column.width for column in table.columns) - sum(table.columns[at].width for at in kept)
    growing = [at for at in kept if not (table.columns[at].row_head or table.columns[at].numeric)]
    more = free / len(growing) if growing else 0.0
    columns = tuple(replace(table.columns[at], width=table.columns[at].width + more * (at in growing)) for at in kept)
    rows = tuple(replace(row, cells=tuple(row.cells[at] for at in kept)) for row in table.rows)
    return replace(table, columns=columns, rows=rows)


def _says(table: Table, at: int) -> bool:
    return any(words_of(line).strip("– ") for row in table.rows for line in row.cells[at].lines)


@dataclass(frozen=True, kw_only=True)
class KeyFigures:
    """Big figures side by side between rules: number and words."""

    figures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class DrawingFigure:
    """A map or a chart: one Figure with `alt`. `title` stands above it; `legend` and its lines below it, as text."""

    drawing: Drawing
    alt: str
    title: str = ""
    below: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Halves:
    """Two halves side by side (82 + 6 + 82), left read first. `tinted`: the right one is a tint panel. Kept whole."""

    left: tuple["Block", ...]
    right: tuple["Block", ...]
    tinted: bool = False


@dataclass(frozen=True)
class ChainRow:
    """A link of a chain: label in the side column, text on the line. `measure`: the strong one with the lamp dot."""

    label: str
    lines: tuple[Text, ...]
    measure: bool = False


@dataclass(frozen=True, kw_only=True)
class Chain:
    """Problem → cause → why it helps → measure → effect → conflict of goals. An H2 with its number, kept whole."""

    anchor: str
    number: Text
    title: str
    rows: tuple[ChainRow, ...]


Block = (
    Paragraph | Bullets | Voice | Scale | Photos | Observations | Table | KeyFigures | DrawingFigure | Halves | Chain
)


class Layout(StrEnum):
    """MAIN: side column 37 and body at x = 42. FULL: title at x = 14, 170 wide. LANDSCAPE: 261 wide."""

    MAIN = "main"
    FULL = "full"
    LANDSCAPE = "landscape"


@dataclass(frozen=True, kw_only=True)
class Part:
    """A subsection: Sect > H2. `number` is set in a disc in the side column where `record` names a stop, else before
    the title. A stop's Sect has `/ID` = `record`."""

    anchor: str
    title: str
    number: str = ""
    record: str = ""
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Section:
    """A chapter: Sect > H1. Numbers are 1–15 and never move. `new_page`: starts a page (a change of orientation always
    does). `blocks` come before `parts`. `one_page`: must not exceed one page (the summary)."""

    number: str
    title: str
    anchor: str
    layout: Layout = Layout.MAIN
    new_page: bool = False
    one_page: bool = False
    blocks: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Cover:
    """The first page. `state` lines stand at the upper right, the first one's lead strong. `map` is 210 × 135 mm and an
    artifact; None: nothing, and a rule over the foot. `columns` are three heads with lines at the foot, cut where they
    are too long. `subtitle` is the walk's own title or empty. `logo` is a blob's hash or empty."""

    organisation: str
    unit: str
    logo: str
    logo_alt: str
    state: tuple[Text, ...]
    kind: str
    title: str
    when: str
    map: Drawing | None
    columns: tuple[tuple[str, tuple[str, ...]], ...]
    attribution: str
    subtitle: str = ""


@dataclass(frozen=True, kw_only=True)
class Raster:
    """A base map ready to draw: JPEG or PNG bytes, already toned (saturation × 0.55, 28 % white)."""

    data: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Document:
    """The whole protocol. Page 1 is `cover`, page 2 `contents` and `reading` (how to read it: part with H2), then the
    sections. `pictures` are the hashes of all photos that will be drawn, in order; `rasters` the base maps by key."""

    metadata: Metadata
    furniture: Furniture
    cover: Cover
    contents: tuple[ContentsLine, ...]
    reading: Part
    sections: tuple[Section, ...]
    bookmarks: tuple[Bookmark, ...]
    pictures: tuple[str, ...] = ()
    rasters: Mapping[str, Raster] = field(default_factory=dict)
