"""When a pass over a folder asks before it goes on, and which folders are known."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.base.job import finish
from app.sync.exchange import exchange
from app.sync.survey import Asks, walks_on
from app.sync.targets.folder import FolderTarget
from tests.homes import STOP, WALK, Home, Make
from tests.storage.exchanging import UNDER, Recording, files, fill, photo


def test_a_few_missing_batches_are_put_again_quietly_and_counted(home: Make, place: Path) -> None:
    a = home("A")
    fill(a, 5)
    a.sync(FolderTarget(place))
    for path in files(place, "changes")[:3]:
        path.unlink()
    report = a.sync(FolderTarget(place))
    assert (report.asks, report.put_again) == (None, 3)
    assert len(files(place, "changes")) == 5


@pytest.mark.parametrize(
    ("batches", "gone", "asks"), [(40, 4, None), (40, 5, Asks.ROLLED_BACK), (4, 4, Asks.ROLLED_BACK)]
)
def test_more_than_a_tenth_of_the_batches_missing_asks(
    home: Make, place: Path, batches: int, gone: int, asks: Asks | None
) -> None:
    a = home("A")
    fill(a, batches)
    a.sync(FolderTarget(place))
    for path in files(place, "changes")[:gone]:
        path.unlink()
    assert a.sync(FolderTarget(place)).asks == asks


def test_announcements_and_blobs_that_are_gone_do_not_ask(home: Make, place: Path) -> None:
    a = home("A")
    names = photo(a)
    a.sync(FolderTarget(place))
    shutil.rmtree(place / UNDER / "heads")
    shutil.rmtree(place / UNDER / "blobs")
    report = a.sync(FolderTarget(place))
    assert report.asks is None
    assert report.sent.blobs == len(names)


def emptied(place: Path) -> None:
    shutil.rmtree(place / "gatljus1")


def swapped(place: Path) -> None:
    emptied(place)
    other = Home(place.parent / "Z", "Z")
    other.new("stop", "f" * 32, name="Annat torg")
    other.sync(FolderTarget(place))


def rolled_back(place: Path) -> None:
    for path in files(place, "changes"):
        path.unlink()


@pytest.mark.parametrize(
    ("happened", "asks"), [(emptied, Asks.EMPTY), (swapped, Asks.FOREIGN), (rolled_back, Asks.ROLLED_BACK)]
)
def test_a_target_that_is_not_what_it_was_is_looked_at_twice_and_asks_and_nothing_changes_but_what_may_be_said(
    home: Make, place: Path, happened: Callable[[Path], None], asks: Asks
) -> None:
    a = home("A")
    fill(a, 5)
    a.sync(FolderTarget(place))
    happened(place)
    a.new("stop", STOP, name="Nytt")
    before, tables = FolderTarget(place).list("gatljus1/"), [a.table(name) for name in ("batch", "head")]
    assert [each.label for each in a.places.copied(WALK)] == [str(place)]
    recording, waited = Recording(FolderTarget(place)), list[float]()
    for _step in exchange(a.log, a.blobs, a.places, recording, WALK, a.me(), clock=a.clock, sleep=waited.append):
        pass
    report = a.sync(FolderTarget(place))
    assert report.asks == asks
    assert waited == [2.0]
    assert [what for what, _ in recording.asked] == ["list"] * 4
    assert FolderTarget(place).list("gatljus1/") == before
    assert [a.table(name) for name in ("batch", "head")] == tables
    assert a.places.copied(WALK) == []
    assert WALK in walks_on(a.places, FolderTarget(place))[1]
    answered = a.sync(FolderTarget(place), again=True)
    assert answered.asks is None
    assert answered.copied
    assert a.sync(FolderTarget(place)).asks is None
    assert len([path for path in files(place, "changes") if path.name.startswith(a.device)]) == 6


def test_a_late_listing_that_is_right_the_second_time_does_not_ask(home: Make, place: Path) -> None:
    a = home("A")
    fill(a, 5)
    a.sync(FolderTarget(place))
    away = place.parent / "borta"
    (place / "gatljus1").rename(away)

    def meanwhile(_seconds: float) -> None:
        away.rename(place / "gatljus1")

    job = exchange(a.log, a.blobs, a.places, FolderTarget(place), WALK, a.me(), clock=a.clock, sleep=meanwhile)
    assert finish(job).asks is None


def test_a_target_never_met_before_does_not_ask(home: Make, place: Path) -> None:
    a, b = home("A"), home("B")
    fill(a, 5)
    a.sync(FolderTarget(place))
    rolled_back(place)
    assert b.sync(FolderTarget(place)).asks is None


def test_a_stick_is_known_wherever_it_is_put_in(home: Make, place: Path) -> None:
    a = home("A")
    fill(a, 5)
    a.sync(FolderTarget(place))
    elsewhere = place.parent / "annat uttag"
    place.rename(elsewhere)
    assert a.sync(FolderTarget(elsewhere)).asks is None
    rolled_back(elsewhere)
    assert a.sync(FolderTarget(elsewhere)).asks == Asks.ROLLED_BACK


def test_two_known_sticks_may_take_turns_in_one_place(home: Make, place: Path) -> None:
    a = home("A")
    fill(a, 5)
    one, two = place.parent / "ett", place.parent / "två"
    for stick in (one, two, one, two):
        if stick.exists():
            stick.rename(place)
        place.mkdir(exist_ok=True)
        assert a.sync(FolderTarget(place), again=not (one.exists() and two.exists())).asks is None
        place.rename(stick)


def test_a_purged_walk_is_not_put_again_whatever_is_answered(home: Make, place: Path) -> None:
    a = home("A")
    a.new("stop", STOP)
    (place / UNDER).mkdir(parents=True)
    (place / UNDER / "purged.0123456789abcdef.json").write_bytes(b"{}")
    assert a.sync(FolderTarget(place)).asks == Asks.PURGED
    assert a.sync(FolderTarget(place), again=True).asks == Asks.PURGED
    assert [path.name for path in (place / UNDER).iterdir()] == ["purged.0123456789abcdef.json"]


def test_a_home_that_finds_unknown_batches_under_its_own_id_freezes_nothing_and_asks_for_a_new_id(
    home: Make, place: Path, tmp_path: Path
) -> None:
    a = home("A")
    a.new("stop", STOP)
    a.sync(FolderTarget(place))
    image = a.copy(tmp_path / "avbild", seed="annan")
    a = home("A")
    a.set("stop", STOP, name="vidare")
    a.sync(FolderTarget(place))
    image.set("stop", STOP, name="annorlunda")
    before, batches = FolderTarget(place).list("gatljus1/"), image.log.batches(WALK)
    assert image.sync(FolderTarget(place)).new_id_needed
    assert FolderTarget(place).list("gatljus1/") == before
    assert image.log.batches(WALK) == batches
    image.log.become("ee" * 16)
    assert not image.sync(FolderTarget(place)).new_id_needed
    a = home("A")
    assert a.sync(FolderTarget(place)).new_id_needed
    a.log.become("af" * 16)
    a.sync(FolderTarget(place))
    image.sync(FolderTarget(place))
    assert a.everything() == image.everything()
    assert {choice.value for each in a.conflicts() for choice in each.choices} == {"vidare", "annorlunda"}


def test_a_batch_under_my_id_whose_every_change_i_hold_is_no_reason_for_a_new_id(
    home: Make, place: Path, tmp_path: Path
) -> None:
    a = home("A")
    a.new("stop", STOP)
    other = a.copy(tmp_path / "återställd", "B")
    other.sync(FolderTarget(place))
    a = home("A")
    a.set("stop", STOP, name="Torget")
    assert not a.sync(FolderTarget(place)).new_id_needed
    other.sync(FolderTarget(place))
    assert a.everything() == other.everything()


def test_a_known_stick_of_other_walks_in_the_place_of_this_ones_is_not_given_this_one(
    home: Make, place: Path, tmp_path: Path
) -> None:
    a = home("A")
    a.new("stop", STOP)
    a.sync(FolderTarget(place))
    other = tmp_path / "annat"
    other.mkdir()
    a.sync(FolderTarget(other))
    place.rename(tmp_path / "ute")
    other.rename(place)
    assert WALK in walks_on(a.places, FolderTarget(place)).before
    for each in (place / "gatljus1").iterdir():
        if each.is_dir():
            each.rename(each.with_name("f" * 32))
    with a.log.database.writing() as tables:
        # This stick was never seen with the walk.
        (marker,) = [each.name.removeprefix("target-") for each in (place / "gatljus1").glob("target-*")]
        tables.execute("update target set scope = ? where marker = ?", ("f" * 32, marker))
    assert walks_on(a.places, FolderTarget(place)).before == {"f" * 32}
