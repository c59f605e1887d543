"""The protocol as a file: lawful, readable, the same every time, and never whole in memory."""

import hashlib
import os
import random
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any

import page
import pikepdf
import pypdf
import pytest

from app.base.job import Step, finish
from app.report.document import Cell, Column, Document, Look, Paragraph, Row, Run, Section, Table, plain
from app.report.pdf import render
from app.report.style import MM
from tests.whole.tagtree import Node, read_tree
from tests.whole.torture import TEXTS, Pictures, document, identity
from tests.whole.verapdf import validate

ROOT = Path(__file__).resolve().parents[2]
STOPS, EACH, PHOTOS = 4, 7, 5


def made(path: Path, composed: Document) -> Path:
    with path.open("wb") as out:
        finish(render(composed, Pictures(), out))
    return path


@pytest.fixture(scope="module")
def torture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A document with everything in it."""
    return made(tmp_path_factory.mktemp("pages") / "torture.pdf", document(STOPS, EACH, PHOTOS))


@pytest.fixture(scope="module")
def tree(torture: Path) -> Node:
    """Its structure tree."""
    return read_tree(torture)


def test_small_and_large_documents_are_lawful(torture: Path, tmp_path: Path) -> None:
    files = [
        torture,
        made(tmp_path / "tiny.pdf", document(1, 1, 1)),
        made(tmp_path / "large.pdf", document(30, 10, 20)),
    ]
    verdicts = validate(files)
    assert len(verdicts) == 2 * len(files)
    assert [verdict for verdict in verdicts if not verdict.passed] == []


def test_a_second_judge_agrees(torture: Path) -> None:
    result = page.validate_pdf(
        str(torture), profile=page.ValidationProfile.PDF_UA_1, limits=page.SafetyLimits.unlimited()
    )
    assert result.is_compliant, result.failures


def test_a_file_without_alternative_texts_is_found_out(tmp_path: Path, torture: Path) -> None:
    with pikepdf.open(torture) as pdf:
        figures = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"]
        del figures[0]["/Alt"]
        pdf.save(tmp_path / "broken.pdf")
    (verdict,) = validate([tmp_path / "broken.pdf"], ["PDFUA-1"])
    assert not verdict.passed
    assert verdict.failures == 1


def paragraphs(tree: Node) -> list[str]:
    return [node.text.replace("\u00ad", "").strip() for role in ("P", "Link", "H2") for node in tree.nodes(role)]


@pytest.mark.parametrize("text", TEXTS)
def test_what_was_typed_is_read_in_the_body_in_lists_and_in_cells(tree: Node, text: str) -> None:
    for place in ("Sect", "LI", "TD"):
        said = [each for node in tree.nodes(place) for each in paragraphs(node)]
        assert any(each == text.strip() for each in said), place


def test_readers_without_structure_get_the_words_too(torture: Path) -> None:
    text = pypdf.PdfReader(torture).pages[3].extract_text()
    for words in (TEXTS[1], TEXTS[3], "”Citat” – 14\u00a0% ±\u00a06\u00a0m, F\u20112026\u201111873"):
        assert words in text


def test_no_two_words_are_glued_at_line_ends(tree: Node) -> None:
    long = next(node for node in tree.nodes("P") if len(node.text) > 4000)
    words = long.text.replace("\u00ad", "").split()
    assert set(words) == set(TEXTS[0].split())


def test_headings_go_down_one_level_at_a_time(tree: Node) -> None:
    levels = [int(node.role[1]) for node in tree.nodes() if node.role in ("H1", "H2", "H3", "H4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_record_has_one_element_of_its_kind(tree: Node) -> None:
    roles = {node.id: node.role for node in tree.nodes() if node.id}
    assert roles[identity("stop", 2)] == "Sect"
    assert roles[identity("observation", 2, 3)] == "LI"
    assert roles[identity("measure", 2, 3)] == "TR"
    assert roles[identity("photo", "stop", 2, 0)] == "Figure"
    assert roles[identity("lost", 2)] == "P"
    counts = Counter(node.id for node in tree.nodes() if node.id)
    assert set(counts.values()) == {1}


def test_every_figure_has_an_alternative_text_and_its_caption_beside_it(tree: Node) -> None:
    assert all(node.alt for node in tree.nodes("Figure"))
    for parent in tree.nodes():
        kids = [kid for kid in parent.kids if isinstance(kid, Node)]
        for figure, following in zip_longest(kids, kids[1:]):
            if figure.role == "Figure" and figure.id:
                assert following is not None
                assert following.role == "Caption"


def test_an_observation_is_a_list_item_with_its_number_as_label(tree: Node) -> None:
    item = next(node for node in tree.nodes("LI") if node.id == identity("observation", 1, 3))
    label, body = (kid for kid in item.kids if isinstance(kid, Node))
    assert (label.role, body.role) == ("Lbl", "LBody")
    assert label.text == "1.3 Märkbar"
    assert [node.text for node in body.nodes("BlockQuote")] == [
        "”När jag väl är inne finns det ingen annan väg ut.” boende, A"
    ]


def test_what_was_said_of_a_place_or_a_photo_is_a_quotation_under_it(tree: Node) -> None:
    place = next(node for node in tree.nodes("Sect") if node.id == identity("stop", 2))
    said = [kid.text for kid in place.kids if isinstance(kid, Node) and kid.role == "BlockQuote"]
    assert said == ["”Så mörkt är det jämt.” boende, B · foto\u00a02.1"]


def test_the_text_of_a_link_lies_in_the_link_and_its_annotation_says_the_same(tree: Node) -> None:
    links = list(tree.nodes("Link"))
    inline = [link for link in links if "länk över flera rader" in link.text]
    assert inline
    assert all(link.text.strip() for link in links)
    assert all(link.contents for link in links)
    measure = next(link for link in links if link.text == "Åtgärd\u00a02.3")
    assert measure.contents == measure.text


def test_links_lead_to_the_page_where_their_record_is(torture: Path) -> None:
    with pikepdf.open(torture) as pdf:
        every: Any = pdf.pages
        pages = [each.objgen for each in every]
        texts = [pages.index(annot.Dest[0].objgen) for annot in every[1].Annots]
    contents = [line for line in pypdf.PdfReader(torture).pages[1].extract_text().splitlines() if line[:1].isdigit()]
    assert [int(line.split()[-1]) - 1 for line in contents[: len(texts)]] == texts


def test_a_table_over_many_pages_is_one_table_whose_heads_are_read_once(tree: Node) -> None:
    tables = [node for node in tree.nodes("Table") if "Noterat av" in node.text]
    (table,) = tables
    rows = list(table.nodes("TR"))
    assert len(rows) == 1 + STOPS * EACH
    assert [node.scope for node in rows[0].nodes("TH")] == ["Column"] * 8
    assert all([head.scope for head in row.nodes("TH")] == ["Row"] for row in rows[1:])
    assert table.text.count("Noterat av") == 1
    assert [node.text for node in table.nodes("Caption")] == [
        "Tabell 3. Åtgärder\nKort sikt  Drift, ingen projektering."
    ]


def test_a_mark_that_stands_alone_is_spoken_and_one_beside_its_word_is_not(tree: Node) -> None:
    row = next(node for node in tree.nodes("TR") if node.id == identity("measure", 1, 1))
    cells = [kid for kid in row.kids if isinstance(kid, Node)]
    assert cells[0].text == "1.1prioritet B, kort sikt"
    assert cells[-1].text == "Planerad 4\u00a0nov\u00a02026"


def test_words_in_another_language_say_so(torture: Path) -> None:
    with pikepdf.open(torture) as pdf:
        code = pdf.pages[3].Contents.read_bytes()
    assert b"/Lang (en)" in code


def test_the_file_says_what_it_is_and_not_when_it_was_made(torture: Path) -> None:
    with pikepdf.open(torture) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Protokoll: trygghetsvandring Östra & Västra, 23 oktober 2026"
        assert str(pdf.docinfo["/CreationDate"]) == str(pdf.docinfo["/ModDate"]) == "D:20261109143000+00'00'"
        assert pdf.Root.Lang == "sv-SE"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as meta:
            assert meta["xmp:CreateDate"] == "2026-11-09T14:30:00+00:00"
            assert meta["pdfuaid:part"] == "1"
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
        assert [str(item.title) for item in pdf.open_outline().root][:2] == ["1 Sammanfattning", "2 Bakgrund"]


def test_only_embedded_faces_of_ours_are_named(torture: Path) -> None:
    with pikepdf.open(torture) as pdf:
        fonts = list(pdf.pages[3].Resources.Font.values())
        assert fonts
        assert all("/FontFile2" in font.DescendantFonts[0].FontDescriptor for font in fonts)
        assert all("+" in str(font.BaseFont) for font in fonts)
    assert b"Helvetica" not in torture.read_bytes()


SCRIPT = """
import sys
from app.base.job import Step, finish
from app.report.pdf import render
from app.report.style import MM
from tests.whole.torture import Pictures, document
with open(sys.argv[1], "wb") as out:
    finish(render(document(3, 4, 4), Pictures(), out))
