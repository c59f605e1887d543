"""What a database that is made anew takes in: whole writes alone, as they were written where that is proved."""

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.base.job import Job, finish
from app.commands.records import set_fields
from app.domain.records import Observation
from app.jobs.backup import back_up
from app.jobs.rescue import Rescued, rescue
from app.jobs.restore import Restored, remade_words, remake
from app.jobs.sync import sync
from app.jobs.verify import LOG_SPOILT, lost, verify
from app.session import Session
from app.storage.salvage import LEAF, Salvaged, salvage
from app.storage.weighing import weigh
from tests.storage.damaging import LOOSE, PAGE, SENT, flip, furnish, overwrite, row_with, settle, tamper, text_of

UNSENT = text_of(SENT + 3)
KEYS = "select scope, device, seq, n, stamp from change"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home that was sent half way, closed, all of it in the database file."""
    session, _walk = furnish(tmp_path)
    session.leave()
    settle(session.home)
    return session.home


def asked(home: Path, query: str) -> list[tuple[object, ...]]:
    """Rows of a home's database."""
    with closing(sqlite3.connect(home / "gatljus.db")) as tables:
        return sorted(tables.execute(query).fetchall())


def write_of(home: Path, text: str) -> tuple[str, str, int]:
    """Which write says a text."""
    query = f"select scope, device, seq from change where value like '%{text[:8]}%'"
    ((scope, device, seq),) = asked(home, query)
    return str(scope), str(device), int(str(seq))


def texts(home: Path) -> set[str]:
    """What is noted in a home."""
    session = Session(home)
    found = {each.text for each in session.read(Observation)}
    session.leave()
    return found


def backed_up(home: Path) -> Path:
    """A home of which there is a backup."""
    session = Session(home)
    finish(back_up(session))
    session.leave()
    settle(home)
    return home


def letters(home: Path, text: str) -> int:
    """Where in the file the first letter of a text lies, in the log."""
    return row_with(home, text) + 1


def all_but(text: str) -> set[str]:
    """What is noted, without one."""
    return {text_of(number) for number in range(SENT + LOOSE)} - {text}


def told(done: Restored) -> str:
    """All that is said of a database that was made anew."""
    return "\n".join([*remade_words(done), *(f"{each['text']} {each['advice']}" for each in lost(done))])


def test_the_index_of_changes_the_fields_and_the_search_are_read_as_sqlite_reads_them(home: Path) -> None:
    found = finish(salvage(home / "gatljus.db"))
    assert sorted(found.keys.items()) == [(row[0], row[1:]) for row in asked(home, KEYS.replace("t s", "t arrival, s"))]
    assert found.arrivals == found.keys
    cells = asked(home, "select stamp, record, scope, field, kind, value from cell where heads is null")
    assert [(stamp, *cell, value) for stamp, (cell, value) in sorted(found.shown.items())] == cells
    assert set(found.words) == {*asked(home, "select record, scope, field, kind from searched")}


def _senseless(home: Path) -> None:
    flip(home / "gatljus.db", row_with(home, UNSENT))


def _no_row_at_all(home: Path) -> None:
    """Of the last of its changes only the index knows."""
    write = write_of(home, UNSENT)
    which = "scope = '{}' and device = '{}' and seq = {}".format(*write)
    tamper(home, f"update change set value = x'00' where {which} and n = (select max(n) from change where {which})")


def _neither_row_nor_index(home: Path) -> None:
    """In the middle of a write."""
    scope, device, seq = write_of(home, UNSENT)
    tamper(home, f"delete from change where scope = '{scope}' and device = '{device}' and seq = {seq} and n = 2")


PARTS = [_senseless, _no_row_at_all, _neither_row_nor_index]


