"""One pass over a folder: what goes where, what heals, what asks, what never happens."""

import gzip
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from app.base.errors import GatljusError
from app.base.job import finish
from app.domain.batch import parse_name, sha16_of
from app.domain.ports import Target
from app.domain.records import Observation, Stop
from app.sync.about import RECIPE, about
from app.sync.exchange import exchange
from app.sync.names import matches
from app.sync.survey import Asks, walks_on
from app.sync.targets.folder import FolderTarget
from tests.homes import START, WALK, Home

STOP, NOTE, PICTURE = "5" * 32, "6" * 32, "7" * 32
UNDER = f"gatljus1/{WALK}/"
LONG = timedelta(minutes=11)

Make = Callable[[str], Home]


class Recording:
    """A target that writes down what is asked of it, and fails where it is told to."""

    def __init__(self, target: Target, failing: Mapping[str, Exception] | None = None) -> None:
        self._target = target
        self._failing = failing or {}
        self.asked: list[tuple[str, str]] = []

    def _note(self, what: str, name: str) -> None:
        self.asked.append((what, name))
        for part, error in self._failing.items():
            if part in f"{what} {name}":
                raise error

    def of(self, what: str) -> list[str]:
        """The names that were asked for so."""
        return [name for asked, name in self.asked if asked == what]

    @property
    def label(self) -> str:
        return self._target.label

    @property
    def here(self) -> bool:
        return self._target.here

    def list(self, prefix: str) -> dict[str, int]:
        self._note("list", prefix)
        return self._target.list(prefix)

    def get(self, name: str) -> bytes:
        self._note("get", name)
        return self._target.get(name)

    def put_new(self, name: str, data: bytes) -> None:
        self._note("put", name)
        self._target.put_new(name, data)

    def repair(self, name: str, data: bytes) -> None:
        self._note("repair", name)
        self._target.repair(name, data)

    def delete(self, name: str) -> None:
        self._note("delete", name)
        self._target.delete(name)


@pytest.fixture
def home(tmp_path: Path) -> Make:
    """Makes a home of the device with that name."""
    return lambda name: Home(tmp_path / name, name)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The folder where devices meet."""
    (tmp_path / "minne").mkdir()
    return tmp_path / "minne"


@pytest.fixture
def target(place: Path) -> FolderTarget:
    """The target in that folder."""
    return FolderTarget(place)


def files(place: Path, part: str) -> list[Path]:
    """The files of a part of the walk's folder, in order."""
    return sorted((place / UNDER / part).iterdir())


def fill(home: Home, batches: int) -> None:
    """Freeze so many batches."""
    for number in range(batches):
        home.new("stop", f"{number:032x}", name=str(number))
        home.log.freeze(WALK)


def photo(home: Home, record: str = PICTURE) -> dict[str, str]:
    """A photo with its three blobs."""
    names = {field: home.blobs.put(f"{field} of {record}".encode() * 50) for field in ("original", "report", "thumb")}
    home.new("photo", record, **names)
    return names


def test_two_homes_meet_and_a_pass_without_news_costs_two_listings(home: Make, target: FolderTarget) -> None:
    a, b = home("A"), home("B")
    a.new("stop", STOP, name="Torget")
    photo(a)
    sent = a.sync(target).sent
    assert (sent.changes, sent.blobs) == (6, 3)
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


@pytest.mark.parametrize("part", ["changes", "blobs"])
def test_a_short_object_is_put_right_by_someone_who_did_not_write_it(home: Make, place: Path, part: str) -> None:
    a, b, c = home("A"), home("B"), home("C")
    photo(a)
    a.sync(FolderTarget(place))
    b.sync(FolderTarget(place))
    cut = files(place, part)[0]
    whole = cut.read_bytes()
    cut.write_bytes(whole[:10])
    assert [each.name for each in c.sync(FolderTarget(place)).damaged] == [cut.name] * 1
    assert b.sync(FolderTarget(place)).repaired == 1
    assert cut.read_bytes() == whole
    c.sync(FolderTarget(place))
    assert c.everything() == a.everything()


@pytest.mark.parametrize("part", ["changes", "blobs"])
def test_a_turned_bit_is_put_right_when_a_reader_says_so(home: Make, place: Path, part: str) -> None:
    a, b, c = home("A"), home("B"), home("C")
    photo(a)
    a.sync(FolderTarget(place))
    b.sync(FolderTarget(place))
    turned = files(place, part)[0]
    whole = turned.read_bytes()
    turned.write_bytes(whole[:12] + bytes([whole[12] ^ 8]) + whole[13:])
    assert b.sync(FolderTarget(place)).repaired == 0
    assert {each.name for each in c.sync(FolderTarget(place)).damaged} == {turned.name}
    assert b.sync(FolderTarget(place)).repaired == 1
    assert turned.read_bytes() == whole
    report = c.sync(FolderTarget(place))
    assert (report.damaged, report.missing) == ([], [])
    assert c.everything() == a.everything()


def test_a_batch_that_this_homes_own_disk_has_spoilt_is_fetched_again_and_never_sent(home: Make, place: Path) -> None:
    a = home("A")
    a.new("stop", STOP, name="Torget")
    a.sync(FolderTarget(place))
    (name,) = a.log.batches(WALK)
    whole = a.log.batch(name)
    with a.log.database.writing() as tables:
        tables.execute("update batch set bytes = ? where name = ?", (whole[:40], name))
    a.sync(FolderTarget(place))
    assert a.log.batch(name) == whole
    assert (place / UNDER / "changes" / name).read_bytes() == whole
    assert len(a.table("change")) == 2


