"""Measures in the composed protocol: lists, chains, decisions, and what nobody has answered."""

from dataclasses import replace

import pytest

from app.domain.records import Remark
from app.domain.values import Alarm, MeasureStatus, ObservationKind, Priority
from app.report.compose import compose
from app.report.document import (
    Cell,
    Chain,
    Column,
    Layout,
    Row,
    Run,
    Table,
    filled,
    words_of,
)
from tests.unit.composed import (
    NB,
    WALKS,
    all_words,
    everything,
    records_in,
    row_words,
    section,
    tables_in,
    without_measures,
)
from tests.unit.composed_walks import made, written_walk


@pytest.mark.parametrize(("decision", "by"), [("", "–"), ("Nämnden sade nej.", "Kommunen, stads\xadbyggnad")])
def test_somebody_has_decided_what_is_not_done_only_where_a_decision_is_noted(decision: str, by: str) -> None:
    whole = written_walk()
    measures = tuple(replace(each, decision=decision) for each in whole.measures)
    (table,) = [
        each for each in everything(section(compose(replace(whole, measures=measures)), "9")) if isinstance(each, Table)
    ]
    (row,) = row_words(table)
    assert row.endswith(f" | {by}")


@pytest.mark.parametrize(
    ("alarm", "title", "said"),
    [
        (Alarm.REPORTED, "8.1 Akuta, felanmälda", "Felanmäld"),
        (None, "8.1 Akuta, inte felanmälda", "Ingen felanmälan är noterad."),
    ],
)
def test_danger_that_no_measure_answers_stands_in_the_acute_list(alarm: Alarm | None, title: str, said: str) -> None:
    whole = without_measures(written_walk())
    seen = tuple(replace(each, alarm=alarm) if each.alarm else each for each in whole.observations)
    lists = section(compose(replace(whole, observations=seen)), "8")
    (table,) = [each for each in everything(lists.parts[0]) if isinstance(each, Table)]
    (row,) = row_words(table)
    assert (lists.parts[0].title, lists.layout) == (title, Layout.LANDSCAPE)
    assert "Luckan på stolpe 30552 står öppen." in row and "Fara nu, ingen åtgärd än." in row and said in row
    assert "Inga akuta fel noterades." not in all_words(lists)


def test_an_empty_acute_list_says_where_the_measure_for_the_danger_stands() -> None:
    whole = written_walk()
    measures = tuple(replace(each, priority=Priority.B) for each in whole.measures)
    lists = section(compose(replace(whole, measures=measures)), "8")
    assert "Iakttagelse 2.1 är akut. Åtgärden står i 8.2." in all_words(lists.parts[0])


def test_measures_stand_in_three_lists_by_priority_and_those_not_done_in_section_9() -> None:
    whole = written_walk()
    document = compose(whole)
    lists = section(document, "8")
    assert lists.layout == Layout.LANDSCAPE
    assert [records_in(each) for each in lists.parts] == [
        [whole.measures[0].id],
        [whole.measures[1].id, whole.measures[4].id],
        [whole.measures[2].id],
    ]
    assert records_in(section(document, "9")) == [whole.measures[3].id]
    assert "För dyrt i förhållande till nyttan." in all_words(section(document, "9"))


def test_a_measure_has_the_eight_columns_of_the_paper() -> None:
    whole = written_walk()
    tables = [each for each in everything(section(compose(whole), "8")) if isinstance(each, Table)]
    assert [each.width for each in tables[0].columns] == [13, 29, 43, 19, 50, 35, 27, 45]
    assert [each.split(" | ") for each in row_words(tables[2])] == [
        [
            f"2.2{NB}a / ",
            "Gångtunneln, östra mynningen / Tunnel och bro",
            f"Tunnelmynningen är mörk och väggarna är grå. foto{NB}2.2",
            "12",
            "Vita väggar och vitt ljus i mynningen / Projekt · verkan V1, V9",
            "Trafik\u00adverket",
            f"beslut / 30{NB}apr{NB}2027",
            "Ny",
        ]
    ]
    assert words_of(tables[1].band) == "Kort sikt  Drift, ingen projektering. Klart inom sex månader."
    assert "F‑2026‑11873" in row_words(tables[0])[0] and f"Åtgärdad 24{NB}okt{NB}2026" in row_words(tables[0])[0]


def test_a_measure_without_priority_is_listed_by_suggestion_and_says_so() -> None:
    document = compose(written_walk())
    assert "Åtgärder märkta förslag" in all_words(section(document, "8"))
    marked = [each for each in row_words(tables_in(section(document, "8"))[1]) if "förslag" in each]
    assert len(marked) == 1 and "Sanera väggen" in marked[0]


def test_a_measure_that_is_not_done_without_a_reason_is_called_out() -> None:
    whole = written_walk()
    measures = list(whole.measures)
    measures[3] = replace(measures[3], decision_reason="")
    assert "Skäl saknas." in all_words(section(compose(replace(whole, measures=tuple(measures))), "9"))
    measures[1] = replace(measures[1], status=MeasureStatus.REJECTED)
    rejected = section(compose(replace(whole, measures=tuple(measures))), "9")
    assert measures[1].id in records_in(rejected)


def test_a_long_measure_is_cut_in_its_cell_and_stands_whole_below() -> None:
    whole = written_walk()
    long = "Det här är en mycket lång text. " * 60
    measures = (replace(whole.measures[0], text=long), *whole.measures[1:])
    list_ = section(compose(replace(whole, measures=measures)), "8").parts[0]
    assert len(row_words(tables_in(list_)[0])[0]) < 900
    assert long.strip() in all_words(list_)


