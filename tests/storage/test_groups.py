"""Groups: split by one press, said by each device, carried by what is noted there, joined where two made the same."""

import gettext
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import resources
from app.base.errors import NotFound
from app.base.job import finish
from app.base.words import speaking
from app.commands.groups import add_group, group_here, join, split, walk_with
from app.commands.noting import another_like
from app.commands.observations import observe
from app.commands.recording import begin_recording, recording_under_way
from app.commands.records import add, delete, redo, set_fields, undo
from app.commands.walks import new_walk
from app.domain.groups import fitting, letter_of, named, names_of, shares
from app.domain.records import Device, Group, Observation, SafetyWalk, Track, TrackChunk
from app.domain.track import Fix
from app.jobs.sync import sync
from app.queries.readiness import group_finding
from app.queries.undoable import undoable
from app.queries.whereabouts import whereabouts
from app.session import Session

NOW = datetime(2026, 10, 23, 16, 5, tzinfo=UTC)


@pytest.fixture
def walk(session: Session) -> str:
    return new_walk(session, {"title": "Kväll", "area": "Kajsaniemi"})


@pytest.fixture
def other(
    session: Session, walk: str, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Session]:
    """Another device, of another machine, that has the walk."""
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("GATLJUS_MACHINE", "en annan")
        opened = Session(tmp_path / "B")
    finish(sync(session, str(place), walk=walk))
    finish(sync(opened, str(place), walk=walk))
    yield opened
    opened.close()


def meet(place: Path, walk: str, *devices: Session) -> None:
    for each in (*devices, *devices):
        finish(sync(each, str(place), walk=walk))


def called(session: Session, walk: str) -> list[str]:
    return [*names_of(session.read(Group, {"scope": walk})).values()]


def group_of(session: Session, record: str) -> str | None:
    return session.read(Observation, {"id": record})[0].group


@pytest.mark.parametrize(
    ("people", "groups", "each"),
    [(0, 1, "0"), (7, 1, "7"), (10, 1, "10"), (11, 2, "5–6"), (16, 2, "8"), (23, 3, "7–8"), (40, 4, "10")],
)
def test_so_many_people_make_so_many_groups_of_ten_at_the_most(people: int, groups: int, each: str) -> None:
    assert (fitting(people), shares(people, groups)) == (groups, each)


@pytest.mark.parametrize(
    ("name", "called"),
    [("Norr", "Group Norr"), ("Grupp A", "Group A"), ("Group B", "Group B"), ("Grupp på väg", "Group Grupp på väg")],
)
def test_a_group_that_was_made_in_another_language_is_called_so_in_this_one(name: str, called: str) -> None:
    with resources.path("words/en/LC_MESSAGES/gatljus.mo").open("rb") as catalogue:
        english = gettext.GNUTranslations(catalogue)
    with speaking("en", english):
        assert named(name) == called
    assert named("Group B") == "Grupp B" and named("Group of seniors") == "Grupp Group of seniors"


def test_a_walk_is_split_by_one_action_with_the_letters_that_are_free(session: Session, walk: str) -> None:
    add(session, Group.KIND, walk, {"name": "Norr", "letter": "B"})
    assert len(split(session, walk, 3)) == 2 and called(session, walk) == ["Grupp A", "Grupp Norr", "Grupp C"]
    assert split(session, walk, 3) == [] and split(session, walk, 2) == []
    assert undoable(session, walk) == "2 grupper tillagda"
    undo(session, walk)
    assert called(session, walk) == ["Grupp Norr"]
    add_group(session, walk)
    assert undoable(session, walk) == "grupp tillagd" and called(session, walk) == ["Grupp A", "Grupp Norr"]


def test_a_group_without_a_letter_or_a_name_is_called_by_what_it_has(session: Session, walk: str) -> None:
    for said in ({"name": "Öster"}, {"name": "gruppen från skolan", "letter": "SK8"}):
        add(session, Group.KIND, walk, said)
    groups = session.read(Group, {"scope": walk})
    assert {letter_of(each) for each in groups} == {"Ö", "SK"}
    assert called(session, walk) == ["gruppen från skolan", "Grupp Öster"]


def test_what_is_noted_carries_the_group_of_its_device_and_keeps_it(session: Session, walk: str) -> None:
    before = observe(session, walk, {"item": "A1"})
    a, b = split(session, walk, 2)
    assert walk_with(session, walk, a) and not walk_with(session, walk, a)
    seen = observe(session, walk, {"item": "A1"})
    walk_with(session, walk, b)
    later = add(session, Observation.KIND, walk, {"item": "B1"})
    like = another_like(session, session.read(Observation, {"id": seen})[0])
    said = observe(session, walk, {"item": "B1", "group": a})
    walk_with(session, walk, None)
    alone = observe(session, walk, {"item": "B1"})
    assert [group_of(session, each) for each in (before, seen, later, like, said, alone)] == [None, a, b, b, a, None]


def test_which_group_a_device_walks_with_is_undone_and_redone(session: Session, walk: str) -> None:
    a, b = split(session, walk, 2)
    walk_with(session, walk, a)
    walk_with(session, walk, b)
    assert undoable(session, walk) == "Grupp i enheten"
    undo(session, walk)
    assert group_here(session, walk) == a
    redo(session, walk)
    assert group_here(session, walk) == b


