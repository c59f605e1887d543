"""The composed protocol: what stands where, and that nothing is lost or said twice."""

import dataclasses
import gettext
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

import resources
from app.base.words import speaking
from app.domain.records import Observation, Photo, Protocol, Remark
from app.domain.values import Alarm, Light, MeasureStatus, ObservationKind, Position, PositionSource, Priority, Unknown
from app.domain.walk import Choice, Conflict, WholeWalk
from app.report.compose import Handed, compose
from app.report.document import (
    Cell,
    Chain,
    Column,
    Document,
    Halves,
    KeyFigures,
    Layout,
    ObservationItem,
    Observations,
    Paragraph,
    Part,
    PhotoFigure,
    PhotoLine,
    Photos,
    Row,
    Run,
    Section,
    Table,
    Voice,
    filled,
    words_of,
)
from tests.unit.composed_walks import ROOT, big_walk, empty_walk, made, numbered, remarked_walk, shuffled, written_walk

NB = "\u00a0"
SIZES = {"1": (1, 1, 1), "40/80": (40, 80, 40), "300/600": (40, 600, 300)}


def everything(thing: Any) -> Iterator[Any]:
    """Every dataclass in a composed document, in reading order."""
    if dataclasses.is_dataclass(thing):
        yield thing
        for each in dataclasses.fields(thing):
            yield from everything(getattr(thing, each.name))
    elif isinstance(thing, tuple | list):
        for each in thing:
            yield from everything(each)


def records_in(thing: Any) -> list[str]:
    return [each.record for each in everything(thing) if getattr(each, "record", "")]


def anchors_in(document: Document) -> set[str]:
    return {each.anchor for each in everything(document.sections) if getattr(each, "anchor", "")}


def all_words(thing: Any) -> str:
    return "\n".join(each.text for each in everything(thing) if isinstance(each, Run))


def section(document: Document, number: str) -> Section:
    return next(each for each in document.sections if each.number == number)


def part(document: Document, title: str) -> Part:
    return next(each for section in document.sections for each in section.parts if each.title == title)


def item(document: Document, record: str) -> ObservationItem:
    return next(each for each in everything(document) if isinstance(each, ObservationItem) and each.record == record)


def figure(document: Document, record: str) -> PhotoFigure:
    return next(each for each in everything(document) if isinstance(each, PhotoFigure) and each.record == record)


def row_words(table: Table) -> list[str]:
    return [" | ".join(" / ".join(words_of(line) for line in cell.lines) for cell in row.cells) for row in table.rows]


def ids(whole: WholeWalk) -> list[str]:
    return sorted(each.id for each in (*whole.stops, *whole.observations, *whole.photos, *whole.measures))


WALKS = {
    "written": written_walk(),
    "nothing": empty_walk(),
    **{name: big_walk(*size) for name, size in SIZES.items()},
}


@pytest.mark.parametrize("name", WALKS)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_stop_observation_photo_and_measure_stands_in_it_exactly_once(name: str, language: str) -> None:
    with speaking(language):
        document = compose(WALKS[name])
    assert sorted(records_in(document.sections)) == ids(WALKS[name])


@pytest.mark.parametrize("name", WALKS)
def test_every_link_leads_somewhere(name: str) -> None:
    document = compose(WALKS[name])
    links = {each.link for each in everything(document) if isinstance(each, Run) and each.link}
    places = anchors_in(document) | set(records_in(document.sections))
    assert links <= places
    assert {each.anchor for each in document.contents} <= places
    assert {mark.anchor for each in document.bookmarks for mark in (each, *each.children)} <= places


@pytest.mark.parametrize("name", WALKS)
def test_the_order_in_which_records_arrived_does_not_matter(name: str) -> None:
    assert compose(shuffled(WALKS[name], 3)) == compose(shuffled(WALKS[name], 4)) == compose(WALKS[name])


