"""The checklist gatljus-1 is whole, and a broken one is refused."""

import copy
import itertools
import json
import re
from collections.abc import Callable
from typing import Any

import pytest

import resources
from app.base.errors import BadInput, NotFound
from app.base.words import speaking
from app.domain.checklist import UNDECIDED, Checklist, Words, checklist_from, placeholders_in, seamless, texts_of
from app.domain.record import field_of
from app.domain.records import SafetyWalk
from app.domain.values import MeasureStatus, ObservationKind, PlaceType, Priority, Severity, Term, label_of

DATA: dict[str, Any] = json.loads(resources.read_text("checklist/gatljus-1.json"))

COUNTS = {
    "A": 8,
    "B": 6,
    "C": 9,
    "D": 7,
    "E": 6,
    "F": 5,
    "G": 4,
    "H": 5,
    "I": 5,
    "J": 4,
    "K": 5,
    "L": 4,
    "M": 4,
    "N": 3,
}
IDS = [f"{letter}{number}" for letter, count in COUNTS.items() for number in range(1, count + 1)]
"""They stand in people's records: more may come, none may change or go."""

CATEGORIES = {
    "lighting": "Belysning",
    "sightlines_vegetation": "Sikt och grönska",
    "maintenance": "Skötsel och skräp",
    "wayfinding": "Hitta rätt",
    "paths_traffic": "Gång, cykel, trafik",
    "underpasses": "Tunnel och bro",
    "parking_storage": "Parkering, källare",
    "entrances_yards": "Entré och gård",
    "meeting_places": "Torg och lekplats",
    "public_transport": "Hållplats, station",
    "activity": "Folk och liv",
    "accessibility": "Tillgänglighet",
    "positive": "Något bra här",
    "other": "Övrigt",
}
PARTIES = ["GATA", "PARK", "PLAN", "FAST", "BRF", "VAGF", "TRV", "KTM", "NAT", "POL", "RTJ", "SOC"]
PARTIES += ["FRI", "SKOL", "NAR", "FOR", "UTR"]
SEVERITIES = {4: "A8", 3: "C3 C8 F1 I4", 1: "A4 C7 D7 I3 J3", 0: "M1 M2 M3 M4", None: "N2"}
SAME_IN_BOTH: set[str] = set()
FOREIGN_PLACE = re.compile("Haninge|Lerum|Märsta|Strängnäs|Laholm|Luleå|Brandberg|Finnstad|Hagnäs|Vänersborg|Öckerö")


@pytest.fixture(scope="module")
def checklist() -> Checklist:
    return checklist_from(DATA)


def test_there_are_75_items_in_14_categories_and_their_ids_stand_for_ever(checklist: Checklist) -> None:
    assert list(checklist.items) == IDS
    assert len(IDS) == 75
    assert [each.id for each in checklist.categories] == list(CATEGORIES)
    assert "".join(each.letter for each in checklist.categories) == "ABCDEFGHIJKLMN"
    assert all(
        item.id.startswith(each.letter) and item.category == each.id
        for each in checklist.categories
        for item in each.items
    )
    assert checklist.version == "gatljus-1" == field_of(SafetyWalk, "checklist").default


def test_every_category_has_the_word_of_its_tile_and_a_long_name(checklist: Checklist) -> None:
    assert {each.id: each.tile.sv for each in checklist.categories} == CATEGORIES
    assert checklist.category("maintenance").name.sv == "Skötsel, skräp, klotter, skadegörelse"


def test_every_text_stands_in_both_languages_without_marks_of_sources(checklist: Checklist) -> None:
    for name, words in texts_of(checklist):
        for text in (words.sv, words.en):
            assert text.strip() == text != "", name
            assert not re.search(r"[\[\]*`]|  ", text), name
            assert not FOREIGN_PLACE.search(text), name
        assert (words.sv != words.en) != (name in SAME_IN_BOTH), name
        assert not set("åäöÅÄÖ") & set(words.en), name


def test_the_texts_are_counted_so_that_none_is_overlooked(checklist: Checklist) -> None:
    assert len(texts_of(checklist)) == 75 * 3 + 14 * 2 + 10 * 4 + 17 * 2 + 5 * 3 + 4 * 3 + 13 * 2


