"""What is said of each device: how much of it is here, what is missing and where that lies, what is damaged, unread or
forked, and when it was last seen. Every figure is another device's, and changes with its announcement."""

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.batch import sha16_of
from app.domain.ports import Taken
from app.queries.device_words import details, lines_of, place_words, ranges
from app.sync.heads import name_of, said_in
from app.sync.holders import Unread, without
from app.sync.receipts import DeviceReceipt
from app.sync.targets.folder import FolderTarget
from tests.homes import NOTE, PICTURE, STOP, WALK, Clock, Home, Make
from tests.storage.exchanging import Recording, files, fill, photo


def line_of(each: DeviceReceipt, zone: str, now: datetime) -> str:
    """All that is told of a device."""
    return "\n".join(lines_of(each, zone, now))


BLOB = "ab" * 32


def row(home: Home, of: Home) -> DeviceReceipt:
    """What is said in a home of another."""
    (found,) = [each for each in home.receipts().devices if each.device == of.device]
    return found


def rewrite(place: Path, of: Home, change: Callable[[dict[str, Any]], None]) -> None:
    """Edit a device's latest announcement by hand, under the next number and the name that the bytes have."""
    latest = max(
        (each for each in files(place, "heads") if each.name.startswith(of.device)), key=lambda each: each.name
    )
    said = json.loads(latest.read_text())
    change(said)
    data = json.dumps(said, sort_keys=True).encode()
    (latest.parent / name_of(of.device, said_in(latest.name)[1] + 1, data)).write_bytes(data)


def lose(place: Path, *numbers: int) -> list[tuple[Path, bytes]]:
    """Take batches away from the target, by their order; returns them."""
    found = [files(place, "changes")[number] for number in numbers]
    kept = [(path, path.read_bytes()) for path in found]
    for path in found:
        path.unlink()
    return kept


@pytest.mark.parametrize(
    ("key", "value", "field", "figure"),
    [
        ("lacking", [BLOB, "cd" * 32], "lacking", 2),
        ("keeps", True, "keeps", True),
        ("done", True, "done", True),
        ("damaged", [BLOB], "damaged", [BLOB]),
        ("letter", "Q", "letter", "Q"),
    ],
)
def test_a_figure_is_what_the_device_announced_and_changes_with_its_file(
    home: Make, place: Path, key: str, value: Any, field: str, figure: Any
) -> None:
    a, b = home("A"), home("B")
    a.new("stop", STOP)
    a.sync(FolderTarget(place))
    b.sync(FolderTarget(place))
    a.sync(FolderTarget(place))
    before = getattr(row(a, b), field)
    rewrite(place, b, lambda said: said.update({key: value}))
    a.sync(FolderTarget(place))
    after = getattr(row(a, b), field)
    assert [each.name for each in after] == figure if key == "damaged" else after == figure
    assert before != after


def test_how_much_of_a_device_is_here_is_told_against_what_it_announced(home: Make, place: Path) -> None:
    a, c = home("A"), home("C")
    fill(c, 200)
    c.sync(FolderTarget(place))
    lose(place, *range(30, 40), *range(132, 200))
    a.sync(FolderTarget(place))
    found = row(a, c)
    assert (found.announced, found.known, found.here) == (200, 200, 122)
    assert found.gaps == ((31, 40), (133, 200))
    seen = datetime.fromisoformat(found.seen or "")
    said = line_of(found, "Europe/Helsinki", seen)
    assert said.startswith("Platta C: 122 av 200 mottagna, senast sedd 19.05.")
    assert "Ändringarna 31–40 och 133–200 saknas här. Finns hos C" in said
    assert a.receipts().missing_changes == 78
    assert "78 ändringar har inte kommit hit än." in a.receipts().sentences