def test_another_process_with_another_hash_seed_and_language_environment_composes_the_same() -> None:
    source = (
        "import hashlib; from tests.unit.composed_walks import *; from app.report.compose import compose;"
        "print(hashlib.sha256(repr(compose(shuffled(written_walk(), 5))).encode()).hexdigest())"
    )
    made_there = []
    for seed, tongue in (("1", "C"), ("2", "en_US.UTF-8")):
        around = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "LC_ALL": tongue,
            "LANG": tongue,
            "PYTHONUTF8": "1",
            "TZ": "Asia/Tokyo",
        }
        done = subprocess.run(
            [sys.executable, "-c", source], cwd=ROOT, env=around, capture_output=True, text=True, check=True
        )
        made_there.append(done.stdout)
    assert made_there[0] == made_there[1] != ""


def test_sections_keep_their_numbers_and_the_empty_ones_say_so() -> None:
    document = compose(empty_walk())
    assert [each.number for each in document.sections] == [str(k) for k in (*range(1, 12), 13, 15)]
    assert all(section.blocks or section.parts for section in document.sections)
    said = all_words(document.sections)
    for words in (
        "Inga akuta fel noterades.",
        "Inga förslag avslogs.",
        "Inga platser eller iakttagelser är noterade.",
        "Inga deltagare är noterade.",
        "Ingen åtgärd har ännu både orsak och verkan.",
        "Inga brister eller synpunkter är noterade.",
        "Alla foton finns i avsnitt\u00a06 och\u00a07.",
    ):
        assert words in said


@pytest.mark.parametrize(("decision", "by"), [("", "–"), ("Nämnden sade nej.", "Kommunen, stads\xadbyggnad")])
def test_somebody_has_decided_what_is_not_done_only_where_a_decision_is_noted(decision: str, by: str) -> None:
    whole = written_walk()
    measures = tuple(replace(each, decision=decision) for each in whole.measures)
    (table,) = [
        each for each in everything(section(compose(replace(whole, measures=measures)), "9")) if isinstance(each, Table)
    ]
    (row,) = row_words(table)
    assert row.endswith(f" | {by}")


def test_an_observation_noted_on_another_day_than_the_walk_has_its_date() -> None:
    whole = written_walk()
    late = whole.observations[0]
    assert isinstance(late.observed_at, datetime)
    moved = replace(late, observed_at=late.observed_at + timedelta(days=33))
    document = compose(replace(whole, observations=(moved, *whole.observations[1:])))
    assert f"25{NB}nov{NB}2026 kl.{NB}17.10" in words_of(item(document, late.id).meta)
    assert "2026" not in words_of(item(document, whole.observations[1].id).meta)


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


@pytest.mark.parametrize("name", WALKS)
def test_no_chapter_starts_a_page_but_those_that_need_one(name: str) -> None:
    starting = {each.number for each in compose(WALKS[name]).sections if each.new_page}
    assert starting <= {"1", "5", "6", "7", "8", "11", "14", "15"}


def without_measures(whole: WholeWalk) -> WholeWalk:
    return numbered(replace(whole, measures=(), measure_fors=()))


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


def test_how_it_felt_is_a_section_only_where_someone_answered() -> None:
    assert [each.number for each in compose(written_walk()).sections] == [str(k) for k in (*range(1, 14), 15)]


def test_the_protocol_is_dated_by_its_latest_change_in_the_walks_zone() -> None:
    document = compose(written_walk())
    assert document.metadata.date is not None
    assert document.metadata.date.isoformat() == "2026-11-09T23:30:00+01:00"
    assert f"9{NB}november{NB}2026" in all_words(document.sections)
    assert document.cover.when == f"Fredagen den{NB}23{NB}oktober{NB}2026, kl.{NB}18.05–20.10"


def test_what_the_file_says_about_itself() -> None:
    about = compose(written_walk()).metadata
    assert about.title == f"Protokoll: trygghetsvandring Brunnsparken, Strandvägen och Torget, 23{NB}oktober{NB}2026"
    assert about.author == "Exempelkommunen" and about.language == "sv-SE"
    assert about.file_name == "protokoll-brunnsparken-strandvagen-och-torget-2026-10-23-intern-v1.pdf"
    assert about.subject.startswith("13 personer gick") and about.subject.endswith("på tre platser.")


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


