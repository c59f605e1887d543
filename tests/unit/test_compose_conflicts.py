"""What devices wrote differently, and what a newer version wrote, in the composed protocol."""

import dataclasses
from dataclasses import replace
from typing import Any

import pytest

from app.domain.values import Unknown
from app.domain.walk import Choice, Conflict
from app.report.compose import compose
from app.report.document import (
    KeyFigures,
    Table,
    words_of,
)
from tests.unit.composed import (
    NB,
    all_words,
    everything,
    ids,
    item,
    part,
    records_in,
    row_words,
    section,
    without_measures,
)
from tests.unit.composed_walks import written_walk


def test_where_one_says_danger_and_another_less_it_counts_as_danger_and_is_marked() -> None:
    whole = without_measures(written_walk())
    (disputed,) = {each.id for each in whole.conflicts}
    said = (Choice("aa", "1", 3, "a" * 32, "Platta A", ""), Choice("bb", "2", 4, "b" * 32, "Platta B", ""))
    conflicts = tuple(replace(each, choices=said) for each in whole.conflicts)
    document = compose(replace(whole, conflicts=conflicts))
    assert words_of(item(document, disputed).mark) == f"Fara{NB}nu (ej avgjort)"
    assert "Fara nu." in words_of(item(document, disputed).notice)
    (table,) = [each for each in everything(section(document, "8").parts[0]) if isinstance(each, Table)]
    assert any("Ej avgjort." in row and "Tunnelmynningen" in row for row in row_words(table))
    (figures,) = [each for each in everything(document) if isinstance(each, KeyFigures)]
    assert ("2", "akuta faror, inte alla anmälda") in figures.figures


def test_a_conflict_of_what_has_no_place_of_its_own_stands_in_appendix_c() -> None:
    whole = written_walk()
    choices = tuple(Choice(f"{k}", f"{k}", 10 + k, "a", f"Platta {k}", "") for k in range(2))
    conflict = Conflict("support", whole.supports[0].id, "count", 10, None, choices)
    words = all_words(part(compose(replace(whole, conflicts=(conflict,))), "Bilaga C. Versioner och ändringar"))
    assert "Antal: 10 (Platta 0) eller 11 (Platta 1)." in words


def test_an_unsettled_conflict_prints_both_values_where_it_stands_and_in_the_appendix() -> None:
    whole = written_walk()
    document = compose(whole)
    seen = item(document, whole.observations[3].id)
    (note,) = seen.notes
    assert words_of(note) == "Ej avgjort. Hur allvarligt: Stor (Platta A) eller Märkbar (Platta B)."
    assert words_of(note) in all_words(part(document, "Bilaga C. Versioner och ändringar")).replace("\n", "")
    assert "En uppgift är ej avgjord" in all_words(section(document, "3"))


@pytest.mark.parametrize(
    ("kind", "field", "values", "where"),
    [
        ("safety-walk", "weather", ("regn", "sol"), "3"),
        ("stop", "name", ("Torget", "Stora torget"), "6"),
        ("photo", "caption", ("En lampa", "En stolpe"), "6"),
        ("measure", "responsible", ("GATA", "PARK"), "8"),
        ("participant", "count", (3, 4), "4"),
        ("observation", "stop", ("stop 0", "stop 1"), "6"),
        ("observation", "a_field_of_a_newer_version", (1, 2), "6"),
    ],
)
def test_both_values_of_any_conflict_are_printed_in_its_section(
    kind: str, field: str, values: tuple[Any, Any], where: str
) -> None:
    whole = written_walk()
    about = {
        "safety-walk": whole.walk.id,
        "stop": whole.stops[0].id,
        "photo": whole.photos[0].id,
        "measure": whole.measures[0].id,
        "participant": whole.participants[0].id,
        "observation": whole.observations[0].id,
    }
    raw = [whole.stops[int(str(each)[-1])].id if str(each).startswith("stop ") else each for each in values]
    choices = tuple(Choice(f"{k}", f"{k}", each, "a", f"Platta {k}", "") for k, each in enumerate(raw))
    conflict = Conflict(kind, about[kind], field, raw[0], None, choices)
    document = compose(replace(whole, conflicts=(conflict,)))
    words = all_words(section(document, where)).replace("\n", "")
    assert "Ej avgjort." in words and "(Platta 0) eller " in words and "(Platta 1)" in words
    printed = {"GATA": "Kommunen, gata och trafik", "stop 0": "plats 1 Torget"}
    assert printed.get(str(values[0]), str(values[0])) in words


def test_codes_that_stand_against_each_other_are_said_in_words() -> None:
    whole = written_walk()
    seen = whole.observations[0].id
    choices = (Choice("1", "1", ["off", "weak"], "a", "Platta A", ""), Choice("2", "2", [], "b", "Platta B", ""))
    conflict = Conflict("observation", seen, "lamp_faults", None, None, choices)
    (note,) = item(compose(replace(whole, conflicts=(conflict,))), seen).notes
    assert words_of(note) == "Ej avgjort. Fel på lampan: släckt, svag (Platta A) eller – (Platta B)."


def test_a_record_deleted_here_and_changed_there_is_named_as_that() -> None:
    whole = written_walk()
    choices = (Choice("1", "1", True, "a", "Platta A", ""), Choice("2", "2", None, "b", "Platta B", ""))
    conflict = Conflict("observation", whole.observations[0].id, "deleted", None, None, choices)
    document = compose(replace(whole, conflicts=(conflict,)))
    (note,) = item(document, whole.observations[0].id).notes
    assert words_of(note) == "Ej avgjort. Borttagning: borttagen (Platta A) eller kvar, ändrad efteråt (Platta B)."


def odd(record: Any, *but: str) -> Any:
    """The same record with every field in the words of a newer version."""
    others: dict[str, Any] = {each.name: Unknown({"new": 1}) for each in record.FIELDS}
    return replace(record, **{name: value for name, value in others.items() if name not in ("created", *but)})


def test_values_of_a_newer_version_are_shown_as_unknown_and_break_nothing() -> None:
    whole = written_walk()
    names = [each.name for each in dataclasses.fields(whole)]
    for name in (each for each in names if each not in ("tracks", "routes", "conflicts")):
        records = getattr(whole, name)
        if name != "walk" and not (isinstance(records, tuple) and records):
            continue
        change: dict[str, Any] = {name: odd(records) if name == "walk" else (odd(records[0], "order"), *records[1:])}
        document = compose(replace(whole, **change))
        assert sorted(records_in(document.sections)) == ids(whole), name
    document = compose(replace(whole, observations=(odd(whole.observations[0], "stop"), *whole.observations[1:])))
    assert words_of(item(document, whole.observations[0].id).text) == "okänt värde"