def test_the_figure_follows_a_third_devices_word_of_a_device_that_said_nothing(home: Make, place: Path) -> None:
    a, b, c = home("A"), home("B"), home("C")
    fill(c, 3)
    c.send(b)
    a.new("stop", STOP)
    b.sync(FolderTarget(place))
    lose(place, 2)
    a.sync(FolderTarget(place))
    found = row(a, c)
    assert (found.announced, found.known, found.gaps, found.gaps_at) == (None, 3, ((3, 3),), ("B",))
    rewrite(place, b, lambda said: said["have"].update({c.device: [7, "0" * 16]}))
    a.sync(FolderTarget(place))
    assert row(a, c).gaps == ((3, 7),)
    rewrite(place, b, lambda said: said["have"].update({"9" * 32: [4, "0" * 16]}))
    a.sync(FolderTarget(place))
    (unheard,) = [each for each in a.receipts().devices if each.device == "9" * 32]
    assert (unheard.here, unheard.known, unheard.gaps_at) == (0, 4, ("B",))


def test_last_seen_is_when_something_new_was_read_here_and_nothing_else_moves_it(home: Make, place: Path) -> None:
    a, b = home("A", clock=Clock(pinned=True)), home("B", clock=Clock(timedelta(days=700)))
    b.new("stop", STOP)
    b.sync(FolderTarget(place))
    assert a.receipts().devices == ()
    a.sync(FolderTarget(place))
    first = row(a, b).seen
    assert first == "2026-10-23T16:05:00Z", "by this home's clock, never by the other's"
    a.clock.now += timedelta(days=1)
    a.new("stop", NOTE)
    for each in (a, a):
        each.sync(FolderTarget(place))
    assert row(a, b).seen == first, "what was read before is nothing new"
    old = max(files(place, "heads"), key=lambda each: each.name.startswith(b.device))
    data = old.read_bytes().replace(b'"done":false', b'"done":true')
    (old.parent / name_of(b.device, 0, data)).write_bytes(data)
    a.sync(FolderTarget(place))
    assert row(a, b).seen == first, "an older announcement says nothing of now"
    b.sync(FolderTarget(place))
    a.sync(FolderTarget(place))
    assert row(a, b).seen == "2026-10-24T16:05:00Z"
    (mine,) = [each for each in a.receipts().devices if each.own]
    assert mine.seen is None


def test_last_seen_is_told_by_the_walks_clock_with_the_day_where_it_was_another(home: Make, place: Path) -> None:
    a, b = home("A"), home("B")
    b.new("stop", STOP)
    b.sync(FolderTarget(place))
    a.sync(FolderTarget(place))
    found = replace(row(a, b), seen="2026-10-24T22:30:00Z")
    late, next_day = datetime(2026, 10, 24, 23, 0, tzinfo=UTC), datetime(2026, 10, 25, 22, 30, tzinfo=UTC)
    assert "senast sedd 00.30." in line_of(found, "Europe/Stockholm", late)
    # In between the clocks were put back.
    assert "senast sedd 00.30." in line_of(found, "Europe/Stockholm", next_day)
    assert "senast sedd 2026-10-25 01.30." in line_of(found, "Europe/Helsinki", next_day)
    assert "senast sedd" not in line_of(replace(found, seen=None), "Europe/Helsinki", next_day)


def test_a_missing_photo_lies_with_those_who_know_of_it_and_do_not_lack_it(home: Make, place: Path) -> None:
    a, b, c, d = (home(name) for name in "ABCD")
    d.new("stop", STOP)
    d.sync(FolderTarget(place))
    names = photo(c)
    c.sync(FolderTarget(place))
    lost = place / "gatljus1" / WALK / "blobs" / names["original"]
    lost.unlink()
    b.sync(FolderTarget(place))
    a.sync(FolderTarget(place))
    found = a.receipts()
    assert found.missing_blobs == (names["original"],)
    # B knows of it and lacks it; D has not heard of it, and lacks nothing that it knows of.
    assert found.missing_at == {names["original"]: ("C",)}
    assert found.missing_photos == 1
    rewrite(place, c, lambda said: said.update(lacking=[names["original"]]))
    a.sync(FolderTarget(place))
    assert a.receipts().missing_at == {names["original"]: ()}
    rewrite(place, b, lambda said: said.update(lacking=[]))
    a.sync(FolderTarget(place))
    assert a.receipts().missing_at == {names["original"]: ("B",)}