def test_questions_ask_and_statements_fit_a_row(checklist: Checklist) -> None:
    for item in checklist.items.values():
        for language in ("sv", "en"):
            statement = item.statement.in_(language)
            assert "?" in item.question.in_(language), item.id
            assert len(statement) <= 40, item.id
            assert statement[0].isupper(), item.id
            assert statement[-1] not in ".?!", item.id
            assert item.measure.in_(language)[-1] not in ".?!", item.id


def test_no_two_items_say_the_same(checklist: Checklist) -> None:
    for language in ("sv", "en"):
        said = [item.statement.in_(language) for item in checklist.items.values()]
        assert len(set(said)) == len(said)


def test_every_code_that_an_item_names_exists(checklist: Checklist) -> None:
    assert [each.code for each in checklist.parties] == PARTIES
    assert [each.code for each in checklist.mechanisms] == [f"V{number}" for number in range(10)]
    for item in checklist.items.values():
        assert item.responsible, item.id
        assert all(checklist.party(code) for code in item.responsible), item.id
        assert all(checklist.mechanism(code) for code in item.mechanisms), item.id
        assert bool(item.mechanisms) == (item.id[0] not in "MN"), item.id
        assert len(set(item.responsible)) == len(item.responsible), item.id
    used = {code for item in checklist.items.values() for code in (*item.responsible, *item.mechanisms)}
    assert {f"V{number}" for number in range(10)} <= used
    assert set(PARTIES) <= used


def test_graffiti_is_answered_for_by_an_owner_still_to_be_found(checklist: Checklist) -> None:
    assert checklist.item("C2").responsible == (UNDECIDED, "NAT")
    assert checklist.item("C3").responsible == (UNDECIDED,)


def test_terms_are_short_or_long_and_both_where_it_depends(checklist: Checklist) -> None:
    both = [item.id for item in checklist.items.values() if item.terms == (Term.SHORT, Term.LONG)]
    assert both == ["B2", "E3", "G3", "I2", "I4", "J1"]
    assert all(len(item.terms) == 1 for item in checklist.items.values() if item.id not in both)
    assert checklist.item("A1").term is Term.SHORT
    assert checklist.item("A2").term is Term.LONG


def test_suggested_severity_is_two_unless_plainly_less_or_more(checklist: Checklist) -> None:
    expected: dict[str, int | None] = dict.fromkeys(IDS, 2)
    expected.update({id: level for level, ids in SEVERITIES.items() for id in ids.split()})
    assert {item.id: item.severity for item in checklist.items.values()} == expected


def test_what_must_be_reported_the_same_day_is_marked(checklist: Checklist) -> None:
    assert [item.id for item in checklist.items.values() if item.acute] == ["A8", "C3", "C8"]


def test_the_kind_of_an_observation_follows_from_the_item(checklist: Checklist) -> None:
    kinds = {item.id: item.kind for item in checklist.items.values() if item.kind is not ObservationKind.DEFICIENCY}
    good = dict.fromkeys(("M1", "M2", "M3", "M4"), ObservationKind.POSITIVE)
    assert kinds == {**good, "N2": ObservationKind.SOCIAL}


def test_every_place_has_eight_to_twelve_items_of_its_own(checklist: Checklist) -> None:
    assert [each.place_type for each in checklist.place_types] == list(PlaceType)
    for place in checklist.place_types:
        assert 8 <= len(place.items) <= 12, place.place_type
        assert len(set(place.items)) == len(place.items), place.place_type
        assert [item.id for item in checklist.items_of(place.place_type)] == list(place.items)


def test_a_tile_opens_all_its_items_with_those_of_the_place_first(checklist: Checklist) -> None:
    opened = [item.id for item in checklist.items_for("underpasses", PlaceType.UNDERPASS)]
    assert opened == ["F1", "F2", "F4", "F3", "F5"]
    for category in checklist.categories:
        for place in PlaceType:
            assert set(checklist.items_for(category.id, place)) == set(category.items)


