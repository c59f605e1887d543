"""Where things stand on printed pages: photos, tables, what is kept together and what leaves no hole."""

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from app.domain.walk import WholeWalk
from app.report.compose import Handed, compose
from app.report.document import Document, PhotoFigure, plain
from app.report.pdf import lay_out
from app.report.pdf_blocks import Block, Running, SidedStack, Space, Stack, Typesetter
from app.report.pdf_flow import Flow, Sheet
from app.report.pdf_ornaments import BigHeading
from app.report.pdf_photos import PhotoRow, Shot, photo_rows
from app.report.pdf_sections import Builder
from app.report.pdf_table import TableBlock, TableHead, TableRow
from app.report.style import BODY, MM, PORTRAIT
from app.report.tagging import Element, Tree
from tests.unit.composed_walks import big_walk, empty_walk, remarked_walk, written_walk
from tests.whole.torture import LONG, Pictures, document, photo

SETTER = Typesetter("sv-SE")
FRAME = PORTRAIT.frame_height * MM


def shots(*aspects: tuple[int, int]) -> list[Shot]:
    found = []
    for index, (width, height) in enumerate(aspects):
        figure: PhotoFigure = replace(photo("layout", index), width=width, height=height)
        sect = Element("Sect")
        found.append(Shot(figure, sect.add("Figure"), sect.add("Caption")))
    return found


def sizes(rows: list[PhotoRow]) -> list[list[tuple[float, float]]]:
    """Width and height of every photo in mm, row by row."""
    return [[(round(shot.aspect * row.height_mm, 1), round(row.height_mm, 1)) for shot in row.shots] for row in rows]


def test_one_landscape_photo_is_62_wide_and_one_portrait_56_high() -> None:
    assert sizes(photo_rows(SETTER, shots((4, 3)), False, False)) == [[(62, 46.5)]]
    assert sizes(photo_rows(SETTER, shots((3, 4)), False, False)) == [[(42, 56)]]


def test_two_photos_fill_the_column_and_three_the_page() -> None:
    ((one, two),) = sizes(photo_rows(SETTER, shots((4, 3), (4, 3)), False, False))
    assert one[0] + 4 + two[0] == pytest.approx(128, abs=0.2)
    ((one, two, three),) = sizes(photo_rows(SETTER, shots((4, 3), (4, 3), (4, 3)), False, False))
    assert one[0] + two[0] + three[0] + 8 == pytest.approx(170, abs=0.3)


def test_a_panorama_has_a_row_of_its_own() -> None:
    rows = sizes(photo_rows(SETTER, shots((4, 3), (5, 2), (4, 3)), False, False))
    assert [len(row) for row in rows] == [1, 1, 1]


@pytest.mark.parametrize("count", [1, 2, 4, 5, 6, 7, 8])
def test_rows_under_each_other_begin_alike_and_one_photo_under_others_has_its_caption_below(count: int) -> None:
    rows = photo_rows(SETTER, shots(*[(4, 3)] * count), False, False)
    assert len({row.left_mm for row in rows}) == 1
    assert [row.beside for row in rows] == [count == 1] * len(rows)


def test_rows_are_neither_too_high_nor_too_low_and_the_last_is_no_higher_than_the_one_before() -> None:
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    for _round in range(200):
        shapes = chance.choices([(4, 3), (3, 4), (16, 9), (9, 16), (1, 1), (5, 2)], k=chance.randrange(2, 12))
        full = chance.random() < 0.5
        rows = photo_rows(SETTER, shots(*shapes), full, False)
        assert [shot.figure.width for row in rows for shot in row.shots] == [width for width, _height in shapes]
        heights = [row.height_mm for row in rows]
        assert max(heights) <= 66, f"seed {seed}"
        assert heights[-1] <= (heights[-2] if len(heights) > 1 else 66), f"seed {seed}"
        for row in rows:
            width = sum(shot.aspect for shot in row.shots) * row.height_mm + 4 * (len(row.shots) - 1)
            assert width <= 170.1, f"seed {seed}"
            assert len(row.shots) == 1 or row.height_mm >= 40 or row is rows[-1], f"seed {seed}"