def test_where_to_look_is_known_also_while_changes_of_who_has_it_are_missing(home: Make, place: Path) -> None:
    a, c = home("A"), home("C")
    names = photo(c)
    c.log.freeze(WALK)
    fill(c, 2)
    c.sync(FolderTarget(place))
    (place / "gatljus1" / WALK / "blobs" / names["thumb"]).unlink()
    lose(place, 1)
    a.sync(FolderTarget(place))
    assert a.receipts().missing_at == {names["thumb"]: ("C",)}


def test_three_files_of_one_photo_are_one_photo_that_is_missing(home: Make, place: Path) -> None:
    a, b = home("A"), home("B")
    b.new("photo", PICTURE, original="ab" * 32, report="cd" * 32, thumb="ef" * 32)
    b.sync(FolderTarget(place))
    a.sync(FolderTarget(place))
    assert "1 foto har inte kommit hit än." in a.receipts().sentences


def newer(place: Path, of: Home, first: int, last: int) -> None:
    """Put a batch there that a newer version wrote."""
    header = {
        "format": 9, "min_reader": 9, "scope": WALK, "device": of.device, "first": first, "last": last, "prev": None,
        "count": 1,
    }  # fmt: skip
    data = gzip.compress(json.dumps(header).encode() + b"\n{}\n", mtime=0)
    name = f"{of.device}.{first:010d}-{last:010d}.{sha16_of(data)}.jsonl.gz"
    (place / "gatljus1" / WALK / "changes" / name).write_bytes(data)


def test_what_a_newer_version_wrote_is_here_unread_and_not_missing(home: Make, place: Path) -> None:
    a, b = home("A"), home("B")
    fill(b, 3)
    b.sync(FolderTarget(place))
    newer(place, b, 4, 6)
    rewrite(place, b, lambda said: said["have"].update({b.device: [8, "0" * 16]}))
    a.sync(FolderTarget(place))
    found = row(a, b)
    assert [(each.first, each.last, each.why) for each in found.unread] == [(4, 6, Taken.NEWER)]
    assert (found.known, found.here, found.gaps) == (8, 6, ((7, 8),))
    assert any(each.startswith("Ändringarna 4–6 är skrivna med en nyare version.") for each in details(found))
    told = a.receipts()
    assert (told.missing_changes, told.unread_changes) == (5, 3)
    assert {"2 ändringar har inte kommit hit än.", "3 ändringar ligger här olästa."} <= set(told.sentences)
    assert told.everything is None


def test_an_id_that_was_in_two_places_is_told_until_all_have_both(home: Make, place: Path, tmp_path: Path) -> None:
    a, b, d = home("A"), home("B"), home("D")
    a.new("stop", STOP, name="Torget")
    fork = a.copy(tmp_path / "kopia", seed="annan slump")
    a.set("stop", STOP, name="söder")
    fork.set("stop", STOP, name="norr")
    fork.send(b)
    a.send(d)
    b.sync(FolderTarget(place))
    (said,) = files(place, "heads")
    other = tmp_path / "annat"
    heads = other / "gatljus1" / WALK / "heads"
    heads.mkdir(parents=True)
    (heads / said.name).write_bytes(said.read_bytes())
    d.sync(FolderTarget(other))
    found = row(d, a)
    assert (found.forked, d.receipts().missing_changes, d.receipts().everything) == (("B",), 1, None)
    assert any("har använts på två ställen" in each for each in details(found))
    for each in (b, d):
        each.sync(FolderTarget(other))
    assert row(d, a).forked == ()
    assert d.receipts().missing_changes == 0