def test_argument_sentences_ask_for_the_same_in_both_languages(checklist: Checklist) -> None:
    for each in checklist.mechanisms:
        asked = placeholders_in(each.sentence.sv)
        assert asked == placeholders_in(each.sentence.en)
        assert not {"cause", "measure"} & asked, "they stand in rows of their own beside it"
    assert "due" in placeholders_in(checklist.mechanism("V7").sentence.sv)
    assert "place" in placeholders_in(checklist.mechanism("V6").sentence.sv)
    assert "time" in placeholders_in(checklist.mechanism("V8").sentence.sv)


def test_an_argument_is_filled_with_what_is_known_and_shows_what_is_not(checklist: Checklist) -> None:
    known = {"cause": "lampan är släckt", "place": "{Torget}. "}
    assert checklist.mechanism("V6").argument(**known).startswith("Ingen känner ansvar för {Torget}. Med åtgärden")
    assert checklist.mechanism("V7").argument(**known) == (
        "Platsen ger intryck av att ingen bryr sig. Är åtgärden gjord … bryts det intrycket."
    )
    with speaking("en"):
        assert checklist.mechanism("V7").argument(due="2 May").startswith("The place gives the impression that nobody")


def test_words_are_those_of_the_choices_and_have_english(checklist: Checklist) -> None:
    tables = (checklist.severities, checklist.priorities, checklist.statuses)
    assert [each.code for each in checklist.severities] == list(Severity)
    assert [each.code for each in checklist.priorities] == list(Priority)
    assert [each.code for each in checklist.statuses] == list(MeasureStatus)
    for each in (row for table in tables for row in table):
        assert each.word.sv == label_of(each.code)


def test_every_status_is_reached_from_new_and_leads_somewhere_known(checklist: Checklist) -> None:
    reached, ahead = set[MeasureStatus](), [MeasureStatus.NEW]
    while ahead:
        code = ahead.pop()
        if code not in reached:
            reached.add(code)
            ahead.extend(checklist.status(code).next)
    assert reached == set(MeasureStatus)
    for each in checklist.statuses:
        assert each.code not in each.next
        assert len(set(each.next)) == len(each.next)


def test_done_by_word_and_checked_on_site_are_two_steps(checklist: Checklist) -> None:
    assert checklist.status("done").next[0] is MeasureStatus.CHECKED
    only_after_done = {each.code for each in checklist.statuses if MeasureStatus.CHECKED in each.next}
    assert only_after_done == {MeasureStatus.DONE, MeasureStatus.FED_BACK}
    assert MeasureStatus.FED_BACK in checklist.status("rejected").next


def test_the_usual_way_is_the_first_choice_all_along(checklist: Checklist) -> None:
    way = ["new", "assessed", "handed_over", "accepted", "planned", "in_progress", "done", "checked", "fed_back"]
    for here, there in itertools.pairwise(way):
        assert checklist.status(here).next[0].value == there


def test_long_names_of_parties_carry_seams_that_can_be_taken_out(checklist: Checklist) -> None:
    for party in checklist.parties:
        for text in (party.name.sv, party.short.sv):
            longest = max(re.split(r"[ \u00ad]", text), key=len)
            assert len(longest) <= 13, text
            assert "\u00ad" not in party.name.en + party.short.en
    assert seamless(checklist.party("KTM").name.sv) == "Kollektivtrafikhuvudman"


def test_words_follow_the_language_spoken() -> None:
    words = Words("Lampa släckt", "Lamp out")
    assert str(words) == "Lampa släckt"
    with speaking("en"):
        assert str(words) == "Lamp out"
    assert words.in_("en") == "Lamp out"
    assert words.in_("fi") == "Lampa släckt"


def test_a_lookup_in_vain_names_what_there_is(checklist: Checklist) -> None:
    with pytest.raises(NotFound, match=r"ljus.*Ämnena är: lighting \(Belysning\), .* other \(Övrigt\)\."):
        checklist.category("ljus")
    with pytest.raises(NotFound, match=r"A9.*Punkterna är: A1–A8 \(Belysning\), .* N1–N3 \(Övrigt\)\."):
        checklist.item("A9")
    with pytest.raises(NotFound, match=r"V10.*V0 \(.*\), V1 \("):
        checklist.mechanism("V10")
    with pytest.raises(NotFound, match=r"GATAN.*GATA \(.*\), PARK \("):
        checklist.party("GATAN")
    with pytest.raises(NotFound, match=r"E.*A \(Akut\), B \(.*\), C \(.*\), D \("):
        checklist.priority("E")
    with pytest.raises(NotFound, match=r"5.*0 \(Bra\), .*4 \(Fara nu\)"):
        checklist.severity(5)
    with pytest.raises(NotFound, match=r"klar.*new \(Ny\), assessed \("):
        checklist.status("klar")
    assert checklist.category_of_item("B3").id == "sightlines_vegetation"
    assert checklist.severity(Severity.DANGER) == checklist.severity(4)