@pytest.mark.parametrize("spoil", PARTS)
def test_a_write_that_cannot_be_read_wholly_is_a_gap_that_is_told_by_number_until_the_whole_one_comes(
    tmp_path: Path, home: Path, spoil: Callable[[Path], None]
) -> None:
    scope, device, seq = write_of(home, UNSENT)
    shutil.copytree(home, tmp_path / "sent")
    sent = Session(tmp_path / "sent")
    # Somebody has it: it was sent from a copy of the disk.
    sent.log.become(device)
    sent.log.freeze(scope)
    finish(sync(sent, str(tmp_path / "minne"), walk=scope))
    sent.leave()
    spoil(home)
    done = finish(remake(home))
    assert done.changes == 1
    assert f"{seq}" in told(done) and "inte att läsa helt" in told(done)
    session = Session(home)
    assert session.log.gaps(scope) == {device: [(seq, seq)]}
    assert any(each["code"] == "gap" and str(seq) in each["text"] for each in finish(verify(session)))
    assert UNSENT not in {each.text for each in session.read(Observation)}
    session.log.freeze(scope)
    assert not [each for each in asked(home, "select device, first, last from batch") if each[1:] == (seq, seq)]
    finish(sync(session, str(tmp_path / "minne"), walk=scope))
    assert session.log.gaps(scope) == {}
    session.leave()
    assert UNSENT in texts(home)


def test_what_could_be_read_of_a_write_that_is_left_out_is_said(home: Path) -> None:
    _no_row_at_all(home)
    done = finish(remake(home))
    assert done.texts == (UNSENT,) and UNSENT in told(done)


@pytest.mark.parametrize("spoil", PARTS)
def test_a_write_that_a_backup_has_whole_comes_from_there(home: Path, spoil: Callable[[Path], None]) -> None:
    before = asked(backed_up(home), KEYS)
    spoil(home)
    done = finish(remake(home))
    assert (done.changes, done.refound) == (0, 1) and "ur en säkerhetskopia" in told(done)
    assert asked(home, KEYS) == before
    assert UNSENT in texts(home)


