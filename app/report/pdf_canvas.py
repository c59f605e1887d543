"""The canvas: page contents in points from the lower left, where everything is content of an element or an artifact.

`content` and `artifact` are never inside one another, and nothing is drawn outside them. reportlab's own canvas is not
used: it cannot tag, names Helvetica on every page and shows text by another way than `/ToUnicode` needs.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

from app.report.fonts import Face
from app.report.pdf_fonts import EmbeddedFont, Stream
from app.report.pdf_images import ImageStream
from app.report.pdf_objects import Objects, reference, text_string
from app.report.style import MM, Grid, rgb
from app.report.tagging import Element, Tree, page_name

Target = tuple[int, float]
"""Where a link goes: page (0 = the first) and height on it, points from its lower edge."""
Box = tuple[float, float, float, float]
"""x0, y0, x1, y1."""

_ROUND = 0.5523
"""Handle length of the Bézier curve that is a quarter of a unit circle."""


class Canvas:
    """Draws the pages of one document. Links may go to `targets`; `read` gives a picture's bytes."""

    def __init__(self, tree: Tree, targets: dict[str, Target], read: Callable[[str], bytes]) -> None:
        self.tree = tree
        self.targets = targets
        self.objects = Objects()
        self._fonts: dict[str, EmbeddedFont] = {}
        self._read = read
        self._images: dict[str, str] = {}
        self._opacities: set[float] = set()
        self._code: list[str] = []
        self._annotations: list[Any] = []
        self._pages: list[Any] = []
        self._size = (0.0, 0.0)
        self._marked = False

    def open_page(self, grid: Grid) -> None:
        """Begin a page."""
        self._size = (round(grid.width * MM, 2), round(grid.height * MM, 2))
        self.tree.pages.append([])

    def close_page(self) -> None:
        """End the page and add it to the document."""
        assert not self._marked and self._code[-1:] != ["q"]
        page = PDFDictionary(
            {
                "Type": PDFName("Page"),
                "Parent": reference("Pages"),
                "MediaBox": PDFArray([0, 0, *self._size]),
                "Resources": reference("Resources"),
                "Contents": self.objects.add(Stream("\n".join(self._code).encode("ascii"))),
                "StructParents": len(self.tree.pages) - 1,
                "Tabs": PDFName("S"),
            }
        )
        if self._annotations:
            page["Annots"] = PDFArray(self._annotations)
        self._pages.append(self.objects.add(page, page_name(len(self._pages))))
        self._code, self._annotations = [], []

    def register_resources(self) -> None:
        """Add what page contents refer to, of all pages together. No page may follow."""
        fonts = PDFDictionary({font.name: font.register(self.objects) for font in self._fonts.values()})
        images = PDFDictionary({name: reference(name) for name in self._images.values()})
        states = {_state_name(opacity): PDFDictionary({"ca": opacity}) for opacity in sorted(self._opacities)}
        resources = {"Font": fonts, "XObject": images, "ExtGState": PDFDictionary(states)}
        self.objects.add(PDFDictionary(resources), "Resources")
        pages = {"Type": PDFName("Pages"), "Kids": PDFArray(self._pages), "Count": len(self._pages)}
        self.objects.add(PDFDictionary(pages), "Pages")

    # What is drawn, and for whom

    @contextmanager
    def content(self, element: Element) -> Iterator[None]:
        """What is drawn within belongs to `element`."""
        with self._between(f"/{element.role} <</MCID {self.tree.draw(element)}>> BDC"):
            yield

    @contextmanager
    def artifact(self, kind: str = "") -> Iterator[None]:
        """What is drawn within says nothing: rules, frames; `Header` or `Footer` for what stands on every page."""
        with self._between(f"/Artifact <</Type /Pagination /Subtype /{kind}>> BDC" if kind else "/Artifact BMC"):
            yield

    @contextmanager
    def _between(self, opening: str) -> Iterator[None]:
        assert not self._marked, "content within content"
        self._marked = True
        self._code.append(opening)
        yield
        self._code.append("EMC")
        self._marked = False

    @contextmanager
    def span(self, actual: str | None = None, language: str = "") -> Iterator[None]:
        """Within content: what is drawn is read as `actual`, in `language`."""
        entries = [] if actual is None else [f"/ActualText <FEFF{actual.encode('utf-16-be').hex().upper()}>"]
        entries += [f"/Lang ({language})"] if language else []
        if not entries:
            yield
            return
        self._code.append(f"/Span <<{' '.join(entries)}>> BDC")
        yield
        self._code.append("EMC")

    # Text, pictures, links

    def show(self, x: float, y: float, face: Face, size: float, colour: str, text: str, meant: str = "") -> None:
        """Draw characters of one face from (x, y) on the base line; a single one may say what is `meant`."""
        font = self._fonts.get(face.name)
        if font is None:
            font = self._fonts[face.name] = EmbeddedFont(f"F{len(self._fonts) + 1}", face)
        self._op(
            f"BT /{font.name} {size:g} Tf {_colour(colour)} rg {x:.2f} {y:.2f} Td <{font.codes(text, meant)}> Tj ET"
        )

    def picture(self, key: str, x: float, y: float, width: float, height: float) -> None:
        """Draw a picture; its bytes are asked for when the file is written."""
        name = self._images.get(key)
        if name is None:
            name = self._images[key] = f"Im{len(self._images) + 1}"
            self.objects.add(ImageStream(key, self._read), name)
        self._op(f"q {width:.2f} 0 0 {height:.2f} {x:.2f} {y:.2f} cm /{name} Do Q")

    def link(self, element: Element, box: Box, target: str, contents: str) -> None:
        """A link over `box` for a Link element. `target` is one of `targets` or a web address."""
        entries: dict[str, Any] = {
            "Type": PDFName("Annot"),
            "Subtype": PDFName("Link"),
            "Rect": PDFArray([round(place, 2) for place in box]),
            "Border": PDFArray([0, 0, 0]),
            "F": 4,
            "Contents": text_string(contents),
        }
        if target in self.targets:
            entries["Dest"] = self.destination(target)
        else:
            entries["A"] = PDFDictionary({"S": PDFName("URI"), "URI": text_string(target)})
        name = f"Link{len(self.tree.annotations) + 1}"
        entries["StructParent"] = self.tree.annotate(element, name)
        self._annotations.append(self.objects.add(PDFDictionary(entries), name))

    def destination(self, target: str) -> PDFArray:
        """The place that a target names, as a destination. Raises KeyError for an unknown one."""
        page, height = self.targets[target]
        return PDFArray([reference(page_name(page)), PDFName("XYZ"), 0, round(height, 2), 0])

    # Shapes

    @contextmanager
    def state(self) -> Iterator[None]:
        """Line widths, clips and opacities set within hold only there."""
        self._op("q")
        yield
        self._op("Q")

    def stroke(
        self, points: Sequence[tuple[float, float]], width: float, colour: str, dash: Sequence[float] = ()
    ) -> None:
        """Draw an open line with round ends and joins."""
        pattern = " ".join(f"{part:.2f}" for part in dash)
        self._op(f"q {width:.2f} w 1 J 1 j [{pattern}] 0 d {_colour(colour)} RG {_path(points)} S Q")

    def rule(self, x: float, y: float, length: float, width: float, colour: str) -> None:
        """Draw a level line with square ends."""
        self._op(f"q {width:.2f} w {_colour(colour)} RG {x:.2f} {y:.2f} m {x + length:.2f} {y:.2f} l S Q")

    def polygon(
        self,
        points: Sequence[tuple[float, float]],
        fill: str = "",
        stroke: str = "",
        width: float = 0,
        opacity: float = 1,
    ) -> None:
        """Draw a closed shape."""
        self._paint(f"{_path(points)} h", fill, stroke, width, opacity)

    def rectangle(self, box: Box, fill: str = "", stroke: str = "", width: float = 0) -> None:
        """Draw an upright rectangle."""
        x0, y0, x1, y1 = box
        self._paint(f"{x0:.2f} {y0:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re", fill, stroke, width)

    def disc(self, x: float, y: float, radius: float, fill: str = "", stroke: str = "", width: float = 0) -> None:
        """Draw a circle."""
        self._paint(_circle(x, y, radius), fill, stroke, width)

    def curve(
        self, path: str, fill: str = "", stroke: str = "", width: float = 0, at: Sequence[float] = (1, 0, 0)
    ) -> None:
        """Draw a path of PDF operators, scaled and moved by `at` (scale, x, y)."""
        scale, x, y = at
        with self.state():
            self._op(f"{scale:.5f} 0 0 {scale:.5f} {x:.2f} {y:.2f} cm")
            self._paint(path, fill, stroke, width)

    def clip(self, box: Box) -> None:
        """Within a state: nothing outside the box is seen from now on."""
        x0, y0, x1, y1 = box
        self._op(f"{x0:.2f} {y0:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re W n")

    def halo(self, x: float, y: float, face: Face, size: float, text: str, width: float) -> None:
        """Draw the white edge of letters that will be shown at the same place. It is no text."""
        font = self._fonts.get(face.name)
        if font is None:
            font = self._fonts[face.name] = EmbeddedFont(f"F{len(self._fonts) + 1}", face)
        with self.span(""):
            self._op(
                f"q 1 j {width:.2f} w 1 1 1 RG BT /{font.name} {size:g} Tf 1 Tr {x:.2f} {y:.2f} Td"
                f" <{font.codes(text)}> Tj ET Q"
            )

    def _paint(self, path: str, fill: str, stroke: str, width: float, opacity: float = 1) -> None:
        opening = "q"
        if opacity < 1:
            self._opacities.add(opacity)
            opening += f" /{_state_name(opacity)} gs"
        if fill:
            opening += f" {_colour(fill)} rg"
        if stroke:
            opening += f" {width:.2f} w {_colour(stroke)} RG"
        ending = {(True, True): "B", (True, False): "f", (False, True): "S"}.get((bool(fill), bool(stroke)), "n")
        self._op(f"{opening} {path} {ending} Q")

    def _op(self, code: str) -> None:
        assert self._marked, "everything is content or artifact"
        self._code.append(code)


def _state_name(opacity: float) -> str:
    return f"G{round(opacity * 1000)}"


def _colour(name: str) -> str:
    return " ".join(f"{part:.3f}" for part in rgb(name))


def _path(points: Sequence[tuple[float, float]]) -> str:
    first, *rest = points
    return f"{first[0]:.2f} {first[1]:.2f} m " + " ".join(f"{x:.2f} {y:.2f} l" for x, y in rest)


def _circle(x: float, y: float, r: float) -> str:
    k = r * _ROUND
    corners = (
        (x + r, y + k, x + k, y + r, x, y + r),
        (x - k, y + r, x - r, y + k, x - r, y),
        (x - r, y - k, x - k, y - r, x, y - r),
        (x + k, y - r, x + r, y - k, x + r, y),
    )
    return f"{x + r:.2f} {y:.2f} m " + " ".join(" ".join(f"{place:.2f}" for place in part) + " c" for part in corners)
