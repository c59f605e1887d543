"""What verify says of each kind of damage, and what puts it right."""

import gzip
import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.domain.batch import parse_name, sha16_of
from app.domain.records import Observation
from app.jobs.verify import HARMLESS, LOG_SPOILT
from app.session import Session
from app.storage.blobs import BlobStore
from tests.storage.damaging import LOOSE, SENT, flip, furnish, overwrite, row_with, settle, tamper, text_of
from tests.whole.meeting import picture
from tests.whole.resident import Forked, Server

Do = Callable[[Path], None]

FROM_A_STICK, BY_REBUILDING, BY_HAND, BY_ITSELF, NEVER = "a stick", "rebuild", "by hand", "itself", "never"
"""What puts it right: a sync with what was sent; `verify --rebuild`; a person; nothing need; nothing here can."""


def _quiet(_made: object) -> None:
    """Nothing more is asked of what was made."""


def _sql(*statements: str) -> Do:
    return lambda home: tamper(home, *statements)


def _blob(home: Path) -> Path:
    with closing(sqlite3.connect(home / "gatljus.db")) as tables:
        (value,) = tables.execute("select value from change where field = 'original'").fetchone()
    name = str(value).strip('"')
    return home / "blobs" / name[:2] / name


def _bit_in_a_batch(home: Path) -> None:
    with closing(sqlite3.connect(home / "gatljus.db")) as tables:
        (data,) = tables.execute("select bytes from batch").fetchone()
    flip(home / "gatljus.db", (home / "gatljus.db").read_bytes().find(data[200:232]))


def _word_gone(home: Path) -> None:
    """A word that was kept leaves the index of words, but not the text."""
    with closing(sqlite3.connect(home / "gatljus.db", isolation_level=None)) as tables:
        row = tables.execute("select id, text from searched where text like 'Lampa%' limit 1").fetchone()
        tables.execute("insert into search(search, rowid, text) values('delete', ?, ?)", row)


def _walk_in(home: Path) -> str:
    with closing(sqlite3.connect(home / "gatljus.db")) as tables:
        return str(tables.execute("select scope from batch").fetchone()[0])


def _kept(home: Path, taken: str, name: str, data: bytes) -> None:
    """A batch that was once taken in so."""
    said = parse_name(name)
    assert said is not None
    row = (name, _walk_in(home), said.device, said.first, said.last, taken, data)
    with closing(sqlite3.connect(home / "gatljus.db", isolation_level=None)) as tables:
        tables.execute("insert into batch values(?, ?, ?, ?, ?, ?, 'x', ?)", row)


def _not_applied(taken: str) -> Do:
    def do(home: Path) -> None:
        head = {"format": 9, "min_reader": 9, "scope": _walk_in(home), "device": "a" * 32, "count": 0}
        data = gzip.compress(json.dumps(head).encode()) if taken == "newer" else b"not as any version reads it"
        _kept(home, taken, f"{'a' * 32}.{1:010d}-{1:010d}.{sha16_of(data)}.jsonl.gz", data)

    return do


def _copied(home: Path) -> None:
    """The file from another home."""
    (home / "device.json").write_text((home / "device.json").read_text().replace(str(home), "/annan/mapp"))


