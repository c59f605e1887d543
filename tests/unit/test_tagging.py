"""The structure tree, and the canvas that lets nothing be drawn outside it."""

import io
from typing import Any

import pikepdf
import pytest

from app.report.fonts import face
from app.report.furniture import Metadata
from app.report.pdf_canvas import Canvas
from app.report.pdf_file import write
from app.report.style import PORTRAIT
from app.report.tagging import Element, Tree

FACE = face("SourceSans3_400Regular")


def no_pictures(key: str) -> bytes:
    raise AssertionError(f"{key} was asked for")


class Sheet:
    """A document that is drawn by hand."""

    def __init__(self, targets: dict[str, tuple[int, float]] | None = None) -> None:
        self.tree = Tree("sv-SE")
        self.canvas = Canvas(self.tree, targets or {}, no_pictures)
        self.canvas.open_page(PORTRAIT)

    def say(self, element: Element, text: str) -> None:
        with self.canvas.content(element):
            self.canvas.show(100, 700, FACE, 10, "ink", text)

    def turn(self) -> None:
        self.canvas.close_page()
        self.canvas.open_page(PORTRAIT)

    def written(self) -> Any:
        self.canvas.close_page()
        out = io.BytesIO()
        words = Metadata(
            title="T", author="A", subject="", keywords="", language="sv-SE", creator="", date=None, file_name="t.pdf"
        )
        for _number in write(self.canvas, words, (), out):
            pass
        return pikepdf.open(out)


def structure(pdf: Any) -> Any:
    return pdf.Root.StructTreeRoot.K


def test_nothing_can_be_drawn_that_is_neither_content_nor_artifact() -> None:
    canvas = Sheet().canvas
    with pytest.raises(AssertionError):
        canvas.show(0, 0, FACE, 10, "ink", "a")
    with pytest.raises(AssertionError):
        canvas.rectangle((0, 0, 1, 1), fill="ink")


def test_content_is_never_inside_content_or_an_artifact() -> None:
    sheet = Sheet()
    paragraph = sheet.tree.root.add("P")
    with sheet.canvas.artifact(), pytest.raises(AssertionError), sheet.canvas.content(paragraph):
        pass


def test_an_element_drawn_on_two_pages_is_one_element_with_two_pieces() -> None:
    sheet = Sheet()
    paragraph = sheet.tree.root.add("P")
    sheet.say(paragraph, "början")
    sheet.turn()
    sheet.say(paragraph, "slut")
    pdf = sheet.written()
    (only,) = structure(pdf).K
    first, second = only.K
    assert first == 0
    assert (second.Type, second.MCID) == ("/MCR", 0)
    assert second.Pg.objgen == pdf.pages[1].objgen


def test_every_piece_is_found_from_its_page_in_the_parent_tree() -> None:
    sheet = Sheet()
    one, two = sheet.tree.root.add("P"), sheet.tree.root.add("P")
    sheet.say(one, "ett")
    sheet.say(two, "två")
    sheet.say(one, "ett till")
    pdf = sheet.written()
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    parents = [element.objgen for element in numbers[1]]
    a, b = (element.objgen for element in structure(pdf).K)
    assert pdf.pages[0].StructParents == numbers[0] == 0
    assert parents == [a, b, a]


def test_what_nothing_was_drawn_for_is_left_out_but_for_empty_cells() -> None:
    sheet = Sheet()
    row = sheet.tree.root.add("Table").add("TR")
    row.add("TD")
    sheet.say(row.add("TD").add("P"), "a")
    sheet.tree.root.add("Sect").add("P")
    pdf = sheet.written()
    (table,) = structure(pdf).K
    empty, full = table.K[0].K
    assert len(empty.K) == 0
    assert full.K[0].S == "/P"


