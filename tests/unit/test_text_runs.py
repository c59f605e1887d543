"""Text as it is typed, and the atoms that print."""

import random
import unicodedata
from itertools import pairwise, product

import pytest

from app.report.document import Mark, MarkKind, Run, plain
from app.report.fonts import MISSING, face, faces
from app.report.pdf_text import Setting, set_evenly, set_text
from app.report.style import BODY, MM, TABLE
from app.report.text import Atom, Gap, Look, atoms_of, clusters, seams, visual_order

COLUMN = 128 * MM
SWEDISH = (
    "Tunnelmynningen är mörk och väggarna är grå, så man ser inte in i tunneln förrän man är framme. "
    "Gatubelysningen behöver projekteras om, och trygghetssamordnaren återkommer med besked före årsskiftet."
)


def atoms(text: str, strong: bool = False) -> list[Atom]:
    return atoms_of([Look(text, strong)])[0]


def typed(setting: Setting) -> str:
    """What can be read out of a setting."""
    return "".join(atom.text for line in setting.lines for atom in line.atoms)


def faces_of(text: str) -> list[str]:
    return [atom.face.name.split("_")[0] for atom in atoms(text) if atom.gap is not Gap.SPACE]


@pytest.mark.parametrize(
    "text",
    [
        "åäö ÅÄÖ é ü",
        "Báŋkogeaidnu ŧ đ ž",
        "F\u20112026\u201111873",
        "14\u00a0% ±\u00a06\u00a0m",
        "tunn\u2009blank",
        "”citat” ’inre’ – …",
        "e\u0301 sammansatt",
        "😀 👩🏽‍🚒 ❤️ 🇸🇪",
        "المكان مظلم بعد الساعة 20 في A7 تقريبا",
        "\u200d\u0644\u0623",
        "ሰላም 漢字 שלום",
        "första\nandra\tordet",
        "  blanka   i rad  ",
    ],
)
def test_what_is_typed_is_what_is_said(text: str) -> None:
    assert "".join(atom.text for atom in atoms(text)) == text
    assert typed(set_text(plain(text), BODY, COLUMN, "sv-SE")) == text


@pytest.mark.parametrize("name", sorted({name for looks in product((False, True), repeat=2) for name in faces(*looks)}))
def test_every_glyph_is_as_wide_in_a_file_as_on_the_page(name: str) -> None:
    font, widths = face(name).font, face(name).widths
    embedded = {char: font.hmetrics[font.charToGlyph[ord(char)]][0] * 1000 / font.unitsPerEm for char in widths}
    assert [char for char in widths if abs(embedded[char] - widths[char]) > 0.01] == []


def test_every_atom_is_drawn_with_glyphs_that_its_face_has() -> None:
    for text in ("abc ŋ → ☂ 😀 漢 سلام", "\ue000 \x07 \ud800x"):
        for atom in atoms(text):
            assert atom.face.covers(atom.shown)
            assert atom.width == pytest.approx(atom.face.width(atom.shown)) or atom.gap is Gap.MUST


def test_a_run_takes_the_first_face_that_has_its_characters() -> None:
    assert faces_of("abc") == ["SourceSans3"]
    assert faces_of("سلام")[0] == "NotoSansArabic"
    assert faces_of("😀") == ["NotoEmoji"]
    assert faces_of("Ⅷ") == ["NotoSansSymbols"]
    assert faces_of("🞂") == ["NotoSansSymbols2"]


def test_strong_text_falls_back_on_strong_faces() -> None:
    assert {atom.face.name for atom in atoms("abc", strong=True)} == {"SourceSans3_600SemiBold"}
    assert {atom.face.name for atom in atoms("سلام", strong=True)} == {"NotoSansArabic_600SemiBold"}


@pytest.mark.parametrize("char", ["漢", "ሰ", "ש", "\U0001e900", "\x07", "\ue000"])
def test_what_no_face_has_is_drawn_as_the_mark_of_a_missing_character(char: str) -> None:
    (atom,) = atoms(char)
    assert atom.shown == MISSING
    assert atom.text == char
    assert not atom.exact