def test_a_photo_that_this_homes_own_disk_has_cut_is_fetched_again(home: Make, place: Path) -> None:
    a = home("A")
    names = photo(a)
    a.sync(FolderTarget(place))
    path = a.blobs.path(names["original"])
    whole = path.read_bytes()
    path.write_bytes(whole[:9])
    report = a.sync(FolderTarget(place))
    assert [each.name for each in report.problems] == [names["original"]]
    assert path.read_bytes() == whole
    assert (place / UNDER / "blobs" / names["original"]).read_bytes() == whole
    assert a.sync(FolderTarget(place)).copied


def lacking(place: Path, home: Home) -> object:
    """What a home's latest announcement says that it lacks."""
    latest = max(path for path in files(place, "heads") if path.name.startswith(home.device))
    return json.loads(latest.read_text())["lacking"]


def test_a_photo_found_spoilt_while_it_is_put_is_told_and_announced_as_lacking(home: Make, place: Path) -> None:
    a = home("A")
    name = photo(a)["original"]
    a.blobs.path(name).write_bytes(b"rot")
    for _again in range(2):
        report = a.sync(FolderTarget(place))
        assert (report.missing, report.copied, lacking(place, a)) == ([name], False, [name])


def test_a_photo_found_spoilt_while_it_would_repair_another_copy_is_announced_as_lacking(
    home: Make, place: Path
) -> None:
    a, b = home("A"), home("B")
    name = photo(a)["original"]
    a.sync(FolderTarget(place))
    for path in (a.blobs.path(name), place / UNDER / "blobs" / name):
        path.write_bytes(path.read_bytes()[::-1])
    assert name in {each.name for each in b.sync(FolderTarget(place)).damaged}
    report = a.sync(FolderTarget(place))
    assert (report.missing, report.copied, lacking(place, a)) == ([name], False, [name])


def test_a_blob_whose_bytes_are_wrong_is_not_kept(home: Make, place: Path) -> None:
    a, b = home("A"), home("B")
    a.new("photo", PICTURE, thumb="ab" * 32)
    a.sync(FolderTarget(place))
    (place / UNDER / "blobs").mkdir()
    (place / UNDER / "blobs" / ("ab" * 32)).write_bytes(b"something else")
    report = b.sync(FolderTarget(place))
    assert report.missing == ["ab" * 32]
    assert b.blobs.names() == {}


@pytest.mark.parametrize("part", ["changes", "blobs"])
@pytest.mark.parametrize("ending", ["", ".nextcloud", ".icloud"])
def test_a_placeholder_of_a_cloud_folder_is_named_and_neither_put_again_nor_fetched(
    home: Make, place: Path, part: str, ending: str
) -> None:
    a, b = home("A"), home("B")
    names = photo(a)
    a.sync(FolderTarget(place))
    lying = next(path for path in files(place, part) if path.name not in (names["report"], names["thumb"]))
    whole, name = lying.read_bytes(), lying.name
    lying.unlink()
    hollow = lying.with_name(f".{name}{ending}" if ending == ".icloud" else name + ending)
    hollow.write_bytes(b"pointer" if ending == ".nextcloud" else b"")
    for each in (a, b):
        report = each.sync(FolderTarget(place))
        assert report.waiting == [name]
        assert report.copied == (each is b)
        assert (report.repaired, report.put_again, report.asks) == (0, 0, None)
    assert not lying.exists() or lying.read_bytes() == b""
    a.clock.now += LONG
    a.sync(FolderTarget(place))
    if ending:
        assert not lying.exists()
    else:
        assert lying.read_bytes() == whole


def test_an_empty_file_that_has_just_come_is_not_replaced_when_the_clock_goes_back(home: Make, place: Path) -> None:
    a = home("A")
    a.new("stop", STOP)
    a.sync(FolderTarget(place))
    files(place, "changes")[0].write_bytes(b"")
    a.sync(FolderTarget(place))
    a.clock.now -= timedelta(days=400)
    assert a.sync(FolderTarget(place)).repaired == 0
    a.clock.now += timedelta(minutes=9)
    assert a.sync(FolderTarget(place)).repaired == 0
    a.clock.now += timedelta(minutes=2)
    assert a.sync(FolderTarget(place)).repaired == 1


def test_a_copy_that_a_cloud_program_made_is_read_when_the_original_is_gone(home: Make, place: Path) -> None:
    a, b = home("A"), home("B")
    names = photo(a)
    a.sync(FolderTarget(place))
    for part in ("changes", "blobs"):
        for path in files(place, part):
            beside = path.name.replace(".jsonl.gz", "") + " (Annas konflikterade kopia 2026-10-23)"
            path.rename(path.with_name(beside + (".jsonl.gz" if part == "changes" else "")))
    (place / UNDER / "changes" / "Thumbs.db").write_bytes(b"junk")
    report = b.sync(FolderTarget(place))
    assert report.problems == []
    assert b.everything() == a.everything()
    assert set(b.blobs.names()) == set(names.values())


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


def test_a_purged_walk_is_not_put_again_without_a_question(home: Make, place: Path) -> None:
    a = home("A")
    a.new("stop", STOP)
    (place / UNDER).mkdir(parents=True)
    (place / UNDER / "purged.0123456789abcdef.json").write_bytes(b"{}")
    assert a.sync(FolderTarget(place)).asks == Asks.ROLLED_BACK
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