def test_numbers_are_preliminary_until_the_protocol_is_final() -> None:
    whole = written_walk()
    assert "Numren är preliminära" in all_words(section(compose(whole), "3"))
    assert compose(whole).furniture.warning == "Arbetsmaterial, får ändras"
    own = made(Protocol, 900, version=1, numbers=dict(whole.numbers.of), finalised_on=date(2026, 11, 9))
    document = compose(numbered(replace(whole, protocols=(own,))))
    assert "Numren är preliminära" not in all_words(section(document, "3"))
    assert document.furniture.warning == "" and "Upprättad" in document.furniture.header_right
    late = made(Observation, 99, stop=whole.stops[0].id, text="Kom till efteråt.")
    after = compose(numbered(replace(whole, protocols=(own,), observations=(*whole.observations, late))))
    assert "är preliminära: 1.3." in all_words(section(after, "3"))


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


def test_a_record_deleted_here_and_changed_there_is_named_as_that() -> None:
    whole = written_walk()
    choices = (Choice("1", "1", True, "a", "Platta A", ""), Choice("2", "2", None, "b", "Platta B", ""))
    conflict = Conflict("observation", whole.observations[0].id, "deleted", None, None, choices)
    document = compose(replace(whole, conflicts=(conflict,)))
    (note,) = item(document, whole.observations[0].id).notes
    assert words_of(note) == "Ej avgjort. Borttagning: borttagen (Platta A) eller kvar, ändrad efteråt (Platta B)."


def test_drafts_are_counted_and_named() -> None:
    whole = written_walk()
    document = compose(whole)
    assert "En iakttagelse är att komplettera" in all_words(section(document, "3"))
    assert "Att komplettera" in words_of(item(document, whole.observations[6].id).notes[0])


def test_a_severity_that_only_the_item_suggested_is_printed_as_such() -> None:
    whole = written_walk()
    document = compose(whole)
    assert words_of(item(document, whole.observations[4].id).mark) == "Märkbar (föreslagen)"
    assert words_of(item(document, whole.observations[0].id).mark) == "Märkbar"


def test_what_is_good_a_question_and_a_deficiency_are_told_apart() -> None:
    whole = written_walk()
    document = compose(whole)
    marks = [words_of(item(document, whole.observations[k].id).mark) for k in (1, 2, 5, 6)]
    assert marks == ["Bra", f"Fara{NB}nu", "Fråga", "Inte bedömd"]


def test_something_acute_has_a_notice_of_what_was_done() -> None:
    whole = written_walk()
    notice = item(compose(whole), whole.observations[2].id).notice
    assert words_of(notice) == f"Felanmäld kl.{NB}18.27, ärende{NB}F‑2026‑11873."
    with resources.path("words/en/LC_MESSAGES/gatljus.mo").open("rb") as catalogue:
        english = gettext.GNUTranslations(catalogue)
    with speaking("en", english):
        notice = item(compose(whole), whole.observations[2].id).notice
    assert words_of(notice).endswith(f" case{NB}F‑2026‑11873.")
    seen = list(whole.observations)
    seen[2] = replace(seen[2], alarm=None, alarm_at=None)
    silent = item(compose(replace(whole, observations=tuple(seen))), seen[2].id).notice
    assert words_of(silent) == "Fara nu. Ingen felanmälan är noterad."
    seen[2] = replace(seen[2], alarm=Alarm.SOS)
    assert words_of(item(compose(replace(whole, observations=tuple(seen))), seen[2].id).notice).startswith("112 larmat")


def test_a_voice_is_quoted_and_signed_with_role_and_device_letter() -> None:
    whole = written_walk()
    (voice,) = item(compose(whole), whole.observations[3].id).voices
    assert voice.text == "”När jag väl är inne finns ingen annan väg ut.”" and voice.signed == f"boende,{NB}A"


def test_support_is_counted_on_top_of_who_wrote_it() -> None:
    whole = written_walk()
    assert f"noterat av{NB}12" in words_of(item(compose(whole), whole.observations[3].id).meta)


def test_a_duplicate_points_to_what_it_is_read_with() -> None:
    whole = written_walk()
    meta = item(compose(whole), whole.observations[7].id).meta
    assert [each.text for each in meta if each.link == whole.observations[3].id] == [f"samma sak som{NB}2.2"]


