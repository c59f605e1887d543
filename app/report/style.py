"""The paper's grid, type and colours: one set of constants for every printed page.

Lengths called `*_MM` and those of `Grid` are millimetres; type sizes are points.
"""

from dataclasses import dataclass, replace

MM = 72 / 25.4
"""Points per millimetre."""

PALETTE = {
    "ink": "#1B2530",
    "secondary": "#46525C",
    "accent": "#123F52",
    "red": "#9E1B1E",
    "amber": "#7A4E00",
    "green": "#22603A",
    "blue": "#1F4E8C",
    "lamp": "#F0B429",
    "tint": "#F4F2EC",
    "hairline": "#BFC6CA",
    "frame": "#7B858C",
    "light": "#C9D8DC",
    "white": "#FFFFFF",
    "outside": "#ECEBE8",
}
"""Text only in the first seven. An organisation's own colours replace `accent` and `lamp` alone."""

Rgb = tuple[float, float, float]


def rgb(colour: str) -> Rgb:
    """Red, green, blue (0–1) of a name of the palette or of `#RRGGBB`. Raises KeyError for an unknown name."""
    code = colour if colour.startswith("#") else PALETTE[colour]
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


@dataclass(frozen=True)
class Grid:
    """A sheet: its size, the text frame's corner and size, and the base lines of header and footer from the top."""

    width: float
    height: float
    left: float
    top: float
    frame_width: float
    frame_height: float
    header: float
    footer: float


PORTRAIT = Grid(width=210, height=297, left=20, top=28, frame_width=170, frame_height=245, header=19, footer=286)
LANDSCAPE = Grid(width=297, height=210, left=18, top=26, frame_width=261, frame_height=164, header=18, footer=199)

SIDE_MM = 37.0
MAIN_LEFT_MM = 42.0
MAIN_MM = 128.0
TITLE_INDENT_MM = 14.0
RUNNING_MM = 156.0
"""Running text on full pages."""
HALF_MM = 82.0
HALF_GAP_MM = 6.0

PHOTO_GAP_MM = 4.0
PHOTO_HIGHEST_MM = 66.0
PHOTO_LOWEST_MM = 40.0
PHOTO_ONE_WIDE_MM = 62.0
PHOTO_ONE_TALL_MM = 56.0
PANORAMA = 2.0
"""Width over height from which a photo has a row of its own."""

RULE_HEAD = 1.1
RULE_ROW = 0.5
RULE_PHOTO = 0.4
RULE_NOTICE = 1.2

CELL_PAD_MM = 1.8
CELL_RIGHT_MM = 3.0

MARK_MM = 4.2
SMALL_MARK_MM = 3.6
"""Severity and status."""


@dataclass(frozen=True)
class Type:
    """How a paragraph is set. `hyphens`: words may be divided at line ends."""

    size: float
    leading: float
    strong: bool = False
    italic: bool = False
    colour: str = "ink"
    hyphens: bool = False
    right: bool = False

    def but(self, **changes: object) -> "Type":
        """The same with some things changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


COVER_TITLE = Type(33, 37, strong=True)
COVER_KIND = Type(13, 17, strong=True, colour="accent")
COVER_WHEN = Type(15, 20)
COVER_SUBTITLE = Type(11, 15, colour="secondary")
COVER_SMALL = Type(9.5, 13)
H1 = Type(21, 25, strong=True)
H2 = Type(13.5, 18, strong=True)
H2_STOP = Type(15, 19, strong=True)
H3 = Type(11, 15, strong=True)
LEAD = Type(13, 19)
BODY = Type(10.5, 15, hyphens=True)
VOICE = Type(10.5, 15, italic=True, hyphens=True)
TABLE = Type(9.5, 13, hyphens=True)
DENSE = Type(9, 12.2, hyphens=True)
SIDE = Type(9.5, 13)
CAPTION = Type(9, 12.3)
META = Type(9, 12.3, colour="secondary")
RUNNING_HEAD = Type(8.5, 11, colour="secondary")
BIG_FIGURE = Type(27, 30, strong=True, colour="accent")
DISC_NUMBER = Type(10.5, 12, strong=True, colour="white")
CONTENTS = Type(10.5, 15)
CHAIN_NUMBER = Type(15, 19, strong=True, colour="accent")

AFTER_H1 = 12.0
BEFORE_H2 = 14.0
BEFORE_STOP = 22.0
AFTER_H2 = 6.0
PARAGRAPH_GAP = 6.0
