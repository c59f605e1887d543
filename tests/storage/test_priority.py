"""What goes first, both ways, and what is left to do after a pass was cut short or partly failed."""

import random
from itertools import count
from pathlib import Path

import pytest

from app.base.errors import GatljusError
from app.base.job import Step, finish
from app.commands.drafts import new_record
from app.commands.observations import observe
from app.commands.photos import photo_id
from app.commands.walks import new_walk
from app.domain.records import Photo
from app.jobs.sync import sync
from app.session import Session
from app.sync.exchange import exchange
from app.sync.heads import unpack
from app.sync.moves import lies_there
from app.sync.targets.folder import FolderTarget
from tests.homes import STOP, WALK, Home, Make
from tests.storage.exchanging import UNDER, Recording, files, photo

FIELDS = ("thumb", "report", "original")


def ranks(*homes: Home) -> dict[str, int]:
    """How urgent each blob is that a photo of these homes names."""
    found = {}
    for each in homes:
        with each.log.database.reading() as tables:
            for place, field in enumerate(FIELDS):
                for (value,) in tables.execute("select value from change where field = ?", [field]):
                    found[value.strip('"')] = place
    return found


def both_with_photos(home: Make, place: Path) -> tuple[Home, Home]:
    """A has three photos to send, and three of B's lie there for it."""
    a, b = home("A"), home("B")
    for number in range(3):
        photo(a, f"a{number:031x}")
        photo(b, f"b{number:031x}")
    b.sync(FolderTarget(place))
    return a, b


def test_the_most_useful_goes_first_over_all_photos_and_both_ways_at_once(home: Make, place: Path) -> None:
    a, b = both_with_photos(home, place)
    rank, recording = ranks(a, b), Recording(FolderTarget(place))
    a.sync(recording)
    order = []
    for what, name in recording.asked:
        last = name.rpartition("/")[2]
        if what in ("put", "get") and UNDER in name:
            order.append((what, "blob", rank[last]) if last in rank else (what, name.split("/")[2], -1))
    text = [each for each in order if each[2] < 0]
    blobs = [each for each in order if each[1] == "blob"]
    assert order == [*text[:-1], *blobs, text[-1]], "text, announcements; pictures; the last announcement"
    assert [each[:2] for each in text[-2:]] == [("put", "heads"), ("put", "heads")]
    assert ("get", "heads", -1) in text[:-2] and ("get", "changes", -1) in text
    assert [each[2] for each in blobs] == sorted(each[2] for each in blobs)
    for place_in_row in range(3):
        assert {each[0] for each in blobs if each[2] == place_in_row} == {"put", "get"}


def test_wherever_a_pass_is_cut_nothing_less_useful_has_gone_before_something_more_useful(
    home: Make, place: Path, tmp_path: Path
) -> None:
    a, b = both_with_photos(home, place)
    rank, cuts = ranks(a, b), 0
    for steps in count(1):
        cut = a.copy(tmp_path / f"kopia {steps}")
        there = tmp_path / f"minne {steps}"
        place_again(place, there)
        job = exchange(cut.log, cut.blobs, cut.places, FolderTarget(there), WALK, cut.me(), clock=cut.clock)
        over = False
        for _step in range(steps):
            try:
                next(job)
            except StopIteration:
                over = True
        job.close()
        lying, held = {path.name for path in files(there, "blobs")}, set(cut.blobs.names())
        missing = [rank[each] for each in rank if each not in lying or each not in held]
        moved = [rank[each] for each in rank if each in lying and each in held]
        assert not moved or not missing or max(moved) <= min(missing)
        if moved:
            assert {path.name.split(".")[0] for path in files(there, "changes")} == {a.device, b.device}
            assert len(cut.receipts().devices) == 2
            cuts += 1
        if over:
            break
    assert cuts >= len(rank)


def place_again(folder: Path, there: Path) -> None:
    """A copy of a folder."""
    for path in folder.rglob("*"):
        if path.is_file():
            copy = there / path.relative_to(folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())