def test_a_key_with_another_value_is_told_as_such(home: Make, place: Path) -> None:
    a, b = home("A"), home("B")
    fill(b, 1)
    b.sync(FolderTarget(place))
    a.sync(FolderTarget(place))
    (batch,) = files(place, "changes")
    changed = gzip.decompress(batch.read_bytes()).replace(b'"0"', b'"9"')
    data = gzip.compress(changed, mtime=0)
    name = f"{b.device}.{1:010d}-{1:010d}.{sha16_of(data)}.jsonl.gz"
    (batch.parent / name).write_bytes(data)
    a.sync(FolderTarget(place))
    assert [each.why for each in row(a, b).unread] == [Taken.CLASH]
    assert any("finns i två varianter" in each for each in details(row(a, b)))


def test_what_a_device_found_damaged_is_told_with_where_and_who_has_it_whole(
    home: Make, place: Path, tmp_path: Path
) -> None:
    a, b = home("A"), home("B")
    b.sync(FolderTarget(tmp_path / "ett annat"))
    names = photo(a)
    a.sync(FolderTarget(place))
    spoilt = place / "gatljus1" / WALK / "blobs" / names["report"]
    spoilt.write_bytes(bytes(spoilt.stat().st_size))
    b.sync(FolderTarget(place))
    (mine,) = [each for each in b.receipts().devices if each.own]
    assert [(each.name, each.at, each.here) for each in mine.damaged] == [(names["report"], ("A",), False)]
    found = f"hittade en skadad fil på målet {place} och hämtade den inte. A har den kvar. Den lagas vid nästa synk."
    assert list(details(mine)) == [f"Den här enheten {found}"]
    a.sync(FolderTarget(place))
    assert list(details(row(a, b))) == [f"B {found}"]
    many = (*row(a, b).damaged, replace(row(a, b).damaged[0], name="cd" * 32))
    assert list(details(replace(row(a, b), damaged=many))) == [
        f"B hittade 2 skadade filer på målet {place} och hämtade dem inte. A har dem kvar. De lagas vid nästa synk."
    ]
    old = replace(row(a, b), damaged=tuple(replace(each, place=None) for each in row(a, b).damaged))
    assert next(details(old)).startswith("B hittade en skadad fil där enheterna möts och hämtade den inte.")
    assert [(each.name, each.at) for each in row(a, b).damaged] == [(names["report"], ("A",))]
    b.sync(FolderTarget(place))
    a.sync(FolderTarget(place))
    assert row(a, b).damaged == ()


def test_a_file_that_this_disk_spoilt_is_told_here(home: Make, place: Path) -> None:
    a, b = home("A"), home("B")
    names = photo(a)
    for each in (a, b, a):
        each.sync(FolderTarget(place))
    a.blobs.path(names["original"]).write_bytes(b"trasig")
    assert not a.blobs.is_whole(names["original"])
    (mine,) = [each for each in a.receipts().devices if each.own]
    assert [(each.name, each.at, each.here) for each in mine.damaged] == [(names["original"], ("B",), True)]
    assert next(details(mine)).startswith("En fil var skadad på den här enhetens disk")


def test_an_id_that_a_machine_gave_up_is_told_with_the_one_it_took(home: Make, place: Path, tmp_path: Path) -> None:
    a, b = home("A"), home("B")
    b.new("stop", STOP)
    for each in (b, a):
        each.sync(FolderTarget(place))
    restored = b.copy(tmp_path / "återställd", "B2", machine=b.machine, was=b.device)
    restored.new("stop", NOTE)
    restored.sync(FolderTarget(place))
    a.sync(FolderTarget(place))
    assert (row(a, b).successor, row(a, b).latest) == (restored.device, False)
    assert row(a, restored).latest
    moved = b.copy(tmp_path / "flyttad", "B3", machine="en annan dator", was=restored.device)
    moved.new("stop", PICTURE)
    moved.sync(FolderTarget(place))
    a.sync(FolderTarget(place))
    assert row(a, restored).latest, "a home copied to another machine is a device beside the first"


