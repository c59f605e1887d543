"""Reads a tagged PDF as a screen reader does: the structure tree with its text in reading order."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf

TOUNICODE_ENTRY = 2


@dataclass
class Node:
    """A structure element. `text` is its own and its kids' text with ActualText applied; `links` the destinations or
    addresses of its annotations."""

    role: str
    id: str = ""
    alt: str = ""
    language: str = ""
    scope: str = ""
    span: int = 1
    contents: str = ""
    kids: "list[Node | str]" = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text below, in reading order."""
        return "".join(kid if isinstance(kid, str) else kid.text for kid in self.kids)

    def nodes(self, role: str = "") -> "Iterator[Node]":
        """Itself and all below in reading order, of one role if asked for."""
        if role in ("", self.role):
            yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.nodes(role)


Pages = dict[tuple[int, int], dict[int, str]]
"""Page → MCID → text."""


def read_tree(path: Path) -> Node:
    """The Document element of a file."""
    with pikepdf.open(path) as pdf:
        every: Any = pdf.pages
        pages: Pages = {page.objgen: _marked(page) for page in every}
        root = pdf.Root.StructTreeRoot
        return _node(root.K if not isinstance(root.K, pikepdf.Array) else root.K[0], pages, None)


def _node(element: Any, pages: Pages, page: Any) -> Node:
    page = element.get("/Pg", page)
    attributes = element.get("/A", {})
    node = Node(
        role=str(element.S)[1:],
        id=str(element.get("/ID", "")),
        alt=str(element.get("/Alt", "")),
        language=str(element.get("/Lang", "")),
        scope=str(attributes.get("/Scope", ""))[1:],
        span=int(attributes.get("/ColSpan", 1)),
    )
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            node.kids.append(pages[page.objgen][kid])
        elif kid.get("/Type") == "/MCR":
            node.kids.append(pages[kid.get("/Pg", page).objgen][int(kid.MCID)])
        elif kid.get("/Type") == "/OBJR":
            node.contents = str(kid.Obj.get("/Contents", ""))
        else:
            node.kids.append(_node(kid, pages, page))
    return node


def _marked(page: Any) -> dict[int, str]:
    """The text of each piece of marked content of a page."""
    fonts = {name: _codes(font) for name, font in page.Resources.get("/Font", {}).items()}
    texts: dict[int, str] = {}
    open_marks: list[tuple[int | None, str | None]] = []
    font: dict[int, str] = {}
    instructions: Any = pikepdf.parse_content_stream(page)
    for operands, operator in instructions:
        name = str(operator)
        if name in ("BDC", "BMC"):
            given = operands[1] if name == "BDC" else {}
            actual = str(given["/ActualText"]) if "/ActualText" in given else None
            mcid = int(given["/MCID"]) if "/MCID" in given else None
            if mcid is not None:
                texts.setdefault(mcid, "")
            elif actual is not None:
                _say(texts, open_marks, actual)
            open_marks.append((mcid, actual))
        elif name == "EMC":
            open_marks.pop()
        elif name == "Tf":
            font = fonts[str(operands[0])]
        elif name == "Tj":
            data = bytes(operands[0])
            shown = "".join(font[int.from_bytes(data[at : at + 2], "big")] for at in range(0, len(data), 2))
            _say(texts, open_marks, shown)
    return texts


def _say(texts: dict[int, str], marks: list[tuple[int | None, str | None]], words: str) -> None:
    """Add words to the marked content that is open, unless an ActualText already speaks for them."""
    if any(actual is not None for _mcid, actual in marks):
        return
    mcid = next((mcid for mcid, _actual in reversed(marks) if mcid is not None), None)
    if mcid is not None:
        texts[mcid] += words


def _codes(font: Any) -> dict[int, str]:
    """Code → text by the font's ToUnicode."""
    codes: dict[int, str] = {}
    for line in font.ToUnicode.read_bytes().decode("ascii").splitlines():
        parts = line.split()
        if len(parts) == TOUNICODE_ENTRY and parts[0].startswith("<") and parts[0] != "<0000>":
            codes[int(parts[0].strip("<>"), 16)] = bytes.fromhex(parts[1].strip("<>")).decode("utf-16-be")
    return codes