def test_an_observation_links_to_its_photos_and_measures() -> None:
    whole = written_walk()
    meta = item(compose(whole), whole.observations[2].id).meta
    assert {each.link: each.text for each in meta if each.link} == {
        whole.photos[0].id: f"foto{NB}2.1",
        whole.measures[0].id: f"Åtgärd{NB}2.1",
    }


def test_a_caption_says_what_when_and_how_the_place_is_known() -> None:
    whole = written_walk()
    document = compose(whole)
    captions = [words_of(figure(document, whole.photos[k].id).caption) for k in (0, 1, 3, 10, 11)]
    gps = f"läge från kamerans gps, ±{NB}4{NB}m"
    assert captions == [
        f"Foto{NB}2.1. Öppen lucka på stolpe 30552. Kablarna syns. Kl.{NB}18.25, {gps}.",
        f"Foto{NB}2.2. Tunnelmynningen är mörk och väggarna är grå. Kl.{NB}18.26, {gps}, mot nordväst.",
        f"Foto{NB}2.7. Gångtunneln, östra mynningen. Kl.{NB}18.29, platsens läge (stopp{NB}2).",
        f"Foto{NB}0.1. Okänd plats. Tid okänd, läge okänt.",
        f"Foto{NB}0.2. Plats längs vägen. Kl.{NB}18.49, tid från filen, läge från spåret.",
    ]


def test_a_photo_of_another_day_has_its_date() -> None:
    whole = written_walk()
    photos = list(whole.photos)
    taken = photos[0].taken_at
    assert taken is not None
    photos[0] = replace(photos[0], taken_at=taken.replace(day=22))
    caption = words_of(figure(compose(replace(whole, photos=tuple(photos))), photos[0].id).caption)
    assert f"22{NB}okt{NB}2026 kl.{NB}18.25" in caption


@pytest.mark.parametrize("name", ["written", "40/80"])
def test_every_photo_says_something_to_who_does_not_see_it_and_never_its_files_name(name: str) -> None:
    whole = WALKS[name]
    document = compose(whole)
    names = {each.id: each.name.rpartition(".")[0] for each in whole.photos}
    figures = [each for each in everything(document) if isinstance(each, PhotoFigure)]
    assert figures
    for each in figures:
        assert 20 <= len(each.alt) <= 200
        assert names[each.record] not in each.alt + words_of(each.caption)


def test_a_photos_own_alternative_text_goes_before_the_composed_one() -> None:
    whole = written_walk()
    document = compose(whole)
    assert figure(document, whole.photos[9].id).alt == "Torget med jämnt ljus över hela ytan."
    composed = figure(document, whole.photos[0].id).alt
    assert composed.startswith("Öppen lucka på stolpe 30552. Kablarna syns. ")
    assert composed.endswith("Gångtunneln, östra mynningen, mörkt.")
    day = replace(whole, walk=replace(whole.walk, light=Light.DAYLIGHT))
    assert figure(compose(day), whole.photos[0].id).alt.endswith("dagsljus.")


def test_a_caption_that_is_only_the_files_name_is_not_printed() -> None:
    whole = written_walk()
    photos = list(whole.photos)
    photos[0] = replace(photos[0], caption="IMG_0021.JPG", alt="img_0021")
    shown = figure(compose(replace(whole, photos=tuple(photos))), photos[0].id)
    assert "IMG_0021" not in (shown.alt + words_of(shown.caption)).upper()


def test_a_short_name_of_a_file_keeps_back_neither_the_place_nor_what_someone_wrote() -> None:
    whole = written_walk()
    stops = tuple(replace(each, name=f"Kyrkogatan {place}") for place, each in enumerate(whole.stops))
    bare = replace(whole.photos[3], name="1.jpg")
    written = replace(whole.photos[0], name="12.jpg", caption="Belysningsstolpe 12 släckt", alt="Stolpe 12 utan ljus")
    photos = tuple({each.id: each for each in (bare, written)}.get(each.id, each) for each in whole.photos)
    document = compose(replace(whole, stops=stops, photos=photos))
    assert "Kyrkogatan 1. " in words_of(figure(document, bare.id).caption)
    assert "Belysningsstolpe 12 släckt. " in words_of(figure(document, written.id).caption)
    assert figure(document, written.id).alt == "Stolpe 12 utan ljus"


