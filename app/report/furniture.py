"""What stands around the protocol's sections: contents, outline, what the file says of itself, header and footer."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class ContentsLine:
    """A line of the contents; the renderer adds the page. `level` 1 chapters, 2 stops."""

    level: int
    number: str
    title: str
    anchor: str


@dataclass(frozen=True, kw_only=True)
class Bookmark:
    """An entry of the outline, opened at depth 1."""

    title: str
    anchor: str
    children: tuple["Bookmark", ...] = ()


@dataclass(frozen=True, kw_only=True)
class Metadata:
    """What the file says about itself. `date` (aware, in the walk's zone) is the latest change included; there is no
    other date in the file. `language` is a tag as `sv-SE`."""

    title: str
    author: str
    subject: str
    keywords: str
    language: str
    creator: str
    date: datetime | None
    file_name: str


@dataclass(frozen=True, kw_only=True)
class Furniture:
    """Words of header and footer (artifacts). `header_left_short` replaces `header_left` where that is too long.
    `page` has the places `{page}` and `{pages}`. `warning` is set in red 600 in the header, or empty; `continued` heads
    what goes on from a page before."""

    header_left: str
    header_left_short: str
    header_right: str
    warning: str
    footer_left: str
    footer_middle: str
    page: str
    contents: str
    continued: str
