"""What travels: its bytes are format, and nothing that comes from elsewhere is lost or raises."""

import gzip
import json
import re
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from app.base.errors import BadInput
from app.domain.batch import MAX_BYTES, MAX_LINES, pack, parse_name, sha16_of, split, writes_in
from app.domain.change import Change, Draft
from app.domain.ports import Taken
from app.domain.records import Observation, Stop
from app.domain.values import Unknown
from app.storage.database import PRAGMAS
from tests.homes import START, WALK, Home, change, stamp

STOP, NOTE = "5" * 32, "6" * 32
DEVICE = "d0" * 16

GOLDEN = (
    '{"format":1,"min_reader":1,"scope":"0123456789abcdef0123456789abcdef",'
    '"device":"d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0","first":1,"last":2,"prev":null,"count":3}\n'
    '{"action":1,"field":"created","kind":"stop","n":0,"record":"55555555555555555555555555555555","replaces":[],'
    '"seq":1,"stamp":"019000000001.0000.abcd.d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0","value":"2026-10-23T16:05:00Z"}\n'
    '{"action":1,"field":"name","kind":"stop","n":1,"record":"55555555555555555555555555555555","replaces":[],'
    '"seq":1,"stamp":"019000000001.0001.abcd.d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0","value":"Gröna \\"torget\\" 🌳"}\n'
    '{"action":2,"field":"position","kind":"stop","n":0,"record":"55555555555555555555555555555555",'
    '"replaces":["019000000001.0000.abcd.d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0"],'
    '"seq":2,"stamp":"019000000002.0000.abcd.d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0","value":{"lat":60.17,"lon":24.94}}\n'
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home."""
    return Home(tmp_path / "A", "A")


def golden_changes() -> list[Change]:
    """The changes of the golden batch."""
    first = stamp(DEVICE, 1, 0)
    return [
        change(DEVICE, 1, 0, ("stop", STOP, "created"), '"2026-10-23T16:05:00Z"'),
        change(DEVICE, 1, 1, ("stop", STOP, "name"), '"Gröna \\"torget\\" 🌳"'),
        change(DEVICE, 2, 0, ("stop", STOP, "position"), '{"lat":60.17,"lon":24.94}', replaces=[first]),
    ]


def made(header: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[str, bytes]:
    """A batch of any content under a name that fits its bytes."""
    head = {"format": 1, "min_reader": 1, "scope": WALK, "device": DEVICE, "first": 1, "last": 9, "prev": None}
    text = "\n".join(json.dumps(each) for each in ({**head, "count": len(lines), **header}, *lines)) + "\n"
    data = gzip.compress(text.encode(), mtime=0)
    return f"{DEVICE}.{1:010d}-{9:010d}.{sha16_of(data)}.jsonl.gz", data


def line(seq: int = 1, n: int = 0, **said: Any) -> dict[str, Any]:
    """A line of a batch."""
    known = {"kind": "stop", "record": STOP, "field": "created", "value": "2026-10-23T16:05:00Z"}
    return {"seq": seq, "n": n, "stamp": stamp(DEVICE, seq, n), "action": seq, **known, "replaces": [], **said}


def test_the_text_of_a_batch_and_its_name_are_as_they_always_were() -> None:
    name, data = pack(golden_changes(), None)
    assert gzip.decompress(data).decode() == GOLDEN
    assert re.fullmatch(rf"{DEVICE}\.0000000001-0000000002\.[0-9a-f]{{16}}\.jsonl\.gz", name)
    assert name.split(".")[2] == sha16_of(data)
    assert (writes_in(name), writes_in("about.json")) == (2, 0)


def test_the_first_line_names_its_keys_in_this_order_and_the_batch_before() -> None:
    before, _data = pack(golden_changes(), None)
    _name, data = pack([change(DEVICE, 3, 0, ("stop", STOP, "name"), '"x"')], before)
    header = json.loads(gzip.decompress(data).split(b"\n")[0])
    assert list(header) == ["format", "min_reader", "scope", "device", "first", "last", "prev", "count"]
    assert (header["prev"], header["first"], header["last"], header["count"]) == (before, 3, 3, 1)


def test_one_device_freezes_equal_changes_to_equal_bytes() -> None:
    assert pack(golden_changes(), None) == pack(golden_changes(), None)


@pytest.mark.parametrize(
    "name",
    [
        "d0.1-2.0123456789abcdef.jsonl.gz",
        "d0.0000000001-0000000002.0123456789abcde.jsonl.gz",
        "D0.0000000001-0000000002.0123456789abcdef.jsonl.gz",
        "d0.0000000001-0000000002.0123456789abcdef.jsonl.gz.part",
        "../d0.0000000001-0000000002.0123456789abcdef.jsonl.gz",
        "d0.0000000001-0000000002.0123456789abcdef.jsonl.gz\n",
    ],
)
def test_what_is_no_batchs_name_is_none(name: str) -> None:
    assert parse_name(name) is None


def test_a_batch_has_at_most_ten_thousand_lines_and_never_splits_a_write(monkeypatch: pytest.MonkeyPatch) -> None:
    # So many lines have more bytes than a batch may have; so that this limit is met first, the other is lifted.
    monkeypatch.setattr("app.domain.batch.MAX_BYTES", 1 << 30)
    changes = [
        change(DEVICE, seq, n, ("stop", STOP, f"f{n}"), "1") for seq in range(1, 1003) for n in range(10 + seq % 2)
    ]
    parts = split(changes)
    assert [each for part in parts for each in part] == changes
    assert all(len(part) <= MAX_LINES for part in parts)
    assert len(parts) == 2
    assert {each.seq for each in parts[0]} & {each.seq for each in parts[1]} == set()


def test_a_batch_has_at_most_a_million_bytes_of_text() -> None:
    changes = [change(DEVICE, seq, 0, ("stop", STOP, "name"), json.dumps("x" * 60_000)) for seq in range(1, 41)]
    sizes = [len(gzip.decompress(pack(part, None)[1])) for part in split(changes)]
    assert len(sizes) == 3
    assert all(size <= MAX_BYTES + 300 for size in sizes)


def test_a_write_that_is_larger_than_a_batch_may_be_still_travels_whole(tmp_path: Path) -> None:
    a, b = Home(tmp_path / "A", "A"), Home(tmp_path / "B", "B")
    a.new("observation", NOTE, **{f"f{n}": "x" * 60_000 for n in range(40)})
    a.send(b)
    assert b.log.have(WALK) == a.log.have(WALK)
    assert b.table("cell") == a.table("cell")


def test_a_gap_in_the_row_is_never_inside_a_batch() -> None:
    changes = [change(DEVICE, seq, 0, ("stop", STOP, "name"), "1") for seq in (1, 2, 5, 6)]
    assert [[each.seq for each in part] for part in split(changes)] == [[1, 2], [5, 6]]


def test_what_a_newer_version_wrote_is_kept_shown_as_unknown_and_passed_on_byte_for_byte(tmp_path: Path) -> None:
    a, b = Home(tmp_path / "A", "A"), Home(tmp_path / "B", "B")
    name, data = made(
        {"sig": "ab", "key": "cd", "future": {"x": 1}},
        [
            line(kind="observation", record=NOTE),
            line(n=1, kind="observation", record=NOTE, field="kind", value="hovering"),
            line(n=2, kind="observation", record=NOTE, field="smell", value={"of": ["damp", 3]}),
            line(n=3, kind="hologram", record="9" * 32, field="created", value=True),
        ],
    )
    assert a.log.append(WALK, name, data) is Taken.APPLIED
    shown = a.shown(Observation)[NOTE]
    assert repr(shown.kind) == repr(Unknown("hovering"))
    assert str(shown.kind) == "okänt värde"
    assert a.value(NOTE, "smell") == '{"of":["damp",3]}'
    assert a.value("9" * 32, "created") == "true"
    a.send(b)
    assert b.log.batch(name) == data
    assert b.table("cell") == a.table("cell")


@pytest.mark.parametrize("header", [{"format": 2, "min_reader": 2}, {"min_reader": 2}, {"format": 2}, {"enc": "age"}])
def test_a_batch_that_only_a_newer_version_can_read_is_kept_unread_and_passed_on(
    tmp_path: Path, header: dict[str, Any]
) -> None:
    a, b = Home(tmp_path / "A", "A"), Home(tmp_path / "B", "B")
    if "min_reader" not in header and "format" in header:
        header = {**header, "min_reader": 2}
    name, data = made(header, [{"anything": 1}])
    assert a.log.append(WALK, name, data) is Taken.NEWER
    assert a.log.append(WALK, name, data) is Taken.KNOWN
    assert a.log.have(WALK) == {}
    assert a.log.batches_not_applied(WALK) == {name: Taken.NEWER}
    a.send(b)
    assert b.log.batch(name) == data


def test_a_newer_batch_that_says_this_version_may_read_it_is_read(home: Home) -> None:
    assert home.log.append(WALK, *made({"format": 2, "min_reader": 1}, [line()])) is Taken.APPLIED
    assert set(home.shown(Stop)) == {STOP}


def test_after_an_update_of_the_program_the_kept_batches_are_applied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a = Home(tmp_path / "A", "A")
    name, data = made({"format": 2, "min_reader": 2}, [line()])
    a.log.append(WALK, name, data)
    a.log.close()
    monkeypatch.setattr("app.domain.batch.FORMAT", 2)
    a = Home(tmp_path / "A", "A")
    assert set(a.shown(Stop)) == {STOP}
    assert a.log.batches_not_applied(WALK) == {}
    assert a.log.batch(name) == data


def test_an_equal_key_with_another_value_is_kept_not_applied_and_reported(tmp_path: Path) -> None:
    a, b = Home(tmp_path / "A", "A"), Home(tmp_path / "B", "B")
    first, second = made({}, [line(value="2026-10-23T16:05:00Z")]), made({}, [line(value="2020-01-01T00:00:00Z")])
    assert a.log.append(WALK, *first) is Taken.APPLIED
    before = a.table("change")
    assert a.log.append(WALK, *second) is Taken.CLASH
    assert a.table("change") == before
    assert a.log.batches_not_applied(WALK) == {second[0]: Taken.CLASH}
    assert not a.log.holds_all_of(WALK, *second)
    a.send(b)
    assert set(b.log.batches(WALK)) == {first[0], second[0]}


def test_a_batch_that_arrives_twice_or_overlaps_another_changes_nothing(home: Home) -> None:
    home.log.append(WALK, *made({}, [line(1), line(2, field="name", value="x")]))
    before = home.table("change")
    name, data = made({}, [line(2, field="name", value="x")])
    assert home.log.append(WALK, name, data) is Taken.APPLIED
    assert home.log.append(WALK, name, data) is Taken.KNOWN
    assert home.table("change") == before


def test_bytes_that_do_not_fit_their_name_are_not_kept(home: Home) -> None:
    name, data = made({}, [line()])
    for damaged in (data[:-1], data[:20], b"", data[:30] + bytes([data[30] ^ 1]) + data[31:]):
        assert home.log.append(WALK, name, damaged) is Taken.DAMAGED
    assert home.log.batches(WALK) == {}
    assert home.log.append(WALK, name, data) is Taken.APPLIED


def test_a_batch_of_another_walk_is_not_taken_and_can_still_be_taken_where_it_belongs(home: Home) -> None:
    name, data = made({"scope": "f" * 32}, [line()])
    assert home.log.append(WALK, name, data) is Taken.DAMAGED
    assert home.log.append("f" * 32, name, data) is Taken.APPLIED


def test_another_walk_cannot_change_a_record_of_this_one(home: Home) -> None:
    home.new("stop", STOP, name="Torget")
    home.log.append("f" * 32, *made({"scope": "f" * 32}, [line(field="name", value="Kapad"), line(n=1)]))
    shown = [(each.scope, each.name) for each in home.every(Stop)]
    assert sorted(shown) == sorted([(WALK, "Torget"), ("f" * 32, "Kapad")])


HOSTILE: dict[str, list[dict[str, Any]]] = {
    "a stamp that is none": [line(stamp="zzz")],
    "a stamp that is cut": [line(stamp="0190")],
    "replaces something that is no stamp": [line(replaces=["x y"])],
    "replaces that is a text": [line(replaces="x")],
    "a seq of zero": [line(seq=0)],
    "a seq outside the name": [line(seq=10)],
    "an n that SQLite cannot hold": [line(n=1 << 70)],
    "an action that SQLite cannot hold": [line(action=-(1 << 70))],
    "a seq that is true": [{**line(), "seq": True}],
    "a kind that is a number": [line(kind=3)],
    "half a surrogate pair": [line(value="\ud800")],
    "half a surrogate pair as a field": [line(field="\udc00")],
    "infinity": [line(value=float("inf"))],
    "no value": [{key: value for key, value in line().items() if key != "value"}],
    "a line that is a list": [[]],  # type: ignore[list-item]
    "a deep value": [line(value=json.loads("[" * 200 + "]" * 200))],
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_batch_that_cannot_be_read_is_kept_reported_and_harms_nothing(home: Home, what: str) -> None:
    name, data = made({}, HOSTILE[what])
    assert home.log.append(WALK, name, data) is Taken.BROKEN
    assert home.log.batches_not_applied(WALK) == {name: Taken.BROKEN}
    home.new("stop", STOP, name="Torget")
    assert set(home.shown(Stop)) == {STOP}


@pytest.mark.parametrize("text", [b"", b"\n", b"{}\n", b"[]\n", b'"x"\n', b"not json\n", b'{"format":"x"}\n'])
def test_a_batch_without_a_header_is_not_applied(home: Home, text: bytes) -> None:
    data = gzip.compress(text, mtime=0)
    name = f"{DEVICE}.{1:010d}-{9:010d}.{sha16_of(data)}.jsonl.gz"
    assert home.log.append(WALK, name, data) in (Taken.BROKEN, Taken.DAMAGED)
    assert home.log.have(WALK) == {}


def test_a_bomb_is_not_unpacked(home: Home) -> None:
    data = gzip.compress(b"0" * 200_000_000, 9, mtime=0)
    name = f"{DEVICE}.{1:010d}-{9:010d}.{sha16_of(data)}.jsonl.gz"
    assert home.log.append(WALK, name, data) is Taken.BROKEN


def test_the_changes_of_a_batch_that_the_disk_has_spoilt_travel_in_a_new_one(tmp_path: Path) -> None:
    a, b = Home(tmp_path / "A", "A"), Home(tmp_path / "B", "B")
    a.new("stop", STOP, name="Torget")
    (name,) = a.log.freeze(WALK)
    with a.log.database.writing() as tables:
        tables.execute("update batch set bytes = ? where name = ?", (a.log.batch(name)[:40], name))
    a.log.rebuild()
    assert a.log.unsent(WALK) == 2
    a.send(b)
    assert b.shown(Stop)[STOP].name == "Torget"


def test_text_that_no_file_can_hold_is_refused_and_nothing_is_written(home: Home) -> None:
    with pytest.raises(BadInput):
        home.new("stop", STOP, name="trasig \udcff")
    assert home.table("change") == []


def test_a_value_over_64_kilobytes_is_refused_and_nothing_is_written(home: Home) -> None:
    home.new("stop", STOP, name="å" * 32_000)
    with pytest.raises(BadInput):
        home.set("stop", STOP, name="å" * 32_768)
    assert home.log.last_seqs(WALK) == {home.device: 1}


def test_a_change_is_for_ever(home: Home) -> None:
    home.new("stop", STOP, name="Torget")
    for statement in (
        "update change set value = '1'",
        "delete from change",
        "replace into change select * from change",
    ):
        with pytest.raises(sqlite3.IntegrityError), home.log.database.writing() as tables:
            tables.execute(statement)
    assert home.shown(Stop)[STOP].name == "Torget"


def test_a_cell_is_written_at_most_once_in_a_write(home: Home) -> None:
    twice = [Draft(kind="stop", record=STOP, field="name", value=each) for each in ("ett", "två")]
    with pytest.raises(ValueError, match="at most once"):
        home.log.write(WALK, twice)
    assert home.table("change") == []


def test_every_connection_is_in_wal_mode_and_waits_for_the_disk(home: Home) -> None:
    def pragmas() -> dict[str, Any]:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "trusted_schema")
        return {name: home.log.database.tables.execute(f"pragma {name}").fetchone()[0] for name in names}

    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000, "trusted_schema": 0}
    found = [pragmas()]
    other = threading.Thread(target=lambda: found.append(pragmas()))
    other.start()
    other.join()
    assert found == [wanted, wanted]
    assert any("synchronous=full" in each for each in PRAGMAS)


WRITER = """
import sys
from pathlib import Path
from tests.homes import WALK, Home
home = Home(Path(sys.argv[1]), "A", seed=sys.argv[2])
while True:
    print(home.new("stop", home.log._chance(16), name="x" * 200, description="y" * 200).seq, flush=True)
"""


def test_a_process_killed_while_writing_loses_nothing_it_had_acknowledged(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    acknowledged = 0
    for kill in range(50):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path / "A"), str(kill)], cwd=root, stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout
            for said in writer.stdout:
                acknowledged = int(said)
                if acknowledged % 7 == kill % 7 and said:
                    time.sleep(0.0005 * (kill % 5))
                    writer.kill()
                    break
            acknowledged = max([acknowledged, *(int(said) for said in writer.stdout if said.endswith("\n"))])
    home = Home(tmp_path / "A", "A")
    last = home.log.last_seqs(WALK)[home.device]
    assert last >= acknowledged >= 50
    assert home.log.gaps(WALK) == {}
    assert len(home.shown(Stop)) == last
    assert len(home.table("change")) == 3 * last
    assert home.log.database.tables.execute("pragma integrity_check").fetchone()[0] == "ok"
    assert home.clock() >= START