def test_a_photo_that_cannot_be_shown_is_a_line() -> None:
    whole = written_walk()
    lines = [each for each in everything(compose(whole)) if isinstance(each, PhotoLine)]
    assert [(each.record, words_of(each.text)) for each in lines] == [
        (whole.photos[2].id, f"Foto{NB}2.3 kan inte visas; originalet är sparat.")
    ]
    lacking = compose(whole, Handed(unshown=frozenset({whole.photos[0].id})))
    assert len([each for each in everything(lacking) if isinstance(each, PhotoLine)]) == 2


def test_a_place_shows_at_most_six_photos_and_points_to_the_rest() -> None:
    whole = written_walk()
    document = compose(whole)
    tunnel = next(each for each in section(document, "6").parts if each.record == whole.stops[1].id)
    shown = [each for block in tunnel.blocks if isinstance(block, Photos) for each in block.items]
    figures = [each for each in shown if isinstance(each, PhotoFigure)]
    assert len(figures) == 6
    assert {whole.photos[0].id, whole.photos[1].id} <= {each.record for each in figures}
    assert "2\u00a0foton till finns i bilaga E." in all_words(tunnel)
    rest = [each.record for each in everything(part(document, "Bilaga E. Fler foton")) if isinstance(each, PhotoFigure)]
    assert len(rest) == 2 and not set(rest) & {each.record for each in figures}
    assert set(rest) <= {each.id for each in whole.photos[3:9]}


def test_photos_of_what_is_good_stand_in_section_7_with_a_pointer_in_6() -> None:
    whole = written_walk()
    document = compose(whole)
    assert whole.photos[9].id in records_in(section(document, "7"))
    assert "1\u00a0foto av det som är bra finns i avsnitt\u00a07." in all_words(section(document, "6"))


def test_what_has_no_stop_stands_along_the_way_and_photos_without_anything_last() -> None:
    whole = written_walk()
    document = compose(whole)
    titles = [each.title for each in section(document, "6").parts]
    assert titles == ["Torget", "Gångtunneln, östra mynningen", "Lekplatsen", "Längs vägen", "Oplacerade foton"]
    assert records_in(part(document, "Längs vägen")) == [whole.photos[11].id, whole.observations[7].id]
    assert records_in(part(document, "Oplacerade foton")) == [whole.photos[10].id]


def test_a_stop_that_is_gone_leaves_its_observations_along_the_way() -> None:
    whole = written_walk()
    document = compose(numbered(replace(whole, stops=whole.stops[1:], tracks=())))
    assert {whole.observations[0].id, whole.observations[1].id} <= set(records_in(part(document, "Längs vägen")))


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
    marked = [each for each in row_words(_tables(section(document, "8"))[1]) if "förslag" in each]
    assert len(marked) == 1 and "Sanera väggen" in marked[0]


def _tables(thing: Any) -> list[Table]:
    return [each for each in everything(thing) if isinstance(each, Table)]


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
    assert len(row_words(_tables(list_)[0])[0]) < 900
    assert long.strip() in all_words(list_)


def test_everything_without_a_measure_stands_in_section_10() -> None:
    whole = written_walk()
    (table,) = _tables(section(compose(whole), "10"))
    links = [row.cells[0].lines[0][0].link for row in table.rows]
    assert links == [whole.observations[7].id, whole.observations[5].id, whole.observations[6].id]
    assert "Läses med" in row_words(table)[0] and "Inget svar än." in row_words(table)[1]


@pytest.mark.parametrize("name", WALKS)
def test_no_deficiency_is_without_both_a_measure_and_a_row_in_section_10(name: str) -> None:
    whole = WALKS[name]
    tables = _tables(section(compose(whole), "10"))
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
    (table,) = _tables(section(compose(walk), "13"))
    assert row_words(table) == [f"22{NB}oktober{NB}2027 | Kontroll av effekten av åtgärd{NB}2.2{NB}a | Exempelkommunen"]