"""


def test_two_processes_make_equal_bytes(tmp_path: Path) -> None:
    digests = set()
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.pdf"
        surroundings = {**os.environ, "PYTHONHASHSEED": seed, "TZ": f"Etc/GMT+{seed}"}
        subprocess.run([sys.executable, "-c", SCRIPT, str(path)], cwd=ROOT, env=surroundings, check=True, timeout=120)
        digests.add(hashlib.sha256(path.read_bytes()).hexdigest())
    assert len(digests) == 1


MEMORY = """
import resource, sys
from app.base.job import Step, finish
from app.report.pdf import render
from app.report.style import MM
from tests.whole.torture import Pictures, document
composed, pictures = document(10, 10, 20), Pictures(int(sys.argv[2]))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with open(sys.argv[1], "wb") as out:
    finish(render(composed, pictures, out))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no resource module")
def test_photos_are_not_in_memory_together(tmp_path: Path) -> None:
    path, padding = tmp_path / "photos.pdf", 400_000
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, str(path), str(padding)], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    grown = int(done.stdout) * (1 if sys.platform == "darwin" else 1024)
    assert path.stat().st_size > 60_000_000
    assert grown < path.stat().st_size * 0.8


def test_what_reading_a_photo_raises_ends_the_job(tmp_path: Path) -> None:
    def gone(key: str) -> bytes:
        raise FileNotFoundError(key)

    with (tmp_path / "x.pdf").open("wb") as out, pytest.raises(FileNotFoundError):
        finish(render(document(1, 1, 1), gone, out))


