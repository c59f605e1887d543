"""Announcements and names on a target, as plain data."""

import hashlib
import json
from typing import Any

import pytest

from app.sync.heads import Heads, NotHeads, machine_in, name_of, pack, said_in, unpack
from app.sync.names import BATCH, BLOB, HEAD, look_in, markers_in, matches, walks_in

DEVICE = "d0" * 16
SAID = Heads(
    device=DEVICE,
    machine="ab" * 16,
    was=None,
    letter="A",
    label="Plattan i väskan",
    have={DEVICE: [3, "0123456789abcdef"]},
    lacking=("ef" * 32,),
)
GOLDEN = (
    '{"damaged":[],"device":"d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0","done":false,"format":1,'
    '"have":{"d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0":[3,"0123456789abcdef"]},"keeps":false,'
    '"label":"Plattan i väskan","lacking":["efefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefef"],'
    '"letter":"A","machine":"abababababababababababababababab","was":null}'
)
NAME = f"{DEVICE}.{3:010d}-{9:010d}.{'a' * 16}.jsonl.gz"


def test_an_announcement_is_written_as_it_always_was_and_read_back() -> None:
    assert pack(SAID).decode() == GOLDEN
    assert unpack(GOLDEN.encode(), DEVICE) == SAID


def test_an_announcements_name_carries_device_number_and_hash() -> None:
    name = name_of(DEVICE, 41, pack(SAID))
    assert name == f"{DEVICE}.0000000041.{hashlib.sha256(GOLDEN.encode()).hexdigest()[:16]}.json"
    assert said_in(name) == (DEVICE, 41)


def test_keys_of_a_newer_version_are_passed_over() -> None:
    assert unpack(json.dumps(json.loads(GOLDEN) | {"battery": 7}).encode(), DEVICE) == SAID


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"device": "e0" * 16},
        {"have": []},
        {"have": {DEVICE: 3}},
        {"have": {DEVICE: [True, "x"]}},
        {"have": {DEVICE: [3, None]}},
        {"lacking": [3]},
        {"lacking": None},
        {"machine": None},
        {"was": 3},
    ],
)
def test_what_is_no_announcement_of_that_device_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(NotHeads):
        unpack(json.dumps(json.loads(GOLDEN) | change).encode(), DEVICE)


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000])
def test_junk_is_no_announcement(data: bytes) -> None:
    with pytest.raises(NotHeads):
        unpack(data, DEVICE)


def test_keeps_and_done_are_only_believed_where_they_are_plainly_true() -> None:
    said = unpack(json.dumps(json.loads(GOLDEN) | {"keeps": 1, "done": "yes"}).encode(), DEVICE)
    assert (said.keeps, said.done) == (False, False)


def test_a_machine_has_another_name_in_every_walk_and_never_its_own() -> None:
    names = {machine_in(scope, "machine") for scope in ("1" * 32, "2" * 32)}
    assert len(names) == 2
    assert "machine" not in names


@pytest.mark.parametrize(
    ("listed", "size", "whole", "beside", "waiting"),
    [
        (NAME, 9, 1, 0, 0),
        (NAME, 0, 0, 0, 1),
        (NAME + ".nextcloud", 40, 0, 0, 1),
        (f".{NAME}.icloud", 120, 0, 0, 1),
        (NAME.replace(".jsonl", " (1).jsonl"), 9, 0, 1, 0),
        (NAME.replace(".gz", "-DESKTOP-1.gz"), 9, 0, 1, 0),
        (NAME.replace("a" * 16, "a" * 17), 9, 0, 0, 0),
        ("Thumbs.db", 9, 0, 0, 0),
        ("deeper/" + NAME, 9, 0, 0, 0),
    ],
)
def test_a_listing_is_sorted_into_whole_beside_and_waiting(
    listed: str, size: int, whole: int, beside: int, waiting: int
) -> None:
    found = look_in({"f/changes/" + listed: size}, "f/changes/", BATCH)
    assert (len(found.whole), len(found.beside), len(found.waiting)) == (whole, beside, waiting)
    assert {*found.whole, *found.beside, *found.waiting} == ({NAME} if whole + beside + waiting else set())


def test_blobs_and_announcements_are_found_by_their_names_too() -> None:
    head = f"{DEVICE}.0000000001.{'b' * 16}"
    listing = {"f/x (2)": 3, f"f/{'c' * 64}": 3, f"f/{'d' * 64} (kopia)": 3, f"f/{head}.json": 3}
    assert look_in(listing, "f/", BLOB).whole == {"c" * 64: 3}
    assert look_in(listing, "f/", BLOB).beside == {"d" * 64: ["d" * 64 + " (kopia)"]}
    assert look_in(listing, "f/", HEAD).whole == {head + ".json": 3}


def test_an_object_matches_its_name_only_with_its_own_bytes() -> None:
    sha = hashlib.sha256(b"x").hexdigest()
    names = [
        sha,
        f"ab.0000000001.{sha[:16]}.json",
        f"ab.{1:010d}-{2:010d}.{sha[:16]}.jsonl.gz",
        f"about.{sha[:16]}.json",
    ]
    for name in names:
        assert matches("gatljus1/w/" + name, b"x")
        assert not matches("gatljus1/w/" + name, b"y")
    assert matches("gatljus1/target-0123456789abcdef", b"")


def test_walks_and_markers_are_read_from_a_listing() -> None:
    names = dict.fromkeys(
        ("gatljus1/target-ab", "gatljus1/target-", "gatljus1/aa/changes/x", "gatljus1/aa/about.x", "x"), 1
    )
    assert walks_in(names) == ["aa"]
    assert markers_in(names) == {"ab"}