def _cut(home: Path) -> None:
    os.truncate(home / "gatljus.db", (home / "gatljus.db").stat().st_size // 2)


SENT_ONE, LOOSE_ONE = "value like '%Lampa 03%'", f"value like '%Lampa {SENT + 3}%'"

DAMAGES: dict[str, tuple[Do, str, str]] = {
    "a bit in a change that was sent": (
        lambda home: flip(home / "gatljus.db", row_with(home, text_of(3)) + 8), "change", BY_REBUILDING,
    ),
    "a bit in the stamp of a change that was sent": (
        _sql(f"update change set stamp = 'f' || substr(stamp, 2) where {SENT_ONE}"), "change", BY_REBUILDING,
    ),
    "a change that was sent is missing": (_sql(f"delete from change where {SENT_ONE}"), "change", BY_REBUILDING),
    "a bit in a change that was not sent": (
        _sql(f"update change set value = '\"' || x'10' || substr(value, 2) where {LOOSE_ONE}"), "change", NEVER,
    ),
    "a quotation mark in a change that was sent": (
        lambda home: flip(home / "gatljus.db", row_with(home, text_of(3))), "change", BY_REBUILDING,
    ),
    "a quotation mark in a cell": (
        _sql(f"update cell set value = '#' || substr(value, 2) where {SENT_ONE}"), "index", BY_REBUILDING,
    ),
    "a bit in a cell": (_sql(f"update cell set value = '\"Lympa\"' where {SENT_ONE}"), "index", BY_REBUILDING),
    "a cell missing": (_sql(f"delete from cell where {SENT_ONE}"), "index", BY_REBUILDING),
    "a cell too many": (
        _sql("insert into cell select 'a', field, kind, scope, value, stamp, heads from cell limit 1"), "index",
        BY_REBUILDING,
    ),
    "a record hidden that is not deleted": (
        _sql(f"insert into hidden select record, scope, 1 from cell where {SENT_ONE}"), "hidden", BY_REBUILDING,
    ),
    "a text missing in the search": (_sql("delete from searched where text like 'Lampa 03%'"), "search", BY_REBUILDING),
    "a word missing in the search": (_word_gone, "search", BY_REBUILDING),
    "a batch missing": (_sql("delete from batch"), "loose", BY_REBUILDING),
    "what waits to be sent is forgotten": (_sql("delete from loose"), "loose", BY_REBUILDING),
    "what was sent waits again": (
        _sql("insert or ignore into loose select arrival from change"), "loose", BY_REBUILDING,
    ),
    "a bit in a batch": (_bit_in_a_batch, "batch", FROM_A_STICK),
    "a batch of a newer version": (_not_applied("newer"), "newer", NEVER),
    "a batch that stands against the log": (_not_applied("clash"), "clash", NEVER),
    "a batch that cannot be read": (_not_applied("broken"), "broken", NEVER),
    "a gap": (
        _sql(
            f"delete from loose where arrival in (select arrival from change where {LOOSE_ONE})",
            f"delete from change where (device, seq) in (select device, seq from change where {LOOSE_ONE})",
        ),
        "gap", NEVER,
    ),
    "a bit in a photo": (lambda home: flip(_blob(home), 40), "blob", FROM_A_STICK),
    "a photo missing": (lambda home: _blob(home).unlink(), "missing", FROM_A_STICK),
    "a photo that nothing names": (lambda home: _quiet(BlobStore(home / "blobs").put(b"ingens")), "orphan", NEVER),
    "a foreign file": (lambda home: _quiet((home / "blobs" / "semester.jpg").write_bytes(b"x")), "foreign", NEVER),
    "a file never finished": (
        lambda home: _quiet((home / "blobs" / ".1234.part").write_bytes(b"x")), "unfinished", NEVER,
    ),
    "the identity missing": (lambda home: (home / "device.json").unlink(), "device", BY_ITSELF),
    "the identity of another place": (_copied, "device", BY_ITSELF),
    "a page of the log": (
        lambda home: overwrite(home / "gatljus.db", row_with(home, text_of(3)) // 4096 * 4096 + 3, b"\xff\xff"),
        "database", BY_REBUILDING,
    ),
    "the file cut": (_cut, "database", BY_REBUILDING),
}  # fmt: skip
"""What is done to a home, what verify calls it, and what puts it right."""


def _texts(home: Path) -> set[str]:
    session = Session(home)
    found = {each.text for each in session.read(Observation)}
    session.leave()
    return found


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damage_is_named_with_what_can_be_done_and_that_puts_it_right(
    tmp_path: Path, server: Server, name: str
) -> None:
    damage, code, way = DAMAGES[name]
    session, _walk = furnish(tmp_path)
    session.leave()
    settle(session.home)
    home = Forked(session.home, {}, server)
    assert home.ask("verify") == {"items": []}
    damage(session.home)
    said = home.run("--json", "verify")
    # Of a file that is cut SQLite reads nothing.
    items = said.data["items"] if "items" in said.data else [said.data["error"]]
    assert code in {each["code"] for each in items}, items
    assert said.code == (0 if code in HARMLESS else 1)
    assert all(each["text"] and each["advice"] for each in items)
    if way == BY_REBUILDING:
        assert any("verify --rebuild" in each["advice"] or "Rädda" in each["advice"] for each in items)
        mended = home.run("--json", "verify", "--rebuild")
        assert not {each["code"] for each in mended.data["items"]} & {*LOG_SPOILT, "index", "hidden", "search", "loose"}
    if way == FROM_A_STICK:
        home.ask("sync", str(tmp_path / "minne"))
    if way != NEVER and name != "the file cut":
        assert home.ask("verify")["items"] == []
        assert _texts(session.home) >= {text_of(number) for number in range(SENT)}
        assert set(home.ask("sync", str(tmp_path / "minne"))["damaged"]) == set()
        assert home.ask("verify")["items"] == []
    if name == "the file cut":
        assert "database" not in {each["code"] for each in home.run("--json", "verify").data["items"]}
        home.ask("sync", str(tmp_path / "minne"), "--all")
        assert _texts(session.home) >= {text_of(number) for number in range(SENT)}


def test_a_person_reads_of_photos_and_devices_and_a_program_of_their_names(tmp_path: Path, server: Server) -> None:
    home, seen = Forked(tmp_path / "home", {}, server), picture(tmp_path / "trappan.jpg", (20, 30, 60))
    walk = home.walk()
    home.ask("photos", "import", walk, str(seen))
    (blob,) = (str(each["sha256"]) for each in home.shown(walk)["photos"])
    (home.home / "blobs" / blob[:2] / blob).unlink()
    said = home.run("verify")
    assert said.code == 1 and "Fotot trappan.jpg finns inte här." in said.out and blob not in said.out
    assert [each["name"] for each in home.run("--json", "verify").data["items"]] == [blob]


def test_at_least_twelve_kinds_of_damage_are_told_apart() -> None:
    assert len({code for _damage, code, _way in DAMAGES.values()}) >= 12


def _lost_stamp(home: Path) -> None:
    tamper(home, f"update change set stamp = 'zz' where {LOOSE_ONE}")


def _lost_quotation_mark(home: Path) -> None:
    flip(home / "gatljus.db", row_with(home, text_of(SENT + 3)))


@pytest.mark.parametrize("spoil", [_lost_stamp, _lost_quotation_mark])
def test_what_is_lost_when_the_log_is_made_anew_is_told_once_and_the_rest_is_there(
    tmp_path: Path, server: Server, spoil: Do
) -> None:
    session, _walk = furnish(tmp_path)
    session.leave()
    settle(session.home)
    spoil(session.home)
    home = Forked(session.home, {}, server)
    said = home.run("--json", "verify", "--rebuild")
    (item,) = (each for each in said.data["items"] if each["code"] == "lost")
    assert said.code == 1 and item["text"].startswith("1 ändring ") and "replaced" in item["advice"]
    assert _texts(session.home) - {""} == {text_of(number) for number in range(SENT + LOOSE)} - {text_of(SENT + 3)}
    assert "lost" not in {each["code"] for each in home.run("--json", "verify").data["items"]}


def test_what_a_batch_still_has_is_not_told_as_lost(tmp_path: Path, server: Server) -> None:
    session, _walk = furnish(tmp_path)
    session.leave()
    settle(session.home)
    flip(session.home / "gatljus.db", row_with(session.home, text_of(3)))
    home = Forked(session.home, {}, server)
    assert home.run("--json", "verify", "--rebuild").data["items"] == []
    assert _texts(session.home) - {""} == {text_of(number) for number in range(SENT + LOOSE)}


def test_a_batch_that_is_damaged_as_well_is_told_when_the_log_is_made_anew(tmp_path: Path, server: Server) -> None:
    session, _walk = furnish(tmp_path)
    session.leave()
    settle(session.home)
    _lost_quotation_mark(session.home)
    _bit_in_a_batch(session.home)
    home = Forked(session.home, {}, server)
    items = home.run("--json", "verify", "--rebuild").data["items"]
    assert sorted(each["name"] == "gatljus.db" for each in items if each["code"] == "lost") == [False, True]


def test_files_that_nothing_names_are_counted_in_one_line_and_listed_for_a_program(
    tmp_path: Path, server: Server
) -> None:
    session, _walk = furnish(tmp_path)
    names = sorted(session.blobs.put(b"ingens %d" % number) for number in range(85))
    session.leave()
    home = Forked(session.home, {}, server)
    said = home.run("verify")
    (line,) = said.out.splitlines()
    assert said.code == 0 and line.startswith("85 filer hör inte till någon vandring.") and "--json verify" in line
    assert sorted(each["name"] for each in home.ask("verify")["items"]) == names
    for each in (home.home / "blobs").glob("??/*"):
        os.utime(each, (0, 0))
    moved = home.run("verify", "--move-unnamed", str(tmp_path / "ut"))
    assert moved.code == 0 and len(list((tmp_path / "ut").iterdir())) == 85
    assert "85 filer är flyttade till" in moved.out + moved.err and "Allt är helt." in moved.out + moved.err


def test_a_command_that_works_on_beside_damage_says_so_until_it_is_mended(tmp_path: Path, server: Server) -> None:
    session, walk = furnish(tmp_path)
    session.leave()
    settle(session.home)
    home = Forked(session.home, {}, server)
    assert "skadad" not in home.run("walk", "list").err
    DAMAGES["a page of the log"][0](session.home)
    for words in (("walk", "list"), ("observe", walk, "--category", "lighting", "--text", "Mörkt")):
        said = home.run(*words)
        assert said.code == 0 and said.err.count("Databasen är skadad") == 1 and "gatljus verify" in said.err
    assert "skadad" not in home.run("verify").err
    home.run("verify", "--rebuild")
    assert "skadad" not in home.run("walk", "list").err
    assert "Mörkt" in _texts(session.home)


def test_a_walk_whose_beginning_was_lost_is_not_left_out_of_the_list_in_silence(tmp_path: Path, server: Server) -> None:
    home = Forked(tmp_path / "home", {}, server)
    walk = home.walk()
    home.made("observe", walk, "--category", "lighting", "--text", "Mörkt")
    settle(home.home)
    tamper(home.home, f"update change set value = '\"' || x'10' where record = '{walk}' and field = 'title'")
    home.run("verify", "--rebuild")
    said = home.run("walk", "list")
    assert walk not in said.out and walk[:8] in said.err and "kan inte visas" in said.err