def test_a_job_says_how_far_it_has_come(tmp_path: Path) -> None:
    steps: list[Step] = []
    with (tmp_path / "x.pdf").open("wb") as out:
        pages = finish(render(document(1, 1, 1), Pictures(), out), steps.append)
    drawn = [step for step in steps if step.total]
    assert [step.done for step in drawn] == list(range(pages))
    assert {step.total for step in drawn} == {pages}


def test_photos_are_never_cut_or_stretched(torture: Path) -> None:
    seen = 0
    with pikepdf.open(torture) as pdf:
        every: Any = pdf.pages
        for one in every:
            code = one.Contents.read_bytes().decode("ascii")
            for width, height, name in re.findall(r"q (\S+) 0 0 (\S+) \S+ \S+ cm /(Im\d+) Do", code):
                image = one.Resources.XObject[f"/{name}"]
                if "map" not in name and image.Width != image.Height * 16 // 9:
                    seen += 1
                    assert float(width) / float(height) == pytest.approx(int(image.Width) / int(image.Height), rel=0.01)
    assert seen > 20


def test_nothing_is_written_outside_the_margins(torture: Path) -> None:
    with pikepdf.open(torture) as pdf:
        every: Any = pdf.pages
        for one in every[1:]:
            width, height = float(one.MediaBox[2]), float(one.MediaBox[3])
            margin = (20 if width < height else 18) * MM
            for x, y in re.findall(r"rg (\S+) (\S+) Td", one.Contents.read_bytes().decode("ascii")):
                assert margin - 1 <= float(x) <= width - margin + 1
                assert 9 * MM <= float(y) <= height - 17 * MM


POOLS = (
    range(32, 0x250),
    range(0x590, 0x700),
    range(0x1F300, 0x1FA00),
    range(0x2000, 0x2C00),
    range(0x110000),
    (0x200D, 0xFE0F, 0x1F3FB, 0x1F469, 0x1F692, 0x1F1F8, 0x20, 0x61),
    (0x627, 0x644, 0x645, 0x20, 0x28, 0x29, 0x31, 0x41, 0x64B, 0xAD, 0x0A),
)


def any_text(chance: random.Random) -> str:
    parts = (
        chance.choices(chance.choice(POOLS), k=chance.randrange(1, 14)) for _part in range(chance.randrange(1, 12))
    )
    return chance.choice(("", " ", "\n")).join("".join(map(chr, part)) for part in parts)


@pytest.mark.parametrize("seed", [661968, None], ids=["half a pair in the title", "by chance"])
def test_any_text_is_printed_lawfully_and_read_as_it_was_typed(tmp_path: Path, seed: int | None) -> None:
    seed = random.randrange(10**6) if seed is None else seed
    print("seed", seed)
    chance = random.Random(seed)
    texts = [any_text(chance) for _each in range(250)]
    words = tuple(Paragraph(text=(Run(text[:5]), Run(text[5:], Look.STRONG))) for text in texts)
    rows = tuple(Row((Cell((plain(text),)), Cell((plain(text[::-1]),)))) for text in texts[:40])
    cells = Table(columns=(Column("Nr", 13), Column("Text", 60)), rows=rows)
    own = Section(number="2", title=texts[0], anchor="section-2", blocks=(*words, cells))
    whole = document(1, 1, 1)
    changed = replace(
        whole,
        sections=tuple(own if each.number == "2" else each for each in whole.sections),
        cover=replace(whole.cover, title=texts[1] * 5),
        metadata=replace(whole.metadata, title=texts[2], author=texts[3]),
    )
    path = made(tmp_path / "any.pdf", changed)
    said = {node.text.replace("\u00ad", "") for node in read_tree(path).nodes("P")}
    assert [text for text in map(as_said, texts) if text and text not in said] == []
    assert [verdict for verdict in validate([path]) if not verdict.passed] == []


def as_said(text: str) -> str:
    """Half a pair of surrogates cannot be said, and every end of a line is one."""
    text = re.sub("[\ud800-\udfff]", "\ufffd", text).replace("\u00ad", "")
    return re.sub("\r\n|[\r\v\f\x85\u2028\u2029]", "\n", text)
