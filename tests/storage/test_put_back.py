"""What was changed while a walk was rehearsed is put back with what was made then."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.base.job import finish
from app.commands.drafts import changed
from app.commands.observations import observe
from app.commands.photos import note_camera_clock
from app.commands.recording import Recording, begin_rehearsal
from app.commands.records import delete, resolve, set_fields, undelete
from app.commands.rehearsals import left_of_rehearsals, take_away
from app.commands.stops import add_stop
from app.commands.walks import end_walk, new_walk
from app.domain.records import CameraClock, Observation, SafetyWalk, Stop
from app.domain.values import Position, Severity
from app.jobs.sync import sync
from app.session import Session

HERE, THERE = Position(60.17, 24.94), Position(60.18, 24.95)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = Session(tmp_path / "home")
    yield opened
    opened.close()


@pytest.fixture
def walk(session: Session) -> str:
    return new_walk(session, {"title": "Kväll", "area": "Kajsaniemi"})


def seen(session: Session, record: str) -> Observation:
    (found,) = session.read(Observation, {"id": record})
    return found


def stop(session: Session, record: str) -> Stop:
    (found,) = session.read(Stop, {"id": record})
    return found


def the_walk(session: Session, walk: str) -> SafetyWalk:
    (found,) = session.read(SafetyWalk, {"id": walk})
    return found


def test_texts_severities_and_places_are_what_they_were_and_what_was_made_is_gone(session: Session, walk: str) -> None:
    at = add_stop(session, walk, {"name": "Porten", "position": HERE})
    noted = observe(session, walk, {"text": "Lampan är trasig.", "severity": Severity.LARGE})
    played = begin_rehearsal(session, walk)
    set_fields(session, seen(session, noted), {"text": "På prov."})
    set_fields(session, seen(session, noted), {"text": "På prov igen.", "severity": Severity.DANGER, "item": "A1"})
    set_fields(session, stop(session, at), {"position": THERE})
    observe(session, walk, {"text": "Bara övning."})
    played.end()
    found = left_of_rehearsals(session, walk)
    assert found.changed == {noted, at} and len(found) == 4
    assert take_away(session, walk) == 4
    back = seen(session, noted)
    assert (back.text, back.severity, back.item) == ("Lampan är trasig.", Severity.LARGE, None)
    assert stop(session, at).position == HERE
    assert [each.id for each in session.read(Observation, {"scope": walk})] == [noted]
    assert not left_of_rehearsals(session, walk) and take_away(session, walk) == 0


def test_what_was_taken_away_comes_back_by_one_undo(session: Session, walk: str) -> None:
    noted = observe(session, walk, {"text": "Lampan är trasig."})
    played = begin_rehearsal(session, walk)
    set_fields(session, seen(session, noted), {"text": "På prov."})
    practised = observe(session, walk, {"text": "Bara övning."})
    played.end()
    take_away(session, walk)
    session.log.undo(walk)
    assert {each.id: each.text for each in session.read(Observation, {"scope": walk})} == {
        noted: "På prov.",
        practised: "Bara övning.",
    }
    session.log.redo(walk)
    assert {each.text for each in session.read(Observation, {"scope": walk})} == {"Lampan är trasig."}


def test_what_was_said_after_the_rehearsal_stands(session: Session, walk: str) -> None:
    noted = observe(session, walk, {"text": "Lampan är trasig.", "severity": Severity.LARGE})
    played = begin_rehearsal(session, walk)
    set_fields(session, seen(session, noted), {"text": "På prov.", "severity": Severity.DANGER})
    played.end()
    set_fields(session, seen(session, noted), {"text": "Två lampor är trasiga."})
    take_away(session, walk)
    back = seen(session, noted)
    assert (back.text, back.severity) == ("Två lampor är trasiga.", Severity.LARGE)


def test_what_was_undone_before_it_ended_is_not_counted(session: Session, walk: str) -> None:
    noted = observe(session, walk, {"text": "Lampan är trasig."})
    played = begin_rehearsal(session, walk)
    set_fields(session, seen(session, noted), {"text": "På prov."})
    session.log.undo(walk)
    played.end()
    assert left_of_rehearsals(session, walk).changed == frozenset()
    take_away(session, walk)
    assert seen(session, noted).text == "Lampan är trasig."


def test_what_two_rehearsals_changed_after_each_other_is_as_before_the_first(session: Session, walk: str) -> None:
    noted = observe(session, walk, {"text": "Lampan är trasig."})
    for text in ("På prov.", "På prov igen."):
        played = begin_rehearsal(session, walk)
        set_fields(session, seen(session, noted), {"text": text})
        played.end()
    take_away(session, walk)
    assert seen(session, noted).text == "Lampan är trasig."


def test_what_was_planned_while_somebody_rehearsed_stays(session: Session, walk: str) -> None:
    starts = datetime(2026, 10, 23, 16, 0, tzinfo=UTC)
    played = begin_rehearsal(session, walk)
    set_fields(session, the_walk(session, walk), {"title": "Sen kväll", "starts": starts})
    played.end()
    take_away(session, walk)
    assert (the_walk(session, walk).title, the_walk(session, walk).starts) == ("Sen kväll", starts)


def test_what_one_has_gone_on_with_since_is_real(session: Session, walk: str) -> None:
    played = begin_rehearsal(session, walk)
    at = add_stop(session, walk, {"name": "Provad", "position": HERE})
    unused = add_stop(session, walk, {"name": "Bara provad", "position": THERE})
    practised = observe(session, walk, {"text": "På prov."})
    gone = observe(session, walk, {"text": "Bara övning.", "stop": unused})
    played.end()
    real = observe(session, walk, {"text": "På riktigt.", "stop": at})
    set_fields(session, seen(session, practised), {"text": "Det stämde."})
    left = left_of_rehearsals(session, walk)
    assert {each.id for each in left.made} == {played.track, unused, gone}
    take_away(session, walk)
    assert {each.id for each in session.read(Observation, {"scope": walk})} == {real, practised}
    assert [each.id for each in session.read(Stop, {"scope": walk})] == [at]


def test_what_was_shown_again_in_a_rehearsal_and_used_since_stays(session: Session, walk: str) -> None:
    at = add_stop(session, walk, {"name": "Porten", "position": HERE})
    text = observe(session, walk, {"text": "Nej."})
    for each in (stop(session, at), seen(session, text)):
        delete(session, each)
    played = begin_rehearsal(session, walk)
    for kind, record in ((Stop.KIND, at), (Observation.KIND, text)):
        undelete(session, walk, kind, record)
    played.end()
    real = observe(session, walk, {"text": "På riktigt.", "stop": at})
    set_fields(session, seen(session, text), {"text": "Jo."})
    take_away(session, walk)
    assert {each.id for each in session.read(Observation, {"scope": walk})} == {real, text}
    assert [each.id for each in session.read(Stop, {"scope": walk})] == [at]


def test_who_takes_back_that_it_was_taken_away_can_take_it_away_again(session: Session, walk: str) -> None:
    noted = observe(session, walk, {"text": "Lampan är trasig."})
    played = begin_rehearsal(session, walk)
    set_fields(session, seen(session, noted), {"text": "På prov."})
    played.end()
    session.log.undo(walk)
    assert not left_of_rehearsals(session, walk).changed
    session.log.redo(walk)
    for _again in range(3):
        assert left_of_rehearsals(session, walk).changed == {noted}
        take_away(session, walk)
        assert seen(session, noted).text == "Lampan är trasig." and not left_of_rehearsals(session, walk)
        session.log.undo(walk)
        assert seen(session, noted).text == "På prov."


def test_what_two_tablets_practised_one_after_the_other_ends_with_what_was_said_for_real(
    tmp_path: Path, session: Session, walk: str
) -> None:
    noted = observe(session, walk, {"text": "Lampan är trasig."})
    folder, other = str(tmp_path / "mapp"), Session(tmp_path / "annan")

    def meet() -> None:
        for each in (session, other, session):
            finish(sync(each, folder, walk=walk))

    try:
        meet()
        for each, text in ((session, "På prov."), (other, "På prov igen.")):
            played = begin_rehearsal(each, walk)
            set_fields(each, seen(each, noted), {"text": text})
            played.end()
            meet()
        for each in (session, other):
            take_away(each, walk)
            meet()
        assert seen(session, noted).text == seen(other, noted).text == "Lampan är trasig."
        assert not [*session.conflicts(walk), *other.conflicts(walk)]
    finally:
        other.close()


def test_no_question_comes_back_that_had_its_answer(tmp_path: Path, session: Session, walk: str) -> None:
    noted = observe(session, walk, {"text": "Lampan är trasig."})
    folder, other = str(tmp_path / "mapp"), Session(tmp_path / "annan")

    def meet() -> None:
        for each in (session, other, session):
            finish(sync(each, folder, walk=walk))

    try:
        meet()
        played = begin_rehearsal(session, walk)
        set_fields(session, seen(session, noted), {"text": "På prov."})
        set_fields(other, seen(other, noted), {"text": "Två lampor."})
        meet()
        resolve_all(session, walk)
        played.end()
        take_away(session, walk)
        assert seen(session, noted).text == "Två lampor." and not list(session.conflicts(walk))
    finally:
        other.close()


def test_a_clock_that_was_told_of_in_a_rehearsal_is_not_known_after_it(session: Session, walk: str) -> None:
    played = begin_rehearsal(session, walk)
    note_camera_clock(session, walk, "EOS R", 60.0)
    (clock,) = session.read(CameraClock, {"scope": walk})
    session.write(walk, changed(clock, {"ahead_s": 10.0, "said": True}))
    played.end()
    take_away(session, walk)
    (clock,) = session.read(CameraClock, {"scope": walk})
    assert (clock.ahead_s, clock.said) == (60.0, False), "what a photo of the clock page told is so"


@pytest.mark.parametrize("deletes", [1, 2])
def test_whatever_stood_of_a_delete_stands_again(tmp_path: Path, session: Session, walk: str, deletes: int) -> None:
    noted = observe(session, walk, {"text": "Lampan är trasig."})
    folder, other = str(tmp_path / "mapp"), Session(tmp_path / "annan")

    def meet() -> None:
        for each in (session, other, session):
            finish(sync(each, folder, walk=walk))

    try:
        meet()
        for each in (session, other)[:deletes]:
            delete(each, seen(each, noted))
        meet()
        played = begin_rehearsal(session, walk)
        undelete(session, walk, Observation.KIND, noted)
        played.end()
        take_away(session, walk)
        meet()
        for each in (session, other):
            assert not each.read(Observation, {"id": noted}) and not list(each.conflicts(walk))
        assert not left_of_rehearsals(session, walk)
    finally:
        other.close()


def test_what_was_deleted_is_there_again_and_what_was_brought_back_is_deleted_again(
    session: Session, walk: str
) -> None:
    kept = observe(session, walk, {"text": "Lampan är trasig."})
    gone = observe(session, walk, {"text": "Nej."})
    delete(session, seen(session, gone))
    played = begin_rehearsal(session, walk)
    delete(session, seen(session, kept))
    undelete(session, walk, Observation.KIND, gone)
    set_fields(session, seen(session, gone), {"text": "Jo."})
    played.end()
    assert left_of_rehearsals(session, walk).changed == {kept, gone}
    take_away(session, walk)
    assert [each.id for each in session.read(Observation, {"scope": walk})] == [kept]
    assert not left_of_rehearsals(session, walk)


def change(session: Session, noted: str, played: Recording) -> None:
    """Somebody practises on what another device has noted."""
    set_fields(session, seen(session, noted), {"text": "På prov."})
    played.end()


@pytest.mark.parametrize("knew", [True, False], ids=["who saw it", "unaware of it"])
def test_what_another_device_says_of_it_stands(tmp_path: Path, session: Session, walk: str, knew: bool) -> None:
    noted = observe(session, walk, {"text": "Lampan är trasig."})
    folder = str(tmp_path / "mapp")
    other = Session(tmp_path / "annan")
    try:
        for each in (session, other):
            finish(sync(each, folder, walk=walk))
        played = begin_rehearsal(session, walk)
        change(session, noted, played)
        if knew:
            for each in (session, other):
                finish(sync(each, folder, walk=walk))
        set_fields(other, seen(other, noted), {"text": "Två lampor."})
        for each in (other, session):
            finish(sync(each, folder, walk=walk))
        take_away(session, walk)
        asked = {each.id for each in session.conflicts(walk)}
        # Unaware of each other they stay a question, which a person answers; nobody's word is taken back.
        assert (noted in asked) == (not knew)
        assert knew is False or seen(session, noted).text == "Två lampor."
    finally:
        other.close()


def test_where_devices_disagreed_before_they_disagree_again(tmp_path: Path, session: Session, walk: str) -> None:
    noted = observe(session, walk, {"text": "Lampan är trasig."})
    folder = str(tmp_path / "mapp")
    other = Session(tmp_path / "annan")
    try:
        for each in (session, other):
            finish(sync(each, folder, walk=walk))
        for each, text in ((session, "En lampa."), (other, "Två lampor.")):
            set_fields(each, seen(each, noted), {"text": text})
        for each in (other, session):
            finish(sync(each, folder, walk=walk))
        (before,) = session.conflicts(walk)
        played = begin_rehearsal(session, walk)
        resolve_all(session, walk)
        assert not list(session.conflicts(walk))
        played.end()
        take_away(session, walk)
        (after,) = session.conflicts(walk)
        assert {each.value for each in after.choices} == {each.value for each in before.choices}
    finally:
        other.close()


def resolve_all(session: Session, walk: str) -> None:
    """Answer every question with the first that is offered."""
    for each in session.conflicts(walk):
        resolve(session, each, walk, each.choices[0].choice)


def test_a_walk_gone_before_its_planned_time_did_not_start_when_it_was_rehearsed(session: Session, walk: str) -> None:
    now = session.clock()
    set_fields(session, the_walk(session, walk), {"starts": now + timedelta(minutes=50)})
    session.clock = lambda: now - timedelta(hours=20)
    played = begin_rehearsal(session, walk)
    observe(session, walk, {"text": "På prov."})
    played.end()
    session.clock = lambda: now
    first = seen(session, observe(session, walk, {"text": "Lampan är trasig."}))
    session.clock = lambda: now + timedelta(minutes=40)
    end_walk(session, the_walk(session, walk))
    assert the_walk(session, walk).starts == first.observed_at