def test_a_group_that_is_no_longer_there_cannot_be_walked_with_and_is_carried_no_more(
    session: Session, walk: str
) -> None:
    (a,) = split(session, walk, 1)
    walk_with(session, walk, a)
    seen = observe(session, walk, {"item": "A1"})
    delete(session, session.read(Group, {"id": a})[0])
    assert group_here(session, walk) is None and group_of(session, observe(session, walk, {"item": "A1"})) is None
    assert group_of(session, seen) == a, "what was noted is kept as it was"
    with pytest.raises(NotFound):
        walk_with(session, walk, a)
    undo(session, walk)
    undo(session, walk)
    assert group_here(session, walk) == a


def fixes(session: Session, walk: str) -> dict[str | None, int]:
    """How many fixes the tracks of each group hold."""
    found = dict[str | None, int]()
    for track in session.read(Track, {"scope": walk}):
        pieces = session.read(TrackChunk, {"scope": walk, "track": track.id})
        found[track.group] = found.get(track.group, 0) + sum(len(each.points) for each in pieces)
    return found


def test_a_track_is_of_the_group_and_another_begins_with_another_group(session: Session, walk: str) -> None:
    recording = begin_recording(session, walk)
    a, b = split(session, walk, 2)

    def goes(count: int) -> None:
        for n in range(count):
            recording.take(Fix(NOW + timedelta(seconds=n), 60.17, 24.94 + n * 1e-5))
        recording.write()

    walk_with(session, walk, a)
    goes(3)
    assert fixes(session, walk) == {a: 3}, "nobody had walked on it yet"
    goes(2)
    walk_with(session, walk, b)
    goes(4)
    assert fixes(session, walk) == {a: 5, b: 4}
    undo(session, walk)
    goes(1)
    assert fixes(session, walk) == {a: 6, b: 4}
    went_on = recording_under_way(session)
    assert went_on is not None and went_on.track == recording.track, "after a restart it goes on with the last one"
    assert {each.name for each in session.read(Track, {"scope": walk})} == {"Platta A"}


def test_a_pause_outlasts_another_group(session: Session, walk: str) -> None:
    recording = begin_recording(session, walk)
    a, b = split(session, walk, 2)
    walk_with(session, walk, a)
    recording.take(Fix(NOW, 60.17, 24.94))
    recording.write()
    recording.take(Fix(NOW, 60.17, 24.95))
    walk_with(session, walk, b)
    recording.pause()
    went_on = recording_under_way(session)
    assert went_on is not None and went_on.paused and fixes(session, walk) == {a: 1, b: 1}


def test_two_devices_in_two_groups_keep_them_apart_and_each_sees_all(
    session: Session, other: Session, walk: str, place: Path
) -> None:
    a, b = split(session, walk, 2)
    meet(place, walk, session, other)
    for each, group in ((session, a), (other, b)):
        walk_with(each, walk, group)
        observe(each, walk, {"item": "A1"})
    meet(place, walk, session, other)
    for each in (session, other):
        seen = {str(one.tag): one.group for one in each.read(Observation, {"scope": walk})}
        assert seen == {"A1": a, "B1": b} and not each.conflicts(walk)
        cards = {card.receipt.letter: card.group for card in whereabouts(each, each.read(SafetyWalk)[0]).cards}
        assert cards == {"A": "Grupp A", "B": "Grupp B"}


def test_the_same_group_made_on_two_devices_is_told_apart_and_joined_by_one_action(
    session: Session, other: Session, walk: str, place: Path
) -> None:
    for each in (session, other):
        (made,) = split(each, walk, 1)
        walk_with(each, walk, made)
        observe(each, walk, {"item": "A1"})
        begin_recording(each, walk).end()
    meet(place, walk, session, other)
    one, two = session.read(Group, {"scope": walk})
    assert called(session, walk) == [f"Grupp A ({one.id[:4]})", f"Grupp A ({two.id[:4]})"] == called(other, walk)
    finding = group_finding(other, other.read(SafetyWalk)[0])
    assert finding is not None and "Grupp A (" in finding.text
    join(session, two, one.id)
    meet(place, walk, session, other)
    for each in (session, other):
        assert called(each, walk) == ["Grupp A"] and not each.conflicts(walk)
        assert {seen.group for seen in each.read(Observation, {"scope": walk})} == {one.id}
        assert {track.group for track in each.read(Track, {"scope": walk})} == {one.id}
        assert {device.group for device in each.read(Device, {"scope": walk})} == {one.id}
    undo(session, walk)
    assert len(called(session, walk)) == 2
    assert {each.group for each in session.read(Observation, {"scope": walk})} == {one.id, two.id}


def test_a_group_that_one_takes_away_while_another_walks_with_it_is_to_be_chosen_about(
    session: Session, other: Session, walk: str, place: Path
) -> None:
    (a,) = split(session, walk, 1)
    meet(place, walk, session, other)
    delete(session, session.read(Group, {"id": a})[0])
    walk_with(other, walk, a)
    seen = observe(other, walk, {"item": "A1"})
    meet(place, walk, session, other)
    assert called(session, walk) == ["Grupp A"] and group_of(session, seen) == a
    assert [(each.kind, each.field) for each in session.conflicts(walk)] == [("group", "deleted")]


def test_another_name_changes_what_everybody_reads_and_nothing_that_was_noted(session: Session, walk: str) -> None:
    (a,) = split(session, walk, 1)
    walk_with(session, walk, a)
    seen = observe(session, walk, {"item": "A1"})
    set_fields(session, session.read(Group, {"id": a})[0], {"name": "Öster", "letter": "Ö"})
    assert called(session, walk) == ["Grupp Öster"] and group_of(session, seen) == a