def test_a_leaf_of_the_log_that_is_lost_leaves_no_part_of_a_write(home: Path) -> None:
    query = "select scope, device, seq, count(*) from change group by 1, 2, 3"
    whole = asked(home, query)
    overwrite(home / "gatljus.db", row_with(home, UNSENT) // PAGE * PAGE, b"\xff" * PAGE)
    done = finish(remake(home))
    assert done.changes > 0
    assert {*asked(home, query)} < {*whole}


def test_a_letter_spoilt_in_what_was_not_sent_is_named_and_put_right_by_the_fields_and_the_search(home: Path) -> None:
    flip(home / "gatljus.db", letters(home, UNSENT))
    session = Session(home)
    found = finish(verify(session))
    session.leave()
    (item,) = (each for each in found if each["code"] in LOG_SPOILT)
    assert "Mampa" in item["text"] and "Lampa" in item["text"] and "A44" in item["text"]
    assert not any("Inget är förlorat" in each["advice"] for each in found)
    done = finish(remake(home))
    assert done.mended == 1 and not lost(done) and "två andra exemplar" in told(done)
    assert texts(home) >= all_but("")


def _otherwise_everywhere(home: Path) -> None:
    """As a database that was built anew after a letter was spoilt."""
    for table, column in (("change", "value"), ("cell", "value"), ("searched", "text")):
        which = f"{column} like '%Lampa {SENT + 3}%'"
        tamper(home, f"update {table} set {column} = replace({column}, 'Lampa', 'Mampa') where {which}")


def test_what_only_the_backup_has_otherwise_is_told_from_both_and_nothing_is_said_to_be_whole(home: Path) -> None:
    made = max((backed_up(home) / "backups").glob("*.db"))
    _otherwise_everywhere(home)
    done = finish(remake(home))
    (item,) = (each for each in lost(done) if each["code"] == "doubt")
    assert re.search("Mampa.* i databasen och .*Lampa.* i säkerhetskopian", item["text"]) and made.name in item["text"]
    assert UNSENT.replace("Lampa", "Mampa") in texts(home)


CATEGORY = f"""record = (select record from change where value like '%Lampa {SENT + 3}%') and field = 'category'"""
"""What is not searched for, and so stands in two places alone."""


@pytest.mark.parametrize("has_backup", [True, False])
def test_what_two_places_say_otherwise_is_settled_by_a_backup_and_told_without_one(
    home: Path, has_backup: bool
) -> None:
    if has_backup:
        backed_up(home)
    tamper(home, f"update change set value = '\"maintenance\"' where {CATEGORY}")
    done = finish(remake(home))
    assert (done.mended, len(done.doubts)) == ((1, 0) if has_backup else (0, 1))
    said = asked(home, f"select value from cell where {CATEGORY}")
    assert said == [('"lighting"',) if has_backup else ('"maintenance"',)]


def test_a_letter_spoilt_before_it_was_sent_stays_as_it_was_sent_and_is_told(tmp_path: Path, home: Path) -> None:
    flip(home / "gatljus.db", letters(home, UNSENT))
    session = Session(home)
    (scope,) = session.log.scopes()
    finish(sync(session, str(tmp_path / "minne"), walk=scope))
    for rebuild in (False, True):
        found = finish(verify(session, rebuild=rebuild))
        assert [each["code"] for each in found if each["code"] == "doubt"] == ["doubt"]
        assert not any("Inget är förlorat" in each["advice"] for each in found)
    assert finish(verify(session)) == []
    session.leave()
    assert UNSENT.replace("Lampa", "Mampa") in texts(home)


def test_a_field_that_alone_is_shown_otherwise_is_made_anew_and_nothing_is_lost(home: Path) -> None:
    tamper(home, f"update cell set value = replace(value, 'Lampa', 'Lympa') where value like '%Lampa {SENT + 3}%'")
    session = Session(home)
    (item,) = finish(verify(session))
    assert item["code"] == "index" and "Inget är förlorat" in item["advice"]
    assert finish(verify(session, rebuild=True)) == []
    session.leave()
    assert texts(home) >= all_but("")


@pytest.mark.parametrize("number", ["03", str(SENT + 3)])
def test_a_change_whose_stamp_is_spoilt_in_its_row_comes_under_the_one_that_the_index_and_another_copy_have(
    home: Path, number: str
) -> None:
    before = asked(home, KEYS)
    _as_the_disk_does(home, f"update change set stamp = 'f' || substr(stamp, 2) where value like '%Lampa {number}%'")
    finish(remake(home))
    assert asked(home, KEYS) == before


def _as_the_disk_does(home: Path, statement: str) -> None:
    """A row changes, its index does not."""
    names = "('change_key', 'change_stamp')"
    kept = asked(home, f"select type, name, tbl_name, rootpage, sql from sqlite_master where name in {names}")
    with closing(sqlite3.connect(home / "gatljus.db", isolation_level=None)) as tables:
        tables.execute("pragma writable_schema = on")
        tables.execute(f"delete from sqlite_master where name in {names}")
    tamper(home, statement)
    with closing(sqlite3.connect(home / "gatljus.db", isolation_level=None)) as tables:
        tables.execute("pragma writable_schema = on")
        tables.executemany("insert into sqlite_master values(?, ?, ?, ?, ?)", kept)
    settle(home)


@pytest.mark.parametrize(("column", "bit"), [("n", 8), ("seq", 64), ("stamp", 4), ("arrival", 32), ("arrival", 2)])
def test_a_bit_that_flips_in_the_index_of_changes_costs_nothing_and_tells_of_no_loss(
    home: Path, column: str, bit: int
) -> None:
    before = asked(home, KEYS)
    query = f"select seq, n, stamp, arrival from change where value like '%Lampa {SENT + 3}%'"
    ((seq, n, stamp, arrival),) = asked(home, query)
    # As SQLite lays the entry out: two numbers of a byte, the stamp, and the row's number in two.
    entry = bytes([int(str(seq)), int(str(n))]) + str(stamp).encode() + int(str(arrival)).to_bytes(2, "big")
    data = (home / "gatljus.db").read_bytes()
    (at,) = (each.start() for each in re.finditer(re.escape(entry), data))
    flip(home / "gatljus.db", at + {"seq": 0, "n": 1, "stamp": 10, "arrival": len(entry) - 1}[column], bit)
    session = Session(home)
    assert any(each["code"] in LOG_SPOILT for each in finish(verify(session)))
    session.leave()
    done = finish(remake(home))
    assert (done.changes, done.doubts, lost(done)) == (0, (), [])
    assert asked(home, KEYS) == before


def test_a_bit_that_flips_in_the_index_of_records_is_damage_that_a_rebuild_mends(home: Path) -> None:
    before = asked(home, KEYS)
    ((record, arrival),) = asked(home, f"select record, arrival from change where value like '%Lampa {SENT + 3}%'")
    entry = str(record).encode() + int(str(arrival)).to_bytes(2, "big")
    (at,) = (each.start() for each in re.finditer(re.escape(entry), (home / "gatljus.db").read_bytes()))
    flip(home / "gatljus.db", at, 1)
    session = Session(home)
    assert any(each["code"] in LOG_SPOILT for each in finish(verify(session)))
    session.leave()
    done = finish(remake(home))
    assert (done.changes, done.doubts, lost(done)) == (0, (), [])
    assert asked(home, KEYS) == before
    again = Session(home)
    assert finish(verify(again)) == []
    again.leave()


def test_an_index_entry_that_names_the_row_of_another_change_costs_neither(home: Path) -> None:
    found = finish(salvage(home / "gatljus.db"))
    before = dict(found.changes)
    sent, unsent = min(found.arrivals), max(found.arrivals)
    found.keys[unsent] = found.keys.pop(sent)
    finish(weigh(found, []))
    assert found.changes == before and not (found.doubts or found.partial)


@pytest.mark.parametrize("n", [0, 2, 5])
def test_a_row_whose_number_is_spoilt_comes_back_to_its_place_in_its_write(home: Path, n: int) -> None:
    """The first, one within, and the last, which leaves no hole."""
    before, (scope, device, seq) = asked(home, KEYS), write_of(home, UNSENT)
    which = f"scope = '{scope}' and device = '{device}' and seq = {seq} and n = {n}"
    _as_the_disk_does(home, f"update change set seq = seq + 64 where {which}")
    done = finish(remake(home))
    assert (done.changes, done.mended, done.doubts) == (0, 1, ())
    assert asked(home, KEYS) == before


IN_ORDER = "substr(stamp, 1, 18) || case substr(stamp, 19, 1) when 'f' then 'e' else 'f' end || substr(stamp, 20)"
"""A stamp of which a letter is spoilt that puts it before or after no other."""


@pytest.mark.parametrize("spoilt", ["'f' || substr(stamp, 2)", IN_ORDER])
def test_a_spoilt_stamp_of_a_text_that_was_corrected_does_not_bring_the_old_text_back(home: Path, spoilt: str) -> None:
    before = _corrected(home)
    _as_the_disk_does(home, f"update change set stamp = {spoilt} where value = '\"{UNSENT}\"'")
    session = Session(home)
    assert any(each["code"] in LOG_SPOILT for each in finish(verify(session)))
    session.leave()
    assert finish(remake(home)).mended == 1
    assert asked(home, KEYS) == before
    session = Session(home)
    assert session.conflicts(session.log.scopes()[0]) == []
    session.leave()
    assert "Rättad text" in texts(home) and UNSENT not in texts(home)


def test_of_what_a_change_replaced_a_letter_that_is_spoilt_does_not_bring_the_old_text_back(home: Path) -> None:
    _corrected(home)
    before = asked(home, "select stamp, action, replaces from change")
    tamper(home, "update change set replaces = 'f' || substr(replaces, 2) where value = '\"Rättad text\"'")
    assert finish(remake(home)).mended == 1
    assert asked(home, "select stamp, action, replaces from change") == before


def test_a_change_that_names_another_action_than_its_write_goes_back_into_it(home: Path) -> None:
    before = asked(home, "select stamp, action, replaces from change")
    tamper(home, f"update change set action = action + 8 where value = '\"{UNSENT}\"'")
    assert finish(remake(home)).mended == 1
    assert asked(home, "select stamp, action, replaces from change") == before


def test_a_stamp_that_nothing_proves_is_told(home: Path) -> None:
    _corrected(home)
    # Nothing names it, and among its neighbours either fits.
    _as_the_disk_does(home, "update change set replaces = '' where value = '\"Rättad text\"'")
    which = f"stamp in (select stamp from change where value = '\"{UNSENT}\"')"
    _as_the_disk_does(home, f"update change set stamp = {IN_ORDER} where {which}")
    assert any("skadat i databasen" in each for each in finish(remake(home)).doubts)


def _corrected(home: Path) -> list[tuple[object, ...]]:
    """A home in which the text was corrected. Returns which changes there are."""
    session = Session(home)
    (noted,) = (each for each in session.read(Observation) if each.text == UNSENT)
    set_fields(session, noted, {"text": "Rättad text"})
    session.leave()
    settle(home)
    return asked(home, KEYS)


@pytest.mark.parametrize("job", [lambda home: rescue(home, home.parent / "x.zip"), remake], ids=["rescue", "remake"])
def test_a_backup_whose_fields_are_no_json_says_nothing(
    home: Path, job: Callable[[Path], Job[Restored | Rescued]]
) -> None:
    made = max((backed_up(home) / "backups").glob("*.db"))
    with closing(sqlite3.connect(made, isolation_level=None)) as tables:
        tables.execute(f"update cell set value = '\"lighting' where {CATEGORY}")
    tamper(home, f"update change set value = '\"maintenance\"' where {CATEGORY}")
    tamper(home, f"update cell set value = '\"wayfinding\"' where {CATEGORY}")
    assert "maintenance" in finish(job(home)).doubts[0]


def test_of_a_spoilt_backup_what_can_be_read_is_still_asked_for(home: Path) -> None:
    made = max((backed_up(home) / "backups").glob("*.db"))
    (at,) = (
        each.start()
        for each in re.finditer(f'"{text_of(SENT + 9)}"'.encode(), made.read_bytes())
        if made.read_bytes()[each.start() // PAGE * PAGE] == LEAF
    )
    flip(made, at + 1, 0x80)
    _no_row_at_all(home)
    done = finish(remake(home))
    assert (done.changes, done.refound) == (0, 1)
    assert texts(home) >= all_but("")


def test_a_rescue_leaves_no_part_of_a_write_and_gives_one_account(tmp_path: Path, home: Path) -> None:
    whole = finish(rescue(home, tmp_path / "helt.zip"))
    assert whole.is_whole and "så finns allt där" in whole.lines()[-1]
    _no_row_at_all(home)
    done = finish(rescue(home, tmp_path / "halvt.zip"))
    said = " ".join(done.lines())
    assert "finns allt där" not in said and "inte allt som fanns" in said and "det som räddades" in said
    assert done.gaps == 1 and done.partial and done.texts == [UNSENT]
    found = Salvaged(batches={name: (each.scope, data) for each in done.walks for name, data in each.batches.items()})
    assert write_of(home, UNSENT)[2] not in {key[2] for key in found.in_batches if key[1] == write_of(home, UNSENT)[1]}


def test_what_was_spoilt_before_it_was_sent_is_told_also_where_the_whole_database_is_made_anew(
    tmp_path: Path, home: Path
) -> None:
    flip(home / "gatljus.db", letters(home, UNSENT))
    session = Session(home)
    (scope,) = session.log.scopes()
    finish(sync(session, str(tmp_path / "minne"), walk=scope))
    session.leave()
    settle(home)
    done = finish(remake(home))
    (item,) = lost(done)
    assert item["code"] == "doubt" and "Mampa" in item["text"] and "Lampa" in item["text"]