def test_half_a_pair_of_surrogates_cannot_break_anything() -> None:
    assert [atom.text for atom in atoms("a\ud83dz")] == [f"a{MISSING}z"] or typed(
        set_text(plain("a\ud83dz"), BODY, COLUMN, "sv-SE")
    ) == f"a{MISSING}z"


@pytest.mark.parametrize("text", ["👩🏽‍🚒", "❤️", "🇸🇪", "👍🏽", "e\u0301", "1️⃣"])
def test_what_a_person_takes_for_one_character_is_one_cluster(text: str) -> None:
    assert list(clusters(text)) == [text]


def test_joined_emoji_are_one_atom_that_says_all_of_it() -> None:
    (atom,) = atoms("👩🏽‍🚒")
    assert atom.text == "👩🏽‍🚒"
    assert not atom.exact
    assert "\U0001f3fd" not in atom.shown


def test_two_flags_in_a_row_are_two_clusters() -> None:
    assert list(clusters("🇸🇪🇳🇴")) == ["🇸🇪", "🇳🇴"]


def shown(text: str) -> str:
    """A line as the eye meets it from left to right."""
    line, leftward = atoms_of([Look(text)])
    return "".join(line[index].shown for index in visual_order(line, leftward))


def test_arabic_is_joined_and_runs_from_right_to_left() -> None:
    assert unicodedata.normalize("NFKC", shown("سلام")[::-1]).replace("ﻼ", "لا") == "سلام"
    assert shown("سلام") != "سلام"[::-1]
    assert atoms_of([Look("سلام")])[1]
    assert not atoms_of([Look("Skylten säger سلام")])[1]


def test_digits_and_latin_letters_inside_arabic_run_to_the_right() -> None:
    line = shown("في A7 بعد 20")
    assert "A7" in line
    assert "20" in line
    assert line.index("20") < line.index("A7")


def test_arabic_inside_swedish_keeps_the_order_of_the_swedish() -> None:
    line = shown("Han sade سلام عليكم två gånger.")
    assert line.startswith("Han sade ")
    assert line.endswith(" två gånger.")


def test_brackets_are_turned_in_text_from_right_to_left() -> None:
    line = shown("سلام (abc) سلام")
    assert "(abc)" in line
    pair = [atom for atom in atoms("سلام (abc) سلام") if atom.text in "()" and atom.text]
    assert [(atom.text, atom.shown) for atom in pair] == [("(", ")"), (")", "(")]


def test_a_ligature_says_both_its_letters() -> None:
    assert "لا" in [atom.text for atom in atoms("سلام")]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("trygghetsvandringen", "trygghets vandringen"),
        ("trygghetssamordnaren", "trygghets samordnaren"),
        ("belysningsstolpe", "belysnings stolpe"),
        ("cykelväg", "cykel väg"),
        ("(åtgärdslista)", "(åtgärds lista)"),
        ("iakttagelser", "iakttagelser"),
        ("återkoppling", "återkoppling"),
        ("lampan", "lampan"),
    ],
)
def test_words_are_divided_at_the_seams_that_are_right(word: str, parts: str) -> None:
    places = seams(word, "sv-SE")
    cut = [word[start:end] for start, end in zip([0, *places], [*places, len(word)], strict=True)]
    assert " ".join(cut) == parts


@pytest.mark.parametrize(
    "word", ["Kajsagränden", "F-2026-11873", "TRYGGHETSVANDRING", "a1b2c3d4e5f6", "kort", "belysn:ingen"]
)
def test_names_codes_and_short_words_are_not_divided(word: str) -> None:
    assert seams(word, "sv-SE") == []


def test_at_least_four_letters_stay_on_either_side() -> None:
    for word in ("projektering", "belysningen", "väntskyddet", "ansvarsområde", "överfulla"):
        assert all(4 <= place <= len(word) - 4 for place in seams(word, "sv-SE"))


def test_a_divided_word_is_the_same_word_but_for_the_soft_hyphen() -> None:
    setting = set_text(plain(SWEDISH), BODY, 60 * MM, "sv-SE")
    text = typed(setting)
    assert "\u00ad" in text
    assert text.replace("\u00ad", "") == SWEDISH


