"""Observations and places in the composed protocol."""

import gettext
from dataclasses import replace
from datetime import datetime, timedelta

import resources
from app.base.words import speaking
from app.domain.records import VoiceNote
from app.domain.values import Alarm, Position, PositionSource
from app.report.compose import Handed, compose
from app.report.document import (
    Observations,
    Photos,
    Voice,
    words_of,
)
from tests.unit.composed import NB, WALKS, all_words, everything, figure, item, part, records_in, section
from tests.unit.composed_walks import numbered, remarked_walk, written_walk


def test_an_observation_noted_on_another_day_than_the_walk_has_its_date() -> None:
    whole = written_walk()
    late = whole.observations[0]
    assert isinstance(late.observed_at, datetime)
    moved = replace(late, observed_at=late.observed_at + timedelta(days=33))
    document = compose(replace(whole, observations=(moved, *whole.observations[1:])))
    assert f"25{NB}nov{NB}2026 kl.{NB}17.10" in words_of(item(document, late.id).meta)
    assert "2026" not in words_of(item(document, whole.observations[1].id).meta)


def test_an_observation_that_was_noted_after_the_walk_had_ended_says_so_and_when() -> None:
    whole = written_walk()
    first, second, *rest = whole.observations
    assert isinstance(first.observed_at, datetime)
    ends = first.observed_at + timedelta(hours=2, milliseconds=5)
    late, soon = replace(first, created=ends + timedelta(days=1)), replace(second, created=ends - timedelta(hours=1))
    walk = replace(whole.walk, ends=ends)
    document = compose(replace(whole, walk=walk, observations=(late, soon, *rest)))
    assert f"noterat efter vandringen,{NB}24{NB}okt{NB}2026 kl.{NB}20.10" in words_of(item(document, late.id).meta)
    assert "efter vandringen" not in words_of(item(document, soon.id).meta)


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


def test_a_voice_note_is_named_with_its_length_and_what_was_written_out_of_it() -> None:
    whole = written_walk()
    seen, stop = whole.observations[3], whole.stops[0]
    walk = whole.walk.id
    notes = (
        VoiceNote(id="e" * 32, observation=seen.id, duration_s=42.6, text="Skylten blinkar", scope=walk),
        VoiceNote(id="f" * 32, observation=seen.id, duration_s=61.0, scope=walk),
        VoiceNote(id="d" * 32, stop=stop.id, duration_s=5.0, text="Det ekar.", scope=walk),
    )
    document = compose(replace(whole, voice_notes=notes))
    assert [words_of(each) for each in item(document, seen.id).notes[-2:]] == [
        "Röstanteckning 0.42, utskrift: Skylten blinkar.",
        "Röstanteckning 1.01, inte utskriven.",
    ]
    assert all_words(document).count("Röstanteckning 0.05, utskrift: Det ekar.") == 1


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


def test_that_nothing_was_noted_is_said_after_the_photos_of_a_place() -> None:
    whole = written_walk()
    stop = whole.stops[0]
    others = tuple(each for each in whole.observations if each.stop != stop.id)
    photo = replace(whole.photos[0], observation=None, stop=stop.id)
    bare = numbered(replace(whole, observations=others, photos=(photo,)))
    blocks = next(each for each in section(compose(bare), "6").parts if each.record == stop.id).blocks
    at = next(index for index, each in enumerate(blocks) if isinstance(each, Photos))
    assert "Ingen iakttagelse är noterad här." in all_words(blocks[at + 1])


def test_a_new_field_of_an_observation_is_printed_by_its_label() -> None:
    whole = written_walk()
    seen = (replace(whole.observations[0], lamp_count=2, lamp_faults=("off", "new")), *whole.observations[1:])
    details = item(compose(replace(whole, observations=seen)), seen[0].id).details
    assert words_of(details[0]) == "Stolpnummer: 30417 · Antal lampor: 2 · Fel på lampan: släckt, okänt värde"


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