def test_a_pass_cut_before_its_pictures_has_told_the_others_what_it_has(home: Make, place: Path) -> None:
    a, b = both_with_photos(home, place)
    job = exchange(a.log, a.blobs, a.places, FolderTarget(place), WALK, a.me(), clock=a.clock)
    while next(job).total == 0 or not any(path.name.startswith(a.device) for path in files(place, "heads")):
        pass
    job.close()
    (mine,) = [path for path in files(place, "heads") if path.name.startswith(a.device)]
    said = unpack(mine.read_bytes(), a.device)
    assert said.have[b.device][0] == 3
    assert set(said.lacking) == set(b.blobs.names())
    b.sync(FolderTarget(place))
    (row,) = [each for each in b.receipts().devices if each.device == a.device]
    assert (row.received, row.mine, row.announced) == (3, 3, 3)
    assert not any("Mottaget av" in each for each in b.receipts().state), "its pictures are not there"


def test_two_announcements_of_one_pass_leave_no_more_than_two_that_are_superseded(home: Make, place: Path) -> None:
    a, b = home("A"), home("B")
    for number in range(5):
        photo(b, f"{number:032x}")
        for each in (b, a):
            each.sync(FolderTarget(place))
    assert [len([path for path in files(place, "heads") if path.name.startswith(each.device)]) for each in (a, b)] == [
        3,
        3,
    ]


def test_without_news_nothing_is_put_also_where_a_file_there_stays_damaged_and_another_is_missing(
    home: Make, place: Path
) -> None:
    a, b = home("A"), home("B")
    names = photo(a)
    a.sync(FolderTarget(place))
    blobs = place / UNDER / "blobs"
    (blobs / names["original"]).unlink()
    (blobs / names["report"]).write_bytes(bytes((blobs / names["report"]).stat().st_size))
    b.sync(FolderTarget(place))
    recording = Recording(FolderTarget(place))
    b.sync(recording)
    assert recording.of("put") == recording.of("repair") == recording.of("delete") == []
    assert len(recording.of("list")) == 2


@pytest.mark.parametrize("seed", range(3))
def test_a_retry_sends_exactly_what_failed_and_the_numbers_are_right_at_every_step(
    home: Make, place: Path, seed: int
) -> None:
    print(f"seed {seed}")
    dice, a, b = random.Random(seed), home("A"), home("B")
    every: set[str] = set()
    for number in range(40):
        every |= set(photo(a, f"{number:032x}").values())
    failing = set(dice.sample(sorted(every), 20))
    first = Recording(FolderTarget(place), {f"put {UNDER}blobs/{each}": OSError(5, "trasigt") for each in failing})
    report = a.sync(first)
    assert {path.name for path in files(place, "blobs")} == every - failing == report.sent.names
    (copied,) = a.places.seen_at(WALK)
    assert copied.have == {} and copied.there.lacking == failing and copied.there.upto == {a.device: 40}
    b.sync(FolderTarget(place))
    assert set(b.receipts().missing_blobs) == failing
    again = Recording(FolderTarget(place))
    a.sync(again)
    assert {name.rpartition("/")[2] for name in again.of("put") if "/blobs/" in name} == failing
    assert len([name for name in again.of("put") if "/blobs/" in name]) == len(failing)
    (copied,) = a.places.seen_at(WALK)
    assert copied.there.lacking == frozenset() and copied.have
    got = Recording(FolderTarget(place))
    b.sync(got)
    assert {name.rpartition("/")[2] for name in got.of("get") if "/blobs/" in name} == failing
    assert b.receipts().missing_blobs == ()


def test_how_far_it_has_come_is_told_in_bytes_of_what_is_to_go_and_never_backwards(home: Make, place: Path) -> None:
    a, b = both_with_photos(home, place)
    size = sum(map(len, (each.blobs.read(name) for each in (a, b) for name in each.blobs.names())))
    told: list[Step] = []
    finish(exchange(a.log, a.blobs, a.places, FolderTarget(place), WALK, a.me(), clock=a.clock), told.append)
    steps = [each for each in told if each.in_bytes]
    assert len(steps) == 18, "one before each file: whoever cancels or pauses waits for one at most"
    assert {each.total for each in steps} == {size}
    assert [each.done for each in steps] == sorted(each.done for each in steps)
    assert (steps[0].done, steps[0].text, steps[-1].text) == (0, "Fil 1 av 18", "Fil 18 av 18")
    assert Step("", 312_400_000, 839_500_001, in_bytes=True).amount == "312 av 840\N{NO-BREAK SPACE}MB"
    assert Step("", 3, 9).amount == "3 av 9" and Step("").amount == ""


