"""The structure tree of a tagged PDF.

Elements are made in reading order while a document is laid out; what is drawn for them is noted while it is drawn.
An element that got nothing is left out, but for empty cells. A tree is written once, into reportlab's objects.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

from app.report.pdf_objects import Objects, reference, text_string

_KEPT_EMPTY = ("TD", "TH")
_ANNOTATIONS_FROM = 1_000_000
"""Keys of annotations in the parent tree, above those of all pages."""


@dataclass(frozen=True)
class Drawn:
    """Marked content `mcid` of a page (0 = the first)."""

    page: int
    mcid: int


@dataclass(frozen=True)
class Annotated:
    """An annotation on a page, by its name in the document."""

    page: int
    name: str


@dataclass(eq=False)
class Element:
    """A structure element.

    `role` is a standard type of ISO 32000-1. `record` is the id of the record whose primary element it is: its `/ID`.
    `alt` for figures, `language` where it differs, `scope` for heads of tables, `span` for cells over several columns,
    `numbering` for lists. `box` (points from the page's lower left) is set when a figure is drawn.
    """

    role: str
    parent: "Element | None" = None
    record: str = ""
    alt: str = ""
    language: str = ""
    scope: str = ""
    span: int = 1
    numbering: str = ""
    box: tuple[float, float, float, float] | None = None
    kids: list["Element | Drawn | Annotated"] = field(default_factory=list)

    def add(self, role: str, **attributes: Any) -> "Element":
        """A new last child; `attributes` are the fields above."""
        child = Element(role, self, **attributes)
        self.kids.append(child)
        return child

    def move_last(self, child: "Element") -> None:
        """Make one of its children the last one in reading order."""
        self.kids.remove(child)
        self.kids.append(child)

    def elements(self) -> Iterator["Element"]:
        """Itself and all below, parents first."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.elements()


class Tree:
    """The elements of a document, what was drawn of them page by page, and their annotations."""

    def __init__(self, language: str) -> None:
        self.root = Element("Document", language=language)
        self.pages: list[list[Element]] = []
        self.annotations: list[Element] = []

    def draw(self, element: Element) -> int:
        """Note that something is drawn for `element` on the last page; returns its MCID."""
        page = self.pages[-1]
        page.append(element)
        element.kids.append(Drawn(len(self.pages) - 1, len(page) - 1))
        return len(page) - 1

    def annotate(self, element: Element, name: str) -> int:
        """Note an annotation of `element` on the last page; returns its `/StructParent`."""
        element.kids.append(Annotated(len(self.pages) - 1, name))
        self.annotations.append(element)
        return _ANNOTATIONS_FROM + len(self.annotations) - 1

    def write(self, objects: Objects) -> Any:
        """Add the tree to a file; returns the reference to its root. Raises ValueError if a record has two elements."""
        _prune(self.root)
        elements = list(self.root.elements())
        names = {element: f"E{index}" for index, element in enumerate(elements)}
        root = PDFDictionary({"Type": PDFName("StructTreeRoot"), "K": reference(names[self.root])})
        for element in elements:
            objects.add(_dictionary(element, names), names[element])
        root["ParentTree"] = objects.add(self._parents(names))
        root["ParentTreeNextKey"] = _ANNOTATIONS_FROM + len(self.annotations)
        if identities := _identities(elements, names):
            root["IDTree"] = objects.add(identities)
        return objects.add(root, "Structure")

    def _parents(self, names: dict[Element, str]) -> PDFDictionary:
        numbers: list[Any] = []
        for index, page in enumerate(self.pages):
            numbers += [index, PDFArray([reference(names[element]) for element in page])]
        for index, element in enumerate(self.annotations, _ANNOTATIONS_FROM):
            numbers += [index, reference(names[element])]
        return PDFDictionary({"Nums": PDFArray(numbers)})


def page_name(index: int) -> str:
    """What the document calls its page (0 = the first)."""
    return f"Page{index + 1}"


def _prune(element: Element) -> None:
    for kid in element.kids:
        if isinstance(kid, Element):
            _prune(kid)
    element.kids = [kid for kid in element.kids if not isinstance(kid, Element) or kid.kids or kid.role in _KEPT_EMPTY]


def _identities(elements: list[Element], names: dict[Element, str]) -> PDFDictionary | None:
    by_record: dict[str, Element] = {}
    for element in elements:
        if element.record and by_record.setdefault(element.record, element) is not element:
            raise ValueError(f"record {element.record} has two primary elements")
    if not by_record:
        return None
    pairs: list[Any] = []
    for record in sorted(by_record):
        pairs += [text_string(record), reference(names[by_record[record]])]
    return PDFDictionary({"Names": PDFArray(pairs)})


def _dictionary(element: Element, names: dict[Element, str]) -> PDFDictionary:
    page = next((kid.page for kid in element.kids if isinstance(kid, Drawn)), None)
    entries: dict[str, Any] = {
        "Type": PDFName("StructElem"),
        "S": PDFName(element.role),
        "P": reference(names[element.parent] if element.parent else "Structure"),
        "K": PDFArray([_kid(kid, page, names) for kid in element.kids]),
    }
    if page is not None:
        entries["Pg"] = reference(page_name(page))
    for key, value in (("ID", element.record), ("Alt", element.alt), ("Lang", element.language)):
        if value:
            entries[key] = text_string(value)
    if attributes := _attributes(element):
        entries["A"] = attributes
    return PDFDictionary(entries)


def _kid(kid: "Element | Drawn | Annotated", page: int | None, names: dict[Element, str]) -> Any:
    if isinstance(kid, Element):
        return reference(names[kid])
    there = reference(page_name(kid.page))
    if isinstance(kid, Annotated):
        return PDFDictionary({"Type": PDFName("OBJR"), "Obj": reference(kid.name), "Pg": there})
    return kid.mcid if kid.page == page else PDFDictionary({"Type": PDFName("MCR"), "MCID": kid.mcid, "Pg": there})


def _attributes(element: Element) -> PDFDictionary | None:
    if element.scope or element.span > 1:
        entries: dict[str, Any] = {"O": PDFName("Table")}
        if element.scope:
            entries["Scope"] = PDFName(element.scope)
        if element.span > 1:
            entries["ColSpan"] = element.span
        return PDFDictionary(entries)
    if element.numbering:
        return PDFDictionary({"O": PDFName("List"), "ListNumbering": PDFName(element.numbering)})
    if element.box:
        box = PDFArray([round(place, 2) for place in element.box])
        return PDFDictionary({"O": PDFName("Layout"), "BBox": box, "Placement": PDFName("Block")})
    return None