def test_what_a_machine_had_before_it_was_restored_is_not_said_of_it(home: Make, place: Path, tmp_path: Path) -> None:
    a, b = home("A"), home("B")
    b.new("stop", STOP)
    b.sync(FolderTarget(place))
    early = b.copy(tmp_path / "tidig", "B2", machine=b.machine, was=b.device)
    names = photo(a)
    for each in (a, b, a):
        each.sync(FolderTarget(place))
    assert "Mottaget av B" in a.receipts().state
    early.sync(Recording(FolderTarget(place), {"get gatljus1/" + WALK + "/blobs": OSError(5, "trasigt")}))
    a.sync(FolderTarget(place))
    assert not any("Mottaget av" in each for each in a.receipts().state)
    assert set(row(a, early).damaged) == set()
    assert names["original"] not in early.blobs.names()


def test_devices_of_one_machine_are_told_to_be_one_place(home: Make, place: Path, tmp_path: Path) -> None:
    a, b, c = home("A"), home("B"), home("C")
    b.machine = c.machine
    a.new("stop", STOP)
    for each in (a, b, c, a, b):
        each.sync(FolderTarget(place))
    assert [(row(a, each).near, row(a, each).beside) for each in (b, c)] == [(False, ("C",)), (False, ("B",))]
    now = datetime(2026, 10, 24, tzinfo=UTC)
    assert "Ligger på samma dator som C: räknas tillsammans som ett ställe." in line_of(row(a, b), "", now)
    assert (row(b, c).near, row(b, c).beside, row(b, a).near) == (True, (), False)
    same = "Ligger på samma dator som den här enheten: räknas inte som ett annat ställe."
    assert same in line_of(row(b, c), "", now)
    assert [place_words(each) for each in b.receipts().devices if each.own or each.device == a.device] == ["", ""]
    new = b.copy(tmp_path / "ny", "B2", machine=b.machine, was=b.device)
    for each in (new, a, c):
        each.sync(FolderTarget(place))
    assert [row(c, each).near for each in (b, new, c)] == [False, True, False]
    assert (row(a, b).beside, row(a, c).beside) == ((), ("B2",)), "an id that was given up is no device"


def test_numbers_are_told_as_ranges() -> None:
    assert ranges([(31, 40), (45, 45), (51, 52)]) == "31–40, 45 och 51–52"
    assert ranges([(7, 7)]) == "7"


def test_gaps_that_lie_here_unread_are_cut_out() -> None:
    def unread(first: int, last: int) -> Unread:
        return Unread(first, last, Taken.NEWER)

    assert without([(1, 10)], [unread(4, 6)]) == ((1, 3), (7, 10))
    assert without([(1, 10), (20, 20)], [unread(1, 10), unread(19, 30)]) == ()
    assert without([(5, 6)], [unread(1, 3)]) == ((5, 6),)


def test_of_a_device_that_has_sent_nothing_it_is_not_said_what_it_wrote(home: Make, place: Path) -> None:
    a, b = home("A"), home("B")
    a.new("stop", STOP)
    for each in (a, b, a):
        each.sync(FolderTarget(place))
    b.new("stop", NOTE)
    told = line_of(row(a, b), "UTC", a.clock.now)
    assert "har inte skickat något" in told and "skrivit" not in told
    gone = list(details(replace(row(a, b), successor=a.device)))
    assert gone == ["Enheten har fått ett nytt id."]


def test_where_what_is_missing_lies_is_named_once(home: Make, place: Path) -> None:
    a, b = home("A"), home("B")
    a.new("stop", STOP)
    for each in (a, b, a):
        each.sync(FolderTarget(place))
    missing = replace(row(a, b), gaps=((3, 4),), gaps_at=("A", "C"))
    assert list(details(missing)) == [
        "Ändringarna 3–4 saknas här. Finns hos A och C: synka där någon av dem har synkat."
    ]