def test_a_photo_that_stands_alone_is_as_wide_as_the_page_but_not_too_high() -> None:
    assert sizes(photo_rows(SETTER, shots((5, 2), (4, 3)), True, True))[0] == [(170, 68)]
    assert sizes(photo_rows(SETTER, shots((4, 3), (4, 3)), True, True))[0] == [(133.3, 100)]


class Brick(Block):
    """A block of a height."""

    def __init__(self, size: float, keep: bool = False, place: str = "") -> None:
        super().__init__(keep=keep)
        self.size, self.place = size, place

    def height(self) -> float:
        return self.size


def placed(*blocks: Block) -> list[list[Block]]:
    flow = Flow()
    flow.chapter(blocks, PORTRAIT)
    return [[block for _top, block in sheet.placed] for sheet in flow.sheets]


def test_a_block_moves_with_the_one_it_is_kept_with() -> None:
    first, head, text = Brick(FRAME - 50), Brick(30, keep=True), Brick(40)
    assert placed(first, head, text) == [[first], [head, text]]


def test_spaces_collapse_and_none_is_left_at_the_top_of_a_page() -> None:
    flow = Flow()
    flow.chapter([Brick(100).spaced(50, 20), Brick(100).spaced(30, 0)], PORTRAIT)
    assert [top for top, _block in flow.sheets[0].placed] == [0, 130]


def tall_row(place: str) -> PhotoRow:
    """Photos that need more room than may be left empty."""
    row = PhotoRow(SETTER, shots((4, 3)), 90, 42, beside=True)
    row.place = place
    return row


def test_where_photos_would_leave_a_hole_the_text_goes_first() -> None:
    row, first, text = tall_row("stop"), Brick(FRAME - 85 * MM), Brick(30 * MM, place="stop")
    assert placed(first, row, text) == [[first, text], [row]]
    assert row.moved


def test_what_a_row_of_photos_keeps_to_itself_does_not_go_first() -> None:
    row, first, text = tall_row("stop"), Brick(FRAME - 85 * MM), Brick(30 * MM, place="stop")
    row.keep = True
    assert placed(first, row, text) == [[first], [row, text]]
    assert not row.moved


def test_where_there_is_no_text_the_photos_become_a_little_smaller() -> None:
    ((_first, row),) = placed(Brick(FRAME - 85 * MM), tall_row("stop"))
    assert row.height() == pytest.approx(90 * 0.85 * MM)


def test_a_gap_that_is_no_hole_changes_nothing() -> None:
    row, first, text = tall_row("stop"), Brick(FRAME - 79 * MM), Brick(30 * MM, place="stop")
    assert placed(first, row, text) == [[first], [row, text]]


def test_the_text_of_another_place_does_not_go_first() -> None:
    row, first, other = tall_row("stop"), Brick(FRAME - 85 * MM), Brick(10 * MM, place="other")
    pages = placed(first, row, other)
    assert isinstance(pages[0][1], PhotoRow)
    assert other not in pages[0][:2]


def running() -> Running:
    return Running(SETTER.text(plain("4 Tunneln, forts."), BODY, 128 * MM, None))


def test_the_name_of_a_place_is_repeated_over_what_goes_on_on_the_next_page() -> None:
    name = running()
    head, first, second = Brick(30, keep=True), Brick(FRAME - 100), Brick(200)
    first.running = second.running = name
    assert placed(head, first, second) == [[head, first], [name, second]]
    assert placed(Brick(FRAME), head, second)[1][0] is head, "under its own heading it is not repeated"


