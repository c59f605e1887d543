"""The composed protocol: what stands where, and that nothing is lost or said twice."""

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from app.base.words import speaking
from app.domain.records import Observation, Protocol, Remark
from app.report.compose import compose
from app.report.document import (
    PhotoFigure,
    Run,
    words_of,
)
from tests.unit.composed import NB, WALKS, all_words, anchors_in, everything, ids, item, records_in, section
from tests.unit.composed_walks import ROOT, empty_walk, made, numbered, shuffled, written_walk


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


@pytest.mark.parametrize("name", WALKS)
def test_no_chapter_starts_a_page_but_those_that_need_one(name: str) -> None:
    starting = {each.number for each in compose(WALKS[name]).sections if each.new_page}
    assert starting <= {"1", "5", "6", "7", "8", "11", "14", "15"}


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


def test_a_walk_without_anything_says_so_as_a_person_would() -> None:
    words = all_words(section(compose(empty_walk()), "1"))
    assert "Inga platser eller iakttagelser är noterade än." in words and "noll" not in words
    assert "Vandringen gav inga iakttagelser." in all_words(section(compose(empty_walk()), "3"))


def test_what_people_typed_is_printed_letter_by_letter() -> None:
    whole = written_walk()
    typed = 'Åäö ŋ ŧ – مرحبا 123 abc 👩🏽‍🦽 -- "x" F-1'
    seen = (replace(whole.observations[0], text=typed), *whole.observations[1:])
    remark = made(Remark, 602, target=seen[0].id, text=typed, role="")
    document = compose(replace(whole, observations=seen, remarks=(remark,)))
    assert words_of(item(document, seen[0].id).text) == typed
    assert typed in item(document, seen[0].id).voices[0].text


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


def test_dates_words_and_standard_texts_are_english_in_english() -> None:
    with speaking("en"):
        document = compose(written_walk())
    words = all_words(document)
    assert f"9{NB}November{NB}2026" in words and "A safety walk is a way of examining" in words
    assert "Lighting" in words and document.metadata.language == "en-GB"
    assert document.cover.when == f"Friday{NB}23{NB}October{NB}2026, 18:05–20:10"
