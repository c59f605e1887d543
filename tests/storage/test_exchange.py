"""One pass over a folder: what goes where, what is told, what never happens."""

import gzip
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from app.base.errors import GatljusError
from app.base.job import finish
from app.domain.batch import parse_name, sha16_of
from app.domain.records import Observation, Stop
from app.sync.about import RECIPE, about
from app.sync.exchange import exchange
from app.sync.names import matches
from app.sync.survey import walks_on
from app.sync.targets.folder import FolderTarget
from tests.homes import NOTE, PICTURE, START, STOP, WALK, Home, Make
from tests.storage.exchanging import UNDER, Recording, files, fill, photo


def test_two_homes_meet_and_a_pass_without_news_costs_two_listings(home: Make, target: FolderTarget) -> None:
    a, b = home("A"), home("B")
    a.new("stop", STOP, name="Torget")
    photo(a)
    sent = a.sync(target).sent
    assert (sent.changes, sent.blobs) == (2, 3)
    got = b.sync(target).got
    assert got == sent
    a.sync(target)
    for each in (a, b):
        recording = Recording(target)
        report = each.sync(recording)
        assert report.copied
        assert [what for what, _ in recording.asked] == ["list", "list"]
    assert a.everything() == b.everything()


def test_what_lies_on_a_target_is_named_as_the_format_says(home: Make, place: Path, target: FolderTarget) -> None:
    a = home("A")
    a.new("stop", STOP, name="Torget")
    blobs = set(photo(a).values())
    a.sync(target)
    names = set(target.list("gatljus1/"))
    assert all(re.fullmatch(r"[a-z0-9./-]+", name) and len(name.rpartition("/")[2]) < 100 for name in names)
    (marker,) = [name for name in names if name.startswith("gatljus1/target-")]
    assert re.fullmatch(r"gatljus1/target-[0-9a-f]{16}", marker)
    assert (place / marker).read_bytes() == b""
    assert {name.removeprefix(UNDER + "blobs/") for name in names if "/blobs/" in name} == blobs
    (batch,) = [name for name in names if "/changes/" in name]
    said = parse_name(batch.removeprefix(UNDER + "changes/"))
    assert said
    assert (said.device, said.first, said.last) == (a.device, 1, 2)
    (heads,) = [name for name in names if "/heads/" in name]
    assert re.fullmatch(rf"{UNDER}heads/{a.device}\.0000000001\.[0-9a-f]{{16}}\.json", heads)
    assert UNDER + about(WALK)[0] in names
    assert all(matches(name, (place / name).read_bytes()) for name in names)


def test_an_announcement_says_what_the_format_says_in_order_of_keys(home: Make, place: Path) -> None:
    a = home("A")
    a.new("stop", STOP, name="Torget")
    a.new("photo", PICTURE, thumb="ab" * 32)
    a.sync(FolderTarget(place))
    (path,) = files(place, "heads")
    said = json.loads(path.read_text())
    assert list(said) == sorted(said)
    assert set(said) == {
        "format", "device", "machine", "was", "letter", "label", "have", "lacking", "damaged", "keeps", "done",
    }  # fmt: skip
    assert said["format"] == 1
    assert said["have"] == a.log.have(WALK)
    assert said["have"][a.device][0] == 2
    assert said["lacking"] == ["ab" * 32]
    assert (said["damaged"], said["keeps"], said["done"], said["was"]) == ([], False, False, None)
    assert (said["letter"], said["label"]) == ("A", "Platta A")
    assert "machine of A" not in path.read_text()


def test_announcements_count_up_with_their_content_and_two_superseded_ones_are_kept(home: Make, place: Path) -> None:
    a = home("A")
    for number in range(6):
        a.new("stop", f"{number:032x}")
        for _again in range(2):
            a.sync(FolderTarget(place))
    assert [int(path.name.split(".")[1]) for path in files(place, "heads")] == [4, 5, 6]


def test_one_announcement_goes_to_two_targets_under_one_number(home: Make, place: Path, tmp_path: Path) -> None:
    a = home("A")
    a.new("stop", STOP)
    a.sync(FolderTarget(place))
    a.sync(FolderTarget(tmp_path / "annat"))
    a.sync(FolderTarget(place))
    names = [sorted(FolderTarget(each).list(UNDER + "heads/")) for each in (place, tmp_path / "annat")]
    assert names[0] == names[1]
    assert len(names[0]) == 1


def test_a_number_is_higher_than_any_that_lies_there_under_the_devices_id(home: Make, place: Path) -> None:
    a = home("A")
    a.new("stop", STOP)
    a.sync(FolderTarget(place))
    (own,) = files(place, "heads")
    own.rename(own.with_name(own.name.replace("0000000001", "0000000041")))
    a.new("stop", NOTE)
    a.sync(FolderTarget(place))
    assert [int(path.name.split(".")[1]) for path in files(place, "heads")] == [41, 42]


