"""The protocol as a PDF file: tagged (PDF/UA-1) and archivable (PDF/A-2a).

    Document → blocks with elements (pdf_sections) → sheets (pdf_flow) → pages (pdf_canvas) → file (pdf_file)

Laying out comes before drawing, so page numbers and the places of links are known when the first page is drawn, and
everything is drawn once. Photos are read from their blobs one at a time while the file is written. Equal input gives
equal bytes.
"""

from collections.abc import Callable

from app.base.files import Sink
from app.base.job import Job, Step
from app.base.words import _
from app.report.document import Document, Layout
from app.report.pdf_blocks import Block, Stack
from app.report.pdf_canvas import Canvas, Target
from app.report.pdf_file import write
from app.report.pdf_flow import Flow, Sheet
from app.report.pdf_pages import ContentsBlock, CoverBlock, draw_furniture
from app.report.pdf_sections import AREAS, Builder
from app.report.style import LANDSCAPE, MAIN_LEFT_MM, MM, PORTRAIT
from app.report.tagging import Tree

_ABOVE_TARGET = 14.0
"""A link leads to a little above its target."""
_CLOSE_GAP = 3.0
"""Points between paragraphs that are set closer."""
_OBJECTS_A_STEP = 200


def render(document: Document, read: Callable[[str], bytes], out: Sink) -> Job[int]:
    """Write the protocol's PDF to `out`; returns the number of pages.

    `read` gives the bytes of a picture by the hash in `Document.pictures`; what it raises ends the job, and what `out`
    holds then is to be thrown away."""

    def bytes_of(key: str) -> bytes:
        raster = document.rasters.get(key)
        return raster.data if raster else read(key)

    yield Step(_("Sätter protokollet"))
    tree = Tree(document.metadata.language)
    builder = Builder(document.metadata.language, document.furniture.continued)
    sheets = lay_out(document, builder, tree, bytes_of)
    canvas = Canvas(tree, _targets(sheets), bytes_of)
    for index, sheet in enumerate(sheets):
        yield Step(_("Ritar sidorna"), index, len(sheets))
        _draw(canvas, sheet)
        if index:
            draw_furniture(canvas, builder.setter, sheet.grid, document.furniture, index + 1, len(sheets))
        canvas.close_page()
    for written in write(canvas, document.metadata, document.bookmarks, out):
        if not written % _OBJECTS_A_STEP:
            yield Step(_("Skriver filen"))
    return len(sheets)


def lay_out(document: Document, builder: Builder, tree: Tree, read: Callable[[str], bytes]) -> list[Sheet]:
    """The pages with what stands on them; elements are added to the tree in reading order."""
    flow = Flow()
    flow.chapter([CoverBlock(builder.setter, document.cover, tree.root, read)], PORTRAIT)
    trial = Stack(_contents(document, builder, Tree(document.metadata.language), dense=False))
    dense = trial.height() > PORTRAIT.frame_height * MM
    flow.chapter(_contents(document, builder, tree, dense), PORTRAIT)
    for section in document.sections:
        grid = LANDSCAPE if section.layout is Layout.LANDSCAPE else PORTRAIT
        flow.chapter(builder.section(section, tree.root), grid, section.new_page)
    return flow.sheets


def _contents(document: Document, builder: Builder, tree: Tree, dense: bool) -> list[Block]:
    """Contents and how to read them. `dense`: set closer, so that both stay on one page."""
    indent = MAIN_LEFT_MM * MM
    sect = tree.root.add("Sect")
    title: list[Block] = [builder.heading("", document.furniture.contents, sect, indent, ["contents"])]
    title[0].alone = True
    table = sect.add("TOC")
    lines = [ContentsBlock(builder.setter, line, table, dense) for line in document.contents]
    reading = tree.root.add("Sect")
    head = builder.heading("", document.reading.title, reading, indent, [document.reading.anchor])
    body = builder.blocks(document.reading.blocks, AREAS[Layout.MAIN], reading)
    for block in body if dense else ():
        block.after = _CLOSE_GAP
    return [*title, *lines, head, *body]


def _targets(sheets: list[Sheet]) -> dict[str, Target]:
    """Where every anchor is; the first place counts."""
    targets: dict[str, Target] = {}
    for index, sheet in enumerate(sheets):
        frame = (sheet.grid.height - sheet.grid.top) * MM
        for top, block in sheet.placed:
            for below, anchor in block.tops():
                targets.setdefault(anchor, (index, frame - top - below + _ABOVE_TARGET))
    return targets


def _draw(canvas: Canvas, sheet: Sheet) -> None:
    grid = sheet.grid
    canvas.open_page(grid)
    for top, block in sheet.placed:
        block.draw(canvas, grid.left * MM, (grid.height - grid.top) * MM - top)
