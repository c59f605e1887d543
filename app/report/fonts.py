"""The faces that print, what they cover and how wide they are.

A face is one static TrueType file in `resources/fonts`, loaded when its first character is asked for. Each look of the
text face has a row of faces to fall back on; what none of them has is printed as U+FFFD of the first that has that.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from struct import unpack

from reportlab.pdfbase.ttfonts import TTFontFace

FOLDER = Path(__file__).parents[2] / "resources" / "fonts"
MISSING = "\ufffd"

_SYMBOLS = ("NotoSansSymbols_400Regular", "NotoSansSymbols2_400Regular", "NotoEmoji_400Regular")
_REGULAR = ("NotoSans_400Regular", "NotoSansArabic_400Regular", *_SYMBOLS)
_STRONG = ("NotoSans_600SemiBold", "NotoSansArabic_600SemiBold", *_SYMBOLS)
_ROWS = {
    (False, False): ("SourceSans3_400Regular", *_REGULAR),
    (True, False): ("SourceSans3_600SemiBold", *_STRONG),
    (False, True): ("SourceSans3_400Regular_Italic", "NotoSans_400Regular_Italic", *_REGULAR),
    (True, True): ("SourceSans3_600SemiBold_Italic", *_STRONG),
}
"""(strong, italic) → the faces to try, in order."""


@dataclass(frozen=True, eq=False)
class Face:
    """One font file. Widths are thousandths of the type size."""

    name: str
    font: TTFontFace
    widths: dict[str, float] = field(default_factory=dict, repr=False)
    """Of the characters that it has: what is not in here it cannot show."""

    def covers(self, text: str) -> bool:
        """Whether there is a glyph for every character."""
        return all(map(self.widths.__contains__, text))

    def width(self, text: str) -> float:
        """Raises KeyError for a character that it lacks."""
        return sum(map(self.widths.__getitem__, text))


@cache
def face(name: str) -> Face:
    """The face in the file `<name>.ttf`. Raises OSError or reportlab's TTFError for a damaged installation."""
    font = TTFontFace(str(FOLDER / f"{name}.ttf"))
    _mend_tail(font)
    glyphs = font.charToGlyph
    return Face(
        name, font, {chr(code): width for code, width in font.charWidths.items() if glyphs[code] and _is_public(code)}
    )


def _mend_tail(font: TTFontFace) -> None:
    """The glyphs at the end of a face share the last advance that is written out. reportlab repeats it in thousandths
    where it is in the font's own units, and would write it so into a subset."""
    table: Callable[[str], bytes] = font.get_table
    (written,) = unpack(">H", table("hhea")[34:36])
    advance, _bearing = font.hmetrics[written - 1]
    font.hmetrics[written:] = [(advance, bearing) for _wrong, bearing in font.hmetrics[written:]]


def _is_public(code: int) -> bool:
    """Not a control character, and not one that every font may use for what it likes."""
    return code >= 32 and not 0xE000 <= code <= 0xF8FF and code < 0xF0000


@cache
def faces(strong: bool, italic: bool) -> tuple[str, ...]:
    """Names of the faces for a look, the text face first."""
    return _ROWS[strong, italic]


def first_face(strong: bool, italic: bool) -> Face:
    """The text face of a look."""
    return face(_ROWS[strong, italic][0])


def covering(text: str, names: Iterable[str]) -> Face | None:
    """The first of the named faces that has every character of `text`."""
    return next((found for found in map(face, names) if found.covers(text)), None)