def test_announcements_of_others_are_not_passed_on(home: Make, place: Path, tmp_path: Path) -> None:
    a, b = home("A"), home("B")
    a.new("stop", STOP)
    a.sync(FolderTarget(place))
    b.sync(FolderTarget(place))
    b.sync(FolderTarget(tmp_path / "annat"))
    assert [path.name.split(".")[0] for path in sorted((tmp_path / "annat" / UNDER / "heads").iterdir())] == [b.device]


def test_text_goes_first_then_small_pictures_then_larger_then_originals(home: Make, target: FolderTarget) -> None:
    a, b = home("A"), home("B")
    photos = [photo(a, f"{number:032x}") for number in range(3)]
    rank = {
        name: place for each in photos for place, name in enumerate((each["thumb"], each["report"], each["original"]))
    }
    recording = Recording(target)
    a.sync(recording)
    put = [name.rpartition("/")[2] for name in recording.of("put") if "/blobs/" in name]
    assert [rank[name] for name in put] == sorted(rank[name] for name in put)
    assert len(put) == 9
    first_blob = next(index for index, name in enumerate(recording.of("put")) if "/blobs/" in name)
    assert any("/changes/" in name for name in recording.of("put")[:first_blob])
    recording = Recording(target)
    b.sync(recording)
    got = [name.rpartition("/")[2] for name in recording.of("get") if "/blobs/" in name]
    assert [rank[name] for name in got] == sorted(rank[name] for name in got)
    assert len(got) == 9


def test_what_others_have_is_passed_on_by_who_meets_both(home: Make, place: Path, tmp_path: Path) -> None:
    a, b, c = home("A"), home("B"), home("C")
    a.new("stop", STOP, name="Torget")
    names = photo(a)
    a.sync(FolderTarget(place))
    b.sync(FolderTarget(place))
    b.sync(FolderTarget(tmp_path / "annat"))
    c.sync(FolderTarget(tmp_path / "annat"))
    assert c.everything() == a.everything()
    assert set(c.blobs.names()) == set(names.values())
    (name,) = a.log.batches(WALK)
    assert c.log.batch(name) == a.log.batch(name)


def test_one_object_that_fails_is_named_and_does_not_stop_the_rest(home: Make, target: FolderTarget) -> None:
    a, b = home("A"), home("B")
    fill(a, 4)
    names = photo(a)
    (first, *_rest) = sorted(a.log.batches(WALK))
    report = a.sync(Recording(target, {f"put {UNDER}changes/{first}": OSError(5, "I/O error")}))
    assert [each.name for each in report.problems] == [f"{UNDER}changes/{first}"]
    assert not report.copied
    assert report.sent.blobs == 3
    a.sync(target)
    failing = {
        f"get {UNDER}blobs/{names['thumb']}": OSError(5, "I/O error"),
        f"changes/{first}": OSError(5, "I/O error"),
    }
    report = b.sync(Recording(target, failing))
    assert {each.name.rpartition("/")[2] for each in report.problems} == {first, names["thumb"]}
    assert report.missing == [names["thumb"]]
    assert len(b.shown(Stop)) == 3
    b.sync(target)
    assert b.everything() == a.everything()


def test_a_target_that_is_full_takes_no_more_but_is_still_read(home: Make, target: FolderTarget) -> None:
    a, b = home("A"), home("B")
    a.new("stop", STOP, name="Torget")
    a.sync(target)
    b.new("stop", NOTE, name="Backen")
    full = Recording(target, {"put gatljus1": GatljusError("target-full", "Fullt", "Frigör")})
    report = b.sync(full)
    assert report.refused is not None
    assert report.refused.code == "target-full"
    assert len(full.of("put")) == 1
    assert set(b.shown(Stop)) == {STOP, NOTE}
    assert b.sync(target).copied


def test_a_target_that_cannot_be_written_changes_nothing_here(home: Make, target: FolderTarget) -> None:
    a = home("A")
    a.new("stop", STOP, name="Torget")
    with pytest.raises(GatljusError, match="Skrivskyddad"):
        a.sync(Recording(target, {"put": GatljusError("target-not-writable", "Skrivskyddad", "Välj en annan")}))
    assert a.log.batches(WALK) == {}
    assert a.log.unsent(WALK) == 2