def test_everything_without_a_measure_stands_in_section_10() -> None:
    whole = written_walk()
    (table,) = tables_in(section(compose(whole), "10"))
    links = [row.cells[0].lines[0][0].link for row in table.rows]
    assert links == [whole.observations[7].id, whole.observations[5].id, whole.observations[6].id]
    assert "Läses med" in row_words(table)[0] and "Inget svar än." in row_words(table)[1]


@pytest.mark.parametrize("name", WALKS)
def test_no_deficiency_is_without_both_a_measure_and_a_row_in_section_10(name: str) -> None:
    whole = WALKS[name]
    tables = tables_in(section(compose(whole), "10"))
    listed = {row.cells[0].lines[0][0].link for table in tables for row in table.rows}
    answered = {each.observation for each in whole.measure_fors}
    wrong = {each.id for each in whole.observations if each.kind != ObservationKind.POSITIVE}
    assert wrong - answered == listed


def test_a_chain_tells_why_the_measure_should_work() -> None:
    whole = written_walk()
    chains = [each for each in section(compose(whole), "11").blocks if isinstance(each, Chain)]
    assert [each.anchor for each in chains] == [f"chain-{whole.measures[1].id}", f"chain-{whole.measures[2].id}"]
    assert all("genomförs inte" not in all_words(each) and "inte satt" not in all_words(each) for each in chains)
    labels = [each.label for each in chains[1].rows]
    assert labels == [
        "Problem",
        "Orsak på platsen",
        "Varför åtgärden hjälper",
        "Åtgärd",
        "Väntad effekt",
        "Målkonflikt",
    ]
    why = words_of(chains[1].rows[2].lines[0])
    assert why.startswith(
        "Den som gör något här riskerar i dag inte att bli sedd. Med åtgärden ser fler vad som händer."
    )
    assert "Mynningen är oupplyst" not in why and "V1" in why and "V9" in why
    assert "Mynningen är oupplyst" in words_of(chains[1].rows[1].lines[0])
    felt = f"Upplevd trygghet vid Gångtunneln, östra mynningen: ganska otrygg (2,1 av{NB}4)."
    assert felt in all_words(chains[1])
    assert "\x01" not in why and "\x02" not in why and "{" not in why
    assert "Tolv lyfte problemet." in words_of(chains[1].rows[0].lines[0])
    assert f"Följs upp 22{NB}oktober{NB}2027." in words_of(chains[1].rows[4].lines[0])


def test_a_measure_that_is_not_carried_out_is_not_argued_for() -> None:
    whole = written_walk()
    refused = tuple(
        replace(each, status=MeasureStatus.REJECTED, priority=None) if at == 2 else each
        for at, each in enumerate(whole.measures)
    )
    document = compose(replace(whole, measures=refused))
    chains = [each for each in section(document, "11").blocks if isinstance(each, Chain)]
    assert [each.anchor for each in chains] == [f"chain-{whole.measures[1].id}"]
    assert whole.measures[2].id in records_in(section(document, "9"))


def test_what_is_done_has_no_day_to_come_but_that_of_its_control() -> None:
    whole = written_walk()
    done = replace(whole.measures[2], status=MeasureStatus.DONE)
    checked = replace(whole.measures[1], status=MeasureStatus.CHECKED)
    walk = replace(whole, measures=(whole.measures[0], checked, done, *whole.measures[3:]))
    (table,) = tables_in(section(compose(walk), "13"))
    assert row_words(table) == [f"22{NB}oktober{NB}2027 | Kontroll av effekten av åtgärd{NB}2.2{NB}a | Exempelkommunen"]


def test_a_column_in_which_no_row_says_anything_is_left_out() -> None:
    rows = tuple(Row((Cell(((Run(each),),)), Cell(((Run("–"),),)), Cell(((Run("Ja"),),)))) for each in "12")
    table = filled(Table(columns=(Column("Nr", 10, row_head=True), Column("Tom", 40), Column("Svar", 50)), rows=rows))
    assert [(each.head, each.width) for each in table.columns] == [("Nr", 10), ("Svar", 90)]
    assert row_words(table) == ["1 | Ja", "2 | Ja"]
    assert filled(table) is table


def test_what_has_no_measure_is_listed_with_its_place() -> None:
    whole = written_walk()
    (table,) = tables_in(section(compose(replace(whole, measure_fors=())), "10"))
    second = [words_of(row.cells[1].lines[1]) for row in table.rows]
    assert any(each.startswith("Gångtunneln, östra mynningen · ") for each in second)
    assert any(each.startswith("Längs vägen · ") for each in second)


def test_a_long_remark_on_a_measure_stands_whole_below_its_list() -> None:
    whole = written_walk()
    long = "Jag undrar när det blir av. " * 60
    remarks = tuple(made(Remark, 610 + at, target=whole.measures[at].id, text=f"{at} {long}".strip()) for at in (0, 3))
    document = compose(replace(whole, remarks=remarks))
    assert remarks[0].text in all_words(section(document, "8").parts[0])
    assert remarks[1].text in all_words(section(document, "9"))


def test_what_is_not_done_has_its_case_number_its_decision_and_what_was_told() -> None:
    whole = written_walk()
    refused = replace(
        whole.measures[3], external_case_no="F-2026-9", decision="Avslaget i nämnden", feedback="Vi har svarat alla"
    )
    (table,) = tables_in(section(compose(replace(whole, measures=(*whole.measures[:3], refused))), "9"))
    (row,) = row_words(table)
    assert "Avslaget i nämnden. / För dyrt i förhållande till nyttan. / Återkopplat: Vi har svarat alla." in row
    assert "F‑2026‑9" in row
