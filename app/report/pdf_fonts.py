"""Fonts as they are embedded: one Type 0 font per face, with the glyphs that were used.

reportlab's own subsets have 256 places each, take U+00A0 for a space and cut off what lies beyond U+FFFF; here every
pair of glyph and text has a code of its own, so `/ToUnicode` gives back exactly what was meant.
"""

from struct import pack
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

from app.report.fonts import Face
from app.report.pdf_objects import Objects

_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_CMAP_TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
_AT_A_TIME = 100
"""Most entries of one bfchar block."""


class Stream(pdfdoc.PDFStream):
    """A compressed stream whose data is followed by an end of line, as ISO 19005 asks for and reportlab forgets."""

    def __init__(self, content: bytes, entries: dict[str, Any] | None = None, packed: bool = True) -> None:
        super().__init__(PDFDictionary(entries or {}), content, [pdfdoc.PDFZCompress] if packed else None)

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The stream's bytes."""
        plain: bytes = super().format(document)
        return plain.removesuffix(b"endstream\n") + b"\nendstream\n"


class EmbeddedFont:
    """A face in one file. `name` is what page content calls it."""

    def __init__(self, name: str, face: Face) -> None:
        self.name = name
        self._face = face
        self._codes: dict[tuple[str, str], int] = {}

    def codes(self, shown: str, meant: str = "") -> str:
        """The characters as a hex string for Tj; their glyphs will be embedded, and each says itself, or a single one
        what is `meant`."""
        codes = self._codes
        pairs = [(shown, meant)] if meant and len(shown) == 1 else [(char, char) for char in shown]
        return "".join(f"{codes.setdefault(pair, len(codes) + 1):04X}" for pair in pairs)

    def register(self, objects: Objects) -> Any:
        """Add the font's objects to a file; returns the reference to it. Nothing may be shown after."""
        font = self._face.font
        base = f"{_tag(self.name)}+{font.name.decode('ascii')}"
        points = [ord(char) for char, _text in self._codes]
        descriptor = PDFDictionary(
            {
                "Type": PDFName("FontDescriptor"),
                "FontName": PDFName(base),
                "Flags": font.flags,
                "FontBBox": PDFArray(font.bbox),
                "ItalicAngle": font.italicAngle,
                "Ascent": font.ascent,
                "Descent": font.descent,
                "CapHeight": font.capHeight,
                "StemV": font.stemV,
                "FontFile2": objects.add(_font_file(font.makeSubset(points))),
            }
        )
        descendant = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("CIDFontType2"),
                "BaseFont": PDFName(base),
                "CIDSystemInfo": PDFDictionary({"Registry": "(Adobe)", "Ordering": "(Identity)", "Supplement": 0}),
                "FontDescriptor": objects.add(descriptor),
                "CIDToGIDMap": objects.add(Stream(self._glyph_map(points))),
                "DW": font.defaultWidth,
                "W": PDFArray([1, PDFArray([round(self._face.widths[char], 2) for char, _text in self._codes])]),
            }
        )
        return objects.add(
            PDFDictionary(
                {
                    "Type": PDFName("Font"),
                    "Subtype": PDFName("Type0"),
                    "BaseFont": PDFName(base),
                    "Encoding": PDFName("Identity-H"),
                    "DescendantFonts": PDFArray([objects.add(descendant)]),
                    "ToUnicode": objects.add(Stream(self._to_unicode())),
                }
            )
        )

    def _glyph_map(self, points: list[int]) -> bytes:
        """Code → glyph of the subset: the subset has each glyph once, in the order it was asked for."""
        places = {0: 0}
        glyphs = [places.setdefault(self._face.font.charToGlyph[point], len(places)) for point in points]
        return pack(f">{len(glyphs) + 1}H", 0, *glyphs)

    def _to_unicode(self) -> bytes:
        meant = ((code, text.encode("utf-16-be").hex().upper()) for (_char, text), code in self._codes.items())
        entries = [f"<{code:04X}> <{text}>" for code, text in meant]
        blocks = [entries[at : at + _AT_A_TIME] for at in range(0, len(entries), _AT_A_TIME)]
        body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
        return (_CMAP_HEAD + body + _CMAP_TAIL).encode("ascii")


def _font_file(program: bytes) -> Stream:
    return Stream(program, {"Length1": len(program)})


def _tag(name: str) -> str:
    """The six capitals before a subset's name, by the number at the end of the font's."""
    number = int(name.lstrip("F"))
    return "".join(chr(ord("A") + number // 26**place % 26) for place in range(6))
