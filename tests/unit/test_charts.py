"""Charts as plain shapes, and how wide words are taken to be."""

import pytest
from reportlab.pdfbase.ttfonts import TTFont

import resources
from app.report.charts import bars, dumbbells, fitted, severity_bar, stacked
from app.report.document import DrawingFigure
from app.report.lettering import width_of
from app.report.shapes import Disc, Label, Line, Polygon

COUNTS = [("Belysning", 6.0), ("Skötsel och skräp", 3.0), ("Ett mycket långt namn på ett ämne", 0.0)]


def widths(figure: DrawingFigure, fill: str) -> list[float]:
    found = [each for each in figure.drawing.shapes if isinstance(each, Polygon) and each.fill == fill]
    return [max(x for x, _y in each.points) - min(x for x, _y in each.points) for each in found]


def test_a_bar_is_as_long_as_its_number_and_says_it_at_its_end() -> None:
    figure = bars("Antal per ämne", COUNTS)
    long, half, none = widths(figure, "accent")
    assert half == pytest.approx(long / 2) and none < 0.5
    assert figure.alt == "Antal per ämne. Belysning 6, Skötsel och skräp 3, Ett mycket långt namn på ett ämne 0."
    labels = [each for each in figure.drawing.shapes if isinstance(each, Label)]
    assert [each.text for each in labels if each.strong] == ["6", "3", "0"]
    assert all(each.at[0] + width_of(each.text, each.size) <= figure.drawing.width for each in labels)


def test_bars_on_a_scale_end_where_it_ends_and_every_step_is_marked() -> None:
    figure = bars("Upplevd trygghet", [("Torget", 4.0), ("Tunneln", 2.0)], width=170, decimals=1, scale=4)
    long, half = widths(figure, "accent")
    assert half == pytest.approx(long / 2)
    ticks = [each for each in figure.drawing.shapes if isinstance(each, Line)]
    last = max(each.points[0][0] for each in ticks)
    most = max(x for each in figure.drawing.shapes if isinstance(each, Polygon) for x, _y in each.points)
    assert len(ticks) == 4 and last == pytest.approx(most)


def test_names_have_the_room_they_need() -> None:
    names = [("4 Bergbomsgränden, gångtunnelns östra mynning", 1.9), ("Square and playground", 3.0)]
    for width, counts in ((170.0, names[:1]), (80.0, names[1:])):
        labels = [each.text for each in bars("x", counts, width=width).drawing.shapes if isinstance(each, Label)]
        assert counts[0][0] in labels


def test_a_bar_of_parts_fills_its_width_and_names_every_part() -> None:
    figure = severity_bar("Hur allvarligt", [("Liten", 5), ("Märkbar", 3), ("Stor", 0), ("Fara nu", 2)])
    parts = [each for each in figure.drawing.shapes if isinstance(each, Polygon) and each.points[0][1] >= 7]
    assert sum(each.points[1][0] - each.points[0][0] for each in parts) == pytest.approx(170)
    assert len({each.fill for each in parts}) == 3 and all(each.stroke for each in parts)
    words = {each.text for each in figure.drawing.shapes if isinstance(each, Label)}
    assert {"Liten", "Märkbar", "Stor", "Fara nu", "5", "3", "2"} <= words and "0" not in words


def test_before_and_after_are_two_bars_of_equal_length() -> None:
    figure = stacked(
        "Före och efter", [("Före", [("Otrygg", 9), ("Trygg", 7)]), ("Efter", [("Otrygg", 6), ("Trygg", 9)])]
    )
    assert figure.alt == "Före och efter. Före Otrygg 9, Före Trygg 7, Efter Otrygg 6, Efter Trygg 9."
    rows: dict[float, float] = {}
    for each in figure.drawing.shapes:
        if isinstance(each, Polygon) and each.points[0][1] >= 7:
            rows[each.points[0][1]] = rows.get(each.points[0][1], 0) + each.points[1][0] - each.points[0][0]
    assert list(rows.values()) == pytest.approx([140, 140])


def test_then_is_a_ring_and_now_a_dot_with_the_difference() -> None:
    figure = dumbbells("Då och nu", [("Torget", 2.0, 3.0), ("Tunneln", 2.5, 2.1), ("Ny plats", None, 1.0)])
    discs = [each for each in figure.drawing.shapes if isinstance(each, Disc)]
    assert [each.fill for each in discs] == ["white", "accent", "white", "accent", "accent"]
    assert discs[0].centre[0] < discs[1].centre[0] and discs[2].centre[0] > discs[3].centre[0]
    assert figure.alt == "Då och nu. Torget +1,0, Tunneln −0,4, Ny plats 1,0."


def test_a_name_that_is_too_wide_is_cut_with_an_ellipsis() -> None:
    assert fitted("Kort", 30, 3.35) == "Kort"
    cut = fitted("Ett mycket långt namn på ett ämne", 30, 3.35)
    assert cut.endswith("…") and width_of(cut, 3.35) <= 30


@pytest.mark.parametrize("name", ["SourceSans3_400Regular", "SourceSans3_600SemiBold"])
def test_no_word_is_printed_wider_than_it_is_taken_to_be(name: str) -> None:
    face = TTFont(name, str(resources.path(f"fonts/{name}.ttf")))
    letters = [chr(code) for code in range(32, 0x250) if chr(code).isprintable()] + list("–”’·… ©±\u2011")
    too_wide = [each for each in letters if face.stringWidth(each, 1000) > width_of(each, 1000) + 0.5]
    assert too_wide == []