def test_what_is_higher_than_a_page_goes_on_under_the_repeated_name() -> None:
    text = SETTER.text(plain(LONG * 40), BODY, 128 * MM, None)
    text.running = running()
    pages = placed(Brick(FRAME - 10), text)
    assert len(pages) > 2
    assert all(isinstance(page[0], Running) and len(page) == 2 for page in pages[1:])
    assert all(sum(each.height() for each in page) <= FRAME + 0.1 for page in pages)


def test_a_paragraph_leaves_two_lines_on_either_side_of_a_page_break() -> None:
    for over in range(1, 12):
        text = SETTER.text(plain(LONG * 3), BODY, 128 * MM, None)
        lines = len(text.setting.lines)
        first, second = [*placed(Brick(FRAME - over * BODY.leading - 2), text), []][:2]
        above = sum(len(block.setting.lines) for block in first if isinstance(block, type(text)))
        below = sum(len(block.setting.lines) for block in second if isinstance(block, type(text)))
        assert above + below == lines
        assert above != 1
        assert below != 1


def table(rows: int, height: float = 40) -> TableBlock:
    def line(size: float) -> TableRow:
        return TableRow(((0.0, Stack([Space(size)])),))

    head = TableHead(None, line(13))
    return TableBlock(200, head, head, [line(height) for _row in range(rows)], False)


def test_a_table_leaves_two_rows_on_either_side_of_a_page_break() -> None:
    for room in range(30, 500, 7):
        halves = table(8).split(room)
        if halves:
            first, second = halves
            assert first.height() <= room + 0.1
            assert min(first.height(), second.height()) > 2 * 40


def test_a_row_higher_than_a_page_goes_on_where_the_next_begins() -> None:
    long = SETTER.text(plain(LONG * 60), BODY, 40 * MM, None)
    head = TableHead(None, TableRow(((0.0, Stack([Space(13)])),)))
    block = TableBlock(200, head, head, [TableRow(((0.0, Stack([long])),))], False)
    pages = placed(block)
    assert len(pages) > 2
    assert all(each.height() <= FRAME + 0.1 for page in pages for each in page)


def sheets_of(composed: Document) -> list[Sheet]:
    return lay_out(composed, Builder("sv-SE"), Tree("sv-SE"), Pictures())


WALKS: dict[str, Callable[[], WholeWalk]] = {
    "empty": empty_walk,
    "one of each": lambda: big_walk(1, 1, 1),
    "written": written_walk,
    "remarked": remarked_walk,
    "twenty stops": lambda: big_walk(20, 120, 100),
    "forty stops": lambda: big_walk(40, 200, 300),
}


@pytest.mark.parametrize("name", WALKS)
def test_no_page_is_half_empty_unless_a_chapter_follows(name: str) -> None:
    sheets = sheets_of(compose(WALKS[name](), Handed()))
    for sheet, following in pairwise(sheets):
        if not isinstance(following.placed[0][1], BigHeading):
            assert sheet.used >= 0.55 * sheet.grid.frame_height * MM


@pytest.mark.parametrize("name", WALKS)
def test_nothing_stands_below_the_frame(name: str) -> None:
    for sheet in sheets_of(compose(WALKS[name](), Handed())):
        assert sheet.used <= sheet.grid.frame_height * MM + 0.1


@pytest.mark.parametrize("name", WALKS)
def test_the_summary_has_page_three_for_itself(name: str) -> None:
    sheets = sheets_of(compose(WALKS[name](), Handed()))
    heads = [
        [block.anchors[0] for _top, block in sheet.placed if isinstance(block, BigHeading)] for sheet in sheets[:5]
    ]
    at = next(index for index, anchors in enumerate(heads) if "section-1" in anchors)
    assert heads[at] == ["section-1"]
    assert heads[at + 1][:1] == ["section-2"]


def test_an_observation_that_is_not_long_stands_on_one_page() -> None:
    seen = [
        block.anchors
        for sheet in sheets_of(document(12, 8, 3))
        for _top, block in sheet.placed
        if isinstance(block, SidedStack) and block.whole
    ]
    assert len(seen) == 12 * 8