def test_a_column_in_which_no_row_says_anything_is_left_out() -> None:
    rows = tuple(Row((Cell(((Run(each),),)), Cell(((Run("–"),),)), Cell(((Run("Ja"),),)))) for each in "12")
    table = filled(Table(columns=(Column("Nr", 10, row_head=True), Column("Tom", 40), Column("Svar", 50)), rows=rows))
    assert [(each.head, each.width) for each in table.columns] == [("Nr", 10), ("Svar", 90)]
    assert row_words(table) == ["1 | Ja", "2 | Ja"]
    assert filled(table) is table


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


def test_a_walk_without_anything_says_so_as_a_person_would() -> None:
    words = all_words(section(compose(empty_walk()), "1"))
    assert "Inga platser eller iakttagelser är noterade än." in words and "noll" not in words
    assert "Vandringen gav inga iakttagelser." in all_words(section(compose(empty_walk()), "3"))


def test_what_has_no_measure_is_listed_with_its_place() -> None:
    whole = written_walk()
    (table,) = _tables(section(compose(replace(whole, measure_fors=())), "10"))
    second = [words_of(row.cells[1].lines[1]) for row in table.rows]
    assert any(each.startswith("Gångtunneln, östra mynningen · ") for each in second)
    assert any(each.startswith("Längs vägen · ") for each in second)


def test_that_nothing_was_noted_is_said_after_the_photos_of_a_place() -> None:
    whole = written_walk()
    stop = whole.stops[0]
    others = tuple(each for each in whole.observations if each.stop != stop.id)
    photo = replace(whole.photos[0], observation=None, stop=stop.id)
    bare = numbered(replace(whole, observations=others, photos=(photo,)))
    blocks = next(each for each in section(compose(bare), "6").parts if each.record == stop.id).blocks
    at = next(index for index, each in enumerate(blocks) if isinstance(each, Photos))
    assert "Ingen iakttagelse är noterad här." in all_words(blocks[at + 1])


def test_what_happens_next_is_in_order_of_time() -> None:
    (table,) = _tables(section(compose(written_walk()), "13"))
    assert row_words(table) == [
        f"20{NB}november{NB}2026 | Klart senast: åtgärd{NB}1.1 | Kommunen, gata och trafik",
        f"30{NB}april{NB}2027 | Beslut om åtgärd{NB}2.2{NB}a | Trafikverket",
        f"22{NB}oktober{NB}2027 | Kontroll av effekten av åtgärd{NB}2.2{NB}a | Exempelkommunen",
    ]


def test_participants_are_counts_and_names_stand_only_in_appendix_d() -> None:
    whole = written_walk()
    document = compose(whole, Handed(names={whole.participants[1].id: "Kim Exempel"}))
    (table,) = _tables(section(document, "4"))
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
    assert [len(table.rows) for side in (halves.left, halves.right) for table in _tables(side)] == [2, 1]


def test_a_new_field_of_an_observation_is_printed_by_its_label() -> None:
    whole = written_walk()
    seen = (replace(whole.observations[0], lamp_count=2, lamp_faults=("off", "new")), *whole.observations[1:])
    details = item(compose(replace(whole, observations=seen)), seen[0].id).details
    assert words_of(details[0]) == "Stolpnummer: 30417 · Antal lampor: 2 · Fel på lampan: släckt, okänt värde"


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


def test_what_people_typed_is_printed_letter_by_letter() -> None:
    whole = written_walk()
    typed = 'Åäö ŋ ŧ – مرحبا 123 abc 👩🏽‍🦽 -- "x" F-1'
    seen = (replace(whole.observations[0], text=typed), *whole.observations[1:])
    remark = made(Remark, 602, target=seen[0].id, text=typed, role="")
    document = compose(replace(whole, observations=seen, remarks=(remark,)))
    assert words_of(item(document, seen[0].id).text) == typed
    assert typed in item(document, seen[0].id).voices[0].text


