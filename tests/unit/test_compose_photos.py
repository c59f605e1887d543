"""Photos in the composed protocol: captions, alternative texts, what is shown where."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.records import Photo
from app.domain.values import Light
from app.report.compose import Handed, compose
from app.report.document import (
    PhotoFigure,
    PhotoLine,
    Photos,
    words_of,
)
from tests.unit.composed import NB, WALKS, all_words, everything, figure, part, records_in, section
from tests.unit.composed_walks import written_walk


def test_a_caption_says_what_when_and_how_the_place_is_known() -> None:
    whole = written_walk()
    document = compose(whole)
    captions = [words_of(figure(document, whole.photos[k].id).caption) for k in (0, 1, 3, 10, 11)]
    gps = f"läge från kamerans gps, ±{NB}4{NB}m"
    assert captions == [
        f"Foto{NB}2.1. Öppen lucka på stolpe 30552. Kablarna syns. Kl.{NB}18.25, {gps}.",
        f"Foto{NB}2.2. Tunnelmynningen är mörk och väggarna är grå. Kl.{NB}18.26, {gps}, mot nordväst.",
        f"Foto{NB}2.4. Gångtunneln, östra mynningen. Kl.{NB}18.29, platsens läge (stopp{NB}2).",
        f"Foto{NB}0.2. Okänd plats. Tid okänd, läge okänt.",
        f"Foto{NB}0.1. Plats längs vägen. Kl.{NB}18.49, tid från filen, läge från spåret.",
    ]


def test_a_photo_of_another_day_has_its_date() -> None:
    whole = written_walk()
    photos = list(whole.photos)
    taken = photos[0].taken_at
    assert taken is not None
    photos[0] = replace(photos[0], taken_at=taken.replace(day=22))
    caption = words_of(figure(compose(replace(whole, photos=tuple(photos))), photos[0].id).caption)
    assert f"22{NB}okt{NB}2026 kl.{NB}18.25" in caption


def test_a_photo_whose_camera_went_wrong_has_the_right_time_and_says_so() -> None:
    whole = written_walk()
    photo = whole.photos[0]
    assert photo.taken_at is not None
    right = photo.taken_at - timedelta(minutes=17)
    caption = words_of(figure(compose(whole, Handed(moments={photo.id: right})), photo.id).caption)
    assert f"Kl.{NB}18.08, efter rättning av kamerans klocka, läge från kamerans gps" in caption


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


def test_a_photo_without_its_observation_here_stays_with_its_stop() -> None:
    whole = written_walk()
    photos: tuple[Photo, ...] = (replace(whole.photos[0], observation="f" * 32), *whole.photos[1:])
    document = compose(replace(whole, photos=photos))
    tunnel = next(each for each in section(document, "6").parts if each.record == whole.stops[1].id)
    rest = part(document, "Bilaga E. Fler foton")
    assert photos[0].id in records_in((tunnel, rest))