def test_a_records_id_is_its_elements_and_is_found_in_the_tree_of_ids() -> None:
    sheet = Sheet()
    for record in ("b" * 32, "a" * 32):
        sheet.say(sheet.tree.root.add("P", record=record), "x")
    pdf = sheet.written()
    names = pdf.Root.StructTreeRoot.IDTree.Names
    assert [str(names[0]), str(names[2])] == ["a" * 32, "b" * 32]
    assert all(str(names[at]) == str(names[at + 1].ID) for at in (0, 2))


def test_a_record_cannot_have_two_primary_elements() -> None:
    sheet = Sheet()
    for _twice in range(2):
        sheet.say(sheet.tree.root.add("P", record="a" * 32), "x")
    with pytest.raises(ValueError, match="two primary elements"):
        sheet.written()


def test_attributes_say_what_the_element_is() -> None:
    sheet = Sheet()
    root = sheet.tree.root
    sheet.say(root.add("TH", scope="Column", span=2), "huvud")
    sheet.say(root.add("L", numbering="Decimal"), "lista")
    sheet.say(root.add("P", language="en"), "word")
    figure = root.add("Figure", alt="En lampa.")
    figure.box = (1, 2, 3, 4)
    with sheet.canvas.content(figure):
        sheet.canvas.rectangle((1, 2, 3, 4), fill="ink")
    pdf = sheet.written()
    head, listing, english, drawn = structure(pdf).K
    assert (head.A.O, head.A.Scope, head.A.ColSpan) == ("/Table", "/Column", 2)
    assert (listing.A.O, listing.A.ListNumbering) == ("/List", "/Decimal")
    assert str(english.Lang) == "en"
    assert str(drawn.Alt) == "En lampa."
    assert [int(each) for each in drawn.A.BBox] == [1, 2, 3, 4]


def test_a_link_is_bound_to_its_element_both_ways_and_says_where_it_leads() -> None:
    sheet = Sheet({"list": (0, 500.0)})
    link = sheet.tree.root.add("P").add("Link")
    sheet.say(link, "Åtgärd 4.2")
    sheet.canvas.link(link, (1, 2, 3, 4), "list", "Åtgärd 4.2")
    sheet.canvas.link(link, (1, 2, 3, 4), "https://exempel.se/", "Webben")
    pdf = sheet.written()
    inside, outside = pdf.pages[0].Annots
    element = structure(pdf).K[0].K[0]
    assert [kid if isinstance(kid, int) else str(kid.Type) for kid in element.K] == [0, "/OBJR", "/OBJR"]
    assert element.K[1].Obj.objgen == inside.objgen
    assert str(inside.Contents) == "Åtgärd 4.2"
    assert inside.Dest[0].objgen == pdf.pages[0].objgen
    assert str(outside.A.URI) == "https://exempel.se/"
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    found = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
    assert found[int(inside.StructParent)].objgen == element.objgen


def test_an_element_can_be_moved_to_the_end_of_its_parent() -> None:
    root = Element("Document")
    photo, text = root.add("Figure"), root.add("P")
    root.move_last(photo)
    assert root.kids == [text, photo]


def test_a_glyph_may_say_more_than_itself() -> None:
    sheet = Sheet()
    with sheet.canvas.content(sheet.tree.root.add("P")):
        sheet.canvas.show(0, 0, FACE, 10, "ink", "a", "ab")
        sheet.canvas.show(0, 0, FACE, 10, "ink", "a\u00a0")
    pdf = sheet.written()
    font = next(iter(pdf.pages[0].Resources.Font.values()))
    table = font.ToUnicode.read_bytes().decode()
    assert "<00610062>" in table
    assert "<0061>" in table
    assert "<00A0>" in table


def test_the_page_number_line_stands_in_an_artifact_of_its_kind() -> None:
    sheet = Sheet()
    with sheet.canvas.artifact("Footer"):
        sheet.canvas.show(0, 0, FACE, 10, "ink", "Sida 1")
    pdf = sheet.written()
    code = pdf.pages[0].Contents.read_bytes()
    assert b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC" in code