def test_every_remark_stands_in_it_once_whatever_it_is_about() -> None:
    whole = remarked_walk()
    document = compose(whole, Handed(unshown=frozenset({whole.photos[1].id})))
    words = all_words(document) + "\n".join(each.text for each in everything(document) if isinstance(each, Voice))
    missing = [each.text for each in whole.remarks if words.count(f"”{each.text}”") != 1]
    assert not missing
    signed = {each.text[1:-1]: each.signed for each in everything(document) if isinstance(each, Voice)}
    for photo in whole.photos:
        (remark,) = [each for each in whole.remarks if each.target == photo.id]
        number = whole.numbers.of[photo.id]
        assert signed[remark.text] == f"boende,{NB}B · foto{NB}{number}"
    assert [each.signed for each in section(document, "10").blocks if isinstance(each, Voice)] == [
        f"boende,{NB}B",
        *[f"boende,{NB}B · deltagare"] * len(whole.participants),
        f"boende,{NB}B · anmärkning",
    ]


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
    (table,) = _tables(section(compose(replace(whole, measures=(*whole.measures[:3], refused))), "9"))
    (row,) = row_words(table)
    assert "Avslaget i nämnden. / För dyrt i förhållande till nyttan. / Återkopplat: Vi har svarat alla." in row
    assert "F‑2026‑9" in row


def test_contents_name_the_stops_only_where_they_are_few() -> None:
    few, many = compose(WALKS["written"]), compose(WALKS["40/80"])
    assert [each.title for each in few.contents if each.level == 2] == [
        "Torget",
        "Gångtunneln, östra mynningen",
        "Lekplatsen",
    ]
    assert not [each for each in many.contents if each.level == 2]


def test_bookmarks_name_chapters_stops_lists_chains_and_appendices() -> None:
    marks = compose(written_walk()).bookmarks
    assert marks[0].title == "1 Sammanfattning"
    assert marks[5].children[1].title == "2 Gångtunneln, östra mynningen"
    assert [each.title[:3] for each in marks[7].children] == ["8.1", "8.2", "8.3"]
    assert len(marks[10].children) == 2 and len(marks[-1].children) == 6


def test_the_pictures_that_will_be_drawn_are_named_once_each_in_order() -> None:
    document = compose(WALKS["300/600"])
    drawn = [each.picture for each in everything(document.sections) if isinstance(each, PhotoFigure)]
    assert sorted(document.pictures) == sorted(drawn) and max(Counter(drawn).values()) == 1


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


def test_dates_words_and_standard_texts_are_english_in_english() -> None:
    with speaking("en"):
        document = compose(written_walk())
    words = all_words(document)
    assert f"9{NB}November{NB}2026" in words and "A safety walk is a way of examining" in words
    assert "Lighting" in words and document.metadata.language == "en-GB"
    assert document.cover.when == f"Friday{NB}23{NB}October{NB}2026, 18:05–20:10"


def test_a_place_is_positioned_by_what_is_known() -> None:
    whole = written_walk()
    photos = (replace(whole.photos[0], position=None, position_source=PositionSource.EXIF), *whole.photos[1:])
    caption = words_of(figure(compose(replace(whole, photos=photos)), photos[0].id).caption)
    assert "läge okänt" in caption and "kamerans gps" not in caption
    by_hand = replace(whole.photos[0], position=Position(59.3, 18.0), position_source=PositionSource.HAND)
    caption = words_of(figure(compose(replace(whole, photos=(by_hand, *photos[1:]))), by_hand.id).caption)
    assert caption.endswith("läge satt för hand.")


def test_observations_of_a_place_stand_by_number() -> None:
    document = compose(WALKS["300/600"])
    for each in everything(section(document, "6")):
        if isinstance(each, Observations):
            numbers = [tuple(map(int, one.number.split("."))) for one in each.items]
            assert numbers == sorted(numbers)


def test_a_photo_without_its_observation_here_stays_with_its_stop() -> None:
    whole = written_walk()
    photos: tuple[Photo, ...] = (replace(whole.photos[0], observation="f" * 32), *whole.photos[1:])
    document = compose(replace(whole, photos=photos))
    tunnel = next(each for each in section(document, "6").parts if each.record == whole.stops[1].id)
    rest = part(document, "Bilaga E. Fler foton")
    assert photos[0].id in records_in((tunnel, rest))