def test_what_lies_there_ends_before_the_first_batch_that_does_not() -> None:
    def batch(first: int, last: int) -> str:
        return f"{'a' * 32}.{first:010d}-{last:010d}.{'0' * 16}.jsonl.gz"

    held = {batch(1, 4): 10, batch(5, 6): 10, batch(7, 9): 10}
    have = {"a" * 32: [9, "x"], "b" * 32: [3, "x"]}
    assert lies_there(have, held, held) == {"a" * 32: 9}
    assert lies_there(have, held, {batch(1, 4): 10, batch(7, 9): 10}) == {"a" * 32: 4}
    assert lies_there(have, held, {**held, batch(1, 4): 9}) == {}
    # What was written since was in no batch yet.
    assert lies_there({"a" * 32: [12, "x"]}, held, held) == {"a" * 32: 9}


def test_what_a_target_holds_is_forgotten_when_it_is_no_longer_what_it_was(home: Make, place: Path) -> None:
    a = home("A")
    a.new("stop", STOP)
    photo(a)
    a.sync(FolderTarget(place))
    assert a.places.seen_at(WALK)[0].there.upto
    for path in place.rglob("*"):
        if path.is_file():
            path.unlink()
    assert a.sync(FolderTarget(place)).asks
    assert a.places.seen_at(WALK)[0].there.upto == {}


def test_in_one_sync_the_text_of_every_walk_goes_before_the_files_of_any(session: Session, tmp_path: Path) -> None:
    place, walks = tmp_path / "place", list[str]()
    place.mkdir()
    for title in ("En", "Två"):
        walks.append(new_walk(session, {"title": title}))
        original = session.blobs.put(title.encode() * 1000)
        session.write(walks[-1], new_record(session, Photo, photo_id(walks[-1], original), {"original": original}))
        finish(sync(session, str(place), walk=walks[-1]))
        observe(session, walks[-1], {"text": "mörkt", "category": "lighting"})
        later = session.blobs.put(title.encode() * 2000)
        session.write(walks[-1], new_record(session, Photo, photo_id(walks[-1], later), {"original": later}))
    before = {*place.rglob("*")}
    job = sync(session, str(place))
    while not next(job).in_bytes:
        pass
    job.close()
    new = {each.relative_to(place).as_posix() for each in {*place.rglob("*")} - before if each.is_file()}
    assert {each.split("/")[1] for each in new if "/changes/" in each} == set(walks)
    assert not [each for each in new if UNDER in each]
    done = finish(sync(session, str(place)))
    assert [each.sent.blobs for each in done.reports.values()] == [1, 1]


def test_a_walk_that_fails_holds_up_neither_the_text_nor_the_files_of_another(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, walks = tmp_path / "place", list[str]()
    place.mkdir()
    photos = dict[str, str]()
    for title in ("En", "Två", "Tre"):
        walks.append(new_walk(session, {"title": title}))
        finish(sync(session, str(place), walk=walks[-1]))
        photos[walks[-1]] = original = session.blobs.put(title.encode() * 1000)
        session.write(walks[-1], new_record(session, Photo, photo_id(walks[-1], original), {"original": original}))
    bad, real = sorted(walks)[1], FolderTarget.list

    def fails(target: FolderTarget, prefix: str) -> dict[str, int]:
        if bad in prefix:
            raise OSError(5, "Input/output error")
        return real(target, prefix)

    monkeypatch.setattr(FolderTarget, "list", fails)
    with pytest.raises((OSError, GatljusError)):
        finish(sync(session, str(place)))
    for walk in walks:
        assert (place / "gatljus1" / walk / "blobs" / photos[walk]).exists() == (walk != bad), walk