def _a1(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = data["categories"][0]["items"][0]
    return found


Spoil = Callable[[dict[str, Any]], object]

SPOILT: list[tuple[str, Spoil, str]] = [
    ("part missing", lambda data: data.pop("mechanisms"), "mechanisms"),
    ("text missing", lambda data: _a1(data)["question"].update(en=" "), "A1 question"),
    ("language missing", lambda data: _a1(data)["measure"].pop("en"), "'en'"),
    ("text that is a number", lambda data: _a1(data)["statement"].update(sv=7), "TypeError"),
    ("unknown party", lambda data: _a1(data).update(responsible=["GATAN"]), "A1 nämner koden GATAN"),
    ("unknown mechanism", lambda data: _a1(data).update(mechanisms=["V11"]), "A1 nämner koden V11"),
    ("no party", lambda data: _a1(data).update(responsible=[]), "A1 saknar ansvarig"),
    ("unknown term", lambda data: _a1(data).update(terms=["soon"]), "soon"),
    ("severity too high", lambda data: _a1(data).update(severity=5), "5"),
    ("flag in words", lambda data: _a1(data).update(acute="ja"), "ja"),
    ("item twice", lambda data: data["categories"][0]["items"].append(copy.deepcopy(_a1(data))), "A1 står två gånger"),
    ("item under another letter", lambda data: _a1(data).update(id="B9"), "B9 står under A"),
    ("category twice", lambda data: data["categories"][1].update(id="lighting"), "lighting står två gånger"),
    ("category without items", lambda data: data["categories"][2].update(items=[]), "maintenance har inga punkter"),
    ("place names no item", lambda data: data["place_types"]["yard"].append("H9"), "yard nämner H9"),
    ("unknown place", lambda data: data["place_types"].update(moon=["A1"]), "moon"),
    ("no list for other places", lambda data: data["place_types"].pop("other"), "UTR eller listan"),
    ("wrong placeholder", lambda data: data["mechanisms"][1]["sentence"].update(en="{why}"), "V1 har fel namn"),
    ("stray brace", lambda data: data["mechanisms"][1]["sentence"].update(sv="{cause"), "ValueError"),
    ("priority missing", lambda data: data["priorities"].pop(), "precis de steg"),
    ("status missing", lambda data: data["statuses"].pop(), "precis de steg"),
    ("unknown next status", lambda data: data["statuses"][0]["next"].append("won"), "won"),
    ("not a list", lambda data: data.update(categories=None), "TypeError"),
    ("version is no text", lambda data: data.update(version=None), "TypeError"),
]


@pytest.mark.parametrize(("spoil", "named"), [row[1:] for row in SPOILT], ids=[row[0] for row in SPOILT])
def test_a_damaged_checklist_is_refused_with_a_sentence_that_names_the_fault(spoil: Spoil, named: str) -> None:
    damaged = copy.deepcopy(DATA)
    spoil(damaged)
    with pytest.raises(BadInput) as refused:
        checklist_from(damaged)
    assert named in refused.value.text
    assert refused.value.text.startswith("Checklistan")
    assert refused.value.advice
    assert refused.value.code == "checklist"


def test_a_municipality_adds_items_of_its_own() -> None:
    data = copy.deepcopy(DATA)
    data["categories"][0]["items"].append({**copy.deepcopy(_a1(data)), "id": "X1"})
    assert checklist_from(data).category_of_item("X1").id == "lighting"


def test_the_files_of_the_program_are_found_wherever_it_is_started(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert resources.path("checklist/gatljus-1.json").is_file()
    with pytest.raises(FileNotFoundError):
        resources.read_text("checklist/no-such.json")