def test_a_pass_stopped_anywhere_leaves_a_true_state_and_is_finished_by_the_next(home: Make, tmp_path: Path) -> None:
    whole = home("A")
    fill(whole, 3)
    photo(whole)
    whole.log.close()
    steps = 0
    for stop_after in range(40):
        shutil.copytree(tmp_path / "A", tmp_path / f"A{stop_after}")
        a = Home(tmp_path / f"A{stop_after}", "A")
        place = tmp_path / f"minne{stop_after}"
        job = exchange(a.log, a.blobs, a.places, FolderTarget(place), WALK, a.me(), clock=a.clock)
        taken = sum(1 for _step, _number in zip(job, range(stop_after), strict=False))
        job.close()
        assert all(matches(name, (place / name).read_bytes()) for name in FolderTarget(place).list("gatljus1/"))
        assert a.sync(FolderTarget(place)).copied
        b = Home(tmp_path / f"B{stop_after}", "B")
        b.sync(FolderTarget(place))
        assert b.everything() == a.everything()
        if taken == steps and stop_after:
            break
        steps = taken
    assert steps > 6


def test_another_walk_and_other_files_in_the_folder_are_untouched(home: Make, place: Path) -> None:
    other = f"gatljus1/{'f' * 32}/changes/x"
    for name in ("brev.txt", other, "gatljus2/x"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(b"mitt")
    a = home("A")
    a.new("stop", STOP)
    a.sync(FolderTarget(place))
    assert all((place / name).read_bytes() == b"mitt" for name in ("brev.txt", other, "gatljus2/x"))
    assert a.log.scopes() == [WALK]
    assert walks_on(a.places, FolderTarget(place))[0] == {WALK, "f" * 32}


def test_a_batch_of_another_walk_that_was_put_in_the_wrong_folder_is_named_and_not_taken(
    home: Make, place: Path
) -> None:
    a, b = home("A"), home("B")
    a.new("stop", STOP)
    a.sync(FolderTarget(place))
    (batch,) = files(place, "changes")
    wrong = place / "gatljus1" / ("f" * 32) / "changes"
    wrong.mkdir(parents=True)
    (wrong / batch.name).write_bytes(batch.read_bytes())
    job = exchange(b.log, b.blobs, b.places, FolderTarget(place), "f" * 32, b.me(), clock=b.clock)
    assert [each.name for each in finish(job).problems] == [batch.name]
    assert b.shown(Stop) == {}
    b.sync(FolderTarget(place))
    assert set(b.shown(Stop)) == {STOP}


def test_newer_batches_are_told_and_passed_on_and_are_not_in_what_is_announced(home: Make, place: Path) -> None:
    a, b = home("A"), home("B")
    a.new("stop", STOP)
    a.sync(FolderTarget(place))
    (path,) = files(place, "changes")
    header, *lines = gzip.decompress(path.read_bytes()).split(b"\n")
    newer = json.loads(header) | {"min_reader": 9, "format": 9, "first": 2, "last": 2}
    data = gzip.compress(json.dumps(newer).encode() + b"\n" + b"\n".join(lines), mtime=0)
    name = f"{a.device}.0000000002-0000000002.{sha16_of(data)}.jsonl.gz"
    path.with_name(name).write_bytes(data)
    report = b.sync(FolderTarget(place))
    assert list(report.not_applied) == [name]
    assert b.log.have(WALK)[a.device][0] == 1
    b.sync(FolderTarget(place.parent / "annat"))
    assert (place.parent / "annat" / UNDER / "changes" / name).read_bytes() == data


def test_the_recipe_in_about_reads_every_observation_and_photo_with_zcat_and_jq(home: Make, place: Path) -> None:
    if not shutil.which("jq") or not shutil.which("zcat"):
        pytest.skip("zcat and jq are not on this machine")
    a, b = home("A"), home("B")
    a.new("observation", NOTE, tag="A1", text='Mörkt vid "torget"', observed_at=START)
    a.sync(FolderTarget(place))
    b.sync(FolderTarget(place))
    b.set("observation", NOTE, text="Mörkt vid tunneln")
    names = photo(b)
    b.set("photo", PICTURE, name="IMG_1.JPG")
    b.sync(FolderTarget(place))
    (said,) = [path for path in (place / UNDER).iterdir() if path.name.startswith("about.")]
    assert tuple(json.loads(said.read_text())["zcat, jq"]) == RECIPE
    listed = [
        subprocess.run(["bash", "-ec", each], cwd=place / UNDER, capture_output=True, text=True, check=True).stdout
        for each in RECIPE
    ]
    assert listed[3] == "A1\t2026-10-23T16:05:00Z\tMörkt vid tunneln\n"
    assert listed[4] == f"{names['original']}\tIMG_1.JPG\n"
    assert a.shown(Observation)
