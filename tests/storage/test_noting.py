"""Noting while walking: what each tap writes."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.base.clock import utc_now
from app.base.job import finish
from app.commands.noting import alarm, another_like, choose_category, choose_item, rate
from app.commands.observations import observe
from app.commands.records import delete, set_fields, undo
from app.commands.stops import add_stop
from app.commands.walks import new_walk
from app.domain.records import Observation, Photo, SafetyWalk
from app.domain.rules import severity_of
from app.domain.values import Alarm, ObservationKind, Position, PositionSource, Severity
from app.jobs.photos import add_photos, import_photos
from app.queries.alarm import alarming, called
from app.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = Session(tmp_path / "home")
    yield opened
    opened.close()


@pytest.fixture
def walk(session: Session) -> str:
    return new_walk(session, {"title": "Parken", "area": "Kajsaniemi", "zone": "Europe/Helsinki"})


def _one(session: Session, record: str) -> Observation:
    (found,) = session.read(Observation, {"id": record})
    return found


def _noted(session: Session, walk: str, **values: Any) -> Observation:
    return _one(session, observe(session, walk, values))


def test_another_category_lets_the_item_go_and_its_kind(session: Session, walk: str) -> None:
    good = _noted(session, walk, item="M1")
    choose_category(session, good, "lighting")
    now = _one(session, good.id)
    assert (now.category, now.item, now.kind, severity_of(now)) == (
        "lighting", None, ObservationKind.DEFICIENCY, Severity.NOTICEABLE,
    )  # fmt: skip


def test_the_same_category_again_writes_nothing(session: Session, walk: str) -> None:
    seen = _noted(session, walk, item="A1")
    choose_category(session, seen, "lighting")
    choose_item(session, seen, "A1")
    assert all(each["field"] in {"created", "tag", "category", "item", "severity_suggested", "observed_at"}
               for each in session.history(Observation.KIND, seen.id))  # fmt: skip
    assert len({each["action"] for each in session.history(Observation.KIND, seen.id)}) == 1


def test_what_a_person_said_of_severity_outlives_another_item(session: Session, walk: str) -> None:
    seen = _noted(session, walk, item="A1", severity=Severity.LARGE)
    choose_item(session, seen, "B3")
    now = _one(session, seen.id)
    assert (now.category, now.severity, now.severity_suggested) == ("sightlines_vegetation", Severity.LARGE, None)


def test_rated_good_it_is_positive_and_back_again(session: Session, walk: str) -> None:
    seen = _noted(session, walk, item="A1")
    rate(session, seen, Severity.GOOD)
    good = _one(session, seen.id)
    assert (good.kind, severity_of(good), good.item) == (ObservationKind.POSITIVE, Severity.GOOD, None)
    assert good.category == "lighting"
    rate(session, good, Severity.SMALL)
    again = _one(session, seen.id)
    assert (again.kind, again.severity) == (ObservationKind.DEFICIENCY, Severity.SMALL)


def test_an_item_that_is_let_go_leaves_the_category(session: Session, walk: str) -> None:
    seen = _noted(session, walk, item="A1")
    set_fields(session, seen, {"item": None})
    now = _one(session, seen.id)
    assert (now.item, now.category, now.kind) == (None, "lighting", ObservationKind.DEFICIENCY)


def test_a_question_about_something_else_is_still_a_question(session: Session, walk: str) -> None:
    seen = _noted(session, walk, category="lighting", kind=ObservationKind.QUESTION)
    choose_category(session, seen, "maintenance")
    now = _one(session, seen.id)
    assert (now.category, now.kind) == ("maintenance", ObservationKind.QUESTION)


def test_a_social_matter_has_no_severity(session: Session, walk: str) -> None:
    seen = _noted(session, walk, category="other")
    choose_item(session, seen, "N2")
    assert severity_of(_one(session, seen.id)) is None


def test_both_calls_are_told_until_they_are_taken_back(session: Session, walk: str) -> None:
    seen = _noted(session, walk, severity=Severity.DANGER)
    alarm(session, seen, Alarm.SOS)
    alarm(session, _one(session, seen.id), Alarm.ONCALL)
    assert called(session, _one(session, seen.id)).keys() == {Alarm.SOS, Alarm.ONCALL}
    undo(session, walk)
    assert called(session, _one(session, seen.id)).keys() == {Alarm.SOS}
    undo(session, walk)
    assert called(session, _one(session, seen.id)) == {}


def test_the_next_post_of_a_row_is_at_the_same_stop_without_a_number(session: Session, walk: str) -> None:
    stop = add_stop(session, walk, {"name": "Grinden", "position": Position(60.1752, 24.9452)})
    first = _noted(session, walk, item="A1", stop=stop, asset_tag="4417", text="Släckt.")
    other = _one(session, another_like(session, first))
    assert (other.item, other.stop, other.asset_tag, other.text) == ("A1", stop, "", "")
    assert other.tag != first.tag and other.position_source == PositionSource.STOP


def test_the_next_post_along_the_way_is_where_the_first_one_was(session: Session, walk: str) -> None:
    first = _noted(session, walk, item="A1", position=Position(60.1, 24.9))
    assert _one(session, another_like(session, first)).position == Position(60.1, 24.9)


def test_the_sentence_says_where_what_and_which_post(session: Session, walk: str) -> None:
    stop = add_stop(session, walk, {"name": "Växthusgrinden", "position": Position(60.1752, 24.9452)})
    add_stop(session, walk, {"name": "Långa bron", "position": Position(60.1752, 24.9482)})
    seen = _noted(session, walk, item="A8", stop=stop, asset_tag="4417", text="Kablarna syns")
    told = alarming(session, seen)
    assert told.say == (
        "Vi står vid Växthusgrinden. Området är Kajsaniemi. Det är ungefär 170 meter väster om Långa bron. "
        "Belysningsstolpe 4417. Öppen stolplucka eller lutande stolpe. Kablarna syns."
    )
    assert told.facts[:2] == ("N\N{NO-BREAK SPACE}60,17520", "E\N{NO-BREAK SPACE}24,94520")
    assert told.facts[2] == "platsens läge" and told.facts[3].startswith("kl ")
    lines = told.report.splitlines()
    assert lines[0] == "Felanmälan: fara nu"
    assert "Plats: Växthusgrinden, Kajsaniemi" in lines
    assert "Stolpnummer: 4417" in lines
    assert "Läge: 60.17520, 24.94520 (WGS 84, platsens läge)" in lines
    assert "Vad: Öppen stolplucka eller lutande stolpe. Kablarna syns." in lines
    assert f"Vårt märke: {seen.tag}, Parken" in lines


def test_where_a_stop_and_a_position_are_two_places_one_alone_is_said(session: Session, walk: str) -> None:
    stop = add_stop(session, walk, {"name": "Växthusgrinden", "position": Position(60.1752, 24.9452)})
    add_stop(session, walk, {"name": "Långa bron", "position": Position(60.1752, 24.9482)})
    beside = Position(60.1761, 24.9482)
    seen = _noted(session, walk, item="A8", stop=stop, position=beside, position_source=PositionSource.DEVICE)
    assert "Plats: Kajsaniemi\n" in alarming(session, seen).report
    said = alarming(session, seen).say
    assert said.startswith("Vi är i området Kajsaniemi. Det är ungefär 100 meter norr om Långa bron. "), said
    old = _noted(
        session, walk, item="A8", stop=stop, position=beside, position_source=PositionSource.DEVICE, stale=True
    )
    said = alarming(session, old).say
    assert said.startswith("Vi står vid Växthusgrinden. Området är Kajsaniemi. Det är ungefär 170 meter väster om"), (
        said
    )
    assert said.endswith("Läget är gammalt.")


@pytest.mark.parametrize("name", ["Stopp 1", "stopp nr 4", "STOP 4", "Stopp", "12", "Nytt stopp", "New stop"])
def test_a_stop_that_nobody_named_tells_nobody_where_it_is_and_the_position_is_said(
    session: Session, walk: str, name: str
) -> None:
    stop = add_stop(session, walk, {"name": name, "position": Position(60.1752, 24.9452)})
    add_stop(session, walk, {"name": "Stopp 2", "position": Position(60.1752, 24.9482)})
    seen = _noted(session, walk, item="A8", stop=stop)
    assert alarming(session, seen).say.startswith(
        "Vi är i området Kajsaniemi. Vi står vid N\N{NO-BREAK SPACE}60,17520, E\N{NO-BREAK SPACE}24,94520. Öppen"
    )
    add_stop(session, walk, {"name": "Långa bron", "position": Position(60.1752, 24.9492)})
    said = alarming(session, seen).say
    assert said.startswith("Vi är i området Kajsaniemi. Det är ungefär 220 meter väster om Långa bron. "), said


def test_without_place_and_words_the_sentence_says_so(session: Session, walk: str) -> None:
    told = alarming(session, _noted(session, walk, severity=Severity.DANGER))
    assert told.say == "Vi är i området Kajsaniemi. Det är farligt här just nu. Vi har inget läge på kartan."
    assert "Läge: okänt" in told.report


def test_an_old_position_is_told_and_so_is_how_exact_it_is(session: Session, walk: str) -> None:
    seen = _noted(session, walk, item="A1", position=Position(-33.9, -18.4), accuracy_m=6.2, stale=True)
    told = alarming(session, seen)
    assert told.say.endswith("Läget är gammalt.")
    assert told.facts[:3] == (
        "S\N{NO-BREAK SPACE}33,90000", "W\N{NO-BREAK SPACE}18,40000", "±6\N{NO-BREAK SPACE}m",
    )  # fmt: skip
    assert told.report.startswith("Felanmälan\n")


def _photo(folder: Path, name: str, shade: int) -> Path:
    path = folder / name
    Image.new("RGB", (60, 40), (shade, 80, 9)).save(path)
    return path


def test_a_photo_for_an_observation_is_one_action_and_does_not_leave_another_one(
    session: Session, walk: str, tmp_path: Path
) -> None:
    seen, other = _noted(session, walk, item="A1"), _noted(session, walk, item="A2")
    path = _photo(tmp_path, "1.jpg", 10)
    (item,) = finish(add_photos(session, seen, [path]))
    assert item["result"] == "imported"
    assert [each.observation for each in session.read(Photo, {"scope": walk})] == [seen.id]
    (again,) = finish(add_photos(session, other, [path]))
    assert again["reason"] == "Fotot hör redan till en annan iakttagelse."
    assert [each.observation for each in session.read(Photo, {"scope": walk})] == [seen.id]
    undo(session, walk)
    assert session.read(Photo, {"scope": walk}) == []


def test_a_photo_that_lies_loose_in_the_walk_is_taken_by_the_observation(
    session: Session, walk: str, tmp_path: Path
) -> None:
    seen = _noted(session, walk, item="A1")
    path = _photo(tmp_path, "1.jpg", 10)
    finish(add_photos(session, seen, [path]))
    (photo,) = session.read(Photo, {"scope": walk})
    set_fields(session, photo, {"observation": None})
    finish(add_photos(session, seen, [path]))
    assert [each.observation for each in session.read(Photo, {"scope": walk})] == [seen.id]


def test_photos_of_the_walk_are_taken_by_an_observation_in_one_action(
    session: Session, walk: str, tmp_path: Path
) -> None:
    paths = [_photo(tmp_path, f"{n}.jpg", 10 * n) for n in range(1, 4)]
    (about,) = session.read(SafetyWalk)
    finish(import_photos(session, about, paths))
    seen = _noted(session, walk, item="A1")
    finish(add_photos(session, seen, paths))
    assert {each.observation for each in session.read(Photo)} == {seen.id}
    undo(session, walk)
    assert [each.observation for each in session.read(Photo)] == [None] * 3


def test_a_deleted_photo_that_is_added_to_an_observation_is_one_action_of_its_own(
    session: Session, walk: str, tmp_path: Path
) -> None:
    path = _photo(tmp_path, "1.jpg", 10)
    (about,) = session.read(SafetyWalk)
    finish(import_photos(session, about, [path]))
    delete(session, session.read(Photo)[0])
    seen = _noted(session, walk, item="A1")
    finish(add_photos(session, seen, [path]))
    assert [each.observation for each in session.read(Photo)] == [seen.id]
    undo(session, walk)
    assert session.read(Photo) == []
    undo(session, walk)
    undo(session, walk)
    assert [each.observation for each in session.read(Photo)] == [None]


def test_what_is_imported_after_an_undo_in_the_middle_is_one_action(
    session: Session, walk: str, tmp_path: Path
) -> None:
    paths = [_photo(tmp_path, f"{n}.jpg", 10 * n) for n in range(1, 6)]
    (about,) = session.read(SafetyWalk)
    items: list[dict[str, Any]] = []
    job = import_photos(session, about, paths, items=items)
    while len(items) < 2:
        next(job)
    undo(session, walk)
    finish(job)
    assert len(session.read(Photo)) == 3
    undo(session, walk)
    assert session.read(Photo) == []


def test_an_emergency_call_that_a_fast_clock_took_back_stays_taken_back(session: Session, walk: str) -> None:
    seen = _noted(session, walk, severity=Severity.DANGER)
    other = Session(session.home, clock=lambda: utc_now() + timedelta(days=3650))
    alarm(other, seen, Alarm.SOS)
    set_fields(other, _one(session, seen.id), {"alarm": None})
    alarm(session, _one(session, seen.id), Alarm.ONCALL)
    other.close()
    assert called(session, _one(session, seen.id)).keys() == {Alarm.ONCALL}
