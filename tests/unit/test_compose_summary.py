"""The cover, the summary, the map and how the walk was conducted."""

import re
from dataclasses import replace
from datetime import timedelta

from app.domain.records import Protocol, Track
from app.domain.values import Position
from app.report.compose import Handed, compose
from app.report.document import (
    Halves,
    KeyFigures,
    Paragraph,
    Table,
    words_of,
)
from tests.unit.composed import NB, WALKS, all_words, row_words, section, tables_in
from tests.unit.composed_walks import made, written_walk


def test_the_gaps_of_the_track_are_together_as_long_as_the_ones_that_are_told_of() -> None:
    whole = written_walk()
    (line,) = whole.tracks
    fixes = line.segments[0]
    # Two gaps of some tenths of a metre more than whole metres each.
    third = len(fixes) // 3
    parts = [fixes[:third], fixes[third : 2 * third], fixes[2 * third :]]
    late = [
        tuple(replace(fix, time=fix.time + timedelta(minutes=2 * k)) for fix in part if fix.time)
        for k, part in enumerate(parts)
    ]
    broken = replace(line, segments=(sum(late, ()),))
    document = compose(replace(whole, tracks=(broken,)))
    said = all_words(section(document, "5"))
    shown = [
        int(each) for each in re.findall(rf"(\d+){NB}m", said.partition("Spåret har ")[2].partition("fågelvägen")[0])
    ]
    assert len(shown) > 1
    assert f"sammanlagt {sum(shown)}{NB}m fågelvägen" in all_words(section(document, "3"))


def test_the_protocol_says_of_a_rehearsal_what_it_says_without_a_track() -> None:
    whole = written_walk()
    (line,) = whole.tracks
    assert isinstance(line.record, Track)
    played = replace(line.record, id=line.record.id[::-1], rehearsed=True)
    longer = replace(line, record=played, segments=(*line.segments, *line.segments))
    assert compose(replace(whole, tracks=(line, longer))) == compose(whole)
    nothing = compose(replace(whole, tracks=()))
    assert compose(replace(whole, tracks=(longer,))) == nothing != compose(whole)


def test_the_cover_says_nothing_of_questions_where_nobody_answers_them() -> None:
    whole = written_walk()
    assert [head for head, _lines in compose(whole).cover.columns][-1] == "Frågor"
    nobody = tuple(replace(each, contact="") for each in whole.organisations)
    assert "Frågor" not in [head for head, _lines in compose(replace(whole, organisations=nobody)).cover.columns]


def test_a_stop_far_from_all_others_is_told_of_under_the_map() -> None:
    whole = written_walk()
    sentence = "Plats 3 ligger mer än 5 km från alla andra. Kontrollera läget."
    assert sentence not in all_words(section(compose(whole), "5"))
    astray = replace(whole.stops[2], position=Position(59.6, 18.06))
    document = compose(replace(whole, stops=(*whole.stops[:2], astray)))
    assert sentence in all_words(section(document, "5"))


def test_how_it_felt_is_a_section_only_where_someone_answered() -> None:
    assert [each.number for each in compose(written_walk()).sections] == [str(k) for k in (*range(1, 14), 15)]


def test_a_summary_is_drafted_from_the_numbers_in_at_most_three_sentences() -> None:
    document = compose(written_walk())
    lead, figures = section(document, "1").blocks[:2]
    assert isinstance(lead, Paragraph) and isinstance(figures, KeyFigures)
    words = words_of(lead.text)
    assert words.startswith("13 personer gick") and "Lägst är den upplevda tryggheten vid Gångtunneln." in words
    assert words.endswith("Tre åtgärder kan göras inom sex månader och en kräver beslut.")
    assert [value for value, _words in figures.figures] == ["3", "8", "1", "1", "5"]


def test_the_coordinators_own_summary_is_printed_as_it_stands() -> None:
    own = made(Protocol, 900, version=2, summary="Det gick bra. Vi ses igen.", registry_no="TS 2026/0417")
    document = compose(replace(written_walk(), protocols=(own,)))
    lead = section(document, "1").blocks[0]
    assert isinstance(lead, Paragraph) and words_of(lead.text) == own.summary
    assert document.metadata.subject == "Det gick bra."
    assert document.furniture.header_right == f"Dnr{NB}TS{NB}2026/0417 · version{NB}2"


def test_the_cover_has_the_walks_title_where_it_says_more_than_the_area() -> None:
    whole = written_walk()
    cover = compose(whole).cover
    assert (cover.title, cover.subtitle) == ("Brunnsparken, Strandvägen och Torget", "Vandring i Brunnsparken")
    alike = replace(whole, walk=replace(whole.walk, title="brunnsparken, Strandvägen och Torget"))
    assert compose(alike).cover.subtitle == ""


def test_weather_and_ground_are_two_sentences_whoever_set_the_points() -> None:
    whole = written_walk()
    for weather in ("6 °C, mulet", "6 °C, mulet."):
        walk = replace(whole, walk=replace(whole.walk, weather=weather, ground="blöta löv"))
        assert "6 °C, mulet. Blöta löv." in all_words(section(compose(walk), "3"))


def test_what_happens_next_is_in_order_of_time() -> None:
    (table,) = tables_in(section(compose(written_walk()), "13"))
    assert row_words(table) == [
        f"20{NB}november{NB}2026 | Klart senast: åtgärd{NB}1.1 | Kommunen, gata och trafik",
        f"30{NB}april{NB}2027 | Beslut om åtgärd{NB}2.2{NB}a | Trafikverket",
        f"22{NB}oktober{NB}2027 | Kontroll av effekten av åtgärd{NB}2.2{NB}a | Exempelkommunen",
    ]


def test_participants_are_counts_and_names_stand_only_in_appendix_d() -> None:
    whole = written_walk()
    document = compose(whole, Handed(names={whole.participants[1].id: "Kim Exempel"}))
    (table,) = tables_in(section(document, "4"))
    assert row_words(table) == ["Boende |  | 12", "Polis | Polisen | 1", "Summa |  | 13"]
    named = [each.title for each in section(document, "15").parts if "Kim Exempel" in all_words(each)]
    assert named == ["Bilaga D. Deltagarförteckning (intern)"]
    assert all("Kim Exempel" not in all_words(each) for each in document.sections[:-1])


def test_the_stops_are_listed_with_coordinates_and_the_reason_where_there_is_no_grid() -> None:
    whole = written_walk()
    grid = {whole.stops[0].id: "N 6580822, E 674032"}
    words = all_words(section(compose(whole, Handed(projected=grid)), "5"))
    assert "59.33000,\u00a018.06000" in words and "N 6580822, E 674032" in words
    outside = section(compose(whole, Handed(projected_reason="Utanför Sverige, så WGS 84 gäller")), "5")
    assert "Utanför Sverige, så WGS 84 gäller." in all_words(outside)
    (halves,) = [each for each in outside.blocks if isinstance(each, Halves)]
    assert [len(table.rows) for side in (halves.left, halves.right) for table in tables_in(side)] == [2, 1]


def test_the_summary_is_cut_rather_than_let_over_two_pages() -> None:
    whole = WALKS["300/600"]
    blocks = section(compose(whole), "1").blocks
    (table,) = [each for each in blocks if isinstance(each, Table)]
    assert section(compose(whole), "1").one_page and 3 <= len(table.rows) <= 5
    long = made(Protocol, 900, version=1, summary="Ett ord till och ett till. " * 40)
    (shorter,) = [
        each for each in section(compose(replace(whole, protocols=(long,))), "1").blocks if isinstance(each, Table)
    ]
    assert len(shorter.rows) == 3