def test_no_two_lines_running_end_in_a_hyphen() -> None:
    setting = set_text(plain(SWEDISH * 4), BODY, 45 * MM, "sv-SE")
    ends = [line.atoms[-1].text.endswith("\u00ad") for line in setting.lines]
    assert any(ends)
    assert not any(one and other for one, other in pairwise(ends))


def test_no_line_is_wider_than_its_column_and_no_word_is_glued_whatever_the_width() -> None:
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    for _round in range(60):
        words = chance.choices(
            [*SWEDISH.split(), "سلام", "😀", "Samhällsbyggnadsförvaltningen", "x" * 90, "a.b@c.se"], k=40
        )
        text, width = " ".join(words), chance.uniform(20, 130) * MM
        setting = set_text(plain(text), chance.choice((BODY, TABLE)), width, "sv-SE")
        assert typed(setting).replace("\u00ad", "") == text, f"seed {seed}"
        assert all(line.width <= width + 0.1 for line in setting.lines), f"seed {seed}"


def test_a_soft_hyphen_that_was_typed_is_a_seam_even_where_words_are_not_divided() -> None:
    party = plain("Samhällsbyggnads\u00adförvaltningen")
    wide = set_text(party, TABLE.but(hyphens=False), COLUMN, "sv-SE")
    narrow = set_text(party, TABLE.but(hyphens=False), 32 * MM, "sv-SE")
    assert typed(wide) == "Samhällsbyggnadsförvaltningen"
    assert typed(narrow) == "Samhällsbyggnads\u00adförvaltningen"
    assert len(narrow.lines) == 2


def test_an_address_is_broken_after_its_signs_and_never_hyphenated() -> None:
    address = "trygghetssamordnaren@exempelkommunen.se"
    setting = set_text(plain(address), TABLE, 38 * MM, "sv-SE")
    ends = ["".join(atom.text for atom in line.atoms)[-1] for line in setting.lines[:-1]]
    assert typed(setting) == address
    assert ends
    assert set(ends) <= set("@./")


def test_what_is_held_together_is_not_parted() -> None:
    for text in ("kl.\u00a018.52", "stolpe\u00a030417", "F\u20112026\u201111873", "±\u00a06\u00a0m"):
        setting = set_text(plain(f"{'ord ' * 9}{text}"), BODY, 45 * MM, "sv-SE")
        assert any(text in "".join(atom.text for atom in line.atoms) for line in setting.lines)


def test_a_word_in_another_language_is_not_divided_by_swedish_rules() -> None:
    swedish = set_text((Run("xxxxxxxxxxxxxxxxxxxx projektering"),), BODY, 47 * MM, "sv-SE")
    english = set_text((Run("xxxxxxxxxxxxxxxxxxxx projektering", language="en"),), BODY, 47 * MM, "sv-SE")
    assert "\u00ad" in typed(swedish)
    assert "\u00ad" not in typed(english)


def test_a_title_is_broken_evenly() -> None:
    title = plain("Järnvägstorget, Kajsaniemi och Medborgartorget")
    greedy = set_text(title, BODY.but(size=33), 170 * MM, "sv-SE")
    even = set_evenly(title, BODY.but(size=33), 170 * MM, "sv-SE")
    assert len(even.lines) == len(greedy.lines) == 2
    assert even.natural_width < greedy.natural_width


def test_a_mark_stands_before_its_word_and_takes_room() -> None:
    bare = set_text((Run("Märkbar"),), TABLE, COLUMN, "sv-SE")
    marked = set_text((Run("Märkbar", mark=Mark(MarkKind.SEVERITY, "2")),), TABLE, COLUMN, "sv-SE")
    assert typed(marked) == "Märkbar"
    assert marked.natural_width > bare.natural_width + 9


def test_the_text_face_has_what_swedish_setting_needs() -> None:
    for name in ("SourceSans3_400Regular", "SourceSans3_600SemiBold", "SourceSans3_400Regular_Italic"):
        assert face(name).covers("–”±−·×°…→\u00ad\u2009\u2011\u202f\u00a0åäöÅÄÖéüŋŧ")
